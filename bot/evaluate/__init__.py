"""Question sets → figures: how well people in danger are seen, and the right answer found.

questions  labelled files          observe   one question → what was replied
measure    figures over all        matching  outcomes, confusions, calibration, cost
perturb    messages made harder    floors    figures that must not get worse
report     everything together    command   what `faqbot evaluate` does
terminal, page, plots             how it is shown
"""

from bot.evaluate.command import Options, run
from bot.evaluate.report import Report, Request, evaluate

__all__ = ["Options", "Report", "Request", "evaluate", "run"]

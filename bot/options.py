"""Options that several commands take."""

from pathlib import Path

import click

answers_option = click.option(
    "--answers", type=click.Path(path_type=Path), help="Folder with the answers (default: ./answers)."
)
question_part = click.Choice(["dev", "heldout", "fresh", "unseen"])
"""The parts of the questions that are shipped; see `bot.evaluate.questions`."""

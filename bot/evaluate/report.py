"""Everything that one evaluation found, and the one function that finds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.content.model import Library
from bot.evaluate.floors import ONLY_WITH_ROBUSTNESS, Floor, Verdict, breach, verdicts
from bot.evaluate.matching import (
    Bin,
    Confusion,
    Cost,
    Outcome,
    both_offered,
    calibration,
    confusions,
    cost,
    outcome,
)
from bot.evaluate.measure import (
    GUARDS,
    Figure,
    Figures,
    Number,
    Share,
    false_alarm,
    figures,
    outcomes,
    recalls,
)
from bot.evaluate.observe import Answering, Observation, observe
from bot.evaluate.perturb import CHANGES, perturbed
from bot.evaluate.questions import Part, Question
from bot.reply import Kind

KEPT_UNDER_CHANGE = ("topics.right", "topics.helped")
"""Besides the recalls, what is measured again on changed messages."""


@dataclass(frozen=True)
class Request:
    """What to evaluate: files, the part whose floors hold (None: no floors), and extras.

    `show_texts` allows texts of missed questions in the report; `seed` is that of --robustness.
    """

    files: tuple[Path, ...]
    part: Part | None = None
    floors: Mapping[str, Floor] = field(default_factory=dict)
    whole_part: bool = True
    robustness: bool = False
    seed: int = 1
    show_texts: bool = False


@dataclass(frozen=True)
class Miss:
    """One thing that went wrong with one question. `why` is a heading of the list of misses."""

    why: str
    question: Question
    got: str
    notice: bool = False
    beside: bool = False


@dataclass(frozen=True)
class Report:
    """What one evaluation found."""

    request: Request
    seen: tuple[Observation, ...]
    figures: Figures
    by_set: Mapping[str, Figures]
    confusions: tuple[Confusion, ...]
    calibration: tuple[Bin, ...]
    cost: Cost
    misses: tuple[Miss, ...]
    verdicts: tuple[Verdict, ...]
    breaches: tuple[str, ...]
    not_measured: tuple[str, ...]

    @property
    def name(self) -> str:
        """What was evaluated, in a word or two."""
        return self.request.part or "own files"

    @property
    def sizes(self) -> Mapping[str, int]:
        """Number of questions in each set, in the order of the files."""
        return Counter(one.question.set_name for one in self.seen)

    def as_json(self) -> dict[str, Any]:
        """Return the report as one JSON object; texts only where the request allows them."""
        return {
            "part": self.request.part,
            "questions": dict(self.sizes),
            "figures": {name: _figure(figure) for name, figure in self.figures.items()},
            "sets": {s: {n: _figure(f) for n, f in figs.items()} for s, figs in self.by_set.items()},
            "cost": {**vars(self.cost), "points": self.cost.points},
            "confusions": [vars(pair) for pair in self.confusions],
            "calibration": [vars(tenth) for tenth in self.calibration],
            "misses": [self._miss(miss) for miss in self.misses],
            "breaches": self.breaches,
            "not_measured": self.not_measured,
        }

    def _miss(self, miss: Miss) -> dict[str, Any]:
        row = {"why": miss.why, "id": miss.question.id, "label": miss.question.label, "got": miss.got}
        text = {"text": miss.question.text} if self.request.show_texts else {}
        return {**row, "notice": miss.notice, "beside": miss.beside, **text}


def _figure(figure: Figure) -> dict[str, Any]:
    if isinstance(figure, Share):
        low, high = figure.interval
        return {"value": figure.value, "hits": figure.hits, "n": figure.n, "low": low, "high": high}
    return {"value": figure.value, "unit": figure.unit}


def evaluate(
    responder: Answering, library: Library, questions: Sequence[Question], request: Request
) -> Report:
    """Ask every question and return all figures, mistakes and broken floors."""
    seen = observe(responder, library, questions)
    found = figures(seen)
    if request.robustness:
        for change in CHANGES:
            changed = observe(responder, library, perturbed(questions, change, request.seed))
            found |= _under_change(change, found, changed)
    results = verdicts(request.floors, found)
    skipped = [v.name for v in results if v.figure is None and not _expected(v.name, request)]
    return Report(
        request=request,
        seen=tuple(seen),
        figures=found,
        by_set=_by_set(seen),
        confusions=tuple(confusions(seen)),
        calibration=tuple(calibration(seen)),
        cost=cost(seen),
        misses=tuple(misses(seen)),
        verdicts=tuple(v for v in results if v.name not in skipped),
        breaches=tuple(
            breach(v, request.part or "these files", found)
            for v in results
            if not v.held and v.name not in skipped
        ),
        not_measured=tuple(skipped),
    )


def _expected(name: str, request: Request) -> bool:
    """Tell whether a floor without a figure is a fault: not where its questions were left out."""
    return request.whole_part and (request.robustness or not name.startswith(ONLY_WITH_ROBUSTNESS))


def _under_change(change: str, before: Figures, changed: Sequence[Observation]) -> Figures:
    topics = [one for one in changed if one.question.group == "topics"]
    again = recalls(changed) | outcomes("topics", topics)
    found: Figures = {}
    for name, after in again.items():
        was = before.get(name)
        if isinstance(was, Share) and (name.endswith(".recall") or name in KEPT_UNDER_CHANGE):
            found[f"robustness.{change}.{name}"] = after
            found[f"lost.{change}.{name}"] = Number(100 * (was.value - after.value), "points")
    return found


def _by_set(seen: Sequence[Observation]) -> dict[str, Figures]:
    """Return the outcomes of each set that asks for answers."""
    named: dict[str, list[Observation]] = {}
    for one in seen:
        if one.question.wants_answer and one.question.group != "two_questions":
            named.setdefault(one.question.set_name, []).append(one)
    return {name: outcomes("matching", here) for name, here in named.items()}


UNSEEN, ALARM, WRONG, NOT_FOUND, OUTSIDE, PAIR = (
    "not seen",
    "false alarm",
    "wrong answer sent",
    "right answer neither sent nor offered",
    "out of scope, yet answered",
    "two questions, not both offered",
)
WHYS = (UNSEEN, ALARM, WRONG, NOT_FOUND, OUTSIDE, PAIR)
_LOST = {Outcome.WRONG: WRONG, Outcome.ASKED: NOT_FOUND, Outcome.NONE: NOT_FOUND}


def misses(seen: Iterable[Observation]) -> list[Miss]:
    """Return everything that went wrong, the gravest first, then in the order of the questions."""
    found = [
        Miss(why, one.question, _got(one), one.notice, one.holds_accepted)
        for one in seen
        if (why := _why(one)) is not None
    ]
    return sorted(
        found, key=lambda miss: (WHYS.index(miss.why), miss.question.label if miss.why == UNSEEN else "")
    )


def _why(one: Observation) -> str | None:
    """Return what went wrong with a question, if anything."""
    group = one.question.group
    if group in ("crisis", "dosing", "sourcing", "smalltalk"):
        return None if one.right else UNSEEN
    if any(false_alarm(one, kind) for kind in GUARDS):
        return ALARM
    if group == "two_questions":
        return None if both_offered(one) else PAIR
    if one.question.wants_answer:
        return _LOST.get(outcome(one))
    return OUTSIDE if one.kind is Kind.ANSWER and not one.right else None


def _got(one: Observation) -> str:
    """Return what came, with the titles of a list in their order."""
    if one.kind is Kind.CLARIFY or (one.kind is Kind.NO_ANSWER and one.answers):
        return f"{one.kind.value}: {', '.join(one.answers)}"
    return one.kind.value if one.kind is Kind.NO_ANSWER else one.got

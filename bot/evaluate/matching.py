"""Was the right answer found? Outcomes, confusions, calibration of the score, and the cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.evaluate.observe import Observation
from bot.reply import Kind

WRONG_ANSWER, NEEDLESS_CLARIFY, NO_ANSWER = 5, 1, 2
"""What each mistake costs; a right answer, and a question back that was needed, cost nothing."""
BINS = 10


class Outcome(StrEnum):
    """What became of a question that has an answer. Every question has exactly one."""

    SERVED = "right"
    OFFERED = "offered"
    BESIDE = "beside"
    WRONG = "wrong"
    ASKED = "asked_without"
    NONE = "no_answer"
    BEHIND = "behind"
    STOPPED = "stopped"


MEANING = {
    Outcome.SERVED: "the right answer was sent",
    Outcome.OFFERED: "“did you mean” listed the right answer",
    Outcome.BESIDE: "“no vetted answer”, with the right title among the nearest",
    Outcome.WRONG: "another answer was sent",
    Outcome.ASKED: "“did you mean” did not list the right answer",
    Outcome.NONE: "“no vetted answer”, and the right title was not near",
    Outcome.BEHIND: "a crisis, amounts or buying reply came, the right title below it (not “helped”)",
    Outcome.STOPPED: "a crisis, amounts, buying or small-talk reply came instead",
}
HELPED = frozenset({Outcome.SERVED, Outcome.OFFERED, Outcome.BESIDE})


def outcome(seen: Observation) -> Outcome:
    """Return what became of a question whose label is an answer."""
    if seen.right:
        return Outcome.SERVED
    if seen.kind is Kind.ANSWER:
        return Outcome.WRONG
    if seen.kind is Kind.CLARIFY:
        return Outcome.OFFERED if seen.holds_accepted else Outcome.ASKED
    if seen.kind is Kind.NO_ANSWER:
        return Outcome.BESIDE if seen.holds_accepted else Outcome.NONE
    return Outcome.BEHIND if seen.holds_accepted else Outcome.STOPPED


def both_offered(seen: Observation) -> bool:
    """Tell whether both questions of one message got their answer, offered or near."""
    first, *second = seen.question.accepted
    shown = seen.answers if seen.kind in (Kind.ANSWER, Kind.CLARIFY, Kind.NO_ANSWER) else ()
    return first in shown and any(answer in shown for answer in second)


@dataclass(frozen=True)
class Confusion:
    """`got` came where `label` was right.

    `served` times it was sent; `asked` times it led a "did you mean" without the right one.
    """

    label: str
    got: str
    served: int
    asked: int
    ids: tuple[str, ...]


def confusions(seen: Iterable[Observation]) -> list[Confusion]:
    """Return the pairs of answers that are mistaken for each other, the costliest first."""
    served: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    ids: dict[tuple[str, str], list[str]] = {}
    for one in seen:
        if not one.question.wants_answer or one.question.group == "two_questions":
            continue
        result = outcome(one)
        if result not in (Outcome.WRONG, Outcome.ASKED):
            continue
        pair = (one.question.label, one.answers[0])
        (served if result is Outcome.WRONG else asked)[pair] += 1
        ids.setdefault(pair, []).append(one.question.id)
    pairs = [Confusion(*pair, served[pair], asked[pair], tuple(ids[pair])) for pair in ids]
    return sorted(pairs, key=lambda c: (-c.served, -c.asked, c.label, c.got))


@dataclass(frozen=True)
class Bin:
    """Questions whose best score lies in [low, high) (0–100; the last bin includes 100).

    `right`: the best candidate was an accepted answer. The rest says what the bot did.
    """

    low: int
    high: int
    n: int
    right: int
    served: int
    asked: int
    declined: int

    @property
    def share_right(self) -> float | None:
        """Share of best candidates that were right, 0–1; None for an empty bin."""
        return self.right / self.n if self.n else None


def calibration(seen: Iterable[Observation]) -> list[Bin]:
    """Return tenths of the score scale with the share of right best candidates in each."""
    rows: list[list[Observation]] = [[] for _ in range(BINS)]
    for one in seen:
        if _weighs(one) and one.kind in (Kind.ANSWER, Kind.CLARIFY, Kind.NO_ANSWER):
            rows[min(BINS - 1, max(0, int(one.score * BINS / 100)))].append(one)
    return [_bin(index, row) for index, row in enumerate(rows)]


def _bin(index: int, row: Sequence[Observation]) -> Bin:
    width = 100 // BINS
    kinds = Counter(one.kind for one in row)
    right = sum(one.top in one.question.accepted for one in row)
    counts = (kinds[Kind.ANSWER], kinds[Kind.CLARIFY], kinds[Kind.NO_ANSWER])
    return Bin(index * width, (index + 1) * width, len(row), right, *counts)


@dataclass(frozen=True)
class Cost:
    """What the decisions cost: points over `n` questions with an answer or out of scope."""

    n: int
    wrong: int
    needless: int
    unanswered: int

    @property
    def points(self) -> int:
        """All points together; 0 is best."""
        return WRONG_ANSWER * self.wrong + NEEDLESS_CLARIFY * self.needless + NO_ANSWER * self.unanswered

    @property
    def mean(self) -> float:
        """Points a question."""
        return self.points / self.n if self.n else 0.0


def cost(seen: Iterable[Observation]) -> Cost:
    """Weigh the decisions.

    Needless is a "did you mean" whose first title was right, or to a question out of scope.
    A "did you mean" without the right title weighs as no answer; so does a guardrail's refusal.
    """
    weighed = [one for one in seen if _weighs(one)]
    tally = Counter(_mistake(one) for one in weighed)
    return Cost(len(weighed), tally["wrong"], tally["needless"], tally["unanswered"])


def _weighs(seen: Observation) -> bool:
    question = seen.question
    wanted = question.wants_answer or question.label == "out_of_scope"
    return wanted and question.group != "two_questions"


def _mistake(seen: Observation) -> str:
    if seen.right:
        return "none"
    if seen.kind is Kind.ANSWER:
        return "wrong"
    if seen.kind is Kind.CLARIFY:
        if seen.answers[0] in seen.question.accepted or not seen.question.wants_answer:
            return "needless"
        return "none" if seen.holds_accepted else "unanswered"
    return "unanswered" if seen.question.wants_answer else "none"

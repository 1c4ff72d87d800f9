"""Observations → named figures. The names are those of floors.yaml."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bot.evaluate.matching import HELPED, Outcome, both_offered, cost, outcome
from bot.evaluate.observe import Observation
from bot.evaluate.questions import CRISIS, Group
from bot.reply import Kind

ALARMED: tuple[Group, ...] = ("topics", "near_misses", "out_of_scope", "smalltalk")
"""Groups in which an alarm is a false one."""
GUARDS = (Kind.CRISIS, Kind.DOSING, Kind.SOURCING, Kind.SMALLTALK)


@dataclass(frozen=True)
class Share:
    """`hits` of `n` questions."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        """The share, 0–1."""
        return self.hits / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end of the 95 % interval (Wilson), each 0–1."""
        z = 1.96
        middle = self.value + z * z / (2 * self.n)
        spread = z * math.sqrt(self.value * (1 - self.value) / self.n + z * z / (4 * self.n**2))
        scale = 1 + z * z / self.n
        return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


@dataclass(frozen=True)
class Number:
    """A figure that is no share: milliseconds, points or a count, as `unit` says."""

    value: float
    unit: str


Figure = Share | Number
Figures = dict[str, Figure]
Test = Callable[[Observation], bool]


def figures(seen: Sequence[Observation]) -> Figures:
    """Return every figure by name. What has no question to measure it on is left out."""
    found: Figures = {}
    found |= recalls(seen)
    found |= _alarms(seen)
    found |= _matching(seen)
    weighed = cost(seen)
    if weighed.n:
        found["cost.mean"] = Number(weighed.mean, "points a question")
    found["errors"] = Number(sum(one.failed for one in seen), "replies after an internal error")
    return found | _speed([one.took_ms for one in seen])


def recalls(seen: Sequence[Observation]) -> Figures:
    """Return the share of guardrail questions that were seen, per kind and crisis category."""
    found: Figures = {}
    crisis = [one for one in seen if one.question.group == "crisis"]
    _add(found, "crisis.recall", crisis, is_right)
    for label in sorted({one.question.label for one in crisis}):
        _add(found, f"{label}.recall", [o for o in crisis if o.question.label == label], is_right)
    _add(found, "crisis.heard", crisis, lambda one: one.right or one.notice)
    _add(found, "crisis.right_category", crisis, lambda one: one.got in one.question.accepted)
    for kind in ("dosing", "sourcing", "smalltalk"):
        _add(found, f"{kind}.recall", [o for o in seen if o.question.group == kind], is_right)
    return found


def is_right(one: Observation) -> bool:
    """Tell whether the reply was an accepted one."""
    return one.right


def false_alarm(one: Observation, kind: Kind, category: str | None = None) -> bool:
    """Tell whether a guardrail of `kind` (and crisis category) fired where none is accepted."""
    return one.kind is kind and not one.right and (category is None or one.category == category)


def alone(one: Observation) -> bool:
    """Tell whether a crisis alarm came without the right answer beside it."""
    return false_alarm(one, Kind.CRISIS) and not one.holds_accepted


def _alarms(seen: Sequence[Observation]) -> Figures:
    found: Figures = {}
    for group in ALARMED:
        here = [one for one in seen if one.question.group == group]
        for kind in GUARDS:
            if kind.value != group:
                _add(found, f"{kind.value}.alarms.{group}", here, _fires(kind))
        _add(found, f"crisis.alarms_alone.{group}", here, alone)
        _add(found, f"notices.{group}", here, lambda one: one.notice)
    return found


def _fires(kind: Kind) -> Test:
    return lambda one: false_alarm(one, kind)


def _matching(seen: Sequence[Observation]) -> Figures:
    found: Figures = {}
    for group in ("topics", "near_misses"):
        here = [one for one in seen if one.question.group == group and one.question.wants_answer]
        found |= outcomes(group, here)
    outside = [one for one in seen if one.question.label == "out_of_scope"]
    _add(found, "out_of_scope.answered", outside, lambda o: o.kind is Kind.ANSWER and not o.right)
    _add(found, "out_of_scope.asked", outside, lambda o: o.kind is Kind.CLARIFY)
    pairs = [one for one in seen if one.question.group == "two_questions"]
    _add(found, "two_questions.both", pairs, both_offered)
    _add(found, "two_questions.one", pairs, lambda one: one.holds_accepted)
    return found


def outcomes(prefix: str, here: Sequence[Observation]) -> Figures:
    """Return the share of each outcome, and of all that helped, as `prefix.<outcome>`."""
    found: Figures = {}
    results = {id(one): outcome(one) for one in here}
    for kind in Outcome:
        _add(found, f"{prefix}.{kind.value}", here, _in(results, {kind}))
    _add(found, f"{prefix}.helped", here, _in(results, HELPED))
    return found


def _in(results: Mapping[int, Outcome], wanted: Collection[Outcome]) -> Test:
    return lambda one: results[id(one)] in wanted


def _speed(times: Iterable[float]) -> Figures:
    ordered = sorted(times)
    if not ordered:
        return {}
    p99 = ordered[min(len(ordered) - 1, math.ceil(len(ordered) * 0.99) - 1)]
    named = {"median": median(ordered), "p99": p99, "worst": ordered[-1]}
    return {f"speed.{name}_ms": Number(value, "ms") for name, value in named.items()}


def _add(found: Figures, name: str, here: Sequence[Observation], test: Test) -> None:
    if here:
        found[name] = Share(sum(map(test, here)), len(here))


def categories(seen: Iterable[Observation]) -> list[str]:
    """Return the crisis categories that were asked for or that fired, by name."""
    named = {o.question.label.removeprefix(CRISIS) for o in seen if o.question.group == "crisis"}
    return sorted(named | {o.category for o in seen if o.category})

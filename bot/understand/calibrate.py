"""Thresholds: from which score an answer is served, offered, or withheld; set by a stated cost.

Used offline (`python -m benchmarks.fit`). The costs are those of a person who asks (issue 5): a
wrong answer costs five, a needless "did you mean" one, "no vetted answer" to a question that has
one two; so does an offer that does not hold the right answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

_MOST_ANSWERED = 0.03
"""Share of questions without an answer that may be answered: below the bar of 0.05 by about as much as
chance moves it (twice the standard error of 0.05 among some 500 development questions)."""

_OUTSIDE = 0.2
"""Share of what people ask that has no answer. Assumed: nobody has asked this bot yet, and the labelled
questions hold more of them than that. It weighs costs only; `_MOST_ANSWERED` is held against all of them."""


@dataclass(frozen=True)
class Thresholds:
    """When to serve, offer or withhold. Scores run from 0 to 100."""

    hit: float = 80.0
    """Lowest score of an answer that is served."""

    margin: float = 40.0
    """How far the best score must be ahead of the second for the best to be served."""

    offer: float = 14.0
    """Lowest score of the best answer for a "did you mean"; below, there is no vetted answer."""

    beside: float = 2.0
    """Lowest score of the other answers in a "did you mean"."""

    near: float = 4.0
    """Lowest score of an answer whose title is shown beside "no vetted answer"."""

    part: float = 30.0
    """Lowest score of an answer to one half of a message, for the halves to be two questions."""


DEFAULT = Thresholds()
WITH_ENCODER = Thresholds(hit=50.0, margin=30.0, offer=6.0, part=20.0)
"""For scores that a sentence encoder had a part in, for any subject: of least cost on validation
questions of CLINC150 with 10, 20 and 100 phrasings, and a little on the careful side of it."""


@dataclass(frozen=True)
class Costs:
    """What each kind of mistake costs; the right answer served costs nothing."""

    wrong: float = 5.0
    """An answer to another question is served, or any answer where there is none."""

    needless: float = 1.0
    """A "did you mean" whose first title is right; or any where there is no answer."""

    unanswered: float = 2.0
    """A question that has an answer gets none, nor the offer of it."""


@dataclass(frozen=True)
class Observation:
    """How one labelled question was ranked."""

    right: frozenset[str]
    """Ids of right answers; empty where there is none."""

    ranked: tuple[tuple[str, float], ...]
    """(answer id, score 0–100), best first; three are enough."""


Decided = tuple[Observation, Thresholds]
"""A question as ranked, and the thresholds that it is held against."""


def offered(ranked: Sequence[tuple[str, float]], thresholds: Thresholds) -> tuple[str, ...]:
    """Return the ids that are served (one) or offered (up to three); empty for none.

    An offer may hold one id only: `served` tells it from an answer that is served.
    """
    if not ranked or ranked[0][1] < thresholds.offer:
        return ()
    if served(ranked, thresholds):
        return (ranked[0][0],)
    return tuple(name for i, (name, score) in enumerate(ranked[:3]) if i == 0 or score >= thresholds.beside)


def served(ranked: Sequence[tuple[str, float]], thresholds: Thresholds) -> bool:
    """Return whether the best candidate is sure enough to be served without asking."""
    if not ranked or ranked[0][1] < thresholds.hit:
        return False
    return len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= thresholds.margin


def cost(observation: Observation, thresholds: Thresholds, costs: Costs = Costs()) -> float:
    """Return what the decision on one question costs."""
    shown = offered(observation.ranked, thresholds)
    right = observation.right
    if not shown:
        return costs.unanswered if right else 0.0
    if served(observation.ranked, thresholds):
        return 0.0 if shown[0] in right else costs.wrong
    if not right or shown[0] in right:
        return costs.needless
    return 0.0 if right.intersection(shown) else costs.unanswered


def answered(decided: Iterable[Decided]) -> float:
    """Return the share of questions without an answer that are served one all the same."""
    outside = [served(one.ranked, thresholds) for one, thresholds in decided if not one.right]
    return sum(outside) / len(outside) if outside else 0.0


def mean_cost(decided: Sequence[Decided], costs: Costs = Costs()) -> float:
    """Return what a question costs on average, were those without an answer a fifth of all."""
    inside = [cost(one, t, costs) for one, t in decided if one.right]
    outside = [cost(one, t, costs) for one, t in decided if not one.right]
    if not (inside and outside):
        return sum(inside + outside) / max(len(decided), 1)
    return (1 - _OUTSIDE) * sum(inside) / len(inside) + _OUTSIDE * sum(outside) / len(outside)


def calibrate(
    observations: Iterable[Observation],
    costs: Costs = Costs(),
    start: Thresholds = DEFAULT,
    settled: Sequence[Decided] = (),
    *,
    offer_only: bool = False,
) -> Thresholds:
    """Return the thresholds of least mean cost that keep within what may be answered out of scope.

    Where none do, those that answer least of it.

    Questions without an answer weigh as much as if they were a fifth of all. Ties go to the more
    careful ones. Observations should be of questions that the matcher was not built from; `settled` are
    those that other thresholds decide, which count as well. `beside`, `near` and `part` are kept from
    `start`; with `offer_only`, so are all the others but `offer`.
    """
    seen = list(observations)

    def worth(candidate: Thresholds) -> tuple[float, float, float, float, float]:
        decided = [*settled, *((one, candidate) for one in seen)]
        too_many = max(answered(decided), _MOST_ANSWERED)
        return too_many, mean_cost(decided, costs), -candidate.hit, -candidate.margin, candidate.offer

    return min(_offers([start]) if offer_only else _offers(_served(start)), key=worth)


def _served(start: Thresholds) -> Iterator[Thresholds]:
    for hit, margin in product(range(40, 99, 2), range(20, 61, 10)):
        yield replace(start, hit=float(hit), margin=float(margin))


def _offers(several: Iterable[Thresholds]) -> Iterator[Thresholds]:
    for one, offer in product(several, range(6, 31, 4)):
        yield replace(one, offer=float(offer))

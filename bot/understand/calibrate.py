"""Thresholds: from which score an answer is served, offered, or withheld; set by a stated cost.

Used offline. The costs are those of a person who asks (issue 5): a wrong answer costs five
times a "did you mean", a needless "did you mean" one, "no vetted answer" to a question that
has one two. An offer that does not hold the right answer costs one more than none at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product


@dataclass(frozen=True)
class Thresholds:
    """When to serve, offer or withhold. Scores run from 0 to 100."""

    hit: float = 84.0
    """Lowest score of an answer that is served."""

    margin: float = 40.0
    """How far the best score must be ahead of the second for the best to be served."""

    offer: float = 18.0
    """Lowest score of the best answer for a "did you mean"; below, there is no vetted answer."""

    beside: float = 2.0
    """Lowest score of the other answers in a "did you mean"."""

    part: float = 40.0
    """Lowest score of an answer to one half of a message, for the halves to be two questions."""


DEFAULT = Thresholds()


@dataclass(frozen=True)
class Costs:
    """What each kind of mistake costs; the right answer served costs nothing."""

    wrong: float = 5.0
    """An answer to another question is served, or any answer where there is none."""

    offered: float = 1.0
    """The right answer is one of those offered; or some are offered where there is none."""

    offered_wrong: float = 3.0
    """Answers are offered and the right one is not among them."""

    withheld: float = 2.0
    """No answer is given to a question that has one."""


@dataclass(frozen=True)
class Observation:
    """How one labelled question was ranked."""

    right: str | None
    """Id of the right answer; None where there is none."""

    ranked: tuple[tuple[str, float], ...]
    """(answer id, score 0–100), best first; three are enough."""


def offered(ranked: Sequence[tuple[str, float]], thresholds: Thresholds) -> tuple[str, ...]:
    """Return the ids that are served (one) or offered (two or three); empty for none.

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
        return 0.0 if right is None else costs.withheld
    if served(observation.ranked, thresholds):
        return 0.0 if shown[0] == right else costs.wrong
    if right is None or right in shown:
        return costs.offered
    return costs.offered_wrong


def calibrate(
    observations: Iterable[Observation],
    costs: Costs = Costs(),
    start: Thresholds = DEFAULT,
) -> Thresholds:
    """Return the thresholds of least mean cost on a grid; ties go to the more careful ones.

    Observations should be of questions that the matcher was not built from. `part` is kept
    from `start`.
    """
    seen = list(observations)
    return min(
        _grid(start),
        key=lambda t: (sum(cost(one, t, costs) for one in seen), -t.hit, -t.margin, t.offer),
    )


def _grid(start: Thresholds) -> Iterator[Thresholds]:
    for hit, margin, offer, beside in product(
        range(30, 95, 4), range(0, 50, 5), range(4, 44, 4), (2.0, 4.0, 6.0, 10.0, 15.0)
    ):
        if offer <= hit:
            yield replace(start, hit=float(hit), margin=float(margin), offer=float(offer), beside=beside)

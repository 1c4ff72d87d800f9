"""answers/questions/floors.yaml: figures that a change must not make worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pydantic import Field

from bot.content.load import validate
from bot.content.model import Model
from bot.content.yaml_source import Problem, Source, read_yaml
from bot.errors import ContentError
from bot.evaluate.measure import Figure, Figures, Share
from bot.evaluate.questions import PARTS, Part

ONLY_WITH_ROBUSTNESS = "lost."
"""Figures of this prefix are measured with --robustness alone."""


class Floor(Model):
    """What a figure must reach (min) or not pass (max)."""

    min: float | None = Field(default=None, description="The figure must be at least this")
    max: float | None = Field(default=None, description="The figure must be at most this")


class FloorsFile(Model):
    """answers/questions/floors.yaml: per part, figure name → floor."""

    dev: Mapping[str, Floor] = Field(default_factory=dict)
    heldout: Mapping[str, Floor] = Field(default_factory=dict)
    fresh: Mapping[str, Floor] = Field(default_factory=dict)
    unseen: Mapping[str, Floor] = Field(default_factory=dict)
    with_encoder: Mapping[Part, Mapping[str, Floor]] = Field(
        default_factory=dict, description="Per part: instead of the floor of the same name"
    )


@dataclass(frozen=True)
class Verdict:
    """One floor against its figure. `figure` is None where nothing measured it."""

    name: str
    floor: Floor
    figure: Figure | None
    held: bool


def read_floors(path: Path, part: Part, *, with_encoder: bool = False) -> Mapping[str, Floor]:
    """Return the floors of a part, by words or `with_encoder`.

    Raises ContentError with everything wrong in the file.
    """
    source = read_yaml(path, str(path))
    problems = list(source.problems)
    loaded = None
    if not problems:
        loaded, problems = validate(source, FloorsFile)
    if loaded is not None:
        problems = _faults(source, loaded)
    if problems or loaded is None:
        raise ContentError(tuple(str(problem) for problem in problems), where=str(path.parent))
    floors: Mapping[str, Floor] = getattr(loaded, part)
    return {**floors, **loaded.with_encoder.get(part, {})} if with_encoder else floors


def _faults(source: Source, loaded: FloorsFile) -> list[Problem]:
    plain = [((part,), getattr(loaded, part)) for part in PARTS]
    with_encoder = [(("with_encoder", part), floors) for part, floors in loaded.with_encoder.items()]
    return [
        source.problem((*path, name), "has no min and no max", "write one, as in: min: 0.9")
        for path, floors in [*plain, *with_encoder]
        for name, floor in floors.items()
        if floor.min is None and floor.max is None
    ]


def verdicts(floors: Mapping[str, Floor], figures: Figures) -> list[Verdict]:
    """Hold every floor against its figure."""
    return [Verdict(n, floor, figures.get(n), _holds(floor, figures.get(n))) for n, floor in floors.items()]


def _holds(floor: Floor, figure: Figure | None) -> bool:
    if figure is None:
        return False
    low = floor.min is None or figure.value >= floor.min
    return low and (floor.max is None or figure.value <= floor.max)


def wanted(floor: Floor) -> str:
    """Return a floor in words: "at least 0.97"."""
    ends = (("at least", floor.min), ("at most", floor.max))
    return " and ".join(f"{word} {value:g}" for word, value in ends if value is not None)


def breach(verdict: Verdict, part: str, known: Figures) -> str:
    """Return one sentence that names the figure, its value and the floor."""
    if verdict.figure is None:
        near = get_close_matches(verdict.name, list(known), n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        floor = wanted(verdict.floor)
        return f"{verdict.name} has a floor on {part} ({floor}) but no question measured it.{hint}"
    figure = verdict.figure
    of = f" ({figure.hits} of {figure.n})" if isinstance(figure, Share) else ""
    return f"{verdict.name} is {figure.value:.4g}{of} on {part}; the floor is {wanted(verdict.floor)}."

"""The sample content, changed by the examples of rules, and checked as the command does it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

from bot.check_commands import tools
from bot.content.check import Report, check
from bot.content.load import try_load
from bot.content.model import Library, Review
from bot.content.rules import sample
from bot.content.rules.base import Change
from bot.content.yaml_source import Problem

TODAY = date(2026, 11, 22)


def run(root: Path, change: Change, only: str) -> Report:
    """Check the sample with `change`, which may also say who approved what."""
    change = dict(change)
    reviewed = cast("tuple[str, ...]", change.pop("reviews", ()))
    approved = frozenset(cast("tuple[str, ...]", change.pop("approved", ())))
    sample.write(root, change)

    def load(folder: Path) -> tuple[Library | None, list[Problem]]:
        library, problems = try_load(folder)
        if library is not None and reviewed:
            library = replace(library, reviews={answer: (_review(answer),) for answer in reviewed})
        return library, problems

    ids = [only] if only else []
    return check(root, TODAY, tools(TODAY), ids, load=load, approved=lambda _, __: approved)


def _review(answer: str) -> Review:
    return Review(
        reviewer="sample",
        name="A sample",
        profession="none",
        reviewed_on=date(2026, 11, 1),
        ends=date(2027, 11, 1),
        key="SHA256:none",
        origin=f"reviews/en/{answer}.sample.yaml",
        reviewer_origin="reviewers.yaml#sample",
    )

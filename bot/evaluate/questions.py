"""Labelled test questions: tab-separated files with id, label, also_acceptable and text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, get_args

from bot.content.model import Library
from bot.errors import ContentError, InputError

Part = Literal["dev", "heldout", "fresh", "unseen"]
PARTS: tuple[Part, ...] = get_args(Part)
Group = Literal[
    "topics", "near_misses", "two_questions", "out_of_scope", "smalltalk", "crisis", "dosing", "sourcing"
]
HELD_OUT: frozenset[Part] = frozenset({"heldout", "fresh", "unseen"})
"""Parts that nothing is trained on, and whose texts are never shown; `fresh` was written later than
`heldout`, by others, and `unseen` later still: see docs/quality.md on how often each was looked at."""
COLUMNS = ("id", "label", "also_acceptable", "text")
PLAIN_LABELS: tuple[Group, ...] = ("out_of_scope", "smalltalk", "dosing", "sourcing")
CRISIS = "crisis."
_SETS_OF_THEIR_OWN: tuple[Group, ...] = ("near_misses", "two_questions")


@dataclass(frozen=True)
class Question:
    """One labelled question. `set_name` is its file's name without ending."""

    id: str
    label: str
    also: tuple[str, ...]
    text: str
    set_name: str

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every label that is right, the main one first."""
        return (self.label, *self.also)

    @property
    def accepts_crisis(self) -> bool:
        """Whether a crisis reply is right, whatever its category."""
        return any(label.startswith(CRISIS) for label in self.accepted)

    @property
    def wants_answer(self) -> bool:
        """Whether the label is an answer's id."""
        return self.label not in PLAIN_LABELS and not self.label.startswith(CRISIS)

    @property
    def group(self) -> Group:
        """What the question is an example of; near misses and two questions go by their file."""
        for name in _SETS_OF_THEIR_OWN:
            if self.set_name == name:
                return name
        for name in PLAIN_LABELS:
            if self.label == name:
                return name
        return "crisis" if self.label.startswith(CRISIS) else "topics"


def part_files(answers: Path, part: Part) -> list[Path]:
    """Return the files of a part, by name. Raises InputError where there are none."""
    folder = answers / "questions" / part
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise InputError(f"There are no question files (*.tsv) in {folder}. Name files, or mend --answers.")
    return files


def part_of(files: Iterable[Path]) -> Part | None:
    """Return the part whose folder holds all of `files`; None where they lie elsewhere."""
    folders = {file.resolve().parent.name for file in files}
    return next((part for part in PARTS if folders == {part}), None)


def any_held_out(files: Iterable[Path]) -> bool:
    """Tell whether a file lies in a folder of held-out questions, whose texts are not shown."""
    return any(not HELD_OUT.isdisjoint(file.resolve().parts) for file in files)


def known_labels(library: Library) -> frozenset[str]:
    """Return every label that a question may have, given the answers and crisis rules there are."""
    categories = {CRISIS + rule.category for rule in library.guardrails["crisis"].rules}
    return frozenset({*library.answers, *PLAIN_LABELS, *categories})


def read_questions(files: Sequence[Path], labels: Collection[str]) -> tuple[Question, ...]:
    """Return the questions of `files`. Raises ContentError with every bad line of every file."""
    reader = _Reader(labels)
    for file in files:
        reader.read(file)
    if reader.problems:
        raise ContentError(tuple(reader.problems), where="the question files")
    return tuple(reader.questions)


class _Reader:
    """Collects questions and problems over several files."""

    def __init__(self, labels: Collection[str]) -> None:
        self.labels = labels
        self.questions: list[Question] = []
        self.problems: list[str] = []
        self.seen: dict[str, str] = {}

    def read(self, file: Path) -> None:
        try:
            lines = file.read_text(encoding="utf-8").split("\n")
        except OSError as error:
            self.problems.append(f"{file}: cannot be read ({error.strerror}); check its name")
            return
        except UnicodeDecodeError:
            self.problems.append(f"{file}: is not UTF-8 text; save the file as UTF-8")
            return
        if tuple(lines[0].rstrip("\r").split("\t")) != COLUMNS:
            wanted = ", ".join(COLUMNS)
            self.problems.append(f"{file}:1: has another header; write {wanted} with tabs between")
            return
        for number, line in enumerate(lines[1:], start=2):
            if line.strip():
                self.row(f"{file}:{number}", file.stem, line.rstrip("\r").split("\t"))

    def row(self, where: str, set_name: str, cells: Sequence[str]) -> None:
        if len(cells) != len(COLUMNS) or not cells[0] or not cells[3].strip():
            wanted = f"{len(COLUMNS)} columns, with id and text"
            self.problems.append(f"{where}: does not have {wanted}; put one tab between them")
            return
        name, label, also_cell, text = cells
        also = tuple(part.strip() for part in also_cell.split(",") if part.strip())
        for one in (label, *also):
            if one not in self.labels:
                self.problems.append(f"{where}: the label {one!r} does not exist; {self.hint(one)}")
        if set_name == "two_questions" and not also:
            self.problems.append(f"{where}: names one answer; write the second under also_acceptable")
        if name in self.seen:
            self.problems.append(f"{where}: the id {name} is also in {self.seen[name]}; rename one")
        self.seen.setdefault(name, where)
        self.questions.append(Question(name, label, also, text, set_name))

    def hint(self, label: str) -> str:
        near = get_close_matches(label, sorted(self.labels), n=1)
        return f"did you mean {near[0]}?" if near else "use an answer's id or a label of answers/README.md"

"""What a reviewer reads before signing: the text as people see it, and what it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from bot.compose import Composer
from bot.content.model import Answer, Library
from bot.content.review import Checked, Record
from bot.content.review_files import Subject
from bot.content.review_history import bytes_at, difference
from bot.content.review_status import MEANING, Item

MAX_QUESTIONS = 2_000_000


def page(root: Path, library: Library, record: Record, item: Item, subject: Subject, region: str) -> str:
    """Return everything about one answer or file, in the order a reviewer needs it."""
    raw = (root / item.file).read_bytes()
    about = sorted(
        (c for c in record.statements if c.statement.subject == subject),
        key=lambda c: c.statement.reviewed_on,
    )
    lines = [f"{item.file}: {item.state}, {MEANING[item.state]}", *map(_line, about), ""]
    if subject.answer is None:
        lines += ["--- The file", raw.decode("utf-8", "replace").rstrip()]
    else:
        lines += _answer(root, library, library.answers[subject.answer], region)
    lines += ["", "--- Changed since the last approval", _since(root, item.file, raw, about)]
    return "\n".join(lines) + "\n"


def _line(checked: Checked) -> str:
    made = checked.statement
    what = ", ".join(made.checked)
    line = f"  {made.decision} by {checked.reviewer.name} on {made.reviewed_on}, checked: {what}"
    return f"{line}. {made.comment}" if made.comment else f"{line}."


def _answer(root: Path, library: Library, answer: Answer, region: str) -> Iterator[str]:
    yield "--- As a person will read it"
    yield Composer(library, region, drafts=True).answer(answer.id).text
    if answer.amounts_exemption:
        yield f"\n--- It asks to state an amount, because:\n{answer.amounts_exemption}"
    yield "\n--- Sources"
    for source in answer.sources:
        yield f"- {source.title} ({source.publisher}), {source.url}, {source.seen}, read {source.accessed}"
        if source.note:
            yield f"  {source.note}"
    yield f"\n--- Phrasings that lead here ({len(answer.phrasings)})"
    yield from (f"- {phrasing}" for phrasing in answer.phrasings)
    questions = list(_questions(root, answer.id))
    yield f"\n--- Test questions that must lead here ({len(questions)})"
    yield from (f"- {question}" for question in questions)


def _questions(root: Path, answer_id: str) -> Iterator[str]:
    """Yield the questions under answers/questions labelled with this answer (tables: id, label, …, text)."""
    for path in sorted((root / "questions").glob("**/*.tsv")):
        if path.stat().st_size > MAX_QUESTIONS:
            continue
        header, *rows = path.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
        columns = header.split("\t")
        if "label" not in columns or "text" not in columns:
            continue
        for row in rows:
            cells = dict(zip(columns, row.split("\t"), strict=False))
            if cells.get("label") == answer_id:
                yield cells.get("text", "")


def _since(root: Path, file: str, raw: bytes, about: list[Checked]) -> str:
    approvals = [c.statement for c in about if c.statement.decision == "approve"]
    if not approvals:
        return "It was never approved."
    last = approvals[-1]
    if hashlib.sha256(raw).hexdigest() == last.sha256:
        return f"Nothing since {last.reviewed_on}."
    before = bytes_at(root, file, last.sha256)
    if before is None:
        version = f"The version approved on {last.reviewed_on} (SHA-256 {last.sha256[:12]}…)"
        return f"{version} is not in git's history here."
    return difference(before, raw)

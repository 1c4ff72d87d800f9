"""Where every reviewable file stands on a day: reviewed, changed, expiring, expired or never reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.content.load import subjects
from bot.content.model import Library
from bot.content.review import AMOUNTS, Checked, Record
from bot.content.review_files import Subject, parse_place

SOON = timedelta(days=30)

State = Literal[
    "reviewed", "expiring", "partly", "rejected", "future", "amounts", "unchecked", "revoked", "expired",
    "changed", "bad", "never",
]  # fmt: skip
MEANING: dict[State, str] = {
    "reviewed": "approved, and unchanged since",
    "expiring": "approved, but not for more than 30 days",
    "partly": "approved by fewer reviewers than FAQBOT_REVIEWS_REQUIRED asks for",
    "rejected": "a reviewer rejected the present text",
    "future": "its approval is dated after today: a clock is wrong",
    "amounts": "states an amount, and its approval does not accept that",
    "unchecked": "approved by somebody whose credentials nobody has checked",
    "revoked": "approved with a key that was revoked since",
    "expired": "its approval has run out",
    "changed": "changed since it was approved",
    "bad": "has a statement that cannot be verified",
    "never": "never reviewed",
}
_BEST_FIRST: tuple[State, ...] = ("future", "amounts", "unchecked", "revoked", "expired", "changed")


@dataclass(frozen=True)
class Item:
    """One answer or other file, and where its review stands."""

    id: str
    file: str
    kind: Literal["answer", "file"]
    state: State
    served: bool
    """Answers: served in `reviewed` mode on that day. Other files are always served."""
    reviewers: tuple[str, ...] = ()
    reviewed_on: date | None = None
    expires_on: date | None = None

    def as_json(self) -> dict[str, object]:
        """Return this as `faqbot review status --json` writes it."""
        shown = {**self.__dict__, "reviewers": list(self.reviewers)}
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in shown.items()}


def status(library: Library, record: Record, day: date, required: int = 1) -> list[Item]:
    """Return where everything reviewable stands on `day`: answers first, then the other files."""
    digests = subjects(library)
    rejected = record.rejected(digests)
    bad = {place[0] for p in record.problems if (place := parse_place(p.file.removesuffix(".sig")))}
    about: dict[Subject, list[Checked]] = {}
    for checked in record.statements:
        about.setdefault(checked.statement.subject, []).append(checked)
    items = []
    for subject, digest in digests.items():
        approvals = [c for c in about.get(subject, ()) if c.statement.decision == "approve"]
        standing = {c: _standing(c, library, digest, day, record.newest) for c in approvals}
        items.append(_item(library, subject, standing, required, subject in rejected, subject in bad, day))
    return sorted(items, key=lambda item: (item.kind != "answer", item.file))


def _standing(
    checked: Checked, library: Library, digest: str, day: date, newest: date
) -> State | Literal["holds"]:
    """Return what keeps one approval from counting on `day`, or "holds"."""
    statement = checked.statement
    answer = library.answers.get(statement.answer or "")
    states_amount = answer is not None and answer.amounts_exemption is not None
    revoked_on = checked.key.revoked_on or date.max
    faults: tuple[tuple[bool, State], ...] = (
        (statement.sha256 != digest, "changed"),
        (revoked_on <= day, "revoked"),
        (statement.reviewed_on > day, "future"),
        (checked.ends <= max(day, newest), "expired"),
        (checked.reviewer.credentials is None, "unchecked"),
        (states_amount and AMOUNTS not in statement.checked, "amounts"),
    )
    return next((state for fault, state in faults if fault), "holds")


def _item(
    library: Library,
    subject: Subject,
    standing: Mapping[Checked, str],
    required: int,
    rejected: bool,
    bad: bool,
    day: date,
) -> Item:
    holding = sorted((c for c, s in standing.items() if s == "holds"), key=lambda c: c.ends, reverse=True)
    enough = len(holding) >= required and not rejected
    ends = holding[required - 1].ends if enough else None
    shown = holding or list(standing)
    state = _state(set(standing.values()), rejected, bad)
    if ends is not None:
        state = "expiring" if ends <= day + SOON else "reviewed"
    file = library.answer_file(subject.answer) if subject.answer else subject.file or ""
    return Item(
        id=subject.answer or file,
        file=file,
        kind="answer" if subject.answer else "file",
        state=state,
        served=enough or subject.answer is None,
        reviewers=tuple(sorted(c.reviewer.id for c in shown)),
        reviewed_on=max((c.statement.reviewed_on for c in shown), default=None),
        expires_on=ends or max((c.ends for c in shown), default=None),
    )


def _state(standings: set[str], rejected: bool, bad: bool) -> State:
    """Return the state of what is not sufficiently approved."""
    if rejected:
        return "rejected"
    if "holds" in standings:
        return "partly"
    return next((s for s in _BEST_FIRST if s in standings), "bad" if bad else "never")


def counts(items: list[Item]) -> dict[State, int]:
    """Return how many answers are in each state."""
    answers = [item for item in items if item.kind == "answer"]
    return {state: sum(item.state == state for item in answers) for state in MEANING}


def first_end(library: Library, day: date, required: int = 1) -> date | None:
    """Return the first day on which an answer approved on `day` no longer is; None where none is approved.

    An answer ends when fewer than `required` reviewers' approvals of it are left.
    """
    ends = []
    for answer in library.answers:
        latest: dict[str, date] = {}
        for review in library.approvals(answer, day):
            latest[review.reviewer] = max(review.ends, latest.get(review.reviewer, date.min))
        if len(latest) >= required:
            ends.append(sorted(latest.values(), reverse=True)[required - 1])
    return min(ends, default=None)


def serving(library: Library, day: date, *, drafts: bool, required: int = 1) -> str:
    """Return the one line for the log at start: how many answers are served, and as what."""
    total = len(library.answers)
    approved = sum(len({r.reviewer for r in library.approvals(a, day)}) >= required for a in library.answers)
    rest = "served as drafts" if drafts else "not served"
    line = f"{total} answers: {approved} reviewed and served, {total - approved} not approved and {rest}"
    if library.review_problems:
        line += f"; {len(library.review_problems)} statements do not count (see `faqbot review verify`)"
    if library.newest_review > day:
        line += f"; a review is dated {library.newest_review}, after today ({day}): check the clock"
    return line + "."

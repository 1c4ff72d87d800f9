"""Review statements: who may sign, what they signed, and whether it can be believed.

A signature is checked over the bytes of a statement before those bytes are parsed, with a key
that reviewers.yaml lists for the reviewer in the file's name: nothing unsigned is interpreted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from bot.content import markup
from bot.content.model import Identifier, Line, Model, Review
from bot.content.review_files import (
    MAX_REVIEWERS,
    MAX_STATEMENT,
    REVIEWERS,
    REVIEWS,
    SIGNATURE,
    FileRefusedError,
    Subject,
    entries,
    parse_place,
    read_regular,
)
from bot.content.sshsig import (
    MAX_SIGNATURE,
    PublicKey,
    SignatureError,
    parse_public_key,
    parse_signature,
    verify,
)
from bot.content.yaml_source import KeyPath, Problem, Source, parse_yaml

NAMESPACE = "faqbot-review"
FORMAT: Literal["faqbot-review-1"] = "faqbot-review-1"
MAX_DAYS = 731
AMOUNTS = "amounts_exemption"

Check = Literal["text", "sources", "caveats", "phrasings", "test_questions", "amounts_exemption"]
Decision = Literal["approve", "reject"]


def _reads_as_written(text: str) -> str:
    if markup.plain(text) != text:
        raise ValueError("holds signs that would be read as markup")
    return text


Shown = Annotated[
    str,
    StringConstraints(min_length=2, max_length=80, pattern=r"^\S(.*\S)?$"),
    AfterValidator(_reads_as_written),
]
"""A name or profession: shown in replies exactly as written."""


class Registration(Model):
    """Where the reviewer is registered, so that anybody can look it up."""

    body: Line
    number: Line


class Credentials(Model):
    """Who looked the registration up, and when. Without it no approval counts."""

    checked_by: Line
    checked_on: date
    how: Line | None = None


class ReviewerKey(Model):
    """One public key of a reviewer, and when it may be used."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=8_192)] = Field(
        description="One line of a .pub file"
    )
    valid_from: date = Field(description="First day a statement may be dated")
    valid_until: date | None = Field(None, description="Last day a statement may be dated: key retired")
    revoked_on: date | None = Field(
        None, description="Lost or stolen: from this day nothing it signed counts, whatever its date"
    )


class Reviewer(Model):
    """One person who may sign."""

    id: Identifier
    name: Shown
    profession: Shown
    registration: Registration
    credentials: Credentials | None = None
    keys: tuple[ReviewerKey, ...] = Field(min_length=1)


class Reviewers(Model):
    """answers/reviewers.yaml."""

    reviewers: tuple[Reviewer, ...] = ()

    def get(self, reviewer_id: str) -> Reviewer | None:
        """Return the reviewer of this id, or None."""
        return next((r for r in self.reviewers if r.id == reviewer_id), None)


class Statement(Model):
    """What a reviewer signs about one file."""

    format: Literal["faqbot-review-1"]
    answer: Identifier | None = None
    language: str | None = None
    file: str | None = None
    sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    reviewer: Identifier
    decision: Decision
    reviewed_on: date
    expires_on: date | None = Field(None, description="First day an approval no longer holds")
    checked: tuple[Check, ...] = Field(min_length=1)
    comment: Annotated[str, StringConstraints(min_length=1, max_length=2_000)] | None = None

    @property
    def subject(self) -> Subject:
        """Return what this is about."""
        return Subject(self.language, self.answer, self.file)


@dataclass(frozen=True)
class Checked:
    """A statement that verified: signed by a key listed for its reviewer, at its own place."""

    file: str
    statement: Statement
    reviewer: Reviewer
    key: ReviewerKey
    fingerprint: str

    @property
    def ends(self) -> date:
        """Return the first day on which an approval no longer holds."""
        expires = self.statement.expires_on or date.min
        return min(expires, self.key.revoked_on or expires)


@dataclass(frozen=True)
class Record:
    """Everything that reviews/ says: statements that verify, and what is wrong with the rest."""

    statements: tuple[Checked, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def newest(self) -> date:
        """Return the latest day that a valid statement proves to have been."""
        days = (c.statement.reviewed_on for c in self.statements if c.key.revoked_on is None)
        return max(days, default=date.min)

    def rejected(self, digests: Mapping[Subject, str]) -> set[Subject]:
        """Return the subjects whose present bytes somebody rejected, with a key not revoked."""
        return {
            c.statement.subject
            for c in self.statements
            if c.statement.decision == "reject"
            and c.key.revoked_on is None
            and digests.get(c.statement.subject) == c.statement.sha256
        }

    def approvals(
        self, digests: Mapping[Subject, str], exempted: Collection[Subject] = ()
    ) -> dict[Subject, tuple[Review, ...]]:
        """Return the approvals of present bytes, newest first; dates are for the reader to judge.

        `exempted` are subjects that state an amount: their approval must accept that.
        """
        found: dict[Subject, list[Review]] = {}
        rejected = self.rejected(digests)
        for checked in self.statements:
            subject = checked.statement.subject
            accepts = subject not in exempted or AMOUNTS in checked.statement.checked
            fits = digests.get(subject) == checked.statement.sha256 and subject not in rejected
            if checked.statement.decision == "approve" and fits and accepts and checked.reviewer.credentials:
                found.setdefault(subject, []).append(_review(checked))
        newest_first = {s: sorted(r, key=lambda x: x.reviewed_on, reverse=True) for s, r in found.items()}
        return {subject: tuple(reviews) for subject, reviews in newest_first.items()}


def _review(checked: Checked) -> Review:
    return Review(
        reviewer=checked.reviewer.id,
        name=checked.reviewer.name,
        profession=checked.reviewer.profession,
        reviewed_on=checked.statement.reviewed_on,
        ends=checked.ends,
        key=checked.fingerprint,
        origin=checked.file,
        reviewer_origin=f"{REVIEWERS}#{checked.reviewer.id}",
    )


def read_reviewers(root: Path) -> Source | None:
    """Read reviewers.yaml below `root`; None where there is none (then nobody may sign)."""
    try:
        return parse_yaml(read_regular(root, REVIEWERS, MAX_REVIEWERS), REVIEWERS)
    except FileNotFoundError:
        return None
    except FileRefusedError as error:
        source = Source(REVIEWERS, b"")
        source.problems.append(_refused(REVIEWERS, error))
        return source


def reviewer_faults(reviewers: Reviewers) -> Iterable[tuple[KeyPath, str, str]]:
    """Yield (key path, what is wrong, what to do) for what the format alone does not refuse."""
    seen: dict[object, str] = {}
    for index, reviewer in enumerate(reviewers.reviewers):
        here: KeyPath = ("reviewers", index)
        registration = (reviewer.registration.body, reviewer.registration.number)
        for what, value in (("id", reviewer.id), ("registration", registration)):
            if value in seen:
                yield (*here, what), f"is also that of {seen[value]}", "list every person once"
            seen[value] = reviewer.id
        checker = reviewer.credentials.checked_by if reviewer.credentials else ""
        if checker in (reviewer.name, reviewer.id):
            yield (*here, "credentials", "checked_by"), "is the reviewer", "have somebody else look them up"
        for number, key in enumerate(reviewer.keys):
            for what, fix in _key_faults(key, reviewer.id, seen):
                yield (*here, "keys", number), what, fix


def _key_faults(key: ReviewerKey, owner: str, seen: dict[object, str]) -> Iterable[tuple[str, str]]:
    try:
        blob = parse_public_key(key.key).blob
    except SignatureError as error:
        yield str(error), "copy the one line of the .pub file"
        return
    if blob in seen:
        yield f"is also a key of {seen[blob]}", "list every key once"
    seen[blob] = owner
    if key.valid_until is not None and key.valid_until < key.valid_from:
        yield "ends before it begins", "put valid_until after valid_from"


def read_record(root: Path, reviewers: Reviewers) -> Record:
    """Read and verify everything in reviews/ below `root`. What is wrong is collected, never raised."""
    statements: list[Checked] = []
    problems: list[Problem] = []
    try:
        found = list(entries(root))
    except FileRefusedError as error:
        return Record((), (_refused(REVIEWS, error),))
    present = set(found)
    for file in found:
        if file.endswith(SIGNATURE) and file.removesuffix(SIGNATURE) in present:
            continue
        checked = read_statement(root, file, reviewers)
        if isinstance(checked, Problem):
            problems.append(checked)
        else:
            statements.append(checked)
    return Record(tuple(statements), tuple(problems))


def read_statement(root: Path, file: str, reviewers: Reviewers) -> Checked | Problem:
    """Read one statement and its signature and verify them."""
    if parse_place(file) is None:
        return _problem(file, "is not a statement's file", "remove it, or name it as reviews/README.md says")
    try:
        raw = read_regular(root, file, MAX_STATEMENT)
        signature = read_regular(root, file + SIGNATURE, MAX_SIGNATURE)
    except FileNotFoundError:
        return _problem(file, "has no signature beside it", f"sign again, or restore {file}{SIGNATURE}")
    except FileRefusedError as error:
        return _refused(file, error)
    return check_statement(file, raw, signature, reviewers)


def check_statement(file: str, raw: bytes, signature: bytes, reviewers: Reviewers) -> Checked | Problem:
    """Verify the bytes of a statement and its signature, as if they lay at `file`. Pure."""
    place = parse_place(file)
    reviewer = reviewers.get(place[1]) if place else None
    if place is None or reviewer is None:
        who = place[1] if place else "nobody"
        return _problem(
            file, f"is by {who}, who is not in {REVIEWERS}", "remove it, or have the owners list that person"
        )
    try:
        key, public = _verified_key(raw, signature, reviewer)
    except SignatureError as error:
        return _problem(file, f"does not count: its signature {error}", "sign again, or restore both files")
    statement = _parse(file, raw)
    if isinstance(statement, Problem):
        return statement
    if (statement.subject, statement.reviewer) != place:
        return _problem(file, "is about something else than its name says", "put it back where it belongs")
    fault = _date_fault(statement, key)
    if fault:
        return _problem(file, fault, "sign again")
    return Checked(file, statement, reviewer, key, public.fingerprint)


def _verified_key(raw: bytes, signature: bytes, reviewer: Reviewer) -> tuple[ReviewerKey, PublicKey]:
    parsed = parse_signature(signature)
    for key in reviewer.keys:
        if parse_public_key(key.key).blob == parsed.key.blob:
            verify(raw, parsed, NAMESPACE)
            return key, parsed.key
    raise SignatureError(f"is by a key that {REVIEWERS} does not list for {reviewer.id}")


def _parse(file: str, raw: bytes) -> Statement | Problem:
    source = parse_yaml(raw, file)
    if source.problems:
        return source.problems[0]
    try:
        return Statement.model_validate(source.data)
    except ValidationError as error:
        first = error.errors()[0]
        path = tuple(first["loc"])
        return source.problem(path, f"is not right ({first['msg']})", "sign again with faqbot review")


def _date_fault(statement: Statement, key: ReviewerKey) -> str | None:
    day = statement.reviewed_on
    if not key.valid_from <= day <= (key.valid_until or date.max):
        return f"is dated {day}, when its key was not valid"
    if statement.decision == "reject":
        return None
    if statement.expires_on is None or not day < statement.expires_on <= day + timedelta(days=MAX_DAYS):
        return f"must expire within {MAX_DAYS} days of {day}"
    return None


def _problem(file: str, what: str, fix: str) -> Problem:
    return Problem(file, 1, "", what, fix)


def _refused(file: str, error: FileRefusedError) -> Problem:
    what, _, fix = str(error).partition("; ")
    return _problem(file, what, fix)

"""`faqbot review`: see where reviews stand, read what is to be signed, sign it, verify everything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import ContentError, FaqbotError, InputError
from bot.options import answers_option

if TYPE_CHECKING:
    from datetime import date

    from bot.content.model import Library
    from bot.content.review import Check, Decision, Record, Reviewers, Statement
    from bot.content.review_files import Subject
    from bot.content.review_status import Item

CHECKS = ("text", "sources", "caveats", "phrasings", "test_questions", "amounts_exemption")

as_option = click.option(
    "--as", "reviewer", required=True, metavar="REVIEWER", help="Your id in reviewers.yaml."
)
key_option = click.option(
    "--key",
    required=True,
    type=click.Path(path_type=Path),
    help="Your private key; the .pub file for a key in ssh-agent.",
)
checked_option = click.option(
    "--checked",
    multiple=True,
    type=click.Choice(CHECKS),
    default=("text",),
    show_default=True,
    help="What you checked; give it once for each.",
)
sha_option = click.option("--sha256", metavar="START", help="Refuse unless the file's SHA-256 begins so.")


@dataclass(frozen=True)
class Desk:
    """Everything these commands read, loaded once."""

    root: Path
    library: Library
    reviewers: Reviewers
    record: Record
    required: int
    today: date

    def find(self, name: str) -> tuple[Subject, str, str]:
        """Return (subject, file, SHA-256) of an answer id or file path. Raises InputError."""
        from difflib import get_close_matches

        from bot.content.load import subjects

        wanted = name.removeprefix("./").removeprefix(f"{self.root.as_posix()}/").removeprefix("answers/")
        known: dict[str, tuple[Subject, str, str]] = {}
        for subject, digest in subjects(self.library).items():
            file = self.library.answer_file(subject.answer) if subject.answer else subject.file or ""
            known[subject.answer or file] = known[file] = (subject, file, digest)
        if wanted in known:
            return known[wanted]
        near = get_close_matches(wanted, list(known), n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else "see `faqbot review status` for the names."
        raise InputError(f"There is no answer or file {name!r}: {hint}")

    def items(self) -> list[Item]:
        """Return where everything stands today."""
        from bot.content.review_status import status

        return status(self.library, self.record, self.today, self.required)


@dataclass(frozen=True)
class Order:
    """What a reviewer asked to sign, as given on the command line."""

    reviewer: str
    key: Path
    decision: Decision
    checked: tuple[Check, ...]
    sha256: str | None
    comment: str | None
    days: int = 365


def open_desk(answers: Path | None) -> Desk:
    """Load content, reviewers and statements. Raises FaqbotError with all that is wrong."""
    from bot.content import today
    from bot.content.load import load, load_reviewers
    from bot.content.review import read_record
    from bot.settings import load_settings

    settings = load_settings()
    root = answers or settings.answers
    library = load(root)
    reviewers, _ = load_reviewers(root)
    record = read_record(root, reviewers)
    return Desk(root, library, reviewers, record, settings.reviews_required, today.utc_today())


@click.group()
def review() -> None:
    """Sign answers, and see which signatures hold.

    An answer is served only while a clinician listed in reviewers.yaml has signed its exact
    bytes. docs/review-model.md explains how, and what that protects from.
    """


@review.command()
@click.option("--json", "as_json", is_flag=True, help="Write one JSON list.")
@answers_option
def status(as_json: bool, answers: Path | None) -> None:
    """Show where every answer and file stands today."""
    from bot.content.review_status import MEANING, counts, serving

    desk = open_desk(answers)
    items = desk.items()
    if as_json:
        click.echo(json.dumps([item.as_json() for item in items], ensure_ascii=False, indent=2))
        return
    _table(items)
    click.echo()
    for state, count in counts(items).items():
        if count:
            click.echo(f"{count:4} answers  {state:9} {MEANING[state]}")
    unreviewed = sum(i.kind == "file" and i.state not in ("reviewed", "expiring") for i in items)
    click.echo(
        f"{unreviewed:4} other files not reviewed; they are always served: safety text is never held back"
    )
    click.echo(serving(desk.library, desk.today, drafts=False, required=desk.required))


def _table(items: list[Item]) -> None:
    wide = max(len(item.id) for item in items)
    click.echo(f"{'what':{wide}}  {'state':9}  {'reviewed':10}  {'until':10}  by")
    for item in items:
        reviewed, until = (str(day or "-") for day in (item.reviewed_on, item.expires_on))
        by = ", ".join(item.reviewers) or "-"
        click.echo(f"{item.id:{wide}}  {item.state:9}  {reviewed:10}  {until:10}  {by}")


@review.command()
@click.argument("name", metavar="ID")
@click.option("--region", default="INTERNATIONAL", help="Country of the crisis lines shown.")
@answers_option
def show(name: str, region: str, answers: Path | None) -> None:
    """Show an answer as people will read it, and everything a reviewer needs to judge it."""
    from bot.content.review_history import visible
    from bot.review_page import page

    desk = open_desk(answers)
    subject, file, digest = desk.find(name)
    item = next(i for i in desk.items() if i.file == file)
    click.echo(visible(page(desk.root, desk.library, desk.record, item, subject, region)))
    click.echo(
        f"To sign exactly this: faqbot review approve {item.id} --as YOU --key FILE --sha256 {digest[:12]}"
    )


@review.command()
@click.argument("name", metavar="ID")
@as_option
@key_option
@checked_option
@click.option(
    "--days", type=click.IntRange(1, 731), default=365, show_default=True, help="How long it holds."
)
@click.option("--comment", help="A note, kept in the statement.")
@sha_option
@answers_option
def approve(
    name: str,
    reviewer: str,
    key: Path,
    checked: tuple[Check, ...],
    days: int,
    comment: str | None,
    sha256: str | None,
    answers: Path | None,
) -> None:
    """Sign that ID may be sent, as it is now. ID is an answer's id or a file's path."""
    _sign(name, Order(reviewer, key, "approve", checked, sha256, comment, days), answers)


@review.command()
@click.argument("name", metavar="ID")
@as_option
@key_option
@checked_option
@click.option("--comment", required=True, help="Why; the writer reads this.")
@sha_option
@answers_option
def reject(
    name: str,
    reviewer: str,
    key: Path,
    checked: tuple[Check, ...],
    comment: str,
    sha256: str | None,
    answers: Path | None,
) -> None:
    """Sign that ID must not be sent as it is now, whoever else approved it."""
    _sign(name, Order(reviewer, key, "reject", checked, sha256, comment), answers)


def _sign(name: str, order: Order, answers: Path | None) -> None:
    from bot.content import review_sign

    desk = open_desk(answers)
    subject, file, digest = desk.find(name)
    _may_sign(desk, order, subject, file, digest)
    statement = review_sign.statement_bytes(
        subject,
        digest,
        order.reviewer,
        order.decision,
        order.checked,
        reviewed_on=desk.today,
        days=order.days,
        comment=order.comment,
    )
    signature = review_sign.sign(statement, order.key)
    place = subject.place(order.reviewer)
    made = review_sign.accept(place, statement, signature, desk.reviewers)
    review_sign.store(desk.root, place, statement, signature)
    until = f", until {made.ends}" if order.decision == "approve" else ""
    click.echo(f"Signed: {order.decision} {file} as {made.reviewer.name} on {desk.today}{until}.")
    click.echo(f"Commit both: {desk.root / place} and {place.rpartition('/')[2]}.sig beside it.")
    if made.reviewer.credentials is None:
        click.echo(f"It does not count yet: nobody has checked {made.reviewer.id}'s credentials.")


def _may_sign(desk: Desk, order: Order, subject: Subject, file: str, digest: str) -> None:
    """Refuse before anybody types a passphrase. Raises FaqbotError."""
    if desk.reviewers.get(order.reviewer) is None:
        listed = ", ".join(r.id for r in desk.reviewers.reviewers) or "nobody yet"
        where = desk.root / "reviewers.yaml"
        raise InputError(f"{order.reviewer} is not in {where} (listed: {listed}): ask the owners to add you.")
    start = order.sha256
    if start is not None and not (len(start) >= 8 and digest.startswith(start.lower())):
        raise FaqbotError(
            f"{file} is not what you read (its SHA-256 is {digest[:12]}…): read it again with show."
        )
    answer = desk.library.answers.get(subject.answer or "")
    exempt = answer.amounts_exemption if answer and order.decision == "approve" else None
    if exempt and "amounts_exemption" not in order.checked:
        accept = "add --checked amounts_exemption (and --checked text) if you accept that"
        raise FaqbotError(f"{file} states an amount ({exempt}): {accept}.")


@review.command()
@answers_option
def verify(answers: Path | None) -> None:
    """Verify every statement; exit 1 if any is bad. Expired or outdated ones are not bad."""
    desk = open_desk(answers)
    problems = [str(problem) for problem in desk.record.problems]
    for checked in desk.record.statements:
        made = checked.statement
        if made.reviewed_on > desk.today:
            after = f"is dated {made.reviewed_on}, after today ({desk.today})"
            problems.append(f"{checked.file}:1: {after}; check the clock, then sign again")
            continue
        until = f" until {checked.ends}" if made.decision == "approve" else ""
        line = f"{made.decision} by {made.reviewer} on {made.reviewed_on}{until}"
        click.echo(f"good  {checked.file}: {line}{_outdated(desk.library, made)}")
    for problem in problems:
        click.echo(f"BAD   {problem}")
    total = len(desk.record.statements) + len(desk.record.problems)
    if problems:
        raise FaqbotError(f"{len(problems)} of {total} statements are bad and do not count.")
    click.echo(f"{total} statements, all good.")


def _outdated(library: Library, made: Statement) -> str:
    from bot.content.load import subjects

    now = subjects(library).get(made.subject)
    if now is None:
        return " (about nothing that is here; both files can go)"
    return "" if now == made.sha256 else " (the file changed since)"


@review.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--type",
    "kind",
    type=click.Choice(["ed25519", "ecdsa", "rsa", "ed25519-sk", "ecdsa-sk"]),
    default="ed25519",
    show_default=True,
    help="Those with -sk live in a hardware key.",
)
@click.option("--no-passphrase", is_flag=True, help="Anybody who gets the file can sign as you.")
@answers_option
def keygen(path: Path, kind: str, no_passphrase: bool, answers: Path | None) -> None:
    """Make a key to sign with, and print what the owners add to reviewers.yaml.

    Any SSH key you have already will do as well.
    """
    from bot.content import today
    from bot.content.review_sign import make_key
    from bot.settings import load_settings

    root = answers or load_settings().answers
    public = make_key(path, kind, root, passphrase=not no_passphrase)
    click.echo(f"Made {path} (keep it to yourself) and {path}.pub. For your entry in reviewers.yaml:\n")
    click.echo(f"    keys:\n      - key: {public}\n        valid_from: {today.utc_today()}")


@review.command(name="allowed-signers")
@answers_option
def allowed_signers(answers: Path | None) -> None:
    """Print OpenSSH's allowed_signers file, to verify statements without this program."""
    from datetime import timedelta

    from bot.content.load import load_reviewers
    from bot.settings import load_settings

    reviewers, problems = load_reviewers(answers or load_settings().answers)
    if problems:
        raise ContentError(tuple(str(problem) for problem in problems))
    click.echo(
        "# ssh-keygen -Y verify -f THIS_FILE -n faqbot-review -I REVIEWER -s STATEMENT.sig < STATEMENT"
    )
    for person in reviewers.reviewers:
        click.echo(f"# {person.name}, {person.profession}")
        for key in person.keys:
            kind, data = key.key.split()[:2]
            dates = f'valid-after="{key.valid_from:%Y%m%d}"'
            if key.valid_until:
                dates += f',valid-before="{key.valid_until + timedelta(days=1):%Y%m%d}"'
            mark = f"# revoked on {key.revoked_on}: " if key.revoked_on else ""
            click.echo(f'{mark}{person.id} namespaces="faqbot-review",{dates} {kind} {data}')

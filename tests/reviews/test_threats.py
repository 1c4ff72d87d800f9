"""Every threat of docs/review-model.md, carried out. The document names these tests one by one."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import review as review_module
from bot.content.load import load_reviewers, try_load
from bot.content.review import (
    NAMESPACE,
    Checked,
    Reviewers,
    check_statement,
    read_record,
    read_statement,
)
from bot.content.review_files import REVIEWS, Subject, parse_place
from bot.content.review_sign import sign, statement_bytes
from bot.content.review_status import status
from bot.errors import ContentError
from bot.settings import PROJECT
from tests.reviews.conftest import TODAY, Desk, NoAliases, Person

Keys = Callable[[str], Person]
PLACE = "reviews/en/liver.test_a.yaml"


def reviewers_of(*people: Person, **changes: Any) -> Reviewers:
    """Return the Reviewers of these people, as if read from reviewers.yaml."""
    entries = [p.entry(**changes) for p in people]
    for entry in entries:
        entry["keys"] = tuple(entry["keys"])
    return Reviewers.model_validate({"reviewers": tuple(entries)})


def write(desk: Desk, person: Person, place: str = PLACE, **changes: Any) -> None:
    """Sign a statement by hand, with any part of it `changes`, and put it at `place`."""
    data: dict[str, Any] = {
        "format": "faqbot-review-1",
        "answer": "liver",
        "language": "en",
        "sha256": desk.library().digests["en/safety/liver.yaml"],
        "reviewer": "test_a",
        "decision": "approve",
        "reviewed_on": TODAY,
        "expires_on": TODAY + timedelta(days=300),
        "checked": ["text"],
    }
    raw = yaml.dump(data | changes, Dumper=NoAliases, sort_keys=False).encode()
    put(desk, place, raw, sign(raw, person.key))


def put(desk: Desk, place: str, raw: bytes, signature: bytes) -> None:
    (desk.root / place).parent.mkdir(parents=True, exist_ok=True)
    (desk.root / place).write_bytes(raw)
    (desk.root / f"{place}.sig").write_bytes(signature)


def only_problem(desk: Desk) -> str:
    """Return the one problem that is said about the reviews, having checked that nothing is served."""
    library = desk.library()
    assert desk.served() == set()
    assert len(library.review_problems) == 1, library.review_problems
    return library.review_problems[0]


# --- changed bytes -------------------------------------------------------------------------


@pytest.fixture(scope="session")
def signed(keys: Keys) -> list[tuple[bytes, bytes, Reviewers]]:
    """One true statement and signature of every kind of key."""
    made = []
    for kind in ("ed25519", "ecdsa", "rsa"):
        person = keys(kind)
        raw = statement_bytes(
            Subject("en", "liver"), "a" * 64, "test_a", "approve", ["text"], reviewed_on=TODAY
        )
        made.append((raw, sign(raw, person.key), reviewers_of(person)))
    return made


MUTATIONS: dict[str, Callable[[bytes, int, int], bytes]] = {
    "flip bits": lambda raw, at, n: raw[:at] + bytes([raw[at] ^ n]) + raw[at + 1 :],
    "put in": lambda raw, at, n: raw[:at] + bytes([n]) + raw[at:],
    "put in a line end": lambda raw, at, n: raw[:at] + (b"\n", b"\r\n", b" \n")[n % 3] + raw[at:],
    "take out": lambda raw, at, n: raw[:at] + raw[at + n :],
    "repeat": lambda raw, at, n: raw[: at + n] + raw[at:],
    "cut off": lambda raw, at, n: raw[: at + n],
    "append": lambda raw, at, n: raw + raw[at : at + n],
    "swap": lambda raw, at, n: raw[:at] + raw[at + n : at + 2 * n] + raw[at : at + n] + raw[at + 2 * n :],
}


def armored(blob: bytes) -> bytes:
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]).encode()


def mutated(raw: bytes, signature: bytes, where: str, how: str, at: int, n: int) -> tuple[bytes, bytes]:
    """Return a statement and its signature with one change."""
    change = MUTATIONS[how]
    if where == "inside the signature":
        blob = base64.b64decode(b"".join(signature.splitlines()[1:-1]))
        return raw, armored(change(blob, at % len(blob), n))
    new_raw = change(raw, at % len(raw), n) if where != "signature" else raw
    return new_raw, change(signature, at % len(signature), n) if where != "statement" else signature


def test_no_mutation_is_accepted(signed: list[tuple[bytes, bytes, Reviewers]]) -> None:
    """Of 10,000 changed statements, signatures, and signatures changed inside their armour, none counts."""
    tried = 0

    @settings(max_examples=3_600, database=None)
    @given(
        where=st.sampled_from(["statement", "signature", "inside the signature", "both"]),
        how=st.sampled_from(sorted(MUTATIONS)),
        at=st.integers(0, 4_000),
        n=st.integers(1, 255),
    )
    def mutate_each_kind_of_key(where: str, how: str, at: int, n: int) -> None:
        nonlocal tried
        for raw, signature, reviewers in signed:
            made = mutated(raw, signature, where, how, at, n)
            if made != (raw, signature):
                tried += 1
                assert not isinstance(check_statement(PLACE, *made, reviewers), Checked)

    mutate_each_kind_of_key()
    assert tried >= 10_000


@settings(max_examples=300, database=None)
@given(raw=st.binary(max_size=400), signature=st.binary(max_size=400))
def test_noise_is_refused_without_an_exception(
    signed: list[tuple[bytes, bytes, Reviewers]], raw: bytes, signature: bytes
) -> None:
    """Whatever bytes lie there, the result is a problem in words; nothing is raised."""
    for made in (signature, armored(signature), armored(b"SSHSIG\0\0\0\1" + signature), signed[0][1]):
        assert not isinstance(check_statement(PLACE, raw, made, signed[0][2]), Checked)


def test_the_unchanged_statements_do_count(signed: list[tuple[bytes, bytes, Reviewers]]) -> None:
    """The statements that the mutations start from are accepted as they are."""
    for raw, signature, reviewers in signed:
        assert isinstance(check_statement(PLACE, raw, signature, reviewers), Checked)


# --- copied, replayed, forged --------------------------------------------------------------


def test_a_signature_cannot_be_copied(desk: Desk, alice: Person) -> None:
    """One answer's signature beside another's statement, or both under another name, count for nothing."""
    statement = desk.approve("dehydration", alice)
    signature = Path(f"{statement}.sig")
    raw = statement.read_bytes()
    put(desk, PLACE, raw.replace(b"answer: dehydration", b"answer: liver"), signature.read_bytes())
    statement.unlink()
    signature.unlink()
    assert "was changed" in only_problem(desk)
    put(desk, PLACE, raw, sign(raw, alice.key))
    assert "something else than its name says" in only_problem(desk)


def test_a_statement_cannot_move_to_another_language_or_kind(desk: Desk, alice: Person) -> None:
    """An approval counts for the answer, language and kind of file that it was signed for, and no other."""
    digest = desk.library().digests["en/safety/liver.yaml"]
    write(desk, alice, language="es")
    assert "something else" in only_problem(desk)
    write(desk, alice, file="en/caveats.yaml")
    assert "something else" in only_problem(desk)
    shutil.rmtree(desk.root / REVIEWS)
    data = {"answer": None, "language": None, "file": "en/safety/liver.yaml", "sha256": digest}
    write(desk, alice, place="reviews/files/en.safety.liver.test_a.yaml", **data)
    assert desk.served() == set()


def test_an_old_statement_does_not_cover_a_new_text(desk: Desk, alice: Person) -> None:
    """Put back after the text changed, last month's approval names other bytes and covers nothing."""
    statement = desk.approve("liver", alice)
    kept = statement.read_bytes(), Path(f"{statement}.sig").read_bytes()
    file = desk.root / "en/safety/liver.yaml"
    file.write_bytes(file.read_bytes() + b"# a new fact\n")
    desk.day += timedelta(days=30)
    desk.approve("liver", alice)
    assert desk.served() == {"liver"}
    put(desk, PLACE, *kept)
    assert desk.served() == set()


def test_old_text_with_its_old_statement_lasts_until_it_expires(desk: Desk, alice: Person) -> None:
    """Not defended: who may write the whole folder can bring back both, but not past their end."""
    desk.approve("liver", alice, "--days", "60")
    shutil.copytree(desk.root, desk.root.parent / "old")
    file = desk.root / "en/safety/liver.yaml"
    file.write_bytes(file.read_bytes() + b"# a new fact\n")
    desk.day += timedelta(days=30)
    desk.approve("liver", alice)
    desk.root = desk.root.parent / "old"
    assert desk.served() == {"liver"}
    desk.day = TODAY + timedelta(days=60)
    assert desk.served() == set()


def test_an_approval_cannot_be_made_to_last(desk: Desk, alice: Person) -> None:
    """A statement without an end, with one too far, or before its beginning does not count."""
    for expires in (None, TODAY, TODAY + timedelta(days=732), date.max):
        write(desk, alice, expires_on=expires)
        assert "must expire within 731 days" in only_problem(desk)


def test_a_forged_reviewer_counts_for_nothing(desk: Desk, alice: Person, bob: Person) -> None:
    """Somebody not listed, or signing in another's name, is refused, each with the reason."""
    write(desk, bob, place="reviews/en/liver.test_b.yaml", reviewer="test_b")
    assert "test_b, who is not in reviewers.yaml" in only_problem(desk)
    shutil.rmtree(desk.root / REVIEWS)
    write(desk, bob)
    assert "does not list for test_a" in only_problem(desk)
    desk.list(alice.entry(), bob.entry())
    assert "does not list for test_a" in only_problem(desk)
    write(desk, alice, reviewer="test_b")
    assert "something else than its name says" in only_problem(desk)


def test_one_person_cannot_be_two(desk: Desk, alice: Person, bob: Person) -> None:
    """The same key, id or registration listed twice stops the start, so two reviews are two people."""
    second = alice.entry() | {"id": "test_c", "registration": {"body": "Test register", "number": "c"}}
    same_number = bob.entry() | {"registration": alice.entry()["registration"]}
    self_made = alice.entry() | {"credentials": {"checked_by": alice.name, "checked_on": TODAY}}
    for entries, why in (
        ((alice.entry(), second), "also a key of test_a"),
        ((alice.entry(), alice.entry()), "also that of test_a"),
        ((alice.entry(), same_number), "registration: is also that of test_a"),
        ((self_made,), "is the reviewer"),
        ((alice.entry(valid_until=date(2020, 1, 1)),), "ends before it begins"),
        ((alice.entry(key="ssh-ed25519 AAAA"),), "copy the one line"),
        ((alice.entry() | {"name": "**Dr** Test"},), "markup"),
    ):
        desk.list(*entries)
        with pytest.raises(ContentError, match=why):
            desk.library()


# --- keys and clocks -----------------------------------------------------------------------


def test_a_stolen_key_cannot_date_back(desk: Desk, alice: Person) -> None:
    """After revocation, a thief's new statement dated before it counts no more than the old ones."""
    desk.list(alice.entry(revoked_on=TODAY))
    write(desk, alice, reviewed_on=TODAY - timedelta(days=90), expires_on=TODAY + timedelta(days=90))
    assert desk.served() == set()
    desk.day += timedelta(days=30)
    assert desk.served() == set()
    assert status(desk.library(), record(desk), desk.day)[0].state == "revoked"


def test_a_thief_can_neither_reject_nor_move_the_clock(desk: Desk, alice: Person, bob: Person) -> None:
    """Once a key is revoked, rejections and far dates that it signed stop mattering too."""
    desk.list(alice.entry(), bob.entry())
    desk.approve("liver", alice)
    write(desk, bob, "reviews/en/liver.test_b.yaml", reviewer="test_b", decision="reject", expires_on=None)
    far = {"reviewed_on": date(2090, 1, 1), "expires_on": date(2090, 2, 1)}
    other = {"answer": "dehydration", "reviewer": "test_b"}
    write(desk, bob, "reviews/en/dehydration.test_b.yaml", **other, **far)
    assert desk.served() == set()
    desk.list(alice.entry(), bob.entry(revoked_on=TODAY))
    assert desk.served() == {"liver"}


def test_a_key_counts_only_within_its_dates(desk: Desk, alice: Person) -> None:
    """Dated before its key was valid, or after it was retired, a statement does not count."""
    desk.approve("liver", alice)
    for dates in ({"valid_from": TODAY + timedelta(days=1)}, {"valid_until": TODAY - timedelta(days=1)}):
        desk.list(alice.entry(**dates))
        assert "when its key was not valid" in only_problem(desk)
    desk.list(alice.entry(valid_until=TODAY))
    desk.day += timedelta(days=100)
    assert desk.served() == {"liver"}


def test_a_clock_set_back_revives_nothing(desk: Desk, alice: Person) -> None:
    """No clock is believed that lies before the newest review, and no review that lies after the clock."""
    desk.approve("liver", alice, "--days", "30")
    desk.day += timedelta(days=200)
    desk.approve("dehydration", alice)
    assert desk.served() == {"dehydration"}
    desk.day = TODAY + timedelta(days=1)
    assert desk.served() == set()


def test_a_statement_from_the_future_is_refused(desk: Desk, alice: Person) -> None:
    """Dated after today, an approval is not served, and is bad for `verify`."""
    write(desk, alice, reviewed_on=TODAY + timedelta(days=1))
    assert desk.served() == set()
    with pytest.raises(Exception, match="1 of 1 statements are bad"):
        desk.run("verify")


# --- files ---------------------------------------------------------------------------------


def record(desk: Desk) -> Any:
    return read_record(desk.root, load_reviewers(desk.root)[0])


def test_links_and_devices_are_never_read(desk: Desk, alice: Person) -> None:
    """A statement, signature or folder that is a symbolic link, a pipe or a folder does not count."""
    statement = desk.approve("liver", alice)
    signature = Path(f"{statement}.sig")
    outside = desk.root.parent / "outside"
    for path in (statement, signature):
        shutil.move(path, outside)
        path.symlink_to(outside)
        assert "is a symbolic link" in only_problem(desk)
        path.unlink()
        os.mkfifo(path)
        assert "is no regular file" in only_problem(desk)
        path.unlink()
        path.mkdir()
        assert "is no regular file" in only_problem(desk)
        path.rmdir()
        shutil.move(outside, path)
    for folder in (desk.root / "reviews" / "en", desk.root / "reviews"):
        shutil.move(folder, outside)
        folder.symlink_to(outside)
        assert only_problem(desk).startswith("reviews")
        direct = read_statement(desk.root, PLACE, load_reviewers(desk.root)[0])
        assert "behind the symbolic link" in str(direct)
        folder.unlink()
        shutil.move(outside, folder)
    assert desk.served() == {"liver"}


def test_reviewers_yaml_is_no_link(desk: Desk) -> None:
    """reviewers.yaml behind a symbolic link stops the start."""
    shutil.move(desk.root / "reviewers.yaml", desk.root.parent / "elsewhere.yaml")
    (desk.root / "reviewers.yaml").symlink_to(desk.root.parent / "elsewhere.yaml")
    with pytest.raises(ContentError, match=r"reviewers.yaml:1: is a symbolic link"):
        desk.library()


@pytest.mark.parametrize(
    "name",
    [
        "../liver.test_a.yaml", "liver.yaml", "Liver.test_a.yaml", "liver.test_a.yml", "liver.test_a.yaml\n",
        "li ver.test_a.yaml", "lіver.test_a.yaml", "liver..yaml", "a" * 60 + ".test_a.yaml", "CON",
        "liver.test_a.yaml.sig.yaml", "liver.test_a.yaml~",
    ],
)  # fmt: skip
def test_tricks_in_names_are_refused(name: str) -> None:
    """Only plain names of an answer and a reviewer are statements; no path leads anywhere else."""
    assert parse_place(f"reviews/en/{name}") is None
    assert parse_place(f"reviews/files/{name}") is None or name == "liver.test_a.yaml.sig.yaml"
    assert parse_place(f"reviews/../reviews/en/{name}") is None


def test_ids_of_reviewers_are_plain_words(desk: Desk, alice: Person) -> None:
    """An id in reviewers.yaml cannot hold a path."""
    for name in ("../x", "a/b", "a.b", "A", ""):
        desk.list(alice.entry() | {"id": name})
        library, problems = try_load(desk.root)
        assert library is None
        assert "reviewers[0].id" in str(problems[0])


def test_huge_files_are_refused_unread(desk: Desk, alice: Person) -> None:
    """A statement, signature or list of reviewers of gigabytes costs neither memory nor time."""
    statement = desk.approve("liver", alice)
    for path in (statement, Path(f"{statement}.sig")):
        kept = path.read_bytes()
        os.truncate(path, 4 << 30)
        assert "has more than 16,384 bytes" in only_problem(desk)
        path.write_bytes(kept)
    os.truncate(desk.root / "reviewers.yaml", 4 << 30)
    with pytest.raises(ContentError, match="has more than 1,000,000 bytes"):
        desk.library()


def test_unsigned_yaml_is_never_parsed(desk: Desk, alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The signature is checked over the bytes before anything interprets them."""
    statement = desk.approve("liver", alice)
    statement.write_bytes(b"a: &a [x,x]\nb: &b [*a,*a]\n" + b"[" * 10_000)

    def explode(*_: object) -> None:
        raise AssertionError("unsigned bytes were parsed")

    reviewers = load_reviewers(desk.root)[0]
    monkeypatch.setattr(review_module, "parse_yaml", explode)
    assert not isinstance(read_statement(desk.root, PLACE, reviewers), Checked)


@pytest.mark.parametrize(
    "raw",
    [
        b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", b"[" * 16_000, b"{" * 16_000, b"- " * 8_000,
        b"\xff\xfe\x00",
        b"", b"--- 1\n--- 2\n", b"!!python/object/apply:os.system [exit 1]\n", b"format: faqbot-review-1\n",
        b"sha256: a\nsha256: b\n", b"null", b"reviewed_on: 2026-13-45\n",
    ],
    ids=range(12),
)  # fmt: skip
def test_malicious_yaml_is_refused_even_signed(alice: Person, raw: bytes) -> None:
    """Alias bombs, deep nesting, objects and other tricks are problems in words, even truly signed."""
    result = check_statement(PLACE, raw, sign(raw, alice.key), reviewers_of(alice))
    assert not isinstance(result, Checked)
    assert len(str(result)) < 500


def test_missing_and_stray_files_are_problems(desk: Desk, alice: Person) -> None:
    """A statement without signature, a signature without statement and a stray file are each reported."""
    statement = desk.approve("liver", alice)
    shutil.move(f"{statement}.sig", desk.root / "sig")
    assert "has no signature beside it" in only_problem(desk)
    statement.unlink()
    shutil.move(desk.root / "sig", f"{statement}.sig")
    assert "is not a statement's file" in only_problem(desk)
    Path(f"{statement}.sig").unlink()
    (statement.parent / "notes.txt").write_text("hello")
    assert "is not a statement's file" in only_problem(desk)
    (statement.parent / "notes.txt").rename(statement.parent / "README.md")
    (statement.parent / ".swp").write_text("")
    assert desk.library().review_problems == ()


def test_too_many_files_are_refused(desk: Desk, alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with far more files than there can be reviews is refused as a whole."""
    desk.approve("liver", alice)
    monkeypatch.setattr("bot.content.review_files.MAX_ENTRIES", 1)
    assert "more than 1 files" in only_problem(desk)


def test_nothing_can_hide_from_the_reviewer(desk: Desk) -> None:
    """`show` spells out control and direction characters that could make a terminal lie."""
    file = desk.root / "en/safety/liver.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    data["answer"] = "\u202eevil\u2066\u200b."
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    shown = desk.run("show", "liver")
    assert "<U+202E>evil<U+2066><U+200B>" in shown
    assert "\u202e" not in shown


# --- the document --------------------------------------------------------------------------


def test_every_threat_in_the_document_has_its_tests() -> None:
    """Each row of the table in docs/review-model.md names tests, and they exist."""
    document = (PROJECT / "docs" / "review-model.md").read_text(encoding="utf-8")
    rows = [line for line in document.splitlines() if re.match(r"\| \*\*", line)]
    assert len(rows) >= 12
    tests = "".join(p.read_text(encoding="utf-8") for p in (PROJECT / "tests" / "reviews").glob("test_*.py"))
    for row in rows:
        named = re.findall(r"`(test_\w+)`", row)
        assert named, row
        for name in named:
            assert f"def {name}(" in tests, name


def test_the_commands_in_the_document_work(desk: Desk, alice: Person) -> None:
    """The lines of docs/review-model.md that verify a review with OpenSSH alone do so."""
    document = (PROJECT / "docs" / "review-model.md").read_text(encoding="utf-8")
    script = re.search(r"```sh verify\n(.*?)```", document, re.DOTALL)
    assert script is not None
    desk.day = date.today()  # noqa: DTZ011  (ssh-keygen compares with this machine's own day)
    statement = desk.approve("liver", alice)
    (desk.root.parent / "allowed_signers").write_text(desk.run("allowed-signers"))
    lines = [line for line in script[1].splitlines() if not line.startswith("faqbot")]
    done = subprocess.run(
        ["sh", "-e"], input="\n".join(lines).replace("REVIEWER", alice.id), text=True,
        capture_output=True, check=False, cwd=desk.root.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f'Good "{NAMESPACE}" signature for {alice.id}' in done.stdout
    digest = hashlib.sha256((desk.root / "en/safety/liver.yaml").read_bytes()).hexdigest()
    assert digest in done.stdout
    assert digest in statement.read_text()

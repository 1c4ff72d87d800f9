"""`faqbot review status`, `show` and `verify`: what reviewers and owners read."""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.load import load_reviewers, subjects, with_reviews
from bot.content.model import Library
from bot.content.review import Checked, Record, Reviewers, Statement, read_record
from bot.content.review_status import status
from bot.errors import FaqbotError
from tests.reviews.conftest import TODAY, Desk, Person
from tests.reviews.test_threats import reviewers_of


def states(desk: Desk, **environment: str) -> dict[str, dict[str, Any]]:
    """Return what `status --json` says, by id."""
    desk.environment = environment
    return {item["id"]: item for item in json.loads(desk.run("status", "--json"))}


def test_status_tells_every_state_apart(desk: Desk, alice: Person, bob: Person) -> None:
    """Never, reviewed, expiring, expired, changed, rejected, revoked, partly, unchecked, bad."""
    desk.list(alice.entry(), bob.entry())
    assert {i["state"] for i in states(desk).values()} == {"never"}
    desk.approve("liver", alice, "--days", "60")
    assert states(desk)["liver"] == {
        "id": "liver",
        "file": "en/safety/liver.yaml",
        "kind": "answer",
        "state": "reviewed",
        "served": True,
        "reviewers": ["test_a"],
        "reviewed_on": "2026-11-22",
        "expires_on": "2027-01-21",
    }
    assert states(desk, FAQBOT_REVIEWS_REQUIRED="2")["liver"]["state"] == "partly"
    desk.day += timedelta(days=29)
    assert states(desk)["liver"]["state"] == "reviewed"
    desk.day += timedelta(days=1)
    assert states(desk)["liver"]["state"] == "expiring"
    desk.day += timedelta(days=30)
    assert states(desk)["liver"]["state"] == "expired"
    desk.day = TODAY
    desk.list(alice.entry(revoked_on=TODAY), bob.entry())
    assert states(desk)["liver"]["state"] == "revoked"
    unchecked = alice.entry()
    del unchecked["credentials"]
    desk.list(unchecked, bob.entry())
    assert states(desk)["liver"]["state"] == "unchecked"
    desk.list(alice.entry(), bob.entry())
    desk.run("reject", "liver", "--as", "test_b", "--key", str(bob.key), "--comment", "No")
    assert states(desk)["liver"]["state"] == "rejected"
    file = desk.root / "en/safety/liver.yaml"
    file.write_bytes(file.read_bytes() + b"#")
    assert states(desk)["liver"]["state"] == "changed"
    for path in desk.root.glob("reviews/en/liver.*.sig"):
        path.write_bytes(b"x")
    assert states(desk)["liver"]["state"] == "bad"


def test_status_shows_the_other_files(desk: Desk, alice: Person) -> None:
    """Guardrails, caveats, messages and crisis files are listed, always served, reviewed or not."""
    desk.approve("en/guardrails/crisis.yaml", alice)
    shown = states(desk)
    assert shown["en/guardrails/crisis.yaml"]["state"] == "reviewed"
    for file in ("en/caveats.yaml", "en/messages.yaml", "crisis/us.yaml", "en/guardrails/dosing.yaml"):
        assert (shown[file]["state"], shown[file]["served"]) == ("never", True)
    assert "other files not reviewed; they are always served" in desk.run("status")


def test_status_is_a_table_people_can_read(desk: Desk, alice: Person) -> None:
    """Without --json: one line each, then how many are in each state and what is served."""
    desk.approve("liver", alice)
    lines = desk.run("status").splitlines()
    assert any(line.split()[:4] == ["liver", "reviewed", "2026-11-22", "2027-11-22"] for line in lines)
    assert lines[-1] == "3 answers: 1 reviewed and served, 2 not approved and not served."
    assert max(map(len, lines)) <= 110


def test_verify_fails_on_any_bad_statement(desk: Desk, alice: Person) -> None:
    """`verify` names the bad one and ends with an error; outdated and expired ones are no error."""
    desk.approve("liver", alice, "--days", "1")
    statement = desk.approve("dehydration", alice)
    file = desk.root / "en/withdrawal/dehydration.yaml"
    file.write_bytes(file.read_bytes() + b"#")
    desk.day += timedelta(days=100)
    said = desk.run("verify")
    assert "2 statements, all good." in said
    assert "(the file changed since)" in said
    statement.write_bytes(statement.read_bytes() + b"\n")
    with pytest.raises(FaqbotError, match="1 of 2 statements are bad") as caught:
        desk.run("verify")
    assert caught.value.exit_code == 1
    assert "dehydration" in desk.library().review_problems[0]


def test_show_has_everything_a_reviewer_needs(desk: Desk) -> None:
    """`show` has the text as people see it, sources, phrasings, test questions and the line that signs it."""
    (desk.root / "questions" / "dev").mkdir(parents=True)
    table = (
        "id\tlabel\talso_acceptable\ttext\nq1\tliver\t\tare my yellow eyes kratom?\nq2\theart\t\tother one\n"
    )
    (desk.root / "questions" / "dev" / "answers.tsv").write_text(table)
    shown = desk.run("show", "liver")
    answer = desk.library().answers["liver"]
    assert shown.startswith("en/safety/liver.yaml: never, never reviewed")
    for part in (answer.title, answer.sources[0].url, answer.phrasings[-1], "are my yellow eyes kratom?"):
        assert part in shown
    assert "\n- other\n" not in shown
    assert "It was never approved." in shown
    assert f"--sha256 {desk.library().digests['en/safety/liver.yaml'][:12]}" in shown
    naloxone = desk.run("show", "naloxone")
    assert "It asks to state an amount, because:" in naloxone
    assert "rules:" in desk.run("show", "en/guardrails/dosing.yaml")
    assert desk.run("show", "en/safety/liver.yaml") == shown


def test_show_gives_the_difference_since_the_last_approval(desk: Desk, alice: Person) -> None:
    """After an edit, `show` has the diff against the approved version, from git's history."""
    desk.approve("liver", alice, "--checked", "text", "--comment", "Fine")
    file = desk.root / "en/safety/liver.yaml"
    git(desk.root, "init", "-q")
    git(desk.root, "add", ".")
    git(desk.root, "commit", "-q", "-m", "first")
    assert "Nothing since 2026-11-22." in desk.run("show", "liver")
    file.write_bytes(file.read_bytes() + b"# one more remark\n")
    git(desk.root, "commit", "-q", "-a", "-m", "second")
    shown = desk.run("show", "liver")
    assert f"approve by {alice.name} on 2026-11-22, checked: text. Fine" in shown
    assert "+# one more remark" in shown.splitlines()


def test_show_says_so_where_there_is_no_history(desk: Desk, alice: Person) -> None:
    """Without git's history the difference is not made up."""
    desk.approve("liver", alice)
    file = desk.root / "en/safety/liver.yaml"
    file.write_bytes(file.read_bytes() + b"#")
    assert "is not in git's history here" in desk.run("show", "liver")


def git(folder: Path, *arguments: str) -> None:
    names = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *names, *arguments], check=True, capture_output=True)


def test_a_statement_about_nothing_is_no_error(desk: Desk, alice: Person) -> None:
    """After an answer's file is renamed away, its statement still verifies and is said to be idle."""
    desk.approve("liver", alice)
    record = read_record(desk.root, load_reviewers(desk.root)[0])
    library = desk.library()
    smaller = {a: answer for a, answer in library.answers.items() if a != "liver"}
    digests = {f: d for f, d in library.digests.items() if f != "en/safety/liver.yaml"}
    rest = Library(**{**library.__dict__, "answers": smaller, "digests": digests})
    assert with_reviews(rest, record).reviews == {}
    assert "liver" not in [item.id for item in status(rest, record, TODAY)]


DAYS = st.integers(-40, 40).map(lambda n: TODAY + timedelta(days=n))


@settings(max_examples=200)
@given(data=st.data(), day=DAYS, required=st.sampled_from([1, 2]))
def test_status_and_serving_always_agree(
    data: st.DataObject, day: Any, required: int, base: Library, alice: Person, bob: Person
) -> None:
    """Whatever the statements, keys and dates, `status` says "served" of exactly what is served."""
    record = Record(tuple(data.draw(statements(base, p)) for p in (alice, bob)))
    library = with_reviews(base, record)
    for item in status(library, record, day, required):
        if item.kind == "answer":
            holding = {r.reviewer for r in library.approvals(item.id, day)}
            assert item.served == (len(holding) >= required)
            assert item.served == (item.state in ("reviewed", "expiring"))


@pytest.fixture(scope="module")
def base(small_tree: Path) -> Library:
    """Content without any review."""
    from bot.content.load import load

    return load(small_tree)


@st.composite
def statements(draw: st.DrawFn, library: Library, person: Person) -> Checked:
    """Draw a verified statement of `person` about one of two answers, in any state."""
    answer = draw(st.sampled_from(["liver", "naloxone"]))
    digest = {s.answer: d for s, d in subjects(library).items()}[answer]
    people: Reviewers = reviewers_of(person, revoked_on=draw(st.none() | DAYS))
    reviewer = people.reviewers[0]
    if draw(st.booleans()) and draw(st.booleans()):
        reviewer = reviewer.model_copy(update={"credentials": None})
    reviewed_on = draw(DAYS)
    made = Statement(
        format="faqbot-review-1",
        answer=answer,
        language="en",
        sha256=draw(st.sampled_from([digest, digest, digest, "0" * 64])),
        reviewer=person.id,
        decision=draw(st.sampled_from(["approve", "approve", "approve", "reject"])),
        reviewed_on=reviewed_on,
        expires_on=reviewed_on + timedelta(days=draw(st.integers(1, 60))),
        checked=draw(st.sampled_from([("text",), ("text", "amounts_exemption")])),
    )
    place = f"reviews/en/{answer}.{person.id}.yaml"
    return Checked(place, made, reviewer, reviewer.keys[0], "SHA256:test")

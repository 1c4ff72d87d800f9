"""What is served in `reviewed` mode: approved, unexpired, unchanged, unrejected answers, and nothing else."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from bot.compose import Composer
from bot.content.load import load
from bot.content.review_status import serving
from bot.content.today import Today, utc_today
from bot.errors import ContentError
from bot.reply import Kind, Role
from bot.settings import load_settings
from tests.reviews.conftest import ANSWERS, TODAY, Desk, Person

LIVER = "en/safety/liver.yaml"


def test_the_life_of_an_approval(desk: Desk, alice: Person) -> None:
    """Approved → exactly that one served; a byte flipped → not; restored → served; then it expires."""
    assert desk.served() == set()
    desk.approve("liver", alice, "--days", "30")
    assert desk.served() == {"liver"}
    file = desk.root / LIVER
    original = file.read_bytes()
    file.write_bytes(original.replace(b"liver", b"livew", 1).replace(b"id: livew", b"id: liver", 1) + b"#")
    assert desk.served() == set()
    file.write_bytes(original)
    assert desk.served() == {"liver"}
    desk.day = TODAY + timedelta(days=29)
    assert desk.served() == {"liver"}
    desk.day = TODAY + timedelta(days=30)
    assert desk.served() == set()


def test_any_flipped_byte_of_an_answer_revokes(desk: Desk, alice: Person) -> None:
    """Whichever byte of the file changes, if it still loads it is no longer served."""
    desk.approve("liver", alice)
    file = desk.root / LIVER
    original = file.read_bytes()
    for at in range(0, len(original), len(original) // 40):
        file.write_bytes(original[:at] + bytes([original[at] ^ 1]) + original[at + 1 :])
        try:
            assert desk.served() == set(), at
        except ContentError:
            continue
    file.write_bytes(original)
    assert desk.served() == {"liver"}


def test_a_revoked_key_stops_counting_on_its_day(desk: Desk, alice: Person) -> None:
    """From `revoked_on` nothing that key signed is served; the day before, it still is."""
    desk.approve("liver", alice)
    desk.list(alice.entry(revoked_on=TODAY + timedelta(days=5)))
    desk.day = TODAY + timedelta(days=4)
    assert desk.served() == {"liver"}
    desk.day = TODAY + timedelta(days=5)
    assert desk.served() == set()


def test_a_rejection_stops_the_answer_whoever_approved(desk: Desk, alice: Person, bob: Person) -> None:
    """One rejection of the present text outweighs every approval; a new text can be approved again."""
    desk.list(alice.entry(), bob.entry())
    desk.approve("liver", alice)
    desk.run("reject", "liver", "--as", bob.id, "--key", str(bob.key), "--comment", "Wrong about enzymes")
    assert desk.served() == set()
    desk.day = TODAY + timedelta(days=900)
    assert desk.reply("liver").kind is Kind.NO_ANSWER
    desk.day = TODAY
    file = desk.root / LIVER
    file.write_bytes(file.read_bytes() + b"# mended\n")
    desk.approve("liver", alice)
    assert desk.served() == {"liver"}


def test_two_reviews_may_be_required(desk: Desk, alice: Person, bob: Person) -> None:
    """With two required, one reviewer's approval, however often given, is not enough; two are named."""
    desk.list(alice.entry(), bob.entry())
    desk.approve("liver", alice)
    desk.approve("liver", alice, "--days", "90")
    assert desk.served(required=2) == set()
    desk.approve("liver", bob)
    assert desk.served(required=2) == {"liver"}
    text = desk.reply("liver", required=2).text
    assert alice.name in text
    assert bob.name in text


def test_credentials_that_nobody_checked_do_not_count(desk: Desk, alice: Person) -> None:
    """An approval by somebody whose registration nobody looked up is not served."""
    entry = alice.entry()
    del entry["credentials"]
    desk.list(entry)
    said = desk.run("approve", "liver", "--as", alice.id, "--key", str(alice.key))
    assert "does not count yet" in said
    assert desk.served() == set()


def test_an_amount_must_be_accepted_to_be_served(desk: Desk, alice: Person) -> None:
    """The naloxone answer is served once its approval accepts that it states an amount."""
    desk.approve("naloxone", alice, "--checked", "text", "--checked", "amounts_exemption")
    assert desk.served() == {"naloxone"}


def test_the_reply_names_reviewer_profession_and_date(desk: Desk, alice: Person) -> None:
    """The line that vouches for an answer is made of blocks that stand in the files, byte for byte."""
    desk.approve("liver", alice)
    reply = desk.reply("liver")
    line = f"Reviewed by {alice.name}, test profession on 2026-11-22"
    assert line in reply.text.splitlines()
    assert reply.status == "reviewed"
    assert Role.DRAFT not in [block.role for block in reply.blocks]
    known = dict(desk.library().texts())
    for block in reply.blocks:
        assert known[block.origin] == block.text
        file = desk.root / block.origin.partition("#")[0]
        if block.role is Role.PROVENANCE:
            assert block.text in file.read_text(encoding="utf-8")


def test_the_terminal_shows_a_reviewer_on_one_line(desk: Desk, alice: Person, bob: Person) -> None:
    """In the terminal each reviewer is one line, as everywhere else."""
    from rich.console import Console

    from bot.channels.console import show

    desk.list(alice.entry(), bob.entry())
    desk.approve("liver", alice)
    desk.approve("liver", bob)
    console = Console(width=80, record=True, file=io.StringIO())
    show(console, desk.reply("liver"))
    lines = [line.rstrip() for line in console.export_text().splitlines() if "Reviewed by" in line]
    assert lines == [f"Reviewed by {p.name}, test profession on 2026-11-22" for p in (alice, bob)]


def test_many_reviewers_do_not_make_a_reply_too_long(desk: Desk, keys: Callable[[str], Person]) -> None:
    """At most two reviewers are named, the latest first."""
    people = [keys(f"ed25519/{letter}") for letter in "abc"]
    desk.list(*(p.entry() for p in people))
    for person in people:
        desk.approve("liver", person)
        desk.day += timedelta(days=1)
    assert desk.reply("liver").text.count("Reviewed by") == 2
    assert people[0].name not in desk.reply("liver").text


def test_an_unapproved_question_gets_an_honest_reply(desk: Desk, alice: Person) -> None:
    """It says that clinicians have not approved it, offers what is approved, and ends with help."""
    bare = desk.reply("liver")
    assert "not yet approved" in bare.text
    assert bare.options == ()
    assert "approved none of the answers" in bare.text
    assert [b.role for b in bare.blocks[-2:]] == [Role.GENERAL_CAVEAT, Role.CRISIS_LINE]
    assert desk.library().answers["liver"].answer not in [b.text for b in bare.blocks]
    desk.approve("naloxone", alice, "--checked", "amounts_exemption")
    assert [o.action for o in desk.reply("liver").options] == ["a:naloxone"]


def test_drafts_open_with_the_draft_line(desk: Desk, alice: Person) -> None:
    """In drafts mode an answer opens with the draft line until enough clinicians approved it."""
    assert desk.reply("liver", drafts=True).blocks[0].role is Role.DRAFT
    desk.approve("liver", alice)
    assert desk.reply("liver", drafts=True).status == "reviewed"
    assert desk.reply("liver", drafts=True, required=2).blocks[0].role is Role.DRAFT


def test_a_review_expires_while_the_bot_runs(desk: Desk, alice: Person) -> None:
    """The same composer serves an answer one day and not the next, without being built again."""
    desk.approve("liver", alice, "--days", "7")
    composer = Composer(desk.library(), "US", today=lambda: desk.day)
    assert composer.answer("liver").kind is Kind.ANSWER
    desk.day += timedelta(days=7)
    assert composer.answer("liver").kind is Kind.NO_ANSWER


def test_without_a_clock_nothing_is_vouched_for(desk: Desk, alice: Person) -> None:
    """A composer that was given no clock serves nothing as reviewed."""
    desk.approve("liver", alice)
    assert Composer(desk.library(), "US").answer("liver").kind is Kind.NO_ANSWER


def test_the_whole_path_serves_what_is_approved(desk: Desk, alice: Person) -> None:
    """`faqbot ask` gets the approved answer, and is refused any other, through matching and all."""
    from click.testing import CliRunner

    from bot.cli import cli

    desk.day = utc_today()
    desk.approve("liver", alice)

    def ask(text: str) -> Any:
        command = ["ask", "--json", text, "--answers", str(desk.root)]
        done = CliRunner().invoke(cli, command, standalone_mode=False, catch_exceptions=False)
        return json.loads(done.stdout)

    liver = ask("can kratom cause hepatitis")
    assert (liver["kind"], liver["answers"], liver["status"]) == ("answer", ["liver"], "reviewed")
    other = ask(desk.library().answers["dehydration"].question)
    assert (other["kind"], other["status"]) == ("no_answer", "draft")


def test_as_shipped_nothing_is_served_as_reviewed() -> None:
    """The shipped content has no reviewer and no review: all 58 answers are refused honestly."""
    library = load(ANSWERS)
    assert (ANSWERS / "reviewers.yaml").read_text(encoding="utf-8").endswith("\nreviewers: []\n")
    composer = Composer(library, "US", today=utc_today)
    replies = [composer.answer(answer) for answer in library.answers]
    assert len(replies) == 58
    assert all(r.kind is Kind.NO_ANSWER and r.status == "draft" for r in replies)
    assert all("not yet approved" in r.text and "988" in r.text for r in replies)


def test_the_log_line_counts_both_kinds(desk: Desk, alice: Person) -> None:
    """At start one line says how many answers are reviewed, how many not, and what is wrong."""
    desk.approve("liver", alice)
    library = desk.library()
    assert serving(library, TODAY, drafts=False) == (
        "3 answers: 1 reviewed and served, 2 not approved and not served."
    )
    assert "2 not approved and served as drafts" in serving(library, TODAY, drafts=True)
    assert "check the clock" in serving(library, TODAY - timedelta(days=1), drafts=False)
    (desk.root / "reviews" / "en" / "liver.test_a.yaml").write_bytes(b"x")
    assert "1 statements do not count" in serving(desk.library(), TODAY, drafts=False)


def test_the_setting_asks_for_one_or_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """FAQBOT_REVIEWS_REQUIRED is 1 by default, may be 2, and nothing else."""
    monkeypatch.delenv("FAQBOT_REVIEWS_REQUIRED", raising=False)
    assert load_settings().reviews_required == 1
    monkeypatch.setenv("FAQBOT_REVIEWS_REQUIRED", "2")
    assert load_settings().reviews_required == 2
    for value in ("0", "3", "many"):
        monkeypatch.setenv("FAQBOT_REVIEWS_REQUIRED", value)
        with pytest.raises(Exception, match="FAQBOT_REVIEWS_REQUIRED"):
            load_settings()


def test_days_never_go_back() -> None:
    """The clock of a running bot stays at the latest day it has seen."""
    days = iter([date(2026, 11, 22), date(2026, 11, 23), date(2020, 1, 1)])
    today = Today(lambda: next(days))
    assert [today(), today(), today()] == [date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 23)]

"""The path of a message, whatever its parts do."""

from collections.abc import Callable

import pytest

from bot.content.model import Library
from bot.reply import Kind
from bot.respond import (
    MAX_MESSAGE,
    Ask,
    Browse,
    CrisisLines,
    NoneOfThese,
    Offer,
    Open,
    Responder,
    Show,
    offered_by,
    parse_action,
)
from bot.understand.guardrails import Guardrails, Verdict
from bot.understand.match import Ambiguous, Candidate, Hit, Matcher, Miss
from bot.wire import build

DANGER = "I want to kill myself"


class BrokenGuardrails:
    """A danger check that fails."""

    def check(self, text: str) -> Verdict:
        raise RuntimeError(text)


class FixedMatcher:
    """A matcher that always decides the same."""

    def __init__(self, decision: Hit | Ambiguous | Miss) -> None:
        self.decision = decision

    def rank(self, text: str, limit: int = 3) -> list[Candidate]:
        return list(self.decision.candidates)[:limit]

    def decide(self, text: str) -> Hit | Ambiguous | Miss:
        return self.decision


class BrokenMatcher(FixedMatcher):
    """A matcher that fails."""

    def __init__(self) -> None:
        super().__init__(Miss(()))

    def rank(self, text: str, limit: int = 3) -> list[Candidate]:
        raise RuntimeError(text)

    def decide(self, text: str) -> Hit | Ambiguous | Miss:
        raise RuntimeError(text)


def test_a_misspelled_question_gets_its_answer(responder: Responder) -> None:
    """A question in bad spelling gets the vetted answer."""
    reply = responder.respond(Ask("is kratom adictive"), "US")
    assert (reply.kind, reply.answers) == (Kind.ANSWER, ("addiction",))
    assert "988" in reply.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (DANGER, Kind.CRISIS),
        ("my friend took kratom and pills and isn't breathing", Kind.CRISIS),
        ("how much kratom should i take", Kind.DOSING),
        ("where can i buy kratom online", Kind.SOURCING),
        ("hello", Kind.SMALLTALK),
        ("what is the weather in paris tomorrow", Kind.NO_ANSWER),
    ],
)
def test_each_kind_of_message_gets_its_kind_of_reply(responder: Responder, text: str, kind: Kind) -> None:
    """Danger, amounts, buying, small talk and unknown questions are told apart."""
    assert responder.respond(Ask(text)).kind is kind


@pytest.mark.parametrize(
    "text", ["is it legal and will it show on a test", "does kratom show on a drug test and is it legal here"]
)
def test_two_questions_in_a_message_are_both_offered(responder: Responder, text: str) -> None:
    """What "it" means in a question is never a subject that only a later question names."""
    reply = responder.respond(Ask(text))
    assert reply.kind is Kind.CLARIFY
    assert {"legal_us", "drug_tests"} <= set(reply.answers)


def test_danger_comes_before_an_amount(responder: Responder) -> None:
    """A message with both danger and a question about an amount gets the crisis reply."""
    assert responder.respond(Ask(f"how many pills should i take. {DANGER}")).kind is Kind.CRISIS


@pytest.mark.parametrize("make", [lambda d: d + " x" * MAX_MESSAGE, lambda d: "x " * MAX_MESSAGE + d])
def test_danger_is_seen_in_a_message_too_long_to_answer(
    responder: Responder, make: Callable[[str], str]
) -> None:
    """The beginning and the end of an overlong message are checked for danger."""
    assert responder.respond(Ask(make(DANGER))).kind is Kind.CRISIS


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("", "empty"),
        ("." * 4096, "empty"),
        ("\u200b\u202e\u2066", "empty"),
        ("x" * 1_000_000, "too_long"),
        ("\x00\x01\ufffd\ufffd", "unreadable"),
    ],
)
def test_a_message_that_cannot_be_read_gets_a_clear_text(
    responder: Responder, text: str, origin: str
) -> None:
    """Empty, overlong and binary messages each get a fixed text that says what to do."""
    reply = responder.respond(Ask(text))
    assert f"en/messages.yaml#{origin}" in [b.origin for b in reply.blocks]


def test_a_danger_check_that_fails_counts_as_danger(library: Library) -> None:
    """When the danger check raises, the static crisis text goes out, and the error is reported."""
    seen: list[Exception] = []
    matcher = Matcher({"liver": ["a", "b"]})
    broken = Responder(library, matcher, BrokenGuardrails(), drafts=True, on_error=seen.append)
    reply = broken.respond(Ask("hello"), "GB")
    assert reply.kind is Kind.CRISIS
    assert reply.blocks[0].origin == "en/messages.yaml#crisis_fallback"
    assert "999" in reply.text
    assert len(seen) == 1


def test_a_matcher_that_fails_still_shows_the_crisis_line(library: Library) -> None:
    """When matching raises, a person reads that something went wrong, and the crisis line."""
    broken = Responder(library, BrokenMatcher(), Guardrails(library.guardrails), drafts=True)
    reply = broken.respond(Ask("kratom"), "US")
    assert "en/messages.yaml#error" in [b.origin for b in reply.blocks]
    assert "988" in reply.text
    assert broken.respond(Ask("how much kratom should i take")).kind is Kind.DOSING


def test_each_decision_has_its_reply(library: Library) -> None:
    """A hit is answered, an ambiguous match asks, a miss says so and offers what is near."""
    found = (Candidate("liver", 70.0, "kratom liver"), Candidate("heart", 65.0, "kratom heart"))
    guardrails = Guardrails(library.guardrails)
    kinds = {}
    for decision in (Hit(found), Ambiguous(found), Miss(found)):
        responder = Responder(library, FixedMatcher(decision), guardrails, drafts=True)
        reply = responder.respond(Ask("kratom zzz"))
        kinds[type(decision).__name__] = (reply.kind, reply.answers, reply.score, reply.matched)
    assert kinds == {
        "Hit": (Kind.ANSWER, ("liver",), 70.0, "kratom liver"),
        "Ambiguous": (Kind.CLARIFY, ("liver", "heart"), 70.0, "kratom liver"),
        "Miss": (Kind.NO_ANSWER, ("liver", "heart"), 70.0, "kratom liver"),
    }


def test_every_button_leads_somewhere(responder: Responder, library: Library) -> None:
    """Pressing any button of any menu gives the reply that it names."""
    menu = responder.respond(Browse())
    assert len(menu.options) == len(library.topics)
    shown = set()
    for topic in menu.options:
        request = parse_action(topic.action)
        assert request is not None
        for option in responder.respond(request).options:
            opened = parse_action(option.action)
            assert isinstance(opened, Open)
            assert responder.respond(opened).answers == (opened.answer_id,)
            shown.add(opened.answer_id)
    assert shown == set(library.answers)


def test_an_unknown_button_is_answered(responder: Responder) -> None:
    """A button of an older version gets a way forward, not an error."""
    assert parse_action("zz") is None
    for request in (Open("gone"), Browse("gone"), NoneOfThese()):
        assert responder.respond(request).options


def test_fixed_texts_and_crisis_lines(responder: Responder) -> None:
    """/help and /crisis give their text, and the lines of the country."""
    assert "en/messages.yaml#help" in [b.origin for b in responder.respond(Show("help")).blocks]
    lines = responder.respond(CrisisLines(), "AU")
    assert "13 11 14" in lines.text
    assert responder.respond(Show("no such text")).text


def test_without_reviews_nothing_is_served(reviewed_responder: Responder) -> None:
    """As shipped, the default mode sends no answer, and says why."""
    reply = reviewed_responder.respond(Ask("is kratom adictive"), "US")
    assert reply.kind is Kind.NO_ANSWER
    assert "not yet approved" in reply.text


def test_building_twice_gives_the_same_replies(library: Library, responder: Responder) -> None:
    """The same content answers the same way after a restart."""
    again = build(library, drafts=True)
    for text in ("liver", "kratom and xanax", "hello", "is it legal"):
        assert again.respond(Ask(text)) == responder.respond(Ask(text))


OFFERED = ("liver", "heart", "seizures")


@pytest.mark.parametrize(
    ("text", "opened"), [("the second one", "heart"), ("1", "liver"), ("last", "seizures")]
)
def test_a_choice_opens_its_answer(responder: Responder, text: str, opened: str) -> None:
    """A place named right after an offer opens the title that stood there."""
    reply = responder.respond(Ask(text, OFFERED), "US")
    assert (reply.kind, reply.answers) == (Kind.ANSWER, (opened,))


@pytest.mark.parametrize("text", ["yes", "both", "idk", "that one", "none of these", "no", "hmm", "4"])
def test_a_vague_reply_does_not_loop(library: Library, responder: Responder, text: str) -> None:
    """A reply that chooses nothing gets topics and the crisis line, never the same titles again."""
    reply = responder.respond(Ask(text, OFFERED), "US")
    assert [option.action for option in reply.options] == [f"t:{topic.id}" for topic in library.topics]
    assert "988" in reply.text
    assert offered_by(reply) == ()


def test_yes_to_one_title_opens_it(responder: Responder) -> None:
    """Yes to a single title opens it; an answer that no longer exists is not counted."""
    assert responder.respond(Ask("yes", ("liver",))).answers == ("liver",)
    assert responder.respond(Ask("yes please", ("gone", "liver"))).answers == ("liver",)


def test_danger_comes_before_a_choice(responder: Responder) -> None:
    """Danger is seen in a reply to offered titles too."""
    assert responder.respond(Ask(DANGER, OFFERED)).kind is Kind.CRISIS


def test_a_new_question_after_an_offer(responder: Responder) -> None:
    """A question of its own is answered as if nothing had been offered."""
    text = "can kratom hurt my liver"
    assert responder.respond(Ask(text, OFFERED)) == responder.respond(Ask(text))


def test_what_a_reply_offers(responder: Responder) -> None:
    """Titles to choose from are offered; related titles below an answer are not."""
    assert offered_by(responder.respond(Offer(OFFERED))) == OFFERED
    assert offered_by(responder.respond(Open("liver"))) == ()

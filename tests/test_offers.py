"""In reviewed mode nothing is offered that may not be sent, and /about tells who reviewed what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.compose import SHOWN_REVIEWERS, Composer
from bot.content.model import Library, Review
from bot.content.review_status import first_end
from bot.reply import NOTHING_FOUND, Kind, Reply, Role

TODAY = date(2026, 12, 1)
NONE_APPROVED = "en/messages.yaml#none_approved"
UNREVIEWED = "en/messages.yaml#about_unreviewed"
Approve = Callable[..., Composer]


def review(answer: str, who: str, *, ends: date = TODAY + timedelta(days=9)) -> Review:
    """Return a made-up approval."""
    return Review(
        reviewer=who,
        name=f"Test Reviewer {who.upper()} (not a real person)",
        profession="test profession",
        reviewed_on=TODAY - timedelta(days=1),
        ends=ends,
        key="SHA256:none",
        origin=f"reviews/en/{answer}.{who}.yaml",
        reviewer_origin=f"reviewers.yaml#reviewers.{who}",
    )


@pytest.fixture
def approve(library: Library) -> Approve:
    """Make a composer in reviewed mode over the shipped content, where some answers are approved."""

    def make(*reviews: tuple[str, str], required: int = 1, day: date = TODAY) -> Composer:
        signed: dict[str, tuple[Review, ...]] = {}
        for answer, who in reviews:
            signed[answer] = (*signed.get(answer, ()), review(answer, who))
        return Composer(replace(library, reviews=signed), "US", False, required, today=lambda: day)

    return make


def actions(reply: Reply) -> list[str]:
    """Return what the reply's buttons ask for."""
    return [option.action for option in reply.options]


def origins(reply: Reply) -> list[str]:
    """Return where the reply's blocks come from."""
    return [block.origin for block in reply.blocks]


def test_did_you_mean_lists_what_may_be_sent(approve: Approve) -> None:
    """Of the titles that a message may mean, only approved ones are offered."""
    reply = approve(("heart", "a")).clarify(["liver", "heart", "seizures"], NOTHING_FOUND)
    assert reply.kind is Kind.CLARIFY
    assert actions(reply) == ["a:heart", "n"]
    assert reply.answers == ("heart",)


def test_did_you_mean_with_nothing_left_says_so(approve: Approve) -> None:
    """Where none of the titles is approved, the reply says so and offers what is, or that nothing is."""
    asked = ["liver", "heart"]
    reply = approve(("seizures", "a")).clarify(asked, NOTHING_FOUND)
    assert (reply.kind, reply.answers) == (Kind.NO_ANSWER, ("seizures",))
    assert "not yet approved" in reply.text
    bare = approve().clarify(asked, NOTHING_FOUND)
    assert actions(bare) == []
    assert NONE_APPROVED in origins(bare)


def test_one_of_two_questions_that_is_not_approved(approve: Approve) -> None:
    """A message with two questions of which one is not approved is told so, and offered the other."""
    composer = approve(("heart", "a"))
    for asked in (["liver", "heart"], ["heart", "liver"]):
        reply = composer.clarify(asked, NOTHING_FOUND, two_questions=True)
        assert "en/messages.yaml#not_reviewed" in origins(reply)
        assert reply.answers == ("heart",)


def test_menus_list_what_may_be_sent(approve: Approve, library: Library) -> None:
    """A topic without an approved answer is not in the menu, and opened all the same it says why."""
    composer = approve(("liver", "a"))
    topic = library.topic_of["liver"]
    assert actions(composer.message("topics", topics=True)) == [f"t:{topic}"]
    assert actions(composer.topic(topic)) == ["a:liver"]
    other = next(t.id for t in library.topics if t.id != topic)
    assert actions(composer.topic(other)) == []
    assert NONE_APPROVED in origins(composer.topic(other))


def test_an_empty_menu_is_not_called_a_menu(approve: Approve) -> None:
    """With nothing approved, /topics and "None of these" say so in place of "pick one"."""
    for name in ("topics", "after_none"):
        reply = approve().message(name, topics=True)
        assert NONE_APPROVED in origins(reply)
        assert f"en/messages.yaml#{name}" not in origins(reply)
        assert actions(reply) == []


def test_related_and_near_titles_may_be_sent(approve: Approve, library: Library) -> None:
    """Under an answer, a refusal, a crisis text and "no answer", only approved titles are offered."""
    answer = next(a for a in library.answers.values() if len(a.see_also) > 1)
    shown, hidden = answer.see_also[:2]
    composer = approve((answer.id, "a"), (shown, "a"))
    assert actions(composer.answer(answer.id)) == [f"a:{shown}"]
    assert actions(composer.no_answer(near=[hidden, shown])) == [f"a:{shown}"]
    for kind, guardrail in library.guardrails.items():
        for name, said in guardrail.replies.items():
            if kind == "crisis":
                reply = composer.crisis(name, said, "x#y", NOTHING_FOUND)
            else:
                reply = composer.refusal(kind, said, "x#y", NOTHING_FOUND, [hidden, shown])
                assert f"a:{shown}" in actions(reply)
            assert set(reply.answers) <= {answer.id, shown}
            assert set(actions(reply)) == {f"a:{a}" for a in reply.answers}


def test_about_while_nothing_is_reviewed(approve: Approve) -> None:
    """/about says that no clinician has reviewed anything, exactly as long as that is so."""
    assert UNREVIEWED in origins(approve().about())
    reviewed = approve(("liver", "a"), required=2).about()
    assert UNREVIEWED not in origins(reviewed)
    assert "Test Reviewer A" in reviewed.text
    assert UNREVIEWED in origins(approve(("liver", "a"), day=TODAY + timedelta(days=9)).about())


def test_about_names_reviewers_and_their_topics(approve: Approve, library: Library) -> None:
    """/about gives each reviewer one line with their topics, those who reviewed most first."""
    topics = {t.id: t.title for t in library.topics}
    addiction, liver = (topics[library.topic_of[a]] for a in ("kratom_withdrawal", "liver"))
    composer = approve(("liver", "a"), ("liver", "b"), ("kratom_withdrawal", "b"))
    reply = composer.about()
    lines = [line for line in reply.text.splitlines() if line.startswith("Reviewed by")]
    both = ", ".join(title for title in topics.values() if title in (addiction, liver))
    assert lines == [
        f"Reviewed by Test Reviewer B (not a real person), test profession: {both}",
        f"Reviewed by Test Reviewer A (not a real person), test profession: {liver}",
    ]
    known = dict(composer.library.texts())
    assert all(known[block.origin] == block.text for block in reply.blocks)
    assert "en/messages.yaml#about_reviewed" in origins(reply)


def test_about_fits_with_many_reviewers(approve: Approve, library: Library) -> None:
    """However many reviewed however much, /about names a few and stays within a message."""
    crowd = [(answer, f"r{n}") for answer in library.answers for n in range(3 * SHOWN_REVIEWERS)]
    reply = approve(*crowd).about()
    assert sum(b.origin.endswith("#reviewed_by") for b in reply.blocks) == SHOWN_REVIEWERS
    assert len(reply.text) < 4096
    assert Role.PROVENANCE in {b.role for b in reply.blocks}


def test_the_first_end_of_an_approval(library: Library) -> None:
    """An answer ends when too few approvals are left; the earliest end of all answers counts."""
    soon, late = TODAY + timedelta(days=3), TODAY + timedelta(days=30)
    signed = replace(
        library,
        reviews={
            "liver": (review("liver", "a", ends=soon), review("liver", "b", ends=late)),
            "heart": (review("heart", "a", ends=late),),
        },
    )
    assert first_end(library, TODAY) is None
    assert first_end(signed, TODAY) == late
    assert first_end(signed, TODAY, required=2) == soon
    assert first_end(signed, soon, required=2) is None

"""A reply can only be built whole."""

from dataclasses import replace
from datetime import date

import pytest

from bot.compose import Composer
from bot.content.model import Library, Review
from bot.reply import NOTHING_FOUND, Block, Footer, Kind, Role


def test_a_footer_needs_both_of_its_blocks(library: Library) -> None:
    """Without the general caveat and a crisis line there is no footer, and so no reply."""
    footer = Composer(library).footer
    with pytest.raises(ValueError, match="crisis line"):
        Footer(footer.crisis_line, footer.caveat)
    with pytest.raises(ValueError, match="crisis line"):
        Footer(footer.caveat, Block("x#y", "z", Role.BODY))


def test_an_unreviewed_answer_is_not_sent(library: Library) -> None:
    """Without an approval, a person is told so, and the answer's text is nowhere."""
    reply = Composer(library, "US").answer("liver")
    assert reply.kind is Kind.NO_ANSWER
    assert library.answers["liver"].answer not in [b.text for b in reply.blocks]
    assert "not yet approved" in reply.text


def test_a_draft_opens_with_the_draft_line(library: Library) -> None:
    """In drafts mode the first words of an answer say that it is a draft."""
    reply = Composer(library, "US", drafts=True).answer("liver")
    assert reply.blocks[0].origin == "en/messages.yaml#draft"
    assert reply.status == "draft"
    assert library.answers["liver"].answer in [b.text for b in reply.blocks]


def test_a_reviewed_answer_names_who_and_when(library: Library) -> None:
    """An approved answer opens without the draft line and names reviewer, profession and date."""
    review = Review(
        reviewer="test",
        name="Test Reviewer (not a real person)",
        profession="test profession",
        reviewed_on=date(2026, 11, 22),
        ends=date(2027, 11, 22),
        key="SHA256:none",
        origin="reviews/en/liver.test.yaml",
        reviewer_origin="reviewers.yaml#test",
    )
    composer = Composer(replace(library, reviews={"liver": (review,)}), "US", today=lambda: date(2026, 12, 1))
    reply = composer.answer("liver")
    assert reply.status == "reviewed"
    assert "Draft" not in reply.text
    line = "Reviewed by Test Reviewer (not a real person), test profession on 2026-11-22"
    assert line in reply.text.splitlines()


def test_clarify_offers_at_most_three_and_none(library: Library) -> None:
    """'Did you mean' offers at most three titles, and 'None of these' last."""
    reply = Composer(library, drafts=True).clarify(
        ["liver", "heart", "seizures", "driving"], found=NOTHING_FOUND
    )
    assert [o.action for o in reply.options] == ["a:liver", "a:heart", "a:seizures", "n"]
    assert reply.answers == ("liver", "heart", "seizures")


def test_helplines_follow_the_country(library: Library) -> None:
    """The lines under an answer are those of the person's country, in its file's order."""
    composer = Composer(library, "GB", drafts=True)
    origins = [b.origin for b in composer.helplines(("suicide", "emergency"))]
    assert origins
    assert origins[0] == "crisis/gb.yaml#emergency"
    assert all(o.startswith("crisis/gb.yaml#") for o in origins)

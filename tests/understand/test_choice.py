"""What a reply to "did you mean" chooses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.choice import Choice, choice


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("1", 0), ("The first one please", 0), ("2", 1), ("#2", 1), ("option 2!", 1),
        ("i meant the second", 1),
        ("the last one", 2), ("third", 2), ("one", 0),
    ],
)  # fmt: skip
def test_a_place(text: str, chosen: int) -> None:
    """A number or an ordinal chooses the title at that place."""
    assert choice(text, 3) == chosen


@pytest.mark.parametrize("text", ["none of these", "no", "Nope", "neither", "4", "no thanks"])
def test_none(text: str) -> None:
    """A refusal, or the number of the last button, chooses none of the titles."""
    assert choice(text, 3) is Choice.NONE


@pytest.mark.parametrize(
    "text", ["yes", "idk", "I don't know", "both", "that one", "hmm", "whatever", "1 and 2", "not sure"]
)
def test_vague(text: str) -> None:
    """What cannot be told apart among several is vague."""
    assert choice(text, 3) is Choice.VAGUE


@pytest.mark.parametrize("text", ["yes", "yeah please", "that one", "ok", "sure"])
def test_yes_to_one(text: str) -> None:
    """Yes to a single title chooses it."""
    assert choice(text, 1) == 0


@pytest.mark.parametrize(
    "text", ["is kratom legal", "can i mix it with alcohol", "2 days without sleep", "what is it", ""]
)
def test_a_question_of_its_own(text: str) -> None:
    """A text that says more than a choice is none."""
    assert choice(text, 3) is None


@given(st.text(max_size=40), st.integers(0, 3))
def test_any_text(text: str, offered: int) -> None:
    """Any text chooses a title that was offered, none, nothing certain, or is no choice; never an error."""
    chosen = choice(text, offered)
    assert chosen is None or isinstance(chosen, Choice) or 0 <= chosen < offered
    assert offered or chosen is None

"""Words typed without their spaces."""

import pytest

from bot.understand.english import COMMON
from bot.understand.segments import segments
from tests.understand.test_guardrails import shipped


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("hewontwakeup", "he wont wake up"),
        ("helpmysister", "help my sister"),
        ("sister", None),
        ("xqzvkj", None),
        ("", None),
    ],
)
def test_letters_are_cut_into_known_words_only(letters: str, found: str | None) -> None:
    """A run of known words is cut; one word, or letters that are none, stay whole."""
    cut = segments(letters, COMMON | {"wont"})
    assert (" ".join(cut) if cut else None) == found


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Mybaby atethepills", "my baby ate the pills"),
        ("the goldfish is fine", "the goldfish is fine"),
        ("what is kratom", "what is kratom"),
    ],
)
def test_one_lost_space_is_no_proof(text: str, read: str) -> None:
    """Spaces are put back where several are lost; a compound word stays as it is."""
    assert shipped().spaced(text) == read

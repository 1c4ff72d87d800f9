"""Spelling repair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.everyday import COMMON_WORDS, REAL_WORDS
from bot.understand.repair import Speller

COUNTS = {
    "kratom": 50,
    "liver": 9,
    "withdrawal": 20,
    "buprenorphine": 5,
    "damage": 4,
    "naloxone": 3,
    "tea": 5,
}
SPELLER = Speller(COUNTS, protected={"livor"})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("krtom", "kratom"),
        ("kraotm", "kratom"),
        ("rkatom", "kratom"),
        ("widthdrawl", "withdrawal"),
        ("buprenorfine", "buprenorphine"),
        ("damagge", "damage"),
        ("kratomtea", "kratom tea"),
    ],
)
def test_repairs(written: str, meant: str) -> None:
    """A slip of one letter, or two in a long word, or a missing space, is repaired."""
    assert SPELLER.repair(written) == meant


@pytest.mark.parametrize(
    "word", ["lived", "livor", "river", "lives", "damaging", "tee", "mit45", "zzzzzz", "", "liv3r"]
)
def test_left_alone(word: str) -> None:
    """Real, protected, short and far-off words and words with digits are left alone."""
    assert SPELLER.repair(word) is None


@pytest.mark.parametrize("word", ["lyrics", "sofa", "cardigan", "drowning", "headline"])
def test_real_words(word: str) -> None:
    """An English word near a word of the phrasings is no slip: a sofa is no Soma."""
    near = Speller({"lyrica": 9, "soma": 9, "cardiac": 9, "drooling": 9, "helpline": 9})
    assert near.repair(word) is None


@pytest.mark.parametrize(
    ("word", "read"), [("itch", "itchy"), ("bedtime", "bed time"), ("dosage", None), ("cart", None)]
)
def test_real_words_that_phrasings_write_otherwise(word: str, read: str | None) -> None:
    """An English word is read as a longer form of itself, or as two words, and as nothing else."""
    near = Speller({"itchy": 9, "bed": 9, "time": 9, "art": 9, "cartel": 9, "dosages": 9, "dosaged": 2})
    assert near.repair(word) == read


@given(st.sampled_from(sorted(REAL_WORDS)), st.sampled_from(["lyrica", "soma", "percs", "mitragynine"]))
def test_a_real_word_is_no_slip(word: str, other: str) -> None:
    """No English word becomes a word that it does not begin."""
    assert Speller({other: 9}).repair(word) in (None, *([other] if other.startswith(word) else []))


@given(st.sampled_from(sorted(COMMON_WORDS | COUNTS.keys())))
def test_known_words(word: str) -> None:
    """A known word is never changed."""
    assert SPELLER.repair(word) is None


@given(st.text(max_size=40))
def test_any_text(word: str) -> None:
    """Whatever is repaired becomes known words."""
    repaired = SPELLER.repair(word)
    assert repaired is None or all(part in COUNTS for part in repaired.split())


def test_undecided() -> None:
    """Between two words that are as likely, nothing is changed."""
    assert Speller({"quitting": 2, "quilting": 2}).repair("quiating") is None

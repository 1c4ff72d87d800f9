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


@pytest.mark.parametrize(("word", "read"), [("itch", "itchy"), ("tremor", "tremors"), ("cart", "carts")])
def test_inflections_of_real_words(word: str, read: str) -> None:
    """An English word is read as the one inflection of it that the phrasings have, and as nothing else."""
    near = Speller({"itchy": 9, "tremors": 9, "carts": 9, "carted": 9, "cartel": 9, "carte": 9})
    assert near.repair(word) == read


@pytest.mark.parametrize("word", ["concert", "lyric", "ultra", "chem", "canteen", "carpet", "kiddie"])
def test_real_words_are_no_drugs_and_no_children(word: str) -> None:
    """A concert is no Concerta, and a canteen no teen."""
    names = ["concerta", "lyrica", "ultram", "chemo", "can", "teen", "car", "pet", "kid", "die"]
    assert Speller(dict.fromkeys(names, 9)).repair(word) is None


@given(st.sampled_from(sorted(REAL_WORDS)))
def test_a_real_word_is_no_slip(word: str) -> None:
    """No English word becomes the name of a drug."""
    names = ["lyrica", "soma", "percs", "concerta", "ultram", "mitragynine"]
    assert Speller(dict.fromkeys(names, 9)).repair(word) is None


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

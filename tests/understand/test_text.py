"""What was typed becomes text that the rest can read, whatever was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.text import normalise, sentences, words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("I WANT TO DIE", "i want to die"),
        ("ｗａｎｔ　ｔｏ ｄｉｅ", "want to die"),
        ("𝓌𝒶𝓃𝓉 to 𝐝𝐢𝐞", "want to die"),
        ("w\u200ba\u200cn\u200dt\ufeff to die", "want to die"),
        ("wаnt tо diе", "want to die"),
        ("һе Ьеаtѕ mе", "he beats me"),
        ("wänt tö dïe", "want to die"),
        ("dieeeeee", "diee"),
        ("can’t", "can't"),
        ("one\r\n\n two  three ", "one\ntwo three"),
    ],
)
def test_disguises_of_letters_are_undone(typed: str, read: str) -> None:
    """Width, styling, look-alikes, invisible characters, accents and repeats do not hide a word."""
    assert normalise(typed) == read


@pytest.mark.parametrize("text", ["хочу умереть", "не дышит", "ฉันอยากตาย"])
def test_other_scripts_stay_what_they_are(text: str) -> None:
    """Russian and Thai are not turned into Latin letters, and Thai keeps its vowels."""
    assert not any("a" <= char <= "z" for char in normalise(text))


def test_apostrophes_are_dropped_in_words() -> None:
    """A word is the same with and without its apostrophe."""
    assert words(normalise("can't won’t")) == ["cant", "wont"]


def test_sentences_end_at_stops_and_lines() -> None:
    """Sentences end at stops, question marks and new lines, not at the point of a number."""
    assert sentences(normalise("He took 1.5. Now what?\nhelp")) == ["he took 1.5", "now what", "help"]


@given(st.text(max_size=300))
def test_anything_can_be_read(typed: str) -> None:
    """Reading never fails, and reading twice changes nothing that matters: no capital, no control sign."""
    read = normalise(typed)
    assert all(char == "\n" or char.isprintable() or char.isspace() for char in read)
    assert isinstance(words(read), list)
    assert all(sentence == sentence.strip() and sentence for sentence in sentences(read))

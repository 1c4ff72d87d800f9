"""The pattern language means what its manual says, and costs the same for every text."""

import re
import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understand.english import COMMON
from bot.understand.finder import Finder, bits
from bot.understand.patterns import Compiler, PatternError
from bot.understand.reading import Reader
from bot.understand.text import normalise

SETS = {"who": ("he", "she", "my (brother|sister)"), "many": ("too (much|many)", "<number> pills")}


def matches(pattern: str, text: str) -> bool:
    """Tell whether `pattern` occurs in `text`, read as patterns are read."""
    finder = Finder(Compiler(SETS).compile(pattern))
    reading = Reader(finder.keys(), COMMON).read(normalise(text))[0]
    found = finder.look(reading.words, reading.ends())
    return any(found.ends(number) for number in bits(found.possible))


@pytest.mark.parametrize(
    ("pattern", "fires", "does_not"),
    [
        ("want to die", "i want to die now", "i want to not die"),
        ("(want|need) to die", "i need to die", "i have to die"),
        ("want so? badly", "want badly", "want it badly"),
        ("(so much)? pain", "pain", "gain"),
        ("(very|so)* tired", "very very so tired", "fired"),
        ("overdos*", "he overdosed", "he dosed over"),
        ("want * die", "want to just die", "want a b c d die"),
        ("want ** die", "want a b c d e f g h i j die", "want a b c d e f g h i j k die"),
        ("blue & he", "he is blue", "she is blue"),
        ("blue & he", "blue lips, he sleeps", "blue lips"),
        ("<number> pills", "30 pills", "many pills"),
        ("# pills", "30 pills", "many pills"),
        ("<who> took <many>", "my sister took too many", "my dog took too many"),
        ("<who> took <many>", "he took 9 pills", "he took pills"),
        ("^ hello $", "hello", "hello there"),
        ("^ hello", "hello there", "oh hello"),
        ("die (now|$)", "i want to die", "die another day"),
        ("wanna die", "I want to die", "I want a die-cast car"),
        ("Can't breathe", "cannot breathe", "can breathe"),
    ],
)
def test_a_pattern_means_what_the_manual_says(pattern: str, fires: str, does_not: str) -> None:
    """Each sign of the language matches what it promises and nothing beside it."""
    assert matches(pattern, fires)
    assert not matches(pattern, does_not)


def test_a_tilde_pattern_is_found_inside_words() -> None:
    """In scripts without spaces a pattern may stand anywhere."""
    (pattern,) = Compiler({}).compile("~อยากตาย")
    assert pattern.inside is not None
    assert pattern.inside in normalise("ฉันอยากตายแล้ว")


@pytest.mark.parametrize(
    "pattern",
    [
        "", "(a|b", "a|b", "a) b", "<nobody> a", "a ^ b", "a $ b", "(a * b) c", "really", "a?", "* **",
        "((a)", "a & b & c & d", "^ a & b", "(a $) b", "~ ", "a %% b",
    ],
)  # fmt: skip
def test_a_pattern_that_cannot_be_understood_is_refused(pattern: str) -> None:
    """A slip in a pattern is an error that says why, not a pattern that never fires."""
    with pytest.raises(PatternError):
        Compiler({}).compile(pattern)


def test_a_set_that_uses_itself_is_refused() -> None:
    """A set inside itself would never end."""
    with pytest.raises(PatternError, match="uses itself"):
        Compiler({"a": ("x <b>",), "b": ("y <a>",)}).compile("<a>")


def test_a_pattern_of_too_many_phrases_is_refused() -> None:
    """A slip cannot fill the memory."""
    alternatives = "(" + "|".join("abcdefghij") + ")"
    with pytest.raises(PatternError, match="more than"):
        Compiler({}).compile(f"({alternatives * 5})")


_WORDS = ("oak", "elm", "ash")
_EXPRESSIONS = {
    "oak": "(?:oak )",
    "elm": "(?:elm )",
    "ash": "(?:ash )",
    "oak?": "(?:oak )?",
    "elm?": "(?:elm )?",
    "*": "(?:[a-z]+ ){0,3}",
    "(oak|elm)": "(?:oak |elm )",
    "(oak elm|ash)": "(?:oak elm |ash )",
    "(oak|elm ash)?": "(?:oak |elm ash )?",
    "(oak|elm)*": "(?:oak |elm ){0,3}",
}
"""Items of the language → the same as regular expressions over words that each end with a space."""


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(_EXPRESSIONS)), min_size=1, max_size=5),
    st.lists(st.sampled_from(_WORDS), max_size=12),
)
def test_the_finder_agrees_with_regular_expressions(items: list[str], message: list[str]) -> None:
    """For every small pattern and text the finder finds exactly what `re` finds."""
    if all("?" in item or item.endswith("*") for item in items):
        return
    expression = r"(?:^|(?<= ))" + "".join(_EXPRESSIONS[item] for item in items)
    expected = re.search(expression, "".join(f"{word} " for word in message))
    finder = Finder(Compiler({}).compile(" ".join(items)))
    found = finder.look([(word,) for word in message])
    assert bool(found.ends(0)) == bool(expected)
    assert found.possible or not found.ends(0)


def test_the_cost_of_a_word_does_not_depend_on_the_text() -> None:
    """Eight times the text takes about eight times as long, also where many patterns nearly match."""
    pairs = product(_WORDS, repeat=2)
    patterns = [p for a, b in pairs for p in Compiler({}).compile(f"{a} ** {b} ** {a} ** fir")]
    finder = Finder(patterns)

    def seconds(count: int) -> float:
        message = [(_WORDS[i % 3],) for i in range(count)]
        begun = time.process_time()
        for _ in range(5):
            found = finder.look(message)
            for pattern in bits(found.possible):
                found.ends(pattern)
        return time.process_time() - begun

    seconds(500)
    assert seconds(8000) < 24 * max(seconds(1000), 1e-3)

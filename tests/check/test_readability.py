"""Word counts and reading grades."""

import pytest

from bot.content.readability import measure, syllables

COUNTED = {
    1: "a the safe tea house changed makes watched rate helped scale once",
    2: "kratom water table doctor someone people being using statement little treatment",
    3: "medicine opioid withdrawal dangerous recovered pharmacist",
    4: "dependency ADHD interaction dehydration's",
    5: "refrigerator",
}


@pytest.mark.parametrize(("count", "word"), [(n, w) for n, ws in COUNTED.items() for w in ws.split()])
def test_syllables_are_counted_as_people_say_them(count: int, word: str) -> None:
    """Everyday and medical words have about as many syllables as a dictionary says."""
    assert syllables(word) == count


def test_markup_is_not_read_as_words() -> None:
    """Asterisks, dashes of lists and addresses of links are no words; each item is a sentence."""
    found = measure("**Two words.**\n\n- One\n- [Two of them](https://example.org/a-long-address)")
    assert (found.words, found.sentences) == (6, 3)


def test_long_words_and_sentences_raise_the_grade() -> None:
    """A hard text has a higher grade than an easy one, and an empty one has none."""
    easy = "Call your doctor. Tell them what you take. They can help you."
    hard = "Pharmacological interactions necessitate individualised multidisciplinary evaluation."
    assert measure("…").grade == 0
    assert measure(easy).grade < 4
    assert measure(hard).grade > 12


def test_the_known_formula_gives_the_known_grade() -> None:
    """Grade is 0.39 × words per sentence + 11.8 × syllables per word - 15.59, and never below 0."""
    assert measure("The cat sat on it. The dog ran to me.").grade == 0
    assert measure("The hospital called me in. My sister came along with us.").grade == pytest.approx(
        3.1, abs=1
    )

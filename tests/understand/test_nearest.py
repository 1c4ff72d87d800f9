"""Which phrasing is nearest, word for word."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from bot.understand import features
from bot.understand.features import Vectoriser
from bot.understand.nearest import Phrasings

ROWS = [
    ["is", "kratom", "legal"],
    ["kratom", "law"],
    ["liver", "damage"],
    ["does", "kratom", "harm", "liver"],
]
STARTS = np.array([0, 2])
WORDS = st.lists(
    st.sampled_from([*sorted({word for row in ROWS for word in row}), "zebra", "the"]), max_size=12
)


@pytest.fixture(scope="module")
def phrasings() -> Phrasings:
    """Two answers with two phrasings each."""
    return Phrasings(ROWS, STARTS)


@pytest.mark.parametrize("tokens", [[], ["zebra"], ["zebra", "quagga"]])
def test_nothing_in_common(phrasings: Phrasings, tokens: list[str]) -> None:
    """A question without a word of any phrasing is near to none, and all of it is unknown."""
    compared = phrasings.compare(tokens)
    assert not compared.best.any()
    assert not compared.covered.any()
    assert compared.unknown == pytest.approx(1.0 if tokens else 0.0)


def test_the_very_words(phrasings: Phrasings) -> None:
    """A phrasing's own words have similarity 1 and are covered in full."""
    compared = phrasings.compare(["liver", "damage"])
    assert compared.similar[2] == pytest.approx(1.0)
    assert compared.covered[1] == pytest.approx(1.0)
    row, fuzzy = phrasings.nearest(1, compared)
    assert row == 2
    assert fuzzy == pytest.approx(100.0)


def test_an_unknown_word_lowers_every_similarity(phrasings: Phrasings) -> None:
    """What no phrasing has makes a question less like all of them."""
    plain, more = phrasings.compare(["kratom", "law"]), phrasings.compare(["kratom", "law", "zebra"])
    assert (more.similar[plain.similar > 0] < plain.similar[plain.similar > 0]).all()
    assert 0 < more.unknown < 1


@given(WORDS)
def test_shares_are_shares(tokens: list[str]) -> None:
    """Similarity, cover and what is unknown are shares; the last two are shares of the same."""
    compared = Phrasings(ROWS, STARTS).compare(tokens)
    for shares in (compared.similar, compared.best, compared.covered + compared.unknown):
        assert shares.min() >= 0
        assert shares.max() <= 1 + 1e-5


@given(WORDS, st.sampled_from([0, 1]))
def test_letters_are_compared_as_rapidfuzz_does(tokens: list[str], answer: int) -> None:
    """The fuzzy score is rapidfuzz's token_sort_ratio with the phrasing that is named."""
    phrasings = Phrasings(ROWS, STARTS)
    row, fuzzy = phrasings.nearest(answer, phrasings.compare(tokens))
    assert row // 2 == answer
    assert fuzzy == pytest.approx(fuzz.token_sort_ratio(" ".join(tokens), " ".join(ROWS[row])))


def test_a_phrasing_without_words() -> None:
    """A phrasing without a word is no obstacle."""
    compared = Phrasings([[]], np.array([0])).compare(["kratom"])
    assert compared.best.tolist() == [0.0]


def test_endless_words_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a word without end the beginning is remembered, so that no message can fill the memory."""
    vectoriser = Vectoriser(ROWS, 1000)
    columns, values = vectoriser.row(["kratom", "x" * 60])
    looked_up: list[str] = []
    monkeypatch.setattr(features, "_letter_codes", looked_up.append)
    again = vectoriser.row(["kratom", "x" * 6000])
    assert not looked_up
    assert columns.tolist() == again[0].tolist()
    assert values.tolist() == again[1].tolist()


def test_few_words_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that were forgotten to make room are looked up again, with the same numbers."""
    looked_up: list[str] = []
    codes = features._letter_codes

    def counted(word: str) -> list[int]:
        looked_up.append(word)
        return codes(word)

    monkeypatch.setattr(features, "_letter_codes", counted)
    monkeypatch.setattr(features, "_REMEMBERED", 3)
    vectoriser = Vectoriser(ROWS, 1000)
    first = vectoriser.row(["kratom", "liver"])
    vectoriser.row(["zebra", "law", "quagga"])
    looked_up.clear()
    again = vectoriser.row(["kratom", "liver"])
    assert looked_up == ["kratom", "liver"]
    assert first[0].tolist() == again[0].tolist()
    assert first[1].tolist() == again[1].tolist()


@given(WORDS)
def test_a_question_alone_is_read_as_among_many(tokens: list[str]) -> None:
    """A row by itself adds up to the same as the row of the same words among the phrasings."""
    rows = [*ROWS, ["zebra", "the"], *([tokens] if tokens else [])]
    vectoriser = Vectoriser(rows, 10_000)
    together = vectoriser.rows(rows)
    for i, words in enumerate(rows):
        columns, values = vectoriser.row(words)
        alone = np.bincount(columns, values, minlength=vectoriser.columns)
        here = slice(together.starts[i], together.starts[i + 1])
        among = np.bincount(together.columns[here], together.values[here], minlength=vectoriser.columns)
        assert alone == pytest.approx(among, abs=1e-5)

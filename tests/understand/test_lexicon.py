"""Synonyms, groups, parts of a message, and the learned numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understand.distinguish import Distinction
from bot.understand.features import Vectoriser, stem
from bot.understand.lexicon import Groups, Lexicon, Synonyms
from bot.understand.linear import train
from bot.understand.parts import parts
from bot.understand.utterance import Reader

LEXICON = Lexicon(
    synonyms={"buprenorphine": ["subs", "feel good strips", "feel"], "methadone": ["done"]},
    distinguishing={"opioids": ["buprenorphine", "methadone"], "child": ["my baby", "toddler"]},
)


def test_longest_form_wins() -> None:
    """The longest surface form is found, and words after it again."""
    found = Synonyms(LEXICON).find(["feel", "good", "strips", "or", "subs"])
    assert found == [(0, 3, ("buprenorphine",)), (4, 5, ("buprenorphine",))]


def test_groups() -> None:
    """Groups are found by terms of one word or several."""
    groups = Groups(LEXICON, Synonyms(LEXICON))
    assert groups.find(["my", "baby", "ate", "subs"]) == {"child"} | groups.find(["subs"])
    assert groups.find(["buprenorphine"]) == {"opioids"}
    assert groups.find(["my"]) == frozenset()


def test_everyday_word_is_no_proof() -> None:
    """An everyday word that is also slang is expanded, but names no substance."""
    reading = Reader(LEXICON, ["anything"]).read("i am done")
    assert reading.expanded == (("done", "methadone"),)
    assert "opioids" not in reading.groups
    assert "opioids" in Reader(LEXICON, ["anything"]).read("on subs").groups


def test_negation() -> None:
    """A negated text says so."""
    assert "negation" in Reader(Lexicon(), []).read("it doesn't help").groups


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("is it legal and will it show on a test", ["is it legal", "will it show on a test"]),
        ("does bread rise and fall", []),
        ("hi there. what is it", []),
        ("Is it legal? How risky is it?", ["is it legal", "how risky is it"]),
        ("", []),
    ],
)
def test_parts(text: str, found: list[str]) -> None:
    """A message is cut where a second question begins, and only there."""
    assert parts(text) == found


WORDS = st.lists(st.text("abcd", min_size=1, max_size=6), min_size=1, max_size=5)


@given(st.lists(WORDS, min_size=1, max_size=6))
@settings(max_examples=60)
def test_one_row_or_many(documents: list[list[str]]) -> None:
    """A text has the same row alone and among others, and no less than two halves of length 1."""
    vectoriser = Vectoriser(documents, 1 << 20)
    rows = vectoriser.rows(documents)
    for i, document in enumerate(documents):
        columns, values = vectoriser.row(document)
        dense = np.bincount(columns, values, minlength=vectoriser.columns)
        inside = slice(rows.starts[i], rows.starts[i + 1])
        assert np.flatnonzero(dense).tolist() == rows.columns[inside].tolist()
        assert dense[rows.columns[inside]] == pytest.approx(rows.values[inside], abs=1e-5)
        assert float(dense @ dense) > 1.99


def test_unknown_words_have_no_row() -> None:
    """A text of which no feature is known has no values; one known word among others has short ones."""
    vectoriser = Vectoriser([["kratom", "tea"], ["liver"]], 1 << 20)
    assert len(vectoriser.row(["qqq"])[1]) == 0
    known, mixed = vectoriser.row(["liver"])[1], vectoriser.row(["liver", "zzzyq"])[1]
    assert 0 < mixed @ mixed < known @ known


@pytest.mark.parametrize("columns", [1 << 20, 64])
def test_training_separates(columns: int) -> None:
    """Trained weights tell the documents of two classes apart, also where features share columns."""
    documents = [["red", "apple"], ["green", "apple"], ["blue", "sky"], ["grey", "sky"]]
    vectoriser = Vectoriser(documents, columns)
    weights = train(vectoriser, documents, np.array([0, 0, 1, 1]), 2)
    rows = [vectoriser.row(document) for document in documents]
    best = [int((values @ weights[used] + weights[-1]).argmax()) for used, values in rows]
    assert best == [0, 0, 1, 1]


def test_rare_groups_weigh_more() -> None:
    """A group that no answer names is missing from all in full; one that most name hardly counts."""
    groups = [frozenset({"opioids"}), frozenset({"opioids", "pet"}), frozenset[str]()]
    distinction = Distinction(groups, np.array([0, 1, 2]), 3)
    counted = distinction.count({"opioids", "khat"})
    assert counted.missing[0] == pytest.approx(1)
    assert 1 < counted.missing[2] < 1.5
    assert distinction.missing({"opioids", "pet"}, 0) == {"pet"}


def test_stem() -> None:
    """Common endings are cut off words that stay long enough."""
    assert [stem(word) for word in ("stopping", "tests", "gas")] == ["stopp", "test", "gas"]


def test_subject() -> None:
    """A question names a subject of the lexicon, points to one, or neither; without any, it always does."""
    reader = Reader(Lexicon(subjects=frozenset({"kratom"})), ["kratom"])
    assert reader.read("is kratom legal").named == "kratom"
    assert reader.read("is it legal").points
    plain = reader.read("who won the world cup")
    assert not plain.subject
    assert not plain.points
    assert Reader(Lexicon(), ["kratom"]).read("who won the world cup").subject


@given(st.text(max_size=5000))
@settings(max_examples=40)
def test_long_texts_are_cut(text: str) -> None:
    """However long a text is, at most 120 of its words are read."""
    reading = Reader(LEXICON, ["anything"]).read(text)
    assert len(reading.words) <= 120
    assert reading.whole or len(reading.words) == 120

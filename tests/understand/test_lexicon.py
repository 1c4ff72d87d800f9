"""Synonyms, groups, parts of a message, and the learned numbers."""

import numpy as np
import pytest

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


def test_rows_have_length_one() -> None:
    """Known texts have length 1 in rows and matrix alike; unknown ones have nothing."""
    documents = [["kratom", "tea"], ["liver"]]
    vectoriser = Vectoriser(documents, 512)
    matrix = vectoriser.matrix(documents)
    assert np.linalg.norm(matrix, axis=1) == pytest.approx(1)
    columns, values = vectoriser.row(documents[0])
    assert matrix[0][columns] == pytest.approx(values, abs=1e-6)
    assert vectoriser.row(["qqq"])[1] @ vectoriser.row(["qqq"])[1] == pytest.approx(0, abs=0.05)


def test_training_separates() -> None:
    """Trained weights tell the documents of two classes apart."""
    documents = [["red", "apple"], ["green", "apple"], ["blue", "sky"], ["grey", "sky"]]
    vectoriser = Vectoriser(documents, 512)
    weights = train(vectoriser, documents, np.array([0, 0, 1, 1]), 2)
    assert (vectoriser.matrix(documents) @ weights).argmax(axis=1).tolist() == [0, 0, 1, 1]


def test_stem() -> None:
    """Common endings are cut off words that stay long enough."""
    assert [stem(word) for word in ("stopping", "tests", "gas")] == ["stopp", "test", "gas"]

"""Cuts a message into the questions that it holds."""

import re

from bot.understand.everyday import FILLER, QUESTION_STARTERS
from bot.understand.text import normalise, sentences, words

_JOINT = re.compile(r"[,;]?\s+(?:and also|and|adn|nd|n|&|also|or|plus|but)\s+|[,;]\s+")
_FEWEST_WORDS = 2
_MOST_PARTS = 4


def parts(text: str) -> list[str]:
    """Return the questions in `text`, or nothing if it holds fewer than two.

    Sentences are parts; so are clauses after "and", "or", "also" or a comma that open with a
    question word ("is it legal *and will* it show on a test"). A part that asks nothing by itself
    (no question word, or nothing but filler) is left out; of many, the first and the last are kept.
    """
    found = [part for sentence in sentences(normalise(text)) for part in _clauses(sentence)]
    asking = [part for part in found if _asks(part)]
    if len(asking) > _MOST_PARTS:
        asking = asking[: _MOST_PARTS // 2] + asking[-_MOST_PARTS // 2 :]
    return asking if len(asking) > 1 else []


def _clauses(sentence: str) -> list[str]:
    clauses = [""]
    last = 0
    for joint in _JOINT.finditer(sentence):
        following = words(sentence[joint.end() :])[:1]
        if following and following[0] in QUESTION_STARTERS - {"if"}:
            clauses[-1] = sentence[last : joint.start()]
            clauses.append("")
            last = joint.end()
    clauses[-1] = sentence[last:]
    return clauses


def _asks(part: str) -> bool:
    found = words(part)
    meant = [word for word in found if word not in FILLER]
    return len(found) >= _FEWEST_WORDS and bool(meant) and not QUESTION_STARTERS.isdisjoint(found[:3])

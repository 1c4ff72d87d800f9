"""Likely spellings of a word that nobody knows.

Only unknown words are looked at, so a real word never becomes a danger word. Every word within
one slip (a letter missing, added, wrong or swapped) counts, found through the words with one
letter deleted (Garbe's symmetric delete); long words may have two slips (rapidfuzz, OSA).
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

_DOUBLE = re.compile(r"(.)\1")
SHORTEST = 2
"""Letters of the shortest word that is repaired to."""
LONG = 7
"""Letters from which two slips are allowed."""
MAX_UNKNOWN = 60
MAX_LONG_UNKNOWN = 12
"""Unknown words of a message that are looked up: the work for a message has a bound."""
LONGEST_TYPED = 24
"""Letters of the longest typed word that is looked up as a slip."""


class Spelling:
    """Finds targets near a word."""

    def __init__(self, targets: set[str]) -> None:
        """Index every target by itself, by its forms with a letter deleted, and without doubles."""
        self._index: dict[str, list[str]] = defaultdict(list)
        self._single: dict[str, list[str]] = defaultdict(list)
        for word in targets:
            if len(word) >= SHORTEST:
                self._index[word].append(word)
                self._single[without_doubles(word)].append(word)
                for place in range(len(word)):
                    self._index[word[:place] + word[place + 1 :]].append(word)
        self._long = sorted(word for word in targets if len(word) >= LONG)
        self.refill()

    def refill(self) -> None:
        """Start a message: the budget of look-ups is full again."""
        self._left, self._left_long = MAX_UNKNOWN, MAX_LONG_UNKNOWN

    @property
    def tired(self) -> bool:
        """Tell whether the budget of this message is used up."""
        return self._left <= 0 or self._left_long <= 0

    def near(self, word: str) -> list[str]:
        """Return the targets that `word` may be a slip of, in alphabetical order."""
        if self._left <= 0 or len(word) > LONGEST_TYPED:
            return []
        self._left -= 1
        same_but_doubles = self._single.get(without_doubles(word), [])
        found = {*self._index.get(word, ()), *same_but_doubles}
        for shorter in _one_deleted(word):
            found.update(self._index.get(shorter, ()))
        near = [other for other in found if other in same_but_doubles or self._is_near(word, other)]
        if not near and len(word) >= LONG - 1 and self._left_long > 0:
            self._left_long -= 1
            two_off = extract(word, self._long, scorer=OSA.distance, score_cutoff=2, limit=4)
            near = [other for other, _, _ in two_off if self._is_alike(word, other)]
        return sorted(near)

    @staticmethod
    def _is_near(typed: str, word: str) -> bool:
        """Allow one slip; a word of two letters keeps one of them in its place."""
        if OSA.distance(typed, word, score_cutoff=1) > 1:
            return False
        return len(word) > SHORTEST or len(typed) != SHORTEST or typed == word[::-1] or typed[0] == word[0]

    @staticmethod
    def _is_alike(typed: str, word: str) -> bool:
        """Allow two slips in a long word, but not at its start."""
        return typed[0] == word[0] and abs(len(typed) - len(word)) < 2


def _one_deleted(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def without_doubles(word: str) -> str:
    """Return `word` with every letter that stands twice in a row once: "wannaa" → "wana"."""
    return _DOUBLE.sub(r"\1", word)

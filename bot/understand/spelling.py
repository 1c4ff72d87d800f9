"""Likely spellings of a word that nobody knows, and spaces put back between words run together.

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
MAX_RUN_TOGETHER = 600
"""Letters of a message that are cut into words; beyond that it is left as it stands."""
LONGEST_WORD = 16
LONGEST_TYPED = 24
"""Letters of the longest typed word that is looked up as a slip."""
COVERED = 0.75
"""Share of the letters that must belong to known words where a whole sentence is run together;
shorter words are cut only into known words."""
SENTENCE_LONG = 18
LEAST_PER_PIECE = 2.0
"""Letters that the words of a cut have on average, at least."""
_SKIPPED_LETTER = -20
_SINGLE_LETTER = -10
_SHORT = "im gf bf ur i a am an as at be by do go he hi if in is it me my no of on or so to up us we"
SHORT_PIECES = frozenset(_SHORT.split())
"""Words of one or two letters that a cut may produce; every other short word is chance."""


class Spelling:
    """Finds targets near a word. `pieces` are the words that a cut may produce."""

    def __init__(self, targets: set[str], pieces: frozenset[str]) -> None:
        """Index every target by itself, by its forms with a letter deleted, and without doubles."""
        self._pieces = pieces
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
        self._left, self._left_long, self._left_letters = MAX_UNKNOWN, MAX_LONG_UNKNOWN, MAX_RUN_TOGETHER

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

    def can_cut(self, letters: str) -> bool:
        """Tell whether the budget of this message allows to cut `letters`."""
        return len(letters) <= self._left_letters

    def segments(self, letters: str) -> list[str] | None:
        """Return `letters` cut into known words, long words first; None where they do not cover it."""
        if not self.can_cut(letters):
            return None
        self._left_letters -= len(letters)
        cut = list(self._cut(letters))
        if len(cut) < 2 or (len(cut) > 2 and len(letters) < LEAST_PER_PIECE * len(cut)):
            return None
        covered = sum(len(word) for word in cut if self._is_piece(word))
        return cut if covered >= (COVERED if len(letters) >= SENTENCE_LONG else 1) * len(letters) else None

    def _cut(self, letters: str) -> Iterator[str]:
        best: list[tuple[int, int]] = [(0, 0)]
        for end in range(1, len(letters) + 1):
            score, start = best[end - 1][0] + _SKIPPED_LETTER, end - 1
            for begin in range(max(0, end - LONGEST_WORD), end):
                worth = (end - begin) ** 2 if end - begin > 1 else _SINGLE_LETTER
                if best[begin][0] + worth > score and self._is_piece(letters[begin:end]):
                    score, start = best[begin][0] + worth, begin
            best.append((score, start))
        starts, end = [], len(letters)
        while end:
            starts.append(end)
            end = best[end][1]
        begin = 0
        for end in reversed(starts):
            yield letters[begin:end]
            begin = end

    def _is_piece(self, part: str) -> bool:
        return part in SHORT_PIECES if len(part) < 3 else part in self._pieces


def _one_deleted(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def without_doubles(word: str) -> str:
    """Return `word` with every letter that stands twice in a row once: "wannaa" → "wana"."""
    return _DOUBLE.sub(r"\1", word)

"""Repairs a misspelt word when exactly one known word is a plausible reading of it.

(The guardrails have a `spelling` of their own that errs the other way: there an unknown word
counts as every word it may be; here it is changed only if there is one.)

Distances are optimal string alignments: one insertion, deletion, substitution or swap of
neighbours counts 1 (rapidfuzz `OSA`). Words of 4 to 7 letters may differ by 1, longer ones by 2.
Known words are left alone: those of the phrasings, those the caller protects, everyday English,
and their regular inflections. Other English words are never taken for a slip ("sofa" is no Soma), nor cut
("canteen" is no teen), only read as a regular inflection that the phrasings have ("itch" as "itchy"). Words
with digits are never touched.
"""

from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understand.everyday import COMMON_WORDS, REAL_WORDS
from bot.understand.segments import segments

_SHORTEST, _LONG, _LONGEST = 4, 8, 24
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "est", "ly", "y", "ness", "less", "ful", "able", "n")
_CLEARLY_MORE = 3


class Speller:
    """Repairs words towards a vocabulary."""

    def __init__(self, counts: Mapping[str, int], protected: Iterable[str] = ()) -> None:
        """Prepare the words of `counts`, which says how often each is used, as repairs.

        `protected` words are known but never written instead of another.
        """
        self._counts = dict(counts)
        self._known = frozenset(counts) | COMMON_WORDS | frozenset(protected)
        self._pieces = {word for word, times in counts.items() if times > 1}
        self._shelves: dict[tuple[str, int], list[str]] = {}
        for word in sorted(counts):
            if word.isalpha() and _SHORTEST <= len(word) <= _LONGEST:
                self._shelves.setdefault((word[0], len(word)), []).append(word)

    def knows(self, word: str) -> bool:
        """Return whether `word`, or the word it is an inflection of, is known."""
        return word in self._known or any(base in self._known for base in _bases(word))

    def repair(self, word: str) -> str | None:
        """Return the known word that `word` must mean, or the several that it is made of, else None."""
        if not (word.isalpha() and _SHORTEST <= len(word) <= _LONGEST) or self.knows(word):
            return None
        if word in REAL_WORDS or any(base in REAL_WORDS for base in _bases(word)):
            return self._inflected(word)
        return self._nearest(word) or self._several_words(word)

    def _inflected(self, word: str) -> str | None:
        """Return the one known word that is an inflection of `word`, one letter longer."""
        longer = [other for other in self._shelves.get((word[0], len(word) + 1), ()) if word in _bases(other)]
        return longer[0] if len(longer) == 1 else None

    def _nearest(self, word: str) -> str | None:
        allowed = 2 if len(word) >= _LONG else 1
        found = process.extract(
            word, self._shelved_near(word, allowed), scorer=OSA.distance, score_cutoff=allowed, limit=8
        )
        if not found:
            return None
        least = min(distance for _, distance, _ in found)
        nearest = sorted((other for other, distance, _ in found if distance == least), key=self._by_use)
        if len(nearest) > 1 and self._counts[nearest[0]] < _CLEARLY_MORE * self._counts[nearest[1]]:
            return None
        return nearest[0]

    def _by_use(self, word: str) -> tuple[int, str]:
        return -self._counts[word], word

    def _shelved_near(self, word: str, allowed: int) -> list[str]:
        """Return the words of about this length that share the first letter, or have it swapped."""
        near: list[str] = []
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for first in sorted({word[0], word[1]}):
                near.extend(self._shelves.get((first, length), ()))
        return near

    def _several_words(self, word: str) -> str | None:
        """Return the known words that `word` is made of, written without their spaces."""
        cut = segments(word, self._pieces)
        return " ".join(cut) if cut and self._counts.keys() >= set(cut) else None


def _bases(word: str) -> Iterable[str]:
    """Yield what `word` may be a regular inflection of (stopped → stop, worries → worry)."""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3:
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
            if stem[-1] == "i":
                yield stem[:-1] + "y"

"""Which phrasing of each answer is nearest to a question, word for word.

Cosine similarity of word vectors weighted by inverse document frequency,
ln((1+N)/(1+n))+1, through an index from words to phrasings: only phrasings that share a word
are looked at. Words never seen in any phrasing count in the length of the question, so an
unmatched word lowers every similarity. The best few are compared letter by letter, words in
alphabetical order (what rapidfuzz calls `token_sort_ratio`), to settle which phrasing is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from bot.understand.everyday import FILLER
from bot.understand.features import Floats, Ints, stem

_FILLER_WEIGHT = 0.25
_COMPARED = 2


@dataclass(frozen=True)
class Compared:
    """A question beside all phrasings."""

    similar: Floats
    """0–1 for every phrasing: cosine similarity."""
    best: Floats
    """For every answer, that of its most similar phrasing."""
    covered: Floats
    """0–1 for every answer: the share of the question's weight whose words stand in any phrasing."""
    unknown: float
    """0–1: the share of the question's weight whose words stand in no phrasing at all."""
    in_order: str
    """The question's words in alphabetical order."""


class Phrasings:
    """All phrasings, row by row, those of one answer next to each other."""

    def __init__(self, rows: Sequence[Sequence[str]], starts: Ints) -> None:
        """Index `rows` (the tokens of each phrasing); `starts` is each answer's first row."""
        self._starts = starts
        self._ends = np.append(starts[1:], len(rows))
        self._texts = [_in_order(row) for row in rows]
        self._ids: dict[str, int] = {}
        stems: dict[str, int] = {}
        for row in rows:
            for word in row:
                if word not in stems:
                    stems[word] = self._ids.setdefault(stem(word), len(self._ids))
        pairs = np.unique(
            np.array(
                [stems[word] * len(rows) + i for i, row in enumerate(rows) for word in row], dtype=np.int64
            )
        )
        owners = (pairs // max(len(rows), 1)).astype(np.int64)
        having = (pairs % max(len(rows), 1)).astype(np.int32)
        answers = np.searchsorted(self._starts, having, side="right") - 1
        first = np.append(True, (owners[1:] != owners[:-1]) | (answers[1:] != answers[:-1]))[: len(owners)]
        self._rows_with = _by_owner(having, owners, len(self._ids))
        self._answers_with = _by_owner(answers[first], owners[first], len(self._ids))
        """For each word: the phrasings, and the answers, that have it."""
        self._weigh(owners, having, len(rows))

    def _weigh(self, owners: Ints, having: NDArray[np.int32], total: int) -> None:
        counts = np.bincount(owners, minlength=len(self._ids))
        self._rarest = float(np.log(1 + total) + 1)
        weights = np.log((1 + total) / (1 + counts)) + 1
        filler = np.array([word in FILLER for word in self._ids], dtype=bool)
        weights[filler] *= _FILLER_WEIGHT
        self._weights = weights.astype(np.float32)
        squares = np.bincount(having, self._weights[owners] ** 2, minlength=total)
        self._lengths = np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32)

    def compare(self, tokens: Sequence[str]) -> Compared:
        """Return how near the tokens of a question are to every phrasing and answer."""
        words = dict.fromkeys(map(stem, tokens))
        known = [number for word in words if (number := self._ids.get(word)) is not None]
        unknown = [self._rarest * (_FILLER_WEIGHT if w in FILLER else 1) for w in words if w not in self._ids]
        weights = np.append(self._weights[known].astype(np.float64), unknown)
        length, total = float(weights @ weights), max(float(weights.sum()), 1e-9)
        weights = weights[: len(known)]
        similar = _sums([self._rows_with[number] for number in known], weights**2, len(self._texts))
        similar /= self._lengths * np.float32(max(length, 1e-9) ** 0.5)
        covered = _sums([self._answers_with[number] for number in known], weights / total, len(self._starts))
        best: Floats = np.maximum.reduceat(similar, self._starts)
        return Compared(similar, best, covered, sum(unknown) / total, _in_order(tokens))

    def unmatched(self, tokens: Sequence[str], answer: int) -> list[str]:
        """Return the words of a question, filler apart, that no phrasing of `answer` has."""
        missing = []
        for token in dict.fromkeys(tokens):
            number = self._ids.get(stem(token))
            found = number is not None and answer in self._answers_with[number]
            if not found and token not in FILLER:
                missing.append(token)
        return missing

    def nearest(self, answer: int, compared: Compared) -> tuple[int, float]:
        """Return the row of `answer` that reads most like a question, and its fuzzy score (0–100)."""
        start, end = int(self._starts[answer]), int(self._ends[answer])
        count = min(_COMPARED, end - start)
        similar = compared.similar[start:end]
        scored = []
        for place in np.argpartition(-similar, count - 1)[:count].tolist():
            fuzzy = fuzz.ratio(compared.in_order, self._texts[start + place])
            scored.append((fuzzy + 100 * float(similar[place]), -place, fuzzy))
        _, place, fuzzy = max(scored)
        return start - place, fuzzy


def _in_order(tokens: Sequence[str]) -> str:
    """Return tokens as rapidfuzz's `token_sort_ratio` compares them: sorted once, not at each comparison."""
    return " ".join(sorted(tokens))


def _by_owner(values: NDArray[Any], owners: Ints, count: int) -> list[NDArray[Any]]:
    """Return for each of `count` owners its values; `owners` are in order."""
    return np.split(values, np.searchsorted(owners, np.arange(1, count))) if count else []


def _sums(places: Sequence[NDArray[np.integer]], weights: NDArray[np.float64], size: int) -> Floats:
    """Return `size` sums: each of `weights` counts at each of its `places`."""
    if not places:
        return np.zeros(size, dtype=np.float32)
    each = weights.repeat([len(one) for one in places])
    return np.bincount(np.concatenate(places), each, minlength=size).astype(np.float32)

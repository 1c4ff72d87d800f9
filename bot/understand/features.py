"""Text → numbers: words, stems, word pairs and letter groups, weighted by rarity.

A row has two halves, each of length 1 (before what comes twice is added up): words (a word, its
stem, pairs of neighbours) and letters (2 to 4 in a row, inside one word, its edges included). The
weight of a feature is its inverse document frequency, ln((1+N)/(1+n))+1 (Spärck Jones 1972, smoothed
as in scikit-learn); less of it where a class has many documents, which show by themselves what tells
classes apart. Features never seen in the phrasings add to the length of their half but not to
its direction, so that unknown words make everything less certain.

Every feature has a column of its own, up to a limit; above it, columns are shared ("hashing
trick", Weinberger et al. 2009, arXiv:0902.2206), so that memory does not grow without end.
"""

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Places = NDArray[np.int32]

_LONGEST_WORD = 40
_LETTERS = range(2, 5)
_START, _END = 0x1234567, 0x7654321
_MANY = 10
"""From so many documents a class on, the square root of a rarity is its weight; of one, all of it."""
_NOWHERE: Places = np.empty(0, dtype=np.int32)
_REMEMBERED = 5_000
"""Words that are remembered, none longer than `_LONGEST_WORD`: 13 MB at the very most."""
_Word = tuple[int, Places, Places]
"""The code of a word, where the word and its stem are, and where its letter groups are."""
_SUFFIXES = ("ing", "ed", "es", "s", "ly", "ion")


def stem(word: str) -> str:
    """Return `word` without one common English ending, if at least four letters remain."""
    return _stem(word) if len(word) <= _LONGEST_WORD else word


@lru_cache(maxsize=_REMEMBERED)
def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


@dataclass(frozen=True)
class Rows:
    """Sparse rows, one a text: row `i` has `columns` and `values` from `starts[i]` to `starts[i + 1]`."""

    starts: Ints
    columns: Places
    values: Floats


class Vectoriser:
    """Turns lists of words into sparse rows, by what it counted in the phrasings."""

    def __init__(self, documents: Sequence[Sequence[str]], most_columns: int, classes: int = 0) -> None:
        """Count the features of `documents` (lists of words); use at most `most_columns` columns.

        `classes`: how many there are of them (0: as many as documents).
        """
        vocabulary = list(dict.fromkeys(word for words in documents for word in words))
        self._numbers = {word: i for i, word in enumerate(vocabulary)}
        whole = np.array([_word_codes(word) for word in vocabulary], dtype=np.int64).reshape(-1, 2)
        letters = [_letter_codes(word) for word in vocabulary]
        self._ids = whole[:, 1]
        self._starts = np.cumsum([0, *map(len, letters)])
        flat = np.array([code for codes in letters for code in codes], dtype=np.int64)
        numbers, owners = self._flatten(documents)
        pairs, _ = _pairs(self._ids[numbers], owners)
        times = np.bincount(numbers, minlength=len(vocabulary)).astype(np.float64)
        counts = [times.repeat(2), times.repeat(np.diff(self._starts)), np.ones(len(pairs))]
        every = np.concatenate([whole.ravel(), flat, pairs])
        self._codes, places = np.unique(every, return_inverse=True)
        seen = np.minimum(np.bincount(places, np.concatenate(counts)), len(documents))
        each = len(documents) / classes if classes else 1.0
        share = 1 - min(math.log(max(each, 1.0), _MANY), 1.0) / 2
        self._weights = ((np.log((1 + len(documents)) / (1 + seen)) + 1) ** share).astype(np.float32)
        self._unseen = (math.log(1 + len(documents)) + 1) ** share
        self.columns = max(min(len(self._codes), most_columns), 1)
        self._whole = places[: whole.size].astype(np.int32).reshape(-1, 2)
        self._letters = places[whole.size : whole.size + len(flat)].astype(np.int32)
        self._remembered: dict[str, _Word] = {}

    def row(self, words: Sequence[str]) -> tuple[Places, Floats]:
        """Return the columns and values of one text; none where no feature of it is known.

        A column stands twice where a feature does: whoever adds up gets the same.
        """
        cut = [word[:_LONGEST_WORD] for word in words]
        known = self._known(cut)
        found = [known[word] for word in cut]
        edged = np.array([_START, *(code for code, _, _ in found), _END], dtype=np.int64)
        whole = [self._find(_mixed(edged[:-1], edged[1:])), *(places for _, places, _ in found)]
        letters = [_NOWHERE, *(places for _, _, places in found)]
        columns, values = zip(*(self._half(np.concatenate(half)) for half in (whole, letters)), strict=True)
        return np.concatenate(columns), np.concatenate(values)

    def _known(self, words: Sequence[str]) -> dict[str, _Word]:
        """Return what is known of each word; remembered, as words come again."""
        found = {word: self._remembered.get(word) for word in words}
        looked_up = self._look_up([word for word, known in found.items() if known is None])
        if len(self._remembered) + len(looked_up) > _REMEMBERED:
            self._remembered.clear()
        self._remembered.update(looked_up)
        return {word: known or looked_up[word] for word, known in found.items()}

    def _look_up(self, words: Sequence[str]) -> dict[str, _Word]:
        """Look for all words at once, as a call of numpy costs more than a word."""
        codes = [(*_word_codes(word), *_letter_codes(word)) for word in words]
        places = self._find(np.array([code for of_one in codes for code in of_one], dtype=np.int64))
        ends = np.cumsum([len(of_one) for of_one in codes])[:-1]
        parts = np.split(places, ends) if words else []
        return {
            word: (of_one[1], part[:2], part[2:])
            for word, of_one, part in zip(words, codes, parts, strict=True)
        }

    def _find(self, codes: Ints) -> Places:
        """Return where each code is; -1 for one that no phrasing has."""
        places = np.searchsorted(self._codes, codes)
        found = self._codes[np.minimum(places, len(self._codes) - 1)] == codes
        return np.where(found, places, -1).astype(np.int32)

    def _half(self, places: Places) -> tuple[Places, Floats]:
        seen = places[places >= 0]
        weights = self._weights[seen]
        length = math.sqrt(float(weights @ weights) + (len(places) - len(seen)) * self._unseen**2)
        return seen % self.columns, weights / np.float32(length or 1)

    def rows(self, documents: Sequence[Sequence[str]]) -> Rows:
        """Return the rows of documents that this was made from. Raises KeyError at an unknown word."""
        numbers, owners = self._flatten(documents)
        pairs, pair_owners = _pairs(self._ids[numbers], owners)
        lengths = self._starts[numbers + 1] - self._starts[numbers]
        ends = np.cumsum(lengths)
        inside = np.arange(ends[-1] if len(ends) else 0) + np.repeat(
            self._starts[numbers] - ends + lengths, lengths
        )
        whole = np.concatenate([self._whole[numbers].ravel(), self._find(pairs)])
        total = len(documents)
        words, words_values = self._keyed(whole, np.concatenate([owners.repeat(2), pair_owners]), total)
        letters, letters_values = self._keyed(self._letters[inside], owners.repeat(lengths), total)
        used, where = np.unique(np.concatenate([words, letters]), return_inverse=True)
        values = np.concatenate([words_values, letters_values])
        summed = np.bincount(where, values).astype(np.float32)
        starts = np.searchsorted(used, np.arange(total + 1) * self.columns)
        return Rows(starts, (used % self.columns).astype(np.int32), summed)

    def _keyed(self, places: Places, owners: Ints, total: int) -> tuple[Ints, Floats]:
        """Return document · columns + column, and the value, of each feature of one half."""
        weights = self._weights[places]
        lengths = np.sqrt(np.bincount(owners, np.square(weights), minlength=total)).astype(np.float32)
        return owners * self.columns + places % self.columns, weights / lengths[owners]

    def _flatten(self, documents: Sequence[Sequence[str]]) -> tuple[Ints, Ints]:
        """Return word numbers and document numbers of all words, in order."""
        numbers = np.array([self._numbers[word] for words in documents for word in words], dtype=np.int64)
        return numbers, np.repeat(np.arange(len(documents)), [len(words) for words in documents])


def _word_codes(word: str) -> tuple[int, int]:
    """Return the codes of a word's stem and of the word."""
    kept = word[:_LONGEST_WORD]
    return (
        zlib.crc32(b"t" + stem(kept).encode("utf-8", "replace")),
        zlib.crc32(b"w" + kept.encode("utf-8", "replace")),
    )


def _letter_codes(word: str) -> list[int]:
    """Return the codes of the letter groups of a word."""
    padded = f" {word[:_LONGEST_WORD]} ".encode("utf-8", "replace")
    return [zlib.crc32(padded[i : i + n]) for n in _LETTERS for i in range(len(padded) - n + 1)]


def _pairs(ids: Ints, owners: Ints) -> tuple[Ints, Ints]:
    """Return codes of neighbouring words, edges of texts included, and the owner of each pair."""
    first = np.append(True, owners[1:] != owners[:-1])[: len(ids)]
    last = np.append(owners[1:] != owners[:-1], True)[: len(ids)]
    before = np.where(first, _START, np.roll(ids, 1))
    left, right = np.append(before, ids[last]), np.append(ids, np.full(int(last.sum()), _END))
    return _mixed(left, right), np.append(owners, owners[last])


def _mixed(left: Ints, right: Ints) -> Ints:
    """Return one 32-bit code for each pair of codes."""
    mixed: Ints = ((left * 0x9E3779B1 + right * 0x85EBCA6B) >> 7) & 0xFFFFFFFF
    return mixed

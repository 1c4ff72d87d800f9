"""Text → numbers: words, stems, word pairs and letter groups, weighted by rarity and hashed.

Every feature (a word, its stem, a pair of neighbours, 2 to 5 letters in a row) is hashed by
CRC-32 to one of `dims` columns and a sign ("hashing trick", Weinberger et al. 2009,
arXiv:0902.2206), so memory does not grow with the vocabulary. The weight of a feature is its
inverse document frequency, ln((1+N)/(1+n))+1 (Spärck Jones 1972, smoothed as in scikit-learn),
with n counted in a hashed table. Rows have length 1; features never seen in the phrasings add
to the length but not to the direction, so that unknown words make everything less certain.
"""

import math
import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Feature = tuple[Ints, NDArray[np.float64], float]
"""Columns, signed weights, and the squared weight of what was never seen."""

_COUNTERS = 1 << 20
_CHUNK = 128
_LONGEST_WORD = 40
_LETTERS = range(2, 6)
_START, _END = 0x1234567, 0x7654321
_SUFFIXES = ("ing", "ed", "es", "s", "ly", "ion")


def stem(word: str) -> str:
    """Return `word` without one common English ending, if at least four letters remain."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def _word_code(word: str) -> int:
    return zlib.crc32(b"w" + word[:_LONGEST_WORD].encode("utf-8", "replace"))


def _codes(word: str) -> Ints:
    """Return the 32-bit codes of the features inside one word."""
    word = word[:_LONGEST_WORD]
    codes = [_word_code(word), zlib.crc32(b"t" + stem(word).encode("utf-8", "replace"))]
    padded = f" {word} ".encode("utf-8", "replace")
    for size in _LETTERS:
        codes.extend(zlib.crc32(padded[i : i + size]) for i in range(len(padded) - size + 1))
    return np.array(codes, dtype=np.int64)


class Vectoriser:
    """Turns lists of words into rows of `dims` numbers, by what it counted in the phrasings."""

    def __init__(self, documents: Sequence[Sequence[str]], dims: int) -> None:
        """Count the features of `documents` (lists of words); `dims` is the number of columns."""
        self.dims = dims
        counted = Counter(word for words in documents for word in words)
        self._numbers = {word: i for i, word in enumerate(counted)}
        self._ids = np.array([_word_code(word) for word in counted], dtype=np.int64)
        codes = [_codes(word) for word in counted]
        self._starts = np.cumsum([0, *map(len, codes)])
        flat = np.concatenate([*codes, np.zeros(0, dtype=np.int64)])
        counts = np.bincount(
            flat >> 12,
            np.repeat(np.array([*counted.values()], dtype=np.float64), np.diff(self._starts)),
            minlength=_COUNTERS,
        )
        _, ids, rows = self._flatten(documents)
        counts = counts + np.bincount(_pairs(ids, rows)[0] >> 12, minlength=_COUNTERS)
        self._weigh(counts.astype(np.float64), len(documents))
        self._columns, self._values, _ = self._feature(flat)

    def _weigh(self, counts: NDArray[np.float64], total: int) -> None:
        self._unseen = math.log(1 + total) + 1
        weights = np.log((1 + total) / (1 + np.minimum(counts, total))) + 1
        weights[counts == 0] = 0
        self._weights = weights.astype(np.float32)

    def _feature(self, codes: Ints) -> Feature:
        weights = self._weights[codes >> 12].astype(np.float64)
        unseen = float(np.count_nonzero(weights == 0)) * self._unseen**2
        return codes % self.dims, np.where((codes >> 11) & 1, weights, -weights), unseen

    def row(self, words: Sequence[str]) -> tuple[Ints, Floats]:
        """Return the columns and values of one text, as a unit vector (zero if nothing is known)."""
        features = [self._word(word) for word in words]
        ids = np.array([_START, *map(self._code, words), _END], dtype=np.int64)
        features.append(self._feature(_mixed(ids[:-1], ids[1:])))
        columns, weights, unseen = zip(*features, strict=True)
        dense = np.bincount(np.concatenate(columns), np.concatenate(weights), minlength=self.dims)
        used = np.flatnonzero(dense)
        values = dense[used]
        length = math.sqrt(float(values @ values) + sum(unseen))
        return used, (values / length if length else values).astype(np.float32)

    def _code(self, word: str) -> int:
        number = self._numbers.get(word)
        return _word_code(word) if number is None else int(self._ids[number])

    def _word(self, word: str) -> Feature:
        number = self._numbers.get(word)
        if number is None:
            return self._feature(_codes(word))
        inside = slice(self._starts[number], self._starts[number + 1])
        return self._columns[inside], self._values[inside], 0.0

    def matrix(self, documents: Sequence[Sequence[str]]) -> Floats:
        """Return one unit row a document, as a dense matrix (len(documents) by `dims`).

        Only for the documents that this was made from: raises KeyError at a word never counted.
        """
        rows = np.zeros((len(documents), self.dims), dtype=np.float32)
        for first in range(0, len(documents), _CHUNK):
            self._fill(rows[first : first + _CHUNK], documents[first : first + _CHUNK])
        return rows

    def _fill(self, rows: Floats, documents: Sequence[Sequence[str]]) -> None:
        numbers, ids, owners = self._flatten(documents)
        lengths = self._starts[numbers + 1] - self._starts[numbers]
        ends = np.cumsum(lengths)
        inside = np.arange(ends[-1] if len(ends) else 0) + np.repeat(
            self._starts[numbers] - ends + lengths, lengths
        )
        pairs, pair_owners = _pairs(ids, owners)
        columns, values, _ = self._feature(pairs)
        places = np.concatenate(
            [
                np.repeat(owners, lengths) * self.dims + self._columns[inside],
                pair_owners * self.dims + columns,
            ]
        )
        flat = np.bincount(places, np.concatenate([self._values[inside], values]), minlength=rows.size)
        rows += flat.reshape(rows.shape)
        rows /= np.maximum(np.sqrt(np.einsum("ij,ij->i", rows, rows)), 1e-9)[:, None]

    def _flatten(self, documents: Sequence[Sequence[str]]) -> tuple[Ints, Ints, Ints]:
        """Return word numbers, word codes and document numbers of all words, in order."""
        numbers = np.array([self._numbers[word] for words in documents for word in words], dtype=np.int64)
        owners = np.repeat(np.arange(len(documents)), [len(words) for words in documents])
        return numbers, self._ids[numbers], owners


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

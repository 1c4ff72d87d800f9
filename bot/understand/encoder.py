"""Sentences → vectors of meaning: near in meaning, near in angle (Reimers & Gurevych 2019).

The vectors choose among texts that people wrote; nothing is ever written from them.
`SentenceEncoder` is all that matching and guardrails know of it.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Protocol

import numpy as np

from bot.content.tuned import Tuned
from bot.understand.encoder_network import Floats, Halves, Network, Shape
from bot.understand.encoder_wordpiece import WordPiece

__all__ = ["Encoder", "Floats", "Halves", "SentenceEncoder", "Shape", "TunableEncoder"]

LONGEST = 128
"""Most word pieces that are read at once, start and end included."""

_TOGETHER = 1024
"""Most word pieces in one batch: about 25 MB of work space."""


class SentenceEncoder(Protocol):
    """Gives texts vectors of length 1; the dot product of two is their cosine similarity."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row a text, (len(texts), d). For messages: nothing of them is kept."""

    def encode_content(self, texts: Sequence[str]) -> Floats:
        """Do the same for texts of the content (phrasings), which may be cached."""


class TunableEncoder(SentenceEncoder, Protocol):
    """An encoder of which there can be one that knows more of danger."""

    def tuned(self, tuned: Tuned) -> SentenceEncoder:
        """Return this encoder changed by `tuned`. Raises ValueError where it is for another model."""


class Encoder:
    """A BERT sentence encoder in numpy. Safe to share between threads."""

    def __init__(self, tensors: Mapping[str, Halves], vocabulary: Sequence[str], shape: Shape) -> None:
        """Make an encoder of `tensors`, named as in Hugging Face's BertModel, and its vocabulary.

        Raises ValueError, saying what is wrong, where they do not fit together.
        """
        self._network = Network(tensors, shape)
        self._pieces = WordPiece(vocabulary)
        if len(vocabulary) != self._network.pieces:
            raise ValueError(f"{len(vocabulary)} word pieces, but vectors for {self._network.pieces}")
        self._longest = min(LONGEST, self._network.longest)

    def tuned(self, tuned: Tuned) -> "Encoder":
        """Return an encoder that shares all with this one but for changes to its network.

        Raises ValueError for changes that do not fit.
        """
        other = copy(self)
        other._network = self._network.changed(tuned.changes)  # noqa: SLF001  (its own kind)
        return other

    @property
    def heads(self) -> int:
        """Attention heads of the network."""
        return self._network.heads

    @property
    def dimensions(self) -> int:
        """Numbers in a vector: 384 for all-MiniLM-L6-v2."""
        return self._network.width

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one unit vector a text, (len(texts), dimensions). Never cuts a text off.

        A text of more than 128 pieces is read in parts of equal length, and its vector is the
        mean of theirs. About 10 ms for a short message on one core.
        """
        divided = [self._parts(text) for text in texts]
        parts = [part for of_text in divided for part in of_text]
        owners = np.repeat(np.arange(len(texts)), [len(of_text) for of_text in divided])
        means = self._means(parts)
        lengths = np.array([len(part) for part in parts], dtype=np.float32)
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        np.add.at(vectors, owners, means * lengths[:, None])
        vectors /= np.maximum(np.sqrt(np.einsum("ij,ij->i", vectors, vectors)), 1e-12)[:, None]
        return vectors

    def encode_content(self, texts: Sequence[str]) -> Floats:
        """Do the same: this encoder caches nothing (see `bot.encoder`)."""
        return self.encode(texts)

    def pieces(self, text: str) -> list[int]:
        """Return the numbers of the first word pieces of a text, at most 128, start and end included."""
        return [self._pieces.start, *self._pieces.numbers(text)[: self._longest - 2], self._pieces.end]

    def _parts(self, text: str) -> list[list[int]]:
        numbers = self._pieces.numbers(text)
        room = self._longest - 2
        parts = max(-(-len(numbers) // room), 1)
        size = max(-(-len(numbers) // parts), 1)
        starts = range(0, max(len(numbers), 1), size)
        return [[self._pieces.start, *numbers[i : i + size], self._pieces.end] for i in starts]

    def _means(self, parts: Sequence[Sequence[int]]) -> Floats:
        """Encode parts of equal length together."""
        means = np.zeros((len(parts), self.dimensions), dtype=np.float32)
        by_length: dict[int, list[int]] = {}
        for i, part in enumerate(parts):
            by_length.setdefault(len(part), []).append(i)
        for length, members in by_length.items():
            step = max(_TOGETHER // length, 1)
            for first in range(0, len(members), step):
                chosen = members[first : first + step]
                means[chosen] = self._network.encode(np.array([parts[i] for i in chosen], dtype=np.int64))
        return means

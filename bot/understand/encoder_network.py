"""The network of a small BERT, in numpy: piece numbers → one vector a text.

Devlin et al. 2018 (arXiv:1810.04805) for the layers, Reimers & Gurevych 2019 (arXiv:1908.10084)
for the mean over the pieces. Shapes below: b texts, n pieces each, d numbers a piece, h heads.
Every text of a batch has the same number of pieces, so nothing is padded or masked and a
vector does not depend on the company in which it was computed.
"""

import math
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from bot.content.tuned import Changes

Floats = NDArray[np.float32]
Halves = NDArray[np.float16] | Floats
"""Tensors as stored: half or single precision."""

DENSE = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""Dense layers of one layer of the network, by the end of their names."""

_GELU = np.float32(math.sqrt(2 / math.pi))
_CUBE = np.float32(0.044715)
_HALF, _ONE = np.float32(0.5), np.float32(1)


@dataclass(frozen=True)
class Shape:
    """What the tensors do not tell by themselves (`config.json` of the model)."""

    heads: int
    """Number of attention heads; divides the width."""

    epsilon: float = 1e-12
    """Added to the variance in every normalisation."""


@dataclass(frozen=True)
class _Norm:
    scale: Floats
    shift: Floats


@dataclass(frozen=True)
class _Dense:
    weights: Floats
    """In by out: the transpose of how they are stored."""
    bias: Floats
    thin: tuple[Floats, Floats] | None = None
    """Two matrices, (in, rank) and (rank, out), whose product is added to the weights."""

    def __call__(self, x: Floats) -> Floats:
        y: Floats = x @ self.weights
        if self.thin is not None:
            y += (x @ self.thin[0]) @ self.thin[1]
        y += self.bias
        return y


@dataclass(frozen=True)
class _Layer:
    attend: _Dense
    """Queries, keys and values side by side."""
    gather: _Dense
    after_attention: _Norm
    widen: _Dense
    narrow: _Dense
    after: _Norm


class Network:
    """A BERT encoder with mean pooling. Holds no state between calls: safe to share."""

    def __init__(self, tensors: Mapping[str, Halves], shape: Shape) -> None:
        """Arrange `tensors` (names as in Hugging Face's BertModel) for use.

        The word vectors are left where they are (a memory map stays one). Raises ValueError for
        tensors that are missing or do not fit together.
        """
        try:
            self._arrange(tensors, shape)
        except KeyError as missing:
            raise ValueError(f"the tensor {missing} is missing") from None
        if self.width % shape.heads:
            raise ValueError(f"{shape.heads} heads do not divide {self.width} numbers")
        self._epsilon = np.float32(shape.epsilon)
        self.heads = shape.heads
        """Attention heads."""
        self.encode(np.zeros((1, 2), dtype=np.int64))

    def _arrange(self, tensors: Mapping[str, Halves], shape: Shape) -> None:
        self._words = tensors["embeddings.word_embeddings.weight"]
        self.pieces, self.width = map(int, self._words.shape)
        """Number of pieces in the vocabulary, and of numbers in a vector."""
        places = _float(tensors["embeddings.position_embeddings.weight"])
        self._places = places + _float(tensors["embeddings.token_type_embeddings.weight"])[0]
        self.longest = len(places)
        """Most pieces in a text, start and end included."""
        self._first = _norm(tensors, "embeddings.LayerNorm")
        self._layers = []
        for number in count():
            name = f"encoder.layer.{number}."
            if number and f"{name}output.dense.weight" not in tensors:
                break
            self._layers.append(_layer(tensors, name, shape.heads))

    def changed(self, changes: Changes) -> "Network":
        """Return this network with `changes` added to its dense layers; all its tensors are shared.

        Raises ValueError for changes that do not fit.
        """
        other = copy(self)
        known = {f"encoder.layer.{i}.{part}" for i in range(len(self._layers)) for part in DENSE}
        if not known.issuperset(changes):
            raise ValueError(f"{min(set(changes) - known)} is no dense layer of this network")
        other._layers = [  # noqa: SLF001  (its own kind)
            _changed(layer, changes, f"encoder.layer.{i}.", self.heads)
            for i, layer in enumerate(self._layers)
        ]
        other.encode(np.zeros((1, 2), dtype=np.int64))
        return other

    def encode(self, numbers: NDArray[np.int64]) -> Floats:
        """Return the mean over the pieces of each text, (b, d), for piece numbers (b, n)."""
        texts, pieces = numbers.shape
        x = _float(self._words[numbers]) + self._places[:pieces]
        x = self._normal(x.reshape(texts * pieces, self.width), self._first)
        for layer in self._layers:
            attended = layer.gather(self._attention(layer.attend(x), texts))
            attended += x
            x = self._normal(attended, layer.after_attention)
            narrowed = layer.narrow(_gelu(layer.widen(x)))
            narrowed += x
            x = self._normal(narrowed, layer.after)
        mean: Floats = x.reshape(texts, pieces, self.width).mean(axis=1)
        return mean

    def _attention(self, mixed: Floats, texts: int) -> Floats:
        """Scaled dot-product attention: (b·n, 3d) → (b·n, d). The queries come already scaled."""
        parts = mixed.reshape(texts, -1, 3, self.heads, self.width // self.heads)
        query, key, value = parts.transpose(2, 0, 3, 1, 4)
        share: Floats = query @ key.swapaxes(-1, -2)
        share -= share.max(axis=-1, keepdims=True)
        np.exp(share, out=share)
        share /= share.sum(axis=-1, keepdims=True)
        mean: Floats = (share @ value).transpose(0, 2, 1, 3).reshape(-1, self.width)
        return mean

    def _normal(self, x: Floats, norm: _Norm) -> Floats:
        """Give each row mean 0 and variance 1, then scale and shift (Ba et al. 2016). Uses up `x`."""
        x -= x.mean(axis=-1, keepdims=True)
        variance = np.einsum("ij,ij->i", x, x) / np.float32(self.width)
        x /= np.sqrt(variance + self._epsilon)[:, None]
        x *= norm.scale
        x += norm.shift
        return x


def _gelu(x: Floats) -> Floats:
    """Return x·Φ(x) by the tanh formula of Hendrycks & Gimpel 2016 (arXiv:1606.08415).

    At most 5e-4 off the exact one; the vectors keep a cosine above 0.99999 with those of it.
    """
    y = x * x
    y *= _CUBE
    y += _ONE
    y *= x
    y *= _GELU
    np.tanh(y, out=y)
    y += _ONE
    y *= x
    y *= _HALF
    return y


def _float(tensor: Halves) -> Floats:
    return np.asarray(tensor, dtype=np.float32)


def _norm(tensors: Mapping[str, Halves], name: str) -> _Norm:
    return _Norm(_float(tensors[f"{name}.weight"]), _float(tensors[f"{name}.bias"]))


def _dense(tensors: Mapping[str, Halves], name: str) -> _Dense:
    weights = np.array(tensors[f"{name}.weight"].T, dtype=np.float32, order="C")
    return _Dense(weights, _float(tensors[f"{name}.bias"]))


def _layer(tensors: Mapping[str, Halves], name: str, heads: int) -> _Layer:
    query, key, value = (
        _dense(tensors, f"{name}attention.self.{part}") for part in ("query", "key", "value")
    )
    scale = np.float32(math.sqrt(heads / query.bias.size))
    attend = _Dense(
        np.concatenate([query.weights * scale, key.weights, value.weights], axis=1),
        np.concatenate([query.bias * scale, key.bias, value.bias]),
    )
    return _Layer(
        attend,
        _dense(tensors, f"{name}attention.output.dense"),
        _norm(tensors, f"{name}attention.output.LayerNorm"),
        _dense(tensors, f"{name}intermediate.dense"),
        _dense(tensors, f"{name}output.dense"),
        _norm(tensors, f"{name}output.LayerNorm"),
    )


def _changed(layer: _Layer, changes: Changes, name: str, heads: int) -> _Layer:
    pairs = [changes.get(f"{name}{part}") for part in DENSE]
    thin = [None if pair is None else (_float(pair[0]), _float(pair[1])) for pair in pairs]
    width = len(layer.attend.weights)
    query, *rest = thin[:3]
    if query is not None:  # the weights of the queries are stored already scaled
        query = (query[0], query[1] * np.float32(math.sqrt(heads / width)))
    return replace(
        layer,
        attend=replace(layer.attend, thin=_side_by_side([query, *rest], width)),
        gather=replace(layer.gather, thin=thin[3]),
        widen=replace(layer.widen, thin=thin[4]),
        narrow=replace(layer.narrow, thin=thin[5]),
    )


def _side_by_side(pairs: Sequence[tuple[Floats, Floats] | None], width: int) -> tuple[Floats, Floats] | None:
    """Return one pair of thin matrices that does to neighbours what `pairs` do to each of them."""
    ranks = [0 if pair is None else pair[0].shape[1] for pair in pairs]
    if not any(ranks):
        return None
    down = np.zeros((width, sum(ranks)), dtype=np.float32)
    up = np.zeros((sum(ranks), width * len(pairs)), dtype=np.float32)
    for i, pair in enumerate(pairs):
        if pair is not None:
            rows = slice(sum(ranks[:i]), sum(ranks[: i + 1]))
            down[:, rows] = pair[0]
            up[rows, i * width : (i + 1) * width] = pair[1]
    return down, up

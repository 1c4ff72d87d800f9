"""The learned part: which answer a question belongs to, as weights on features.

Multinomial logistic regression with a ridge penalty, trained by Adam (Kingma & Ba 2015,
arXiv:1412.6980) over shuffled batches with a step that falls to zero. The shuffle is seeded:
the same phrasings give the same weights. Small content is held as one dense matrix; large
content is made dense a batch at a time, so memory stays flat.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.understand.features import Floats, Vectoriser

_DENSE_ROWS = 8192
_RIDGE = 0.05
_UPDATES = 84


def dims_for(phrasings: int, answers: int) -> int:
    """Return how many columns are worth their memory for so many phrasings and answers."""
    if answers > 500:
        return 2048
    return 4096 if phrasings > 8192 or answers > 100 else 3072


def train(
    vectoriser: Vectoriser,
    documents: Sequence[Sequence[str]],
    labels: NDArray[np.int64],
    classes: int,
) -> Floats:
    """Return weights (`vectoriser.dims` by `classes`) that tell the labels of documents apart.

    `labels` holds one class number, 0 to `classes` - 1, for each document.
    """
    total = len(documents)
    weights = np.zeros((vectoriser.dims, classes), dtype=np.float32)
    if not total:
        return weights
    dense = vectoriser.matrix(documents) if total <= _DENSE_ROWS else None
    batch = 256 if total <= 4 * _DENSE_ROWS else 1024
    batches = -(-total // batch)
    epochs = min(max(_UPDATES // batches, 5), 16)
    shuffle = np.random.default_rng(0)
    adam = Adam(weights, step=0.15 if total <= _DENSE_ROWS else 0.1, updates=epochs * batches)
    for _ in range(epochs):
        order = shuffle.permutation(total)
        for first in range(0, total, batch):
            chosen = order[first : first + batch]
            rows = dense[chosen] if dense is not None else vectoriser.matrix([documents[i] for i in chosen])
            adam.update(_gradient(rows, labels[chosen], weights, total))
    return weights


def _gradient(rows: Floats, labels: NDArray[np.int64], weights: Floats, total: int) -> Floats:
    """Gradient of mean cross-entropy plus ridge/(2·total)·|weights|², on one batch."""
    wrong = softmax(rows @ weights)
    wrong[np.arange(len(labels)), labels] -= 1
    wrong /= len(labels)
    gradient: Floats = rows.T @ wrong
    gradient += (_RIDGE / total) * weights
    return gradient


def softmax(scores: Floats) -> Floats:
    """Return exp(scores) scaled so that each row (the last axis) adds up to 1."""
    scaled: Floats = scores - scores.max(axis=-1, keepdims=True)
    np.exp(scaled, out=scaled)
    scaled /= scaled.sum(axis=-1, keepdims=True)
    return scaled


class Adam:
    """Adam with decay rates 0.9 and 0.99; the step falls in a straight line to zero."""

    def __init__(self, weights: Floats, *, step: float, updates: int) -> None:
        self._weights, self._step, self._updates = weights, step, updates
        self._mean, self._square = np.zeros_like(weights), np.zeros_like(weights)
        self._spare = np.empty_like(weights)
        self._done = 0

    def update(self, gradient: Floats) -> None:
        """Move the weights one step against `gradient`, which is overwritten."""
        self._mean += np.multiply(
            np.subtract(gradient, self._mean, out=self._spare), np.float32(0.1), out=self._spare
        )
        np.multiply(gradient, gradient, out=gradient)
        self._square += np.multiply(
            np.subtract(gradient, self._square, out=gradient), np.float32(0.01), out=gradient
        )
        step = self._step * (1 - self._done / self._updates)
        self._done += 1
        bias = 1 - 0.99**self._done
        np.sqrt(self._square, out=self._spare)
        self._spare += np.float32(1e-8 * bias**0.5)
        np.divide(self._mean, self._spare, out=self._spare)
        self._spare *= np.float32(step * bias**0.5 / (1 - 0.9**self._done))
        self._weights -= self._spare

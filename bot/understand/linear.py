"""The learned part: which answer a question belongs to, as weights on features.

Two linear models, added up. One linear support vector machine an answer against all others, with
squared hinge loss, trained by dual coordinate descent (Hsieh et al. 2008, "A dual coordinate
descent method for large-scale linear SVM"): all answers at once, one phrasing at a time, in a
seeded order, so that the same phrasings give the same weights. And complement naive Bayes
(Rennie et al. 2003): for each feature, how rare it is in the phrasings of all other answers. The
machine is better at the first place, the counts at what is near it.

Nothing is ever held as a dense matrix but the weights themselves. (`softmax` and `Adam` serve
`bot.understand.meaning`: Kingma & Ba 2015, arXiv:1412.6980.)
"""

from collections.abc import Sequence

import numpy as np

from bot.understand.features import Floats, Ints, Rows, Vectoriser

_MOST_WEIGHTS = 12_000_000
_AT_ONCE = 512
_MOST_KEPT = 8192
_MOST_DUALS = 20_000_000
"""Beyond so many pairs of phrasing and answer one pass must do: a single pass need not remember any."""
_SMOOTHING = 0.1
_COUNTS = 0.14
_FULL = 60
"""So many phrasings an answer make its counts fully trusted."""


def most_columns(answers: int) -> int:
    """Return how many columns are worth their memory (4 bytes an answer each)."""
    return max(_MOST_WEIGHTS // max(answers, 1), 4096)


def train(vectoriser: Vectoriser, documents: Sequence[Sequence[str]], labels: Ints, classes: int) -> Floats:
    """Return weights (`vectoriser.columns` + 1 by `classes`) that tell the labels of documents apart.

    `labels` holds one class number, 0 to `classes` - 1, for each document. The last row of the
    weights is the same for every text.
    """
    weights = np.zeros((vectoriser.columns + 1, classes), dtype=np.float32)
    if not len(documents) or classes < 2:
        return weights
    each = len(documents) / classes
    batches = _Batches(vectoriser, documents)
    passes = 1 if len(documents) * classes > _MOST_DUALS else 3 if each > 20 else 4
    machine = _Machine(weights, len(documents) if passes > 1 else 0, strictness=min(max(20 / each, 0.3), 1.0))
    shuffle = np.random.default_rng(0)
    for _ in range(passes):
        for number in shuffle.permutation(len(batches.chosen)).tolist():
            chosen = batches.chosen[number]
            machine.learn(batches.rows(number), labels[chosen], chosen, shuffle.permutation(len(chosen)))
    _add_counts(weights, batches, labels, _COUNTS * min(each / _FULL, 1.0))
    return weights


class _Batches:
    """The rows of all documents, mixed, a few hundred at a time; those of small content are kept."""

    def __init__(self, vectoriser: Vectoriser, documents: Sequence[Sequence[str]]) -> None:
        self._vectoriser, self._documents = vectoriser, documents
        total = len(documents)
        mixed = np.random.default_rng(0).permutation(total)
        self.chosen = [mixed[first : first + _AT_ONCE] for first in range(0, total, _AT_ONCE)]
        self._kept: dict[int, Rows] | None = {} if total <= _MOST_KEPT else None

    def rows(self, number: int) -> Rows:
        """Return the rows of one batch."""
        if self._kept is not None and number in self._kept:
            return self._kept[number]
        rows = self._vectoriser.rows([self._documents[i] for i in self.chosen[number]])
        if self._kept is not None:
            self._kept[number] = rows
        return rows


def _add_counts(weights: Floats, batches: _Batches, labels: Ints, share: float) -> None:
    """Add `share` of complement naive Bayes: for each feature and class, its rarity in all others."""
    columns = len(weights) - 1
    counts = np.zeros((columns, weights.shape[1]), dtype=np.float32)
    for number, chosen in enumerate(batches.chosen):
        rows = batches.rows(number)
        owners = labels[chosen].repeat(np.diff(rows.starts))
        np.add.at(counts, (rows.columns, owners), rows.values)
    totals = counts.sum(axis=1) + np.float32(_SMOOTHING)
    others = totals.sum() - counts.sum(axis=0)
    for first in range(0, columns, _AT_ONCE):
        block = slice(first, min(first + _AT_ONCE, columns))
        rarity = -np.log((totals[block, None] - counts[block]) / others)
        weights[block] += np.float32(share) * (rarity - rarity.mean(axis=1, keepdims=True))


class _Machine:
    """Support vector machines of all classes, learning one row at a time into shared weights."""

    def __init__(self, weights: Floats, total: int, *, strictness: float) -> None:
        """Learn into `weights`; of `total` documents (0: each is seen once) the duals are kept."""
        self._weights = weights
        self._duals = np.zeros((total, weights.shape[1]), dtype=np.float32)
        self._unseen = np.zeros(weights.shape[1], dtype=np.float32)
        self._soft = np.float32(1 / (2 * strictness))

    def learn(self, rows: Rows, labels: Ints, chosen: Ints, order: Ints) -> None:
        """Visit `rows` in `order`; row `i` has `labels[i]` and is document `chosen[i]`."""
        weights, always = self._weights, self._weights[-1]
        squares = np.add.reduceat(np.square(rows.values), rows.starts[:-1]) + 1 + self._soft
        columns = rows.columns.astype(np.intp)
        starts = rows.starts.tolist()
        for i in order.tolist():
            inside = slice(starts[i], starts[i + 1])
            used, values = columns[inside], rows.values[inside]
            before = weights.take(used, axis=0)
            label = labels[i]
            dual = self._duals[chosen[i]] if len(self._duals) else self._unseen.copy()
            margins = values @ before
            margins += always
            margins[label] *= -1  # now: how far each class is on the wrong side, from 0
            change = margins
            change += 1 - self._soft * dual
            change /= squares[i]
            np.maximum(change, -dual, out=change)
            dual += change
            change[label] *= -1
            before -= np.multiply.outer(values, change)
            weights[used] = before
            always -= change


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

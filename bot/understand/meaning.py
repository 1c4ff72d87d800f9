"""How near the phrasings of each answer are in meaning, by a sentence encoder.

Two views of one vector: learned weights (multinomial logistic regression on the vectors of the
phrasings, which tells answers apart that lie near each other) and the nearest phrasing (cosine,
which tells a question that has an answer from one that has none).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.understand.encoder import SentenceEncoder
from bot.understand.features import Floats, Ints
from bot.understand.linear import Adam, softmax
from bot.understand.utterance import Reading

_SCALE = np.float32(10)
_RIDGE = np.float32(1e-3)
_BATCH = 256
_EPOCHS = 20
_STEP = 0.05


@dataclass(frozen=True)
class Meant:
    """One question in the space of meaning."""

    learned: Floats
    """For each answer: log-odds, up to a constant."""

    similar: Floats
    """For each phrasing: cosine similarity, -1 to 1."""

    best: Floats
    """For each answer: that of its nearest phrasing."""


class Meaning:
    """The phrasings of all answers, as vectors."""

    def __init__(
        self, encoder: SentenceEncoder, phrasings: Sequence[str], labels: Ints, starts: Ints
    ) -> None:
        """Encode `phrasings`, those of one answer next to each other, and learn to tell `labels` apart.

        `starts` is each answer's first row. Takes about 0.2 s for 3,500 phrasings whose vectors
        are cached. Raises what the encoder raises.
        """
        self._encoder = encoder
        self._starts = starts
        self._vectors = encoder.encode_content(phrasings)
        self._weights = _fit(self._vectors, labels, len(starts))

    def of(self, reading: Reading) -> Meant:
        """Return what a question is near to. Raises what the encoder raises.

        A question with repaired words counts as the mean of itself as typed and as repaired: a
        wrong repair then costs less than it would alone, and a right one gains nearly all.
        """
        texts = [reading.normalised]
        if reading.repairs:
            repaired = dict(reading.repairs)
            texts.append(" ".join(repaired.get(word, word) for word in reading.words))
        vector: Floats = self._encoder.encode(texts).mean(axis=0)
        similar = self._vectors @ vector
        return Meant(vector @ self._weights, similar, np.maximum.reduceat(similar, self._starts))


def _fit(vectors: Floats, labels: Ints, classes: int) -> Floats:
    """Return weights (d by `classes`) that minimise mean cross-entropy plus a ridge, by Adam.

    Unit vectors are scaled by 10, so that the ridge leaves room for confident weights. The
    shuffle is seeded: the same vectors give the same weights.
    """
    rows: Floats = vectors * _SCALE
    total = len(rows)
    weights = np.zeros((vectors.shape[1], classes), dtype=np.float32)
    adam = Adam(weights, step=_STEP, updates=_EPOCHS * -(-total // _BATCH))
    shuffle = np.random.default_rng(0)
    for _ in range(_EPOCHS):
        order = shuffle.permutation(total)
        for first in range(0, total, _BATCH):
            chosen = order[first : first + _BATCH]
            wrong = softmax(rows[chosen] @ weights)
            wrong[np.arange(len(chosen)), labels[chosen]] -= 1
            wrong /= np.float32(len(chosen))
            adam.update(rows[chosen].T @ wrong + _RIDGE * weights)
    return weights * _SCALE

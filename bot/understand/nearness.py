"""A second look by meaning: messages that are nearer to examples of a rule than to ordinary questions.

Patterns see words; people find other words. Where a sentence encoder is at hand, the examples of
the rules are compared with the message by the angle between their vectors. A kind of rule fires
when the message is near enough to its examples, and nearer to them than to everything else (near
misses, examples of other kinds, phrasings of answers). The nearest example says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.understand.encoder import Floats, SentenceEncoder

NEIGHBOURS = 3
"""Examples whose mean similarity counts: one alone may be near by chance."""
LEAST = 0.55
"""Cosine similarity from which a message is near its examples at all. Calibrated on development
questions and CLINC150, so that it adds less than one false alarm in a hundred."""


CLEARLY = 0.02
"""How much nearer its examples must be than everything else."""


@dataclass(frozen=True)
class Example:
    """A text that belongs to a rule, or to none (an ordinary question)."""

    text: str
    kind: str | None
    rule: int


@dataclass(frozen=True)
class Near:
    """The example that a message is nearest to, of the kind that fired."""

    rule: int
    example: str
    similarity: float


class Nearness:
    """Compares messages with examples. One call of the encoder a message, then two products."""

    def __init__(self, encoder: SentenceEncoder, examples: Sequence[Example]) -> None:
        """Encode all `examples` once."""
        self._encoder = encoder
        self._examples = examples
        self._vectors: Floats = encoder.encode_content([example.text for example in examples])
        kinds = sorted({example.kind for example in examples if example.kind is not None})
        self._of_kind = {kind: np.array([e.kind == kind for e in examples], dtype=bool) for kind in kinds}

    def near(self, text: str, kinds: Sequence[str]) -> Near | None:
        """Return what `text` is near to, for the first of `kinds` that it is near enough to."""
        similar = self._vectors @ self._encoder.encode([text])[0]
        for kind in kinds:
            own = self._of_kind.get(kind)
            if own is None:
                continue
            here, elsewhere = _mean_of_best(similar[own]), _mean_of_best(similar[~own])
            if here >= LEAST and here >= elsewhere + CLEARLY:
                best = int(np.argmax(np.where(own, similar, -1)))
                return Near(self._examples[best].rule, self._examples[best].text, float(similar[best]))
        return None


def _mean_of_best(similar: Floats) -> float:
    if not len(similar):
        return -1.0
    best = np.partition(similar, -min(NEIGHBOURS, len(similar)))[-NEIGHBOURS:]
    return float(best.mean())

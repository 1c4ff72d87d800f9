"""What sets answers apart: substances, a pregnancy, a child that one names and another does not."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from bot.understand.features import Floats, Ints
from bot.understand.utterance import NEGATION

_MENTIONED = 0.03
"""Share of an answer's phrasings that must name a group for the answer to cover it."""
_ABOUT = 0.6
"""Share of an answer's phrasings that name a group when the answer is about it."""


@dataclass(frozen=True)
class Counted:
    """What the groups of one question say; every array has one entry an answer."""

    missing: Floats
    """Groups that the question names and the answer does not: 1 for one that no answer names,
    near 0 for one that almost all do."""
    unasked: Floats
    """Groups that the answer is about and the question does not name."""
    negated: Floats
    """1 where the question negates and the answer's phrasings do not."""


class Distinction:
    """Knows which answer names which distinguishing groups."""

    def __init__(self, groups: Sequence[AbstractSet[str]], labels: Ints, answers: int) -> None:
        """Count the groups of each phrasing; `labels` says whose phrasing it is (0 to `answers` - 1)."""
        self._groups = sorted({group for of_one in groups for group in of_one} - {NEGATION})
        columns = [*self._groups, NEGATION]
        number = {group: i for i, group in enumerate(columns)}
        share = np.zeros((answers, len(columns)), dtype=np.float32)
        for of_one, label in zip(groups, labels.tolist(), strict=True):
            for group in of_one:
                share[label, number[group]] += 1
        share /= np.maximum(np.bincount(labels, minlength=answers), 1)[:, None]
        self._named = share >= _MENTIONED
        self._about = (share[:, :-1] >= _ABOUT).astype(np.float32)
        spread = np.log1p(self._named[:, :-1].sum(axis=0)) / np.log1p(max(answers, 1))
        self._unnamed = (~self._named[:, :-1] * (1 - spread)).astype(np.float32)

    def count(self, asked: AbstractSet[str]) -> Counted:
        """Return what a question of the groups `asked` has in common with each answer."""
        wanted = np.array([group in asked for group in self._groups], dtype=np.float32)
        unheard = len(asked - set(self._groups) - {NEGATION})
        missing = self._unnamed @ wanted + np.float32(unheard)
        negated = ~self._named[:, -1] & (NEGATION in asked)
        return Counted(missing, self._about @ (1 - wanted), negated.astype(np.float32))

    def missing(self, asked: AbstractSet[str], answer: int) -> set[str]:
        """Return the groups of `asked` that one answer does not name."""
        columns = zip([*self._groups, NEGATION], self._named[answer].tolist(), strict=True)
        return set(asked) - {group for group, named in columns if named}

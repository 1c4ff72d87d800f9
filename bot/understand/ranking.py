"""Weighs what speaks for and against each answer, and turns it into a score from 0 to 100."""

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from bot.understand.features import Floats, Vectoriser
from bot.understand.lexicon import Lexicon
from bot.understand.linear import dims_for, softmax, train
from bot.understand.nearest import Phrasings
from bot.understand.text import normalise, words
from bot.understand.utterance import NEGATION, Reader, Reading

_RERANKED = 5
_SHARED = 90.0


@dataclass(frozen=True)
class Weights:
    """How much each kind of evidence counts, in units of log-odds.

    Set by hand near a logistic fit on left-out phrasings of the shipped content and CLINC150
    validation questions, leaning towards caution on questions without an answer.
    """

    nearest: float = 2.0
    """For the ranking: a phrasing with the very words of the question."""

    group: float = 3.0
    """Against: the question names a substance, a pregnancy, a child that the answer never does."""

    negation: float = 0.5
    """Against: the question negates and no phrasing of the answer does."""

    bias: float = -2.6
    """Where the score starts."""

    ahead: float = 0.9
    """For each unit of log-odds of the share among all answers."""

    strength: float = 0.1
    """For each unit by which the ranking total is above the mean of all answers."""

    similar: float = 1.0
    """For a cosine similarity of 1."""

    covered: float = 1.0
    """For a question whose every word the answer's phrasings have."""

    fuzzy: float = 2.0
    """For a token_sort_ratio of 100."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against one answer."""

    answer_id: str

    score: float
    """0–100, everything considered."""

    learned: float
    """0–1: the share that the learned weights give to this answer."""

    similarity: float
    """0–1: cosine of the rare words of the question and of the nearest phrasing."""

    fuzzy: float
    """0–100: rapidfuzz token_sort_ratio with the nearest phrasing."""

    phrasing: str
    """The nearest phrasing, as written."""

    covered: float
    """0–1: how much of the question's weight stands in any phrasing of the answer."""

    signals: tuple[float, ...]
    """What the score is computed from, in the order of `Weights` from `ahead` on."""


class Ranker:
    """Ranks answers by phrasings; see `Matcher`."""

    def __init__(
        self, phrasings: Mapping[str, Sequence[str]], lexicon: Lexicon, weights: Weights = Weights()
    ) -> None:
        """Learn from `phrasings`, in the order of their ids whatever order they come in."""
        written = {name: sorted(set(phrasings[name])) for name in sorted(phrasings)}
        self._written = [(name, text) for name, texts in written.items() for text in texts]
        self._reader = Reader(lexicon, [text for _, text in self._written])
        readings = self._reader.phrasings
        kept = [i for i, reading in enumerate(readings) if reading.tokens]
        self._written = [self._written[i] for i in kept]
        self._weights = weights
        self._learn([readings[i] for i in kept])

    def _learn(self, readings: Sequence[Reading]) -> None:
        names = [name for name, _ in self._written]
        self._names = sorted(set(names))
        number = {name: i for i, name in enumerate(self._names)}
        labels = np.array([number[name] for name in names], dtype=np.int64)
        rows = [reading.tokens for reading in readings]
        self._exact: dict[tuple[str, ...], set[int]] = {}
        for reading, label in zip(readings, labels, strict=True):
            self._exact.setdefault(reading.words, set()).add(int(label))
        self._groups = [frozenset[str]()] * len(self._names)
        for reading, label in zip(readings, labels, strict=True):
            self._groups[label] |= reading.groups
        self._phrasings = Phrasings(rows, np.searchsorted(labels, np.arange(len(self._names))))
        self._vectoriser = Vectoriser(rows, dims_for(len(rows), len(self._names)))
        self._learned = train(self._vectoriser, rows, labels, len(self._names))

    def read(self, text: str) -> Reading:
        """Read `text` as a question."""
        return self._reader.read(text)

    def is_phrasing(self, text: str) -> bool:
        """Return whether `text` is one of the phrasings, spelling of letters and spaces apart."""
        return tuple(words(normalise(text))) in self._exact

    def rank(self, reading: Reading, limit: int) -> list[Evidence]:
        """Return the `limit` most likely answers, best first."""
        if not self._names or not reading.tokens or limit < 1:
            return []
        view = self._view(reading)
        likely = np.argsort(-view.total, kind="stable")[: max(limit, _RERANKED)]
        found = [self._evidence(int(i), reading, view) for i in likely]
        found.sort(key=lambda one: (-one.score, one.answer_id))
        return found[:limit]

    def _view(self, reading: Reading) -> "_View":
        columns, values = self._vectoriser.row(reading.tokens)
        learned: Floats = values @ self._learned[columns]
        similar, covered = self._phrasings.compare(reading.tokens)
        best = self._phrasings.best_of_each(similar)
        total = learned + np.float32(self._weights.nearest) * best - self._against(reading)
        exact = self._exact.get(reading.words, frozenset[int]())
        return _View(
            total, softmax(total), softmax(learned), similar, best, covered, float(total.mean()), exact
        )

    def _evidence(self, answer: int, reading: Reading, view: "_View") -> Evidence:
        row, fuzzy = self._phrasings.nearest(answer, view.similar, reading.tokens)
        signals = view.signals(answer, fuzzy)
        if view.exact:
            score = (100.0 if len(view.exact) == 1 else _SHARED) if answer in view.exact else 0.0
        else:
            score = self._score(signals)
        return Evidence(
            self._names[answer],
            round(score, 1),
            float(view.learned[answer]),
            min(float(view.best[answer]), 1.0),
            fuzzy,
            self._written[row][1],
            min(float(view.covered[answer]), 1.0),
            signals,
        )

    def _score(self, signals: tuple[float, ...]) -> float:
        """Return a logistic function of the evidence, 0–100."""
        w = self._weights
        weighed = (w.ahead, w.strength, w.similar, w.covered, w.fuzzy)
        odds = w.bias + sum(a * b for a, b in zip(weighed, signals, strict=True))
        return 100 / (1 + math.exp(-max(min(odds, 30.0), -30.0)))

    def against(self, reading: Reading, answer_id: str) -> tuple[str, ...]:
        """Return the groups and the words of a question that the answer never mentions."""
        answer = self._names.index(answer_id)
        groups = sorted(reading.groups - self._groups[answer])
        return (*groups, *self._phrasings.unmatched(reading.tokens, answer))

    def _against(self, reading: Reading) -> Floats:
        """Return what counts against each answer, in log-odds."""
        against = np.zeros(len(self._names), dtype=np.float32)
        if reading.groups:
            for i, groups in enumerate(self._groups):
                for group in reading.groups - groups:
                    against[i] += self._weights.negation if group == NEGATION else self._weights.group
        return against


@dataclass(frozen=True)
class _View:
    """One question against all answers; every array has one entry an answer, but `similar`."""

    total: Floats
    share: Floats
    learned: Floats
    similar: Floats
    """One entry a phrasing."""
    best: Floats
    covered: Floats
    mean: float
    """Of `total`."""
    exact: AbstractSet[int]
    """Answers that have the very question as a phrasing."""

    def signals(self, answer: int, fuzzy: float) -> tuple[float, ...]:
        """Return the evidence on one answer as numbers of similar size."""
        share = min(max(float(self.share[answer]), 1e-6), 1 - 1e-6)
        return (
            math.log(share / (1 - share)),
            float(self.total[answer]) - self.mean,
            float(self.best[answer]),
            float(self.covered[answer]),
            fuzzy / 100,
        )

"""Weighs what speaks for and against each answer, and turns it into a score from 0 to 100."""

import math
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np

from bot.understand.encoder import SentenceEncoder
from bot.understand.features import Floats, Vectoriser
from bot.understand.lexicon import Lexicon
from bot.understand.linear import dims_for, softmax, train
from bot.understand.meaning import Meaning, Meant
from bot.understand.nearest import Phrasings
from bot.understand.text import normalise, words
from bot.understand.utterance import NEGATION, Reader, Reading

_RERANKED = 5
_SHARED = 90.0
_SURE, _FAR = 90.0, 10.0
"""Where words alone give one answer this score and no other more than that, no encoder is asked."""


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

    near: float = 0.0
    """For a phrasing with the very meaning of the question (cosine 1)."""


WITH_MEANING = Weights(bias=-3.6, ahead=0.5, similar=0.9, covered=1.3, fuzzy=0.0, near=2.9)
"""Where a sentence encoder was asked: a logistic fit on the project's development questions."""

_WORDS, _LEARNED, _NEAR = np.float32(0.5), np.float32(1), np.float32(5)
"""For the ranking with an encoder: what words say, its learned weights, its nearest phrasing."""


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
    """The nearest phrasing, as written: in meaning where the encoder was asked, else in words."""

    covered: float
    """0–1: how much of the question's weight stands in any phrasing of the answer."""

    signals: tuple[float, ...]
    """What the score is computed from, in the order of `Weights` from `ahead` on."""

    meaning: float | None = None
    """-1–1: cosine of the meanings of the question and of `phrasing`; None without an encoder."""


class Ranker:
    """Ranks answers by phrasings; see `Matcher`."""

    def __init__(
        self,
        phrasings: Mapping[str, Sequence[str]],
        lexicon: Lexicon,
        encoder: SentenceEncoder | None = None,
        failed: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        """Learn from `phrasings`, in the order of their ids whatever order they come in.

        `failed` is told of every error of the encoder; the words then decide alone.
        """
        written = {name: sorted(set(phrasings[name])) for name in sorted(phrasings)}
        self._written = [(name, text) for name, texts in written.items() for text in texts]
        self._reader = Reader(lexicon, [text for _, text in self._written])
        readings = self._reader.phrasings
        kept = [i for i, reading in enumerate(readings) if reading.tokens]
        self._written = [self._written[i] for i in kept]
        self._weights, self._failed = Weights(), failed
        self._learn([readings[i] for i in kept])
        self._meaning = self._learn_meaning(encoder) if encoder and self._written else None

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
        self._labels, self._starts = labels, np.searchsorted(labels, np.arange(len(self._names)))
        self._phrasings = Phrasings(rows, self._starts)
        self._vectoriser = Vectoriser(rows, dims_for(len(rows), len(self._names)))
        self._learned = train(self._vectoriser, rows, labels, len(self._names))

    def _learn_meaning(self, encoder: SentenceEncoder) -> Meaning | None:
        try:
            return Meaning(encoder, [text for _, text in self._written], self._labels, self._starts)
        except Exception as error:  # noqa: BLE001 (whatever breaks in there, the words still decide)
            self._failed(error)
            return None

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
        found = self._likely(reading, view, max(limit, _RERANKED))
        if self._meaning is not None and not _decisive(found, view):
            meant = self._meant(self._meaning, reading)
            if meant is not None:
                found = self._likely(reading, self._with_meaning(view, reading, meant), max(limit, _RERANKED))
        return found[:limit]

    def _likely(self, reading: Reading, view: "_View", limit: int) -> list[Evidence]:
        likely = np.argsort(-view.total, kind="stable")[:limit]
        found = [self._evidence(int(i), reading, view) for i in likely]
        return sorted(found, key=lambda one: (-one.score, one.answer_id))

    def _meant(self, meaning: Meaning, reading: Reading) -> Meant | None:
        try:
            return meaning.of(reading)
        except Exception as error:  # noqa: BLE001 (whatever breaks in there, the words still decide)
            self._failed(error)
            return None

    def _with_meaning(self, view: "_View", reading: Reading, meant: Meant) -> "_View":
        against = self._against(reading)
        said = view.total + against
        total = _WORDS * said + _LEARNED * meant.learned + _NEAR * meant.best - against
        return replace(view, total=total, share=softmax(total), mean=float(total.mean()), meant=meant)

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
            score = _score(signals, WITH_MEANING if view.meant is not None else self._weights)
        if view.meant is not None:
            row = self._nearest_meaning(answer, view.meant)
        return Evidence(
            self._names[answer],
            round(score, 1),
            float(view.learned[answer]),
            min(float(view.best[answer]), 1.0),
            fuzzy,
            self._written[row][1],
            min(float(view.covered[answer]), 1.0),
            signals,
            min(float(view.meant.best[answer]), 1.0) if view.meant is not None else None,
        )

    def _nearest_meaning(self, answer: int, meant: Meant) -> int:
        start = int(self._starts[answer])
        end = int(self._starts[answer + 1]) if answer + 1 < len(self._starts) else len(meant.similar)
        return start + int(meant.similar[start:end].argmax())

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
    meant: Meant | None = None
    """What the encoder says; None where it was not asked."""

    def signals(self, answer: int, fuzzy: float) -> tuple[float, ...]:
        """Return the evidence on one answer as numbers of similar size."""
        share = min(max(float(self.share[answer]), 1e-6), 1 - 1e-6)
        return (
            math.log(share / (1 - share)),
            float(self.total[answer]) - self.mean,
            float(self.best[answer]),
            float(self.covered[answer]),
            fuzzy / 100,
            float(self.meant.best[answer]) if self.meant is not None else 0.0,
        )


def _decisive(found: Sequence[Evidence], view: _View) -> bool:
    """Return whether words alone settle a question: it is a phrasing, or one answer stands alone."""
    alone = len(found) == 1 or found[1].score <= _FAR
    return bool(view.exact) or (found[0].score >= _SURE and alone)


def _score(signals: tuple[float, ...], w: Weights) -> float:
    """Return a logistic function of the evidence, 0–100."""
    weighed = (w.ahead, w.strength, w.similar, w.covered, w.fuzzy, w.near)
    odds = w.bias + sum(a * b for a, b in zip(weighed, signals, strict=True))
    return 100 / (1 + math.exp(-max(min(odds, 30.0), -30.0)))

"""Weighs what speaks for and against each answer, and turns it into a score from 0 to 100."""

import math
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, replace
from operator import attrgetter

import numpy as np

from bot.understand.distinguish import Counted, Distinction
from bot.understand.encoder import SentenceEncoder
from bot.understand.features import Floats, Vectoriser
from bot.understand.lexicon import Lexicon
from bot.understand.linear import most_columns, train
from bot.understand.meaning import Meaning, Meant
from bot.understand.nearest import Compared, Phrasings
from bot.understand.utterance import Reader, Reading

_RERANKED = 5
_SHARED = 90.0
_SURE, _FAR = 97.0, 10.0
"""Where words alone give one answer this score and no other more than that, no encoder is asked."""


@dataclass(frozen=True)
class Leaning:
    """How much each kind of evidence counts for the order of answers, in units of learned weight.

    Set by hand on development questions; the order hardly changes between half and twice each.
    """

    nearest: float = 0.5
    """A phrasing with the very words of the question."""

    missing: float = 0.3
    """Against: the question names a substance, a pregnancy, a child that the answer never does."""

    unasked: float = 0.05
    """Against: the answer is about a substance, a pregnancy, a child that the question never names."""

    negated: float = 0.05
    """Against: the question negates and the answer's phrasings do not."""


@dataclass(frozen=True)
class Weights:
    """The score: a logistic function of the evidence.

    The defaults are for any subject, set by hand on CLINC150. `benchmarks.fit` fits them to a content
    with development questions of its own, all but the last two: those are set by hand on the side of
    caution, as too few questions show such a case.
    """

    bias: float = -2.5
    """Where the score starts."""

    total: float = 5.0
    """Everything that the order of answers comes from."""

    ahead: float = 0.0
    """By how much the total is above that of the best other answer."""

    covered: float = 1.0
    """For a question whose every word the answer's phrasings have."""

    fuzzy: float = 2.0
    """For letters that are all alike: see `Evidence.fuzzy`."""

    unknown: float = 0.0
    """For a question of which no word stands in any phrasing."""

    length: float = 0.0
    """For each unit of the logarithm of how many words the question has."""

    meaning: float = 0.0
    """For a phrasing with the very meaning of the question (cosine 1)."""

    subject: float = 0.0
    """For a question that names a subject or points to one; against one of unknown words instead."""

    missing: float = -2.0
    """For a group that the question names and no answer but others do."""


ANY_SUBJECT = Weights()
WITH_MEANING = Weights(bias=-7.5, total=1.9, covered=0.0, fuzzy=0.0)
"""Where a sentence encoder was asked, for any subject: by the order alone. Fitted on CLINC150, where
whatever else was added (how far ahead, how near in letters) told questions without an answer less well."""

_LEANING = Leaning()
_WORDS, _LEARNED, _NEAR = np.float32(3), np.float32(1), np.float32(8)
"""For the order with an encoder: what words say, its learned weights, its nearest phrasing."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against one answer."""

    answer_id: str

    score: float
    """0–100, everything considered."""

    learned: float
    """What the learned weights say: about -1 (no) to 1 (yes), a little more with many phrasings."""

    similarity: float
    """0–1: cosine of the rare words of the question and of the nearest phrasing."""

    fuzzy: float
    """0–100: how alike the letters are, the words of both in alphabetical order."""

    phrasing: str
    """The nearest phrasing, as written: in meaning where the encoder was asked, else in words."""

    covered: float
    """0–1: how much of the question's weight stands in any phrasing of the answer."""

    signals: tuple[float, ...]
    """What the score is computed from, in the order of `Weights` from `total` on."""

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
        *,
        weights: Weights = ANY_SUBJECT,
        with_meaning: Weights | None = None,
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
        self._failed = failed
        self._weights, self._with_weights = weights, with_meaning or WITH_MEANING
        self._learn([readings[i] for i in kept])
        self._reader.phrasings.clear()
        self._meaning = self._learn_meaning(encoder) if encoder and self._written else None

    def _learn(self, readings: Sequence[Reading]) -> None:
        names = [name for name, _ in self._written]
        self._names = sorted(set(names))
        number = {name: i for i, name in enumerate(self._names)}
        labels = np.array([number[name] for name in names], dtype=np.int64)
        rows = [reading.tokens for reading in readings]
        self._exact: dict[tuple[str, ...], set[int]] = {}
        for reading, label in zip(readings, labels.tolist(), strict=True):
            self._exact.setdefault(reading.words, set()).add(label)
        self._distinction = Distinction([r.groups for r in readings], labels, len(self._names))
        self._labels, self._starts = labels, np.searchsorted(labels, np.arange(len(self._names)))
        self._phrasings = Phrasings(rows, self._starts)
        self._vectoriser = Vectoriser(rows, most_columns(len(self._names)), len(self._names))
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

    def read_part(self, part: str, whole: Reading, before: str) -> Reading:
        """Read one question of a message; where it names no subject, that of the message is meant.

        One that points to its subject ("is it legal") can only mean one that was named `before`.
        """
        reading = self._reader.read(part)
        meant = before if reading.points else whole.named
        return self._reader.read(f"{part} {meant}") if meant and not reading.named else reading

    def is_phrasing(self, reading: Reading) -> bool:
        """Return whether a text is one of the phrasings, spelling of letters and spaces apart."""
        return reading.words in self._exact

    def rank(self, reading: Reading, limit: int) -> list[Evidence]:
        """Return the `limit` most likely answers, best first."""
        if not self._names or not reading.tokens or limit < 1:
            return []
        view = self._view(reading)
        found = self._likely(view, max(limit, _RERANKED))
        if self._meaning is not None and not _decisive(found, view):
            meant = self._meant(self._meaning, reading)
            if meant is not None:
                found = self._likely(self._with_meaning(view, meant), max(limit, _RERANKED))
        return found[:limit]

    def _likely(self, view: "_View", limit: int) -> list[Evidence]:
        likely = np.argsort(-view.total, kind="stable")[:limit].tolist()
        likely.extend(sorted(view.exact - set(likely)))
        found = [self._evidence(answer, view) for answer in likely]
        return sorted(found, key=lambda one: (-one.score, one.answer_id))

    def _meant(self, meaning: Meaning, reading: Reading) -> Meant | None:
        try:
            return meaning.of(reading)
        except Exception as error:  # noqa: BLE001 (whatever breaks in there, the words still decide)
            self._failed(error)
            return None

    def _with_meaning(self, view: "_View", meant: Meant) -> "_View":
        against = _against(view.counted)
        said = _WORDS * (view.total + against) + _LEARNED * meant.learned + _NEAR * meant.best
        total: Floats = said / _WORDS - against
        return replace(view, total=total, highest=_highest(total), meant=meant)

    def _view(self, reading: Reading) -> "_View":
        columns, values = self._vectoriser.row(reading.tokens)
        learned: Floats = values @ self._learned.take(columns, axis=0) + self._learned[-1]
        compared = self._phrasings.compare(reading.tokens)
        counted = self._distinction.count(reading.groups)
        total: Floats = learned + _LEANING.nearest * compared.best - _against(counted)
        exact = self._exact.get(reading.words, frozenset[int]())
        return _View(reading, total, _highest(total), learned, compared, counted, exact)

    def _evidence(self, answer: int, view: "_View") -> Evidence:
        row, fuzzy = self._phrasings.nearest(answer, view.compared)
        signals = view.signals(answer, fuzzy)
        if view.exact:
            score = (100.0 if len(view.exact) == 1 else _SHARED) if answer in view.exact else 0.0
        else:
            score = _score(signals, self._weights if view.meant is None else self._with_weights)
        if view.meant is not None:
            row = self._nearest_meaning(answer, view.meant)
        return Evidence(
            self._names[answer],
            round(score, 1),
            float(view.learned[answer]),
            min(float(view.compared.best[answer]), 1.0),
            fuzzy,
            self._written[row][1],
            min(float(view.compared.covered[answer]), 1.0),
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
        groups = sorted(self._distinction.missing(reading.groups, answer))
        return (*groups, *self._phrasings.unmatched(reading.tokens, answer))


@dataclass(frozen=True)
class _View:
    """One question against all answers."""

    reading: Reading
    total: Floats
    highest: tuple[float, float]
    """The two highest of `total`; the second is 0 where there is one answer only."""
    learned: Floats
    compared: Compared
    counted: Counted
    exact: AbstractSet[int]
    """Answers that have the very question as a phrasing."""
    meant: Meant | None = None
    """What the encoder says; None where it was not asked."""

    def signals(self, answer: int, fuzzy: float) -> tuple[float, ...]:
        """Return the evidence on one answer as numbers of similar size."""
        total = float(self.total[answer])
        return (
            total,
            total - self.highest[total >= self.highest[0]],
            float(self.compared.covered[answer]),
            fuzzy / 100,
            self.compared.unknown,
            math.log1p(len(self.reading.words)),
            float(self.meant.best[answer]) if self.meant is not None else 0.0,
            1.0 if self.reading.subject or self.reading.points else -self.compared.unknown,
            float(self.counted.missing[answer]),
        )


def _against(counted: Counted) -> Floats:
    """Return what counts against each answer, in units of learned weight."""
    lean = _LEANING
    against: Floats = lean.missing * counted.missing + lean.unasked * counted.unasked
    return against + np.float32(lean.negated) * counted.negated


def _highest(total: Floats) -> tuple[float, float]:
    second, first = sorted([0.0, *total.tolist()] if len(total) == 1 else total.tolist())[-2:]
    return first, second


def _decisive(found: Sequence[Evidence], view: _View) -> bool:
    """Return whether words alone settle a question: it is a phrasing, or one answer stands alone."""
    alone = len(found) == 1 or found[1].score <= _FAR
    return bool(view.exact) or (found[0].score >= _SURE and alone)


_BY_SIGNAL = attrgetter(*(field.name for field in fields(Weights)))
"""The weights in the order of `_View.signals`, the bias first."""


def _score(signals: tuple[float, ...], weights: Weights) -> float:
    """Return a logistic function of the evidence, 0–100."""
    bias, *each = _BY_SIGNAL(weights)
    odds = bias + sum(a * b for a, b in zip(each, signals, strict=True))
    return 100 / (1 + math.exp(-max(min(odds, 30.0), -30.0)))

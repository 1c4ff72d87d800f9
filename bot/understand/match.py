"""Which vetted answer a question is about: one, a few to choose from, or none.

    text → Reader (spelling, slang) → learned weights ┐
                                    → nearest phrasing ├→ Ranking → score 0–100 → Hit, Ambiguous, Miss
                                    → what is missing  ┘

The matcher knows only the phrasings and the lexicon that it is given. It keeps nothing of what
it was asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understand.calibrate import DEFAULT, Thresholds, offered, served
from bot.understand.lexicon import Lexicon
from bot.understand.parts import parts
from bot.understand.ranking import Evidence, Ranker
from bot.understand.utterance import Reading

__all__ = [
    "Ambiguous", "Candidate", "Evidence", "Explanation", "Hit", "Lexicon", "Matcher", "Miss", "Thresholds",
]  # fmt: skip

_OFFERED = 3


@dataclass(frozen=True)
class Candidate:
    """An answer that a question may be about."""

    answer_id: str

    score: float
    """0–100: how likely this is the answer that was meant."""

    phrasing: str
    """The nearest phrasing of the answer, as its author wrote it."""


@dataclass(frozen=True)
class Hit:
    """One answer is clearly meant: the first candidate."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Ambiguous:
    """One of a few answers may be meant: at most three candidates, best first."""

    candidates: tuple[Candidate, ...]

    two_questions: bool = False
    """Whether the message asked several things, each of which has a candidate."""


@dataclass(frozen=True)
class Miss:
    """No answer is near enough. The candidates say what was nearest."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Explanation:
    """Why a text was matched as it was."""

    reading: Reading
    """What was normalised, repaired and expanded."""

    evidence: tuple[Evidence, ...]
    """What spoke for each of the best answers, best first."""

    against: tuple[tuple[str, ...], ...]
    """For each of them: groups and words of the question that it never mentions."""

    decision: Hit | Ambiguous | Miss


class Matcher:
    """Finds the answer that a question is about."""

    def __init__(
        self,
        phrasings: Mapping[str, Sequence[str]],
        *,
        lexicon: Lexicon | None = None,
        thresholds: Thresholds = DEFAULT,
    ) -> None:
        """Learn from `phrasings` (answer id → ways to ask for it); their order does not matter.

        An answer without phrasings is never found. Takes about 0.4 s for 58 answers with
        3,500 phrasings.
        """
        self._ranker = Ranker(phrasings, lexicon or Lexicon())
        self._thresholds = thresholds

    def rank(self, text: str, limit: int = 3) -> list[Candidate]:
        """Return the `limit` most likely answers, best first. Never raises; may be empty."""
        return [_candidate(one) for one in self._ranker.rank(self._ranker.read(text), limit)]

    def decide(self, text: str) -> Hit | Ambiguous | Miss:
        """Return whether one answer is meant, a few may be, or none is near. Never raises."""
        return self._decide(text, self.rank(text))

    def explain(self, text: str, limit: int = 3) -> Explanation:
        """Return how `text` was read, what spoke for and against each answer, and the decision."""
        reading = self._ranker.read(text)
        evidence = tuple(self._ranker.rank(reading, limit))
        against = tuple(self._ranker.against(reading, one.answer_id) for one in evidence)
        return Explanation(reading, evidence, against, self.decide(text))

    def _decide(self, text: str, ranked: list[Candidate]) -> Hit | Ambiguous | Miss:
        if not self._ranker.is_phrasing(text):
            several = self._several_questions(text, ranked)
            if several:
                return Ambiguous(several, two_questions=True)
        pairs = [(one.answer_id, one.score) for one in ranked]
        if served(pairs, self._thresholds):
            return Hit(tuple(ranked))
        shown = offered(pairs, self._thresholds)
        if not shown:
            return Miss(tuple(ranked))
        return Ambiguous(tuple(one for one in ranked if one.answer_id in shown))

    def _several_questions(self, text: str, ranked: list[Candidate]) -> tuple[Candidate, ...]:
        """Return the best answer of each question in `text`, if there are two or more; else ()."""
        best: dict[str, Candidate] = {}
        for part in parts(text):
            first = next(iter(self.rank(part, 2)), None)
            if first is not None and first.score >= self._thresholds.part:
                best.setdefault(first.answer_id, first)
        if len(best) < 2:
            return ()
        for one in ranked:
            if one.score >= self._thresholds.part:
                best.setdefault(one.answer_id, one)
        return tuple(best.values())[:_OFFERED]


def _candidate(evidence: Evidence) -> Candidate:
    return Candidate(evidence.answer_id, evidence.score, evidence.phrasing)

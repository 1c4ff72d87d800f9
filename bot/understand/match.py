"""Which vetted answer a question is about: one, a few to choose from, or none.

    text → Reader (spelling, slang) → learned weights ┐
                                    → nearest phrasing ├→ Ranking → score 0–100 → Hit, Ambiguous, Miss
                                    → what is missing  ┘

The matcher knows only the phrasings and the lexicon that it is given. It keeps nothing of what
it was asked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.understand.calibrate import DEFAULT, Thresholds, offered, served
from bot.understand.encoder import SentenceEncoder
from bot.understand.lexicon import Lexicon
from bot.understand.parts import parts
from bot.understand.ranking import Evidence, Ranker
from bot.understand.utterance import Reading

__all__ = [
    "Ambiguous", "Candidate", "Evidence", "Explanation", "Hit", "Lexicon", "Matcher", "Miss", "Thresholds",
]  # fmt: skip

_OFFERED = 3

WITH_ENCODER = Thresholds(hit=70.0, margin=45.0, offer=28.0, beside=2.0, part=60.0)
"""For scores that an encoder had a part in: near the least cost on the development questions."""


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
        with_encoder: Thresholds = WITH_ENCODER,
        encoder: SentenceEncoder | None = None,
        encoder_failed: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        """Learn from `phrasings` (answer id → ways to ask for it); their order does not matter.

        An answer without phrasings is never found. Takes about 0.4 s for 58 answers with
        3,500 phrasings. An `encoder` is asked where words alone leave a doubt; `with_encoder` are
        the thresholds for what it had a part in. `encoder_failed` is told of each of its errors:
        the words then decide alone.
        """
        self._ranker = Ranker(phrasings, lexicon or Lexicon(), encoder, encoder_failed)
        self._thresholds, self._with_encoder = thresholds, with_encoder

    def rank(self, text: str, limit: int = 3) -> list[Candidate]:
        """Return the `limit` most likely answers, best first. Never raises; may be empty."""
        return [_candidate(one) for one in self._ranker.rank(self._ranker.read(text), limit)]

    def decide(self, text: str) -> Hit | Ambiguous | Miss:
        """Return whether one answer is meant, a few may be, or none is near. Never raises."""
        return self._decide(text, self._ranker.rank(self._ranker.read(text), _OFFERED))

    def explain(self, text: str, limit: int = 3) -> Explanation:
        """Return how `text` was read, what spoke for and against each answer, and the decision."""
        reading = self._ranker.read(text)
        evidence = tuple(self._ranker.rank(reading, limit))
        against = tuple(self._ranker.against(reading, one.answer_id) for one in evidence)
        return Explanation(reading, evidence, against, self.decide(text))

    def _decide(self, text: str, evidence: Sequence[Evidence]) -> Hit | Ambiguous | Miss:
        ranked, thresholds = [_candidate(one) for one in evidence], self._thresholds_for(evidence)
        if not self._ranker.is_phrasing(text):
            several = self._several_questions(text, ranked, thresholds)
            if several:
                return Ambiguous(several, two_questions=True)
        pairs = [(one.answer_id, one.score) for one in ranked]
        if served(pairs, thresholds):
            return Hit(tuple(ranked))
        shown = offered(pairs, thresholds)
        if not shown:
            return Miss(tuple(ranked))
        return Ambiguous(tuple(one for one in ranked if one.answer_id in shown))

    def _thresholds_for(self, evidence: Sequence[Evidence]) -> Thresholds:
        asked = bool(evidence) and evidence[0].meaning is not None
        return self._with_encoder if asked else self._thresholds

    def _several_questions(
        self, text: str, ranked: Sequence[Candidate], thresholds: Thresholds
    ) -> tuple[Candidate, ...]:
        """Return the best answer of each question in `text`, if there are two or more; else ()."""
        best: dict[str, Candidate] = {}
        for part in parts(text):
            found = self._ranker.rank(self._ranker.read(part), 1)
            if found and found[0].score >= self._thresholds_for(found).part:
                best.setdefault(found[0].answer_id, _candidate(found[0]))
        if len(best) < 2:
            return ()
        for one in ranked:
            if one.score >= thresholds.part:
                best.setdefault(one.answer_id, one)
        return tuple(best.values())[:_OFFERED]


def _candidate(evidence: Evidence) -> Candidate:
    return Candidate(evidence.answer_id, evidence.score, evidence.phrasing)

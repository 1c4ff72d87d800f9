"""Which vetted answer a question is about: one, a few to choose from, or none.

    text → Reader (spelling, slang) → learned weights ┐
                                    → nearest phrasing ├→ Ranking → score 0–100 → Hit, Ambiguous, Miss
                                    → what is missing  ┘

The matcher knows only the phrasings and the lexicon that it is given. It keeps nothing of what
it was asked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.understand.calibrate import DEFAULT, WITH_ENCODER, Thresholds, offered, served
from bot.understand.encoder import SentenceEncoder
from bot.understand.lexicon import Lexicon
from bot.understand.parts import parts
from bot.understand.ranking import ANY_SUBJECT, Evidence, Ranker, Weights
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

    near: float = 0.0
    """Lowest score of a candidate that is plausible enough for its title to be shown."""


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

    thresholds: Thresholds
    """What the scores were held against."""

    parts: tuple[str, ...]
    """The questions that the message was taken to hold, if two or more."""


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
        weights: Weights = ANY_SUBJECT,
        weights_with_encoder: Weights | None = None,
    ) -> None:
        """Learn from `phrasings` (answer id → ways to ask for it); their order does not matter.

        An answer without phrasings is never found. Takes about 0.4 s for 58 answers with
        3,500 phrasings. An `encoder` is asked where words alone leave a doubt; `with_encoder` are
        the thresholds for what it had a part in. `encoder_failed` is told of each of its errors:
        the words then decide alone. `weights` make scores of the evidence: by default those for
        any subject; `benchmarks.fit` fits them to a content.
        """
        self._ranker = Ranker(
            phrasings,
            lexicon or Lexicon(),
            encoder,
            encoder_failed,
            weights=weights,
            with_meaning=weights_with_encoder,
        )
        self._thresholds, self._with_encoder = thresholds, with_encoder

    def rank(self, text: str, limit: int = 3) -> list[Candidate]:
        """Return the `limit` most likely answers, best first. Never raises; may be empty."""
        return [_candidate(one) for one in self._ranker.rank(self._ranker.read(text), limit)]

    def decide(self, text: str) -> Hit | Ambiguous | Miss:
        """Return whether one answer is meant, a few may be, or none is near. Never raises."""
        reading = self._ranker.read(text)
        return self._decide(text, reading, self._ranker.rank(reading, _OFFERED))

    def explain(self, text: str, limit: int = 3) -> Explanation:
        """Return how `text` was read, what spoke for and against each answer, and the decision."""
        reading = self._ranker.read(text)
        evidence = tuple(self._ranker.rank(reading, limit))
        against = tuple(self._ranker.against(reading, one.answer_id) for one in evidence)
        thresholds, asked = self._thresholds_for(evidence), self._asked(text, reading)
        return Explanation(reading, evidence, against, self.decide(text), thresholds, asked)

    def _decide(self, text: str, reading: Reading, evidence: Sequence[Evidence]) -> Hit | Ambiguous | Miss:
        ranked, thresholds = tuple(map(_candidate, evidence)), self._thresholds_for(evidence)
        asked = self._asked(text, reading)
        several = self._several_questions(asked, reading, ranked, thresholds)
        if several:
            return Ambiguous(several, two_questions=True)
        pairs = [(one.answer_id, one.score) for one in ranked]
        if served(pairs, thresholds):
            near = tuple(one for one in ranked if one.score >= thresholds.near)
            return Ambiguous(near, two_questions=True) if asked and len(near) > 1 else Hit(ranked)
        shown = offered(pairs, thresholds)
        if not shown:
            return Miss(ranked, thresholds.near if ranked else 0.0)
        return Ambiguous(tuple(one for one in ranked if one.answer_id in shown))

    def _thresholds_for(self, evidence: Sequence[Evidence]) -> Thresholds:
        asked = bool(evidence) and evidence[0].meaning is not None
        return self._with_encoder if asked else self._thresholds

    def _asked(self, text: str, reading: Reading) -> tuple[str, ...]:
        """Return the questions in `text`, if it is worth cutting up."""
        cut = reading.whole and not self._ranker.is_phrasing(reading)
        return tuple(parts(text)) if cut else ()

    def _several_questions(
        self, asked: Sequence[str], whole: Reading, ranked: Sequence[Candidate], thresholds: Thresholds
    ) -> tuple[Candidate, ...]:
        """Return the best answer of each question that was asked, if there are two or more; else ()."""
        best: dict[str, Candidate] = {}
        named = ""
        for part in asked:
            reading = self._ranker.read_part(part, whole, named)
            named = reading.named or named
            found = self._ranker.rank(reading, 1)
            if found and found[0].score >= self._thresholds_for(found).part:
                best.setdefault(found[0].answer_id, _candidate(found[0]))
        if len(best) < 2:
            return ()
        surest = sorted(best.values(), key=lambda one: -one.score)[: _OFFERED - 1]
        kept = {name: one for name, one in best.items() if one in surest}
        for one in ranked:
            if one.score >= thresholds.near:
                kept.setdefault(one.answer_id, one)
        return tuple(kept.values())[:_OFFERED]


def _candidate(evidence: Evidence) -> Candidate:
    return Candidate(evidence.answer_id, evidence.score, evidence.phrasing)

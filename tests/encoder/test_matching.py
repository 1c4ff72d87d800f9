"""The matcher with an encoder beside the words."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.understand.encoder import Encoder, Floats
from bot.understand.match import Hit, Matcher, Miss

PHRASINGS = {
    "liver": ["can kratom hurt my liver", "kratom liver damage", "is kratom bad for the liver"],
    "legal": ["is kratom legal", "kratom law in my state", "can I buy kratom legally"],
    "sleep": ["I cannot sleep in withdrawal", "insomnia after quitting", "no sleep since I stopped"],
}
_MEANT = (("liver", "hepatic", "jaundice"), ("legal", "law", "banned"), ("sleep", "insomnia", "awake"))


class Concepts:
    """An encoder that knows three groups of words, one number each, and counts what it is asked."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.messages += texts
        return self.encode_content(texts)

    def encode_content(self, texts: Sequence[str]) -> Floats:
        rows = [[0.1, *(float(any(w in t.lower() for w in group)) for group in _MEANT)] for t in texts]
        made = np.array(rows, dtype=np.float32).reshape(-1, 4)
        unit: Floats = made / np.linalg.norm(made, axis=1)[:, None]
        return unit


class Broken(Concepts):
    """An encoder that breaks: at content, or only at messages."""

    def __init__(self, *, at_content: bool) -> None:
        super().__init__()
        self._at_content = at_content

    def encode(self, texts: Sequence[str]) -> Floats:
        raise RuntimeError(len(texts))

    def encode_content(self, texts: Sequence[str]) -> Floats:
        if self._at_content:
            raise RuntimeError(len(texts))
        return super().encode_content(texts)


def test_a_paraphrase_without_a_common_word_is_found() -> None:
    """Words that no phrasing has lead to the answer that means the same, with the near phrasing shown."""
    explained = Matcher(PHRASINGS, encoder=Concepts()).explain("jaundice hepatic trouble")
    assert explained.evidence[0].answer_id == "liver"
    assert explained.evidence[0].meaning == pytest.approx(1, abs=0.05)
    assert explained.evidence[0].phrasing in PHRASINGS["liver"]


def test_a_phrasing_needs_no_encoder() -> None:
    """A question that is one of the phrasings is answered by words alone: the encoder is not asked."""
    encoder = Concepts()
    decision = Matcher(PHRASINGS, encoder=encoder).decide("Is kratom legal?")
    assert isinstance(decision, Hit)
    assert decision.candidates[0].answer_id == "legal"
    assert not encoder.messages


def test_a_repaired_question_is_read_both_ways() -> None:
    """A misspelt question is encoded as typed and as repaired."""
    encoder = Concepts()
    Matcher(PHRASINGS, encoder=encoder).rank("what about my livver then")
    assert encoder.messages == ["what about my livver then", "what about my liver then"]


@pytest.mark.parametrize("at_content", [True, False])
def test_a_broken_encoder_leaves_the_words(*, at_content: bool) -> None:
    """An encoder that raises changes nothing but speed: the words decide, and each error is told of."""
    errors: list[Exception] = []
    broken = Matcher(PHRASINGS, encoder=Broken(at_content=at_content), encoder_failed=errors.append)
    plain = Matcher(PHRASINGS)
    for text in ("my liver hurts", "asleep at last", "?"):
        assert broken.decide(text) == plain.decide(text)
    assert errors
    assert all(isinstance(error, RuntimeError) for error in errors)


@pytest.mark.parametrize(
    ("text", "answer_id"),
    [
        ("up all night staring at the ceiling", "sleep"),
        ("will I get arrested for having it", "legal"),
        ("could this damage my organs, like the liver", "liver"),
    ],
)
def test_content_without_thresholds_of_its_own_is_served(minilm: Encoder, text: str, answer_id: str) -> None:
    """With the thresholds for any subject, a question in other words gets its answer, or the offer of it."""
    decision = Matcher(PHRASINGS, encoder=minilm).decide(text)
    assert not isinstance(decision, Miss)
    assert decision.candidates[0].answer_id == answer_id


@pytest.mark.parametrize("text", ["a table for two tomorrow", "who won the match last night"])
def test_content_without_thresholds_of_its_own_is_not_pressed(minilm: Encoder, text: str) -> None:
    """With the thresholds for any subject, a question about something else is sent no answer."""
    assert not isinstance(Matcher(PHRASINGS, encoder=minilm).decide(text), Hit)


@pytest.mark.parametrize("phrasings", [{}, {"a": []}, {"a": ["one"]}, {"a": ["one"], "b": ["one"]}])
def test_any_phrasings_build(phrasings: dict[str, list[str]]) -> None:
    """A matcher with an encoder builds from no phrasings, one, or the same for two answers."""
    Matcher(phrasings, encoder=Concepts()).decide("one or two things")


def test_the_real_encoder_finds_what_words_miss(minilm: Encoder) -> None:
    """With all-MiniLM-L6-v2, a question in other words finds its answer."""
    matcher = Matcher(PHRASINGS, encoder=minilm)
    assert matcher.rank("up all night staring at the ceiling")[0].answer_id == "sleep"
    assert matcher.rank("will I get arrested for having it")[0].answer_id == "legal"

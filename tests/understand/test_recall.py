"""The recall layer raises what the rules miss, and never silences them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.learned import (
    EXAMPLES,
    FILE,
    KEPT_OUT,
    Learned,
    examples_digest,
    read_examples,
    read_learned,
    read_messages,
    write_learned,
)
from bot.content.model import Library
from bot.content.tuned import FILE as TUNED
from bot.content.tuned import Tuned, read_tuned, write_tuned
from bot.evaluate.questions import HELD_OUT, part_files
from bot.learn import labelled_texts, learn, mistyped
from bot.understand.guardrails import Guardrails
from bot.understand.layers import Layered
from bot.understand.recall import MOST_PARTS, Recall, features, parts
from bot.understand.text import normalise, words
from tests.conftest import ANSWERS

SHIPPED = ANSWERS / "en" / "guardrails"


class Broken:
    """An encoder that fails."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        raise RuntimeError("broken")

    encode_content = encode


@pytest.fixture(scope="module")
def learned() -> Learned:
    """The shipped numbers."""
    found = read_learned(SHIPPED)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def recall(learned: Learned) -> Recall:
    """The shipped layer, by words alone."""
    return Recall(learned)


@pytest.fixture(scope="module")
def layered(library: Library, recall: Recall) -> Layered:
    """Rules and layer, as shipped."""
    return Layered(Guardrails(library.guardrails), library.guardrails, recall)


def test_the_shipped_numbers_are_of_the_shipped_messages() -> None:
    """learned.npz was trained on the labelled messages beside it: after a change, `make learn`."""
    learned, tuned = read_learned(SHIPPED), read_tuned(SHIPPED)
    assert learned is not None
    assert tuned is not None
    assert tuned.labels == learned.labels
    assert learned.digest == examples_digest(SHIPPED)


@given(st.text(max_size=300))
def test_any_text_is_judged(recall: Recall, text: str) -> None:
    """Every text gets probabilities that add up to 1."""
    judged = recall.judge(text).words
    for shares in (judged.whole, judged.part):
        assert sum(shares.values()) == pytest.approx(1, abs=1e-4)


@given(st.text(max_size=4096))
def test_a_long_text_has_few_parts(text: str) -> None:
    """However long a message, a bounded number of parts is read again."""
    assert len(parts(text)) <= MOST_PARTS
    found = features(text, 1 << 15)
    assert list(found) == sorted(set(found))


def test_an_alarm_of_a_rule_always_stands(library: Library, layered: Layered) -> None:
    """Whatever the layer thinks, every example of a crisis rule stays a crisis."""
    for rule in library.guardrails["crisis"].rules:
        if rule.level == "alarm":
            for example in rule.examples:
                alarm = layered.check(example).alarm
                assert alarm is not None
                assert alarm.kind == "crisis", example


def test_the_layer_adds_to_the_rules(library: Library, layered: Layered) -> None:
    """Among the labelled dangers, the layer raises many that no rule sees."""
    rules = Guardrails(library.guardrails)
    messages = [
        m for label, ms in read_examples(SHIPPED).items() if label.startswith("crisis.") for m in ms[::25]
    ]
    by_rules = sum(_is_crisis(rules.check(m)) for m in messages)
    together = sum(_is_crisis(layered.check(m)) for m in messages)
    assert together > by_rules
    assert together >= 0.9 * len(messages)


def a_tuned(learned: Learned, *, says: str) -> Tuned:
    """Numbers by which the encoder is certain that everything is `says`."""
    bias = np.array([20.0 if label == says else 0.0 for label in learned.labels], dtype=np.float32)
    return Tuned(learned.labels, np.zeros((1, len(bias)), np.float32), bias, {}, ("a",), learned.digest)


class Same(Broken):
    """An encoder that gives every text the same vector."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.ones((len(texts), 1), dtype=np.float32)


def test_a_broken_encoder_leaves_words_to_decide(learned: Learned) -> None:
    """When the encoder raises, it is reported, and the layer judges by words."""
    seen: list[Exception] = []
    tuned = a_tuned(learned, says="none")
    judged = Recall(learned, tuned, Broken(), seen.append).judge("i want to die")
    assert judged.together is None
    assert judged.words == Recall(learned).judge("i want to die").words
    assert len(seen) == 1


def test_the_encoder_only_raises(library: Library, learned: Learned) -> None:
    """An encoder that hears no danger silences nothing; one that hears danger is heard."""
    rules = Guardrails({})
    deaf = Recall(learned, a_tuned(learned, says="none"), Same())
    sharp = Recall(learned, a_tuned(learned, says="crisis.overdose"), Same())
    assert _is_crisis(Layered(rules, library.guardrails, deaf).check("i am going to kill myself tonight"))
    assert not _is_crisis(Layered(rules, library.guardrails, Recall(learned)).check("is kratom a tree"))
    assert _is_crisis(Layered(rules, library.guardrails, sharp).check("is kratom a tree"))


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("where can i buy cheap kratom powder online", "sourcing"),
        ("how many caps for a first timer", "dosing"),
    ],
)
def test_words_that_are_certain_are_heard(
    library: Library, learned: Learned, message: str, kind: str
) -> None:
    """An encoder that hears nothing does not outvote words that are certain of buying or an amount."""
    deaf = Recall(learned, a_tuned(learned, says="none"), Same())
    alarm = Layered(Guardrails({}), library.guardrails, deaf).check(message).alarm
    assert alarm is not None
    assert alarm.kind == kind


def test_numbers_for_other_labels_are_refused(learned: Learned) -> None:
    """tuned.npz must know the labels that learned.npz knows."""
    other = a_tuned(learned, says="none")
    with pytest.raises(ValueError, match="different labels"):
        Recall(learned, replace(other, labels=("none",)), Same())


def test_what_was_tuned_is_read_again(tmp_path: Path, learned: Learned) -> None:
    """tuned.npz comes back as it was written; a damaged one is refused in words."""
    tuned = replace(
        a_tuned(learned, says="none"),
        changes={"encoder.layer.0.output.dense": (np.ones((4, 2), np.float16), np.ones((2, 1), np.float16))},
    )
    write_tuned(tmp_path, tuned)
    assert read_tuned(tmp_path) == tuned
    write_tuned(tmp_path, replace(tuned, bias=tuned.bias[:-1]))
    with pytest.raises(ValueError, match="do not fit together"):
        read_tuned(tmp_path)
    (tmp_path / TUNED).write_bytes(b"something else")
    with pytest.raises(ValueError, match="is no file of trained numbers"):
        read_tuned(tmp_path)


def test_what_is_measured_on_is_not_learned(library: Library) -> None:
    """No message that is kept out, held out, fresh or unseen is learned from, in other capitals or marks."""
    plain = {tuple(words(normalise(text))) for text in labelled_texts(library, SHIPPED)[0]}
    measured = [text for texts in read_messages(SHIPPED / KEPT_OUT).values() for text in texts]
    for part in sorted(HELD_OUT):
        for file in part_files(ANSWERS, part):
            measured += [line.split("\t")[3] for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(measured) > 3000
    assert not [text for text in measured if tuple(words(normalise(text))) in plain]


def test_training_writes_what_reading_reads(tmp_path: Path, library: Library) -> None:
    """`learn` trains on labelled messages and writes numbers that tell them apart."""
    pytest.importorskip("sklearn")
    (tmp_path / EXAMPLES).mkdir()
    dangers = [f"i will hurt myself tonight number {n}" for n in range(20)]
    harmless = [f"what is the weather in town {n}" for n in range(20)]
    (tmp_path / EXAMPLES / "crisis.suicide.txt").write_text(
        "\n".join(["# danger", *dangers]), encoding="utf-8"
    )
    (tmp_path / EXAMPLES / "none.a.txt").write_text("\n".join(harmless), encoding="utf-8")
    learn(library, tmp_path)
    learned = read_learned(tmp_path)
    assert learned is not None
    recall = Recall(learned)
    assert recall.judge("i will hurt myself").words.whole["crisis.suicide"] > 0.5
    assert recall.judge("weather in town").words.whole["none"] > 0.5


def test_slips_are_small() -> None:
    """A mistyped text keeps about its length, and short words."""
    import random

    text = "i can not breathe and my chest hurts so much right now"
    assert abs(len(mistyped(text, random.Random(1))) - len(text)) < 15


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 broken", b"x" * 6_000_000])
def test_broken_numbers_are_refused(tmp_path: Path, raw: bytes) -> None:
    """A learned.npz that is cut short, altered or huge is refused with a sentence."""
    (tmp_path / FILE).write_bytes(raw)
    with pytest.raises(ValueError, match=r"cannot be read|bytes"):
        read_learned(tmp_path)


def test_numbers_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    """Columns that do not match the labels, and numbers that are none, are refused."""
    learned = read_learned(SHIPPED)
    assert learned is not None
    from dataclasses import replace

    for wrong in (
        replace(learned, labels=learned.labels[:-1]),
        replace(learned, words_bias=learned.words_bias * np.nan),
    ):
        write_learned(tmp_path, wrong)
        with pytest.raises(ValueError, match="do not fit together"):
            read_learned(tmp_path)


def test_without_numbers_there_is_no_layer(tmp_path: Path) -> None:
    """Content without learned.npz works by rules alone."""
    assert read_learned(tmp_path) is None


def _is_crisis(verdict: object) -> bool:
    alarm = getattr(verdict, "alarm", None)
    return alarm is not None and alarm.kind == "crisis"

"""The recall layer raises what the rules miss, and never silences them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.learned import EXAMPLES, FILE, examples_digest, read_examples, read_learned, write_learned
from bot.content.model import Library
from bot.learn import learn, mistyped
from bot.understand.guardrails import Guardrails
from bot.understand.layers import Layered
from bot.understand.recall import MOST_PARTS, Recall, features, parts
from tests.conftest import ANSWERS

SHIPPED = ANSWERS / "en" / "guardrails"


class Broken:
    """An encoder that fails."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        raise RuntimeError("broken")

    encode_content = encode


@pytest.fixture(scope="module")
def recall() -> Recall:
    """The shipped layer, by words alone."""
    learned = read_learned(SHIPPED)
    assert learned is not None
    return Recall(learned)


@pytest.fixture(scope="module")
def layered(library: Library, recall: Recall) -> Layered:
    """Rules and layer, as shipped."""
    return Layered(Guardrails(library.guardrails), library.guardrails, recall)


def test_the_shipped_numbers_are_of_the_shipped_messages() -> None:
    """learned.npz was trained on the labelled messages beside it: after a change, `make learn`."""
    learned = read_learned(SHIPPED)
    assert learned is not None
    assert learned.digest == examples_digest(SHIPPED)


@given(st.text(max_size=300))
def test_any_text_is_judged(recall: Recall, text: str) -> None:
    """Every text gets probabilities that add up to 1."""
    judged = recall.judge(text)
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


def test_a_broken_encoder_leaves_words_to_decide(library: Library) -> None:
    """When the encoder raises, it is reported, and the layer judges by words."""
    learned = read_learned(SHIPPED)
    assert learned is not None
    seen: list[Exception] = []
    judged = Recall(learned, Broken(), seen.append).judge("I want to die")
    assert not judged.with_encoder
    assert judged.whole == Recall(learned).judge("I want to die").whole
    assert len(seen) == 1


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
    learn(library, tmp_path, None)
    learned = read_learned(tmp_path)
    assert learned is not None
    assert learned.meaning is None
    recall = Recall(learned)
    assert recall.judge("i will hurt myself").whole["crisis.suicide"] > 0.5
    assert recall.judge("weather in town").whole["none"] > 0.5


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

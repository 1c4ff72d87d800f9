"""Texts → vectors."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.tuned import Tuned
from bot.encoder.weights import load
from bot.understand.encoder import Encoder, Floats, Shape
from bot.understand.encoder_network import Network
from bot.understand.encoder_wordpiece import WordPiece, split
from tests.encoder import tiny


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(tiny.tensors(), tiny.VOCABULARY, Shape(heads=4))


def test_the_network_agrees_with_bert_of_transformers(reference: dict[str, Any]) -> None:
    """The numpy network gives the vectors that transformers' BertModel gives for the same tensors."""
    network = Network(tiny.tensors(), Shape(heads=4))
    for pieces, expected in zip(reference["tiny_pieces"], reference["tiny_vectors"], strict=True):
        vector = network.encode(np.array([pieces]))[0]
        assert vector @ np.array(expected) / np.linalg.norm(vector) > 0.9999


def test_minilm_agrees_with_sentence_transformers(
    minilm: Encoder, reference: dict[str, Any], reference_vectors: Floats
) -> None:
    """Every reference text has a cosine of at least 0.999 with the vector that PyTorch computed."""
    assert minilm.dimensions == 384
    assert (minilm.encode(reference["texts"]) * reference_vectors).sum(axis=1).min() > 0.999


def test_minilm_has_the_pieces_of_the_rust_tokenizer(minilm: Encoder, reference: dict[str, Any]) -> None:
    """The word pieces of the reference texts are those of the package `tokenizers`."""
    assert [minilm._pieces.numbers(text) for text in reference["texts"]] == reference["pieces"]


def test_near_in_meaning_is_near_in_angle(minilm: Encoder) -> None:
    """A paraphrase without a shared content word is nearer than a question on something else."""
    asked, meant, other = minilm.encode(
        ["my stomach is killing me since I stopped", "nausea during withdrawal", "where can I park the car"]
    )
    assert asked @ meant > asked @ other + 0.1


@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_text_has_a_vector_of_length_one(encoder: Encoder, texts: list[str]) -> None:
    """Whatever is typed gets a finite vector of length 1, and no text changes the vector of another."""
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), 32)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = [encoder.encode([text])[0] for text in texts]
    assert all(np.allclose(one, many, atol=1e-4) for one, many in zip(alone, vectors, strict=True))


def test_the_end_of_a_long_text_counts(encoder: Encoder) -> None:
    """A text longer than the model reads at once is read in parts, to its last word."""
    long = "how long does withdrawal last " * 8
    plain, changed = encoder.encode([long + "a a a", long + "with alcohol ?"])
    assert plain @ changed < 0.9999
    assert np.linalg.norm(changed) == pytest.approx(1, abs=1e-5)


def test_threads_share_an_encoder(encoder: Encoder) -> None:
    """Threads that encode at the same time get what one alone gets."""
    texts = ["is it safe", "how long does it last?", "kratom", "take kratom with alcohol"] * 10
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: encoder.encode([text])[0], texts))
    assert np.allclose(together, encoder.encode(texts), atol=1e-5)


def test_the_same_folder_gives_the_same_vectors(folder: Path, encoder: Encoder) -> None:
    """Tensors written to a file and read again give the same vectors, to the last bit."""
    assert np.array_equal(load(folder)[0].encode(["is it safe"]), encoder.encode(["is it safe"]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is it SAFE?", ["is", "it", "safe", "?"]),
        ("Café", ["cafe"]),
        ("a\u200bb\tc", ["ab", "c"]),
        ("7-oh", ["7", "-", "oh"]),
        ("x中y", ["x", "中", "y"]),
        ("“hi”…", ["“", "hi", "”", "…"]),
        ("\x00\ufffd", []),
    ],
)
def test_words_are_split_as_bert_does(text: str, expected: list[str]) -> None:
    """Case and accents go, punctuation and Chinese characters stand alone, invisible characters go."""
    assert split(text) == expected


def test_ascii_is_split_like_the_rest() -> None:
    """The short way for ASCII gives what the long way gives, for every ASCII character."""
    text = "".join(f"a{chr(code)}B" for code in range(128))
    assert split(text) == [word for word in split(text + " é") if word != "e"]


def test_unknown_and_endless_words_are_one_unknown_piece() -> None:
    """A word that the vocabulary cannot spell, or of more than 100 letters, is one [UNK]."""
    pieces = WordPiece(tiny.VOCABULARY)
    assert pieces.numbers("kratoms zzz") == [
        tiny.VOCABULARY.index("kratom"), tiny.VOCABULARY.index("##s"), tiny.VOCABULARY.index("[UNK]"),
    ]  # fmt: skip
    assert pieces.numbers("s" * 101) == [tiny.VOCABULARY.index("[UNK]")]


def test_a_typed_separator_is_text() -> None:
    """Typing [SEP] does not end the text for the model."""
    assert tiny.VOCABULARY.index("[SEP]") not in WordPiece(tiny.VOCABULARY).numbers("is it [SEP] safe")


@pytest.mark.parametrize(
    ("vocabulary", "sentence"),
    [
        (tiny.VOCABULARY[:-1], "word pieces, but vectors for"),
        ([*tiny.VOCABULARY[:-1], "is"], "a piece twice"),
        (["x", *tiny.VOCABULARY[:2], *tiny.VOCABULARY[3:]], r"no \[CLS\]"),
    ],
)
def test_a_vocabulary_of_another_model_is_refused(vocabulary: list[str], sentence: str) -> None:
    """A vocabulary that does not belong to the tensors raises, saying what is wrong."""
    with pytest.raises(ValueError, match=sentence):
        Encoder(tiny.tensors(), vocabulary, Shape(heads=4))


def test_a_missing_tensor_is_named() -> None:
    """Tensors without one that is needed raise with its name."""
    tensors = tiny.tensors()
    del tensors["encoder.layer.1.attention.self.key.bias"]
    with pytest.raises(ValueError, match=r"layer\.1\.attention\.self\.key\.bias"):
        Network(tensors, Shape(heads=4))


def test_thin_changes_are_the_same_as_changed_weights(folder: Path, encoder: Encoder) -> None:
    """Thin matrices beside the weights do what changed weights would, and leave the encoder as it was."""
    chance = np.random.default_rng(3)
    changes, tensors = {}, tiny.tensors()
    for name in [n.removesuffix(".weight") for n in tensors if n.startswith("encoder.") and "Norm" not in n]:
        if name.endswith(".bias"):
            continue
        wide, narrow = tensors[f"{name}.weight"].shape
        down = chance.normal(0, 0.2, (narrow, 2)).astype(np.float16)
        up = chance.normal(0, 0.2, (2, wide)).astype(np.float16)
        changes[name] = (down, up)
        product = down.astype(np.float32) @ up.astype(np.float32)
        tensors[f"{name}.weight"] = (tensors[f"{name}.weight"] + product.T).astype(np.float32)
    texts = ["is it safe to take kratom with alcohol", "a b c"]
    before = encoder.encode(texts)
    tuned = Tuned(("a",), np.zeros((tiny.WIDTH, 1), np.float32), np.zeros(1, np.float32), changes, ("x",), "")
    changed = Encoder(tensors, tiny.VOCABULARY, Shape(heads=4))
    assert np.allclose(encoder.tuned(tuned).encode(texts), changed.encode(texts), atol=2e-3)
    assert not np.allclose(before, changed.encode(texts), atol=2e-2)
    assert np.array_equal(encoder.encode(texts), before)


def test_changes_for_another_network_are_refused(encoder: Encoder) -> None:
    """Changes that name a layer that is not there, or do not fit, are refused."""

    def tuned(name: str, width: int) -> Tuned:
        pair = (np.ones((width, 2), np.float16), np.ones((2, width), np.float16))
        return Tuned(("a",), np.zeros((1, 1), np.float32), np.zeros(1, np.float32), {name: pair}, ("x",), "")

    with pytest.raises(ValueError, match=r"encoder\.layer\.9\.output\.dense is no dense layer"):
        encoder.tuned(tuned("encoder.layer.9.output.dense", tiny.WIDTH))
    with pytest.raises(ValueError, match=r"mismatch|broadcast|shape"):
        encoder.tuned(tuned("encoder.layer.0.output.dense", 5))

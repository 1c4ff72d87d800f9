"""Vectors of content on disk."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.content.tuned import Tuned
from bot.encoder.cache import CachedEncoder, cache_folder
from bot.understand.encoder import Floats, SentenceEncoder


class Counting:
    """An encoder that turns letters into vectors, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.asked += texts
        made = np.array([[len(t) + 1, t.count("a"), t.count("b")] for t in texts], dtype=np.float32)
        unit: Floats = (
            made.reshape(-1, 3) / np.maximum(np.linalg.norm(made.reshape(-1, 3), axis=1), 1)[:, None]
        )
        return unit

    def encode_content(self, texts: Sequence[str]) -> Floats:
        return self.encode(texts)

    def tuned(self, tuned: Tuned) -> SentenceEncoder:
        return self


def test_content_is_encoded_once(tmp_path: Path) -> None:
    """A second start takes every vector from the disk, in the order asked, and encodes only what is new."""
    first, second = Counting(), Counting()
    made = CachedEncoder(first, "d" * 64, tmp_path, pytest.fail).encode_content(["a", "bb", "a"])
    found = CachedEncoder(second, "d" * 64, tmp_path, pytest.fail).encode_content(["bb", "new", "a"])
    assert (first.asked, second.asked) == (["a", "bb"], ["new"])
    assert np.array_equal(found[[0, 2]], made[[1, 0]])


def test_other_weights_have_other_vectors(tmp_path: Path) -> None:
    """Vectors of one model are never taken for those of another."""
    CachedEncoder(Counting(), "d" * 64, tmp_path, pytest.fail).encode_content(["a"])
    other = Counting()
    CachedEncoder(other, "e" * 64, tmp_path, pytest.fail).encode_content(["a"])
    assert other.asked == ["a"]


def test_messages_are_not_kept(tmp_path: Path) -> None:
    """Encoding a message writes nothing."""
    CachedEncoder(Counting(), "d" * 64, tmp_path, pytest.fail).encode(["I am in trouble"])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", [b"", b"not a zip file", b"PK\x03\x04" + b"x" * 99])
def test_a_damaged_cache_is_made_again(tmp_path: Path, damage: bytes) -> None:
    """A cache that cannot be read is told of in one line, and replaced."""
    told: list[str] = []
    cached = CachedEncoder(Counting(), "d" * 64, tmp_path, told.append)
    expected = cached.encode_content(["a", "b"])
    cached.path.write_bytes(damage)
    assert np.array_equal(cached.encode_content(["a", "b"]), expected)
    assert len(told) == 1
    assert "\n" not in told[0]
    assert np.array_equal(
        CachedEncoder(Counting(), "d" * 64, tmp_path, pytest.fail).encode_content(["a"]), expected[:1]
    )


def test_damaged_vectors_are_not_used(tmp_path: Path) -> None:
    """A cache whose vectors are not of length 1, or of another kind, is made again."""
    told: list[str] = []
    cached = CachedEncoder(Counting(), "d" * 64, tmp_path, told.append)
    expected = cached.encode_content(["a"])
    with np.load(cached.path) as stored:
        keys = stored["keys"]
    for vectors in (expected * 2, expected * np.nan, expected.astype(np.float64), expected[0], expected[:0]):
        np.savez(cached.path, keys=keys, vectors=vectors)
        assert np.array_equal(cached.encode_content(["a"]), expected)
    assert len(told) == 5


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """Where the folder cannot be made, the vectors come all the same, and one line says why it is slow."""
    (tmp_path / "file").touch()
    told: list[str] = []
    cached = CachedEncoder(Counting(), "d" * 64, tmp_path / "file", told.append)
    assert cached.encode_content(["a"]).shape == (1, 3)
    assert "FAQBOT_CACHE" in told[-1]


def test_no_content_needs_no_cache(tmp_path: Path) -> None:
    """No texts give no vectors, and no file."""
    assert CachedEncoder(Counting(), "d" * 64, tmp_path, pytest.fail).encode_content([]).shape == (0, 3)
    assert not list(tmp_path.iterdir())


def test_the_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """FAQBOT_CACHE comes first, then the user's cache folder."""
    monkeypatch.delenv("FAQBOT_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "faqbot"
    monkeypatch.setenv("FAQBOT_CACHE", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own"

"""Vectors of content, kept on disk by digest of weights and text, so that a start is quick.

One .npz file for each set of weights: `keys` (n, 16) bytes and `vectors` (n, d). Written to a
new file which then takes the old one's place, so a reader never sees half of it. Only texts of
the content are kept, as digests; never a message.
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from bot.content.tuned import Tuned
from bot.understand.encoder import Floats, SentenceEncoder, TunableEncoder

_KEY_BYTES = 16
_MOST = 50_000
"""Vectors kept (75 MB for 384 numbers each); beyond, only those last asked for stay."""


def cache_folder() -> Path:
    """Return FAQBOT_CACHE, or else `faqbot` in the user's cache folder (XDG base directories)."""
    own = os.environ.get("FAQBOT_CACHE")
    if own:
        return Path(own).expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "faqbot"


class CachedEncoder:
    """An encoder that computes the vectors of a content text only once. Safe to share between threads."""

    def __init__(
        self,
        encoder: TunableEncoder,
        digest: str,
        folder: Path,
        warn: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Keep what `encoder`, whose weights have this `digest`, computes in `folder`.

        `warn` is told, in one sentence, of a cache that cannot be read or written; all works
        without it.
        """
        self.path = folder / f"vectors-{digest[:16]}.npz"
        self._encoder, self._digest, self._warn = encoder, digest, warn
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one unit vector a text; nothing of the texts is kept."""
        return self._encoder.encode(texts)

    def tuned(self, tuned: Tuned) -> SentenceEncoder:
        """Return the encoder changed by `tuned`, without a cache: no content is read with it.

        Raises ValueError where `tuned` is for another model.
        """
        if self._digest not in tuned.models:
            raise ValueError("tuned.npz is for another encoder than this one")
        return self._encoder.tuned(tuned)

    def encode_content(self, texts: Sequence[str]) -> Floats:
        """Return one unit vector a text, from the cache where it is there."""
        if not texts:
            return self._encoder.encode(texts)
        keys = [_key(text) for text in texts]
        with self._lock:
            known = self._read()
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            if missing:
                fresh = self._encoder.encode(list(missing.values()))
                known.update(zip(missing, fresh, strict=True))
                self._write(known if len(known) <= _MOST else {key: known[key] for key in keys})
            return np.stack([known[key] for key in keys])

    def _read(self) -> dict[bytes, Floats]:
        try:
            with self.path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                keys, vectors = stored["keys"], stored["vectors"]
            _check(keys, vectors)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            self._warn(
                f"The cache of vectors {self.path} cannot be used ({_short(error)}): it is made again."
            )
            return {}
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}

    def _write(self, known: dict[bytes, Floats]) -> None:
        keys = np.frombuffer(b"".join(known), dtype=np.uint8).reshape(-1, _KEY_BYTES)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.path.parent, suffix=".part", delete=False) as file:
                try:
                    np.savez(file, keys=keys, vectors=np.stack(list(known.values())))
                except OSError:
                    Path(file.name).unlink(missing_ok=True)
                    raise
            Path(file.name).replace(self.path)
        except OSError as error:
            self._warn(
                f"The cache of vectors {self.path} cannot be written ({_short(error)}): each start computes "
                "them again. FAQBOT_CACHE names another folder."
            )


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_KEY_BYTES]


def _check(keys: NDArray[np.uint8], vectors: Floats) -> None:
    if keys.dtype != np.uint8 or keys.shape != (len(vectors), _KEY_BYTES) or vectors.dtype != np.float32:
        raise ValueError("it holds something else")
    if vectors.ndim != 2 or not np.allclose(np.einsum("ij,ij->i", vectors, vectors), 1, atol=1e-3):
        raise ValueError("its vectors are damaged")


def _short(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).splitlines()[0][:80] if str(error) else type(error).__name__

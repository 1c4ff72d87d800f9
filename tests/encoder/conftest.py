"""The tiny model in a folder, the real one where it is, and vectors that PyTorch computed once.

`reference.json` and `reference.npz` were made with torch 2.13.0: `texts`, `pieces` and the
vectors by sentence-transformers with all-MiniLM-L6-v2 (128 pieces, one text at a time),
`tiny_pieces` and `tiny_vectors` by transformers' BertModel with the tensors of `tiny`.
"""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.encoder.weights import EncoderUnavailableError, find, load
from bot.understand.encoder import Encoder, Floats
from tests.encoder import tiny

HERE = Path(__file__).resolve().parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the tiny model."""
    return tiny.model(tmp_path / "tiny")


@pytest.fixture(scope="session")
def minilm() -> Encoder:
    """all-MiniLM-L6-v2, where `make encoder` has fetched it."""
    try:
        found = find(os.environ.get("FAQBOT_ENCODER"))
    except EncoderUnavailableError as error:
        pytest.skip(str(error))
    if found is None or (found / "SHA256SUMS").exists():
        pytest.skip("FAQBOT_ENCODER is off or another model")
    return load(found)[0]


@pytest.fixture(scope="session")
def reference() -> dict[str, Any]:
    """Texts, their pieces, and what PyTorch made of them."""
    told: dict[str, Any] = json.loads((HERE / "reference.json").read_text(encoding="utf-8"))
    return told


@pytest.fixture(scope="session")
def reference_vectors() -> Floats:
    """One unit vector for each of the reference texts."""
    with np.load(HERE / "reference.npz") as stored:
        return np.asarray(stored["vectors"], dtype=np.float32)

"""A made-up BERT small enough to sit in a test: 2 layers, 32 numbers, 4 heads, 16 places."""

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.encoder.tensors import write

VOCABULARY = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "is", "it", "safe", "to", "take", "kratom", "with", "alcohol", "how",
    "long", "does", "withdrawal", "last", "a", "b", "c", "##s", "##ing", "?", ".", "中", "cafe",
]  # fmt: skip
CONFIG = {"hidden_act": "gelu", "num_attention_heads": 4, "layer_norm_eps": 1e-12}
WIDTH, INNER, PLACES, LAYERS = 32, 64, 16, 2


def tensors() -> dict[str, NDArray[np.float16]]:
    """Return the tensors, the same every time."""
    chance = np.random.default_rng(6)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(VOCABULARY), WIDTH),
        "embeddings.position_embeddings.weight": (PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
    }
    norms = ["embeddings.LayerNorm"]
    for i in range(LAYERS):
        layer = f"encoder.layer.{i}."
        for part in ("self.query", "self.key", "self.value", "output.dense"):
            shapes |= _dense(f"{layer}attention.{part}", WIDTH, WIDTH)
        shapes |= _dense(f"{layer}intermediate.dense", INNER, WIDTH) | _dense(
            f"{layer}output.dense", WIDTH, INNER
        )
        norms += [f"{layer}attention.output.LayerNorm", f"{layer}output.LayerNorm"]
    for norm in norms:
        shapes |= {f"{norm}.weight": (WIDTH,), f"{norm}.bias": (WIDTH,)}
    made = {name: chance.normal(0, 0.3, shapes[name]) for name in sorted(shapes)}
    return {name: (made[name] + (name.endswith("Norm.weight"))).astype(np.float16) for name in made}


def _dense(name: str, out: int, into: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (out, into), f"{name}.bias": (out,)}


def model(folder: Path) -> Path:
    """Write the model as a folder of one's own, with its digests; return the folder."""
    folder.mkdir(parents=True)
    write(folder / "model.safetensors", tensors())
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    (folder / "config.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    sign(folder)
    return folder


def sign(folder: Path) -> None:
    """Write the digests of the files as they are now."""
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}" for p in sorted(folder.iterdir())]
    (folder / "SHA256SUMS").write_text("\n".join(lines), encoding="utf-8")

"""`faqbot tune`: teach the sentence encoder's network what danger, amounts and buying sound like.

The published network knows which sentences mean much the same; that "he's gone floppy" is nearer to
an overdose than to a soft toy it learns here, from the labelled messages. Only thin matrices beside
its own are trained (LoRA, Hu et al. 2021, arXiv:2106.09685). Needs JAX and optax, which only
maintainers install (`make tune`), and about an hour on two cores; the bot needs neither.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.content.learned import examples_digest
from bot.content.model import Library
from bot.content.tuned import Tuned, write_tuned
from bot.encoder import EncoderUnavailableError
from bot.encoder.tensors import read
from bot.encoder.weights import find, load, models_like, weights_file
from bot.learn import labelled_texts, mistyped, needed
from bot.understand.encoder_network import DENSE
from bot.understand.recall import parts
from bot.understand.text import normalise

RANK = 16
"""Width of the thin matrices; those of a narrower tuned.npz are widened."""
RATE = 2e-3
"""Highest learning rate; it rises over the first twentieth of the steps and falls to nothing."""
ROUNDS = 3
KEPT = 0.3
"""Share of the numbers from before that stays where training goes on from a tuned.npz."""
PIECES = 2048
"""Word pieces of one step."""
_SHARPNESS = 8.0
"""Vectors have length 1: what the head says of them is multiplied by this."""
_SMOOTHING, _DROPPED = 0.03, 0.1
_MISTYPED, _PARTS = 0.5, 0.34
_LENGTHS = (8, 12, 16, 20, 24, 32, 48, 64, 96, 128)
Row = tuple[list[int], int]
"""Piece numbers, label number."""
Batch = tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int32], NDArray[np.float32]]
"""Piece numbers (b, n), which of them count (b, n), label numbers (b,), which rows count (b,)."""


def tune(
    library: Library, folder: Path, setting: str | None, tell: Callable[[str], None], *, rounds: int = ROUNDS
) -> Tuned:
    """Train on guardrails folder `folder` and the answers' phrasings, and write tuned.npz there.

    Goes on from the tuned.npz that is there, if it knows the same labels. `setting` is
    FAQBOT_ENCODER; `tell` hears of progress; in each of `rounds` every text is read once.

    Raises InputError where a package, or EncoderUnavailableError where the encoder, is missing.
    """
    weights = find(setting)
    if weights is None:
        raise EncoderUnavailableError("FAQBOT_ENCODER is off: there is no encoder to tune.")
    encoder, digest = load(weights)
    texts, labels = labelled_texts(library, folder)
    names = tuple(sorted(set(labels)))
    number = {name: i for i, name in enumerate(names)}
    numbered = [(text, number[label]) for text, label in zip(texts, labels, strict=True)]
    chance = random.Random(0)  # noqa: S311  (order and slips need no secrets)
    texts_of = [list(_round(numbered, number["none"], encoder.pieces, chance)) for _ in range(rounds)]
    model = _Model(read(weights_file(weights)).tensors, len(names), heads=encoder.heads)
    before = library.tuned if library.tuned and library.tuned.labels == names else None
    start = model.start(before)
    trained = _train(model, start, [_batches(rows, chance) for rows in texts_of], tell)
    if before is not None:
        trained = _between(start, trained)
    changes = {
        name: (down.astype(np.float16), up.astype(np.float16)) for name, (down, up) in trained["thin"].items()
    }
    head = (trained["head"] * _SHARPNESS).astype(np.float32)
    tuned = Tuned(names, head, trained["bias"], changes, models_like(digest), examples_digest(folder))
    write_tuned(folder, tuned)
    return tuned


def _between(start: dict[str, Any], trained: dict[str, Any]) -> dict[str, Any]:
    """Go a part of the way back to where training started: what was known before is not lost.

    Wortsman et al. 2022, "Robust fine-tuning of zero-shot models" (arXiv:2109.01903).
    """
    mixed: dict[str, Any] = needed("jax").tree.map(
        lambda was, now: np.float32(KEPT) * np.asarray(was) + np.float32(1 - KEPT) * now, start, trained
    )
    return mixed


def _round(
    numbered: Sequence[tuple[str, int]], none: int, pieces: Callable[[str], list[int]], chance: random.Random
) -> Iterator[Row]:
    """Yield every text once, many of them mistyped, and some parts of what is harmless."""
    for text, label in numbered:
        shown = mistyped(text, chance) if chance.random() < _MISTYPED else text
        yield pieces(normalise(shown)), label
        if label == none:
            for part in parts(text):
                if chance.random() < _PARTS:
                    yield pieces(part), none


def _batches(rows: Sequence[Row], chance: random.Random) -> list[Batch]:
    """Put texts of like length together."""
    by_length: dict[int, list[Row]] = {}
    for row in rows:
        length = next(n for n in _LENGTHS if len(row[0]) <= n)
        by_length.setdefault(length, []).append(row)
    batches: list[Batch] = []
    for length, alike in by_length.items():
        chance.shuffle(alike)
        size = PIECES // length
        for start in range(0, len(alike), size):
            numbers = np.zeros((size, length), np.int32)
            mask = np.zeros((size, length), np.float32)
            mask[:, 0] = 1
            labels, count = np.zeros(size, np.int32), np.zeros(size, np.float32)
            for i, (pieces, label) in enumerate(alike[start : start + size]):
                numbers[i, : len(pieces)], mask[i, : len(pieces)] = pieces, 1
                labels[i], count[i] = label, 1
            batches.append((numbers, mask, labels, count))
    chance.shuffle(batches)
    return batches


class _Model:
    """The same network as `bot.understand.encoder_network`, in JAX, with thin matrices beside it."""

    def __init__(self, tensors: Mapping[str, Any], labels: int, heads: int) -> None:
        self.np = needed("jax.numpy")
        self.nn = needed("jax.nn")
        self.heads = heads
        self.fixed = {name: self.np.asarray(np.asarray(t, np.float32)) for name, t in tensors.items()}
        self.layers = sum(name.endswith("intermediate.dense.weight") for name in tensors)
        self.labels = labels

    def start(self, before: Tuned | None) -> dict[str, Any]:
        """Return what is trained: as it was left, or else what changes nothing yet."""
        draw = np.random.default_rng(0)
        thin = {}
        for layer in range(self.layers):
            for part in DENSE:
                name = f"encoder.layer.{layer}.{part}"
                wide, narrow = self.fixed[f"{name}.weight"].shape
                down = draw.normal(0, narrow**-0.5, (narrow, RANK)).astype(np.float32)
                up = np.zeros((RANK, wide), np.float32)
                if before is not None and name in before.changes:
                    had = before.changes[name]
                    rank = min(had[0].shape[1], RANK)
                    down[:, :rank], up[:rank] = had[0][:, :rank], had[1][:rank]
                thin[name] = (down, up)
        if before is not None:
            return {"thin": thin, "head": before.head / np.float32(_SHARPNESS), "bias": before.bias}
        width = self.fixed["embeddings.word_embeddings.weight"].shape[1]
        head = np.zeros((width, self.labels), np.float32)
        return {"thin": thin, "head": head, "bias": np.zeros(self.labels, np.float32)}

    def odds(self, trained: Any, fixed: Any, numbers: Any, mask: Any, kept: Any) -> Any:
        """Return the log-odds of each label for texts (b, n); `kept` (b, d) thins the vectors out."""
        vectors = self._vectors(trained["thin"], fixed, numbers, mask) * kept
        return _SHARPNESS * (vectors @ trained["head"]) + trained["bias"]

    def _vectors(self, thin: Any, fixed: Any, numbers: Any, mask: Any) -> Any:
        pieces = numbers.shape[1]
        x = fixed["embeddings.word_embeddings.weight"][numbers]
        x = x + fixed["embeddings.position_embeddings.weight"][:pieces]
        x = self._normal(
            fixed, "embeddings.LayerNorm", x + fixed["embeddings.token_type_embeddings.weight"][0]
        )
        hidden = (mask[:, None, None, :] - 1) * 1e9
        for layer in range(self.layers):
            name = f"encoder.layer.{layer}."
            attended = self._attention(thin, fixed, name, x, hidden)
            x = self._normal(fixed, f"{name}attention.output.LayerNorm", x + attended)
            wide = self.nn.gelu(self._dense(thin, fixed, f"{name}intermediate.dense", x), approximate=True)
            narrow = self._dense(thin, fixed, f"{name}output.dense", wide)
            x = self._normal(fixed, f"{name}output.LayerNorm", x + narrow)
        mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        return mean / self.np.sqrt((mean * mean).sum(-1, keepdims=True))

    def _attention(self, thin: Any, fixed: Any, name: str, x: Any, hidden: Any) -> Any:
        texts, pieces, width = x.shape
        query, key, value = (
            self._dense(thin, fixed, f"{name}{part}", x)
            .reshape(texts, pieces, self.heads, -1)
            .transpose(0, 2, 1, 3)
            for part in DENSE[:3]
        )
        share = query @ key.swapaxes(-1, -2) / self.np.sqrt(width / self.heads)
        mixed = (self.nn.softmax(share + hidden) @ value).transpose(0, 2, 1, 3).reshape(texts, pieces, width)
        return self._dense(thin, fixed, f"{name}{DENSE[3]}", mixed)

    def _dense(self, thin: Any, fixed: Any, name: str, x: Any) -> Any:
        down, up = thin[name]
        return x @ fixed[f"{name}.weight"].T + fixed[f"{name}.bias"] + (x @ down) @ up

    def _normal(self, fixed: Any, name: str, x: Any) -> Any:
        x = x - x.mean(-1, keepdims=True)
        spread = self.np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
        return x / spread * fixed[f"{name}.weight"] + fixed[f"{name}.bias"]


def _train(
    model: _Model, trained: Any, rounds: Sequence[Sequence[Batch]], tell: Callable[[str], None]
) -> dict[str, Any]:
    jax, optax = needed("jax"), needed("optax")
    steps = sum(map(len, rounds))
    rate = optax.warmup_cosine_decay_schedule(0.0, RATE, max(steps // 20, 1), steps, RATE / 50)
    optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=0.01))
    state = optimizer.init(trained)

    def loss(trained: Any, fixed: Any, batch: Any, kept: Any) -> Any:
        numbers, mask, labels, count = batch
        odds = model.odds(trained, fixed, numbers, mask, kept)
        wanted = jax.nn.one_hot(labels, model.labels) * (1 - _SMOOTHING) + _SMOOTHING / model.labels
        return (optax.softmax_cross_entropy(odds, wanted) * count).sum() / count.sum()

    def step(trained: Any, state: Any, fixed: Any, batch: Any, kept: Any) -> Any:
        lost, slope = jax.value_and_grad(loss)(trained, fixed, batch, kept)
        change, state = optimizer.update(slope, state, trained)
        return optax.apply_updates(trained, change), state, lost

    compiled = jax.jit(step)
    draw = np.random.default_rng(1)
    width = trained["head"].shape[0]
    began = time.monotonic()
    for number, batches in enumerate(rounds, 1):
        lost = []
        for done, batch in enumerate(batches, 1):
            kept = (draw.random((len(batch[0]), width)) >= _DROPPED).astype(np.float32) / (1 - _DROPPED)
            trained, state, one = compiled(trained, state, model.fixed, batch, kept)
            lost.append(float(one))
            if done % 50 == 0 or done == len(batches):
                minutes = (time.monotonic() - began) / 60
                mean = float(np.mean(lost[-50:]))
                at = f"round {number} of {len(rounds)}, step {done} of {len(batches)}"
                tell(f"{at}: loss {mean:.3f}, {minutes:.0f} min")
    result: dict[str, Any] = jax.tree.map(np.asarray, trained)
    return result

"""What the sentence encoder's network learned about danger: answers/<language>/guardrails/tuned.npz.

Made by `faqbot tune` from the labelled messages beside it. It holds no network, only small changes
to one: for each tensor two thin matrices whose product is added (LoRA, Hu et al. 2021,
arXiv:2106.09685), and the weights that turn the changed network's vectors into labels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.content.arrays import read_arrays

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Changes = Mapping[str, tuple[Halves, Halves]]
"""Name of a tensor (in by out) → matrices (in, rank) and (rank, out)."""

FILE = "tuned.npz"
_DOWN, _UP = ":down", ":up"


@dataclass(frozen=True, eq=False)
class Tuned:
    """Changes to a sentence encoder, and what its vectors then say."""

    labels: tuple[str, ...]
    head: Floats
    """(dimensions, labels): weight of each number of a vector."""
    bias: Floats
    """(labels,)"""
    changes: Changes
    models: tuple[str, ...]
    """SHA-256 of the weights that the changes are for: one model, in each precision."""
    digest: str
    """SHA-256 of the labelled messages that it was trained on, in hex."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tuned):
            return NotImplemented
        mine, theirs = _arrays(self), _arrays(other)
        return mine.keys() == theirs.keys() and all(np.array_equal(mine[k], theirs[k]) for k in mine)

    def __hash__(self) -> int:
        return hash((self.labels, self.digest))


def read_tuned(folder: Path) -> Tuned | None:
    """Return what is in guardrails folder `folder`; None where there is nothing.

    Raises ValueError, saying what is wrong, where the file cannot be used.
    """
    stored = read_arrays(folder / FILE)
    if stored is None:
        return None
    try:
        return _checked(stored)
    except KeyError as error:
        raise ValueError(f"cannot be read ({error})") from None


def write_tuned(folder: Path, tuned: Tuned) -> None:
    """Write `tuned` into guardrails folder `folder`."""
    np.savez_compressed(folder / FILE, allow_pickle=False, **_arrays(tuned))


def _arrays(tuned: Tuned) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {
        "labels": np.array(tuned.labels),
        "head": tuned.head,
        "bias": tuned.bias,
        "models": np.array(tuned.models),
        "digest": np.array(tuned.digest),
    }
    for name, (down, up) in tuned.changes.items():
        arrays |= {f"{name}{_DOWN}": down, f"{name}{_UP}": up}
    return arrays


def _checked(stored: Mapping[str, NDArray[Any]]) -> Tuned:
    names = [name.removesuffix(_DOWN) for name in stored if name.endswith(_DOWN)]
    changes = {
        name: (stored[name + _DOWN].astype(np.float16), stored[name + _UP].astype(np.float16))
        for name in names
    }
    tuned = Tuned(
        tuple(str(label) for label in stored["labels"]),
        stored["head"].astype(np.float32),
        stored["bias"].astype(np.float32),
        changes,
        tuple(str(model) for model in stored["models"]),
        str(stored["digest"]),
    )
    columns = len(tuned.labels)
    fits = tuned.head.shape[1:] == tuned.bias.shape == (columns,)
    fits = fits and all(down.shape[1:] == up.shape[:1] for down, up in changes.values())
    thin = (part for pair in changes.values() for part in pair)
    numbers: list[NDArray[Any]] = [tuned.head, tuned.bias, *thin]
    if not fits or not all(bool(np.all(np.isfinite(part))) for part in numbers):
        raise ValueError("holds numbers that do not fit together")
    return tuned

"""The trained numbers of the recall layer: answers/<language>/guardrails/learned.npz.

Made by `faqbot learn` from the labelled messages beside it, and small enough to keep with them.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.content.arrays import read_arrays

Floats = NDArray[np.float32]
FILE = "learned.npz"
EXAMPLES, KEPT_OUT = "examples", "kept_out"
"""Folders of labelled messages: what is learned from, and what thresholds are chosen on."""


@dataclass(frozen=True, eq=False)
class Learned:
    """Weights of the recall layer, one column a label."""

    labels: tuple[str, ...]
    words: NDArray[np.float16]
    """(features, labels): weight of each hashed feature."""
    words_bias: Floats
    digest: str
    """SHA-256 of the labelled messages that it was trained on, in hex."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Learned):
            return NotImplemented
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return all(np.array_equal(mine, theirs) for mine, theirs in pairs)

    def __hash__(self) -> int:
        return hash((self.labels, self.digest))

    @property
    def danger(self) -> NDArray[np.bool_]:
        """Tell for each label whether it is a crisis."""
        return np.array([label.startswith("crisis.") for label in self.labels])


def read_learned(folder: Path) -> Learned | None:
    """Return the trained numbers in guardrails folder `folder`; None where there are none.

    Raises ValueError, saying what is wrong, where the file cannot be used.
    """
    stored = read_arrays(folder / FILE)
    if stored is None:
        return None
    try:
        labels = tuple(str(label) for label in stored["labels"])
        return _checked(Learned(labels, stored["words"], stored["words_bias"], str(stored["digest"])))
    except KeyError as error:
        raise ValueError(f"cannot be read ({error})") from None


def write_learned(folder: Path, learned: Learned) -> None:
    """Write `learned` into guardrails folder `folder`."""
    arrays = {
        "labels": np.array(learned.labels),
        "words": learned.words,
        "words_bias": learned.words_bias,
        "digest": np.array(learned.digest),
    }
    np.savez_compressed(folder / FILE, allow_pickle=False, **arrays)


def question_files(folder: Path) -> list[Path]:
    """Return the development questions that belong to guardrails folder `folder`, by name."""
    return sorted((folder.parent.parent / "questions" / "dev").glob("*.tsv"))


def examples_digest(folder: Path) -> str:
    """Return the SHA-256 of all that is learned from for guardrails folder `folder`, phrasings apart."""
    digest = hashlib.sha256()
    for path in (*sorted((folder / EXAMPLES).glob("*.txt")), *question_files(folder)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_examples(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return label → messages, from guardrails folder `folder`; `none.*` files share the label none."""
    found: dict[str, tuple[str, ...]] = {}
    for name, messages in read_messages(folder / EXAMPLES).items():
        label = "none" if name.startswith("none.") else name
        found[label] = (*found.get(label, ()), *messages)
    return found


def read_messages(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return name → messages of every file in `folder`: one a line, empty lines and comments (#) apart."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.txt")):
        lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
        found[path.stem] = tuple(line for line in lines if line and not line.startswith("#"))
    return found


def _checked(learned: Learned) -> Learned:
    columns = len(learned.labels)
    shapes = [learned.words.shape[1:], learned.words_bias.shape]
    finite = np.isfinite(learned.words).all() and np.isfinite(learned.words_bias).all()
    if any(shape != (columns,) for shape in shapes) or not finite:
        raise ValueError("holds numbers that do not fit together")
    return learned

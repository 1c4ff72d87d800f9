"""`faqbot learn`: train the recall layer on the labelled messages, and write its numbers.

Needs scikit-learn, which only maintainers install (`pip install 'vetted-faq-bot[dev]'`); the bot
itself reads the numbers with numpy. The same messages give the same numbers on the same machine.
"""

import random
from collections.abc import Collection, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.content.learned import Learned, examples_digest, question_files, read_examples, write_learned
from bot.content.model import Library
from bot.errors import InputError
from bot.evaluate.questions import known_labels, read_questions
from bot.understand.recall import features, parts

COLUMNS = 1 << 16
STRENGTH = 30.0
"""Inverse strength of the ridge penalty (scikit-learn's C), chosen on the development questions."""
_SWAPPED = 0.33
_JOINED = (0.05, 0.35)
"""Spaces lost in a text: few, or every third; one is drawn for each."""


def learn(library: Library, folder: Path) -> Learned:
    """Train on guardrails folder `folder` and the answers' phrasings, and write learned.npz there.

    Raises InputError where there is nothing to learn from, or scikit-learn is missing.
    """
    texts, labels = labelled_texts(library, folder)
    harmless = [text for text, label in zip(texts, labels, strict=True) if label == "none"]
    for text in harmless:  # what is harmless as a whole is harmless in parts
        cut = parts(text)
        texts += cut
        labels += ["none"] * len(cut)
    names, words, words_bias = _by_words(texts, labels)
    learned = Learned(names, words, words_bias, examples_digest(folder))
    write_learned(folder, learned)
    return learned


def labelled_texts(library: Library, folder: Path) -> tuple[list[str], list[str]]:
    """Return the labelled messages, every phrasing and the development questions, with their labels.

    Held-out questions are not among them. Raises InputError where there are no labelled messages.
    """
    labelled = read_examples(folder)
    if not labelled:
        raise InputError(f"There are no labelled messages in {folder}/examples: nothing to learn from.")
    texts = [text for messages in labelled.values() for text in messages]
    labels = [label for label, messages in labelled.items() for _ in messages]
    for phrasings in library.phrasings().values():
        texts += phrasings
        labels += ["none"] * len(phrasings)
    known = set(labels)
    for question in read_questions(question_files(folder), known_labels(library)):
        texts.append(question.text)
        labels.append(_label(question.label, known))
    return texts, labels


def _label(question: str, known: Collection[str]) -> str:
    """Return what a labelled message like a question with this label is called: `kind.reply`, or none."""
    alike = (label for label in sorted(known) if question in (label, label.partition(".")[0]))
    return next(alike, "none")


def mistyped(text: str, chance: random.Random) -> str:
    """Return `text` with a slip in every third word and few or many spaces lost."""
    typed, joined = "", chance.choice(_JOINED)
    for number, word in enumerate(text.split(" ")):
        slipped = _slip(word, chance) if chance.random() < _SWAPPED else word
        typed += ("" if number == 0 or chance.random() < joined else " ") + slipped
    return typed


def _slip(word: str, chance: random.Random) -> str:
    if len(word) < 3:
        return word
    at = chance.randrange(len(word) - 1)
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]
        case _:
            return word[:at] + word[at] + word[at:]


def _by_words(
    texts: Sequence[str], labels: Sequence[str]
) -> tuple[tuple[str, ...], NDArray[np.float16], NDArray[np.float32]]:
    sparse = needed("scipy.sparse")
    chance = random.Random(0)  # noqa: S311  (slips of the finger need no secrets)
    rows = [features(text, COLUMNS) for text in [*texts, *(mistyped(text, chance) for text in texts)]]
    ends = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), max(len(row), 1) ** -0.5, np.float32) for row in rows])
    matrix = sparse.csr_matrix((values, np.concatenate(rows), ends), shape=(len(rows), COLUMNS))
    model = _logistic(STRENGTH).fit(matrix, [*labels, *labels])
    names = tuple(str(name) for name in model.classes_)
    weights, bias = _columns(model)
    return names, weights.astype(np.float16), bias


def _columns(model: Any) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return weights and bias, one column a label; scikit-learn keeps one for two labels."""
    weights, bias = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
    if weights.shape[1] == 1:
        half = np.float32(0.5)
        return np.hstack([-weights, weights]) * half, np.concatenate([-bias, bias]) * half
    return weights, bias


def _logistic(strength: float) -> Any:
    return needed("sklearn.linear_model").LogisticRegression(C=strength, max_iter=1000)


def needed(module: str) -> Any:
    """Return a module that only maintainers install (and that has no types here), or raise InputError."""
    try:
        return import_module(module)
    except ImportError:
        raise InputError(
            f"This needs {module.partition('.')[0]}, which is not installed: `make learn` and `make tune` "
            "install what they need."
        ) from None

"""The same message as a tired thumb, a disguise or a missing space bar would send it. Seeded."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.evaluate.questions import Question

_WORD = re.compile(r"[^\W\d_]{3,}")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {key: row[max(0, i - 1) : i + 2].replace(key, "") for row in _ROWS for i, key in enumerate(row)}
_LOOK_ALIKE = dict(zip("aceiopsxyjkhABCEHKMOPTX", "асеіорѕхујкһАВСЕНКМОРТХ", strict=True))
_SWAPPED = 0.3
"""Share of the letters with a twin in Cyrillic that are swapped for it."""


def typos(text: str, chance: random.Random) -> str:
    """Put one random slip of the thumb into every third word of three letters or more."""
    turn = chance.randrange(3)
    count = 0

    def slip(word: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return _slip(word[0], chance) if count % 3 == turn else word[0]

    return _WORD.sub(slip, text)


def _slip(word: str, chance: random.Random) -> str:
    """Drop, double, swap or mistype one letter."""
    at = chance.randrange(len(word))
    how = chance.choice(("drop", "double", "swap", "mistype"))
    if how == "swap":
        at = min(at, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    keys = _BESIDE.get(word[at].lower(), word[at])
    put = {"drop": "", "double": word[at] * 2, "mistype": chance.choice(keys)}[how]
    return word[:at] + put + word[at + 1 :]


def look_alikes(text: str, chance: random.Random) -> str:
    """Swap three in ten of the letters that have a Cyrillic twin for it."""
    return "".join(_LOOK_ALIKE[c] if c in _LOOK_ALIKE and chance.random() < _SWAPPED else c for c in text)


def dropped_spaces(text: str, chance: random.Random) -> str:
    """Leave out one random space of every three; of one or two spaces, one."""
    parts = re.split(r"( )", text)
    spaces = [index for index, part in enumerate(parts) if part == " "]
    for start in range(0, len(spaces), 3):
        parts[chance.choice(spaces[start : start + 3])] = ""
    return "".join(parts)


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "typos": typos,
    "look_alikes": look_alikes,
    "dropped_spaces": dropped_spaces,
}
MEANING = {
    "typos": "one random typo in every third word",
    "look_alikes": "three letters in ten swapped for look-alikes of another alphabet",
    "dropped_spaces": "one space in three left out",
}


def perturbed(questions: Iterable[Question], change: str, seed: int) -> list[Question]:
    """Return the questions with their texts changed; the same for the same seed and ids."""
    alter = CHANGES[change]
    return [
        replace(q, text=alter(q.text, random.Random(f"{seed}:{change}:{q.id}")))  # noqa: S311 (test data)
        for q in questions
    ]

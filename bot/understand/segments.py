"""Spaces put back between words that were typed without them ("hewontwakeup")."""

from collections.abc import Iterator, Set

_LONGEST_WORD = 16
_COVERED = 0.75
"""Share of the letters that must belong to known words where a whole sentence is run together;
shorter runs are cut only into known words."""
_SENTENCE_LONG = 18
_LEAST_PER_PIECE = 2.0
"""Letters that the words of a cut have on average, at least."""
_SKIPPED_LETTER = -20
_SINGLE_LETTER = -10
_SHORT = "im gf bf ur i a am an as at be by do go he hi if in is it me my no of on or so to up us we"
_SHORT_PIECES = frozenset(_SHORT.split())
"""Words of one or two letters that a cut may produce; every other short word is chance."""


def segments(letters: str, known: Set[str]) -> list[str] | None:
    """Return `letters` cut into `known` words, long words first; None where they do not cover it.

    Takes time in proportion to the letters.
    """
    cut = list(_cut(letters, known))
    if len(cut) < 2 or (len(cut) > 2 and len(letters) < _LEAST_PER_PIECE * len(cut)):
        return None
    covered = sum(len(word) for word in cut if _is_piece(word, known))
    return cut if covered >= (_COVERED if len(letters) >= _SENTENCE_LONG else 1) * len(letters) else None


def _cut(letters: str, known: Set[str]) -> Iterator[str]:
    """Yield the pieces of the best cut: the sum of their lengths squared is highest."""
    best: list[tuple[int, int]] = [(0, 0)]
    for end in range(1, len(letters) + 1):
        score, start = best[end - 1][0] + _SKIPPED_LETTER, end - 1
        for begin in range(max(0, end - _LONGEST_WORD), end):
            worth = (end - begin) ** 2 if end - begin > 1 else _SINGLE_LETTER
            if best[begin][0] + worth > score and _is_piece(letters[begin:end], known):
                score, start = best[begin][0] + worth, begin
        best.append((score, start))
    starts, end = [], len(letters)
    while end:
        starts.append(end)
        end = best[end][1]
    begin = 0
    for end in reversed(starts):
        yield letters[begin:end]
        begin = end


def _is_piece(part: str, known: Set[str]) -> bool:
    return part in _SHORT_PIECES if len(part) < 3 else part in known

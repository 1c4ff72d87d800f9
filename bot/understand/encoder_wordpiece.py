"""Text → numbers of word pieces, as BERT's uncased models expect them.

WordPiece (Wu et al. 2016, arXiv:1609.08144) after BERT's own splitting (Devlin et al. 2018,
arXiv:1810.04805): case and accents dropped, punctuation and Chinese characters on their own,
then the longest pieces that the vocabulary has, from the left. Gives the same numbers as the
Rust package `tokenizers`, with two differences: the literal text "[SEP]" is text here, never a
command; and characters younger than Unicode 8 follow Python's tables.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

CLS, SEP, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
"""Pieces that every vocabulary must have: start, end, and words that cannot be split."""

_LONGEST_WORD = 100
_REMEMBERED = 8192
_CHINESE = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


class WordPiece:
    """Splits texts into pieces of a vocabulary. Safe to share between threads."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Take the place of each piece in `vocabulary` for its number.

        Raises ValueError naming what is wrong: a piece twice, or one that must be there missing.
        """
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        if len(self._numbers) != len(vocabulary):
            raise ValueError("the vocabulary has a piece twice")
        for piece in (CLS, SEP, UNKNOWN):
            if piece not in self._numbers:
                raise ValueError(f"the vocabulary has no {piece}")
        self.start, self.end = self._numbers[CLS], self._numbers[SEP]
        self._unknown = (self._numbers[UNKNOWN],)
        self._word = lru_cache(_REMEMBERED)(self._pieces)

    def numbers(self, text: str) -> list[int]:
        """Return the piece numbers of `text`, without those of start and end. Never raises."""
        # a longer word is unknown anyway: cut, it takes no more room among those remembered
        return [number for word in split(text) for number in self._word(word[: _LONGEST_WORD + 1])]

    def _pieces(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST_WORD:
            return self._unknown
        found: list[int] = []
        done = 0
        while done < len(word):
            prefix = "##" if done else ""
            for end in range(len(word), done, -1):
                number = self._numbers.get(prefix + word[done:end])
                if number is not None:
                    found.append(number)
                    done = end
                    break
            else:
                return self._unknown
        return tuple(found)


def split(text: str) -> list[str]:
    """Return the words and marks of `text`, lower case and without accents."""
    if text.isascii():
        return "".join(map(_ASCII.__getitem__, text.encode())).split()
    plain = "".join(map(_character, text))
    return plain.split()


@lru_cache(_REMEMBERED)
def _character(char: str) -> str:
    """Return what one character contributes; a character that stands alone has spaces around it."""
    if char in "\t\n\r" or (char.isspace() and not "\x1c" <= char <= "\x1f"):
        return " "
    if char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs"):
        return ""
    letters = (c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c) != "Mn")
    plain = "".join(_alone(letter) for c in letters for letter in c.lower())
    return f" {plain} " if any(first <= ord(char) <= last for first, last in _CHINESE) else plain


def _alone(char: str) -> str:
    """Return `char`, between spaces if it is punctuation (or one of ASCII's other marks)."""
    mark = unicodedata.category(char)[0] == "P" or (
        char.isascii() and char.isprintable() and not char.isalnum()
    )
    return f" {char} " if mark else char


_ASCII = [_character(chr(code)) for code in range(128)]

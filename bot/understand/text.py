"""What was typed → text that the rest can read.

`normalise` undoes what Unicode allows a person (or a phone keyboard) to do to a letter:
width, styling, look-alikes of another script, invisible characters, piled-up accents.
It changes no word into another; spelling is the business of `spelling`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase

# Letters of other scripts that are drawn like Latin ones (Unicode TR 39, confusables), limited
# to those on ordinary keyboards and in "fancy text" generators.
_DRAWN_LIKE = {
    "a": "аАαΑɑᴀ", "b": "вВβΒьЬʙ", "c": "сСϲϹᴄ", "d": "ԁԀɖᴅ", "e": "еЕεΕєЄᴇ", "f": "ϝꜰ",
    "g": "ɡցɢ", "h": "һҺНнΗʜհ", "i": "іІιΙıɩɪ", "j": "јЈϳᴊ", "k": "кКκΚᴋ", "l": "ӏӀʟℓ",
    "m": "мМΜᴍ", "n": "ηпոɴΝ", "o": "оОοΟօσᴏ", "p": "рРρΡᴘ", "q": "ԛզ", "r": "гʀᴦ",
    "s": "ѕЅꜱ", "t": "тТτΤᴛ", "u": "υսʋᴜ", "v": "ѵνᴠ", "w": "ωԝԜшᴡ", "x": "хХχΧ",
    "y": "уУүγʏΥ", "z": "ᴢΖ",
}  # fmt: skip
_LOOKALIKES = str.maketrans({other: latin for latin, others in _DRAWN_LIKE.items() for other in others})
_SQUARED = {
    code: chr(ord("a") + index)
    for start in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
    for index, code in enumerate(range(start, start + 26))
}
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "…": "."})
_CONTROLS = {code: "\n" if chr(code) in "\n\r\v\f" else " " for code in (*range(32), 127)}
_TYPED = _QUOTES | _CONTROLS
_IS_TYPED = re.compile(f"[{''.join(map(re.escape, map(chr, _TYPED)))}]")
_IS_SQUARED = re.compile("[\U0001f130-\U0001f189\U0001f1e6-\U0001f1ff]")
"""What has to be translated at all: to look for it is ten times as fast as to translate."""
_ALPHABETS_WITH_ACCENTS = ("LATIN", "CYRILLIC", "GREEK")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_TRIPLES = tuple(letter * 3 for letter in ascii_lowercase)
_WORD = re.compile(r"\d+(?:[.,/:]\d+)+|[^\W_]+(?:'[^\W_]+)*", re.UNICODE)
_SENTENCE = re.compile(r"[.!?;\n]+(?=\s|$)|\n+")
_FOREIGN = re.compile(r"([\x00-\x7f]?[^\x00-\x7f]+)")
"""Other letters than those of ASCII, with the one before: an accent belongs to it."""
_LOST = "\ufffd"
_MOST_KEPT = 20_000
"""Characters of which it is remembered what is left of them."""
_NOT_LATIN, _ASCII = re.compile(r"[^A-Za-z]+"), re.compile(r"[\x00-\x7f]+")


def normalise(raw: str) -> str:
    r"""Return `raw` case-folded, with plain letters, visible characters and single spaces.

    Newlines survive as "\n": they end sentences. Lone surrogates and control characters
    become spaces; letters repeated three times or more are kept twice. Never raises.
    """
    if _IS_TYPED.search(raw):
        raw = raw.translate(_TYPED)
    if not raw.isascii():
        raw = _plain_letters(raw)
    text = raw.casefold()
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _without_triples("\n".join(line for line in lines if line))


def _without_triples(text: str) -> str:
    """Keep two of three or more equal letters in a row. Most texts have none, and that is soon seen."""
    if text.isascii() and not any(letters in text for letters in _TRIPLES):
        return text
    return _REPEATED.sub(r"\1\1", text)


def words(text: str) -> list[str]:
    """Return the words and numbers of a normalised text, apostrophes dropped ("can't" → "cant")."""
    found = _WORD.findall(text) if text.isascii() else _words_with_marks(text)
    return [word.replace("'", "") for word in found]


def signs(text: str) -> list[str]:
    """Return the emoji and other signs of a normalised text, in order; not what stands for lost letters."""
    return [char for char in _ASCII.sub("", text) if unicodedata.category(char) == "So" and char != _LOST]


def sentences(text: str) -> list[str]:
    """Split a normalised text where sentences or lines end; never returns an empty string."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def _plain_letters(raw: str) -> str:
    text = "".join(part if part.isascii() else _plain(part) for part in _FOREIGN.split(raw))
    return _fold_lookalikes(unicodedata.normalize("NFC", text))


def _plain(part: str) -> str:
    if _IS_SQUARED.search(part):
        part = part.translate(_SQUARED)
    compatible = unicodedata.normalize("NFKD", part)
    if _IS_TYPED.search(compatible):
        compatible = compatible.translate(_QUOTES)
    visible = compatible.translate(_VISIBLE)
    return visible if _MARKS.isdisjoint(visible) else "".join(_without_accents(visible))


class _Visible(dict[int, str | None]):
    """Character → what is left of it: nothing of an invisible one, a space for a control character.

    Filled as characters come; never more than a fixed number of them.
    """

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        category = unicodedata.category(char)
        left: str | None = char
        if category == "Mn":
            left = None if _is_variation_selector(char) else char
            if left:
                _MARKS.add(char)
        elif category == "Cf":
            left = None
        elif category in ("Cc", "Cs", "Co", "Cn"):
            left = "\n" if char in "\n\r\v\f\x85" else " "
        if len(self) < _MOST_KEPT or category == "Mn":
            self[code] = left
        return left


_MARKS: set[str] = set()
"""The marks (Mn) met so far: about two thousand exist."""
_VISIBLE = _Visible()


def _without_accents(text: str) -> Iterator[str]:
    """Drop accents on letters of accented alphabets.

    Thai and other scripts keep their marks: there they are vowels.
    """
    base = ""
    for char in text:
        if char not in _MARKS:
            base = char
        elif base and _takes_accents(base):
            continue
        yield char


def _takes_accents(base: str) -> bool:
    return base.isascii() or _alphabet(base) in _ALPHABETS_WITH_ACCENTS


def _is_variation_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or char == "\u034f"


@lru_cache(maxsize=4096)
def _alphabet(char: str) -> str:
    return unicodedata.name(char, "?").split(" ", 1)[0]


def _fold_lookalikes(text: str) -> str:
    """Turn look-alike letters into Latin ones, in words that mix scripts.

    A word made of look-alikes alone is folded only in a text that is Latin for the most part, or
    that holds nothing but look-alikes: Russian stays Russian.
    """
    latin = len(_NOT_LATIN.sub("", text))
    other = {char: count for char, count in Counter(_ASCII.sub("", text)).items() if char.isalpha()}
    if not other:
        return text
    plain = latin > sum(other.values()) or (latin > 0 and all(ord(char) in _LOOKALIKES for char in other))
    return " ".join(_fold_word(word, mostly_latin=plain) for word in text.split(" "))


def _fold_word(word: str, *, mostly_latin: bool) -> str:
    if word.isascii():
        return word
    folded = word.translate(_LOOKALIKES)
    if mostly_latin and folded.isascii():
        return folded
    has_latin = any(char.isalpha() and _alphabet(char) == "LATIN" for char in word)
    return folded if has_latin else word


def _words_with_marks(text: str) -> list[str]:
    """Like `_WORD.findall`, with the vowel marks of scripts such as Thai as part of a word."""
    marked = {c for c in text if unicodedata.category(c) in ("Mn", "Mc")}
    if not marked:
        return _WORD.findall(text)
    letters = "".join(f"\\u{ord(c):04x}" for c in sorted(marked) if ord(c) < 0x10000)
    return re.findall(rf"(?:[^\W_]|[{letters}'])+" if letters else _WORD.pattern, text)

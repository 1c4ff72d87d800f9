"""A normalised message → the words that patterns are matched against.

Patterns and messages are read by the same `tokens`: short forms are written out, numbers stand
apart from letters, filler words are left out. `Reader` adds what only messages need: digits that
stand for letters ("k1ll"), letters typed one by one ("k i l l"), words run together
("killmyself") or cut ("over dose"), and likely spellings of words that nobody knows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.understand.segments import segments
from bot.understand.shorthand import FILLERS, JOINED, NUMBER_WORDS, SHORT_FORMS, WITH_DIGIT
from bot.understand.spelling import LONGEST_TYPED, Spelling, without_doubles
from bot.understand.text import sentences

NUMBER = "#"
Keys = tuple[str, ...]
MAX_REMEMBERED = 50_000
_EMOJI = "\U0001f300-\U0001f3fa\U0001f400-\U0001faff\u2600-\u27bf"
_PIECE = re.compile(rf"\d+(?:[.,/:]\d+)+|\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[{_EMOJI}]")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_WITH_DIGIT = re.compile(rf"\b(?:{'|'.join(WITH_DIGIT)})\b")
_LEET = str.maketrans("013457@$!|8", "oieastasilb")
_LEET_CHUNK = re.compile(r"(?<![a-z0-9@$!|])(?=[a-z]*[013457@$!|8])[a-z0-9@$!|]+")
_LEET_SIGN = re.compile(r"[013457@$!|8]")
_SPELT_OUT = re.compile(r"(?<![^\W_])[^\W\d_](?:[\W_]+[^\W\d_]){2}(?![^\W_])")
"""Three letters typed one by one."""
_LETTERS_ONLY = re.compile(r"(?<![^\W_])[a-z]{4,}(?![^\W_])")
_CENSORED = re.compile(r"(?<=[a-z])[*•]+(?=[a-z])")
_SOUNDS_LIKE = {"2": "to", "4": "for", "to": "too", "too": "to"}
_EDGE_SIGNS = "@$!|"
_ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "ly")
_RUN_IN = {"im", "ive", "hes", "shes", "wont", "cant", "dont", "isnt", "doesnt", "didnt", "ima"}
_SHORT_WORDS = (
    "i a an am as at be by do go he hi if in is it me my no of on or so to up us we ok oh ah uh ex dr er tv "
    "pc id iv g mg ml kg oz lb cc x h p vs gf bf uk eu la ny nz hw st th re po pm"
)
_VERY_SHORT = frozenset(_SHORT_WORDS.split())
"""Words of one or two letters; any other is a slip, or a word of another language."""
_OFTEN_SLIPPED = (
    "wont", "cant", "dont", "isnt", "doesnt", "didnt", "cannot", "wanna", "gonna", "shes", "theyre", "havent",
    "couldnt", "wouldnt",
)  # fmt: skip
_SLIPS = {
    slip: word
    for word in _OFTEN_SLIPPED
    for slip in {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    | {word[:i] + word[i + 1 :] for i in range(1, len(word)) if len(word) > 4}
    | {word[:i] + word[i] + word[i:] for i in range(len(word))}
}
"""Short forms with two letters swapped, one missing or one doubled → the short form."""
_JOINED_SECOND = frozenset(second for _, second in JOINED)
MAX_RUN_TOGETHER = 600
"""Letters of a message that are cut into words; beyond that it is left as it stands."""
LEAST_LOST = 2
"""Lost spaces that show that a message was typed without them."""
MIN_UNLISTED = 6
"""Letters that a word of a pattern needs to be repaired to, when it is no common English word."""


def pieces(text: str) -> list[str]:
    """Return words, numbers and emoji of a normalised text, apostrophes dropped."""
    found: list[str] = _PIECE.findall(_WITH_DIGIT.sub(_spelt_out, text))
    return [_plain(piece) for piece in found] if "'" in text else found


def _plain(piece: str) -> str:
    """Drop apostrophes ("can't" → "cant"), and the s of a possessive ("toddler's" → "toddler")."""
    bare = piece.replace("'", "")
    return piece[:-2] if piece.endswith("'s") and bare not in SHORT_FORMS else bare


def _spelt_out(short: re.Match[str]) -> str:
    return WITH_DIGIT[short[0]]


def written_out(found: Sequence[str]) -> list[str]:
    """Return words with short forms written out, known pairs joined and fillers left out.

    Words that are all fillers stay: "lol" alone is a message.
    """
    full: list[str] = []
    for piece in found:
        for word in SHORT_FORMS.get(piece, (piece,)):
            if full and (full[-1], word) in JOINED:
                full[-1] = JOINED[full[-1], word]
            elif word not in FILLERS:
                full.append(word)
    return full or list(found)


def tokens(text: str) -> list[str]:
    """Return the words of a normalised text as patterns see them: "5g" → "5", "g"."""
    return written_out(pieces(text))


@dataclass(frozen=True)
class Reading:
    """A message as keys, word by word, and the number of the sentence that each word is in."""

    words: list[Keys] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)

    def ends(self) -> list[bool]:
        """Tell for every word whether a sentence ends after it."""
        after = [*self.sentence[1:], -1] if self.sentence else []
        return [here != there for here, there in zip(self.sentence, after, strict=True)]

    def add(self, found: Sequence[Keys], sentence: int) -> None:
        """Append the words of one sentence."""
        self.words.extend(found)
        self.sentence.extend([sentence] * len(found))


class Reader:
    """Reads messages for one set of patterns, whose words and beginnings are its `asked`."""

    def __init__(self, asked: set[str], known: frozenset[str]) -> None:
        """`asked`: the keys of all patterns. `known`: words that are never taken for others."""
        self._asked = asked
        self._beginnings = frozenset(key[:-1] for key in asked if key.endswith("*"))
        self._lengths = sorted({len(start) for start in self._beginnings})
        self._shortest = min(self._lengths, default=0)
        self._heads = frozenset(start[: self._shortest] for start in self._beginnings)
        plain = {key for key in asked if not key.endswith("*") and key != NUMBER}
        longer = {word for word in plain if len(word) > 2}
        self._known = known | _VERY_SHORT | longer | frozenset(SHORT_FORMS) | FILLERS
        english = {word for word in known if word in plain or self._begins(word)}
        targets = english | {word for word in plain if len(word) >= MIN_UNLISTED and word.isascii()}
        pieces = known | {word for word in plain | set(SHORT_FORMS) if len(word) > 3 and word.isascii()}
        self._spelling = Spelling({word for word in targets if word.isalpha()})
        self._pieces = frozenset(pieces | _RUN_IN)
        self._keys: dict[str, Keys] = {}
        self._clear: dict[str, tuple[Keys, ...] | None] = {}
        self._cuts: dict[str, list[str] | None] = {}
        self._refill()

    def read(self, text: str) -> list[Reading]:
        """Return the ways to read a normalised text: one, and one more where words run together."""
        self._refill()
        first, second = Reading(), Reading()
        for number, sentence in enumerate(sentences(text)):
            spelt, apart = self._sentence(sentence)
            first.add(spelt, number)
            if apart != spelt:
                second.add(apart, number)
        return [first, second] if second.words else [first]

    def spaced(self, text: str) -> str:
        """Return a normalised text with spaces put back into words run together.

        One lost space is no proof: "keyworker" and "canteen" are words, too.
        """
        self._refill()
        back = _LETTERS_ONLY.sub(self._cut_apart, text)
        return back if len(back) >= len(text) + LEAST_LOST else text

    def _refill(self) -> None:
        """Start a message: the budget of look-ups is full again."""
        self._spelling.refill()
        self._left_letters = MAX_RUN_TOGETHER

    def _cut_apart(self, run: re.Match[str]) -> str:
        word = run[0]
        cut = self._cut(word) if self._is_unknown(word) and not self._is_repaired(word) else None
        return " ".join(cut) if cut else word

    def _sentence(self, sentence: str) -> tuple[list[Keys], list[Keys]]:
        """Return the keys of a sentence, repaired before it is cut apart, and cut before it is repaired."""
        found = self._found(sentence)
        alone = [None] * len(found) if _SPELT_OUT.search(sentence) else [self._alone(p) for p in found]
        spelt: list[Keys] = []
        apart: list[Keys] = []
        at = 0
        for start, end in _unclear(alone):
            plain = [keys for clear in alone[at:start] for keys in clear or ()]
            read = written_out(self._joined([self._unslipped(piece) for piece in found[start:end]]))
            repaired, cut = self._spaced(read)
            keys = [self.keys(word) for word in repaired]
            spelt += plain + keys
            apart += plain + (keys if cut is repaired else [self.keys(word) for word in cut])
            at = end
        plain = [keys for clear in alone[at:] for keys in clear or ()]
        if found and not spelt and not plain:
            plain = [self.keys(word) for word in found]  # "lol" alone is a message
        return spelt + plain, apart + plain

    def _alone(self, piece: str) -> tuple[Keys, ...] | None:
        """Return the keys of a piece that reads the same whatever stands beside it, else None; remembered."""
        if piece in self._clear:
            return self._clear[piece]
        words = SHORT_FORMS.get(piece, (piece,))
        clear = not piece.isalnum() or (piece in self._known and all(map(self._is_clear, words)))
        keys = tuple(self.keys(word) for word in words if word not in FILLERS)
        if len(self._clear) >= MAX_REMEMBERED:
            self._clear.clear()
        return self._clear.setdefault(piece, keys if clear else None)

    def _is_clear(self, word: str) -> bool:
        return word in self._known and word.isalpha() and word not in _JOINED_SECOND

    def keys(self, word: str) -> Keys:
        """Return everything that `word` may count as; remembered, as words come again."""
        found = self._keys.get(word)
        if found is None:
            found = tuple(dict.fromkeys(self._all_keys(word)))
            if len(self._keys) >= MAX_REMEMBERED:
                self._keys.clear()
            if not self._spelling.tired:
                self._keys[word] = found
        return found

    def _all_keys(self, word: str) -> Iterator[str]:
        yield from self._exact_keys(word)
        if self._is_unknown(word):
            for near in self._spelling.near(word):
                yield from self._exact_keys(near)

    def _exact_keys(self, word: str) -> Iterator[str]:
        if word in self._asked:
            yield word
        if word in NUMBER_WORDS or _NUMERAL.fullmatch(word):
            yield NUMBER
        if word in _SOUNDS_LIKE:
            yield _SOUNDS_LIKE[word]
        yield from self._begins(word)

    def _begins(self, word: str) -> list[str]:
        if word[: self._shortest] not in self._heads:
            return []
        return [f"{word[:n]}*" for n in self._lengths if n <= len(word) and word[:n] in self._beginnings]

    def _is_known(self, word: str) -> bool:
        """Tell whether `word` is a known word, or a usual form of one."""
        if word in self._known:
            return True
        stems = (word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending))
        return word.endswith(_ENDINGS) and any(map(self._is_stem, stems))

    def _is_stem(self, stem: str) -> bool:
        """Tell whether `stem` comes from a known word of four letters or more: chang-, plann-."""
        if len(stem) < 3:
            return False
        if stem in self._known:
            return len(stem) > 3
        doubled = stem[-1] == stem[-2] and stem[-1] not in "wxy"
        return f"{stem}e" in self._known or (doubled and stem[:-1] in self._known)

    def _found(self, sentence: str) -> list[str]:
        """Return the pieces of a sentence, its digits and signs read as letters where they stand for some."""
        text = _CENSORED.sub("", sentence)
        if _LEET_SIGN.search(text):
            text = _LEET_CHUNK.sub(self._letters_for_digits, text)
        return [p for p in pieces(text) if p.isalnum() or p in self._asked or len(p) > 1]

    def _unslipped(self, piece: str) -> str:
        """Undo a drawn-out word ("diee") or a slip in a short form ("wotn"), where nobody knows it."""
        if piece in self._known or not piece.isalpha():
            return piece
        for plain in (piece[:-1] if piece[-1:] == piece[-2:-1] else piece, without_doubles(piece)):
            if plain in self._known:
                return plain
        return piece if self._is_known(piece) else _SLIPS.get(piece, piece)

    def _letters_for_digits(self, chunk: re.Match[str]) -> str:
        """Read digits and signs as the letters they look like, where that makes a known word."""
        whole = chunk[0]
        if whole.isalpha() or whole.isdigit() or len(whole) > LONGEST_TYPED:
            return whole
        for typed in (whole, whole.rstrip(_EDGE_SIGNS)):
            letters = typed.translate(_LEET)
            if len(letters) > 2 and letters.isalpha() and letters != typed and self._is_word(letters):
                return letters + whole[len(typed) :]
        return whole

    def _is_word(self, letters: str) -> bool:
        return letters in self._known or bool(len(letters) > 4 and self._spelling.near(letters))

    def _joined(self, found: list[str]) -> list[str]:
        """Join letters typed one by one, and halves of a word where a half alone is none."""
        joined: list[str] = []
        index = 0
        while index < len(found):
            end = index
            while end < len(found) and len(found[end]) == 1 and found[end].isalpha():
                end += 1
            if end - index >= 3:
                joined.extend(self._spelled("".join(found[index:end])))
                index = end
                continue
            pair = found[index] + found[index + 1] if index + 1 < len(found) else ""
            if pair in self._asked and len(pair) > 4 and not self._both_known(found[index], found[index + 1]):
                joined.append(pair)
                index += 2
                continue
            joined.append(found[index])
            index += 1
        return joined

    def _both_known(self, first: str, second: str) -> bool:
        return first in self._known and second in self._known

    def _spelled(self, letters: str) -> list[str]:
        if letters in self._known or letters in self._asked:
            return [letters]
        return self._cut(letters) or list(letters)

    def _spaced(self, found: list[str]) -> tuple[list[str], list[str]]:
        """Put spaces back into words that nobody knows and that are several known words in a row.

        First only where no likely spelling is known, then everywhere.
        """
        repaired: list[str] = []
        apart: list[str] = []
        for word in found:
            cut = self._cut(word) if len(word) > 2 and self._is_unknown(word) else None
            apart += cut or [word]
            repaired += [word] if cut and self._is_repaired(word) else cut or [word]
        if len(apart) == len(found):
            return found, found
        return repaired if len(repaired) == len(found) else written_out(repaired), written_out(apart)

    def _is_unknown(self, word: str) -> bool:
        return word.isalpha() and word.isascii() and not self._is_known(word)

    def _is_repaired(self, word: str) -> bool:
        return any(key != word for key in self.keys(word))

    def _cut(self, word: str) -> list[str] | None:
        """Return the known words that a word consists of, or None; remembered."""
        if word in self._cuts:
            return self._cuts[word]
        if len(self._cuts) >= MAX_REMEMBERED:
            self._cuts.clear()
        if len(word) <= self._left_letters:
            self._left_letters -= len(word)
            self._cuts[word] = segments(word, self._pieces)
        return self._cuts.get(word)


def _unclear(alone: Sequence[object | None]) -> Iterator[tuple[int, int]]:
    """Yield start and end of the runs that hold every None of `alone`, and what stands beside it."""
    start = end = 0
    for at, clear in enumerate(alone):
        if clear is not None:
            continue
        if at - 1 > end:
            if end:
                yield start, end
            start = at - 1
        end = at + 2
    if end:
        yield start, min(end, len(alone))

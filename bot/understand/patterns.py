r"""The word patterns of guardrail rules: a small language that cannot backtrack.

A pattern is written in words, for people who do not write regular expressions:

    want to die           these words, next to each other
    (want|need) to die    one of several (each may be several words)
    really? want          the word may be there or not; so may a group: (so much)?
    (very|so)*            any of these, up to three times or not at all
    overdos*              any ending: overdose, overdosed, overdosing
    want * die            up to three words between
    want ** die           up to ten words between
    blue & (he|she)       both, in any order, up to ten words between (two or three parts)
    <number>              a number, in digits or in words (# means the same)
    <person>              one of the named set `person` of the same file
    ^hello$               at the very start, at the very end of the message
    (anymore|$)           inside ( ): the end of a sentence
    ~อยากตาย                anywhere, even inside a word (for scripts without spaces)

Gaps (*, ** and &) stand between words, never inside ( ) or a set. Patterns and messages pass through
the same reading (`bot.understand.reading`): case, accents and apostrophes do not matter, short
forms are written out ("wanna" is "want to", "hes" is "he is"), and filler words such as "really"
are skipped. How patterns are matched: `bot.understand.finder`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product

from bot.understand.reading import NUMBER, tokens
from bot.understand.shorthand import FILLERS
from bot.understand.text import normalise

Phrase = tuple[str, ...]
MAX_PHRASES = 5000
"""Most phrases that one ( ) or set may stand for, so that a slip cannot fill the memory."""
SENTENCE_END = "$"
_REPEATED = 3
_MOST_PARTS = 3
_GAPS = {"*": 3, "**": 10}
_TOKEN = re.compile(r"\(|\)[?*]?|\||<\w+>\??|\*\*|\*(?=\s|$|\)|\|)|#\??|\^|\$|[^\s()|<>#^$?]+\??")
_WORD = re.compile(r"[^\s()|<>#^$?*]+\*?\??")


class PatternError(ValueError):
    """A pattern that cannot be understood; the message says why."""


@dataclass(frozen=True)
class Item:
    """One step of a pattern: any of `phrases` (None: any word), and whether it may be missing."""

    phrases: frozenset[Phrase] | None
    optional: bool


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern. `inside` is set for ~ patterns, which have no items."""

    items: tuple[Item, ...]
    at_start: bool = False
    at_end: bool = False
    inside: str | None = None


ANY_WORD_OR_NONE = Item(None, optional=True)


class Compiler:
    """Compiles the patterns of one file, whose sets it expands once."""

    def __init__(self, sets: Mapping[str, Sequence[str]]) -> None:
        self._sets = sets
        self._expanded: dict[str, frozenset[Phrase]] = {"number": frozenset({(NUMBER,)})}
        self._expanding: list[str] = []
        self._atoms: dict[str, frozenset[Phrase]] = {}

    def compile(self, pattern: str) -> list[Pattern]:
        """Return `pattern` compiled: several where & allows several orders. Raises PatternError."""
        parts = [part.strip() for part in pattern.split("&")]
        if len(parts) > _MOST_PARTS or (len(parts) > 1 and {"^", "$", "~"} & set(pattern)):
            raise PatternError(f"{pattern!r} has & with ^, $ or ~, or more than {_MOST_PARTS} parts")
        return [self._in_order(" ** ".join(order)) for order in permutations(parts)]

    def _in_order(self, pattern: str) -> Pattern:
        if pattern.startswith("~"):
            inside = squeeze(normalise(pattern[1:]))
            if not inside:
                raise PatternError(f"{pattern!r} holds no word")
            return Pattern((), inside=inside)
        found = _split(pattern)
        at_start, at_end = found[0] == "^", found[-1] == "$"
        found = found[at_start : len(found) - at_end]
        items = tuple(self._items(found, pattern))
        if all(item.optional for item in items):
            raise PatternError(f"{pattern!r} would match a message without any of its words")
        return Pattern(items, at_start, at_end)

    def _items(self, found: list[str], pattern: str) -> Iterator[Item]:
        index = 0
        while index < len(found):
            sign = found[index]
            if sign in _GAPS:
                yield from [ANY_WORD_OR_NONE] * _GAPS[sign]
                index += 1
                continue
            phrases, index = self._atom(found, index, pattern)
            repeated = _REPEATED if found[index - 1] == ")*" else 1
            if phrases - {()}:
                yield from [Item(phrases - {()}, () in phrases)] * repeated

    def _atom(self, found: list[str], index: int, pattern: str) -> tuple[frozenset[Phrase], int]:
        """Return what the word, set or group at `index` stands for, and the index after it."""
        sign = found[index]
        if sign == "(":
            return self._group(found, index + 1, pattern)
        phrases = self._atoms.get(sign)
        if phrases is None:
            phrases = self._atoms[sign] = self._single(sign, pattern)
        return phrases, index + 1

    def _single(self, sign: str, pattern: str) -> frozenset[Phrase]:
        if sign in ("^", "$"):
            raise PatternError(f"{pattern!r}: {sign} belongs at the very start or end")
        if sign in _GAPS:
            raise PatternError(f"{pattern!r} has a gap inside ( ) or a set; write two patterns")
        if sign == "|" or sign.startswith(")"):
            raise PatternError(f"{pattern!r} has {sign} without its (")
        bare = sign.removesuffix("?")
        if bare == "#":
            phrases: frozenset[Phrase] = frozenset({(NUMBER,)})
        elif bare.startswith("<"):
            phrases = self._set(bare[1:-1])
        else:
            phrases = frozenset({_word(bare, pattern)})
        return phrases | {()} if sign.endswith("?") else phrases

    def _group(self, found: list[str], index: int, pattern: str) -> tuple[frozenset[Phrase], int]:
        """Return the phrases of a group whose ( stands before `index`, and the index after its )."""
        every: set[Phrase] = set()
        sequence: list[frozenset[Phrase]] = []
        while index < len(found):
            sign = found[index]
            if sign == "|" or sign.startswith(")"):
                every |= _joined(sequence, pattern)
                sequence = []
                index += 1
                if sign != "|":
                    return frozenset(every if sign == ")" else every | {()}), index
                continue
            if sign == SENTENCE_END:
                sequence.append(frozenset({(SENTENCE_END,)}))
                index += 1
                continue
            atom, index = self._atom(found, index, pattern)
            sequence.append(atom)
        raise PatternError(f"{pattern!r} does not close a ( )")

    def _set(self, name: str) -> frozenset[Phrase]:
        if name in self._expanded:
            return self._expanded[name]
        if name not in self._sets:
            raise PatternError(f"<{name}> is not one of the sets of this file")
        if name in self._expanding:
            raise PatternError(f"<{name}> uses itself")
        self._expanding.append(name)
        every: set[Phrase] = set()
        for member in self._sets[name]:
            atoms, index, found = [], 0, _split(member)
            while index < len(found):
                atom, index = self._atom(found, index, member)
                atoms.append(atom)
            every |= _joined(atoms, member)
        self._expanding.pop()
        self._expanded[name] = frozenset(every)
        return self._expanded[name]


def squeeze(text: str) -> str:
    """Return a normalised text without white space, as ~ patterns are looked up."""
    return "".join(text.split())


def _split(pattern: str) -> list[str]:
    found = _TOKEN.findall(pattern)
    if not found or squeeze("".join(found)) != squeeze(pattern):
        raise PatternError(f"{pattern!r} has a sign that patterns do not know")
    return found


def _word(word: str, pattern: str) -> Phrase:
    ending = "*" if word.endswith("*") else ""
    parts = tokens(normalise(word.removesuffix("*")))
    if word in FILLERS and not (pattern.startswith("^") and pattern.endswith("$")):
        raise PatternError(f"{pattern!r}: {word!r} is a filler word, which is always skipped")
    if not parts or not _WORD.fullmatch(word):
        raise PatternError(f"{pattern!r}: {word!r} holds no word")
    return (*parts[:-1], parts[-1] + ending)


def _joined(sequence: Sequence[frozenset[Phrase]], pattern: str) -> set[Phrase]:
    """Return every way to say the atoms of `sequence` one after the other."""
    if len(sequence) == 1:
        return set(sequence[0])
    size = 1
    for atom in sequence:
        size *= len(atom)
        if size > MAX_PHRASES:
            raise PatternError(f"{pattern!r} stands for more than {MAX_PHRASES} phrases; write it in parts")
    phrases = {sum(parts, ()) for parts in product(*sequence)}
    if any(SENTENCE_END in phrase and len(phrase) > 1 for phrase in phrases):
        raise PatternError(f"{pattern!r} has $ beside a word; inside ( ) it stands alone")
    return phrases

"""Where patterns occur in the words of a message, in time linear in its length.

A row of words is a whole number with a bit for each of them, so that one operation moves through a
message at once: the bits of "ready" stand before the words that come next, and reading an item of a
pattern moves them behind the words it accepts. That is Shift-And (Navarro & Raffinot, "Flexible
Pattern Matching in Strings", 2002, ch. 4) turned by a quarter: a bit a word, not a bit a step, so
that only patterns are read of which every item stands somewhere in the message. Nothing backtracks.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.understand.patterns import SENTENCE_END, Item, Pattern, Phrase

Keys = tuple[str, ...]
"""Everything one word of a message may count as: itself, "overdos*", "#", a likely spelling."""
_PHRASE = ""
"""In the trie: the number of the phrase that ends here."""


@dataclass(frozen=True)
class _Accepted:
    """What an item accepts: one word, a phrase (by its length in words), the end of a sentence."""

    words: frozenset[str]
    phrases: tuple[tuple[int, frozenset[int]], ...]
    sentence_end: bool


_Step = tuple[int, bool, int]
"""The number of an item and whether it may be missing; or a gap (0 if it is none) of up to so many words."""
_Row = tuple[tuple[_Step, ...], bool, bool]
"""The steps of a pattern, and whether it stands at the very start and the very end."""
_Item = tuple[int, list[tuple[int, int]], int]
"""Where an item accepts a word; where phrases of it end, by their length less one; where a sentence ends."""


class Finder:
    """Finds which of its patterns occur in a list of words, and where they end."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        """Take in `patterns`; an item or a phrase that several have is kept once."""
        self._numbers: dict[frozenset[Phrase], int] = {}
        self._phrases: dict[Phrase, int] = {}
        self.accepted: list[_Accepted] = []
        self.rows: list[_Row] = [
            (tuple(self._steps(one.items)), one.at_start, one.at_end) for one in patterns
        ]
        self._trie = _trie(self._phrases)
        self._lay_out()

    def keys(self) -> set[str]:
        """Return every word, beginning (with *) and # that some pattern asks for."""
        singles = {word for item in self.accepted for word in item.words}
        return singles.union(*self._phrases)

    def look(self, words: Sequence[Keys], ends_sentence: Sequence[bool] = ()) -> "Occurrences":
        """Look for everything in `words`; `ends_sentence` tells where a sentence ends after a word."""
        at: dict[str, int] = {}
        bit = 1
        for keys in words:
            for key in keys:
                at[key] = at.get(key, 0) | bit
            bit <<= 1
        phrases = self._phrases_in(words)
        ends = sum(2 << number for number, is_end in enumerate(ends_sentence) if is_end)
        return Occurrences(self, self._possible(at, phrases), at, phrases, ends | bit, len(words))

    def _phrases_in(self, words: Sequence[Keys]) -> dict[int, int]:
        """Return phrase → the words that it ends at, as bits."""
        found: dict[int, int] = {}
        begins = {keys: [self._trie[key] for key in keys if key in self._trie] for keys in set(words)}
        for at in range(len(words) - 1):
            nodes, following = begins[words[at]], at + 1
            while nodes and following < len(words):
                nodes = [node[key] for key in words[following] for node in nodes if key in node]
                for node in nodes:
                    if _PHRASE in node:
                        found[node[_PHRASE]] = found.get(node[_PHRASE], 0) | 1 << following
                following += 1
        return found

    def _possible(self, words: Iterable[str], phrases: Iterable[int]) -> int:
        """Return the patterns, as bits, of which every item that must be there is there."""
        there = self._given
        for word in words:
            there |= self._with_word.get(word, 0)
        for phrase in phrases:
            there |= self._with_phrase[phrase]
        width = len(self.rows)
        possible = there & ((1 << width) - 1)
        for needed in range(1, self._most_needed):
            possible &= there >> (needed * width)
        return possible

    def _steps(self, items: Iterable[Item]) -> Iterator[_Step]:
        gap = 0
        for item in items:
            if item.phrases is None:
                gap += 1
                continue
            if gap:
                yield -1, True, gap
                gap = 0
            yield self._number(item.phrases), item.optional, 0
        if gap:
            yield -1, True, gap

    def _number(self, phrases: frozenset[Phrase]) -> int:
        if phrases not in self._numbers:
            self._numbers[phrases] = len(self.accepted)
            longer: defaultdict[int, set[int]] = defaultdict(set)
            for phrase in phrases:
                if len(phrase) > 1:
                    longer[len(phrase)].add(self._phrases.setdefault(phrase, len(self._phrases)))
            words = frozenset(phrase[0] for phrase in phrases if len(phrase) == 1) - {SENTENCE_END}
            by_length = tuple((length, frozenset(numbers)) for length, numbers in longer.items())
            self.accepted.append(_Accepted(words, by_length, (SENTENCE_END,) in phrases))
        return self._numbers[phrases]

    def _lay_out(self) -> None:
        """Give each needed item of each pattern a bit: those of the first items, the second, and so on."""
        needed = [[item for item, optional, _ in steps if not optional] for steps, _, _ in self.rows]
        self._most_needed = max(map(len, needed), default=0)
        places: defaultdict[int, list[int]] = defaultdict(list)
        given: list[int] = []
        for number in range(self._most_needed):
            for index, items in enumerate(needed):
                there = number >= len(items) or self.accepted[items[number]].sentence_end
                (given if there else places[items[number]]).append(number * len(needed) + index)
        by_word: defaultdict[str, list[int]] = defaultdict(list)
        by_phrase: defaultdict[int, list[int]] = defaultdict(list)
        for item, bits in places.items():
            for word in self.accepted[item].words:
                by_word[word] += bits
            for _, numbers in self.accepted[item].phrases:
                for phrase in numbers:
                    by_phrase[phrase] += bits
        alike: dict[tuple[int, ...], int] = {}
        self._given = _mask(given)
        self._with_word = {word: _shared(bits, alike) for word, bits in by_word.items()}
        self._with_phrase = [_shared(by_phrase[number], alike) for number in range(len(self._phrases))]


class Occurrences:
    """What stands where in one message."""

    def __init__(
        self,
        finder: Finder,
        possible: int,
        words: Mapping[str, int],
        phrases: Mapping[int, int],
        sentence_ends: int,
        length: int,
    ) -> None:
        """Keep what was found; rows of words are bits, the lowest for the first word."""
        self._finder, self.possible = finder, possible
        """Patterns that may occur, as bits: `ends` of any other is 0."""
        self._words, self._phrases = words, phrases
        # sets of their own: meeting a set is twice as fast as meeting the keys of a mapping
        self._words_here, self._phrases_here = set(words), set(phrases)
        self._sentence_ends, self._length = sentence_ends, length
        self._items: dict[int, _Item] = {}

    def ends(self, pattern: int) -> int:
        """Return the words that a pattern ends at, as bits."""
        steps, at_start, at_end = self._finder.rows[pattern]
        everywhere, items = (2 << self._length) - 1, self._items
        ready = 1 if at_start else everywhere
        for item, optional, gap in steps:
            if gap:
                ready = _stretched(ready, gap)
                continue
            single, longer, sentence_ends = items.get(item) or self._item(item)
            moved = (ready & single) << 1 | ready & sentence_ends
            for back, ended in longer:
                moved |= ((ready << back) & ended) << 1
            ready = ready | moved if optional else moved
            if not ready:
                return 0
        return (ready & (1 << self._length if at_end else everywhere)) >> 1

    def _item(self, number: int) -> _Item:
        item = self._finder.accepted[number]
        single = 0
        for word in item.words & self._words_here:
            single |= self._words[word]
        longer = []
        for length, numbers in item.phrases:
            ended = 0
            for phrase in numbers & self._phrases_here:
                ended |= self._phrases[phrase]
            if ended:
                longer.append((length - 1, ended))
        found = single, longer, self._sentence_ends if item.sentence_end else 0
        self._items[number] = found
        return found


def bits(number: int) -> Iterator[int]:
    """Yield the places of the bits that are set, lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _stretched(ready: int, most: int) -> int:
    """Let every bit also stand up to `most` words later."""
    step = 1
    while most:
        by = min(step, most)
        ready |= ready << by
        most -= by
        step *= 2
    return ready


def _trie(phrases: Mapping[Phrase, int]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for phrase, number in phrases.items():
        node = root
        for word in phrase:
            node = node.setdefault(word, {})
        node[_PHRASE] = number
    return root


def _shared(places: Sequence[int], alike: dict[tuple[int, ...], int]) -> int:
    """Return places as bits: one number for all who have the same places, as many have."""
    key = tuple(sorted(set(places)))
    if key not in alike:
        alike[key] = _mask(key)
    return alike[key]


def _mask(places: Sequence[int]) -> int:
    raw = bytearray(max(places, default=0) // 8 + 1)
    for place in places:
        raw[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(raw, "little")

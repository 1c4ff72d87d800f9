"""All patterns at once, over the words of a message, in time linear in their number.

Every pattern is a row of steps, every step a bit of one large integer. A bit is set while its
step is the next to be matched; reading a word keeps the bits whose step accepts it and moves them
on by one. That is Shift-And with optional steps (Navarro & Raffinot, "Flexible Pattern Matching in
Strings", 2002, ch. 4), so the work a word costs is the same whatever the text: nothing backtracks,
nothing is cached that a message could fill.

A step may also accept a phrase of several words: phrases are found by a trie, and move on the bits
that stood before their first word.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.understand.patterns import SENTENCE_END, Item, Pattern, Phrase

Keys = tuple[str, ...]
"""Everything one word of a message may count as: itself, "overdos*", "#", a likely spelling."""
_MASK = ""
_Open = tuple[dict[str, Any], int]
"""A phrase of which some words were read: where it stands in the trie, and its first word."""
MAX_REMEMBERED = 1500
"""Words whose steps are remembered: 2 kB each."""


class Automaton:
    """Finds which patterns occur in a list of words, and where they end."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        """Lay the steps of all `patterns` side by side."""
        self._owner: dict[int, int] = {}
        steps: dict[frozenset[Phrase], list[int]] = {}
        always: list[int] = []
        at_start: list[int] = []
        optional: list[int] = []
        wild: list[int] = []
        final: list[int] = []
        final_at_end: list[int] = []
        bit = 0
        for index, pattern in enumerate(patterns):
            (at_start if pattern.at_start else always).append(bit)
            for item in pattern.items:
                _note(item, bit, steps, wild, optional)
                bit += 1
            (final_at_end if pattern.at_end else final).append(bit)
            self._owner[bit] = index
            bit += 1
        self.size = bit
        self._optional, self._any = _mask(optional, bit), _mask(wild, bit)
        self._always = self._close(_mask(always, bit))
        self._at_start = self._close(_mask(at_start, bit))
        self._final, self._final_at_end = _mask(final, bit), _mask(final_at_end, bit)
        self.words: dict[str, int] = {}
        self._steps: dict[Keys, tuple[int, list[dict[str, Any]]]] = {}
        self._phrases: dict[str, Any] = {}
        for phrases, bits in steps.items():
            self._accept(phrases, _mask(bits, bit))

    def keys(self) -> set[str]:
        """Return every word, beginning (with *) and # that some pattern asks for."""
        found = set(self.words)
        nodes: list[Mapping[str, Any]] = [self._phrases]
        while nodes:
            node = nodes.pop()
            found.update(key for key in node if key != _MASK)
            nodes.extend(child for key, child in node.items() if key != _MASK)
        return found

    def find(self, words: Sequence[Keys], ends_sentence: Sequence[bool] = ()) -> list[tuple[int, int]]:
        """Return (index of the pattern, index of the word it ends at), in order of the words.

        `ends_sentence` tells for every word whether a sentence ends after it.
        """
        sentence_end = self.words.get(SENTENCE_END, 0)
        always, optional, final = self._always, self._optional, self._final
        ready = always | self._at_start
        history = [ready]
        ends: list[tuple[int, int]] = []
        open_phrases: list[_Open] = []
        last = len(words) - 1
        for at, keys in enumerate(words):
            accepted, begun = self._steps.get(keys) or self._step(keys)
            moved = ready & accepted
            if open_phrases or begun:
                open_phrases, done = _grow(open_phrases, keys)
                open_phrases.extend((node, at) for node in begun)
                for start, mask in done:
                    moved |= history[start] & mask
            if moved:
                moved <<= 1
                ready = always | moved | ((optional + (moved & optional)) ^ optional)
            else:
                ready = always
            if sentence_end and (at == last or (ends_sentence and ends_sentence[at])):
                ready |= self._close((ready & sentence_end) << 1)
            history.append(ready)
            ended = ready & (final if at < last else final | self._final_at_end)
            if ended:
                ends.extend((index, at) for index in self._owners(ended))
        return ends

    def _step(self, keys: Keys) -> tuple[int, list[dict[str, Any]]]:
        """Return which steps a word accepts, and the phrases it begins; remembered for the next time."""
        accepted = self._any
        for key in keys:
            accepted |= self.words.get(key, 0)
        step = accepted, [self._phrases[key] for key in keys if key in self._phrases]
        if len(self._steps) >= MAX_REMEMBERED:
            self._steps.clear()
        self._steps[keys] = step
        return step

    def _close(self, ready: int) -> int:
        """Let every bit also stand after the optional steps that follow it.

        Adding a bit to a run of optional steps carries it through the run; xor shows how far.
        """
        optional = self._optional
        return ready | ((optional + (ready & optional)) ^ optional)

    def _owners(self, ended: int) -> Iterable[int]:
        while ended:
            bit = (ended & -ended).bit_length() - 1
            yield self._owner[bit]
            ended &= ended - 1

    def _accept(self, phrases: Iterable[Phrase], mask: int) -> None:
        for phrase in phrases:
            node: dict[str, Any] = self.words
            word = phrase[0]
            if len(phrase) > 1:
                node, word = self._phrases, _MASK
                for part in phrase:
                    node = node.setdefault(part, {})
            known = node.get(word)
            node[word] = mask if known is None else known | mask


def _note(
    item: Item, bit: int, steps: dict[frozenset[Phrase], list[int]], wild: list[int], optional: list[int]
) -> None:
    if item.phrases is None:
        wild.append(bit)
    else:
        steps.setdefault(item.phrases, []).append(bit)
    if item.optional:
        optional.append(bit)


def _grow(open_phrases: list[_Open], keys: Keys) -> tuple[list[_Open], list[tuple[int, int]]]:
    """Read one word: return the phrases still open and (start, mask) of those it completes."""
    grown, done = [], []
    for node, start in open_phrases:
        for key in keys:
            child = node.get(key)
            if child is not None:
                grown.append((child, start))
                if _MASK in child:
                    done.append((start, child[_MASK]))
    return grown, done


def _mask(bits: Sequence[int], size: int) -> int:
    raw = bytearray(size // 8 + 1)
    for bit in bits:
        raw[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(raw, "little")

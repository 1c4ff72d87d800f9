"""A message, read: normalised, its spelling repaired, its slang named."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.understand.everyday import COMMON_WORDS, NEGATIONS, POINTERS
from bot.understand.homophones import as_meant
from bot.understand.lexicon import Groups, Lexicon, Synonyms, phrase
from bot.understand.repair import Speller
from bot.understand.text import normalise, words

NEGATION = "negation"
"""The name of the group of negations, which every matcher knows."""

_MOST_WORDS = 120
_MOST_LETTERS = 2000
"""Of a longer message, its beginning and its end are read: people ask first, or last."""


@dataclass(frozen=True)
class Reading:
    """What a text says, word by word."""

    normalised: str
    """The text after `normalise`."""

    words: tuple[str, ...]
    """Its words as written."""

    repairs: tuple[tuple[str, str], ...]
    """(as written, as read) for every word that was taken for a misspelling."""

    expanded: tuple[tuple[str, str], ...]
    """(surface form, canonical term) for every synonym that was recognised."""

    tokens: tuple[str, ...]
    """Repaired words, each synonym followed by its canonical term: what is matched."""

    groups: frozenset[str]
    """Distinguishing groups that the text belongs to (pregnancy, negation, …)."""

    whole: bool
    """Whether it was read as a whole, not only its beginning and end."""

    named: str
    """The first subject of the lexicon that it names, as read; empty for none."""

    subject: bool
    """Whether it names a subject (always, where the lexicon has none)."""

    points: bool
    """Whether it names none, but points to one: "is it legal"."""


class Reader:
    """Reads texts by a lexicon and the spelling of the phrasings."""

    def __init__(self, lexicon: Lexicon, phrasings: Iterable[str]) -> None:
        """Learn the vocabulary of `phrasings`; the lexicon's own words count once each."""
        self._synonyms = Synonyms(lexicon)
        self._groups = Groups(lexicon, self._synonyms)
        self._subjects = {word for subject in lexicon.subjects for word in phrase(subject)}
        self.phrasings = [self._read(normalise(text), repair=False) for text in phrasings]
        counts = Counter(word for reading in self.phrasings for word in reading.words)
        counts.update(lexicon.vocabulary() - counts.keys())
        self._speller = Speller(counts)

    def read(self, text: str) -> Reading:
        """Read `text` as a question; of a very long one, its beginning and its end."""
        if len(text) > _MOST_LETTERS:
            text = f"{text[: _MOST_LETTERS // 2]} {text[-_MOST_LETTERS // 2 :]}"
        return self._read(as_meant(normalise(text)), repair=True)

    def _read(self, normalised: str, *, repair: bool) -> Reading:
        written = words(normalised)
        whole = len(written) <= _MOST_WORDS
        if not whole:
            written = written[: _MOST_WORDS // 2] + written[-_MOST_WORDS // 2 :]
        spelt, repairs = self._spell(written) if repair else (written, [])
        found = self._synonyms.find(spelt)
        tokens: list[str] = []
        done = 0
        for _, end, canonical in found:
            tokens.extend(spelt[done:end])
            tokens.extend(word for word in canonical if word not in tokens)
            done = end
        tokens.extend(spelt[done:])
        named = next((token for token in tokens if token in self._subjects), "")
        subject = bool(named) or not self._subjects
        return Reading(
            normalised,
            tuple(written),
            tuple(repairs),
            tuple((" ".join(spelt[start:end]), " ".join(canonical)) for start, end, canonical in found),
            tuple(tokens),
            self._groups_of(spelt, found),
            whole,
            named,
            subject,
            not subject and not POINTERS.isdisjoint(spelt),
        )

    def _spell(self, written: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
        spelt: list[str] = []
        repairs: list[tuple[str, str]] = []
        for word in written:
            repaired = self._speller.repair(word)
            if repaired is not None:
                repairs.append((word, repaired))
            spelt.extend(repaired.split() if repaired else [word])
        return spelt, repairs

    def _groups_of(
        self, spelt: Sequence[str], found: Sequence[tuple[int, int, tuple[str, ...]]]
    ) -> frozenset[str]:
        """Return the groups of a text. An everyday word ("done", "add") is no proof of a synonym."""
        groups = set(self._groups.find(spelt))
        for start, end, canonical in found:
            if end - start > 1 or spelt[start] not in COMMON_WORDS:
                groups |= self._groups.find(canonical)
        if not NEGATIONS.isdisjoint(spelt):
            groups.add(NEGATION)
        return frozenset(groups)

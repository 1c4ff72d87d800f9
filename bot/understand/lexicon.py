"""What the words of a subject mean to each other: synonyms, protected words, words that matter.

A `Lexicon` is plain data that somebody wrote. `Synonyms` and `Groups` are the same data made
ready for looking words up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.understand.text import normalise, words

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """What a matcher may be told about the subject. Empty by default."""

    synonyms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Canonical term → other surface forms, of one or several words (subs → buprenorphine)."""

    protected: frozenset[str] = frozenset()
    """Words that are never corrected, besides those of phrasings and of this lexicon."""

    distinguishing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Group → terms. A question with a term of the group, and an answer with none, do not belong together."""

    subjects: frozenset[str] = frozenset()
    """Words of which a question that stands by itself names one; empty: every question does."""

    def vocabulary(self) -> set[str]:
        """Return every single word of this lexicon, normalised."""
        texts = [*self.protected, *self.synonyms, *self.subjects]
        for several in (*self.synonyms.values(), *self.distinguishing.values()):
            texts.extend(several)
        return {word for text in texts for word in phrase(text)}


def phrase(text: str) -> Phrase:
    """Return the words of `text` as the rest of the matcher sees them."""
    return tuple(words(normalise(text)))


class Synonyms:
    """Finds surface forms in a list of words and names their canonical terms."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Prepare the synonyms of `lexicon` for look-up; the longest form wins."""
        self._forms: dict[Phrase, Phrase] = {}
        for canonical, others in sorted(lexicon.synonyms.items()):
            for form in others:
                self._forms.setdefault(phrase(form), phrase(canonical))
        self._forms.pop((), None)
        lengths: dict[str, set[int]] = {}
        for form_words in self._forms:
            lengths.setdefault(form_words[0], set()).add(len(form_words))
        self._lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}

    def find(self, tokens: Sequence[str]) -> list[tuple[int, int, Phrase]]:
        """Return (start, end, canonical words) of every surface form in `tokens`, left to right."""
        found: list[tuple[int, int, Phrase]] = []
        start = 0
        while start < len(tokens):
            end = start + 1
            for length in self._lengths.get(tokens[start], ()):
                canonical = self._forms.get(tuple(tokens[start : start + length]))
                if canonical is not None:
                    end = start + length
                    found.append((start, end, canonical))
                    break
            start = end
        return found


class Groups:
    """Finds the distinguishing groups of a lexicon in a list of words."""

    def __init__(self, lexicon: Lexicon, synonyms: Synonyms) -> None:
        """Prepare the groups of `lexicon`; a term also counts in its canonical form."""
        self._groups: dict[Phrase, set[str]] = {}
        for group, terms in sorted(lexicon.distinguishing.items()):
            for form in filter(None, map(phrase, terms)):
                found = synonyms.find(form)
                whole = found[0][2] if found and found[0][:2] == (0, len(form)) else form
                self._groups.setdefault(form, set()).add(group)
                self._groups.setdefault(whole, set()).add(group)
        self._lengths: dict[str, set[int]] = {}
        for form in self._groups:
            self._lengths.setdefault(form[0], set()).add(len(form))

    def find(self, tokens: Sequence[str]) -> frozenset[str]:
        """Return the groups that `tokens` has a term of."""
        found: set[str] = set()
        for start, token in enumerate(tokens):
            for length in self._lengths.get(token, ()):
                found |= self._groups.get(tuple(tokens[start : start + length]), set())
        return frozenset(found)

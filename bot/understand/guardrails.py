"""Guardrails: who is in danger, who asks for an amount, who asks where to buy.

Rules are content (answers/<language>/guardrails/*.yaml). All patterns of all rules are matched in
one pass over the words of a message; a false alarm costs a line of text, a missed one may cost a
life, so an unknown word counts as every word it is likely to be. What
no pattern fires on is judged by resemblance in `bot.understand.layers`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.content.model import Guardrail, GuardrailKind, GuardrailReply, Rule
from bot.understand.english import COMMON
from bot.understand.finder import Finder, Occurrences, bits
from bot.understand.homophones import as_meant
from bot.understand.patterns import Compiler, Pattern, PatternError, squeeze
from bot.understand.reading import Reader, Reading
from bot.understand.text import normalise

__all__ = ["ORDER", "Fired", "Guardrails", "PatternError", "Verdict"]

ORDER: tuple[GuardrailKind, ...] = ("crisis", "dosing", "sourcing", "smalltalk")
EXCUSED_WITHIN = 20
"""An `unless` pattern excuses a pattern of its rule in the same sentence, ending at most this many
words away: in a long ramble one idiom must not hide a cry for help."""


@dataclass(frozen=True)
class Fired:
    """A rule that fired, with the reply it asks for."""

    kind: GuardrailKind
    rule: Rule
    reply: GuardrailReply

    @property
    def name(self) -> str:
        """Return `kind.rule`, as `faqbot ask --json` names it."""
        return f"{self.kind}.{self.rule.id}"


@dataclass(frozen=True)
class Verdict:
    """What the guardrails say of a message. `alarm` decides the reply; `notice` adds a line."""

    alarm: Fired | None = None
    notice: Fired | None = None
    """Danger in doubt."""
    doubts: tuple[Fired, ...] = ()
    """Other kinds in doubt: they decide only where the message also resembles labelled ones."""


class _Letters:
    """Patterns of text without spaces (~), and which rule each is of."""

    def __init__(self) -> None:
        self._inside: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        """First letter → patterns, with their rule."""

    def add(self, inside: str, rule: int) -> None:
        self._inside[inside[0]].append((inside, rule))

    def rules(self, letters: str) -> set[int]:
        """Return the rules whose patterns stand in `letters`, a text without spaces."""
        here = set(letters) & self._inside.keys()
        return {rule for first in here for inside, rule in self._inside[first] if inside in letters}


class Guardrails:
    """All rules of a language, compiled once. `check` is linear in the text's length."""

    def __init__(self, files: Mapping[GuardrailKind, Guardrail]) -> None:
        """Compile every pattern. Raises PatternError naming the rule."""
        self._fired: list[Fired] = []
        self._letters, self._letters_excuse = _Letters(), _Letters()
        self._excuses: defaultdict[int, int] = defaultdict(int)
        """Rule → its `unless` patterns, as bits."""
        self._rules: list[int] = []
        """The rule that a pattern fires or excuses."""
        self._fires = 0
        """The patterns that fire, as bits."""
        compiled = [pattern for kind in ORDER if kind in files for pattern in self._compile(files[kind])]
        self._finder = Finder(compiled)
        self._reader = Reader(self._finder.keys(), COMMON)

    def check(self, text: str) -> Verdict:
        """Return the first rule that fires, kinds in ORDER and rules in file order."""
        fired = self.fired(text)
        alarms = (one for one in fired if one.rule.level == "alarm")
        in_doubt = [one for one in fired if one.rule.level == "notice"]
        notices = (one for one in in_doubt if one.kind == "crisis")
        doubts = tuple(one for one in in_doubt if one.kind != "crisis")
        return Verdict(next(alarms, None), next(notices, None), doubts)

    def fired(self, text: str) -> list[Fired]:
        """Return every rule that fires, kinds in ORDER and rules in file order.

        A rule of the crisis file fires on the words as typed and as meant: rewording hides no danger.
        """
        typed = normalise(text)
        meant = as_meant(typed)
        rules = self._rules_fired(meant)
        if meant != typed:
            rules |= {rule for rule in self._rules_fired(typed) if self._fired[rule].kind == "crisis"}
        return [self._fired[rule] for rule in sorted(rules)]

    def spaced(self, text: str) -> str:
        """Return `text` normalised, as meant, with spaces put back into words run together."""
        return self._reader.spaced(as_meant(normalise(text)))

    def _compile(self, file: Guardrail) -> Iterator[Pattern]:
        """Yield the patterns in words of a file; keep what its rules are and which pattern is whose."""
        compiler = Compiler(file.sets)
        for rule in file.rules:
            place = len(self._fired)
            self._fired.append(Fired(file.kind, rule, file.replies[rule.reply]))
            where = f"{file.kind} rule {rule.id}"
            for pattern in _compile_all(compiler, rule.patterns, where):
                if pattern.inside is not None:
                    self._letters.add(pattern.inside, place)
                    continue
                self._fires |= 1 << len(self._rules)
                self._rules.append(place)
                yield pattern
            for pattern in _compile_all(compiler, rule.unless, where):
                if pattern.inside is not None:
                    self._letters_excuse.add(pattern.inside, place)
                    continue
                self._excuses[place] |= 1 << len(self._rules)
                self._rules.append(place)
                yield pattern

    def _rules_fired(self, text: str) -> set[int]:
        rules: set[int] = set()
        for reading in self._reader.read(text):
            rules |= self._in_words(reading)
        if not text.isascii():
            letters = squeeze(text)
            rules |= self._letters.rules(letters) - self._letters_excuse.rules(letters)
        return rules

    def _in_words(self, reading: Reading) -> set[int]:
        found = self._finder.look(reading.words, reading.ends())
        fired: defaultdict[int, int] = defaultdict(int)
        for pattern in bits(found.possible & self._fires):
            fired[self._rules[pattern]] |= found.ends(pattern)
        return {rule for rule, at in fired.items() if at and not self._excused(rule, at, found, reading)}

    def _excused(self, rule: int, fired: int, found: Occurrences, reading: Reading) -> bool:
        """Tell whether every place where a rule fired is near enough to one that excuses it."""
        excuses = 0
        for pattern in bits(found.possible & self._excuses.get(rule, 0)):
            excuses |= found.ends(pattern)
        if not excuses:
            return False
        at = list(bits(excuses))
        return all(_near(word, at, reading.sentence) for word in bits(fired))


def _compile_all(compiler: Compiler, written: Sequence[str], where: str) -> Iterable[Pattern]:
    for pattern in written:
        try:
            yield from compiler.compile(pattern)
        except PatternError as error:
            raise PatternError(f"{where}: {error}") from None


def _near(at: int, excuses: Sequence[int], sentence: Sequence[int]) -> bool:
    return any(abs(at - other) <= EXCUSED_WITHIN and sentence[at] == sentence[other] for other in excuses)

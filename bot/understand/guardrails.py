"""Guardrails: who is in danger, who asks for an amount, who asks where to buy.

Rules are content (answers/<language>/guardrails/*.yaml). All patterns of all rules are matched in
one pass over the words of a message; a false alarm costs a line of text, a missed one may cost a
life, so an unknown word counts as every word it is likely to be. What
no pattern fires on is judged by resemblance in `bot.understand.layers`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.content.model import Guardrail, GuardrailKind, GuardrailReply, Rule
from bot.understand.automaton import Automaton
from bot.understand.english import COMMON
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


class _Patterns:
    """Patterns of many rules, and which rule each is of (its place in the order of all)."""

    def __init__(self) -> None:
        self._rules: list[int] = []
        self._patterns: list[Pattern] = []
        self._inside: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        """First letter → patterns of text without spaces, with their rule."""

    def add(self, compiled: Iterable[Pattern], rule: int) -> None:
        """Add the patterns of `rule`."""
        for pattern in compiled:
            if pattern.inside is not None:
                self._inside[pattern.inside[0]].append((pattern.inside, rule))
            else:
                self._patterns.append(pattern)
                self._rules.append(rule)

    def seal(self) -> set[str]:
        """Lay out the automaton; return the words that its patterns ask for."""
        self._automaton = Automaton(self._patterns)
        self._patterns = []
        return self._automaton.keys()

    def in_words(self, reading: Reading) -> list[tuple[int, int]]:
        """Return (rule, index of the word where a pattern of it ends)."""
        found = self._automaton.find(reading.words, reading.ends())
        return [(self._rules[pattern], at) for pattern, at in found]

    def in_letters(self, letters: str) -> set[int]:
        """Return the rules whose ~ patterns stand in `letters`, a text without spaces."""
        here = set(letters) & self._inside.keys()
        return {rule for first in here for inside, rule in self._inside[first] if inside in letters}


class Guardrails:
    """All rules of a language, compiled once. `check` is linear in the text's length."""

    def __init__(self, files: Mapping[GuardrailKind, Guardrail]) -> None:
        """Compile every pattern. Raises PatternError naming the rule."""
        self._fired: list[Fired] = []
        self._fires, self._excuses = _Patterns(), _Patterns()
        for kind in ORDER:
            if kind in files:
                self._compile(files[kind])
        self._reader = Reader(self._fires.seal() | self._excuses.seal(), COMMON)

    def check(self, text: str) -> Verdict:
        """Return the first rule that fires, kinds in ORDER and rules in file order."""
        fired = self.fired(text)
        alarms = (one for one in fired if one.rule.level == "alarm")
        in_doubt = [one for one in fired if one.rule.level == "notice"]
        notices = (one for one in in_doubt if one.kind == "crisis")
        doubts = tuple(one for one in in_doubt if one.kind != "crisis")
        return Verdict(next(alarms, None), next(notices, None), doubts)

    def fired(self, text: str) -> list[Fired]:
        """Return every rule that fires, kinds in ORDER and rules in file order."""
        return [self._fired[index] for index in sorted(self._rules_fired(normalise(text)))]

    def _compile(self, file: Guardrail) -> None:
        compiler = Compiler(file.sets)
        for rule in file.rules:
            place = len(self._fired)
            self._fired.append(Fired(file.kind, rule, file.replies[rule.reply]))
            where = f"{file.kind} rule {rule.id}"
            self._fires.add(_compile_all(compiler, rule.patterns, where), place)
            self._excuses.add(_compile_all(compiler, rule.unless, where), place)

    def _rules_fired(self, text: str) -> set[int]:
        rules: set[int] = set()
        for reading in self._reader.read(text):
            rules |= self._in_words(reading)
        if not text.isascii():
            letters = squeeze(text)
            rules |= self._fires.in_letters(letters) - self._excuses.in_letters(letters)
        return rules

    def _in_words(self, reading: Reading) -> set[int]:
        fires = self._fires.in_words(reading)
        if not fires:
            return set()
        excused: dict[int, list[int]] = {}
        for rule, at in self._excuses.in_words(reading):
            excused.setdefault(rule, []).append(at)
        return {
            rule
            for rule, at in fires
            if rule not in excused or not _near(at, excused[rule], reading.sentence)
        }


def _compile_all(compiler: Compiler, written: Sequence[str], where: str) -> Iterable[Pattern]:
    for pattern in written:
        try:
            yield from compiler.compile(pattern)
        except PatternError as error:
            raise PatternError(f"{where}: {error}") from None


def _near(at: int, excuses: Sequence[int], sentence: Sequence[int]) -> bool:
    return any(abs(at - other) <= EXCUSED_WITHIN and sentence[at] == sentence[other] for other in excuses)

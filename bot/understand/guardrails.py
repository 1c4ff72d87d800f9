"""Guardrails: is this person in danger, asking for an amount, or asking where to buy?

Rules are content (answers/<language>/guardrails/*.yaml). All patterns of all rules are matched in
one pass over the words of a message; a false alarm costs a line of text, a missed one may cost a
life, so an unknown word counts as every word it is likely to be. With a sentence encoder, what
no pattern fires on is compared with the rules' examples by meaning (`bot.understand.nearness`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.content.model import Guardrail, GuardrailKind, GuardrailReply, Rule
from bot.understand.automaton import Automaton
from bot.understand.encoder import SentenceEncoder
from bot.understand.english import COMMON
from bot.understand.nearness import Example, Near, Nearness
from bot.understand.patterns import Compiler, Pattern, PatternError, squeeze
from bot.understand.reading import Reader, Reading
from bot.understand.text import normalise

__all__ = ["ORDER", "Fired", "Guardrails", "PatternError", "Verdict"]

ORDER: tuple[GuardrailKind, ...] = ("crisis", "dosing", "sourcing", "smalltalk")
_BY_MEANING: tuple[GuardrailKind, ...] = ("crisis", "dosing", "sourcing")
"""The kinds that meaning alone may fire; small talk must match to the letter."""
EXCUSED_WITHIN = 20
"""An `unless` pattern excuses a pattern of its rule in the same sentence, ending at most this many
words away: in a long ramble one idiom must not hide a cry for help."""


@dataclass(frozen=True)
class Fired:
    """A rule that fired, with the reply it asks for."""

    kind: GuardrailKind
    rule: Rule
    reply: GuardrailReply
    near: Near | None = None
    """The example that the message is near to, where meaning and no pattern made the rule fire."""

    @property
    def name(self) -> str:
        """Return `kind.rule`, as `faqbot ask --json` names it."""
        return f"{self.kind}.{self.rule.id}"


@dataclass(frozen=True)
class Verdict:
    """What the guardrails say of a message. `alarm` decides the reply; `notice` adds a line."""

    alarm: Fired | None = None
    notice: Fired | None = None


@dataclass(frozen=True)
class _Owner:
    """Whose pattern it is: the place of a rule in the order of all, and which of its lists."""

    rule: int
    excuses: bool


class Guardrails:
    """All rules of a language, compiled once. `check` is linear in the text's length."""

    def __init__(
        self,
        files: Mapping[GuardrailKind, Guardrail],
        encoder: SentenceEncoder | None = None,
        ordinary: Iterable[str] = (),
    ) -> None:
        """Compile every pattern. `ordinary` are questions that must not fire, for the encoder.

        Raises PatternError naming the rule.
        """
        self._fired: list[Fired] = []
        self._inside: list[tuple[str, _Owner]] = []
        self._owners: list[_Owner] = []
        patterns: list[Pattern] = []
        for kind in ORDER:
            if kind in files:
                patterns.extend(self._compile(files[kind]))
        self._automaton = Automaton(patterns)
        self._reader = Reader(self._automaton.keys(), COMMON)
        self._nearness = Nearness(encoder, self._examples(ordinary)) if encoder else None

    def check(self, text: str) -> Verdict:
        """Return the first rule that fires, kinds in ORDER and rules in file order."""
        alarm = notice = None
        for index in sorted(self._rules_fired(normalise(text))):
            fired = self._fired[index]
            if fired.rule.level == "notice":
                notice = notice or fired
            elif alarm is None:
                alarm = fired
        return Verdict(self._nearer(text, alarm), notice)

    def fired(self, text: str) -> list[Fired]:
        """Return every rule that fires, for tests and reports."""
        return [self._fired[index] for index in sorted(self._rules_fired(normalise(text)))]

    def _nearer(self, text: str, alarm: Fired | None) -> Fired | None:
        """Return `alarm`, or a more urgent one that the meaning of `text` calls for."""
        if self._nearness is None or not text.strip():
            return alarm
        urgent = (
            _BY_MEANING[: _BY_MEANING.index(alarm.kind)]
            if alarm and alarm.kind in _BY_MEANING
            else _BY_MEANING
        )
        if (alarm is not None and alarm.kind == "smalltalk") or not urgent:
            return alarm
        near = self._nearness.near(normalise(text), urgent)
        return alarm if near is None else replace(self._fired[near.rule], near=near)

    def _examples(self, ordinary: Iterable[str]) -> list[Example]:
        """Return the examples of alarms with their kind, and everything else as ordinary."""
        found: list[Example] = []
        for index, fired in enumerate(self._fired):
            alarms = fired.rule.level == "alarm" and fired.kind in _BY_MEANING
            kind = fired.kind if alarms else None
            found.extend(Example(text, kind, index) for text in fired.rule.examples)
            found.extend(Example(text, None, index) for text in fired.rule.near_misses)
        calm = (text for text in ordinary if not self._rules_alarm(text))
        return [*found, *(Example(text, None, -1) for text in calm)]

    def _rules_alarm(self, text: str) -> bool:
        return any(fired.rule.level == "alarm" for fired in self.fired(text))

    def _compile(self, file: Guardrail) -> Iterable[Pattern]:
        compiler = Compiler(file.sets)
        for rule in file.rules:
            self._fired.append(Fired(file.kind, rule, file.replies[rule.reply]))
            for excuses, written in ((False, rule.patterns), (True, rule.unless)):
                owner = _Owner(len(self._fired) - 1, excuses)
                for compiled in _compile_all(compiler, written, f"{file.kind} rule {rule.id}"):
                    if compiled.inside is not None:
                        self._inside.append((compiled.inside, owner))
                    else:
                        self._owners.append(owner)
                        yield compiled

    def _rules_fired(self, text: str) -> set[int]:
        rules: set[int] = set()
        for reading in self._reader.read(text):
            rules |= self._in_words(reading)
        return rules | self._in_letters(text)

    def _in_words(self, reading: Reading) -> set[int]:
        fires: list[tuple[int, int]] = []
        excused: dict[int, list[int]] = {}
        for pattern, at in self._automaton.find(reading.words, reading.ends()):
            owner = self._owners[pattern]
            if owner.excuses:
                excused.setdefault(owner.rule, []).append(at)
            else:
                fires.append((owner.rule, at))
        return {
            rule
            for rule, at in fires
            if rule not in excused or not _near(at, excused[rule], reading.sentence)
        }

    def _in_letters(self, text: str) -> set[int]:
        if text.isascii():
            return set()
        letters = squeeze(text)
        found = [owner for inside, owner in self._inside if inside in letters]
        excused = {owner.rule for owner in found if owner.excuses}
        return {owner.rule for owner in found if not owner.excuses} - excused


def _compile_all(compiler: Compiler, written: Sequence[str], where: str) -> Iterable[Pattern]:
    for pattern in written:
        try:
            yield from compiler.compile(pattern)
        except PatternError as error:
            raise PatternError(f"{where}: {error}") from None


def _near(at: int, excuses: Sequence[int], sentence: Sequence[int]) -> bool:
    return any(abs(at - other) <= EXCUSED_WITHIN and sentence[at] == sentence[other] for other in excuses)

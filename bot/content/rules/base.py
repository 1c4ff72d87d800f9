"""What every rule of `faqbot check` is made of. A rule sees a Context and yields what it found.

    @rule(name="…", severity="error", breaks=[…], passes=[…])
    def look(context: Context) -> Iterator[Found]:
        '''What it looks for.

        Why it matters. How to mend it.
        '''

The docstring is the manual that `faqbot check --explain ID` prints. `breaks` and `passes` are
changes to the content of `bot.content.rules.sample`; a test proves that the rule fires on each
of the former and on none of the latter, and fails where a rule has none.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from bot.content.model import Answer, Guardrail, GuardrailKind, Library
from bot.content.yaml_source import KeyPath, Source, key_name, read_yaml

Severity = Literal["error", "warning"]
Change = Mapping[str, object]
"""`file#key.path` → new value (or `sample.GONE`), on top of the sample content."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend: where, what, and how."""

    file: str
    line: int
    key: str
    rule: str
    severity: Severity
    message: str
    fix: str


@dataclass(frozen=True)
class Found:
    """What a rule yields: a place in a file, what is wrong there, what to do about it."""

    file: str
    path: KeyPath
    message: str
    fix: str
    near: str = ""
    """Words of the value at `path`, to point at the very line of a long text."""


@dataclass(frozen=True)
class Sized:
    """How long one possible reply is, in the units Telegram counts."""

    file: str
    path: KeyPath
    region: str
    length: int


@dataclass(frozen=True)
class Catch:
    """The guardrail rule that a text sets off."""

    kind: str
    rule: str
    category: str
    alarm: bool


@dataclass(frozen=True)
class Fault:
    """A guardrail rule with a pattern that cannot be understood."""

    kind: GuardrailKind
    index: int
    why: str


@dataclass(frozen=True)
class Stolen:
    """A phrasing that the matcher, trained without it, gives to another answer for certain."""

    answer_id: str
    phrasing: str
    given_to: str
    because_of: str


@dataclass(frozen=True)
class Tools:
    """What rules need from the modules above content; `bot.check_commands` wires them in."""

    stolen: Callable[[Library], Iterable[Stolen]]
    faults: Callable[[Mapping[GuardrailKind, Guardrail]], Iterable[Fault]]
    """Rules of guardrail files whose patterns cannot be understood."""
    catches: Callable[[Mapping[GuardrailKind, Guardrail]], Callable[[str], Sequence[Catch]]]
    """Build from guardrail files a function from a text to all that it sets off, the deciding rule first."""
    replies: Callable[[Library], Iterable[Sized]]
    """Every reply that can be composed, in every country."""


@dataclass(frozen=True)
class Context:
    """The content under check, and the day it is checked on."""

    root: Path
    library: Library
    today: date
    tools: Tools
    approved_files: frozenset[str] = frozenset()
    """Files other than answers that somebody has approved as they are now."""
    _sources: dict[str, Source] = field(default_factory=dict)

    @cached_property
    def catches(self) -> Callable[[str], Sequence[Catch]]:
        """What lists every guardrail rule that a text sets off, the deciding one first."""
        return self.tools.catches(self.library.guardrails)

    def answers(self) -> Iterator[tuple[str, Answer]]:
        """Yield (file, answer) for every answer."""
        for answer in self.library.answers.values():
            yield self.library.answer_file(answer.id), answer

    def texts(self) -> Iterator[tuple[str, KeyPath, str]]:
        """Yield (file, key path, text) for every text that a person can be sent."""
        for origin, text in self.library.texts():
            file, _, key = origin.partition("#")
            if file.startswith(("reviews/", "reviewers.yaml")):
                continue
            yield file, self._path(file, key), text

    def line_of(self, found: Found) -> int:
        """Return the line of `found`: of the words it names where they can be seen, else of its key."""
        if found.file not in self._sources:
            self._sources[found.file] = read_yaml(self.root / found.file, found.file)
        source = self._sources[found.file]
        start = source.line_of(found.path)
        if not found.near:
            return start
        wanted = found.near.casefold().split("\n")[0]
        lines = source.raw.decode("utf-8", "replace").splitlines()[start - 1 :]
        return next((start + i for i, line in enumerate(lines) if wanted in line.casefold()), start)

    def _path(self, file: str, key: str) -> KeyPath:
        """Return the key path of a text from the short key that replies name it by."""
        here = self.library.language
        if file == f"{here}/caveats.yaml":
            return ("caveats", key)
        if file == f"{here}/topics.yaml":
            return ("topics", _index(key, [t.id for t in self.library.topics]), "title")
        if file.startswith(f"{here}/guardrails/"):
            return ("replies", key, "text")
        if file.startswith("crisis/") and key != "line":
            country = next(c for c in self.library.crisis.values() if self.library.crisis_file(c) == file)
            return ("resources", _index(key, [r.id for r in country.resources]), "text")
        return (key,)


@dataclass(frozen=True)
class Rule:
    """A rule with its manual and its examples."""

    id: str
    severity: Severity
    manual: str
    breaks: Sequence[Change]
    passes: Sequence[Change]
    look: Callable[[Context], Iterable[Found]]

    def findings(self, context: Context) -> Iterator[Finding]:
        """Yield what the rule finds, with line numbers."""
        for found in self.look(context):
            line = context.line_of(found)
            yield Finding(
                found.file, line, key_name(found.path), self.id, self.severity, found.message, found.fix
            )


RULES: dict[str, Rule] = {}
"""Every rule by id, in the order of their modules."""


def rule(
    *, name: str, severity: Severity, breaks: Sequence[Change], passes: Sequence[Change]
) -> Callable[[Callable[[Context], Iterable[Found]]], Callable[[Context], Iterable[Found]]]:
    """Register the function below as a rule. Raises ValueError at an id that is taken."""

    def register(look: Callable[[Context], Iterable[Found]]) -> Callable[[Context], Iterable[Found]]:
        if name in RULES:
            raise ValueError(f"two rules are called {name}")
        RULES[name] = Rule(name, severity, inspect.getdoc(look) or "", breaks, passes, look)
        return look

    return register


def _index(name: str, names: Sequence[str]) -> int:
    return names.index(name)

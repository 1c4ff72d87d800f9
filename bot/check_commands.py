"""`faqbot check`: lends the rules of bot.content the parts above it, and prints what they find."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from bot.compose import Composer
from bot.content import report
from bot.content.check import check, pick
from bot.content.load import load
from bot.content.model import Guardrail, GuardrailKind, Library
from bot.content.rules import RULES
from bot.content.rules.base import Catch, Fault, Sized, Stolen, Tools
from bot.content.yaml_source import KeyPath
from bot.reply import NOTHING_FOUND, Reply
from bot.understand.guardrails import Guardrails
from bot.understand.match import Hit
from bot.understand.of_library import matcher_of
from bot.understand.patterns import PatternError

FOLDS = 5


def run(root: Path, today: date, *, strict: bool, style: str, only: Sequence[str]) -> bool:
    """Print every finding in `root`; return whether the run failed."""
    found = check(root, today, tools(today), only)
    for line in report.FORMATS[style](found, root):
        click.echo(line)
    return found.failed(strict=strict)


def explain(only: Sequence[str]) -> None:
    """Print the manual of these rules, or of all."""
    pick(only)
    for rule_id in only or RULES:
        click.echo(report.manual(rule_id))


def stats(root: Path) -> None:
    """Print words and reading grade of every answer. Raises ContentError."""
    for line in report.stats(load(root)):
        click.echo(line)


def tools(today: date) -> Tools:
    """Return what the rules borrow from the modules above content."""
    return Tools(
        stolen=stolen, faults=faults, catches=catches, replies=lambda library: replies(library, today)
    )


def stolen(library: Library) -> Iterator[Stolen]:
    """Ask every phrasing of a matcher that has not learned it; yield those that go elsewhere."""
    everything = {(a, p): i for i, (a, p) in enumerate(_pairs(library.phrasings()))}
    for fold in range(FOLDS):
        learned = {
            answer: [p for p in phrasings if everything[answer, p] % FOLDS != fold]
            for answer, phrasings in library.phrasings().items()
        }
        matcher = matcher_of(library, phrasings=learned)
        for (answer, phrasing), index in everything.items():
            if index % FOLDS == fold:
                decision = matcher.decide(phrasing)
                if isinstance(decision, Hit) and decision.candidates[0].answer_id != answer:
                    best = decision.candidates[0]
                    yield Stolen(answer, phrasing, best.answer_id, best.phrasing)


def _pairs(phrasings: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for answer, texts in phrasings.items():
        yield from ((answer, text) for text in texts)


def faults(files: Mapping[GuardrailKind, Guardrail]) -> Iterator[Fault]:
    """Yield the rules whose patterns cannot be understood."""
    for kind, file in files.items():
        if _fault({kind: file}) is None:
            continue
        for index, rule in enumerate(file.rules):
            why = _fault({kind: file.model_copy(update={"rules": (rule,)})})
            if why is not None:
                yield Fault(kind, index, why)


def _fault(files: Mapping[GuardrailKind, Guardrail]) -> str | None:
    try:
        Guardrails(files)
    except PatternError as error:
        return str(error)
    return None


def catches(files: Mapping[GuardrailKind, Guardrail]) -> Callable[[str], Sequence[Catch]]:
    """Return what lists every guardrail rule that a text sets off, the deciding one first."""
    broken = {(fault.kind, fault.index) for fault in faults(files)}
    whole = {
        kind: file.model_copy(
            update={"rules": tuple(r for i, r in enumerate(file.rules) if (kind, i) not in broken)}
        )
        for kind, file in files.items()
    }
    guardrails = Guardrails(whole)

    def caught(text: str) -> list[Catch]:
        return [
            Catch(fired.kind, fired.rule.id, fired.rule.category, fired.rule.level == "alarm")
            for fired in guardrails.fired(text)
        ]

    return caught


def replies(library: Library, today: date) -> Iterator[Sized]:
    """Yield the length of every reply that can be composed, in every country, at its longest."""
    for region in library.crisis:
        composer = Composer(library, region, drafts=True, today=lambda: today)
        for file, path, reply in _composed(library, composer):
            yield Sized(file, path, region, _units(reply.text))


def _composed(library: Library, composer: Composer) -> Iterable[tuple[str, KeyPath, Reply]]:
    here = library.language
    for answer in library.answers:
        yield library.answer_file(answer), ("answer",), composer.answer(answer, in_doubt="longest")
    for name in type(library.messages).model_fields:
        yield f"{here}/messages.yaml", (name,), composer.message(name, topics=True)
    for index, topic in enumerate(library.topics):
        yield f"{here}/topics.yaml", ("topics", index), composer.topic(topic.id)
    yield f"{here}/messages.yaml", ("about",), composer.about()
    country = library.crisis_file(composer.country)
    yield country, ("resources",), composer.crisis_lines()
    yield country, ("resources",), composer.crisis_fallback()
    yield from _refused(library, composer)


def _refused(library: Library, composer: Composer) -> Iterator[tuple[str, KeyPath, Reply]]:
    near = sorted(library.answers, key=lambda a: -len(library.answers[a].title))[:2]
    for kind, guardrail in library.guardrails.items():
        file = f"{library.language}/guardrails/{kind}.yaml"
        for name, said in guardrail.replies.items():
            origin = f"{file}#{name}"
            if kind == "crisis":
                reply = composer.crisis(name, said, origin, NOTHING_FOUND)
            else:
                reply = composer.refusal(kind, said, origin, NOTHING_FOUND, near, in_doubt="longest")
            yield file, ("replies", name, "text"), reply


def _units(text: str) -> int:
    """Return the length of `text` as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

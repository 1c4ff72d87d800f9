"""Guardrail rules: whether their own examples bear them out."""

# ruff: noqa: D401 (the docstring of a rule is its manual: it says what is wrong)

from collections.abc import Iterator

from bot.content.model import Guardrail
from bot.content.rules.base import Context, Found, rule
from bot.content.rules.sample import DOSING, LIVER
from bot.content.yaml_source import KeyPath

_Group = tuple[KeyPath, str]


def _rules(context: Context, key: str) -> Iterator[tuple[str, Guardrail, int, list[_Group]]]:
    """Yield (file, guardrail, rule index, [(path, text) …]) for the texts under `key` of each rule."""
    for kind, guardrail in context.library.guardrails.items():
        file = f"{context.library.language}/guardrails/{kind}.yaml"
        for index, found in enumerate(guardrail.rules):
            texts: tuple[str, ...] = getattr(found, key)
            yield file, guardrail, index, [(("rules", index, key, i), t) for i, t in enumerate(texts)]


def _own(context: Context, text: str, guardrail: Guardrail, index: int) -> bool:
    """Say whether `text` sets off this very rule."""
    rule_id = guardrail.rules[index].id
    return any((c.kind, c.rule) == (guardrail.kind, rule_id) for c in context.catches(text))


@rule(
    name="guardrail_pattern",
    severity="error",
    breaks=[{f"{DOSING}#rules.0.patterns.0": "how (much"}, {f"{DOSING}#rules.0.patterns.0": "<nobody> asks"}],
    passes=[{}, {f"{DOSING}#rules.0.patterns.0": "how (much|many)"}],
)
def guardrail_pattern(context: Context) -> Iterator[Found]:
    """A pattern of a guardrail rule cannot be understood, and the bot would not start.

    The signs that a pattern may hold are listed in answers/README.md. Usually a bracket is not
    closed, or a <set> is misspelled.
    """
    for fault in context.tools.faults(context.library.guardrails):
        file = f"{context.library.language}/guardrails/{fault.kind}.yaml"
        yield Found(file, ("rules", fault.index, "patterns"), fault.why, "see the signs in answers/README.md")


@rule(
    name="guardrail_example",
    severity="error",
    breaks=[{f"{DOSING}#rules.0.examples.1": "which amount"}],
    passes=[{}, {f"{DOSING}#rules.0.examples.1": "HOW  MUCH??"}],
)
def guardrail_example(context: Context) -> Iterator[Found]:
    """An example of a rule does not set that rule off.

    Either a pattern misses what it was written for, or `unless` takes it away again. Mend the
    pattern: people really write the example. The pattern signs are in answers/README.md.
    """
    for file, guardrail, index, texts in _rules(context, "examples"):
        for path, text in texts:
            if not _own(context, text, guardrail, index):
                message = f"{text!r} does not set off {guardrail.rules[index].id}"
                yield Found(file, path, message, "mend the patterns, or the unless of the rule")


@rule(
    name="guardrail_near_miss",
    severity="error",
    breaks=[{f"{DOSING}#rules.0.near_misses.0": "so how much did you cry"}],
    passes=[{}],
)
def guardrail_near_miss(context: Context) -> Iterator[Found]:
    """A near miss sets the rule off, though it must not.

    Somebody with an ordinary question would be refused or alarmed. Make the pattern narrower, or
    add an `unless`.
    """
    for file, guardrail, index, texts in _rules(context, "near_misses"):
        for path, text in texts:
            if _own(context, text, guardrail, index):
                message = f"{text!r} sets off {guardrail.rules[index].id}"
                yield Found(file, path, message, "make the pattern narrower, or add an unless")


@rule(
    name="guardrail_shadowed",
    severity="warning",
    breaks=[{f"{DOSING}#rules.0.examples.1": "save me, how much"}],
    passes=[{}],
)
def guardrail_shadowed(context: Context) -> Iterator[Found]:
    """An example of a rule is answered by a rule of another category that comes first.

    Crisis comes before dosing, dosing before sourcing, and upper rules before lower ones. That may
    be right (danger first); then move the example to the rule that answers it.
    """
    for file, guardrail, index, texts in _rules(context, "examples"):
        own = guardrail.rules[index]
        for path, text in texts:
            first = next((c for c in context.catches(text) if c.alarm or own.level == "notice"), None)
            if first and (first.kind, first.category) != (guardrail.kind, own.category):
                message = f"{text!r} is answered by {first.kind}.{first.rule}"
                yield Found(file, path, message, "move the example there, or make that rule narrower")


@rule(
    name="phrasing_unreachable",
    severity="warning",
    breaks=[
        {f"{LIVER}#phrasings.3": "how much hurts the liver"},
        {f"{LIVER}#question": "Good morning liver?"},
    ],
    passes=[{}, {f"{LIVER}#phrasings.3": "please save me, my liver"}],
)
def phrasing_unreachable(context: Context) -> Iterator[Found]:
    """A guardrail answers this phrasing first, so it never reaches its answer.

    Questions about amounts and where to buy, and greetings, get their own reply. Reword the
    phrasing or take it out; or, if people with this question should get the answer, make the
    guardrail rule narrower. (Crisis rules are left out: danger is answered first on purpose.)
    """
    for file, answer in context.answers():
        places: list[_Group] = [(("title",), answer.title), (("question",), answer.question)]
        places += [(("phrasings", i), text) for i, text in enumerate(answer.phrasings)]
        for path, text in places:
            caught = next((c for c in context.catches(text) if c.alarm), None)
            if caught and caught.kind != "crisis":
                message = f"{text!r} is answered by {caught.kind}.{caught.rule}"
                yield Found(file, path, message, "reword it or take it out, or make that rule narrower")

"""Whether the files can be read at all. The loader looks; this is its entry among the rules."""

# ruff: noqa: D401 (the docstring of a rule is its manual: it says what is wrong)

from collections.abc import Iterator

from bot.content.rules.base import Context, Found, rule
from bot.content.rules.sample import CRISIS, DOSING, GONE, LIVER, TOPICS


@rule(
    name="schema",
    severity="error",
    breaks=[
        {f"{LIVER}#question": GONE},
        {f"{LIVER}#titel": "About the liver"},
        {f"{LIVER}#title": "A title of far more than forty characters in all"},
        {f"{LIVER}#answer": "# A heading"},
        {f"{LIVER}#sources": []},
        {f"{LIVER}#sources.0.url": "http://example.org/liver"},
        {f"{LIVER}#sources.0.seen": "maybe"},
        {f"{LIVER}#see_also": ["no_such_answer"]},
        {f"{LIVER}#caveats": ["no_such_caveat"]},
        {f"{TOPICS}#topics.0.answers": ["liver"]},
        {f"{DOSING}#rules.0.examples": []},
        {f"{DOSING}#rules.0.near_misses": []},
        {f"{CRISIS}#resources.0.kind": "poison"},
    ],
    passes=[
        {},
        {f"{LIVER}#see_also": []},
        {f"{LIVER}#answer": "**Yes.**\n\n- One\n- [Two](https://a.org/b)"},
    ],
)
def schema(_: Context) -> Iterator[Found]:
    """A file cannot be read, or does not have the keys and values of its kind.

    The bot refuses to start on such a file, and the other rules cannot look at it either: mend
    these lines first. Keys missing, misspelled or with the wrong kind of value; ids of answers,
    caveats, replies that do not exist; markup other than paragraphs, lists, bold and https links;
    sources missing or not https; helplines that are not in the order emergency, suicide, poison,
    addiction; guardrail rules without examples. Each line says what is wrong and what to write.
    """
    yield from ()

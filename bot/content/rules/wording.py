"""What a text says and how it says it: amounts, banned words, phone numbers, length, grade."""

# ruff: noqa: D401 (the docstring of a rule is its manual: it says what is wrong)

import re
from collections.abc import Iterator

from bot.content.amounts import states_amount
from bot.content.markup import plain
from bot.content.readability import measure
from bot.content.rules.base import Context, Found, rule
from bot.content.rules.sample import CAVEATS, CRISIS, DOSING, LIVER, MESSAGES
from bot.content.rules.words import BANNED
from bot.content.yaml_source import KeyPath

FEWEST_WORDS, MOST_WORDS = 60, 180
HIGHEST_GRADE = 8.0
_LONG_NUMBER = re.compile(r"(?<![\w/.])\+?\(?\d(?:[ ().–-]?\d){6,}(?![\w/])")
_CALLED = re.compile(
    r"\b(?:call|dial|ring|phone|text|sms|whatsapp)(?:ing)?(?: or (?:call|text))?(?: [A-Z]{2,10} to)?[: ]+"
    r"(\+?\d[\d -]{1,14}\d)\b",
    re.IGNORECASE,
)
_KNOWN_SHORT = re.compile(r"(?<![\w.,-])(?:911|999|988|112|000|111|116 ?123|741741|85258)(?![\w%]|[.,]\d)")
_BODY = "Yes, it can harm you. " * 13


@rule(
    name="amount",
    severity="error",
    breaks=[
        {f"{LIVER}#answer": f"{_BODY}\n\nTake 5 grams."},
        {f"{LIVER}#answer": f"{_BODY}\n\nWait **four hours** before you take it again."},
        {f"{LIVER}#title": "Kratom twice a day"},
        {f"{CAVEATS}#caveats.interactions": "Halve your dose before you mix."},
        {f"{MESSAGES}#help": "People use two capsules."},
        {f"{DOSING}#replies.first.text": "Not more than a teaspoon."},
        {f"{CRISIS}#resources.0.text": "Emergency: 112. Give 2 sprays"},
    ],
    passes=[
        {},
        {f"{LIVER}#answer": f"{_BODY}\n\nIt lasts two weeks. In 2019, 41% of 2,798 people said so."},
        {
            f"{LIVER}#answer": f"{_BODY}\n\nRepeat naloxone after 2 minutes.",
            f"{LIVER}#amounts_exemption": "Naloxone, as its package says.",
        },
    ],
)
def amount(context: Context) -> Iterator[Found]:
    """A text states an amount, an interval or a schedule of a substance.

    No text may, not even to say that it is too much: people take a number as advice. How long an
    illness lasts, dates, percentages and counts of people are fine. Take the number out, and say
    who can talk about it with them. The one exemption is the emergency use of naloxone as its
    package says: such an answer carries `amounts_exemption` with the reason.
    """
    exempt = {file for file, answer in context.answers() if answer.amounts_exemption}
    for file, path, text in _texts(context):
        words = states_amount(text)
        if words and not (file in exempt and path == ("answer",)):
            fix = "take it out; say who can talk about amounts with them"
            yield Found(file, path, f"states an amount or schedule ({words!r})", fix, near=words)


@rule(
    name="exemption_misused",
    severity="error",
    breaks=[{f"{LIVER}#amounts_exemption": "Everybody asks for it."}],
    passes=[
        {},
        {
            f"{LIVER}#answer": f"{_BODY}\n\nRepeat naloxone after 2 minutes.",
            f"{LIVER}#amounts_exemption": "Naloxone, as its package says.",
        },
    ],
)
def exemption_misused(context: Context) -> Iterator[Found]:
    """An answer has `amounts_exemption` but is not about naloxone, or states no amount.

    The exemption is for the emergency use of naloxone alone. Remove the key.
    """
    for file, answer in context.answers():
        if answer.amounts_exemption is None:
            continue
        if "naloxone" not in answer.answer.casefold() or not states_amount(answer.answer):
            message = "is only for an answer that says how to give naloxone"
            yield Found(file, ("amounts_exemption",), message, "remove this key")


@rule(
    name="banned_word",
    severity="error",
    breaks=[
        {f"{LIVER}#answer": f"{_BODY}\n\nA **safe** choice."},
        {f"{LIVER}#title": "Is it harmless?"},
        {f"{LIVER}#question": "Can it cure me?"},
        {f"{LIVER}#answer": f"{_BODY}\n\nAddicts know this."},
        {f"{LIVER}#answer": f"{_BODY}\n\nHe tested clean."},
        {f"{MESSAGES}#welcome": "Kratom users, welcome."},
        {f"{CAVEATS}#caveats.interactions": "MIT45 is strong."},
        {f"{DOSING}#replies.first.text": "She committed suicide."},
        {f"{CRISIS}#line": "Call the substance abuse line: 112"},
    ],
    passes=[
        {},
        {f"{LIVER}#answer": f"{_BODY}\n\nUnsafe. Safety first. Addiction can be treated. Clean the wound."},
        {f"{LIVER}#phrasings.3": "is it safe for the liver of an addict"},
    ],
)
def banned_word(context: Context) -> Iterator[Found]:
    """A text uses a word that is never used here: "safe", "cure", a word that wounds, a shop's name.

    "Safe" is heard as permission, "cure" as a promise; labels keep people from asking for help;
    a shop's name is heard as advice. docs/writing-answers.md has the list, and each finding says
    what to write instead. Phrasings may hold any word: people do.
    """
    for file, path, text in _texts(context):
        shown = plain(text)
        for banned in BANNED:
            for found in banned.pattern.finditer(shown):
                yield Found(file, path, f"{found[0]!r} {banned.why}", banned.instead, near=found[0])


@rule(
    name="phone_number",
    severity="error",
    breaks=[
        {f"{LIVER}#answer": f"{_BODY}\n\nCall 1-800-222-1222."},
        {f"{LIVER}#answer": f"{_BODY}\n\nText HELP to 55555."},
        {f"{LIVER}#answer": f"{_BODY}\n\nDial 911."},
        {f"{MESSAGES}#error": "In danger? 999."},
        {f"{DOSING}#replies.first.text": "Ring 08457 90 90 90."},
    ],
    passes=[
        {},
        {f"{LIVER}#answer": f"{_BODY}\n\nCall 112, or call 116 123."},
        {f"{LIVER}#answer": f"{_BODY}\n\nIn 2016-2017, 25,398 cases. 42 CFR Part 2. 1 July 2026. MGM-15."},
    ],
)
def phone_number(context: Context) -> Iterator[Found]:
    """A text holds a phone number or short code that is in no crisis file.

    Numbers change, and most work in one country only. Take it out: the crisis line is under every
    reply, and `helplines: [poison]` adds the person's own poison line. A number that is really
    needed goes to answers/crisis/ first, with its source.
    """
    known = {
        _digits(contact.value)
        for country in context.library.crisis.values()
        for resource in country.resources
        for contact in resource.contacts
    }
    for file, path, text in _texts(context):
        if file.startswith("crisis/"):
            continue
        for number in _numbers(plain(text)):
            if _digits(number) not in known:
                fix = "take it out; use helplines, or add it to answers/crisis/ first"
                yield Found(file, path, f"{number} is in no crisis file", fix, near=number)


@rule(
    name="word_count",
    severity="error",
    breaks=[{f"{LIVER}#answer": "Yes."}, {f"{LIVER}#answer": "Yes, it can. " * 61}],
    passes=[{}, {f"{LIVER}#answer": "Yes, it can. " * 60}],
)
def word_count(context: Context) -> Iterator[Found]:
    """An answer has fewer than 60 or more than 180 words.

    Shorter leaves people alone with the question; longer is not read by someone who is ill. Cut
    what the reader does not need now, or link it with `see_also`.
    """
    for file, answer in context.answers():
        words = measure(answer.answer).words
        if not FEWEST_WORDS <= words <= MOST_WORDS:
            yield Found(file, ("answer",), f"has {words} words", f"write {FEWEST_WORDS} to {MOST_WORDS}")


@rule(
    name="reading_grade",
    severity="warning",
    breaks=[
        {f"{LIVER}#answer": "Pharmacological interactions necessitate multidisciplinary evaluation. " * 10}
    ],
    passes=[{}],
)
def reading_grade(context: Context) -> Iterator[Found]:
    """An answer reads harder than the eighth school year (Flesch-Kincaid).

    People read this ill, scared, or in a third language. Split long sentences, and use everyday
    words: "ease" for "alleviate", "take" for "administer".
    """
    for file, answer in context.answers():
        grade = measure(answer.answer).grade
        if grade > HIGHEST_GRADE:
            message = f"reads at grade {grade}"
            yield Found(file, ("answer",), message, "use shorter sentences and everyday words")


def _texts(context: Context) -> Iterator[tuple[str, KeyPath, str]]:
    """Yield every text that is sent, and the question of each answer, which heads it elsewhere."""
    yield from context.texts()
    for file, answer in context.answers():
        yield file, ("question",), answer.question


def _numbers(text: str) -> list[str]:
    """Return what looks like a phone number or short code."""
    found = [match[0] for match in _LONG_NUMBER.finditer(text) if not _is_years(match[0])]
    found += [match[1] for match in _CALLED.finditer(text)]
    found += [match[0] for match in _KNOWN_SHORT.finditer(text)]
    return list(dict.fromkeys(found))


def _is_years(number: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d[ –-]+(?:19|20)\d\d", number))


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)

"""How people ask: no line may belong to two answers, or be taken for another's."""

# ruff: noqa: D401 (the docstring of a rule is its manual: it says what is wrong)

import re
from collections.abc import Iterator

import numpy as np
from rapidfuzz import fuzz, process

from bot.content.rules.base import Context, Found, rule
from bot.content.rules.sample import LIVER
from bot.content.yaml_source import KeyPath

FEWEST = 30
CLOSE = 93.0
"""Similarity (0–100, words sorted) from which two phrasings count as nearly the same."""
_SMALL = (
    "a an the is are am be do does did i you me my your it its of on at and can could will would should if "
    "when what how which that this there have has had was were please so u"
)
_SMALL_WORDS = frozenset(_SMALL.split(" "))
_OPPOSITES = frozenset({"not", "no", "never", "without", "stop", "after", "before"})
_Line = tuple[str, str, KeyPath, str]
"""answer id, file, path, text"""


def _lines(context: Context) -> Iterator[_Line]:
    for file, answer in context.answers():
        yield answer.id, file, ("question",), answer.question
        for index, text in enumerate(answer.phrasings):
            yield answer.id, file, ("phrasings", index), text


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold().replace("'", "").replace("’", "")))


@rule(
    name="phrasing_in_two_answers",
    severity="error",
    breaks=[
        {f"{LIVER}#phrasings.3": "Insomnia at night!"},
        {f"{LIVER}#phrasings.3": "at night, the insomnia"},
        {f"{LIVER}#phrasings.3": "What should I know about sleep"},
    ],
    passes=[{}, {f"{LIVER}#phrasings.3": "insomnia and bile at night"}],
)
def phrasing_in_two_answers(context: Context) -> Iterator[Found]:
    """Two answers have the same phrasing, or one with the same meaningful words.

    The bot cannot know which answer is meant. Keep it where it belongs, or make both plainer.
    """
    owners: dict[frozenset[str], tuple[str, str]] = {}
    for answer_id, file, path, text in _lines(context):
        key = frozenset(_words(text)) - _SMALL_WORDS or frozenset(_words(text))
        owner, same = owners.setdefault(key, (answer_id, text))
        if owner != answer_id:
            message = f"{text!r} is {same!r} of {owner}"
            yield Found(file, path, message, "keep it in the answer it belongs to, or make both plainer")


@rule(
    name="phrasing_twice",
    severity="warning",
    breaks=[{f"{LIVER}#phrasings.3": "Liver damage?"}],
    passes=[{}, {f"{LIVER}#phrasings.3": "damage of the liver"}],
)
def phrasing_twice(context: Context) -> Iterator[Found]:
    """An answer has the same phrasing twice.

    It adds nothing. Replace it by another way to ask.
    """
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    for answer_id, file, path, text in _lines(context):
        key = (answer_id, _words(text))
        if key in seen and path[0] == "phrasings":
            yield Found(file, path, f"{text!r} is here twice", "replace it by another way to ask")
        seen.setdefault(key, text)


@rule(
    name="phrasing_close",
    severity="warning",
    breaks=[{f"{LIVER}#phrasings.3": "cannot fall aslep"}],
    passes=[{}, {f"{LIVER}#phrasings.3": "insomnia at night"}, {f"{LIVER}#phrasings.3": "cannot fall over"}],
)
def phrasing_close(context: Context) -> Iterator[Found]:
    """A phrasing is almost letter for letter one of another answer.

    Someone who misspells one lands at the other. Make the two plainer: add the word that tells
    them apart.
    """
    lines = list(_lines(context))
    texts = [text for *_, text in lines]
    plain = [" ".join(sorted(_words(text))) for text in texts]
    scores = process.cdist(plain, plain, scorer=fuzz.ratio, score_cutoff=CLOSE, dtype=np.uint8, workers=-1)
    for row, column in zip(*scores.nonzero(), strict=True):
        (owner, *_, other), (answer_id, file, path, text) = lines[row], lines[column]
        if row < column and owner != answer_id and not _differ_in_meaning(text, other):
            message = f"{text!r} is almost {other!r} of {owner}"
            yield Found(file, path, message, "add the word that tells them apart")


def _differ_in_meaning(text: str, other: str) -> bool:
    """Say whether the two have the same meaningful words (another rule's case) or opposite ones."""
    one, two = set(_words(text)), set(_words(other))
    return one - _SMALL_WORDS == two - _SMALL_WORDS or bool((one ^ two) & _OPPOSITES)


@rule(
    name="phrasing_stolen",
    severity="warning",
    breaks=[{f"{LIVER}#phrasings.3": "insomnia: awake at night, sleepless, lying awake"}],
    passes=[{}],
)
def phrasing_stolen(context: Context) -> Iterator[Found]:
    """The matcher, when it has not learned this phrasing, gives it to another answer for certain.

    Every phrasing is asked of matchers that have learned four fifths of the others. A line that
    goes elsewhere is nearer to that answer than to its own: people who ask nearly the same get the
    wrong text. Move it, reword it, or add phrasings around it; where it could mean either, take it
    out.
    """
    where = {(answer_id, text): (file, path) for answer_id, file, path, text in _lines(context)}
    for stolen in context.tools.stolen(context.library):
        file, path = where.get((stolen.answer_id, stolen.phrasing), ("", ()))
        if file:
            message = f"{stolen.phrasing!r} would go to {stolen.given_to} ({stolen.because_of!r})"
            yield Found(file, path, message, "move it there, make it plainer, or add phrasings around it")


@rule(
    name="phrasings_few",
    severity="warning",
    breaks=[{f"{LIVER}#phrasings": [f"liver question {word}" for word in "abcdefghijklmnop"]}],
    passes=[{}],
)
def phrasings_few(context: Context) -> Iterator[Found]:
    """An answer has fewer than 30 phrasings.

    People ask in more ways than one writer thinks of. Add voices that are missing: one word, a
    rambling message, slang, a relative, a clinician.
    """
    for file, answer in context.answers():
        count = len(answer.phrasings)
        if count < FEWEST:
            yield Found(
                file, ("phrasings",), f"are only {count}", f"have {FEWEST} or more, in different voices"
            )

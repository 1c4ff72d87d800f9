"""What an answer rests on, and how honest and how fresh that is."""

# ruff: noqa: D401 (the docstring of a rule is its manual: it says what is wrong)

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from bot.content.model import Source
from bot.content.rules.base import Context, Found, rule
from bot.content.rules.sample import LIVER
from bot.content.yaml_source import KeyPath

MAX_AGE = timedelta(days=365)


def _each(context: Context) -> Iterator[tuple[str, KeyPath, Source]]:
    for file, answer in context.answers():
        for index, source in enumerate(answer.sources):
            yield file, ("sources", index), source


@rule(
    name="source_unverified",
    severity="warning",
    breaks=[{f"{LIVER}#sources.0.seen": "unverified"}],
    passes=[{f"{LIVER}#sources.0.seen": "copy"}],
)
def source_unverified(context: Context) -> Iterator[Found]:
    """Nobody has read this source yet.

    The draft says something that is generally held, and names where to check it. Open the source,
    compare it with the answer, then set `seen: primary` (or take the sentence out).
    """
    for file, path, source in _each(context):
        if source.seen == "unverified":
            fix = "open it, compare, then set seen: primary, or remove what rests on it"
            yield Found(file, (*path, "seen"), f"nobody has read {source.title!r}", fix)


@rule(
    name="sources_all_unverified",
    severity="warning",
    breaks=[{f"{LIVER}#sources.0.seen": "unverified"}],
    passes=[
        {},
        {
            f"{LIVER}#sources.1": {
                "title": "Another",
                "publisher": "Somebody",
                "url": "https://example.org/other",
                "accessed": "2026-11-01",
                "seen": "unverified",
            }
        },
    ],
)
def sources_all_unverified(context: Context) -> Iterator[Found]:
    """None of the sources of this answer has been read by anybody.

    Such an answer is general knowledge alone. Read at least one of its sources before you sign it.
    """
    for file, answer in context.answers():
        if all(source.seen == "unverified" for source in answer.sources):
            yield Found(
                file, ("sources",), "none of them has been read", "read one before signing the answer"
            )


@rule(
    name="source_site_root",
    severity="warning",
    breaks=[
        {f"{LIVER}#sources.0.url": "https://example.org"},
        {f"{LIVER}#sources.0.url": "https://example.org/"},
    ],
    passes=[{}, {f"{LIVER}#sources.0.url": "https://example.org/?page=3"}],
)
def source_site_root(context: Context) -> Iterator[Found]:
    """The address is a whole site, not the page that says it.

    The next reader cannot find what was read. Replace it by the address of the page.
    """
    for file, path, source in _each(context):
        parts = urlsplit(source.url)
        if parts.path in ("", "/") and not parts.query:
            yield Found(file, (*path, "url"), f"{source.url} is a whole site", "give the address of the page")


@rule(
    name="source_old",
    severity="warning",
    breaks=[{f"{LIVER}#sources.0.accessed": "2025-11-01"}],
    passes=[{f"{LIVER}#sources.0.accessed": "2025-12-01"}],
)
def source_old(context: Context) -> Iterator[Found]:
    """The source was last looked at more than a year ago.

    Pages change, laws and warnings most of all. Open it again, compare, and set `accessed` to that
    day.
    """
    for file, path, source in _each(context):
        if context.today - source.accessed > MAX_AGE:
            fix = "open it again, compare, and set accessed to that day"
            yield Found(file, (*path, "accessed"), f"last read on {source.accessed}, over a year ago", fix)


@rule(
    name="date_in_future",
    severity="error",
    breaks=[
        {f"{LIVER}#sources.0.accessed": "2027-01-01"},
        {"crisis/international.yaml#resources.0.verified_on": "2026-11-23"},
    ],
    passes=[{f"{LIVER}#sources.0.accessed": "2026-11-22"}],
)
def date_in_future(context: Context) -> Iterator[Found]:
    """A day on which something was read or checked lies ahead of us.

    Nobody has done that yet. Write the day it was done, as YYYY-MM-DD.
    """
    for file, path, day in _days(context):
        if day > context.today:
            yield Found(file, path, f"{day} has not come yet", "write the day it was done")


def _days(context: Context) -> Iterator[tuple[str, KeyPath, date]]:
    for file, path, source in _each(context):
        yield file, (*path, "accessed"), source.accessed
    for country in context.library.crisis.values():
        for index, resource in enumerate(country.resources):
            if resource.verified_on is not None:
                file = context.library.crisis_file(country)
                yield file, ("resources", index, "verified_on"), resource.verified_on

"""Helplines: whether somebody has checked them, and whether help of every kind is there."""

# ruff: noqa: D401 (the docstring of a rule is its manual: it says what is wrong)

from collections.abc import Iterator
from datetime import timedelta

from bot.content.model import CrisisResource
from bot.content.rules.base import Context, Found, rule
from bot.content.rules.sample import CRISIS, GONE
from bot.content.yaml_source import KeyPath

MAX_AGE = timedelta(days=90)
MAX_LINE = 160
WANTED = ("emergency", "suicide", "poison", "addiction")


def _each(context: Context) -> Iterator[tuple[str, KeyPath, CrisisResource]]:
    for country in context.library.crisis.values():
        for index, resource in enumerate(country.resources):
            yield context.library.crisis_file(country), ("resources", index), resource


@rule(
    name="helpline_unverified",
    severity="warning",
    breaks=[{f"{CRISIS}#resources.0.verified_on": None}],
    passes=[{}],
)
def helpline_unverified(context: Context) -> Iterator[Found]:
    """Nobody has checked this helpline on its owner's own site.

    A wrong number in a crisis can cost a life. Open the owner's page (or call), compare number,
    hours and languages, then set `verified_on` to that day and `source_url` to that page.
    """
    for file, path, resource in _each(context):
        if resource.verified_on is None:
            fix = "check it on its owner's site, then set verified_on"
            yield Found(file, (*path, "verified_on"), f"nobody has verified {resource.id}", fix)


@rule(
    name="helpline_old",
    severity="warning",
    breaks=[{f"{CRISIS}#resources.0.verified_on": "2026-08-01"}],
    passes=[{f"{CRISIS}#resources.0.verified_on": "2026-09-01"}, {f"{CRISIS}#resources.0.verified_on": None}],
)
def helpline_old(context: Context) -> Iterator[Found]:
    """A helpline was last checked more than 90 days ago.

    Lines move and close. Check it again on its owner's site and set `verified_on` to that day.
    """
    for file, path, resource in _each(context):
        if resource.verified_on is not None and context.today - resource.verified_on > MAX_AGE:
            message = f"{resource.id} was last verified on {resource.verified_on}"
            yield Found(file, (*path, "verified_on"), message, "check it again, then set verified_on")


@rule(
    name="helpline_evidence",
    severity="warning",
    breaks=[
        {f"{CRISIS}#resources.1.evidence": "seen_code"},
        {f"{CRISIS}#resources.1.evidence": "unverified"},
    ],
    passes=[{}],
)
def helpline_evidence(context: Context) -> Iterator[Found]:
    """The number was seen only in computer code, or not seen anywhere at all.

    Find a page of the owner, a ministry or a health service that shows it; set `source_url` to
    that page and `evidence: seen`. Take the line out if there is none.
    """
    for file, path, resource in _each(context):
        if resource.evidence != "seen":
            where = "only in code" if resource.evidence == "seen_code" else "nowhere yet"
            fix = "find a page that shows it, or take the line out"
            yield Found(file, (*path, "evidence"), f"{resource.id} was seen {where}", fix)


@rule(
    name="helpline_no_source",
    severity="warning",
    breaks=[{f"{CRISIS}#resources.1.source_url": None}],
    passes=[{}],
)
def helpline_no_source(context: Context) -> Iterator[Found]:
    """No page is named where this helpline can be checked.

    Set `source_url` to the page of its owner.
    """
    for file, path, resource in _each(context):
        if resource.source_url is None:
            message = f"no page to check {resource.id} on"
            yield Found(file, (*path, "source_url"), message, "set source_url to the owner's page")


@rule(
    name="helpline_kinds",
    severity="warning",
    breaks=[{f"{CRISIS}#resources.3": GONE}],
    passes=[{}],
)
def helpline_kinds(context: Context) -> Iterator[Found]:
    """A country has no line of a kind that people here may need: poison or addiction.

    (Emergency and suicide lines are required: without them the file does not load.) Look for one;
    where a country has none, say who helps instead, as international.yaml does for poison.
    """
    for country in context.library.crisis.values():
        kinds = {resource.kind for resource in country.resources}
        for kind in WANTED:
            if kind not in kinds:
                file = context.library.crisis_file(country)
                yield Found(file, ("resources",), f"have no {kind} line", "add one, or say who helps instead")


@rule(
    name="crisis_line_length",
    severity="error",
    breaks=[{f"{CRISIS}#line": "Call for help now. " * 9 + "Call."}],
    passes=[{}],
)
def crisis_line_length(context: Context) -> Iterator[Found]:
    """The line that ends every reply has more than 160 characters.

    It must be read at a glance, on a small screen, under any answer. Keep the emergency number and
    one crisis line; leave the rest to `resources`.
    """
    for country in context.library.crisis.values():
        if len(country.line) > MAX_LINE:
            message = f"has {len(country.line)} characters"
            fix = f"keep it to {MAX_LINE}: emergency number and one crisis line"
            yield Found(context.library.crisis_file(country), ("line",), message, fix)

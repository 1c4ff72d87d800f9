"""Which texts a clinician has approved."""

# ruff: noqa: D401 (the docstring of a rule is its manual: it says what is wrong)

from collections.abc import Iterator

from bot.content.rules.base import Context, Found, rule
from bot.content.rules.sample import LIVER

SIGN = "review and sign it: `faqbot review`"


@rule(
    name="not_reviewed",
    severity="warning",
    breaks=[{}],
    passes=[{"reviews": ("liver", "sleep")}],
)
def not_reviewed(context: Context) -> Iterator[Found]:
    """No clinician's approval of this answer holds today.

    Nobody has signed it, or it was changed after signing, or the approval has run out. The bot
    then does not send it, unless it runs with drafts, where every reply says "draft" first. A
    clinician reads it against its sources and signs it with `faqbot review`; answers/README.md
    and docs/review-model.md say how.
    """
    for file, answer in context.answers():
        if not context.library.approvals(answer.id, context.today):
            message = "no approval holds for this answer"
            yield Found(file, ("id",), message, SIGN)


@rule(
    name="fixed_text_not_reviewed",
    severity="warning",
    breaks=[{}],
    passes=[
        {
            "approved": (
                *("en/topics.yaml", "en/caveats.yaml", "en/messages.yaml", "crisis/international.yaml"),
                *(f"en/guardrails/{kind}.yaml" for kind in ("crisis", "dosing", "sourcing", "smalltalk")),
            )
        }
    ],
)
def fixed_text_not_reviewed(context: Context) -> Iterator[Found]:
    """Nobody has approved this file of caveats, helplines, refusals or messages as it is now.

    These are always sent, approved or not: safety text is better shown than held back. All the
    more they need a clinician's eye. Sign them with `faqbot review`.
    """
    files = {file for file, *_ in context.texts()} - {file for file, _ in context.answers()}
    for file in sorted(files - context.approved_files):
        yield Found(file, (), "nobody has approved this file as it is now", SIGN)


@rule(
    name="review_ignored",
    severity="warning",
    breaks=[{"reviews/en/liver.somebody.yaml#format": "faqbot-review-1"}],
    passes=[{}],
)
def review_ignored(context: Context) -> Iterator[Found]:
    """A review statement does not count: its signature, place or content is not right.

    The answer is treated as if the statement were not there. Sign again with `faqbot review`, or
    remove the file. Never edit a signed statement by hand.
    """
    for problem in context.library.review_problems:
        file, _, rest = problem.partition(":")
        yield Found(file, (), rest.lstrip("0123456789: "), "sign it again with `faqbot review`, or remove it")


@rule(
    name="amounts_exemption",
    severity="warning",
    breaks=[{f"{LIVER}#amounts_exemption": "The naloxone package says so."}],
    passes=[{}],
)
def amounts_exemption(context: Context) -> Iterator[Found]:
    """The answer asks to be let off the rule against amounts.

    Only the emergency use of naloxone, as its package says, may be. Whoever signs the answer
    accepts this too; every amount in it must stand on the package.
    """
    for file, answer in context.answers():
        if answer.amounts_exemption:
            fix = "accept it when signing, or remove the amount and this key"
            yield Found(file, ("amounts_exemption",), "asks to state an amount", fix)

"""Whole replies, composed as people get them."""

# ruff: noqa: D401 (the docstring of a rule is its manual: it says what is wrong)

from collections.abc import Iterator

from bot.content.rules.base import Context, Found, Sized, rule
from bot.content.rules.sample import LIVER

MAX_REPLY = 4096


@rule(
    name="reply_length",
    severity="error",
    breaks=[{f"{LIVER}#answer": "Yes, it can. " * 300}],
    passes=[{}, {f"{LIVER}#answer": "Yes, it can. " * 250}],
)
def reply_length(context: Context) -> Iterator[Found]:
    """A reply would have more than 4096 characters in some country, and Telegram would refuse it.

    Counted with everything around the text: draft line, caveats, helplines, related titles,
    general caveat and crisis line, in the country where these are longest. Shorten the text, or
    name fewer caveats and helplines.
    """
    worst: dict[tuple[str, object], Sized] = {}
    for reply in context.tools.replies(context.library):
        key = (reply.file, reply.path)
        if key not in worst or reply.length > worst[key].length:
            worst[key] = reply
    for reply in worst.values():
        if reply.length > MAX_REPLY:
            message = f"makes a reply of {reply.length} characters in {reply.region}"
            fix = f"shorten it by {reply.length - MAX_REPLY}, or name fewer caveats or helplines"
            yield Found(reply.file, reply.path, message, fix)

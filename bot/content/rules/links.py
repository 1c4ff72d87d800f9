"""How answers point at each other, and how they are named on buttons."""

# ruff: noqa: D401 (the docstring of a rule is its manual: it says what is wrong)

from collections import Counter
from collections.abc import Iterator

from bot.content.rules.base import Context, Found, rule
from bot.content.rules.sample import LIVER, SLEEP


@rule(
    name="orphan",
    severity="warning",
    breaks=[{f"{SLEEP}#see_also": []}],
    passes=[{}],
)
def orphan(context: Context) -> Iterator[Found]:
    """No other answer names this one under `see_also`.

    People find an answer by asking, by the topics menu, or from a related answer. Add the id to
    `see_also` of an answer whose readers may need this one next.
    """
    linked = {other for _, answer in context.answers() for other in answer.see_also}
    for file, answer in context.answers():
        if answer.id not in linked:
            yield Found(
                file, ("id",), "no other answer links here", f"add {answer.id} to a related answer's see_also"
            )


@rule(
    name="dead_end",
    severity="warning",
    breaks=[{f"{LIVER}#see_also": []}],
    passes=[{}],
)
def dead_end(context: Context) -> Iterator[Found]:
    """The answer has no `see_also`.

    Someone who got the wrong answer, or who has the next question, has nowhere to go. Name one to
    four answers that they may need.
    """
    for file, answer in context.answers():
        if not answer.see_also:
            yield Found(file, ("id",), "leads nowhere", "add see_also with one to four answer ids")


@rule(
    name="see_also_twice",
    severity="error",
    breaks=[
        {f"{LIVER}#see_also": ["sleep", "sleep"]},
        {f"{LIVER}#caveats": ["interactions", "interactions"]},
    ],
    passes=[{}],
)
def see_also_twice(context: Context) -> Iterator[Found]:
    """An answer lists the same related answer, caveat or helpline kind twice.

    It would be shown twice. Keep one.
    """
    for file, answer in context.answers():
        lists = {"see_also": answer.see_also, "caveats": answer.caveats, "helplines": answer.helplines}
        for key, names in lists.items():
            for name, count in Counter(names).items():
                if count > 1:
                    yield Found(file, (key,), f"names {name} twice", "keep one")


@rule(
    name="title_twice",
    severity="error",
    breaks=[{f"{SLEEP}#title": "about  LIVER"}, {f"{SLEEP}#question": "What should I know about liver?"}],
    passes=[{}, {f"{SLEEP}#title": "About sleep and rest"}],
)
def title_twice(context: Context) -> Iterator[Found]:
    """Two answers have the same title or the same question.

    Titles are the texts of buttons: people could not tell the two apart. Reword one, or merge the
    two answers.
    """
    for key in ("title", "question"):
        seen: dict[str, str] = {}
        for file, answer in context.answers():
            words = " ".join(getattr(answer, key).casefold().split())
            if words in seen:
                yield Found(file, (key,), f"is also the {key} of {seen[words]}", "reword one of the two")
            seen.setdefault(words, answer.id)

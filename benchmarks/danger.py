"""What other thresholds of the danger check would see, and cost: `python -m benchmarks.danger`.

On the labelled messages in answers/en/guardrails/kept_out, which nothing is learned from; by words
alone, and with the sentence encoder where .encoder or FAQBOT_ENCODER has it. Nearly all of them were
written to be hard. `alarm`, `noticed`, `part` and that of dosing in `bot.understand.layers` are chosen
here; the others were set by hand. One message of thirty is 3 %: the last row says how many there are.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot.content.learned import KEPT_OUT, read_messages
from bot.content.load import load
from bot.content.model import Library
from bot.understand.encoder import TunableEncoder
from bot.understand.guardrails import Guardrails, Verdict
from bot.understand.layers import TOGETHER, WORDS, Layered, Thresholds
from bot.understand.recall import Judgement, Recall
from bot.wire import recall_of

from benchmarks.data import PROJECT  # isort: skip
from benchmarks.encoding import encoder  # isort: skip

_ALARM = (0.3, 0.36, 0.42, 0.45, 0.5, 0.58, 0.66)
_NOTICED = (0.1, 0.15, 0.2, 0.22, 0.3)
_PART = (0.85, 0.9, 0.93, 0.95, 0.98, 0.99)
_DOSING = (0.25, 0.35, 0.45, 0.55)


class Remembered:
    """A recall layer that judges every text once."""

    def __init__(self, recall: Recall) -> None:
        """Stand before `recall`."""
        self.labels = recall.labels
        self.judge: Callable[[str], Judgement] = cache(recall.judge)


class RememberedRules:
    """Rules that are asked once for every text."""

    def __init__(self, rules: Guardrails) -> None:
        """Stand before `rules`."""
        self.check: Callable[[str], Verdict] = cache(rules.check)
        self.spaced: Callable[[str], str] = cache(rules.spaced)


def candidates(start: Thresholds) -> Iterable[tuple[str, Thresholds]]:
    """Yield the thresholds in use and others that differ in one, each with a name."""
    yield "as it is", start
    for value in _ALARM:
        yield f"alarm {value:g}", replace(start, alarm=value)
    for value in _NOTICED:
        yield f"noticed {value:g}", replace(start, noticed=value)
    for value in _PART:
        yield f"part {value:g}", replace(start, part=value)
    for value in _DOSING:
        yield f"dosing {value:g}", replace(start, other={**start.other, "dosing": value})


def shares(layered: Layered, messages: Mapping[str, Iterable[str]]) -> dict[str, tuple[float, float, int]]:
    """Return for each file of messages: the shares with a crisis reply, with a refusal, and their number."""
    found: dict[str, tuple[float, float, int]] = {}
    for name, texts in messages.items():
        alarms = [layered.check(text).alarm for text in texts]
        kinds = [alarm.kind if alarm else "" for alarm in alarms]
        found[name] = kinds.count("crisis") / len(kinds), kinds.count("dosing") / len(kinds), len(kinds)
    return found


def table(library: Library, messages: Mapping[str, Iterable[str]], used: TunableEncoder | None) -> None:
    """Print what each candidate sees."""
    recall = recall_of(library, used)
    if recall is None:
        raise SystemExit("There is nothing learned yet: run `make learn`.")
    rules = RememberedRules(Guardrails(library.guardrails))
    start, name = (WORDS, "words") if used is None else (TOGETHER, "together")
    print(f"### {'By words alone' if used is None else 'With the sentence encoder'}\n")
    print("Crisis replies in % of each file; for dosing and near_amounts, refusals.\n")
    head = [file.removeprefix("crisis.").removeprefix("none.") for file in messages]
    print(f"| | {' | '.join(head)} |\n|---|{'---|' * len(head)}")
    remembered = Remembered(recall)
    for title, thresholds in candidates(start):
        # both stand in for the real ones with all that Layered asks of them
        layered = Layered(rules, library.guardrails, remembered, **{name: thresholds})  # type: ignore[arg-type]
        seen = shares(layered, messages)
        cells = [seen[file][1 if file in ("dosing.amount", "none.near_amounts") else 0] for file in messages]
        print(f"| {title} | {' | '.join(f'{cell:.1%}' for cell in cells)} |", flush=True)
    print(f"| messages | {' | '.join(str(count) for _, _, count in seen.values())} |\n")


def main() -> None:
    """Print a table by words alone, and one with the encoder where there is one."""
    answers = PROJECT / "answers"
    library = load(answers)
    folder = answers / library.language / "guardrails" / KEPT_OUT
    messages = {name: texts for name, texts in read_messages(folder).items() if texts}
    if not messages:
        raise SystemExit(f"There are no messages in {folder}: nothing to choose thresholds on.")
    table(library, messages, None)
    found = encoder()
    if found is not None:
        table(library, messages, found)


if __name__ == "__main__":
    main()

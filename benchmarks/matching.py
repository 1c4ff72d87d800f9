"""Accuracy and cost of the matcher beside simpler ones: `python -m benchmarks.matching [--quick]`.

By words alone, and with the sentence encoder where .encoder or FAQBOT_ENCODER has it.
"""

import argparse
import importlib.util
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from rapidfuzz import fuzz, process

from bot.content.load import load
from bot.evaluate.questions import known_labels, part_files, read_questions
from bot.respond import Ask
from bot.understand.encoder import SentenceEncoder
from bot.understand.match import Ambiguous, Hit, Matcher
from bot.understand.of_library import matcher_of
from bot.understand.text import normalise
from bot.wire import build

from benchmarks.baselines import BUILDERS, Builder, Ranks, matcher  # isort: skip
from benchmarks.data import PUBLIC, PROJECT, Task, clinc, folds, hint3, stackfaq  # isort: skip
from benchmarks.encoding import encoder, warn  # isort: skip


@dataclass(frozen=True)
class Figures:
    """How one ranker did on one task; shares from 0 to 1."""

    top1: float
    top3: float
    outside: float
    """Out-of-scope questions below the score that 90 % of the others reach."""
    build: float
    """Seconds; with the encoder, what it read before counts no more: its vectors are kept."""
    query: float
    """Milliseconds, median."""


def measure(builder: Builder, task: Task) -> Figures:
    """Build a ranker and ask it everything in `task`."""
    start = time.perf_counter()
    ranks = builder(task)
    build = time.perf_counter() - start
    taken: list[float] = []
    asked = [(_timed(ranks, text, taken), right) for text, right in task.questions]
    top1 = float(np.mean([bool(found) and found[0][0] == right for found, right in asked]))
    top3 = float(np.mean([right in [name for name, _ in found] for found, right in asked]))
    floor = float(np.quantile([found[0][1] if found else 0.0 for found, _ in asked], 0.1))
    far = [_timed(ranks, text, taken) for text in task.outside]
    outside = float(np.mean([not found or found[0][1] < floor for found in far])) if far else float("nan")
    return Figures(top1, top3, outside, build, float(np.median(taken)))


def _timed(ranks: Ranks, text: str, taken: list[float]) -> list[tuple[str, float]]:
    start = time.perf_counter()
    found = ranks(text)
    taken.append((time.perf_counter() - start) * 1000)
    return found


def tasks(queries: int) -> Iterator[Task]:
    """Yield everything there is to measure on."""
    yield next(folds(5))
    if not PUBLIC.exists():
        print(f"(public sets skipped: {PUBLIC} is not there)\n")
        return
    for per_intent in (10, 20, 100):
        yield clinc(per_intent, queries, 0)
    yield stackfaq()
    yield hint3()


def accuracy(task: Task, builders: Mapping[str, Builder]) -> None:
    """Print one table: every ranker on `task`, as asked and misspelt."""
    print(f"### {task.name}: {len(task.questions)} questions, {len(task.outside)} out of scope\n")
    print("| | top-1 | top-3 | OOS at 90 % | misspelt top-1 | top-3 | build s | ms a query |")
    print("|---|---|---|---|---|---|---|---|")
    for name, builder in builders.items():
        plain, wrong = measure(builder, task), measure(builder, task.misspelt())
        print(
            f"| {name} | {plain.top1:.3f} | {plain.top3:.3f} | {plain.outside:.3f} | {wrong.top1:.3f} | "
            f"{wrong.top3:.3f} | {plain.build:.2f} | {plain.query:.3f} |",
            flush=True,
        )
    print()


def decisions(found: SentenceEncoder | None) -> None:
    """Print what `decide` would have told people: by thresholds of the content, and by the default ones."""
    library = load(PROJECT / "answers")
    kept = [(matcher_of(library, phrasings=task.phrasings), task) for task in folds(4, leave_out=9)]
    print("### What people would have been told\n")
    print("| | right sent | right offered | others offered | none | wrong sent | n |")
    print("|---|---|---|---|---|---|---|")
    _decided("shipped phrasings, 4 folds, 9 answers left out of each", kept)
    if not PUBLIC.exists():
        return
    for per_intent in (10, 20):
        task = clinc(per_intent, 300, 1)
        for name, used in (("words", None), ("encoder", found)):
            if name == "words" or used:
                made = [(Matcher(task.phrasings, encoder=used), task)]
                _decided(f"{task.name}, default thresholds, {name}", made)
    print()


def _decided(name: str, built: Iterable[tuple[Matcher, Task]]) -> None:
    """Print a row for questions, and one for those without an answer."""
    inside, outside = Counter[str](), Counter[str]()
    for one, task in built:
        inside.update(_told(one, text, right) for text, right in task.questions)
        outside.update(_told(one, text, None) for text in task.outside)
    for title, told in ((name, inside), ("… without an answer", outside)):
        total = max(told.total(), 1)
        print(
            f"| {title} | {' | '.join(f'{told[kind] / total:.3f}' for kind in _TOLD)} | {total} |", flush=True
        )


_TOLD = ("right sent", "right offered", "others offered", "none", "wrong sent")


def _told(asked: Matcher, text: str, right: str | None) -> str:
    decision = asked.decide(text)
    ids = [one.answer_id for one in decision.candidates]
    if isinstance(decision, Hit):
        return "right sent" if ids[0] == right else "wrong sent"
    if isinstance(decision, Ambiguous):
        return "right offered" if right in ids else "others offered"
    return "none"


def beside_wratio(questions: int) -> None:
    """Print what the whole of respond() costs beside WRatio over the same phrasings."""
    library = load(PROJECT / "answers")
    responder = build(library, drafts=True)
    phrasings = [normalise(text) for texts in library.phrasings().values() for text in texts]
    files = part_files(PROJECT / "answers", "dev")
    texts = [question.text for question in read_questions(files, known_labels(library))]
    asked = random.Random(2).sample(texts, min(questions, len(texts)))
    whole = _milliseconds(lambda text: responder.respond(Ask(text)), asked)
    fuzzy = _milliseconds(lambda text: process.cdist([normalise(text)], phrasings, scorer=fuzz.WRatio), asked)
    print(f"### The whole of respond() on {len(asked)} development questions, words alone\n")
    print("| | median ms | p99 ms |\n|---|---|---|")
    for name, taken in (("respond()", whole), (f"WRatio over {len(phrasings):,} phrasings", fuzzy)):
        print(f"| {name} | {np.median(taken):.2f} | {np.quantile(taken, 0.99):.2f} |")
    print(f"\nWRatio alone takes {np.median(fuzzy) / np.median(whole):.0f} times as long.\n", flush=True)


def _milliseconds(run: Callable[[str], object], texts: list[str]) -> list[float]:
    taken = []
    for text in texts:
        start = time.perf_counter()
        run(text)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def growth(sizes: list[int]) -> None:
    """Print cost by size, each in a process of its own."""
    print("### Cost as content grows (one core)\n")
    print(
        "| phrasings | answers | build | median | p99 | peak memory |\n|---|---|---|---|---|---|", flush=True
    )
    for size in sizes:
        subprocess.run([sys.executable, "-m", "benchmarks.growth", str(size)], check=True, cwd=PROJECT)


def _builders(used: SentenceEncoder | None, *, quick: bool) -> dict[str, Builder]:
    builders = dict(BUILDERS)
    if quick:
        del builders["rapidfuzz WRatio"]
    if importlib.util.find_spec("sklearn") is None:
        warn("(TF-IDF baselines skipped: scikit-learn is not installed)")
        builders = {name: one for name, one in builders.items() if not name.startswith("TF-IDF")}
    if used is not None:
        builders["this matcher, with the encoder"] = partial(matcher, encoder=used)
    return builders


def main() -> None:
    """Print all tables; `--quick` asks fewer questions and leaves out the slow rows."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--quick", action="store_true", help="300 questions, no WRatio, no encoder, up to 10,000 phrasings"
    )
    quick: bool = options.parse_args().quick
    found = None if quick else encoder(apart=True)
    builders = _builders(found, quick=quick)
    for task in tasks(300 if quick else 900):
        accuracy(task, builders)
    decisions(found)
    beside_wratio(100 if quick else 500)
    growth([1_000, 10_000] if quick else [1_000, 10_000, 100_000])


if __name__ == "__main__":
    main()

"""Accuracy and cost of the matcher beside simpler ones: `python -m benchmarks.matching [--quick]`.

By words alone, and with the sentence encoder where .encoder or FAQBOT_ENCODER has it.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from rapidfuzz import fuzz, process

from bot.content.load import load
from bot.encoder import EncoderUnavailableError
from bot.encoder.cache import CachedEncoder, cache_folder
from bot.encoder.weights import find
from bot.encoder.weights import load as load_encoder
from bot.evaluate.questions import known_labels, part_files, read_questions
from bot.respond import Ask
from bot.understand.match import Ambiguous, Hit
from bot.understand.of_library import matcher_of
from bot.understand.text import normalise
from bot.wire import build

from benchmarks.baselines import BUILDERS, Ranks, matcher  # isort: skip
from benchmarks.data import PUBLIC, PROJECT, Task, clinc, folds, hint3, stackfaq  # isort: skip


@dataclass(frozen=True)
class Figures:
    """How one ranker did on one task; shares from 0 to 1."""

    top1: float
    top3: float
    outside: float
    """Out-of-scope questions below the score that 90 % of the others reach."""
    build: float
    """Seconds."""
    query: float
    """Milliseconds, median."""


def measure(name: str, task: Task) -> Figures:
    """Build the ranker called `name` and ask it everything in `task`."""
    start = time.perf_counter()
    ranks = BUILDERS[name](task)
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


def accuracy(task: Task, names: list[str]) -> None:
    """Print one table: every ranker on `task`, as asked and misspelt."""
    print(f"### {task.name}: {len(task.questions)} questions, {len(task.outside)} out of scope\n")
    print("| | top-1 | top-3 | OOS at 90 % | misspelt top-1 | top-3 | build s | ms a query |")
    print("|---|---|---|---|---|---|---|---|")
    for name in names:
        plain, wrong = measure(name, task), measure(name, task.misspelt())
        print(
            f"| {name} | {plain.top1:.3f} | {plain.top3:.3f} | {plain.outside:.3f} | {wrong.top1:.3f} | "
            f"{wrong.top3:.3f} | {plain.build:.2f} | {plain.query:.3f} |",
            flush=True,
        )
    print()


def decisions() -> None:
    """Print what `decide` would have told people, on shipped phrasings left out of the building."""
    counts = dict.fromkeys(("served right", "offered right", "offered wrong", "no answer", "served wrong"), 0)
    outside = dict.fromkeys(("no answer", "offered", "answered"), 0)
    library = load(PROJECT / "answers")
    for task in folds(4, leave_out=9):
        matcher = matcher_of(library, phrasings=task.phrasings)
        for text, right in task.questions:
            decision = matcher.decide(text)
            ids = [one.answer_id for one in decision.candidates]
            if isinstance(decision, Hit):
                counts["served right" if ids[0] == right else "served wrong"] += 1
            elif isinstance(decision, Ambiguous):
                counts["offered right" if right in ids else "offered wrong"] += 1
            else:
                counts["no answer"] += 1
        for text in task.outside:
            found = matcher.decide(text)
            kind = "answered" if isinstance(found, Hit) else "offered" if isinstance(found, Ambiguous) else ""
            outside[kind or "no answer"] += 1
    print("### Decisions on shipped phrasings, 4 folds, 9 answers left out of each\n")
    for title, found_counts in (("questions", counts), ("whose answer was left out", outside)):
        total = sum(found_counts.values())
        shares = ", ".join(f"{name} {count / total:.3f}" for name, count in found_counts.items())
        print(f"- {total} {title}: {shares}")
    print()


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


def _add_encoder() -> None:
    """Add a row for the matcher with the encoder, where there is one; its vectors have their own cache."""
    try:
        weights = find(os.environ.get("FAQBOT_ENCODER"))
        if weights is None:
            return
        encoder = CachedEncoder(*load_encoder(weights), cache_folder() / "benchmarks", print)
    except EncoderUnavailableError as error:
        print(f"(by words alone: {error})\n")
        return
    BUILDERS["this matcher, with the encoder"] = partial(matcher, encoder=encoder)


def main() -> None:
    """Print all tables; `--quick` asks fewer questions and leaves out the slow rows."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--quick", action="store_true", help="300 questions, no WRatio, up to 10,000 phrasings"
    )
    quick: bool = options.parse_args().quick
    _add_encoder()
    names = [name for name in BUILDERS if not (quick and name == "rapidfuzz WRatio")]
    try:
        import sklearn  # noqa: F401
    except ImportError:
        print("(TF-IDF baselines skipped: scikit-learn is not installed)\n")
        names = [name for name in names if not name.startswith("TF-IDF")]
    for task in tasks(300 if quick else 900):
        accuracy(task, names)
    decisions()
    beside_wratio(100 if quick else 500)
    growth([1_000, 10_000] if quick else [1_000, 10_000, 100_000])


if __name__ == "__main__":
    main()

"""What the matcher costs as content grows: `python -m benchmarks.growth 10000` in its own process."""

import random
import resource
import sys
import time
from itertools import count
from pathlib import Path

import numpy as np

from bot.understand.everyday import FILLER
from bot.understand.match import Matcher

from benchmarks.data import PUBLIC, clinc, misspell, shipped  # isort: skip


def content(size: int) -> dict[str, list[str]]:
    """Return `size` phrasings, up to 100 an answer.

    Real ones (CLINC150, else the shipped ones) come first. Further answers are copies in which
    every word that is not filler stands for another word of the vocabulary, copy by copy.
    """
    real = clinc(100, 9, 0).phrasings if PUBLIC.exists() else shipped()[0]
    vocabulary = sorted({word for texts in real.values() for text in texts for word in text.split()} - FILLER)
    number = {word: i for i, word in enumerate(vocabulary)}
    grown: dict[str, list[str]] = {}
    left = size
    for copy in count():
        for name, texts in real.items():
            if left <= 0:
                return grown
            grown[f"{name}-{copy}"] = [_copied(text, copy, vocabulary, number) for text in texts[:left]]
            left -= len(texts)
    return grown


def _copied(text: str, copy: int, vocabulary: list[str], number: dict[str, int]) -> str:
    return " ".join(
        vocabulary[(number[word] + copy * 7919) % len(vocabulary)] if word in number else word
        for word in text.split()
    )


def main(size: int) -> None:
    """Print one row: phrasings, answers, build seconds, median and p99 milliseconds, peak MB."""
    phrasings = content(size)
    rng = random.Random(3)
    texts = [text for several in phrasings.values() for text in several]
    queries = [misspell(f"{rng.choice(texts)} please", rng) for _ in range(300)]
    before = _peak()
    start = time.perf_counter()
    matcher = Matcher(phrasings)
    build = time.perf_counter() - start
    taken = []
    for query in queries:
        start = time.perf_counter()
        matcher.decide(query)
        taken.append((time.perf_counter() - start) * 1000)
    print(
        f"| {size:,} | {len(phrasings):,} | {build:.2f} s | {np.median(taken):.2f} ms | "
        f"{np.quantile(taken, 0.99):.2f} ms | {_peak():.0f} MB ({before:.0f} MB before building) |"
    )


def _peak() -> float:
    """Return the most memory this process has held, in MB (getrusage would count the parent's too)."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]))

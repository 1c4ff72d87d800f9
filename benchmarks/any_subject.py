"""The default thresholds, for content without its own: `python -m benchmarks.any_subject`.

Prints which have the least cost on validation questions of CLINC150, with 10, 20 and 100 phrasings an
intent together; `bot.understand.calibrate` has them, a little on the careful side.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot.understand.calibrate import (
    DEFAULT,
    WITH_ENCODER,
    Decided,
    Observation,
    Thresholds,
    calibrate,
    mean_cost,
)
from bot.understand.encoder import SentenceEncoder
from bot.understand.lexicon import Lexicon
from bot.understand.ranking import Ranker

from benchmarks.data import clinc  # isort: skip
from benchmarks.encoding import encoder  # isort: skip

_QUESTIONS = 300


def observed(used: SentenceEncoder | None) -> list[Observation]:
    """Return how each question was ranked, but those that words alone settle where there is an encoder."""
    found: list[Observation] = []
    for per_intent in (10, 20, 100):
        task = clinc(per_intent, _QUESTIONS, 0, "val")
        ranker = Ranker(task.phrasings, Lexicon(), used)
        for text, right in [*task.questions, *((text, None) for text in task.outside)]:
            evidence = ranker.rank(ranker.read(text), 3)
            if used is None or (evidence and evidence[0].meaning is not None):
                ranked = tuple((one.answer_id, one.score) for one in evidence)
                found.append(Observation(frozenset([right] if right else []), ranked))
    return found


def main() -> None:
    """Print the thresholds of least cost beside those in use."""
    modes: list[tuple[str, SentenceEncoder | None, Thresholds]] = [("words", None, DEFAULT)]
    found = encoder(apart=True)
    if found is not None:
        modes.append(("with the encoder", found, WITH_ENCODER))
    for name, used, start in modes:
        seen = observed(used)
        for title, thresholds in (("in use", start), ("least cost", calibrate(seen, start=start))):
            decided: list[Decided] = [(one, thresholds) for one in seen]
            print(f"{name}, {title}: cost {mean_cost(decided):.3f}, {thresholds}", flush=True)


if __name__ == "__main__":
    main()

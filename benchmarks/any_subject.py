"""The default thresholds, for content without its own: `python -m benchmarks.any_subject`.

Prints which have the least cost on validation questions of CLINC150, with 10, 20 and 100 phrasings an
intent together; `bot.understand.calibrate` has them, a little on the careful side.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot.encoder.cache import CachedEncoder, cache_folder
from bot.encoder.weights import find, load
from bot.understand.calibrate import DEFAULT, WITH_ENCODER, Decided, Observation, calibrate, mean_cost
from bot.understand.encoder import SentenceEncoder
from bot.understand.lexicon import Lexicon
from bot.understand.ranking import Ranker

from benchmarks.data import clinc  # isort: skip

_QUESTIONS = 300


def observed(encoder: SentenceEncoder | None) -> list[Observation]:
    """Return how each question was ranked, but those that words alone settle where there is an encoder."""
    found: list[Observation] = []
    for per_intent in (10, 20, 100):
        task = clinc(per_intent, _QUESTIONS, 0, "val")
        ranker = Ranker(task.phrasings, Lexicon(), encoder)
        for text, right in [*task.questions, *((text, None) for text in task.outside)]:
            evidence = ranker.rank(ranker.read(text), 3)
            if encoder is None or (evidence and evidence[0].meaning is not None):
                ranked = tuple((one.answer_id, one.score) for one in evidence)
                found.append(Observation(frozenset([right] if right else []), ranked))
    return found


def main() -> None:
    """Print the thresholds of least cost beside those in use."""
    weights = find(os.environ.get("FAQBOT_ENCODER"))
    encoder = CachedEncoder(*load(weights), cache_folder() / "benchmarks", print) if weights else None
    for name, used, start in (("words", None, DEFAULT), ("with the encoder", encoder, WITH_ENCODER)):
        if name != "words" and used is None:
            continue
        seen = observed(used)
        for title, thresholds in (("in use", start), ("least cost", calibrate(seen, start=start))):
            decided: list[Decided] = [(one, thresholds) for one in seen]
            print(f"{name}, {title}: cost {mean_cost(decided):.3f}, {thresholds}", flush=True)


if __name__ == "__main__":
    main()

"""Set thresholds by cost on shipped phrasings that were left out: `python -m benchmarks.fit`."""

from bot.understand.calibrate import DEFAULT, Observation, calibrate, cost
from bot.understand.match import Matcher

from benchmarks.data import folds  # isort: skip


def observations() -> list[Observation]:
    """Rank every shipped phrasing by a matcher that has not seen it; 9 answers are left out of each fold."""
    found: list[Observation] = []
    for task in folds(4, leave_out=9):
        matcher = Matcher(task.phrasings, lexicon=task.lexicon)
        asked = [*task.questions, *((text, None) for text in task.outside)]
        for text, right in asked:
            ranked = tuple((one.answer_id, one.score) for one in matcher.rank(text))
            found.append(Observation(right, ranked))
    return found


def main() -> None:
    """Print the thresholds of least cost, and the cost of these and of the default ones."""
    seen = observations()
    best = calibrate(seen)
    for name, thresholds in (("default", DEFAULT), ("least cost", best)):
        mean = sum(cost(one, thresholds) for one in seen) / len(seen)
        print(f"{name}: {mean:.3f} a question with {thresholds}")


if __name__ == "__main__":
    main()

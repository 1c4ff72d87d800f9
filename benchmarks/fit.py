"""Fit scores and thresholds to development questions: `python -m benchmarks.fit [--write]`.

Once for words alone; once with the sentence encoder, where .encoder or FAQBOT_ENCODER has it.

The weights of the score are a logistic regression on the evidence for the five likeliest answers of
each question; the thresholds are those of least cost. From which score a title is offered is chosen on
every question twice, as it is written and with a slip in every third word, as from a tired thumb: who
types badly scores less, and should be asked back as well. Both are judged by cross-validation: fitted to
nine tenths of the questions, tried on the tenth. `--write` puts both, with these figures, into
answers/en/matching.yaml.
"""

import argparse
import os
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from bot.content.load import load
from bot.content.model import Library
from bot.evaluate.perturb import typos
from bot.evaluate.questions import known_labels, part_files, read_questions
from bot.understand.calibrate import Decided, Observation, Thresholds, calibrate, mean_cost, offered, served
from bot.understand.encoder import SentenceEncoder
from bot.understand.of_library import lexicon_of, thresholds_of, weights_of
from bot.understand.ranking import Evidence, Ranker, Weights

from benchmarks.data import PROJECT  # isort: skip
from benchmarks.encoding import encoder  # isort: skip

_FOLDS = 10
_BY_HAND = 2
"""So many weights, the last ones, are kept as they are."""
_GROUPS = frozenset({"topics", "near_misses", "out_of_scope"})
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """One question and the evidence on its likeliest answers."""

    right: frozenset[str]
    names: tuple[str, ...]
    signals: Numbers
    """A row an answer, a column a weight (but the bias)."""
    settled: Observation | None = None
    """How words alone ranked it, where the encoder was there but not asked."""

    def scored(self, weights: Weights) -> Observation:
        """Return the answers as they are ranked with these weights."""
        if self.settled is not None:
            return self.settled
        bias, *each = astuple(weights)
        scores = 100 / (1 + np.exp(-(bias + self.signals @ np.array(each))))
        order = np.argsort(-scores, kind="stable")[:3]
        return Observation(self.right, tuple((self.names[i], float(scores[i])) for i in order))


def ask(library: Library, answers: Path, used: SentenceEncoder | None, words: Weights) -> list[Asked]:
    """Return every development question that is to be matched, but those that are a phrasing.

    Each stands there as it is written, and misspelt right behind it; where nothing is like one of the
    two forms, both are left out. By the weights `words`, words alone settle some where there is an encoder.
    """
    _, with_encoder = weights_of(library)
    phrasings, lexicon = library.phrasings(), lexicon_of(library)
    ranker = Ranker(phrasings, lexicon, used, weights=words, with_meaning=with_encoder)
    found: list[Asked] = []
    slips = random.Random(0)
    for question in read_questions(part_files(answers, "dev"), known_labels(library)):
        if question.group not in _GROUPS or not (question.wants_answer or question.label == "out_of_scope"):
            continue
        if ranker.is_phrasing(ranker.read(question.text)):
            continue
        right = frozenset(question.accepted) & frozenset(library.answers if question.wants_answer else ())
        typed = (question.text, typos(question.text, slips))
        ranked = [ranker.rank(ranker.read(text), 5) for text in typed]
        if all(ranked):
            found += [_asked(right, evidence, has_encoder=used is not None) for evidence in ranked]
    return found


def _asked(right: frozenset[str], ranked: Sequence[Evidence], *, has_encoder: bool) -> Asked:
    rows = np.array([one.signals for one in ranked])
    names = tuple(one.answer_id for one in ranked)
    settled = Observation(right, tuple((one.answer_id, one.score) for one in ranked[:3]))
    return Asked(right, names, rows, settled if has_encoder and ranked[0].meaning is None else None)


def fit(asked: Iterable[Asked], start: Weights) -> Weights:
    """Return the weights that make a right answer likely and a wrong one not, by Newton's method."""
    asked = [one for one in asked if one.settled is None]
    rows = np.concatenate([one.signals for one in asked])
    right = np.array([name in one.right for one in asked for name in one.names], dtype=np.float64)
    kept = np.array(astuple(start)[-_BY_HAND:])
    fixed = rows[:, -_BY_HAND:] @ kept
    free = rows[:, :-_BY_HAND]
    middle, spread = free.mean(axis=0), free.std(axis=0)
    inputs = np.column_stack([np.ones(len(free)), (free - middle) / np.maximum(spread, 1e-9)])
    penalty = np.diag([0.0, *[1.0] * free.shape[1]])
    weights = np.zeros(inputs.shape[1])
    weights[0] = -1.0 - fixed.mean()
    for _ in range(25):
        likely = 1 / (1 + np.exp(-(inputs @ weights + fixed)))
        slope = inputs.T @ (likely - right) + penalty @ weights
        bend = (inputs * (likely * (1 - likely))[:, None]).T @ inputs + penalty
        weights -= np.linalg.solve(bend, slope)
    scaled = np.where(spread > 0, weights[1:] / np.maximum(spread, 1e-9), 0.0)
    return Weights(float(weights[0] - scaled @ middle), *map(float, scaled), *map(float, kept))


def decided(
    asked: Sequence[Asked], weights: Weights, thresholds: Thresholds, words: Thresholds
) -> list[Decided]:
    """Return each question as ranked, and the thresholds that it is held against."""
    return [(one.scored(weights), words if one.settled is not None else thresholds) for one in asked]


def calibrated(asked: Sequence[Asked], weights: Weights, start: Thresholds, words: Thresholds) -> Thresholds:
    """Return the thresholds of least cost; `words` are those of what words alone settle.

    What is served is decided as written; from where something is offered, as written and misspelt.
    """

    def least(of: Sequence[Asked], start: Thresholds, *, offer_only: bool) -> Thresholds:
        scored = (one.scored(weights) for one in of if one.settled is None)
        settled = [(one.settled, words) for one in of if one.settled is not None]
        return calibrate(scored, start=start, settled=settled, offer_only=offer_only)

    return least(asked, least(_as_written(asked), start, offer_only=False), offer_only=True)


def _as_written(asked: Sequence[Asked]) -> Sequence[Asked]:
    """Return every second one: see `ask`."""
    return asked[::2]


def cross_validated(
    asked: Sequence[Asked], start: Weights, thresholds: Thresholds, words: Thresholds
) -> list[Decided]:
    """Return each question with scores and thresholds that were fitted without it.

    But for those that words alone settle where there is an encoder: the fit by words saw all of them.
    """
    fold = (np.random.default_rng(0).permutation(len(asked) // 2) % _FOLDS).repeat(2)
    found: list[Decided] = []
    for number in range(_FOLDS):
        others = [one for one, other in zip(asked, fold, strict=True) if other != number]
        left = [one for one, other in zip(asked, fold, strict=True) if other == number]
        weights = fit(_as_written(others), start)
        best = calibrated(others, weights, thresholds, words)
        found += decided(_as_written(left), weights, best, words)
    return found


def figures(seen: Iterable[Decided]) -> dict[str, float]:
    """Return shares of outcomes, from 0 to 1, and the mean cost."""
    decisions = list(seen)
    inside = [(one, t) for one, t in decisions if one.right]
    outside = [(one, t) for one, t in decisions if not one.right]

    def share(of: Sequence[Decided], counted: Iterable[bool]) -> float:
        return sum(counted) / max(len(of), 1)

    return {
        "served right": share(inside, (served(o.ranked, t) and o.ranked[0][0] in o.right for o, t in inside)),
        "helped": share(inside, (_helped(o, t) for o, t in inside)),
        "served wrong": share(
            inside, (served(o.ranked, t) and o.ranked[0][0] not in o.right for o, t in inside)
        ),
        "out of scope, answered": share(outside, (served(o.ranked, t) for o, t in outside)),
        "out of scope, did you mean": share(
            outside, (bool(offered(o.ranked, t)) and not served(o.ranked, t) for o, t in outside)
        ),
        "out of scope, titles beside": share(
            outside,
            (not offered(o.ranked, t) and bool(o.ranked) and o.ranked[0][1] >= t.near for o, t in outside),
        ),
        "cost a question": mean_cost(decisions),
    }


def _helped(one: Observation, thresholds: Thresholds) -> bool:
    near = [name for name, score in one.ranked if score >= thresholds.near]
    return not one.right.isdisjoint(offered(one.ranked, thresholds) or near)


_MEANINGS = {
    "hit": "an answer is sent from this score",
    "margin": "and if it is so far ahead of the second",
    "offer": "“did you mean” from this score of the best; below, there is no vetted answer",
    "beside": "the second and third title in it have at least this (by hand)",
    "near": "a title beside “no vetted answer” has at least this (by hand: one too many costs little)",
    "part": "an answer to one of two questions in a message has at least this (by hand)",
}
_HEAD = """\
# yaml-language-server: $schema=../schema/matching.json
# How sure the matcher must be. Scores run from 0 to 100. `python -m benchmarks.fit --write` wrote
# this from {0} development questions; the figures are cross-validated on them.
"""


@dataclass(frozen=True)
class Fitted:
    """What one part of matching.yaml says."""

    thresholds: Thresholds
    weights: Weights
    shown: dict[str, float]


def written(parts: dict[str, Fitted], questions: int) -> str:
    """Return the text of matching.yaml."""
    lines = [_HEAD.format(questions).rstrip()]
    for name, part in parts.items():
        lines.append(f"{name}:")
        lines += [f"  # {figure}: {value:.3f}" for figure, value in part.shown.items()]
        lines += [f"  {key}: {value:g} # {_MEANINGS[key]}" for key, value in asdict(part.thresholds).items()]
        lines.append("  weights: # how much each kind of evidence counts for a score")
        lines += [f"    {key}: {value:.2f}" for key, value in asdict(part.weights).items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print weights, thresholds and figures; `--write` rewrites matching.yaml."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true", help="rewrite answers/en/matching.yaml")
    write: bool = options.parse_args().write
    answers = PROJECT / "answers"
    library = load(answers)
    found = encoder()
    if write and found is None:
        raise SystemExit("--write needs the sentence encoder: matching.yaml has thresholds for both.")
    words, meant = thresholds_of(library)
    starts = weights_of(library)
    by_words = starts[0]
    modes: list[tuple[str, Weights, Thresholds, SentenceEncoder | None]] = [("words", by_words, words, None)]
    if found is not None:
        modes.append(("with_encoder", starts[1], meant, found))
    parts: dict[str, Fitted] = {}
    for name, start, thresholds, used in modes:
        asked = ask(library, answers, used, by_words)
        weights = _rounded(fit(_as_written(asked), start))
        best = calibrated(asked, weights, thresholds, words)
        if used is None:
            words, by_words = best, weights
        crossed = figures(cross_validated(asked, start, thresholds, words))
        parts[name] = Fitted(best, weights, crossed)
        print(f"{name}: {weights}\n  {best}")
        for title, shown in (
            ("cross-validated", crossed),
            ("as fitted", figures(decided(_as_written(asked), weights, best, words))),
            ("as fitted, misspelt", figures(decided(asked[1::2], weights, best, words))),
        ):
            print(f"  {title}: " + ", ".join(f"{key} {value:.3f}" for key, value in shown.items()))
    if write:
        path = answers / library.language / "matching.yaml"
        path.write_text(written(parts, len(_as_written(asked))), encoding="utf-8")
        print(f"wrote {path}")


def _rounded(weights: Weights) -> Weights:
    return Weights(*(round(value, 2) for value in astuple(weights)))


if __name__ == "__main__":
    main()

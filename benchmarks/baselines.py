"""Simpler matchers, to compare with. Each is built from phrasings and ranks a text."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.understand.encoder import SentenceEncoder
from bot.understand.match import Matcher
from bot.understand.text import normalise, words

from benchmarks.data import Task  # isort: skip

Ranked = list[tuple[str, float]]


class Ranks(Protocol):
    """Ranks answers for a text, best first."""

    def __call__(self, text: str) -> Ranked:
        """Return at most three (answer id, score)."""
        ...


def matcher(task: Task, encoder: SentenceEncoder | None = None) -> Ranks:
    """Return the matcher of this project, by words alone or with an encoder behind them."""
    built = Matcher(task.phrasings, lexicon=task.lexicon, encoder=encoder)
    return lambda text: [(one.answer_id, one.score) for one in built.rank(text)]


def fuzzy(scorer: Callable[..., float]) -> Callable[[Task], Ranks]:
    """Return a builder of "the nearest phrasing by this rapidfuzz scorer"."""

    def build(task: Task) -> Ranks:
        rows = _Rows(task.phrasings)
        texts = [normalise(text) for text in rows.texts]
        return lambda text: rows.best(process.cdist([normalise(text)], texts, scorer=scorer)[0])

    return build


def bm25(task: Task) -> Ranks:
    """Return BM25 over phrasings (Robertson & Zaragoza 2009; k1 = 1.2, b = 0.75)."""
    rows = _Rows(task.phrasings)
    documents = [words(normalise(text)) for text in rows.texts]
    mean = sum(map(len, documents)) / len(documents)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for i, document in enumerate(documents):
        for word, times in Counter(document).items():
            postings[word].append((i, times * 2.2 / (times + 1.2 * (0.25 + 0.75 * len(document) / mean))))
    index = {word: (np.array([i for i, _ in p]), np.array([w for _, w in p])) for word, p in postings.items()}

    def rank(text: str) -> Ranked:
        scores = np.zeros(len(documents))
        for word in words(normalise(text)):
            if word in index:
                found, weights = index[word]
                scores[found] += weights * math.log(
                    1 + (len(documents) - len(found) + 0.5) / (len(found) + 0.5)
                )
        return rows.best(scores)

    return rank


def tfidf_nearest(task: Task) -> Ranks:
    """Return the nearest phrasing by cosine of word and letter TF-IDF (needs scikit-learn)."""
    rows = _Rows(task.phrasings)
    vectoriser = _tfidf()
    matrix = vectoriser.fit_transform(rows.texts)
    return lambda text: rows.best((vectoriser.transform([text]) @ matrix.T).toarray()[0])


def tfidf_svm(task: Task) -> Ranks:
    """Return a linear support vector machine on the same TF-IDF (needs scikit-learn)."""
    from sklearn.svm import LinearSVC

    rows = _Rows(task.phrasings)
    vectoriser = _tfidf()
    model = LinearSVC(C=1.0).fit(vectoriser.fit_transform(rows.texts), rows.owners)

    def rank(text: str) -> Ranked:
        scores = model.decision_function(vectoriser.transform([text]))[0]
        return [(str(model.classes_[i]), float(scores[i])) for i in np.argsort(-scores)[:3]]

    return rank


def _tfidf() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    return make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    )


class _Rows:
    """Phrasings in one list, and the best answers by a score for each."""

    def __init__(self, phrasings: Mapping[str, Sequence[str]]) -> None:
        self.names = list(phrasings)
        self.texts = [text for texts in phrasings.values() for text in texts]
        self.owners = [name for name, texts in phrasings.items() for _ in texts]
        self._starts = np.cumsum([0, *(len(texts) for texts in phrasings.values())])[:-1]

    def best(self, scores: NDArray[np.floating]) -> Ranked:
        best = np.maximum.reduceat(scores, self._starts)
        return [(self.names[i], float(best[i])) for i in np.argsort(-best, kind="stable")[:3]]


Builder = Callable[[Task], Ranks]
BUILDERS: dict[str, Builder] = {
    "this matcher": matcher,
    "rapidfuzz WRatio": fuzzy(fuzz.WRatio),
    "rapidfuzz token_set_ratio": fuzzy(fuzz.token_set_ratio),
    "BM25": bm25,
    "TF-IDF nearest": tfidf_nearest,
    "TF-IDF + linear SVM": tfidf_svm,
}

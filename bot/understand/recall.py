"""The recall layer behind the rules: how much a message sounds like labelled ones.

Rules see what their authors thought of; people say it in other words. A multinomial logistic
regression over hashed words, word pairs and letter groups ("hashing trick", Weinberger et al. 2009,
arXiv:0902.2206), the latter also across words, so that lost spaces and slips cost little, was
trained on the labelled messages in answers/<language>/guardrails/examples (`faqbot learn`); and so
was the sentence encoder's network (`faqbot tune`). Each gives every label log-odds. Words judge
alone, and once more together with the encoder, by a weighted mean of their log-odds. The layer can raise
an alarm; it can never silence one.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.content.learned import Learned
from bot.content.tuned import Tuned
from bot.understand.encoder import SentenceEncoder
from bot.understand.text import normalise, sentences, signs, words

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
WINDOW, STEP = 12, 6
"""Words of a message that are read together once more, so that a long ramble hides nothing."""
MOST_PARTS = 24
SUSPECTS = 2
"""Parts of a message that sound most like danger by words: the encoder reads these as well."""
_MEANT = np.float32(0.85)
"""Share of the encoder in what both say together; chosen on labelled messages kept out of training."""
_LETTERS = (3, 4, 5)
"""Sizes of the groups of letters within a word."""
_ACROSS = (4, 6)
"""Sizes of the groups of letters (bytes) read without regard to spaces."""
_LONGEST_WORD = 30
_REMEMBERED = 10_000
"""Words whose codes are kept: 35 MB at the very most, if somebody sends endless words of rare scripts."""
_MANY = 1 << 40
"""So many numbers that no two features share one."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""2^64 over the golden ratio: spreads codes evenly (Knuth, TAOCP 3, 6.4)."""


@dataclass(frozen=True)
class Shares:
    """What a message sounds like. Probabilities 0–1 by label, such as `crisis.suicide`."""

    whole: Mapping[str, float]
    """Of the message read as a whole."""

    part: Mapping[str, float]
    """Of the sentence or stretch of words that sounds most like danger."""


@dataclass(frozen=True)
class Judgement:
    """What words say, and what words and the sentence encoder say together, where there is one."""

    words: Shares
    together: Shares | None = None


def features(text: str, columns: int) -> Ints:
    """Return the numbers (below `columns`, sorted, each once) of the features of a text."""
    return _features([normalise(text)], columns)[1]


def _features(normals: Sequence[str], columns: int) -> tuple[Ints, Ints]:
    """Return the features of several texts: which text has it, and its number; sorted, each once.

    All texts at once, because a call of numpy costs more than the numbers of a short text.
    """
    found = [words(normal) for normal in normals]
    codes, owners = _of_words(found, normals)
    # np.unique would take four times as long as this
    places = np.sort(np.concatenate(owners) * columns + np.concatenate(codes) % columns)
    first = np.append(True, places[1:] != places[:-1])[: len(places)]
    unique = places[first]
    return unique // columns, unique % columns


def _of_words(found: Sequence[Sequence[str]], normals: Sequence[str]) -> tuple[list[Ints], list[Ints]]:
    """Return codes, and for each the number of the text that has it."""
    own, ids = [], []
    for here, normal in zip(found, normals, strict=True):
        each = [_codes(word[:_LONGEST_WORD]) for word in ("^", *here, "$")] if here else []
        ids.append(np.array([own_code for own_code, _ in each], dtype=np.int64))
        shown = [np.array([zlib.crc32(b"e" + sign.encode()) for sign in signs(normal)], dtype=np.int64)]
        own.append(np.concatenate([codes for _, codes in each[1:-1]] + shown))
    codes, owners = [np.concatenate(own)], [_numbered(own)]
    grouped = [_neighbours(np.concatenate(ids), _numbered(ids)), _across(found)]
    for one in grouped:
        codes.extend(code for code, _ in one)
        owners.extend(owner for _, owner in one)
    return codes, owners


def _numbered(several: Sequence[Ints] | Sequence[Bytes]) -> Ints:
    """Return for each number of several rows which row it is in."""
    return np.repeat(np.arange(len(several)), [len(row) for row in several])


def _neighbours(ids: Ints, owners: Ints) -> list[tuple[Ints, Ints]]:
    """Return a code for two and three words in a row, and for two with any one between; by owner."""
    near, far = owners[:-1] == owners[1:], owners[:-2] == owners[2:]
    first, middle, last = ids[:-2][far], ids[1:-1][far], ids[2:][far]
    return [
        (_mixed((ids[:-1][near], ids[1:][near]), 1), owners[1:][near]),
        (_mixed((first, middle, last), 2), owners[2:][far]),
        (_mixed((first, last), 3), owners[2:][far]),
    ]


@lru_cache(maxsize=_REMEMBERED)
def _codes(word: str) -> tuple[int, Ints]:
    """Return the code of one word, and with it those of its letter groups.

    The caller cuts long words, so that what is remembered stays small.
    """
    raw = f" {word} ".encode("utf-8", "replace")
    codes = [zlib.crc32(b"w" + raw)]
    for size in _LETTERS:
        codes.extend(zlib.crc32(raw[i : i + size]) for i in range(len(raw) - size + 1))
    return codes[0], np.array(codes, dtype=np.int64)


def _across(found: Sequence[Sequence[str]]) -> list[tuple[Ints, Ints]]:
    """Return a code for each group of letters of the words of a text run together; by owner."""
    raw = [np.frombuffer("".join(here).encode("utf-8", "replace"), dtype=np.uint8) for here in found]
    run, owners = np.concatenate(raw).astype(np.uint64), _numbered(raw)
    codes = []
    for size in _ACROSS:
        count = max(len(run) - size + 1, 0)
        group = np.full(count, size, dtype=np.uint64)
        for i in range(size):
            group = (group << np.uint64(8)) | run[i : i + count]
        same = owners[:count] == owners[len(owners) - count :]
        codes.append((((group * _SPREAD) >> np.uint64(17)).astype(np.int64)[same], owners[:count][same]))
    return codes


def _mixed(several: Sequence[Ints], kind: int) -> Ints:
    """Return one code for each group of neighbours; `kind` keeps kinds of group apart."""
    mixed = np.full(len(several[0]), kind * 0x9E3779B1, dtype=np.int64)
    for codes in several:
        mixed = (mixed * 31 + codes * 0x85EBCA6B) & 0x7FFFFFFFFFFF
    return mixed >> 7


def parts(text: str) -> list[str]:
    """Return the sentences and overlapping stretches of a message; none for a short one."""
    return _parts(normalise(text))


def _parts(normal: str) -> list[str]:
    found = sentences(normal)
    cut = found if len(found) > 1 else []
    in_order = normal.split()
    if len(in_order) > WINDOW + STEP:
        starts = range(0, len(in_order) - STEP, STEP)
        cut = [*cut, *(" ".join(in_order[i : i + WINDOW]) for i in starts)]
    if len(cut) <= MOST_PARTS:
        return cut
    chosen = np.linspace(0, len(cut) - 1, MOST_PARTS).astype(int)
    return [cut[i] for i in chosen]


class Recall:
    """The trained layer. `judge` is pure, and linear in the text's length."""

    def __init__(
        self,
        learned: Learned,
        tuned: Tuned | None = None,
        encoder: SentenceEncoder | None = None,
        encoder_failed: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        """Use `learned`, and `tuned` with the encoder that it was tuned on, where both are there.

        `encoder_failed` is told when the encoder raises: words alone decide then.
        """
        self._learned = learned
        self._weights = learned.words.astype(np.float32)
        self._tuned = tuned if encoder is not None else None
        self._encoder = encoder
        self._encoder_failed = encoder_failed
        if self._tuned is not None and self._tuned.labels != learned.labels:
            raise ValueError("tuned.npz and learned.npz know different labels: run `faqbot tune`")

    @property
    def labels(self) -> tuple[str, ...]:
        """What a message may be judged to be: `kind.reply`, or `none`."""
        return self._learned.labels

    def judge(self, normal: str) -> Judgement:
        """Return what a normalised text sounds like. Never raises."""
        texts = [normal, *_parts(normal)]
        odds = self._by_words(texts)
        suspect = np.append(0, 1 + np.argsort(-self._danger(odds[1:]))[:SUSPECTS])
        odds = odds[suspect]
        meant = self._by_meaning([texts[i] for i in suspect])
        by_words = self._shared(odds)
        if meant is None:
            return Judgement(by_words)
        return Judgement(by_words, self._shared(odds + _MEANT * (meant - odds)))

    def _shared(self, odds: Floats) -> Shares:
        """Return what log-odds of the whole (first row) and of its parts come to."""
        worst = int(self._danger(odds)[1:].argmax()) + 1 if len(odds) > 1 else 0
        shares = _shares(odds)
        return Shares(self._named(shares[0]), self._named(shares[worst]))

    def _danger(self, odds: Floats) -> Floats:
        """Return for each row how likely it is any danger, 0–1."""
        total: Floats = _shares(odds)[:, self._learned.danger].sum(axis=1)
        return total

    def _named(self, shares: Floats) -> dict[str, float]:
        return {label: float(share) for label, share in zip(self._learned.labels, shares, strict=True)}

    def _by_words(self, normals: Sequence[str]) -> Floats:
        """Return the log-odds of each label for each text."""
        weights = self._weights
        owners, found = _features(normals, len(weights))
        counts = np.bincount(owners, minlength=len(normals))
        total = np.zeros((len(normals), weights.shape[1]), dtype=np.float32)
        some = counts > 0
        starts = (np.cumsum(counts) - counts)[some]
        total[some] = np.add.reduceat(weights.take(found, axis=0), starts, axis=0)
        total /= np.sqrt(np.maximum(counts, 1)).astype(np.float32)[:, None]
        total += self._learned.words_bias
        return total

    def _by_meaning(self, texts: Sequence[str]) -> Floats | None:
        if self._encoder is None or self._tuned is None:
            return None
        try:
            vectors = self._encoder.encode(texts)
            odds: Floats = (vectors @ self._tuned.head + self._tuned.bias).astype(np.float32)
        except Exception as error:  # noqa: BLE001  (words and rules still see danger)
            self._encoder_failed(error)
            return None
        return odds


def nearest(text: str, examples: Iterable[str]) -> tuple[str, float] | None:
    """Return the example that has most features in common with `text`, and the share (0–1, cosine).

    To explain, not to decide. None where nothing is in common.
    """
    mine = set(features(text, _MANY).tolist())
    best, most = "", 0.0
    for example in examples:
        theirs = set(features(example, _MANY).tolist())
        share = len(mine & theirs) / max(len(mine) * len(theirs), 1) ** 0.5
        if share > most:
            best, most = example, share
    return (best, most) if best else None


def _shares(odds: Floats) -> Floats:
    """Return log-odds (rows by labels) as probabilities: each row adds up to 1."""
    shares: Floats = np.exp(odds - odds.max(axis=1, keepdims=True, initial=-1e9))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares

"""The recall layer behind the rules: how much a message sounds like those that people labelled.

Rules see what their authors thought of; people say it in other words. A multinomial logistic
regression over hashed words, word pairs and letter groups ("hashing trick", Weinberger et al. 2009,
arXiv:0902.2206), and one over the sentence encoder where there is one, were trained on the labelled
messages in answers/<language>/guardrails/examples (`faqbot learn`). Their mean log-odds give each
label a probability. The layer can raise an alarm; it can never silence one.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.content.learned import Learned
from bot.understand.encoder import SentenceEncoder
from bot.understand.text import normalise, sentences, words

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
WINDOW, STEP = 12, 6
"""Words of a message that are read together once more, so that a long ramble hides nothing."""
MOST_PARTS = 24
SUSPECTS = 2
"""Parts of a message that sound most like danger by words: the encoder reads these as well."""
_LETTERS = (3, 4, 5)
_LONGEST_WORD = 30


@dataclass(frozen=True)
class Judgement:
    """What a message sounds like. Probabilities 0–1 by label, such as `crisis.suicide`."""

    whole: Mapping[str, float]
    """Of the message read as a whole."""

    part: Mapping[str, float]
    """Of the sentence or stretch of words that sounds most like danger."""

    with_encoder: bool
    """Whether the sentence encoder had a part in it: thresholds differ."""


def features(text: str, columns: int) -> Ints:
    """Return the numbers (below `columns`, sorted, each once) of the features of a text."""
    found = words(normalise(text))
    if not found:
        return np.zeros(0, dtype=np.int64)
    codes = [_codes(word) for word in found]
    ids = np.array([_codes(word)[0] for word in ("^", *found, "$")], dtype=np.int64)
    codes.append(_mixed((ids[:-1], ids[1:]), 1))
    codes.append(_mixed((ids[:-2], ids[1:-1], ids[2:]), 2))
    codes.append(_mixed((ids[:-2], ids[2:]), 3))
    unique: Ints = np.unique(np.concatenate(codes) % columns)
    return unique


@lru_cache(maxsize=20_000)
def _codes(word: str) -> Ints:
    """Return the codes of one word and of the letter groups in it."""
    raw = f" {word[:_LONGEST_WORD]} ".encode("utf-8", "replace")
    codes = [zlib.crc32(b"w" + raw)]
    for size in _LETTERS:
        codes.extend(zlib.crc32(raw[i : i + size]) for i in range(len(raw) - size + 1))
    return np.array(codes, dtype=np.int64)


def _mixed(several: Sequence[Ints], kind: int) -> Ints:
    """Return one code for each group of neighbours; `kind` keeps kinds of group apart."""
    mixed = np.full(len(several[0]), kind * 0x9E3779B1, dtype=np.int64)
    for codes in several:
        mixed = (mixed * 31 + codes * 0x85EBCA6B) & 0x7FFFFFFFFFFF
    return mixed >> 7


def parts(text: str) -> list[str]:
    """Return the sentences and overlapping stretches of a message; none for a short one."""
    normal = normalise(text)
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
        encoder: SentenceEncoder | None = None,
        encoder_failed: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        """Use `learned`; `encoder_failed` is told when the encoder raises: words alone decide then."""
        self._learned = learned
        self._encoder = encoder if learned.meaning is not None else None
        self._encoder_failed = encoder_failed

    @property
    def labels(self) -> tuple[str, ...]:
        """What a message may be judged to be: `kind.reply`, or `none`."""
        return self._learned.labels

    def judge(self, text: str) -> Judgement:
        """Return what `text` sounds like. Never raises."""
        texts = [text, *parts(text)]
        odds = np.stack([self._by_words(one) for one in texts])
        suspect = np.append(0, 1 + np.argsort(-self._danger(odds[1:]))[:SUSPECTS])
        odds = odds[suspect]
        meant = self._by_meaning([texts[i] for i in suspect])
        if meant is not None:
            odds = (odds + meant) * np.float32(0.5)
        worst = int(self._danger(odds)[1:].argmax()) + 1 if len(odds) > 1 else 0
        shares = _shares(odds)
        return Judgement(self._named(shares[0]), self._named(shares[worst]), meant is not None)

    def _danger(self, odds: Floats) -> Floats:
        """Return for each row how likely it is any danger, 0–1."""
        total: Floats = _shares(odds)[:, self._learned.danger].sum(axis=1)
        return total

    def _named(self, shares: Floats) -> dict[str, float]:
        return {label: float(share) for label, share in zip(self._learned.labels, shares, strict=True)}

    def _by_words(self, text: str) -> Floats:
        weights = self._learned.words
        found = features(text, len(weights))
        total: Floats = weights[found].astype(np.float32).sum(axis=0, dtype=np.float32)
        total /= np.float32(max(len(found), 1) ** 0.5)
        total += self._learned.words_bias
        return total

    def _by_meaning(self, texts: Sequence[str]) -> Floats | None:
        meaning, bias = self._learned.meaning, self._learned.meaning_bias
        if self._encoder is None or meaning is None or bias is None:
            return None
        try:
            vectors = self._encoder.encode([normalise(text) for text in texts])
        except Exception as error:  # noqa: BLE001  (words and rules still see danger)
            self._encoder_failed(error)
            return None
        odds: Floats = (vectors @ meaning + bias).astype(np.float32)
        return odds


def _shares(odds: Floats) -> Floats:
    """Return log-odds (rows by labels) as probabilities: each row adds up to 1."""
    shares: Floats = np.exp(odds - odds.max(axis=1, keepdims=True, initial=-1e9))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares

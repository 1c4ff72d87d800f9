"""Makes a matcher of the content: the one place that knows both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.content.model import Library, Limits
from bot.understand.calibrate import DEFAULT, WITH_ENCODER, Thresholds
from bot.understand.encoder import SentenceEncoder
from bot.understand.lexicon import Lexicon
from bot.understand.match import Matcher
from bot.understand.ranking import WITH_MEANING, Weights


def lexicon_of(library: Library) -> Lexicon:
    """Return what the content says about words."""
    words = library.lexicon
    return Lexicon(
        words.synonyms, frozenset(words.protected), words.distinguishing, frozenset(words.subjects)
    )


def thresholds_of(library: Library) -> tuple[Thresholds, Thresholds]:
    """Return how sure the matcher must be by words alone and with an encoder (matching.yaml)."""
    given = library.matching
    return _thresholds(given.words, DEFAULT), _thresholds(given.with_encoder, WITH_ENCODER)


def weights_of(library: Library) -> tuple[Weights, Weights]:
    """Return what scores are made of by words alone and with an encoder (matching.yaml)."""
    given = library.matching
    return _weights(given.words, Weights()), _weights(given.with_encoder, WITH_MEANING)


def matcher_of(
    library: Library,
    *,
    phrasings: Mapping[str, Sequence[str]] | None = None,
    encoder: SentenceEncoder | None = None,
    encoder_failed: Callable[[Exception], None] = lambda _: None,
) -> Matcher:
    """Return a matcher of all answers of `library`, or of `phrasings` read as its lexicon says."""
    words, with_encoder = thresholds_of(library)
    weights, weights_with_encoder = weights_of(library)
    return Matcher(
        library.phrasings() if phrasings is None else phrasings,
        lexicon=lexicon_of(library),
        thresholds=words,
        with_encoder=with_encoder,
        encoder=encoder,
        encoder_failed=encoder_failed,
        weights=weights,
        weights_with_encoder=weights_with_encoder,
    )


def _thresholds(limits: Limits | None, default: Thresholds) -> Thresholds:
    return Thresholds(**limits.model_dump(exclude={"weights"})) if limits else default


def _weights(limits: Limits | None, default: Weights) -> Weights:
    given: dict[str, float] = dict(limits.weights.items()) if limits else {}
    return replace(default, **given)

"""The parts, put together: content, guardrails, matcher, encoder and composer of one Library."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from bot.content.model import Library
from bot.content.today import Today
from bot.content.tuned import Tuned
from bot.encoder import EncoderUnavailableError, load_encoder
from bot.errors import ContentError
from bot.respond import Responder
from bot.understand.encoder import Floats, SentenceEncoder, TunableEncoder
from bot.understand.guardrails import Guardrails
from bot.understand.layers import Layered
from bot.understand.match import Ambiguous, Candidate, Hit, Matcher, Miss
from bot.understand.of_library import matcher_of
from bot.understand.patterns import PatternError
from bot.understand.recall import Recall


def build(
    library: Library,
    *,
    drafts: bool,
    reviews_required: int = 1,
    today: Callable[[], date] | None = None,
    encoder: TunableEncoder | None = None,
    encoder_failed: Callable[[Exception], None] = lambda _: None,
    later: bool = False,
) -> Responder:
    """Return the Responder of one Library. Raises ContentError where a rule cannot be compiled.

    `today` is the clock that decides which reviews hold; by default UTC's, which never goes back.
    `encoder_failed` is told when the encoder raises over a message: words decide it then. `later`
    leaves the matcher untrained until the first message that needs it, for a command that has one.
    """
    try:
        rules = Guardrails(library.guardrails)
    except PatternError as error:
        problem = f"{library.language}/guardrails: {error}; see the pattern rules in answers/README.md"
        raise ContentError((problem,)) from None

    def make_matcher() -> Matcher:
        return matcher_of(library, encoder=encoder, encoder_failed=encoder_failed)

    return Responder(
        library,
        _LaterMatcher(make_matcher) if later else make_matcher(),
        Layered(rules, library.guardrails, recall_of(library, encoder, encoder_failed)),
        drafts=drafts,
        reviews_required=reviews_required,
        today=today or Today(),
    )


def recall_of(
    library: Library,
    encoder: TunableEncoder | None = None,
    encoder_failed: Callable[[Exception], None] = lambda _: None,
) -> Recall | None:
    """Return the recall layer of a Library, with `encoder` where tuned.npz is for it; None untrained.

    `encoder_failed` is told, now or over a message, why the encoder has no part in it.
    """
    learned, tuned = library.learned, library.tuned
    if learned is None:
        return None
    try:
        changed = encoder.tuned(tuned) if encoder is not None and tuned is not None else None
        return Recall(learned, tuned, changed, encoder_failed)
    except ValueError as error:
        encoder_failed(error)
        return Recall(learned)


class _LaterMatcher:
    """A matcher that is trained at the first question."""

    def __init__(self, make: Callable[[], Matcher]) -> None:
        self._made = cache(make)

    def rank(self, text: str, limit: int = 3) -> list[Candidate]:
        return self._made().rank(text, limit)

    def decide(self, text: str) -> Hit | Ambiguous | Miss:
        return self._made().decide(text)


class _LaterEncoder:
    """An encoder that is loaded at the first text."""

    def __init__(self, make: Callable[[], SentenceEncoder | None]) -> None:
        self._made = cache(make)

    def encode(self, texts: Sequence[str]) -> Floats:
        return self._loaded().encode(texts)

    def encode_content(self, texts: Sequence[str]) -> Floats:
        return self._loaded().encode_content(texts)

    def _loaded(self) -> SentenceEncoder:
        encoder = self._made()
        if encoder is None:
            raise EncoderUnavailableError("There is no sentence encoder here.")
        return encoder


class _LaterTunable(_LaterEncoder):
    """The same, of an encoder that can be tuned."""

    def __init__(self, make: Callable[[], TunableEncoder | None]) -> None:
        self._untuned = cache(make)
        super().__init__(self._untuned)

    def tuned(self, tuned: Tuned) -> SentenceEncoder:
        return _LaterEncoder(lambda: found.tuned(tuned) if (found := self._untuned()) is not None else None)


def open_encoder_later(setting: str | None, tell: Callable[[str], None]) -> TunableEncoder | None:
    """Return an encoder that `open_encoder` opens when it is first used; None for "off"."""
    if setting is not None and setting.strip().lower() == "off":
        return None
    return _LaterTunable(lambda: open_encoder(setting, tell))


def open_encoder(setting: str | None, tell: Callable[[str], None]) -> TunableEncoder | None:
    """Return the sentence encoder that FAQBOT_ENCODER asks for; without one, `tell` why in a sentence."""
    try:
        return load_encoder(setting, tell)
    except EncoderUnavailableError as error:
        tell(f"{error} Going on without it, by words alone.")
        return None

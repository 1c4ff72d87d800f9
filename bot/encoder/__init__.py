"""The sentence encoder's files: found, verified, loaded, and its vectors of content cached.

    load_encoder(setting) → the encoder that matching and guardrails use, or EncoderUnavailableError

What is computed with them is in `bot.understand.encoder`.
"""

from collections.abc import Callable
from pathlib import Path

from bot.encoder.cache import CachedEncoder, cache_folder
from bot.encoder.weights import EncoderUnavailableError, find, load

__all__ = ["CachedEncoder", "EncoderUnavailableError", "cache_folder", "load_encoder"]


def load_encoder(
    setting: str | None, warn: Callable[[str], None], cache: Path | None = None
) -> CachedEncoder | None:
    """Return the encoder that FAQBOT_ENCODER (`setting`) asks for; None for "off".

    `warn` is told, in one sentence, of a cache of vectors that cannot be used; it is in folder `cache`,
    or where the bot has it.

    Raises EncoderUnavailableError, one sentence for a person, where it cannot be used: the bot
    then goes on without it.
    """
    folder = find(setting)
    if folder is None:
        return None
    encoder, digest = load(folder)
    return CachedEncoder(encoder, digest, cache or cache_folder(), warn)

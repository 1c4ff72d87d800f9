"""The sentence encoder for benchmarks, where .encoder or FAQBOT_ENCODER has it."""

import os
import sys

from bot.encoder import CachedEncoder, EncoderUnavailableError, cache_folder, load_encoder


def warn(text: str) -> None:
    """Print `text` where it is no part of a table."""
    print(text, file=sys.stderr)


def encoder(*, apart: bool = False) -> CachedEncoder | None:
    """Return the encoder; None, with a warning, where there is none.

    Vectors of content are kept with those of the bot; `apart` for content that is not the bot's.
    """
    try:
        cache = cache_folder() / "benchmarks" if apart else None
        return load_encoder(os.environ.get("FAQBOT_ENCODER"), warn, cache)
    except EncoderUnavailableError as error:
        warn(f"(by words alone: {error})")
        return None

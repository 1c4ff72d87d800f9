"""Whether the sentence encoder has a part in answers: for health and metrics."""

from collections.abc import Callable


class EncoderStatus:
    """What became of the encoder since the start. Any thread may tell it."""

    def __init__(self) -> None:
        """Begin without a problem, and with nobody to tell."""
        self.wanted = True
        """False where the encoder was turned off."""
        self.problem: str | None = None
        """One sentence while words alone decide, or did for a message since the start."""
        self.on_failure: Callable[[Exception], None] = lambda _: None
        """Told of every message over which the encoder failed."""

    def missing(self, sentence: str) -> None:
        """Note that there is no encoder; `sentence` says why."""
        self.problem = sentence

    def failed(self, error: Exception) -> None:
        """Note that the encoder raised: words alone decided."""
        self.problem = f"The sentence encoder failed ({type(error).__name__}): words alone decided."
        self.on_failure(error)

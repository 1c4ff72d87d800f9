"""State: what every store can do. All keys are keyed hashes, or digests of content."""

from enum import Enum
from typing import Protocol

ANSWERED_SECONDS = 86_400
"""How long an answered update is remembered: Telegram delivers again for at most a day."""
CLAIM_SECONDS = 12
"""How long a claim holds without being renewed, in a store that several processes share.

When a process dies, those whose messages it had in hand wait so long for another to answer them.
"""


class StateError(Exception):
    """The store cannot be used. The message names the trouble and holds nothing of a person."""


class Claim(Enum):
    """What a store says to a process that wants to answer an update."""

    MINE = "mine"
    BUSY = "busy"
    """another process is at it; ask again later"""
    DONE = "done"
    """it was answered"""


class State(Protocol):
    """A store. Every method may raise StateError."""

    async def claim(self, update: str, owner: str) -> Claim:
        """Try to become the only one who answers `update`."""

    async def renew(self, updates: list[str], owner: str) -> None:
        """Keep claims for another CLAIM_SECONDS."""

    async def release(self, update: str, owner: str) -> None:
        """Give a claim back unanswered."""

    async def done(self, update: str) -> None:
        """Record that `update` was answered; on the disk before this returns."""

    async def count(self, key: str, seconds: int) -> int:
        """Add one to a counter that vanishes `seconds` after its start; return its value."""

    async def country(self, person: str) -> str | None:
        """Return the country that a person chose, or None."""

    async def set_country(self, person: str, country: str) -> None:
        """Remember the country that a person chose."""

    async def forget(self, person: str) -> None:
        """Delete whatever is kept under `person`, counters included."""

    async def add_feedback(self, answer: str, verdict: str) -> None:
        """Count one verdict on an answer (its id and digest)."""

    async def feedback(self) -> dict[tuple[str, str], int]:
        """Return the counts by (answer, verdict)."""

    async def ping(self) -> None:
        """Return if the store works."""

    async def close(self) -> None:
        """Let go of the store."""

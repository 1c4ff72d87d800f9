"""State in memory: for tests, and for when the store fails. Lost when the process ends."""

import time
from collections import Counter
from collections.abc import Callable

from bot.state.protocol import ANSWERED_SECONDS, Claim

_SWEEP_EVERY = 1000


class MemoryState:
    """Keeps everything in dictionaries; old entries are swept away as new ones come."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Start empty. `clock` returns seconds."""
        self._clock = clock
        self._answered: dict[str, float] = {}
        self._counts: dict[str, tuple[float, int]] = {}
        self._countries: dict[str, str] = {}
        self._feedback: Counter[tuple[str, str]] = Counter()
        self._writes = 0

    async def claim(self, update: str, owner: str) -> Claim:
        """Say whether the update was answered; one process needs no claims."""
        del owner
        return Claim.DONE if self._answered.get(update, 0.0) > self._clock() else Claim.MINE

    async def renew(self, updates: list[str], owner: str) -> None:
        """Do nothing: claims need no renewal here."""

    async def release(self, update: str, owner: str) -> None:
        """Do nothing: there is no claim to give back."""

    async def done(self, update: str) -> None:
        """Record an answered update."""
        self._answered[update] = self._clock() + ANSWERED_SECONDS
        self._sweep()

    async def count(self, key: str, seconds: int) -> int:
        """Add one to a counter and return it."""
        now = self._clock()
        ends, value = self._counts.get(key, (0.0, 0))
        if ends <= now:
            ends, value = now + seconds, 0
        self._counts[key] = (ends, value + 1)
        self._sweep()
        return value + 1

    async def country(self, person: str) -> str | None:
        """Return the chosen country."""
        return self._countries.get(person)

    async def set_country(self, person: str, country: str) -> None:
        """Remember the chosen country."""
        self._countries[person] = country

    async def forget(self, person: str) -> None:
        """Delete what is kept of a person."""
        self._countries.pop(person, None)
        for key in [key for key in self._counts if key.startswith(person)]:
            del self._counts[key]

    async def add_feedback(self, answer: str, verdict: str) -> None:
        """Count a verdict."""
        self._feedback[answer, verdict] += 1

    async def feedback(self) -> dict[tuple[str, str], int]:
        """Return the verdicts."""
        return dict(self._feedback)

    async def ping(self) -> None:
        """Return: memory always works."""

    async def close(self) -> None:
        """Nothing to let go of."""

    def _sweep(self) -> None:
        self._writes += 1
        if self._writes % _SWEEP_EVERY:
            return
        now = self._clock()
        self._answered = {key: ends for key, ends in self._answered.items() if ends > now}
        self._counts = {key: kept for key, kept in self._counts.items() if kept[0] > now}

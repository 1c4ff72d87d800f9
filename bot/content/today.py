"""What day it is: UTC, so that everyone's reviews begin and end at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime


def utc_today() -> date:
    """Return today's date in UTC."""
    return datetime.now(UTC).date()


class Today:
    """A clock of days that never goes back while the program runs."""

    def __init__(self, clock: Callable[[], date] = utc_today) -> None:
        """Start from `clock`, which is asked at every call."""
        self._clock = clock
        self._latest = date.min

    def __call__(self) -> date:
        """Return today, or the latest day seen where the clock was set back."""
        self._latest = max(self._latest, self._clock())
        return self._latest

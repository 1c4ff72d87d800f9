"""getUpdates: long polling, confirmation by offset, conflicts."""

import asyncio
import time

from .core import Core
from .model import ApiError
from .params import Params
from .webhook import read_allowed

_OTHER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_BESIDE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_LONGEST = 50


class _Poll:
    """One getUpdates that waits."""

    def __init__(self) -> None:
        self.news = asyncio.Event()
        self.conflict: str | None = None

    def end(self, why: str) -> None:
        """Answer it with a conflict."""
        self.conflict = why
        self.news.set()


class Poller:
    """Hands updates over; lives on the server's loop."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._current: _Poll | None = None

    def wake(self) -> None:
        """There may be news."""
        if self._current is not None:
            self._current.news.set()

    def interrupt(self) -> None:
        """Hear that a webhook was set."""
        if self._current is not None:
            self._current.end("terminated by setWebhook request")

    async def get_updates(self, params: Params, *, webhook: bool) -> bytes:
        """Return the result array as bytes, after waiting for news as long as the bot asked."""
        if webhook:
            raise ApiError(409, f"Conflict: {_BESIDE}")
        if self._current is not None:
            self._current.end(_OTHER)
        poll = self._current = _Poll()
        try:
            self._begin(params)
            return await self._wait(params, poll)
        finally:
            if self._current is poll:
                self._current = None

    def _begin(self, params: Params) -> None:
        with self._core.changed:
            read_allowed(self._core, params)
            self._core.updates.confirm_below(params.integer("offset"))
            self._core.touch()

    async def _wait(self, params: Params, poll: _Poll) -> bytes:
        limit = params.clamped("limit", 100, 1, 100)
        deadline = time.monotonic() + params.clamped("timeout", 0, 0, _LONGEST)
        while True:
            if poll.conflict:
                raise ApiError(409, f"Conflict: {poll.conflict}")
            poll.news.clear()
            left = deadline - time.monotonic()
            found = self._hand_over(limit)
            if found is not None or left <= 0:
                return found or b"[]"
            try:
                await asyncio.wait_for(poll.news.wait(), left)
            except TimeoutError:
                continue

    def _hand_over(self, limit: int) -> bytes | None:
        with self._core.changed:
            entries = self._core.updates.batch(limit)
            if not entries:
                return None
            self._core.updates.hand_over(entries)
            self._core.touch()
            return b"[" + b",".join(entry.body for entry in entries) + b"]"

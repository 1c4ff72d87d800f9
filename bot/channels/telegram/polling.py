"""Long polling that loses nothing: an update is confirmed when it, and all before it, are done.

Telegram shows at most 100 unconfirmed updates, and confirms all below the `offset` of the next
call. So the offset stays at the oldest update that is not done, and what lies above it is handled
meanwhile: one chat that must wait does not hold up the others.
"""

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, field

import structlog
from telegram.error import TelegramError

from bot.channels.telegram.api import POLL_SECONDS, ApiBot, PollResult, UpdateFeed, error_of
from bot.channels.telegram.handlers import ALLOWANCE
from bot.channels.telegram.incoming import burst_of, update_id_of
from bot.channels.telegram.pipeline import Pipeline
from bot.errors import ChannelError
from bot.ops.metrics import Metrics

WINDOW = 100
_PACE = 0.2
"""Seconds between two looks at updates that are still being handled."""
_AGAIN_PAUSE = 2.0
_LONGEST_PAUSE = 15.0
_BAD_TOKENS = 3
_ID = re.compile(rb'"update_id"\s*:\s*(\d{1,18})(?!\d)')

log = structlog.get_logger()


@dataclass
class Poller:
    """Takes updates from the feed into the pipeline until cancelled."""

    feed: UpdateFeed
    pipeline: Pipeline
    metrics: Metrics
    _next: int | None = None
    """one more than the highest update id seen"""
    _finished: set[int] = field(default_factory=set)
    """ids that are done but cannot be confirmed yet, because an older one is not"""
    _open: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _moved: asyncio.Event = field(default_factory=asyncio.Event)
    _failures: int = 0
    _nameless: int = 0
    """batches in a row that held nothing with an id"""

    async def run(self) -> None:
        """Poll for ever. Raises ChannelError when Telegram no longer knows the token."""
        while True:
            self._moved.clear()
            offset = self._offset()
            at_once = self._open or self.metrics.poll_age() is None
            result = await self._poll(offset, WINDOW, 0 if at_once else POLL_SECONDS)
            if result is None:
                continue
            if result.updates is None:
                await self._pass_garbled()
                continue
            fresh = self._take(result.updates, offset)
            await self._pass_nameless(result.updates)
            if self._open and not fresh:
                await self._wait_for_progress()

    async def unhook(self, bot: ApiBot) -> None:
        """Take away a webhook that is still set: Telegram would refuse to be polled."""
        while True:
            try:
                if (await bot.get_webhook_info()).url:
                    await bot.delete_webhook(drop_pending_updates=False)
                    log.info("a webhook was set and has been removed, to be able to poll")
            except TelegramError as error:
                await self._failed("Telegram cannot be reached: trying again", 0, error)
            else:
                return

    async def finish(self) -> None:
        """Confirm what is done, so that it does not come again. To be called once, at the end."""
        if self._open:
            await asyncio.wait(self._open.values(), timeout=0.2)
        offset = self._offset()
        if offset is not None:
            try:
                async with asyncio.timeout(1.5):
                    await self.feed.poll(offset, 1, 0)
            except (TelegramError, TimeoutError):
                log.info("the last updates could not be confirmed: they will come again and be recognised")

    def _offset(self) -> int | None:
        return min(self._open) if self._open else self._next

    def _take(self, updates: list[object], offset: int | None) -> bool:
        """Start on every update that is new, of those asked for from `offset`. Return whether one was."""
        self._finished = {i for i in self._finished if offset is None or i >= offset}
        fresh = False
        bursts = Counter(burst_of(raw) for raw in updates)
        floods = {burst for burst, count in bursts.items() if count > ALLOWANCE and burst is not None}
        for chat_id, _ in floods:
            self.pipeline.hush(chat_id)
        for raw in updates:
            update_id = update_id_of(raw)
            if update_id is None:
                self.metrics.skipped.labels("no_id").inc()
            elif update_id not in self._open and update_id not in self._finished:
                fresh = True
                self._next = max(self._next or 0, update_id + 1)
                self._open[update_id] = asyncio.create_task(
                    self._handle(update_id, raw, flooding=burst_of(raw) in floods)
                )
        return fresh

    async def _pass_nameless(self, updates: list[object]) -> None:
        """Get past a batch in which nothing has an id: such things cannot be confirmed by name."""
        if self._open or not updates or any(update_id_of(raw) is not None for raw in updates):
            self._nameless = 0
            return
        self._nameless += 1
        await asyncio.sleep(min(self._nameless, 10) * 0.1)
        if self._next is not None and self._nameless > 2:
            self._next += 1

    async def _handle(self, update_id: int, raw: object, *, flooding: bool) -> None:
        """Handle one update until it may be confirmed; when cancelled, it stays unconfirmed."""
        while not await self.pipeline.handle(raw, flooding=flooding):  # noqa: ASYNC110  (no event tells)
            await asyncio.sleep(_AGAIN_PAUSE)
        self._open.pop(update_id, None)
        self._finished.add(update_id)
        self._moved.set()

    async def _wait_for_progress(self) -> None:
        await asyncio.sleep(_PACE / 4)
        try:
            async with asyncio.timeout(_PACE):
                await self._moved.wait()
        except TimeoutError:
            return

    async def _poll(self, offset: int | None, limit: int, seconds: int) -> PollResult | None:
        """Ask once; after a failure, wait a while and return None."""
        try:
            result = await self.feed.poll(offset, limit, seconds)
        except TelegramError as error:
            await self._failed("Telegram cannot be reached: trying again", 0, error)
            return None
        if result.status == 200:
            if self._failures:
                log.info("Telegram can be reached again", attempt=self._failures)
            self._failures = 0
            self.metrics.polled()
            return result
        await self._refused(result)
        return None

    async def _refused(self, result: PollResult) -> None:
        words, wait = error_of(result.body)
        if result.status in (401, 404):
            if self._failures + 1 >= _BAD_TOKENS:
                raise ChannelError("Telegram no longer knows this token: get a new one from @BotFather.")
            await self._failed("Telegram does not know the token: trying again", wait)
        elif result.status == 409:
            why = "a webhook is set" if "webhook" in words else "another process polls with the same token"
            await self._failed(f"Telegram refuses to be polled: {why}", wait)
        else:
            await self._failed("Telegram refused a poll: trying again", wait, status=result.status)

    async def _failed(self, what: str, wait: float, error: Exception | None = None, status: int = 0) -> None:
        self._failures += 1
        self.metrics.errors.labels("poll").inc()
        backoff = min(_LONGEST_PAUSE, 0.5 * 2 ** min(self._failures - 1, 10))
        pause = max(wait, backoff * random.uniform(0.5, 1.0))  # noqa: S311  (jitter, no secret)
        details = {"error": type(error).__name__} if error else {"status": status}
        log.warning(what, attempt=self._failures, seconds=round(pause, 1), **details)
        await asyncio.sleep(pause)

    async def _pass_garbled(self) -> None:
        """Get past an update that spoils its whole batch: look at one at a time, skip what is broken."""
        await self._until_quiet()
        offset = self._offset()
        result = await self._poll(offset, 1, 0)
        if result is None:
            return
        if result.updates is not None:
            self._take(result.updates, offset)
            await self._until_quiet()
            return
        found = _ID.search(result.body)
        self.metrics.skipped.labels("garbled").inc()
        log.warning("an update that is not JSON was skipped")
        if found is not None:
            self._next = max(self._next or 0, int(found[1]) + 1)
        elif self._next is not None:
            self._next += 1
        else:
            await asyncio.sleep(1.0)

    async def _until_quiet(self) -> None:
        while self._open:
            self._moved.clear()
            await self._moved.wait()

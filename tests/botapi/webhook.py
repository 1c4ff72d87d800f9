"""Webhook mode: the settings, and the sender that tries until the bot answers 2xx."""

import asyncio
import heapq
import re
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .core import Core
from .model import JsonObject, WebhookPost, bad
from .params import Params
from .poster import Poster, Response
from .updates import Entry

_SECRET = re.compile(r"[A-Za-z0-9_-]*\Z")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_LONGEST_DELAY = 60.0


@dataclass(frozen=True)
class Delivery:
    """How the test wants updates delivered."""

    to: str | None = None
    """scheme, host and port to post to instead of the registered ones: the proxy's place"""
    second: float = 0.05
    """how long one of Telegram's seconds lasts between tries (at once, then 2, 4, 8 … 60 s)"""
    timeout: float = 60.0
    """seconds a bot may take to answer"""
    max_connections: int = 100
    """an upper bound on what setWebhook asks for"""


@dataclass(frozen=True)
class Config:
    """What setWebhook set."""

    url: str
    secret: str
    max_connections: int


@dataclass(eq=False)
class _Lane:
    """One chat's updates: the next is posted when the one before it was taken."""

    entries: deque[Entry] = field(default_factory=deque)
    wake_at: float = 0.0


class Sender:
    """Posts updates, oldest first, one at a time in a chat; lives on the server's loop."""

    def __init__(self, core: Core, delivery: Delivery, config: Config) -> None:
        headers = {"Content-Type": "application/json"}
        if config.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = config.secret
        self._poster = Poster(_target(config.url, delivery.to), headers)
        self._core, self._delivery = core, delivery
        self._free = min(config.max_connections, delivery.max_connections)
        self._known: set[Entry] = set()
        self._lanes: defaultdict[int | str, _Lane] = defaultdict(_Lane)
        self._ready: list[tuple[float, int, int | str]] = []
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self.last_error: tuple[int, str] | None = None
        for entry in core.updates.entries():
            self.add(entry)
        self._spawn(self._run())

    def add(self, entry: Entry) -> None:
        """Take on an update; one that was taken on already is left alone."""
        if entry in self._known:
            return
        self._known.add(entry)
        lane = self._lanes[entry.queue]
        lane.entries.append(entry)
        if len(lane.entries) == 1:
            self._offer(entry.queue, lane)

    def stop(self) -> asyncio.Task[None]:
        """Stop posting; what is unconfirmed stays in the queue. The task ends with the last post."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        return asyncio.ensure_future(self._end(tasks))

    async def _end(self, tasks: list[asyncio.Task[None]]) -> None:
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._poster.close()

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _offer(self, queue: int | str, lane: _Lane) -> None:
        heapq.heappush(self._ready, (lane.wake_at, lane.entries[0].update_id, queue))
        self._wake.set()

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            while self._free and self._ready and self._ready[0][0] <= time.monotonic():
                self._free -= 1
                queue = heapq.heappop(self._ready)[2]
                self._spawn(self._deliver(queue, self._lanes[queue]))
            delay = self._ready[0][0] - time.monotonic() if self._ready and self._free else None
            try:
                await asyncio.wait_for(self._wake.wait(), delay)
            except TimeoutError:
                continue

    async def _deliver(self, queue: int | str, lane: _Lane) -> None:
        entry = lane.entries[0]
        response, error = await self._post(entry)
        taken = response is not None and 200 <= response.status <= 299
        with self._core.changed:
            self._note(entry, response, error, taken)
            lane.wake_at = 0.0
            if taken or (entry.times is not None and entry.handed >= entry.times):
                self._known.discard(lane.entries.popleft())
            else:
                lane.wake_at = time.monotonic() + self._delay(entry, response)
        self._free += 1
        if lane.entries:
            self._offer(queue, lane)
        else:
            del self._lanes[queue]
            self._wake.set()

    async def _post(self, entry: Entry) -> tuple[Response | None, str | None]:
        try:
            async with asyncio.timeout(self._delivery.timeout):
                response = await self._poster.post(entry.body)
        except TimeoutError:
            return None, "Read timeout expired"
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError) as error:
            return None, f"Webhook connection closed: {error!r}"
        if 200 <= response.status <= 299:
            return response, None
        return response, f"Wrong response from the webhook: {response.status} {response.reason}"

    def _note(self, entry: Entry, response: Response | None, error: str | None, taken: bool) -> None:
        status = response.status if response else None
        self._core.posts.append(WebhookPost(entry.update_id, status, time.monotonic(), error))
        self._core.updates.hand_over([entry])
        if taken:
            self._core.updates.confirm(entry)
        elif error:
            self.last_error = (int(time.time()), error)
        self._core.touch()

    def _delay(self, entry: Entry, response: Response | None) -> float:
        """Telegram's backoff: the first try again is at once, the next wait twice as long each."""
        entry.failures += 1
        asked = (response.headers if response else {}).get("retry-after", "")
        if asked.isdigit() and int(asked):
            return int(asked) * self._delivery.second
        if entry.failures == 1:
            return 0.0
        return min(_LONGEST_DELAY, 2.0 ** (entry.failures - 1)) * self._delivery.second


def _target(url: str, to: str | None) -> str:
    """Where to post: the registered path and query, at the proxy's place where there is one."""
    if to is None:
        return url
    parts = urlsplit(url)
    return to.rstrip("/") + (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


class Webhook:
    """setWebhook, deleteWebhook, getWebhookInfo."""

    def __init__(self, core: Core, delivery: Delivery, interrupt: Callable[[], None]) -> None:
        self._core, self._delivery = core, delivery
        self._interrupt = interrupt
        """ends a getUpdates that is waiting"""
        self.config: Config | None = None
        self.sender: Sender | None = None
        self._ending: set[asyncio.Task[None]] = set()

    def methods(self) -> Mapping[str, Callable[[Params], object]]:
        """Names as Telegram writes them."""
        return {
            "setWebhook": self._set,
            "deleteWebhook": self._delete,
            "getWebhookInfo": self._info,
        }

    def add(self, entry: Entry) -> None:
        """Hear that an update came in."""
        if self.sender is not None:
            self.sender.add(entry)

    def stop(self) -> None:
        """Back to no webhook."""
        if self.sender is not None:
            ending = self.sender.stop()
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)
        self.sender = self.config = None

    async def close(self) -> None:
        """Stop, and wait until no connection is open."""
        self.stop()
        await asyncio.gather(*self._ending)

    def _set(self, params: Params) -> bool:
        if not params.text("url"):
            return self._delete(params)
        config = self._read(params)
        read_allowed(self._core, params)
        if config != self.config or params.flag("drop_pending_updates"):
            self._drop(params)
            self.stop()
            self._interrupt()
            self.config = config
            self.sender = Sender(self._core, self._delivery, config)
        return True

    def _read(self, params: Params) -> Config:
        url, secret = params.text("url"), params.text("secret_token")
        parts = urlsplit(url)
        if not parts.hostname or parts.scheme not in ("http", "https"):
            raise bad("invalid webhook URL specified")
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if parts.scheme == "https" and self._delivery.to is None:
            raise bad("bad webhook: this test server posts to https only with webhook_to")
        if len(secret) > 256:
            raise bad("secret token is too long")
        if not _SECRET.match(secret):
            raise bad("secret token contains unallowed characters")
        return Config(url, secret, params.clamped("max_connections", 40, 1, 100))

    def _delete(self, params: Params) -> bool:
        self._drop(params)
        self.stop()
        return True

    def _drop(self, params: Params) -> None:
        if params.flag("drop_pending_updates"):
            self._core.updates.clear()

    def _info(self, params: Params) -> JsonObject:
        del params
        config, sender = self.config, self.sender
        info: JsonObject = {
            "url": config.url if config else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._core.updates.entries()),
        }
        if config:
            info["max_connections"] = config.max_connections
        if self._core.updates.allowed_given is not None:
            info["allowed_updates"] = self._core.updates.allowed_given
        if sender and sender.last_error:
            info["last_error_date"], info["last_error_message"] = sender.last_error
        return info


def read_allowed(core: Core, params: Params) -> None:
    """Remember allowed_updates where it was given."""
    kinds = params.decoded("allowed_updates", "allowed updates")
    if kinds is not None and not isinstance(kinds, list):
        raise bad("Expected an Array of String")
    core.updates.allow(kinds)

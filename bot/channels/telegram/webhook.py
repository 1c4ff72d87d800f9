"""Webhook mode: an update is answered 200 only when it is done with.

Tornado directly, because the library's own server answers first and works later.
"""

import asyncio
import contextlib
import hmac
import json
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import structlog
from telegram import WebhookInfo
from telegram.error import TelegramError
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler, stream_request_body

from bot.channels.telegram.api import ApiBot
from bot.channels.telegram.incoming import ALLOWED_UPDATES
from bot.channels.telegram.pipeline import Pipeline
from bot.ops.health import bind
from bot.ops.metrics import Metrics

MAX_BODY = 1_048_576
"""Bytes of a body that are read; Telegram's are far smaller."""
MAX_DRAINED = 64 * 1_048_576
"""Bytes of a body that are thrown away before it is refused; a longer one is cut off."""
CONNECTIONS = 100
KEEP_SECONDS = 60.0
"""How often it is made sure that the webhook is still ours."""
_LONGEST_PAUSE = 30.0
_RETRY_AFTER = "2"
_HEADER = "X-Telegram-Bot-Api-Secret-Token"

log = structlog.get_logger()


class WebhookServer:
    """Receives updates by HTTP and keeps the webhook registered."""

    def __init__(
        self, bot: ApiBot, pipeline: Pipeline, metrics: Metrics, *, url: str, secret: str, shared: bool
    ) -> None:
        """Prepare. `shared`: other replicas receive at the same address, so it stays registered."""
        self._bot, self._url, self._secret, self._shared = bot, url, secret, shared
        self._found: WebhookInfo | None = None
        self.problem: str | None = "The webhook is not registered yet."
        """what keeps updates from coming, as one sentence; None while nothing does"""
        path = urlsplit(url).path or "/"
        settings = {"pipeline": pipeline, "metrics": metrics, "path": path, "secret": secret}
        app = Application([(r".*", _Receiver, settings)], log_function=lambda _: None)
        self._server = HTTPServer(
            app, max_body_size=MAX_DRAINED, body_timeout=30, idle_connection_timeout=120
        )

    def listen(self, address: str, port: int) -> None:
        """Listen. Raises SettingsError where the port cannot be had."""
        self._server.add_sockets(bind(address, port, "FAQBOT_PORT"))

    async def keep_registered(self) -> None:
        """Register the webhook and see to it that it stays so, until cancelled."""
        pause = 1.0
        while True:
            try:
                await self._register()
                self.problem, pause, wait = None, 1.0, KEEP_SECONDS
            except TelegramError as error:
                self.problem = "Telegram cannot be reached to register the webhook."
                log.warning("the webhook could not be registered: trying again", error=type(error).__name__)
                wait, pause = pause, min(_LONGEST_PAUSE, pause * 2)
            await asyncio.sleep(wait)

    async def stop(self, drain: Callable[[], Awaitable[None]]) -> None:
        """Take no more updates, let those in flight end, and leave the webhook as it was found."""
        self._server.stop()
        await drain()
        with contextlib.suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(1.5):
                await self._restore()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await self._server.close_all_connections()

    async def _register(self) -> None:
        info = await self._bot.get_webhook_info()
        first = self._found is None
        if first:
            self._found = info
        elif info.url == self._url:
            return
        await self._bot.set_webhook(
            self._url,
            secret_token=self._secret,
            max_connections=CONNECTIONS,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
        )
        log.info("the webhook is registered" if first else "the webhook had been changed and is ours again")

    async def _restore(self) -> None:
        """Undo the registration, unless it was there before or other replicas need it."""
        found = self._found
        if found is None or self._shared or found.url == self._url:
            return
        if (await self._bot.get_webhook_info()).url != self._url:
            return
        if found.url:
            await self._bot.set_webhook(
                found.url, max_connections=found.max_connections, allowed_updates=found.allowed_updates
            )
        else:
            await self._bot.delete_webhook(drop_pending_updates=False)


@stream_request_body
class _Receiver(RequestHandler):
    """One delivery."""

    def initialize(self, pipeline: Pipeline, metrics: Metrics, path: str, secret: str) -> None:
        """Take what tornado passes on."""
        self._pipeline, self._metrics, self._path = pipeline, metrics, path
        self._secret = secret
        self._body = bytearray()
        self._length = 0

    def prepare(self) -> None:
        """Refuse what is not a delivery of Telegram before its body is read."""
        given = self.request.headers.get(_HEADER, "")
        known = hmac.compare_digest(given.encode("utf-8", "replace"), self._secret.encode())
        if self.request.path != self._path:
            self._refuse(404)
        elif self.request.method != "POST":
            self.set_header("Allow", "POST")
            self._refuse(405)
        elif not known:
            self._refuse(403)

    def data_received(self, chunk: bytes) -> None:
        """Keep the body, up to MAX_BODY; throw the rest away."""
        self._length += len(chunk)
        if self._length <= MAX_BODY:
            self._body += chunk
        else:
            self._body.clear()

    async def post(self) -> None:
        """Handle the update, then answer."""
        if self._length > MAX_BODY:
            self._refuse(413)
            return
        try:
            raw = json.loads(bytes(self._body))
        except (ValueError, RecursionError):
            raw = None
        if not isinstance(raw, dict):
            self._refuse(400)
            return
        self._metrics.polled()
        if await self._pipeline.handle(raw):
            self.set_status(200)
        else:
            self.set_status(503)
            self.set_header("Retry-After", _RETRY_AFTER)
        self.finish()

    def write_error(self, status_code: int, **_: object) -> None:
        """Answer without words."""
        self.set_status(status_code)
        self.finish()

    def _refuse(self, status: int) -> None:
        self._metrics.skipped.labels(f"http_{status}").inc()
        self.set_status(status)
        self.finish()

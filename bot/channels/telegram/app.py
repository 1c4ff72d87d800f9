"""Wiring and life of the Telegram channel: start, receive, stop in good order."""

import asyncio
import contextlib
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from urllib.parse import urlsplit

import structlog
from telegram import User
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot import __version__
from bot.channels.telegram.api import UpdateFeed, make_bot
from bot.channels.telegram.delivery import Courier
from bot.channels.telegram.handlers import Conversation
from bot.channels.telegram.identity import Names
from bot.channels.telegram.incoming import ALLOWED_UPDATES, Me
from bot.channels.telegram.limits import Gate
from bot.channels.telegram.pipeline import Pipeline
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.webhook import WebhookServer
from bot.content.model import Library
from bot.encoder.status import EncoderStatus
from bot.errors import ChannelError
from bot.ops.content import LiveContent
from bot.ops.health import HealthServer
from bot.ops.logs import configure, watch_loop
from bot.ops.metrics import Metrics
from bot.respond import Responder
from bot.settings import Settings
from bot.state.store import is_shared, open_state

STOP_SECONDS = 7.0
"""How long replies in flight may take after SIGTERM."""
POLL_IS_OLD = 90.0
"""Seconds without a good poll after which the bot is not ready."""
_BOOT_LONGEST = 30.0
_CHECK_STATE = 5.0

log = structlog.get_logger()


def run_bot(
    library: Library,
    build: Callable[[Library], Responder],
    settings: Settings,
    today: Callable[[], date],
    encoder: EncoderStatus,
) -> None:
    """Answer on Telegram until SIGTERM or SIGINT. Raises ChannelError where Telegram refuses us.

    `build` makes what answers from `library`, and again from every later state of the content;
    `today` decides which reviews hold; `encoder` knows what becomes of the sentence encoder.
    """
    token = settings.token()
    configure(settings.log_level)
    asyncio.run(_Bot(library, build, settings, token, today, encoder).run())


class _Bot:
    """One run of the bot."""

    def __init__(
        self,
        library: Library,
        build: Callable[[Library], Responder],
        settings: Settings,
        token: str,
        today: Callable[[], date],
        encoder: EncoderStatus,
    ) -> None:
        self._settings, self._build, self._encoder = settings, build, encoder
        self._names = Names(token)
        self._metrics = Metrics()
        encoder.on_failure = self._note_encoder
        if encoder.wanted:
            self._metrics.watch_encoder(lambda: encoder.problem is None)
        self._api = make_bot(token, settings.api_base_url)
        self._token = token
        self._state = open_state(settings.state_url, _tell)
        self._stop = asyncio.Event()
        self._bad_token = asyncio.Event()
        self._content = LiveContent(library, self._prepared, settings, self._metrics, today)
        self._talk: Conversation | None = None
        self._receiving: Callable[[], str | None] = lambda: "Telegram has not been reached yet."

    async def run(self) -> None:
        """Start everything, receive until told to stop, stop everything."""
        loop = asyncio.get_running_loop()
        watch_loop(loop)
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self._stop.set)
        loop.add_signal_handler(signal.SIGHUP, self._content.request)
        self._content.log_state()
        async with contextlib.AsyncExitStack() as stack:
            await self._start_state(stack)
            await self._start_health(stack)
            await stack.enter_async_context(_background(self._content.watch(self._stop)))
            user = await self._until_stopped(self._connect())
            stack.push_async_callback(self._api.shutdown)
            if user is not None:
                await self._receive(Me(user.id, user.username or ""))
        log.info("stopped")

    async def _start_state(self, stack: contextlib.AsyncExitStack) -> None:
        await self._state.start()
        stack.push_async_callback(self._state.close)
        self._metrics.watch_state(lambda: self._state.problem is None)
        await stack.enter_async_context(_background(self._check_state()))

    async def _check_state(self) -> None:
        while True:
            await asyncio.sleep(_CHECK_STATE)
            await self._state.check()

    async def _start_health(self, stack: contextlib.AsyncExitStack) -> None:
        port = self._settings.health_port
        if port is None:
            return
        checks = {"telegram": self._problem, "state": lambda: self._state.problem}
        server = HealthServer(self._metrics, checks, {"encoder": lambda: self._encoder.problem})
        server.start(self._settings.listen, port)
        stack.push_async_callback(server.stop)

    async def _connect(self) -> User:
        """Find out who we are. Goes on trying while Telegram cannot be reached."""
        pause = 1.0
        host = urlsplit(self._settings.api_base_url).hostname
        while True:
            try:
                await self._api.initialize()
            except InvalidToken:
                raise ChannelError(
                    "Telegram does not know this token (TELEGRAM_BOT_TOKEN): copy it again from @BotFather, "
                    "or ask it for a new one with /token."
                ) from None
            except TelegramError as error:
                wait = _seconds(error) if isinstance(error, RetryAfter) else pause
                sentence = "Telegram cannot be reached yet: trying again"
                log.warning(sentence, host=host, seconds=wait, error=type(error).__name__)
                await asyncio.sleep(wait)
                pause = min(_BOOT_LONGEST, pause * 2)
            else:
                return self._api.bot

    async def _receive(self, me: Me) -> None:
        settings = self._settings
        gate = Gate(settings.sends_per_second)
        self._metrics.watch_queue(lambda: gate.waiting, lambda: gate.oldest)
        courier = Courier(self._api, gate, self._metrics, self._bad_token.set)
        owner = secrets.token_hex(8) if settings.webhook_url else "poller"
        pipeline = Pipeline(me, self._names, self._conversation, courier, self._state, self._metrics, owner)
        log.info(
            "answering on Telegram",
            version=__version__,
            mode="webhook" if settings.webhook_url else "polling",
            serve=settings.serve,
            answers=len(self._content.responder.served()),
            region=settings.region,
        )
        async with _background(pipeline.renew_claims()):
            if settings.webhook_url:
                await self._by_webhook(pipeline)
            else:
                await self._by_polling(pipeline)

    async def _by_polling(self, pipeline: Pipeline) -> None:
        feed = UpdateFeed(self._token, self._settings.api_base_url, ALLOWED_UPDATES)
        poller = Poller(feed, pipeline, self._metrics)
        self._receiving = self._poll_problem
        try:
            await self._until_stopped(self._polled(poller))
            await pipeline.drain(STOP_SECONDS)
            await poller.finish()
        finally:
            await feed.close()

    async def _polled(self, poller: Poller) -> None:
        await poller.unhook(self._api)
        await poller.run()

    async def _by_webhook(self, pipeline: Pipeline) -> None:
        settings = self._settings
        secret = settings.webhook_secret
        server = WebhookServer(
            self._api,
            pipeline,
            self._metrics,
            url=settings.webhook_url or "",
            secret=secret.get_secret_value() if secret else self._names.webhook_secret(),
            shared=is_shared(settings.state_url),
        )
        server.listen(settings.listen, settings.port)
        self._receiving = lambda: server.problem
        try:
            await self._until_stopped(server.keep_registered())
        finally:
            await server.stop(lambda: pipeline.drain(STOP_SECONDS))

    def _prepared(self, library: Library) -> Responder:
        responder = self._build(library)
        responder.watch(self._note_error)
        return responder

    def _conversation(self) -> Conversation:
        """Return the conversation over the content that is served now."""
        responder = self._content.responder
        if self._talk is None or self._talk.responder is not responder:
            region = self._settings.region
            self._talk = Conversation(responder, self._state, self._names, self._metrics, region)
        return self._talk

    def _note_error(self, error: Exception) -> None:
        self._metrics.errors.labels("respond").inc()
        log.error("a part of the answer failed: a fixed text was sent instead", error=error)

    def _note_encoder(self, error: Exception) -> None:
        self._metrics.errors.labels("encoder").inc()
        log.error("the sentence encoder failed: words alone decided", error=error)

    def _problem(self) -> str | None:
        return self._receiving()

    def _poll_problem(self) -> str | None:
        last = self._metrics.poll_age()
        if last is None:
            return "Telegram has not been polled yet."
        return f"The last good poll was {last:.0f} s ago." if last > POLL_IS_OLD else None

    async def _until_stopped(self, work: Awaitable[User | None]) -> User | None:
        """Do `work` until it ends or the bot is told to stop (then return None)."""
        task = asyncio.ensure_future(work)
        stop = asyncio.ensure_future(self._stop.wait())
        bad = asyncio.ensure_future(self._bad_token.wait())
        try:
            await asyncio.wait({task, stop, bad}, return_when=asyncio.FIRST_COMPLETED)
            if bad.done() and not stop.done():
                raise ChannelError("Telegram no longer knows this token: get a new one from @BotFather.")
            return task.result() if task.done() else None
        finally:
            for one in (task, stop, bad):
                one.cancel()
            await asyncio.gather(task, stop, bad, return_exceptions=True)


@contextlib.asynccontextmanager
async def _background(work: Awaitable[None]) -> AsyncIterator[None]:
    """Do `work` beside the body, and stop it at the body's end."""
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _tell(sentence: str) -> None:
    log.warning(sentence)


def _seconds(error: RetryAfter) -> float:
    asked = error.retry_after
    return float(asked if isinstance(asked, int) else asked.total_seconds())

"""BotApi: the server and the test's hold on it."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self, TypeVar

from .core import Core
from .faults import Faults
from .limits import Limits
from .model import Call, CallbackAnswer, JsonObject, SentMessage, WebhookPost
from .people import ChatRef, People
from .server import Endpoint, ServerThread
from .updates import UpdateQueue
from .webhook import Delivery

TOKEN = "123456789:AAF-a_token_that_is_good_for_tests"
_SLICE = 0.25
_DEAR, _HOLD_OFF = 0.001, 4.0
T = TypeVar("T")


class BotApi(People):
    """A Bot API server on loopback; a context manager.

    What people do (``say``, ``press``, ``edit``, ``inject`` …) comes from People.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        faults: Faults | None = None,
        limits: bool | Limits = False,
        port: int = 0,
        username: str = "vetted_faq_test_bot",
        webhook_to: str | None = None,
        webhook_second: float = 0.05,
        webhook_connections: int = 100,
        first_update_id: int = 100_000_001,
    ) -> None:
        """Prepare it; it listens once the context is entered.

        limits: True for Telegram's own, or limits of the test's making.
        webhook_to: scheme, host and port that updates are posted to, whatever was registered.
        webhook_second: how long one second between tries to deliver lasts.
        webhook_connections: an upper bound on the posts under way at once.
        """
        self.token = token
        rules = limits if isinstance(limits, Limits) else Limits() if limits else None
        bot, updates = _bot(token, username), UpdateQueue(first_update_id)
        core = Core(token, bot, faults or Faults(), rules, updates)
        super().__init__(core)
        delivery = Delivery(webhook_to, webhook_second, max_connections=webhook_connections)
        self._server = ServerThread(lambda: Endpoint(core, delivery), port)
        core.on_update = self._server.news

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.stop()

    @property
    def url(self) -> str:
        """FAQBOT_API_BASE_URL; for python-telegram-bot, base_url is this + "/bot"."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def faults(self) -> Faults:
        """The faults in force; others may take their place at any time."""
        return self._core.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._core.faults = faults

    @property
    def limits(self) -> Limits | None:
        """The limits in force, with their count of refusals; None where there are none."""
        return self._core.limits

    def wait_for(self, predicate: Callable[[], T], timeout: float = 5.0) -> T:
        """Wait for the first true value of the predicate; AssertionError when time is up.

        It is asked again after every change here, and four times a second for the sake of things
        outside, such as a process that ended.
        """
        end = time.monotonic() + timeout
        while True:
            with self._core.changed:
                begin = time.monotonic()
                if value := predicate():
                    return value
                now = time.monotonic()
                if now >= end:
                    raise AssertionError(f"not within {timeout} s; {self.summary()}")
                self._core.changed.wait(min(end - now, _SLICE))
            if now - begin > _DEAR:  # leave the server most of the time
                time.sleep(_HOLD_OFF * (now - begin))

    def ask(self, chat: ChatRef, text: str, timeout: float = 5.0) -> SentMessage:
        """Say it and return the next message that the bot sends to the chat."""
        place = self.chat(chat)
        count = len(self.sent(place))
        self.say(place, text)
        return self.wait_for(lambda: self.sent(place)[count:], timeout)[0]

    def sent(self, chat: ChatRef | None = None) -> list[SentMessage]:
        """Return the bot's messages as they stand now, in the order sent; deleted ones say so."""
        with self._core.changed:
            messages = list(self._core.sent.values())
        if chat is None:
            return messages
        place = self.chat(chat).id
        return [message for message in messages if message.chat_id == place]

    def calls(self, *methods: str) -> list[Call]:
        """Return the bot's calls of these methods (default: all), in the order they came."""
        with self._core.changed:
            calls = list(self._core.calls)
        return [call for call in calls if not methods or call.method in methods]

    @property
    def answers(self) -> list[CallbackAnswer]:
        """The answerCallbackQuery calls that were accepted."""
        with self._core.changed:
            return list(self._core.answers)

    @property
    def posts(self) -> list[WebhookPost]:
        """The deliveries to the webhook, failed ones included."""
        with self._core.changed:
            return list(self._core.posts)

    @property
    def polls(self) -> int:
        """How many getUpdates began."""
        return self.tally["getUpdates"]

    @property
    def tally(self) -> Counter[str]:
        """How many calls of each method began; cheaper to wait on than calls()."""
        with self._core.changed:
            return self._core.tally.copy()

    @property
    def confirmed(self) -> frozenset[int]:
        """Ids of the updates that the bot confirmed."""
        with self._core.changed:
            return frozenset(self._core.updates.confirmed)

    @property
    def unconfirmed(self) -> tuple[int, ...]:
        """Ids of the updates that wait to be handed over or confirmed."""
        with self._core.changed:
            return tuple(entry.update_id for entry in self._core.updates.entries())

    @property
    def allowed_updates(self) -> frozenset[str]:
        """The kinds that the bot gets."""
        with self._core.changed:
            return self._core.updates.allowed

    def outage(self, seconds: float, methods: Iterable[str] | None = None) -> None:
        """Cut every call for so long; see Faults.outage."""
        self.faults.outage(seconds, methods)

    def summary(self) -> str:
        """Return the counts, and the latest refusals, for a failed test to show."""
        with self._core.changed:
            refused = [
                f"{call.method} {call.status} {call.description}"
                for call in self._core.calls
                if call.status is not None and call.status >= 400
            ]
            return (
                f"{len(self._core.calls)} calls, {len(self._core.sent)} messages sent, "
                f"{len(self._core.updates.confirmed)} updates confirmed, "
                f"{len(self.unconfirmed)} not; last refusals: {refused[-3:]}"
            )


def _bot(token: str, username: str) -> JsonObject:
    bot_id, _, secret = token.partition(":")
    if not (bot_id.isascii() and bot_id.isdigit() and secret):
        raise ValueError("a token is digits, a colon and a secret")
    return {
        "id": int(bot_id),
        "is_bot": True,
        "first_name": "Vetted FAQ (test)",
        "username": username,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }

"""Sending: through the gate, with retries, until Telegram took it or refused it for good."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import structlog
from telegram import InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.api import ApiBot
from bot.channels.telegram.limits import DroppedError, Gate, Rank, Ticket
from bot.ops.metrics import Metrics

PATIENCE = 300.0
"""Seconds that one delivery is retried before it is given up for this time."""
_FIRST_PAUSE, _LONGEST_PAUSE, _CRISIS_PAUSE = 0.5, 10.0, 3.0
_HALT_AT, _HALT_WINDOW = 5, 1.0
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = "message is not modified"
_NOT_EDITABLE = ("message to edit not found", "message can't be edited")
_BROKEN_HTML = ("can't parse", "entit")

log = structlog.get_logger()


class Outcome(Enum):
    """How a delivery ended."""

    SENT = "sent"
    BLOCKED = "blocked"
    """403: the person does not want messages from us"""
    REFUSED = "refused"
    """400: Telegram will never take it"""
    DROPPED = "dropped"
    """it was one of a flood of messages from one chat, over what such a chat is answered"""
    GAVE_UP = "gave_up"
    """not this time; the update may be tried again"""

    @property
    def final(self) -> bool:
        """True where another try could change nothing."""
        return self is not Outcome.GAVE_UP


@dataclass(frozen=True)
class Outgoing:
    """A message to send, or a message of ours to change."""

    chat_id: int
    html: str | None
    """None: only the buttons of `edit` change"""
    plain: str = ""
    keyboard: InlineKeyboardMarkup | None = None
    rank: Rank = Rank.REPLY
    reply_to: int | None = None
    edit: int | None = None
    """id of our message to change instead of sending a new one"""


@dataclass(frozen=True)
class _Again:
    """Try again after `pause` seconds; `refused`: Telegram named that time itself."""

    pause: float
    refused: bool = False


class Courier:
    """Delivers. One for a process, so that there is one gate."""

    def __init__(self, bot: ApiBot, gate: Gate, metrics: Metrics, on_bad_token: Callable[[], None]) -> None:
        """Take the way out; `on_bad_token` is called when Telegram no longer knows the token."""
        self._bot, self._gate, self._metrics = bot, gate, metrics
        self._on_bad_token = on_bad_token
        self._refusals: dict[int, float] = {}

    async def deliver(self, message: Outgoing) -> Outcome:
        """Send or edit, however often it takes within PATIENCE. Never raises but when cancelled."""
        ticket = self._gate.ticket(message.chat_id, message.rank)
        loop = asyncio.get_running_loop()
        ends, attempt = loop.time() + PATIENCE, 0
        while True:
            attempt += 1
            try:
                result = await self._try(message, ticket, attempt)
            except DroppedError:
                result = Outcome.DROPPED
            if isinstance(result, Outgoing):
                message, ticket = result, replace(ticket, chat_id=result.chat_id)
            elif isinstance(result, Outcome):
                self._metrics.sends.labels(result.value).inc()
                return result
            elif loop.time() + result.pause > ends:
                self._metrics.sends.labels(Outcome.GAVE_UP.value).inc()
                return Outcome.GAVE_UP

    def drop(self, chat_id: int) -> None:
        """Send only the oldest reply of those that wait for a chat; crises are not touched."""
        self._gate.drop(chat_id)

    async def answer_press(self, callback_id: str, text: str | None) -> None:
        """End the little clock on a button; tried a few times, since it matters little."""
        for pause in (0.3, 1.0, 0.0):
            try:
                await self._bot.answer_callback_query(callback_id, text=text)
            except BadRequest:
                return
            except TelegramError:
                await asyncio.sleep(pause)
            else:
                return

    async def _try(self, message: Outgoing, ticket: Ticket, attempt: int) -> Outcome | Outgoing | _Again:
        await self._gate.enter(ticket)
        result: Outcome | Outgoing | _Again = Outcome.GAVE_UP
        try:
            await self._send(message)
            result = Outcome.SENT
        except Exception as error:  # noqa: BLE001  (whatever broke, the message is tried again)
            result = self._judge(error, message, attempt)
        finally:
            again = result if isinstance(result, _Again) else _Again(0.0)
            if again.refused:
                self._gate.leave(ticket, refused=again.pause)
            else:
                self._gate.leave(ticket, hold=again.pause)
        if isinstance(result, _Again) and message.rank is Rank.CRISIS and not result.refused:
            await asyncio.sleep(result.pause)
        return result

    async def _send(self, message: Outgoing) -> None:
        if message.edit is not None and message.html is None:
            await self._bot.edit_message_reply_markup(
                message.chat_id, message.edit, reply_markup=message.keyboard
            )
            return
        common: dict[str, Any] = {
            "text": message.html,
            "chat_id": message.chat_id,
            "parse_mode": ParseMode.HTML if message.html is not message.plain else None,
            "reply_markup": message.keyboard,
            "link_preview_options": _NO_PREVIEW,
        }
        if message.edit is not None:
            await self._bot.edit_message_text(message_id=message.edit, **common)
            return
        quoted = message.reply_to
        to = ReplyParameters(quoted, allow_sending_without_reply=True) if quoted is not None else None
        await self._bot.send_message(reply_parameters=to, **common)

    def _judge(self, error: Exception, message: Outgoing, attempt: int) -> Outcome | Outgoing | _Again:
        """Say what an error means: done after all, final, another way, or later again."""
        match error:
            case RetryAfter():
                return self._asked_to_wait(error, message.chat_id)
            case Forbidden():
                return Outcome.BLOCKED
            case ChatMigrated():
                return replace(message, chat_id=error.new_chat_id, edit=None, reply_to=None)
            case BadRequest():
                return self._bad_request(error, message)
            case InvalidToken():
                self._on_bad_token()
        if not isinstance(error, NetworkError):
            self._metrics.errors.labels("send").inc()
            log.warning("a message could not be sent and will be tried again", error=error, attempt=attempt)
        longest = _CRISIS_PAUSE if message.rank is Rank.CRISIS else _LONGEST_PAUSE
        pause = min(longest, _FIRST_PAUSE * 2 ** min(attempt - 1, 10))
        return _Again(pause * random.uniform(0.5, 1.0))  # noqa: S311  (jitter, no secret)

    def _asked_to_wait(self, error: RetryAfter, chat_id: int) -> _Again:
        asked: Any = error.retry_after
        seconds = float(asked.total_seconds()) if hasattr(asked, "total_seconds") else float(asked)
        now = asyncio.get_running_loop().time()
        self._refusals = {c: t for c, t in self._refusals.items() if t > now - _HALT_WINDOW}
        self._refusals[chat_id] = now
        if len(self._refusals) >= _HALT_AT:
            self._gate.halt(seconds)
        return _Again(seconds + random.uniform(0.05, 0.3), refused=True)  # noqa: S311  (jitter)

    def _bad_request(self, error: BadRequest, message: Outgoing) -> Outcome | Outgoing:
        words = error.message.lower()
        if _UNCHANGED in words:
            return Outcome.SENT
        if message.edit is not None and message.html is not None and words.endswith(_NOT_EDITABLE):
            return replace(message, edit=None)
        if message.html is not message.plain and all(word in words for word in _BROKEN_HTML):
            log.error("Telegram could not read our HTML: sending plain text instead")
            return replace(message, html=message.plain)
        log.warning("Telegram refused a message for good", status=400)
        return Outcome.REFUSED

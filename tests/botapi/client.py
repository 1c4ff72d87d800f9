"""python-telegram-bot as the client of the server, for the server's own tests."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from tests.botapi import BotApi

T = TypeVar("T")
ANN = 42


def client(api: BotApi, token: str | None = None) -> Bot:
    """Return a client of the server; it loads no certificates, which would take longer than the test."""
    calls, polls = (HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2))
    base = f"{api.url}/bot"
    return Bot(token or api.token, base, request=calls, get_updates_request=polls)


def run(api: BotApi, work: Callable[[Bot], Awaitable[T]]) -> T:
    """Do the work with a client, in an event loop of its own; getMe is its first call."""

    async def main() -> T:
        async with client(api) as bot:
            return await work(bot)

    return asyncio.run(main())


def send(api: BotApi, text: str, *rows: list[InlineKeyboardButton], html: bool = False) -> Message:
    """Send to Ann."""
    markup = InlineKeyboardMarkup(rows) if rows else None
    mode = "HTML" if html else None
    return run(api, lambda bot: bot.send_message(ANN, text, mode, reply_markup=markup))


def refusal(work: Callable[[], object], kind: type[TelegramError] = BadRequest) -> str:
    """Return the words with which the call is refused."""
    with pytest.raises(kind) as caught:
        work()
    return caught.value.message


def offer(text: str = "Yes", **action: object) -> InlineKeyboardButton:
    """Return a button."""
    return InlineKeyboardButton(text, api_kwargs=action)

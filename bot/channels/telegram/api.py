"""The way to the Bot API: python-telegram-bot's Bot for all calls, raw bytes for updates."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

POLL_SECONDS = 25
"""How long Telegram may keep a poll open while nothing happens."""
_READ, _CONNECT, _POOL = 20.0, 5.0, 60.0


class _Request(HTTPXRequest):
    """As the original, but it never logs what came back."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the JSON object. Raises TelegramError without quoting it."""
        try:
            value = json.loads(payload)
        except (ValueError, RecursionError):
            raise TelegramError("the answer is not JSON") from None
        if not isinstance(value, dict):
            raise TelegramError("the answer is no JSON object")
        return value


ApiBot = Bot


def make_bot(token: str, api_base_url: str) -> ApiBot:
    """Return a Bot that is not connected yet. Raises InvalidToken where `token` is empty."""
    request = _Request(256, read_timeout=_READ, connect_timeout=_CONNECT, pool_timeout=_POOL)
    base = api_base_url.rstrip("/")
    return Bot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request,
        get_updates_request=_Request(2),
    )


@dataclass(frozen=True)
class PollResult:
    """What getUpdates answered."""

    status: int
    """HTTP status"""
    body: bytes
    updates: list[object] | None
    """the array of raw updates; None where the body cannot be read"""


class UpdateFeed:
    """Calls getUpdates and hands back raw updates, so that one bad update spoils nothing."""

    def __init__(self, token: str, api_base_url: str, allowed: tuple[str, ...]) -> None:
        """Prepare; nothing is called yet."""
        self._url = f"{api_base_url.rstrip('/')}/bot{token}/getUpdates"
        self._allowed = json.dumps(allowed)
        self._request = _Request(
            2, read_timeout=POLL_SECONDS + 10, connect_timeout=_CONNECT, pool_timeout=POLL_SECONDS
        )

    async def poll(self, offset: int | None, limit: int, seconds: int) -> PollResult:
        """Ask for updates from `offset` on, waiting up to `seconds`. Raises TelegramError."""
        values: dict[str, object] = {"limit": limit, "timeout": seconds, "allowed_updates": self._allowed}
        if offset is not None:
            values["offset"] = offset
        code, body = await self._request.do_request(f"{self._url}?{urlencode(values)}", "GET")
        return PollResult(code, body, _updates(body) if code == 200 else None)

    async def close(self) -> None:
        """Close all connections."""
        await self._request.shutdown()


def error_of(body: bytes) -> tuple[str, int]:
    """Return the description and retry_after (seconds, 0 where none) of a refusal."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return "", 0
    if not isinstance(value, dict):
        return "", 0
    parameters = value.get("parameters")
    wait = parameters.get("retry_after") if isinstance(parameters, dict) else 0
    return str(value.get("description", "")), wait if isinstance(wait, int) else 0


def _updates(body: bytes) -> list[object] | None:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    result = value.get("result") if isinstance(value, dict) else None
    return result if isinstance(result, list) else None

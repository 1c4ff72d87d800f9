"""Raw updates → Incoming. Reads the few fields that matter, and trusts none of them.

Telegram's library would parse everything and fail on the first surprise; this reads what it can.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

ALLOWED_UPDATES = ("message", "edited_message", "callback_query")
_MEDIA = frozenset(
    {
        "photo", "voice", "video", "video_note", "audio", "document", "sticker", "animation", "contact",
        "location", "venue", "poll", "dice", "story", "game", "paid_media", "checklist",
    }
)  # fmt: skip
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,32}))?(?:\s+(.*))?\Z", re.DOTALL)
_GROUPS = ("group", "supergroup")
_MAX_ID = 2**63


class UnreadableError(Exception):
    """An update that cannot be read. The message names the field, never its value."""


class What(Enum):
    """What somebody did."""

    TEXT = "text"
    COMMAND = "command"
    EDIT = "edit"
    MEDIA = "media"
    PRESS = "press"


@dataclass(frozen=True)
class Me:
    """The bot's own account."""

    id: int
    username: str


@dataclass(frozen=True)
class Incoming:
    """One thing that somebody did, in a chat."""

    update_id: int
    what: What
    chat_id: int
    message_id: int
    group: bool = False
    date: int | None = None
    """when it was written, in seconds since 1970; None for a press"""
    text: str = ""
    """the text or caption; of a command, what follows it"""
    command: str = ""
    callback_id: str = ""
    data: str = ""
    keyboard: tuple[tuple[Mapping[str, Any], ...], ...] = ()
    """the buttons of the message whose button was pressed, as Telegram sent them"""

    @property
    def identity(self) -> str:
        """What tells this update from every other, now and after Telegram began its ids anew."""
        return f"{self.update_id}/{self.chat_id}/{self.message_id}/{self.date}/{self.callback_id}"


def update_id_of(raw: object) -> int | None:
    """Return the id of a raw update, or None where it has none that can be used."""
    value = raw.get("update_id") if isinstance(raw, dict) else None
    usable = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MAX_ID
    return value if usable else None


def burst_of(raw: object) -> tuple[int, int] | None:
    """Return the chat and the minute of a raw message, or None where it is none that can be read."""
    message = raw.get("message") if isinstance(raw, dict) else None
    if not isinstance(message, dict):
        return None
    chat = message.get("chat")
    chat_id = chat.get("id") if isinstance(chat, dict) else None
    return (chat_id, (_date(message) or 0) // 60) if isinstance(chat_id, int) else None


def read(raw: object, me: Me) -> Incoming | None:
    """Return what an update says, or None where it is nothing for us. Raises UnreadableError."""
    update_id = update_id_of(raw)
    if update_id is None or not isinstance(raw, dict):
        raise UnreadableError("update_id")
    if "message" in raw:
        return _message(update_id, _object(raw, "message"), me)
    if "edited_message" in raw:
        return _edit(_message(update_id, _object(raw, "edited_message"), me))
    if "callback_query" in raw:
        return _press(update_id, _object(raw, "callback_query"))
    return None


def _message(update_id: int, message: Mapping[str, Any], me: Me) -> Incoming | None:
    chat = _object(message, "chat")
    sender = message.get("from")
    if isinstance(sender, dict) and sender.get("is_bot") is True:
        return None
    group = chat.get("type") in _GROUPS
    if not group and chat.get("type") != "private":
        return None
    text = _text(message, "text") or _text(message, "caption")
    if not text and not _MEDIA.intersection(message) and "text" not in message:
        return None
    base = Incoming(
        update_id,
        What.TEXT if text or "text" in message else What.MEDIA,
        _id(chat, "id"),
        _id(message, "message_id"),
        group,
        _date(message),
        text,
    )
    return _addressed(_command(base, me), message, me)


def _command(incoming: Incoming, me: Me) -> Incoming | None:
    """Read a command. One for another bot is nothing for us."""
    found = _COMMAND.match(incoming.text)
    if found is None:
        return incoming
    name, bot, rest = found[1].lower(), found[2], (found[3] or "").strip()
    if bot and bot.lower() != me.username.lower():
        return None
    return replace(incoming, what=What.COMMAND, command=name, text=rest)


def _addressed(incoming: Incoming | None, message: Mapping[str, Any], me: Me) -> Incoming | None:
    """In a group, return only what was said to this bot, without its name."""
    if incoming is None or not incoming.group or incoming.what is What.COMMAND:
        return incoming
    name = re.compile(rf"(?<!\w)@{re.escape(me.username)}(?!\w)", re.IGNORECASE)
    if name.search(incoming.text):
        return replace(incoming, text=name.sub(" ", incoming.text).strip())
    answered = message.get("reply_to_message")
    author = answered.get("from") if isinstance(answered, dict) else None
    return incoming if isinstance(author, dict) and author.get("id") == me.id else None


def _edit(incoming: Incoming | None) -> Incoming | None:
    if incoming is None or incoming.what is What.MEDIA:
        return None
    text = f"/{incoming.command} {incoming.text}".strip() if incoming.command else incoming.text
    return replace(incoming, what=What.EDIT, text=text)


def _press(update_id: int, query: Mapping[str, Any]) -> Incoming | None:
    callback_id, data = _text(query, "id"), _text(query, "data")
    if not callback_id:
        raise UnreadableError("callback_query.id")
    message = query.get("message")
    if not data or not isinstance(message, dict):
        return None
    chat = _object(message, "chat")
    return Incoming(
        update_id,
        What.PRESS,
        _id(chat, "id"),
        _id(message, "message_id"),
        chat.get("type") in _GROUPS,
        callback_id=callback_id,
        data=data,
        keyboard=_keyboard(message),
    )


def _keyboard(message: Mapping[str, Any]) -> tuple[tuple[Mapping[str, Any], ...], ...]:
    markup = message.get("reply_markup")
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list):
        return ()
    return tuple(tuple(b for b in row if isinstance(b, dict)) for row in rows if isinstance(row, list))


def _object(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = holder.get(name)
    if not isinstance(value, dict):
        raise UnreadableError(name)
    return value


def _id(holder: Mapping[str, Any], name: str) -> int:
    value = holder.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= _MAX_ID:
        raise UnreadableError(name)
    return value


def _date(message: Mapping[str, Any]) -> int | None:
    value = message.get("date")
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < _MAX_ID else None


def _text(holder: Mapping[str, Any], name: str) -> str:
    """Return a string without lone surrogates; "" where there is none."""
    value = holder.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnreadableError(name)
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

"""What a test reads: frozen records of messages, buttons, calls, answers and deliveries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]


class ApiError(Exception):
    """A refusal in Telegram's own form: an error code, a description, sometimes parameters."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})

    def body(self) -> bytes:
        """Return the JSON that Telegram answers with."""
        answer: JsonObject = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return dump(answer)


def bad(message: str) -> ApiError:
    """Return a 400, worded as Telegram words it: the first letter small unless it is a code or a name."""
    second = message[1:2]
    if not (second == "_" or second.isupper()):
        message = message[:1].lower() + message[1:]
    return ApiError(400, f"Bad Request: {message}")


def flood(seconds: int) -> ApiError:
    """Return a 429 that tells when to come back."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def dump(value: object) -> bytes:
    """Compact UTF-8 JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class Chat:
    """A person's private chat, or a group."""

    id: int
    type: str = "private"
    """private, group, supergroup or channel"""
    name: str = "Someone"
    """a person's first name, or a group's title"""
    username: str | None = None
    language_code: str | None = None

    @property
    def is_group(self) -> bool:
        """True for group and supergroup."""
        return self.type in ("group", "supergroup")

    def as_chat(self) -> JsonObject:
        """Return the Bot API's Chat object."""
        name = {"first_name" if self.type == "private" else "title": self.name}
        return {"id": self.id, "type": self.type, **name, **self._username()}

    def as_user(self) -> JsonObject:
        """Return the Bot API's User object, for a private chat."""
        language = {"language_code": self.language_code} if self.language_code else {}
        user = {"id": self.id, "is_bot": False, "first_name": self.name}
        return {**user, **self._username(), **language}

    def _username(self) -> JsonObject:
        return {"username": self.username} if self.username else {}


@dataclass(frozen=True)
class Entity:
    """A stretch of formatted text; offset and length in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user_id: int | None = None

    @property
    def end(self) -> int:
        """The offset just after it."""
        return self.offset + self.length

    def as_json(self) -> JsonObject:
        """Return the Bot API's MessageEntity object."""
        value: JsonObject = {"type": self.type, "offset": self.offset, "length": self.length}
        if self.url is not None:
            value["url"] = self.url
        if self.language is not None:
            value["language"] = self.language
        if self.user_id is not None:
            value["user"] = {"id": self.user_id, "is_bot": False, "first_name": "User"}
        return value


@dataclass(frozen=True)
class Button:
    """One button under a message."""

    text: str
    callback_data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    raw: JsonObject = field(default_factory=dict, repr=False, compare=False)
    """the button as the bot sent it"""


@dataclass(frozen=True)
class SentMessage:
    """A message of the bot, as it stands now."""

    chat_id: int
    message_id: int
    text: str
    """as a person reads it: entities parsed out, outer space trimmed"""
    entities: tuple[Entity, ...]
    buttons: tuple[tuple[Button, ...], ...]
    """rows of the inline keyboard"""
    time: float
    """time.monotonic() when the server took it"""
    date: int
    source: str = ""
    """the text parameter, tags and all"""
    reply_to: int | None = None
    preview: JsonObject | None = None
    """link_preview_options"""
    silent: bool = False
    protected: bool = False
    """protect_content"""
    edits: tuple[str, ...] = ()
    """its earlier texts, oldest first"""
    edited_at: float | None = None
    deleted: bool = False
    answered: bool = True
    """False where the connection was cut before the bot could know that it was sent"""

    @property
    def all_buttons(self) -> tuple[Button, ...]:
        """Every button, row by row."""
        return tuple(button for row in self.buttons for button in row)

    def button(self, label: str) -> Button:
        """Return the button with this callback data or text."""
        for button in self.all_buttons:
            if label in (button.callback_data, button.text):
                return button
        shown = [button.text for button in self.all_buttons]
        raise LookupError(f"no button {label!r} under message {self.message_id}; it has {shown}")


@dataclass(frozen=True)
class Call:
    """One request of the bot."""

    method: str
    params: JsonObject
    time: float
    status: int | None = None
    """HTTP status answered; 0 where the connection was cut; None while it is being answered"""
    description: str | None = None
    """the words of a refusal"""
    fault: str | None = None
    """the fault that was applied, where one was"""


@dataclass(frozen=True)
class CallbackAnswer:
    """One answerCallbackQuery that was accepted."""

    callback_query_id: str
    text: str
    show_alert: bool
    time: float


@dataclass(frozen=True)
class WebhookPost:
    """One delivery to the webhook."""

    update_id: int
    status: int | None
    """HTTP status; None where the connection failed"""
    time: float
    error: str | None = None

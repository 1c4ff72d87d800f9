"""The state behind the server: chats, messages, updates, calls; one lock around it all."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from .faults import Faults
from .keyboard import as_markup
from .limits import Limits
from .model import (
    Call,
    CallbackAnswer,
    Chat,
    JsonObject,
    SentMessage,
    WebhookPost,
    flood,
)
from .updates import Entry, UpdateQueue

Key = tuple[int, int]
"""chat id, message id"""


@dataclass
class Core:
    """What both the test and the server's own thread see; take ``changed`` around every use."""

    token: str
    bot: JsonObject
    faults: Faults
    limits: Limits | None
    updates: UpdateQueue
    changed: threading.Condition = field(default_factory=threading.Condition)
    chats: dict[int, Chat] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    sent: dict[Key, SentMessage] = field(default_factory=dict)
    """messages of the bot, in the order they were sent"""
    received: dict[Key, JsonObject] = field(default_factory=dict)
    """messages of people"""
    calls: list[Call] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)
    """calls by method"""
    answers: list[CallbackAnswer] = field(default_factory=list)
    callbacks: set[str] = field(default_factory=set)
    """callback query ids that may be answered"""
    posts: list[WebhookPost] = field(default_factory=list)
    on_update: Callable[[Entry], None] = lambda _: None
    """called with the lock held when an update was queued"""
    _last_message_id: int = 0

    def touch(self) -> None:
        """Wake everybody who waits."""
        self.changed.notify_all()

    def queue(self, entry: Entry) -> int:
        """Tell the server's thread of an update that was queued."""
        self.on_update(entry)
        self.touch()
        return entry.update_id

    def next_message_id(self) -> int:
        """Return a fresh message id."""
        self._last_message_id += 1
        return self._last_message_id

    def record(self, method: str, params: JsonObject) -> int:
        """Note that a call began; returns its place in the list."""
        with self.changed:
            self.tally[method] += 1
            self.calls.append(Call(method, params, time.monotonic()))
            self.touch()
            return len(self.calls) - 1

    def settle(
        self, index: int, status: int, description: str | None = None, fault: str | None = None
    ) -> None:
        """Note how a call ended."""
        with self.changed:
            call = self.calls[index]
            self.calls[index] = replace(
                call, status=status, description=description, fault=fault or call.fault
            )
            self.touch()

    def mark_unanswered(self, before: int) -> None:
        """Note that the bot never learned of a message sent since there were so many."""
        with self.changed:
            if len(self.sent) > before:
                key = next(reversed(self.sent))
                self.sent[key] = replace(self.sent[key], answered=False)

    def admit(self, method: str, chat: Chat) -> None:
        """Enforce Telegram's limits, where the test wants them."""
        if self.limits is not None:
            wait = self.limits.admit(method, chat.id, chat.is_group, time.monotonic())
            if wait:
                raise flood(wait)

    def knows(self, key: Key) -> bool:
        """Return True for a message that exists."""
        return key in self.received or (key in self.sent and not self.sent[key].deleted)

    def message_json(self, key: Key, *, nested: bool = False) -> JsonObject:
        """Return the Bot API's Message object of any message that is known."""
        message = self.sent.get(key)
        if message is None:
            return self.received[key]
        value: JsonObject = {
            "message_id": message.message_id,
            "from": self.bot,
            "chat": self.chats[message.chat_id].as_chat(),
            "date": message.date,
            "text": message.text,
            **as_markup(message.buttons),
        }
        if message.entities:
            value["entities"] = [entity.as_json() for entity in message.entities]
        if message.edited_at is not None:
            value["edit_date"] = int(time.time())
        if message.preview:
            value["link_preview_options"] = message.preview
        if message.protected:
            value["has_protected_content"] = True
        if message.reply_to is not None and not nested:
            replied = (message.chat_id, message.reply_to)
            if self.knows(replied):
                value["reply_to_message"] = self.message_json(replied, nested=True)
        return value

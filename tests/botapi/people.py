"""What people do: they write, press, edit; and what Telegram makes of it."""

import time
from collections.abc import Mapping

from .core import Core, Key
from .model import Chat, JsonObject, SentMessage, dump
from .text import MAX_CHARACTERS, detect

ChatRef = Chat | int
_GROUP_MEMBER = 777


class People:
    """Turns what people do into updates. Every method may be called from the test's thread."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._messages: dict[int, Key] = {}
        """the message that each update brought"""
        self._callbacks = 0

    def user(
        self,
        user_id: int,
        first_name: str = "Someone",
        *,
        username: str | None = None,
        language_code: str | None = "en",
    ) -> Chat:
        """Add a person with a private chat."""
        return self._add(Chat(user_id, "private", first_name, username, language_code))

    def group(self, chat_id: int, title: str = "A group", *, kind: str = "supergroup") -> Chat:
        """Add a group, supergroup or channel; its id is negative."""
        if chat_id >= 0:
            raise ValueError("ids of groups are negative")
        return self._add(Chat(chat_id, kind, title))

    def _add(self, chat: Chat) -> Chat:
        with self._core.changed:
            self._core.chats[chat.id] = chat
        return chat

    def chat(self, chat: ChatRef) -> Chat:
        """Return the chat; one that is not known yet is a person (id > 0) or a supergroup."""
        if isinstance(chat, Chat):
            return chat
        known = self._core.chats.get(chat)
        return known or (self.user(chat) if chat > 0 else self.group(chat))

    def block(self, chat: ChatRef) -> None:
        """Have the person block the bot, or the group throw it out."""
        with self._core.changed:
            self._core.blocked.add(self.chat(chat).id)

    def unblock(self, chat: ChatRef) -> None:
        """Let the bot write again."""
        with self._core.changed:
            self._core.blocked.discard(self.chat(chat).id)

    def say(
        self,
        chat: ChatRef,
        text: str,
        *,
        by: ChatRef | None = None,
        reply_to: SentMessage | None = None,
        age: float = 0.0,
    ) -> int:
        """Somebody writes; returns the update id.

        ``by`` is the writer in a group; ``age`` is how many seconds ago it was written.
        """
        if not 1 <= len(text) <= MAX_CHARACTERS:
            raise ValueError("Telegram's apps send 1 to 4096 characters")
        content: JsonObject = {"text": text}
        entities = detect(text)
        if entities:
            content["entities"] = [entity.as_json() for entity in entities]
        return self.post(chat, content, by=by, reply_to=reply_to, age=age)

    def post(
        self,
        chat: ChatRef,
        content: Mapping[str, object],
        *,
        by: ChatRef | None = None,
        reply_to: SentMessage | None = None,
        age: float = 0.0,
    ) -> int:
        """Somebody sends a message with any content: photo, voice, or a caption."""
        with self._core.changed:
            place = self.chat(chat)
            message = self._message(place, by, age)
            if reply_to is not None:
                key = (reply_to.chat_id, reply_to.message_id)
                message["reply_to_message"] = self._core.message_json(key, nested=True)
            message.update(content)
            key = (place.id, int(message["message_id"]))
            self._core.received[key] = message
            kind = "channel_post" if place.type == "channel" else "message"
            update_id = self._update({kind: message}, place.id)
            self._messages[update_id] = key
            return update_id

    def _message(self, chat: Chat, by: ChatRef | None, age: float) -> JsonObject:
        message: JsonObject = {
            "message_id": self._core.next_message_id(),
            "chat": chat.as_chat(),
            "date": int(time.time() - age),
        }
        if chat.type != "channel":
            message["from"] = self._writer(chat, by).as_user()
        return message

    def photo(self, chat: ChatRef, caption: str | None = None) -> int:
        """Somebody sends a photo."""
        size = {"file_id": "photo", "file_unique_id": "p", "width": 90, "height": 90}
        return self.post(chat, {"photo": [size]} | ({"caption": caption} if caption else {}))

    def voice(self, chat: ChatRef) -> int:
        """Somebody sends a voice message."""
        return self.post(chat, {"voice": {"file_id": "voice", "file_unique_id": "v", "duration": 3}})

    def sticker(self, chat: ChatRef) -> int:
        """Somebody sends a sticker."""
        sticker = {
            "file_id": "sticker",
            "file_unique_id": "s",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
        return self.post(chat, {"sticker": sticker})

    def edit(self, update_id: int, text: str) -> int:
        """Have the writer of the message that this update brought change its text."""
        with self._core.changed:
            key = self._messages[update_id]
            message = self._core.received[key]
            message = message | {"text": text, "edit_date": int(time.time())}
            message.pop("entities", None)
            self._core.received[key] = message
            new_id = self._update({"edited_message": message}, key[0])
            self._messages[new_id] = key
            return new_id

    def press(self, message: SentMessage, label: str, *, by: ChatRef | None = None) -> int:
        """Somebody presses the button with this callback data or text; returns the update id."""
        with self._core.changed:
            key = (message.chat_id, message.message_id)
            now = self._core.sent[key]
            if now.deleted:
                raise LookupError(f"message {message.message_id} was deleted")
            button = now.button(label)
            if button.callback_data is None:
                raise LookupError(f"button {label!r} sends nothing to the bot")
            query = {
                "id": self._callback_id(),
                "from": self._writer(self._core.chats[key[0]], by).as_user(),
                "message": self._core.message_json(key),
                "chat_instance": str(key[0]),
                "data": button.callback_data,
            }
            return self._update({"callback_query": query}, key[0])

    def _writer(self, chat: Chat, by: ChatRef | None) -> Chat:
        return chat if chat.type == "private" and by is None else self.chat(by or _GROUP_MEMBER)

    def _callback_id(self) -> str:
        self._callbacks += 1
        query_id = str(4_000_000_000_000_000_000 + self._callbacks)
        self._core.callbacks.add(query_id)
        return query_id

    def expire_callbacks(self) -> None:
        """No button that was pressed until now can be answered any more."""
        with self._core.changed:
            self._core.callbacks.clear()

    def inject(self, update: Mapping[str, object], *, stamp: bool = True, force: bool = False) -> int:
        """Queue any update; returns its id.

        ``stamp`` gives it an update id where it has none; ``force`` delivers a kind that the bot
        did not allow.
        """
        with self._core.changed:
            value = dict(update)
            given = value.get("update_id")
            usable = isinstance(given, int) and not isinstance(given, bool)
            update_id = int(str(given)) if usable else self._core.updates.next_id()
            if stamp and "update_id" not in value:
                value = {"update_id": update_id, **value}
            if not force and not self._core.updates.lets(value):
                return update_id
            body = dump(value)
            entry = self._core.updates.add_body(update_id, body, f"inject-{update_id}")
            return self._core.queue(entry)

    def inject_bytes(self, body: bytes, *, times: int | None = 1) -> int:
        """Queue bytes in an update's place: an item of getUpdates' array, or a webhook's body.

        They are handed over so often and then dropped; None goes on until they are confirmed.
        """
        with self._core.changed:
            update_id = self._core.updates.next_id()
            entry = self._core.updates.add_body(update_id, body, f"inject-{update_id}", times)
            return self._core.queue(entry)

    def deliver_again(self, update_id: int) -> None:
        """Deliver an update once more, confirmed or not, under the same id."""
        with self._core.changed:
            self._core.queue(self._core.updates.add_again(update_id))

    def _update(self, content: JsonObject, chat_id: int) -> int:
        updates = self._core.updates
        update: JsonObject = {"update_id": updates.next_id(), **content}
        if not updates.lets(update):
            return int(update["update_id"])
        return self._core.queue(updates.add(update, chat_id))

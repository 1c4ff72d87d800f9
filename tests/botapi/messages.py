"""The methods that send, edit, delete and answer."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from .core import Core, Key
from .formatted import read_text
from .keyboard import read_keyboard
from .model import ApiError, CallbackAnswer, Chat, JsonObject, SentMessage, bad
from .params import Params
from .text import units

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_MAX_ANSWER = 200
Method = Callable[[Params], object]


class Messages:
    """Everything about messages; each method runs with the lock held."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def methods(self) -> Mapping[str, Method]:
        """Names as Telegram writes them."""
        return {
            "sendMessage": self._send,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "deleteMessage": self._delete,
            "sendChatAction": self._action,
            "answerCallbackQuery": self._answer,
            "getChat": self._get_chat,
        }

    def _send(self, params: Params) -> JsonObject:
        text, entities = read_text(params)
        buttons = read_keyboard(params)
        chat = self._writable(params)
        reply_to = self._reply_to(params, chat)
        self._core.admit("sendMessage", chat)
        message = SentMessage(
            chat_id=chat.id,
            message_id=self._core.next_message_id(),
            text=text,
            entities=entities,
            buttons=buttons,
            time=time.monotonic(),
            date=int(time.time()),
            source=params.text("text"),
            reply_to=reply_to,
            preview=_preview(params),
            silent=params.flag("disable_notification"),
            protected=params.flag("protect_content"),
        )
        return self._keep(message)

    def _edit_text(self, params: Params) -> JsonObject:
        text, entities = read_text(params)
        buttons = read_keyboard(params)
        before = self._editable(params)
        if (text, entities, buttons) == (before.text, before.entities, before.buttons):
            raise bad(_NOT_MODIFIED)
        self._core.admit("editMessageText", self._core.chats[before.chat_id])
        after = replace(
            before,
            text=text,
            entities=entities,
            buttons=buttons,
            source=params.text("text"),
            preview=_preview(params),
            edits=(*before.edits, before.text),
            edited_at=time.monotonic(),
        )
        return self._keep(after)

    def _edit_markup(self, params: Params) -> JsonObject:
        buttons = read_keyboard(params)
        before = self._editable(params)
        if buttons == before.buttons:
            raise bad(_NOT_MODIFIED)
        self._core.admit("editMessageReplyMarkup", self._core.chats[before.chat_id])
        return self._keep(replace(before, buttons=buttons, edited_at=time.monotonic()))

    def _delete(self, params: Params) -> bool:
        key = self._existing(params, "message to delete")
        if key in self._core.sent:
            self._core.sent[key] = replace(self._core.sent[key], deleted=True)
        else:
            del self._core.received[key]
        return True

    def _action(self, params: Params) -> bool:
        if params.text("action") not in _ACTIONS:
            raise bad("Wrong parameter action in request")
        self._core.admit("sendChatAction", self._writable(params))
        return True

    def _answer(self, params: Params) -> bool:
        query_id, text = params.text("callback_query_id"), params.text("text")
        if query_id not in self._core.callbacks:
            raise bad(_TOO_OLD)
        if units(text) > _MAX_ANSWER:
            raise bad("MESSAGE_TOO_LONG")
        answer = CallbackAnswer(query_id, text, params.flag("show_alert"), time.monotonic())
        self._core.answers.append(answer)
        return True

    def _get_chat(self, params: Params) -> JsonObject:
        return {
            **self._chat(params).as_chat(),
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": {
                "unlimited_gifts": False,
                "limited_gifts": False,
                "unique_gifts": False,
                "premium_subscription": False,
                "gifts_from_channels": False,
            },
        }

    def _keep(self, message: SentMessage) -> JsonObject:
        key = (message.chat_id, message.message_id)
        self._core.sent[key] = message
        self._core.touch()
        return self._core.message_json(key)

    def _chat(self, params: Params) -> Chat:
        if not params.text("chat_id"):
            raise bad("chat_id is empty")
        chat = self._core.chats.get(params.integer("chat_id"))
        if chat is None:
            raise bad("chat not found")
        return chat

    def _writable(self, params: Params) -> Chat:
        chat = self._chat(params)
        if chat.id in self._core.blocked:
            why = "bot was blocked by the user"
            if chat.type != "private":
                why = f"bot was kicked from the {chat.type} chat"
            raise ApiError(403, f"Forbidden: {why}")
        return chat

    def _existing(self, params: Params, what: str) -> Key:
        chat = self._writable(params)
        key = (chat.id, params.integer("message_id"))
        if not self._core.knows(key):
            raise bad(f"{what} not found")
        return key

    def _editable(self, params: Params) -> SentMessage:
        key = self._existing(params, "message to edit")
        if key not in self._core.sent:
            raise bad("message can't be edited")
        return self._core.sent[key]

    def _reply_to(self, params: Params, chat: Chat) -> int | None:
        given = params.decoded("reply_parameters", "reply parameters")
        if given is None:
            given = {
                "message_id": params.integer("reply_to_message_id"),
                "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
            }
        if not isinstance(given, dict):
            raise bad("Object expected as reply parameters")
        reply = Params(given)
        message_id = reply.integer("message_id")
        if message_id <= 0:
            return None
        if self._core.knows((reply.integer("chat_id", chat.id), message_id)):
            return message_id
        if reply.flag("allow_sending_without_reply"):
            return None
        raise bad("message to be replied not found")


def _preview(params: Params) -> JsonObject | None:
    options = params.decoded("link_preview_options", "link preview options")
    if options is None:
        return None
    if not isinstance(options, dict):
        raise bad("Object expected as link preview options")
    return options

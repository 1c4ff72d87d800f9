"""Whatever comes in, reading it ends in an Incoming, in nothing, or in UnreadableError."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.incoming import Me, UnreadableError, What, burst_of, read, update_id_of

ME = Me(99, "faq_bot")
NAMES = st.sampled_from(
    [
        "update_id", "message", "edited_message", "callback_query", "chat", "id", "type", "text", "caption",
        "from", "is_bot", "message_id", "date", "photo", "data", "reply_markup", "inline_keyboard",
        "reply_to_message", "entities",
    ]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from(["private", "group", "/help", "hi"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=20,
)  # fmt: skip


def message(
    text: str | None = "hi", *, group: bool = False, sender: object = None, **more: Any
) -> dict[str, Any]:
    """Return a raw update with a message."""
    chat = {"id": -5 if group else 5, "type": "supergroup" if group else "private"}
    value = {"message_id": 7, "date": 1000, "chat": chat, "from": sender or {"id": 3}, **more}
    return {"update_id": 1, "message": value | ({"text": text} if text is not None else {})}


@given(VALUES)
def test_nothing_breaks_reading(raw: object) -> None:
    """No JSON value, however odd, raises anything else."""
    update_id_of(raw)
    burst_of(raw)
    for update in (raw, {"update_id": 1, "message": raw}, {"update_id": 1, "callback_query": raw}):
        try:
            read(update, ME)
        except UnreadableError:
            continue


@given(st.text(st.characters(), max_size=20))
def test_every_text_can_be_encoded(text: str) -> None:
    """Lone surrogates, as JSON can carry them, do not get in."""
    incoming = read(message(text), ME)
    if incoming is not None:
        incoming.text.encode("utf-8")
    assert json.loads('"\\ud800"').encode("utf-8", "replace") == b"?"


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("/help", "help", ""),
        ("/HELP", "help", ""),
        ("/start liver", "start", "liver"),
        ("/help@faq_bot  more\nwords", "help", "more\nwords"),
        ("/help@FAQ_bot", "help", ""),
    ],
)
def test_commands(text: str, command: str, rest: str) -> None:
    """Commands are read with or without the bot's name, whatever their case."""
    incoming = read(message(text), ME)
    assert incoming is not None
    assert (incoming.what, incoming.command, incoming.text) == (What.COMMAND, command, rest)


@pytest.mark.parametrize("text", ["hi /help", "/", "/ help", "//x", "/hélp"])
def test_what_only_looks_like_a_command(text: str) -> None:
    """Anything else is text."""
    incoming = read(message(text), ME)
    assert incoming is not None
    assert incoming.what is What.TEXT


def test_who_is_meant_in_a_group() -> None:
    """In a group: mentions, replies to the bot, commands; not other bots' commands, names or replies."""
    reply = {"from": {"id": 99}}
    assert read(message("hi", group=True), ME) is None
    assert read(message("hi @faq_bot_2", group=True), ME) is None
    assert read(message("/help@other_bot", group=True), ME) is None
    assert read(message("hi", group=True, reply_to_message={"from": {"id": 98}}), ME) is None
    for update in (message("hi @FAQ_bot!", group=True), message("/help", group=True)):
        assert read(update, ME) is not None
    incoming = read(message("hi", group=True, reply_to_message=reply), ME)
    assert incoming is not None
    assert incoming.group


def test_what_is_nothing_for_us() -> None:
    """Bots, channels, service messages and unknown kinds of update are ignored."""
    assert read(message("hi", sender={"id": 1, "is_bot": True}), ME) is None
    assert read(message(None, new_chat_members=[]), ME) is None
    assert read(message("hi", chat={"id": 1, "type": "channel"}), ME) is None
    assert read({"update_id": 1, "new_kind": {}}, ME) is None


def test_media_and_captions() -> None:
    """A caption is a text; media without one is media, edited media nothing."""
    caption = read(message(None, photo=[], caption="is kratom legal"), ME)
    assert caption is not None
    assert (caption.what, caption.text) == (What.TEXT, "is kratom legal")
    media = read(message(None, voice={}), ME)
    assert media is not None
    assert media.what is What.MEDIA
    assert read({"update_id": 1, "edited_message": message(None, voice={})["message"]}, ME) is None


def test_identity_tells_updates_apart() -> None:
    """The same update has the same identity; one of another time with the same id has not."""
    first, again, other = read(message("a"), ME), read(message("a"), ME), read(message("a", date=2000), ME)
    assert first is not None
    assert again is not None
    assert other is not None
    assert first.identity == again.identity != other.identity

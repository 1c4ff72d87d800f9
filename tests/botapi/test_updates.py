"""Updates: offsets, long polls, kinds, malformed ones, what people do."""

import asyncio
import socket
import time

import httpx
import pytest
from telegram import (
    Bot,
    MessageEntity,
    Update,
)
from telegram.error import (
    BadRequest,
    Conflict,
)

from tests.botapi import BotApi
from tests.botapi.client import ANN, offer, run, send


def test_offset_confirms(api: BotApi) -> None:
    """Updates come again until an offset above them is asked for."""
    first, second = api.say(ANN, "one"), api.say(ANN, "two")

    async def work(bot: Bot) -> None:
        for _ in range(2):
            got = await bot.get_updates(limit=1)
            assert [update.update_id for update in got] == [first]
        got = await bot.get_updates(offset=first + 1)
        assert [update.update_id for update in got] == [second]
        assert (api.confirmed, api.unconfirmed) == (frozenset({first}), (second,))
        assert await bot.get_updates(offset=second + 1) == ()

    run(api, work)
    assert (api.unconfirmed, api.polls) == ((), 4)


def test_long_poll_wakes(api: BotApi) -> None:
    """A long poll answers as soon as somebody writes."""

    async def work(bot: Bot) -> tuple[Update, ...]:
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.to_thread(api.wait_for, lambda: api.polls)
        api.say(ANN, "hello")
        return await poll

    start = time.monotonic()
    (update,) = run(api, work)
    assert update.message is not None
    assert update.message.text == "hello"
    assert time.monotonic() - start < 5


def test_allowed_updates_are_remembered(api: BotApi) -> None:
    """Kinds that the bot did not ask for are not queued, also after calls that do not say."""

    async def work(bot: Bot) -> None:
        await bot.get_updates(allowed_updates=["callback_query"])
        await bot.get_updates()
        api.say(ANN, "not wanted")
        forced = api.inject({"message": {}}, force=True)
        new_kind = api.inject({"something_new": {}})
        assert api.unconfirmed == (forced, new_kind)
        with pytest.raises(KeyError):
            await bot.get_updates(allowed_updates=[])
        assert "message" in api.allowed_updates
        assert "chat_member" not in api.allowed_updates

    run(api, work)


def test_two_pollers_conflict(api: BotApi) -> None:
    """A second poll ends the first with a 409."""

    async def work(bot: Bot) -> str:
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.to_thread(api.wait_for, lambda: api.polls)
        await client_poll(api)
        with pytest.raises(Conflict) as caught:
            await first
        return caught.value.message

    assert "terminated by other getUpdates request" in run(api, work)


async def client_poll(api: BotApi) -> None:
    """Poll once from elsewhere."""
    async with httpx.AsyncClient() as http:
        await http.get(f"{api.url}/bot{api.token}/getUpdates")


def test_killed_poller_leaves_no_conflict(api: BotApi) -> None:
    """A poll whose connection is gone is forgotten and confirms nothing."""
    port = int(api.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as killed:
        killed.sendall(f"GET /bot{api.token}/getUpdates?timeout=30 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        api.wait_for(lambda: api.polls)
    api.wait_for(lambda: api.calls("getUpdates")[0].status == 0)
    update_id = api.say(ANN, "hello")
    (got,) = run(api, lambda bot: bot.get_updates())
    assert (got.update_id, api.unconfirmed) == (update_id, (update_id,))


def test_malformed_entries(api: BotApi) -> None:
    """Whatever a test injects stands in getUpdates' array as it is, ahead of what is good."""
    wrong_id = api.inject({"update_id": "x", "message": 3}, stamp=False)
    api.inject({"message": {"message_id": "x"}})
    api.inject_bytes(b'"not an update"')
    good = api.say(ANN, "good")
    url = f"{api.url}/bot{api.token}/getUpdates"
    items = httpx.get(url).json()["result"]
    assert items[0] == {"update_id": "x", "message": 3}
    assert items[1] == {"update_id": wrong_id + 1, "message": {"message_id": "x"}}
    assert items[2] == "not an update"
    assert items[3]["update_id"] == good
    assert len(httpx.get(url).json()["result"]) == 3, "bytes are handed over once"


def test_delivered_again(api: BotApi) -> None:
    """A confirmed update can be delivered again, and stays until it is confirmed again."""
    update_id = api.say(ANN, "once")

    async def work(bot: Bot) -> None:
        await bot.get_updates()
        await bot.get_updates(offset=update_id + 1)
        api.deliver_again(update_id)
        for offset in (update_id + 1, 0):
            (got,) = await bot.get_updates(offset=offset)
            assert got.update_id == update_id
        assert await bot.get_updates(offset=update_id + 1) == ()

    run(api, work)
    assert api.unconfirmed == ()


def test_people(api: BotApi) -> None:
    """Commands, captions, edits, ages, groups and replies arrive as Telegram makes them."""
    told = api.say(ANN, "/start liver", age=900)
    api.edit(told, "changed")
    api.photo(ANN, "a caption")
    api.voice(ANN)
    api.sticker(ANN)
    api.say(api.group(-100, "Friends"), "@vetted_faq_test_bot hi", by=ANN)
    send(api, "x")
    api.say(ANN, "re", reply_to=api.sent(ANN)[0])
    got = run(api, lambda bot: bot.get_updates())
    start, edited, photo, voice, sticker, group, reply = (u.effective_message for u in got)
    assert start
    assert edited
    assert photo
    assert voice
    assert sticker
    assert group
    assert reply
    assert start.entities == (MessageEntity("bot_command", 0, 6),)
    assert 890 < time.time() - start.date.timestamp() < 910
    assert got[1].edited_message is edited
    assert edited.message_id == start.message_id
    assert photo.caption == "a caption"
    assert photo.photo
    assert voice.voice
    assert sticker.sticker
    assert group.chat.type == "supergroup"
    assert group.from_user is not None
    assert group.from_user.id == ANN
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == "x"
    with pytest.raises(ValueError, match="4096"):
        api.say(ANN, "x" * 4097)


def test_press(api: BotApi) -> None:
    """A pressed button brings a callback query that can be answered until it expires."""
    send(api, "x", [offer(callback_data="data-1"), offer("Open", url="https://a.b")])
    (sent,) = api.sent()

    async def work(bot: Bot) -> None:
        api.press(sent, "Yes")
        (update,) = await bot.get_updates()
        query = update.callback_query
        assert query is not None
        assert query.data == "data-1"
        assert query.message is not None
        assert await query.answer("Thanks", show_alert=True)
        with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
            await query.answer("x" * 201)
        api.expire_callbacks()
        with pytest.raises(BadRequest, match="Query is too old"):
            await query.answer()

    run(api, work)
    (answer,) = api.answers
    assert (answer.text, answer.show_alert) == ("Thanks", True)
    for label in ("Open", "No such button"):
        with pytest.raises(LookupError):
            api.press(sent, label)

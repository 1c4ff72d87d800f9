"""Delivery to a webhook: tries, order, raw bodies."""

import asyncio
import json
from collections.abc import Callable

import pytest
from telegram import (
    Bot,
)

from tests.botapi import BotApi
from tests.botapi.client import ANN, refusal, run

CLOUD = "https://bot.example/hook"


class Receiver:
    """A webhook that answers with the statuses it is given, then 200, and keeps what it got."""

    def __init__(self, *statuses: int) -> None:
        self._statuses = list(statuses)
        self.connections: set[asyncio.Task[None]] = set()
        self.bodies: list[bytes] = []
        self.heads: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        task = asyncio.current_task()
        assert task is not None
        self.connections.add(task)
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode():
                length = int(head.lower().partition("content-length:")[2].split()[0])
                self.heads.append(head)
                self.bodies.append(await reader.readexactly(length))
                status = self._statuses.pop(0) if self._statuses else 200
                writer.write(f"HTTP/1.1 {status} Said\r\nContent-Length: 2\r\n\r\nok".encode())
        except asyncio.IncompleteReadError:
            writer.close()
            await writer.wait_closed()

    @property
    def ids(self) -> list[int]:
        """The update ids, in the order they came."""
        return [json.loads(body)["update_id"] for body in self.bodies]


def receive(receiver: Receiver, work: Callable[[BotApi], None], connections: int = 1) -> None:
    """Run the work while the receiver is behind the proxy of a public https address."""

    async def main() -> None:
        server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        with BotApi(
            webhook_to=f"http://127.0.0.1:{port}",
            webhook_second=0.001,
            webhook_connections=connections,
        ) as api:
            await asyncio.to_thread(work, api)
        server.close()
        await asyncio.gather(*receiver.connections)

    asyncio.run(main())


def test_webhook_retries_in_order() -> None:
    """What is refused is tried again before the chat's next update, and others are not held up."""
    receiver = Receiver(500, 403, 200)

    def work(api: BotApi) -> None:
        ids = [api.say(ANN, "one"), api.say(ANN, "two"), api.say(43, "other")]
        run(api, lambda bot: bot.set_webhook(CLOUD, secret_token="s3cret"))
        api.wait_for(lambda: len(api.confirmed) == 3)
        one, two, other = ids
        assert receiver.ids == [one, other, one, two, other]
        assert [post.status for post in api.posts] == [500, 403, 200, 200, 200]
        info = run(api, lambda bot: bot.get_webhook_info())
        assert info.last_error_message == "Wrong response from the webhook: 403 Said"

    receive(receiver, work)
    assert receiver.heads[0].startswith("POST /hook HTTP/1.1")
    assert "X-Telegram-Bot-Api-Secret-Token: s3cret" in receiver.heads[0]
    assert "Content-Type: application/json" in receiver.heads[0]


def test_webhook_order_over_one_connection() -> None:
    """Over one connection, updates of all chats come in the order of their ids."""
    receiver = Receiver()

    def work(api: BotApi) -> None:
        run(api, lambda bot: bot.set_webhook(CLOUD))
        ids = [api.say(chat, "x") for chat in (1, 2, 1, 3, 2, 1)]
        api.wait_for(lambda: not api.unconfirmed)
        assert receiver.ids == ids

    receive(receiver, work)


def test_webhook_raw_bodies_and_redelivery() -> None:
    """Raw bytes are posted once as they are, whatever is answered; an update can come again."""
    receiver = Receiver(400)

    def work(api: BotApi) -> None:
        run(api, lambda bot: bot.set_webhook(CLOUD))
        raw = api.inject_bytes(b"{")
        api.wait_for(lambda: api.posts)
        assert (api.posts[0].update_id, api.posts[0].status) == (raw, 400)
        assert raw not in api.confirmed
        update_id = api.say(ANN, "x")
        for _ in range(2):
            api.deliver_again(update_id)
        api.wait_for(lambda: len(api.posts) == 4)
        assert api.unconfirmed == ()

    receive(receiver, work, connections=3)
    assert receiver.bodies[0] == b"{"
    assert len(receiver.bodies) == 4


def test_webhook_waits_for_a_bot_that_is_down(api: BotApi) -> None:
    """While nobody listens, updates wait; after deleteWebhook they can be polled."""

    async def work(bot: Bot) -> None:
        await bot.set_webhook("http://127.0.0.1:1/hook")
        update_id = api.say(ANN, "x")
        await asyncio.to_thread(api.wait_for, lambda: len(api.posts) > 1)
        assert {post.status for post in api.posts} == {None}
        await bot.delete_webhook()
        (got,) = await bot.get_updates()
        assert got.update_id == update_id

    run(api, work)


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("hook", None, "Invalid webhook URL specified"),
        ("http://bot.example/hook", None, "Bad webhook: An HTTPS URL must be provided"),
        ("http://127.0.0.1/hook", "ä", "Secret token contains unallowed characters"),
        ("http://127.0.0.1/hook", "x" * 257, "Secret token is too long"),
    ],
)
def test_webhook_refused(api: BotApi, url: str, secret: str | None, words: str) -> None:
    """A webhook without https off loopback, or with a bad secret, is refused."""
    said = refusal(lambda: run(api, lambda bot: bot.set_webhook(url, secret_token=secret)))
    assert said.lower().startswith(words.lower())

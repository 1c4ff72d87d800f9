"""The webhook's door: who may come in, and what is answered."""

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.end_to_end.running import QUESTION, Bot, call, free_port, get, running, until

SECRET = "an-open_secret"


@dataclass
class Door:
    """A bot that listens."""

    bot: Bot
    port: int
    health: int

    def post(
        self,
        body: bytes,
        path: str = "/hook",
        method: str = "POST",
        *,
        secret: str | None = SECRET,
        kind: str = "application/json",
    ) -> int:
        """Send a request; return the status."""
        headers = {"Content-Type": kind}
        if secret is not None:
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """One bot by webhook for all tests of this module."""
    port, health = free_port(), free_port()
    with (
        BotApi() as api,
        running(
            api,
            tmp_path_factory.mktemp("bot"),
            WEBHOOK_URL=f"http://127.0.0.1:{port}/hook",
            PORT=str(port),
            WEBHOOK_SECRET=SECRET,
            HEALTH_PORT=str(health),
        ) as bot,
    ):
        yield Door(bot, port, health)


def update(number: int, chat: int) -> bytes:
    """Return a good update."""
    person = {"id": chat, "is_bot": False, "first_name": "X"}
    place = {"id": chat, "type": "private", "first_name": "X"}
    message = {"message_id": number, "date": 1_900_000_000, "chat": place, "from": person, "text": QUESTION}
    return json.dumps({"update_id": number, "message": message}).encode()


def test_answers_before_200(door: Door) -> None:
    """Telegram's delivery is answered 200 when the reply has been sent, not before."""
    door.bot.api.user(1)
    assert door.post(update(1, 1)) == 200
    assert len(door.bot.api.sent(1)) == 1


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "text/plain", ""])
def test_any_content_type(door: Door, kind: str) -> None:
    """Parameters of the content type, or another type, keep nobody out."""
    number = 10 + len(kind)
    door.bot.api.user(number)
    assert door.post(update(number, number), kind=kind) == 200
    assert len(door.bot.api.sent(number)) == 1


@pytest.mark.parametrize("secret", [None, "", "an-open_secreT", "é" * 10, SECRET + "x"])
def test_a_wrong_secret_is_refused(door: Door, secret: str | None) -> None:
    """Without the secret, 403, and nothing is read."""
    assert door.post(update(2, 2), secret=secret and secret.encode("latin-1").decode("latin-1")) == 403
    assert door.bot.api.sent(2) == []


def test_other_paths_and_methods(door: Door) -> None:
    """Only POST to the webhook's own path is taken."""
    assert door.post(b"{}", path="/") == 404
    assert door.post(b"{}", path="/hook/") == 404
    assert door.post(b"", method="GET") == 405
    assert door.post(b"{}", method="PUT") == 405


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b"[" * 200_000])
def test_invalid_json_is_400(door: Door, body: bytes) -> None:
    """What is no JSON object is answered 400."""
    assert door.post(body) == 400


def test_a_body_of_5_mb_is_413(door: Door) -> None:
    """A body that is too large is answered 413, with or without the secret's help."""
    assert door.post(b" " * 5_000_000) == 413
    assert door.post(update(5, 1)) == 200


def test_unreadable_updates_are_taken(door: Door) -> None:
    """An update that cannot be read is answered 200, or it would come again for days."""
    assert door.post(b'{"update_id": 6, "message": 5}') == 200
    assert door.post(b'{"hello": 1}') == 200


def test_health_has_a_port_of_its_own(door: Door) -> None:
    """Health and metrics are not reachable through the webhook's port, and say that all is well."""
    until(lambda: get(door.health, "/readyz")[0] == 200)
    assert get(door.port, "/metrics")[0] == 404
    status, text = get(door.health, "/metrics")
    assert status == 200
    assert 'faqbot_answers_total{answer="addiction"}' in text
    assert get(door.health, "/hook")[0] == 404


@pytest.mark.parametrize("found", ["same", "http://127.0.0.1:9/other"])
def test_the_webhook_is_left_as_it_was_found(tmp_path: Path, found: str) -> None:
    """A clean stop leaves the webhook configured as it was before the start."""
    port = free_port()
    ours = f"http://127.0.0.1:{port}/hook"
    before = ours if found == "same" else found
    with BotApi() as api:
        call(api, "setWebhook", {"url": before})
        with running(api, tmp_path, WEBHOOK_URL=ours, PORT=str(port)) as bot:
            assert api.ask(1, QUESTION).text
            assert bot.stop() == 0
        assert call(api, "getWebhookInfo", {})["url"] == before


def test_a_port_in_use_is_named(tmp_path: Path, door: Door) -> None:
    """A port that somebody else has ends the start with one sentence that names the variable."""
    with BotApi() as api:
        extra = {
            "FAQBOT_WEBHOOK_URL": f"http://127.0.0.1:{door.port}/hook",
            "FAQBOT_PORT": str(door.port),
        }
        bot = Bot(api, tmp_path, extra).start(wait=False)
        assert bot.wait() == 2
        assert "FAQBOT_PORT" in bot.log
        assert "Traceback" not in bot.log

"""Bad days, in any size: small ones are tests, large ones benchmarks (benchmarks/telegram_*.py)."""

import http.client
import json
import random
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.botapi import BotApi, Limits
from tests.end_to_end.running import DANGER, QUESTION, Bot, free_port, running

FIRST_CHAT = 1000
SECRET = "secret"


@dataclass(frozen=True)
class Figures:
    """What came of it."""

    chats: int
    lost: int
    twice: int
    seconds: float


@dataclass(frozen=True)
class Flood:
    """What a flood did to others."""

    crisis_seconds: float
    to_flooder: int
    others: int
    """chats other than the flooder's and the one in danger that were answered by then"""
    refused: int
    """429s"""
    overtook_by: int
    """messages to others between the call for help and its reply"""


def webhook() -> dict[str, str]:
    """Return the settings of a bot that receives by webhook."""
    port = str(free_port())
    return {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "PORT": port}


def settings(mode: str, **more: str) -> dict[str, str]:
    """Return the settings for "polling" or "webhook"."""
    return {**(webhook() if mode == "webhook" else {}), **more}


def figures(api: BotApi, chats: int, begun: float) -> Figures:
    """Count who was answered, and how often."""
    counts = Counter(message.chat_id for message in api.sent())
    lost = chats - len(counts)
    twice = sum(count > 1 for count in counts.values())
    return Figures(chats, lost, twice, time.monotonic() - begun)


def killed(folder: Path, mode: str, chats: int, kills: int, **more: str) -> Figures:
    """Kill the bot at random while messages flow, starting it again at once each time."""
    dice, begun = random.Random(7), time.monotonic()
    with BotApi() as api, running(api, folder, **settings(mode, **more)) as bot:
        part = chats // (kills + 1)
        for number in range(kills + 1):
            for chat in range(number * part, chats if number == kills else (number + 1) * part):
                api.say(FIRST_CHAT + chat, QUESTION)
            if number < kills:
                wanted = len(api.sent()) + dice.randrange(1, part)
                api.wait_for(lambda wanted=wanted: len(api.sent()) >= wanted, 60)  # type: ignore[misc]
                bot.kill()
                bot.start()
        api.wait_for(lambda: api.unconfirmed == (), 120)
        result = figures(api, chats, begun)
        assert bot.stop() == 0
    return result


def faulty(api: BotApi, folder: Path, chats: int, outage: float = 0.0) -> Figures:
    """Let people write to a bot whose Bot API fails, and is gone for `outage` seconds in between."""
    begun = time.monotonic()
    with running(api, folder, SENDS_PER_SECOND="200") as bot:
        for chat in range(chats // 2):
            api.say(FIRST_CHAT + chat, QUESTION)
        if outage:
            api.wait_for(lambda: len(api.sent()) > chats // 10, 60)
            api.outage(outage)
        for chat in range(chats // 2, chats):
            api.say(FIRST_CHAT + chat, QUESTION)
        api.wait_for(lambda: api.unconfirmed == (), 240)
        result = figures(api, chats, begun)
        assert bot.stop() == 0
    return result


def flooded(folder: Path, mode: str, flood: int, others: int, seconds: float = 0.0, **more: str) -> Flood:
    """Let one chat send `flood` messages and fifty others `others`, then one be in danger.

    All at once, or spread over so many `seconds`.
    """
    flooder, in_danger = 500, 900
    limits = Limits()
    with BotApi(limits=limits) as api, running(api, folder, **settings(mode, **more)) as bot:
        begun, each = time.monotonic(), max(1, flood // others)
        for number in range(flood):
            api.say(flooder, f"{QUESTION} {number}")
            if number % each == 0 and number // each < others:
                api.say(600 + number // each % 50, QUESTION)
                pause = begun + seconds * number / flood - time.monotonic()
                time.sleep(max(0.0, pause))
        api.wait_for(lambda: len(api.sent()) > 10, 30)
        count, asked = len(api.sent(in_danger)), time.monotonic()
        api.say(in_danger, DANGER)
        reply = api.wait_for(lambda: api.sent(in_danger)[count:], 120)[0]
        chats = {message.chat_id for message in api.sent()} - {flooder, in_danger}
        between = sum(asked <= message.time < reply.time for message in api.sent())
        refused = sum(limits.refused.values())
        result = Flood(reply.time - asked, len(api.sent(flooder)), len(chats), refused, between)
        bot.kill()
    return result


@contextmanager
def redis_server() -> Iterator[str | None]:
    """Run a real Redis for a block; None where it is not installed."""
    server = shutil.which("redis-server")
    if server is None:
        yield None
        return
    port = free_port()
    command = [server, "--port", str(port), "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    while "Ready to accept" not in process.stdout.readline():
        assert process.poll() is None
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.communicate(timeout=10)


def replicated(folder: Path, redis_url: str, updates: int) -> Figures:
    """Deliver each update to two replicas at once."""
    begun = time.monotonic()
    with BotApi() as api, ThreadPoolExecutor(16) as pool:
        for number in range(updates):
            api.user(FIRST_CHAT + number)
        ports, bots = [free_port(), free_port()], []
        for name, port in zip("ab", ports, strict=True):
            extra = {
                "FAQBOT_WEBHOOK_URL": f"http://127.0.0.1:{ports[0]}/hook",
                "FAQBOT_WEBHOOK_SECRET": SECRET,
                "FAQBOT_PORT": str(port),
                "FAQBOT_STATE_URL": redis_url,
                "FAQBOT_SENDS_PER_SECOND": "1000",
            }
            bots.append(Bot(api, folder, extra, name).start())
        chats = [range(FIRST_CHAT + start, FIRST_CHAT + updates, 8) for start in range(8)]
        list(pool.map(lambda pair: deliver(*pair), [(port, part) for part in chats for port in ports]))
        result = figures(api, updates, begun)
        assert [bot.stop() for bot in bots] == [0, 0]
    return result


def deliver(port: int, chats: range, secret: str = SECRET) -> None:
    """Post one update a chat to a webhook, each until it is taken."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
    for number in chats:
        chat = {"id": number, "type": "private", "first_name": "X"}
        message = {"message_id": 1, "date": 1_900_000_000, "chat": chat, "text": QUESTION}
        status = 503
        while status == 503:
            connection.request(
                "POST", "/hook", json.dumps({"update_id": number, "message": message}), headers
            )
            response = connection.getresponse()
            response.read()
            status = response.status
        assert status == 200
    connection.close()

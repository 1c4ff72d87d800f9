"""A bot as a subprocess, as its operator would start it."""

import atexit
import contextlib
import functools
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.botapi import BotApi
from tests.end_to_end.small import ANSWERS, small_answers

PROJECT = Path(__file__).resolve().parents[2]
START_SECONDS = 30.0
DANGER = "my friend took kratom and pills and isn't breathing"
QUESTION = "is kratom addictive"
ALL = str(ANSWERS)
"""FAQBOT_ANSWERS for a bot with all content, which takes longer to start."""


@functools.cache
def few_answers() -> Path:
    """Return a small content tree, made once; not to be changed."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return small_answers(folder)


@dataclass
class Bot:
    """One `faqbot run`; its log goes to a file."""

    api: BotApi
    folder: Path
    extra: Mapping[str, str] = field(default_factory=dict)
    name: str = "bot"
    process: subprocess.Popen[bytes] | None = None

    def start(self, *, wait: bool = True) -> "Bot":
        """Start it; return when it receives updates."""
        before = len(self.api.calls("getUpdates", "setWebhook"))
        with self.log_path.open("ab") as log:
            command = [sys.executable, "-m", "bot", "run"]
            self.process = subprocess.Popen(
                command, cwd=PROJECT, env=self.environment(), stdout=log, stderr=log
            )
        if wait:
            self.api.wait_for(
                lambda: self._ended() or len(self.api.calls("getUpdates", "setWebhook")) > before,
                START_SECONDS,
            )
            assert not self._ended(), self.log
        return self

    def environment(self) -> dict[str, str]:
        """Return what it is started with."""
        return {
            **{key: value for key, value in os.environ.items() if not key.startswith("FAQBOT_")},
            "TELEGRAM_BOT_TOKEN": self.api.token,
            "FAQBOT_API_BASE_URL": self.api.url,
            "FAQBOT_STATE_URL": f"sqlite:///{self.folder / 'state.sqlite3'}",
            "FAQBOT_REGION": "US",
            "FAQBOT_SERVE": "drafts",
            "FAQBOT_ENCODER": "off",
            "FAQBOT_ANSWERS": str(few_answers()),
            **self.extra,
        }

    def kill(self) -> None:
        """SIGKILL."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)

    def stop(self) -> int:
        """SIGTERM; return the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(15)

    def wait(self, seconds: float = START_SECONDS) -> int:
        """Return the exit code of a bot that ends by itself."""
        assert self.process is not None
        return self.process.wait(seconds)

    def _ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    @property
    def log_path(self) -> Path:
        """Where its log is."""
        return self.folder / f"{self.name}.log"

    @property
    def log(self) -> str:
        """What it wrote to stderr and stdout."""
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    @property
    def records(self) -> list[dict[str, Any]]:
        """Its log, read."""
        return [json.loads(line) for line in self.log.splitlines() if line.startswith("{")]

    def logged(self, words: str) -> bool:
        """True once a record's event holds these words."""
        return any(words in record["event"] for record in self.records)


@contextlib.contextmanager
def running(api: BotApi, folder: Path, **extra: str) -> Iterator[Bot]:
    """Run a bot for the length of a block. `extra`: FAQBOT_ variables without the prefix."""
    bot = Bot(api, folder, {f"FAQBOT_{name}": value for name, value in extra.items()})
    try:
        yield bot.start()
    finally:
        if bot.process is not None and bot.process.poll() is None:
            bot.kill()


def free_port() -> int:
    """Return a port that nobody uses, from below those that the system gives to outgoing connections.

    One of those might be taken again before the bot that is to listen on it has started.
    """
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def get(port: int, path: str) -> tuple[int, str]:
    """GET from a server on this machine; (0, "") where none answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    except OSError:
        return 0, ""
    finally:
        connection.close()


def call(api: BotApi, method: str, values: Mapping[str, str]) -> dict[str, Any]:
    """Call a method of the Bot API as somebody else would; return its result where it is an object."""
    connection = http.client.HTTPConnection("127.0.0.1", int(api.url.rpartition(":")[2]), timeout=5)
    kind = {"Content-Type": "application/json"}
    connection.request("POST", f"/bot{api.token}/{method}", json.dumps(values), kind)
    result = json.loads(connection.getresponse().read())["result"]
    connection.close()
    return result if isinstance(result, dict) else {}


def until(predicate: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait for something outside the Bot API. AssertionError when time is up."""
    ends = time.monotonic() + seconds
    while not predicate():
        assert time.monotonic() < ends, f"not within {seconds} s"
        time.sleep(0.02)

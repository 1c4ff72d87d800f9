"""Replicas behind one nginx, with a real Redis, in any size."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.botapi import BotApi
from tests.end_to_end.running import QUESTION, START_SECONDS, Bot, free_port, get, until
from tests.end_to_end.scenarios import FIRST_CHAT, SECRET, figures, redis_server

_NGINX = """
daemon off; master_process off; worker_processes 1; pid nginx.pid; error_log error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  upstream replicas {{ {servers} keepalive 100; }}
  server {{
    listen 127.0.0.1:{port};
    location /up {{ return 200; }}
    location / {{
      proxy_pass http://replicas; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_connect_timeout 1s; proxy_read_timeout 60s;
    }}
  }}
}}
"""


@dataclass(frozen=True)
class Served:
    """What came of it."""

    updates: int
    lost: int
    twice: int
    seconds: float

    @property
    def rate(self) -> float:
        """Updates a second."""
        return self.updates / self.seconds


def missing() -> str | None:
    """Return what is not installed, as one sentence; None where everything is."""
    absent = [name for name in ("redis-server", "nginx") if shutil.which(name) is None]
    return f"not installed: {', '.join(absent)} (apt-get install redis-server nginx)" if absent else None


@contextmanager
def nginx(folder: Path, ports: list[int]) -> Iterator[int]:
    """Run nginx in front of `ports` for a block; yields the port it listens on."""
    port = free_port()
    servers = " ".join(f"server 127.0.0.1:{p} fail_timeout=1s;" for p in ports)
    folder.mkdir()
    configuration = folder / "nginx.conf"
    configuration.write_text(_NGINX.format(port=port, servers=servers), encoding="utf-8")
    command = ["nginx", "-p", str(folder), "-c", str(configuration), "-e", str(folder / "error.log")]
    process = subprocess.Popen(command)
    try:
        until(lambda: process.poll() is not None or get(port, "/up")[0] == 200)
        assert process.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
        yield port
    finally:
        process.terminate()
        process.wait(10)


def served(folder: Path, replicas: int, updates: int, *, kill: bool, connections: int = 100) -> Served:
    """Let `updates` people write one message each; `kill` ends one replica when half are answered.

    `connections`: how many messages are under way at once.
    """
    ports = [free_port() for _ in range(replicas)]
    with (
        redis_server() as redis,
        BotApi(webhook_connections=connections) as api,
        nginx(folder / "nginx", ports) as proxy,
    ):
        assert redis is not None
        bots = [Bot(api, folder, _settings(redis, proxy, p), f"replica{p}").start(wait=False) for p in ports]
        try:
            api.wait_for(
                lambda: _ended(bots) or api.tally["setWebhook"] == replicas, START_SECONDS * replicas
            )
            assert not _ended(bots), [bot.log for bot in bots]
            begun = time.monotonic()
            for chat in range(FIRST_CHAT, FIRST_CHAT + updates):
                api.say(chat, QUESTION)
            if kill:
                api.wait_for(lambda: api.tally["sendMessage"] > updates // 2, 300)
                bots[0].kill()
            api.wait_for(lambda: not api.unconfirmed, 300)
            found = figures(api, updates, begun)
            assert [bot.stop() for bot in bots[kill:]] == [0] * (replicas - kill)
        finally:
            for bot in bots:
                if bot.process is not None and bot.process.poll() is None:
                    bot.kill()
    return Served(updates, found.lost, found.twice, found.seconds)


def _ended(bots: list[Bot]) -> bool:
    return any(bot.process is not None and bot.process.poll() is not None for bot in bots)


def _settings(redis: str, proxy: int, port: int) -> dict[str, str]:
    return {
        "FAQBOT_WEBHOOK_URL": f"http://127.0.0.1:{proxy}/hook",
        "FAQBOT_WEBHOOK_SECRET": SECRET,
        "FAQBOT_PORT": str(port),
        "FAQBOT_STATE_URL": redis,
        "FAQBOT_SENDS_PER_SECOND": "1000",
    }

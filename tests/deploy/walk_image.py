"""What .ci/container does with the unpacked image: starts it, talks to it, stops it.

    python -m tests.deploy.walk_image ROOT CONFIG

ROOT is the image's root file system, mounted read-only but for /data. CONFIG is a JSON file as
`podman image inspect` writes it. Needs the right to chroot. Ends with 1 at the first thing that is
not as it should be, and says which.
"""

# ruff: noqa: T201  (a command: it prints)

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.botapi import BotApi

PERSON = 42
_USER = 10001


def main(root: Path, config: dict[str, Any]) -> None:
    """Walk through the image's life once."""
    with BotApi() as api:
        port = _free_port()
        token = root / "data" / "token"
        token.write_text(api.token)
        os.chown(token, _USER, _USER)
        token.chmod(0o400)
        environment = dict(pair.split("=", 1) for pair in config["Env"]) | {
            "TELEGRAM_BOT_TOKEN_FILE": "/data/token",
            "FAQBOT_API_BASE_URL": api.url,
            "FAQBOT_SERVE": "drafts",
            "FAQBOT_LISTEN": "127.0.0.1",
            "FAQBOT_HEALTH_PORT": str(port),
        }

        def start(*command: str) -> subprocess.Popen[str]:
            inside = ["env", "-i", "-C", config["WorkingDir"], *(f"{k}={v}" for k, v in environment.items())]
            return subprocess.Popen(
                ["chroot", f"--userspec={config['User']}", str(root), *inside, *command],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )

        begun = time.monotonic()
        bot = start(*config["Entrypoint"], *config["Cmd"])
        try:
            _talk(api, bot, begun, lambda: _run(start("faqbot", "health")))
        finally:
            bot.kill()


def _talk(api: BotApi, bot: subprocess.Popen[str], begun: float, health: Any) -> None:
    code, said = 1, ""
    while code != 0:
        code, said = health()
        if time.monotonic() - begun > 60 or bot.poll() is not None:
            sys.exit(f"The image does not become healthy: {said}")
    print(f"cold start: healthy after {time.monotonic() - begun:.1f} s (faqbot health: {said.strip()})")
    reply = api.ask(PERSON, "is kratom adictive")
    if "kratom" not in reply.text.lower():
        sys.exit("The image does not answer.")
    owners = {line.split()[1] for line in _status(bot) if line.startswith("Uid:")}
    if owners != {str(_USER)}:
        sys.exit(f"The bot runs as {owners}.")
    resident = next(int(line.split()[1]) for line in _status(bot) if line.startswith("VmRSS:"))
    print(f"memory after the first reply: {resident / 1000:.0f} MB")
    bot.send_signal(signal.SIGTERM)
    told = time.monotonic()
    code = bot.wait(timeout=20)
    if code != 0:
        sys.exit(f"SIGTERM ends the bot with {code}.")
    print(f"SIGTERM: ended with 0 after {time.monotonic() - told:.1f} s")
    if api.unconfirmed:
        sys.exit("An update was answered but not confirmed.")


def _run(process: subprocess.Popen[str]) -> tuple[int, str]:
    said, _ = process.communicate(timeout=20)
    return process.returncode, said


def _status(process: subprocess.Popen[str]) -> list[str]:
    return Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8").splitlines()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))[0]["Config"])

"""How many updates a webhook takes: updates/s, CPU ms an update, memory after 5,000 and 50,000.

Some updates are answered; the rest are edits, which are checked for danger and not answered.
The bot is one process; a second one plays Telegram on the other core. The limit of 30 messages a
second is raised to 1000, or it would be all that is measured.

Run: python benchmarks/telegram_webhook.py [updates, default 50000]
"""

import json
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.botapi import BotApi
from tests.end_to_end.running import ALL, QUESTION, free_port, running

CONNECTIONS = 8
SECRET = "secret"  # noqa: S105  (of a bot that lives for a minute)
_TICKS = os.sysconf("SC_CLK_TCK")


def post(port: int, numbers: range, kind: str) -> None:
    """Post one update a number, each from a chat of its own."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": SECRET}
    for number in numbers:
        chat = {"id": number, "type": "private", "first_name": "X"}
        message = {"message_id": 1, "date": 1_900_000_000, "chat": chat, "text": QUESTION}
        connection.request("POST", "/hook", json.dumps({"update_id": number, kind: message}), headers)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise SystemExit(f"the bot answered {response.status}")
    connection.close()


def cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process."""
    values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(values[11]) + int(values[12])) / _TICKS


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process."""
    line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def burst(pid: int, port: int, first: int, count: int, kind: str) -> str:
    """Post `count` updates and return the figures."""
    begun, used = time.monotonic(), cpu_seconds(pid)
    parts = [range(first + part, first + count, CONNECTIONS) for part in range(CONNECTIONS)]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(lambda part: post(port, part, kind), parts))
    seconds, used = time.monotonic() - begun, cpu_seconds(pid) - used
    return f"{count / seconds:.0f} updates/s, {used / count * 1000:.2f} ms CPU each, {memory_mb(pid):.1f} MB"


def main() -> None:
    """Print the figures."""
    total, port = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000, free_port()
    with (
        tempfile.TemporaryDirectory() as folder,
        BotApi() as api,
        running(
            api, Path(folder), WEBHOOK_URL=f"http://127.0.0.1:{port}/hook", PORT=str(port),
            WEBHOOK_SECRET=SECRET, SENDS_PER_SECOND="1000", ANSWERS=ALL,
        ) as bot,
    ):  # fmt: skip
        pid = bot.process.pid if bot.process else 0
        print(f"start: {memory_mb(pid):.1f} MB")
        for number in range(1, 2001):
            api.user(number)
        print("answered:", burst(pid, port, 1, 2000, "message"), flush=True)
        done = 2000
        for goal in (5000, total):
            print(
                f"edits, up to {goal}:", burst(pid, port, done + 1, goal - done, "edited_message"), flush=True
            )
            done = goal
        bot.kill()


if __name__ == "__main__":
    main()

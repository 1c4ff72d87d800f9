"""Bad days at full size, over a Bot API on loopback: kills, faults, floods, two replicas.

Run: python benchmarks/telegram_bad_days.py [kills] [faults] [flood] [replicas]
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.botapi import BotApi, Faults
from tests.end_to_end.running import ALL
from tests.end_to_end.scenarios import faulty, flooded, killed, redis_server, replicated


def kills(folder: Path) -> None:
    """300 chats, SIGKILL four times at random, restarted at once."""
    for mode in ("polling", "webhook"):
        (folder / mode).mkdir()
        print(f"kills, {mode}: {killed(folder / mode, mode, chats=300, kills=4, ANSWERS=ALL)}", flush=True)


def faults(folder: Path) -> None:
    """10 % 5xx, 5 % 429, 5 % cut before, 3 % cut after sending, and a 30 s outage."""
    bad = Faults(server_error=0.10, too_many=0.05, cut_before=0.05, cut_after=0.03, seed=1)
    with BotApi(faults=bad) as api:
        result = faulty(api, folder, chats=300, outage=30)
    print(f"faults: {result} {dict(bad.counts)}", flush=True)


def flood(folder: Path) -> None:
    """2,000 messages of one chat and 1,000 of fifty, then danger; at once, or over a minute."""
    for mode, seconds in (("webhook", 0), ("polling", 60), ("polling", 0)):
        place = folder / f"{mode}{seconds}"
        place.mkdir()
        print(
            f"flood, {mode}, over {seconds} s: {flooded(place, mode, 2000, 1000, seconds, ANSWERS=ALL)}",
            flush=True,
        )


def replicas(folder: Path) -> None:
    """1,000 updates to each of two replicas on a real Redis."""
    with redis_server() as url:
        result = replicated(folder, url, 1000) if url else "skipped: redis-server is not installed"
    print(f"replicas: {result}", flush=True)


PARTS: dict[str, Callable[[Path], None]] = {
    "kills": kills,
    "faults": faults,
    "flood": flood,
    "replicas": replicas,
}


def main() -> None:
    """Run the parts that are named, or all."""
    for name in sys.argv[1:] or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[name](Path(folder))


if __name__ == "__main__":
    main()

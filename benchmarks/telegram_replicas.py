"""One, two and three replicas behind nginx with Redis: updates/s; then one of three is killed.

Bots, nginx, Redis and the Telegram that all of them talk to share this machine's cores, so the
rates say how the work divides here, not what three machines would do. The limit of 30 messages a
second is raised to 1000, or it would be all that is measured.

Run: python benchmarks/telegram_replicas.py [updates, default 3000]
"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.end_to_end.replicas import missing, served


def main() -> None:
    """Print the figures."""
    if (absent := missing()) is not None:
        raise SystemExit(absent)
    updates = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    print(f"{updates} updates, {os.cpu_count()} cores for everything")
    for replicas, kill in ((1, False), (2, False), (3, False), (3, True)):
        with tempfile.TemporaryDirectory() as folder:
            result = served(Path(folder), replicas, updates, kill=kill)
        what = f"{replicas} replica{'s' * (replicas > 1)}{', one killed in the middle' * kill}"
        lost = f"{result.lost} lost, {result.twice} answered twice ({result.twice / updates:.2%})"
        print(f"{what}: {result.rate:.0f} updates/s in {result.seconds:.1f} s, {lost}", flush=True)


if __name__ == "__main__":
    main()

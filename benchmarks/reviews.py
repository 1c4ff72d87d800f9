"""How long verifying 58 reviews takes at start. Run: python -m benchmarks.reviews."""

from __future__ import annotations

import hashlib
import statistics
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.content.review import Reviewers, read_record
from bot.content.review_files import Subject
from bot.content.review_sign import sign, statement_bytes, store

ANSWERS = 58
KEYS = {"ed25519": [], "ecdsa": ["-b", "256"], "rsa": ["-b", "3072"]}


def main() -> None:
    """Sign 58 statements with each kind of key, and print the milliseconds of reading them all."""
    for kind, options in KEYS.items():
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            reviewers = prepare(root, kind, options)
            times = [measure(root, reviewers) for _ in range(20)]
            print(
                f"{kind:8} {ANSWERS} statements: median {statistics.median(times):.1f} ms, "
                f"first {times[0]:.1f} ms, worst {max(times):.1f} ms"
            )


def prepare(root: Path, kind: str, options: list[str]) -> Reviewers:
    """Make a key and 58 signed statements below `root`."""
    key, today = root / "key", datetime.now(UTC).date()
    subprocess.run(["ssh-keygen", "-q", "-t", kind, *options, "-N", "", "-f", str(key)], check=True)
    entry = {
        "id": "test_a",
        "name": "Test Reviewer A (not a real person)",
        "profession": "test profession",
        "registration": {"body": "Test register", "number": "1"},
        "keys": ({"key": key.with_suffix(".pub").read_text().strip(), "valid_from": today},),
    }
    for number in range(ANSWERS):
        subject = Subject("en", f"answer_{number}")
        digest = hashlib.sha256(b"%d" % number).hexdigest()
        raw = statement_bytes(subject, digest, "test_a", "approve", ["text", "sources"], reviewed_on=today)
        store(root, subject.place("test_a"), raw, sign(raw, key))
    return Reviewers.model_validate({"reviewers": (entry,)})


def measure(root: Path, reviewers: Reviewers) -> float:
    """Return the milliseconds of reading and verifying everything once."""
    start = time.perf_counter()
    record = read_record(root, reviewers)
    taken = (time.perf_counter() - start) * 1000
    if len(record.statements) != ANSWERS:
        raise SystemExit(f"only {len(record.statements)} verified: {record.problems[:1]}")
    return taken


if __name__ == "__main__":
    main()

"""State in one SQLite file, in WAL mode: what was committed survives SIGKILL."""

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.state.protocol import ANSWERED_SECONDS, Claim, StateError

BUSY_SECONDS = 1.0
"""How long a write waits for another process that holds the file."""
_SWEEP_EVERY = 1000
_Values = Sequence[Any] | Mapping[str, Any]
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answered (id TEXT PRIMARY KEY, ends INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counts (
    key TEXT PRIMARY KEY, ends INTEGER NOT NULL, value INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS countries (person TEXT PRIMARY KEY, country TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feedback (
    answer TEXT, verdict TEXT, value INTEGER NOT NULL, PRIMARY KEY (answer, verdict)
) WITHOUT ROWID;
"""
_COUNT = """
INSERT INTO counts VALUES (:key, :ends, 1)
ON CONFLICT (key) DO UPDATE SET
    value = CASE WHEN ends <= :now THEN 1 ELSE value + 1 END,
    ends = CASE WHEN ends <= :now THEN :ends ELSE ends END
RETURNING value
"""
_FEEDBACK = """
INSERT INTO feedback VALUES (?, ?, 1)
ON CONFLICT (answer, verdict) DO UPDATE SET value = value + 1
"""


class SqliteState:
    """Keeps state in a file. One process answers; several may share the file's counts.

    Each call takes some tens of microseconds, so it runs on the event loop itself.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        """Open or create the file. Raises StateError where it cannot be used."""
        self._clock = clock
        self._writes = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=NORMAL")
            self._database.executescript(_SCHEMA)
            self._sweep()
        except (sqlite3.Error, OSError) as error:
            raise StateError(_sentence(error)) from None

    async def claim(self, update: str, owner: str) -> Claim:
        """Say whether the update was answered; one process needs no claims."""
        del owner
        found = self._run("SELECT 1 FROM answered WHERE id = ? AND ends > ?", (update, self._clock()))
        return Claim.DONE if found else Claim.MINE

    async def renew(self, updates: list[str], owner: str) -> None:
        """Do nothing: claims need no renewal here."""

    async def release(self, update: str, owner: str) -> None:
        """Do nothing: there is no claim to give back."""

    async def done(self, update: str) -> None:
        """Record an answered update; committed when this returns."""
        ends = int(self._clock()) + ANSWERED_SECONDS
        self._run("INSERT OR REPLACE INTO answered VALUES (?, ?)", (update, ends))
        self._writes += 1
        if self._writes % _SWEEP_EVERY == 0:
            self._sweep()

    async def count(self, key: str, seconds: int) -> int:
        """Add one to a counter and return it."""
        now = int(self._clock())
        return int(self._run(_COUNT, {"key": key, "now": now, "ends": now + seconds})[0][0])

    async def country(self, person: str) -> str | None:
        """Return the chosen country."""
        found = self._run("SELECT country FROM countries WHERE person = ?", (person,))
        return str(found[0][0]) if found else None

    async def set_country(self, person: str, country: str) -> None:
        """Remember the chosen country."""
        self._run("INSERT OR REPLACE INTO countries VALUES (?, ?)", (person, country))

    async def forget(self, person: str) -> None:
        """Delete what is kept of a person."""
        self._run("DELETE FROM countries WHERE person = ?", (person,))
        self._run("DELETE FROM counts WHERE substr(key, 1, length(?1)) = ?1", (person,))

    async def add_feedback(self, answer: str, verdict: str) -> None:
        """Count a verdict."""
        self._run(_FEEDBACK, (answer, verdict))

    async def feedback(self) -> dict[tuple[str, str], int]:
        """Return the verdicts."""
        rows = self._run("SELECT answer, verdict, value FROM feedback")
        return {(str(answer), str(verdict)): int(value) for answer, verdict, value in rows}

    async def ping(self) -> None:
        """Raise StateError unless the file can be written."""
        self._run("BEGIN IMMEDIATE")
        self._run("ROLLBACK")

    async def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _run(self, statement: str, values: _Values = ()) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise StateError(_sentence(error)) from None

    def _sweep(self) -> None:
        now = int(self._clock())
        self._run("DELETE FROM answered WHERE ends <= ?", (now,))
        self._run("DELETE FROM counts WHERE ends <= ?", (now,))


def _sentence(error: Exception) -> str:
    """Return the trouble in words; SQLite's and the system's own hold nothing of a person."""
    return error.strerror or type(error).__name__ if isinstance(error, OSError) else str(error)

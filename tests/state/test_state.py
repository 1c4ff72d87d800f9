"""What every store promises, tried on each."""

import asyncio
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.state import Claim, State, StateError
from bot.state.guarded import GuardedState
from bot.state.memory import MemoryState
from bot.state.redis import RedisState
from bot.state.sqlite import SqliteState
from bot.state.store import open_state

Work = Callable[[State], Awaitable[None]]


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis of our own, or a skip that says why."""
    server = shutil.which("redis-server")
    if server is None:
        pytest.skip("redis-server is not installed (apt-get install redis-server)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [server, "--port", str(port), "--save", "", "--appendonly", "no", "--bind", "127.0.0.1"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    while "Ready to accept" not in process.stdout.readline():
        assert process.poll() is None
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.communicate(timeout=10)


@pytest.fixture(params=["memory", "sqlite", "redis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], State]:
    """Each store in turn, as a function that opens it."""
    if request.param == "memory":
        return MemoryState
    if request.param == "sqlite":
        return lambda: SqliteState(tmp_path / "state.sqlite3")
    url = request.getfixturevalue("redis_url")
    return lambda: RedisState(url)


@asynccontextmanager
async def opened(make: Callable[[], State]) -> AsyncIterator[State]:
    """Open a store for a block."""
    state = make()
    try:
        yield state
    finally:
        await state.close()


def check(make: Callable[[], State], work: Work) -> None:
    """Run `work` on a store."""

    async def run() -> None:
        async with opened(make) as state:
            await work(state)

    asyncio.run(run())


def test_an_answered_update_stays_answered(store: Callable[[], State]) -> None:
    """An update is answered once; what was not recorded may be claimed again by its owner."""

    async def work(state: State) -> None:
        assert await state.claim("u1", "a") is Claim.MINE
        assert await state.claim("u1", "a") is Claim.MINE
        await state.release("u1", "a")
        assert await state.claim("u1", "b") is Claim.MINE
        await state.done("u1")
        assert await state.claim("u1", "a") is Claim.DONE

    check(store, work)


def test_counters(store: Callable[[], State]) -> None:
    """Counters count by key."""

    async def work(state: State) -> None:
        assert [await state.count("p:1", 60) for _ in range(3)] == [1, 2, 3]
        assert await state.count("p:2", 60) == 1

    check(store, work)


def test_forget_deletes_a_person_and_nobody_else(store: Callable[[], State]) -> None:
    """`forget` deletes the country and the counters of one person."""

    async def work(state: State) -> None:
        for person in ("anna", "bert"):
            await state.set_country(person, "DE")
            await state.count(f"{person}:7", 60)
        await state.forget("anna")
        assert await state.country("anna") is None
        assert await state.country("bert") == "DE"
        assert await state.count("anna:7", 60) == 1
        assert await state.count("bert:7", 60) == 2

    check(store, work)


def test_feedback_is_counted_by_answer_and_digest(store: Callable[[], State]) -> None:
    """Verdicts add up by answer digest."""

    async def work(state: State) -> None:
        for verdict in ("helpful", "helpful", "not_asked"):
            await state.add_feedback("liver:12ab", verdict)
        assert await state.feedback() == {("liver:12ab", "helpful"): 2, ("liver:12ab", "not_asked"): 1}
        await state.ping()

    check(store, work)


def test_redis_lets_one_replica_answer(redis_url: str) -> None:
    """A claim of one process keeps the other away until it is released or has lapsed."""

    async def work(state: State) -> None:
        assert await state.claim("r1", "a") is Claim.MINE
        assert await state.claim("r1", "b") is Claim.BUSY
        await state.renew(["r1"], "a")
        await state.release("r1", "b")
        assert await state.claim("r1", "b") is Claim.BUSY
        await state.release("r1", "a")
        assert await state.claim("r1", "b") is Claim.MINE

    check(lambda: RedisState(redis_url), work)


def test_sqlite_forgets_after_a_day(tmp_path: Path) -> None:
    """What was answered a day ago is swept away, and counters begin anew when their time is over."""
    now = [1_000_000.0]

    async def work(state: State) -> None:
        await state.done("u1")
        assert await state.count("p:1", 60) == 1
        now[0] += 61
        assert await state.count("p:1", 60) == 1
        now[0] += 86_400
        assert await state.claim("u1", "a") is Claim.MINE

    check(lambda: SqliteState(tmp_path / "s.sqlite3", lambda: now[0]), work)


def test_sqlite_is_written_at_once(tmp_path: Path) -> None:
    """What `done` recorded is in the file when it returns, for a process that is killed then."""

    async def work(state: State) -> None:
        await state.done("u1")
        other = sqlite3.connect(tmp_path / "s.sqlite3")
        assert other.execute("SELECT count(*) FROM answered").fetchone() == (1,)
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        other.close()

    check(lambda: SqliteState(tmp_path / "s.sqlite3"), work)


class Guarded:
    """A guarded state and what it said."""

    def __init__(self, url: str) -> None:
        self.said: list[str] = []
        self.state: GuardedState = open_state(url, self.said.append)


def test_a_corrupt_file_is_survived(tmp_path: Path) -> None:
    """A corrupt file gives one sentence, and memory stands in."""
    path = tmp_path / "s.sqlite3"
    path.write_bytes(b"no database" * 1000)
    guarded = Guarded(f"sqlite:///{path}")

    async def work() -> None:
        await guarded.state.start()
        await guarded.state.done("u1")
        assert await guarded.state.claim("u1", "a") is Claim.DONE
        await guarded.state.close()

    asyncio.run(work())
    assert len(guarded.said) == 1
    assert "going on in memory" in guarded.said[0]
    assert guarded.state.problem is not None
    assert path.read_bytes().startswith(b"no database")


def test_a_locked_file_is_survived_and_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked file is stood in for by memory, and gets what it missed once it is free."""
    monkeypatch.setattr("bot.state.sqlite.BUSY_SECONDS", 0.05)
    monkeypatch.setattr("bot.state.guarded.RETRY_SECONDS", 0.0)
    path = tmp_path / "s.sqlite3"
    guarded = Guarded(f"sqlite:///{path}")

    async def work() -> None:
        state = guarded.state
        await state.start()
        blocker = sqlite3.connect(path, isolation_level=None)
        blocker.execute("BEGIN EXCLUSIVE")
        await state.done("u1")
        assert state.problem is not None
        assert await state.claim("u1", "a") is Claim.DONE
        blocker.execute("ROLLBACK")
        blocker.close()
        await state.check()
        assert state.problem is None
        await state.close()
        again = SqliteState(path)
        assert await again.claim("u1", "a") is Claim.DONE
        await again.close()

    asyncio.run(work())
    assert guarded.said[-1] == "The state is kept again."


def test_an_unreachable_redis_is_survived() -> None:
    """Without its Redis the bot goes on in memory; the address, which may hold a password, is not said."""
    guarded = Guarded("redis://user:secret@127.0.0.1:1/0")

    async def work() -> None:
        await guarded.state.start()
        assert await guarded.state.claim("u1", "a") is Claim.MINE
        await guarded.state.close()

    asyncio.run(work())
    assert "secret" not in "".join(guarded.said)
    assert "ConnectionError" in guarded.said[0]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A state file below something that is no folder is a StateError in words."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StateError):
        SqliteState(tmp_path / "file" / "s.sqlite3")

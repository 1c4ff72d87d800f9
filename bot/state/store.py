"""STATE_URL → the store it names."""

from collections.abc import Callable
from pathlib import Path

from bot.state.guarded import GuardedState
from bot.state.memory import MemoryState
from bot.state.protocol import State
from bot.state.redis import RedisState
from bot.state.sqlite import SqliteState

SQLITE, REDIS = "sqlite:///", ("redis://", "rediss://", "unix://")


def is_shared(url: str) -> bool:
    """Return True for a store that several replicas use at once."""
    return url.startswith(REDIS)


def open_state(url: str, tell: Callable[[str], None]) -> GuardedState:
    """Return the state that `url` names, not started yet. `tell` is given sentences for the log.

    `sqlite:///relative.db`, `sqlite:////absolute.db`, `redis://host:port/0` or `memory:`.
    """
    path = Path(url.removeprefix(SQLITE)).expanduser()

    async def opener() -> State:
        if is_shared(url):
            return RedisState(url)
        if url == "memory:":
            return MemoryState()
        return SqliteState(path)

    return GuardedState(opener, tell)

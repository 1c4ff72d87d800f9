"""State in Redis, for several replicas: an update is claimed before it is answered."""

import functools
from collections.abc import Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from bot.state.protocol import ANSWERED_SECONDS, CLAIM_SECONDS, Claim, StateError

_TIMEOUT = 2.0
_PREFIX = "faqbot:"
_DONE = "done"
_RENEW = """
for _, key in ipairs(KEYS) do
    if redis.call('GET', key) == ARGV[1] then redis.call('EXPIRE', key, ARGV[2]) end
end
"""
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"
_COUNT = """
local value = redis.call('INCR', KEYS[1])
if value == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return value
"""
P = ParamSpec("P")
T = TypeVar("T")
Method = Callable[Concatenate["RedisState", P], Coroutine[Any, Any, T]]


def _guarded(method: Method[P, T]) -> Method[P, T]:
    """Turn every trouble with Redis into a StateError that quotes no command."""

    @functools.wraps(method)
    async def call(self: "RedisState", *args: P.args, **kwargs: P.kwargs) -> T:
        from redis.exceptions import RedisError  # noqa: PLC0415  (an extra: may not be installed)

        try:
            return await method(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            raise StateError(f"Redis: {type(error).__name__}") from None

    return cast("Method[P, T]", call)


class RedisState:
    """Keeps state in Redis; every key ends by itself, but for countries and feedback."""

    def __init__(self, url: str) -> None:
        """Prepare a client. Raises StateError where redis is not installed or the URL is bad."""
        try:
            from redis.asyncio import Redis  # noqa: PLC0415  (an extra: may not be installed)
        except ImportError:
            advice = "pip install 'vetted-faq-bot[redis]'"
            raise StateError(f"the package redis is not installed: {advice}") from None
        try:
            self._redis: Any = Redis.from_url(
                url, decode_responses=True, socket_timeout=_TIMEOUT, socket_connect_timeout=_TIMEOUT
            )
        except ValueError:
            raise StateError("the Redis address cannot be read") from None

    @_guarded
    async def claim(self, update: str, owner: str) -> Claim:
        """Try to become the only one who answers `update`."""
        key = f"{_PREFIX}u:{update}"
        if await self._redis.set(key, owner, nx=True, ex=CLAIM_SECONDS):
            return Claim.MINE
        value = await self._redis.get(key)
        if value == _DONE:
            return Claim.DONE
        return Claim.MINE if value == owner else Claim.BUSY

    @_guarded
    async def renew(self, updates: list[str], owner: str) -> None:
        """Keep claims for another CLAIM_SECONDS."""
        if updates:
            keys = [f"{_PREFIX}u:{update}" for update in updates]
            await self._redis.eval(_RENEW, len(keys), *keys, owner, CLAIM_SECONDS)

    @_guarded
    async def release(self, update: str, owner: str) -> None:
        """Give a claim back unanswered."""
        await self._redis.eval(_RELEASE, 1, f"{_PREFIX}u:{update}", owner)

    @_guarded
    async def done(self, update: str) -> None:
        """Record an answered update, for a day."""
        await self._redis.set(f"{_PREFIX}u:{update}", _DONE, ex=ANSWERED_SECONDS)

    @_guarded
    async def count(self, key: str, seconds: int) -> int:
        """Add one to a counter and return it."""
        return int(await self._redis.eval(_COUNT, 1, f"{_PREFIX}n:{key}", seconds))

    @_guarded
    async def country(self, person: str) -> str | None:
        """Return the chosen country."""
        found = await self._redis.get(f"{_PREFIX}c:{person}")
        return str(found) if found else None

    @_guarded
    async def set_country(self, person: str, country: str) -> None:
        """Remember the chosen country."""
        await self._redis.set(f"{_PREFIX}c:{person}", country)

    @_guarded
    async def forget(self, person: str) -> None:
        """Delete what is kept of a person."""
        await self._redis.delete(f"{_PREFIX}c:{person}")
        async for key in self._redis.scan_iter(match=f"{_PREFIX}n:{person}*", count=1000):
            await self._redis.delete(key)

    @_guarded
    async def add_feedback(self, answer: str, verdict: str) -> None:
        """Count a verdict."""
        await self._redis.hincrby(f"{_PREFIX}feedback", f"{answer} {verdict}", 1)

    @_guarded
    async def feedback(self) -> dict[tuple[str, str], int]:
        """Return the verdicts."""
        found = await self._redis.hgetall(f"{_PREFIX}feedback")
        return {(key.rpartition(" ")[0], key.rpartition(" ")[2]): int(n) for key, n in found.items()}

    @_guarded
    async def ping(self) -> None:
        """Raise StateError unless Redis answers."""
        await self._redis.ping()

    @_guarded
    async def close(self) -> None:
        """Close all connections."""
        await self._redis.aclose()

"""A state that never fails: when its store does, memory stands in, and health says so."""

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.state.memory import MemoryState
from bot.state.protocol import Claim, State, StateError

T = TypeVar("T")
RETRY_SECONDS = 15.0
"""How long after a failure the store is tried again."""
Opener = Callable[[], Awaitable[State]]
Tell = Callable[[str], None]


class GuardedState:
    """Uses a store while it works, and memory while it does not."""

    def __init__(self, opener: Opener, tell: Tell, clock: Callable[[], float] = time.monotonic) -> None:
        """Take how to open the store; `tell` is given one sentence at each turn of events."""
        self._open, self._tell, self._clock = opener, tell, clock
        self._store: State | None = None
        self._memory = MemoryState()
        self._missed: dict[str, None] = {}
        """updates answered while only memory could note it"""
        self._failed_at: float | None = None
        self.problem: str | None = None
        """what is wrong with the store, as one sentence; None while it works"""

    async def start(self) -> None:
        """Open the store; where that fails, say so and go on in memory."""
        try:
            self._store = await self._open()
            await self._store.ping()
        except StateError as error:
            self._fail(error)

    async def check(self) -> None:
        """Find out whether the store works, now; return to it where it does again."""
        if self.problem is None:
            await self._use(lambda state: state.ping())
        elif self._failed_at is not None and self._clock() - self._failed_at >= RETRY_SECONDS:
            await self._return()

    async def claim(self, update: str, owner: str) -> Claim:
        """See State."""
        if await self._memory.claim(update, owner) is Claim.DONE:
            return Claim.DONE
        return await self._use(lambda state: state.claim(update, owner))

    async def renew(self, updates: list[str], owner: str) -> None:
        """See State."""
        await self._use(lambda state: state.renew(updates, owner))

    async def release(self, update: str, owner: str) -> None:
        """See State."""
        await self._use(lambda state: state.release(update, owner))

    async def done(self, update: str) -> None:
        """See State."""
        await self._use(lambda state: state.done(update))
        if self.problem is not None:
            self._missed[update] = None

    async def count(self, key: str, seconds: int) -> int:
        """See State."""
        return await self._use(lambda state: state.count(key, seconds))

    async def country(self, person: str) -> str | None:
        """See State."""
        return await self._memory.country(person) or await self._use(lambda state: state.country(person))

    async def set_country(self, person: str, country: str) -> None:
        """See State."""
        await self._memory.forget(person)
        await self._use(lambda state: state.set_country(person, country))

    async def forget(self, person: str) -> None:
        """See State."""
        await self._memory.forget(person)
        await self._use(lambda state: state.forget(person))

    async def add_feedback(self, answer: str, verdict: str) -> None:
        """See State."""
        await self._use(lambda state: state.add_feedback(answer, verdict))

    async def feedback(self) -> dict[tuple[str, str], int]:
        """See State."""
        return await self._use(lambda state: state.feedback())

    async def ping(self) -> None:
        """See State."""
        await self.check()

    async def close(self) -> None:
        """See State."""
        if self._store is not None:
            await self._store.close()

    async def _use(self, work: Callable[[State], Awaitable[T]]) -> T:
        if self._store is not None and self.problem is None:
            try:
                return await work(self._store)
            except StateError as error:
                self._fail(error)
        return await work(self._memory)

    def _fail(self, error: StateError) -> None:
        self._failed_at = self._clock()
        if self.problem is None:
            self._tell(f"The state cannot be kept ({error}): going on in memory, which a restart forgets.")
        self.problem = f"The state cannot be kept ({error}); memory stands in for it."

    async def _return(self) -> None:
        try:
            if self._store is None:
                self._store = await self._open()
            await self._store.ping()
            for update in list(self._missed):
                await self._store.done(update)
                del self._missed[update]
        except StateError as error:
            self._fail(error)
            return
        self.problem = self._failed_at = None
        self._tell("The state is kept again.")

"""The gate, on a clock that a test turns."""

import asyncio
import selectors
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

import pytest

from bot.channels.telegram.limits import DroppedError, Gate, Rank

Log = list[tuple[float, int, Rank]]
"""When, to which chat, with which rank."""


class _Selector(selectors.SelectSelector):
    """Never waits: it moves the clock instead."""

    def __init__(self, clock: list[float]) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> Any:
        self._clock[0] += timeout or 0.0
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose time passes only while everybody waits."""

    def __init__(self) -> None:
        self._clock = [1000.0]
        super().__init__(_Selector(self._clock))

    def time(self) -> float:
        """Return the time of the test's clock."""
        return self._clock[0]


def run(work: Callable[[], Awaitable[None]]) -> None:
    """Run on the test's clock."""
    with asyncio.Runner(loop_factory=Loop) as runner:

        async def main() -> None:
            await work()

        runner.run(main())


async def send(gate: Gate, chat: int, rank: Rank = Rank.REPLY, log: Log | None = None) -> None:
    """Pass the gate once and note when."""
    ticket = gate.ticket(chat, rank)
    await gate.enter(ticket)
    if log is not None:
        log.append((asyncio.get_running_loop().time(), chat, rank))
    gate.leave(ticket)


def test_no_second_sees_more_than_thirty() -> None:
    """However many wait, no stretch of a second sees more than 30, and no time is wasted."""

    async def work() -> None:
        gate = Gate(30)
        log: Log = []
        await asyncio.gather(*(send(gate, chat, log=log) for chat in range(1, 301)))
        times = [time for time, _, _ in log]
        assert all(later - earlier >= 1.0 for earlier, later in zip(times, times[30:], strict=False))
        assert times[-1] - times[0] < 11.5

    run(work)


def test_one_a_second_in_a_chat() -> None:
    """Messages to one chat keep their order and a second's distance; another chat does not wait."""

    async def work() -> None:
        gate = Gate(30)
        log: Log = []
        await asyncio.gather(*(send(gate, 7, log=log) for _ in range(5)), send(gate, 8, log=log))
        mine = [time for time, chat, _ in log if chat == 7]
        assert all(later - earlier >= 1.0 for earlier, later in pairwise(mine))
        assert next(time for time, chat, _ in log if chat == 8) - 1000.0 < 0.2

    run(work)


def test_twenty_a_minute_in_a_group() -> None:
    """A group gets no more than 20 messages in any minute."""

    async def work() -> None:
        gate = Gate(30)
        log: Log = []
        await asyncio.gather(*(send(gate, -7, log=log) for _ in range(45)))
        times = [time for time, _, _ in log]
        assert all(later - earlier >= 60.0 for earlier, later in zip(times, times[20:], strict=False))

    run(work)


def test_a_crisis_goes_before_all_who_wait() -> None:
    """A crisis overtakes everything, in its own chat and in all others; a notice waits for all."""

    async def work() -> None:
        gate = Gate(30)
        log: Log = []
        waiting = [asyncio.ensure_future(send(gate, 1, Rank.NOTICE, log))]
        waiting += [asyncio.ensure_future(send(gate, chat % 50 + 2, log=log)) for chat in range(200)]
        await asyncio.sleep(0.5)
        begun = asyncio.get_running_loop().time()
        await send(gate, 900, Rank.CRISIS, log)
        assert asyncio.get_running_loop().time() - begun < 0.05
        await send(gate, 2, Rank.CRISIS, log)
        assert asyncio.get_running_loop().time() - begun < 1.2
        await asyncio.gather(*waiting)

    run(work)


def test_a_hold_lets_a_crisis_pass() -> None:
    """While replies to a chat wait after a failure, a crisis does not; after a 429 everything waits."""

    async def work() -> None:
        gate = Gate(30)
        loop = asyncio.get_running_loop()
        for hold, refused, least, most in ((60.0, 0.0, 0.0, 1.2), (0.0, 5.0, 5.0, 5.2)):
            ticket = gate.ticket(1, Rank.REPLY)
            await gate.enter(ticket)
            begun = loop.time()
            gate.leave(ticket, hold=hold, refused=refused)
            await send(gate, 1, Rank.CRISIS)
            assert least <= loop.time() - begun <= most

    run(work)


def test_a_halt_stops_everybody() -> None:
    """After many refusals nothing goes out until Telegram's time is over."""

    async def work() -> None:
        gate = Gate(30)
        gate.halt(3.0)
        begun = asyncio.get_running_loop().time()
        await send(gate, 1, Rank.CRISIS)
        assert asyncio.get_running_loop().time() - begun >= 3.0

    run(work)


def test_a_flood_is_dropped_but_for_its_oldest_reply() -> None:
    """Dropping a chat turns its waiting replies away, keeps the oldest, and touches no crisis."""

    async def work() -> None:
        gate = Gate(30)
        log: Log = []
        tasks = [asyncio.ensure_future(send(gate, 1, log=log)) for _ in range(6)]
        tasks.append(asyncio.ensure_future(send(gate, 1, Rank.CRISIS, log)))
        await asyncio.sleep(0.1)
        gate.drop(1)
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert sum(isinstance(result, DroppedError) for result in results) == 4
        assert [rank for _, _, rank in log] == [Rank.REPLY, Rank.CRISIS, Rank.REPLY]

    run(work)


def test_who_gives_up_waiting_blocks_nobody() -> None:
    """A cancelled ticket leaves no trace, and lanes that are done with take no memory."""

    async def work() -> None:
        gate = Gate(30)
        tasks = [asyncio.ensure_future(send(gate, 1)) for _ in range(4)]
        await asyncio.sleep(0.2)
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert gate.waiting == 0
        assert gate.oldest == pytest.approx(0.0)
        await asyncio.sleep(5)
        assert gate._lanes == {}

    run(work)

"""The one gate that everything sent passes: Telegram's limits, people in danger first.

At most so many messages a second in all, one a second in a chat, twenty a minute in a group. Who
waits is let through by rank (crisis, reply, notice) and then by age; a chat that must wait holds
up nobody else.
"""

import asyncio
import heapq
import itertools
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum

CHAT_GAP = 1.05
"""Seconds between the end of one message to a chat and the start of the next."""
GROUP_PER_MINUTE = 20
_HEADROOM = 1.04
"""Room for the network to shift messages closer together than they were let through."""


class DroppedError(Exception):
    """A ticket was turned away."""


class Rank(IntEnum):
    """Who goes first."""

    CRISIS = 0
    REPLY = 1
    NOTICE = 2


@dataclass(order=True)
class Ticket:
    """A place in the queue. It keeps its age when it must come back for another try."""

    rank: Rank
    number: int
    chat_id: int = field(compare=False)
    since: float = field(compare=False)
    """loop time when it was made, in seconds"""
    turn: "asyncio.Future[None] | None" = field(default=None, compare=False)


@dataclass
class _Lane:
    """One chat."""

    waiting: list[Ticket] = field(default_factory=list)
    busy: bool = False
    free_at: float = 0.0
    """nothing goes before this time"""
    hold_until: float = 0.0
    """nothing but a crisis goes before this time"""
    sent: deque[float] = field(default_factory=deque)

    def head(self) -> Ticket | None:
        while self.waiting and (self.waiting[0].turn is None or self.waiting[0].turn.done()):
            heapq.heappop(self.waiting)
        return self.waiting[0] if self.waiting else None

    def opens(self, ticket: Ticket) -> float:
        return self.free_at if ticket.rank is Rank.CRISIS else max(self.free_at, self.hold_until)


class Gate:
    """Lets tickets through, one chat at a time, as fast as Telegram allows. For one event loop."""

    def __init__(self, per_second: float = 30, chat_gap: float = CHAT_GAP) -> None:
        """Take the limits: messages a second in all, and seconds between two in a chat."""
        self._interval = _HEADROOM / per_second
        self._chat_gap = chat_gap
        self._numbers = itertools.count()
        self._lanes: dict[int, _Lane] = {}
        self._ready: list[tuple[Rank, int, int]] = []
        self._later: list[tuple[float, int]] = []
        self._queued: dict[int, Ticket] = {}
        self._next = 0.0
        self._halted = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def ticket(self, chat_id: int, rank: Rank) -> Ticket:
        """Return a place at the end of the queue of its rank."""
        return Ticket(rank, next(self._numbers), chat_id, _now())

    async def enter(self, ticket: Ticket) -> None:
        """Wait for the ticket's turn. Whoever enters must leave."""
        ticket.turn = asyncio.get_running_loop().create_future()
        lane = self._lanes.setdefault(ticket.chat_id, _Lane())
        heapq.heappush(lane.waiting, ticket)
        self._queued[ticket.number] = ticket
        self._offer(ticket.chat_id, lane)
        self._pump()
        try:
            await ticket.turn
        except asyncio.CancelledError:
            if not ticket.turn.cancelled():
                self.leave(ticket)
            raise
        finally:
            self._queued.pop(ticket.number, None)

    def leave(self, ticket: Ticket, *, hold: float = 0.0, refused: float = 0.0) -> None:
        """End a turn. `hold`: seconds that only a crisis may pass; `refused`: that nothing may."""
        now = _now()
        lane = self._lanes[ticket.chat_id]
        lane.busy = False
        lane.free_at = max(now + max(self._chat_gap, refused), self._group_opens(ticket.chat_id, lane, now))
        lane.hold_until = max(lane.hold_until, now + hold)
        self._offer(ticket.chat_id, lane)
        self._pump()

    def halt(self, seconds: float) -> None:
        """Let nothing through for so long: Telegram refused message upon message."""
        self._halted = max(self._halted, _now() + seconds)

    def drop(self, chat_id: int) -> None:
        """Turn away the replies that wait for a chat, but for the oldest: `enter` raises DroppedError."""
        lane = self._lanes.get(chat_id)
        replies = [t for t in lane.waiting if t.rank is Rank.REPLY] if lane is not None else []
        for ticket in sorted(replies)[1:]:
            if ticket.turn is not None and not ticket.turn.done():
                ticket.turn.set_exception(DroppedError)

    @property
    def waiting(self) -> int:
        """How many tickets wait."""
        return len(self._queued)

    @property
    def oldest(self) -> float:
        """Seconds that the oldest ticket has waited; 0 where none does."""
        first = next(iter(self._queued.values()), None)
        return _now() - first.since if first is not None else 0.0

    def _group_opens(self, chat_id: int, lane: _Lane, now: float) -> float:
        if chat_id >= 0:
            return 0.0
        lane.sent.append(now)
        while len(lane.sent) > GROUP_PER_MINUTE:
            lane.sent.popleft()
        return lane.sent[0] + 60.0 if len(lane.sent) == GROUP_PER_MINUTE else 0.0

    def _offer(self, chat_id: int, lane: _Lane) -> None:
        """Put a lane where its first ticket will be found in time."""
        if lane.busy:
            return
        head = lane.head()
        opens = lane.opens(head) if head else max(lane.free_at, lane.hold_until)
        if head is not None and opens <= _now():
            heapq.heappush(self._ready, (head.rank, head.number, chat_id))
        else:
            heapq.heappush(self._later, (opens, chat_id))

    def _pump(self) -> None:
        """Let through whoever may go now, and wake up when the next may."""
        now = _now()
        while self._later and self._later[0][0] <= now:
            self._recheck(heapq.heappop(self._later)[1], now)
        while self._ready and now >= self._next and now >= self._halted:
            rank, number, chat_id = heapq.heappop(self._ready)
            self._admit(rank, number, chat_id, now)
        self._set_timer(now)

    def _recheck(self, chat_id: int, now: float) -> None:
        lane = self._lanes.get(chat_id)
        if lane is None:
            return
        group_idle = chat_id < 0 and lane.sent and lane.sent[-1] + 60.0 > now
        if lane.head() is None and not lane.busy and now >= max(lane.free_at, lane.hold_until):
            if group_idle:
                heapq.heappush(self._later, (lane.sent[-1] + 60.0, chat_id))
            else:
                del self._lanes[chat_id]
            return
        if lane.head() is not None:
            self._offer(chat_id, lane)

    def _admit(self, rank: Rank, number: int, chat_id: int, now: float) -> None:
        """Let one ticket through, unless things have changed since it was found ready."""
        lane = self._lanes.get(chat_id)
        head = lane.head() if lane is not None else None
        if lane is None or head is None or lane.busy or (head.rank, head.number) != (rank, number):
            return
        if lane.opens(head) > now or head.turn is None:
            return
        heapq.heappop(lane.waiting)
        lane.busy = True
        self._next = max(self._next, now) + self._interval
        head.turn.set_result(None)

    def _set_timer(self, now: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        times = [self._later[0][0]] if self._later else []
        if self._ready:
            times.append(max(self._next, self._halted))
        if times:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(min(times), now) + 0.0005, self._pump)


def _now() -> float:
    return asyncio.get_running_loop().time()

"""Faults on purpose: server errors, 429s, cut connections and outages, seeded."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

SEND_METHODS = frozenset(
    {
        "sendMessage",
        "editMessageText",
        "editMessageReplyMarkup",
        "answerCallbackQuery",
        "deleteMessage",
        "sendChatAction",
    }
)


class FaultKind(StrEnum):
    """What may happen to a call."""

    SERVER_ERROR = "server_error"
    """500 in JSON or 502 in HTML, in turn; nothing is done"""
    TOO_MANY = "too_many"
    """429 with retry_after; nothing is done"""
    CUT_BEFORE = "cut_before"
    """the connection is closed; nothing is done"""
    CUT_AFTER = "cut_after"
    """the call is done, then the connection is closed without an answer"""
    OUTAGE = "outage"
    """as CUT_BEFORE, for a stretch of time"""


class Faults:
    """Decides the fate of each call; safe to change while the server runs."""

    def __init__(
        self,
        *,
        server_error: float = 0.0,
        too_many: float = 0.0,
        cut_before: float = 0.0,
        cut_after: float = 0.0,
        seed: int = 0,
        methods: Iterable[str] = SEND_METHODS,
        retry_after: int = 1,
    ) -> None:
        """Take each fault's share of calls (0 to 1) and the methods they apply to."""
        self._shares: tuple[tuple[FaultKind, float], ...] = (
            (FaultKind.SERVER_ERROR, server_error),
            (FaultKind.TOO_MANY, too_many),
            (FaultKind.CUT_BEFORE, cut_before),
            (FaultKind.CUT_AFTER, cut_after),
        )
        if min(share for _, share in self._shares) < 0 or sum(s for _, s in self._shares) > 1:
            raise ValueError("shares of faults must be at least 0 and add up to at most 1")
        self.methods = frozenset(methods)
        self.retry_after = retry_after
        self.counts: Counter[FaultKind] = Counter()
        self._random = random.Random(seed)
        self._scripted: list[tuple[FaultKind, str | None]] = []
        self._outage_until = 0.0
        self._outage_methods: frozenset[str] | None = None
        self._lock = threading.Lock()

    def once(self, kind: FaultKind, method: str | None = None, times: int = 1) -> None:
        """Apply this fault to exactly the next calls of the method (default: of any)."""
        with self._lock:
            self._scripted += [(kind, method)] * times

    def outage(self, seconds: float, methods: Iterable[str] | None = None) -> None:
        """Cut every call from now on for so long; of all methods unless some are named."""
        with self._lock:
            self._outage_until = time.monotonic() + seconds
            self._outage_methods = None if methods is None else frozenset(methods)

    def calm(self) -> None:
        """End the outage and stop all random and scripted faults."""
        with self._lock:
            self._shares = ()
            self._scripted.clear()
            self._outage_until = 0.0

    def draw(self, method: str) -> FaultKind | None:
        """Return the fault for this call, or None."""
        with self._lock:
            kind = self._outage(method) or self._script(method) or self._chance(method)
            if kind is not None:
                self.counts[kind] += 1
            return kind

    def _outage(self, method: str) -> FaultKind | None:
        hit = self._outage_methods is None or method in self._outage_methods
        return FaultKind.OUTAGE if hit and time.monotonic() < self._outage_until else None

    def _script(self, method: str) -> FaultKind | None:
        for index, (kind, wanted) in enumerate(self._scripted):
            if wanted in (None, method):
                del self._scripted[index]
                return kind
        return None

    def _chance(self, method: str) -> FaultKind | None:
        if method not in self.methods:
            return None
        point = self._random.random()
        for kind, share in self._shares:
            if point < share:
                return kind
            point -= share
        return None

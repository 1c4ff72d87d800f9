"""Telegram's limits on sending: overall, in a chat, in a group."""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterable


class _Window:
    """At most so many events in any stretch of so many seconds."""

    def __init__(self, count: int, seconds: float) -> None:
        self._count, self._seconds = count, seconds
        self._times: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 where it fits now."""
        while self._times and self._times[0] <= now - self._seconds:
            self._times.popleft()
        if len(self._times) < self._count:
            return 0.0
        return self._times[0] + self._seconds - now

    def add(self, now: float) -> None:
        """Count one event."""
        self._times.append(now)


class _Bucket:
    """A steady rate that lets a short burst through."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate, self._burst = rate, float(burst)
        self._level, self._time = self._burst, 0.0

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 where it fits now."""
        level = min(self._burst, self._level + (now - self._time) * self._rate)
        self._level, self._time = level, now
        return 0.0 if level >= 1.0 else (1.0 - level) / self._rate

    def add(self, now: float) -> None:
        """Count one event."""
        del now
        self._level -= 1.0


class Limits:
    """What Telegram allows a bot to send; a refused call is not counted against it."""

    def __init__(
        self,
        *,
        overall_per_second: int = 30,
        chat_per_second: float = 1.0,
        chat_burst: int = 3,
        group_per_minute: int = 20,
        methods: Iterable[str] = ("sendMessage",),
    ) -> None:
        self.methods = frozenset(methods)
        self.refused: Counter[int] = Counter()
        """429s by chat"""
        self._overall = _Window(overall_per_second, 1.0)
        self._chats: defaultdict[int, _Bucket] = defaultdict(lambda: _Bucket(chat_per_second, chat_burst))
        self._groups: defaultdict[int, _Window] = defaultdict(lambda: _Window(group_per_minute, 60.0))

    def admit(self, method: str, chat_id: int, is_group: bool, now: float) -> int:
        """Count the call and return 0, or return the seconds to wait."""
        if method not in self.methods:
            return 0
        rules: list[_Window | _Bucket] = [self._overall, self._chats[chat_id]]
        if is_group:
            rules.append(self._groups[chat_id])
        wait = max(rule.wait(now) for rule in rules)
        if wait > 0:
            self.refused[chat_id] += 1
            return max(1, math.ceil(wait))
        for rule in rules:
            rule.add(now)
        return 0

"""Prometheus metrics. Labels are kinds, answer ids and outcomes; nothing about a person."""

import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)


class Metrics:
    """Every figure that the bot keeps, in a registry of its own."""

    def __init__(self) -> None:
        """Start all figures at zero."""
        self.registry = CollectorRegistry()
        self.updates = self._counter("updates", "Updates by what they were", "kind")
        self.replies = self._counter("replies", "Replies by kind", "kind")
        self.answers = self._counter("answers", "Answers shown, by answer id", "answer")
        self.sends = self._counter("sends", "Calls to send or edit, by outcome", "outcome")
        self.skipped = self._counter("skipped", "Updates without a reply, by reason", "reason")
        self.errors = self._counter("errors", "Errors that were survived, by place", "place")
        self.feedback = self._counter("feedback", "Presses of the feedback buttons", "answer", "verdict")
        self.reply_seconds = Histogram(
            "faqbot_reply_seconds",
            "Seconds from taking an update to the end of its reply",
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._last_poll: float | None = None
        self._gauge("last_poll_age_seconds", "Seconds since the last good poll; -1 before it", self._poll_age)

    def watch_queue(self, length: Callable[[], int], age: Callable[[], float]) -> None:
        """Show how many replies wait to be sent, and for how many seconds the oldest has."""
        self._gauge("queue_length", "Replies that wait to be sent", lambda: float(length()))
        self._gauge("queue_age_seconds", "Seconds that the oldest of them has waited", age)

    def watch_state(self, works: Callable[[], bool]) -> None:
        """Show whether the state's own store works (1), or memory stands in for it (0)."""
        self._gauge("state_works", "1 while the store of the state works", lambda: float(works()))

    def watch_encoder(self, works: Callable[[], bool]) -> None:
        """Show whether the sentence encoder has a part in answers (1), or words alone decide (0)."""
        self._gauge("encoder_works", "1 while the sentence encoder works", lambda: float(works()))

    def watch_content(
        self, served: Callable[[], int], days_left: Callable[[], float], current: Callable[[], bool]
    ) -> None:
        """Show how many answers may be sent, when the first approval ends, and whether all is taken up."""
        self._gauge("answers_served", "Answers that may be sent", lambda: float(served()))
        self._gauge(
            "review_days_left", "Days until the first approval ends; +Inf where there is none", days_left
        )
        self._gauge("content_current", "1 while the newest answers are served", lambda: float(current()))

    def polled(self) -> None:
        """Note a good poll, now."""
        self._last_poll = time.monotonic()

    def text(self) -> bytes:
        """Return the figures in Prometheus' text format."""
        return generate_latest(self.registry)

    def poll_age(self) -> float | None:
        """Return the seconds since the last good poll or delivery; None before the first."""
        return None if self._last_poll is None else time.monotonic() - self._last_poll

    def _poll_age(self) -> float:
        age = self.poll_age()
        return -1.0 if age is None else age

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"faqbot_{name}", text, labels, registry=self.registry)

    def _gauge(self, name: str, text: str, read: Callable[[], float]) -> None:
        Gauge(f"faqbot_{name}", text, registry=self.registry).set_function(read)

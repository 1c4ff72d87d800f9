"""One question → what a person would have got, through the same path as every channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter_ns
from typing import Protocol

from bot.content.model import Library
from bot.evaluate.questions import CRISIS, Question
from bot.reply import Kind, Reply
from bot.respond import Ask

_WARM_UP = 20
"""Questions asked once before the clock counts."""


class Answering(Protocol):
    """What is evaluated: anything that replies to a question."""

    def respond(self, request: Ask) -> Reply:
        """Return the reply to `request`."""
        ...


@dataclass(frozen=True)
class Observation:
    """What was replied to one question.

    `top` is the best candidate of the matcher, shown or not; `score` its score (0–100);
    `took_ms` the time of respond() in milliseconds.
    """

    question: Question
    kind: Kind
    answers: tuple[str, ...]
    category: str | None
    rule: str | None
    notice: bool
    failed: bool
    top: str | None
    score: float
    took_ms: float

    @property
    def got(self) -> str:
        """What was replied, in the words of the labels (`clarify` has no label)."""
        if self.kind is Kind.CRISIS:
            return f"{CRISIS}{self.category}"
        if self.kind is Kind.ANSWER:
            return self.answers[0]
        return "out_of_scope" if self.kind is Kind.NO_ANSWER else self.kind.value

    @property
    def right(self) -> bool:
        """Whether this reply is one of the accepted ones. A crisis is right in any category."""
        if self.kind is Kind.CRISIS and self.question.accepts_crisis:
            return True
        return self.got in self.question.accepted

    @property
    def holds_accepted(self) -> bool:
        """Whether an accepted answer is shown or offered, beside whatever else is said."""
        return any(answer in self.question.accepted for answer in self.answers)


def observe(responder: Answering, library: Library, questions: Iterable[Question]) -> list[Observation]:
    """Ask every question once and note what was replied, in order."""
    asked = list(questions)
    for question in asked[:_WARM_UP]:
        responder.respond(Ask(question.text))
    owner = {phrasing: answer for answer, ps in library.phrasings().items() for phrasing in ps}
    return [_observe(responder, owner, question) for question in asked]


def _observe(responder: Answering, owner: Mapping[str, str], question: Question) -> Observation:
    start = perf_counter_ns()
    reply = responder.respond(Ask(question.text))
    took_ms = (perf_counter_ns() - start) / 1e6
    messages = {
        b.origin.rpartition("/messages.yaml#")[2] for b in reply.head if "/messages.yaml#" in b.origin
    }
    return Observation(
        question=question,
        kind=reply.kind,
        answers=reply.answers,
        category=reply.crisis,
        rule=reply.rule,
        notice="in_doubt" in messages and reply.kind is not Kind.CRISIS,
        failed="error" in messages or "crisis_fallback" in messages,
        top=_top(reply, owner),
        score=reply.score,
        took_ms=took_ms,
    )


def _top(reply: Reply, owner: Mapping[str, str]) -> str | None:
    if reply.kind not in (Kind.ANSWER, Kind.CLARIFY, Kind.NO_ANSWER):
        return None
    if reply.answers:
        return reply.answers[0]
    return owner.get(reply.matched) if reply.matched else None

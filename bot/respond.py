"""respond(): the one path of a message, for every channel. Pure: no files, no network, no clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Protocol

from bot.compose import Composer, no_day
from bot.content.model import INTERNATIONAL, GuardrailKind, Library, Region
from bot.reply import (
    NONE_OF_THESE,
    NOTHING_FOUND,
    OPEN,
    TOPIC,
    TOPICS,
    Block,
    Found,
    Kind,
    Reply,
    Role,
)
from bot.understand.choice import choice
from bot.understand.guardrails import Fired, Verdict
from bot.understand.match import Ambiguous, Candidate, Hit, Miss
from bot.understand.text import normalise, words

MAX_MESSAGE = 4096
"""Characters of one message that are read; Telegram sends no more in one piece."""
_NEAR = 20.0
"""Score (0–100) from which an answer is near enough to be offered beside a refusal."""
_UNREADABLE = "\ufffd"


class _Matcher(Protocol):
    def rank(self, text: str, limit: int = 3) -> list[Candidate]: ...
    def decide(self, text: str) -> Hit | Ambiguous | Miss: ...


class _Guardrails(Protocol):
    def check(self, text: str) -> Verdict: ...


@dataclass(frozen=True)
class Ask:
    """Somebody typed `text`."""

    text: str

    offered: tuple[str, ...] = ()
    """Answers whose titles the reply just before offered, in the order shown (see `offered_by`)."""


@dataclass(frozen=True)
class Open:
    """Somebody chose an answer by its title."""

    answer_id: str


@dataclass(frozen=True)
class NoneOfThese:
    """Somebody said that none of the offered titles was meant."""


@dataclass(frozen=True)
class Browse:
    """Somebody opened the browse menu, or one topic of it."""

    topic_id: str | None = None


@dataclass(frozen=True)
class Show:
    """Somebody asked for a fixed text of messages.yaml, by its name there."""

    name: str


@dataclass(frozen=True)
class CrisisLines:
    """Somebody asked for the helplines of their country."""


@dataclass(frozen=True)
class Offer:
    """Somebody says that an answer missed the question; these came next."""

    answer_ids: tuple[str, ...]


Request = Ask | Open | NoneOfThese | Browse | Show | CrisisLines | Offer


def offered_by(reply: Reply) -> tuple[str, ...]:
    """Return the answers that a reply asks to choose from: what `Ask.offered` is next."""
    asks = reply.kind in (Kind.CLARIFY, Kind.NO_ANSWER)
    actions = (option.action for option in reply.options)
    return tuple(a.removeprefix(OPEN) for a in actions if asks and a.startswith(OPEN))


def parse_action(action: str) -> Request | None:
    """Return what pressing a button with this action asks for; None for one never made here."""
    if action == NONE_OF_THESE:
        return NoneOfThese()
    if action == TOPICS:
        return Browse()
    if action.startswith(OPEN):
        return Open(action.removeprefix(OPEN))
    if action.startswith(TOPIC):
        return Browse(action.removeprefix(TOPIC))
    return None


class Responder:
    """Turns a request into a Reply, from one Library."""

    def __init__(
        self,
        library: Library,
        matcher: _Matcher,
        guardrails: _Guardrails,
        *,
        drafts: bool = False,
        reviews_required: int = 1,
        today: Callable[[], date] = no_day,
        on_error: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        """Prepare a composer and the static crisis reply of every country.

        `drafts` serves answers that no clinician has approved; else `reviews_required` different
        reviewers must have approved one, as of `today()`, which is asked at every answer.
        `on_error` is told of exceptions that were answered with a fixed text instead.
        """
        self._library = library
        self._matcher = matcher
        self._guardrails = guardrails
        self._on_error = on_error
        compose = partial(Composer, library, drafts=drafts, reviews_required=reviews_required, today=today)
        self._composers = {code: compose(code) for code in library.crisis}
        self._default = compose(None)
        self._fallbacks = {code: c.crisis_fallback() for code, c in self._composers.items()}

    def respond(self, request: Request, region: Region | None = None) -> Reply:
        """Return the reply to `request` for a person in `region`. Never raises."""
        composer = self._composers.get((region or "").upper(), self._default)
        try:
            return self._respond(request, composer)
        except Exception as error:  # noqa: BLE001  (whatever broke, a person still gets the crisis lines)
            self._on_error(error)
            return composer.message("error")

    @property
    def library(self) -> Library:
        """The content that replies are made of."""
        return self._library

    def watch(self, on_error: Callable[[Exception], None]) -> None:
        """From now on, tell `on_error` of exceptions that were answered with a fixed text."""
        self._on_error = on_error

    def fallback(self, region: Region | None = None) -> Reply:
        """Return the static reply for when a message cannot be checked for danger."""
        return self._fallbacks.get((region or "").upper(), self._fallbacks[INTERNATIONAL])

    def danger(self, text: str, region: Region | None = None) -> Reply | None:
        """Return the crisis reply to `text`, or None where it shows no danger. Never raises."""
        composer = self._composers.get((region or "").upper(), self._default)
        try:
            verdict = self._danger_first(text)
            alarm = verdict.alarm
            if alarm is None or alarm.kind != "crisis":
                return None
            return self._guarded(alarm, verdict.notice, text, composer)
        except Exception as error:  # noqa: BLE001  (a danger check that fails counts as danger)
            self._on_error(error)
            return self.fallback(region)

    def late(self, reply: Reply) -> Reply:
        """Return `reply` with one sentence more: the message waited long. A crisis text stays first."""
        origin = f"{self._library.language}/messages.yaml#late"
        sentence = Block(origin, self._library.messages.late, Role.BODY)
        first = [block.role not in (Role.CRISIS, Role.HELPLINE) for block in reply.head]
        at = first.index(True) if True in first else len(first)
        return replace(reply, head=(*reply.head[:at], sentence, *reply.head[at:]))

    def next_best(self, text: str, shown: Sequence[str]) -> tuple[str, ...]:
        """Return up to three answers for `text` other than those shown, best first. Never raises."""
        ranked = self._near(text, limit=3 + len(shown), floor=0.0)
        return self._default.served(answer for answer in ranked if answer not in shown)[:3]

    def served(self) -> tuple[str, ...]:
        """Return the answers that may be sent today."""
        return self._default.served(self._library.answers)

    def _respond(self, request: Request, composer: Composer) -> Reply:
        reply = composer.message("after_none", topics=True)
        match request:
            case Ask(text, offered):
                reply = self._ask(text, offered, composer)
            case Open(answer_id) if answer_id in self._library.answers:
                reply = composer.answer(answer_id, Found(score=100.0))
            case Browse(topic_id) if any(t.id == topic_id for t in self._library.topics):
                reply = composer.topic(topic_id or "")
            case Browse():
                reply = composer.message("topics", Kind.SMALLTALK, topics=True)
            case Show("about"):
                reply = composer.about()
            case Show(name):
                reply = composer.message(name, Kind.SMALLTALK)
            case CrisisLines():
                reply = composer.crisis_lines()
            case Offer(answer_ids) if ids := [i for i in answer_ids if i in self._library.answers]:
                reply = composer.clarify(ids, NOTHING_FOUND)
        return reply

    def _ask(self, text: str, offered: Sequence[str], composer: Composer) -> Reply:
        try:
            verdict = self._danger_first(text)
        except Exception as error:  # noqa: BLE001  (a danger check that fails counts as danger)
            self._on_error(error)
            return self._fallbacks[composer.country.country]
        if len(text) > MAX_MESSAGE and not _is_crisis(verdict):
            return composer.message("too_long")
        request = self._choice(text, offered, verdict)
        if request is not None:
            return self._respond(request, composer)
        if verdict.alarm is not None:
            return self._guarded(verdict.alarm, verdict.notice, text, composer)
        unread = _unread(text)
        return composer.message(unread) if unread else self._match(text, verdict, composer)

    def _choice(self, text: str, offered: Sequence[str], verdict: Verdict) -> Request | None:
        """Return what a reply to offered titles asks for; None where it is a message of its own.

        "None", and any reply that names no title, lead to the topics: to ask again would loop.
        """
        if _is_crisis(verdict):
            return None
        known = [answer_id for answer_id in offered if answer_id in self._library.answers]
        chosen = choice(text, len(known))
        if isinstance(chosen, int):
            return Open(known[chosen])
        return None if chosen is None else NoneOfThese()

    def _danger_first(self, text: str) -> Verdict:
        """Check a message; of one too long to read, its beginning and its end."""
        if len(text) <= MAX_MESSAGE:
            return self._guardrails.check(text)
        first = self._guardrails.check(text[:MAX_MESSAGE])
        last = self._guardrails.check(text[-MAX_MESSAGE:])
        return last if _is_crisis(last) and not _is_crisis(first) else first

    def _guarded(self, alarm: Fired, notice: Fired | None, text: str, composer: Composer) -> Reply:
        found = Found(rule=alarm.name)
        origin = f"{self._library.language}/guardrails/{alarm.kind}.yaml#{alarm.rule.reply}"
        near = self._near(text) if alarm.kind != "smalltalk" else ()
        if alarm.kind == "crisis":
            return composer.crisis(alarm.rule.category, alarm.reply, origin, found, near)
        in_doubt = notice.name if notice else None
        kind: GuardrailKind = alarm.kind
        return composer.refusal(kind, alarm.reply, origin, found, near, in_doubt=in_doubt)

    def _near(self, text: str, limit: int = 2, floor: float = _NEAR) -> tuple[str, ...]:
        try:
            candidates = self._matcher.rank(text[:MAX_MESSAGE], limit=limit)
        except Exception as error:  # noqa: BLE001  (a refusal goes out with or without neighbours)
            self._on_error(error)
            return ()
        return tuple(c.answer_id for c in candidates if c.score >= floor)

    def _match(self, text: str, verdict: Verdict, composer: Composer) -> Reply:
        in_doubt = verdict.notice.name if verdict.notice else None
        decision = self._matcher.decide(text)
        found = _found(decision.candidates, rule=in_doubt)
        ids = [c.answer_id for c in decision.candidates]
        if isinstance(decision, Hit):
            return composer.answer(ids[0], found, in_doubt=in_doubt)
        if isinstance(decision, Ambiguous):
            return composer.clarify(ids, found, two_questions=decision.two_questions, in_doubt=in_doubt)
        near = [c.answer_id for c in decision.candidates if c.score >= decision.near]
        return composer.no_answer(found, near, in_doubt=in_doubt)


def _unread(text: str) -> str:
    """Return the name of the message that says why a text cannot be read; empty if it can."""
    if _UNREADABLE in text:
        return "unreadable"
    return "" if words(normalise(text)) else "empty"


def _is_crisis(verdict: Verdict) -> bool:
    return verdict.alarm is not None and verdict.alarm.kind == "crisis"


def _found(candidates: Sequence[Candidate], rule: str | None) -> Found:
    if not candidates:
        return Found(rule=rule)
    best = candidates[0]
    return Found(score=round(best.score, 1), matched=best.phrasing, rule=rule)

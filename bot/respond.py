"""respond(): the one path of a message, for every channel. Pure: no files, no network, no clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.content.model import GuardrailKind, Library, Region
from bot.reply import NONE_OF_THESE, OPEN, TOPIC, TOPICS, Composer, Found, Kind, Reply
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
    """Somebody said that none of the offered titles was meant."""

    name: str


@dataclass(frozen=True)
class CrisisLines:
    """Somebody asked for the helplines of their country."""


Request = Ask | Open | NoneOfThese | Browse | Show | CrisisLines


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
        on_error: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        """Prepare a composer and the static crisis reply of every country.

        `drafts` serves answers that no clinician has approved; `on_error` is told of
        exceptions that were answered with a fixed text instead.
        """
        self._library = library
        self._matcher = matcher
        self._guardrails = guardrails
        self._on_error = on_error
        self._composers = {code: Composer(library, code, drafts=drafts) for code in library.crisis}
        self._default = Composer(library, None, drafts=drafts)
        self._fallbacks = {code: c.crisis_fallback() for code, c in self._composers.items()}

    def respond(self, request: Request, region: Region | None = None) -> Reply:
        """Return the reply to `request` for a person in `region`. Never raises."""
        composer = self._composers.get((region or "").upper(), self._default)
        try:
            return self._respond(request, composer)
        except Exception as error:  # noqa: BLE001  (whatever broke, a person still gets the crisis lines)
            self._on_error(error)
            return composer.message("error")

    def _respond(self, request: Request, composer: Composer) -> Reply:
        reply = composer.message("after_none", topics=True)
        match request:
            case Ask(text):
                reply = self._ask(text, composer)
            case Open(answer_id) if answer_id in self._library.answers:
                reply = composer.answer(answer_id, Found(score=100.0))
            case Browse(topic_id) if any(t.id == topic_id for t in self._library.topics):
                reply = composer.topic(topic_id or "")
            case Browse():
                reply = composer.message("topics", Kind.SMALLTALK, topics=True)
            case Show(name):
                reply = composer.message(name, Kind.SMALLTALK)
            case CrisisLines():
                reply = composer.crisis_lines()
        return reply

    def _ask(self, text: str, composer: Composer) -> Reply:
        try:
            verdict = self._danger_first(text)
        except Exception as error:  # noqa: BLE001  (a danger check that fails counts as danger)
            self._on_error(error)
            return self._fallbacks[composer.country.country]
        if verdict.alarm is not None:
            return self._guarded(verdict.alarm, verdict.notice, text, composer)
        if len(text) > MAX_MESSAGE:
            return composer.message("too_long")
        if _UNREADABLE in text:
            return composer.message("unreadable")
        if not words(normalise(text)):
            return composer.message("empty")
        return self._match(text, verdict, composer)

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
        if alarm.kind == "crisis":
            return composer.crisis(alarm.rule.category, alarm.reply, origin, found)
        near = self._near(text) if alarm.kind != "smalltalk" else ()
        in_doubt = notice.name if notice else None
        kind: GuardrailKind = alarm.kind
        return composer.refusal(kind, alarm.reply, origin, found, near, in_doubt=in_doubt)

    def _near(self, text: str) -> tuple[str, ...]:
        try:
            candidates = self._matcher.rank(text[:MAX_MESSAGE], limit=2)
        except Exception as error:  # noqa: BLE001  (a refusal goes out with or without neighbours)
            self._on_error(error)
            return ()
        return tuple(c.answer_id for c in candidates if c.score >= _NEAR)

    def _match(self, text: str, verdict: Verdict, composer: Composer) -> Reply:
        in_doubt = verdict.notice.name if verdict.notice else None
        decision = self._matcher.decide(text)
        found = _found(decision.candidates, rule=in_doubt)
        ids = [c.answer_id for c in decision.candidates]
        if isinstance(decision, Hit):
            return composer.answer(ids[0], found, in_doubt=in_doubt)
        if isinstance(decision, Ambiguous):
            return composer.clarify(ids, found, two_questions=decision.two_questions, in_doubt=in_doubt)
        near = [c.answer_id for c in decision.candidates if c.score >= _NEAR]
        return composer.no_answer(found, near, in_doubt=in_doubt)


def _is_crisis(verdict: Verdict) -> bool:
    return verdict.alarm is not None and verdict.alarm.kind == "crisis"


def _found(candidates: Sequence[Candidate], rule: str | None) -> Found:
    if not candidates:
        return Found(rule=rule)
    best = candidates[0]
    return Found(score=round(best.score, 1), matched=best.phrasing, rule=rule)

"""What the bot does about what somebody did: Incoming → Plan. Sends nothing itself."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from bot.channels.telegram.delivery import Outgoing
from bot.channels.telegram.identity import Names
from bot.channels.telegram.incoming import Incoming, What
from bot.channels.telegram.keyboard import BROWSE, COUNTRY, HELPFUL, NOT_ASKED, Keyboards, without_feedback
from bot.channels.telegram.limits import Rank
from bot.channels.telegram.offered import Offered
from bot.channels.telegram.render import render
from bot.ops.metrics import Metrics
from bot.reply import Kind, Reply
from bot.respond import Ask, Browse, CrisisLines, Offer, Open, Request, Responder, Show, parse_action
from bot.state import State

ALLOWANCE = 20
"""Messages of one chat that are answered in ALLOWANCE_SECONDS; of those beyond, only danger is."""
ALLOWANCE_SECONDS = 60
FLOODER_ALLOWANCE = 1
"""The same for a chat of which more than ALLOWANCE messages are waiting at once."""
LATE_SECONDS = 600
"""Age from which a reply opens by saying that the message waited."""
_SHOWN: dict[str, Request] = {
    "help": Show("help"),
    "privacy": Show("privacy"),
    "about": Show("about"),
    "crisis": CrisisLines(),
}
_KEYBOARDS = ("topics", "country")

log = structlog.get_logger()


@dataclass(frozen=True)
class Plan:
    """What is to be sent, and what is to be counted once it is."""

    message: Outgoing | None = None
    reply: Reply | None = None
    callback_id: str = ""
    """of the button press to acknowledge"""
    toast: str | None = None
    silence: str = ""
    """why nothing is sent, where nothing is"""
    shared: bool = False
    """another crisis reply on its way to this chat answers this one too"""


class Conversation:
    """Decides. One path for every kind of update, danger first."""

    def __init__(
        self,
        responder: Responder,
        state: State,
        names: Names,
        metrics: Metrics,
        region: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take what it needs; `region` is for people who chose no country; `clock` in seconds."""
        self._responder, self._state, self._names = responder, state, names
        self._metrics, self._region, self._clock = metrics, region, clock
        self._library = responder.library
        self._keyboards = Keyboards(responder.library)
        self._offered = Offered()

    @property
    def responder(self) -> Responder:
        """What it answers with."""
        return self._responder

    async def plan(self, incoming: Incoming, *, flooding: bool = False) -> Plan:
        """Return what to do about one update. `flooding`: very many more of its chat are waiting."""
        person = self._names.person(incoming.chat_id)
        region = await self._state.country(person) or self._region
        count = await self._count(incoming, person)
        allowance = FLOODER_ALLOWANCE if flooding else ALLOWANCE
        if incoming.what is What.EDIT or count > allowance:
            return self._danger_only(incoming, region, count - allowance)
        plan = await self._decided(incoming, person, region)
        if plan.reply is not None:
            self._offered.remember(person, plan.reply)
        return plan

    async def _decided(self, incoming: Incoming, person: str, region: str) -> Plan:
        if incoming.what is What.PRESS:
            return await self._pressed(incoming, person, region)
        if incoming.what is What.COMMAND:
            return await self._commanded(incoming, person, region)
        if incoming.what is What.MEDIA:
            return self._answer(incoming, Show("not_text"), region)
        return self._answer(incoming, Ask(incoming.text, self._offered.to(person)), region)

    def apology(self, incoming: Incoming) -> Plan:
        """Return the static crisis reply, for an update that could not be handled."""
        return self._sent(incoming, self._responder.fallback(self._region))

    # --- what people do ------------------------------------------------------------------

    def _danger_only(self, incoming: Incoming, region: str, over: int) -> Plan:
        """Answer a crisis and nothing else; the first that is `over` the allowance is told why."""
        text = incoming.text
        if incoming.what is What.PRESS:
            return Plan(callback_id=incoming.callback_id, silence="over_allowance")
        if incoming.what is What.COMMAND:
            text = f"{incoming.command} {text}"
        danger = self._danger(text, region)
        if danger is None and incoming.command == "crisis" and incoming.what is What.COMMAND:
            danger = self.reply_to(CrisisLines(), region)
        if danger is not None:
            return replace(self._sent(incoming, danger), shared=over > 0)
        if incoming.what is What.EDIT:
            return Plan(silence="edited")
        if over == 1:
            return self._sent(incoming, self.reply_to(Show("too_many"), region), rank=Rank.NOTICE)
        return Plan(silence="over_allowance")

    async def _commanded(self, incoming: Incoming, person: str, region: str) -> Plan:
        command, rest = incoming.command, incoming.text
        if command == "start":
            return self._started(incoming, rest, region)
        danger = self._danger(rest, region)
        if danger is not None:
            return self._sent(incoming, danger)
        if command == "forget":
            await self._state.forget(person)
            return self._answer(incoming, Show("forgotten"), self._region)
        if command in _KEYBOARDS:
            return self._menu(incoming, region) if command == "topics" else self._countries(incoming, region)
        request = _SHOWN.get(command, Ask(f"{command} {rest}".strip()))
        return self._answer(incoming, request, region)

    def _started(self, incoming: Incoming, payload: str, region: str) -> Plan:
        """Answer /start, and links of the form t.me/<bot>?start=<answer id>."""
        if payload in self._library.answers:
            return self._answer(incoming, Open(payload), region)
        if payload == "crisis":
            return self._answer(incoming, CrisisLines(), region)
        if payload == "topics":
            return self._menu(incoming, region)
        danger = self._danger(payload, region)
        if danger is not None:
            return self._sent(incoming, danger)
        return self._answer(incoming, Show("welcome"), region)

    async def _pressed(self, incoming: Incoming, person: str, region: str) -> Plan:
        data = incoming.data
        if data == BROWSE or data.startswith(f"{BROWSE}:"):
            plan = self._turned(incoming, data, region)
        elif data.startswith(COUNTRY) and data.removeprefix(COUNTRY) in self._library.crisis:
            country = data.removeprefix(COUNTRY)
            await self._state.set_country(person, country)
            plan = self._answer(incoming, Show("country_set"), country, edit=True)
        elif data.startswith((HELPFUL, NOT_ASKED)):
            plan = await self._judged(incoming, data, region)
        else:
            request = parse_action(data) or Browse()
            is_menu = request == Browse()
            plan = self._menu(incoming, region) if is_menu else self._answer(incoming, request, region)
        return replace(plan, callback_id=incoming.callback_id)

    def _turned(self, incoming: Incoming, data: str, region: str) -> Plan:
        """Turn the browse menu to a topic's page, or back to the topics, in place."""
        topic_id, _, page = data.removeprefix(BROWSE).removeprefix(":").partition(":")
        if not any(topic.id == topic_id for topic in self._library.topics):
            return self._menu(incoming, region, edit=True)
        reply = self.reply_to(Browse(topic_id), region)
        plan = self._sent(incoming, reply, edit=True)
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 0
        return _with_keyboard(plan, self._keyboards.topic(reply, topic_id, number))

    async def _judged(self, incoming: Incoming, data: str, region: str) -> Plan:
        """Count a verdict on an answer; where it missed the question, offer what came next."""
        verdict = self._keyboards.verdict(data)
        if verdict is None:
            return Plan(silence="old_button")
        helpful = data.startswith(HELPFUL)
        name = "helpful" if helpful else "not_asked"
        await self._state.add_feedback(f"{verdict.answer}:{verdict.digest}", name)
        self._metrics.feedback.labels(verdict.answer, name).inc()
        if helpful:
            keyboard = without_feedback(incoming.keyboard)
            change = Outgoing(incoming.chat_id, None, keyboard=keyboard, edit=incoming.message_id)
            return Plan(change, toast=self._library.messages.thanks)
        request: Request = Offer(verdict.next_best) if verdict.next_best else Browse()
        plan = self._answer(incoming, request, region) if verdict.next_best else self._menu(incoming, region)
        return replace(plan, toast=self._library.messages.thanks)

    # --- replies -------------------------------------------------------------------------

    def reply_to(self, request: Request, region: str) -> Reply:
        """Return the reply; whatever goes wrong counts as a crisis."""
        try:
            return self._responder.respond(request, region)
        except Exception:
            self._metrics.errors.labels("respond").inc()
            log.exception("a message could not be checked: the crisis lines were sent")
            return self._responder.fallback(region)

    def _danger(self, text: str, region: str) -> Reply | None:
        """Return the crisis reply to a text, or None; whatever goes wrong counts as a crisis."""
        if not text:
            return None
        try:
            return self._responder.danger(text, region)
        except Exception:
            self._metrics.errors.labels("respond").inc()
            log.exception("a message could not be checked: the crisis lines were sent")
            return self._responder.fallback(region)

    def _answer(self, incoming: Incoming, request: Request, region: str, *, edit: bool = False) -> Plan:
        reply = self.reply_to(request, region)
        next_best: tuple[str, ...] = ()
        if reply.kind is Kind.ANSWER and isinstance(request, Ask):
            next_best = self._responder.next_best(request.text, reply.answers)
        plan = self._sent(incoming, reply, edit=edit)
        return _with_keyboard(plan, self._keyboards.under(reply, next_best))

    def _menu(self, incoming: Incoming, region: str, *, edit: bool = False) -> Plan:
        reply = self.reply_to(Browse(), region)
        return _with_keyboard(self._sent(incoming, reply, edit=edit), self._keyboards.menu(reply))

    def _countries(self, incoming: Incoming, region: str) -> Plan:
        plan = self._sent(incoming, self.reply_to(Show("choose_country"), region))
        return _with_keyboard(plan, self._keyboards.countries())

    def _sent(
        self, incoming: Incoming, reply: Reply, *, edit: bool = False, rank: Rank | None = None
    ) -> Plan:
        """Return the plan to send a reply, with the buttons that always belong to it."""
        if incoming.date is not None and self._clock() - incoming.date > LATE_SECONDS:
            reply = self._responder.late(reply)
        crisis = reply.kind is Kind.CRISIS
        answer = self._library.answers[reply.answers[0]] if reply.kind is Kind.ANSWER else None
        html = render(reply, answer.sources if answer else (), self._library.messages.sources)
        message = Outgoing(
            incoming.chat_id,
            html,
            reply.text,
            self._keyboards.under(reply),
            rank if rank is not None else Rank.CRISIS if crisis else Rank.REPLY,
            incoming.message_id if incoming.group and not edit else None,
            incoming.message_id if edit else None,
        )
        return Plan(message, reply)

    async def _count(self, incoming: Incoming, person: str) -> int:
        """Count this update against its chat's minute; the minute is that of writing, not of reading.

        What waited while the bot was down was no flood. An edit counts for nothing.
        """
        if incoming.what is What.EDIT:
            return 0
        written = incoming.date if incoming.date is not None else int(self._clock())
        window = written // ALLOWANCE_SECONDS
        return await self._state.count(f"{person}:{window}", 2 * ALLOWANCE_SECONDS)


def _with_keyboard(plan: Plan, keyboard: object) -> Plan:
    if plan.message is None:
        return plan
    return replace(plan, message=replace(plan.message, keyboard=keyboard))  # type: ignore[arg-type]

"""The way of one update, from its arrival until it may be acknowledged.

claim → plan → send → record → acknowledge. An update is acknowledged only when its reply was sent,
finally refused by Telegram, or there was nothing to say; and it is on record before that.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.channels.telegram.delivery import Courier, Outcome, Outgoing
from bot.channels.telegram.handlers import Conversation, Plan
from bot.channels.telegram.identity import Names
from bot.channels.telegram.incoming import Incoming, Me, UnreadableError, read
from bot.channels.telegram.limits import Rank
from bot.ops.metrics import Metrics
from bot.state import Claim, State

TRIES = 3
"""After so many failures an update is set aside."""
RENEW_SECONDS = 4.0
_APOLOGY_SECONDS = 20.0

log = structlog.get_logger()


class Pipeline:
    """Handles updates, many at a time. `handle` may be called with the same update again."""

    def __init__(
        self,
        me: Me,
        names: Names,
        conversation: Callable[[], Conversation],
        courier: Courier,
        state: State,
        metrics: Metrics,
        owner: str,
    ) -> None:
        """Take the parts. `conversation` returns the one of the newest content, asked at every update.

        `owner` is the name under which updates are claimed in a shared state.
        """
        self._me, self._names, self._conversation = me, names, conversation
        self._courier, self._state, self._metrics = courier, state, metrics
        self._owner = owner
        self._closing = False
        self._running: dict[str, asyncio.Task[bool]] = {}
        self._tries: dict[str, int] = {}
        self._crises: dict[tuple[int, str], asyncio.Task[Outcome]] = {}
        self._side: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> int:
        """How many updates are being handled."""
        return len(self._running)

    async def handle(self, raw: object, *, flooding: bool = False) -> bool:
        """Do what an update asks for. True: it may be acknowledged; False: it must come again.

        `flooding`: very many updates of its chat are waiting.
        """
        try:
            incoming = read(raw, self._me)
        except (UnreadableError, RecursionError):
            self._skip("unreadable")
            return True
        if incoming is None:
            self._skip("ignored")
            return True
        key = self._names.update(incoming.identity)
        task = self._running.get(key)
        if task is None:
            task = asyncio.ensure_future(self._guarded(incoming, key, flooding=flooding))
            self._running[key] = task
            task.add_done_callback(lambda _: self._running.pop(key, None))
        return await asyncio.shield(task)

    def hush(self, chat_id: int) -> None:
        """Drop the replies that still wait for a chat, but for the oldest: it floods the others."""
        self._courier.drop(chat_id)

    async def drain(self, seconds: float) -> None:
        """Begin nothing more; let what is in flight end, for at most so long; then stop it."""
        self._closing = True
        tasks = {*self._running.values(), *self._side}
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def renew_claims(self) -> None:
        """Keep the claims of what is in flight, until cancelled."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            await self._state.renew(list(self._running), self._owner)

    async def _guarded(self, incoming: Incoming, key: str, *, flooding: bool) -> bool:
        if self._closing:
            return False
        claim = await self._state.claim(key, self._owner)
        if claim is Claim.DONE:
            self._skip("answered_before")
        if claim is not Claim.MINE:
            return claim is Claim.DONE
        self._metrics.updates.labels(incoming.what.value).inc()
        try:
            with self._metrics.reply_seconds.time():
                finished = await self._attempt(incoming, key, flooding=flooding)
        except asyncio.CancelledError:
            await self._state.release(key, self._owner)
            raise
        if finished:
            self._tries.pop(key, None)
            await self._state.done(key)
        else:
            await self._state.release(key, self._owner)
        return finished

    async def _attempt(self, incoming: Incoming, key: str, *, flooding: bool) -> bool:
        try:
            plan = await self._conversation().plan(incoming, flooding=flooding)
            if await self._carry_out(plan):
                return True
        except Exception:
            self._metrics.errors.labels("handle").inc()
            log.exception("an update could not be handled")
        self._tries[key] = self._tries.get(key, 0) + 1
        if self._tries[key] < TRIES:
            return False
        await self._set_aside(incoming)
        return True

    async def _carry_out(self, plan: Plan) -> bool:
        if plan.callback_id:
            self._aside(self._courier.answer_press(plan.callback_id, plan.toast))
        if plan.message is None:
            self._skip(plan.silence or "silence")
            return True
        if plan.message.rank is Rank.NOTICE:
            self._aside(self._notify(plan.message))
            self._skip("over_allowance")
            return True
        outcome = await self._deliver(plan.message, shared=plan.shared)
        if not outcome.final:
            return False
        if outcome is Outcome.SENT and plan.reply is not None:
            self._metrics.replies.labels(plan.reply.kind.value).inc()
            if plan.reply.kind.value == "answer":
                self._metrics.answers.labels(plan.reply.answers[0]).inc()
        return True

    async def _deliver(self, message: Outgoing, *, shared: bool) -> Outcome:
        """Send; one in a flood of crisis messages shares the reply that is on its way already."""
        key = (message.chat_id, message.html or "")
        task = self._crises.get(key) if shared else None
        if task is None:
            task = asyncio.ensure_future(self._courier.deliver(message))
            if shared:
                self._crises[key] = task
                task.add_done_callback(lambda _: self._crises.pop(key, None))
        return await (asyncio.shield(task) if shared else task)

    async def _notify(self, message: Outgoing) -> None:
        """Send a notice. It answers no question, so nobody waits for it."""
        if await self._courier.deliver(message) is Outcome.SENT:
            self._metrics.replies.labels("notice").inc()

    async def _set_aside(self, incoming: Incoming) -> None:
        """Give an update up: count it, and let the person have the crisis lines if that works."""
        self._skip("set_aside")
        log.error("an update failed too often and was set aside", attempt=TRIES)
        plan = self._conversation().apology(incoming)
        if plan.message is not None:
            try:
                async with asyncio.timeout(_APOLOGY_SECONDS):
                    await self._courier.deliver(plan.message)
            except TimeoutError:
                self._metrics.errors.labels("apology").inc()

    def _aside(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._side.add(task)
        task.add_done_callback(self._side.discard)

    def _skip(self, reason: str) -> None:
        self._metrics.skipped.labels(reason).inc()

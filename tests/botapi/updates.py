"""The queue of updates: what waits, what was handed over, what was confirmed."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .model import JsonObject, dump

KINDS = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
    }
)
_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(eq=False)
class Entry:
    """One update on its way to the bot."""

    update_id: int
    body: bytes
    """its JSON, or whatever a test put in its place"""
    queue: int | str
    """updates of one queue (a chat) are delivered one after another"""
    times: int | None = None
    """how often it is still handed over before it is dropped; None = until confirmed"""
    again: bool = False
    """True for an update that is delivered though it was confirmed before"""
    handed: int = 0
    failures: int = 0


class UpdateQueue:
    """Updates in order of their ids; guarded by the lock of whoever owns it."""

    def __init__(self, first_id: int) -> None:
        self.allowed: frozenset[str] = KINDS - _NOT_BY_DEFAULT
        self.allowed_given: list[str] | None = None
        """as getWebhookInfo shows it; None for the default"""
        self.bodies: dict[int, Entry] = {}
        self.confirmed: set[int] = set()
        self._waiting: OrderedDict[int, Entry] = OrderedDict()
        self._again: list[Entry] = []
        self._next = first_id

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Remember allowed_updates; None keeps them as they were, [] is the default."""
        if kinds is None:
            return
        known = [kind for kind in kinds if kind in KINDS]
        self.allowed = frozenset(known) or KINDS - _NOT_BY_DEFAULT
        self.allowed_given = known or None

    def next_id(self) -> int:
        """Return a fresh update id."""
        self._next += 1
        return self._next - 1

    def lets(self, update: JsonObject) -> bool:
        """Return True unless the update is of a known kind that is not allowed."""
        kinds = KINDS.intersection(update)
        return not kinds or bool(kinds & self.allowed)

    def add(self, update: JsonObject, queue: int | str) -> Entry:
        """Queue an update that carries its id."""
        return self.add_body(int(update["update_id"]), dump(update), queue)

    def add_body(self, update_id: int, body: bytes, queue: int | str, times: int | None = None) -> Entry:
        """Queue bytes as they are."""
        entry = Entry(update_id, body, queue, times)
        self.bodies[update_id] = entry
        self._waiting[update_id] = entry
        self._next = max(self._next, update_id + 1)
        return entry

    def add_again(self, update_id: int) -> Entry:
        """Queue an update once more, under the id it had."""
        first = self.bodies[update_id]
        entry = Entry(update_id, first.body, first.queue, again=True)
        self._again.append(entry)
        return entry

    def batch(self, limit: int) -> list[Entry]:
        """Return the next entries, oldest first."""
        found: list[Entry] = []
        for entry in self._waiting.values():
            if len(found) == limit:
                break
            found.append(entry)
        return sorted(self._again + found, key=lambda e: e.update_id)[:limit]

    def entries(self) -> list[Entry]:
        """All that wait, oldest first."""
        waiting = [*self._again, *self._waiting.values()]
        return sorted(waiting, key=lambda e: e.update_id)

    def hand_over(self, entries: Iterable[Entry]) -> None:
        """Count a delivery; drop what was to be delivered only so often."""
        for entry in entries:
            entry.handed += 1
            if entry.times is not None and entry.handed >= entry.times:
                self._waiting.pop(entry.update_id, None)

    def confirm_below(self, offset: int) -> None:
        """Do with getUpdates' offset what Telegram does; a negative one keeps only the last so many."""
        if offset < 0:
            keep = list(self._waiting)[offset:]
            offset = keep[0] if keep else 0
        while self._waiting and (first := next(iter(self._waiting))) < offset:
            self.confirm(self._waiting[first])
        for entry in [e for e in self._again if e.handed and e.update_id < offset]:
            self.confirm(entry)

    def confirm(self, entry: Entry) -> None:
        """Note that the bot took it."""
        self.confirmed.add(entry.update_id)
        if not entry.again:
            self._waiting.pop(entry.update_id, None)
        elif entry in self._again:
            self._again.remove(entry)

    def clear(self) -> None:
        """drop_pending_updates."""
        self._waiting.clear()
        self._again.clear()

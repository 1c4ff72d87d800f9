"""What each chat was offered to choose from, so that "the second one" can be understood.

Kept in memory only and for the newest chats only: what it forgets costs a person one more press.
"""

from collections import OrderedDict

from bot.reply import Reply
from bot.respond import offered_by

MOST_CHATS = 10_000
"""About 3 MB."""


class Offered:
    """Remembers, for each chat, the titles that its newest reply asked to choose from."""

    def __init__(self, most: int = MOST_CHATS) -> None:
        """Remember at most `most` chats; the one that was silent longest is forgotten first."""
        self._most = most
        self._offers: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    def remember(self, person: str, reply: Reply) -> None:
        """Take what `reply` offers to `person` (a keyed hash) for what it was last offered."""
        self.forget(person)
        offers = offered_by(reply)
        if offers:
            self._offers[person] = offers
        if len(self._offers) > self._most:
            self._offers.popitem(last=False)

    def to(self, person: str) -> tuple[str, ...]:
        """Return the answers last offered to `person`, in the order shown; none if no choice is open."""
        return self._offers.get(person, ())

    def forget(self, person: str) -> None:
        """Forget what `person` was offered."""
        self._offers.pop(person, None)

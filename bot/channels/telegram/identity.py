"""Keyed hashes: what the state knows people and updates by. The key is made from the token."""

import hashlib
import hmac
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Names:
    """Makes names that nobody can turn back without the bot's token."""

    token: str = field(repr=False)

    def person(self, chat_id: int) -> str:
        """Return the name of a chat, 32 hex digits."""
        return self._name("chat", str(chat_id))

    def update(self, identity: str) -> str:
        """Return the name of an update, 32 hex digits."""
        return self._name("update", identity)

    def webhook_secret(self) -> str:
        """Return a secret for the webhook, 64 hex digits, for whoever sets none."""
        return hmac.new(self._key(), b"webhook", hashlib.sha256).hexdigest()

    def _name(self, kind: str, value: str) -> str:
        text = f"{kind}/{value}".encode("utf-8", "replace")
        return hmac.new(self._key(), text, hashlib.sha256).hexdigest()[:32]

    def _key(self) -> bytes:
        return hashlib.sha256(b"faqbot state key/" + self.token.encode()).digest()

"""Text as Telegram keeps it: cleaned, trimmed, counted in UTF-16 units."""

import re

from .model import Entity

MAX_CHARACTERS = 4096
MAX_ENTITIES = 100
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_INVISIBLE = re.compile("[\\s\u200b-\u200f\u202e\ufeff\u2800\u180e\ufffc]*\\Z")
_WORD = re.compile(
    r"(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)|(?<!\w)(?P<mention>@\w{3,32})"
)


def units(text: str) -> int:
    """Length in UTF-16 units, in which Telegram counts offsets."""
    return len(text) + sum(char > "\uffff" for char in text)


def clean(text: str) -> str:
    """Without the characters that Telegram removes; control characters become spaces."""
    return _CONTROL.sub(" ", _DROPPED.sub("", text))


def is_blank(text: str) -> bool:
    """Return True where nobody would see anything."""
    return bool(_INVISIBLE.match(text))


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without outer spaces and line ends, the entities moved along.

    Leading space inside an entity stays, as it does on Telegram.
    """
    text = text.rstrip(" \n")
    end = units(text)
    first = min((e.offset for e in entities), default=end)
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    kept = [
        Entity(e.type, e.offset - lead, min(e.end, end) - e.offset, e.url, e.language, e.user_id)
        for e in entities
        if e.offset < end
    ]
    return text[lead:], kept


def detect(text: str) -> list[Entity]:
    """Return the commands and mentions that Telegram marks in what a person types."""
    found = []
    for match in _WORD.finditer(text):
        kind = match.lastgroup
        if kind is not None:
            found.append(Entity(kind, units(text[: match.start()]), units(match[0])))
    return found


class Text:
    """Text that grows and knows its length in UTF-16 units."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.units = 0

    def add(self, part: str) -> None:
        """Append, cleaned as Telegram cleans."""
        part = clean(part)
        self._parts.append(part)
        self._length += len(part)
        self.units += units(part)

    def __len__(self) -> int:
        return self._length

    def __str__(self) -> str:
        return "".join(self._parts)

"""Telegram's HTML, parsed as strictly as Telegram parses it, with its errors.

Known to be lenient, because Telegram is: a bare ``&``, an unknown ``&name;`` and a bare ``>`` are
text; ``</>`` closes whatever is open; a link that is no link is dropped without an error.
"""

import re
from dataclasses import dataclass, field

from .entities import tidy
from .links import check_link, user_of
from .model import Entity
from .text import Text

_SPACE = " \t\r\n\x00\v"
_NAME = re.compile(rf"[^{_SPACE}>]*")
_BLANK = re.compile(rf"[{_SPACE}]*")
_ATTRIBUTE = re.compile(rf"""[^{_SPACE}=>/"']*""")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_PLAIN = re.compile(r"[^<&]+")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]*)|#(?P<decimal>[0-9]*)|(?P<name>[A-Za-z]*))(?P<end>;?)")
_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
    "a": "text_link",
}


@dataclass
class _Tag:
    name: str
    value: str
    """href, language, class or "expandable", by the tag's kind"""
    offset: int
    start: int
    """where its text begins, in characters"""


@dataclass
class _Parser:
    source: str
    at: int = 0
    out: Text = field(default_factory=Text)
    open: list[_Tag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def run(self) -> tuple[str, list[Entity]]:
        """Read it all; ValueError with Telegram's words where it is broken."""
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "&":
                self.out.add(self._reference() or self._step())
            elif char == "<":
                self._tag()
            else:
                self.out.add(self._take(_PLAIN))
        if self.open:
            name = self.open[-1].name
            raise ValueError(f'Can\'t find end tag corresponding to start tag "{name}"')
        return str(self.out), tidy(self.entities)

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _step(self) -> str:
        self.at += 1
        return self.source[self.at - 1]

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.at)
        found = match[0] if match else ""
        self.at += len(found)
        return found

    def _offset(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def _fail(self, what: str, at: int, tail: str = "") -> ValueError:
        return ValueError(f"{what} at byte offset {self._offset(at)}{tail}")

    def _reference(self) -> str:
        """Return the character that a reference stands for; "" where it is plain text."""
        match = _REFERENCE.match(self.source, self.at)
        char = _character(match) if match else ""
        if match and char:
            self.at = match.end()
        return char

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == "/":
            self._close(begin)
        else:
            self._open(begin)

    def _open(self, begin: int) -> None:
        name = self._take(_NAME).lower()
        if not self._peek():
            raise self._fail("Unclosed start tag", begin)
        if name not in _TYPES:
            raise self._fail(f'Unsupported start tag "{name}"', begin)
        value = self._attributes(name, begin)
        if name == "span" and value != "tg-spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Tag(name, value, self.out.units, len(self.out)))

    def _attributes(self, tag: str, begin: int) -> str:
        value = ""
        while True:
            self._take(_BLANK)
            if self._peek() == ">":
                self.at += 1
                return value
            name = self._take(_ATTRIBUTE)
            if not name:
                raise self._fail(f'Empty attribute name in the tag "{tag}"', begin)
            value = _kept(tag, name, self._value(tag, begin), value)

    def _value(self, tag: str, begin: int) -> str | None:
        """Return an attribute's value; None where it has none."""
        self._take(_BLANK)
        if self._peek() == "=":
            self.at += 1
            self._take(_BLANK)
            given = self._peek()
            if given:
                value = self._quoted() if given in "\"'" else self._token()
                if not self._peek():
                    raise self._fail("Unclosed start tag", begin)
                return value
        if not self._peek():
            raise self._fail(f'Unclosed start tag "{tag}"', begin)
        return None

    def _quoted(self) -> str:
        quote, value = self._step(), ""
        while self._peek() not in ("", quote):
            value += (self._peek() == "&" and self._reference()) or self._step()
        self.at += bool(self._peek())
        return value

    def _token(self) -> str:
        begin = self.at
        value = self._take(_TOKEN).lower()
        if self._peek() not in (*_SPACE, ">", ""):
            raise self._fail("Unexpected end of name token", begin)
        return value

    def _close(self, begin: int) -> None:
        if not self.open:
            raise self._fail("Unexpected end tag", begin)
        self.at += 1
        name = self._take(_NAME).lower()
        self._take(_BLANK)
        if self._peek() != ">":
            raise self._fail("Unclosed end tag", begin)
        self.at += 1
        tag = self.open.pop()
        if name not in ("", tag.name):
            tail = f', expected "</{tag.name}>", found "</{name}>"'
            raise self._fail("Unmatched end tag", begin, tail)
        if self.out.units > tag.offset:
            self._entity(tag)

    def _entity(self, tag: _Tag) -> None:
        length = self.out.units - tag.offset
        if tag.name == "a":
            self._link(tag, length)
        elif tag.name in ("pre", "code"):
            self._code(tag, length)
        elif tag.name == "blockquote" and tag.value:
            self.entities.append(Entity("expandable_blockquote", tag.offset, length))
        else:
            self.entities.append(Entity(_TYPES[tag.name], tag.offset, length))

    def _link(self, tag: _Tag, length: int) -> None:
        link = tag.value or str(self.out)[tag.start :]
        user = user_of(link)
        if user is not None:
            self.entities.append(Entity("text_mention", tag.offset, length, user_id=user))
            return
        try:
            url = check_link(link)
        except ValueError:
            return
        self.entities.append(Entity("text_link", tag.offset, length, url=url))

    def _code(self, tag: _Tag, length: int) -> None:
        """Around the same text, pre and code make one pre, with code's language."""
        entity = Entity(_TYPES[tag.name], tag.offset, length, language=tag.value or None)
        inner = self.entities[-1] if self.entities else None
        pair = {entity.type, inner.type} == {"pre", "code"} if inner else False
        if inner and pair and (inner.offset, inner.length) == (tag.offset, length):
            language = entity.language or inner.language
            if language:
                self.entities[-1] = Entity("pre", tag.offset, length, language=language)
                return
        self.entities.append(entity)


def _kept(tag: str, name: str, given: str | None, before: str) -> str:
    """Return what is remembered of a tag's attributes after this one."""
    if tag == "blockquote" and name == "expandable":
        return "expandable"
    if given is not None:
        if tag == "a" and name == "href":
            return given
        if tag == "code" and name == "class" and given.startswith("language-"):
            return given.removeprefix("language-")
        if tag == "span" and name == "class" and given.startswith("tg-"):
            return given
    return before


def _character(match: re.Match[str]) -> str:
    """Return the character that a reference names; "" for one that Telegram leaves as it is."""
    if match["name"] is not None:
        return _NAMED.get(match["name"], "")
    digits, base = (match["hex"], 16) if match["hex"] is not None else (match["decimal"], 10)
    code = int(digits, base) if digits else 0
    too_long = match.end() - len(match["end"]) - match.start() >= 10
    if code == 0 or code >= 0x10FFFF or too_long or 0xD800 <= code <= 0xDFFF:
        return ""
    return chr(code)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the text a person reads and its entities; ValueError with Telegram's words."""
    text, entities = _Parser(source).run()
    return text, [Entity("code", e.offset, e.length) if e.type == "code" else e for e in entities]

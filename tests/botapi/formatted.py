"""The text of a message, parsed, trimmed and measured as Telegram does it."""

from .entities import tidy
from .html import parse_html
from .links import check_link
from .model import Entity, JsonObject, bad
from .params import Params
from .text import MAX_CHARACTERS, MAX_ENTITIES, clean, is_blank, trim, units

_MAX_BYTES = 1 << 15


def read_text(params: Params) -> tuple[str, tuple[Entity, ...]]:
    """Return the parameters text, parse_mode and entities as a person will see them, or a 400."""
    source = params.text("text")
    if not source:
        raise bad("Message text is empty")
    if len(source.encode("utf-8", "surrogatepass")) > _MAX_BYTES:
        raise bad("Text is too long")
    text, entities = trim(*_parsed(params, source))
    if is_blank(text):
        raise bad("Text must be non-empty")
    if units(text) > MAX_CHARACTERS:
        raise bad("Message is too long")
    if len(entities) > MAX_ENTITIES:
        raise bad("ENTITIES_TOO_LONG")
    return text, tuple(entities)


def _parsed(params: Params, source: str) -> tuple[str, list[Entity]]:
    mode = params.text("parse_mode").lower()
    if mode == "html":
        try:
            return parse_html(source)
        except ValueError as error:
            raise bad(f"Can't parse entities: {error}") from None
    if mode not in ("", "none"):
        raise bad("Unsupported parse_mode")
    given = params.decoded("entities", "entities")
    if not isinstance(given, list) or not given:
        return clean(source), []
    return source, tidy([_entity(item, units(source)) for item in given])


def _entity(item: JsonObject, end: int) -> Entity:
    try:
        kind, offset, length = str(item["type"]), int(item["offset"]), int(item["length"])
    except (TypeError, KeyError, ValueError):
        raise bad("Can't parse MessageEntity: wrong field") from None
    if not 0 <= offset < offset + length <= end:
        raise bad(
            f"Entity beginning at UTF-16 offset {offset} ends after the end of the text at "
            f"UTF-16 offset {offset + length}"
        )
    return Entity(kind, offset, length, _url(item), item.get("language"))


def _url(item: JsonObject) -> str | None:
    if item.get("type") != "text_link":
        return None
    try:
        return check_link(str(item.get("url")))
    except ValueError as error:
        raise bad(f"Can't parse MessageEntity: {error}") from None

"""Inline keyboards, checked as Telegram checks them."""

from typing import Any

from .links import check_link, user_of
from .model import Button, JsonObject, bad
from .params import Params
from .text import clean, units

MAX_BUTTONS = 100
MAX_CALLBACK_BYTES = 64
MAX_COPY_UNITS = 256
_STYLES = ("", "default", "primary", "danger", "success")
_OTHER_ACTIONS = (
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
)
Rows = tuple[tuple[Button, ...], ...]


def read_keyboard(params: Params) -> Rows:
    """Return the rows of reply_markup's inline keyboard; () for none or for another kind of markup."""
    markup = params.decoded("reply_markup", "reply keyboard markup")
    if markup is None:
        return ()
    if not isinstance(markup, dict):
        raise bad("Object expected as reply markup")
    rows = markup.get("inline_keyboard") or []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    keyboard = tuple(tuple(_button(button) for button in row) for row in rows if row)
    if sum(map(len, keyboard)) > MAX_BUTTONS:
        raise bad("reply markup is too long")
    return keyboard


def as_markup(rows: Rows) -> JsonObject:
    """Return the keyboard as a field of a Message."""
    if not rows:
        return {}
    keyboard = [[button.raw for button in row] for row in rows]
    return {"reply_markup": {"inline_keyboard": keyboard}}


def _button(raw: Any) -> Button:
    if not isinstance(raw, dict):
        raise _unparsed("InlineKeyboardButton must be an Object")
    text = clean(_string(raw, "text", required=True))
    if _string(raw, "style").lower() not in _STYLES:
        raise _unparsed("invalid button style specified")
    button = _action(text, raw)
    if not text:
        raise bad("Inline keyboard button text must be non-empty")
    return button


def _action(text: str, raw: JsonObject) -> Button:
    url, data = _string(raw, "url"), _string(raw, "callback_data")
    if url:
        kept = _link(url)
        return Button(text, url=kept, raw={**raw, "text": text, "url": kept})
    if data:
        if len(data.encode("utf-8", "surrogatepass")) > MAX_CALLBACK_BYTES:
            raise bad("BUTTON_DATA_INVALID")
        return Button(text, callback_data=data, raw={**raw, "text": text})
    if any(name in raw for name in _OTHER_ACTIONS):
        return Button(text, raw={**raw, "text": text})
    if "copy_text" in raw:
        return Button(text, copy_text=_copied(raw), raw={**raw, "text": text})
    raise _unparsed("Text buttons are unallowed in the inline keyboard")


def _copied(raw: JsonObject) -> str:
    value = raw["copy_text"]
    if not isinstance(value, dict):
        raise _unparsed('Field "copy_text" must be of type Object')
    copied = _string(value, "text", required=True)
    if not 1 <= units(copied) <= MAX_COPY_UNITS:
        raise bad("BUTTON_COPY_TEXT_INVALID")
    return copied


def _link(url: str) -> str:
    if user_of(url) is not None:
        return url
    try:
        return check_link(url)
    except ValueError as error:
        raise bad(f"Inline keyboard button URL '{url}' is invalid: {error}") from None


def _string(raw: JsonObject, name: str, *, required: bool = False) -> str:
    value = raw.get(name)
    if value is None:
        if required:
            raise _unparsed(f'Can\'t find field "{name}"')
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _unparsed(f'Field "{name}" must be of type String')
    return str(value)


def _unparsed(why: str) -> Exception:
    return bad(f"Can't parse inline keyboard button: {why}")

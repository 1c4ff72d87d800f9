"""Parameters of a call, whatever form they came in: query, form, multipart or JSON."""

import json
from collections.abc import Mapping
from typing import Any

from tornado.httputil import HTTPServerRequest

from .model import ApiError, JsonObject, bad

_TRUE = ("true", "yes", "1")


class Params:
    """Reads values as Telegram does: a number may be text, an object may be JSON in text."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)

    def has(self, name: str) -> bool:
        """Return True where it was given and is not null."""
        return self.values.get(name) is not None

    def text(self, name: str) -> str:
        """Return a string; "" where it was not given."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number; the default where it is none."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def clamped(self, name: str, default: int, low: int, high: int) -> int:
        """Return a whole number brought between two others."""
        return min(high, max(low, self.integer(name, default)))

    def flag(self, name: str) -> bool:
        """Return a boolean."""
        return self.text(name).lower() in _TRUE

    def decoded(self, name: str, what: str) -> Any:
        """Return a JSON value; None where it was not given; a 400 that names it where it is broken."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"Can't parse {what} JSON object") from None

    def readable(self) -> JsonObject:
        """Return the values for a test to look at: JSON in text decoded where it is an object or list."""
        return {name: _decoded(value) for name, value in self.values.items()}


def _decoded(value: object) -> object:
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def read_params(request: HTTPServerRequest) -> Params:
    """All parameters of a request; later forms win over the query."""
    values: JsonObject = {}
    for source in (request.query_arguments, request.body_arguments):
        for name, given in source.items():
            values[name] = given[-1].decode("utf-8", "replace")
    for name, files in request.files.items():
        values[name] = files[-1].body.decode("utf-8", "replace")
    content_type = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if content_type == "application/json" and request.body:
        values.update(_json_body(request.body))
    return Params(values)


def _json_body(body: bytes) -> JsonObject:
    try:
        value = json.loads(body)
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(value, dict):
        raise ApiError(400, "Bad Request: expected an Object")
    return value

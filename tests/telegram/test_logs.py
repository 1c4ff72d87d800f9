"""Logs that hold no person, whatever a library says."""

import io
import json
import logging
import sys
import warnings
from collections.abc import Iterator

import pytest
import structlog

from bot.ops.logs import configure, trace_of

CANARY = "canary-4711"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Logging set up on a stream, and as it was afterwards."""
    root = logging.getLogger()
    before = (root.handlers, root.level, warnings.showwarning, sys.excepthook)
    stream = io.StringIO()
    configure("DEBUG", stream)
    yield stream
    root.handlers, root.level, warnings.showwarning, sys.excepthook = before
    structlog.reset_defaults()


def fail(error: Exception) -> None:
    """Raise it."""
    raise error


def lines(log: io.StringIO) -> list[dict[str, object]]:
    """Return the records."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_libraries_lose_their_words(log: io.StringIO) -> None:
    """A library's record keeps its origin and level, and loses message, arguments and traceback text."""
    for name in ("httpx", "httpcore.http11", "telegram.Bot", "tornado.access", "asyncio"):
        logging.getLogger(name).debug("said %s", CANARY)
        logging.getLogger(name).error(CANARY, extra={"x": CANARY})
        try:
            fail(ValueError(CANARY))
        except ValueError:
            logging.getLogger(name).exception(CANARY)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(CANARY, stacklevel=1)
    assert CANARY not in log.getvalue()
    assert len(lines(log)) >= 15
    assert lines(log)[0]["logger"] == "httpx"


def test_our_own_records_keep_known_keys_only(log: io.StringIO) -> None:
    """Of our own calls, unknown keys are dropped, and an exception is types and lines of code."""
    try:
        fail(ValueError(CANARY))
    except ValueError:
        structlog.get_logger().exception("broken", text=CANARY, attempt=3)
    record = lines(log)[0]
    assert record["attempt"] == 3
    assert str(record["error"]).startswith("ValueError at test_logs.py:")
    assert CANARY not in log.getvalue()


def test_a_traceback_shows_the_chain() -> None:
    """Causes are named, without their words."""
    try:
        try:
            fail(KeyError(CANARY))
        except KeyError as error:
            raise RuntimeError(CANARY) from error
    except RuntimeError as error:
        shown = trace_of(error)
    assert "RuntimeError" in shown
    assert "from KeyError" in shown
    assert CANARY not in shown


def test_an_uncaught_error_loses_its_words(log: io.StringIO) -> None:
    """The last resort of Python, too, writes through these logs."""
    sys.excepthook(ValueError, ValueError(CANARY), None)
    assert lines(log)[0]["event"] == "uncaught error"
    assert CANARY not in log.getvalue()

"""Logs that hold no person: no text, name, id or token, at any level, in any traceback.

Two rules do it. Our own records keep only the keys in `KEPT`. Records of libraries (httpx,
httpcore, telegram, tornado, asyncio …) keep where they come from and lose what they say, because
at DEBUG those say everything. Of an exception, its type and the lines it passed are kept; its
message, which may quote a text, is not.
"""

import asyncio
import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog

KEPT = frozenset(
    {
        "event", "level", "timestamp", "logger", "where", "error", "advice",
        "kind", "outcome", "reason", "status", "count", "seconds", "attempt", "host", "path",
        "port", "mode", "state", "version", "answers", "serve", "region", "signal", "changed", "problem",
    }
)  # fmt: skip
"""Keys of a record that are written; whatever else a call passes is dropped.

`problem` quotes content files, which hold nothing of those who write to the bot.
"""
_FOREIGN = "a library wrote a log record: its words are left out"


def configure(level: str, stream: TextIO | None = None) -> None:
    """Set up all logging of this process, on stderr unless `stream` is given.

    JSON lines where `stream` is no terminal. `level` is DEBUG, INFO, WARNING or ERROR.
    """
    out = stream or sys.stderr
    number = logging.getLevelNamesMapping()[level]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _trace,
            _keep,
            _renderer(out),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(file=out),
        cache_logger_on_first_use=False,
    )
    _take_over(number)


def trace_of(error: BaseException) -> str:
    """Return an exception as types and lines of code, without any message."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(parts) < 4:
        frames = traceback.extract_tb(seen.__traceback__)[-6:]
        lines = " < ".join(f"{f.filename.rpartition('/')[2]}:{f.lineno} {f.name}" for f in reversed(frames))
        parts.append(f"{type(seen).__name__} at {lines or 'unknown'}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "; from ".join(parts)


def watch_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Send what an event loop complains of to these logs, without its words."""

    def complain(_: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        error = context.get("exception")
        log = structlog.get_logger()
        log.error("a task ended with an error", error=trace_of(error) if error else "unknown")

    loop.set_exception_handler(complain)


def _renderer(out: TextIO) -> Any:
    return structlog.dev.ConsoleRenderer(colors=True) if out.isatty() else structlog.processors.JSONRenderer()


def _trace(_: object, __: str, record: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    error = record.pop("exc_info", None) or record.get("error")
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        record["error"] = trace_of(error)
    return record


def _keep(_: object, __: str, record: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in record.items() if key in KEPT}


class _Foreign(logging.Handler):
    """Passes on that a library logged something, and where; never what."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        error = record.exc_info[1] if record.exc_info else None
        structlog.get_logger().log(
            record.levelno,
            _FOREIGN,
            logger=record.name,
            where=f"{record.filename}:{record.lineno}",
            **({"error": trace_of(error)} if error else {}),
        )


def _take_over(level: int) -> None:
    root = logging.getLogger()
    root.handlers = [_Foreign()]
    root.setLevel(level if level < logging.INFO else max(level, logging.WARNING))
    for name in list(logging.root.manager.loggerDict):
        known = logging.getLogger(name)
        known.handlers = []
        known.propagate = True
    warnings.showwarning = _warned
    sys.excepthook = lambda _, error, __: _uncaught(error)
    threading.excepthook = lambda args: _uncaught(args.exc_value)


def _warned(*args: Any, **_: Any) -> None:
    kind, file, line = args[1], str(args[2]).rpartition("/")[2], args[3]
    structlog.get_logger().debug("a warning of Python", where=f"{file}:{line}", kind=kind.__name__)


def _uncaught(error: BaseException | None) -> None:
    structlog.get_logger().critical("uncaught error", error=trace_of(error) if error else "unknown")

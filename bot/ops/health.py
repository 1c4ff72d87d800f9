"""/healthz, /readyz and /metrics on a port of their own; and the question `faqbot health` asks."""

import http.client
import json
import socket
from collections.abc import Callable, Mapping

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot import __version__
from bot.errors import FaqbotError, SettingsError
from bot.ops.metrics import Metrics

Check = Callable[[], str | None]
"""Returns None while all is well, else one sentence."""
_TIMEOUT = 5.0


class HealthServer:
    """Serves health and metrics. `checks` and `lesser` are asked anew at every request."""

    def __init__(self, metrics: Metrics, checks: Mapping[str, Check], lesser: Mapping[str, Check]) -> None:
        """Prepare it; it listens after `start`. Without `lesser` things the bot is ready all the same."""
        settings = {"metrics": metrics, "checks": checks, "lesser": lesser}
        routes = [
            ("/healthz", _Health, settings),
            ("/readyz", _Ready, settings),
            ("/metrics", _Metrics, settings),
        ]
        self._server = HTTPServer(Application(routes, log_function=lambda _: None))

    def start(self, address: str, port: int) -> int:
        """Listen, and return the port. Raises SettingsError where the port cannot be had."""
        self._server.add_sockets(bind(address, port, "FAQBOT_HEALTH_PORT"))
        return port

    async def stop(self) -> None:
        """Stop listening."""
        self._server.stop()
        await self._server.close_all_connections()


def bind(address: str, port: int, variable: str) -> list[socket.socket]:
    """Return listening sockets. Raises SettingsError that names `variable`."""
    try:
        return list(bind_sockets(port, address))
    except OSError as error:
        raise SettingsError(
            f"{variable} and FAQBOT_LISTEN name {address}:{port}, where this process cannot listen "
            f"({error.strerror or 'unknown address'}): choose another."
        ) from None


def ask_health(port: int) -> str:
    """Return what /readyz of a bot on this machine says. Raises FaqbotError unless it is ready."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        body = response.read().decode("utf-8", "replace")
    except OSError:
        raise FaqbotError(
            f"Nothing answers on port {port}: is the bot running, with FAQBOT_HEALTH_PORT set?"
        ) from None
    finally:
        connection.close()
    if response.status != 200:
        raise FaqbotError(f"The bot is running but not ready: {body}")
    return body


class _Handler(RequestHandler):
    def initialize(self, metrics: Metrics, checks: Mapping[str, Check], lesser: Mapping[str, Check]) -> None:
        """Take what tornado passes on."""
        self.figures = metrics
        self.checks = checks
        self.lesser = lesser

    def problems(self) -> dict[str, str]:
        """Return what is wrong, by check."""
        return _problems(self.checks)

    def degraded(self) -> dict[str, str]:
        """Return what is done without, by check."""
        return _problems(self.lesser)

    def data_received(self, chunk: bytes) -> None:
        """Nothing is read here."""


def _problems(checks: Mapping[str, Check]) -> dict[str, str]:
    return {name: problem for name, check in checks.items() if (problem := check())}


class _Health(_Handler):
    def get(self) -> None:
        """Say that the process is alive, and which version; name what does not work."""
        self.set_header("Content-Type", "application/json")
        found = {"problems": self.problems(), "degraded": self.degraded()}
        self.finish(json.dumps({"alive": True, "version": __version__, **found}))


class _Ready(_Handler):
    def get(self) -> None:
        """200 while messages are received and the state works, else 503 and why."""
        problems = self.problems()
        self.set_status(503 if problems else 200)
        self.set_header("Content-Type", "application/json")
        found = {"problems": problems, "degraded": self.degraded()}
        self.finish(json.dumps({"ready": not problems, **found}))


class _Metrics(_Handler):
    def get(self) -> None:
        """Show the figures in Prometheus' text format."""
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.finish(self.figures.text())

"""The HTTP side: one handler on tornado, in a thread with an event loop of its own."""

import asyncio
import threading
from collections.abc import Callable, Mapping

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from .core import Core
from .faults import FaultKind
from .messages import Messages
from .model import ApiError, dump, flood
from .params import Params, read_params
from .polling import Poller
from .profile import Profile
from .updates import Entry
from .webhook import Delivery, Webhook

_JSON = "application/json"
_BAD_GATEWAY = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n"


class Endpoint:
    """Everything that answers calls; used on the server's loop alone."""

    def __init__(self, core: Core, delivery: Delivery) -> None:
        self.core = core
        self.poller = Poller(core)
        self.webhook = Webhook(core, delivery, self.poller.interrupt)
        self._methods: dict[str, tuple[str, Callable[[Params], object]]] = {
            "getupdates": ("getUpdates", lambda _: None)
        }
        for part in (Messages(core), Profile(core), self.webhook):
            self._add(part.methods())
        self._server_errors = 0

    def _add(self, methods: Mapping[str, Callable[[Params], object]]) -> None:
        self._methods.update({name.lower(): (name, work) for name, work in methods.items()})

    def check_token(self, token: str) -> None:
        """401 for any token but this bot's."""
        if ":" not in token:
            raise ApiError(401, "Unauthorized: invalid token specified")
        if token != self.core.token:
            raise ApiError(401, "Unauthorized")

    def name(self, method: str) -> str:
        """Return the method's name as Telegram writes it; a 404 where there is none."""
        if method.lower() not in self._methods:
            raise ApiError(404, "Not Found: method not found")
        return self._methods[method.lower()][0]

    async def run(self, method: str, params: Params) -> bytes:
        """Return the method's result as JSON."""
        if method == "getUpdates":
            webhook = self.webhook.config is not None
            return await self.poller.get_updates(params, webhook=webhook)
        with self.core.changed:
            result = dump(self._methods[method.lower()][1](params))
            self.core.touch()
            return result

    def news(self, entry: Entry) -> None:
        """Hear that an update was queued."""
        self.poller.wake()
        self.webhook.add(entry)

    def server_error(self) -> tuple[int, str, bytes]:
        """Telegram's two faces of trouble, in turn."""
        self._server_errors += 1
        if self._server_errors % 2:
            return 500, _JSON, ApiError(500, "Internal Server Error").body()
        return 502, "text/html", _BAD_GATEWAY


class MethodHandler(RequestHandler):
    """/bot<token>/<method>, by GET or POST."""

    def initialize(self, endpoint: Endpoint) -> None:
        """Take what tornado passes."""
        self._endpoint = endpoint
        self._core = endpoint.core
        self._task: asyncio.Task[object] | None = None

    def compute_etag(self) -> None:
        """No ETags."""

    def on_connection_close(self) -> None:
        """Stop waiting for a bot that went away."""
        if self._task is not None:
            self._task.cancel()

    async def get(self, token: str, method: str) -> None:
        """Answer a call without a body."""
        await self.post(token, method)

    async def post(self, token: str, method: str) -> None:
        """Answer a call."""
        self._task = asyncio.current_task()
        try:
            self._endpoint.check_token(token)
            name = self._endpoint.name(method)
            params = read_params(self.request)
        except ApiError as error:
            self._send(error.code, _JSON, error.body())
            return
        index = self._core.record(name, params.readable())
        try:
            await self._serve(index, name, params)
        except (asyncio.CancelledError, StreamClosedError):
            self._core.settle(index, 0, "the bot closed the connection")

    async def _serve(self, index: int, method: str, params: Params) -> None:
        fault = self._core.faults.draw(method)
        if fault in (FaultKind.CUT_BEFORE, FaultKind.OUTAGE):
            self._cut(index, fault)
        elif fault is FaultKind.SERVER_ERROR:
            status, kind, body = self._endpoint.server_error()
            self._finish(index, status, kind, body, fault=fault)
        elif fault is FaultKind.TOO_MANY:
            error = flood(self._core.faults.retry_after)
            self._refuse(index, error, fault=fault)
        else:
            await self._work(index, method, params, fault)

    async def _work(self, index: int, method: str, params: Params, fault: FaultKind | None) -> None:
        before = self._sent_count()
        try:
            result = await self._endpoint.run(method, params)
        except ApiError as error:
            if fault is None:
                self._refuse(index, error)
            else:
                self._cut(index, fault)
            return
        if fault is FaultKind.CUT_AFTER:
            self._core.mark_unanswered(before)
            self._cut(index, fault)
            return
        self._finish(index, 200, _JSON, b'{"ok":true,"result":' + result + b"}")

    def _sent_count(self) -> int:
        with self._core.changed:
            return len(self._core.sent)

    def _refuse(self, index: int, error: ApiError, fault: FaultKind | None = None) -> None:
        self._core.settle(index, error.code, error.description, fault)
        self._send(error.code, _JSON, error.body())

    def _finish(
        self, index: int, status: int, kind: str, body: bytes, fault: FaultKind | None = None
    ) -> None:
        self._core.settle(index, status, None, fault)
        self._send(status, kind, body)

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.set_status(status)
        self.set_header("Content-Type", kind)
        self.finish(body)

    def _cut(self, index: int, fault: FaultKind) -> None:
        self._core.settle(index, 0, None, fault)
        self.detach().close()


class ServerThread:
    """Runs the endpoint on 127.0.0.1 until it is told to stop."""

    def __init__(self, endpoint: Callable[[], Endpoint], port: int) -> None:
        self._make = endpoint
        self.port = port
        self._thread = threading.Thread(target=self._run, name="botapi", daemon=True)
        self._started = threading.Event()
        self._problem: OSError | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._endpoint: Endpoint | None = None

    def start(self) -> None:
        """Start, and return when it listens."""
        self._thread.start()
        self._started.wait(10)
        if self._problem is not None:
            raise self._problem

    def stop(self) -> None:
        """Stop, and return when it has ended."""
        if self._loop is not None and self._stopping is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)

    def news(self, entry: Entry) -> None:
        """Safe to call from any thread."""
        if self._loop is not None and self._endpoint is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._endpoint.news, entry)

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except OSError as error:  # the port is taken
            self._problem = error
            self._started.set()

    async def _main(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        endpoint = self._endpoint = self._make()
        routes = [(r"/bot([^/]+)/([^/]+)/?", MethodHandler, {"endpoint": endpoint})]
        app = Application(routes, log_function=lambda _: None)
        server = HTTPServer(app)
        sockets = bind_sockets(self.port, "127.0.0.1")
        server.add_sockets(sockets)
        self.port = sockets[0].getsockname()[1]
        self._started.set()
        await self._stopping.wait()
        server.stop()
        await endpoint.webhook.close()
        await server.close_all_connections()

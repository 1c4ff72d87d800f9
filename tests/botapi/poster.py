"""A keep-alive HTTP client that posts updates; it reads an answer that comes before it is done."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Response:
    """What the bot's webhook answered."""

    status: int
    reason: str
    headers: Mapping[str, str]
    """names in lower case"""


@dataclass(eq=False)
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @property
    def usable(self) -> bool:
        return not (self.reader.at_eof() or self.writer.is_closing())


@dataclass
class Poster:
    """Posts to one http address over a few connections that stay open."""

    url: str
    headers: Mapping[str, str]
    _idle: list[_Connection] = field(default_factory=list)

    async def post(self, body: bytes) -> Response:
        """One request; OSError, ValueError or EOFError where there is no answer."""
        connection = await self._connect()
        keep = False
        try:
            response, keep = await self._exchange(connection, body)
            return response
        finally:
            if keep:
                self._idle.append(connection)
            else:
                connection.writer.close()
                with suppress(OSError):
                    await connection.writer.wait_closed()

    async def close(self) -> None:
        """Close the connections that are idle."""
        while self._idle:
            writer = self._idle.pop().writer
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _connect(self) -> _Connection:
        while self._idle:
            connection = self._idle.pop()
            if connection.usable:
                return connection
            connection.writer.close()
        parts = urlsplit(self.url)
        host, port = parts.hostname or "127.0.0.1", parts.port or 80
        return _Connection(*await asyncio.open_connection(host, port))

    def _head(self, length: int) -> bytes:
        parts = urlsplit(self.url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        lines = [f"POST {path} HTTP/1.1", f"Host: {parts.netloc}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += [f"Content-Length: {length}", "Connection: keep-alive", "", ""]
        return "\r\n".join(lines).encode()

    async def _exchange(self, connection: _Connection, body: bytes) -> tuple[Response, bool]:
        """Return the response, and whether the connection can be used again."""
        connection.writer.write(self._head(len(body)) + body)
        sending = asyncio.ensure_future(connection.writer.drain())
        try:
            response = await _read_head(connection.reader)
            if not sending.done():
                return response, False
            keep = await _skip_body(connection.reader, response.headers)
            closing = response.headers.get("connection", "").lower() == "close"
            return response, keep and not closing
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError, OSError):
                await sending


async def _read_head(reader: asyncio.StreamReader) -> Response:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    _, status, *reason = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return Response(int(status), " ".join(reason), headers)


async def _skip_body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bool:
    """Read past the body; False where its end is the connection's end."""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        while size := int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readuntil(b"\r\n")
        return True
    if "content-length" in headers:
        await reader.readexactly(int(headers["content-length"]))
        return True
    return False

"""Which links Telegram takes, and how it writes them back."""

import re
from dataclasses import dataclass

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_HOST = re.compile(r"(?:[A-Za-z0-9._!$,~*'();&+=-]|%[0-9A-Fa-f]{2}|[^\x00-\x7f])+\Z")
_IPV6 = re.compile(r"\[[0-9a-f:.]+\]\Z")
_TG_HOST = re.compile(r"[A-Za-z0-9_-]+\Z")
_TG_USER = re.compile(r"tg:(?://)?user\?id=([1-9][0-9]*)\Z", re.IGNORECASE)


@dataclass(frozen=True)
class _Url:
    scheme: str
    userinfo: str
    host: str
    port: int
    rest: str

    def __str__(self) -> str:
        user = f"{self.userinfo}@" if self.userinfo else ""
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{user}{self.host}{port}{self.rest}"


def user_of(link: str) -> int | None:
    """Return the user that a tg://user?id=… link names."""
    match = _TG_USER.match(link)
    return int(match[1]) if match else None


def check_link(link: str) -> str:
    """Return the link as Telegram keeps it; ValueError with Telegram's reason where it refuses it."""
    if link[:3].lower() == "tg:":
        return _check_tg(link[3:].removeprefix("//"))
    url = _parse(link)
    if "." not in url.host and not url.host.startswith("["):
        raise ValueError("Wrong HTTP URL")
    return str(url)


def _check_tg(rest: str) -> str:
    url = _parse(rest)
    if not _TG_HOST.match(url.host):
        raise ValueError("Unallowed characters in URL host")
    query = url.rest[1:] if url.rest.startswith("/?") else url.rest
    return f"tg://{url.host}{query}"


def _parse(link: str) -> _Url:
    scheme, link = _split_scheme(link)
    end = min((i for i in map(link.find, "/?#") if i >= 0), default=len(link))
    userinfo, _, host_port = link[:end].rpartition("@")
    host, port = _split_port(host_port)
    _check_host(host)
    return _Url(scheme, userinfo, host.lower(), port, _rest(link[end:]))


def _split_scheme(link: str) -> tuple[str, str]:
    match = _SCHEME.match(link)
    if not match:
        return "http", link
    scheme = match[1].lower()
    if scheme not in ("http", "https"):
        raise ValueError("Unsupported URL protocol")
    return scheme, link[match.end() :]


def _split_port(host_port: str) -> tuple[str, int]:
    host, colon, port = host_port.rpartition(":")
    if not colon or not host or "]" in port:
        return host_port, 0
    if not (port.isascii() and port.isdigit() and 0 < int(port) <= 65535):
        raise ValueError("Wrong port number specified in the URL")
    return host, int(port)


def _check_host(host: str) -> None:
    if not host:
        raise ValueError("URL host is empty")
    if host == ".":
        raise ValueError("Host is invalid")
    if host.startswith("["):
        if not _IPV6.match(host.lower()):
            raise ValueError("Wrong IPv6 address specified in the URL")
    elif not _HOST.match(host):
        raise ValueError("Disallowed character in URL host")


def _rest(rest: str) -> str:
    rest = rest.rstrip(" \t\r\n\v")
    if not rest.startswith("/"):
        rest = "/" + rest
    return "".join(c if c > " " else f"%{ord(c):02X}" for c in rest)

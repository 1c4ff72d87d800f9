"""A server for each test of the server."""

from collections.abc import Iterator

import pytest

from tests.botapi import BotApi
from tests.botapi.client import ANN


@pytest.fixture
def api() -> Iterator[BotApi]:
    """Provide a server without faults or limits that knows one person."""
    with BotApi() as server:
        server.user(ANN, "Ann")
        yield server

"""Replicas on one Redis."""

from pathlib import Path

import pytest

from tests.end_to_end.replicas import missing, served
from tests.end_to_end.scenarios import redis_server, replicated


def test_each_update_is_answered_once(tmp_path: Path) -> None:
    """Updates delivered to both of two replicas at once are answered once each."""
    with redis_server() as url:
        if url is None:
            pytest.skip("redis-server is not installed (apt-get install redis-server)")
        result = replicated(tmp_path, url, 150)
    assert (result.lost, result.twice) == (0, 0)


def test_a_replica_that_dies_loses_nothing(tmp_path: Path) -> None:
    """Of three replicas behind nginx one is killed amid the messages: all are answered, 1 % at most twice."""
    if (absent := missing()) is not None:
        pytest.skip(absent)
    result = served(tmp_path, replicas=3, updates=300, kill=True, connections=9)
    assert result.lost == 0
    assert result.twice <= 3

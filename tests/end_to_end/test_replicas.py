"""Two replicas on one Redis."""

from pathlib import Path

import pytest

from tests.end_to_end.scenarios import redis_server, replicated


def test_each_update_is_answered_once(tmp_path: Path) -> None:
    """Updates delivered to both replicas at once are answered once each."""
    with redis_server() as url:
        if url is None:
            pytest.skip("redis-server is not installed (apt-get install redis-server)")
        result = replicated(tmp_path, url, 150)
    assert (result.lost, result.twice) == (0, 0)

"""Thresholds by cost."""

from bot.understand.calibrate import Observation, Thresholds, calibrate, cost, offered, served

STRICT = Thresholds(hit=80, margin=20, offer=20, beside=5)


def _seen(right: str | None, *scores: float) -> Observation:
    return Observation(right, tuple(zip("abc", scores, strict=False)))


def test_costs() -> None:
    """A wrong answer costs five, an offer one, an offer without the right one three, silence two."""
    assert cost(_seen("a", 95, 10), STRICT) == 0
    assert cost(_seen("b", 95, 10), STRICT) == 5
    assert cost(_seen(None, 95, 10), STRICT) == 5
    assert cost(_seen("b", 60, 50), STRICT) == 1
    assert cost(_seen("c", 60, 50, 1), STRICT) == 3
    assert cost(_seen("a", 10), STRICT) == 2
    assert cost(_seen(None, 10), STRICT) == 0
    assert cost(_seen(None), STRICT) == 0


def test_served_needs_a_margin() -> None:
    """A high score is not served while another is close behind; both are offered."""
    assert not served((("a", 95.0), ("b", 90.0)), STRICT)
    assert offered((("a", 95.0), ("b", 90.0), ("c", 2.0)), STRICT) == ("a", "b")


def test_calibrate_finds_the_gap() -> None:
    """Thresholds land between scores that are wrong and scores that are right."""
    seen = [_seen("a", 90, 5)] * 20 + [_seen("b", 70, 5)] * 20 + [_seen(None, 8, 2)] * 20
    best = calibrate(seen)
    assert 70 < best.hit <= 90
    assert best.offer > 8

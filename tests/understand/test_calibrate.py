"""Thresholds by cost."""

from hypothesis import given
from hypothesis import strategies as st

from bot.understand.calibrate import (
    DEFAULT,
    Observation,
    Thresholds,
    answered,
    calibrate,
    cost,
    offered,
    served,
)

STRICT = Thresholds(hit=80, margin=20, offer=20, beside=5)
SCORES = st.lists(st.floats(0, 100), max_size=5).map(lambda scores: sorted(scores, reverse=True))


def _seen(right: str | None, *scores: float) -> Observation:
    return Observation(frozenset(right or ""), tuple(zip("abcde", scores, strict=False)))


def test_costs() -> None:
    """A wrong answer costs five, a needless offer one, silence or an offer of others two."""
    assert cost(_seen("a", 95, 10), STRICT) == 0
    assert cost(_seen("b", 95, 10), STRICT) == 5
    assert cost(_seen(None, 95, 10), STRICT) == 5
    assert cost(_seen("a", 60, 50), STRICT) == 1
    assert cost(_seen("b", 60, 50), STRICT) == 0
    assert cost(_seen("c", 60, 50, 1), STRICT) == 2
    assert cost(_seen(None, 60), STRICT) == 1
    assert cost(_seen("a", 10), STRICT) == 2
    assert cost(_seen(None, 10), STRICT) == 0
    assert cost(_seen(None), STRICT) == 0


def test_served_needs_a_margin() -> None:
    """A high score is not served while another is close behind; both are offered."""
    assert not served((("a", 95.0), ("b", 90.0)), STRICT)
    assert offered((("a", 95.0), ("b", 90.0), ("c", 2.0)), STRICT) == ("a", "b")


@given(SCORES)
def test_offers(scores: list[float]) -> None:
    """One answer is served, or at most three are offered, best first; what is served is also offered."""
    ranked = _seen(None, *scores).ranked
    shown = offered(ranked, DEFAULT)
    assert shown == tuple(name for name, _ in ranked)[: len(shown)]
    assert len(shown) <= 3
    assert not served(ranked, DEFAULT) or shown == (ranked[0][0],)


def test_calibrate_finds_the_gap() -> None:
    """Thresholds land between scores that are wrong and scores that are right."""
    seen = [_seen("a", 90, 5)] * 20 + [_seen("b", 70, 5)] * 20 + [_seen(None, 8, 2)] * 20
    best = calibrate(seen)
    assert 70 < best.hit <= 90
    assert best.offer > 8


def test_calibrate_the_offer_only() -> None:
    """Where only `offer` is asked for, what is served stays; low scores that are right are offered."""
    seen = [_seen("a", 16, 5)] * 20 + [_seen(None, 8, 2)] * 20
    best = calibrate(seen, start=STRICT, offer_only=True)
    assert (best.hit, best.margin) == (STRICT.hit, STRICT.margin)
    assert 8 < best.offer <= 16


def test_calibrate_weighs_by_share() -> None:
    """However many questions without an answer are labelled, they count as a fifth of what is asked."""
    inside = [_seen("b", 25, 24)] * 30 + [_seen("a", 95, 5)] * 70
    few, many = [_seen(None, 24)] * 10, [_seen(None, 24)] * 1000
    assert calibrate(inside + few) == calibrate(inside + many)
    assert calibrate(inside + many).offer < 24


def test_calibrate_keeps_out_of_scope_low() -> None:
    """Questions without an answer are hardly ever answered, even where cost alone would allow it."""
    seen = [_seen("a", 90, 5)] * 500 + [_seen(None, 90, 2)] * 4 + [_seen(None, 1, 0)] * 6
    best = calibrate(seen)
    assert answered([(one, best) for one in seen]) <= 0.04


def test_what_others_settle_counts() -> None:
    """Where words alone already answer too many, the encoder's thresholds leave none more."""
    seen = [_seen("a", 90, 5)] * 500 + [_seen(None, 90, 2)] * 2 + [_seen(None, 1, 0)] * 98
    assert calibrate(seen).hit <= 90
    for count in (3, 5, 20):
        settled = [(_seen(None, 99), STRICT)] * count + [(_seen(None, 1), STRICT)] * (60 - count)
        assert calibrate(seen, settled=settled).hit > 90

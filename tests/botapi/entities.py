"""Entities brought into the order and the nesting that Telegram keeps."""

from itertools import pairwise

from .model import Entity

_STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
_QUOTES = ("blockquote", "expandable_blockquote")
_PRIORITY = {"blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "text_link": 49}


def tidy(entities: list[Entity]) -> list[Entity]:
    """Sorted; styles cut at others' edges and dropped in code; no quote or link in its like."""
    quotes = _disjoint([e for e in entities if e.type in _QUOTES])
    solid = _disjoint([e for e in entities if e.type not in _STYLES + _QUOTES])
    solid = [e for e in solid if not any(_holds(e, quote) for quote in quotes)]
    others = quotes + solid
    styles = _styles([e for e in entities if e.type in _STYLES], others)
    return sorted(others + styles, key=_order)


def _order(entity: Entity) -> tuple[int, int, int]:
    style = 90 + _STYLES.index(entity.type) if entity.type in _STYLES else 50
    return entity.offset, -entity.length, _PRIORITY.get(entity.type, style)


def _holds(outer: Entity, inner: Entity) -> bool:
    """Return True where inner lies within outer and is smaller, or both are the same stretch."""
    same = (outer.offset, outer.end) == (inner.offset, inner.end)
    return not same and outer.offset <= inner.offset and inner.end <= outer.end


def _disjoint(entities: list[Entity]) -> list[Entity]:
    """Return the first of those that overlap."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=_order):
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _styles(styles: list[Entity], others: list[Entity]) -> list[Entity]:
    merged = [e for kind in _STYLES for e in _merged([s for s in styles if s.type == kind])]
    cuts = {e.offset for e in merged + others} | {e.end for e in others}
    code = [e for e in others if e.type in ("code", "pre")]
    pieces = [piece for e in merged for piece in _cut(e, cuts)]
    return [p for p in pieces if not any(c.offset <= p.offset < c.end for c in code)]


def _merged(same: list[Entity]) -> list[Entity]:
    """Touching stretches of one style made one."""
    kept: list[Entity] = []
    for entity in sorted(same, key=_order):
        if kept and entity.offset <= kept[-1].end:
            last = kept[-1]
            length = max(last.end, entity.end) - last.offset
            kept[-1] = Entity(entity.type, last.offset, length)
        else:
            kept.append(entity)
    return kept


def _cut(entity: Entity, cuts: set[int]) -> list[Entity]:
    inside = sorted(c for c in cuts if entity.offset < c < entity.end)
    edges = [entity.offset, *inside, entity.end]
    pairs = pairwise(edges)
    return [Entity(entity.type, a, b - a) for a, b in pairs]

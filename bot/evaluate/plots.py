"""Small plots as SVG text: bars with their uncertainty, stacked bars, shares over a scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 860
_LABEL, _COUNT = 190, 150
_INNER = WIDTH - _LABEL - _COUNT
_ROW = 30
_INK, _FAINT, _GRID = "#22303a", "#5c6b75", "#dde3e7"
GOOD, BAD = "#2b6f8f", "#b5442e"


@dataclass(frozen=True)
class Bar:
    """One bar: `value`, `low` and `high` are shares 0–1; `mark` is the floor, if any."""

    name: str
    value: float
    low: float
    high: float
    note: str
    mark: float | None = None

    @property
    def fails(self) -> bool:
        """Whether the value is under its mark."""
        return self.mark is not None and self.value < self.mark


@dataclass(frozen=True)
class Stack:
    """One stacked bar: counts by part, in the order they are drawn."""

    name: str
    counts: Mapping[str, int]


def bars(rows: Sequence[Bar], what: str) -> str:
    """Return horizontal bars from 0 to 100 %; the thin line is the 95 % range, the tick the floor."""
    height = _ROW * len(rows) + 34
    parts = [_grid(height - 26)]
    for index, row in enumerate(rows):
        y = 6 + index * _ROW
        tip = f"{row.name}: {row.note}"
        parts += [
            _text(_LABEL - 10, y + 15, row.name, anchor="end"),
            _rect(_LABEL, y, _INNER * row.value, 20, BAD if row.fails else GOOD, tip),
            _line(_x(row.low), y + 10, _x(row.high), y + 10, _INK, 1.5),
            _line(_x(row.low), y + 6, _x(row.low), y + 14, _INK, 1.5),
            _line(_x(row.high), y + 6, _x(row.high), y + 14, _INK, 1.5),
            _text(_LABEL + _INNER + 12, y + 15, row.note),
        ]
        if row.mark is not None:
            parts.append(_line(_x(row.mark), y - 3, _x(row.mark), y + 23, "#000", 2, dashed=True))
    return _svg(height, parts, what)


def stacks(rows: Sequence[Stack], colours: Mapping[str, str], what: str) -> str:
    """Return horizontal bars of 100 %, split by count; numbers stand in the parts that hold them."""
    height = _ROW * len(rows) + 34
    parts = [_grid(height - 26)]
    for index, row in enumerate(rows):
        y = 6 + index * _ROW
        total = sum(row.counts.values())
        parts += [
            _text(_LABEL - 10, y + 15, row.name, anchor="end"),
            _text(_LABEL + _INNER + 12, y + 15, f"{total} questions"),
        ]
        x = float(_LABEL)
        for name, count in row.counts.items():
            width = _INNER * count / total if total else 0
            parts.append(_rect(x, y, width, 20, colours[name], f"{row.name}: {name}, {count} of {total}"))
            if width > 8 * len(str(count)) + 6:
                colour = _INK if _is_light(colours[name]) else "#fff"
                parts.append(_text(x + width / 2, y + 15, str(count), anchor="middle", colour=colour))
            x += width
    return _svg(height, parts, what)


def legend(colours: Mapping[str, str]) -> str:
    """Return what the colours mean, as an HTML list."""
    items = (
        f'<li><span style="background:{colour}"></span>{escape(name)}</li>'
        for name, colour in colours.items()
    )
    return f'<ul class="legend">{"".join(items)}</ul>'


@dataclass(frozen=True)
class Point:
    """`hits` of `n` questions right, with scores around `at` (0–100)."""

    at: float
    hits: int
    n: int
    low: float
    high: float


def over_scale(points: Iterable[Point], what: str) -> str:
    """Return the share right over the score; the area of a dot grows with its questions."""
    shown = list(points)
    top, bottom, left, right = 20, 300, 70, WIDTH - 60
    most = max((point.n for point in shown), default=1)

    def place(score: float, share: float) -> tuple[float, float]:
        return left + (right - left) * score / 100, bottom - (bottom - top) * share

    parts = []
    for tenth in range(0, 101, 20):
        x, y = place(tenth, tenth / 100)
        parts += [_line(left, y, right, y, _GRID), _text(left - 10, y + 5, f"{tenth} %", anchor="end")]
        parts.append(_text(x, bottom + 22, str(tenth), anchor="middle"))
    parts.append(_text((left + right) / 2, bottom + 44, "score of the best guess", anchor="middle"))
    middles = [place(point.at, point.hits / point.n) for point in shown]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in middles)
    parts.append(f'<polyline points="{path}" fill="none" stroke="{GOOD}" stroke-width="1.5" opacity=".5"/>')
    for point, (x, y) in zip(shown, middles, strict=True):
        radius = 4 + 12 * (point.n / most) ** 0.5
        tip = f"{point.hits} of {point.n} right"
        low, high = place(point.at, point.low)[1], place(point.at, point.high)[1]
        parts += [
            _line(x, low, x, high, _FAINT, 1.5),
            (
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{GOOD}" fill-opacity=".85">'
                f"<title>{tip}</title></circle>"
            ),
            _text(x + 9, y + radius + 11, f"{point.hits}/{point.n}", size=12),
        ]
    return _svg(bottom + 54, parts, what)


def _x(share: float) -> float:
    return _LABEL + _INNER * share


def _grid(height: int) -> str:
    parts = []
    for percent in range(0, 101, 25):
        x = _x(percent / 100)
        parts += [
            _line(x, 0, x, height, _GRID),
            _text(x, height + 18, f"{percent} %", anchor="middle", size=12),
        ]
    return "".join(parts)


def _svg(height: int, parts: Iterable[str], what: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(what)}">{"".join(parts)}</svg>'
    )


def _rect(x: float, y: float, width: float, height: float, fill: str, tip: str) -> str:
    size = f'width="{width:.1f}" height="{height:.1f}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{fill}"><title>{escape(tip)}</title></rect>'


def _line(
    x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1, *, dashed: bool = False
) -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    dash = ' stroke-dasharray="3 2"' if dashed else ""
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"{dash}/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = _INK, size: int = 14) -> str:
    look = f'text-anchor="{anchor}" fill="{colour}" font-size="{size}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(text)}</text>'


def _is_light(colour: str) -> bool:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.3 * red + 0.59 * green + 0.11 * blue > 140

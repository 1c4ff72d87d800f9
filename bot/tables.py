"""Tables for a terminal, plain text when piped."""

import io
import shutil

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table

NARROW, WIDE, PIPED = 80, 140, 110
"""Columns: at least, at most, and when nobody watches."""


def table(title: str, *columns: str) -> Table:
    """Return an empty table; columns whose name starts with # hold numbers."""
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, show_edge=False)
    for column in columns:
        number = column.startswith("#")
        made.add_column(column.lstrip("#"), justify="right" if number else "left", no_wrap=number)
    return made


def shown(*parts: RenderableType, colour: bool) -> str:
    """Return parts as text, a blank line between them; `colour` adds colours and fits the window."""
    out = io.StringIO()
    width = shutil.get_terminal_size((PIPED, 24)).columns if colour else PIPED
    console = Console(
        file=out, width=min(max(width, NARROW), WIDE), force_terminal=colour, highlight=False, emoji=False
    )
    for number, part in enumerate(parts):
        if number:
            console.print()
        console.print(part, markup=False)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().split("\n"))

"""Reply → Telegram's HTML. Uses b, a and blockquote alone; cuts nothing and writes nothing."""

from collections.abc import Iterable, Sequence
from html import escape

from bot.content import markup
from bot.content.model import Source
from bot.reply import Block, Reply, Role, gap

MAX_UNITS = 4096
"""UTF-16 units of a message's text once its tags are gone."""
MAX_ENTITIES = 100
_QUOTED = (Role.CAVEAT,)
_BOLD = (Role.TITLE,)


def render(reply: Reply, sources: Sequence[Source] = (), heading: str = "") -> str:
    """Return the reply as HTML. Options are left out: they are the buttons below.

    `sources` follow the last block of the answer in a quote that opens at a touch.
    """
    blocks = [block for block in reply.blocks if not _is_shown_as_button(block)]
    html = ""
    previous: Block | None = None
    for block in blocks:
        html += (gap(previous, block) if previous else "") + _block(block)
        if sources and block.role is Role.BODY:
            html += "\n\n" + _sources(sources, heading)
            sources = ()
        previous = block
    return html


def units(text: str) -> int:
    """Return the length of a text as Telegram counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def _is_shown_as_button(block: Block) -> bool:
    """Tell whether buttons say it: a title, or "Related:", which would stand far above them."""
    return block.role is Role.OPTION or block.origin.endswith("#see_also")


def _block(block: Block) -> str:
    html = _pieces(markup.parse(block.text), bold=block.role in _BOLD)
    if block.role is Role.HELPLINE:
        return f"• {html}"
    return f"<blockquote>{html}</blockquote>" if block.role in _QUOTED else html


def _pieces(pieces: Iterable[markup.Piece], *, bold: bool) -> str:
    html = ""
    previous: markup.Piece | None = None
    for piece in pieces:
        if previous is not None:
            html += "\n" if piece.bullet and previous.bullet else "\n\n"
        html += ("• " if piece.bullet else "") + "".join(_span(span, bold=bold) for span in piece.spans)
        previous = piece
    return html


def _span(span: markup.Span, *, bold: bool) -> str:
    html = escape(span.text, quote=False)
    if span.link is not None:
        html = f'<a href="{escape(span.link)}">{html}</a>'
    return f"<b>{html}</b>" if span.bold or bold else html


def _sources(sources: Sequence[Source], heading: str) -> str:
    lines = [f"<b>{escape(heading, quote=False)}</b>"]
    for source in sources:
        title = escape(source.title, quote=False)
        publisher = escape(source.publisher, quote=False)
        lines.append(f'• <a href="{escape(source.url)}">{title}</a>, {publisher}')
    listed = "\n".join(lines)
    return f"<blockquote expandable>{listed}</blockquote>"

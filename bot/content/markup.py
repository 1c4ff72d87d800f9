"""The small markup of answers: paragraphs, "- " lists, **bold**, [links](https://…).

Parsed with markdown-it-py (CommonMark); everything else that CommonMark knows is refused, so
that a text looks the same in Telegram, in the terminal and on paper.
"""

from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class Span:
    """A run of text. `link` is an https address or None."""

    text: str
    bold: bool = False
    link: str | None = None


@dataclass(frozen=True)
class Piece:
    """A paragraph, or one item of a list."""

    spans: tuple[Span, ...]
    bullet: bool = False


class MarkupError(ValueError):
    """A text uses markup that is not allowed; the message says which."""


_ALLOWED_BLOCKS = {
    "paragraph_open", "paragraph_close", "inline", "list_item_open", "list_item_close",
    "bullet_list_open", "bullet_list_close",
}  # fmt: skip
_NAMES = {
    "heading_open": "a heading (#)",
    "ordered_list_open": "a numbered list",
    "blockquote_open": "a quote (>)",
    "fence": "a code block (```)",
    "code_block": "an indented block",
    "hr": "a line (---)",
    "html_block": "HTML",
    "html_inline": "HTML",
    "code_inline": "code (`)",
    "image": "an image",
    "em_open": "italics (* or _)",
}


@lru_cache(maxsize=4096)
def parse(text: str) -> tuple[Piece, ...]:
    """Return the pieces of `text`. Raises MarkupError naming what is not allowed."""
    pieces: list[Piece] = []
    depth = 0
    for token in _parser().parse(text):
        if token.type not in _ALLOWED_BLOCKS:
            if token.type.endswith("_close"):
                continue
            raise MarkupError(_refusal(token))
        depth += {"bullet_list_open": 1, "bullet_list_close": -1}.get(token.type, 0)
        if depth > 1:
            raise MarkupError("a list inside a list")
        if token.type == "inline":
            pieces.append(Piece(tuple(_spans(token.children or [])), bullet=depth > 0))
    return tuple(pieces)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return `text` as a person reads it without styling; links show their address."""
    lines: list[str] = []
    previous: Piece | None = None
    for piece in parse(text):
        if previous is not None:
            lines.append("\n" if piece.bullet and previous.bullet else "\n\n")
        lines.append(("• " if piece.bullet else "") + "".join(_plain_span(s) for s in piece.spans))
        previous = piece
    return "".join(lines)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


def _plain_span(span: Span) -> str:
    if span.link is None or span.link == span.text:
        return span.text
    return f"{span.text} ({span.link})"


def _spans(tokens: list[Token]) -> list[Span]:
    spans: list[Span] = []
    bold, link = False, None
    for token in tokens:
        match token.type:
            case "text":
                if token.content:
                    spans.append(Span(token.content, bold, link))
            case "softbreak" | "hardbreak":
                spans.append(Span(" ", bold, link))
            case "strong_open" | "strong_close":
                bold = token.type == "strong_open"
            case "link_open":
                link = str(token.attrs.get("href", ""))
                if not link.startswith("https://"):
                    raise MarkupError(f"a link that does not start with https:// ({link})")
            case "link_close":
                link = None
            case _ if token.type.endswith("_close"):
                continue
            case _:
                raise MarkupError(_refusal(token))
    return spans


def _refusal(token: Token) -> str:
    return _NAMES.get(token.type, token.type)

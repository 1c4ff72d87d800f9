"""The markup of answers is small, and everything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.markup import MarkupError, Piece, Span, parse, plain


def test_the_four_things_it_knows() -> None:
    """Paragraphs, lists, bold and links are read as pieces and spans."""
    text = "One **two**.\nStill one.\n\n- a [b](https://c.example)\n- d\n"
    assert parse(text) == (
        Piece((Span("One "), Span("two", bold=True), Span("."), Span(" "), Span("Still one."))),
        Piece((Span("a "), Span("b", link="https://c.example")), bullet=True),
        Piece((Span("d"),), bullet=True),
    )
    assert plain(text) == "One two. Still one.\n\n• a b (https://c.example)\n• d"


@pytest.mark.parametrize(
    "text",
    ["# x", "> x", "1. x", "```\nx\n```", "---", "<b>x</b>", "a <i>x</i>", "![x](https://a.example)",
     "*x*", "`x`", "- a\n  - b", "[x](http://a.example)"],
)  # fmt: skip
def test_everything_else_is_refused(text: str) -> None:
    """Markup that Telegram or a terminal cannot show alike is refused by name."""
    with pytest.raises(MarkupError):
        parse(text)


@given(st.text(max_size=200))
def test_any_text_parses_or_is_refused(text: str) -> None:
    """No text makes the parser fail in another way than by refusing it."""
    try:
        pieces = parse(text)
    except MarkupError:
        return
    spans = [span for piece in pieces for span in piece.spans]
    assert all(span.link is None or span.link.startswith("https://") for span in spans)
    assert all(span.text in plain(text) for span in spans)

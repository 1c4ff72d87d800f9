"""What of HTML Telegram takes, and in which words it refuses the rest."""

import pytest

from tests.botapi import Entity
from tests.botapi.html import parse_html


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("x<br/>y", 'Unsupported start tag "br/" at byte offset 1'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("2 < 3 > 1", 'Unsupported start tag "" at byte offset 2'),
        ("a <3", "Unclosed start tag at byte offset 2"),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b ", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            '<span class="red">x</span>',
            'Tag "span" must have class "tg-spoiler" at byte offset 0',
        ),
    ],
)
def test_html_refused(source: str, words: str) -> None:
    """HTML that Telegram refuses is refused in Telegram's words, byte offset and all."""
    with pytest.raises(ValueError, match=r".") as caught:
        parse_html(source)
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("a & b > c &nbsp; &", "a & b > c &nbsp; &", []),
        ("&lt;b&gt; &amp;amp; &quot; &#39; &#x1F600;", "<b> &amp; \" ' 😀", []),
        ("&lt x", "< x", []),
        ("<b>x</b><strong>y</strong>", "xy", [("bold", 0, 2)]),
        ("<i>a</i> <em>b</em>", "a b", [("italic", 0, 1), ("italic", 2, 1)]),
        ("<u>a</u> <ins>b</ins>", "a b", [("underline", 0, 1), ("underline", 2, 1)]),
        (
            "<s>a</s> <strike>b</strike> <del>c</del>",
            "a b c",
            [("strikethrough", 0, 1), ("strikethrough", 2, 1), ("strikethrough", 4, 1)],
        ),
        (
            '<tg-spoiler>a</tg-spoiler> <span class="tg-spoiler">b</span>',
            "a b",
            [("spoiler", 0, 1), ("spoiler", 2, 1)],
        ),
        ("<B>x</b >", "x", [("bold", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("😀<b>😀</b>", "😀😀", [("bold", 2, 2)]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        (
            "<blockquote>a<b>b</b></blockquote>",
            "ab",
            [("blockquote", 0, 2), ("bold", 1, 1)],
        ),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            "ab",
            [("blockquote", 0, 2)],
        ),
        ("<code>a<b>b</b></code>", "ab", [("code", 0, 2)]),
        ("<b>a<code>b</code>c</b>", "abc", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 1), ("bold", 1, 1), ("italic", 1, 1)]),
        ("<a href='no link'>x</a>", "x", []),
        ("<a>x</a>", "x", []),
    ],
)
def test_html_taken(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    """HTML that Telegram takes becomes the text a person reads and entities in UTF-16 units."""
    read, found = parse_html(source)
    assert read == text
    assert [(e.type, e.offset, e.length) for e in found] == entities


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        (
            '<a href="https://Example.org?a=1&amp;b=2">x</a>',
            Entity("text_link", 0, 1, url="https://example.org/?a=1&b=2"),
        ),
        ("<a>988.org</a>", Entity("text_link", 0, 7, url="http://988.org/")),
        ('<a href="tg://user?id=7">x</a>', Entity("text_mention", 0, 1, user_id=7)),
        ("<pre>x</pre>", Entity("pre", 0, 1)),
        (
            '<pre><code class="language-python">x</code></pre>',
            Entity("pre", 0, 1, language="python"),
        ),
        ('<code class="language-python">x</code>', Entity("code", 0, 1)),
    ],
)
def test_html_links_and_code(source: str, entity: Entity) -> None:
    """Links are written as Telegram writes them, and code with a language is one pre."""
    assert parse_html(source)[1] == [entity]

"""Every reply that can be built fits Telegram, by Telegram's own rules."""

from collections.abc import Iterator

import pytest

from bot.channels.telegram.keyboard import Keyboards
from bot.channels.telegram.render import MAX_ENTITIES, MAX_UNITS, render, units
from bot.compose import Composer
from bot.content.model import Library
from bot.reply import Found, Kind, Reply
from bot.respond import Browse, CrisisLines, NoneOfThese, Offer, Open, Responder, Show
from tests.botapi import Entity
from tests.botapi.html import parse_html
from tests.conftest import ANSWERS


def every_reply(library: Library, responder: Responder, country: str) -> Iterator[Reply]:
    """Yield every kind of reply for one country, late ones too."""
    composer = Composer(library, country, drafts=True)
    for answer in library.answers:
        yield composer.answer(answer, in_doubt="crisis.x")
        yield composer.not_reviewed(answer, Found())
    for name in type(library.messages).model_fields:
        yield responder.respond(Show(name), country)
    for kind, guardrail in library.guardrails.items():
        for name, reply in guardrail.replies.items():
            origin = f"en/guardrails/{kind}.yaml#{name}"
            if kind == "crisis":
                yield composer.crisis("x", reply, origin, Found())
            else:
                yield composer.refusal(kind, reply, origin, Found(), list(library.answers)[:3], in_doubt="x")
    for topic in library.topics:
        yield responder.respond(Browse(topic.id), country)
    ids = tuple(library.answers)[:3]
    for request in (Browse(), CrisisLines(), NoneOfThese(), Offer(ids), Open("gone")):
        yield responder.respond(request, country)
    yield composer.clarify(ids, Found(), two_questions=True, in_doubt="x")
    yield composer.no_answer(near=ids, in_doubt="x")
    yield responder.fallback(country)


def shown(html: str) -> tuple[str, list[Entity]]:
    """Return text and entities as Telegram would; raises ValueError where it would refuse."""
    return parse_html(html)


def test_every_reply_fits(library: Library, responder: Responder) -> None:
    """Over all answers, fixed texts, refusals and countries: valid HTML, 4096 characters, 100 entities."""
    keyboards = Keyboards(library)
    longest = 0
    for country in library.crisis:
        for reply in every_reply(library, responder, country):
            late = responder.late(reply)
            sources = library.answers[reply.answers[0]].sources if reply.kind is Kind.ANSWER else ()
            text, entities = shown(render(late, sources, library.messages.sources))
            assert units(text) <= MAX_UNITS, (country, reply.blocks[0].origin, units(text))
            assert len(entities) <= MAX_ENTITIES
            longest = max(longest, units(text))
            markup = keyboards.under(reply, tuple(library.answers)[:3])
            for row in markup.inline_keyboard if markup else ():
                for button in row:
                    assert len(str(button.callback_data or "").encode()) <= 64
    assert longest > 2000


def test_nothing_is_lost_in_rendering(library: Library, responder: Responder) -> None:
    """Telegram's text holds every block in order, but the options and their heading, which are buttons."""
    from bot.content import markup
    from bot.reply import Role

    for answer in library.answers:
        reply = responder.respond(Open(answer), "US")
        text, _ = shown(render(reply))
        at = 0
        for block in reply.blocks:
            if block.role is Role.OPTION or block.origin.endswith("#see_also"):
                continue
            for piece in markup.parse(block.text):
                words = "".join(span.text for span in piece.spans).strip()
                at = text.index(words, at) + len(words)


def test_html_is_escaped() -> None:
    """What looks like a tag or an entity in a text stays text."""
    from dataclasses import replace

    from bot.content.load import load
    from bot.reply import Block, Role

    library = load(ANSWERS)
    reply = Composer(library, "US", drafts=True).message("help")
    odd = 'a <b>&amp; "q" & </b> < >'
    block = Block("x#y", odd.replace("<b>", "\\<b\\>").replace("</b>", "\\</b\\>"), Role.BODY)
    text, _ = shown(render(replace(reply, head=(block,))))
    assert text.startswith('a <b>& "q" & </b> < >')


def test_sources_are_shown_in_a_quote_that_opens(library: Library, responder: Responder) -> None:
    """Each source is a link inside one expandable quote."""
    sources = library.answers["liver"].sources
    text, entities = shown(render(responder.respond(Open("liver")), sources, "Sources"))
    assert [e.type for e in entities].count("expandable_blockquote") == 1
    assert all(source.title in text for source in sources)


@pytest.mark.parametrize("sign", ["+", "-"])
def test_feedback_data_can_be_read_back(library: Library, sign: str) -> None:
    """What a feedback button sends names the answer, the digest of its file and what came next."""
    keyboards = Keyboards(library)
    composer = Composer(library, "US", drafts=True)
    for answer in library.answers:
        others = tuple(a for a in library.answers if a != answer)[:3]
        markup = keyboards.under(composer.answer(answer), others)
        assert markup is not None
        data = [str(b.callback_data) for row in markup.inline_keyboard for b in row]
        verdict = keyboards.verdict(next(d for d in data if d.startswith(sign)))
        assert verdict is not None
        assert verdict.answer == answer
        assert library.digests[library.answer_file(answer)].startswith(verdict.digest)
        assert verdict.next_best == (others if sign == "-" else ())
    for broken in ("+", "+:", "-zzz:12:x", "+abc", "-::::", f"+{'x' * 60}"):
        assert keyboards.verdict(broken) is None

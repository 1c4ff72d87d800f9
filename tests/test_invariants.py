"""The invariants of docs/architecture.md, over every way to get a reply."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import markup
from bot.content.load import load
from bot.content.model import Messages
from bot.reply import Kind, Reply, Role
from bot.respond import (
    Ask,
    Browse,
    CrisisLines,
    NoneOfThese,
    Open,
    Request,
    Responder,
    Show,
    parse_action,
)
from tests.conftest import ANSWERS

LIBRARY = load(ANSWERS)
TEXT_AT = dict(LIBRARY.texts())
_SAID = [
    *(p for answer in LIBRARY.answers.values() for p in answer.phrasings),
    *(
        e
        for file in LIBRARY.guardrails.values()
        for rule in file.rules
        for e in (*rule.examples, *rule.near_misses)
    ),
]
typed = st.one_of(
    st.text(max_size=300),
    st.sampled_from(_SAID),
    st.tuples(st.sampled_from(_SAID), st.text(max_size=20), st.sampled_from(_SAID)).map(" ".join),
    st.builds(lambda text, n: (text + " ") * n, st.sampled_from(_SAID), st.integers(1, 400)),
)
requests: st.SearchStrategy[Request] = st.one_of(
    st.builds(Ask, typed),
    st.builds(Open, st.sampled_from([*LIBRARY.answers, "gone"])),
    st.just(NoneOfThese()),
    st.builds(Browse, st.sampled_from([None, "gone", *(t.id for t in LIBRARY.topics)])),
    st.builds(Show, st.sampled_from([*Messages.model_fields, "gone"])),
    st.just(CrisisLines()),
)
regions = st.sampled_from([None, "xx", "", *LIBRARY.crisis])


@pytest.fixture(scope="module", params=["drafts", "reviewed"])
def either(request: pytest.FixtureRequest, responder: Responder, reviewed_responder: Responder) -> Responder:
    """The responder in both serving modes."""
    return responder if request.param == "drafts" else reviewed_responder


@settings(max_examples=400)
@given(request=requests, region=regions)
def test_every_reply_ends_with_caveat_and_crisis_line(
    either: Responder, request: Request, region: str | None
) -> None:
    """1. Whatever is asked, the general caveat and the crisis line of the country end the reply."""
    reply = either.respond(request, region)
    country = LIBRARY.country(region)
    caveat, line = reply.blocks[-2:]
    assert caveat.text == LIBRARY.caveats["general"]
    assert line.text == country.line
    assert reply.text.endswith(f"{markup.plain(caveat.text)}\n\n{markup.plain(line.text)}")


@settings(max_examples=400)
@given(request=requests, region=regions)
def test_every_sentence_is_a_block_of_a_file(either: Responder, request: Request, region: str | None) -> None:
    """2. Each block is the text at its origin, byte for byte, and nothing stands between blocks."""
    reply = either.respond(request, region)
    rest = reply.text
    for block in reply.blocks:
        assert TEXT_AT[block.origin] == block.text
        before, found, rest = rest.partition(markup.plain(block.text))
        assert found
        assert re.fullmatch(r"\s*(?:• |\d+\. )?", before)
    assert rest == ""


@settings(max_examples=400)
@given(text=typed, region=regions)
def test_a_crisis_comes_first_and_whole(responder: Responder, text: str, region: str | None) -> None:
    """4. A crisis reply opens with its text and the helplines; nothing comes before them."""
    reply = responder.respond(Ask(text), region)
    if reply.kind is not Kind.CRISIS:
        return
    roles = [block.role for block in reply.blocks]
    lines = roles.count(Role.HELPLINE)
    assert lines > 0
    assert roles[: lines + 1] == [Role.CRISIS, *[Role.HELPLINE] * lines]
    assert reply.crisis is not None


@settings(max_examples=200)
@given(request=requests)
def test_buttons_fit_and_lead_somewhere(either: Responder, request: Request) -> None:
    """5. A button's data is at most 64 bytes, its text at most 40 characters, and it opens something."""
    for option in either.respond(request).options:
        assert len(option.action.encode()) <= 64
        assert 0 < len(option.block.text) <= 40
        assert parse_action(option.action) is not None


@settings(max_examples=400)
@given(request=requests, region=regions)
def test_reviewed_mode_serves_no_draft(
    reviewed_responder: Responder, request: Request, region: str | None
) -> None:
    """6. Without a review that holds, no reply has the text of an answer, or offers one."""
    reply = reviewed_responder.respond(request, region)
    assert not [b.origin for b in reply.blocks if b.origin.endswith("#answer")]
    assert not [o.action for o in reply.options if o.action.startswith(("a:", "t:"))]
    assert reply.kind is not Kind.ANSWER


@settings(max_examples=200)
@given(request=requests, region=regions)
def test_drafts_open_with_the_draft_line(responder: Responder, request: Request, region: str | None) -> None:
    """In drafts mode the draft line is in every reply, before everything but a crisis text."""
    reply = responder.respond(request, region)
    before = reply.blocks[: [b.role for b in reply.blocks].index(Role.DRAFT)]
    assert {b.role for b in before} <= {Role.CRISIS, Role.HELPLINE}


def test_the_same_message_gets_the_same_reply(responder: Responder) -> None:
    """Asking twice gives the same reply: nothing is remembered between messages."""

    def once(text: str) -> Reply:
        return responder.respond(Ask(text), "US")

    assert [once(t) for t in _SAID[:300]] == [once(t) for t in _SAID[:300]]

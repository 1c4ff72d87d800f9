"""Kills, faults, outages, repeats and rubbish: every message is answered all the same."""

from pathlib import Path

import pytest

from tests.botapi import BotApi, FaultKind, Faults, Limits
from tests.end_to_end.running import QUESTION, running
from tests.end_to_end.scenarios import faulty, killed, settings

RUBBISH: tuple[object, ...] = (
    {"message": None},
    {"message": []},
    {"message": {"chat": {"id": 1}}},
    {"message": {"chat": {"id": "1", "type": "private"}, "message_id": 1, "text": "hi"}},
    {"message": {"chat": {"id": 2**70, "type": "private"}, "message_id": 1, "text": "hi"}},
    {"message": {"chat": {"id": 1, "type": "private"}, "message_id": {}, "text": "hi"}},
    {"message": {"chat": {"id": 1, "type": "private"}, "message_id": 1, "text": {"a": 1}}},
    {"message": {"chat": {"id": 1, "type": "private"}, "message_id": 1, "date": "soon"}},
    {"message": {"chat": {"id": 1, "type": "private"}, "message_id": 1, "caption": 3.5, "photo": 1}},
    {"message": {"chat": {"id": 1, "type": 7}, "message_id": 1, "text": "hi", "entities": "none"}},
    {"message": {"chat": {"id": -5, "type": "group"}, "message_id": 1, "text": "x", "reply_to_message": 4}},
    {"edited_message": {"edited": True}},
    {"callback_query": {"id": 5}},
    {"callback_query": {"id": "5", "data": "a:liver", "message": {"chat": None}}},
    {"callback_query": {"id": "5", "data": None, "from": 7}},
    {"poll": {"id": "1"}},
    {"something_new_of_2031": {"deep": [[[[[[[[[[{}]]]]]]]]]]}},
    {},
)
BROKEN = (
    b'{"update_id": 3, "message": {"text": "cut off',
    b"null",
    b"[]",
    b'"text"',
    b"17",
    b"{}",
    b'{"update_id": null}',
    b'{"update_id": "77"}',
    b'{"update_id": -1}',
    b'{"update_id": true}',
    b'{"update_id": 1e400}',
    b'{"update_id": ' + b"9" * 5000 + b"}",
    b'{"update_id": 4, "message": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b"\xff\xfe\x00",
    b"<html>502</html>",
)


@pytest.mark.parametrize(("mode", "kills"), [("polling", 2), ("webhook", 1)])
def test_sigkill_loses_nothing(tmp_path: Path, mode: str, kills: int) -> None:
    """Killed while messages flow and started again, the bot answers everybody, hardly anybody twice."""
    result = killed(tmp_path, mode, chats=60, kills=kills)
    assert result.lost == 0
    assert (
        result.twice <= 8
    )  # two kills, each with a few sends in flight; the share at full size: benchmarks/


def test_faults_of_every_kind(tmp_path: Path) -> None:
    """Server errors, 429s, cut connections and an outage lose no message."""
    faults = Faults(server_error=0.10, too_many=0.05, cut_before=0.05, cut_after=0.03, seed=3)
    with BotApi(faults=faults) as api:
        result = faulty(api, tmp_path, chats=60, outage=2)
    assert result.lost == 0
    assert all(faults.counts[kind] for kind in FaultKind)


def test_a_person_who_blocked_the_bot_holds_nobody_up(tmp_path: Path) -> None:
    """A 403 is final: the update is confirmed, and the next person is answered."""
    with BotApi() as api, running(api, tmp_path) as bot:
        api.block(1)
        blocked = api.say(1, QUESTION)
        assert api.ask(2, QUESTION).text
        api.wait_for(lambda: blocked in api.confirmed)
        assert len(api.calls("sendMessage")) == 2
        assert bot.stop() == 0


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_rubbish_holds_nobody_up(tmp_path: Path, mode: str) -> None:
    """Whatever is malformed is passed over, and the good message behind it is answered."""
    with BotApi() as api, running(api, tmp_path, **settings(mode)) as bot:
        rubbish = [api.inject(dict(update), force=True) for update in RUBBISH if isinstance(update, dict)]
        assert "Is kratom addictive?" in api.ask(1, QUESTION, timeout=15).text
        api.wait_for(lambda: api.confirmed.issuperset(rubbish), 15)
        for number, body in enumerate(BROKEN):
            api.inject_bytes(body, times=3)
            assert "Is kratom addictive?" in api.ask(100 + number, QUESTION, timeout=20).text, body[:60]
        assert bot.stop() == 0


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_five_deliveries_one_reply(tmp_path: Path, mode: str) -> None:
    """An update that is delivered five times, across a restart too, is answered once."""
    with BotApi() as api, running(api, tmp_path, **settings(mode)) as bot:
        update = api.say(1, QUESTION)
        api.wait_for(lambda: update in api.confirmed)
        for _ in range(2):
            api.deliver_again(update)
        api.ask(2, QUESTION)
        assert bot.stop() == 0
        bot.start()
        for _ in range(2):
            api.deliver_again(update)
        api.ask(3, QUESTION)
        api.wait_for(lambda: api.unconfirmed == ())
        assert len(api.sent(1)) == 1
        assert bot.stop() == 0


def test_telegrams_limits_are_kept(tmp_path: Path) -> None:
    """With Telegram's own limits enforced, hardly a message is refused and nobody goes unanswered."""
    limits = Limits()
    with BotApi(limits=limits) as api, running(api, tmp_path) as bot:
        for mark in ("", "?"):
            for chat in range(25):
                api.say(1000 + chat, QUESTION + mark)
        api.wait_for(lambda: len(api.sent()) == 50, 20)
        assert sum(limits.refused.values()) <= 2
        times = [message.time for message in api.sent(1000)]
        assert times[1] - times[0] >= 1.0
        assert bot.stop() == 0


def test_an_answer_is_sent_before_it_is_confirmed(tmp_path: Path) -> None:
    """While its reply cannot be sent, an update stays unconfirmed."""
    with BotApi() as api, running(api, tmp_path) as bot:
        api.faults.once(FaultKind.SERVER_ERROR, "sendMessage")
        stuck = api.say(1, QUESTION)
        api.wait_for(lambda: stuck in api.confirmed, 15)
        polls = [call for call in api.calls("getUpdates") if call.time < api.sent(1)[0].time]
        assert all(int(call.params.get("offset") or 0) <= stuck for call in polls)
        bot.kill()

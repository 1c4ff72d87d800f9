"""Faults on purpose and limits."""

import httpx
import pytest
from telegram import (
    Bot,
)
from telegram.error import (
    NetworkError,
    RetryAfter,
)

from tests.botapi import BotApi, FaultKind, Faults, Limits
from tests.botapi.client import ANN, refusal, run, send

DATED = "ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning"


def test_server_errors(api: BotApi) -> None:
    """Server errors come as JSON 500 and as HTML 502, and nothing is sent."""
    api.faults.once(FaultKind.SERVER_ERROR, "sendMessage", times=2)
    assert refusal(lambda: send(api, "x"), NetworkError) == "Internal Server Error"
    assert "Bad Gateway" in refusal(lambda: send(api, "x"), NetworkError)
    assert api.sent() == []
    assert send(api, "x")
    assert [call.status for call in api.calls("sendMessage")] == [500, 502, 200]


@pytest.mark.filterwarnings(DATED)
def test_too_many(api: BotApi) -> None:
    """A 429 tells how long to wait, and nothing is sent."""
    api.faults.once(FaultKind.TOO_MANY, "sendMessage")
    with pytest.raises(RetryAfter):
        send(api, "x")
    assert api.sent() == []
    assert api.calls("sendMessage")[0].fault == "too_many"


@pytest.mark.parametrize(("kind", "sent"), [("cut_before", 0), ("cut_after", 1)])
def test_cut(api: BotApi, kind: str, sent: int) -> None:
    """A connection cut before does nothing; one cut after has sent what nobody knows of."""
    api.faults.once(FaultKind(kind), "sendMessage")
    refusal(lambda: send(api, "x"), NetworkError)
    assert [message.answered for message in api.sent()] == [False] * sent
    assert api.calls("sendMessage")[0].status == 0


def test_faults_are_seeded() -> None:
    """The same seed gives the same faults, in about the shares asked for, to send methods only."""

    def draws(seed: int) -> list[FaultKind | None]:
        faults = Faults(server_error=0.1, too_many=0.05, cut_before=0.05, cut_after=0.03, seed=seed)
        return [faults.draw("sendMessage") for _ in range(2000)]

    assert draws(7) == draws(7) != draws(8)
    assert 150 < draws(7).count(FaultKind.SERVER_ERROR) < 250
    assert 30 < draws(7).count(FaultKind.CUT_AFTER) < 90
    assert Faults(server_error=1.0).draw("getUpdates") is None
    with pytest.raises(ValueError, match="at most 1"):
        Faults(server_error=0.9, cut_after=0.2)


def test_outage(api: BotApi) -> None:
    """In an outage every call is cut; afterwards all is well."""
    api.outage(60)
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"{api.url}/bot{api.token}/getUpdates")
    api.faults.calm()
    assert run(api, lambda bot: bot.get_updates()) == ()
    assert api.faults.counts == {FaultKind.OUTAGE: 1}


@pytest.mark.filterwarnings(DATED)
def test_chat_limit() -> None:
    """A chat takes a short burst and then one message a second."""
    with BotApi(limits=True) as api:
        api.user(ANN)
        api.user(43)

        async def work(bot: Bot) -> None:
            for _ in range(3):
                await bot.send_message(ANN, "x")
            with pytest.raises(RetryAfter) as caught:
                await bot.send_message(ANN, "x")
            assert caught.value._retry_after.total_seconds() == 1
            await bot.send_message(43, "x")

        run(api, work)
        assert api.limits is not None
        assert api.limits.refused == {ANN: 1}
        assert api.calls("sendMessage")[3].description == "Too Many Requests: retry after 1"


def test_limits_over_time() -> None:
    """30 messages a second overall and 20 a minute in a group, and room again as time passes."""
    limits = Limits()
    waits = [limits.admit("sendMessage", chat, False, 100.0) for chat in range(31)]
    assert waits == [0] * 30 + [1]
    assert limits.admit("sendMessage", 31, False, 101.0) == 0
    group = [limits.admit("sendMessage", -1, True, 200.0 + second) for second in range(21)]
    assert group == [0] * 20 + [40]
    assert limits.admit("sendMessage", -1, True, 260.0) == 0
    assert limits.admit("editMessageText", -1, True, 260.0) == 0

"""A flood costs nobody else anything, and a person in danger is answered before all others."""

from pathlib import Path

from tests.botapi import BotApi
from tests.end_to_end.running import DANGER, running
from tests.end_to_end.scenarios import flooded

FLOODER = 500


def test_danger_overtakes_hundreds_of_waiting_replies(tmp_path: Path) -> None:
    """By webhook, a crisis message overtakes hundreds of replies that wait (seconds: see benchmarks/)."""
    result = flooded(tmp_path, "webhook", 600, 300)
    assert result.overtook_by <= 100
    assert result.to_flooder <= 60


def test_danger_behind_a_flood_by_polling(tmp_path: Path) -> None:
    """By polling, a flood of 1,000 at once is read through, and danger behind it answered before most."""
    result = flooded(tmp_path, "polling", 1000, 50)
    assert result.overtook_by <= 100
    assert result.to_flooder <= 60


def test_a_flooder_in_danger_is_answered(tmp_path: Path) -> None:
    """Over the allowance there is one notice and then silence, but danger is still seen and answered."""
    with BotApi() as api, running(api, tmp_path) as bot:
        last = [api.say(FLOODER, "hello") for _ in range(60)][-1]
        api.say(FLOODER, DANGER)
        crisis = api.wait_for(lambda: [m for m in api.sent(FLOODER) if "911" in str(m.buttons)], 10)
        assert crisis
        notices = api.wait_for(lambda: [m for m in api.sent(FLOODER) if "very many messages" in m.text], 10)
        api.wait_for(lambda: last in api.confirmed, 10)
        assert len(notices) == 1
        assert "988" in notices[0].text
        assert len(api.sent(FLOODER)) <= 22
        bot.kill()

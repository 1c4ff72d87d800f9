"""Starting with the wrong things, stopping in good order."""

import json
import subprocess
import sys
from pathlib import Path

from tests.botapi import BotApi, FaultKind
from tests.end_to_end.running import DANGER, PROJECT, QUESTION, Bot, call, free_port, get, running, until


def test_without_a_token_it_says_how_to_get_one(tmp_path: Path) -> None:
    """Without a token, `run` ends with one sentence that says how to get one, and that chat needs none."""
    with BotApi() as api:
        bot = Bot(api, tmp_path, {"TELEGRAM_BOT_TOKEN": ""}).start(wait=False)
        assert bot.wait() == 2
        assert "BotFather" in bot.log
        assert "faqbot chat" in bot.log
        assert "Traceback" not in bot.log


def test_a_wrong_token_ends_with_one_sentence(tmp_path: Path) -> None:
    """Telegram's 401 ends the bot with exit code 3 and one sentence, which does not quote the token."""
    with BotApi() as api:
        bot = Bot(api, tmp_path, {"TELEGRAM_BOT_TOKEN": "123456789:AAwrong"}).start(wait=False)
        assert bot.wait() == 3
        assert "Telegram does not know this token" in bot.log
        assert "AAwrong" not in bot.log
        assert "Traceback" not in bot.log


def test_an_unreachable_api_is_waited_for(tmp_path: Path) -> None:
    """A bot that cannot reach Telegram at start says so, is not ready, goes on trying, and can be stopped."""
    port, health = free_port(), free_port()
    with BotApi(port=port) as api:
        bot = Bot(api, tmp_path, {"FAQBOT_HEALTH_PORT": str(health)})
    bot.start(wait=False)
    until(lambda: bot.logged("cannot be reached yet"), 20)
    assert get(health, "/healthz")[0] == 200
    assert get(health, "/readyz")[0] == 503
    with BotApi(port=port) as api:
        bot.api = api
        assert "Is kratom addictive?" in api.ask(1, QUESTION, timeout=20).text
        until(lambda: get(health, "/readyz")[0] == 200)
        assert bot.stop() == 0


def test_sigterm_ends_with_0_and_confirms_what_was_answered(tmp_path: Path) -> None:
    """SIGTERM ends the bot with 0; what it answered does not come again."""
    with BotApi() as api, running(api, tmp_path) as bot:
        api.ask(1, QUESTION)
        assert bot.stop() == 0
        assert api.unconfirmed == ()


def test_sigterm_finishes_what_is_in_flight(tmp_path: Path) -> None:
    """SIGTERM lets a reply that Telegram refused once still arrive."""
    with BotApi() as api, running(api, tmp_path) as bot:
        api.faults.once(FaultKind.TOO_MANY, "sendMessage")
        api.say(1, QUESTION)
        api.wait_for(lambda: api.calls("sendMessage"))
        assert bot.stop() == 0
        assert len(api.sent(1)) == 1
        assert api.unconfirmed == ()


def test_sigterm_confirms_nothing_that_was_not_answered(tmp_path: Path) -> None:
    """What could not be sent before the end stays unconfirmed, and is answered after the next start."""
    with BotApi() as api, running(api, tmp_path) as bot:
        api.ask(1, QUESTION)
        api.faults.outage(60, ["sendMessage"])
        stuck = api.say(2, QUESTION)
        api.wait_for(lambda: [c for c in api.calls("sendMessage") if c.params["chat_id"] in (2, "2")])
        assert bot.stop() == 0
        assert stuck in api.unconfirmed
        api.faults.calm()
        bot.start()
        assert api.wait_for(lambda: api.sent(2))
        bot.kill()


def test_sigterm_while_waiting_for_telegram(tmp_path: Path) -> None:
    """A bot that has not reached Telegram yet can be stopped with exit code 0."""
    with BotApi(port=free_port()) as api:
        bot = Bot(api, tmp_path)
    bot.start(wait=False)
    until(lambda: bot.logged("cannot be reached yet"), 20)
    assert bot.stop() == 0


def test_a_webhook_left_behind_is_removed_for_polling(tmp_path: Path) -> None:
    """A webhook that somebody set does not keep a polling bot from its messages."""
    with BotApi() as api:
        call(api, "setWebhook", {"url": "http://127.0.0.1:9/x"})
        bot = Bot(api, tmp_path).start(wait=False)
        api.wait_for(lambda: api.calls("deleteWebhook"), 20)
        assert api.ask(1, QUESTION).text
        assert bot.stop() == 0


def test_profile_is_compared_before_it_is_set(tmp_path: Path) -> None:
    """`sync-profile` sets commands and descriptions once, and nothing the second time."""
    with BotApi() as api:
        environment = Bot(api, tmp_path).environment()
        for expected in (
            "Changed: commands, description, short description.",
            "Everything was as it should be.",
        ):
            done = subprocess.run(
                [sys.executable, "-m", "bot", "sync-profile"],
                cwd=PROJECT,
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
            assert expected in done.stdout
        assert len(api.calls("setMyCommands", "setMyDescription", "setMyShortDescription")) == 3


def test_health_command(tmp_path: Path) -> None:
    """`faqbot health` says whether a bot on this machine is ready, by words and exit code."""
    port = free_port()
    command = [sys.executable, "-m", "bot", "health"]
    with BotApi() as api, running(api, tmp_path, HEALTH_PORT=str(port)) as bot:
        until(lambda: get(port, "/readyz")[0] == 200)
        up = subprocess.run(command, cwd=PROJECT, env=bot.environment(), capture_output=True, check=False)
        assert up.returncode == 0
        assert bot.stop() == 0
        down = subprocess.run(command, cwd=PROJECT, env=bot.environment(), capture_output=True, check=False)
        assert down.returncode == 1
        assert b"Nothing answers" in down.stderr


def test_a_corrupt_state_is_survived(tmp_path: Path) -> None:
    """A corrupt state file gives one sentence, health says so, and people are answered all the same."""
    (tmp_path / "state.sqlite3").write_bytes(b"this is no database" * 1000)
    port = free_port()
    with BotApi() as api, running(api, tmp_path, HEALTH_PORT=str(port)) as bot:
        assert "911" in api.ask(1, DANGER).text
        status, body = get(port, "/readyz")
        assert status == 503
        assert "memory" in body
        assert len([r for r in bot.records if "state cannot be kept" in r["event"]]) == 1
        assert bot.stop() == 0


def test_without_the_encoder_the_bot_is_ready_and_says_so(tmp_path: Path) -> None:
    """An encoder that cannot be used leaves words to decide; health and metrics say so, and it is ready."""
    port = free_port()
    broken = tmp_path / "encoder"
    broken.mkdir()
    with BotApi() as api, running(api, tmp_path, HEALTH_PORT=str(port), ENCODER=str(broken)):
        until(lambda: get(port, "/readyz")[0] == 200)
        assert "vocab.txt" in json.loads(get(port, "/healthz")[1])["degraded"]["encoder"]
        assert "faqbot_encoder_works 0.0" in get(port, "/metrics")[1]
        assert "911" in api.ask(1, DANGER).text

"""Content that changes while the bot runs: taken up whole, or the last good state stays."""

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.botapi import BotApi
from tests.end_to_end.running import PROJECT, QUESTION, Bot, few_answers, free_port, get, running, until
from tests.end_to_end.scenarios import settings
from tests.reviews.conftest import NoAliases, Person, make_key


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A small content tree of the test's own."""
    return shutil.copytree(few_answers(), tmp_path / "answers")


def file_of(answers: Path, answer: str) -> Path:
    """Return the file of an answer."""
    return next(answers.glob(f"en/*/{answer}.yaml"))


def figure(port: int, name: str) -> float:
    """Return the value of a metric."""
    found = re.search(rf"^faqbot_{name} (\S+)$", get(port, "/metrics")[1], re.MULTILINE)
    assert found is not None
    return float(found[1])


def events(bot: Bot) -> list[str]:
    """Return what the bot logged, in order."""
    return [record["event"] for record in bot.records]


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_content_is_taken_up_while_running(tmp_path: Path, answers: Path, mode: str) -> None:
    """A changed answer is in the next reply, a broken file changes metric and log alone; SIGHUP works."""
    health = free_port()
    more = settings(mode, ANSWERS=str(answers), HEALTH_PORT=str(health), LOG_LEVEL="DEBUG")
    with BotApi() as api, running(api, tmp_path, **more) as bot:
        assert "A new sentence." not in api.ask(1, QUESTION).text
        assert figure(health, "content_current") == 1
        file = file_of(answers, "addiction")
        data = yaml.safe_load(file.read_text(encoding="utf-8")) | {"answer": "A new sentence."}
        file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        until(lambda: bot.logged("changed content is served now"), 20)
        assert "A new sentence." in api.ask(2, QUESTION).text

        messages = answers / "en" / "messages.yaml"
        whole = messages.read_bytes()
        messages.write_bytes(whole + b"broken: [\n")
        until(lambda: bot.logged("the last good one goes on being served"), 20)
        assert figure(health, "content_current") == 0
        assert any("en/messages.yaml" in record.get("problem", "") for record in bot.records)
        assert "A new sentence." in api.ask(3, QUESTION).text

        messages.write_bytes(whole)
        until(lambda: figure(health, "content_current") == 1, 20)
        assert bot.process is not None
        bot.process.send_signal(signal.SIGHUP)
        until(lambda: "asked to read the content again" in events(bot))
        asked = events(bot).index("asked to read the content again")
        until(lambda: "the content was read again and had not changed" in events(bot)[asked:])
        assert "A new sentence." in api.ask(4, QUESTION).text
        assert bot.stop() == 0


def test_an_approval_counts_while_running(tmp_path: Path, answers: Path) -> None:
    """In reviewed mode an answer is served from its approval on, and no longer once it is edited."""
    key = tmp_path / "key"
    person = Person("test_a", "Test Reviewer A (not a real person)", key, make_key(key, "ed25519", "256"))
    listed = yaml.dump({"reviewers": [person.entry()]}, Dumper=NoAliases)
    (answers / "reviewers.yaml").write_text(listed, encoding="utf-8")
    shutil.rmtree(answers / "reviews", ignore_errors=True)
    health = free_port()
    more = {"ANSWERS": str(answers), "HEALTH_PORT": str(health), "SERVE": "reviewed"}
    with BotApi() as api, running(api, tmp_path, **more) as bot:
        assert bot.logged("answers: 0 reviewed and served")
        assert "not yet approved" in api.ask(1, QUESTION).text
        assert "No clinician has reviewed" in api.ask(1, "/about").text
        assert figure(health, "answers_served") == 0
        assert figure(health, "review_days_left") == float("inf")

        command = [sys.executable, "-m", "bot", "review", "approve", "addiction", "--as", person.id]
        command += ["--key", str(person.key), "--answers", str(answers)]
        subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
        until(lambda: figure(health, "answers_served") == 1, 20)
        assert f"Reviewed by {person.name}" in api.ask(2, QUESTION).text
        assert f"Reviewed by {person.name}, test profession: Addiction" in api.ask(2, "/about").text
        assert 300 < figure(health, "review_days_left") < 400
        assert bot.logged("answers: 1 reviewed and served")

        file = file_of(answers, "addiction")
        file.write_bytes(file.read_bytes() + b"# changed\n")
        until(lambda: figure(health, "answers_served") == 0, 20)
        assert "not yet approved" in api.ask(3, QUESTION).text
        assert bot.stop() == 0


def test_statements_that_do_not_count_are_named_at_start(tmp_path: Path, answers: Path) -> None:
    """A statement that cannot be verified is one warning line at start, and everything else is served."""
    statement = answers / "reviews" / "en" / "addiction.somebody.yaml"
    statement.parent.mkdir(parents=True)
    statement.write_text("rubbish", encoding="utf-8")
    with BotApi() as api, running(api, tmp_path, ANSWERS=str(answers)) as bot:
        ignored = [r for r in bot.records if r["event"] == "a review statement does not count"]
        assert len(ignored) == 1
        assert ignored[0]["level"] == "warning"
        assert ignored[0]["problem"].startswith("reviews/en/addiction.somebody.yaml")
        assert bot.logged("1 statements do not count")
        assert "Is kratom addictive?" in api.ask(1, QUESTION).text
        bot.kill()

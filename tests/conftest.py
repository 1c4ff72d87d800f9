"""What many tests share: the shipped content, and a responder over it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.content.load import load
from bot.content.model import Library
from bot.respond import Responder
from bot.wire import build

PROJECT = Path(__file__).resolve().parent.parent
ANSWERS = PROJECT / "answers"

settings.register_profile(
    "project",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("project")


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped content."""
    return load(ANSWERS)


@pytest.fixture(scope="session")
def responder(library: Library) -> Responder:
    """The whole path over the shipped content, drafts served."""
    return build(library, drafts=True)


@pytest.fixture(scope="session")
def reviewed_responder(library: Library) -> Responder:
    """The whole path over the shipped content, as it starts by default: only what is reviewed."""
    return build(library, drafts=False)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A copy of the shipped content that a test may break."""
    copy = tmp_path / "answers"
    shutil.copytree(ANSWERS, copy, ignore=shutil.ignore_patterns("questions", "schema"))
    return copy


@pytest.fixture
def environment() -> Callable[..., dict[str, str]]:
    """Make an environment for a child process: ours without any setting of the bot, plus changes."""

    def make(**changes: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("FAQBOT_", "TELEGRAM_"))}
        return kept | {"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", "FAQBOT_ENCODER": "off"} | changes

    return make


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run that skipped something where FAQBOT_TESTS_NEED_SERVERS says that all must run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("FAQBOT_TESTS_NEED_SERVERS") and skipped and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

"""A copy of the project in which commands may do what they like."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.conftest import PROJECT

TOKEN = "123456:ABC-DEF"
_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "build", "tests", "benchmarks", "secrets")


@dataclass(frozen=True)
class Newcomer:
    """Somebody with a fresh copy, a shell, and a Telegram that listens on loopback."""

    folder: Path
    environment: dict[str, str]
    telegram: BotApi


@pytest.fixture(scope="session")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newcomer]:
    """A copy of the project whose .venv is this project's: nothing is downloaded, the encoder neither."""
    home = tmp_path_factory.mktemp("newcomer")
    folder = home / "project"
    shutil.copytree(PROJECT, folder, ignore=_LEFT_OUT)
    (folder / ".venv").mkdir()
    for part in (PROJECT / ".venv").iterdir():
        if not part.name.startswith("."):
            (folder / ".venv" / part.name).symlink_to(part)
    for stamp in (".dev", ".run", ".encoder-tried"):
        (folder / ".venv" / stamp).touch()
    commands = home / "bin"
    commands.mkdir()
    faqbot = commands / "faqbot"
    faqbot.write_text(f'#!/bin/sh\nexec "{folder}/.venv/bin/python" -m bot "$@"\n', encoding="utf-8")
    faqbot.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("FAQBOT_", "TELEGRAM_", "MAKE"))}
    with BotApi(TOKEN) as telegram:
        telegram.user(42, "Ann")
        changes = {
            "HOME": str(home),
            "PATH": f"{commands}:{os.environ['PATH']}",
            "COLUMNS": "80",
            "PYTHONUTF8": "1",
            "FAQBOT_API_BASE_URL": telegram.url,
        }
        yield Newcomer(folder, kept | changes, telegram)

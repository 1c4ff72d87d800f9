"""Every command in README and docs works."""

import re
import shlex
import signal
import subprocess

import click
import pytest

from bot.cli import cli
from tests.docs.blocks import Block, blocks, of_kind, pages
from tests.docs.conftest import Newcomer

UNTIL_STOPPED = "runs until stopped"
REHEARSED = (
    (re.compile(r"^make (test|lint|check)\b", re.MULTILINE), r"make --dry-run \1"),
    (re.compile(r"^faqbot check$", re.MULTILINE), "faqbot check --explain"),
)
"""What .ci/run does itself, and takes long: here it is only made sure that it could be run."""
KINDS = {"", "text", "yaml", "json", "sh", "console", "mermaid", "sh verify"}

_runnable = [block for block in of_kind("sh") if not block.note.startswith("not run")]
_plain = [block for block in _runnable if block.note != UNTIL_STOPPED]
_lasting = [block for block in _runnable if block.note == UNTIL_STOPPED]


def _rehearsed(script: str) -> str:
    for command, rehearsal in REHEARSED:
        script = command.sub(rehearsal, script)
    return script


def _shell(newcomer: Newcomer, script: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=newcomer.folder,
        env=newcomer.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


@pytest.mark.parametrize("block", _plain, ids=str)
def test_a_block_can_be_typed_as_it_stands(newcomer: Newcomer, block: Block) -> None:
    """What a page tells people to type ends well on a machine that has the project alone."""
    process = _shell(newcomer, _rehearsed(block.text))
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, f"{block}: put `<!-- not run: why -->` above it, or mend it.\n{said}"


@pytest.mark.parametrize("block", _lasting, ids=str)
def test_a_bot_started_as_described_answers(newcomer: Newcomer, block: Block) -> None:
    """A bot that is started as the page says answers the page's question, and ends with Ctrl-C."""
    token = newcomer.folder / "secrets/telegram_bot_token"
    token.parent.mkdir(exist_ok=True)
    token.write_text(newcomer.telegram.token, encoding="utf-8")
    process = _shell(newcomer, f"exec env {block.text}")
    try:
        newcomer.telegram.wait_for(lambda: newcomer.telegram.calls("getUpdates"), timeout=30)
        assert "kratom" in newcomer.telegram.ask(42, "is kratom addictive", timeout=10).text.lower()
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=20)
        assert process.returncode == 0, said
    finally:
        process.kill()


@pytest.mark.parametrize("block", of_kind("console"), ids=str)
def test_quoted_output_is_what_is_printed(newcomer: Newcomer, block: Block) -> None:
    """What a page quotes after a command is what the command prints."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, quoted = part.partition("\n")
        said, _ = _shell(newcomer, command).communicate(timeout=60)
        assert said.replace("python -m bot", "faqbot").strip() == quoted.strip(), f"{block}: $ {command}"


def test_kinds_of_blocks_are_known() -> None:
    """A block is of a kind that a test knows what to do with."""
    assert [f"{block}: {block.kind}" for block in blocks() if block.kind not in KINDS] == []


def _mentioned() -> set[tuple[str, str]]:
    """Return (page, command) of every `faqbot …` in a code span or a shell block."""
    found = set()
    for page, text in pages().items():
        spans = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
        lines = [
            line
            for b in blocks()
            if b.page == page and b.kind.startswith("sh")
            for line in b.text.replace("\\\n", " ").splitlines()
        ]
        found |= {
            (page, m[0]) for code in (*spans, *lines) if (m := re.match(r"\$? ?faqbot [a-z-]+.*", code))
        }
    return found


def test_commands_named_in_passing_exist() -> None:
    """Every command and option that a page names is one that the program has."""
    wrong = []
    for page, text in sorted(_mentioned()):
        words = shlex.split(text.split("|")[0].split(">")[0].split(";")[0].strip(), comments=True)[1:]
        command: click.Command = cli
        while isinstance(command, click.Group) and words and words[0] in command.commands:
            command = command.commands[words.pop(0)]
        options = {option for parameter in command.params for option in parameter.opts} | {"--help", "-h"}
        unknown = [w for w in words if w.startswith("--") and w.split("=")[0] not in options]
        if unknown or command is cli:
            wrong.append(f"{page}: {text}")
    assert not wrong

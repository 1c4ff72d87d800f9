"""The commands, as processes, as a person or a script would run them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ANSWERS, PROJECT

Environment = Callable[..., dict[str, str]]
KEYS = ["kind", "answers", "crisis", "score", "matched", "rule", "status", "blocks", "text"]


@pytest.fixture
def faqbot(environment: Environment, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run `faqbot` in an empty folder, with the shipped answers unless told otherwise."""

    def run(*arguments: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        changes = {"FAQBOT_ANSWERS": str(ANSWERS)} | env
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=stdin, capture_output=True, check=False, cwd=tmp_path, timeout=60,
            env=environment(**changes),
        )  # fmt: skip

    return run


Faqbot = Callable[..., subprocess.CompletedProcess[bytes]]


def sentence(result: subprocess.CompletedProcess[bytes]) -> str:
    """Return what was said on stderr, having checked that it is no traceback."""
    said = result.stderr.decode()
    assert "Traceback" not in said
    return said


def test_ask_json_has_every_key_of_the_contract(faqbot: Faqbot) -> None:
    """`ask --json` writes one object with the keys of the contract, in their order."""
    result = faqbot("ask", "--json", "--drafts", "--region", "us", "is kratom adictive")
    reply = json.loads(result.stdout)
    assert list(reply) == KEYS
    assert (reply["kind"], reply["answers"], reply["status"]) == ("answer", ["addiction"], "draft")
    assert "988" in reply["text"]
    assert result.returncode == 0
    assert result.stderr == b""


def test_ask_jsonl_answers_a_thousand_lines_in_order(faqbot: Faqbot) -> None:
    """`ask --jsonl` writes one object a line, in the order of the questions."""
    questions = [
        "kratom and my liver",
        "I want to kill myself",
        "how much kratom should i take",
        "hello",
    ] * 250
    result = faqbot("ask", "--jsonl", "--drafts", stdin="\n".join(questions).encode())
    replies = [json.loads(line) for line in result.stdout.splitlines()]
    assert [r["kind"] for r in replies] == ["answer", "crisis", "dosing", "smalltalk"] * 250
    assert all(list(r) == KEYS for r in replies)


def test_jsonl_stops_at_a_line_that_is_no_text(faqbot: Faqbot) -> None:
    """A line that is not UTF-8 ends with a sentence naming it; the lines before are answered."""
    result = faqbot("ask", "--jsonl", "--drafts", stdin=b"hello\n\xff\xfe\x00\nhello\n")
    assert result.returncode == 2
    assert len(result.stdout.splitlines()) == 1
    assert "Line 2 of stdin is not UTF-8 text" in sentence(result)


def test_jsonl_answers_a_line_of_a_megabyte(faqbot: Faqbot) -> None:
    """A line of 1 MB, or of 9, gets one reply that asks for a shorter message; the next line is answered."""
    stdin = b"a" * 1_000_000 + b"\n" + b"b" * 9_000_000 + b"\nhello\n"
    result = faqbot("ask", "--jsonl", "--drafts", stdin=stdin)
    origins = [[b["origin"] for b in json.loads(line)["blocks"]] for line in result.stdout.splitlines()]
    assert len(origins) == 3
    assert all("en/messages.yaml#too_long" in o for o in origins[:2])


def test_a_closed_pipe_is_one_sentence(environment: Environment) -> None:
    """When the reader of the output goes away, the command stops with one sentence."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl", "--drafts", "--answers", str(ANSWERS)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write(b"hello\n")
    process.stdin.flush()
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write(b"hello\n" * 50)
    process.stdin.close()
    said = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(timeout=30) == 1
    assert "the reader of this output went away" in said
    assert "Traceback" not in said


def test_ask_without_a_question_says_how(faqbot: Faqbot) -> None:
    """`ask` with neither a question nor --jsonl says what to give it."""
    result = faqbot("ask")
    assert result.returncode == 2
    assert "--jsonl" in sentence(result)


def test_ask_plain_prints_the_reply(faqbot: Faqbot) -> None:
    """`ask` prints the reply as a person reads it; by default nothing unreviewed is served."""
    result = faqbot("ask", "is kratom addictive")
    assert "not yet approved" in result.stdout.decode()


def test_an_unknown_region_is_one_sentence(faqbot: Faqbot) -> None:
    """A country without a file is named, with the countries there are."""
    result = faqbot("ask", "hello", "--region", "QQ")
    assert result.returncode == 2
    assert "QQ" in sentence(result)
    assert "GB" in sentence(result)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("FAQBOT_SERVE", "everything"), ("FAQBOT_REGION", "Narnia"), ("FAQBOT_LOG_LEVEL", "loud")],
)
def test_a_bad_setting_names_its_variable(faqbot: Faqbot, variable: str, value: str) -> None:
    """A bad value stops the start with one sentence that names the variable."""
    result = faqbot("ask", "hello", **{variable: value})
    assert result.returncode == 2
    assert variable in sentence(result)
    assert value in sentence(result)


def test_a_missing_answers_folder_is_one_sentence(faqbot: Faqbot) -> None:
    """A folder that is not there stops the start and is named."""
    result = faqbot("chat", "--answers", "/nowhere")
    assert result.returncode == 2
    assert "/nowhere" in sentence(result)


def test_one_broken_file_among_many_stops_the_start(faqbot: Faqbot, answers: Path) -> None:
    """A broken file is named with its line, and nothing is started."""
    (answers / "en" / "safety" / "liver.yaml").write_text(
        "id: liver\nid: liver\ntitle: 3\n", encoding="utf-8"
    )
    result = faqbot("chat", "--answers", str(answers))
    assert result.returncode == 2
    assert "en/safety/liver.yaml:2: id: is here twice" in sentence(result)
    assert result.stdout == b""


def test_a_broken_guardrail_pattern_stops_the_start(faqbot: Faqbot, answers: Path) -> None:
    """A rule file that cannot be compiled stops the start, naming the rule."""
    path = answers / "en" / "guardrails" / "sourcing.yaml"
    text = path.read_text(encoding="utf-8").replace("patterns:\n", "patterns:\n      - (unclosed\n", 1)
    path.write_text(text, encoding="utf-8")
    result = faqbot("ask", "hello", "--answers", str(answers))
    assert result.returncode == 2
    assert "does not close" in sentence(result)


def test_run_without_a_token_says_how_to_get_one(faqbot: Faqbot) -> None:
    """`run` without a token says where a token comes from, and that chat needs none."""
    result = faqbot("run")
    assert result.returncode == 2
    assert "@BotFather" in sentence(result)
    assert "faqbot chat" in sentence(result)


def test_a_token_file_that_cannot_be_read_is_named(faqbot: Faqbot, tmp_path: Path) -> None:
    """An empty or missing token file is named in a sentence."""
    empty = tmp_path / "token"
    empty.write_text("\n", encoding="utf-8")
    for name in (str(empty), "/nowhere/token"):
        result = faqbot("run", TELEGRAM_BOT_TOKEN_FILE=name)
        assert result.returncode == 2
        assert name in sentence(result)


def test_chat_over_a_pipe(faqbot: Faqbot) -> None:
    """A chat fed from a pipe answers each line within 80 columns, and ends at /quit."""
    result = faqbot("chat", "--drafts", stdin=b"is kratom adictive\n1\n/topics\n/help\n/quit\nnever read\n")
    said = result.stdout.decode()
    assert "Is kratom addictive?" in said
    assert "988" in said
    assert max(len(line) for line in said.splitlines()) <= 80
    assert said.rstrip().endswith("Bye. Take care.")
    assert result.returncode == 0


@pytest.mark.parametrize("stdin", [b"", b"\xff\xfe\x00\x01\n", b"x" * 1_000_000 + b"\n", b"\x00" * 5000])
def test_chat_survives_what_is_no_text(faqbot: Faqbot, stdin: bytes) -> None:
    """Nothing, binary and a line of 1 MB end in clear words and exit code 0."""
    result = faqbot("chat", "--drafts", stdin=stdin)
    assert result.returncode == 0
    assert sentence(result) == ""
    assert result.stdout.decode().rstrip().endswith("Bye. Take care.")


def test_schema_command_writes_and_compares(faqbot: Faqbot, tmp_path: Path) -> None:
    """`schema --write` writes every schema; with --check a stale one is an error."""
    folder = str(tmp_path / "schema")
    assert faqbot("schema", "--write", folder, "--check").returncode == 1
    assert faqbot("schema", "--write", folder).returncode == 0
    assert faqbot("schema", "--write", folder, "--check").returncode == 0
    assert "answer.json" in json.loads(faqbot("schema").stdout)


def test_every_command_has_help_and_is_in_the_readme(faqbot: Faqbot) -> None:
    """Each command explains itself with --help, and the README names it."""
    listed = faqbot("--help").stdout.decode().split("Commands:")[1]
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    for line in listed.strip().splitlines():
        name = line.split()[0]
        assert faqbot(name, "--help").returncode == 0
        assert f"faqbot {name}" in readme, name

"""The commands. The one place where parts are wired together.

Heavy imports live inside the commands, so that `faqbot --help` is instant.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from bot import __version__
from bot.errors import ContentError, FaqbotError, InputError

if TYPE_CHECKING:
    from bot.content.model import Library
    from bot.reply import Reply
    from bot.respond import Responder
    from bot.settings import Settings

MAX_LINE = 4_000_000
"""Bytes of one line of `ask --jsonl` that are kept; what is longer is read and dropped."""

answers_option = click.option(
    "--answers", type=click.Path(path_type=Path), help="Folder with the answers (default: ./answers)."
)
drafts_option = click.option(
    "--drafts", is_flag=True, help="Also serve drafts that no clinician has reviewed."
)
region_option = click.option("--region", metavar="CC", help="Country of the crisis lines, such as US or GB.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="faqbot")
def cli() -> None:
    """Answer questions on kratom, opioid withdrawal, opioid use disorder and ADHD.

    Only with texts that clinicians wrote and reviewed; never with an amount; a person in
    danger first.
    """


@cli.command()
@answers_option
@drafts_option
@region_option
def chat(answers: Path | None, drafts: bool, region: str | None) -> None:
    """Talk to the bot in this terminal. Needs no Telegram."""
    from bot.channels.console import run_chat

    settings, responder = _start(answers, drafts, region)
    run_chat(responder, settings.region)


@cli.command()
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
@click.option(
    "--jsonl", "as_jsonl", is_flag=True, help="Read one question a line on stdin, write JSON lines."
)
@answers_option
@drafts_option
@region_option
def ask(
    text: str | None, as_json: bool, as_jsonl: bool, answers: Path | None, drafts: bool, region: str | None
) -> None:
    """Ask one question, or many with --jsonl, and print the reply."""
    from bot.respond import Ask

    if (text is None) != as_jsonl:
        raise InputError(
            "Give one question, as in `faqbot ask 'is kratom addictive'`, or --jsonl and lines on stdin."
        )
    settings, responder = _start(answers, drafts, region)
    for question in _lines(sys.stdin.buffer) if text is None else [text]:
        reply = responder.respond(Ask(question), settings.region)
        shown = json.dumps(as_contract(reply), ensure_ascii=False) if as_json or as_jsonl else reply.text
        sys.stdout.buffer.write(shown.encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()


@cli.command()
@answers_option
@drafts_option
@region_option
def run(answers: Path | None, drafts: bool, region: str | None) -> None:
    """Answer on Telegram, by long polling. Needs TELEGRAM_BOT_TOKEN."""
    from bot.settings import load_settings

    token = load_settings().token()
    settings, responder = _start(answers, drafts, region)
    from bot.channels.telegram.app import run_bot

    run_bot(responder, token, settings.api_base_url, settings.region)


@cli.command()
@answers_option
def check(answers: Path | None) -> None:
    """Check every file under answers/ and list all problems at once."""
    library = _load(_settings(answers).answers)
    click.echo(f"{len(library.answers)} answers, {len(library.crisis)} crisis files: no problems.")


@cli.command()
@click.option("--write", "folder", type=click.Path(path_type=Path), help="Folder to write the schemas to.")
@click.option(
    "--check", "compare", is_flag=True, help="With --write: only compare; exit 1 if a schema is stale."
)
def schema(folder: Path | None, compare: bool) -> None:
    """Print the JSON Schemas of the content files, or write them for editors."""
    from bot.content.schema import schemas, stale

    if folder is None:
        click.echo(json.dumps(schemas(), indent=2, ensure_ascii=False))
        return
    behind = stale(folder)
    if compare and behind:
        raise FaqbotError(
            f"Stale: {', '.join(behind)}. Run `faqbot schema --write {folder}` and commit the result."
        )
    for name in behind:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(behind[name], encoding="utf-8")
        click.echo(f"wrote {folder / name}")


def as_contract(reply: Reply) -> dict[str, Any]:
    """Return a reply as the JSON object that docs/architecture.md promises."""
    return {
        "kind": reply.kind.value,
        "answers": list(reply.answers),
        "crisis": reply.crisis,
        "score": reply.score,
        "matched": reply.matched,
        "rule": reply.rule,
        "status": reply.status,
        "blocks": [{"origin": block.origin, "text": block.text} for block in reply.blocks],
        "text": reply.text,
    }


def main() -> None:
    """Run the command line; turn every error a person can cause into one clear message."""
    try:
        cli(standalone_mode=False)
        sys.stdout.flush()
    except FaqbotError as error:
        _fail(f"faqbot: {error}", error.exit_code)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        _fail("faqbot: stopped.", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _fail("faqbot: the reader of this output went away; stopped writing.", 1)
    except KeyboardInterrupt:
        _fail("faqbot: stopped.", 130)


def _fail(sentence: str, code: int) -> None:
    click.echo(sentence, err=True)
    sys.exit(code)


def _settings(answers: Path | None, drafts: bool = False, region: str | None = None) -> Settings:
    """Return the environment's settings with the command line's on top."""
    from bot.settings import load_settings

    settings = load_settings()
    changes: dict[str, object] = {}
    if answers is not None:
        changes["answers"] = answers
    if drafts:
        changes["serve"] = "drafts"
    if region is not None:
        changes["region"] = region.upper()
    return settings.model_copy(update=changes)


def _start(answers: Path | None, drafts: bool, region: str | None) -> tuple[Settings, Responder]:
    """Load everything and wire it. Raises FaqbotError with all that is wrong."""
    settings = _settings(answers, drafts, region)
    library = _load(settings.answers)
    if settings.region not in library.crisis:
        known = ", ".join(sorted(library.crisis))
        raise InputError(f"There are no crisis lines for region {settings.region}. Known: {known}.")
    return settings, build(library, drafts=settings.serve == "drafts")


def build(library: Library, *, drafts: bool) -> Responder:
    """Wire matcher, guardrails and composer of one Library. Raises ContentError."""
    from bot.respond import Responder
    from bot.understand.guardrails import Guardrails
    from bot.understand.match import Matcher
    from bot.understand.patterns import PatternError

    try:
        guardrails = Guardrails(library.guardrails)
    except PatternError as error:
        problem = f"{library.language}/guardrails: {error}; see the pattern rules in answers/README.md"
        raise ContentError((problem,)) from None
    return Responder(library, Matcher(library.phrasings()), guardrails, drafts=drafts)


def _load(root: Path) -> Library:
    from bot.content.load import load

    return load(root)


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of `stream` as text. Raises InputError at one that is not UTF-8."""
    number = 0
    while raw := stream.readline(MAX_LINE):
        number += 1
        if not raw.endswith(b"\n"):
            _drop_rest_of_line(stream)
        try:
            yield raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise InputError(
                f"Line {number} of stdin is not UTF-8 text; the lines before it were answered. "
                "Save the file as UTF-8."
            ) from None


def _drop_rest_of_line(stream: BinaryIO) -> None:
    while (more := stream.readline(MAX_LINE)) and not more.endswith(b"\n"):
        pass

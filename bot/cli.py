"""The commands. The one place where parts are wired together.

Heavy imports live inside the commands, so that `faqbot --help` is instant.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from bot import __version__
from bot.errors import FaqbotError, InputError, OutputClosedError
from bot.maintainer_commands import learn, try_, tune
from bot.options import answers_option, question_part
from bot.review_commands import review

if TYPE_CHECKING:
    from datetime import date

    from bot.content.model import Library
    from bot.encoder.status import EncoderStatus
    from bot.reply import Reply
    from bot.respond import Responder
    from bot.settings import Settings

MAX_LINE = 4_000_000
"""Bytes of one line of `ask --jsonl` that are kept; what is longer is read and dropped."""

drafts_option = click.option(
    "--drafts", is_flag=True, help="Also serve drafts that no clinician has reviewed."
)
region_option = click.option("--region", metavar="CC", help="Country of the crisis lines, such as US or GB.")


class _Commands(click.Group):
    """A group that leaves a closed pipe to `main` (click would end without a word)."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise OutputClosedError from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
@click.option("--explain", is_flag=True, help="Show how TEXT was read and matched instead of the reply.")
@answers_option
@drafts_option
@region_option
def ask(
    text: str | None,
    as_json: bool,
    as_jsonl: bool,
    explain: bool,
    answers: Path | None,
    drafts: bool,
    region: str | None,
) -> None:
    """Ask one question, or many with --jsonl, and print the reply."""
    from bot.respond import Ask

    if (text is None) != as_jsonl:
        raise InputError(
            "Give one question, as in `faqbot ask 'is kratom addictive'`, or --jsonl and lines on stdin."
        )
    if explain:
        if text is None or as_json:
            raise InputError("--explain takes one question, and neither --json nor --jsonl.")
        from bot.explain import explained

        click.echo(explained(_settings(answers), text, colour=sys.stdout.isatty()))
        return
    settings, responder = _start(answers, drafts, region, one_message=text is not None)
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
    """Answer on Telegram. Needs TELEGRAM_BOT_TOKEN.

    By long polling, or by webhook where FAQBOT_WEBHOOK_URL is set.
    """
    from bot.content.today import Today
    from bot.encoder.status import EncoderStatus
    from bot.settings import load_settings

    load_settings().token()
    today = Today()
    encoder = EncoderStatus()
    settings, library, wired = _open(answers, drafts, region, today=today, status=encoder)
    from bot.channels.telegram.app import run_bot

    run_bot(library, wired, settings, today, encoder)


@cli.command("sync-profile")
@answers_option
def sync_profile(answers: Path | None) -> None:
    """Set the bot's commands and descriptions on Telegram, where they differ."""
    from bot.settings import load_settings

    load_settings().token()
    settings = _settings(answers)
    library = _load(settings.answers)
    from bot.channels.telegram.profile import sync

    changed = sync(settings, library.messages)
    click.echo(f"Changed: {', '.join(changed)}." if changed else "Everything was as it should be.")


@cli.command()
def health() -> None:
    """Ask a bot running on this machine whether it is ready. Needs FAQBOT_HEALTH_PORT."""
    from bot.errors import SettingsError
    from bot.ops.health import ask_health
    from bot.settings import load_settings

    port = load_settings().health_port
    if port is None:
        raise SettingsError(
            "FAQBOT_HEALTH_PORT is not set: set it to the port that the bot was started with."
        )
    click.echo(ask_health(port))


@cli.command()
@answers_option
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "github"]), default="text", help="How to print."
)
@click.option("--rule", "only", metavar="ID", multiple=True, help="Only this rule; may be repeated.")
@click.option("--explain", is_flag=True, help="Print the manual of every rule, or of those with --rule.")
@click.option("--stats", is_flag=True, help="Print words and reading grade of every answer instead.")
def check(
    answers: Path | None, strict: bool, style: str, only: tuple[str, ...], explain: bool, stats: bool
) -> None:
    """Check every file under answers/ and list all problems at once.

    Ends with 1 where something must be mended, with --strict also where something should be.
    """
    from bot import check_commands
    from bot.content.today import utc_today

    if explain:
        check_commands.explain(only)
        return
    root = _settings(answers).answers
    if stats:
        check_commands.stats(root)
    elif check_commands.run(root, utc_today(), strict=strict, style=style, only=only):
        raise click.exceptions.Exit(1)


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


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--part",
    type=question_part,
    help="Questions shipped with the answers (default: dev).",
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
@click.option("--html", type=click.Path(path_type=Path), help="Also write a report with plots to this file.")
@click.option("--misses", is_flag=True, help="Show the texts of missed questions; never of held-out ones.")
@click.option("--floors", type=click.Path(path_type=Path), help="Default: questions/floors.yaml.")
@click.option("--robustness", is_flag=True, help="Ask again with typos, look-alike letters, dropped spaces.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the changes of --robustness.")
@answers_option
def evaluate(answers: Path | None, **options: Any) -> None:
    """Run labelled questions through the bot; exit 1 if a figure is under its floor.

    FILES are tab-separated: id, label, also_acceptable, text. Drafts are served.
    """
    from bot.evaluate import Options, run
    from bot.wire import build, open_encoder

    settings = _settings(answers)
    library = _load(settings.answers)
    encoder = open_encoder(settings.encoder, _tell)
    responder = build(library, drafts=True, encoder=encoder)
    chosen = Options(**options, with_encoder=encoder is not None)
    run(chosen, library, responder, settings.answers, click.echo)


for _command in (review, learn, tune, try_):
    cli.add_command(_command)


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
        if isinstance(error, OutputClosedError):  # or Python would complain of it once more at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _fail(f"faqbot: {error}", error.exit_code)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        _fail("faqbot: stopped.", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
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


def _start(
    answers: Path | None, drafts: bool, region: str | None, *, one_message: bool = False
) -> tuple[Settings, Responder]:
    """Load everything and wire it. Raises FaqbotError with all that is wrong."""
    settings, library, wired = _open(answers, drafts, region, one_message=one_message)
    return settings, wired(library)


def _open(
    answers: Path | None,
    drafts: bool,
    region: str | None,
    *,
    one_message: bool = False,
    today: Callable[[], date] | None = None,
    status: EncoderStatus | None = None,
) -> tuple[Settings, Library, Callable[[Library], Responder]]:
    """Load everything; return it with what wires a state of the content. Raises FaqbotError.

    For `one_message` the matcher and the encoder wait until needed. `status` hears of the encoder.
    """
    from bot.encoder.status import EncoderStatus
    from bot.wire import build, open_encoder, open_encoder_later

    status = status or EncoderStatus()

    def missing(sentence: str) -> None:
        status.missing(sentence)
        _tell(sentence)

    settings = _settings(answers, drafts, region)
    library = _load(settings.answers)
    if settings.region not in library.crisis:
        known = ", ".join(sorted(library.crisis))
        raise InputError(f"There are no crisis lines for region {settings.region}. Known: {known}.")
    encoder = (open_encoder_later if one_message else open_encoder)(settings.encoder, missing)
    status.wanted = encoder is not None or status.problem is not None
    wired = partial(
        build,
        drafts=settings.serve == "drafts",
        reviews_required=settings.reviews_required,
        today=today,
        encoder=encoder,
        encoder_failed=status.failed,
        later=one_message,
    )
    return settings, library, wired


def _tell(sentence: str) -> None:
    """Say on stderr what the bot goes on without."""
    click.echo(f"faqbot: {sentence}", err=True)


def _load(root: Path) -> Library:
    from bot.content.load import load

    return load(root)


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of `stream` as text. Raises InputError at one that is not UTF-8."""
    number = 0
    while raw := stream.readline(MAX_LINE):
        number += 1
        whole = raw.endswith(b"\n") or len(raw) < MAX_LINE
        if not whole:
            _drop_rest_of_line(stream)
        try:
            yield raw.decode("utf-8", "strict" if whole else "replace").rstrip("\r\n")
        except UnicodeDecodeError:
            raise InputError(
                f"Line {number} of stdin is not UTF-8 text; the lines before it were answered. "
                "Save the file as UTF-8."
            ) from None


def _drop_rest_of_line(stream: BinaryIO) -> None:
    while (more := stream.readline(MAX_LINE)) and not more.endswith(b"\n"):
        pass

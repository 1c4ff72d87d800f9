"""The terminal: a chat for people who try the bot, readable in 80 columns."""

import contextlib
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from bot.content import markup
from bot.errors import OutputClosedError
from bot.reply import Block, Option, Reply, Role, gap
from bot.respond import Ask, Browse, CrisisLines, Request, Responder, Show, offered_by, parse_action

WIDTH = 80
_STYLES = {
    Role.CRISIS: "bold red",
    Role.HELPLINE: "bold",
    Role.DRAFT: "yellow",
    Role.TITLE: "bold underline",
    Role.CAVEAT: "cyan",
    Role.GENERAL_CAVEAT: "dim",
    Role.CRISIS_LINE: "bold",
    Role.LEAD: "bold",
}
_TIGHT = (Role.OPTION, Role.HELPLINE, Role.PROVENANCE)
_COMMANDS: dict[str, Request] = {
    "/start": Show("welcome"),
    "/help": Show("help"),
    "/topics": Browse(),
    "/crisis": CrisisLines(),
    "/privacy": Show("privacy"),
    "/about": Show("about"),
}
_QUIT = ("/quit", "/exit", "/q")


class _Terminal(Console):
    """A rich console that leaves a closed pipe to the command line, which says so."""

    def on_broken_pipe(self) -> None:
        raise OutputClosedError


def run_chat(responder: Responder, region: str) -> None:
    """Read lines and print replies until /quit or the end of input. Nothing is kept on disk."""
    console = _Terminal(width=min(WIDTH, Console().width), highlight=False, soft_wrap=False)
    read = _reader(console)
    show(console, responder.respond(Show("welcome"), region))
    console.print("Type your question. /topics, /help, /crisis, /quit.", style="dim")
    options: tuple[Option, ...] = ()
    offered: tuple[str, ...] = ()
    while (line := read()) is not None:
        typed = line.strip()
        if typed.lower() in _QUIT:
            break
        if not typed:
            continue
        reply = responder.respond(_request(typed, options, offered), region)
        options, offered = reply.options, offered_by(reply)
        show(console, reply)
    console.print("Bye. Take care.", style="dim")


def show(console: Console, reply: Reply) -> None:
    """Print one reply, styled where the terminal can show it."""
    console.print()
    previous: Role | None = None
    number = 0
    for block in _one_line_a_reviewer(reply.blocks):
        if previous is not None and not (block.role is previous and block.role in _TIGHT):
            console.print()
        number += block.role is Role.OPTION
        _show_block(console, block, f"{number}. " if block.role is Role.OPTION else "")
        previous = block.role
    console.print()


def _one_line_a_reviewer(blocks: Iterable[Block]) -> list[Block]:
    """Return `blocks` with what is said about one reviewer run together."""
    shown: list[Block] = []
    last: Block | None = None
    for block in blocks:
        if last and block.role is last.role is Role.PROVENANCE and "\n" not in gap(last, block):
            shown[-1] = replace(shown[-1], text=shown[-1].text + gap(last, block) + block.text)
        else:
            shown.append(block)
        last = block
    return shown


def _show_block(console: Console, block: Block, lead: str) -> None:
    style = _STYLES.get(block.role, "")
    previous: markup.Piece | None = None
    for piece in markup.parse(block.text):
        if previous is not None and not (piece.bullet and previous.bullet):
            console.print()
        mark = "• " if piece.bullet or block.role is Role.HELPLINE else lead
        text = Text(style=style)
        for span in piece.spans:
            text.append(_shown(span), style="bold" if span.bold else "")
        _print_hanging(console, mark, text)
        previous = piece


def _print_hanging(console: Console, mark: str, text: Text) -> None:
    """Print `text` with `mark` before its first line and the others indented to match."""
    if not mark:
        console.print(text)
        return
    lines = text.wrap(console, console.width - len(mark))
    for number, line in enumerate(lines):
        lead = Text(mark if number == 0 else " " * len(mark))
        line.rstrip()
        console.print(lead + line)


def _shown(span: markup.Span) -> str:
    return span.text if span.link in (None, span.text) else f"{span.text} ({span.link})"


def _request(typed: str, options: tuple[Option, ...], offered: tuple[str, ...]) -> Request:
    """Read a command, the number of an option just shown, or a question."""
    command = typed.lower().split()[0]
    if command in _COMMANDS:
        return _COMMANDS[command]
    if typed.isascii() and typed.isdigit() and 0 < int(typed[:4]) <= len(options):
        chosen = parse_action(options[int(typed) - 1].action)
        if chosen is not None:
            return chosen
    return Ask(typed, offered)


def _reader(console: Console) -> Callable[[], str | None]:
    """Return a function that reads one line, or None at the end of input."""
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401, PLC0415  (gives input() a history, kept in memory only)
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")

    def read() -> str | None:
        try:
            return input("> ")
        except (EOFError, KeyboardInterrupt):
            console.print()
            return None

    return read

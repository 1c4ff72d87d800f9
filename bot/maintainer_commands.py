"""Commands for maintainers: `faqbot learn`, `faqbot tune` and `faqbot try`."""

import sys
from pathlib import Path
from typing import Any

import click

from bot.options import answers_option, question_part


@click.command()
@answers_option
def learn(answers: Path | None) -> None:
    """Train the recall layer on the labelled messages beside the guardrails (for maintainers)."""
    from bot.content.load import load
    from bot.learn import learn as train
    from bot.settings import load_settings

    root = answers or load_settings().answers
    library = load(root)
    folder = root / library.language / "guardrails"
    trained = train(library, folder)
    click.echo(f"Learned {', '.join(trained.labels)}; wrote {folder / 'learned.npz'}.")


@click.command()
@click.option(
    "--rounds", type=click.IntRange(1, 10), default=3, show_default=True, help="Times each is read."
)
@answers_option
def tune(rounds: int, answers: Path | None) -> None:
    """Tune the sentence encoder on the labelled messages; a quarter of an hour a round (for maintainers).

    Goes on from the tuned.npz that is there: one round is enough after a few new messages.
    """
    from bot.content.load import load
    from bot.settings import load_settings
    from bot.tune import tune as train

    settings = load_settings()
    root = answers or settings.answers
    library = load(root)
    folder = root / library.language / "guardrails"
    trained = train(library, folder, settings.encoder, lambda text: click.echo(text, err=True), rounds=rounds)
    click.echo(f"Tuned for {', '.join(trained.labels)}; wrote {folder / 'tuned.npz'}.")


@click.command("try")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--part", type=question_part, default="dev", help="Questions; default: dev.")
@answers_option
def try_(file: Path, part: Any, answers: Path | None) -> None:
    """Show which test questions a new or changed answer file would win or steal.

    Nothing is changed. FILE may lie anywhere; its id says which answer it replaces, if any.
    """
    from bot.settings import load_settings
    from bot.try_commands import tried

    settings = load_settings()
    if answers is not None:
        settings = settings.model_copy(update={"answers": answers})
    click.echo(tried(settings, file, part, colour=sys.stdout.isatty()))

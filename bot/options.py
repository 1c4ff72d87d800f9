"""Options that several commands take."""

from pathlib import Path

import click

answers_option = click.option(
    "--answers", type=click.Path(path_type=Path), help="Folder with the answers (default: ./answers)."
)

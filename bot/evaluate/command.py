"""The `faqbot evaluate` command, without its options: read, evaluate, show, hold the floors."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.content.model import Library
from bot.errors import FaqbotError, InputError
from bot.evaluate import page, terminal
from bot.evaluate.floors import Floor, read_floors
from bot.evaluate.observe import Answering
from bot.evaluate.questions import (
    HELD_OUT,
    Part,
    any_held_out,
    known_labels,
    part_files,
    part_of,
    read_questions,
)
from bot.evaluate.report import Report, Request, evaluate


@dataclass(frozen=True)
class Options:
    """What was typed after `faqbot evaluate`. Files win over the part, which then names the floors."""

    files: tuple[Path, ...] = ()
    part: Part | None = None
    floors: Path | None = None
    html: Path | None = None
    as_json: bool = False
    misses: bool = False
    robustness: bool = False
    seed: int = 1
    with_encoder: bool = False
    """Whether the sentence encoder has a part in the answers: some floors differ."""


def run(
    options: Options, library: Library, responder: Answering, answers: Path, echo: Callable[[str], None]
) -> None:
    """Evaluate and `echo` the report. Raises FaqbotError with one line for each broken floor.

    `answers` is the folder that holds questions/; `responder` should serve drafts.
    """
    request = _request(options, answers)
    questions = read_questions(request.files, known_labels(library))
    if not questions:
        raise InputError("These files hold no questions: there is nothing to evaluate.")
    report = evaluate(responder, library, questions, request)
    if options.html is not None:
        _write(options.html, page.page(report, library))
    echo(_shown(report, options))
    if report.breaches:
        raise FaqbotError("\n".join(report.breaches))


def _request(options: Options, answers: Path) -> Request:
    files = options.files or tuple(part_files(answers, options.part or "dev"))
    part = options.part or (part_of(files) if options.files else "dev")
    return Request(
        files=tuple(files),
        part=part,
        floors=_floors(options, answers, part),
        whole_part=not options.files,
        robustness=options.robustness,
        seed=options.seed,
        show_texts=options.misses and part not in HELD_OUT and not any_held_out(files),
    )


def _floors(options: Options, answers: Path, part: Part | None) -> dict[str, Floor]:
    """Return the floors that hold; none for files of no part, or where there is no floors file."""
    given = options.floors
    if given is not None and part is None:
        raise InputError("These files belong to no part: say with --part whose floors hold for them.")
    path = given or answers / "questions" / "floors.yaml"
    if part is None or (given is None and not path.is_file()):
        return {}
    return dict(read_floors(path, part, with_encoder=options.with_encoder))


def _shown(report: Report, options: Options) -> str:
    if options.as_json:
        return json.dumps(report.as_json(), ensure_ascii=False)
    return terminal.text(report, texts_wanted=options.misses, colour=sys.stdout.isatty())


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"The report cannot be written to {path}: {error.strerror}.") from None

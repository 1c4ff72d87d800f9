"""`faqbot try`: which test questions an answer file would win or steal, before it is added."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bot.content.load import load, validate
from bot.content.model import Answer, Library
from bot.content.yaml_source import read_yaml
from bot.errors import ContentError, InputError
from bot.evaluate.questions import HELD_OUT, Part, Question, known_labels, part_files, read_questions
from bot.settings import Settings
from bot.tables import shown, table
from bot.understand.match import Ambiguous, Hit, Matcher, Miss
from bot.understand.of_library import matcher_of
from bot.wire import open_encoder

_MOST_ROWS = 30


@dataclass(frozen=True)
class Change:
    """A question that is decided otherwise with the file."""

    question: Question
    before: str
    after: str
    verdict: str


def tried(settings: Settings, file: Path, part: Part, *, colour: bool) -> str:
    """Return what `file` would change, as tables. Raises FaqbotError for a file that cannot be used."""
    root = settings.answers
    library = load(root)
    answer = read_answer(file)
    questions = read_questions(part_files(root, part), known_labels(library) | {answer.id})
    encoder = open_encoder(settings.encoder, lambda _: None)
    old = matcher_of(library, encoder=encoder)
    new = matcher_of(library, phrasings={**library.phrasings(), **_phrasings(answer)}, encoder=encoder)
    changes = compared(old, new, answer.id, questions)
    return shown(*_report(library, answer, questions, changes, texts=part not in HELD_OUT), colour=colour)


def read_answer(file: Path) -> Answer:
    """Return the answer in `file`. Raises ContentError, as loading the whole folder would."""
    if not file.is_file():
        raise InputError(f"There is no file {file}.")
    source = read_yaml(file, str(file))
    if source.problems:
        raise ContentError(tuple(map(str, source.problems)), where=str(file))
    answer, problems = validate(source, Answer)
    if answer is None:
        raise ContentError(tuple(map(str, problems)), where=str(file))
    return answer


def compared(old: Matcher, new: Matcher, name: str, questions: Sequence[Question]) -> list[Change]:
    """Return the questions that `name` gains or loses, or is newly offered to."""
    found: list[Change] = []
    for question in questions:
        if not (question.wants_answer or question.label == "out_of_scope"):
            continue
        before, after = _told(old.decide(question.text)), _told(new.decide(question.text))
        if before == after or name not in (*before[1], *after[1]):
            continue
        found.append(Change(question, _words(before), _words(after), _verdict(name, question, before, after)))
    return found


_Told = tuple[str, tuple[str, ...]]


def _told(decision: Hit | Ambiguous | Miss) -> _Told:
    ids = tuple(one.answer_id for one in decision.candidates)
    if isinstance(decision, Hit):
        return "sent", ids[:1]
    if isinstance(decision, Ambiguous):
        return "offered", ids
    near = tuple(one.answer_id for one in decision.candidates if one.score >= decision.near)
    return "no answer, near", near


def _words(told: _Told) -> str:
    return f"{told[0]} {', '.join(told[1])}".strip() if told[1] else "no answer"


def _verdict(name: str, question: Question, before: _Told, after: _Told) -> str:
    accepted = set(question.accepted)
    was, now = _grade(accepted, before), _grade(accepted, after)
    if now > was:
        return "won" if name in accepted else "better"
    if now < was:
        return "stolen" if name in after[1] and name not in accepted else "worse"
    return "offered too" if name in after[1] and name not in before[1] else "moved"


def _grade(accepted: set[str], told: _Told) -> int:
    """Return 3 for the right answer sent, 2 offered, 1 near, 0 none, -1 for a wrong one sent."""
    how, ids = told
    if how == "sent":
        return 3 if ids[0] in accepted else -1
    if "out_of_scope" in accepted:
        return {"offered": 2}.get(how, 3)
    right = accepted.intersection(ids)
    return (2 if how == "offered" else 1) if right else 0


def _report(
    library: Library, answer: Answer, questions: Sequence[Question], changes: Sequence[Change], *, texts: bool
) -> list[RenderableType]:
    known = answer.id in library.answers
    what = "would change" if known else "would be new"
    counts = [f"{sum(c.verdict == verdict for c in changes)} {verdict}" for verdict in _verdicts(changes)]
    lines = f"{answer.id} {what}: {len(questions)} test questions, {', '.join(counts) or 'nothing moves'}."
    own = sum(answer.id in question.accepted for question in questions)
    hint = "" if own else f" None of them is labelled {answer.id}: add some, to see what it wins."
    return [Text(lines + hint), *([_table(changes, texts=texts)] if changes else [])]


def _verdicts(changes: Sequence[Change]) -> list[str]:
    order = ("won", "better", "stolen", "worse", "offered too", "moved")
    return [verdict for verdict in order if any(change.verdict == verdict for change in changes)]


def _table(changes: Sequence[Change], *, texts: bool) -> Table:
    order = {verdict: i for i, verdict in enumerate(_verdicts(changes))}
    rows = sorted(changes, key=lambda change: (order[change.verdict], change.question.id))
    more = f" (the first {_MOST_ROWS} of {len(rows)})" if len(rows) > _MOST_ROWS else ""
    made = table(f"What would change{more}", "", "question", "should be", "now", "then")
    for change in rows[:_MOST_ROWS]:
        asked = change.question.text if texts else change.question.id
        label = ", ".join(change.question.accepted)
        made.add_row(change.verdict, asked, label, change.before, change.after)
    return made


def _phrasings(answer: Answer) -> dict[str, tuple[str, ...]]:
    return {answer.id: (answer.title, answer.question, *answer.phrasings)}

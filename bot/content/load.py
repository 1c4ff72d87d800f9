"""YAML → Library. Collects every Problem of every file before it speaks."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from pydantic import ValidationError

from bot.content.learned import FILE as LEARNED_FILE
from bot.content.learned import read_learned
from bot.content.model import (
    GENERAL_CAVEAT,
    HELPLINE_ORDER,
    INTERNATIONAL,
    Answer,
    Caveats,
    CrisisCountry,
    Guardrail,
    GuardrailKind,
    LexiconFile,
    Library,
    Matching,
    Messages,
    Model,
    Topics,
)
from bot.content.review import Record, Reviewers, read_record, read_reviewers, reviewer_faults
from bot.content.review_files import Subject
from bot.content.tuned import FILE as TUNED_FILE
from bot.content.tuned import read_tuned
from bot.content.yaml_source import KeyPath, Problem, Source, read_yaml
from bot.errors import ContentError

ModelT = TypeVar("ModelT", bound=Model)
Trained = TypeVar("Trained")
FIXED_FILES = ("topics.yaml", "caveats.yaml", "messages.yaml", "lexicon.yaml")
MATCHING_FILE = "matching.yaml"
GUARDRAIL_KINDS = get_args(GuardrailKind)


@dataclass
class Loaded:
    """What one reading of answers/ found: sources by file, models by file, problems."""

    sources: dict[str, Source] = field(default_factory=dict)
    models: dict[str, Model] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self, root: Path, file: str, model: type[ModelT]) -> ModelT | None:
        """Read one file below `root` into `model`; None (and problems) where that fails."""
        source = read_yaml(root / file, file)
        self.sources[file] = source
        self.problems.extend(source.problems)
        if source.problems:
            return None
        loaded, problems = validate(source, model)
        self.problems.extend(problems)
        if loaded is not None:
            self.models[file] = loaded
        return loaded

    def complain(self, file: str, path: KeyPath, what: str, fix: str) -> None:
        """Note a problem at `path` of `file`."""
        source = self.sources.get(file, Source(file, b""))
        self.problems.append(source.problem(path, what, fix))


def load(root: Path, language: str = "en") -> Library:
    """Return the Library of answers folder `root`.

    Raises ContentError with every problem of every file when anything cannot be used.
    """
    library, problems = try_load(root, language)
    if library is None:
        raise ContentError(tuple(str(p) for p in problems), where=str(root))
    return library


def try_load(root: Path, language: str = "en") -> tuple[Library | None, list[Problem]]:
    """Like `load`, but return (Library or None, problems) instead of raising."""
    if not (root / language).is_dir():
        what = f"there is no folder {root / language}"
        fix = "point FAQBOT_ANSWERS or --answers at the folder that holds it"
        return None, [Problem(str(root), 1, "", what, fix)]
    found = Loaded()
    fixed = _read_fixed(found, root, language)
    answers, topic_of = _read_answers(found, root, language)
    crisis = _read_crisis(found, root)
    learned = _read_trained(found, root, language, LEARNED_FILE, read_learned)
    tuned = _read_trained(found, root, language, TUNED_FILE, read_tuned)
    reviewers, faults = load_reviewers(root)
    found.problems.extend(faults)
    if fixed is not None:
        _check_references(found, language, fixed, answers, topic_of)
    if found.problems or fixed is None:
        return None, sorted(set(found.problems))
    library = Library(
        language=language,
        answers=answers,
        topic_of=topic_of,
        topics=fixed.topics.topics,
        caveats=fixed.caveats.caveats,
        messages=fixed.messages,
        crisis=crisis,
        guardrails=fixed.guardrails,
        lexicon=fixed.lexicon,
        digests={file: hashlib.sha256(s.raw).hexdigest() for file, s in found.sources.items()},
        reviews={},
        learned=learned,
        tuned=tuned,
        matching=fixed.matching,
    )
    return with_reviews(library, read_record(root, reviewers)), []


def _read_trained(
    found: Loaded, root: Path, language: str, name: str, read: Callable[[Path], Trained | None]
) -> Trained | None:
    folder = f"{language}/guardrails"
    try:
        return read(root / folder)
    except ValueError as error:
        command = "faqbot learn" if name == LEARNED_FILE else "faqbot tune"
        fix = f"run `{command}`, or take the file from the last release"
        found.complain(f"{folder}/{name}", (), str(error), fix)
        return None


def load_reviewers(root: Path) -> tuple[Reviewers, list[Problem]]:
    """Return who may sign, and what is wrong with reviewers.yaml (then nobody may)."""
    source = read_reviewers(root)
    if source is None or source.problems:
        return Reviewers(), list(source.problems) if source else []
    reviewers, problems = validate(source, Reviewers)
    if reviewers is None:
        return Reviewers(), problems
    problems = [source.problem(*fault) for fault in reviewer_faults(reviewers)]
    return (Reviewers() if problems else reviewers), problems


def with_reviews(library: Library, record: Record) -> Library:
    """Return `library` with the approvals of `record` that are of its present texts."""
    digests = subjects(library)
    exempted = {s for s in digests if s.answer and library.answers[s.answer].amounts_exemption}
    approvals = record.approvals(digests, exempted)
    return replace(
        library,
        reviews={s.answer: reviews for s, reviews in approvals.items() if s.answer},
        signed_on={c.file: c.statement.reviewed_on for c in record.statements},
        newest_review=record.newest,
        review_problems=tuple(str(problem) for problem in record.problems),
    )


def subjects(library: Library) -> dict[Subject, str]:
    """Return everything of `library` that can be reviewed → SHA-256 of its bytes."""
    answers = {library.answer_file(a): Subject(library.language, a) for a in library.answers}
    return {answers.get(file, Subject(file=file)): digest for file, digest in library.digests.items()}


def validate(source: Source, model: type[ModelT]) -> tuple[ModelT | None, list[Problem]]:
    """Return the data of `source` as `model`, or None and a Problem for every mismatch."""
    if not isinstance(source.data, dict):
        fix = f"start it with the keys of the format: {', '.join(list(model.model_fields)[:4])} …"
        return None, [source.problem((), "does not hold keys and values", fix)]
    try:
        return model.model_validate(source.data), []
    except ValidationError as error:
        return None, [_problem_of(source, model, e) for e in cast("list[dict[str, Any]]", error.errors())]


def _problem_of(source: Source, model: type[Model], error: Mapping[str, Any]) -> Problem:
    path: KeyPath = tuple(error["loc"])
    explain = _EXPLAIN.get(error["type"])
    if explain is None:
        return source.problem(path, f"is not right ({error['msg']})", "see answers/README.md for this key")
    if error["type"] == "extra_forbidden":
        near = get_close_matches(str(path[-1]), list(model.model_fields), n=1)
        fix = f"did you mean {near[0]}?" if near else "remove it, or check its spelling"
        return source.problem(path, "is not a key of this file", fix)
    return source.problem(path, *explain(error["input"], error.get("ctx", {})))


def _explain_text(given: object, _: Mapping[str, Any]) -> tuple[str, str]:
    plain_value = given is None or isinstance(given, bool | int | float)
    return f"should be text, not {_kind_of(given)}", "put it in quotes" if plain_value else "write text here"


_EXPLAIN: Mapping[str, Callable[[Any, Mapping[str, Any]], tuple[str, str]]] = {
    "missing": lambda _, __: ("is missing", "add it"),
    "extra_forbidden": lambda _, __: ("is not a key of this file", "remove it"),
    "string_type": _explain_text,
    "tuple_type": lambda _, __: ("should be a list", 'write one item a line, each after "- "'),
    "too_short": lambda _, ctx: (
        "has too few entries",
        f"have at least {ctx.get('min_length')} (there are {ctx.get('actual_length')})",
    ),
    "string_too_long": lambda given, ctx: (
        "is too long",
        f"keep it to {ctx.get('max_length')} characters (it has {len(given)})",
    ),
    "literal_error": lambda given, ctx: (f"is {given!r}", f"use one of {ctx.get('expected')}"),
    "value_error": lambda _, ctx: (str(ctx.get("error")), "use paragraphs, - lists, **bold**, https links"),
}


def _kind_of(value: object) -> str:
    names = {bool: "yes/no", int: "a number", float: "a number", tuple: "a list", dict: "keys and values"}
    return "nothing" if value is None else names.get(type(value), type(value).__name__)


@dataclass(frozen=True)
class _Fixed:
    topics: Topics
    caveats: Caveats
    messages: Messages
    lexicon: LexiconFile
    guardrails: dict[GuardrailKind, Guardrail]
    matching: Matching


def _read_fixed(found: Loaded, root: Path, language: str) -> _Fixed | None:
    topics = found.read(root, f"{language}/topics.yaml", Topics)
    caveats = found.read(root, f"{language}/caveats.yaml", Caveats)
    messages = found.read(root, f"{language}/messages.yaml", Messages)
    lexicon = found.read(root, f"{language}/lexicon.yaml", LexiconFile)
    matching: Matching | None = Matching()
    if (root / language / MATCHING_FILE).exists():
        matching = found.read(root, f"{language}/{MATCHING_FILE}", Matching)
    guardrails: dict[GuardrailKind, Guardrail] = {}
    for kind in GUARDRAIL_KINDS:
        file = f"{language}/guardrails/{kind}.yaml"
        guardrail = found.read(root, file, Guardrail)
        if guardrail is None:
            continue
        guardrails[kind] = guardrail
        if guardrail.kind != kind:
            found.complain(
                file, ("kind",), f"is {guardrail.kind!r}", f"write {kind}, as the file's name says"
            )
    complete = len(guardrails) == len(GUARDRAIL_KINDS)
    if topics and caveats and messages and lexicon and matching and complete:
        return _Fixed(topics, caveats, messages, lexicon, guardrails, matching)
    return None


def _read_answers(found: Loaded, root: Path, language: str) -> tuple[dict[str, Answer], dict[str, str]]:
    answers: dict[str, Answer] = {}
    topic_of: dict[str, str] = {}
    for path in sorted((root / language).glob("*/*.yaml")):
        topic = path.parent.name
        if topic == "guardrails":
            continue
        file = path.relative_to(root).as_posix()
        answer = found.read(root, file, Answer)
        if answer is None:
            continue
        if answer.id != path.stem:
            found.complain(file, ("id",), f"is {answer.id!r}", f"write {path.stem}, as the file is named")
        elif answer.id in answers:
            other = f"{language}/{topic_of[answer.id]}/{answer.id}.yaml"
            found.complain(file, ("id",), f"is also the id of {other}", "rename one of the two files")
        else:
            answers[answer.id] = answer
            topic_of[answer.id] = topic
    return answers, topic_of


def _read_crisis(found: Loaded, root: Path) -> dict[str, CrisisCountry]:
    countries: dict[str, CrisisCountry] = {}
    for path in sorted((root / "crisis").glob("*.yaml")):
        file = path.relative_to(root).as_posix()
        country = found.read(root, file, CrisisCountry)
        if country is None:
            continue
        if country.country.lower() != path.stem:
            found.complain(
                file, ("country",), f"is {country.country!r}", "write the code the file is named by"
            )
        _check_country(found, file, country)
        countries[country.country] = country
    default = f"crisis/{INTERNATIONAL.lower()}.yaml"
    if INTERNATIONAL not in countries and default not in found.sources:
        found.complain(default, (), "is missing", "add it: it serves everyone whose country is unknown")
    return countries


def _check_country(found: Loaded, file: str, country: CrisisCountry) -> None:
    order = [HELPLINE_ORDER.index(resource.kind) for resource in country.resources]
    if order != sorted(order):
        fix = f"sort by kind: {', '.join(HELPLINE_ORDER)}"
        found.complain(file, ("resources",), "are not in order", fix)
    kinds = {resource.kind for resource in country.resources}
    for kind in HELPLINE_ORDER[:2]:
        if kind not in kinds:
            found.complain(file, ("resources",), f"have no {kind} line", "add one")
    seen: set[str] = set()
    for index, resource in enumerate(country.resources):
        if resource.id in seen:
            found.complain(file, ("resources", index, "id"), "is used twice", "rename one")
        seen.add(resource.id)
        for number, contact in enumerate(resource.contacts):
            if contact.value not in resource.text:
                path: KeyPath = ("resources", index, "contacts", number)
                found.complain(file, path, f"{contact.value} is not in the text", "show it there")


def _check_references(
    found: Loaded,
    language: str,
    fixed: _Fixed,
    answers: Mapping[str, Answer],
    topic_of: Mapping[str, str],
) -> None:
    known = set(answers) | {Path(file).stem for file in found.sources if file.count("/") == 2}
    caveats = f"{language}/caveats.yaml"
    if GENERAL_CAVEAT not in fixed.caveats.caveats:
        found.complain(
            caveats, ("caveats",), f"have no {GENERAL_CAVEAT!r}", "add it: every reply ends with it"
        )
    for answer in answers.values():
        file = f"{language}/{topic_of[answer.id]}/{answer.id}.yaml"
        _check_ids(found, file, ("see_also",), answer.see_also, known - {answer.id})
        _check_ids(found, file, ("caveats",), answer.caveats, set(fixed.caveats.caveats) - {GENERAL_CAVEAT})
    for kind, guardrail in fixed.guardrails.items():
        file = f"{language}/guardrails/{kind}.yaml"
        for name, reply in guardrail.replies.items():
            _check_ids(found, file, ("replies", name, "see_also"), reply.see_also, known)
        for index, rule in enumerate(guardrail.rules):
            _check_ids(found, file, ("rules", index, "reply"), (rule.reply,), set(guardrail.replies))
        _check_unique(found, file, ("rules",), [rule.id for rule in guardrail.rules])
    _check_topics(found, f"{language}/topics.yaml", fixed.topics, topic_of)


def _check_topics(found: Loaded, file: str, topics: Topics, topic_of: Mapping[str, str]) -> None:
    listed = [answer for topic in topics.topics for answer in topic.answers]
    _check_unique(found, file, ("topics",), listed)
    for index, topic in enumerate(topics.topics):
        in_folder = {answer for answer, folder in topic_of.items() if folder == topic.id}
        _check_ids(found, file, ("topics", index, "answers"), topic.answers, in_folder)
    for answer in sorted(set(topic_of) - set(listed)):
        found.complain(file, ("topics",), f"do not list {answer}", f"add it to {topic_of[answer]}")


def _check_ids(found: Loaded, file: str, path: KeyPath, ids: Iterable[str], known: set[str]) -> None:
    for index, name in enumerate(ids):
        if name not in known:
            near = get_close_matches(name, sorted(known), n=1)
            fix = (
                f"did you mean {near[0]}?" if near else f"use one of {', '.join(sorted(known)) or 'none yet'}"
            )
            found.complain(file, (*path, index), f"{name!r} does not exist here", fix)


def _check_unique(found: Loaded, file: str, path: KeyPath, ids: list[str]) -> None:
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        found.complain(file, path, f"have {name!r} twice", "keep one")

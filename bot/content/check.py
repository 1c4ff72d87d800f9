"""`faqbot check`: run every rule over answers/ and gather what has to be mended.

The rules are in `bot.content.rules`, one function each, with its manual and examples.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from bot.content.load import load_reviewers, subjects, try_load
from bot.content.model import Library
from bot.content.review import read_record
from bot.content.rules import RULES, Context, Finding, Rule, Tools
from bot.content.yaml_source import Problem
from bot.errors import InputError

SCHEMA = "schema"
Load = Callable[[Path], tuple[Library | None, Sequence[Problem]]]
Approved = Callable[[Path, Library], frozenset[str]]


@dataclass(frozen=True)
class Report:
    """Everything one run found. `complete` is False where files could not be read."""

    findings: tuple[Finding, ...]
    answers: int
    countries: int
    complete: bool

    @property
    def errors(self) -> int:
        """How many findings must be mended."""
        return sum(f.severity == "error" for f in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings ought to be looked at."""
        return len(self.findings) - self.errors

    def by_rule(self) -> list[tuple[str, int]]:
        """Return (rule id, findings), most first."""
        return Counter(f.rule for f in self.findings).most_common()

    def failed(self, *, strict: bool) -> bool:
        """Say whether the run should fail: on errors, and with `strict` on warnings too."""
        return bool(self.errors or (strict and self.findings))


def approved_files(root: Path, library: Library) -> frozenset[str]:
    """Return the files other than answers that somebody has approved as they are now."""
    reviewers, _ = load_reviewers(root)
    return frozenset(s.file for s in read_record(root, reviewers).approvals(subjects(library)) if s.file)


def check(
    root: Path,
    today: date,
    tools: Tools,
    only: Sequence[str] = (),
    *,
    load: Load = try_load,
    approved: Approved = approved_files,
) -> Report:
    """Run every rule (or those in `only`) over the answers folder `root`, as of `today`.

    Files that cannot be read are findings of the rule `schema`; the other rules then wait.
    Raises InputError at a rule id that does not exist.
    """
    rules = pick(only)
    library, problems = load(root)
    findings = [_from_problem(problem) for problem in problems]
    if library is None:
        return Report(tuple(sorted(findings)), 0, 0, complete=False)
    context = Context(root, library, today, tools, approved(root, library))
    findings += [finding for rule in rules for finding in rule.findings(context)]
    return Report(tuple(sorted(findings)), len(library.answers), len(library.crisis), complete=True)


def pick(ids: Iterable[str]) -> list[Rule]:
    """Return the rules with these ids; all where there are none. Raises InputError."""
    wanted = list(ids)
    for name in wanted:
        if name not in RULES:
            near = get_close_matches(name, RULES, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(RULES)}."
            raise InputError(f"There is no rule {name!r}. {hint}")
    return [RULES[name] for name in wanted or RULES]


def _from_problem(problem: Problem) -> Finding:
    return Finding(problem.file, problem.line, problem.key, SCHEMA, "error", problem.what, problem.fix)

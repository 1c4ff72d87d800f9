"""What `faqbot check` found, as text for people, JSON for programs, annotations for GitHub."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from statistics import median
from textwrap import indent

from bot.content.check import Report
from bot.content.model import Library
from bot.content.readability import measure
from bot.content.rules import RULES, Finding


def as_text(report: Report, root: Path) -> Iterator[str]:
    """Yield lines grouped by file, and a summary of one line at the end."""
    for file, findings in groupby(report.findings, key=lambda f: f.file):
        yield f"{root / file}"
        yield from (_line(finding) for finding in findings)
        yield ""
    yield summary(report)


def as_json(report: Report, root: Path) -> Iterator[str]:
    """Yield one JSON object with all findings and the counts."""
    findings = [{**asdict(f), "file": str(root / f.file)} for f in report.findings]
    counts = {"answers": report.answers, "countries": report.countries, "complete": report.complete}
    totals = {"errors": report.errors, "warnings": report.warnings, "rules": dict(report.by_rule())}
    yield json.dumps({"findings": findings, **counts, **totals}, indent=2, ensure_ascii=False)


def as_github(report: Report, root: Path) -> Iterator[str]:
    """Yield workflow commands that GitHub shows beside the changed lines."""
    for finding in report.findings:
        place = f"file={_property(str(root / finding.file))},line={finding.line},title={finding.rule}"
        yield f"::{finding.severity} {place}::{_data(_sentence(finding))}"
    yield summary(report)


FORMATS = {"text": as_text, "json": as_json, "github": as_github}


def summary(report: Report) -> str:
    """Return the last line: what was checked, what was found."""
    counts = f"{_many(report.errors, 'error')}, {_many(report.warnings, 'warning')}"
    rules = ", ".join(f"{rule} {count}" for rule, count in report.by_rule())
    found = f"{counts} ({rules})" if rules else counts
    if not report.complete:
        return f"{found}. Mend these first: the other rules could not look yet."
    return f"{_many(report.answers, 'answer')}, {_many(report.countries, 'crisis file')}: {found}."


def manual(rule_id: str) -> str:
    """Return what a rule looks for, why, and how to mend it."""
    rule = RULES[rule_id]
    return f"{rule.id} ({rule.severity})\n{indent(rule.manual, '  ')}\n"


def stats(library: Library) -> Iterator[str]:
    """Yield words and reading grade of every answer, hardest first, then median and worst."""
    rows = sorted(
        ((measure(a.answer), a.id) for a in library.answers.values()), key=lambda r: (-r[0].grade, r[1])
    )
    yield f"{'answer':<32}{'words':>6}{'grade':>7}"
    yield from (f"{name:<32}{found.words:>6}{found.grade:>7.1f}" for found, name in rows)
    words = sorted(found.words for found, _ in rows)
    grades = [found.grade for found, _ in rows]
    yield f"Words: median {median(words):g}, fewest {words[0]}, most {words[-1]}."
    yield f"Reading grade: median {median(grades):.1f}, worst {max(grades):.1f} ({rows[0][1]})."


def _line(finding: Finding) -> str:
    return f"  {finding.line:>4}  {finding.severity:<7}  {finding.rule}: {_sentence(finding)}"


def _sentence(finding: Finding) -> str:
    key = f"{finding.key} " if finding.key else ""
    return f"{key}{finding.message}; {finding.fix}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

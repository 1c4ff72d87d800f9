"""A small copy of the shipped answers: a bot starts on it in a moment.

For tests of how messages travel, where it does not matter how many answers there are.
"""

import shutil
from pathlib import Path
from typing import Any

import yaml

ANSWERS = Path(__file__).resolve().parents[2] / "answers"
KEPT = ("addiction", "liver", "overdose_signs", "naloxone", "kratom_withdrawal")
_RULES = {"crisis": 12, "dosing": 1, "sourcing": 1, "smalltalk": 1}


def small_answers(folder: Path) -> Path:
    """Write the copy into `folder` and return its path."""
    copy = folder / "answers"
    ignored = shutil.ignore_patterns("questions", "schema", "reviews")
    shutil.copytree(ANSWERS, copy, ignore=ignored)
    for path in copy.glob("en/*/*.yaml"):
        if path.parent.name == "guardrails":
            _change(path, lambda data, kind=path.stem: _guardrails(data, kind))
        elif path.stem in KEPT:
            _change(path, _links)
        else:
            path.unlink()
    _change(copy / "en" / "topics.yaml", _topics)
    return copy


def _change(path: Path, change: Any) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _links(data: dict[str, Any]) -> None:
    if "see_also" in data:
        data["see_also"] = [answer for answer in data["see_also"] if answer in KEPT]


def _topics(data: dict[str, Any]) -> None:
    for topic in data["topics"]:
        topic["answers"] = [answer for answer in topic["answers"] if answer in KEPT]
    data["topics"] = [topic for topic in data["topics"] if topic["answers"]]


def _guardrails(data: dict[str, Any], kind: str) -> None:
    for reply in data["replies"].values():
        _links(reply)
    danger = [rule for rule in data["rules"] if "breathing" in str(rule)]
    data["rules"] = (danger or data["rules"])[: _RULES.get(kind, 1)]

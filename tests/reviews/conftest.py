"""A small content tree, real SSH keys of made-up reviewers, and the commands run in this process."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from bot.cli import cli
from bot.compose import Composer
from bot.content.load import load
from bot.content.model import Library
from bot.reply import Kind, Reply
from bot.settings import PROJECT

ANSWERS = PROJECT / "answers"
TODAY = date(2026, 11, 22)
KINDS = {
    "ed25519": ("ed25519", "256"),
    "ecdsa": ("ecdsa", "256"),
    "ecdsa384": ("ecdsa", "384"),
    "ecdsa521": ("ecdsa", "521"),
    "rsa": ("rsa", "3072"),
}
SMALL = {"safety": ("liver", "naloxone"), "withdrawal": ("dehydration",)}
FIXED = (
    "en/caveats.yaml",
    "en/messages.yaml",
    "en/lexicon.yaml",
    "crisis/international.yaml",
    "crisis/us.yaml",
)


@dataclass(frozen=True)
class Person:
    """A made-up reviewer with a real key."""

    id: str
    name: str
    key: Path
    public: str

    def entry(self, **changes: Any) -> dict[str, Any]:
        """Return this person's entry of reviewers.yaml; `changes` go into the key."""
        return {
            "id": self.id,
            "name": self.name,
            "profession": "test profession",
            "registration": {"body": "Test register", "number": f"test-{self.id}"},
            "credentials": {"checked_by": "Test Owner (not a real person)", "checked_on": TODAY},
            "keys": [{"key": self.public, "valid_from": TODAY - timedelta(days=400)} | changes],
        }


class NoAliases(yaml.SafeDumper):
    """Writes a date that stands in two places twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """Tell that nothing is written as an alias."""
        return True


def make_key(path: Path, kind: str, bits: str) -> str:
    """Make a key with the real ssh-keygen and return its public line."""
    command = ["ssh-keygen", "-q", "-t", kind, "-b", bits, "-N", "", "-C", "test", "-f", str(path)]
    subprocess.run(command, check=True)
    return path.with_name(path.name + ".pub").read_text().strip()


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Person]:
    """Make, once each, a reviewer with a key of a kind: `keys("rsa")`, `keys("ed25519/b")`."""
    folder = tmp_path_factory.mktemp("keys")
    made: dict[str, Person] = {}

    def get(what: str) -> Person:
        kind, _, letter = what.partition("/")
        letter = letter or "a"
        what = f"{kind}/{letter}"
        if what not in made:
            path = folder / f"{kind}_{letter}"
            name = f"Test Reviewer {letter.upper()} (not a real person)"
            made[what] = Person(f"test_{letter}", name, path, make_key(path, *KINDS[kind]))
        return made[what]

    return get


@pytest.fixture(scope="session")
def alice(keys: Callable[[str], Person]) -> Person:
    """Test Reviewer A."""
    return keys("ed25519")


@pytest.fixture(scope="session")
def bob(keys: Callable[[str], Person]) -> Person:
    """Test Reviewer B."""
    return keys("ed25519/b")


@dataclass
class Desk:
    """A content tree that a test signs and breaks, on a day that the test chooses."""

    root: Path
    day: date = TODAY
    environment: dict[str, str] = field(default_factory=dict)

    def list(self, *entries: dict[str, Any]) -> None:
        """Write reviewers.yaml."""
        text = yaml.dump({"reviewers": [*entries]}, Dumper=NoAliases, sort_keys=False, allow_unicode=True)
        (self.root / "reviewers.yaml").write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """Run `faqbot review …` and return what it printed. Raises the FaqbotError it ends with."""
        command = ["review", *arguments, "--answers", str(self.root)]
        done = CliRunner().invoke(
            cli, command, standalone_mode=False, catch_exceptions=False, env=self.environment
        )
        return done.output

    def approve(self, name: str, person: Person, *more: str) -> Path:
        """Approve as `person` and return the statement's path."""
        before = {p: p.stat().st_mtime_ns for p in self.root.glob("reviews/*/*.yaml")}
        self.run("approve", name, "--as", person.id, "--key", str(person.key), *more)
        after = self.root.glob("reviews/*/*.yaml")
        return next(p for p in after if p.stat().st_mtime_ns != before.get(p))

    def library(self) -> Library:
        """Load the tree."""
        return load(self.root)

    def reply(self, answer: str, *, required: int = 1, drafts: bool = False) -> Reply:
        """Return what somebody who asks for `answer` gets on the test's day."""
        composer = Composer(self.library(), "US", drafts, required, today=lambda: self.day)
        return composer.answer(answer)

    def served(self, *, required: int = 1) -> set[str]:
        """Return the answers that are served in `reviewed` mode on the test's day."""
        library = self.library()
        composer = Composer(library, "US", reviews_required=required, today=lambda: self.day)
        return {a for a in library.answers if composer.answer(a).kind is Kind.ANSWER}


@pytest.fixture(scope="session")
def small_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three of the shipped answers and what they need, so that loading takes milliseconds."""
    root = tmp_path_factory.mktemp("small") / "answers"
    for file in FIXED:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ANSWERS / file, root / file)
    for path in (ANSWERS / "en" / "guardrails").glob("*.yaml"):
        _copy_without_links(path, root, rules=1)
    for topic, answers in SMALL.items():
        for answer in answers:
            _copy_without_links(ANSWERS / "en" / topic / f"{answer}.yaml", root)
    topics = [{"id": t, "title": f"All on {t}", "answers": list(a)} for t, a in SMALL.items()]
    (root / "en" / "topics.yaml").write_text(yaml.safe_dump({"topics": topics}))
    return root


def _copy_without_links(path: Path, root: Path, rules: int | None = None) -> None:
    """Copy a file; of guardrails only the first `rules`, because most of the time went into reading them."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if rules is not None:
        data["rules"] = data["rules"][:rules]
    for part in (data, *data.get("replies", {}).values()):
        part.pop("see_also", None)
    target = root / path.relative_to(ANSWERS)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture
def desk(small_tree: Path, tmp_path: Path, alice: Person, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Copy the small tree, where Test Reviewer A is listed; nothing is reviewed yet."""
    shutil.copytree(small_tree, tmp_path / "answers")
    made = Desk(tmp_path / "answers")
    made.list(alice.entry())
    monkeypatch.setattr("bot.content.today.utc_today", lambda: made.day)
    for variable in ("FAQBOT_ANSWERS", "FAQBOT_REVIEWS_REQUIRED"):
        monkeypatch.delenv(variable, raising=False)
    return made

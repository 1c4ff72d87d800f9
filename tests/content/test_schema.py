"""The committed JSON Schemas are those of the models."""

import json
from pathlib import Path

from bot.content.schema import schemas, stale
from tests.conftest import ANSWERS


def test_committed_schemas_are_current() -> None:
    """answers/schema holds exactly what `faqbot schema` would write."""
    assert stale(ANSWERS / "schema") == {}


def test_a_stale_schema_is_noticed(tmp_path: Path) -> None:
    """A changed or missing schema is listed with its right text."""
    right = stale(tmp_path)
    assert set(right) == set(schemas())
    for name, text in right.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "answer.json").write_text("{}", encoding="utf-8")
    assert list(stale(tmp_path)) == ["answer.json"]
    assert json.loads(right["answer.json"])["title"] == "Answer"


def test_every_answer_names_its_schema() -> None:
    """The first line of each content file tells editors where its schema is."""
    for path in [*ANSWERS.glob("en/*/*.yaml"), *ANSWERS.glob("en/*.yaml"), *ANSWERS.glob("crisis/*.yaml")]:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).resolve().is_file(), path

"""The pages hold what they promise: every setting, alert and dependency; links that lead somewhere."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from bot.settings import Settings
from tests.conftest import PROJECT
from tests.deploy.queries import alerts
from tests.docs.blocks import pages

OPERATIONS = (PROJECT / "docs/operations.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| `([A-Z_]+)` \| ([^|]+) \|", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")


def _variables() -> dict[str, object]:
    """Return variable → default of every setting; None where there is no fixed one."""
    found: dict[str, object] = {}
    for name, field in Settings.model_fields.items():
        variable = name.upper() if name.startswith("telegram") else f"FAQBOT_{name.upper()}"
        found[variable] = None if field.default is PydanticUndefined else field.default
    return found


def test_every_setting_is_in_the_table_and_no_other() -> None:
    """The table of settings names each environment variable that the bot reads, and nothing else."""
    assert sorted(name for name, _ in _ROW.findall(OPERATIONS)) == sorted(_variables())


def test_defaults_in_the_table_are_the_real_ones() -> None:
    """A default in the table of settings is the one in the code."""
    shown = dict(_ROW.findall(OPERATIONS))
    real = {name: f"`{value}`" for name, value in _variables().items() if value is not None}
    assert {name: shown[name] for name in real} == real


def test_every_alert_has_a_section_that_says_how_urgent_it_is() -> None:
    """Each alert has a section of its name, which opens with its severity; no section is left over."""
    part = OPERATIONS.split("## 3 a.m.: alerts")[1].split("\n## ")[0]
    sections = dict(re.findall(r"^### (\w+)\n\n\*\*(\w+)\.\*\*", part, re.MULTILINE))
    assert sections == {rule["alert"]: rule["labels"]["severity"] for rule in alerts()}
    assert len(sections) == part.count("\n### ")


def test_every_dependency_is_justified() -> None:
    """docs/dependencies.md names each direct dependency of pyproject.toml."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = {
        re.split(r"[\[<>=!~ ]", d)[0]
        for d in [*project["dependencies"], *(d for extra in extras for d in extra)]
    }
    text = pages()["docs/dependencies.md"].lower()
    assert not {name for name in wanted - {project["name"]} if not re.search(rf"\b{name.lower()}\b", text)}


def _slug(heading: str) -> str:
    """Return the anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", list(pages()))
def test_links_lead_somewhere(page: str) -> None:
    """A link to another file or to a heading finds it."""
    dead = []
    for link in _LINK.findall(re.sub(r"```.*?```", "", pages()[page], flags=re.DOTALL)):
        if re.match(r"https?:|mailto:", link):
            continue
        name, _, anchor = link.partition("#")
        file = (PROJECT / page).parent / name if name else PROJECT / page
        if not file.exists() or (anchor and anchor not in _anchors(file)):
            dead.append(link)
    assert not dead


def _anchors(file: Path) -> set[str]:
    text = file.read_text(encoding="utf-8")
    return {_slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}

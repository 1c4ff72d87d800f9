"""The loader takes good content, and says all that is wrong with bad content at once."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.load import load, try_load
from bot.content.model import INTERNATIONAL, Library
from bot.content.yaml_source import MAX_BYTES, parse_yaml
from bot.errors import ContentError

LIVER = "en/safety/liver.yaml"
Edit = Callable[[str], str]


def problems_after(answers: Path, file: str, edit: Edit) -> list[str]:
    path = answers / file
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    library, problems = try_load(answers)
    assert (library is None) == bool(problems)
    return [str(p) for p in problems]


def test_the_shipped_content_loads(library: Library) -> None:
    """The shipped content has 58 answers and the default crisis lines."""
    assert len(library.answers) == 58
    assert INTERNATIONAL in library.crisis
    assert library.country("gb").country == "GB"
    assert library.country("XX").country == INTERNATIONAL


def test_every_origin_is_unique(library: Library) -> None:
    """No two texts share an origin, so that a block can be traced to one place."""
    origins = [origin for origin, _ in library.texts()]
    assert len(origins) == len(set(origins))


@pytest.mark.parametrize(
    ("file", "edit", "expected"),
    [
        (
            LIVER,
            lambda t: t.replace("title:", "titel:"),
            "titel: is not a key of this file; did you mean title?",
        ),
        (LIVER, lambda t: t.replace("title:", "titel:"), "title: is missing; add it"),
        (LIVER, lambda t: t + "id: liver\n", "id: is here twice (first on line 2); keep one of the two"),
        (
            LIVER,
            lambda t: t.replace("title: Kratom and the liver", "title: 12"),
            "should be text, not a number",
        ),
        (
            LIVER,
            lambda t: t.replace("id: liver", "id: lever"),
            "id: is 'lever'; write liver, as the file is named",
        ),
        (LIVER, lambda t: t.replace("phrasings:", "phrasings: liver\nx:"), "phrasings: should be a list"),
        (LIVER, lambda t: t.replace("answer: |", "answer: |\n  # Heading\n"), "answer: uses a heading (#)"),
        (LIVER, lambda t: t.replace("answer: |", "answer: |\n  [x](http://a.example)\n"), "https://"),
        (LIVER, lambda t: t.replace("accessed: 2026", "accessed: yesterday 2026"), "accessed: is not right"),
        (
            LIVER,
            lambda t: t.replace("see_also: [when_to_go_er", "see_also: [heartt"),
            "'heartt' does not exist here; did you mean",
        ),
        (LIVER, lambda t: t.replace("caveats: [", "caveats: [general, "), "'general' does not exist here"),
        (LIVER, lambda t: t.replace("id: liver", "id: [liver"), "is not valid YAML"),
        (LIVER, lambda t: "", "is empty; fill it in or delete it"),
        (LIVER, lambda t: "- a\n- b\n", "does not hold keys and values"),
        ("en/topics.yaml", lambda t: t.replace("liver, ", ""), "do not list liver; add it to safety"),
        (
            "en/topics.yaml",
            lambda t: t.replace("[what_is_kratom", "[liver, what_is_kratom"),
            "have 'liver' twice",
        ),
        ("en/caveats.yaml", lambda t: t.replace("  general:", "  generel:"), "have no 'general'"),
        (
            "en/messages.yaml",
            lambda t: t.replace("no_answer:", "no_answers:"),
            "no_answer: is missing; add it",
        ),
        (
            "crisis/us.yaml",
            lambda t: t.replace("country: US", "country: UK"),
            "write the code the file is named by",
        ),
        ("crisis/us.yaml", lambda t: t.replace('value: "911"', 'value: "912"'), "912 is not in the text"),
        ("crisis/us.yaml", lambda t: t.replace("kind: emergency", "kind: pets"), "are not in order"),
        ("crisis/us.yaml", lambda t: t.replace("kind: suicide", "kind: suicid"), "is 'suicid'; use one of"),
        ("en/guardrails/crisis.yaml", lambda t: t.replace("kind: crisis", "kind: dosing"), "write crisis"),
    ],
)
def test_each_mistake_is_named(answers: Path, file: str, edit: Edit, expected: str) -> None:
    """A mistake in a file is named with its file, its key and what to do."""
    found = problems_after(answers, file, edit)
    assert any(expected in line and line.startswith(f"{file}:") for line in found), found


def test_line_numbers_are_those_of_the_file(answers: Path) -> None:
    """A problem names the line where the key stands."""
    text = (answers / LIVER).read_text(encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith("see_also:"))
    found = problems_after(answers, LIVER, lambda t: t.replace("[when_to_go_er", "[nowhere"))
    assert found[0].startswith(f"{LIVER}:{line}: see_also[0]:")


def test_all_problems_of_all_files_at_once(answers: Path) -> None:
    """Three broken files make one error that lists all three, and nothing is loaded."""
    for file in (LIVER, "en/caveats.yaml", "crisis/ie.yaml"):
        (answers / file).write_text("x: [", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load(answers)
    assert len(caught.value.problems) == 3
    assert "3 problems" in str(caught.value)


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    """A folder that is not there is named, with the setting that points at it."""
    with pytest.raises(ContentError, match="FAQBOT_ANSWERS"):
        load(tmp_path / "nowhere")


def test_a_missing_file_is_named(answers: Path) -> None:
    """A fixed file that is not there is named."""
    (answers / "en" / "messages.yaml").unlink()
    (answers / "crisis" / "international.yaml").unlink()
    _, problems = try_load(answers)
    assert {p.file for p in problems} == {"en/messages.yaml", "crisis/international.yaml"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a: &x [1]\nb: *x\n", "uses a YAML alias"),
        (b"a: 1\n---\nb: 2\n", "is not valid YAML"),
        (b"a: !!python/object/apply:os.system [ls]\n", "uses a YAML tag"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"a: 2026-13-45\n", "cannot be read"),
        (b"? [1, 2]\n: x\n", "has a key that is not a plain word"),
        (b"x" * (MAX_BYTES + 1), "keep a file under 1,000,000 bytes"),
        (b"[" * 5000, "is"),
    ],
)
def test_hostile_yaml_is_refused(raw: bytes, expected: str) -> None:
    """Aliases, tags, several documents, binary and huge files are refused with a sentence."""
    found = [str(p) for p in parse_yaml(raw, "f.yaml").problems]
    assert found
    assert expected in found[0]


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_raise(raw: bytes) -> None:
    """Whatever the bytes, reading them ends in data or in problems, never in an exception."""
    source = parse_yaml(raw, "f.yaml")
    assert all(str(problem).startswith("f.yaml:") for problem in source.problems)
    assert source.problems or isinstance(
        source.data, dict | tuple | str | int | float | bool | date | bytes | None
    )

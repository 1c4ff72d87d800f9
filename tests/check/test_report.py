"""What the command prints and how it ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.content.rules import RULES, sample
from bot.errors import InputError


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Write a folder with one error, several warnings, and one awkward text."""
    sample.write(tmp_path, {f"{sample.LIVER}#question": "Is it 100% safe: yes, no?"})
    return tmp_path


def faqbot(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli, [str(a) for a in arguments])
    return result.exit_code, result.output


def test_text_is_grouped_by_file_with_lines_and_a_summary_at_the_end(answers: Path) -> None:
    """Each file is named once, each finding says line, rule and what to do, and the last line sums up."""
    code, output = faqbot("check", "--answers", answers)
    lines = output.splitlines()
    assert code == 1
    assert lines.count(str(answers / sample.LIVER)) == 1
    assert any("error" in line and "banned_word: question 'safe'" in line for line in lines)
    assert lines[-1].startswith("2 answers, 1 crisis file: 1 error, 10 warnings (")


def test_warnings_alone_fail_only_when_strict(tmp_path: Path) -> None:
    """Without errors the command ends with 0; --strict makes it 1 where there are warnings."""
    sample.write(tmp_path, {})
    assert faqbot("check", "--answers", tmp_path)[0] == 0
    assert faqbot("check", "--answers", tmp_path, "--strict")[0] == 1
    assert faqbot("check", "--answers", tmp_path, "--strict", "--rule", "amount")[0] == 0


def test_json_holds_every_finding_and_the_counts(answers: Path) -> None:
    """Programs read one JSON object."""
    code, output = faqbot("check", "--answers", answers, "--format", "json")
    found = json.loads(output)
    assert code == 1
    assert (found["answers"], found["errors"], found["complete"]) == (2, 1, True)
    assert found["rules"]["banned_word"] == 1
    assert len(found["findings"]) == found["errors"] + found["warnings"]


def test_github_annotations_are_escaped(answers: Path) -> None:
    """Signs with a meaning in workflow commands are written as codes, one finding a line."""
    sample.write(answers, {f"{sample.LIVER}#title": "It is 100% sure"})
    _, output = faqbot("check", "--answers", answers, "--format", "github", "--rule", "banned_word")
    assert (
        f"::error file={answers}/en/basics/liver.yaml,line=2,title=banned_word::title '100%25 sure'" in output
    )


def test_files_that_cannot_be_read_are_findings_too(answers: Path) -> None:
    """Loader problems have the same form, and the summary says that the rest has to wait."""
    (answers / sample.LIVER).write_text("id: liver\nid: liver\n", "utf-8")
    code, output = faqbot("check", "--answers", answers)
    assert code == 1
    assert "   2  error    schema: id is here twice (first on line 1); keep one of the two" in output
    assert output.splitlines()[-1].endswith("the other rules could not look yet.")


def test_an_unknown_rule_is_refused_with_the_nearest_name(answers: Path) -> None:
    """A misspelled rule id is one clear sentence, not silence."""
    result = CliRunner().invoke(cli, ["check", "--answers", str(answers), "--rule", "banned_words"])
    assert isinstance(result.exception, InputError)
    assert "Did you mean banned_word?" in str(result.exception)


def test_explain_prints_the_manual_of_every_rule() -> None:
    """--explain shows what each rule looks for, why, and how to mend it."""
    _, output = faqbot("check", "--explain")
    for rule in RULES.values():
        assert f"{rule.id} ({rule.severity})" in output
        assert rule.manual.splitlines()[0] in output


def test_stats_lists_words_and_grades_with_median_and_worst(tmp_path: Path) -> None:
    """--stats prints a line for each answer, then the median and the worst."""
    sample.write(tmp_path, {})
    code, output = faqbot("check", "--answers", tmp_path, "--stats")
    lines = output.splitlines()
    assert code == 0
    assert len(lines) == 5
    assert lines[-2].startswith("Words: median ")
    assert lines[-1].startswith("Reading grade: median ")

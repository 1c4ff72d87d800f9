"""Every rule bears out its own examples, and says what it is for."""

from pathlib import Path

import pytest

from bot.content.rules import RULES, Rule, sample
from bot.content.rules.base import Change
from tests.check.helpers import run

_BREAKS = [pytest.param(r, c, id=f"{r.id}-{i}") for r in RULES.values() for i, c in enumerate(r.breaks)]
_PASSES = [pytest.param(r, c, id=f"{r.id}-{i}") for r in RULES.values() for i, c in enumerate(r.passes)]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_has_examples_of_both_kinds_and_a_manual(rule: Rule) -> None:
    """A rule without content that breaks it, content that does not, or a manual of its own, fails."""
    assert rule.breaks
    assert rule.passes
    what, _, why_and_how = rule.manual.partition("\n\n")
    assert what.endswith(".")
    assert why_and_how.strip()


@pytest.mark.parametrize(("rule", "change"), _BREAKS)
def test_a_rule_finds_what_breaks_it(rule: Rule, change: Change, tmp_path: Path) -> None:
    """Each example that breaks a rule is found by it, with a place, a message and what to do."""
    found = [f for f in run(tmp_path, change, rule.id).findings if f.rule == rule.id]
    assert found
    for finding in found:
        assert finding.message
        assert finding.fix
        assert finding.severity == rule.severity
        assert (tmp_path / finding.file).is_file()
        assert 1 <= finding.line <= len((tmp_path / finding.file).read_text("utf-8").splitlines())


@pytest.mark.parametrize(("rule", "change"), _PASSES)
def test_a_rule_leaves_alone_what_does_not_break_it(rule: Rule, change: Change, tmp_path: Path) -> None:
    """Each example that keeps a rule loads, and the rule says nothing of it."""
    report = run(tmp_path, change, rule.id)
    assert [str(f) for f in report.findings if f.rule in (rule.id, "schema")] == []


def test_the_sample_breaks_no_rule_but_those_on_signatures(tmp_path: Path) -> None:
    """The content that examples start from is without fault, so that each example shows one thing."""
    report = run(tmp_path, {}, "")
    assert {f.rule for f in report.findings} == {"not_reviewed", "fixed_text_not_reviewed"}


def test_a_finding_in_a_long_text_points_at_its_line(tmp_path: Path) -> None:
    """Words inside a block of text are reported on the line they stand on, not on its key."""
    body = "Yes, it can.\n\n" + "It can harm you, and help is there.\n" * 12 + "\nA harmless thing.\n"
    run(tmp_path, {f"{sample.LIVER}#answer": body}, "banned_word")
    path = tmp_path / sample.LIVER
    text = path.read_text("utf-8").split("answer:")
    block = "\n  ".join(["answer: |", *body.strip().split("\n")])
    rest = text[1][text[1].index("caveats:") :]
    path.write_text(f"{text[0]}{block}\n{rest}", "utf-8")
    from bot.check_commands import tools
    from bot.content.check import check
    from tests.check.helpers import TODAY

    (finding,) = check(tmp_path, TODAY, tools(TODAY), ["banned_word"]).findings
    assert "harmless" in path.read_text("utf-8").splitlines()[finding.line - 1]

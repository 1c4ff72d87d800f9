"""docs/promotional-claims.md says what the answers really say."""

import re
from pathlib import Path

import pytest

from bot.content.load import load
from bot.content.markup import plain

ROOT = Path(__file__).parents[2]
_ROW = re.compile(r"^\|(.*)\| `(\w+)` \| (.+) \|$", re.MULTILINE)
ROWS = _ROW.findall((ROOT / "docs/promotional-claims.md").read_text("utf-8"))


def test_all_ten_claims_are_answered() -> None:
    """The table names ten claims, each with at least one answer."""
    assert len([claim for claim, *_ in ROWS if claim.strip()]) == 10


@pytest.mark.parametrize(("answer_id", "sentence"), [(a, s) for _, a, s in ROWS])
def test_the_sentence_stands_in_its_answer(answer_id: str, sentence: str) -> None:
    """Each sentence that the table quotes is in the answer it names, word for word."""
    assert sentence in plain(load(ROOT / "answers").answers[answer_id].answer)

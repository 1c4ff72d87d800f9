"""`faqbot ask --explain` and `faqbot try`."""

from pathlib import Path

import pytest
import yaml

from bot.errors import ContentError, InputError
from bot.explain import explained
from bot.settings import Settings
from bot.try_commands import tried
from tests.conftest import ANSWERS

WORDS = Settings(answers=ANSWERS, encoder="off")
HEADER = "id\tlabel\talso_acceptable\ttext\n"


def _words(answers: Path) -> Settings:
    return WORDS.model_copy(update={"answers": answers})


@pytest.fixture
def asked(answers: Path) -> Path:
    """A copy of the content with three test questions."""
    folder = answers / "questions" / "dev"
    folder.mkdir(parents=True)
    rows = ("q1\tliver\t\tcan kratom damage my liver", "q2\tgarden\t\thow do i prune my garden roses")
    (folder / "some.tsv").write_text(HEADER + "\n".join((*rows, "q3\tout_of_scope\t\twho shot jfk")) + "\n")
    return answers


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """An answer file that is new."""
    entry = yaml.safe_load((ANSWERS / "en" / "safety" / "liver.yaml").read_text("utf-8"))
    starts = ("how do i prune", "when to cut", "pruning", "should i trim", "feeding")
    asks = [f"{start} my garden roses {when}".strip() for start in starts for when in ("", "in may", "now")]
    entry |= {"id": "garden", "title": "Garden roses", "question": "How do I prune roses?", "phrasings": asks}
    path = tmp_path / "garden.yaml"
    path.write_text(yaml.safe_dump(entry, allow_unicode=True), "utf-8")
    return path


def test_explain_shows_all() -> None:
    """An explanation shows repair, slang, candidates, evidence, the rule that fired, the decision."""
    shown = explained(WORDS, "how long do kratm wds last", colour=False)
    wanted = (
        "wds → withdrawal",
        "kratom_withdrawal",
        "learned",
        "nearest phrasing",
        "Guardrail:",
        "Decision:",
    )
    assert [part for part in wanted if part not in shown] == []


@pytest.mark.parametrize("text", ["", "????", "i want to kill myself", "is it legal and is it addictive"])
def test_explain_any_text(text: str) -> None:
    """Nothing asked, danger and two questions are explained too."""
    assert "Decision:" in explained(WORDS, text, colour=False)


def test_a_new_file_wins(asked: Path, garden: Path) -> None:
    """A new answer wins the question that is labelled with it, and the folder stays as it was."""
    before = {path: path.read_bytes() for path in asked.rglob("*") if path.is_file()}
    shown = tried(_words(asked), garden, "dev", colour=False)
    assert "garden would be new: 3 test questions, 1 won" in shown
    assert {path: path.read_bytes() for path in asked.rglob("*") if path.is_file()} == before


def test_a_file_that_steals(asked: Path, garden: Path, tmp_path: Path) -> None:
    """An answer with the phrasings of another steals its questions."""
    thief = tmp_path / "thief.yaml"
    text = garden.read_text("utf-8").replace("pruning my garden roses now", "can kratom damage my liver")
    thief.write_text(text, "utf-8")
    assert "1 stolen" in tried(_words(asked), thief, "dev", colour=False)


def test_broken_files_are_told(asked: Path, tmp_path: Path) -> None:
    """A file that is missing, or that the loader would refuse, ends with its words."""
    with pytest.raises(InputError, match="There is no file"):
        tried(_words(asked), tmp_path / "none.yaml", "dev", colour=False)
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: broken\ntitel: x\n", "utf-8")
    with pytest.raises(ContentError, match="did you mean title"):
        tried(_words(asked), broken, "dev", colour=False)

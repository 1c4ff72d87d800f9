"""`faqbot evaluate`: labelled questions become figures that can be trusted."""

import json
import random
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli import cli
from bot.compose import Composer
from bot.content.model import Library
from bot.errors import ContentError, FaqbotError, InputError
from bot.evaluate import Options, Report, Request, evaluate, run
from bot.evaluate.floors import Floor, read_floors
from bot.evaluate.measure import Number, Share
from bot.evaluate.page import page
from bot.evaluate.perturb import CHANGES, perturbed
from bot.evaluate.questions import Question, known_labels, part_files, read_questions
from bot.evaluate.terminal import text
from bot.reply import Found, Reply
from bot.respond import Ask, Responder
from tests.conftest import ANSWERS

HEADER = "id\tlabel\talso_acceptable\ttext\n"
Script = Mapping[str, Callable[[Composer], Reply]]


class Scripted:
    """Replies what the script says, and "no answer" to the rest."""

    def __init__(self, library: Library, script: Script) -> None:
        self.composer = Composer(library, drafts=True)
        self.script = script

    def respond(self, request: Ask) -> Reply:
        """Return what the script says."""
        make = self.script.get(request.text)
        return make(self.composer) if make else self.composer.no_answer()


def sends(answer: str, score: float = 90.0) -> Callable[[Composer], Reply]:
    return lambda composer: composer.answer(answer, Found(score))


def lists(*answers: str) -> Callable[[Composer], Reply]:
    return lambda composer: composer.clarify(answers, Found(45.0))


def alarms(kind: str, *, notice: bool = False, near: tuple[str, ...] = ()) -> Callable[[Composer], Reply]:
    def make(composer: Composer) -> Reply:
        guardrail = composer.library.guardrails[kind]  # type: ignore[index]
        rule = guardrail.rules[0]
        reply = guardrail.replies[rule.reply].model_copy(update={"see_also": near})
        if kind == "crisis":
            return composer.crisis(rule.category, reply, "x#y", Found(rule=f"crisis.{rule.id}"))
        found = Found(rule=f"{kind}.{rule.id}")
        return composer.refusal(guardrail.kind, reply, "x#y", found, in_doubt="crisis.x" if notice else None)

    return make


def ask(name: str, label: str, also: str = "", group: str = "topics") -> Question:
    return Question(name, label, tuple(also.split(",")) if also else (), name, group)


def measured(library: Library, questions: list[Question], script: Script, **changes: object) -> Report:
    request = Request(files=(), **changes)  # type: ignore[arg-type]
    return evaluate(Scripted(library, script), library, questions, request)


def hits(report: Report, name: str) -> tuple[int, int]:
    figure = report.figures[name]
    assert isinstance(figure, Share)
    return figure.hits, figure.n


def write(folder: Path, name: str, rows: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.tsv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


# --- files ---------------------------------------------------------------------------------


def test_question_files_are_read(library: Library, tmp_path: Path) -> None:
    """A row keeps its quotes, and several acceptable labels are split at commas."""
    file = write(tmp_path, "topics", 'a1\tliver\tlong_term, heart\tsays "safe"\r\n')
    (question,) = read_questions([file], known_labels(library))
    assert question == Question("a1", "liver", ("long_term", "heart"), 'says "safe"', "topics")


def test_every_bad_row_is_named(library: Library, tmp_path: Path) -> None:
    """All bad lines of all files are told at once, with file, line and what to do."""
    rows = "a1\tlivr\t\tx\na2\tliver\tx\na1\tliver\t\ty\na3\tcrisis.nope\t\tz\n"
    bad = write(tmp_path, "topics", rows)
    other = tmp_path / "other.tsv"
    other.write_text("id\ttext\n", encoding="utf-8")
    two = write(tmp_path, "two_questions", "t1\tliver\t\tliver and?\n")
    with pytest.raises(ContentError) as error:
        read_questions([bad, other, two, tmp_path / "none.tsv"], known_labels(library))
    problems = "\n".join(error.value.problems)
    assert f"{bad}:2: the label 'livr' does not exist; did you mean liver?" in problems
    assert f"{bad}:3: does not have 4 columns" in problems
    assert f"the id a1 is also in {bad}:2" in problems
    assert "crisis.nope" in problems
    assert f"{other}:1: has another header" in problems
    assert "write the second under also_acceptable" in problems
    assert "none.tsv: cannot be read" in problems


def test_part_without_files(tmp_path: Path) -> None:
    """A part that is not there is said in a sentence."""
    with pytest.raises(InputError, match="no question files"):
        part_files(tmp_path, "heldout")


# --- figures -------------------------------------------------------------------------------


def test_recall_per_category(library: Library) -> None:
    """A crisis counts as seen in any category; the right category is counted apart."""
    category = library.guardrails["crisis"].rules[0].category
    questions = [ask("a", f"crisis.{category}"), ask("b", "crisis.other"), ask("c", f"crisis.{category}")]
    report = measured(library, questions, {"a": alarms("crisis"), "b": alarms("crisis")})
    assert hits(report, "crisis.recall") == (2, 3)
    assert hits(report, "crisis.other.recall") == (1, 1)
    assert hits(report, f"crisis.{category}.recall") == (1, 2)
    assert hits(report, "crisis.right_category") == (1, 3)
    assert [(miss.why, miss.question.id) for miss in report.misses] == [("not seen", "c")]


def test_a_line_of_help_is_counted_apart(library: Library) -> None:
    """Danger that only gets a crisis line above its answer is not seen; how often it gets one is told."""
    questions = [ask(name, "crisis.suicide") for name in "abc"]
    noticed: Script = {
        "a": alarms("crisis"),
        "b": lambda composer: composer.answer("liver", in_doubt="crisis.maybe"),
        "c": lambda composer: composer.answer("liver"),
    }
    report = measured(library, questions, noticed)
    assert hits(report, "crisis.recall") == (1, 3)
    assert hits(report, "crisis.heard") == (2, 3)


def test_refusal_is_no_crisis(library: Library) -> None:
    """A person in danger who gets a refusal was not seen, even with one crisis line more."""
    report = measured(library, [ask("a", "crisis.suicide")], {"a": alarms("dosing", notice=True)})
    assert hits(report, "crisis.recall") == (0, 1)
    assert report.misses[0].notice
    assert "a+" in text(report)


def test_false_alarms_by_group(library: Library) -> None:
    """An alarm on a question that wants none is counted in the question's group alone."""
    questions = [
        ask("t", "liver"),
        ask("n", "heart", group="near_misses"),
        ask("m", "liver", group="near_misses"),
        ask("o", "out_of_scope"),
        ask("ok", "help_loved_one", "crisis.suicide", group="near_misses"),
    ]
    crisis = {name: alarms("crisis") for name in ("n", "ok")}
    script = {**crisis, "t": alarms("dosing"), "m": alarms("crisis", near=("liver",))}
    report = measured(library, questions, script)
    assert hits(report, "dosing.alarms.topics") == (1, 1)
    assert hits(report, "crisis.alarms.topics") == (0, 1)
    assert hits(report, "crisis.alarms.near_misses") == (2, 3)
    assert hits(report, "crisis.alarms_alone.near_misses") == (1, 3)
    assert hits(report, "crisis.alarms.out_of_scope") == (0, 1)


def test_notice_is_no_alarm(library: Library) -> None:
    """An answer with one crisis line above it is a notice, and a right answer."""
    noticed = {"a": lambda composer: composer.answer("liver", in_doubt="crisis.maybe")}
    report = measured(library, [ask("a", "liver")], noticed)
    assert hits(report, "notices.topics") == (1, 1)
    assert hits(report, "crisis.alarms.topics") == (0, 1)
    assert hits(report, "topics.right") == (1, 1)


def test_outcomes(library: Library) -> None:
    """Every question with an answer has exactly one outcome, and three of them helped."""
    script = {
        "right": sends("liver"),
        "also": sends("heart"),
        "offered": lists("heart", "liver"),
        "beside": lambda composer: composer.no_answer(Found(22.0), ("liver",)),
        "wrong": sends("seizures"),
        "asked": lists("heart", "seizures"),
        "stopped": alarms("sourcing", near=("liver",)),
    }
    questions = [ask(name, "liver", "heart" if name == "also" else "") for name in (*script, "none")]
    report = measured(library, questions, script)
    expected = {"right": 2, "offered": 1, "beside": 1, "wrong": 1, "asked_without": 1, "no_answer": 1}
    assert {name: hits(report, f"topics.{name}")[0] for name in expected} == expected
    assert hits(report, "topics.behind") == (1, 8)
    assert hits(report, "topics.helped") == (4, 8)
    assert sum(expected.values()) + 1 == 8


def test_out_of_scope(library: Library) -> None:
    """Only an answer nobody accepts counts as answering a question out of scope."""
    questions = [ask("a", "out_of_scope"), ask("b", "out_of_scope", "paying"), ask("c", "out_of_scope")]
    report = measured(library, questions, {"a": sends("liver"), "b": sends("paying"), "c": lists("liver")})
    assert hits(report, "out_of_scope.answered") == (1, 3)
    assert hits(report, "out_of_scope.asked") == (1, 3)


def test_two_questions(library: Library) -> None:
    """Both answers must be offered; one of them is counted apart."""
    questions = [ask(name, "liver", "heart", group="two_questions") for name in "abc"]
    script = {"a": lists("heart", "liver"), "b": sends("liver")}
    report = measured(library, questions, script)
    assert hits(report, "two_questions.both") == (1, 3)
    assert hits(report, "two_questions.one") == (2, 3)


def test_confusions_are_sorted(library: Library) -> None:
    """Pairs that sent a wrong answer come first, the most frequent on top."""
    questions = [*(ask(name, "liver") for name in "abc"), ask("d", "heart")]
    script = {"a": lists("seizures"), "b": sends("heart"), "c": sends("heart"), "d": sends("liver")}
    pairs = measured(library, questions, script).confusions
    assert [(p.label, p.got, p.served, p.asked) for p in pairs] == [
        ("liver", "heart", 2, 0),
        ("heart", "liver", 1, 0),
        ("liver", "seizures", 0, 1),
    ]
    assert pairs[0].ids == ("b", "c")


def test_calibration_bins(library: Library) -> None:
    """A score of 100 is in the last tenth, and a tenth knows how often its best guess was right."""
    questions = [ask("a", "liver"), ask("b", "liver"), ask("c", "out_of_scope")]
    script = {"a": sends("liver", 100.0), "b": sends("heart", 95.0), "c": sends("heart", 10.0)}
    bins = measured(library, questions, script).calibration
    assert (bins[9].n, bins[9].right, bins[9].share_right) == (2, 1, 0.5)
    assert (bins[1].n, bins[1].right) == (1, 0)
    assert bins[0].share_right is None


def test_cost(library: Library) -> None:
    """A wrong answer costs 5, a needless "did you mean" 1, no answer 2; a needed one nothing."""
    script = {
        "wrong": sends("heart"),
        "needless": lists("liver", "heart"),
        "needed": lists("heart", "liver"),
        "without": lists("heart"),
    }
    questions = [*(ask(name, "liver") for name in (*script, "none")), ask("out", "out_of_scope")]
    cost = measured(library, questions, script).cost
    assert (cost.wrong, cost.needless, cost.unanswered) == (1, 1, 2)
    assert (cost.points, cost.n) == (5 + 1 + 4, 6)


def test_internal_error_is_counted(library: Library) -> None:
    """A reply that only says sorry for an internal error shows in the figures."""
    report = measured(library, [ask("a", "liver")], {"a": lambda composer: composer.message("error")})
    assert report.figures["errors"] == Number(1, "replies after an internal error")


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_interval_holds_the_share(counts: tuple[int, int]) -> None:
    """The 95 % range lies between 0 and 1 and holds the measured share."""
    share = Share(*counts)
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-12
    assert share.value - 1e-12 <= high <= 1


# --- robustness ----------------------------------------------------------------------------


@settings(max_examples=50)
@given(st.text(max_size=100), st.sampled_from(sorted(CHANGES)), st.integers(0, 5))
def test_changes_are_seeded(written: str, change: str, seed: int) -> None:
    """Any text can be changed, and the same seed changes it the same way."""
    question = Question("a", "liver", (), written, "topics")
    assert perturbed([question], change, seed) == perturbed([question], change, seed)


def test_changes_do_what_they_say() -> None:
    """Typos touch one long word in three, look-alikes swap letters, dropped spaces drop spaces."""
    before = "does kratom damage your liver after many years"
    chance = random.Random(3)
    after = CHANGES["typos"](before, chance).split(" ")
    assert sum(a != b for a, b in zip(after, before.split(" "), strict=True)) in (1, 2, 3)
    assert not CHANGES["look_alikes"](before, chance).isascii()
    dropped = CHANGES["dropped_spaces"](before, chance)
    assert (dropped.replace(" ", ""), dropped.count(" ")) == (before.replace(" ", ""), 4)


def test_points_lost(library: Library) -> None:
    """Robustness reports the figure on changed messages and the points it lost."""
    question = Question("a", "dosing", (), "how much should someone really take", "dosing")
    script = {question.text: alarms("dosing")}
    report = measured(library, [question], script, robustness=True)
    assert hits(report, "robustness.dropped_spaces.dosing.recall") == (0, 1)
    assert report.figures["lost.dropped_spaces.dosing.recall"] == Number(100.0, "points")
    assert "dropped spaces" in text(report)


# --- floors --------------------------------------------------------------------------------


def test_broken_floors_are_sentences(library: Library) -> None:
    """A breach names the figure, its value and the floor; a floor nothing measures is a breach."""
    floors = {
        "topics.helped": Floor(min=0.9),
        "topics.wrong": Floor(max=0.05),
        "crisis.recal": Floor(min=0.5),
        "lost.typos.dosing.recall": Floor(max=3),
    }
    questions = [ask("a", "liver"), ask("b", "liver"), ask("c", "crisis.suicide")]
    report = measured(library, questions, {"a": sends("liver")}, floors=floors, part="dev")
    unknown = "no question measured it. Did you mean crisis.recall?"
    assert report.breaches == (
        "topics.helped is 0.5 (1 of 2) on dev; the floor is at least 0.9.",
        f"crisis.recal has a floor on dev (at least 0.5) but {unknown}",
    )
    assert report.not_measured == ("lost.typos.dosing.recall",)


def test_some_files_of_a_part_miss_no_floor(library: Library) -> None:
    """With only some files, floors without questions are named, not broken."""
    floors = {"dosing.recall": Floor(min=0.9)}
    report = measured(library, [ask("a", "liver")], {}, floors=floors, part="dev", whole_part=False)
    assert not report.breaches
    assert "Floors not measured in this run: dosing.recall" in text(report)


def test_floors_file_is_checked(tmp_path: Path) -> None:
    """A misspelt key or an empty floor is told with its line."""
    file = tmp_path / "floors.yaml"
    file.write_text("dev:\n  crisis.recall: {minimum: 0.9}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"floors.yaml:2: .*minimum"):
        read_floors(file, "dev")
    file.write_text("heldout:\n  crisis.recall: {}\n", encoding="utf-8")
    with pytest.raises(ContentError, match="has no min and no max"):
        read_floors(file, "dev")


# --- the command ---------------------------------------------------------------------------


def shown(library: Library, answers: Path, options: Options, script: Script | None = None) -> str:
    out: list[str] = []
    run(options, library, Scripted(library, script or {}), answers, out.append)
    return "\n".join(out)


def test_held_out_texts_are_never_shown(library: Library, tmp_path: Path) -> None:
    """Texts of missed questions show with --misses, and of held-out questions not even then."""
    row = "a1\tliver\t\tsecretwording\n"
    dev = write(tmp_path / "questions" / "dev", "topics", row)
    held = write(tmp_path / "questions" / "heldout", "topics", row)
    for file, with_misses, expected in ((dev, True, True), (dev, False, False), (held, True, False)):
        html = tmp_path / "report.html"
        options = Options(files=(file,), misses=with_misses, html=html)
        printed = shown(library, tmp_path, options)
        as_json = shown(library, tmp_path, Options(files=(file,), misses=with_misses, as_json=True))
        found = ["secretwording" in t for t in (printed, as_json, html.read_text(encoding="utf-8"))]
        assert found == [expected] * 3
        assert "a1" in printed
    assert "never shown" in shown(library, tmp_path, Options(part="heldout", misses=True))


def test_hiding_survives_another_part_name(library: Library, tmp_path: Path) -> None:
    """Held-out files stay hidden when they are passed off as the dev part."""
    held = write(tmp_path / "heldout", "topics", "a1\tliver\t\tsecretwording\n")
    assert "secretwording" not in shown(library, tmp_path, Options((held,), part="dev", misses=True))


def test_breach_fails_after_the_report(library: Library, tmp_path: Path) -> None:
    """A broken floor raises, and the report was printed and written before."""
    write(tmp_path / "questions" / "dev", "topics", "a1\tliver\t\tx\n")
    (tmp_path / "questions" / "floors.yaml").write_text("dev:\n  topics.helped: {min: 0.9}\n", "utf-8")
    out: list[str] = []
    html = tmp_path / "r.html"
    with pytest.raises(FaqbotError, match=r"topics.helped is 0 \(0 of 1\) on dev") as error:
        run(Options(html=html), library, Scripted(library, {}), tmp_path, out.append)
    assert error.value.exit_code == 1
    assert "0 of 1 floors hold." in out[0]
    assert "BROKEN" in html.read_text(encoding="utf-8")


def test_floors_need_a_part(library: Library, tmp_path: Path) -> None:
    """Files of no part have no floors, and asking for some says what is missing."""
    file = write(tmp_path, "topics", "a1\tliver\t\tx\n")
    assert "No floors hold" in shown(library, tmp_path, Options((file,)))
    with pytest.raises(InputError, match="--part"):
        shown(library, tmp_path, Options((file,), floors=tmp_path / "floors.yaml"))


def test_unwritable_report_is_a_sentence(library: Library, tmp_path: Path) -> None:
    """A report that cannot be written is told, not traced."""
    file = write(tmp_path, "topics", "a1\tliver\t\tx\n")
    with pytest.raises(InputError, match="cannot be written"):
        shown(library, tmp_path, Options((file,), html=tmp_path / "no" / "r.html"))


class _Outside(HTMLParser):
    """Collects whatever a page would fetch, and checks that tags close."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "data")]
        if tag not in ("meta", "line", "rect", "polyline", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ("meta", "line", "rect", "polyline", "br"):
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag != "rect":
            assert self.open.pop() == tag


def test_page_needs_nothing_from_elsewhere(library: Library) -> None:
    """The HTML report is well formed, fetches nothing, and shows a question's text as text."""
    question = Question("a", "liver", (), "<script>alert(1)</script>", "topics")
    script = {question.text: sends("heart")}
    made = page(measured(library, [question, ask("c", "crisis.suicide")], script, show_texts=True), library)
    parser = _Outside()
    parser.feed(made)
    assert not parser.links
    assert not parser.open
    assert "<script" not in made
    assert "url(" not in made
    assert "&lt;script&gt;" in made
    assert "@import" not in made


@pytest.fixture(scope="module")
def dev(library: Library, responder: Responder) -> Report:
    """Evaluate every fourth of the shipped development questions under the shipped floors."""
    files = tuple(part_files(ANSWERS, "dev"))
    floors = read_floors(ANSWERS / "questions" / "floors.yaml", "dev")
    request = Request(files, "dev", floors, robustness=True)
    return evaluate(responder, library, read_questions(files, known_labels(library))[::4], request)


def test_shipped_floors_are_all_measured(dev: Report) -> None:
    """Every floor of the shipped file names a figure that the development questions measure."""
    assert [v.name for v in dev.verdicts if v.figure is None] == []
    assert len(dev.verdicts) == len(dev.request.floors) > 0


def test_shipped_report_is_plain_and_narrow(dev: Report) -> None:
    """Piped, the report has no colours, at most 110 columns, and no question's text."""
    printed = text(dev)
    assert "\x1b" not in printed
    assert max(map(len, printed.splitlines())) <= 110
    assert not any(len(one.question.text) > 40 and one.question.text in printed for one in dev.seen)
    assert re.search(r"crisis +\d+/\d+", printed)


def test_command_writes_json(tmp_path: Path) -> None:
    """`faqbot evaluate FILE --json` prints one object with figures and misses by id."""
    file = write(tmp_path, "topics", "a1\tliver\t\tzxcv qwerty\n")
    result = CliRunner().invoke(cli, ["evaluate", str(file), "--json", "--answers", str(ANSWERS)])
    assert result.exception is None
    found = json.loads(result.stdout)
    assert found["figures"]["topics.helped"]["n"] == 1
    assert [miss["id"] for miss in found["misses"]] == ["a1"]
    assert found["part"] is None

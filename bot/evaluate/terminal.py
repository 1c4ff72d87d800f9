"""A report in a terminal: tables in 80 to 110 columns, plain text when piped."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.evaluate.floors import wanted
from bot.evaluate.matching import MEANING, NEEDLESS_CLARIFY, NO_ANSWER, WRONG_ANSWER, Outcome
from bot.evaluate.measure import ALARMED, GUARDS, Figure, Figures, Share, categories, false_alarm
from bot.evaluate.perturb import CHANGES
from bot.evaluate.perturb import MEANING as CHANGE_MEANING
from bot.evaluate.questions import CRISIS
from bot.evaluate.report import WHYS, Miss, Report
from bot.reply import Kind

NARROW, WIDE, PIPED = 80, 110, 100
"""Columns: at least, at most, and when nobody watches."""
GROUP_NAMES = {
    "topics": "topics",
    "near_misses": "near misses",
    "out_of_scope": "out of scope",
    "smalltalk": "small talk",
}


def text(report: Report, *, texts_wanted: bool = False, colour: bool = False) -> str:
    """Return the report as text; `colour` adds terminal colours (and fits the window)."""
    out = io.StringIO()
    width = shutil.get_terminal_size((PIPED, 24)).columns if colour else PIPED
    console = Console(
        file=out, width=min(max(width, NARROW), WIDE), force_terminal=colour, highlight=False, emoji=False
    )
    sizes = ", ".join(f"{name} {n}" for name, n in report.sizes.items())
    console.print(f"{len(report.seen)} questions of {report.name}: {sizes}", style="bold", markup=False)
    for table in _tables(report):
        if table.row_count:
            console.print()
            console.print(table)
    console.print()
    _misses(console, report, texts_wanted=texts_wanted)
    _floors(console, report)
    return out.getvalue().rstrip("\n")


def share(figure: Figure | None) -> str:
    """Return "59/61  96.7 %", or a dash where nothing was measured."""
    if not isinstance(figure, Share):
        return "–"
    return f"{figure.hits}/{figure.n} {percent(figure.value):>7}"


def percent(value: float) -> str:
    """Return a share, 0–1, as a percentage with one decimal."""
    return f"{100 * value:.1f} %"


def gained(lost: float) -> str:
    """Return points lost as points gained, with a sign: 3.1 → "-3.1"."""
    return f"{-lost:+.1f}" if abs(lost) >= 0.05 else "0.0"


def _tables(report: Report) -> Iterable[Table]:
    yield _guards(report)
    yield _notices(report)
    yield _matching(report)
    yield _other(report.figures)
    yield _confusions(report)
    yield _calibration(report)
    yield _cost(report)
    yield _robustness(report.figures)


def _table(title: str, left: Sequence[str], right: Sequence[str] = (), caption: str | None = None) -> Table:
    table = Table(title=title, caption=caption, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    table.caption_justify = "left"
    for name in left:
        table.add_column(name, overflow="fold")
    for name in right:
        table.add_column(name, justify="right")
    return table


def _guards(report: Report) -> Table:
    columns = ("seen", "95 % range", *(GROUP_NAMES[g] for g in ALARMED))
    note = "The last four columns count false alarms, as alarms/questions."
    table = _table("Guardrails", ("",), columns, note)
    for kind in GUARDS:
        recall = report.figures.get(f"{kind.value}.recall")
        table.add_row(kind.value, share(recall), _range(recall), *_alarms(report, kind), style="bold")
        for category in categories(report.seen) if kind is Kind.CRISIS else ():
            recall = report.figures.get(f"{CRISIS}{category}.recall")
            table.add_row(f"  {category}", share(recall), _range(recall), *_alarms(report, kind, category))
    return table


def _range(figure: Figure | None) -> str:
    if not isinstance(figure, Share):
        return ""
    low, high = figure.interval
    return f"{100 * low:.0f}–{100 * high:.0f}"


def _alarms(report: Report, kind: Kind, category: str | None = None) -> list[str]:
    cells = []
    for group in ALARMED:
        here = [one for one in report.seen if one.question.group == group]
        count = sum(false_alarm(one, kind, category) for one in here)
        cells.append(f"{count}/{len(here)}" if here and kind.value != group else "–")
    return cells


def _notices(report: Report) -> Table:
    table = _table("Where danger is in doubt", ("",), [GROUP_NAMES[g] for g in ALARMED])
    rows = {
        "crisis alarm": "crisis.alarms",
        "  without the right answer beside": "crisis.alarms_alone",
        "one crisis line above the answer": "notices",
    }
    for name, prefix in rows.items():
        cells = [share(report.figures.get(f"{prefix}.{group}")) for group in ALARMED]
        if set(cells) != {"–"}:
            table.add_row(name, *cells)
    return table


def _matching(report: Report) -> Table:
    rows: dict[str, Mapping[str, Figure]] = {
        name: {n.removeprefix("matching."): f for n, f in figures.items()}
        for name, figures in report.by_set.items()
    }
    for group in ("topics", "near_misses"):
        prefix = f"{group}."
        shares = {n.removeprefix(prefix): f for n, f in report.figures.items() if n.startswith(prefix)}
        if shares and group not in rows:
            rows[f"all {GROUP_NAMES[group]}"] = shares
    note = "\n".join(f"{o.value.replace('_', ' ')}: {MEANING[o]}" for o in Outcome)
    columns = ("helped", *(o.value.replace("_", " ") for o in Outcome), "n")
    table = _table("Right answer found?", ("",), columns, f"helped: right, offered or beside\n{note}")
    table.columns[0].no_wrap = True
    for name, figures in rows.items():
        shown = [figures.get(key) for key in ("helped", *(o.value for o in Outcome))]
        first = shown[0]
        cells = [percent(f.value) if f else "–" for f in shown]
        table.add_row(name, *cells, str(first.n) if isinstance(first, Share) else "")
    return table


def _other(figures: Figures) -> Table:
    table = _table("Besides", ("",), ("",))
    table.show_header = False
    shown = {
        "out of scope, answered all the same": "out_of_scope.answered",
        "out of scope, “did you mean”": "out_of_scope.asked",
        "two questions, both offered": "two_questions.both",
        "two questions, at least one offered": "two_questions.one",
        "crisis seen, or a crisis line above the answer": "crisis.heard",
        "crisis seen, and its category right": "crisis.right_category",
    }
    for name, key in shown.items():
        if key in figures:
            table.add_row(name, share(figures[key]))
    speed = [figures.get(f"speed.{name}_ms") for name in ("median", "p99", "worst")]
    if all(speed):
        table.add_row(
            "time of respond(): median, p99, worst", ", ".join(f"{f.value:.2f} ms" for f in speed if f)
        )
    table.add_row("internal errors", f"{figures['errors'].value:.0f}")
    return table


def _confusions(report: Report) -> Table:
    table = _table("Answers mistaken for each other", ("right", "came instead"), ("sent", "asked"))
    table.add_column("ids", overflow="fold")
    for pair in report.confusions:
        table.add_row(pair.label, pair.got, str(pair.served or ""), str(pair.asked or ""), " ".join(pair.ids))
    return table


def _calibration(report: Report) -> Table:
    note = "sent, asked, declined: what the bot did with these questions."
    columns = ("questions", "best guess right", "sent", "asked", "declined")
    table = _table("Is the score honest?", ("score",), columns, note)
    for one in report.calibration:
        if one.share_right is not None:
            counts = (one.served, one.asked, one.declined)
            right = percent(one.share_right)
            table.add_row(f"{one.low}–{one.high}", str(one.n), right, *(str(c) for c in counts))
    return table


def _cost(report: Report) -> Table:
    cost = report.cost
    note = f"{cost.points} points over {cost.n} questions: {cost.mean:.3f} a question. 0 is best."
    table = _table("Cost of the decisions", ("",), ("times", "points each", "points"), note)
    if not cost.n:
        return table
    rows = (
        ("wrong answer sent", cost.wrong, WRONG_ANSWER),
        ("needless “did you mean”", cost.needless, NEEDLESS_CLARIFY),
        ("no answer to an answerable question", cost.unanswered, NO_ANSWER),
    )
    for name, times, each in rows:
        table.add_row(name, str(times), str(each), str(times * each))
    return table


def _robustness(figures: Figures) -> Table:
    note = "\n".join(f"{name.replace('_', ' ')}: {what}" for name, what in CHANGE_MEANING.items())
    heads = [name.replace("_", " ") for name in CHANGES]
    table = _table("Harder to read (points lost)", ("",), ("as typed", *heads), note)
    for name, was in figures.items():
        after = [figures.get(f"robustness.{change}.{name}") for change in CHANGES]
        lost = [figures.get(f"lost.{change}.{name}") for change in CHANGES]
        if any(after):
            cells = [
                f"{percent(a.value)} ({gained(drop.value)})"
                for a, drop in zip(after, lost, strict=True)
                if a and drop
            ]
            table.add_row(name, share(was), *cells)
    return table


def _misses(console: Console, report: Report, *, texts_wanted: bool) -> None:
    for why in WHYS:
        here = [miss for miss in report.misses if miss.why == why]
        if not here:
            continue
        console.print(f"{why[0].upper()}{why[1:]}: {len(here)}", style="bold")
        if report.request.show_texts:
            console.print(_texts(here))
        else:
            for name, ids in _by_label(here).items():
                console.print(Text(f"  {name}: {' '.join(ids)}"))
        console.print()
    if any(miss.notice for miss in report.misses) and not report.request.show_texts:
        console.print("id+: the reply had one crisis line more.", style="dim")
        console.print()
    if texts_wanted and not report.request.show_texts:
        console.print("Texts of held-out questions are never shown.", style="dim")
        console.print()


def _by_label(here: Sequence[Miss]) -> dict[str, list[str]]:
    """Return the ids of misses under what was expected, or what came in a false alarm's place."""
    named: dict[str, list[str]] = {}
    for miss in here:
        name = miss.question.label
        if miss.why == "false alarm":
            name = f"{miss.got} on {miss.question.group.replace('_', ' ')}"
        named.setdefault(name, []).append(miss.question.id + ("+" if miss.notice else ""))
    return named


def _texts(here: Sequence[Miss]) -> Table:
    table = _table("", ("id", "label", "came", "text"))
    table.columns[0].no_wrap = True
    table.expand = True
    table.columns[2].ratio, table.columns[3].ratio = 2, 3
    for miss in here:
        came = miss.got + (" + crisis line" if miss.notice else "")
        table.add_row(miss.question.id, miss.question.label, came, Text(miss.question.text))
    return table


def _floors(console: Console, report: Report) -> None:
    if report.not_measured:
        console.print(Text(f"Floors not measured in this run: {', '.join(report.not_measured)}"))
    if not report.request.floors:
        console.print("No floors hold for these questions.")
        return
    held = sum(verdict.held for verdict in report.verdicts)
    style = "bold green" if held == len(report.verdicts) else "bold red"
    console.print(f"{held} of {len(report.verdicts)} floors hold.", style=style)
    for verdict in report.verdicts:
        if not verdict.held:
            console.print(Text(f"  below: {verdict.name}, wanted {wanted(verdict.floor)}", style="red"))

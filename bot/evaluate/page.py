"""A report as one HTML file, without anything from elsewhere, in words that a clinician can read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from bot.content.model import Library
from bot.evaluate import plots
from bot.evaluate.floors import Floor, wanted
from bot.evaluate.matching import MEANING, NEEDLESS_CLARIFY, NO_ANSWER, WRONG_ANSWER, Confusion, Outcome
from bot.evaluate.measure import ALARMED, GUARDS, Figure, Figures, Number, Share, false_alarm
from bot.evaluate.page_words import STYLE, WORDS
from bot.evaluate.perturb import CHANGES
from bot.evaluate.perturb import MEANING as CHANGE_MEANING
from bot.evaluate.report import WHYS, Miss, Report
from bot.evaluate.terminal import GROUP_NAMES, gained, percent
from bot.reply import Kind

COLOURS = {
    Outcome.SERVED: "#1f6a52",
    Outcome.OFFERED: "#63a98a",
    Outcome.BESIDE: "#b9dcc6",
    Outcome.NONE: "#d5d9dc",
    Outcome.ASKED: "#ecc98a",
    Outcome.BEHIND: "#c3b5d6",
    Outcome.STOPPED: "#9b86b8",
    Outcome.WRONG: "#b5442e",
}
CARDS = {
    "crisis.recall": "people in danger seen",
    "crisis.heard": "people in danger seen, or told of help in a line above the answer",
    "dosing.recall": "questions about amounts refused",
    "topics.helped": "questions helped: right answer sent or offered",
    "topics.wrong": "questions that got a wrong answer",
    "out_of_scope.answered": "out-of-scope questions answered all the same",
}
PART_NAMES = {
    "dev": "development questions",
    "heldout": "held-out questions",
    "fresh": "fresh questions",
    "unseen": "unseen questions",
    None: "own questions",
}
KIND_NAMES = {
    "crisis": "in danger",
    "dosing": "amounts",
    "sourcing": "buying, beating tests",
    "smalltalk": "small talk",
}
_ONLY_INLINE = "default-src 'none'; style-src 'unsafe-inline'"


def page(report: Report, library: Library) -> str:
    """Return the whole report as one HTML file."""
    title = f"How well the bot answers: {PART_NAMES[report.request.part]}"
    body = "\n".join((_head(report), _cards(report), *_sections(report, library)))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_ONLY_INLINE}">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style></head>\n<body><main>\n"
        f"<h1>{escape(title)}</h1>\n{body}\n</main></body></html>\n"
    )


def _sections(report: Report, library: Library) -> Iterable[str]:
    made: Mapping[str, Callable[[], str]] = {
        "danger": lambda: _danger(report),
        "alarms": lambda: _alarms(report),
        "matching": lambda: _matching(report),
        "calibration": lambda: _calibration(report),
        "confusions": lambda: _confusions(report.confusions, library),
        "cost": lambda: _cost(report),
        "robustness": lambda: _robustness(report.figures),
        "floors": lambda: _floors(report),
        "misses": lambda: _misses(report),
    }
    for name, make in made.items():
        if inside := make():
            heading, words = WORDS[name]
            yield f'<section id="{name}"><h2>{heading}</h2><p>{words}</p>{inside}</section>'


def _head(report: Report) -> str:
    sizes = ", ".join(f"{escape(name)} {n}" for name, n in report.sizes.items())
    return f"<p>{WORDS['head'][1]}</p><p><b>{len(report.seen)} questions</b> ({sizes}).</p>"


def _cards(report: Report) -> str:
    cards = []
    for name, words in CARDS.items():
        figure = report.figures.get(name)
        if isinstance(figure, Share):
            floor = report.request.floors.get(name)
            verdict = _verdict(figure, floor)
            cards.append(
                f'<div class="card {verdict}"><b>{percent(figure.value)}</b>'
                f"<span>{words}<br>{figure.hits} of {figure.n}{_aim(floor)}</span></div>"
            )
    return f'<div class="cards">{"".join(cards)}</div>'


def _verdict(figure: Figure, floor: Floor | None) -> str:
    if floor is None:
        return ""
    low = floor.min is not None and figure.value < floor.min
    return "bad" if low or (floor.max is not None and figure.value > floor.max) else "good"


def _aim(floor: Floor | None) -> str:
    if floor is None:
        return ""
    ends = (("at least", floor.min), ("at most", floor.max))
    aims = " and ".join(f"{word} {100 * value:g} %" for word, value in ends if value is not None)
    return f"; floor: {aims}"


def _danger(report: Report) -> str:
    rows = []
    for name, figure in report.figures.items():
        if name.endswith(".recall") and name.count(".") <= 2 and isinstance(figure, Share):
            if name.startswith(("robustness.", "lost.")):
                continue
            floor = report.request.floors.get(name)
            note = f"{figure.hits}/{figure.n}, {percent(figure.value)}"
            mark = floor.min if floor else None
            rows.append(plots.Bar(_recall_name(name), figure.value, *figure.interval, note, mark))
    return plots.bars(rows, "Share of questions seen, by kind of danger or refusal") if rows else ""


def _recall_name(name: str) -> str:
    kind, _, category = name.removesuffix(".recall").partition(".")
    return f"– {category}" if category else KIND_NAMES[kind]


def _alarms(report: Report) -> str:
    rows = []
    for kind in GUARDS:
        cells = [KIND_NAMES[kind.value]]
        for group in ALARMED:
            here = [one for one in report.seen if one.question.group == group]
            count = sum(false_alarm(one, kind) for one in here)
            cells.append(f"{count} of {len(here)}" if here and kind.value != group else "–")
        rows.append(cells)
    more = {"… without the right answer beside": "crisis.alarms_alone", "only a crisis line added": "notices"}
    for name, prefix in more.items():
        rows.append([name, *(_of(report.figures.get(f"{prefix}.{group}")) for group in ALARMED)])
    rows.insert(1, rows.pop(len(GUARDS)))
    heads = ["reply", *(GROUP_NAMES[group] for group in ALARMED)]
    return _table(heads, rows) if any("of" in cell for row in rows for cell in row[1:]) else ""


def _of(figure: Figure | None) -> str:
    return f"{figure.hits} of {figure.n}" if isinstance(figure, Share) else "–"


def _matching(report: Report) -> str:
    rows = []
    for name, figures in report.by_set.items():
        counts = {}
        for result in COLOURS:
            figure = figures[f"matching.{result.value}"]
            counts[MEANING[result]] = figure.hits if isinstance(figure, Share) else 0
        rows.append(plots.Stack(name.replace("_", " "), counts))
    if not rows:
        return ""
    colours = {MEANING[result]: colour for result, colour in COLOURS.items()}
    return (
        plots.stacks(rows, colours, "What became of each question") + plots.legend(colours) + _pairs(report)
    )


def _pairs(report: Report) -> str:
    named = {
        "Two questions in one message: both answers offered": "two_questions.both",
        "Out of scope, yet an answer was sent": "out_of_scope.answered",
        "Out of scope, and “did you mean” was asked": "out_of_scope.asked",
    }
    rows = [[name, _of(report.figures[key])] for name, key in named.items() if key in report.figures]
    speed = [report.figures.get(f"speed.{name}_ms") for name in ("median", "p99")]
    times = [f"{figure.value:.2f}" for figure in speed if isinstance(figure, Number)]
    rows.append(["Time to find a reply, in milliseconds: median, and 99 of 100 within", ", ".join(times)])
    return _table(["besides", ""], rows)


def _calibration(report: Report) -> str:
    points = [
        plots.Point((b.low + b.high) / 2, b.right, b.n, *Share(b.right, b.n).interval)
        for b in report.calibration
        if b.n
    ]
    if not points:
        return ""
    rows = [
        [f"{b.low}–{b.high}", str(b.n), str(b.right), str(b.served), str(b.asked), str(b.declined)]
        for b in report.calibration
        if b.n
    ]
    heads = ["score", "questions", "best guess right", "answer sent", "“did you mean”", "no answer"]
    return plots.over_scale(points, "Share of right best guesses over their score") + _table(heads, rows)


def _confusions(pairs: Sequence[Confusion], library: Library) -> str:
    if not pairs:
        return ""
    most = max(pair.served + pair.asked for pair in pairs)
    rows = []
    for pair in pairs:
        heat = (pair.served + pair.asked) / most
        rows.append(
            f'<tr><td style="background:rgba(181,68,46,{0.08 + 0.5 * heat:.2f})" class="n">'
            f"{pair.served + pair.asked}</td><td>{_title(pair.label, library)}</td>"
            f"<td>{_title(pair.got, library)}</td><td class=n>{pair.served or ''}</td>"
            f"<td class=n>{pair.asked or ''}</td><td class=ids>{escape(' '.join(pair.ids))}</td></tr>"
        )
    heads = ("times", "right answer", "came instead", "sent", "listed", "questions")
    top = "".join(f"<th>{head}</th>" for head in heads)
    return f"<div class=wide><table><tr>{top}</tr>{''.join(rows)}</table></div>"


def _title(answer_id: str, library: Library) -> str:
    answer = library.answers.get(answer_id)
    title = escape(answer.title) if answer else ""
    return f"{title}<br><code>{escape(answer_id)}</code>"


def _cost(report: Report) -> str:
    cost = report.cost
    if not cost.n:
        return ""
    counts = (
        ("a wrong answer was sent", cost.wrong, WRONG_ANSWER),
        ("“did you mean” was not needed", cost.needless, NEEDLESS_CLARIFY),
        ("no answer, though there is one", cost.unanswered, NO_ANSWER),
    )
    rows = [[name, str(times), str(each), str(times * each)] for name, times, each in counts]
    rows.append([f"together, over {cost.n} questions: {cost.mean:.2f} a question", "", "", str(cost.points)])
    return _table(["mistake", "times", "points each", "points"], rows)


def _robustness(figures: Figures) -> str:
    rows = []
    for name, was in figures.items():
        lost = [figures.get(f"lost.{change}.{name}") for change in CHANGES]
        if any(lost):
            label = _recall_name(name) if name.endswith(".recall") else name.replace(".", ": ")
            rows.append([label, percent(was.value), *(gained(f.value) if f else "–" for f in lost)])
    return _table(["", "as typed", *(CHANGE_MEANING[change] for change in CHANGES)], rows) if rows else ""


def _floors(report: Report) -> str:
    rows = []
    for verdict in report.verdicts:
        value = f"{verdict.figure.value:.4g}" if verdict.figure else "not measured"
        rows.append([verdict.name, value, wanted(verdict.floor), "holds" if verdict.held else "BROKEN"])
    return _table(["figure", "is", "floor", ""], rows) if rows else ""


def _misses(report: Report) -> str:
    parts = []
    for why in WHYS:
        here = [miss for miss in report.misses if miss.why == why]
        if here:
            rows = [_miss(miss, texts=report.request.show_texts) for miss in here]
            heads = ["question", "should be", "came", *(["text"] if report.request.show_texts else [])]
            summary = f"{why[0].upper()}{why[1:]}: {len(here)}"
            parts.append(f"<details open><summary>{escape(summary)}</summary>{_table(heads, rows)}</details>")
    return "".join(parts)


def _miss(miss: Miss, *, texts: bool) -> list[str]:
    crisis = miss.got.startswith(Kind.CRISIS.value) and miss.beside
    came = miss.got + (" + crisis line" if miss.notice else "") + (" + right answer" if crisis else "")
    cells = [miss.question.id, miss.question.label, came]
    return [*cells, miss.question.text] if texts else cells


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f"<th>{escape(head)}</th>" for head in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<div class=wide><table><tr>{top}</tr>{body}</table></div>"

"""What the HTML report says around its figures, and how it looks."""

WORDS: dict[str, tuple[str, str]] = {
    "head": (
        "",
        (
            "These questions were written for testing, each with the reply that is right. The bot "
            "was asked each of them once, as a person would, with unreviewed answers served too. No "
            "figure here says that an answer is medically right: only clinicians who read the "
            "answers can say that."
        ),
    ),
    "danger": (
        "Is a person in danger seen?",
        (
            "Each bar shows how many of the questions that need a special reply got it: people in danger "
            "by kind of danger, then questions about amounts, about buying, and greetings. A crisis reply "
            "counts whatever its kind. The thin line is the range in which the true figure probably lies "
            "(95 %): with few questions it is wide. The dashed tick is the floor; a bar that falls short "
            "of it is red."
        ),
    ),
    "alarms": (
        "False alarms",
        (
            "Ordinary questions that got a special reply they did not need. Near misses are questions "
            "that sound like danger or amounts, but are not (“this withdrawal is killing me”). An alarm "
            "that also offers the right answer does less harm. Where danger is possible but unlikely, the "
            "bot answers and only adds one crisis line."
        ),
    ),
    "matching": (
        "Is the right answer found?",
        (
            "What became of each question that has a vetted answer. Green helped; red is the worst: a "
            "person got an answer to another question. Sets named topics are ordinary questions, near "
            "misses sound like danger."
        ),
    ),
    "calibration": (
        "Is the score honest?",
        (
            "The bot gives its best guess a score from 0 to 100. If the score is honest, guesses with a "
            "high score are right more often, and the dots rise from left to right. The bigger a dot, the "
            "more questions it stands for; the thin line is the 95 % range. Questions out of scope count "
            "as wrong."
        ),
    ),
    "confusions": (
        "Answers mistaken for each other",
        (
            "Which answer came where another was right. “Sent” means that the wrong answer was shown; "
            "“listed” that it led a “did you mean” list without the right one. The darker, the more "
            "often. Two answers high in this list may need phrasings that tell them apart, or may want to "
            "be one answer."
        ),
    ),
    "cost": (
        "What the decisions cost",
        (
            "The bot must choose: answer, ask back, or say that it has no answer. Each mistake has a "
            "price, so that two versions of the bot can be compared by one number. Lower is better; 0 is "
            "best. A “did you mean” list without the right answer, and a refusal of an ordinary question, "
            "count as no answer."
        ),
    ),
    "robustness": (
        "When messages are harder to read",
        (
            "The same questions again, damaged on purpose. The numbers are percentage points gained (+) "
            "or lost (–) against the message as typed."
        ),
    ),
    "floors": (
        "Floors",
        (
            "Figures that a change must not make worse. They are kept in answers/questions/floors.yaml. "
            "Shares are written from 0 to 1: 0.97 is 97 %."
        ),
    ),
    "misses": (
        "Everything that went wrong",
        (
            "By the id of the question in its file. Texts of held-out questions are left out on purpose: "
            "who reads them can no longer test with them."
        ),
    ),
}
"""Section → heading and explanation, both HTML."""

STYLE = """
:root{color-scheme:light}
body{margin:0;background:#f3f5f6;color:#22303a;font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:920px;margin:0 auto;padding:24px 20px 60px}
h1{font-size:1.7rem;line-height:1.2;margin:.6em 0}
h2{font-size:1.2rem;margin:0 0 .3em}
section{background:#fff;border:1px solid #dde3e7;border-radius:8px;padding:20px 24px;margin:18px 0}
section>p{margin:.2em 0 1em;color:#445560;max-width:46em}
svg{width:100%;height:auto;font-family:inherit;display:block}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(155px,1fr));gap:12px;margin:18px 0}
.card{background:#fff;border:1px solid #dde3e7;border-top:5px solid #9aa8b0;
 border-radius:8px;padding:12px 14px}
.card.good{border-top-color:#1f6a52}.card.bad{border-top-color:#b5442e}
.card b{display:block;font-size:1.7rem;line-height:1.2}
.card span{font-size:.85rem;line-height:1.35;display:block;color:#445560}
.wide{overflow-x:auto;margin-top:14px}
table{border-collapse:collapse;font-size:.9rem;width:100%}
th{text-align:left;font-weight:600;color:#445560;border-bottom:2px solid #c6cfd5;
 padding:5px 10px 5px 6px;vertical-align:bottom}
td{border-bottom:1px solid #e6eaed;padding:5px 10px 5px 6px;vertical-align:top}
td:not(:first-child){font-variant-numeric:tabular-nums}
td.n{text-align:right}td.ids{font-size:.8rem;color:#5c6b75}
code{font-size:.8rem;color:#5c6b75}
.legend{list-style:none;padding:0;margin:10px 0 0;display:flex;flex-wrap:wrap;gap:4px 20px;font-size:.85rem}
.legend span{display:inline-block;width:13px;height:13px;border-radius:3px;
 margin-right:7px;vertical-align:-1px}
details{margin:10px 0}summary{cursor:pointer;font-weight:600}
@media print{body{background:#fff}section{break-inside:avoid-page;border:0;padding:0}}
"""

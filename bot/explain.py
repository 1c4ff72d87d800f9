"""`faqbot ask --explain`: how a message was read, what spoke for and against each answer, and why."""

from dataclasses import fields
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bot.content.learned import read_examples
from bot.content.load import load
from bot.settings import Settings
from bot.tables import shown, table
from bot.understand.guardrails import Guardrails, Verdict
from bot.understand.layers import LEARNED, Layered
from bot.understand.match import Ambiguous, Explanation, Hit
from bot.understand.of_library import matcher_of
from bot.understand.ranking import Weights
from bot.understand.recall import nearest
from bot.wire import open_encoder, recall_of

_CANDIDATES = 5
_SIGNALS = [field.name for field in fields(Weights)][1:]


def explained(settings: Settings, text: str, *, colour: bool) -> str:
    """Return everything that led to the decision on `text`, as tables. Raises FaqbotError."""
    library = load(settings.answers)
    encoder = open_encoder(settings.encoder, lambda _: None)
    found = matcher_of(library, encoder=encoder).explain(text, _CANDIDATES)
    recall = recall_of(library, encoder)
    verdict = Layered(Guardrails(library.guardrails), library.guardrails, recall).check(text)
    parts: list[RenderableType] = [
        _reading(found),
        _guardrails(verdict),
        *_by_example(verdict, text, settings.answers / library.language / "guardrails"),
        _candidates(found),
        _signals(found),
        Text(_decision(found)),
    ]
    return shown(*parts, colour=colour)


def _reading(found: Explanation) -> Table:
    read = found.reading
    made = table("How it was read", "step", "result")
    made.add_row("normalised", read.normalised or "–")
    made.add_row("repaired", _arrows(read.repairs))
    made.add_row("expanded", _arrows(read.expanded))
    made.add_row("groups", ", ".join(sorted(read.groups)) or "–")
    made.add_row("subject", read.named or ("pointed to" if read.points else "none named"))
    asked = any(one.meaning is not None for one in found.evidence)
    made.add_row("decided by", "words and the sentence encoder" if asked else "words alone")
    made.add_row("questions", " | ".join(found.parts) or "one")
    return made


def _arrows(pairs: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{before} → {after}" for before, after in pairs) or "–"


def _guardrails(verdict: Verdict) -> Text:
    if verdict.alarm is not None:
        kind, name = verdict.alarm.kind, verdict.alarm.name
        return Text(f"Guardrail: {kind} rule {name} fired: it decides, not the match.")
    if verdict.notice is not None:
        return Text(f"Guardrail: {verdict.notice.name} is in doubt: one crisis line comes above the reply.")
    return Text("Guardrail: none fired.")


def _by_example(verdict: Verdict, text: str, folder: Path) -> list[Text]:
    """Tell which labelled message was near, where the recall layer spoke and no rule did."""
    fired = verdict.alarm or verdict.notice
    if fired is None or fired.rule.id != f"{LEARNED}_{fired.rule.reply}":
        return []
    near = nearest(text, read_examples(folder).get(f"{fired.kind}.{fired.rule.reply}", ()))
    if near is None:
        return []
    return [
        Text(f"No rule knows it; of the labelled messages “{near[0]}” is nearest ({near[1]:.0%} in common).")
    ]


def _candidates(found: Explanation) -> Table:
    numbered = ("#score", "#learned", "#cosine", "#fuzzy")
    made = table("Candidates", "answer", *numbered, "nearest phrasing", "against")
    for one, against in zip(found.evidence, found.against, strict=True):
        numbers = (f"{one.score:.1f}", f"{one.learned:.2f}", f"{one.similarity:.2f}", f"{one.fuzzy:.0f}")
        made.add_row(one.answer_id, *numbers, one.phrasing, ", ".join(against) or "–")
    return made


def _signals(found: Explanation) -> Table:
    made = table("What the scores are made of", "answer", *(f"#{name}" for name in _SIGNALS))
    for one in found.evidence:
        made.add_row(one.answer_id, *(f"{value:.2f}" for value in one.signals))
    return made


def _decision(found: Explanation) -> str:
    limits = found.thresholds
    ids = ", ".join(one.answer_id for one in found.decision.candidates)
    if isinstance(found.decision, Hit):
        best = found.decision.candidates[0].answer_id
        return f"Decision: {best} is sent: its score reaches {limits.hit:g}, and leads by {limits.margin:g}."
    if isinstance(found.decision, Ambiguous) and found.decision.two_questions:
        return f"Decision: two questions, each with an answer that reaches {limits.part:g}: {ids}."
    if isinstance(found.decision, Ambiguous):
        return (
            f"Decision: “did you mean” {ids}: the best reaches {limits.offer:g}, but not {limits.hit:g} "
            f"with a lead of {limits.margin:g}."
        )
    return (
        f"Decision: no vetted answer: no score reaches {limits.offer:g}. "
        f"Titles from {limits.near:g} are shown beside it."
    )

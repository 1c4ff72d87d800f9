"""Rules first, then the recall layer: what a rule misses, resemblance may still raise.

An alarm of a rule always stands. The layer behind may add an alarm, or turn a notice into one; it
never silences anything. Danger is looked for before amounts, amounts before buying.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.content.model import Guardrail, GuardrailKind, Rule
from bot.understand.guardrails import ORDER, Fired, Guardrails, Verdict
from bot.understand.recall import Recall, Shares

LEARNED = "learned"


@dataclass(frozen=True)
class Thresholds:
    """From which probability (0–1) on the layer speaks.

    `alarm`, `noticed`, `part` and that of dosing were chosen on labelled messages kept out of training
    (guardrails/kept_out, `python -m benchmarks.danger`), as low as alarms on ordinary questions allow;
    the others, and `BESIDE`, by hand.
    """

    alarm: float
    """Danger in the message as a whole."""
    part: float
    """Danger in a sentence or stretch of a longer message."""
    noticed: float
    """Danger in the message as a whole, where a rule already left a notice."""
    notice: float
    """Danger in the whole or a part: one crisis line more above the answer."""
    doubted: float
    """Another kind, where a rule of that kind is in doubt."""
    other: Mapping[str, float]
    """Each other kind."""


WORDS = Thresholds(0.5, 0.93, 0.2, 0.4, 0.15, {"dosing": 0.35, "sourcing": 0.35, "smalltalk": 0.45})
"""What words say where there is no encoder."""
TOGETHER = Thresholds(0.4, 0.98, 0.18, 0.2, 0.2, {"dosing": 0.3, "sourcing": 0.4, "smalltalk": 0.4})
"""What words and the encoder say together."""
BESIDE = replace(
    TOGETHER,
    alarm=0.98,
    part=0.995,
    noticed=0.9,
    notice=0.8,
    other={"dosing": 0.9, "sourcing": 0.7, "smalltalk": 0.8},
)
"""What words say where there is an encoder: it does not outvote them when they are certain."""


class Layered:
    """The danger check of the bot: rules, and the recall layer where it is trained."""

    def __init__(
        self,
        rules: Guardrails,
        files: Mapping[GuardrailKind, Guardrail],
        recall: Recall | None = None,
        *,
        words: Thresholds = WORDS,
        together: Thresholds = TOGETHER,
    ) -> None:
        """Put `recall` behind `rules`, both of `files`; it speaks from the thresholds on."""
        self._rules, self._recall = rules, recall
        self._words, self._together = words, together
        self._learned = dict(_learned(recall.labels, files)) if recall is not None else {}

    def check(self, text: str) -> Verdict:
        """Return what fires first; see `bot.understand.guardrails.Guardrails.check`."""
        ruled = self._rules.check(text)
        alarm = ruled.alarm
        if self._recall is None or (alarm is not None and alarm.kind in ("crisis", "smalltalk")):
            return ruled
        judged = self._recall.judge(self._rules.spaced(text))
        views = [(judged.words, self._words)]
        if judged.together is not None:
            views = [(judged.together, self._together), (judged.words, BESIDE)]
        noticed = ruled.notice is not None
        danger = _first(self._danger(*view, noticed=noticed) for view in views)
        if danger is not None:
            return Verdict(_precise(ruled.notice) or danger, ruled.notice)
        notice = ruled.notice or _first(self._notice(*view) for view in views)
        doubted = self._doubted(ruled.doubts, *views[0])
        others = (self._other(kind, *view) for kind in ORDER[1:] for view in views)
        return Verdict(alarm or doubted or _first(others), notice)

    def _danger(self, judged: Shares, thresholds: Thresholds, *, noticed: bool) -> Fired | None:
        whole, part = _share(judged.whole, "crisis"), _share(judged.part, "crisis")
        if whole >= (thresholds.noticed if noticed else thresholds.alarm):
            return self._worst(judged.whole)
        return self._worst(judged.part) if part >= thresholds.part else None

    def _notice(self, judged: Shares, thresholds: Thresholds) -> Fired | None:
        danger = max(_share(judged.whole, "crisis"), _share(judged.part, "crisis"))
        return self._worst(judged.whole) if danger >= thresholds.notice else None

    def _worst(self, shares: Mapping[str, float]) -> Fired | None:
        dangers = [label for label in self._learned if label in shares and label.startswith("crisis.")]
        return self._learned[max(dangers, key=shares.__getitem__)] if dangers else None

    def _doubted(self, doubts: Sequence[Fired], judged: Shares, thresholds: Thresholds) -> Fired | None:
        """Return the first rule in doubt whose kind the message also resembles."""
        for fired in doubts:
            if _share(judged.whole, fired.kind) >= thresholds.doubted:
                return fired
        return None

    def _other(self, kind: GuardrailKind, judged: Shares, thresholds: Thresholds) -> Fired | None:
        labels = (
            fired
            for label, fired in self._learned.items()
            if fired.kind == kind and judged.whole[label] >= thresholds.other[kind]
        )
        return next(labels, None)


def _first(fired: Iterable[Fired | None]) -> Fired | None:
    return next((one for one in fired if one is not None), None)


def _precise(notice: Fired | None) -> Fired | None:
    """Return the rule in doubt where its reply is finer than its category's: for a newborn, for a pet."""
    return None if notice is None or notice.rule.reply == notice.rule.category else notice


def _share(shares: Mapping[str, float], kind: GuardrailKind) -> float:
    """Return how likely a message is of `kind`, whatever the reply, 0–1."""
    return sum(share for label, share in shares.items() if label.startswith(f"{kind}."))


def _learned(labels: Sequence[str], files: Mapping[GuardrailKind, Guardrail]) -> Iterator[tuple[str, Fired]]:
    """Yield label → what fires when the layer sees it. A label is `kind.reply`."""
    for label in labels:
        kind, _, reply = label.partition(".")
        file = next((file for file in files.values() if file.kind == kind), None)
        if file is None or reply not in file.replies:
            continue
        rule = next((rule for rule in file.rules if rule.category == reply), file.rules[0])
        shown = {**dict(rule), "id": f"{LEARNED}_{reply}", "level": "alarm", "reply": reply}
        yield label, Fired(file.kind, Rule.model_construct(**shown), file.replies[reply])

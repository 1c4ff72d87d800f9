"""A person in danger is seen, whatever the spelling; an ordinary question is left alone."""

from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.learned import read_learned
from bot.content.model import Guardrail, GuardrailKind, Rule
from bot.understand.guardrails import ORDER, Guardrails, PatternError
from bot.understand.layers import Layered
from bot.understand.recall import Recall

FOLDER = Path(__file__).parents[2] / "answers" / "en" / "guardrails"


@cache
def files() -> dict[GuardrailKind, Guardrail]:
    """Return the guardrail files as shipped."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts = {kind: (FOLDER / f"{kind}.yaml").read_text("utf-8") for kind in ORDER}
    return {
        kind: Guardrail.model_validate(yaml.load(text, loader), strict=False)  # noqa: S506 (a safe loader)
        for kind, text in texts.items()
    }


@cache
def layered() -> Layered:
    """Return the guardrails as shipped, with the recall layer behind them."""
    learned = read_learned(FOLDER)
    assert learned is not None
    return Layered(shipped(), files(), Recall(learned))


@cache
def shipped() -> Guardrails:
    """Return the guardrails as shipped, without an encoder."""
    return Guardrails(files())


def rules() -> list[tuple[GuardrailKind, Rule]]:
    """Return every rule of every file."""
    return [(kind, rule) for kind, file in files().items() for rule in file.rules]


EVERY_RULE = pytest.mark.parametrize(("kind", "rule"), rules(), ids=lambda value: getattr(value, "id", value))


@EVERY_RULE
def test_every_example_fires_its_rule(kind: GuardrailKind, rule: Rule) -> None:
    """What a rule says it sees, it sees."""
    silent = [text for text in rule.examples if rule not in [f.rule for f in shipped().fired(text)]]
    assert not silent


@EVERY_RULE
def test_no_near_miss_fires_its_rule(kind: GuardrailKind, rule: Rule) -> None:
    """What a rule says it leaves alone, it leaves alone."""
    fired = [text for text in rule.near_misses if rule in [f.rule for f in shipped().fired(text)]]
    assert not fired


@EVERY_RULE
def test_every_rule_shows_enough(kind: GuardrailKind, rule: Rule) -> None:
    """A clinician can judge a rule by four examples and three near misses, at least."""
    assert len(rule.examples) >= 4
    assert len(rule.near_misses) >= 3


@EVERY_RULE
def test_alarms_of_an_example_are_of_its_file_or_more_urgent(kind: GuardrailKind, rule: Rule) -> None:
    """An example of a rule gets the reply of its file, or of a more urgent one."""
    if rule.level == "notice":
        return
    for text in rule.examples:
        alarm = layered().check(text).alarm
        assert alarm is not None
        assert ORDER.index(alarm.kind) <= ORDER.index(kind)


@pytest.mark.parametrize(
    "typed",
    [
        "I WANT TO DIE", "iwanttodie", "i wannnnaaa dieeeee", "w4nna d1e", "i w\u200bant to d\u200bie",
        "i want tо diе", "i want to d.i.e", "k m s", "ｉ want to die", "i wnat to dei",
        "i jus wanna fucking die lol", "i want to k*ll myself", "i want 2 die", "🔫 me", "hewontwakeup",
        "HELPHESNOTBREATHING", "seizzzure help", "he h1ts me", "he bеаts mе", "hes od'ing",
        "she over dosed and is turning blue", "👶💊 ate it help", "quiero morir", "не дышит, помогите",
        "ฉันอยากฆ่าตัวตาย", "teman saya overdosis", "ich will mich umbringen", "ele não acorda",
        "saya nak mati",
    ],
)  # fmt: skip
def test_danger_is_seen_in_every_disguise(typed: str) -> None:
    """Capitals, digits, look-alikes, lost spaces, typos, emoji and other languages do not hide danger."""
    alarm = layered().check(typed).alarm
    assert alarm is not None
    assert alarm.kind == "crisis"


@pytest.mark.parametrize(
    "typed",
    [
        "i feel suicidal", "thinking about ending my life", "im going to jump off a bridge",
        "i want to blow my brains out", "my client disclosed active suicidal ideation",
        "wish i had never been born", "goodbye forever", "jumping in front of a train",
    ],
)  # fmt: skip
def test_plain_words_of_suicide_are_an_alarm_by_rule(typed: str) -> None:
    """What says suicide plainly does not depend on what the layer behind has learned."""
    for checked in (shipped(), layered()):
        alarm = checked.check(typed).alarm
        assert alarm is not None
        assert alarm.rule.category == "suicide"


@pytest.mark.parametrize(
    "asked",
    [
        "is there an overdose risk with kratom", "this withdrawal is killing me",
        "dying to know what kratom is", "my brother died of an overdose in 2022",
        "can kratom cause seizures", "how do I keep pills away from my kids", "how much does rehab cost",
        "how many people use kratom", "how long does withdrawal last", "how strong is 7-OH",
        "how many panels test for mitragynine", "where can I get naloxone",
        "is it legal to buy kratom in Ohio", "can I get suboxone online",
        "does kratom show up on a drug test",
    ],
)  # fmt: skip
def test_ordinary_questions_get_their_answer(asked: str) -> None:
    """A past event, a question about facts, an idiom, a price, a count or a duration is no alarm."""
    assert shipped().check(asked).alarm is None


def test_doubt_is_a_notice() -> None:
    """Where danger is possible but unlikely, one line more is asked for."""
    verdict = shipped().check("this withdrawal is killing me")
    assert verdict.alarm is None
    assert verdict.notice is not None


def test_danger_is_found_in_a_long_ramble() -> None:
    """One sentence of danger counts, wherever in a long message it stands."""
    calm = "we went to the shop and bought bread and talked about the weather. " * 25
    alarm = shipped().check(f"{calm} i took all my pills and i want to die. {calm}").alarm
    assert alarm is not None
    assert alarm.kind == "crisis"


def test_an_idiom_does_not_hide_danger_elsewhere() -> None:
    """An excuse counts only near what it excuses."""
    far = "the weather is fine and we went for a walk by the river and had some lunch " * 3
    alarm = shipped().check(f"dying to know what kratom is {far} i want to kill myself").alarm
    assert alarm is not None
    assert alarm.rule.category == "suicide"


def test_crisis_comes_before_dosing() -> None:
    """A question about a lethal amount is a crisis, not a dosing question."""
    alarm = shipped().check("how many grams would kill me").alarm
    assert alarm is not None
    assert alarm.kind == "crisis"
    assert alarm.name.startswith("crisis.")


def test_a_bad_pattern_names_its_rule() -> None:
    """A rule file that does not compile stops the start and says where."""
    crisis = files()["crisis"]
    broken = crisis.rules[0].model_copy(update={"patterns": ("(want to die",)})
    file = crisis.model_copy(update={"rules": (broken,)})
    with pytest.raises(PatternError, match=f"rule {broken.id}"):
        Guardrails({"crisis": file})


def test_without_rules_nothing_fires() -> None:
    """Guardrails without files say nothing."""
    verdict = Guardrails({}).check("i want to die")
    assert verdict.alarm is None
    assert verdict.notice is None


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_anything_can_be_checked(typed: str) -> None:
    """No message makes the check fail."""
    shipped().check(typed)

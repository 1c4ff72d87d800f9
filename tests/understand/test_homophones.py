"""Words typed for others that sound the same."""

import pytest

from bot.content.model import Library
from bot.understand.guardrails import Guardrails
from bot.understand.homophones import as_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dose it show up on pea test", "does it show up on pea test"),
        ("hi, dose anyone know", "hi, does anyone know"),
        ("how long dose it last", "how long does it last"),
        ("what dose kratom do to a child", "what does kratom do to a child"),
        ("dose my kid need a heart check", "does my kid need a heart check"),
        ("is 6 g a big does", "is 6 g a big dose"),
        ("what does of kratom", "what dose of kratom"),
    ],
)
def test_told_apart(typed: str, meant: str) -> None:
    """A verb behind it makes "dose" a "does"; a word before it that says which one, the reverse."""
    assert as_meant(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "dose of kratom for sleep",
        "dose for my dog",
        "what dose my kid need",
        "what dose should i take",
        "dose to help sleep",
        "dose calculator help",
        "what dose did they give people in the study",
        "my old dose it will be over",
        "dose that will kill me",
        "so dose that would kill a man",
        "dose fent kill fast",
        "what dose alcohol cause death",
        "pls dose kratom start with",
        "what does it do",
        "my doctor does not listen",
        "",
    ],
)
def test_left_alone(text: str) -> None:
    """A question about an amount stays one, and so does what was spelt right."""
    assert as_meant(text) == text


def test_no_amount_where_none_was_asked(library: Library) -> None:
    """Rules see no amount in "dose it show up on pea test", and one in "dose for my dog"."""
    rules = Guardrails(library.guardrails)
    assert rules.check("dose it show up on pea test").alarm is None
    alarm = rules.check("dose for my dog").alarm
    assert alarm is not None
    assert alarm.kind == "dosing"


@pytest.mark.parametrize(
    "text",
    [
        "dose narcan work on kratom my boyfriend wont wake up",
        "my bf says if i tell the clinic about the bruises hell tell them i sell my does",
        "what dose it mean if a heroin users hand goes cold and blue after he hit an artery",
    ],
)
def test_no_danger_is_reworded_away(library: Library, text: str) -> None:
    """Rules of the crisis file see a message as it was typed, too."""
    assert as_meant(text) != text
    alarm = Guardrails(library.guardrails).check(text).alarm
    assert alarm is not None
    assert alarm.kind == "crisis"

"""A small answers/ folder that breaks no rule. The examples of every rule are changes to it."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from bot.content.model import Messages
from bot.content.rules.base import Change

GONE = object()
"""As the value of a change: take the key away."""
LIVER, SLEEP = "en/basics/liver.yaml", "en/basics/sleep.yaml"
CAVEATS, MESSAGES, TOPICS = "en/caveats.yaml", "en/messages.yaml", "en/topics.yaml"
DOSING, CRISIS = "en/guardrails/dosing.yaml", "crisis/international.yaml"

_BODY = """\
**Yes, it can.** This happens to some people who take it, and nobody knows how often. Doctors have
seen it, and they can treat it. Studies disagree on the reason.

Call your doctor if you feel ill, if your skin turns yellow, or if you cannot rest. Tell them what
you take. They have heard it before, and they are there to help you.

Many people get better. You do not have to go through this alone, and you do not need to be sure.
"""
_LIVER_WORDS = (
    "liver damage|yellow skin and eyes|jaundice after kratom|hepatitis risk|dark urine|liver enzymes high|"
    "is my liver ok|itching and pale stool|liver failure stories|pain under my right ribs|bad liver tests|"
    "can it hurt the liver|doctor found raised ALT|liver injury cases|powder harms liver cells|bile ducts|"
    "cirrhosis and kratom|liver transplant patient|fatty liver and leaf tea|should my liver be tested|"
    "my husband looks yellow|liver clinic referral|hepatologist asks about herbs|ALT and AST|bilirubin up|"
    "organ damage from leaf|liver recovery|cholestatic injury|acute hepatitis|swollen liver"
)
_SLEEP_WORDS = (
    "cannot fall asleep|insomnia at night|awake at 3 am|restless legs in bed|nightmares every night|no rest|"
    "tossing and turning|sleepless in withdrawal|how to sleep again|lying awake|bad dreams|tired but wired|"
    "will I ever sleep|waking up sweating|broken sleep|insomnia remedies|dreams are awful|sleep hygiene|"
    "my partner never sleeps|melatonin question|night sweats|early waking|legs kick in bed|up all night|"
    "sleep study|dozing off by day|rest is impossible|bedtime dread|insomnia how long|drowsy mornings"
)


def _answer(name: str, other: str, phrasings: str) -> dict[str, Any]:
    source = {
        "title": f"Study of {name}",
        "publisher": "A university",
        "url": f"https://example.org/{name}",
        "accessed": "2026-11-01",
        "seen": "primary",
    }
    return {
        "id": name,
        "title": f"About {name}",
        "question": f"What should I know about {name}?",
        "phrasings": phrasings.split("|"),
        "answer": _BODY,
        "caveats": ["interactions"],
        "see_also": [other],
        "sources": [source],
    }


def _guardrail(kind: str, words: str) -> dict[str, Any]:
    looks_for = {
        "id": "first",
        "category": "first",
        "looks_for": f"Words such as {words}",
        "reply": "first",
        "patterns": [words],
        "examples": [f"please {words}", f"{words} now"],
        "near_misses": ["hello there"],
    }
    return {"kind": kind, "replies": {"first": {"text": "We hear you. Please call."}}, "rules": [looks_for]}


def _crisis() -> dict[str, Any]:
    resources = [
        _resource("emergency", "Emergency: 112", "112"),
        _resource("suicide", "Crisis line: 116 123", "116 123"),
        _resource("poison", "Poison centre: 13 11 26", "13 11 26"),
        _resource("addiction", "Drug line: 1800 250 015", "1800 250 015"),
    ]
    line = "In danger? Call your local emergency number. In crisis? Call 116 123."
    return {"country": "INTERNATIONAL", "name": "International", "line": line, "resources": resources}


def _resource(kind: str, text: str, number: str) -> dict[str, Any]:
    return {
        "id": kind,
        "kind": kind,
        "text": text,
        "contacts": [{"how": "call", "value": number}],
        "hours": None,
        "languages": ["en"],
        "source_url": "https://example.org/line",
        "evidence": "seen",
        "verified_on": "2026-11-01",
    }


def tree() -> dict[str, dict[str, Any]]:
    """Return the sample as file → data."""
    fixed = {name: f"A fixed text for {name.replace('_', ' ')}." for name in Messages.model_fields}
    topics = [{"id": "basics", "title": "The basics", "answers": ["liver", "sleep"]}]
    caveats = {"general": "This is general information.", "interactions": "Ask before you mix."}
    return {
        LIVER: _answer("liver", "sleep", _LIVER_WORDS),
        SLEEP: _answer("sleep", "liver", _SLEEP_WORDS),
        TOPICS: {"topics": topics},
        CAVEATS: {"caveats": caveats},
        MESSAGES: fixed | {"none_of_these": "None of these"},
        "en/lexicon.yaml": {"synonyms": {}, "protected": [], "distinguishing": {}},
        "en/guardrails/crisis.yaml": _guardrail("crisis", "save me"),
        DOSING: _guardrail("dosing", "how much"),
        "en/guardrails/sourcing.yaml": _guardrail("sourcing", "sell me"),
        "en/guardrails/smalltalk.yaml": _guardrail("smalltalk", "good morning"),
        CRISIS: _crisis(),
    }


def write(root: Path, change: Change) -> None:
    """Write the sample with `change` made to it below `root`."""
    files = deepcopy(tree())
    for where, value in change.items():
        file, _, key = where.partition("#")
        _set(files.setdefault(file, {}), key.split("."), value)
    for file, data in files.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_dates_unquoted(yaml.safe_dump(data, sort_keys=False, allow_unicode=True)), "utf-8")


def _set(data: Any, keys: list[str], value: object) -> None:
    for key in keys[:-1]:
        data = data[int(key)] if isinstance(data, list) else data[key]
    last: Any = int(keys[-1]) if isinstance(data, list) else keys[-1]
    if value is GONE:
        del data[last]
    elif isinstance(data, list) and last == len(data):
        data.append(value)
    else:
        data[last] = value


def _dates_unquoted(text: str) -> str:
    """Write dates as people do: without quotes."""
    return "\n".join(
        line.replace("'", "") if line.strip().startswith(("accessed:", "verified_on:")) else line
        for line in text.split("\n")
    )

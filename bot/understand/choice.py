"""A reply to "did you mean": "the second one", "yes", "none of them", "idk".

Read only right after titles were offered. Whatever says more than a choice is a new question.
"""

from collections.abc import Set as AbstractSet
from enum import Enum, auto

from bot.understand.text import normalise, words

_LONGEST, _MOST_LETTERS = 8, 80
_PLACES = {
    "1": 0, "1st": 0, "first": 0, "top": 0, "former": 0,
    "2": 1, "2nd": 1, "second": 1, "two": 1, "latter": 1, "middle": 1,
    "3": 2, "3rd": 2, "third": 2, "three": 2,
    "4": 3, "4th": 3, "fourth": 3, "four": 3,
}  # fmt: skip
_LAST = frozenset({"last", "bottom"})
_YES = frozenset(
    {"yes", "yeah", "yep", "yup", "yea", "ya", "yh", "y", "sure", "correct", "right", "exactly", "ok", "okay"}
)
_THAT, _UNSURE = frozenset({"that", "this", "it"}), frozenset({"know", "dont", "idk", "unsure"})
_NO = frozenset({"no", "nope", "nah", "none", "neither", "nothing", "not", "n"})
_VAGUE_WORDS = """
idk idc dunno unsure maybe both all either any whatever whichever that this it them those these each
hmm hmmm huh what which um uh er dont know everything well same
"""
_POLITE_WORDS = """
the one ones option options number answer title question i id im mean meant want choose pick
take think guess its please pls plz thanks thank you of a give me show tell open go with for to like
sure so just lol and really see can have sounds good that thats exactly at quite something else
"""
_VAGUE, _POLITE = frozenset(_VAGUE_WORDS.split()), frozenset(_POLITE_WORDS.split())


class Choice(Enum):
    """What a reply to an offer may be, besides one of the titles."""

    NONE = auto()
    """None of the titles."""

    VAGUE = auto()
    """No choice that can be told: asking again would loop."""


def choice(text: str, offered: int) -> int | Choice | None:
    """Return which of `offered` titles a text chooses (from 0); None where it says something else."""
    said = words(normalise(text)) if offered and len(text) <= _MOST_LETTERS else []
    if not said or len(said) > _LONGEST:
        return None
    places = [_place(word, offered) for word in said if word in _PLACES or word in _LAST]
    rest = {word for word in said if word not in _PLACES and word not in _LAST}
    if not rest <= _POLITE | _YES | _NO | _VAGUE:
        return None
    if places or said == ["one"]:
        return _chosen(places or [0], offered, refused=bool(rest & _NO))
    return _unplaced(rest, offered)


def _unplaced(rest: AbstractSet[str], offered: int) -> int | Choice | None:
    """Return what words that name no place choose."""
    unsure = bool(rest & _UNSURE)
    if rest & _NO or {"something", "else"} <= rest:
        return Choice.VAGUE if unsure or "sure" in rest else Choice.NONE
    if offered == 1 and rest & (_YES | _THAT) and not unsure:
        return 0
    return Choice.VAGUE if rest & (_YES | _VAGUE) else None


def _place(word: str, offered: int) -> int:
    return offered - 1 if word in _LAST else _PLACES[word]


def _chosen(places: list[int], offered: int, *, refused: bool) -> int | Choice:
    """Return the place that was named; one past the end is the button "none of these"."""
    if refused or len(set(places)) > 1 or places[0] > offered:
        return Choice.VAGUE
    return Choice.NONE if places[0] == offered else places[0]

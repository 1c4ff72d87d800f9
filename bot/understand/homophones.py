"""Words that sound alike and are typed for each other: "dose it show up" asks no amount.

English alone has these. A sentence tells them apart: "does" stands where a clause begins and a
verb follows, "dose" behind what says which dose it is.
"""

import re

_LEADS = (
    "so and but or also plus then why how where when who which hi hey hello pls please ok um just "
    "wondering know ask asking question"
)
_LEADS_TWO = ("how long", "how come", "how quick", "how quickly", "how fast")
_NO_SUBJECT = (
    "i u you we they ppl people to of for in is per and or with a calc calculator chart schedule guide "
    "that which range limit info increase escalation should can do does did will would as by at on if when"
)
_VERBS = (
    "show work help hurt harm cause last make mess get go have stop feel come count mean do stay affect "
    "effect damage interact mix lower raise know stunt ruin turn keep become happen cost "
    "change block cure treat fix pass leave react look smell taste seem actually really ever even "
    "always exist sell cover accept shake cry sleep want run expire"
)
_VERBS_TWO = ("need a", "need an", "need to", "need any", "take long", "take forever", "take away")
_WHICH = (
    "a my ur your his her high higher highest low lower lowest big bigger small smaller single double daily "
    "normal usual starting right correct safe lethal fatal max maximum full standard typical average "
    "recommended same extra missed booster"
)


def _one_of(*lists: str) -> str:
    return "|".join(word for words in lists for word in words.split())


_TYPED = re.compile(r"\b(?:dose|does)\b")
_CLAUSE = re.compile(rf"(?:^|[\n.!?;,(]|\b(?:{'|'.join(_LEADS_TWO)}|{_one_of(_LEADS)}))\s*$")
_WHAT = re.compile(r"\bwhat $")
_WHICH_ONE = re.compile(rf"\b(?:{_one_of(_WHICH)}) $")
_WHAT_ONE = re.compile(r"\b(?:what|which) $")
_SUBJECT = rf" (?!(?:{_one_of(_NO_SUBJECT)})\b)\w+(?: (?!(?:to|of|for|and)\b)\w+){{0,2}}? "
_ACTS = re.compile(rf"{_SUBJECT}(?:(?:{_one_of(_VERBS)})s?|{'|'.join(_VERBS_TWO)})\b")
_ACTS_ON = re.compile(rf"{_SUBJECT}(?:do|mean|feel)\b")
_OF_IT = re.compile(r" (?:of|for|is|was|per|should|at|every|each|b4|before|after)\b|[\s?.!,]*$")
_OF_WHAT = re.compile(r" (?:of|should|shud|shld)\b")
_BEFORE, _AFTER = 16, 120
"""So many letters around the word are looked at."""


def as_meant(text: str) -> str:
    """Return a normalised text with "dose" and "does" told apart; anything else as it was."""
    return _TYPED.sub(_meant, text) if "dose" in text or "does" in text else text


def _meant(typed: re.Match[str]) -> str:
    text, start, end = typed.string, typed.start(), typed.end()
    before, after = text[max(start - _BEFORE, 0) : start], text[end : end + _AFTER]
    if typed[0] == "dose":
        acts = (_CLAUSE.search(before) and _ACTS.match(after)) or (
            _WHAT.search(before) and _ACTS_ON.match(after)
        )
        return "does" if acts else "dose"
    one = (_WHICH_ONE.search(before) and _OF_IT.match(after)) or (
        _WHAT_ONE.search(before) and _OF_WHAT.match(after)
    )
    return "dose" if one else "does"

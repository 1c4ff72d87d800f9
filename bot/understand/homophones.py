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
    "range limit info increase escalation should can do does did will would as by at on if when"
)
_VERBS = (
    "show work help hurt harm cause last make mess get go have stop feel come count mean do stay affect "
    "effect damage kill interact mix lower raise know stunt ruin turn give keep become happen cost end "
    "start change block cure treat fix pass leave react look smell taste seem actually really ever even "
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


_CLAUSE = rf"(?:^|[\n.!?;,(]|\b(?:{'|'.join(_LEADS_TWO)}|{_one_of(_LEADS)})\b)\s*"
_SUBJECT = rf"(?!(?:{_one_of(_NO_SUBJECT)})\b)\w+(?: (?!(?:to|of|for|and)\b)\w+){{0,2}}?"
_DOES = re.compile(rf"({_CLAUSE})dose(?= {_SUBJECT} (?:(?:{_one_of(_VERBS)})s?|{'|'.join(_VERBS_TWO)})\b)")
_WHAT_DOES = re.compile(rf"\bwhat dose(?= {_SUBJECT} (?:do|mean|feel|cause)\b)")
_DOSE = re.compile(
    rf"\b({_one_of(_WHICH)}) does(?= (?:of|for|is|was|per|should|at|every|each|b4|before|after)\b|[\s?.!,]*$)"
    r"|\b(what|which) does(?= (?:of|should|shud|shld)\b)"
)


def as_meant(text: str) -> str:
    """Return a normalised text with "dose" and "does" told apart; anything else as it was."""
    if "dose" in text:
        text = _WHAT_DOES.sub("what does", _DOES.sub(r"\1does", text))
    if "does" in text:
        text = _DOSE.sub(lambda found: f"{found[1] or found[2]} dose", text)
    return text

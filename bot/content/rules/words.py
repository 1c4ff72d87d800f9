"""Words that no text may hold, why, and what to write instead."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Banned:
    """A pattern of words with what to write instead."""

    pattern: re.Pattern[str]
    why: str
    instead: str


def _banned(why: str, instead: str, *patterns: str) -> Banned:
    return Banned(re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE), why, instead)


PROMISES = (
    _banned(
        "calls something safe",
        'say what is known ("carries less risk than …", "was not studied")',
        r"safe(?:ly|r|st)?",
        r"harmless(?:ly)?",
        r"risk[- ]free",
        r"no (?:known )?side effects",
        r"non-?addictive",
    ),
    _banned(
        "promises too much",
        "say what it can do, and for how many",
        r"cur(?:e|es|ed|ing)",
        r"miracles?",
        r"miraculous(?:ly)?",
        r"guarantee[sd]?",
        r"100 ?% (?:sure|effective|natural)",
        r"detox(?:es|ify|ifies|ification)? (?:your|the) (?:body|system|blood|liver)",
        r"cleans(?:e|es|ing)",
        r"natural (?:solution|alternative)",
        r"wonder drug",
    ),
)
STIGMA = (
    _banned(
        "labels a person",
        'say "people who use …" or "a person with an addiction"',
        r"addicts?",
        r"junk(?:ie|ies|y)",
        r"(?:drug |substance |alcohol )?abus(?:e|es|ed|er|ers|ing)",
        r"users?",
        r"alcoholics?(?! anonymous)",
        r"dope ?fiends?",
        r"(?:crack|meth|smack|pill) ?heads?",
        r"druggies?",
        r"stoners?",
        r"hooked on",
        r"drug of choice",
        r"habit",
    ),
    _banned(
        "calls people or their tests clean or dirty",
        'say "tested negative", "tested positive", "in recovery", "no longer using"',
        r"(?:get|got|getting|stay|staying|stayed|keep|be|is|are|been|come|go|now|still|was|being) clean",
        r"clean (?:and sober|time|from|for|urine|test|drug test|screen)",
        r"dirty (?:urine|test|drug test|screen|sample|pee|ua)",
        r"(?:test|tested|testing|pee|peed) (?:clean|dirty)",
    ),
    _banned(
        "speaks of suicide as a crime or a contest",
        'say "died by suicide", "attempted suicide", "survived an attempt"',
        r"commit(?:s|ted|ting)? suicide",
        r"(?:failed|unsuccessful|successful|completed) (?:suicide|attempt|suicide attempt)s?",
    ),
    _banned(
        "talks down to people who are ill",
        "say what the person goes through",
        r"craz(?:y|ies)",
        r"psychos?",
        r"lunatics?",
        r"weak[- ]willed",
        r"drug[- ]seekers?",
        r"non-?complian(?:t|ce)",
    ),
)
VENDORS = (
    _banned(
        "names a shop or product",
        'leave the name out, or say "some products"',
        r"o\.?p\.?m\.?s\.?",
        r"mit ?45",
        r"kraken ?kratom",
        r"happy hippo",
        r"super speciosa",
        r"golden monk",
        r"kratom spot",
        r"kats botanicals",
        r"mitragaia",
        r"botanic tonics",
        r"whole herbs?",
        r"remarkable herbs",
        r"viva ?zen",
        r"k ?shots?",
        r"7 ?tabz",
        r"7-?ohmz",
        r"press'?d",
        r"roxytabs",
        r"hydroxie",
        r"kratora",
        r"phytoextractum",
        r"coastline kratom",
        r"zaza",
        r"tianaa",
        r"neptune'?s fix",
    ),
)
"""Feel Free is not among them: people know that drink by name and need to be told what is in it."""

BANNED = (*PROMISES, *STIGMA, *VENDORS)

"""Does a text state an amount, an interval or a schedule of a substance? Strict on purpose.

`states_amount` is used by `faqbot check` on every text that can be served, and by the property
tests of whole replies. Counts of people, percentages, dates, years, phone numbers and how long
an illness lasts are no amounts.
"""

import re
import unicodedata

# --- what is no amount, though it has a number ------------------------------------------------

_NAMES = r"\b(?:7-?oh\w*|7-?hydroxy\w*|mgm-?\d+|cyp\w+|omega-?\d|part \d+|covid-?\d+|24/7)\b"
_PROPORTION = r"\b\w+ (?:of|in|out of)(?: every| the)? (?:\d[\d,]*|two|three|five|ten|hundred)\b"
_FROM_ONE = r"\bfrom one \w+ to (?:the next|another)\b"
_HARMLESS = re.compile(f"{_NAMES}|{_PROPORTION}|{_FROM_ONE}")

# --- parts of what is one ---------------------------------------------------------------------

_NUMBER_WORDS = (
    "half quarter third one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty "
    "forty fifty sixty seventy eighty ninety hundred thousand dozen couple few several"
)
_ONE_NUMBER = rf"(?:(?!(?:19|20)\d\d\b)\d+(?:[.,⁄/]\d+)*|\b(?:{_NUMBER_WORDS.replace(' ', '|')})\b)"
_JOINED = r"(?:\s*[-–]\s*|\s+(?:to|or|and|and a|point|of a|an?)\s+|\s+)"
_NUMBER = rf"{_ONE_NUMBER}(?:{_JOINED}{_ONE_NUMBER})*"
_MEASURE = (
    r"(?:mc?gs?|μgs?|g|gs|gms?|kgs?|mls?|cc|cls?|oz|lbs?|iu|tsps?|tbsps?|grams?|grammes?|"
    r"milligram(?:me)?s?|microgram(?:me)?s?|kilos?|kilogram(?:me)?s?|millilit(?:er|re)s?|lit(?:er|re)s?|"
    r"ounces?|pounds?|(?:tea|table)?spoon(?:ful)?s?|scoops?|handfuls?|units of)\b"
)
_PIECE = (
    r"(?:capsules?|caps|pills?|tablets?|tabs|gumm(?:y|ies)|shots?|bottles?|packets?|packs?|dos(?:e|es|age)|"
    r"drops?|puffs?|sprays?|strips?|patch(?:es)?|drinks?|cups?|glass(?:es)?|beers?|bags?|hits?|chews?|vials?|"
    r"blisters?)\b"
)
_PORTION = r"(?:dos(?:e|es|age)|amount|tablet|pill|capsule|spoon\w*|strip|bottle|packet)\b"
_SMALL_WORD = (
    r"(?:of|in|at|to|for|from|on|with|or|and|is|was|are|can|may|that|who|which|if|but|as|than|then|"
    r"people|reports?)\b"
)
_GAP = rf"(?:\s*-\s*|\s+(?:of\s+)?)(?:(?:an?|the|your)\s+)?(?:(?!{_SMALL_WORD})[a-z]+\s+){{0,2}}"
"""Up to two words between a number and what it counts: "two small kratom gummies"."""
_SPAN = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|nights?|weeks?|months?)\b"
_DURATION = rf"(?:{_NUMBER}(?:\s+more)?|\ban?)[\s-]*{_SPAN}"
_TIMES = r"\b(?:once|twice|thrice|\w+ times|\d+ ?x)"
_TAKING = r"(?:take|taking|use|using|dose|dosing|drink|drinking|swallow|give|giving)\b"
_ABOUT = r"(?:about |around |up to |at least )?"

# --- amounts ----------------------------------------------------------------------------------

_COUNTED = rf"{_NUMBER}\s*{_MEASURE}|{_NUMBER}{_GAP}(?:{_MEASURE}|{_PIECE})"
_A_MEASURE = rf"\ban? (?:\w+ )?(?!g\b|gs\b){_MEASURE}"
_FRACTION = (
    r"\b(?:double|triple|twice|halve|half|quarter|third|tenth)(?: of)?(?: the| your| a| that| this)? "
    rf"(?:usual |normal |last )?{_PORTION}"
)
_TAKE_SOME = (
    rf"\b(?:take|taking|swallow) (?:only |just |up to |at most |no more than |more than )?{_ONE_NUMBER}"
    r"(?! (?:days?|steps?|things?|minutes?|hours?|weeks?|breaths?|people|looks?)\b)"
)
_AS_MUCH = r"\b(?:twice|half|three times|\d+ times) as much\b"

# --- schedules --------------------------------------------------------------------------------

_A_DAY = rf"{_TIMES} (?:an?|per|each|every) (?:\w+ )?(?:day|night|week|hour|morning|month)\b"
_DAILY = rf"{_TIMES} (?:daily|nightly|weekly|hourly)\b"
_EVERY = rf"\b(?:every|each) (?:(?:{_NUMBER}|other|second|third|few|couple of)[\s-]*)+{_SPAN}"
_HOURLY = r"\b(?:every|each) (?:hour|minute)\b|\b(?:hourly|nightly)\b"
_PER_DAY = rf"{_NUMBER}\s+(?:an?|per|each|/)\s*(?:day|night|week|hour)\b"
_EACH_MORNING = rf"\b{_TAKING}[^.!?]{{0,40}}\b(?:every|each) (?:morning|evening|night|meal|bedtime)\b"
_WITH_MEALS = (
    rf"\b{_TAKING}[^.!?]{{0,40}}\b(?:before|after|at) (?:bed|bedtime|breakfast|lunch|dinner|meals?)\b"
)
_COURSE = (
    rf"\b(?:take|use|give) \w+[^.!?]{{0,20}} for {_ABOUT}{_NUMBER}[\s-]*(?:hours?|days?|nights?|weeks?)\b"
)
_AGAIN_AFTER = rf"\b(?:{_TAKING}|repeat\b|spray\b)[^.!?]{{0,40}}\b(?:after|within) {_ABOUT}{_DURATION}"
_AFTER_AGAIN = (
    rf"\b(?:after|within|in|for) {_ABOUT}{_DURATION},? (?:you can |please |then )?(?:{_TAKING}|repeat|spray)"
)
_CUT_BY = (
    r"\b(?:cut|reduce|lower|taper|drop|decrease|increase|raise|step)\b"
    r"(?:(?! risk| odds| chance| dying| death| harm)[^.!?]){0,30}\bby "
    rf"{_ABOUT}(?:an? )?(?:{_ONE_NUMBER}|tenth|fifth|quarter|third)"
)

_STATED = tuple(
    re.compile(pattern)
    for pattern in (
        *(_COUNTED, _A_MEASURE, _FRACTION, _TAKE_SOME, _AS_MUCH),
        *(_A_DAY, _DAILY, _EVERY, _HOURLY, _PER_DAY, _EACH_MORNING, _WITH_MEALS),
        *(_COURSE, _AGAIN_AFTER, _AFTER_AGAIN, _CUT_BY),
    )
)

# --- intervals: a sentence with a length of time and a word that makes it a gap ----------------

_LENGTH = re.compile(_DURATION)
_NEXT_USE = (
    r"(?:take|taking|use|using|start|starting|drive|driving|drink|drinking|nurse|nursing|feed\w*|mix\w*|another|"
    r"more|the next|your next)"
)
_LAST_USE = r"(?:last|took|take|used|use|dose|drink|kratom|it|taking|using)"
_MAKES_A_GAP = re.compile(
    r"\b(?:wait|waiting|apart|gap|space (?:them|it|out)|hold off|later|"
    r"between (?:doses|them|the two|taking|each)|since (?:your|the|you) last|"
    r"of (?:the |your )?last (?:use|dose)|out of (?:your|the) (?:body|system)|"
    rf"after (?:your|the|you|a|taking|using|last) ?{_LAST_USE}|before (?:you )?{_NEXT_USE})\b"
)

_MARKUP = re.compile(r"\*\*|\]\(https?://[^)\s]*\)|https?://\S+|\[")
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]+)*")


def states_amount(text: str) -> str | None:
    """Return the words of `text` that state an amount, interval or schedule; None where none do."""
    plain = _plain(text)
    for pattern in _STATED:
        found = pattern.search(plain)
        if found:
            return found[0].strip()
    return _interval(plain)


def _plain(text: str) -> str:
    """Return `text` in lower case without markup, line ends inside paragraphs, and harmless numbers."""
    plain = unicodedata.normalize("NFKC", _MARKUP.sub("", text)).casefold()
    return _HARMLESS.sub("…", re.sub(r"[ \t]*\n(?!\s*\n|- )", " ", plain))


def _interval(plain: str) -> str | None:
    """Return the first sentence that puts a length of time between two uses of something."""
    for sentence in _SENTENCE.findall(plain):
        if _LENGTH.search(sentence) and _MAKES_A_GAP.search(sentence):
            return str(sentence.strip())
    return None

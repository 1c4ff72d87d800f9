"""How people shorten words on a phone, and the words that carry no meaning for a rule."""

_NUMBERS = (
    "half quarter one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand couple dozen"
)
NUMBER_WORDS = frozenset(_NUMBERS.split())
_FILLERS = (
    "really fucking fuckin fking fkn fkin effing freaking freakin friggin literally honestly actually "
    "totally absolutely basically seriously truly definitely kinda sorta rly rlly please pls plz plss "
    "tbh ngl tbf smh omg omfg bro bruh lah leh lol lmao"
)
FILLERS = frozenset(_FILLERS.split())
_WRITTEN_OUT = """
im i am|ima i am going to|imma i am going to|ive i have|id i would|iam i am|ud you would|wanna want to
gonna going to|gunna going to|gna going to|wana want to|gotta have to|hafta have to|tryna trying to
finna going to|lemme let me|gimme give me|gotten got|oughta should|dunno do not know|idk i do not know
dont do not|doesnt does not|didnt did not|cant can not|cannot can not|wont will not|wouldnt would not
couldnt could not|shouldnt should not|isnt is not|aint is not|arent are not|wasnt was not|werent were not
havent have not|hasnt has not|hadnt had not|mustnt must not|neednt need not|cnt can not|dnt do not|wnt want
wudnt would not|hes he is|shes she is|its it is|thats that is|theres there is|whats what is|whos who is
wheres where is|hows how is|youre you are|ur your|theyre they are|weve we have|theyve they have
youve you have|hed he would|shed she would|theyd they would|youd you would|theyll they will|youll you will
itll it will|u you|r are|y why|n and|b be|c see|w with|k ok|ya you|yall you|yr your|bc because|bcos because
bcoz because|cuz because|cos because|coz because|becuz because|becuase because|tho though|thru through
thx thanks|ty thanks|gf girlfriend|bf boyfriend|hubby husband|hubs husband|wifey wife|bfs boyfriend
rn right now|tmrw tomorrow|tmr tomorrow|tmw tomorrow|tonite tonight|nite night|wat what|wut what|wht what
wen when|hav have|havin having|hve have|jus just|jst just|luv love|ppl people|sumone someone|smth something
smthn something|sth something|tuk took|tkn taken|dat that|dis this|da the|dey they|dem them|wif with
wiv with|nuthin nothing|nothin nothing|goin going|doin doing|bein being|killin killing|dyin dying
takin taking|feelin feeling|gettin getting|hittin hitting|cuttin cutting|hurtin hurting|thinkin thinking
throwin throwing|pukin puking|breathin breathing|tryin trying|tellin telling|havn having|nodding nodding
mum mom|mam mom|mummy mom|mommy mom|mama mom|momma mom|daddy dad|bby baby|bb baby|babys baby is|lil little
outta out of|prolly probably|prob probably|probs probably|ods overdoses|oding overdosing|odin overdosing
od overdose|hosp hospital|ambo ambulance|kys kill yourself|meds medicine|med medicine|medication medicine
medications medicine|medicines medicine|wdyt what do you think|msg message|txt text|txted texted|gd good
shld should|shud should|cud could|wud would|wld would|cld could|mite might|abt about|bout about|agen again
alot a lot|abit a bit|aswell as well|infront in front|incase in case|everytime every time|atm right now
asap now|yrs years|yr year|mins minutes|min minutes|hrs hours|hr hour|wks weeks|wk week|mths months|yo old
mgs mg|milligram mg|milligrams mg|gram g|grams g|gs g|gm g|gms g|mcg mcg|micrograms mcg|ug mcg|mls ml
millilitres ml|milliliters ml|caps capsule|cap capsule|capsules capsule|tabs tablet|tab tablet
tablets tablet|pills pill|tbsp spoon|tsp spoon|tablespoon spoon|teaspoon spoon|tablespoons spoon
teaspoons spoon|spoons spoon|spoonful spoon|spoonfuls spoon|scoops scoop|evry every|evrything everything
evryone everyone|everybody everyone|somebody someone|anybody anyone|subs suboxone|sub suboxone|bupe suboxone
buprenorphine suboxone|subutex suboxone
"""
_ENTRIES = [entry.strip().partition(" ") for entry in _WRITTEN_OUT.replace("\n", "|").split("|")]
SHORT_FORMS: dict[str, tuple[str, ...]] = {
    short: tuple(full.split()) for short, _, full in _ENTRIES if short and full
}
"""Short form → the words it stands for. One form of a word stands for all, so that a pattern
need name only one: "pill" covers "pills", "mom" covers "mum"."""
WITH_DIGIT = {
    "b4": "before", "2day": "today", "2moro": "tomorrow", "2morrow": "tomorrow", "2nite": "tonight",
    "2night": "tonight", "gr8": "great", "l8r": "later", "l8": "late", "m8": "mate", "w8": "wait",
    "h8": "hate", "any1": "anyone", "some1": "someone", "sum1": "someone", "sm1": "someone",
    "no1": "nobody", "every1": "everyone", "4ever": "forever", "4get": "forget", "ne1": "anyone",
    "2gether": "together", "str8": "straight", "od'd": "overdosed", "od'ed": "overdosed",
    "od'ing": "overdosing", "o'd": "overdosed",
}  # fmt: skip
"""Short forms with a digit or an apostrophe in them."""
JOINED: dict[tuple[str, str], str] = {
    ("my", "self"): "myself", ("him", "self"): "himself", ("her", "self"): "herself",
    ("them", "self"): "themself", ("over", "dose"): "overdose", ("over", "dosed"): "overdosed",
    ("over", "dosing"): "overdosing", ("o", "d"): "overdose", ("any", "more"): "anymore",
    ("any", "one"): "anyone", ("some", "one"): "someone", ("7", "oh"): "7oh", ("7", "ohm"): "7oh",
    ("7", "ohmz"): "7oh", ("7", "hydroxy"): "7oh", ("7", "hydroxymitragynine"): "7oh",
    ("seven", "oh"): "7oh", ("7", "0"): "7oh", ("mit", "45"): "mit45", ("mgm", "15"): "mgm15",
    ("mgm", "16"): "mgm15", ("7", "tablet"): "7oh", ("step", "dad"): "stepdad", ("step", "mom"): "stepmom",
    ("step", "father"): "stepdad", ("grand", "son"): "grandson", ("grand", "daughter"): "granddaughter",
    ("feel", "free"): "feelfree", ("feel", "frees"): "feelfree", ("every", "one"): "everyone",
    ("no", "one"): "nobody", ("any", "body"): "anyone", ("some", "body"): "someone",
    ("every", "body"): "everyone", ("every", "thing"): "everything", ("dog", "food"): "dogfood",
    ("beta", "blocker"): "betablocker", ("beta", "blockers"): "betablocker", ("un", "alive"): "unalive",
    ("un", "aliving"): "unaliving", ("o", "ding"): "overdosing", ("o", "ded"): "overdosed",
    ("overdose", "ing"): "overdosing", ("overdose", "ed"): "overdosed", ("overdose", "d"): "overdosed",
}  # fmt: skip

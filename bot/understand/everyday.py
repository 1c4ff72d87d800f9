"""Everyday English words: never "corrected", and never proof of a special subject by themselves.

The lists here were written by hand for this project; they need not be complete. Words that end in
-s, -ed, -ing and the like are recognised through their base form (see `repair`). The longer list in
english_words.txt was counted, once: the words of four letters or more that stand five times or more in
guardrails/examples and in Debian's lists of American and British words (wamerican, wbritish; both from
SCOWL), but those that are also a slip or a slang word here ("heroine" for heroin).
"""

from pathlib import Path

_WORDS = """
a able about above accept accident across act actually add afraid after again against age ago agree
ahead air alive all allow almost alone along already also always am among amount an and anger angry
animal another answer any anybody anymore anyone anything anyway apart appear apple are area aren
arent arm around arrive art as ask asleep at away awful baby back bad bag balance ball bank bar bare
base basic bath be bear beat beautiful became because become bed been before began begin behind being
believe bell belong below best better between big bike bill bird bit bite black bleed blood blow blue
board boat body boil bold bone book boost born boss both bother bottle bottom bought bowel bowl box
boy brain brave bread break breast breath breathe bring broke broken brother brought brown build burn
bus business busy but buy by bye cake call calm came can cannot cant car card care carry case cash cat
catch cause cell center centre certain chair chance change charge cheap check chest chew child children
choice choose church city class clean clear clock close cloth clothes clue coast coat code coffee cold
college color colour come common company compare complete concern cook cool cope copy cord corn corner
cost couch cough could couldnt count country couple course court cousin cover cow cramp crash crazy cream
cry cup cure curious current cut dad daily damage dance danger dangerous dark date daughter day dead deal
dear death decide deep degree delay deliver dentist depend desk did didnt die diet differ different
dinner dirt dirty do doctor does doesnt dog doing done dont door double doubt down dr drag dream dress
drink drive driver drop drove drug dry due during dust duty each ear early earn earth ease easy eat edge
effect egg eight either else email empty end energy enjoy enough enter even evening ever every everybody
everyone everything exact exactly except expect explain eye eyes face fact fail fair fall false family
far farm fast fat father fault fear feed feel feet fell felt female few field fight figure fill film
final finally find fine finger finish fire first fish fit five fix flat floor flow flower flu fly focus
follow food foot for force forget form fort forward found four free fresh friday friend from front fruit
full fun funny game garden gas gave gay general gentle get getting gift girl give given glad glass go god
goes going gold gone good got grade grand grass gray great green grew ground group grow guess guide gut
guy had hair half hand hang happen happy hard harm has hasnt hat hate have havent he head heal health
healthy hear heard heart heat heavy held hell hello help hence her here hers herself hey hi hide high
him himself hire his history hit hold hole holiday home honest hope horse hospital hot hotel hour house
how however huge human hundred hungry hurry hurt husband i ice id idea if ill im important in inside
instead into ira is isnt issue it its itself ive job join joke judge juice jump june just keep kept key
kick kid kidney kill kind kiss kit kitchen knee knew knock know known lab lack lady lake land language
large last late later laugh law lay lazy lead leaf leak learn least leave led left leg legal less let
lets letter level lie life lift light like line link lip liquid list listen little live liver lives loan
local lock long look loose lose loss lost lot loud love lover low luck lucky lunch lung mad made mail
main make male man many map march mark market marry matter may maybe me meal mean meant measure meat
meet member memory men mental mess met middle might mild mile milk mind mine minute miss mistake mix mixed
mixing mom moment monday money month mood moon more morning most mother mouth move movie much mum muscle
music must my myself nail name nap near neck need needle neither nerve never new news next nice night nine
no nobody noise none noon nor normal north nose not note nothing notice now number nurse odd of off offer
office often oh ok okay old on once one only onto open option or orange order other others our ours out
outside over own pack page paid pain pair panic pant paper parent park part partner party pass past
patch patient pay peace pee pen people pepper per perhaps period person pet phone pick picture piece pig
pill pink place plain plan plane plant plate play please plenty plus pocket point police pool poor pop
positive possible post pound pour power pray present press pretty prevent price print prison private
probably problem promise proof proper protect proud prove public pull punch pure push put quality quarter
question quick quickly quiet quit quite race rain raise ran rare rash rate rather reach react read ready
real really reason receive recent red reduce refuse regret regular remember rent repeat reply report
respond rest result return rib rice rich ride right ring rise risk river road rock roll roof room root
rose rough round row rule run rush sad safe said salad sale salt same sat save saw say scan scare scared
school science score sea search season seat second secret see seed seem seen self sell send sense sent
separate serious serve service set seven several severe sex shake shaky shall shame shape share sharp she
shift shiver shoe shop short shot should shoulder shouldnt shout show shower shut sick side sight sign
signal silent silly similar simple since sing single sister sit six size skill skin skip sky sleep sleepy
slept slight slip slow small smart smell smile smoke smooth snack snow so social sock soft sold some
somebody someone something sometimes somewhere son song soon sore sorry sort soul sound soup south space
speak special speed spell spend spent spit split spoke spoon spot spring stage stand star stare start
state stay steady steal steep step stick still stole stomach stone stood stop store storm story straight
strange street strength stress strong stuck student study stuff stupid such sudden suffer sugar suggest
suit summer sun sunday sure surgery surprise sweat sweet swim switch system table take taken taking tale
talk tall tap tape taste tax tea teach teacher team tear teen teeth tell ten term test text than thank
thanks that thats the their them then there therefore these they theyre thick thin thing think third
thirsty this those though thought thousand thread three threw throat through throw thumb thus tie tight
till time tiny tire tired to today toe together told tomorrow tongue tonight too took tooth top total
touch tough toward town toxic track train trap travel treat tree trial trick trip trouble truck true trust
truth try tuesday turn twice two type ugly unable uncle under understand unit unless until up upon upset
urge urgent urine us use used useful usual usually very view visit voice vomit wait wake walk wall want
war warm warn was wash wasnt waste watch water wave way we weak wear weather wednesday week weekend weigh
weight weird welcome well went were werent west wet what whatever whats wheel when whenever where whether
which while white who whole whom whose why wide wife wild will wind window wine winter wise wish with
within without woke woman women won wonder wont wood word wore work world worry worse worst worth would
wouldnt wound wrap wrist write wrong wrote yeah year yell yellow yes yesterday yet you young your youre
yours yourself zero
"""

COMMON_WORDS = frozenset(_WORDS.split())
"""About 1,200 everyday words, lower case, apostrophes dropped."""

_COUNTED = Path(__file__).with_name("english_words.txt").read_text("utf-8")
REAL_WORDS = COMMON_WORDS | frozenset(_COUNTED.split())
"""With 6,000 more: a sofa is no Soma."""

_QUESTION_STARTERS = """
is are am was were do does did can could will would should shall may might has have what whats when where
which who whom whose why how if hows wheres whos whens whys cant isnt arent doesnt dont didnt wont hwo wat wut
"""
QUESTION_STARTERS = frozenset(_QUESTION_STARTERS.split())
"""Words that open a new question after "and", "or", "also"."""

_NEGATIONS = """
not no never without none cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt
couldnt havent hasnt hadnt aint nor
"""
NEGATIONS = frozenset(_NEGATIONS.split())
"""Words that turn a sentence round, apostrophes dropped."""

POINTERS = frozenset({"it", "its", "this", "that", "these", "those", "them", "stuff", "both"})
"""Words by which a question leaves its subject unsaid."""

_FILLER = """
a an the i me my mine you your yours we us our he him his she her they them their it its this that these
those is are am was were be been being do does did have has had can could will would should may might of to
in on at for from by with as and or but if so than then there here just really very also please hi hello hey
thanks thank ok okay yes yeah im ive id ill some any all get got thing things about what whats when where
which who why how much many too like know tell anyone someone something anything
"""
FILLER = frozenset(_FILLER.split())
"""Words that carry no subject; left unmatched, they count for nothing."""

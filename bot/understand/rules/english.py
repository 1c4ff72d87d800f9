"""Common English words, so that no real word is taken for a misspelled danger word.

Written by hand (everyday words, and real words that lie near danger words), with the words of our
own answers. Not a dictionary: a word that is missing here is only looked at more closely.
"""

COMMON = frozenset(
    """
a able abnormal about above abroad abused abusing abusive accept accepts accident account acetaminophen
ache aches aching across act acting active acts actually ada add added adderall addiction addictive
addresses adhd administration adrenaline adult adults advertising advice advised advocates affect afford
afraid afsp after afternoon afterwards again against age aged agency ages ago agonist agree agrees ahead
aid aids air airport aku alabama alarm album alcohol alert alive all allergy allow almost alone along
already also although altogether always am amazing ambien among amount an and anger angle angry animal
animals ankle annual anon anonymous another answer antidepressant anxiety any anyone anything anyway apa
apart app appeal apple applies apply appointment approval approved april are area arkansas arm army
around arrest arrive art article asia ask asking asleep assaulted at ate ativan atomoxetine attack
attempt attend audits aunt aunties australia australian autumn avoid awake aware away awful babies baby
babys back bad badly bag bake ball ban band bang bank banned banning bans bar bare base basic bath
battery be beach bead bean bear beard beast beat beaten beating beauty became because become bed bedside
bee beef been beer before began begin behavior behind being believe bell belly belong below belt bench
bend benzodiazepine benzodiazepines benzos best bet better between biak big bigger bike biker bikes bill
bills bin bird birth birthday bit bite bitter black blame blank bleed bleeding blend bless blind block
blocked blocks blog blood bloody blow blue bluish board boat body bold bomb bone book boot border bored
boring born borrow boss bot both bother bots bottle bottled bottom bought bowl box boy brain branch
brands brave bread break breakfast breast breastfeeding breath breathe breathes breathing breathless
breaths bridge bright bring brings broke broken brother brought brown brush budget build bulb bull bullet
bump bumps buprenorphine bupropion burden burn burning bus business busy but butter button buy by bye cab
cabinet cable cake call called caller calling calls calm came camp can canada cancel cancer candle cannot
cant cap capsules car card cardiac care career careful cargo carries carry cars case cases cash cat catch
caught cause causes cdc ceiling cell center centers centre centres cfr chain chair chance change changed
changes charge charged charger chats cheap cheat check checked checks checkup cheek cheese chemical
chemicals chest chew chewed chewing child children childs chill chips chocolate choice choke choked
choking choose chose church circle city claim clash class clean clear clears climb clinic clinician
clinics clock clonidine close closed cloth clothes cloud club clue coach coast coat code codeine coffee
coke cold collapse collapsed collapsing color colour come comedown comes comfort coming common community
como company compare compared comparison compassionate complaint complete compound computer con
concentrated concern condition confirm confirmed confirming confused confusion connecticut consider
constipation contact contain contents contract control controlled convulsing convulsion cook cookie cool
cop copd copy core corner cost costs couch cough could counseling count counted countries country
countrys county couple course court courts cousin cover coverage covers cpr crack craft cramps crash
crave craved craving cravings crawl crazy cream create credit cried crime crisis cross crossing crowd
cruel cruse cry crying cull cup cure curry customs cut cute cutting cycle cyp dad daily damage damn dan
dance danger dangerous dangers dark darker das dat data date daughter day days dea dead deadline deadly
deaf deal dealer dealers dealing dear death deaths debt decades december decent decide decided decision
deed deep definite degree del delay deliver dem demand den dengan denmark dental dentist department
depend dependence dependent depends depressed depression der des describe desert deserve design desk
despair detail details dial diarrhea diary dice did die died dies diet dietary differ different
differently differs difficult dig dine dinner dire direct dirt dirty dis disagree disc disease dish
disproven disputed distress dive divorce dizziness dizzy do doctor doctors document does dog doing doll
dollar done dont door dopamine dosage dose doses dosing dot double doubt down dozen drag drank draw
drawer dream dress drew drill drink drinking drinks drive driver drivers driving drop dropped drove drown
drowning drowsy drug drugs drum drunk dry due dug dull dump during dust duty dye dyed dyeing dying each
ear early earn earth ease eases easiest easily easy eat eating ecg edge edit effect effects egg eight
either elbow elder else elses elsewhere email embassy emergency employers empty enabling encrypted end
ended ending endorphins ends enemy energy engine enjoy enough enter entire enzyme enzymes epilepsy equal
equivalent error escape essay est europe even evening event ever every everyone everything evidence exact
exactly exam example except exceptions excuse exercise exist exit expect expensive experience experts
explain export exposed extra extract extraction extracts extreme eye eyes face fact fade fail failed
faint fainted fainting fair faith fake fall fallen falling false familiar families family famous fan far
farm fast faster fat fatal father fault favorite fda fdas fear feature fed federal fee feed feeding feel
feeling feels feet fell felt female fence fentanyl fever few fewer field fight figure file fill film
final finally find findings findtreatment fine finger finish fire firm firmer firms first fish fit fits
five fix flash flat flew flight flip floor floppy florida flow flower flu fluid fluids flush fly focus
focused fog fold follow followed food fool foot for force forest forever forget forgot fork form forms
forth forward found four frank free frequent fresh friday fridge friend friends frill from front froze
fruit fuel full fully fun funeral funny furniture further future gabapentin gain game gang gap garage
garden gas gasping gate gather gave gear general generic gentle germany germs get gets getting giant gift
gin girl give given gives giving glad glass glove glue go goal god goes going gold golf gone good goodbye
goods google goose got gov grab grade grain grand grandma grandpa grasp grass gray great greater green
grew grey grid grief grieve grill grim grip groan gross ground group groups grow growing grown guanfacine
guard guess guest guidance guide guideline guilt gull gum gummies gummy gun gurgling gut guts guy guys
gym had hair half hall hallucinating hallucinations hand handful handle handles hang hanging happen
happened happening happens happy hard hardly harm harms harsh has hat hate have having he head heal
health hear heard hearing heart heartbeat heat heavier heavy held hell hello help helped helpful helping
helpline helps hepatitis her herbs here heroin hers herself hey hi hid hidden hide high higher hike hill
him himself hip hipaa hire his history hit hits hiv hives hold holding holds hole holiday home homework
honest honey hood hook hooked hope hopeless hormone horrible horse hospital hot hotel hour hours house
how however hug huge hull human humid hundred hung hungry hunt hurry hurt hurts husband
hydroxymitragynine ice idea ideas identify if ill illegal illness imagine impaired import imports in inch
include including income indeed indiana ini injure injured injury ink inner insane inside instead
institute insurance intend interest internet into invite involved ireland iron irritable island isso
issue ist it italy itching item its itself itu jail jam jaundice jaw jeans jerking jerky jitters job joke
journey joy judge judged juice july jump jumped jumping jumpy june just justice kakuam kansas keep keeps
kentucky kept kettle ketum key keys kick kicked kicking kid kidney kids kill killed killer killing
killjoy kills kilo kind king kiss kit kita kitchen kitten klonopin knee kneel knew knife knit knock know
known knows kratom kratoms krypton lab label labelled labels labour labs lack lady lake lamp land
language large las last lasts late lately later latter latvia laugh laundry law lawfully laws lawyer lay
layer lazy lead leaf leak lean learn least leather leave leaves leaving left leg legal legs lend length
les less lesson let lethal lets letter level levelled levels liar licence licensed lid lie lies life
lifer lift light like likely limb limit limited limits limp line link linked lion lip lips
lisdexamfetamine list listen lists lit lithuania litter little live lived liver lives living load loan
local lock locked locks lofexidine lonely long longer look looked looking looks loose lord lorry los lose
losing loss lost lot loud louisiana love loved low lower lowers luck lucky lull lump lunch lung lying
lyrica machine machines mad made maeng magic mail mails main mais make makes making malaysia male man
manage manager many maois map march mark market marriage married marry mask masking mass match mate
material maternity math matter matters may maybe mayo me meal mean means meant measure meat media
medicaid medical medicine medicines medium medlineplus meet meeting member memory men mental mention mess
message met metal metals methadone method methylphenidate mgm mice midazolam middle midnight midwife
might mike mild milder mile military milk milligrams mimics mind mine minor minute minutes mirror
miscarriage miss missed missing misuse misused mitragyna mitragynine mix mixed mixes mixing modafinil
model moderate modern modestly moment monday money monitor month months mood moon moral more morning
morphine most mostly mother motor mount mountain mouse mouth move moved movements moves movie much mud
mull multiple murder muscle muscles music must my myself mystery nail nails nak naloxone naltrexone name
named names nan nar narcan narcotics narrow nasal nasty nation nations native natural nature naughty
nausea near neat neck need needed needle needs negative neighbor neighbour neither nephew nerve nervous
netherlands neurontin never new newborn newborns news newspaper next nhs nice nicht nickel nida niece
night nine no nobody nod noise non none noon nor normal north nose nostril not note notes nothing notice
november now nowhere null numb number nurse nursing nut object obvious occur ocean october odd odds of
off offer offers office offices officials often ohios oil okay old older omega on once one ones online
only onto open opened opinion opioid opioids opium option options or orange order orders ordinary organ
other others our out outbreak outcomes outside oven over overcome overdose overdosed overdoses overdosing
overnight owe own owner oxycodone pace pack package packet page pages paid pain painful painless paint
pair pairs pale pan panel panic pants paper para parent parents park part partial partly partner parts
party pas pass passed passes passing past path patient pattern pauses pay peace pen people pepper perfect
perhaps period permit person pet pets pharmacies pharmacist pharmacy phenibut phone photo pick picked
picking picture pie piece pig pike pile pill pillow pills pilot pin pinch pink pint pipe pity pizza place
places plain plan plane planned planning plans plant plastic plate play player please plenty plot plug
plunger plus pocket poem point pointless poison poisoned poisoning poisons poland pole police policy
polite poll polling pond pool poor pop pope popular por pork port position positive possible post pot
potato potent potential potentiate pound pounding pour powder powders power practice pray precipitated
prefer pregabalin pregnancy pregnant prepare prescribe prescribed prescriber prescribes prescription
present press pressure pretend pretty prevent prevented price pride priest prince print prison privacy
private prize probation problem problems process produce product products professor program project
promise promises promote proof proper protect protection protects proud prove proved proven provide pub
public published pull pulled pulling pulls pulse pump punch punched punching pupils puppy pure purple
purpose purse purses push pushed pushes put puts quality quarter que queen question quetiapine queue
quick quickly quiet quit quite quote rabbit race racing radio rage rain raise raised raises ran random
rang range rape raped rapid rare rash rat rate rather raw reach react read reader ready real reason
reasoning recent receptor receptors recipe record records recover recovers recovery red reduce refund
refuses regions regret regular regularly rehab rehydration relapse relate relatives relax relaxers
release relief rely remain remedy remember remind remove rent repair repeat reply report reported reports
request require rescue research researchers reset respond rest restart restless rests result results
return review rhode rhythm rice rich rid ride right ring ripe rise risk risks risky ritalin river road
roast rob robot rock role roll romania roof room roommate rooms root rope rose rotten rough round route
routines row royal rub rubbish ruin rule ruled rules run running runny runs rush rust sack sad safe
safety said sail salad salary sale salmonella salt salts same sand sang sat save saved saw say saya
saying says scale scan scar scare scared scary schedule scheduled school science score scratch scream
screen screens sea search season seat second secret section sedative sedatives see seed seeing seeking
seem seems seen sees seized seizing seizure seizures self sell sellers selling send sense sent separate
serious seroquel serotonin serve service set sets settle settled seven several severe sew sex shade
shadow shake shakes shaking shall shallow shame shamed shape share shark sharp she shed sheep sheet shelf
shell shift shine ship shirt shit shock shoe shoot shooting shop shops shore short shortage shot shots
should shoulder shout show shower shown shows shrill shut shy sick side sides sign signal signs silent
silly silver sim simple simulator since sing singapore single sink sips sir sister sit site sites sitting
situation six size skill skilled skills skin skip sky slap slave sleep sleepiness sleeping sleepy slept
slice slide sliding slight slim slip slit slitting slow slowed slowly slug slump slumped small smart
smell smile smoke smoking smooth snack snake snap snore snoring snow so soap social sock sofa soft soften
soil sold soldier solid some someone something sometimes son song soon sooner soothe sore sorry sort soul
sound sounds soup source sources south southeast space spare speak speaks special specialist speciosa
speech speed speeds spell spend spent spike spill spin spirit spit split spoke spoon sport spot spots
spray spread spring square stab stabbed stabbing stable staff stage stair stairs stamp stand standard
standing star stare start started starting starts state states statins station stay stays steady steak
steal steam steel steep step stick sticky stiff stigma still stimulant stimulants stink stir stock stolen
stomach stone stood stool stools stop stopped stopping stops store storm story straight strain strange
strangled strangling strattera street strength stress stretch strict stricter strike string strip strips
stroke strong stronger strongly stuck student studied studies study stuff stupid style suboxone substance
substances success such sudden suddenly suffer sugar suggest suicidal suicide suit suitcase suite summer
sun sunday sunny super supper supplement supplements supply support supports suppose sure surface surgeon
surgery surprise surprises survey survive swallow swallowed swap swapping sweat sweating sweden sweep
sweet sweets swell swelling swim swing switch swollen sword symptoms syndrome system table tables tablet
tablets tail tak take taken takes taking tale talk talking tall tank tap tape taper tapering target taste
taught tax taxi tea teach teacher teaching team teams tear tears teen teenagers teens teeth telegram tell
telling tells temper ten tend tennessee tent term terrible test tested tests text thailand than thang
thank thanks that the their them themselves then therapy there these they thick thief thin thing things
think thinking thinks thinners third this thom those though thought thoughts threat threaten threatened
threatening three threw thrill throat through throw throwing thrown thumb thunder tianeptine ticket tidak
tidy tie tied ties tight tightly till tilt time times timing tin tiny tip tire tired to toast today
toddler toe together toilet told tolerance tolerates tomorrow ton tone tongue tonight too took tool tooth
top torn toss total touch tough tour tow toward towel tower town toxic toy traces tracing track trade
traffic train training tramadol transplant trap trash travel treat treated treating treatment treatments
treats tree trial trials trick tried trip trouble truck true trunk trust truth try trying tube tuesday
tune turn turned turning turns twelve twice twin twist two type typical ugly una unaliving uncle unclear
unconscious und under understand une uneven unevenly unhappy unit united university unknown unless
unproven unresponsive unsafe until untuk up upon upset upstairs urge urgent urine us use used useful
useless user uses using usual usually vacation valid valium valley value van varies various vary vast
vein vendor vendors venlafaxine verb vermont very vet victim video view village viloxazine violence
violent virus visit vital vivitrol vodka voice vomit vomited vomiting vote vyvanse wage wait waiting wake
wakes waking walk walking wall wallet want wanted wants war ward warm warn warned warning warns wary was
wash washington waste watch watched watching water watery wave way ways we weak weapon wear wears weather
web wedding week weekend weeks weigh weight weird welcome well wellbutrin went were west wet what wheel
wheezing when where whether which while whisper white who whole whose why wide widow wife wild will win
wind window wine wing winter wipe wiper wire wisconsin wise wish with withdrawal withdrawals withdrew
within without wobbles woke woken wolf woman womb women won wonder wont wood wool word words wore work
worked working works world worn worried worry worse worst worth worthless would wound wrap wrist wrists
write writing written wrong wrote xanax yang yard yawn yawning year years yell yellow yes yesterday yet
york you young your yours yourself youth zealand zip
""".split()
)

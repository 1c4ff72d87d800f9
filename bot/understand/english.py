"""Common English words, so that no real word is taken for a misspelled danger word.

Written by hand (everyday words, and real words that lie near danger words), with the words of our
own answers. Not a dictionary: a word that is missing here is only looked at more closely.
"""

COMMON = frozenset(
    """
a able abnormal about above abroad abstinence abused abusing abusive accent accept accepts accident
account accounts acetaminophen ache aches aching achy across act acting activate active acts actually ada
add added adderall addicted addiction addictive addresses adhd administration adrenaline adult adults
advertising advice advised advocates affect afford afraid afsp after afternoon afterwards again against
age aged agency agent ages ago agonist agree agrees ahead aid aids air airport aku alabama alarm album
alcohol alert alive alkaloid alkaloids all allergy allow almost alone along already also although
altogether always am amazing ambien america american amitriptyline amlodipine among amount amphetamine
amphetamines an anaesthetist and anesthesia anger angle angry animal animals ankle annual anon anonymous
another answer antidepressant anxiety anxious any anyhow anyone anything anyway anywhere apa apart
aphrodite app appeal apple application applies apply appointment appointments approval approved apr april
are area arkansas arm army around arrest arrested arrive art article ashamed asia ask asking asleep
assaulted assistant association at ate ativan atomoxetine attack attempt attend audits august aunt auntie
aunties australia australian autumn avoid awake aware away awful babies baby babys back bad badly bag
bake baking balance bali ball ban banana band bang bangkok bank banned banning bans bar bare base basic
bath battery be beach bead bean bear beard beast beat beaten beating beauty became because become bed
bedside bee beef been beer before began begin behavior behind being believe bell belly belong below belt
benadryl bench bend beneath benzodiazepine benzodiazepines benzos beside besides best bet better between
beyond biak big bigger bike biker bikes bill bills bin bird birth birthday bit bite bitter black blame
blank bleach bleed bleeding blend bless blind bloated block blocked blocks blog bloke blokes blood bloody
blow blue bluish board boat body bold bomb bone book boot border bored boring born borneo borrow boss bot
both bother bots bottle bottled bottom bought bowl box boy brain branch brands brave brazil bread break
breakfast breast breastfeeding breath breathe breathes breathing breathless breaths bridge bright bring
brings britain british broke broken brother brought brown brush budget build bulb bull bullet bump bumps
buprenorphine bupropion burden burn burning bus business busy but butter button buy buying buzzkill by
bye cab cabinet cable caffeine cake calendar california call called caller calling calls calm calories
came camp can canada canadian cancel cancer candle cannabis cannot cant cap capsule capsules car card
cardiac cardiologist cards care career careful cargo carries carry cars case cases cash cat catch caught
cause causes cbt cdc ceiling cell center centers centre cfr chain chair chance change changed changes
chap character charge charged charger chat chats cheap cheat check checked checking checks checkup cheek
cheese chemical chemicals chest chew chewed chewing chicken child children childs chill chilly china
chips chocolate choice choke choked choking choose chose christmas church circle city claim clammy clash
class clean clear clears climb clinic clinician clinicians clinics clock clonidine close closed cloth
clothes cloud club clue coach coast coat cocaine code codeine coffee cognitive coin coke cold collapse
collapsed collapsing color colour combination combined combining come comedown comes comfort coming
common community como company compare compared comparison compassionate complaint complete compound
computer con concentrated concern concerta condition confidential confidentiality confirm confirmed
confirming confused confusion connecticut consider constipated constipation contact contain contents
contract contraindicated control controlled conversion conversions convulsing convulsion cook cookie
cooking cool cop copd copy core corner cost costs couch cough could counseling counselling counsellor
counselor count counted countries country countrys county couple course court courts cousin cover
coverage covers cpr crack craft cramps crampy crash crave craved craving cravings crawl crazy cream
create credit cried crime crisis cross crossing crowd cruel cruse cry crying cull cup cups cure currency
curry custody customs cut cute cutting cycle cyp dad daffodil daffodils daily damage damaged damn dan
dance danger dangerous dangers dark darker das dat data date daughter day days dea dead deadline deadly
deaf deal dealer dealers dealing dear death deaths debt decades december decent decide decided decision
deed deep definite definition degree dehydrated del delay deliver dem demand demolish den dengan denmark
dental dentist deodorize department depend dependence dependent depends deposit depressed depression der
des describe desert deserve design desk despair despite detail details detox devastated diagnosed
diagnosis dial diarrhea diary dice did die died dies diet dietary differ different differently differs
difficult dig dine dinner dire direct dirt dirty dis disabled disagree disc disease dish disorder
disorders disproven disputed distress dive divorce dizziness dizzy do doctor doctors document does dog
doing doll dollar dollars done dont door dopamin dopamine dosage dose doses dosing dot double doubt dove
down dozen drag drained drank draw drawer dream dress drew drill drink drinking drinks drive driver
drivers driving drop dropped drove drown drowning drowsy drug drugs drum drunk dry drying due dug dull
dump during dust duty dye dyed dyeing dying each ear early earn earth ease eases easiest easily easter
easy eat eating ecg edge edit effect effects effexor egg eggs eight either elbow elder elevated else
elses elsewhere elvanse email embarrassed embassy emergency employers empty enabling encrypted end ended
ending endorphins ends enemy energy engine england english enjoy enough enter entire enzyme enzymes
epilepsy equal equivalent error escape essay est euro europe even evening event ever every everyone
everything everywhere evidence exact exactly exam example except exceptions exchange excuse exercise
exhausted exist exit expect expensive experience experts expiration explain export exposed extra extract
extraction extracts extreme eye eyeing eyes face facebook fact facts fade fail failed faint fainted
fainting fair faith fake fall fallen falling false familiar families family famous fan fantastic far farm
fast faster fat fatal father fault favorite fda fdas fear feature february fed federal fee feed feeding
feel feeling feels fees feet fell fella fellow felt female fence fentanyl fever feverish few fewer field
fight figure file fill film final finally find findings findtreatment fine finger finish fire firm firmer
firms first fish fit fits five fix flash flat flew flight flights flip floor floppy florida flow flower
flu fluid fluids fluoxetine flush fly focus focused fog foggy fold follow followed food fool foot for
force forecast forest forever forget forgot fork form forms forth forum forums forward found four france
frank fraud free freeze frequent fresh friday fridge friend friends frightened frill from front froze
fruit frying fuel full fully fun functional funeral funny furious furniture further future gabapentin
gain game gang gap garage garden gas gasping gate gather gave gear gender general generic gent gentle
gentleman germany germs get gets getting giant gift gin ginger girl give given gives giving glad glasgow
glass glove glue go goal goat god goes going gold golf gone good goodbye goods google goose got gout gov
grab grade grain gran grand grandad grandma grandpa granny grapefruit grasp grass gray great greater
green grew grey grid grief grieve grill grim grip groan gross ground group groups grow growing grown
grumpy guanfacine guard guess guest guidance guide guideline guilt gull gum gummies gummy gun gurgling
gut guts gutted guy guys gym had hair half hall hallucinating hallucinations hand handful handle handles
hang hanging happen happened happening happens happy hard hardly harm harms harsh has hat hate have
having he head heading heal health hear heard hearing heart heartbeat heat heath heavier heavy held hell
hello help helped helpful helping helpline helps hepatitis her herbs here heroin hers herself hey hi hid
hidden hide hiding high higher hike hill him himself hip hipaa hire his history hit hits hiv hives
hobbies hobby hold holding holds hole holiday home homework honest honey hood hook hope hopeless hormone
horrible horrified horse hospital hot hotel hotspot hour hours house how however hug huge hull human
humans humid humiliated hundred hung hungry hunt hurry hurt hurts husband hydroxymitragynine ibuprofen
ice idea ideas identify if ill illegal illinois illness imagine imodium impaired import imports improve
improved in inch include including income indeed india indiana indonesia ingredient ingredients ini
injure injured injury ink inner inpatient insane inside instagram instead institute insurance intend
interaction interactions interest international internet into intuniv invite involved ireland iron
irritable island isso issue ist it italy itching itchy item its itself itu jail jakarta jam january japan
jaundice jaw jeans jerking jerky jitters jittery job joke jokes journey joy judge judged juice july jump
jumped jumping jumpy june just justice kakuam kansas keep keeps kentucky keppra kept kettle ketum key
keys kick kicked kicking kid kidney kids kill killed killer killers killing killjoy kills kilo kilograms
kilometers kilos kind king kiss kit kita kitchen kitten klonopin knackered knee kneel knew knife knit
knock know known knows kratom kratoms krypton lab label labeled labels labor labs lack ladies lads lady
lake lamotrigine lamp land landlord language large las lass last lasts late lately later latter latvia
laugh laundry law lawfully laws lawyer lay layer lazy lead leaf leak lean learn least leather leave
leaves leaving left leg legal legs lemon lend length les less lesson let lethal lets letter level
levelled levels lexapro liar license licensed lid lie lies life lifer lift light like likely limb limit
limited limits limp line link linked lion lip lips lisdexamfetamine list listen lists lit lithuania
litter little live lived liver lives living load loan local lock locked locks lofexidine london lonely
long longer look looked looking looks loose loperamide lord lorry los lose losing loss lost lot loud
louisiana love loved low lower lowers luck lucky lull lump lunch lung lying lyrica machine machines mad
made maeng magic magnesium mail mails main mais make makes making malaysia male man manage manager manila
many maois map march marijuana mark market marriage married marry mask masking mass match mate material
maternity matey math matter matters mature may maybe mayo me meal mean means meant meanwhile measure
measurement meat media medicaid medical medicare medicine medicines medium medlineplus meet meeting
melatonin member memory men mental mention mess message met metal metals metformin meth methadone
methamphetamine method methylphenidate mexico mgm mice midazolam middle midnight midwife might mike mild
milder mile mileage military milk milligrams mimics mind mine minor minute minutes mirror mirtazapine
miscarriage miserable miss missed missing missus mister misuse misused mitragyna mitragynine mix mixed
mixes mixing modafinil model moderate modern modestly moment monday money monitor month months mood moon
moral more morning morphine mortality most mostly mother motivational motor mount mountain mouse mouth
move moved movements moves movie much mud mull multiple murder muscle muscles music must my myself
mystery nail nails nak naloxone naltrexone name named names nan nana nar narcan narcotics narrow nasal
nasty nation nations native natural nature naughty nausea nauseated nauseous near neat neck need needed
needle needs negative neighbor neighbour neither neonatal nephew nerve nervous netherlands neurologist
neurontin never nevertheless new newborn newborns news newspaper next nhs niacin nice nicht nickel
nicotine nida niece night nine no nobody nod noise non none noon nor normal north nose nostril not note
notes nothing notice november now nowhere null numb number nurse nursing nut nutrition object obvious
occur ocean october odd odds odessa of off offer offers office officer offices officials often ohio ohios
oil okay old older omega on once one ones online only onto open opened opiate opiates opinion opioid
opioids opium option options or orange order orders ordinary organ origin other others otherwise ounces
our out outbreak outcomes outpatient outside oven over overcome overdose overdosed overdoses overdosing
overkill overnight owe own owner oxycodone pace pack package packet page pages paid pain painful
painkiller painkillers painless paint pair pairs pale pan panel panels panic panicky pants paper para
paracetamol parent parents park parole part partial partly partner parts party pas pass passed passes
passing passport past pasta path patient pattern pauses pay payday peace pen penang people pepper perfect
perhaps period permit person pet pets pharmacies pharmacist pharmacists pharmacy phenibut philippines
phone photo pick picked picking picture pie piece pig pike pile pill pillow pills pilot pin pinch pink
pint pipe pity pizza place places plain plan plane planned planning plans plant plastic plate play player
playlist please plenty plot plug plunger plus pocket poem point pointless poison poisoned poisoning
poisons poland pole police policy polite poll polling pond pool poor pop pope popular por pork port
position positive possible post pot potato potent potential potentiate pound pounding pounds pour powder
powders power practice pray precipitated prefer pregabalin pregnancy pregnant prepare prescribe
prescribed prescriber prescribes prescribing prescription present press pressure pretend pretty prevent
prevented price pride priest prince print prison pristiq privacy private prize probation problem problems
process produce product products professor program programs project promise promises promote proof proper
protect protection protects proud prove proved proven provide prozac prying psychiatrist psychologist pto
pub public published pull pulled pulling pulls pulse pump punch punched punching pupils puppy pure purple
purpose purse purses push pushed pushes put puts qelbree quality quarter que queasy queen question
quetiapine queue quick quickly quiet quit quite quote rabbit race racing radio rage rain raise raised
raises raising ran random rang range rap rape raped rapid rapper rare rash rat rate rates rather raw
reach react read reader ready real reason reasoning recent receptor receptors recipe recognized record
records recover recovers recovery red reddit reduce refund refuses regions regret regular regularly rehab
rehydration relapse relapsed relate relatives relax relaxers release relief rely remain remedy remember
remind reminder remove rent repair repeat replacement reply report reported reports request require
rescue research researchers reservation reset resin respond rest restart restaurant restaurants restless
rests result results return review rhode rhythm rice rich rid ride riding right ring ripe rise rising
risk risks risky ritalin river road roadkill roast rob robot rock role roll rollover romania roof room
roommate rooms root rope rose rotten rough round route routines routing row royal rub rubbish ruin rule
ruled rules run running runny runs rush russia rust sack sad safe safety said sail salad salary sale
saliva salmonella salt salts same sand sang sat saturday save saved savings saw say saya saying says
scale scan scar scare scared scary schedule scheduled school science score scotland scratch scream screen
screens sea search season seat second secret section sedative sedatives see seed seeing seeking seem
seems seen sees seized seizing seizure seizures self sell sellers selling seltzer send sense sent
separate september serious seroquel serotonin sertraline serve service set sets settle settled seven
several severe sew sex shade shadow shake shakes shaking shaky shall shallow shame shamed shape share
shark sharp shattered she shed sheep sheet shelf shell shift shine shingle shingles ship shirt shit shock
shoe shoot shooting shop shopping shops shore short shortage shot shots should shoulder shout show shower
shown shows shrill shrimp shut shy sick side sides sighing sign signal signs silent silly silver sim
simple simulator since sing singapore single sink sips sir sister sit site sites sitting situation six
size skill skilled skillet skills skin skip sky slap slave sleep sleepiness sleeping sleepless sleepy
slept slice slide sliding slight slim slip slit slitting slow slowed slowly slug sluggish slump slumped
small smart smell smile smoke smoking smooth snack snake snap snapchat snore snoring snow so soap sober
sobriety social sock sofa soft soften soil sold soldier solicitor solid some somehow someone something
sometimes somewhere son song songs soon sooner soothe sore sorry sort soul sound sounds soup source
sources south southeast space spain spanish spare speak speaker speaks special specialist speciosa speech
speed speeds spell spelling spend spending spent spike spill spin spirit spit split spoke spoon sport
spot spots spray spread spring square stab stabbed stabbing stable staff stage stair stairs stamp stand
standard standing star stare start started starting starts state statement states statin statins station
status stay stays steady steak steal steam steel steep step stick sticky stiff stigma still stimulant
stimulants stink stir stock stolen stomach stone stood stool stools stop stopped stopping stops store
storm story straight strain strains strange strangled strangling strattera street strength stress stretch
strict stricter strike string strip strips stroke strong stronger strongly stuck student studied studies
study stuff stupid style suboxone substance substances substitute success such sudden suddenly suffer
sugar suggest suicidal suicide suit suitcase suite summer sun sunday sunny super supper supplement
supplements supply support supports suppose sure surface surgeon surgery surprise surprises survey
survive swallow swallowed swap swapping sweat sweating sweaty sweden sweep sweet sweets swell swelling
swim swing switch swollen sword symptom symptoms syndrome synonym system table tables tablet tablets tail
tak take taken takes taking tale talk talking tall tank tap tape taper tapering target taste taught tax
taxes taxi tea teach teacher teaching team teams tear tears teas teen teenagers teens teeth telegram tell
telling tells temper ten tend tennessee tent term terrible terrified test tested testing tests texas text
thailand than thang thank thanks that the their them themselves then therapist therapy there therefore
thesaurus these they thick thief thin thing things think thinking thinks thinners third thirsty this thom
those though thought thoughts threat threaten threatened threatening three threw thrill throat through
throughout throw throwing thrown thumb thunder thursday tianeptine ticket tidak tidy tie tied ties tight
tightly tiktok till tilt time timer times timing tin tiny tip tire tired tires to toast today toddler toe
together toilet told tolerance tolerates tomorrow ton tone tongue tonight too took tool tooth top torn
toss total touch tough tour tow toward towards towel tower town toxic toy traces tracing track trade
traffic train training tramadol transaction transactions transfer translate transplant trap trash travel
trazodone treat treated treating treatment treatments treats tree trial trials trick tried trip trouble
truck true trunk trust truth try trying tube tuesday tune turmeric turn turned turning turns twelve twice
twin twist twitchy two tying tylenol type typical typing ugly una unaliving uncle unclear unconscious und
under understand une uneven unevenly unhappy unit united university unknown unless unproven unresponsive
unsafe until untuk up upon upset upstairs urge urgent urine us use used useful useless user uses using
usual usually vacation valid valium valley value van varies various vary vast vein veins vendor vendors
venlafaxine verb vermont very vet victim video view village viloxazine violence violent virus visa visas
visine visit vital vivitrol vodka voice volume vomit vomited vomiting vote vying vyvanse wage wait
waiting wake wakes waking wales walk walking wall wallet want wanted wants war ward warfarin warm warn
warned warning warns wary was wash washington waste watch watched watching water watery wave way ways we
weak weapon wear wears weather web website websites wedding wednesday week weekend weeks weigh weight
weird welcome well wellbutrin went were west wet what whatever whatsapp wheel wheezing when whenever
where wherever whether which while whisper white who whoever whole whose why wide widow wife wild will
win wind window wine wing winter wipe wiper wiping wire wireless wisconsin wise wish with withdrawal
withdrawals withdrew within without wobbles wobbly woke woken wolf woman womb women won wonder wont wood
wool word words wore work worked working works world worn worried worry worse worst worth worthless would
wound wrap wrist wrists write writing written wrong wrote xanax xylazine yang yard yawn yawning year
years yell yellow yes yesterday yet yogurt york you young your yours yourself youth youtube zealand zip
zoloft
""".split()
)

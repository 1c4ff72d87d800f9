"""Common English words, so that no real word is taken for a misspelled danger word.

Not a dictionary: everyday words and real words that lie near danger words, written by hand, the words
of our own answers, and words that stand four times or more in the training questions of CLINC150
(CC BY 3.0, clinc/oos-eval). A word that is missing here is only looked at more closely.
"""

_WORDS = """
a aaa abc abilify able abnormal abort about above abroad abstinence abused abusing abusive accent accept
acceptable accepted accepts access accident accidentally accomplish account accounts accrued
acetaminophen ache aches aching achy across act acting action activate active activities activity acts
actual actually ada add added adderall addicted addiction addictive address addresses adhd adjust
administration adrenaline adult adults advertising advice advised advocates affect affiliate affirmative
afford afraid africa afsp after afternoon afterwards again against age aged agency agent ages ago agonist
agree agrees ahead aid aids aiken air airlines airport ais ajar aku alabama alarm album alcohol alert
alerts alexa alfredo alice alive alkaloid alkaloids all allergy allow allowed ally almond almost alone
along already alright also alter alternative although altogether altruism always am amazing amazon ambien
america american amex amitriptyline amlodipine among amount amphetamine amphetamines an anaesthetist and
anesthesia angeles anger angle angry animal animals ankle anniversary annual anon anonymous another
answer answering antidepressant antipathy anxiety anxious any anyhow anymore anyone anything anyway
anywhere apa apart aphrodite app appeal appears apple applebees apples application applied applies apply
applying appointment appointments appreciate approval approved apr april are area arent argentina
arkansas arm army around arrest arrested arrival arrive arrived arrives arriving art article artificial
asap ashamed asia ask asked asking asleep assaulted assist assistance assistant associated association at
ataraxy ate ativan atlanta atm atomoxetine attack attempt attend attractions audits august aunt auntie
aunties austin australia australian auto autumn availability available average avoid awake aware away
awesome awful babies baby babys back bacon bad badly bag bags bake baking balance bali ball ban banana
bananas band bang bangkok bangor bank banks banned banning bans bar barcelona barclays bare base basic
bath bathroom battery be beach bead bean bear beard beast beat beaten beating beatles beauty became
because become bed bedside bee beef been beer before began begin beginning behavior behind being belgium
believe bell belly belong below belt ben benadryl bench bend beneath benefits bent benzodiazepine
benzodiazepines benzos beside besides best bet better betty between beyond biak big bigger bike biker
bikes bill bills bin bird birth birthday birthplace bit bite bitter bjs black blackberry blame blank
bleach bleed bleeding blend bless blind bloated block blocked blocks blog bloke blokes blood bloody blow
blue bluish bmw boa board boarding boat bob body boise bold bomb bone book booked booking boot border
bored boring born borneo borrow boss boston bot both bother bots bottle bottled bottom bought bowl box
boy brad brain branch brand brands brave brazil bread break breakfast breast breastfeeding breath breathe
breathes breathing breathless breaths bridge bright bring brings britain british broccoli broke broken
brooklyn brother brought brown brownies brush budget buffalo build building bulb bull bullet bump bumps
buprenorphine bupropion burden burger burn burning bus business busy but butter button buy buying
buzzkill by bye cab cabinet cable caffeine cake calculate calendar cali california call called caller
calling calls calm caloric calorie calories came camp can canada canadian cancel cancer cancun candle
cannabis cannot cant cap capital capitol capsule capsules car card cardiac cardiologist cards care career
careful cargo carl carrie carries carrots carry cars case cases cash casserole cat catch cats caught
cause causes cbt cdc ceiling cell cellphone center centers centimeters central centre certain cfr chain
chair chance change changed changes changing chap character charge charged charger charges charles chase
chat chats chatting cheap cheat check checkbooks checked checking checkings checks checkup cheddar cheek
cheerios cheese cheetos chemical chemicals cherrios chest chew chewed chewing chicago chicken child
children childs chili chilis chill chillis chilly china chinese chipotle chips chocolate choice choke
choked choking choose chores chose chow chris christmas church circle citibank citicard city claim clammy
clash class clean cleaning clear clears climb clinic clinician clinicians clinics clock clonidine close
closed closest cloth clothes cloud club clue coach coast coat cocaine code codeine coffee cognitive coin
coke cold collapse collapsed collapsing college color colorado colour columbus combination combined
combining comcast come comedown comes comfort coming command common community como company compare
compared comparison compassionate complaint complete compose composed compound computer con concentrated
concern concert concerta condition conditions confidential confidentiality confirm confirmed confirming
confused confusion connect connecticut connection consent consider consist constipated constipation
contact contain content contents contract contraindicated control controlled converse conversion
conversions convert converter convulsing convulsion cook cookie cookies cooking cool coordinates cop copd
copy core corner correct cost costa costco costs couch cough could counseling counselling counsellor
counselor count counted countries country countrys county couple course court courts cousin cover
coverage covers cpr crack cracked craft craig cramps crampy crash crave craved craving cravings crawl
crazy cream create created creation creator credit cried crime crisis cross crossing crowd cruel cruse
cry crying cuba cuisine cull cup cups cure currency current currently curry custody customs cut cute
cutting cycle cyp dad daffodil daffodils daily dallas damage damaged damn dan dance danger dangerous
dangers dark darker das dat data date dates daughter dave david day days dea dead deadline deadly deaf
deal dealer dealers dealing dear death deaths debit debt decades december decent decide decided decision
declined decrease deed deep default define definite definitely definition degree dehydrated del delay
delete deliver delivered delivery delta dem demand demolish den dengan denied denmark dental dentist
denver deodorize department depend dependence dependent depends deposit deposited depressed depression
der des describe desert deserve design desk despair despite destination detail details detox detroit
devastated device devons diagnosed diagnosis dial diarrhea diary dice did die died diego dies diet
dietary differ different differently differs difficult dig dine dinner dire direct directions directly
dirt dirty dis disabled disagree disc disclosure disconnect discover discovery disease dish dishes
disorder disorders display disproven disputed distress dive divided divorce dizziness dizzy do doctor
doctors document does dog dogs doing doll dollar dollars domestic done dont donuts doo door doors dopamin
dopamine dosage dose doses dosing dot double doubt dough dove down downtown dozen drag drained drank draw
drawer dream dress drew drill drink drinking drinks drive driver drivers driving drop dropped dropping
drove drown drowning drowsy drug drugs drum drunk dry drying dte dublin due dug dull dump during dust
duty dye dyed dyeing dying each ear early earn earned earth ease eases easiest easily easter eastern easy
eat eating ecg economy edge edit effect effects effexor egg eggs eight either elbow elder electric
electricity elephants elevated else elses elsewhere elvanse elvis email embarrassed embassy emergency
empire employed employer employers employment empty enabling encrypted end ended ending endorphins ends
enemy energy engine england english enjoy enough enrolled enter entertainment entire enzyme enzymes
epilepsy equal equivalent erase error escape essay est eta euro europe euros evanescence evans even
evening event events ever everest every everyone everything everywhere evidence exact exactly exam
example except exceptions exchange excuse exercise exhausted exist existence exit expect expected
expensive experience experts expiration expire expires expiring expiry explain export exposed express
extent extra extract extraction extracts extreme eye eyeing eyes face facebook fact factory facts fade
fail failed faint fainted fainting fair faith fake fall fallen falling falls false familiar families
family famous fan fantastic far fargo farm fast faster fat fatal father fault favorite fda fdas fear
feature february fed federal fee feed feeding feel feeling feels fees feet fell fella fellow felt female
fence fentanyl fever feverish few fewer field fifteen fifth fight figure figuring file fill film films
final finally find finding findings findtreatment fine finger finish fire firm firmer firms first fish
fishing fit fits five fix flange flash flat flea flew flight flights flip floor floppy florida flour flow
flower flu fluid fluids fluoxetine flush fly flying focus focused fog foggy fold folding follow followed
following food foods fool foot for force ford forecast forest forever forget forgot fork form forms forth
forum forums forward found four frame france francisco frank fraud fraudulent free freeze freezer french
frequent fresh friday fridge friend friends fries frightened frill from front frontier froze frozen fruit
fry frying fuel full fully fun functional fund funds funeral funny furious furnace furniture further
future gabapentin gain gallon gallons game gang gap garage garden garlic gas gasoline gasping gate gather
gatlinburg gave gear gender general generic gent gentle gentleman german germany germs get gets getting
giant gift gin ginger girl give given gives giving glad glasgow glass glove glue go goal goat god gods
goes going gold golden golf gone gonna good goodbye goods google goose got gotta gotten gout gov
government gps grab grade grain grams gran grand grandad grandma grandpa granny grapefruit grapes grasp
grass grateful gray great greater greece greek green grew grey grid grief grieve grill grim grip groan
groceries grocery gross ground group groups grow growing grown grumpy guanfacine guard guess guest
guidance guide guideline guilt gull gum gumbo gummies gummy gun gurgling gut guts gutted guy guys gym had
hair half hall hallucinating hallucinations halt ham hamburger hand handful handle handles hang hanging happen
happened happening happens happiness happy harbor hard hardly harm harms harsh has hat hate have havent
having hawaii hawaiian he head heading heads heal health healthcare healthy hear heard hearing heart
heartbeat heat heath heavier heavy held hell hello help helped helpful helping helpline helps hepatitis
her herbs here heroin hers herself hey hi hid hidden hide hiding high higher highway hike hill him
himself hip hipaa hire his history hit hits hiv hives hobbies hobby hold holding holds hole holiday home
homework honest honey hood hook hope hopeless hormone horrible horrified horse hospital hot hotel hotels
hotspot hour hours house houston how however hows hug huge hull human humans humid humiliated hundred
hung hungry hunt hurry hurt hurts husband hut hydroxymitragynine ibuprofen ice iceland idea ideas
identify if ihop ill illegal illinois illness imagine immediately imodium impaired import imports improve
improved in inch inches include included including income incorrect increase increased indeed india
indian indiana indonesia info inform information ingredient ingredients ini initial initiate injection
injunction injure injured injury ink inn inner inpatient insane inside instagram instead institute
instructions insurance intend interaction interactions interest interesting international internationally
internet into intuniv invite involved iphone ireland iron irritable irs island israel isso issue ist it
italian italy itching itchy item items its itself itu ive jack jail jakarta jam jamaica james january
japan japanese jaundice jaw jazz jean jeans jerking jerky jerry jet jetblue jfk jim jitters jittery job
jobs joe john joke jokes josh journey joy jude judge judged juice july jump jumped jumping jumpy june
just justice kakuam kansas kaya keep keeps kentucky kenya keppra kept kettle ketum kevin key keys kick
kicked kicking kid kidney kids kill killed killer killers killing killjoy kills kilo kilograms kilometers
kilos kind kindly kinds king kiss kit kita kitchen kitten klonopin knackered knee kneel knew knife knit
knock know known knows korea korean kratom kratoms krypton lab label labeled labels labor labs lack
ladies lads lady lake lakewood lamotrigine lamp land landing landlord lands language large las lasagna
lass last lasts late lately later latest latter latvia lauderdale laugh laundry law lawfully lawn lawrys
laws lawyer lax lay layer lazy lead leaf leak lean learn least leather leave leaves leaving lebron left
leg legal legs lemon lend length les less lesson let lethal lets letter level levelled levels lexapro
lexington liar liberty library license licensed lid lie lies life lifer lifes lift light lights like
likely limb limit limited limits limp line link linked lion lip lips lisa lisdexamfetamine list listed
listen listening lists lit lithuania litter little live lived liver lives living load loan lobster local
locate located locating location lock locked locks lofexidine london lonely long longer longhorn look
looked looking looks loose loperamide lord lorry los lose losing loss lost lot loud louder louisiana love
loved low lower lowers lowest luck lucky luggage lull lump lunch lung lying lyrica lysol macaroni machine
machines macys mad made madison maeng magic magnesium mail mailed mails main maintenance mais make makes
making malaysia male mall man manage manager manhattan manila many maois map march marijuana mark market
marketing maroon marriage married marriot marry mart mary mashed mask masking mass master mastercard
match mate material maternity matey math matter matters mature max may maybe mayo mcdonalds me meal meals
mean meaning means meant meanwhile measure measurement meat meatloaf mechanic media medicaid medical
medicare medicine medicines medium medlineplus meet meeting meetings mein melatonin melted member memory
men mental mention mesa mess message met metal metals meters metformin meth methadone methamphetamine
method methylphenidate mexican mexico mgm miami mice michael michaels midazolam middle midnight midwife
might mike mild milder mile mileage miles military milk milligrams millimeters mimics mind mine minimum
minor minus minute minutes mirror mirtazapine miscarriage miserable misplaced miss missed missing missus
mister misuse misused mitragyna mitragynine mix mixed mixes mixing mobile modafinil mode model moderate
modern modestly mom moment moms monday money monitor month monthly months mood moon mop mopping moral
more morning morphine mortality mortgage mortons most mostly mother motivational motor mount mountain
mouse mouth move moved movements moves movie movies mpg much mud muffins mug mull multiple murder muscle
muscles museum music must my myself mystery nail nails nak naloxone naltrexone name named names nan nana
nar narcan narcotics narrow nasal nashville nasty nation national nations native natural nature naughty
nausea nauseated nauseous navy near nearby nearest neat necessary neck need needed needing needle needs
negative neighbor neighbour neither neonatal nephew nerve nervous netherlands neurologist neurontin never
nevertheless new newborn newborns news newspaper next nhs niacin nice nicht nickel nicotine nida niece
nigeria night nine no nobody nod noel noise non none noodle noodles noon nor normal north nose nostril
not note notes nothing notice notified notify nov november now nowhere nuggets null numb number nurse
nursing nut nutrients nutrition nutritional nyc object obtain obvious occur ocean october odd odds odessa
of off offer offers office officer offices officials often ohare ohio ohios oil okay old older olive
olympia omega omelette on once one ones online only ons onto open opened opening operator opiate opiates
opinion opioid opioids opium option options or orange oranges order ordered orders ordinary organ origin
original originally originate orlando orleans other others otherwise ought ounces our out outback
outbreak outcomes outlet outlets outpatient outside oven over overcome overdose overdosed overdoses
overdosing overkill overnight owe own owner oxycodone pace pacific pack package packet page pages paid
pain painful painkiller painkillers painless paint pair pairs pale pan pancakes panel panels panic
panicky pants paper para paracetamol parc parent parents paris park parole part partial particular partly
partner parts party pas paso pass passed passengers passes passing passport past pasta path patient
pattern pause pauses pay paycheck paychecks payday paying payment payments paypal peace peanut pen penang
people pepper per percent percentage perfect perhaps period permit person personal pesos pet peter pets
pharmacies pharmacist pharmacists pharmacy phenibut philadelphia philippines phoenix phone photo phrase
pick picked picking picture pie piece pig pike pile pill pillow pills pilot pin pinch pink pint pints
pipe pittsburgh pity pizza place placed places plain plan plane planned planning plans plant plants
plastic plate play played player playing playlist please plenty plot plug plugs plunger plus pocket poem
point pointless points poison poisoned poisoning poisons poland pole police policy polite poll polling
pond pool poor pop pope popular por pork port portland portugal portuguese position positive possible
post pot potato potatoes potent potential potentiate pound pounding pounds pour powder powders power
practice pray precipitated prefer pregabalin pregnancy pregnant premium prepare prescribe prescribed
prescriber prescribes prescribing prescription present press pressure pretend pretty prevent prevented
previous price pride priest prince print prison pristiq privacy private prize probation problem problems
procedure process processed produce product products professor program programmed programs project
promise promises promote proof proper properly protect protection protects proud prove proved proven
provide prozac prying psychiatrist psychologist pto pub public published pull pulled pulling pulls pulse
pump punch punched punching pupils puppy purchase purchases pure purple purpose purse purses push pushed
pushes put puts qat qelbree qtips quality quarter que queasy queen question questions quetiapine queue
quick quickly quiet quit quite quote rabbit race racing radio rage rain raise raised raises raising ran
random rang range rap rape raped rapid rapper rare rash rat rate rated rates rather rating ratings raw
reach react read reader ready real really reason reasoning reasons receive received recent recently
receptor receptors recipe recognized recommend recommendations recommended record records recover
recovers recovery red reddit redeem redemption redrobin reduce refer referring refrigerator refund
refuses regarding regions regret regular regularly rehab rehydration relapse relapsed relate related
relatives relax relaxers release relief rely remain remaining remedy remember remind reminded reminder
reminders remove rename reno rent rental repair repeat repeated replace replaced replacement reply report
reported reporting reports request requesting require required rescind rescue research researchers
reservation reservations reserve reserved reset resin respond response responses responsible rest restart
restaurant restaurants restless restore restrictions rests result results retirement return returning
returns revert review reviewed reviews reward rewards rhode rhythm ribs rice rich rid ride riding right
ring ripe rise rising risk risks risky ritalin river road roadkill roast rob robby robin robot rock roger
role roll rolled rolling rollover romania rome roof room roommate rooms root rope rose rotten rough round
roundtrip route routines routing row royal rub rubbish rubles ruby ruin rule ruled rules run running
runny runs rush russia russian rust ruths sack sad sade safe safety safeway said sail sal salad salary
sale salem saliva salmonella salt salts sam same san sand sang sarah sat saturday sauce sausage save
saved saving savings saw say saya saying says scale scan scar scare scared scary schedule scheduled
school schwab science scoop score scotland scratch scratched scream screen screens sea seafood search
season seat seated seattle second seconds secret section sedative sedatives see seed seeing seeking seem
seems seen sees seized seizing seizure seizures self sell seller sellers selling seltzer send sense sent
separate september serious seroquel serotonin sertraline serve service serviced set sets setting settings
settle settled seven several severe sew sex sfo shade shadow shake shakes shaking shaky shall shallow
shame shamed shape share shared shark sharp shattered she shed sheep sheet shelf shell shepherds shift
shine shingle shingles ship shipped shirt shit shock shoe shoes shoot shooting shop shopping shops shore
short shortage shot shots should shoulder shout show shower showing shown shows shrill shrimp shut shy
sick side sided sides sidetracks sighing sign signal signed signs silent silly silver sim simple
simulator since sing singapore single sink sioux sips sir siri sister sit site sites sitting situation
six size skill skilled skillet skills skin skins skip sky slap slave sleep sleepiness sleeping sleepless
sleepy slept slice slide sliding slight slim slip slit slitting slow slowed slower slowly slug sluggish
slump slumped small smallest smart smell smile smith smoke smoking smooth snack snake snap snapchat snore
snoring snow so soap sober sobriety soccer social sock socket soda sofa soft soften soil sold soldier
solicitor solid some somehow someone something sometimes somewhere son song songs soon sooner soothe sore
sorry sort sorts soul sound sounds soup sour source sources south southeast southern southwest space
spaghetti spain spanish spare sparks speak speaker speakers speaking speaks special specialist specific
speciosa speech speed speeds spell spelled spelling spend spending spent spike spill spin spirit spit
split spoke spoon sport spot spots spray spread spring sprint square stab stabbed stabbing stable stadium
staff stage stair stairs stamp stand standard standing star starbucks stare start started starting starts
state statement states statin statins station statue status stay stays steady steak steakhouse steal
steam steel steep step steps steve steven stick sticky stiff stigma still stimulant stimulants stink stir
stock stole stolen stomach stone stood stool stools stop stopped stopping stops store storm story
straight strain strains strange strangled strangling strattera street strength stress stretch strict
stricter strike string strip strips stroke strong stronger strongly stuck student studied studies study
stuff stupid style sub subjects submit submitted suboxone substance substances substitute subway success
such sudden suddenly suffer sugar suggest suggestion suggestions suicidal suicide suit suitcase suite sum
summer sun sunday sunny super superficial supervisor supper supplement supplements supply support
supports suppose supposed sure surface surgeon surgery surprise surprises survey survive sushi suspicious
suv swallow swallowed swap swapping sweat sweating sweaty sweden swedish sweep sweet sweets swell
swelling swim swing switch switched swollen sword symptom symptoms syndrome synonym system table tables
tablespoons tablet tablets taco tacos tail tails tak take taken takes taking tale talk talking tall
tallahassee tampa tank tap tape taper tapering target tartine task tasks taste taught tax taxes taxi tea
teach teacher teaching team teams tear tears teas teaspoons teen teenagers teens teeth telegram tell
telling tells temp tempe temper temperature ten tend tennessee tent term terminate terms terrible
terrified test tested testing tests texas text tgi thai thailand than thang thank thanks that thats the
theater their them themselves then therapist therapy there therefore theres thesaurus these they thick
thief thin thing things think thinking thinks thinners third thirsty thirty this thom those though
thought thoughts thousand threat threaten threatened threatening three threw thrill throat through
throughout throw throwing thrown thumb thunder thursday tianeptine ticket tickets tidak tidy tie tied
ties tight tightly tiktok till tilt time timer times timezone timing tin tiny tip tips tire tired tires
title to toast today toddler todo toe together toilet tokyo told tolerance tolerates tom tomato tomatoes
tomorrow tomorrows ton tone tongue tonic tonics tonight too took tool tooth top torn toronto toss total
touch tough tour tourist tow toward towards towel tower town toxic toy traces tracing track trade traffic
train training tramadol transaction transactions transfer transferring translate transplant trap trash
travel traveling travelling trazodone treat treated treating treatment treatments treats tree trenton
trial trials trick tried trip trivia trouble truck true trunk trust truth try trying tube tuesday tuna
tune turkey turmeric turn turned turning turns twelve twice twin twist twitchy two tying tylenol type
types typical typically typing uber ugly umami una unaliving uncle unclear unconscious und under
underpants understand undo une uneven unevenly unhappy union unit united university unknown unless
unproven unresponsive unsafe unsync until untuk unusable up update upon upset upstairs urge urgent urine
uruguay us usaa usbank usd use used useful useless user uses using usual usually utilities utilize
vacation vaccination vaccinations vaccines valid valium valley value van varies various vary vast vee
vegas vehicle vein veins vendor vendors venlafaxine verb verify verizon vermont very vet via victim video
vietnam vietnamese view village viloxazine vinegar violence violent virgin virginia virus visa visas
visine visit vital vivitrol vodka voice volume vomit vomited vomiting vote vying vyvanse wage wages wait
waiting wake wakes waking wal wales walk walking wall wallet walmart wanna want wanted wanting wants war
ward warfarin warm warn warned warning warns wary was wash washing washington waste watch watched
watching water watering watery wave way ways we weak weapon wear wears weather web website websites
wedding wednesday week weekend weeks weigh weight weird welcome well wellbutrin wells wendys went were
west western wet what whatever whats whatsapp wheel wheezing when whenever whens where wheres wherever
whether which while whisper whispering white who whoever whole whose why wide widow wife wild will win
wind window wine wing wings winter wipe wiper wiping wire wireless wisconsin wise wish with withdrawal
withdrawals withdrew within without wobbles wobbly woke woken wolf woman womb women won wonder wondering
wont wood wool word words wore work worked working works world worn worried worry worse worst worth
worthless would wound wrap wrist wrists write writing written wrong wrote xanax xfinity xylazine yakamoto
yang yard yards yawn yawning yeah year years yell yellow yen yens yes yesterday yet yogurt york you young
your youre yours yourself youth youtube zealand zen zesty zeus zip zoloft zone zoo
"""
COMMON = frozenset(_WORDS.split())

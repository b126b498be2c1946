"""The words with which a clinical reader asks, sorted by what they are worth when a text is searched for them.

Owns words that ask and carry no matter of their own, and groups of words that trials use for one another. What one paper alone
equates is `paper.names`'. Nothing here belongs to one disease.
"""

from functools import cache, lru_cache

from journal_club.answering.coverage import everyday
from journal_club.answering.spelling import american
from journal_club.paper.words import Word, words
from journal_club.statistics.number_words import NUMBER_WORDS

__all__ = ["clinical_stems", "effect_stems", "general_stems", "is_known", "matched_stem", "same_stems", "stem", "stems", "verb_stems"]

_GENERAL = """
a about above according account across actual actually add added addition address affect aforementioned after again against aim allow
also alternative although always among amount analyse analysis analyze answer any anything appear applicable application apply appraise
appraisal approach appropriate approximately area argue argument around article aspect assess assessment associate association assume
attending author authors available aware background based basis because become before begin being believe below benchmark best better
beyond bit both brief briefly bring broad calculate call can capture care careful carefully carry case category caveat challenge change
characterise characterize check choice choose claim clarify clear clearly clinical clinically clinician colleague collect come
comment committee common commonly compare comparison compelling conclude conclusion concern concerning condition conduct confident
confirm consequence consider consideration considering consist constitute contain content context contrast contribute
correct could critical critically critique current currently daily data day-to-day deal decide decision decision-making deem
define definition demonstrate depend derive describe description design despite detail details determine develop difference different
differ differently digest directly discuss discussion display do doctor document done draw drive drug during each easily editor effect
eliminate elaborate else employ encounter enough ensure entire especially essentially establish estimate evaluate evaluation every everyone
evidence exact exactly examine example exist expect expected explain explore express extent extra fact factor fair fairly far feel fellow
field figure final finally find finding findings first fit focus follow following force form found framework frame frequently full fully
further future general generally get give given global goal good great group guide happen happened hard help high-yield highlight
hold how however idea identify illustrate imagine impact implement implication implications imply important importance importantly
include included including indeed indicate individual individually infer influence inform information initial initially insight
instead integrate intend interest interesting interpret interpretation intervention introduce investigate investigator investigators
involve issue item judge justify keep key kind know knowledge large largely lead lead-time least less let level light like likely
limit limited list little look lot low main mainly major make manage management manner many match matter maybe mean meaning
meaningful measure mention merely method might mind more most mostly move much name namely need needed new next nature note notable notably
novel now number observe observed obtain obvious occur offer often one ongoing only open opinion option order original other others
otherwise
outline overall overview page paper paragraph part particular particularly pattern people perform perhaps period person
perspective persuasive phase phd physician picture place plausible play please point policy position possible possibly potential
potentially practical practically practice precise precisely present presented previous previously primarily primary principal prior
probably problem procedure proceed process produce proof propose prove provide publication publish published purpose put
question quick quickly quite quote raise range rather rationale reach read reader real really realistic reason reasonable reasonably receive
recent recently recommend recommendation record refer reference reflect regard regarding regimen relate related relation relationship
relative relatively relevance relevant reliable rely remain remark report reported represent require researcher researchers resident
respect respectively rest result results review reviewer reviewing role routine routinely safe same say says scenario scrutinise
scrutinize second section see seek seem select selection sense serious set several shape shift short should show shown
significance significant significantly similar similarly simple simply since single situation small so some something sort
source special specific specifically specify stand standard start state stated statement still strength strategy
strong strongly student studied studies study subject subsequent substantial succeed such sufficient suggest suggestion
suitable suitability summarise summarize summary suppose sure surely system systemic table take takeaway takeaways talk tell tend term
test text therapy thing think thought through throughout thus time timeline timeframe today together tool top topic total
treat treated treatment trial true truly trust truth try type typical typically ultimately undergo underlie underlying understand
understanding undertake unique update updated upgrade usage use used useful using usual usually utility valid value various vary
versus via view vs want warrant way weigh weight-of-evidence well whether whole wide widely will wonder word work worth would write year-
on-year
yes yield agree whose whom versus versus-arm shall suitable convince convincing assume inference infer interpretable justified
criticise criticize defend impress impressive favour favor favorable favourable favoured journal club presentation audience translate
translation caution cautious realise realize recognise recognize acknowledge emphasise emphasize deliver attribute happen arise
come-from comparative compared comparing versus-control arm arms armed cohort cohorts participants participant patient patients subjects
intend meant reporting describe described investigated examined tested administered administer administration assigned looked versus
third long part took got gave never ever no not without busy agent instrument percentage percentages proportion rate rates class
type types minimum
maximum minimal
maximal range average numbers last latest earlier early late later bottom line lines main-point message short-term specifics thoroughly
basic
exactly-one scope extend extension generalise generalize implemented necessarily necessary strictly essentially merely real-world
plain alone worry worried seen saw came become became known knew told wrote written chose chosen enter entered survivor survivors whole
besides apart exist instance volunteers volunteer
"""

_VERBS = """
achieve address affect allow analyse analyze appear apply appraise argue ask assess associate assume attribute become begin believe
calculate call characterise characterize claim clarify collect come comment compare conclude conduct confer confirm consider consist
constitute contribute convey critique critically decide define deliver demonstrate depend derive describe determine develop differ
discuss display does done draw eliminate elaborate emerge employ encounter ensure establish estimate evaluate examine exist
expect experience explain explore extend feel find follow found generalise generalize get give given happen happened help identify
illustrate
imagine imply include including indicate infer influence inform integrate interpret introduce investigate involve judge justify keep know
lead let
look make matter mean measured meet mention need observe obtain obtained occur offer perform place pose present prove provide put raise
reach read receive recognise recognize recommend reflect regarding rely remain report represent require result reveal
say scrutinise scrutinize see seem serve show shown specify specifically stand stated suggest summarise summarize take talk tell tend test
think translate treat treated try undergo underlie undertake took got gave went began found made held led done chosen use used using vary
warrant weigh went were wonder write yield considering
seen saw came become became known knew told wrote written chose bind act interact attack kill added adding giving getting happened
influenced differ affected administered assigned reported compared described investigated tested examined looked
"""

_EFFECTS = """
improve increase reduce decrease lower raise enhance affect alter change modify predict correlate prevent cause induce worsen benefit
protect promote
inhibit suppress delay accelerate replace influence mediate contribute enable continue close maintain avoid detect diagnose differentiate
distinguish
account progress want stop start fail succeed justify support favor favour outweigh persist last differ optimise optimize minimise
minimize maximise
maximize restrict facilitate impair compromise reflect exceed match equal outperform work translate outlast lengthen shorten prolong extend
improved increased reduced decreased higher lower greater fewer less more better worse superior inferior larger smaller longer shorter
faster slower
feasible feasibility advantage advantages advantageous disadvantage advisable acceptable acceptability adequate adequately inadequate able
ability
capable waste link modern justified beneficial helpful harmful worthwhile valuable desirable preferable equivalent noninferior sufficient
reasonable
fast fastest slow slowest best worst highest lowest safer cheaper stronger weaker beat link linked heal help worth sooner quicker
viable inevitable inevitably spontaneously aggressive promising dangerous risky option options predictor predictors successful optimal
ideal correct
complicate complicated accurate accurately effectively efficacious suitable trend effective
"""

_SAME = """
blind masked blinding masking open-label unblinded double-blind single-blind double-blinded single-blinded double-masked observer-blind
enrol enroll recruit randomise randomize sample participate allocate entered accrual assigned take-part
control comparator placebo sham comparison
adverse side-effect toxicity complication safety tolerability harm tolerated side-effects tolerate
death mortality die dead fatal fatality deceased
cost price expense expensive economic cost-effective cost-effectiveness
fund sponsor funding financed grant sponsorship paid pay
centre center site hospital multicentre multicenter single-centre single-center multi-centre multi-center setting
country nation location global worldwide international setting settings
registered registration nct isrctn clinicaltrials.gov identifier registry
ethics ethical consent irb
follow-up followed follow followup
qol quality-of-life quality
efficacy effective effectiveness efficacious
reduce lower decrease decline drop fall fell diminish reduction less fewer smaller
increase rise elevate higher greater raise more
improve better ameliorate superior enhance improvement benefit gain superiority
worsen deteriorate worse inferior worsening
withdraw discontinue dropout drop-out attrition withdrawal withdrawn discontinuation
eligible inclusion criteria eligibility include entry qualify
exclude exclusion ineligible
relapse recurrence recur relapsed recurrent
children child kid paediatric pediatric
infant neonate newborn baby neonatal
elderly older aged
women woman female females girl girls
men man male males boy boys
surgery operation operative surgical
heart cardiac
kidney renal
liver hepatic
lung pulmonary
brain cerebral
tumour tumor cancer neoplasm malignancy carcinoma malignant
bleed haemorrhage hemorrhage bleeding
intention-to-treat intent-to-treat itt
limitation weakness drawback shortcoming
objective aim purpose hypothesis goal investigate evaluate
endpoint outcome end-point endpoints
duration length long
conclude conclusion conclusions
finding result results findings
prevent avoid prevention prophylaxis
cause due attributable
age aged old year-old
dose dosage dosing
incidence occurrence frequency rate
lose lost loss
begin began begun onset start started
fall fell fallen
rise rose risen
grow grew growth
bleed bled
software spss sas stata program programme
statistical anova t-test wilcoxon chi-square friedman mann-whitney fisher kruskal regression ancova
predict predictor prediction predictive
relate correlate associate association correlation
approve approval licensed license
overweight obese obesity
vomit vomiting emesis
hypertension hypertensive
diabetes diabetic
infect infection infectious
fever febrile pyrexia
x-ray radiograph radiography radiographic
mri magnetic
happy happier satisfied satisfaction
tired fatigue tiredness exhaustion
itch itching pruritus
hungry hungrier hunger
eat eating intake consume consumption
veg vegetable
smoke smoking smoker tobacco
pig porcine swine
mouse mice murine
dog canine
pregnant pregnancy gestation gestational antenatal prenatal
physician doctor clinician
medication medicine drug
pill tablet capsule
jab vaccine vaccination vaccinated
drip infusion intravenous
phone telephone call
web website online internet
village community
stomach gastric
bowel intestine intestinal gut
skin cutaneous dermal
eye ocular
bone skeletal
muscle muscular
tooth teeth dental
swelling oedema swollen
breathing respiration respiratory
seizure convulsion
anxious anxiety
depressed depression depressive
black african-american
white caucasian
nauseated nausea
video film
survey questionnaire
ultrasound sonography ultrasonography ultrasonographic ultrasound-guided
""".strip()

_CLINICAL = """dose dosage patient patients trial study arm placebo randomised randomized survival response relapse remission toxicity
adverse
    hazard ratio confidence interval endpoint outcome mortality death treatment therapy drug disease diagnosis cohort blinded
    follow-up efficacy safety comparator intervention participants enrolled p-value median subgroup regimen infusion cancer clinical
    surgery symptoms prognosis progression"""
"""Words that show a question to be a clinical one, whatever it asks of."""


@cache
def _number_words() -> dict[str, str]:
    """Digits of the stems of number words up to ninety-nine."""
    return {american(words(word)[0].stem): str(number) for word, number in NUMBER_WORDS.items() if number > 1}


def matched_stem(word: Word) -> str:
    """What a word is compared by: its stem, British spelling made American, a number word in digits."""
    return _compared(word.stem)


@lru_cache(maxsize=65_536)
def _compared(stem_: str) -> str:
    return _number_words().get(folded := american(stem_), folded)


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words in order, as they are compared."""
    return tuple(matched_stem(word) for word in words(text))


@cache
def stem(word: str) -> str:
    """The stem of one word, British spelling made American; the word itself when it has none."""
    return next(iter(stems(word)), word.casefold())


@cache
def general_stems() -> frozenset[str]:
    """Stems of words that a question asks with: their absence from a text says nothing."""
    return frozenset(stem(word) for word in f"{_GENERAL} {everyday.ASKING} {everyday.PARTING}".split())


@cache
def verb_stems() -> frozenset[str]:
    """Stems of general verbs: a noun phrase ends before them."""
    return frozenset(stem(word) for word in f"{_VERBS} {everyday.PARTING}".split())


@cache
def clinical_stems() -> frozenset[str]:
    """Stems of words that show a question to be a clinical one, whatever it asks of."""
    return frozenset(stem(word) for word in _CLINICAL.split())


@cache
def effect_stems() -> frozenset[str]:
    """Stems of words that say what something does or is worth: the answer of a yes-or-no question, not what it looks for."""
    return frozenset(stem(word) for word in _EFFECTS.split())


@cache
def _groups() -> dict[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    for line in f"{_SAME}\n{everyday.SAME}".splitlines():
        group = frozenset(stem(word) for word in line.split())
        for member in group:
            groups[member] = groups.get(member, frozenset()) | group
    return groups


def is_known(stem_: str) -> bool:
    """Whether it is known here in what other words trials write this one, none though there be ("diabetes", "diabetic")."""
    return stem_ in _groups()


def same_stems(stem_: str) -> frozenset[str]:
    """The stems that trials use for this one, itself included."""
    return _groups().get(stem_, frozenset()) | {stem_}

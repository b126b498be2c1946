"""Synonyms: words that say the same in any trial's report, and words that say nothing of their own.

Owns the two tables. A line is one meaning; a word may stand in several. Nothing here belongs to one disease or one paper, and no line joins
what a reader must tell apart: directions, negations and designs have rules of their own.
"""

__all__ = ["FREE", "SAME"]

SAME = """
mortality death die died dying deceased fatal
patient participant person people subject individual adult enrollee case
benefit improvement gain advantage favour
improve better superior benefit favour
trial study investigation
arm group cohort
control comparator standard-of-care standard usual triplet
report publish describe
treat treatment therapy therapeutic regimen
receive get got given administer treated infuse infusion infused
receive send sent mail mailed deliver delivered
infusion infused infuse
drug medication agent medicine
randomize randomise randomly assign allocate rct randomization randomisation assigned
versus compare compared comparison against than relative
average mean
reduce reduction lower decrease decline fewer less fall fell drop reduced
increase higher greater more raise rise rose elevate
prolong longer extend lengthen
short shorter
adverse side toxicity toxic harm safety
event effect outcome endpoint
outcome endpoint end-point
response respond responder
relapse recurrence relapsed recur
refractory resistant nonresponsive
before prior previous earlier previously early former
begin start initiate onset initial
therapy-line line
bias biased
introduce cause lead result produce
limitation limit weakness drawback caveat
estimate ratio
hazard risk
likely probability chance odds
expertise specialist specialized specialised experienced expert
manage management handle care
require need necessitate
serious severe
occur happen arise experience develop
include comprise contain consist involve
predominantly mostly mainly primarily chiefly
due because owing attribute cause
month duration follow-up
worldwide global international
open-label unblinded
center centre site multicenter multicentre
single one sole
age old aged year
approximately about around roughly nearly
notable substantial considerable
portion proportion share fraction percentage rate percent
infection infectious
surgery operation surgical operate
women woman female girl
men man male boy
child pediatric paediatric children
baseline initial
significantly significant
similar comparable balanced equal alike
enroll enrol recruit include enrolled
evaluate assess assessment measure evaluation examine investigate test
show demonstrate establish
wait await
never not no
crossover cross-over cross
blind mask blinded
highlight show underline underscore
design designed
approve approval
add added addition plus combine combined combination
move shift moving
pregnancy pregnant antenatal gestation gestational
hospitalization hospitalisation admission admit hospital hospitalized inpatient
stop discontinue withdraw quit cease halt discontinuation withdrawal
complete finish completion completer
heart cardiac
kidney renal
lung pulmonary
liver hepatic
brain cerebral
sugar glucose glycemic
fever pyrexia febrile
vomit emesis
bleed bleeding hemorrhage haemorrhage
clot thrombosis thrombotic
cancer malignancy tumor tumour carcinoma neoplasm
newborn neonate neonatal
baby infant
teenager adolescent teen
elderly older
pain ache painful
itch pruritus
swell swelling edema oedema
birth delivery born deliver
smoke smoking smoker cigarette tobacco
vaccine vaccination vaccinate immunization immunisation
tablet pill capsule
daily day
weekly week
monthly month
yearly annual year
exercise training
diet dietary nutrition
sleep insomnia
score scale rating
questionnaire survey
interview interviewed
fund funding sponsor sponsored pay paid support
recover recovery recovered
heal healing healed
random randomly chance
match matched identical
conceal hide hidden
home domiciliary
telephone phone call
aim objective purpose goal target
main primary principal chief key
planned prespecified pre-specified predefined
length duration
missing incomplete unavailable absent
rare rarely uncommon infrequent
allow permit
eligible qualify
exclude ineligible excluded exclusion
gap difference
country nation
physician doctor clinician
nurse nursing
learn taught teach education educational
volunteer participant
test assay
dose dosage dosing
persist last continue
total overall altogether
half fifty
entire whole
nobody none
unaware blinded masked
measure reading value level
filtration gfr egfr
potassium hyperkalemia
stimulation stimulate
depression depressive
anxiety anxious
remission remit
infect infection
common frequent
adrenaline epinephrine
noradrenaline norepinephrine
paracetamol acetaminophen
salbutamol albuterol
pethidine meperidine
furosemide frusemide
implant component prosthesis
trainee resident
work works worked effective efficacy
eat eaten intake consume consumption diet dietary
attrition dropout withdraw withdrawal discontinue
keep kept maintain maintained
reach achieve attain
live living alive survive survival
add introduce
sd deviation
"""
FREE = """
    vs p n
    place last carry conduct perform undertake undergo
    show find report observe see note state say demonstrate indicate suggest reveal describe mention conclude finding result
    data evidence analysis study trial paper page digest article author investigator researcher text passage source reader overall
    also however therefore thus moreover additionally furthermore specifically notably importantly respectively compare versus
    respect regard term thereby whereas although despite use take make have give provide include come remain become appear seem
    relate associate according base refer mean value figure number point statistic estimate toward
    towards design call felt feel measure group arm patient participant
    people level well still already yet even only both two first second follow set main key key-finding primary
    important one way part answer question ask know consider whether while since likely favour given
    taken took got neither s ci enrol enroll enrolled eligible define defined least common
    roughly record recorded kind class classify numerical numerically little lot visit reading everyday whichever thought think
    frequent frequently often commonly seen differ differed difference happen occur develop
    apply applies hold holds gave go goes went run ran idea behind whole across read handle handled impute imputed cover
    entire entirely comprise against look carried test tested population status experiment help price precede preceded
    serve draw drawn made reach rest examine put count counted present presented stop stopped lie lies came told name named list
    listed contribute obtain obtained consist concern
    otherwise merely simply together exception except component
    top pattern side step site event time analyze analyzed analyse single
    sound without content turn else further again once per each other another such same
    found shown said saw known stood stand bring brought became back split contrast end
    contain word particular room pass passed structure agree agreed yield nearest mistake basis
    headline different differently itself themselves oneself quite rather
    """.split()  # noqa: SIM905

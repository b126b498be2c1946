"""Paraphrases: phrases that readers and trials use for one another, in the words of the ward, of the street and of the report.

Owns groups of names of several words. Single words that mean the same are `vocabulary`'s; what one paper alone equates is
`paper.names`'. Nothing here belongs to one disease.
"""

import re
from dataclasses import dataclass
from functools import cache

from journal_club.paper.words import words

__all__ = ["Paraphrase", "known_spans", "paraphrases"]

# Names side by side stand for each other; names behind the bar answer those before it, and not the other way round.
_GROUPS = """
side effects / side effect / adverse effects / adverse events / adverse event / adverse reactions / adverse drug reactions / toxicities
    / toxicity / toxic / go wrong / went wrong / harms / safe / safer / safety
    | complications / tolerability / tolerated / treatment-related deaths
serious adverse events / serious adverse event / serious side effects / serious side effect / serious adverse reactions / serious
    toxicity / serious toxicities / serious harms / SAE | assessed as serious
patient-reported outcomes / patient-reported outcome | patient-reported / quality of life / symptom worsening
felt better / feel better / felt worse / feel worse | patient-reported / quality of life / symptoms / well-being
blood sugar / blood sugars / sugar levels / blood glucose / glycaemia / plasma glucose | glucose / glycaemic / HbA1c
A1c / HbA1c / HbA~1c~ / glycated haemoglobin / glycosylated haemoglobin / haemoglobin A1c
blood thinner / blood thinners / anticoagulant / anticoagulants / anticoagulation
preceded / precede / came before / come before / happened before | following / prior to / preceding
high blood pressure / hypertension / raised blood pressure
low blood pressure / hypotension
blood pressure / BP / arterial pressure | systolic / diastolic / SBP / DBP
heart attack / heart attacks / myocardial infarction / myocardial infarctions
heart failure / cardiac failure
heart rate / pulse rate
heart rhythm | arrhythmia / arrhythmias / fibrillation
kidney function / renal function | creatinine / eGFR / glomerular filtration rate
kidney disease / renal disease / renal impairment / renal failure / CKD / kidney failure / poor kidney function / renal insufficiency
lung function / pulmonary function | FEV1 / spirometry
liver function / hepatic function | transaminases / liver enzymes
ejection fraction / LVEF
pain relief / pain control / painkilling | analgesia / analgesic / pain score / pain scores
painkiller / painkillers / analgesic / analgesics
laughing gas / nitrous oxide / N2O
water pill / water pills / diuretic / diuretics
gut flora / gut microbiota / intestinal microbiota / microbiome / microbiota / gut bacteria / intestinal flora
body weight | weight
birth weight / birthweight / weight at birth
babies weigh / baby weigh / babies weight | birth weight / birthweight
weight loss / lose weight / lost weight | weight
home from hospital / home from the hospital / get home / got home / go home / went home / sent home / leave hospital / left hospital
    / out of hospital / leave the hospital | discharged / discharge / hospital stay / length of stay
heart tracing / heart tracings / heart trace / tracing of the heart | electrocardiogram / ECG / electrocardiography / QT interval
hospital stay / stay in hospital / length of stay / days in hospital
admitted to hospital / hospital admission / hospital admissions / hospitalisation / hospitalization / hospitalised / hospitalized
preterm birth / premature birth / preterm delivery / prematurity / born early
caesarean section / caesarean / cesarean section / C-section / caesarean delivery / cesarean delivery
pregnancy loss / miscarriage / spontaneous abortion
sugar pill / placebo
save lives / saves lives / saved lives / saving lives / prolong life / live longer / lived longer | mortality / overall survival / death
stay alive / stayed alive | survival
risk of death / risk of dying / chance of dying / chances of dying / death rate / death rates | overall survival / mortality / deaths
cope with / coped with / cope well / put up with | tolerated / tolerability
big enough / large enough / enough patients / enough people / enough power / adequately powered | power / underpowered
quality of life / QoL / HRQoL / health-related quality of life | well-being / SF-36 / SF-12 / EQ-5D / EQ-5D-5L / EQ-5D-3L / QLQ-C30 / KCCQ
    / PedsQL / utility
all-cause mortality / death from any cause / deaths from any cause / overall mortality / all-cause death / total mortality
    / died of any cause / died from any cause
cognitive impairment / dementia / Alzheimer's disease
cancer came back / come back / came back / comes back / coming back | relapse / recurrence
drop out / dropped out / lost to follow-up / lost to follow up / make it to follow up / quit early
    / dropouts / drop-outs / went off study / go off study / came off study | withdrew / withdrawal / discontinued /
    did not complete
unaware of the allocation / unaware of allocation / kept unaware / in the dark / kept in the dark / blind / blinded / blinding
    / double blind / double-blind / single blind / masked / masking / knew which / know which / knew what
    / know what / tell which / tell what / guess which / guess what / guessed which / work out which / worked out which | guessed
    / open label / open-label / unblinded / single-blind / assessor-blinded / observer-blind / unaware / sham
alike at the start / similar at the start / comparable at the start / balanced at the start / same at the start / comparable before
    / similar before / alike before / balanced before / same before / to begin with / at the outset / matched at the start | baseline
back at work / back to work / return to work / returned to work | sick leave / absence
stop treatment / stopped treatment / stopping treatment / came off treatment | discontinued / discontinuation
low mood | depression / depressive symptoms
throwing up / threw up / throw up / being sick / vomiting / emesis
hair loss / alopecia
shortness of breath / dyspnoea / breathlessness
low platelets / low platelet count / thrombocytopenia
low white cells / low white count / low neutrophils / neutropenia
low red cells / low haemoglobin / anaemia
blood clot / blood clots / clots | thrombosis / thromboembolism / thromboembolic / embolism
body mass index / BMI
brain scan / brain scans / head scan | MRI / fMRI / magnetic resonance imaging
ventilator / breathing machine / artificial ventilation / mechanical ventilation / invasive ventilation
intensive care / ICU / intensive care unit / critical care
operating time / operative time / duration of surgery / length of surgery
family doctor / family doctors / general practitioner / general practitioners / GP / GPs
blood test / blood tests | serum / plasma
standard care / standard of care / usual care / standard treatment
mechanism of action / mode of action / mechanism / way of working | CAR T-cell / inhibitor / antagonist / agonist / blocker / antibody /
    inhibits / blocks / stimulates / binds / targets / receptor / vaccine / hormone / analogue
confidence interval / confidence intervals / 95% bounds / uncertainty around it / uncertainty around / margin of error / error bars | CI
followed up / followed / tracked / kept an eye on / observed for | follow-up / followed for
uptake / take-up / coverage
fake treatment / fake pill / fake pills / dummy pill / dummy pills / dummy treatment / dummy drug / sugar pills | placebo / sham
have a fit / had a fit / having a fit / fits / convulsions / seizures / seizure
jab / jabs | vaccine / vaccination / vaccinated
fully well / got well / get well / back to normal | remission / recovery / recovered
gliflozin / gliflozins / SGLT2 inhibitor / SGLT2 inhibitors / SGLT-2 inhibitors | sodium-glucose cotransporter 2 / SGLT2i / dapagliflozin
    / empagliflozin
gliptin / gliptins / DPP-4 inhibitor / DPP-4 inhibitors | dipeptidyl peptidase-4 / sitagliptin
ACE inhibitor / ACE inhibitors | angiotensin-converting enzyme / ramipril / enalapril / lisinopril / perindopril / captopril
SSRI / SSRIs | selective serotonin reuptake / fluoxetine / sertraline / citalopram / escitalopram / paroxetine
PPI / PPIs / acid blocker / acid blockers | proton pump / omeprazole / pantoprazole / esomeprazole / lansoprazole
steroid / steroids / corticosteroid / corticosteroids | dexamethasone / prednisone / prednisolone / methylprednisolone / hydrocortisone
statin / statins | atorvastatin / simvastatin / rosuvastatin / pravastatin
beta blocker / beta blockers | beta-blocker / metoprolol / bisoprolol / carvedilol / propranolol / atenolol
NSAID / NSAIDs / anti-inflammatories | ibuprofen / naproxen / diclofenac / nonsteroidal
K+ / potassium
health economics | cost / cost-effectiveness
planned beforehand / planned in advance / planned ahead / decided beforehand / decided in advance / pre-planned / preplanned / prespecified
    / pre-specified | predetermined / a priori / post hoc / exploratory
big baby / big babies / large baby / large babies | macrosomia / large for gestational age / LGA
small baby / small babies / tiny baby / tiny babies | small for gestational age / low birth weight / SGA
deliver surgically / delivered surgically / surgical delivery / operative delivery | caesarean / cesarean / C-section
sugar control / diabetes control | glycaemic control / HbA1c
waist size / waistline | waist circumference
blood count / blood counts | haemoglobin / platelets / neutrophils
kidney injury / kidney damage | nephrotoxicity / creatinine
liver injury / liver damage | hepatotoxicity / transaminases
pain rating / pain ratings | VAS / visual analogue scale / numeric rating scale / pain score
collapsed lung | pneumothorax
chest infection / chest infections | pneumonia / respiratory infection
water infection / water infections / bladder infection | urinary tract infection / UTI
memory loss | dementia / cognitive impairment
underactive thyroid / hypothyroidism
overactive thyroid / hyperthyroidism
skin rash / skin rashes | rash
sick to the stomach / sick to their stomach / felt sick to their stomach / feel sick to the stomach / felt sick to the stomach
    / feel sick / felt sick / feeling sick / queasy | nausea
muscle breakdown / muscles break down / muscle damage | rhabdomyolysis / myopathy / creatine kinase
hypos / hypo / low blood sugar / low blood sugars / low glucose | hypoglycaemia / hypoglycemia
high cholesterol / raised cholesterol | hypercholesterolaemia / LDL
stomach ache / tummy ache / belly pain / stomach pain | abdominal pain
loose stools / loose motions | diarrhoea / diarrhea
heartburn | reflux / dyspepsia
nosebleed / nosebleeds | epistaxis
fainting / fainted / passed out | syncope
irregular heartbeat / heart flutter | atrial fibrillation / arrhythmia
mini-stroke / mini stroke | transient ischaemic attack / TIA
water retention / fluid retention / swollen legs / swollen ankles | oedema / edema
pins and needles / tingling | neuropathy / paraesthesia
joint pain / sore joints | arthralgia
muscle pain / sore muscles / muscle aches | myalgia
mouth sores / sore mouth / mouth ulcers | stomatitis / mucositis
grade 3 or higher / grade 3 or worse / grade 3 or above / grade 3-4 / grade 3+ / G3+ / G3-4 / high-grade | grade 3 or 4
treatment-related fatalities / treatment-related deaths / fatal toxicity / died from the treatment / killed by the treatment
    / deaths from treatment | death related / related to treatment / judged related
up-titrated / uptitrated / titrated / dose escalation / stepped up / built up | doubled / increased every / started at
superior / superiority / statistically better / proven better | superiority / inferior
outcome assessment / outcome assessors / endpoint assessment / endpoint assessors | adjudicated / adjudication / assessors / review
feel worse / feel better overall / wellbeing / well-being / general health / overall health | global health status / quality of life / EQ-5D
recurrent / came back again | relapse / recurrence
spread / spreading / spread elsewhere | metastasis / metastases / metastatic / distant
treatment stopped / drug stopped / medication stopped / stopped the drug / stopped the medication / study medication stopped
    / study drug stopped / came off the drug / give up the drug / gave up the drug | discontinued / discontinuation / discontinuing
crossed over / crossover / switched over / went on to | subsequently received / crossed over
active drug / active treatment / active arm / active group / real treatment / real drug / treated group | intervention group
    / treatment group / experimental group / active
comparison group / comparison arm / reference group / control group / control arm / untreated group / other arm / other group | control
    / controls / comparator / placebo
""".strip()
_NEXT = re.compile(r"\n(?! )")
"""A line that is indented goes on with the group before it."""
GENERAL = frozenset(("harms", "safe", "safer", "safety"))
"""Single names that are general words elsewhere."""


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """Names that a reader may use for one thing, and the names that the text may have for it, which hold the former."""

    asked: frozenset[str]
    written: frozenset[str]


@cache
def paraphrases() -> tuple[Paraphrase, ...]:
    """The groups of names that are known whatever the paper."""
    return tuple(_read(" ".join(line.split())) for line in _NEXT.split(_GROUPS))


def _read(line: str) -> Paraphrase:
    asked, _, answering = line.partition("|")
    names = frozenset(name.strip() for name in asked.split(" / "))
    return Paraphrase(asked=names, written=names | frozenset(name.strip() for name in answering.split(" / ") if name.strip()))


@cache
def _long() -> re.Pattern[str]:
    names = sorted(
        {name for group in paraphrases() for name in group.asked if len(words(name)) > 1 or name in GENERAL}, key=len, reverse=True
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(name) for name in names)})(?![\w-])", re.IGNORECASE)


def known_spans(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where a slice uses a name of several words: such a name is one thing, whatever its words are."""
    return tuple(found.span() for found in _long().finditer(text, start, end))

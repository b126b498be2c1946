"""Everyday speech: words of people who do not ask as trial reports write.

Owns words that only ask, words that end a phrase, and words that stand for those of a report. `vocabulary` matches with them. Nothing here
belongs to one disease, and a word that may be the very thing that is asked ("sleep", "cost", "boys") is in neither as a word that asks.
"""

__all__ = ["ASKING", "PARTING", "SAME"]

ASKING = """
easy easier bigger biggest massive decent wrong nice fine bad badly poor poorly terrible awful huge tiny big honest honestly simple
simpler plain like liked whatever whichever folks guys everyday trouble troubles lot lots stuff course file
call run ran tracked ended up sentence sentences experiment tablet tablets pill pills capsule capsules drip inhaler dummy name named spot
end
back
bit bits handful couple dozen plenty cut-off cut-offs cutoff cutoffs threshold thresholds matching actual extra sorts kinds ways steps
side sides beforehand straight rough roughly overall span spell deal chunk piece pieces stage stages round rounds
folk proper properly active planned sized size sizes level levels
""".strip()
"""Words whose absence from a text says nothing, and that may stand in the name of a thing ("back pain")."""

PARTING = """
thanks thank hi hello hey cheers sorry wat waht wht teh hte cut cuts didnt doesnt dont wasnt isnt whats thats whos hows
anybody anyone anything anywhere everybody everyone everything somebody someone something somewhere nobody nothing none
afterwards afterward ahead already alike alright anymore anyway apart away easily ever forever forward hopefully maybe meanwhile
okay ok perhaps somehow somewhat sometimes soon still together yet ago
go goes going gone went come coming came keep keeps kept join joins joined send sent sends let lets bring brings brought
look looks looked seem seemed feel felt catch caught notice noticed guess guessed believe believed hope hoped expect expected
decide decided manage managed attempt attempted turn turned remain remained matter mattered attain ease eased touch touched handle
handled say said speak spoke called reckon bother bothered wish wished know knew known teach taught remember remembered
recall recalled forget forgot eat ate taken gotten seen
sign signed
stick stuck complain complained wait waited watch watched listen listened despite inside outside toward towards need needs needed
aim aimed aiming aims ended ends ending lay laid spread serve served serves serving count counted counts belong belonged belongs belonging
span spanned land landed pick picked put puts putting pull pulled push pushed throw thrown threw
hang hung fill filled arrive arrived carry carried commit committed cover covered create created deal dealt
gather gathered grab grabbed leave leaves left lie lies lift lifted mix mixed opt opted owned rule ruled
settle settled sit sat slip slipped spend spent supply supplied tackle tackled tie tied trigger triggered
appear appeared assume assumed await awaited bear borne bore behave behaved bump bumped climb climbed collapse crop cropped
creep crept cross crossed dip dipped drag earn earned escape escaped flag flagged fix fixed hold holds holding jump jumped
lag lagged lean leaned leap leapt mend mended offset peak peaked plunge plunged qualify qualified react reacted reckoned reveal revealed
rush rushed shrink shrank shrunk slide slid soar soared split splitting steer steered strike struck stretch stretched suit suited
suspect suspected sway swayed tick ticked trim trimmed tumble tumbled due clear cleared meet met
vs versus against accompany accompanied adopt adopted
""".strip()
"""Pronouns, adverbs and verbs: a phrase ends before them."""

SAME = """
join joined enrol recruit enter entered randomise participate include
random randomly randomise randomised randomized randomization randomisation allocate allocation
quit quitting dropout drop-out withdraw withdrawal withdrew discontinue discontinued
finish finished complete completed completion completer
teach taught teaching train training trained educate education educational lesson instruction
eat ate eaten eating diet dietary intake food consume consumption
remember remembered forget recall recalled retain retained retention memory
plan program programme regimen scheme package
kid kids child children paediatric youth pupil pupils schoolchildren
teenager teenagers teen teens adolescent adolescents youth
colon colonic bowel colorectal
headache headaches migraine migraines
herb herbs herbal
op ops operation surgery operative surgical preoperative postoperative
jab jabs shot shots vaccine vaccination vaccinated injection
pill pills tablet tablets capsule
sham fake dummy placebo
poo poop stool stools faeces fecal faecal
wee pee urine urinary
milk dairy
flu influenza
doc docs doctor doctors physician physicians clinician clinicians
rehab rehabilitation
staff nurses doctors professionals workers personnel hcp
gp gps practitioner practitioners
sore soreness painful pain ache aches aching
live lived living survive survived survival
cure cured remission recover recovery
jerk jerks jerking twitch myoclonus
brain cerebral intracranial
breathing breathe respiratory cardiopulmonary ventilatory
heart cardiac cardiopulmonary cardiovascular ventricular
sugar glucose glycaemic glycemic
dry dryness drier
wrinkle wrinkles wrinkled
worn wear wearing
fit fitness aerobic endurance
sick sickness ill illness
mood depression depressive
nervous anxiety anxious
tiredness weary fatigue
moms mums mother mothers maternal
newborns newborn neonate neonates infant infants babies
seniors pensioners elderly older
confident confidence
happy satisfied satisfaction
smart intelligence cognition cognitive
convincing significant significance significantly
mark marks marked grade graded grading score scores scored scoring rating rated
gap difference differences differ differed
swap swapped swapping switch switched switching cross-over crossover changeover
loose looser lenient relaxed liberal conservative
strict stricter strictest tight tighter intensive rigorous
goal goals target targets
reference control controls comparator
confounder confounders confounding covariate covariates adjust adjusted adjusting adjustment adjustments
stats statistics statistical software package spss stata sas
trainee trainees resident residents student students registrar registrars intern interns fellow fellows
coach coached coaching train trained training instruction instructed
even equal equally balanced
bloods blood serum plasma laboratory lab labs
recheck rechecked re-check monitor monitored monitoring remeasure retest
admission admissions admitted admit hospitalisation hospitalization hospitalised hospitalized hospital
schooling school education educational
zap zapped stimulate stimulated stimulation
hurt hurts hurting pain painful ache soreness discomfort
worst poorest worse
restless agitated agitation
dizzy dizziness vertigo lightheaded
rash rashes eruption
sleepy drowsy drowsiness somnolence sedation
sleepless insomnia
itchy pruritus itching
runs diarrhoea diarrhea
bunged constipated constipation
jaundiced jaundice
thin thinner underweight
fat fatter obese obesity adiposity
injected injection injections subcutaneous intramuscular
scan scans scanned imaging tomography ultrasonography
stroke strokes cerebrovascular
clot clots thrombosis thrombus thrombotic
germ germs bug bugs bacteria bacterial pathogen microbial
mum mums maternal mother mothers gravida
birth births delivery deliveries born
stillborn stillbirth
wound wounds incision incisional
scar scars scarring
stitches suture sutures
numb anaesthetic anaesthesia anesthesia anesthetic
asleep anaesthesia anesthesia sedation sedated
cash money cost costs paid payment
company firm manufacturer sponsor industry
town city
nation country countries national
schedule timetable regimen
home homes household households
classroom class school schools
walk walking walked ambulation gait
run exercise exercises exercised training workout physical
job jobs work employment occupation occupational
wealthy affluent income
poor poverty deprived low-income
marriage married marital
drinker drinkers drinking alcohol
smoker smokers smoking cigarettes tobacco
gene genes genetic genotype mrna transcript transcripts expression
protein proteins proteinuria
error errors mistake mistakes
leave leaving left withdrew withdrawn withdrawal discontinued
abandon abandoned stop stopped discontinued discontinuation terminated
early premature prematurely
halt halted stopped terminated
untreated control placebo
healthy healthier normal
youngest young younger
oldest older old elderly
heavy heavier weight overweight
tall height
speech language verbal speaking
talking speech verbal communication
understanding comprehension
hearing auditory
sight vision visual seeing
taste gustatory
smell olfactory
swelling oedema edema effusion
bruise bruises bruising haematoma hematoma ecchymosis
blister blisters vesicle bulla
burn burns burning
bite bites
tube tubes catheter catheters cannula cannulas
dementia alzheimer alzheimers cognitive
muddled confused confusion delirium delirious
puffer puffers inhaler inhalers inhaled
electrocardiogram electrocardiographic ecg ekg electrocardiography
flare flares flared flaring flare-up flare-ups exacerbation exacerbations relapse relapses
strata stratum stratify stratified stratification
indistinguishable identical matched matching
womb uterus uterine
gullet oesophagus esophagus oesophageal esophageal
windpipe trachea tracheal
eyesight vision visual acuity
blindness blind vision visual
deaf deafness hearing ototoxicity
hives urticaria
shaky shakes tremor tremors
dialysis dialysed haemodialysis hemodialysis
transfused transfusion transfusions
bled bleed bleeds bleeding haemorrhage hemorrhage
fracture fractures fractured broken break breaks
walking mobilisation mobilization mobilised mobilized ambulation ambulatory
keyhole laparoscopic laparoscopy endoscopic
robot robotic robot-assisted
readmitted readmission readmissions rehospitalisation rehospitalization rehospitalised rehospitalized
sepsis septic septicaemia septicemia
superbug superbugs resistant resistance
opioid opioids morphine narcotic narcotics opiate opiates
nose nasal nasopharyngeal intranasal
throat pharyngeal oropharyngeal pharynx
mouth oral
tooth teeth dental
lung lungs pulmonary respiratory
kidney kidneys renal
liver hepatic
gut bowel intestinal intestine gastrointestinal
stomach gastric abdominal
skin cutaneous dermal
bone bones skeletal osseous
muscle muscles muscular
joint joints articular
menopause menopausal postmenopausal
period periods menstrual menstruation
breastfeeding breastfed lactation lactating
pregnant pregnancy gravid antenatal
tumour tumor cancer malignancy neoplasm
lump nodule mass
leak leaks leakage dehiscence
allergic allergy hypersensitivity anaphylaxis
ringing tinnitus
died dies dying death deaths fatal fatalities mortality
alive survival survivors surviving survived
""".strip()
"""Rows of words that a report may write for one another."""

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
""".strip()
"""Rows of words that a report may write for one another."""

"""Situation: who stands behind a question, and whether it is one for a paper at all.

Owns four signs that are read from the question's words alone: advice about one identifiable person, symptoms that happen now,
a request that no paper answers (poems, code, weather, the tool's own prompts and key responses), and orders to the tool.
"""

import re

from journal_club.paper.words import STOP_WORDS

__all__ = ["is_acute", "is_clinical", "is_foreign", "is_order", "is_other_request", "is_patient_specific", "points_here"]

RELATION = (
    r"(?:mother|father|mum|mom|mummy|dad|daddy|parents?|wife|husband|spouse|partner|son|daughter|child|baby|brother|sister|sibling"
    r"|aunt(?:ie)?|uncle"
    r"|cousin|niece|nephew|grand(?:mother|father|ma|pa|son|daughter|parent|child)|granny|nan|in-law|(?:mother|father|brother|sister)-in-law"
    r"|friend|neighbou?r|colleague|boss|girlfriend|boyfriend|fianc[eé]e?|teacher|roommate|boy|girl|kid|relative)"
)
PERSON = r"(?:man|woman|male|female|gentleman|lady|boy|girl|patient|person|child|infant|baby|guy|kid|pensioner|farmer|teacher|nurse|smoker)"
TAKE = (
    r"(?:take|have|get|receive|start|stop|switch|undergo|try|accept|join|enrol+|go for|be given|be on|be treated|continue|begin|ask for"
    r"|request"
    r"|opt for|choose|wait|go to|see a|call|worry about my|need|keep taking|skip|drop|use (?:this|it|the)|still)"
)
AGED = r"\d{1,3}[- ]?(?:years?|yrs?|yo|y/o|y\.o\.|months?|weeks?)[- ]?(?:olds?)?(?=\W|$)"

PERSONAL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:bed|bay|cubicle|room) (?:no\.? |number )?(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\b",
        rf"\b(?:my|our|his|her) (?:\w+ ){{0,2}}{RELATION}\b(?!s? (?:club|article))",
        (
            r"\b(?:my|our) (?:own |new |elderly |oldest? |young |first |next |\w+-?year-old "
            r"|\w+[- ]?refractory ){0,2}patient\b(?! (?:population|group|cohort|care|safety|data|information)s?\b)"
        ),
        (
            r"\b(?:a|one) (?:patient|client|resident|case|man|woman|gentleman|lady) (?:of (?:mine|ours)|of my own|on (?:my|our) (?:ward"
            r"|list|unit|service|team)|in (?:my|our) (?:clinic|ward|office|practice|care|icu|unit|hospital))\b(?!s)"
        ),
        r"\b(?:this|that) (?:particular |elderly |old |young |poor )?(?:lady|gentleman|man|woman|guy|chap|boy|girl)\b",
        r"\bpatient (?:in front of me|in bed \w+|i (?:saw|am seeing|have|admitted|just)|i'm seeing|next door|upstairs|downstairs)\b",
        (
            r"\b(?:i|i have|i've|we|we've) (?:just |currently |now )?(?:saw|see|seen|seeing|have|got|admitted|met|am seeing|'m seeing"
            r"|am treating|'m treating|are treating|look after|am looking after) (?:a|an|one|this) (?:\S+ ){0,4}?(?:patient|man|woman|lady"
            r"|gentleman|male|female|boy|girl|child|infant|baby|\d+[- ]?(?:year|yo|y/o)\S*)\b"
        ),
        r"\b(?:Mr|Mrs|Ms|Mister|Missus)\b\.? ?[A-Z]?",
        rf"\b(?:her|his|their|my|our) {AGED}[- ]?{PERSON}\b(?!s)",
        rf"\b(?:have|admitted|seeing|saw) (?:an?|one) {AGED}",
        r"\bpt\b[^?]{0,40}\b\d{2,3}\b|\b\d{2,3}\s?(?:yo\s?|y/o\s?)?[MF]\b(?=[,;. ])",
        (
            r"\b(?:is|be|means?|works?|right|safe|good|best|better|suitable|dose|drug|treatment|therapy|option|choice|indicated|recommended)"
            r" for me\b(?! to\b)|\b(?:cure|save|harm|kill|help) me\b(?! (?:to )?(?:understand|with|read|see|find|prepare|explain|appraise))"
        ),
        r"\bi(?:'m| am)\s+(?:an?\s+|now\s+|only\s+|already\s+|about\s+|nearly\s+)?\d{1,3}\b(?! ?%)",
        r"\bi(?:'m| am) (?:a|an) (?:\S+ ){0,3}(?:\d{1,3}[- ]year|patient\b|survivor)",
        (
            r"\bi(?:'ve| have)?\s+(?:just |recently |already |also |now |been |was |got |had |have )*(?:relapsed|progressed|diagnosed"
            r"|been told|had (?:a|an|my|two|three|chemo|surgery|one)|told (?:that )?i|suffer\w*|pregnant|taking|tolerated)\b"
        ),
        (
            r"\bi (?:also |currently |now |still |just )?(?:suffer|take|took(?! part)|feel|relapsed|weigh|smoke)\b"
            r"(?! (?:that|this|to (?:be|mean)|from|part|it (?:is|was|to)))"
        ),
        (
            r"\bi(?:'m| am) (?:\w+ )?(?:pregnant|breastfeeding|diabetic|allergic|relapsed|sick|ill|taking|on (?:chemo|dialysis|warfarin"
            r"|insulin|lenalidomide|treatment|medication)|worried about my|scared|in remission|in pain|bleeding|dying)\b"
        ),
        (
            r"\bi have (?:(?:\w|-)+ ){0,3}(?:cancer|myeloma|leuk\w+|lymphoma|diabetes|disease|asthma|copd|failure|infection|hypertension"
            r"|pain|symptoms|tumou?r|mutation|depression|arthritis|stroke|syndrome|fever|allerg\w+|epilepsy|migraines?|hiv|hepatitis"
            r"|psoriasis|\w+itis|\w+oma|\w+emia)\b"
        ),
        (
            rf"\b(?:should|can|could|may|must|shall|do|would|will|am) i (?:really |also |now |just |even |safely |ever |please |qualify"
            rf"|benefit|\w+ to )*{TAKE}\b(?! (?:that|from (?:this|the) (?:paper|trial|study|data)|confident|concluded?|patients|it that"
            rf"|the (?:result|finding|data|conclusion|evidence|paper|trial|study|authors?|p|claim|hazard|patients)))"
        ),
        (
            r"\b(?:am i|do i|would i|will i|can i|could i) (?:be )?(?:eligible|qualify|a candidate|too old|cured|die|survive|live|benefit"
            r"|respond|at risk)\b"
        ),
        (
            r"\bmy (?:own )?(?:myeloma|cancer|tumou?r|disease|doctor|oncologist|h[ae]+matologist|gp|consultant|cardiologist|surgeon"
            r"|treatment|chemo\w*|medication|dose|diagnosis|symptoms?|pain|blood|creatinine|kidneys?|liver|heart|condition|relapse|age"
            r"|prognosis|chances?|illness|operation|surgery|body|health|infusion|side effects?|therapy|results came|scan|lab|bone marrow"
            r"|pregnancy|asthma|diabetes|depression)\b"
        ),
        (
            r"\b(?:i|we|you)\b[^.?!]{0,60}\b(?:give|start|treat|offer|prescribe|put|switch|refer|dose|stop|anticoagulate|admit|discharge"
            r"|transfuse|operate on|recommend)\b[^.?!]{0,30}\b(?:him|her|this patient|the patient|my patient|this (?:man|woman|lady))\b"
        ),
        rf"{AGED}[^?!]{{0,160}}\b(?:he|she|him|her|his|hers)\b",
        rf"\b(?:he|she)(?:'s| is| has| was)\b[^?!]{{0,120}}(?:\b\d{{2}}\b|{AGED}|creatinine|\begfr\b|relaps|diagnos)",
        r"\b(?:should|can|could|would|may) (?:he|she)\b",
        (
            rf"\b(?:should|can|could|may|must|would you|do (?:i|we|you)|what (?:dose|drug|arm|treatment|should)|which (?:arm|drug|treatment"
            rf"|dose))\b[^?!]{{0,60}}\b(?:an?|this|the|my|our|one)\s+(?:\S+ ){{0,2}}{AGED}(?!s)[- ]?(?:\S+ ){{0,3}}{PERSON}\b(?!s)"
        ),
        (
            rf"^\W*(?:an?\s+|one\s+)?(?:\S+ )?{AGED}(?!s)\s*(?:old )?(?:\S+ ){{0,3}}(?:{PERSON}\b(?!s)|[mf]\b)[^?]*[.,;:][^?]*\b(?:what"
            rf"|which|should|can|would|do|dose|how|is it)\b"
        ),
        (
            r"\bshould (?:an?|this) \d{1,3}[- ]year[- ]old (?!patients\b)(?:with|have|get|receive|take|be|who|\w+ (?:with|have|get|receive"
            r"|take|be|who))\b"
        ),
        r"\b(?:this|the) patient\b[^?!]{0,60}\b(?:today|tomorrow|tonight|now|next week|this (?:morning|afternoon))\b",
        (
            r"\b(?:this|my|our|the) patient'?s (?:creatinine|egfr|platelets?|h[ae]+moglobin|potassium|age|wife|family|daughter|son|blood"
            r"|weight)\b"
        ),
        (
            r"\b(?:this|that) patient\b(?! (?:population|group|cohort|subgroup|subset|category))[^?!]{0,80}\b(?:should|is|has|receive|get"
            r"|needs?)\b|\b(?:should|can|is|would|does) this patient\b(?! (?:population|group|cohort|subgroup|subset|category))"
        ),
    )
)
"""Each names or describes one identifiable person, or the asker as one. A class of patients matches none."""

SYMPTOM = (
    r"(?:fever(?:ish|s)?|febrile|temperature of|confus(?:ed|ion)|drows(?:y|iness)|unconscious|unresponsive|collaps(?:ed?|ing)|seizures?"
    r"|fitting|convuls\w+"
    r"|short(?:ness)? of breath|breathless\w*|can(?:no|')?t breathe|(?:trouble|difficulty) breathing|wheez\w+|chest pains?|bleed(?:ing"
    r"|s)?|vomit\w*|faint(?:ed|ing)?"
    r"|passed out|dizz(?:y|iness)|hallucinat\w+|slurr\w+|paraly[sz]\w+|weakness|numb(?:ness)?|rash|swelling|swollen|jaundiced?"
    r"|severe (?:\w+ )?(?:pain|headache)|headaches?|shak(?:ing|y)"
    r"|chills|rigors?|shiver\w*|hypotens\w+|low blood pressure|hypox\w+|blood in|black stools?|suicid\w+|overdos\w+|agitat\w+"
    r"|disorient\w+|not (?:waking|responding|breathing|making sense)"
    r"|palpitations?|racing heart|anaphyla\w+|stopped breathing|can'?t (?:speak|talk|move|walk|stay awake)|lethargic|trembl\w+|tremors?"
    r"|letharg\w+|sepsis|septic)"
)
NOW = (
    r"(?:now|right now|today|tonight|yesterday|this (?:morning|afternoon|evening|week)|last night|currently|since|just|suddenly"
    r"|at the moment"
    r"|\d+ (?:hours?|days?|minutes?) ago|is|are|am|i'm|he's|she's|has|have|having|getting|got|gets|developed|started|feels?|became"
    r"|seems|woke|keeps?|help|urgent\w*|emergency)"
)
ACUTE = re.compile(rf"\b{NOW}\b[^?!]{{0,60}}\b{SYMPTOM}\b|\b{SYMPTOM}\b[^?!]{{0,60}}\b{NOW}\b", re.IGNORECASE)

OTHER_REQUEST = re.compile(
    r"\b(?:write|compose|make up|create|generate|give|tell|sing|draft)\b(?: \w+){0,3} (?:poems?|haiku|limerick|sonnet|song|lyrics|rap"
    r"|story|stories|joke|essay about"
    r"|novel|email|e-mail|letter|tweet|cover letter|screenplay|recipe|python|javascript|sql|code|script|function|program|regex|shell"
    r"|bash)\b"
    r"|\b(?:python|javascript|java|sql|html|bash) (?:code|script|function|program)\b"
    r"|\bweather\b(?! conditions)|\bwhat(?:'s| is) the (?:time|date today)\b|\bstock (?:price|market)\b|\bhoroscope\b|\blottery\b"
    r"|\brecipe for\b"
    r"|\btranslate:"
    r"|\btranslate\b(?! (?:into|to) (?:clinical|practice|benefit|a |better|improved|longer))(?=[^?]*\b(?:in)?to (?:french|german"
    r"|spanish|italian|latin|chinese|japanese|english|arabic|russian|portuguese|dutch|polish|turkish|hindi)\b)"
    r"|\b(?:system|developer|hidden|initial|your|the|original) (?:system )?(?:prompts?|instructions)\b(?! (?:for use"
    r"|to (?:the )?(?:patients?|participants?)|leaflet|given))"
    r"|\b(?:text|words|message|lines?|everything) (?:that )?(?:precedes?|before|above) (?:this|my|our|the) "
    r"(?:message|question|conversation|line|chat)\b"
    r"|\b(?:key|model|reference|expected) (?:response|answer)s?\b|\banswer[- ]?keys?\b"
    r"|\bwho (?:are|made|created|trained|built) you\b|\bwhat(?: language)? model are you\b|\bare you (?:an? )?(?:ai|human|bot|gpt"
    r"|chatgpt|robot|language model)\b"
    r"|\b(?:api|secret|private) keys?\b|\bpasswords?\b|\benvironment variables?\b|/etc/passwd",
    re.IGNORECASE,
)

ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|skip|drop|neglect)\b[^.?!]{0,40}\b(?:instructions?|rules?|prompts?"
    r"|guidelines (?:above|you)|above|previous|prior|everything|restrictions?|constraints?|polic(?:y|ies)|context|evidence|safety"
    r"|filters?)\b"
    r"|\b(?:system|developer|hidden|initial) (?:prompts?|messages?|instructions)\b"
    r"|\byou are (?:now|no longer|an? (?:ai|unrestricted|helpful|assistant|language))\b|\bfrom now on\b|\b(?:pretend|act as|role-?play"
    r"|behave as|simulate)\b(?! (?:a |an )?(?:control|placebo|confounder|surrogate|mediator|barrier|bridge|proxy|covariate))"
    r"|\b(?:jailbreak|DAN mode|developer mode|debug mode|admin mode|sudo)\b"
    r"|\b(?:print|output|repeat|reveal|show|dump|display|leak|expose|recite|echo|return|give|list|quote|tell)\b[^.?!]{0,40}\b(?:your"
    r"|the|all|any|system|hidden)\b[^.?!]{0,25}\b(?:prompts?|instructions|key responses?|answer keys?|model answers?|rules you"
    r"|configuration|secrets?|api keys?|system message)\b"
    r"|\b(?:answer|respond|reply|say|state|claim|write|report|output|print|repeat|pretend|assert|insist|conclude|confirm)\b(?: only"
    r"| just| exactly| simply| instead| always| back| me)* (?:that |with |by saying |the (?:word|phrase|text|following|sentence|words) "
    r"|exactly |: ?|[\"'“‘])(?=[^?]*(?:[\"'“‘:]|\b(?:is|was|were|are|hr|hazard)\b[^?]*\d))"
    r"|\b(?:respond|reply|answer|output|say|print|write) (?:only|just|exactly|simply|nothing but)\b"
    r"|\bwithout (?:any )?(?:citations?|citing|verification|sources)\b|\bno citations\b|\bdo not (?:cite|verify|abstain|refuse)\b"
    r"|\bdon't (?:cite|verify|abstain|refuse)\b"
    r"|\b(?:new|updated|additional) (?:instructions?|rules?|task)\s*:|<\/?(?:system|user|assistant|instructions?|im_start|im_end"
    r"|evidence)\b|\[/?INST\]|<\|",
    re.IGNORECASE,
)

CLINICAL = re.compile(
    r"\b(?:antigen|antibod\w+|receptors?|genes?|genetic\w*|mutations?|biomarkers?|markers?|cells?|protein|enzymes?|inhibitors?|agonists?"
    r"|antagonists?|pharmaco\w+|half-life|clearance|metabolis\w+|plasma|serum|urine|blood|bone|tissue|organ|bind\w*|side effects?"
    r"|negativity|positivity|baseline|rates?|responders?|outcomes?|subgroups?|comorbidit\w+|contraindicat\w+|indicat(?:ed|ion)"
    r"|therap\w+|treat\w+|drugs?|medic\w+|hospital\w*|nurses?|doctors?|physicians?|surg\w+|vaccin\w*|infusions?|tablets?|inject\w*"
    r"|diet\w*"
    r"|quality of life|criteria|power|sample|downsides?|drawbacks?|flags?|flaws?|harms?|risks?|benefits?|bias\w*|paid|\w{4,}ism"
    r"|obes\w+|pregnan\w+|children|placebo|funded|sponsor\w*|ethics|consent|protocol|statistical|methods?|arms?|mechanism"
    r"|\w{3,}(?:mab|nib|cel|itis|osis|emia|aemia|pathy|ectomy|plasty|penia|algia|uria|pril|sartan|statin|gliptin|gliflozin|cillin|mycin"
    r"|azole|vir|parin|xaban|tinib|platin|rubicin|taxel))\b|(?-i:\b[A-Z][A-Z0-9]{1,5}\b(?<!\bUS)(?<!\bUK)(?<!\bNBA)(?<!\bNFL))",
    re.IGNORECASE,
)


HERE = re.compile(
    r"\b(?:it|its|they|them|their|these|those|this (?:study|trial|paper|page|drug|treatment|work|one)|the (?:study|trial|paper|page"
    r"|authors?|results?|drug|treatment|patients?|participants?|controls?|placebo|intervention|groups?|arms?))\b|\bthis\W*$",
    re.IGNORECASE,
)
"""Points at the paper at hand, whatever is asked of it."""


FOREIGN = re.compile(
    r"\b(?:les?|est|étai(?:en)?t|[Qq]uel(?:le)?s?|pour|dans|avec|sont|une|[Qq]ui|à|[Cc]uál(?:es)?|fue(?:ron)?|del|los|las|por|una|para"
    r"|[Cc]ómo|[Cc]uántos|[Qq]ué|el|der|das|dem|den|ist|[Ww]ie|[Ww]elche[rs]?|wurden?|für|mit|nicht|und|oder|il|della|[Cc]he|[Qq]uali?"
    r"|[Qq]uanti|foi|dos|como|não|são|het|een|voor|[Hh]oeveel|[Ww]elke)\b"
)
"""Words that hold sentences together in French, Spanish, German, Italian, Portuguese and Dutch, and are no English words."""
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
LETTER = re.compile(r"[^\W\d_]")


def points_here(question: str) -> bool:
    """Whether a question points at the paper at hand."""
    return HERE.search(question) is not None


def is_foreign(question: str) -> bool:
    """Whether a question is in another language than English, as far as its script and its small words tell."""
    if 2 * len(LATIN.findall(question)) < len(LETTER.findall(question)):
        return True
    said = re.findall(r"[^\W\d_]+", question.casefold())
    foreign = len(FOREIGN.findall(question))
    return foreign >= max(1, sum(word in STOP_WORDS for word in said)) and foreign * 5 >= len(said)


def is_clinical(question: str) -> bool:
    """Whether a question speaks of medicine or trials, whatever of."""
    return CLINICAL.search(question) is not None


def is_patient_specific(question: str) -> bool:
    """Whether the question is about one identifiable person, the asker included; a class of patients is not."""
    return any(pattern.search(question) for pattern in PERSONAL)


def is_acute(question: str) -> bool:
    """Whether somebody in the question has symptoms now; to be asked of patient-specific questions only."""
    return ACUTE.search(question) is not None


def is_other_request(sentence: str) -> bool:
    """Whether a sentence asks for what no paper answers: verses, code, the weather, the tool's prompts or key responses."""
    return OTHER_REQUEST.search(sentence) is not None


def is_order(sentence: str) -> bool:
    """Whether a sentence tries to give the tool orders."""
    return ORDER.search(sentence) is not None

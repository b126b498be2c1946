"""Measures: which figure a question asks for, and whether a sentence reports a figure of that measure.

Owns the patterns of both sides. What the numbers mean is `statistics/`'s; here it is only decided whether one stands there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from journal_club.statistics.number_words import SMALL_NUMBERS, TENS

__all__ = ["LISTED", "MEASURES", "MODIFIERS", "Asked", "Measure", "leading_measure", "measures_asked"]

NUMBER_WORD = rf"(?:{'|'.join(SMALL_NUMBERS[1:])}|(?:{'|'.join(TENS)}|fourty)(?:[- ]\w+)?|(?:\w+ )?hundred|no|none|single)"
NUMBER = rf"(?:\d[\d.,·]*|\b{NUMBER_WORD}\b)"
PERSON = (
    r"(?:patients?|participants?|subjects?|wom[ae]n|m[ae]n|child(?:ren)?|infants?|neonates?|babies|volunteers?|individuals?|adults?|people"
    r"|persons?|cases?|events?|deaths?|males?|females?|girls?|boys?|students?|mothers?|dogs?|animals?|rats|mice|sows|eyes?|families"
    r"|nurses|physicians|adolescents|residents|respondents|users)"
)
UNIT = (
    r"(?:mg|µg|μg|mcg|ug|g|kg|ml|mL|l|L|dl|IU|U|units?|mmol|mol|Gy|cGy|mEq|cells|cc|puffs?|drops?|tablets?|capsules?|mA|mV|Hz|J|W"
    r"|percent|ppm|kcal|kJ|cm|mm|nm|MBq|mCi)\b"
)
TIME = r"(?:days?|weeks?|months?|years?|hours?|minutes?|mins?|hrs?|h|s|sec(?:onds?)?|wks?|mo|yrs?|d)\b"
SHARE = r"\d\s?(?:%|per ?cents?\b)(?!\s*(?:CI\b|confidence|CrI|credible))"
OF = r"\d+\s*(?:/|of|out of)\s*(?:the\s+)?\d+"
COUNTED = rf"{OF}|\b{NUMBER}\s+(?!{TIME}|{UNIT})(?:\w+\s+){{0,3}}{PERSON}\b"
"""How many of how many, or how many people."""
EVERY = (
    rf"\b(?:daily|weekly|monthly|once|twice|every|(?:per|each) (?:day|week|month|year))\b|{NUMBER}\s+times"
    rf"|{NUMBER}\s+\w+\s*(?:/|an?)\s*(?:day|week|month|year)\b"
)
"""How a schedule is written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """One kind of figure.

    Attributes:
        asked: matches the words of a question that ask for it.
        found: matches a sentence that reports one.
        reach: characters between the figure and what it is asked of, at most; 0 for no limit within the sentence.
    """

    name: str
    asked: re.Pattern[str]
    found: re.Pattern[str]
    reach: int = 0


def _measure(name: str, asked: str, found: str, *, case: bool = False, reach: int = 0) -> Measure:
    flags = re.NOFLAG if case else re.IGNORECASE
    return Measure(name=name, asked=re.compile(asked, re.IGNORECASE), found=re.compile(found, flags), reach=reach)


def _ratio(words: str, letters: str) -> str:
    return rf"(?i:{words})[^.;\d]{{0,60}}\d|\b{letters}\b[^.;\d\w]{{0,12}}(?:[a-z]{{1,6}}\s)?[^.;\d\w]{{0,6}}\d"


MEASURES = (
    _measure("hazard ratio", r"\bhazard ratios?\b|\b[as]?HRs?\b(?! monitor)", _ratio(r"\bhazards? ratios?", "[as]?HRs?"), case=True),
    _measure("odds ratio", r"\bodds ratios?\b|(?-i:\b[aA]?ORs?\b)", _ratio(r"\bodds ratios?", "[aA]?ORs?"), case=True),
    _measure(
        "relative risk",
        r"\b(?:relative risk|risk ratio|rate ratio)s?\b|(?-i:\b[aI]?RRs?\b)",
        _ratio(r"\b(?:relative risk|risk ratio|rate ratio|incidence ratio)s?(?! reduction)", "[aI]?RRs?"),
        case=True,
    ),
    _measure(
        "difference",
        r"\b(?:(?:absolute|mean|adjusted|estimated) )?(?:risk|mean|absolute|between-group|treatment) "
        r"(?:risk )?(?:differences?|reductions?)\b"
        r"|(?-i:\bARR\b|\bMD\b)"
        r"|(?<!\bthe )(?<!\ba )(?<!\bany )(?<!\bno )\bdifference\b(?= (?:in|between|at|for|with)\b)",
        r"\bdifferen\w+[^.;]{0,60}\d|(?-i:\b(?:MD|SMD|WMD|ARR|RD)\b)|\breduc\w+[^.;]{0,60}\d|\d[^.;]{0,40}\b(?:higher|lower|more|less"
        r"|greater)|\b(?:higher|lower|greater|better|worse|longer|shorter)\b[^.;]{0,80}\bby (?:\w+ )?\d",
    ),
    _measure(
        "number needed",
        r"\bnumbers? needed\b|\bhow many\b[^?]{0,40}\b(?:need|have|has) to (?:be treated|treat|take|get|receive)\b|(?-i:\bNN[TH]\b)",
        r"\bnumber needed[^.;]{0,40}\d|(?-i:\bNN[TH]\b)[^.;]{0,20}\d"
        rf"|{NUMBER} {PERSON} (?:would |must )?(?:need|needed|have|had) (?:to )?[^.;]{{0,60}}\b(?:prevent|spare|avoid"
        rf"|avert|save|benefit)\w*\b",
    ),
    _measure(
        "p value",
        r"\bp[- ]?values?\b|(?-i:\bP) (?:for|of)\b(?= (?:the )?(?:(?:\w+ )?interaction|trend|difference|noninferiority|superiority))"
        r"|\bsignificance levels?\b|\bp\s?=|\bhow significant\b",
        r"\bp\s*(?:-?\s?values?\s*)?[*_]*\s*(?:of|was|is|were)?\s*(?:[=<>≤≥]|&[lg]t;)+\s*[.\d]|\bp[- ]values? (?:of |was |were |is )?[.\d]"
        r"|\bp (?:for|of) (?:the )?(?:\w+ ){0,2}\w+,? ?(?:[=<>≤≥]|was |of )?\s?[.\d]",
    ),
    _measure(
        "interval",
        r"\b(?:confidence|credible) intervals?\b|\b\d\d ?% ?CIs?\b|(?-i:\bCIs?\b)"
        r"|\b(?:its|their|the|an|OS|PFS|survival|HR|OR|RR|ratios?|estimates?) intervals?\b(?! (?:between|from|of))"
        r"|\b(?:lower|upper|95 ?%) (?:bounds?|limits?)\b",
        r"(?:\bconfidence (?:interval|limit)s?|\bCI\b|\bCrI\b|\bC\.I\.)[^;]{0,25}\d",
    ),
    _measure("interquartile range", r"\binterquartile|(?-i:\bIQR\b)", r"interquartile|\bIQR\b"),
    _measure("standard deviation", r"\bstandard deviations?\b|(?-i:\bSDs?\b)", r"±|\bSD\b|standard deviation|\+/-"),
    _measure("median", r"\bmedians?\b", r"\bmedian\b[^;]*\d|\d[^;]*\bmedian\b|\bmedian\b[^;]*\bnot (?:been )?reached"),
    _measure(
        "mean",
        r"\b(?:means? (?!by\b|that\b|for\b)|averages?\b)",
        r"\b(?:mean|average[ds]?)[^;]*\d|\d[^;]*\b(?:mean|average)\b|\bM\b[^;.]{0,12}=\s*\d|\d\s*(?:±|\+/-)\s*\d",
    ),
    _measure(
        "cost",
        r"\bcosts?\b|\bprices?\b|\bexpens(?:e|es|ive)\b|\bcost-effective\w*|\bhow cheap\b|\bhow much (?:more "
        r"|extra )?money\b|\bICER\b|\bQALYs?\b",
        r"[$€£¥₹]\s?\d|\d\s*(?:USD|EUR|GBP|dollars?|euros?|pounds?|yen|rupees|QALYs?)\b|\bcosts?\b[^.;]{0,60}\d|\bcost-effective",
    ),
    _measure(
        "age",
        r"\bhow old\b|\bages?\b(?! of (?:onset|diagnosis))|\byears? old\b",
        r"\bage[ds]?\b[^;]{0,80}?\d|\d[^.;]{0,25}\b(?:years?|months?|weeks?|days?)[- ]?(?:old|of age)\b|\byears? old\b|-year-olds?\b",
    ),
    _measure(
        "follow-up",
        r"(?<!lost to )(?<!loss to )(?<!losses to )(?<!during )(?<!after )(?<!at )\bfollow(?:ed)?[- ]?ups?\b(?! (?:visit|scan"
        r"|period of))|\bfollowed (?:up )?for\b",
        rf"\bfollow(?:ed)?[- ]?up\b[^;]*?{NUMBER}|{NUMBER}[^;]*?\bfollow(?:ed)?[- ]?up\b|\bfollowed\b[^;]*?{NUMBER}|{NUMBER}[- ]?{TIME}",
    ),
    _measure(
        "dose",
        r"\bhow many (?:milligrams?|micrograms?|grams?|mg|mcg|units|milliliters?|millilitres?|ml)\b"
        r"|\b(?:dos(?:e|es|age|ages|ing)|how much (?!(?:of a |\w+er\b|more |less |long|evidence|did|does|do|was|is|were|time))\w+)\b",
        rf"\d[\d.,·]*\s*-?\s*(?:{UNIT})(?!\s*/\s*(?:dl|ml|l)\b)",
        reach=70,
    ),
    _measure("concentration", r"\bconcentrations?\b|\bstrength of\b", rf"\d[\d.,·]*\s*-?\s*(?:{UNIT}|%)|\d"),
    _measure(
        "minutes",
        r"\bhow many (?:seconds|minutes|hours)\b",
        rf"{NUMBER}\s*[-–]?\s*(?:[a-z]+ )?(?:hours?|minutes?|mins?|hrs?|h|s|sec(?:onds?)?)\b",
    ),
    _measure(
        "days",
        r"\bhow many (?:days|weeks|months|years)\b|\b(?:at|from|by|on|until|after) (?:what|which) (?:day|week|month)s?\b",
        rf"{NUMBER}\s*(?:\(\w+\)\s*)?[-–]?\s*(?:[a-z]+ )?(?:days?|weeks?|months?|years?|wks?|mo|yrs?|d)\b"
        r"|\b(?:day|week|month|year)s?\s+\d",
    ),
    _measure(
        "duration",
        r"\bhow (?:long|soon|quickly|fast)\b|\bdurations?\b|\blength of\b|\b(?:time|interval) (?:to|until|before)\b|\bwhat time\b"
        r"|\bwhat (?:is|was|were) the (?=(?:[\w-]+ ){0,4}times?\b(?! (?:points?|course|frame)))",
        rf"{NUMBER}\s*(?:\(\w+\)\s*)?[-–]?\s*(?:[a-z]+ )?{TIME}|\d[^.;]{{0,30}}\b{TIME}|\bnot (?:been )?reached",
    ),
    _measure("occurrence", r"\bhow (?:often|frequently) (?:did|do|does|was there|were there)\b", rf"{EVERY}|{SHARE}|{COUNTED}"),
    _measure(
        "frequency", r"\bhow (?:often|frequently)\b(?! (?:did|do|does|was there|were there)\b)|\bhow frequent\b|\bwhat frequency\b", EVERY
    ),
    _measure(
        "share",
        r"\b(?:what|which) (?:percentages?|proportions?|fractions?|percent|share|%)|\bpercentages?\b|\bproportions?\b|\bhow common(?:ly)?\b"
        r"|\b(?:incidences?|prevalences?)\b|(?:^|\s)%\s(?=(?:of|with|who)\b)"
        r"|(?<!heart )(?<!pulse )(?<!respiratory )(?<!filtration )(?<!flow )(?<!metabolic )(?<!growth )\brates?\b(?! ratio)"
        r"|\bpercent of\b",
        rf"{SHARE}|{COUNTED}|\bper (?:1,?000|100,?000|100)\b|{PERSON} \(\d|\brates?\b[^.;]{{0,40}}\d"
        rf"|\b(?:no|none|all|neither|half|every)\b[^.;]{{0,40}}\b{PERSON}\b",
    ),
    _measure(
        "count",
        r"\bhow many\b|\bnumbers? of\b|\bsample size\b|\bhow large\b|\bhow big\b|(?-i:\bN\b)",
        rf"\bn\s?=\s?\d|{NUMBER}\s+(?:[\w/+&,-]+\s+){{0,8}}?{PERSON}\b|\d\s*\(\s?\d[\d.]*\s?%|{OF}|{SHARE}"
        rf"|\b(?:sample|total)\b[^.;]{{0,25}}\d|\bnumbers? of\b[^.;]{{0,120}}\d|\b(?:no|none|neither)\b",
    ),
    _measure("score", r"\bscores?\b|\bpoints\b", r"\d"),
    _measure(
        "accuracy",
        r"\b(?:sensitivity|specificity|predictive value|accuracy|AUC|area under)\b",
        r"\b(?:sensitiv\w+|specificity|predictive values?|accura\w+|AUC|area under|[NP]PV)\b[^;]*\d"
        r"|\d[^;]*\b(?:sensitivity|specificity|accuracy)\b",
    ),
    _measure(
        "effect",
        r"\bhow much (?:was|were|is|did|does|do)\b[^?]*\b(?:reduc|lower|improv|increas|decreas|prolong|extend)\w*\b|\bby how much\b"
        r"|\bhow much (?:better|worse|lower|higher|less|more|longer|shorter|fewer|greater|smaller)\b|\beffect sizes?\b"
        r"|\b(?:effect|point|risk) estimates?\b"
        r"|\bhow (?:big|large|great|strong) (?:was|is) (?:the|its) (?:\w+ )?(?:effect|difference|benefit|reduction|improvement)",
        r"\b(?:hazards?|odds|risk|rate) ratios?\b[^.;]{0,60}\d|\b(?:HR|OR|RR)\b[^.;]{0,12}\d"
        r"|\d[^.;]{0,120}\b(?:vs\.?|versus|compared (?:with|to)|than|and|in contrast to)\s[^;]{0,120}\d"
        r"|\b(?:differ|reduc|increas|decreas|improv|declin|lower|rais|prolong|shorten|gain)\w+[^.;]{0,60}\d"
        r"|\b(?:fell|rose|dropped|cut|lost|grew|halved|doubled)\b[^.;]{0,60}\d",
    ),
    _measure(
        "figure",
        r"\bhow (?:much|high|low|large|big|great|fast|tall|heavy|cold|hot|warm|strong|deep|thick|thin|wide|far"
        r"|small|short)\b|\b(?:value|values|level|levels)\b(?= (?:of|for)\b)|\bwhat number\b"
        r"|\bexact numbers?\b",
        r"\d",
    ),
)
"""Every measure, the most telling first."""


MODIFIERS = frozenset(("median", "mean", "interquartile range", "standard deviation"))
"""Measures that say which figure of another measure is wanted: "median age"."""
LISTED = frozenset(("hazard ratio", "odds ratio", "relative risk", "difference", "number needed", "p value", "interval"))
"""Measures that are asked for side by side: "the hazard ratio and p-value"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A measure that a question asks for, and where its words stand."""

    measure: Measure
    start: int
    end: int


YIELDING = {
    "duration": frozenset({"follow-up", "hazard ratio", "odds ratio", "relative risk"}),
    "count": frozenset({"effect"}),
    "figure": frozenset({"effect", "cost", "age", "follow-up", "dose", "duration", "share", "count"}),
}
"""What a vague measure gives way to: "how long was the follow-up" asks for the follow-up."""


def _yields(one: Asked, others: Iterable[Asked]) -> bool:
    return any(other.measure.name in YIELDING.get(one.measure.name, ()) for other in others)


def measures_asked(question: str) -> tuple[Asked, ...]:
    """The measures that a question's words ask for: the first that is named, what modifies it, and what is asked beside it."""
    found = [
        Asked(measure=measure, start=match.start(), end=match.end()) for measure in MEASURES for match in measure.asked.finditer(question)
    ]
    plain = [one for one in found if one.measure.name not in MODIFIERS]
    leading = min(plain, key=lambda one: (_yields(one, plain), one.start), default=None)
    kept = MODIFIERS | LISTED | ({leading.measure.name} if leading else set())
    return tuple(one for one in found if one.measure.name in kept)


OF_ANOTHER = re.compile(
    r"\b(?:(?:confidence|credible) intervals?|95 ?% ?(?:CI|bounds|limits)|CIs?|(?P<p>p[- ]?values?)) (?:of|for|around) (?:the |that |its )"
    r"(?:[\w-]+ ){0,6}?(?:ratio|difference|HR|OR|RR|reduction)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def leading_measure(question: str) -> str:
    """The measure that is asked of another one: the interval in "the confidence interval of the hazard ratio"; empty for none."""
    found = OF_ANOTHER.search(question)
    return "" if found is None else "p value" if found["p"] else "interval"

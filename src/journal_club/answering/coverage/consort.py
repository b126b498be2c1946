"""CONSORT: what a report of a trial is asked for whatever it studies: who knew the treatment, who paid, why it was done, what follows.

Owns by which words readers ask for such an item and by which words reports give it. A question that asks for more than the item is
searched for like any other. Source: Schulz KF, Altman DG, Moher D. CONSORT 2010 statement. BMJ 2010;340:c332, items 2a, 6a,
7a, 8 to 12a, 13a, 22, 25.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from journal_club.answering.coverage.conclusions import is_conclusion
from journal_club.answering.coverage.fields import field_of
from journal_club.answering.coverage.matter import Matter, Unit
from journal_club.answering.coverage.question import QuestionPart
from journal_club.answering.coverage.trial_names import TRIAL_NAME
from journal_club.answering.coverage.vocabulary import stems
from journal_club.paper.model import Origin

__all__ = ["item_of"]

MOST = 2
_STAFF = r"(?:doctors?|clinicians?|physicians?|staff|investigators?|researchers?|nurses|raters|assessors?|surgeons?|therapists?)"
_PEOPLE = rf"(?:patients?|participants?|people|volunteers?|parents|they|anyone|anybody|everyone|everybody|{_STAFF})"
_STUDY = r"(?:study|trial|research|experiment|investigation|work|this|it)"
_ASKERS = r"(?:authors?|researchers?|investigators?|scientists?|team|writers?|they|paper|study|trial)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One item.

    Attributes:
        asked: matches a question that asks for it.
        told: matches a sentence that gives it.
        best: matches those that give it outright.
        counted: it is asked by "how many"; None where it is asked with it and without.
        nowhere: matches the sections that do not give it, whatever their words.
    """

    asked: re.Pattern[str]
    told: Callable[[Unit], bool]
    best: re.Pattern[str]
    counted: bool | None = False
    nowhere: re.Pattern[str] | None = None


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def _saying(words: str) -> Callable[[Unit], bool]:
    pattern = _pattern(words)
    return lambda unit: pattern.search(unit.text) is not None


_GAP = (
    r"\bset up (?:because|to|since)\b|\b(?:had|has|have) (?:not|never) (?:yet |previously )?been (?:\w+ )?(?:tested|studied"
    r"|shown|established"
    r"|examined|compared|evaluated|reported)\b|\b(?:unknown|unclear|uncertain|undetermined|unresolved)\b"
    r"|\bno (?:[\w-]+ ){0,5}(?:exist(?:s|ed)"
    r"|(?:was|were|is|are) available)\b|\b(?:few|little|no|limited|lack of|scarce) (?:[\w-]+ ){0,3}(?:data|evidence|trials?|studies)\b"
    r"|\b(?:never|not) (?:yet )?been (?:put to|subjected to|the subject of)\b|\bby analogy\b|\bgap\b|\bhad not been\b"
    r"|\bremain(?:s|ed)? (?:to be|high|poor|unmet|a (?:challenge|problem))|\bunmet need\b|\bmotivated\b|\bprompted\b"
)
_AIM = (
    r"\b(?:aim(?:s|ed)?|objectives?|purpose|goal|rationale)\b|\b(?:conducted|designed|undertaken|performed|carried out|sought|set out) to\b"
    r"|\bto (?:find out|test|determine|assess|evaluate) (?:whether|if)\b|\bwe (?:\w+ )?(?:hypothesi[sz]ed|wondered|asked)\b"
)
_CONCLUDES = (
    rf"\b{_ASKERS}\b[^.;]{{0,40}}\b(?:conclud|recommend|suggest|advis|argu|propos)\w*|\bwe (?:conclude|recommend|suggest|propose)\b"
    r"|\bin conclusion\b"
)
_ADVISES = (
    r"\b(?:should|could|can|may) (?:now |therefore |also )?be (?:considered|offered|used|recommended|preferred|regarded)\b|\breasonable\b"
    r"|\bnew standard\b|\b(?:supports?|favou?rs?|justif\w+) (?:the |its |their )?(?:routine |early |earlier )?(?:use|adoption|practice)\b"
    r"|\b(?:an?|the) (?:\w+ )?option\b|\bfirst choice\b|\bpreferred\b"
)
_RANDOMIZED = _pattern(
    r"\b\d[\d,]+ (?:[\w-]+ ){0,3}(?:(?:were|was) )?(?:randomi[sz]ed|randomly|assigned|enrol\w+|recruited|included)\b"
    r"|\b(?:randomi[sz]ed|enrol\w+|recruited|assigned) (?:a total of )?\d[\d,]+\b|^\W*sample\W+\d"
)
_GIVEN = _pattern(
    r"\d\s?(?:mg|g|mcg|µg|μg|ml|iu|units?|gy|ma|mg/kg)\b[^.;]{0,60}\b(?:daily|weekly|monthly|once|twice|every|(?:per|a|each) (?:day|week|month))\b"
)
_ELSEWHERE = _pattern("bottom|significance|discussion|context|finding|result|conclusion")
ITEMS = (
    Item(
        asked=_pattern(
            rf"\b{_PEOPLE}\b[^?]{{0,30}}\b(?:know|knew|known|aware|told|tell|guess\w*|find out)\b[^?]{{0,30}}\b(?:which|what|whether"
            rf"|who|if)\b"
            r"[^?]{0,60}\b(?:get|gets|getting|got|receiv\w+|given|taking|took|treatments?|drugs?|arms?|groups?|dummy|placebo|real|on)\b"
        ),
        told=_saying(
            r"\bblind\w*|\bmask(?:ed|ing)\b|\bopen[- ]label\b|\bunblind\w+|\bunaware\b|\bsham\b|\bknew\b|\bmatching placebo\b|\bidentical\b"
        ),
        best=_pattern(
            r"\b(?:double|single|triple)[- ](?:blind|mask)\w*|\bopen[- ]label\b|\bneither\b|\bnot (?:blinded|masked)\b|\bunblind"
        ),
    ),
    Item(
        asked=_pattern(
            rf"\b(?:fund(?:ed|ing|er|ers|s)|sponsor(?:s|ed|ship)?|bankroll\w*|financed)\b|\bwho (?:paid|pays)\b"
            rf"|\b(?:paid|pay|money) (?:for|came|come|behind)\b[^?]{{0,20}}\b{_STUDY}\b|\bwhere did the money\b"
        ),
        told=_saying(
            r"\bfund(?:ed|ing|er|ers)\b|\bsponsor\w*|\b(?:financially )?supported (?:\w+ )?by\b|\bpaid (?:for )?by\b|\bfinanced\b"
            r"|\bgrants?\b"
        ),
        best=_pattern(r"\b(?:fund|sponsor|support|financ|paid)\w*(?: for| in part| entirely| solely)? by\b|\bfunding\b"),
    ),
    Item(
        asked=_pattern(
            r"^\W*(?:(?:so|and|but|then)\W+)?why (?:did|would) (?:they|the \w+|any(?:one|body)|researchers|investigators|doctors"
            r"|scientists)\b"
            rf"[^?]{{0,12}}\b(?:do|doing|bother|run|carry out|conduct|set up|start|need|want|undertake|perform)\b[^?]{{0,20}}\b{_STUDY}\W*$"
            rf"|^\W*(?:(?:so|and|but|then)\W+)?why (?:was|were|is) (?:the |this |a "
            rf"|such a )?(?:\w+ )?{_STUDY}\b[^?]{{0,12}}\b(?:done|conducted"
            r"|performed|run|carried out|undertaken|needed|set up|started|necessary|launched)\W*$"
            rf"|\b(?:what|which) (?:gap|question|deficienc\w+|uncertaint\w+|shortcoming|need|problem)\b[^?]{{0,60}}\b{_STUDY}\b[^?]{{0,20}}"
            r"\b(?:address|fill|answer|clos|resolv|tackl|meet|settl)\w*\W*$"
            r"|\bwhat (?:gap|question) (?:in \w+ )?(?:was|were|did|does) (?:the|this|it)\b|\bwhat (?:prompted|motivated"
            r"|led to) (?:the|this)\b"
        ),
        told=_saying(f"{_GAP}|{_AIM}"),
        best=_pattern(_GAP),
        nowhere=_pattern("limitation|bottom|result|finding|conclusion|significance"),
    ),
    Item(
        asked=_pattern(
            rf"\b{_ASKERS}\b[^?]{{0,20}}\b(?:conclu\w+|recommend\w*)\b|\bwhat (?:\w+ )?(?:is|was|were|are) (?:the "
            rf"|their )?{_ASKERS}?(?:['’]s?)? ?"
            r"(?:overall |main |final |own )?conclusions?\b"
            rf"|\bwhat (?:do|did|does) (?:the )?{_ASKERS}\b[^?]{{0,12}}\b(?:think|say|suggest|advise|believe|reckon"
            rf"|propose)\b[^?]{{0,40}}\b"
            r"(?:should|ought|do now|next|used for|practice)\b"
            rf"|\b(?:for|in|to) (?:whom|which|what)\b[^?]{{0,30}}\b{_ASKERS}\b[^?]{{0,20}}\b(?:recommend|consider|regard|advis|suggest|favou?r|reserv"
            r"|endors|propos|think|support)\w*\b"
        ),
        told=lambda unit: is_conclusion(unit) or re.search(f"{_CONCLUDES}|{_ADVISES}", unit.text, re.IGNORECASE) is not None,
        best=_pattern(_CONCLUDES),
    ),
    Item(
        asked=_pattern(
            r"^\W*(?:and )?how many (?:people|patients|participants|subjects|volunteers|individuals)\b(?: in total"
            r"| altogether)?\s+(?:\w+\s+)?"
            r"\b(?:took part|take part|taking part|participated|joined|enrol\w+|randomi[sz]ed|recruited|included|were (?:in|there))\b"
            r"(?:(?:\s+(?:in|of|the|this|whole))*\s+(?:study|trial|altogether|total|overall|all))?\W*(?:$|and how\b)"
            r"|\bhow (?:big|large) was (?:the|this) (?:study|trial)\W*$"
        ),
        told=lambda unit: field_of(unit.passage) == "sample" or _RANDOMIZED.search(unit.text) is not None,
        best=_RANDOMIZED,
        counted=True,
    ),
    Item(
        asked=_pattern(
            r"\b(?:what|which|how)\b[^?]{0,30}\b(?:statistical|regression|analytic\w*|analysis) (?:models?|tests?|methods?|approach(?:es)?"
            r"|techniques?|framework)\b|\b(?:what|which) (?:kind of |type of )?(?:regression|models?|tests?)\b[^?]{0,40}\b(?:used|fitted|applied"
            r"|analy[sz]\w+)\b|\bhow (?:was|were) (?:the )?(?:primary )?(?:outcomes?|endpoints?|end points?|results?|data) (?:statistically )?"
            r"analy[sz]ed\b"
        ),
        told=_saying(
            r"\b(?:regressions?|ancova|anova|cox|proportional[- ]hazards|log-?rank|kaplan|mixed[- ](?:effects?|models?)|binomial|poisson"
            r"|logistic"
            r"|linear models?|t[- ]tests?|chi-squared?|mann-whitney|wilcoxon|fisher|bayesian|generali[sz]ed (?:linear|estimating)"
            r"|fine-gray|imputation|mantel|cochran|covariance)\b"
        ),
        best=_pattern(r"\b(?:regression|analy[sz]ed|analys[ie]s|model|compared (?:with|using|by))\b"),
        nowhere=_ELSEWHERE,
    ),
    Item(
        asked=_pattern(
            r"\bhow (?:was|were|did|is) (?:the |they )?(?:\w+ )?(?:randomi[sz]ation|allocation|assignment|random sequence|randomi[sz]ed|allocated)\b"
            r"[^?]{0,20}(?:done|performed|carried|conducted|generated|implemented|handled|concealed|achieved|stratified)?\W*$"
            r"|\b(?:strata|stratification (?:factors?|variables?)|allocation concealment|random sequence|randomi[sz]ation (?:method|procedure|ratio"
            r"|scheme|list))\b|\b(?:what|which)\b[^?]{0,30}\brandomi[sz]ation\b[^?]{0,12}\bstratified\b|\ballocation ratio\b"
        ),
        told=_saying(
            r"\b(?:permuted|block(?:s|ed)?|stratif\w+|minimi[sz]ation|web-based|computer-generated|interactive (?:web|voice)|sealed|envelopes?"
            r"|conceal\w+|random(?:ly)? (?:numbers?|sequence)|[1-4]:[1-4](?::[1-4])?)(?!\w)"
        ),
        best=_pattern(r"\brandom\w*\b|\ballocat\w+\b"),
        nowhere=_ELSEWHERE,
    ),
    Item(
        asked=_pattern(
            r"\b(?:power|sample[- ]size) (?:calculation|estimate|assumption)s?\b|\bhow (?:was|were) the (?:sample size|number of \w+) (?:determined"
            r"|calculated|chosen|justified|set)\b|\b(?:powered|planned|designed) to (?:accrue|enrol\w*|recruit|detect|show|observe|include)\b"
            r"|\b(?:what|which) (?:difference|effect|power|assumptions?)\b[^?]{0,40}\b(?:powered|planned|assumed|detect|sample size)\b"
        ),
        told=_saying(r"\b(?:power(?:ed)?|assum\w+|planned|target(?:ed)?|required|sample size|margin)\b[^.;]{0,100}\d"),
        best=_pattern(r"\bpower\w*\b|\bassum\w+\b|\bplanned\b|\bdetect\b"),
        counted=None,
    ),
    Item(
        asked=_pattern(
            r"\bhow (?:was|were) (?:the )?(?:masking|blinding)\b|\b(?:placebo|control|comparator|dummy|sham)\b[^?]{0,40}\b(?:look|taste|match\w*"
            r"|indistinguishable|identical|disguis\w+|resembl\w+|same)\b|\b(?:matched|identical|indistinguishable)\b[^?]{0,30}\b(?:placebo"
            r"|control|dummy|sham)\b"
        ),
        told=_saying(
            r"\b(?:match(?:ed|ing)|identical|indistinguishable|same (?:appearance|taste|colou?r|look|volume)|look(?:ed)? (?:alike|the same)"
            r"|double[- ]dummy|similar in (?:appearance|taste)|tast\w+|colou?r)\b"
        ),
        best=_pattern(r"\b(?:placebo|sham|dummy|comparator|control)\b"),
        nowhere=_ELSEWHERE,
    ),
    Item(
        asked=_pattern(
            r"\b(?:funders?|sponsors?|compan(?:y|ies)|manufacturers?|makers?|industry|firms?)\b[^?]{0,50}\b(?:say|role|part in|involve\w*|influence\w*"
            r"|input|hand in|control|interfere\w*|access|free hand)\b|\brole of the (?:funders?|sponsors?|compan|manufacturer|funding)"
        ),
        told=_saying(
            r"\b(?:no|any|little|limited|a|its) (?:\w+ )?(?:role|part|say|involvement|influence|input)\b[^.;]{0,80}\b(?:design|analy\w+|conduct|publi\w+"
            r"|writ\w+|data|decision|study|trial|report\w*)\b|\b(?:donated|supplied|provided) (?:the )?(?:\w+ ){0,4}(?:placebo|drug|drugs|medication"
            r"|devices?|funding|support)\b|\b(?:designed|sponsored|funded|supported|conducted|analy[sz]ed) (?:\w+ ){0,3}by the (?:sponsor"
            r"|manufacturer|company)\b"
        ),
        best=_pattern(r"\b(?:role|say|involve\w+|influence|input)\b"),
    ),
    Item(
        asked=_pattern(
            r"\b(?:how|by what means|in what way)\b[^?]{0,12}\b(?:was|were)\b[^?]{0,40}\b(?:outcomes?|events?|endpoints?|end points?|adverse events|harms)\b"
            r"[^?]{0,12}\b(?:ascertained|captured|recorded|collected|identified|detected|verified|adjudicated|assessed|measured)\W*$"
        ),
        told=_saying(
            r"\b(?:captured|ascertained|recorded|collected|adjudicated|diar(?:y|ies)|questionnaires?|registr(?:y|ies)|case report|self-report\w*"
            r"|interviews?|committee|(?:assessed|measured|identified|confirmed|judged) (?:by|with|using|from|on))\b"
        ),
        best=_pattern(r"\b(?:captured|ascertained|recorded|collected|adjudicated|diar(?:y|ies))\b"),
        nowhere=_pattern("bottom|significance|discussion|context"),
    ),
    Item(
        asked=_pattern(
            r"\b(?:dosing|dosage|dose|treatment|drug) (?:schedule|regimen|scheme|plan|protocol)s?\b|\b(?:how|at what (?:[\w-]+ )?dose|(?:what|which)"
            r" (?:[\w-]+ )?dos(?:e|age))\b[^?]{0,12}\b(?:was|were|is|of) (?:the )?(?:study|active|trial|tested|experimental|investigational)"
            r" (?:drug|treatment|medicines?|medication|agent|product|arm|intervention)\b[^?]{0,12}(?:given|administered|dosed|taken|used|delivered)?\W*$"
        ),
        told=lambda unit: field_of(unit.passage) == "intervention" or _GIVEN.search(unit.text) is not None,
        best=_GIVEN,
        counted=None,
    ),
)


def item_of(part: QuestionPart, matter: Matter) -> tuple[Unit, ...]:
    """The sentences that give the item that a part asks for, the best first; empty where it asks for none, or for more."""
    item = next((one for one in ITEMS if one.counted in (None, bool(part.measures)) and one.asked.search(part.text)), None)
    if item is None or _asks_more(part, item, matter):
        return ()
    asked = frozenset(stems(part.text))
    told = [unit for unit in matter.units if _may_tell(unit, item) and item.told(unit) and not matter.names_another(unit)]
    worth = {unit: 2 * (item.best.search(unit.text) is not None) + len(asked & unit.own) for unit in told}
    return tuple(sorted(told, key=lambda unit: -worth[unit])[:MOST])


def _may_tell(unit: Unit, item: Item) -> bool:
    return unit.passage.origin is not Origin.RELATED_TRIAL and not (item.nowhere and item.nowhere.search(unit.passage.section))


def _asks_more(part: QuestionPart, item: Item, matter: Matter) -> bool:
    """Whether a part names another trial, or behind the item a thing that the text knows."""
    found = item.asked.search(part.text)
    if found is None or any(matter.is_of_another(name[0]) for name in TRIAL_NAME.finditer(part.text)):
        return True
    start, end = part.start + found.start(), part.start + found.end()
    outside = [phrase for phrase in part.phrases if phrase.end <= start or phrase.start >= end]
    return any(term.telling and not term.plain and matter.has(term) for phrase in outside for term in matter.terms(phrase.text))

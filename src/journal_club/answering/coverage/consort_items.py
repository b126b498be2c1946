"""CONSORT items: by which words readers ask for what every report of a trial is asked for, and by which words reports give it.

Owns the table of items; how one is found is `consort`'s. A word that tells an item is one that any field of medicine uses for it.
Source: Schulz KF, Altman DG, Moher D. CONSORT 2010 statement. BMJ 2010;340:c332, items 2a, 5, 6a, 7a, 8 to 12a, 13a, 22, 25.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from journal_club.answering.coverage.conclusions import is_conclusion
from journal_club.answering.coverage.fields import field_of
from journal_club.answering.coverage.matter import Unit

__all__ = ["ITEMS", "Item"]

_STAFF = r"(?:doctors?|clinicians?|physicians?|staff|investigators?|researchers?|nurses|raters|assessors?|surgeons?|therapists?)"
_PEOPLE = rf"(?:patients?|participants?|people|volunteers?|parents|they|anyone|anybody|everyone|everybody|{_STAFF})"
_STUDY = r"(?:study|trial|research|experiment|investigation|work|this|it)"
_ASKERS = r"(?:authors?|researchers?|investigators?|scientists?|team|writers?|they|paper|study|trial)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One item.

    Attributes:
        asked: matches a question that asks for it.
        told: whether a sentence gives it.
        best: matches those that give it outright.
        counted: it is asked by "how many"; None where it is asked with it and without.
        nowhere: matches the sections that do not give it, whatever their words.
    """

    asked: re.Pattern[str]
    told: Callable[[Unit], bool]
    best: re.Pattern[str]
    counted: bool | None = False
    nowhere: re.Pattern[str] | None = None


def _any(*words: str) -> re.Pattern[str]:
    """A pattern of whole words or phrases, any of them."""
    return re.compile(rf"\b(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def _saying(pattern: re.Pattern[str]) -> Callable[[Unit], bool]:
    return lambda unit: pattern.search(unit.text) is not None


_GAP = (
    r"set up (?:because|to|since)",
    r"(?:had|has|have) (?:not|never) (?:yet |previously )?been (?:\w+ )?(?:tested|studied|shown|established|examined|compared|evaluated|reported)",
    r"(?:never|not) (?:yet )?been (?:put to|subjected to|the subject of)",
    r"had not been",
    r"unknown|unclear|uncertain|undetermined|unresolved|by analogy|gap|motivated|prompted|unmet need",
    r"no (?:[\w-]+ ){0,5}(?:exist(?:s|ed)|(?:was|were|is|are) available)",
    r"(?:few|little|no|limited|lack of|scarce) (?:[\w-]+ ){0,3}(?:data|evidence|trials?|studies)",
    r"remain(?:s|ed)? (?:to be|high|poor|unmet|a (?:challenge|problem))",
)
_AIM = (
    r"aim(?:s|ed)?|objectives?|purpose|goal|rationale",
    r"(?:conducted|designed|undertaken|performed|carried out|sought|set out) to",
    r"to (?:find out|test|determine|assess|evaluate) (?:whether|if)",
    r"we (?:\w+ )?(?:hypothesi[sz]ed|wondered|asked)",
)
_CONCLUDES = (
    rf"{_ASKERS}\b[^.;]{{0,40}}\b(?:conclud|recommend|suggest|advis|argu|propos)\w*",
    r"we (?:conclude|recommend|suggest|propose)",
    r"in conclusion",
)
_ADVISES = (
    r"(?:should|could|can|may) (?:now |therefore |also )?be (?:considered|offered|used|recommended|preferred|regarded)",
    r"reasonable|new standard|first choice|preferred",
    r"(?:supports?|favou?rs?|justif\w+) (?:the |its |their )?(?:routine |early |earlier )?(?:use|adoption|practice)",
    r"(?:an?|the) (?:\w+ )?option",
)
_ELIGIBLE = (r"eligible|inclusion criteria|aged \d+|adults|enrolled|no bar to|were included",)
_INELIGIBLE = (
    r"exclu(?:ded|sion|ding|sions)|not eligible|ineligible|barred|ruled out|grounds for|could not (?:enter|join|take part)",
    r"(?:was|were) (?:not allowed|kept out|left out)",
)
_RANDOMIZED = re.compile(
    r"\b\d[\d,]+ (?:[\w-]+ ){0,3}(?:(?:were|was) )?(?:randomi[sz]ed|randomly|assigned|enrol\w+|recruited|included)\b"
    r"|\b(?:randomi[sz]ed|enrol\w+|recruited|assigned) (?:a total of )?\d[\d,]+\b|^\W*sample\W+\d",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\d\s?(?:mg|g|mcg|µg|μg|ml|iu|units?|gy|ma|mg/kg)\b[^.;]{0,60}"
    r"\b(?:daily|weekly|monthly|once|twice|every|(?:per|a|each) (?:day|week|month))\b",
    re.IGNORECASE,
)
_NOT_METHODS = re.compile("bottom|significance|discussion|context|finding|result|conclusion", re.IGNORECASE)

_BLINDING = Item(
    asked=_any(
        rf"{_PEOPLE}\b[^?]{{0,30}}\b(?:know|knew|known|aware|told|tell|guess\w*|find out)\b[^?]{{0,30}}\b(?:which|what|whether|who|if)\b"
        r"[^?]{0,60}\b(?:get|gets|getting|got|receiv\w+|given|taking|took|treatments?|drugs?|arms?|groups?|dummy|placebo|real|on)"
    ),
    told=_saying(
        _any(r"blind\w*|mask(?:ed|ing)|open[- ]label|unblind\w+|unaware|sham|knew|matching placebo|identical"),
    ),
    best=_any(r"(?:double|single|triple)[- ](?:blind|mask)\w*|open[- ]label|neither|not (?:blinded|masked)|unblind\w*"),
)
_LIKENESS = Item(
    asked=_any(
        r"how (?:was|were) (?:the )?(?:masking|blinding)",
        r"(?:placebo|control|comparator|dummy|sham)\b[^?]{0,40}\b(?:look|taste|match\w*|indistinguishable|identical|disguis\w+|resembl\w+|same)",
        r"(?:matched|identical|indistinguishable)\b[^?]{0,30}\b(?:placebo|control|dummy|sham)",
    ),
    told=_saying(
        _any(
            r"match(?:ed|ing)|identical|indistinguishable|double[- ]dummy|tast\w+|colou?r",
            r"same (?:appearance|taste|colou?r|look|volume)|look(?:ed)? (?:alike|the same)|similar in (?:appearance|taste)",
        )
    ),
    best=_any(r"placebo|sham|dummy|comparator|control"),
    nowhere=_NOT_METHODS,
)
_FUNDING = Item(
    asked=_any(
        r"fund(?:ed|ing|er|ers|s)|sponsor(?:s|ed|ship)?|bankroll\w*|financed",
        r"who (?:paid|pays)",
        rf"(?:paid|pay|money) (?:for|came|come|behind)\b[^?]{{0,20}}\b{_STUDY}",
        r"where did the money",
    ),
    told=_saying(
        _any(r"fund(?:ed|ing|er|ers)|sponsor\w*|(?:financially )?supported (?:\w+ )?by|paid (?:for )?by|paid for|financed|grants?"),
    ),
    best=_any(r"(?:fund|sponsor|support|financ|paid)\w*(?: for| in part| entirely| solely)? by|funding|paid for"),
)
_ROLE_OF_FUNDER = Item(
    asked=_any(
        r"(?:funders?|sponsors?|compan(?:y|ies)|manufacturers?|makers?|industry|firms?)\b[^?]{0,50}"
        r"\b(?:say|role|part in|involve\w*|influence\w*|input|hand in|control|interfere\w*|access|free hand|contribut\w+|suppl\w+|donat\w+)",
        r"role of the (?:funders?|sponsors?|company|companies|manufacturers?|funding)",
    ),
    told=_saying(
        _any(
            r"(?:no|any|little|limited|a|its) (?:\w+ )?(?:role|part|say|involvement|influence|input)\b[^.;]{0,80}"
            r"\b(?:design|analy\w+|conduct|publi\w+|writ\w+|data|decision|study|trial|report\w*)",
            r"(?:donated|supplied|provided|lent|paid for) (?:the )?(?:\w+ ){0,4}(?:placebo|drugs?|medication|devices?|funding|support)",
            r"(?:designed|sponsored|funded|supported|conducted|analy[sz]ed) (?:\w+ ){0,3}by the (?:sponsor|manufacturer|company)",
        )
    ),
    best=_any(r"role|say|involve\w+|influence|input"),
)
_RATIONALE = Item(
    asked=_any(
        rf"why (?:did|would) (?:they|the \w+|any(?:one|body)|researchers|investigators|doctors|scientists)\b[^?]{{0,12}}"
        rf"\b(?:do|doing|bother|run|carry out|conduct|set up|start|need|want|undertake|perform)\b[^?]{{0,20}}\b{_STUDY}\W*$",
        rf"why (?:was|were|is) (?:the |this |a |such a )?(?:\w+ )?{_STUDY}\b[^?]{{0,12}}"
        r"\b(?:done|conducted|performed|run|carried out|undertaken|needed|set up|started|necessary|launched)\W*$",
        rf"(?:what|which) (?:gap|question|deficienc\w+|uncertaint\w+|shortcoming|need|problem)\b[^?]{{0,60}}\b{_STUDY}\b[^?]{{0,20}}"
        r"\b(?:address|fill|answer|clos|resolv|tackl|meet|settl)\w*\W*$",
        r"what (?:gap|question) (?:in \w+ )?(?:was|were|did|does) (?:the|this|it)",
        r"what (?:prompted|motivated|led to) (?:the|this)",
    ),
    told=_saying(_any(*_GAP, *_AIM)),
    best=_any(*_GAP),
    nowhere=re.compile("limitation|bottom|result|finding|conclusion|significance", re.IGNORECASE),
)
_CONCLUSION = Item(
    asked=_any(
        rf"{_ASKERS}\b[^?]{{0,20}}\b(?:conclu\w+|recommend\w*)",
        rf"what (?:\w+ )?(?:is|was|were|are) (?:the |their )?{_ASKERS}?(?:['’]s?)? ?(?:overall |main |final |own )?conclusions?",
        rf"what (?:do|did|does) (?:the )?{_ASKERS}\b[^?]{{0,12}}\b(?:think|say|suggest|advise|believe|reckon|propose)\b[^?]{{0,40}}"
        r"\b(?:should|ought|do now|next|used for|practice)",
        rf"(?:for|in|to) (?:whom|which|what)\b[^?]{{0,30}}\b{_ASKERS}\b[^?]{{0,20}}"
        r"\b(?:recommend|consider|regard|advis|suggest|favou?r|reserv|endors|propos|think|support)\w*",
    ),
    told=lambda unit: is_conclusion(unit) or _any(*_CONCLUDES, *_ADVISES).search(unit.text) is not None,
    best=_any(*_CONCLUDES),
)
_SAMPLE = Item(
    asked=re.compile(
        r"^\W*(?:and )?how many (?:people|patients|participants|subjects|volunteers|individuals)\b(?: in total| altogether)?\s+(?:\w+\s+)?"
        r"\b(?:took part|take part|taking part|participated|joined|enrol\w+|randomi[sz]ed|recruited|included|were (?:in|there))\b"
        r"(?:(?:\s+(?:in|of|the|this|whole))*\s+(?:study|trial|altogether|total|overall|all))?\W*(?:$|and how\b)"
        r"|\bhow (?:big|large) was (?:the|this) (?:study|trial)\W*$",
        re.IGNORECASE,
    ),
    told=lambda unit: field_of(unit.passage) == "sample" or _RANDOMIZED.search(unit.text) is not None,
    best=_RANDOMIZED,
    counted=True,
)
_POWER = Item(
    asked=_any(
        r"(?:power|sample[- ]size) (?:calculation|estimate|assumption)s?|(?:statistical|what) power",
        r"(?:assum\w+|calculat\w+|determin\w+)\b[^?]{0,30}\bsample size",
        r"how (?:was|were) the (?:sample size|number of \w+) (?:determined|calculated|chosen|justified|set)",
        r"(?:powered|planned|designed) to (?:accrue|enrol\w*|recruit|detect|show|observe|include)",
        r"(?:what|which) (?:difference|effect|power|assumptions?)\b[^?]{0,40}\b(?:powered|planned|assumed|detect|sample size)",
    ),
    told=_saying(_any(r"(?:power(?:ed)?|assum\w+|planned|target(?:ed)?|required|sample size|margin)\b[^.;]{0,100}\d[\d.,]*")),
    best=_any(r"power\w*|assum\w+|planned|detect"),
    counted=None,
)
_ALLOCATION = Item(
    asked=_any(
        r"how (?:was|were|did|is) (?:the |they )?(?:\w+ )?"
        r"(?:randomi[sz]ation|allocation|assignment|random sequence|randomi[sz]ed|allocated)\b[^?]{0,20}"
        r"(?:done|performed|carried|conducted|generated|implemented|handled|concealed|achieved|stratified)?\W*$",
        r"strata|stratification (?:factors?|variables?)|allocation (?:concealment|ratio)|random sequence",
        r"randomi[sz]ation (?:method|procedure|ratio|scheme|list)",
        r"(?:what|which|how)\b[^?]{0,50}\b(?:randomi[sz]|allocat)\w+\b[^?]{0,12}\bstratif\w+|(?:(?:what|which|how)\b[^?]{0,70}\b)?stratif\w+ (?:randomi[sz]|allocat|by what)\w*",
    ),
    told=_saying(
        _any(
            r"permuted|block(?:s|ed)?|stratif\w+|minimi[sz]ation|web-based|computer-generated|interactive (?:web|voice)",
            r"sealed|envelopes?|conceal\w+|random(?:ly)? (?:numbers?|sequence)|[1-4]:[1-4](?::[1-4])?",
        )
    ),
    best=_any(r"random\w*|allocat\w+"),
    nowhere=_NOT_METHODS,
)
_ANALYSIS = Item(
    asked=_any(
        r"(?:what|which|how)\b[^?]{0,30}"
        r"\b(?:statistical|regression|analytic\w*|analysis) (?:models?|tests?|methods?|approach(?:es)?|techniques?|framework)",
        r"(?:what|which) (?:kind of |type of )?(?:regression|models?|tests?)\b[^?]{0,40}\b(?:used|fitted|applied|analy[sz]\w+)",
        r"how (?:was|were) (?:the )?(?:primary )?(?:outcomes?|endpoints?|end points?|results?|data) (?:statistically )?analy[sz]ed",
    ),
    told=_saying(
        _any(
            r"regressions?|ancova|anova|cox|proportional[- ]hazards|log-?rank|kaplan|mixed[- ](?:effects?|models?)|binomial|poisson|logistic",
            r"linear models?|t[- ]tests?|chi-squared?|mann-whitney|wilcoxon|fisher|bayesian|generali[sz]ed (?:linear|estimating)",
            r"fine-gray|imputation|mantel|cochran|covariance",
        )
    ),
    best=_any(r"regression|analy[sz]ed|analys[ie]s|model|compared (?:with|using|by)"),
    nowhere=_NOT_METHODS,
)
_ASCERTAINMENT = Item(
    asked=_any(
        r"(?:how|by what means|in what way)\b[^?]{0,12}\b(?:was|were)\b[^?]{0,40}"
        r"\b(?:outcomes?|events?|endpoints?|end points?|adverse events|harms)\b[^?]{0,12}"
        r"\b(?:ascertained|captured|recorded|collected|identified|detected|verified|adjudicated|assessed|measured)\W*$"
    ),
    told=_saying(
        _any(
            r"captured|ascertained|recorded|collected|adjudicated|diar(?:y|ies)|questionnaires?|registr(?:y|ies)|case report|self-report\w*",
            r"interviews?|committee|(?:assessed|measured|identified|confirmed|judged) (?:by|with|using|from|on)",
        )
    ),
    best=_any(r"captured|ascertained|recorded|collected|adjudicated|diar(?:y|ies)"),
    nowhere=re.compile("bottom|significance|discussion|context", re.IGNORECASE),
)
_REGIMEN = Item(
    asked=_any(
        r"(?:dosing|dosage|dose|treatment|drug) (?:schedule|regimen|scheme|plan|protocol)s?",
        r"(?:how|at what (?:[\w-]+ )?dose|(?:what|which) (?:[\w-]+ )?dos(?:e|age))\b[^?]{0,12}\b(?:was|were|is|of) (?:the )?"
        r"(?:study|active|trial|tested|experimental|investigational) (?:drug|treatment|medicines?|medication|agent|product|arm|intervention)\b"
        r"[^?]{0,12}(?:given|administered|dosed|taken|used|delivered)?\W*$",
    ),
    told=lambda unit: field_of(unit.passage) == "intervention" or _GIVEN.search(unit.text) is not None,
    best=_GIVEN,
    counted=None,
)
_ELIGIBILITY = Item(
    asked=_any(
        r"(?:inclusion|eligibility|entry|enrol?lment) (?:and exclusion )?criteria|eligibility",
        r"who (?:was|were) (?:eligible|enrolled|included)|who (?:could|was allowed to|were allowed to) (?:join|take part|enter|participate)",
    ),
    told=lambda unit: field_of(unit.passage) == "population" or _any(*_ELIGIBLE).search(unit.text) is not None,
    best=_any(*_ELIGIBLE),
    nowhere=_NOT_METHODS,
)
_EXCLUSION = Item(
    asked=_any(
        r"exclusions?(?: criteria)?|who (?:was|were) (?:excluded|barred|ineligible|left out|kept out|not (?:eligible|allowed))",
        r"what (?:would |could )?(?:ruled?|kept|keep|disqualif\w+) (?:out |someone |somebody |people |patients )?\b[^?]{0,20}",
    ),
    told=_saying(_any(*_INELIGIBLE)),
    best=_any(r"exclu\w+ (?:criteria|were|those|patients|people)|not eligible|ineligible|grounds for exclusion|were excluded"),
    nowhere=_NOT_METHODS,
)
_POPULATION = Item(
    asked=_any(
        r"(?:(?:intention|intent)[- ]to[- ]treat|ITT|per[- ]protocol|PP|as[- ]treated)(?: or (?:mITT|ITT|(?:intention|intent)[- ]to[- ]treat"
        r"|per[- ]protocol|PP|as[- ]treated))?|analysis (?:sets?|populations?)",
        r"how many\b[^?]{0,40}\b(?:omitted|left out|excluded|dropped|missing)\b[^?]{0,20}\b(?:analysis|analyses|comparison)",
    ),
    told=_saying(
        _any(
            r"(?:intention|intent)[- ]to[- ]treat|per[- ]protocol|as[- ]treated|full analysis set",
            r"analy[sz]ed as (?:allocated|randomi[sz]ed|assigned|treated)",
            r"(?:left out of|excluded from|not included in|omitted from|missing from) (?:the )?(?:\w+ )?(?:analys[ie]s|comparison)",
        )
    ),
    best=_any(r"intention[- ]to[- ]treat|analy[sz]ed as|per[- ]protocol|left out|excluded|omitted"),
    counted=None,
)
_MULTIPLICITY = Item(
    asked=_any(
        r"multiplicity|multiple (?:comparisons?|testing|tests|endpoints?|outcomes?)|type I error",
        r"(?:correct|adjust|account|allow)\w*\b[^?]{0,40}\b(?:multiple|several|many|numerous)",
    ),
    told=_saying(
        _any(
            r"multiplicity|multiple (?:comparisons?|testing|tests)|hierarchical\w*|gatekeep\w*|bonferroni|holm|hochberg|type I error",
            r"fixed[- ]sequence|familywise|alpha (?:was )?(?:spending|split|allocated)",
        )
    ),
    best=_any(r"multiplicity|multiple|hierarchical\w*|type I error"),
)
_TRANSFER = Item(
    asked=_any(
        r"generali[sz]ab\w+|external validity|underrepresented|representative",
        r"(?:appl(?:y|ies|icable)|transfer\w*|extend\w*|generali[sz]e\w*)\b[^?]{0,40}\b(?:other|elsewhere|beyond|outside|everyone|my|our)",
    ),
    told=_saying(
        _any(
            r"may not (?:\w+ )?(?:apply|extend|generali[sz]e|hold|transfer)|generali[sz]ab\w+|external validity|under-?represented",
            r"(?:without|lacking) (?:one|such|them)|other (?:settings|hospitals|centres|centers|populations|countries)|made up (?:only )?\d+%",
        )
    ),
    best=_any(r"may not|generali[sz]ab\w+|external validity|without one|under-?represented"),
)
ITEMS = (
    *(_BLINDING, _FUNDING, _RATIONALE, _CONCLUSION, _SAMPLE, _ANALYSIS),
    *(_ALLOCATION, _POWER, _LIKENESS, _ROLE_OF_FUNDER, _ASCERTAINMENT, _REGIMEN),
    *(_EXCLUSION, _ELIGIBILITY, _POPULATION, _MULTIPLICITY, _TRANSFER),
)
"""Every item, in the order in which they are asked."""

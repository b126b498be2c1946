"""Methods items of CONSORT: whom a trial took, how they were allotted and treated, and how what happened to them was measured and analysed.

A word that tells an item is one that any field of medicine uses for it.
Source: Schulz KF, Altman DG, Moher D. CONSORT 2010 statement. BMJ 2010;340:c332, items 4a, 5, 6a, 7a, 8 to 12.
"""

import re

from journal_club.answering.coverage.consort_item import NOT_METHODS, Item, any_of, saying
from journal_club.answering.coverage.fields import field_of

__all__ = ["METHODS_ITEMS"]

_ELIGIBLE = (r"eligible|inclusion criteria|aged \d+|adults|enrolled|no bar to|were included",)
_INELIGIBLE = (
    r"exclu(?:ded|sion|ding|sions)|not eligible|ineligible|barred|ruled out|grounds for|could not (?:enter|join|take part)",
    r"(?:was|were) (?:not allowed|kept out|left out)",
)
_GIVEN = re.compile(
    r"\d\s?(?:mg|g|mcg|µg|μg|ml|iu|units?|gy|ma|mg/kg)\b[^.;]{0,60}"
    r"\b(?:daily|weekly|monthly|once|twice|every|(?:per|a|each) (?:day|week|month))\b",
    re.IGNORECASE,
)
_LIKENESS = Item(
    asked=any_of(
        r"how (?:was|were) (?:the )?(?:masking|blinding)",
        r"(?:placebo|control|comparator|dummy|sham)\b[^?]{0,40}\b(?:look|taste|match\w*|indistinguishable|identical"
        r"|disguis\w+|resembl\w+|same)",
        r"(?:matched|identical|indistinguishable)\b[^?]{0,30}\b(?:placebo|control|dummy|sham)",
    ),
    told=saying(
        any_of(
            r"match(?:ed|ing)|identical|indistinguishable|double[- ]dummy|tast\w+|colou?r",
            r"same (?:appearance|taste|colou?r|look|volume)|look(?:ed)? (?:alike|the same)|similar in (?:appearance|taste)",
        )
    ),
    best=any_of(r"placebo|sham|dummy|comparator|control"),
    nowhere=NOT_METHODS,
)
_POWER = Item(
    asked=any_of(
        r"(?:power|sample[- ]size) (?:calculation|estimate|assumption)s?|(?:statistical|what) power",
        r"(?:assum\w+|calculat\w+|determin\w+)\b[^?]{0,30}\bsample size",
        r"how (?:was|were) the (?:sample size|number of \w+) (?:determined|calculated|chosen|justified|set)",
        r"(?:powered|planned|designed) to (?:accrue|enrol\w*|recruit|detect|show|observe|include)",
        r"(?:what|which) (?:difference|effect|power|assumptions?)\b[^?]{0,40}\b(?:powered|planned|assumed|detect|sample size)",
    ),
    told=saying(any_of(r"(?:power(?:ed)?|assum\w+|planned|target(?:ed)?|required|sample size|margin)\b[^.;]{0,100}\d[\d.,]*")),
    best=any_of(r"power\w*|assum\w+|planned|detect"),
    counted=None,
)
_ALLOCATION = Item(
    asked=any_of(
        r"how (?:was|were|did|is) (?:the |they )?(?:\w+ )?"
        r"(?:randomi[sz]ation|allocation|assignment|random sequence|randomi[sz]ed|allocated)\b[^?]{0,20}"
        r"(?:done|performed|carried|conducted|generated|implemented|handled|concealed|achieved|stratified)?\W*$",
        r"strata|stratification (?:factors?|variables?)|allocation (?:concealment|ratio)|random sequence",
        r"randomi[sz]ation (?:method|procedure|ratio|scheme|list)",
        r"(?:what|which|how)\b[^?]{0,50}\b(?:randomi[sz]|allocat)\w+\b[^?]{0,12}\bstratif\w+|(?:(?:what|which"
        r"|how)\b[^?]{0,70}\b)?stratif\w+ (?:randomi[sz]|allocat|by what)\w*",
    ),
    told=saying(
        any_of(
            r"permuted|block(?:s|ed)?|stratif\w+|minimi[sz]ation|web-based|computer-generated|interactive (?:web|voice)",
            r"sealed|envelopes?|conceal\w+|random(?:ly)? (?:numbers?|sequence)|[1-4]:[1-4](?::[1-4])?",
        )
    ),
    best=any_of(r"random\w*|allocat\w+"),
    nowhere=NOT_METHODS,
)
_ANALYSIS = Item(
    asked=any_of(
        r"(?:what|which|how)\b[^?]{0,30}"
        r"\b(?:statistical|regression|analytic\w*|analysis) (?:models?|tests?|methods?|approach(?:es)?|techniques?|framework)",
        r"(?:what|which) (?:kind of |type of )?(?:regression|models?|tests?)\b[^?]{0,40}\b(?:used|fitted|applied|analy[sz]\w+)",
        r"how (?:was|were) (?:the )?(?:primary )?(?:outcomes?|endpoints?|end points?|results?|data) (?:statistically )?analy[sz]ed",
    ),
    told=saying(
        any_of(
            r"regressions?|ancova|anova|cox|proportional[- ]hazards|log-?rank|kaplan|mixed[- ](?:effects?|models?)|binomial"
            r"|poisson|logistic",
            r"linear models?|t[- ]tests?|chi-squared?|mann-whitney|wilcoxon|fisher|bayesian|generali[sz]ed (?:linear|estimating)",
            r"fine-gray|imputation|mantel|cochran|covariance",
        )
    ),
    best=any_of(r"regression|analy[sz]ed|analys[ie]s|model|compared (?:with|using|by)"),
    nowhere=NOT_METHODS,
)
_ASCERTAINMENT = Item(
    asked=any_of(
        r"(?:how|by what means|in what way)\b[^?]{0,12}\b(?:was|were)\b[^?]{0,40}"
        r"\b(?:outcomes?|events?|endpoints?|end points?|adverse events|harms)\b[^?]{0,12}"
        r"\b(?:ascertained|captured|recorded|collected|identified|detected|verified|adjudicated|assessed|measured)\W*$"
    ),
    told=saying(
        any_of(
            r"captured|ascertained|recorded|collected|adjudicated|diar(?:y|ies)|questionnaires?|registr(?:y|ies)|case report"
            r"|self-report\w*",
            r"interviews?|committee|(?:assessed|measured|identified|confirmed|judged) (?:by|with|using|from|on)",
        )
    ),
    best=any_of(r"captured|ascertained|recorded|collected|adjudicated|diar(?:y|ies)"),
    nowhere=re.compile("bottom|significance|discussion|context", re.IGNORECASE),
)
_REGIMEN = Item(
    asked=any_of(
        r"(?:dosing|dosage|dose|treatment|drug) (?:schedule|regimen|scheme|plan|protocol)s?",
        r"(?:how|at what (?:[\w-]+ )?dose|(?:what|which) (?:[\w-]+ )?dos(?:e|age))\b[^?]{0,12}\b(?:was|were|is|of) (?:the )?"
        r"(?:study|active|trial|tested|experimental|investigational) (?:drug|treatment|medicines?|medication|agent"
        r"|product|arm|intervention)\b"
        r"[^?]{0,12}(?:given|administered|dosed|taken|used|delivered)?\W*$",
    ),
    told=lambda unit: field_of(unit.passage) == "intervention" or _GIVEN.search(unit.text) is not None,
    best=_GIVEN,
    counted=None,
)
_ELIGIBILITY = Item(
    asked=any_of(
        r"(?:inclusion|eligibility|entry|enrol?lment) (?:and exclusion )?criteria|eligibility",
        r"who (?:was|were) (?:eligible|enrolled|included)|who (?:could|was allowed to|were allowed to) (?:join|take part"
        r"|enter|participate)",
    ),
    told=lambda unit: field_of(unit.passage) == "population" or any_of(*_ELIGIBLE).search(unit.text) is not None,
    best=any_of(*_ELIGIBLE),
    nowhere=NOT_METHODS,
)
_EXCLUSION = Item(
    asked=any_of(
        r"exclusions?(?: criteria)?|who (?:was|were) (?:excluded|barred|ineligible|left out|kept out|not (?:eligible|allowed))",
        r"what (?:would |could )?(?:ruled?|kept|keep|disqualif\w+) (?:out |someone |somebody |people |patients )?\b[^?]{0,20}",
    ),
    told=saying(any_of(*_INELIGIBLE)),
    best=any_of(r"exclu\w+ (?:criteria|were|those|patients|people)|not eligible|ineligible|grounds for exclusion|were excluded"),
    nowhere=NOT_METHODS,
)
_POPULATION = Item(
    asked=any_of(
        r"(?:(?:intention|intent)[- ]to[- ]treat|ITT|per[- ]protocol|PP|as[- ]treated)(?: or (?:mITT|ITT|(?:intention"
        r"|intent)[- ]to[- ]treat"
        r"|per[- ]protocol|PP|as[- ]treated))?|analysis (?:sets?|populations?)",
        r"how many\b[^?]{0,40}\b(?:omitted|left out|excluded|dropped|missing)\b[^?]{0,20}\b(?:analysis|analyses|comparison)",
    ),
    told=saying(
        any_of(
            r"(?:intention|intent)[- ]to[- ]treat|per[- ]protocol|as[- ]treated|full analysis set",
            r"analy[sz]ed as (?:allocated|randomi[sz]ed|assigned|treated)",
            r"(?:left out of|excluded from|not included in|omitted from|missing from) (?:the )?(?:\w+ )?(?:analys[ie]s|comparison)",
        )
    ),
    best=any_of(r"intention[- ]to[- ]treat|analy[sz]ed as|per[- ]protocol|left out|excluded|omitted"),
    counted=None,
)
_MULTIPLICITY = Item(
    asked=any_of(
        r"multiplicity|multiple (?:comparisons?|testing|tests|endpoints?|outcomes?)|type I error",
        r"(?:correct|adjust|account|allow)\w*\b[^?]{0,40}\b(?:multiple|several|many|numerous)",
    ),
    told=saying(
        any_of(
            r"multiplicity|multiple (?:comparisons?|testing|tests)|hierarchical\w*|gatekeep\w*|bonferroni|holm|hochberg|type I error",
            r"fixed[- ]sequence|familywise|alpha (?:was )?(?:spending|split|allocated)",
        )
    ),
    best=any_of(r"multiplicity|multiple|hierarchical\w*|type I error"),
)
METHODS_ITEMS = (
    *(_ANALYSIS, _ALLOCATION, _POWER, _LIKENESS, _ASCERTAINMENT),
    *(_REGIMEN, _EXCLUSION, _ELIGIBILITY, _POPULATION, _MULTIPLICITY),
)
"""Every item of the methods, in the order in which they are asked."""

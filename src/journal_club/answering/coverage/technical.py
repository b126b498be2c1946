"""Technical words: those of medicine and of measurement, which have no other name in everyday speech.

Owns the signs by which such a word is known without a dictionary: its Greek and Latin pieces, the endings of drugs' names, capitals and
digits. What is none of them is plain English, and a report may say the same in words that nobody can list.
"""

import re
from functools import lru_cache

__all__ = ["is_technical"]

WRITTEN = re.compile(r"\d|[A-Z]")
BEGINS = re.compile(
    r"(?:hyper|hypo|thromb|haem|hemo|hemat|pneum|cardi|neuro|nephr|hepat|gastr|dermat|oste|arthr|myel|myo(?!pic)|leuk|lymph|cyto|carcin"
    r"|immun|bronch|cerebr|enceph|enter[oi]|endo[cmtsv]|electro[cde]|angi|ather|vaso|veno|phleb|glyc|gluc|lipid|lipo|chole|bili|cyst|ovar"
    r"|uter|mamm|ophthalm|rhin|laryng|trache|toxic|radio|radiat|ischa?em|infarct|embol|fibr[io]|vacc|antib|antig|anti-|pre-|post-|inter-"
    r"|intra|extra[cv]|peri[ctnop]|para[ls]y|poly[mpcu]|dys|tachy|brady|oxy[gh]|ster[oi]|metast|neo[nap]|chemo|pharm|plasm|prote[io]"
    r"|phosph|cort|insulin|creatin|albumin|bacter|viral|virus|sero|psych|cogn|suicid|genom|genet|mutat|mening|seps|septic)"
)
ENDS = re.compile(
    r"(?:itis|osis|oses|otic|a?emi[ac]|uria|algia|ectomy|otomy|ostomy|oscopy|plasty|path(?:y|ies|ic)|lys(?:is|ed)|lytic|ogram|graphy|metry"
    r"|megaly|penia|philia|phobia|pleg(?:ia|ic)|paresis|rrh[oe]+a|rrhage|stenosis|troph(?:y|ic)|thorax|toxin|cyt(?:e|es|osis)|blast|omas?"
    r"|mabs?|nibs?|virs?|prils?|sartans?|statins?|olols?|azoles?|cillins?|mycin|micin|parins?|gliptins?|gliflozins?|caine|cycline"
    r"|floxacin|tinib|zumab|ximab|tide|glutide|setron|triptan|dipine|zosin|pezil|oxetine|azepam|barbital|profen|sone|solone|kappa"
    r"|oid(?:s)?|glob(?:in|ulin)s?|enones?)$"
)
SHORTEST = 5
"""Letters; pieces of shorter words mean nothing."""


@lru_cache(maxsize=4096)
def is_technical(word: str) -> bool:
    """Whether a word, as a question writes it, is a name, a figure or a term of medicine."""
    if WRITTEN.search(word):
        return True
    folded = word.casefold()
    return len(folded) >= SHORTEST and (BEGINS.match(folded) is not None or ENDS.search(folded) is not None)

"""Spelling: slips in the words that name a figure are mended before a question is read, and British spelling is made American.

Owns the words that are mended. How other words of a question may be misspelt is `matter`'s, which has the paper's own words.
"""

import re
from functools import lru_cache

__all__ = ["american", "mended"]

_WORDS = """
    hazard ratio ratios median confidence interval percentage proportion incidence prevalence survival mortality average duration
    follow-up frequency sensitivity specificity difference outcome endpoint adverse toxicity toxicities dosage limitations comparator
    happened people typically actually usually recruited receiving received patient treatment participant
    eligible eligibility randomised randomized blinded progression response published journal author authors"""
WORDS = tuple(_WORDS.split())
WORD = re.compile(r"[A-Za-z][A-Za-z-]{4,19}(?![A-Za-z-])")
RATION = re.compile(r"(?<=hazard )ration\b|(?<=odds )ration\b|(?<=risk )ration\b|(?<=rate )ration\b", re.IGNORECASE)
OTHERS = frozenset(("medial", "ration", "rations", "averse", "blended", "progressing"))
"""Words that are one letter away and right."""
SHORTEST_CHANGED = 8
"""Letters; in a shorter word a changed letter makes another word too often."""


def mended(text: str) -> str:
    """A text whose words that are one slip away from a common word of trials are that word."""
    return RATION.sub("ratio", WORD.sub(lambda found: _right(found[0]) or found[0], text))


@lru_cache(maxsize=4096)
def _right(written: str) -> str:
    """The word that was meant; empty for a word that is none of them or is written as it should be."""
    word = written.casefold()
    if word in WORDS or word in OTHERS or word.removesuffix("s") in WORDS:
        return ""
    return next((right for right in WORDS if _is_slip(word, right)), "")


def _is_slip(word: str, right: str) -> bool:
    """Whether one letter is missing, too many, changed or swapped with the next; the first letter always holds."""
    if word[0] != right[0] or abs(len(word) - len(right)) > 1:
        return False
    same = next((at for at, (one, other) in enumerate(zip(word, right, strict=False)) if one != other), min(len(word), len(right)))
    if len(word) < len(right):
        return word[same:] == right[same + 1 :]
    if len(word) > len(right):
        return word[same + 1 :] == right[same:]
    swapped = word[same : same + 2] == right[same : same + 2][::-1] and word[same + 2 :] == right[same + 2 :]
    return swapped or (len(word) >= SHORTEST_CHANGED and word[same + 1 :] == right[same + 1 :])


_SPELLINGS = (
    ("isation", "ization"), ("ised", "ized"), ("ising", "izing"), ("ise", "ize"), ("haem", "hem"), ("aemi", "emi"), ("paed", "ped"),
    ("anaes", "anes"), ("oedem", "edem"), ("oestr", "estr"), ("oesoph", "esoph"), ("umour", "umor"), ("diarrhoe", "diarrhe"),
    ("aetiol", "etiol"), ("faec", "fec"), ("leukaem", "leukem"), ("favour", "favor"), ("centre", "center"), ("programm", "program"),
    ("colour", "color"), ("fibre", "fiber"), ("labour", "labor"), ("behaviour", "behavior"),
)  # fmt: skip


@lru_cache(maxsize=65_536)
def american(word: str) -> str:
    """A word or its stem, British spelling made American; only for comparing, since both sides of some pairs are no words."""
    for british, american_ in _SPELLINGS:
        word = word.replace(british, american_)
    if word.endswith("is") and len(word) > 6:
        return word[:-1] + "z"
    return word

"""Shorthand: how clinicians and people in a hurry write, written out before a question is read.

Owns what each short form stands for, whatever the paper. Names that a paper itself abbreviates are `paper.names`', and those that every
report abbreviates alike (HR, OS) are `abbreviations`'.
"""

import re

__all__ = ["written_out"]

_SMALL = {
    "pt": "patient", "pts": "patients", "ppl": "people", "yr": "year", "yrs": "years", "wk": "week", "wks": "weeks", "mos": "months",
    "bc": "because", "cuz": "because", "w/": "with", "tx": "treatment", "sx": "symptoms", "fx": "effects", "avg": "average", "u": "you",
    "ur": "your", "dr": "doctor", "drs": "doctors", "approx": "approximately", "rx": "treatment", "dx": "diagnosis", "hx": "history",
    "bl": "baseline", "po": "by mouth", "iv": "intravenous",
    "sig": "significant", "mets": "metastases", "irr": "incidence rate ratio",
    "tox": "toxicity", "hrs": "hours", "mins": "minutes",
}  # fmt: skip
"""In small letters only, for in capitals they are other things ("PT", "SX")."""
_ANY = {
    "w/o": "without", "b/c": "because", "abx": "antibiotics", "pbo": "placebo", "plb": "placebo", "d/c": "discontinuation",
    "d/c'd": "discontinued", "dc'd": "discontinued", "f/u": "follow-up", "s/p": "after",
    "h/o": "history of", "c/w": "compared with", "d/t": "because of", "y/o": "years old", "yo": "years old", "w/in": "within",
    "b/w": "between", "w/d": "withdrawal", "rando": "randomization", "stats": "statistical",
    "tx'd": "treated", "txd": "treated", "dx'd": "diagnosed", "bx": "biopsy", "admits": "admissions", "hosp": "hospitalization",
    "creat": "creatinine", "plts": "platelets", "neuts": "neutrophils", "hgb": "haemoglobin", "preop": "preoperative",
    "pre-op": "preoperative", "postop": "postoperative", "post-op": "postoperative", "periop": "perioperative", "peri-op": "perioperative",
    "intraop": "intraoperative", "intra-op": "intraoperative", "reop": "reoperation", "re-op": "reoperation", "grp": "group",
    "grps": "groups", "subgrp": "subgroup", "ctrl": "control", "ctrls": "controls", "ctl": "control", "incl": "inclusion",
    "excl": "exclusion", "elig": "eligibility", "adj": "adjusted", "unadj": "unadjusted", "prespec": "prespecified", "diff": "difference",
    "diffs": "differences", "popn": "population", "combo": "combination", "eot": "end of treatment",
    "mcid": "minimal clinically important difference", "meds": "medications", "max": "maximum",
    "vax": "vaccine", "vaxxed": "vaccinated", "unvaxxed": "unvaccinated", "bid": "twice daily",
    "tid": "three times daily", "qid": "four times daily", "qd": "once daily", "qod": "every other day", "prn": "as needed",
    "q2w": "every 2 weeks", "q3w": "every 3 weeks", "q4w": "every 4 weeks", "q6m": "every 6 months", "q12h": "every 12 hours",
    "q8h": "every 8 hours", "q6h": "every 6 hours", "qw": "weekly", "qm": "monthly", "delta": "difference", "Δ": "difference",
    "subq": "subcutaneous", "sub-q": "subcutaneous", "nonsig": "not significant",
    "preg": "pregnant", "peds": "children", "resps": "respiratory rate", "sats": "oxygen saturation",
    "anes": "anaesthesia", "szs": "seizures", "sz": "seizure", "chemorad": "chemoradiotherapy",
    "xrt": "radiotherapy", "assoc": "association",
}  # fmt: skip
"""In small letters, or with a capital at the start of a question."""
_IN_CAPITALS = frozenset({"abx", "pbo", "d/c", "f/u", "s/p", "h/o", "c/w", "y/o", "eot", "mcid", "bid", "tid", "qid", "qd", "prn"})
"""Those that mean the same in capitals; others are then names ("MAX", "DIFF")."""
_SHORT = re.compile(
    rf"(?<![\w/.'-])(?:(?P<small>{'|'.join(sorted(map(re.escape, _SMALL), key=len, reverse=True))})"
    rf"|(?i:(?P<any>{'|'.join(sorted(map(re.escape, _ANY), key=len, reverse=True))})))(?![\w/'-])"
)
_INTERACTION = re.compile(r"(?<![\w-])[Pp](?:[- _]?(?:value )?for (?:int|interaction)|[-_ ]?int(?:eraction)?)(?![\w-])")
_BOUND = re.compile(r"(?<![\w=<>.])(?<![Pp] )(?P<sign>[<>≤≥]=?|=[<>])\s?(?P<number>\d{1,3})\s?(?P<unit>years?|yrs?|y(?:/?o)?)(?![\w-])")
_BEYOND = {"<": "younger than {} years", ">": "older than {} years"}
_AT_LEAST = {"<": "{} years or younger", ">": "{} years or older"}
_AMOUNT = re.compile(r"(?<![\w.-])(?P<number>\d{1,3})[ -]?(?P<unit>mo|d|y|hr|h)(?![\w'/-])")
_UNITS = {"mo": "months", "d": "days", "y": "years", "hr": "hours", "h": "hours"}
_DUMMY = re.compile(
    r"\b(?P<kind>dummy|fake|pretend|sugar|real|actual)\s(?:pills?|tablets?|capsules?|syrup|drops?|drugs?|medicines?|medications?|meds|treatments?"
    r"|injections?|shots?|jabs?|cream|spray|inhalers?|puffers?|devices?|version|stuff|ones?|thing)\b",
    re.IGNORECASE,
)
"""How a placebo and what it stands in for are called in everyday speech."""


def written_out(text: str) -> str:
    """A text with its shorthand written out: "abx" is antibiotics, "<3 y" younger than 3 years, a "dummy syrup" a dummy treatment."""
    text = _INTERACTION.sub("p-value for interaction", text)
    text = _BOUND.sub(lambda found: _bound(found["sign"].replace("≤", "<=").replace("≥", ">="), found["number"]), text)
    text = _AMOUNT.sub(lambda found: f"{found['number']} {_UNITS[found['unit']]}", text)
    text = _DUMMY.sub(lambda found: "active treatment" if found["kind"].casefold() in ("real", "actual") else "dummy treatment", text)
    return _SHORT.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    if found["small"]:
        return _SMALL[found["small"]]
    folded = found["any"].casefold()
    return found[0] if found[0].isupper() and folded not in _IN_CAPITALS and not folded.startswith("q") else _ANY[folded]


def _bound(sign: str, number: str) -> str:
    side = "<" if "<" in sign else ">"
    return (_AT_LEAST if "=" in sign else _BEYOND)[side].format(number)

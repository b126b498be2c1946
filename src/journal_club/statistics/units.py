"""Units, and what may stand behind a number: one canonical word for every usual writing.

Owns the grammar of units. Nouns of people ("patients", "women") count as one unit, and so do nouns of events; a rate's denominator is part
of its unit ("per 100 person-year"). What two units are worth to each other is `conversion`'s.
"""

import re

__all__ = ["DOSE", "DURATIONS", "UNITS", "unit_after", "unit_and_end"]

DURATIONS = frozenset({"minute", "hour", "day", "week", "month", "year"})
"""Units of how long, and of when."""

DOSE = r"mg|mcg|µg|μg|ug|ng|g|ml|mL|IU|U|Gy"
"""What a dose is measured in, as it is written."""

_TIME = {
    "year": r"years?|yrs?|y",
    "month": r"months?|mos?\.?",
    "week": r"weeks?|wks?|wk",
    "day": r"days?|d",
    "hour": r"hours?|hrs?|h",
    "minute": r"minutes?|mins?",
    "second": r"seconds?|secs?|s",
}
_OTHER = {
    "%": r"%|per ?cents?|percent(?:age)?(?:[ -]points?)?",
    "mg": r"mg|milligrams?",
    "µg": r"mcg|µg|μg|ug|micrograms?",
    "g": r"g|grams?",
    "kg": r"kg|kilograms?",
    "ng": r"ng",
    "ml": r"ml|mL|millilit(?:er|re)s?",
    "l": r"l|L|lit(?:er|re)s?",
    "mmhg": r"mm ?Hg",
    "mm": r"mm",
    "cm": r"cm",
    "m": r"m|met(?:er|re)s?",
    "km": r"km",
    "mmol": r"mmol",
    "nmol": r"nmol",
    "pmol": r"pmol",
    "kcal": r"kcal",
    "kj": r"kJ",
    "iu": r"IU|U|units?",
    "gy": r"Gy",
    "bpm": r"bpm|beats?",
    "fold": r"[- ]?fold|times",
    "point": r"points?",
    "°c": r"°\s?C|degrees? C(?:elsius)?",
    "cell": r"(?:CAR[- ]positive |viable |CAR[- ]T |T )*(?:T )?cells?",
    "dose": r"doses?",
    "cycle": r"cycles?",
    "session": r"sessions?",
}
UNITS = (*_TIME, *_OTHER)
"""The canonical names of the units that are measured, not counted."""
_PEOPLE = (
    r"patients?|participants?|subjects?|people|persons?|women|woman|men|man|females?|males?|children|child|infants?|"
    r"neonates?|newborns?|adults?|adolescents?|boys?|girls?|"
    r"volunteers?|individuals?|recipients?|responders?|mothers?|students?|residents?|couples?|workers?|smokers?|survivors?|cases?|controls?"
)
_EVENTS = (
    r"events?|deaths?|episodes?|attacks?|relapses?|infections?|pregnancies|births?|hospitali[sz]ations?|admissions?|"
    r"fractures?|strokes?|visits?|cases?"
)
_ONE = "|".join(f"(?P<u{number}>{pattern})" for number, pattern in enumerate((*_TIME.values(), *_OTHER.values())))
_UNIT = re.compile(
    rf"[\s-]{{0,2}}(?:{_ONE})(?![A-Za-z])(?P<per>\s?(?:/|per\s)\s?(?:kg|m2|m²|d(?:ay)?|dl|dL|ml|mL|l|L|h(?:our)?|week|"
    rf"month|year|min|mg|mmol|mol|kcal|g)\b(?!\s*-))?"
)
_NOUN = re.compile(
    rf"\s{{1,2}}(?:(?!(?:of|in|to|and|or|for|with|versus|vs|the|than|from|at|had|were|was|received|died|on|by|"
    rf"per|each|every)\b)[A-Za-z][\w/-]{{1,24}}\s){{0,3}}?"
    rf"(?:(?P<person>{_PEOPLE})|(?P<event>{_EVENTS}))\b",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\s?(?:(?:%|percent)\s?|(?:[A-Za-z]+\s){1,3})?(?:per\s|/\s?|for every\s)(?P<many>\d[\d,]{0,9}|hundred|thousand|million)?\s?"
    r"(?P<who>person|patient|participant|subject|wom[ae]n|man|men|child|children|people|population|live birth|birth|infant|catheter|device|"
    r"bed|hospital)s?(?:[\s-](?P<time>year|month|week|day|hour)s?)?\b",
    re.IGNORECASE,
)
_PEOPLE_OF_RATES = frozenset(
    "person patient participant subject woman women man men child children people population infant".split()  # noqa: SIM905
)
_WORDED = {"hundred": "100", "thousand": "1000", "million": "1000000"}
_PER = re.compile(r"\s|per|/")
_SHORT_PER = {"day": "d", "hour": "h", "dL": "dl", "mL": "ml", "L": "l", "m²": "m2"}
_LONGEST = 64
_LEAST_DIGITS = 4
_NO_UNIT = frozenset(("", *".,;:()[]=<>±+0123456789\n"))
"""What no unit begins with."""


def unit_after(folded: str, place: int) -> str:
    """The canonical unit directly behind `place`; empty for none."""
    return unit_and_end(folded, place)[0]


def unit_and_end(folded: str, place: int) -> tuple[str, int]:
    """The canonical unit directly behind `place`, empty for none, and where a rate's denominator ends (else `place`)."""
    if folded[place : place + 1] in _NO_UNIT:
        return "", place
    near = folded[place : place + _LONGEST]
    rate = _RATE.match(near) if "per" in near or "/" in near or "every" in near else None
    if rate is not None and _is_rate(rate):
        return _rate(rate), place + rate.end()
    found = _UNIT.match(near)
    if found is not None and found.lastgroup is not None:
        name = next(UNITS[number] for number in range(len(UNITS)) if found[f"u{number}"])
        per = _PER.sub("", found["per"]) if found["per"] else ""
        return (f"{name}/{_SHORT_PER.get(per, per)}" if per else name), place
    noun = _NOUN.match(near)
    return ("" if noun is None else "person" if noun["person"] else "event"), place


def _is_rate(found: re.Match[str]) -> bool:
    """Whether it is a denominator: "7/44 patients" is a count of people, "7/100,000 people" a rate."""
    if found["time"]:
        return True
    many = (found["many"] or "").replace(",", "")
    return bool(many) and ("/" not in found.group() or len(many) >= _LEAST_DIGITS)


def _rate(found: re.Match[str]) -> str:
    many = found["many"] or ""
    many = _WORDED.get(many.lower(), many.replace(",", ""))
    who = found["who"].lower()
    who = "person" if who in _PEOPLE_OF_RATES else "birth" if who == "live birth" else who
    time = f"-{found['time'].lower()}" if found["time"] else ""
    return f"per {many + ' ' if many not in ('', '1') else ''}{who}{time}"

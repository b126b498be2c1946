"""Units, and what may stand behind a number: one canonical word for every usual writing.

Owns the table of units and the conversions between units of time. Nouns of people ("patients", "women") count as one unit.
"""

import re
from decimal import Decimal

__all__ = ["convert", "unit_after"]

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
    "%": r"%|per ?cents?|percent(?:age)?(?: points?)?",
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
    "cell": r"cells?",
    "dose": r"doses?",
    "cycle": r"cycles?",
    "session": r"sessions?",
}
_PEOPLE = (
    r"patients?|participants?|subjects?|people|persons?|women|woman|men|man|females?|males?|children|child|infants?|"
    r"neonates?|newborns?|adults?|adolescents?|boys?|girls?|"
    r"volunteers?|individuals?|recipients?|responders?|mothers?|students?|residents?|couples?|workers?|smokers?|survivors?|cases?|controls?"
)
_EVENTS = (
    r"events?|deaths?|episodes?|attacks?|relapses?|infections?|pregnancies|births?|hospitali[sz]ations?|admissions?|"
    r"fractures?|strokes?|visits?|cases?"
)
_SMALL = {**_TIME, **_OTHER}
_ONE = "|".join(f"(?P<u{number}>{pattern})" for number, pattern in enumerate(_SMALL.values()))
_NAMES = tuple(_SMALL)
_UNIT = re.compile(
    rf"[\s-]{{0,2}}(?:{_ONE})(?![A-Za-z])(?P<per>\s?(?:/|per\s)\s?(?:kg|m2|m²|d(?:ay)?|dl|dL|ml|mL|l|L|h(?:our)?|week|"
    rf"month|year|min|mg|mmol|g)\b(?!\s*-))?"
)
_NOUN = re.compile(
    rf"\s{{1,2}}(?:(?!(?:of|in|to|and|or|for|with|versus|vs|the|than|from|at|had|were|was|received|died|on|by|"
    rf"on)\b)[A-Za-z][\w/-]{{1,24}}\s){{0,3}}?"
    rf"(?:(?P<person>{_PEOPLE})|(?P<event>{_EVENTS}))\b",
    re.IGNORECASE,
)
_PER = re.compile(r"\s|per|/")
_SHORT_PER = {"day": "d", "hour": "h", "dL": "dl", "mL": "ml", "L": "l", "m²": "m2"}
_IN_DAYS = {"year": Decimal("365.25"), "month": Decimal("30.4375"), "week": Decimal(7), "day": Decimal(1), "hour": Decimal(1) / 24}


def unit_after(folded: str, place: int) -> str:
    """The canonical unit that stands directly behind `place`; empty for none."""
    near = folded[place : place + 64]
    found = _UNIT.match(near)
    if found is not None and found.lastgroup is not None:
        name = next(_NAMES[number] for number in range(len(_NAMES)) if found[f"u{number}"])
        per = _PER.sub("", found["per"]) if found["per"] else ""
        return f"{name}/{_SHORT_PER.get(per, per)}" if per else name
    noun = _NOUN.match(near)
    return "" if noun is None else "person" if noun["person"] else "event"


def convert(value: Decimal, unit: str, other: str) -> Decimal | None:
    """The value in another unit of time (a year has 12 months and 365.25 days); None when the two do not convert."""
    if {unit, other} == {"year", "month"}:
        return value * 12 if unit == "year" else value / 12
    if unit in _IN_DAYS and other in _IN_DAYS:
        return value * _IN_DAYS[unit] / _IN_DAYS[other]
    return None

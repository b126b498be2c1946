"""Times: when something was measured, as a sentence says it: "at 12 months", "12-month", "week 8", "at baseline".

Owns the grammar of times and their canonical names, in the unit that the text uses for a whole number of years in months: `12 month`.
"""

import re
from functools import lru_cache

from journal_club.statistics.layout import Span

__all__ = ["times"]

_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12}
_NUMBER = rf"\d{{1,3}}(?:\.\d)?|{'|'.join(_WORDS)}"
_UNIT = r"years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|h|minutes?|min"
_TIME = re.compile(
    rf"\b(?:at|after|by|within)\s(?:the\s|about\s|a\smedian\sof\s)?(?P<at>(?P<n1>{_NUMBER})[\s-](?P<u1>{_UNIT}))\b(?!-)|"
    rf"(?<![\w.-])(?P<before>(?P<n2>{_NUMBER})-(?P<u2>year|month|week|day|hour|minute))\b(?!-(?:old|long))|"
    r"\b(?P<named>(?P<u3>week|month|year|day|hour)s?\s(?P<n3>\d{1,3}))\b(?!\.\d|%)|\b(?P<base>base ?line)\b",
    re.IGNORECASE,
)
_SHORT = {"yr": "year", "mo": "month", "wk": "week", "h": "hour", "min": "minute"}
_MONTHS = 12
_MAY_BE = re.compile(r"year|yr|month|mo|week|wk|day|hour|min|base| h\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def times(folded: str) -> tuple[Span, ...]:
    """The times that a sentence names, each with its canonical name, in order."""
    if not _MAY_BE.search(folded):
        return ()
    return tuple(_span(found) for found in _TIME.finditer(folded))


def _span(found: re.Match[str]) -> Span:
    kind = next(name for name in ("at", "before", "named", "base") if found[name])
    start, end = found.span(kind)
    if kind == "base":
        return Span(start, end, "baseline")
    number, unit = (
        (found["n1"] or found["n2"] or found["n3"]).lower(),
        (found["u1"] or found["u2"] or found["u3"]).lower().removesuffix("s"),
    )
    return Span(start, end, _named(float(_WORDS.get(number) or number), _SHORT.get(unit, unit)))


def _named(number: float, unit: str) -> str:
    if unit == "year":
        number, unit = number * _MONTHS, "month"
    return f"{number:g} {unit}"

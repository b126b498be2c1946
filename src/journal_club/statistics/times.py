"""Times: when something was measured, as a sentence says it: "at 12 months", "12-month", "week 8", "at baseline".

Owns the grammar of times, their canonical names (`12 month`, years in months, weeks in days, hours in minutes) and when two of them agree:
3 months and 12 weeks do, near enough.
"""

import re
from functools import lru_cache

from journal_club.statistics.layout import Span
from journal_club.statistics.number_words import NUMBER_WORDS, SMALL_NUMBERS

__all__ = ["agree", "times"]

_NUMBER = rf"\d{{1,3}}(?:\.\d)?|{'|'.join(SMALL_NUMBERS[1:])}"
_UNIT = r"years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|h|minutes?|min"
_TIME = re.compile(
    rf"\b(?:at|after|by|within)\s(?:the\s|about\s|a\smedian\sof\s)?(?P<at>(?P<n1>{_NUMBER})[\s-](?P<u1>{_UNIT}))\b(?!-)|"
    rf"(?<![\w.-])(?P<before>(?P<n2>{_NUMBER})-(?P<u2>year|month|week|day|hour|minute))\b(?!-(?:old|long))|"
    r"\b(?P<named>(?P<u3>week|month|year|day|hour)s?\s(?P<n3>\d{1,3}))\b(?!\.\d|%)|\b(?P<base>base ?line)\b",
    re.IGNORECASE,
)
_SHORT = {"yr": "year", "mo": "month", "wk": "week", "h": "hour", "min": "minute"}
_SMALLER = {"year": ("month", 12), "week": ("day", 7), "hour": ("minute", 60)}
_IN_DAYS = {"month": 30.4375, "day": 1.0, "minute": 1 / 1440}
_TOLERANCE = 0.1
"""Of the longer time: a month is taken for four weeks."""
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
    return Span(start, end, _named(float(NUMBER_WORDS.get(number) or number), _SHORT.get(unit, unit)))


def _named(number: float, unit: str) -> str:
    smaller, times_as_many = _SMALLER.get(unit, (unit, 1))
    return f"{number * times_as_many:g} {smaller}"


def agree(one: str, other: str) -> bool:
    """Whether two canonical times are of one moment."""
    if one == other:
        return True
    (first, _, unit), (second, _, its) = one.partition(" "), other.partition(" ")
    if unit == its or unit not in _IN_DAYS or its not in _IN_DAYS:
        return False
    days, others = float(first) * _IN_DAYS[unit], float(second) * _IN_DAYS[its]
    return abs(days - others) <= _TOLERANCE * max(days, others)

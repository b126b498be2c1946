"""Times: spans and points of time, however they are written: "half a year", "26 weeks", "6-month" and "month 6" are one.

Owns how such words are read and made one token, which questions and sentences are matched by.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from journal_club.statistics.number_words import NUMBER_WORDS

__all__ = ["Time", "times"]

_VALUES = {word: float(number) for word, number in NUMBER_WORDS.items()} | {"a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5}
_AMOUNT = rf"\d+(?:\.\d+)?|half an?|{'|'.join(sorted(NUMBER_WORDS, reverse=True))}|an?"
_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.4, "year": 365.0}
_UNIT = "hour|day|week|fortnight|month|year"
_TIME = re.compile(
    rf"\b(?:(?P<amount>{_AMOUNT})[ \u00a0-](?P<unit>{_UNIT})s?|(?P<half>half-year)|(?P<at>day|week|month|year)s? (?P<point>\d{{1,3}}))\b",
    re.IGNORECASE,
)
_SAME = 0.09
"""How far from whole months a span may be that trials write in weeks or days: 24 weeks are six months, 28 days are one."""


@dataclass(frozen=True, slots=True)
class Time:
    """One time: `text[start:end]`, and the token that all ways to write it share."""

    start: int
    end: int
    token: str


@lru_cache(maxsize=4096)
def times(text: str) -> tuple[Time, ...]:
    """The times that a text names, in order."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[Time]:
    for found in _TIME.finditer(text):
        if found["half"]:
            days = _DAYS["year"] / 2
        else:
            days = _value(found["amount"] or found["point"]) * _DAYS[(found["unit"] or found["at"]).casefold()]
        yield Time(found.start(), found.end(), _token(days))


def _value(amount: str) -> float:
    return float(amount) if amount[0].isdigit() else _VALUES[amount.casefold()]


def _token(days: float) -> str:
    """Whole months where the span is nearly that, else days."""
    months = days / _DAYS["month"]
    whole = round(months)
    return f"~{whole}months" if whole and abs(months - whole) <= _SAME * months else f"~{days:.1f}days"

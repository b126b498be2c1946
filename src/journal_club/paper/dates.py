"""Dates: the day of publication as a page prints it, as an ISO date.

Owns the usual forms: "FEBRUARY 01, 2026", "Feb 1, 2026", "1 February 2026", "2026-02-01", "2026 Feb 1", "February 2026", "13/02/2026",
"2026". It reads no day into a date that leaves it open: "02/01/2026" is two dates and gives the year alone.
"""

import re
from dataclasses import dataclass
from datetime import date

__all__ = ["PrintedDate", "printed_date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"\b(?P<year>(?:1[6-9]|20|21)\d\d)\b"
_GAP = r"[ \t\xa0]{1,4}"
_COMMA = r"(?:,[ \t\xa0]{0,4}|[ \t\xa0]{1,4})"
# In this order: a form that says more comes first.
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_MONTH}{_GAP}{_DAY}{_COMMA}{_YEAR}",
        rf"\b{_DAY}{_GAP}(?:of{_GAP})?{_MONTH}{_COMMA}{_YEAR}",
        rf"{_YEAR}{_GAP}{_MONTH}{_GAP}{_DAY}",
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)(?:T[\d:.Z+-]{{1,30}})?",
        r"(?<![\d/.])(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>(?:19|20|21)\d\d)\b",
        rf"\b{_MONTH}{_COMMA}{_YEAR}",
        rf"{_YEAR}{_GAP}{_MONTH}",
        rf"{_YEAR}-(?P<month>\d{{2}})(?!\d)",
        _YEAR,
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedDate:
    """A date that stands in a text.

    Attributes:
        iso: `2026-02-01`, `2026-02` or `2026`; None for a date that is in no calendar.
        start: where it begins in the text that was searched.
        end: where it ends.
    """

    iso: str | None
    start: int
    end: int


def printed_date(text: str) -> PrintedDate | None:
    """The first date of a text, in its most telling form; None when there is none."""
    for form in FORMS:
        found = form.search(text)
        if found:
            return PrintedDate(iso=_iso(found.groupdict()), start=found.start(), end=found.end())
    return None


def _iso(found: dict[str, str | None]) -> str | None:
    year = int(found["year"] or 0)
    if found.get("first"):
        return _numeric(year, int(found["first"] or 0), int(found["second"] or 0))
    month = _month(found.get("month"))
    day = found.get("day")
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else None
    return _calendar(year, month, int(day))


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].casefold()) + 1


def _numeric(year: int, first: int, second: int) -> str | None:
    if first == second or first > 12:
        return _calendar(year, second, first)
    return _calendar(year, first, second) if second > 12 else f"{year:04d}"


def _calendar(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None

"""Identifiers: numbers that name rather than measure: grade 3, phase III, week 8, the year 2019.

Owns which words make the number behind them a name.
"""

import re
from decimal import Decimal

from journal_club.statistics.reading import Reading
from journal_club.statistics.statistic import Measure

__all__ = ["CALENDAR_YEAR", "identifier_before", "romans"]

CALENDAR_YEAR = "calendar year"
_NOUNS = (
    r"grades?|phases?|stages?|types?|levels?|categor(?:y|ies)|weeks?|days?|months?|years?|visits?|cycles?|groups?|"
    r"arms?|cohorts?|class|doses?|items?|questions?"
)
_NUMBERED = re.compile(rf"(?<!\d )(?<!\d-)\b({_NOUNS})\s(?:\d{{1,2}}\s?(?:-|to|or|and|/|,)\s?){{0,3}}\Z", re.IGNORECASE)
_MAY_END = re.compile(rf"(?:{_NOUNS}|or|and|to|,|-|/)\s?\Z", re.IGNORECASE)
_ROMAN = re.compile(r"\b(?P<what>phase|stage|grade|type|class)\s(?P<number>I{1,3}|IV|V|VI)(?P<sub>[abAB]?)\b(?![-/]?[A-Za-z])")
_ROMANS = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6"}
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|through|during|from|between|by)\s|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s(?:\d{1,2},?\s)?)\Z",
    re.IGNORECASE,
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


_MOST_GROUPS = 9
"""Groups are not numbered higher: "the control group 30" counts."""
_RATIO_HEAD = re.compile(r"(?<![\d.,:])(?:\d{1,3}\s?:\s?){1,4}\Z")
_RATIO_TAIL = re.compile(r"(?:\s?:\s?\d{1,3}){1,4}(?![\d.,:]?\d)")
_BLANK = re.compile(r"\s")
_GROUPS = frozenset({"group", "arm", "cohort"})
_COUNTED = ("person", "event")
_MOMENTS = frozenset({"day", "week", "month", "year", "visit"})
"""Behind one of these and a comma a count is no part of a list: "by day 90, 71 patients had died"."""
_COUNTED_OF = re.compile(r"\s?(?:of|/|out of)\s?(?:the\s)?\d|\s?\(\d[\d.]*\s?%")
"""What follows a count and no name: "in the intervention group 12 of 120", "in the placebo arm 6 (3%)"."""


def identifier_before(before: str, after: str, value: Decimal | None, previous: Reading | None, unit: str) -> str:
    """What a whole number numbers (`grade`, `week`, `calendar year`), by the text around it; empty when it is a quantity."""
    if ratio := _ratio(before, after, value):
        return ratio
    near = before[-26:]
    if near.lower() == near.upper():  # without letters
        return ""
    if near[-1] in " -/," and _MAY_END.search(near[-12:]) and (found := _NUMBERED.search(near)):
        noun = _singular(found[1])
        if noun in _MOMENTS and found.group().rstrip().endswith(",") and (unit in _COUNTED or _COUNTED_OF.match(after)):
            return ""
        return "" if noun in _GROUPS and (_COUNTED_OF.match(after) or (value is not None and value > _MOST_GROUPS)) else noun
    if value is not None and not unit and _FIRST_YEAR <= value <= _LAST_YEAR:
        listed = previous is not None and previous.unit == CALENDAR_YEAR and _MAY_END.search(near[-6:])
        return CALENDAR_YEAR if listed or _YEAR_BEFORE.search(near) else ""
    return ""


def _ratio(before: str, after: str, value: Decimal | None) -> str:
    """The whole of the "2:2:1" that a number is one part of; empty where it is none."""
    head, tail = _RATIO_HEAD.search(before), _RATIO_TAIL.match(after)
    whole = f"{head.group() if head else ''}{value}{tail.group() if tail else ''}"
    return f"ratio {_BLANK.sub('', whole)}" if head or tail else ""


def romans(folded: str) -> list[Reading]:
    """The identifiers in Roman numerals: "phase III"."""
    return [_roman(match) for match in _ROMAN.finditer(folded)]


def _roman(match: re.Match[str]) -> Reading:
    start, end = match.span("number")
    return Reading(
        value=Decimal(_ROMANS[match["number"]]), start=start, end=end, measure=Measure.IDENTIFIER, unit=match["what"].lower(), group=start
    )


def _singular(word: str) -> str:
    word = word.lower()
    return "category" if word == "categories" else word if word == "class" else word.removesuffix("s")

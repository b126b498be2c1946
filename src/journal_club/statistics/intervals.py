"""Intervals: which part of its statistic a number is: an estimate, a bound, the level.

Owns the grammar of intervals and ranges in every usual writing: "95% CI 0.39-0.79", "95% CI, 0.39 to 0.79", "(0.39; 0.79)", "34.5 months to
not evaluable", "between 5 and 10", "range 18 to 65".
"""

import re

from journal_club.statistics.reading import Reading
from journal_club.statistics.statistic import RATIOS, Measure, Role

__all__ = ["role_of"]

_AHEAD = 40
_SEPARATOR = re.compile(
    r"\s?(?:%|(?:\s?(?:months?|years?|days?|weeks?|mo|mg|kg|mmHg|cm|points?|percent(?:age points?)?)))?\s?"
    r"(?:-|to|;|and|,|/)\s?(?:</?\w{1,8}>)?",
    re.IGNORECASE,
)
_LEVEL_AFTER = re.compile(
    r"\s?(?:%|percent|per cent|-percent)[\s-]?\(?(?:(?:two-sided|repeated|profile|posterior|Bayesian)\s)?"
    r"(?:CIs?(?![a-z])|C\.I\.|confidence|credible|CrI|interval|"
    r"limits)",
    re.IGNORECASE,
)
_LEVEL_BEFORE = re.compile(r"(?:\bCIs?|interval)\s?[(\[]?\s?\Z")
_TO_NEXT = re.compile(r"%\s?(?:-|to\b|,|;)")
_INTERVAL_BEFORE = re.compile(
    (
        r"(?:\bCIs?|%CI|C\.I\.?|confidence (?:intervals?|limits)|credible intervals?|CrI|inter-?quartile ranges?|\bIQR|Q1[-,]\s?Q3|"
        r"\brange[ds]?|between)\s?(?:\(?(?:CI|CrI|IQR|Q1-Q3)\)?)?\s?(?:\[[A-Z ]{1,8}\])?"
        r"(?:[\[(]?9\d(?:\.\d)?%[\])]?)?[\s=:,(\[]*(?:of|was|were|from|is|"
        r"for (?:the )?difference)?[\s=:,(\[]*\Z"
    ),
    re.IGNORECASE,
)
_INTERVAL_WORDS = ("ci", "c.i", "cri", "iqr", "q3", "limits", "confidence", "credible", "quartile", "range", "between")
_OPEN_BEFORE = re.compile(r"[(\[]\s?\Z")
_CHANGE_BEFORE = re.compile(r"\bfrom\s(?:about\s|approximately\s|around\s|nearly\s|a\s|mean\s|median\s|of\s){0,3}\Z", re.IGNORECASE)
_CONTINUES = re.compile(
    r"\s?(?:%|[A-Za-z]{1,8})?\s?(?:-|to\b|;|,|and\b|/)\s?(?:</?\w{1,8}>)?(?:[-+]?[\d.]|not\b|N[ERA]\b|[a-z]{3,6}\b|infinity\b|∞)",
    re.IGNORECASE,
)
_RANGE_AFTER = re.compile(
    r"\s?%?\s?(?:-|to\b)\s?(?:[-+]?\d|[-+]?\.\d|not (?:reached|ev|es)|N[ER]\b|(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\b)"
)
_UNIT_RANGE_AFTER = re.compile(r"\s(?:months?|years?|weeks?|days?|mo)\s(?:to|-)\s?(?:not|N[ER]\b)")
_PAIR_AFTER = re.compile(r"\s?[;,]\s?[-+]?\.?\d[\d.]*\s?[)\];,]")
_CARRIES_PAIR = frozenset({*RATIOS, Measure.DIFFERENCE, Measure.CORRELATION})
_WIDEST = 24


def role_of(text: str, start: int, end: int, before: str, previous: Reading | None, *, header: bool) -> Role:
    """The role of the number at `text[start:end]`.

    Args:
        text: the text.
        start: where the number begins.
        end: where it ends, exclusive.
        before: the text before it, bounded.
        previous: the number before it.
        header: whether a header says that brackets hold intervals.
    """
    after = text[end : end + _AHEAD]
    if ("%" in after[:2] or "per" in after[:9]) and _LEVEL_AFTER.match(after):
        return Role.LEVEL
    if after[:1] == "%" and _LEVEL_BEFORE.search(before[-12:]) and not _TO_NEXT.match(after):
        return Role.LEVEL
    if _closes(text, start, previous):
        return Role.UPPER
    last = before.rstrip()[-1:]
    if last == "±" or not _CONTINUES.match(after) or ("rom " in before[-_WIDEST:] and _is_change(before)):
        return Role.POINT
    if _RANGE_AFTER.match(after) or (after[0] == " " and _UNIT_RANGE_AFTER.match(after)) or _is_interval(before):
        return Role.LOWER
    opens = previous is not None and (previous.measure in _CARRIES_PAIR or header) and _OPEN_BEFORE.search(before[-2:])
    return Role.LOWER if opens and _PAIR_AFTER.match(after) else Role.POINT


def _closes(text: str, start: int, previous: Reading | None) -> bool:
    """Whether it is the upper bound to the lower one before it."""
    if previous is None or previous.role is not Role.LOWER or start - previous.end > _WIDEST:
        return False
    return _SEPARATOR.fullmatch(text, previous.end, start) is not None


def _is_change(before: str) -> bool:
    """Whether it is a change: "fell from 12.3% to 8.1%" is no range, "ranged from 5 to 10" is one."""
    return _CHANGE_BEFORE.search(before[-_WIDEST:]) is not None and not _is_interval(before)


def _is_interval(before: str) -> bool:
    lower = before.lower()
    if lower == before.upper():  # without letters
        return False
    return any(word in lower for word in _INTERVAL_WORDS) and _INTERVAL_BEFORE.search(before) is not None

"""Grouping: which numbers of a text belong together.

Owns two questions: whose unit and measure a number of a list shares ("45 vs 34%", "HRs of 0.5 and 0.6"), and which estimate an interval, a
level or a p-value belongs to.
"""

import re
from collections.abc import Sequence

from journal_club.statistics.reading import Reading
from journal_club.statistics.statistic import RATIOS, Measure, Role
from journal_club.statistics.units import DURATIONS, UNITS, unit_after

__all__ = ["group", "share_estimates_units", "share_units"]

_LIST_GAP = 40
_WHEN = re.compile(r"\b(?:at|after|within|until|through)\s(?:the\s|a\s)?\Z", re.IGNORECASE)
_ALL = 100
"""More percent than that are a count beside its share: "248 infants, 22.2%"."""
_WIDEST = 60
_P_DECIMALS = 2
_LISTED = re.compile(
    r"\s?(?:\(SD \)|±)?\s?(?:-|to|;|,|and|or|vs\.?|v\.?|versus|compared (?:with|to)|than|/|±|, and|from)\s?", re.IGNORECASE
)
_SAME_MEASURE = re.compile(r"\s?[)\]]?(?:\sfor\s[a-z -]{2,40}?)?\s?(?:,|and|or|vs\.?|versus|, and|to)\s?", re.IGNORECASE)
_NEXT_ESTIMATE = re.compile(r"\s?[)\]]?(?:\s(?:for|with|in)\s[a-z0-9 -]{2,40}?)?\s?(?:,|and|or|vs\.?|versus|, and|to)\s?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z])|\n")
_UNITLESS = frozenset({Measure.P, Measure.COUNT, Measure.NNT, Measure.IDENTIFIER, *RATIOS})
_DEPENDENT = frozenset({Measure.P, Measure.SD, Measure.SE})
_HANDED_ON = frozenset({*RATIOS, Measure.DIFFERENCE})


def share_units(text: str, found: Sequence[Reading]) -> None:
    """Numbers of one list or range share the unit that is printed behind the last ("45 vs 34%", "9.7-14.0 months")."""
    for place in range(len(found) - 2, -1, -1):
        one, other = found[place], found[place + 1]
        if (
            one.unit
            or not other.unit
            or one.measure is Measure.TOTAL
            or other.measure is Measure.IDENTIFIER
            or one.measure in _UNITLESS
            or other.role is Role.LEVEL
            or (other.unit == "%" and one.value is not None and one.value > _ALL)
        ):
            continue
        if other.start - one.end < _LIST_GAP and _LISTED.fullmatch(text, one.end, other.start):
            one.unit = other.unit


def share_estimates_units(text: str, found: Sequence[Reading]) -> None:
    """So do estimates with intervals between them: "5.2 (95% CI 3.1 to 7.0) versus 6.1 (4 to 8) months"."""
    following: Reading | None = None
    last_end: dict[int, int] = {}
    for one in found:
        last_end[one.group] = one.end
    for one in reversed(found):
        if one.group not in (-1, one.start):
            continue
        end = last_end.get(one.start, one.end)
        if not one.unit and end > one.end:
            one.unit = _unit_behind(text, one, end)
        if following is not None and not one.unit and _takes_unit(text, one, following, end):
            one.unit = following.unit
        following = one


def _unit_behind(text: str, one: Reading, end: int) -> str:
    """The unit behind the brackets: "62 (50 to 74) seconds"."""
    if text[end : end + 1] not in (")", "]") or one.measure in _UNITLESS or one.value is None:
        return ""
    unit = unit_after(text, end + 1)
    return unit if unit in UNITS else ""


def _takes_unit(text: str, one: Reading, following: Reading, end: int) -> bool:
    if not following.unit or Measure.IDENTIFIER in (one.measure, following.measure) or one.measure in _UNITLESS or one.value is None:
        return False
    return end > one.end and following.start - end < _LIST_GAP and _SAME_MEASURE.fullmatch(text, end, following.start) is not None


def group(text: str, found: Sequence[Reading]) -> None:
    """Give every bound, level and p-value the estimate before it in its sentence; parts that stand alone are one group."""
    estimate: Reading | None = None
    alone: list[Reading] = []
    last = 0
    before: Reading | None = None
    for one in found:
        if last and _SENTENCE_END.search(text, last, one.start):
            estimate, alone = None, []
        if before is not None and before.measure is Measure.P and _is_next_p(text, before, one):
            one.measure = Measure.P
        dependent = one.role is not Role.POINT or one.measure in _DEPENDENT
        if not dependent:
            if estimate is None or not _is_moment(text, one):
                _hand_on(text, estimate, one, last)
                _adopt(alone, one)
                estimate, alone = one, []
        elif one.header or estimate is None:
            _stand_alone(alone, one)
        else:
            one.group = estimate.start
        last, before = one.end, one


def _is_moment(text: str, one: Reading) -> bool:
    """Whether a number says when: the interval behind "2.5 points at 24 months (95% CI ...)" is not its own."""
    return (
        one.unit in DURATIONS and one.measure is Measure.NONE and _WHEN.search(text, max(0, one.start - _LIST_GAP), one.start) is not None
    )


def _stand_alone(alone: list[Reading], one: Reading) -> None:
    """Parts of one interval without an estimate are one group, and a p-value behind them is theirs."""
    if one.role is Role.LOWER and any(other.role is Role.LOWER for other in alone):
        alone.clear()
    one.group = alone[0].start if alone else one.start
    if one.role is not Role.POINT:
        alone.append(one)


def _adopt(alone: Sequence[Reading], estimate: Reading) -> None:
    """The level of a header, "HR (95% CI)", belongs to the estimate that follows."""
    for one in alone:
        if one.header:
            one.group = estimate.start


def _is_next_p(text: str, before: Reading, one: Reading) -> bool:
    """Whether it is the second p-value of "P = 0.03 and 0.004"."""
    if one.measure is not Measure.NONE or one.unit or one.value is None or one.decimals < _P_DECIMALS or not 0 <= one.value <= 1:
        return False
    return one.start - before.end < _LIST_GAP and _SAME_MEASURE.fullmatch(text, before.end, one.start) is not None


def _hand_on(text: str, estimate: Reading | None, one: Reading, last: int) -> None:
    """The second number of "HRs of 0.5 and 0.6" is a hazard ratio too."""
    if estimate is None or one.measure is not Measure.NONE or estimate.measure not in _HANDED_ON or one.unit != estimate.unit:
        return
    if one.start - last < _WIDEST and _NEXT_ESTIMATE.fullmatch(text, last, one.start):
        one.measure = estimate.measure

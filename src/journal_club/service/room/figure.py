"""Figure: one statistic as it is printed, from its name to the end of its unit, interval and p-value.

Owns the noun `Figure`, which is what the reading room sets apart within a sentence. What is a statistic, and which numbers belong to one
another, is the statistics room's. Number words ("six hospitals"), clocks, grades and the numbers of a name ("12-month") stay plain words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from journal_club.paper.sentences import sentences
from journal_club.statistics.notation import read_statistics
from journal_club.statistics.numerals import fold
from journal_club.statistics.statistic import Measure, Role, Statistic
from journal_club.statistics.units import unit_after

__all__ = ["Figure", "figures_of"]

_NAMES = (
    r"(?:(?:hazards?|odds|risk|rate|prevalence) ratios?|relative risks?|(?:a|s|cs)?HRs?|a?ORs?|a?RRs?|IRRs?"
    r"|numbers? needed to treat|NNT|differences?|p[- ]?values?|p|n)"
)
_NAME_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?:adjusted|unadjusted|crude|pooled|stratified|incidence|mean|risk) ){{0,2}}{_NAMES}"
    r"[*_]{0,2}(?:\s?[(\[](?:a?HR|a?OR|a?RR|IRR)[)\]])?\s?(?:[=<>≤≥:,]|of|was)?\s?\Z",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"(?:[\s,;:()\[\]=<>≤≥~*_±–—‐-]|%|C\.?I\.?|CrI|IQR|\b(?:confidence|credible|credibility|intervals?|range|to|and|between|from|values?|[Pp]|SD|SE)\b)*"
)
_SIGN_BEFORE = re.compile(r"[<>≤≥~±]\s?\Z")
_UNIT = re.compile(r"\s?%|[\s-]?[^\W\d_]{1,12}(?:/[^\W\d_]{1,6}\d?)?(?![\w/])")
_COUNTED = frozenset({"person", "event", ""})
_PER = re.compile(r"\bper\s\Z")
_PART_OF_NAME = re.compile(r"-[^\W\d_]")
_CLOCK = re.compile(r"\d:\d\d")
_LONGEST_JOINT = 40
_LONGEST_NAME = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A statistic of the source text.

    Attributes:
        start: of its first word or number, code points of the source text; `end` is exclusive.
        label: what it is in plain words, such as `hazard ratio`.
        points: where the estimates within it begin.
    """

    start: int
    end: int
    label: str
    points: frozenset[int]


def figures_of(text: str, *, offset: int = 0) -> tuple[Figure, ...]:
    """The figures of a text, in order; none overlaps another.

    Args:
        text: any text.
        offset: where it begins in its source; added to every place.
    """
    return tuple(figure for found in sentences(text) for figure in _figures(found.text, offset + found.start))


def _figures(text: str, offset: int) -> Iterator[Figure]:
    folded = fold(text)
    taken = 0
    for run in _runs(folded, read_statistics(text)):
        start = max(taken, _start(folded, run[0]))
        taken = _closed(folded, start, _end(folded, run[-1]))
        named = next((one.label for one in run if one.role is Role.POINT), "interval")
        points = frozenset(offset + one.start for one in run if one.role is Role.POINT)
        yield Figure(start=offset + start, end=offset + taken, label=named, points=points)


def _runs(folded: str, found: Iterable[Statistic]) -> Iterator[list[Statistic]]:
    """The numbers that stand together and belong to one estimate."""
    run: list[Statistic] = []
    for one in found:
        if run and not (one.group == run[0].group and _joined(folded, run[-1], one)):
            yield run
            run = []
        if run or _is_shown(folded, one):
            run.append(one)
    if run:
        yield run


def _is_shown(folded: str, one: Statistic) -> bool:
    if one.measure is Measure.IDENTIFIER or not (one.certain and one.understood):
        return False
    if one.value is None:
        return True
    named = _PART_OF_NAME.match(folded, one.end) and one.unit != "%"
    clock = _CLOCK.match(folded, one.end - 1) or _CLOCK.match(folded, max(0, one.start - 2))
    return not (one.text[:1].isalpha() or named or clock or _PER.search(folded, max(0, one.start - 4), one.start))


def _joined(folded: str, before: Statistic, one: Statistic) -> bool:
    gap = folded[_end(folded, before) : one.start]
    return len(gap) <= _LONGEST_JOINT and _JOINT.fullmatch(gap) is not None


def _start(folded: str, one: Statistic) -> int:
    near = max(0, one.start - _LONGEST_NAME)
    found = _NAME_BEFORE.search(folded, near, one.start) if one.measure is not Measure.NONE else None
    found = found or _SIGN_BEFORE.search(folded, near, one.start)
    return found.start() if found else one.start


def _closed(folded: str, start: int, end: int) -> int:
    """The end with the bracket that closes one within: "11.8 months (95% CI 9.7-14.0)"."""
    opened = any(folded.count(one, start, end) > folded.count(other, start, end) for one, other in ("()", "[]"))
    return end + 1 if opened and folded[end : end + 1] in (")", "]") else end


def _end(folded: str, one: Statistic) -> int:
    """Where a number ends with the unit that stands directly behind it."""
    if one.unit in _COUNTED or unit_after(folded, one.end).partition("/")[0] != one.unit.partition("/")[0]:
        return one.end
    unit = _UNIT.match(folded, one.end)
    return unit.end() if unit else one.end

"""Measures: what a text calls its numbers, and which number a name belongs to.

Owns the table of names ("hazard ratio", "HR", "P", "median") and the words that may stand between a name and its number.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from journal_club.statistics.statistic import RATIOS, Measure

__all__ = ["Label", "labels", "measure_before"]

_REACH = 90
_NAMES: tuple[tuple[Measure, str], ...] = (
    (Measure.HAZARD_RATIO, r"hazards? ratios?|\ba?HRs?\b(?! (?:variability|monitor))"),
    (Measure.ODDS_RATIO, r"odds ratios?|\ba?ORs\b|\ba?OR(?=\)?\]?\s*(?:[=:,(\[]|was|of|\d|$))"),
    (Measure.RATE_RATIO, r"(?:incidence )?rate ratios?|\bIRRs?\b"),
    (
        Measure.RISK_RATIO,
        r"(?:relative risks?|risk ratios?|prevalence ratios?)(?! reduction)|\ba?RRs?\b(?=\)?\]?\s*(?:[=:,(\[]|was|of|\d|$))",
    ),
    (Measure.DIFFERENCE, r"(?:mean |risk |absolute |between-group |treatment |estimated |adjusted )?differences?"),
    (Measure.P, r"\b[Pp](?:[ -]?values?)?(?=\W*(?:[=<>≤≥:&]|was|of|for|\d|\.\d|$))|\bp[ -]values?"),
    (Measure.MEDIAN, r"\bmedians?\b"),
    (Measure.MEAN, r"\bmeans?\b|\baverages?\b|\baveraged\b"),
    (Measure.SD, r"\bs\.?d\.?\b|standard deviations?"),
    (Measure.SE, r"\bs\.?e\.?m?\.?\b|standard errors?"),
    (Measure.CORRELATION, r"\b[rR]2?(?=\s*=)|correlation coefficients?|\bkappa\b"),
    (Measure.COUNT, r"\bn(?=\s*[=:])"),
)
_NAME = re.compile(
    r"(?<![A-Za-z])(?=[A-Za-z])(?:" + "|".join(f"(?P<m{number}>{pattern})" for number, (_, pattern) in enumerate(_NAMES)) + ")",
    re.IGNORECASE,
)
_MOST = 6
_FAR_REACH = frozenset({Measure.MEDIAN, Measure.MEAN})
_GLUE = re.compile(
    r"(?:[\s()\[\]=<>≤≥:,~±]|&lt;|&gt;|</?\w+>|was|were|is|of|for|the|to|at|an?|about|approximately|HRs?|ORs?|RRs?|"
    r"ratios?|adjusted|unadjusted|trend|value|in|both|all|"
    r"overall survival|progression-free survival|OS|PFS|death|less than|greater than|below|under|above|over|nearly|"
    r"roughly|around|risk|interaction|between-group|estimated|with)*\Z",
    re.IGNORECASE,
)
_FOR_WHAT = re.compile(r"\)?\]?\s(?:for|of)\s[^\d,;:()]{2,60}?\s(?:was|were|is|of)\s\Z", re.IGNORECASE)
"""What a ratio may be given for, between its name and its number."""
_CLAUSE_END = re.compile(r"[;]|\.\s|\b(?:while|whereas|although|but)\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """One name of a measure: it stands at `text[start:end]`."""

    measure: Measure
    start: int
    end: int


def labels(folded: str) -> tuple[Label, ...]:
    """The names of measures in a folded text, in order of place."""
    return tuple(
        Label(measure=_NAMES[int((match.lastgroup or "m0")[1:])][0], start=match.start(), end=match.end())
        for match in _NAME.finditer(folded)
    )


def measure_before(folded: str, place: int, found: Sequence[Label]) -> Measure:
    """The measure of the number at `place`: the name before it with nothing but glue between; a mean or median reaches through its clause.

    Args:
        folded: the text.
        place: where the number begins.
        found: the text's labels.
    """
    measure = Measure.NONE
    last = bisect_right(found, place, key=lambda label: label.end)
    for label in found[max(0, last - _MOST) : last]:
        if place - label.start > _REACH:
            continue
        far = label.measure in _FAR_REACH
        if (far and not _CLAUSE_END.search(folded, label.end, place)) or _leads(folded, label, place):
            measure = label.measure
        elif label.measure is not Measure.P and not far:
            measure = Measure.NONE
    return measure


def _leads(folded: str, label: Label, place: int) -> bool:
    """Whether nothing but glue, or what a ratio is for, stands between a name and its number."""
    if _GLUE.fullmatch(folded, label.end, place):
        return True
    return label.measure in RATIOS and _FOR_WHAT.fullmatch(folded, label.end, place) is not None

"""Measures: what a text calls its numbers, and which number a name belongs to.

Owns the table of names ("hazard ratio", "HR", "P", "median"), the headers that name what follows ("mean (SD)", "HR (95% CI)"), and the
words that may stand between a name and its number.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from journal_club.statistics.statistic import RATIOS, Measure
from journal_club.statistics.units import DOSE

__all__ = ["Header", "Label", "headers", "labels", "measure_before"]

_REACH = 90
_GIVEN = r"(?=\)?\]?\s*(?:[=:,(\[]|was|of|-?\d|$))"
_DIFFERENCE = (
    r"(?:mean |risk |absolute |between-group |treatment |estimated |adjusted )?differences?|"
    rf"absolute (?:risk )?(?:reduction|increase)s?|\b(?:ARR|RD|MD|SMD)\b{_GIVEN}"
)
_P = (
    r"\b[Pp](?:[ -]{0,2}values?)?(?:[ _-]?(?:interaction|trend|heterogeneity)\b)?"
    r"(?=\W{0,3}(?:[=<>≤≥:&]|was|of|for|[01]?\.\d|NS\b))|\bp[ -]{1,2}values?"
)
_NAMES: tuple[tuple[Measure, str], ...] = (
    (Measure.HAZARD_RATIO, r"hazards? ratios?|\b(?:a|s|cs)?HRs?(?![A-Za-z-])(?! (?:variability|monitor))"),
    (Measure.ODDS_RATIO, rf"odds ratios?|\ba?ORs\b|\ba?OR(?![A-Za-z]){_GIVEN}"),
    (Measure.RATE_RATIO, r"(?:incidence )?rate ratios?|relative rates?|\bIRRs?(?![A-Za-z-])"),
    (Measure.NNT, r"numbers?[ -]needed[ -]to[ -](?:treat|harm)|\bNN[TH]\b"),
    (Measure.REDUCTION, r"relative (?:risk )?reductions?|\bRRR\b"),
    (Measure.RISK_RATIO, rf"(?:relative risks?|risk ratios?|prevalence ratios?)(?! reduction)|\ba?RRs?(?![A-Za-z]){_GIVEN}"),
    (Measure.DIFFERENCE, _DIFFERENCE),
    (Measure.P, _P),
    (Measure.MEDIAN, r"\bmedians?\b"),
    (Measure.MEAN, r"\bmeans?\b(?! arterial)|\baverages?\b|\baveraged\b"),
    (Measure.SD, r"\bs\.?d\.?s?\b|standard deviations?"),
    (Measure.SE, r"\bs\.?e\.?(?:m\.?)?(?![a-z])|standard errors?(?: of the mean)?"),
    (Measure.CORRELATION, r"\b[rR]2?(?=\s*=)|correlation coefficients?|\bkappa\b"),
    (Measure.COUNT, r"\bn(?=\s*[=:])"),
)
_NAME = re.compile("|".join(f"(?P<m{number}>{pattern})" for number, (_, pattern) in enumerate(_NAMES)), re.IGNORECASE)
_STARTS = frozenset(
    """
    hazard hazards hr hrs ahr ahrs shr shrs cshr cshrs odds or ors aor aors incidence rate irr irrs number numbers nnt nnh relative rrr risk
    prevalence rr rrs arr arrs mean risk absolute between treatment estimated adjusted difference differences rd md smd p median medians
    pinteraction ptrend pheterogeneity
    means average averages averaged sd sds s standard se sem r correlation kappa n
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"[a-z]+")
_MOST = 6
_FAR_REACH = frozenset({Measure.MEDIAN, Measure.MEAN})
_GLUE = re.compile(
    r"(?:[\s()\[\]=<>≤≥:,~±*_]|&lt;|&gt;|</?\w+>|was|were|is|of|for|the|to|at|an?|or|about|approximately|HRs?|ORs?|RRs?|"
    r"ratios?|adjusted|unadjusted|trend|value|in|both|all|heterogeneity|superiority|non-?inferiority|noninferiority|"
    r"overall survival|progression-free survival|OS|PFS|death|less than|greater than|below|under|above|over|nearly|equal|"
    r"roughly|around|risk|interaction|between-group|estimated|with|9\d%|CI)*\Z",
    re.IGNORECASE,
)
_P_FOR = re.compile(r"\s(?:for|of)\s(?:the\s|all\s)?")
"""What stands between a p-value's name and the difference that it is for."""
_FOR_WHAT = re.compile(
    r"\)?\]?\s(?:for|of|versus|vs\.?|against|with|between|relative to|compared (?:with|to))\s"
    rf"(?:[^\d,;:()]|\d[\d.]{{0,5}}\s?(?:{DOSE})\b){{2,80}}?"
    r"(?:\s(?:was|were|is|of)\s|\s?[=<>,]\s?)\Z",
    re.IGNORECASE,
)
"""What a ratio or a p-value may be given for, between its name and its number."""
_ABBREVIATED = 4
_CAPITAL = frozenset({*RATIOS, Measure.DIFFERENCE, Measure.REDUCTION})
"""Their abbreviations are written in capitals: "or" is no odds ratio."""
_NAMED_FOR = frozenset({*RATIOS, Measure.P, Measure.DIFFERENCE, Measure.NNT})
_CLAUSE_END = re.compile(r"[;]|\.\s|\b(?:while|whereas|although|but)\b")
_HEADER = re.compile(
    r"(?:[(\[]\s?(?:±\s?)?|(?<=[a-z]\s)\s?±\s{0,2}|,\s)(?:(?P<sd>s\.?d\.?s?|standard deviations?)|"
    r"(?P<se>s\.?e\.?m?\.?|standard errors?(?: of the mean)?)|"
    r"(?P<interval>(?:\d\d(?:\.\d)?\s?%\s?)?CIs?|(?:\d\d%\s)?confidence intervals?|IQRs?|inter-?quartile ranges?|range|Q1[,-]\s?Q3))"
    r"(?=\s?[)\]]|\s(?!(?:was|of|=)\b)[a-z]|(?<=[SDEMsdem]),?\s\d[\d.]*\s{0,2}±)(?!\s?[)\]]?\s?[=:]?\s?\d[\d.]*\s?[)\]])",
    re.IGNORECASE,
)
_MAY_HEAD = re.compile(r"[(\[±,]\s?(?:±\s?)?(?:s\.?[de]|standard|\d\d|CI|conf|IQR|inter|range|Q1)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """One name of a measure: it stands at `text[start:end]`."""

    measure: Measure
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """What the brackets behind the numbers that follow hold: `sd`, `se` or `interval`."""

    kind: str
    start: int
    end: int


def labels(folded: str, lower: str, words: frozenset[str], over: Sequence[Header]) -> list[Label]:
    """The names of measures in a folded text, in order of place; those within headers name no number.

    Args:
        folded: the text.
        lower: the same in small letters.
        words: its words in small letters.
        over: its headers.
    """
    found: list[Label] = []
    if words.isdisjoint(_STARTS):
        return found
    end = 0
    for word in _WORD.finditer(lower):
        place = word.start()
        if place < end or word.group() not in _STARTS or (place and lower[place - 1].isalnum()):
            continue
        match = _NAME.match(folded, place)
        if match is None or match.lastgroup is None:
            continue
        measure = _NAMES[int(match.lastgroup[1:])][0]
        if measure is Measure.DIFFERENCE and found and found[-1].measure is Measure.P and _P_FOR.fullmatch(folded, found[-1].end, place):
            continue
        end = match.end()
        if end - place > _ABBREVIATED or measure not in _CAPITAL or not (match.group().islower() or _stands_for(folded, found, place)):
            found.append(Label(measure=measure, start=place, end=end))
    if over:
        ends = [header.end for header in over]
        found = [one for one in found if not _within(one, over, bisect_right(ends, one.start))]
    return found


def _stands_for(folded: str, found: Sequence[Label], place: int) -> bool:
    """Whether an abbreviation in brackets stands for the name before it: "rate ratio (RR)"."""
    return bool(found) and found[-1].measure in _CAPITAL and folded[found[-1].end : place].strip() in ("(", "[")


def _within(label: Label, over: Sequence[Header], place: int) -> bool:
    return place < len(over) and over[place].start <= label.start


def headers(folded: str) -> list[Header]:
    """The headers of a folded text, in order."""
    if not _MAY_HEAD.search(folded):
        return []
    return [Header(kind=found.lastgroup or "", start=found.start(), end=found.end()) for found in _HEADER.finditer(folded)]


def measure_before(folded: str, place: int, found: Sequence[Label]) -> Measure:
    """The measure of the number at `place`: the name before it with nothing but glue between; a mean or median reaches through its clause.

    Args:
        folded: the text.
        place: where the number begins.
        found: the text's labels.
    """
    measure = Measure.NONE
    if not found or found[0].end > place:
        return measure
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
    return label.measure in _NAMED_FOR and _FOR_WHAT.fullmatch(folded, label.end, place) is not None

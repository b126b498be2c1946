"""Notation: text to statistics, each with its measure, operator, unit, role and group.

Owns the grammar of how trials write their numbers. It binds neither endpoint nor arm (`binding`). Reading never fails; every regex looks
at a bounded neighbourhood, so that time is linear in the text.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from journal_club.statistics.measures import Label, labels, measure_before
from journal_club.statistics.numerals import Numeral, fold, numerals
from journal_club.statistics.statistic import RATIOS, Measure, Operator, Role, Statistic
from journal_club.statistics.units import unit_after

__all__ = ["read_statistics"]

_BEFORE = 60
_OPERATOR = re.compile(
    r"(?P<le>≤|<\s?=|⩽|at most|no more than|not more than|up to|&le;)|(?P<ge>≥|>\s?=|⩾|at least|no less than|"
    r"not less than|&ge;)|(?P<lt><|&lt;|less than|below|fewer than|under|lower than)|"
    r"(?P<gt>>|&gt;|more than|greater than|over|above|exceed(?:ed|ing|s)?)|(?P<about>~|≈|∼|about|approximately|around|"
    r"roughly|nearly|almost|some|circa|approx\.?)|(?P<eq>=)"
)
_OPERATOR_ENDS = frozenset("<>=≤≥⩽⩾~≈∼;.")
_OPERATORS = {
    "le": Operator.AT_MOST,
    "ge": Operator.AT_LEAST,
    "lt": Operator.LESS,
    "gt": Operator.GREATER,
    "about": Operator.ABOUT,
    "eq": Operator.EQUAL,
}
_OPERATOR_BEFORE = re.compile(rf"(?:{_OPERATOR.pattern})(?:\s|</?\w+>|a|an|the|median|of){{0,3}}\Z", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"\s?(?:%|(?:\s?(?:months?|years?|days?|weeks?|mg|kg|mmHg|cm|points?)))?\s?(?:-|to|;|and|,|/)\s?(?:</?\w+>)?\Z", re.IGNORECASE
)
_LEVEL_AFTER = re.compile(r"\s?(?:%|percent|per cent)\s?\(?(?:CIs?\b|C\.I\.|confidence|credible|CrI|interval|limits)", re.IGNORECASE)
_INTERVAL_BEFORE = re.compile(
    (
        r"(?:\bCIs?|C\.I\.?|confidence (?:intervals?|limits)|credible intervals?|CrI|interquartile range|\bIQR|"
        r"\brange[ds]?|between)\s?(?:\(?(?:CI|CrI|IQR|Q1-Q3)\)?)?\s?(?:\[[A-Z ]+\])?[\s=:,(\[]*(?:of|was|were|from|is|"
        r"for difference)?[\s=:,(\[]*\Z"
    ),
    re.IGNORECASE,
)
_OPEN_BEFORE = re.compile(r"[(\[]\s?\Z")
_RANGE_SEPARATOR = re.compile(r"\s?%?\s?(?:-|to)\s?\Z")
_NOT_REACHED = re.compile(
    r"\bnot (?:yet )?(?:been )?(?:reached|estimable|evaluable|estimated|calculable)\b|\b(?:NR|NE|NA)\b(?=\s*(?:[-;,)\]]|\.?\Z)|"
    r"\s+(?:vs|versus|to|in|for|with)\b)"
)
_IDENTIFIER = re.compile(
    (
        r"\b(grades?|phases?|stages?|types?|levels?|categor(?:y|ies)|weeks?|days?|months?|years?|visits?|cycles?|groups?|"
        r"arms?|cohorts?|class|doses?)\s(?:\d{1,2}\s?(?:-|to|or|and|/|,)\s?){0,3}\Z"
    ),
    re.IGNORECASE,
)
_ROMAN = re.compile(r"\b(?P<what>phase|stage|grade|type|class)\s(?P<number>I{1,3}|IV|V|VI)(?P<sub>[abAB]?)\b(?![-/]?[A-Za-z])")
_ROMANS = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6"}
_WEAK_NOUN = re.compile(
    (
        r"\s(?:[a-z-]+\s){0,2}?(?:groups?|arms?|trials?|studies|study|treatments?|therapies|regimens?|outcomes?|types?|"
        r"drugs?|agents?|methods?|primary|co-?primary|of)\b"
    ),
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"\s?(?:%|[A-Za-z]{1,8})?\s?(?:-|to\b|;|,|and\b|/)\s?(?:</?\w+>)?(?:[-+]?[\d.]|not\b|N[ER]\b|[a-z]{3,6}\b)", re.IGNORECASE
)
_RANGE_AFTER = re.compile(
    r"\s?%?\s?(?:-|to\b)\s?(?:[-+]?\d|[-+]?\.\d|not (?:reached|ev|es)|(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\b)"
)
_PAIR_AFTER = re.compile(r"\s?[;,]\s?[-+]?\.?\d[\d.]*\s?[)\];,]")
_AFTER = 60
_RISK = r"(?:risk|hazard|odds|likelihood|probability|chance|mortality|death|rate)"
_CHANGE = r"(?:lower|lowered|higher|reduc\w+|decreas\w+|increas\w+|smaller|greater|less|fewer|cut|drop|decline|rise)"
_RISK_AFTER = re.compile(rf"\s?(?:%|percent|per cent)\s(?:[a-z-]+\s){{0,2}}?{_CHANGE}\s(?:[a-z-]+\s){{0,3}}?{_RISK}", re.IGNORECASE)
_RISK_BEFORE = re.compile(
    (
        rf"(?:{_CHANGE}\s(?:[a-z-]+\s){{0,3}}?{_RISK}|"
        rf"{_RISK}\s[a-z -]{{0,50}}{_CHANGE})\b[^.;()\d]{{0,50}}\bby\s(?:about\s|approximately\s|nearly\s|roughly\s)?\Z"
    ),
    re.IGNORECASE,
)
_OF = re.compile(r"\s?(?:/|of(?: the)?|out of|in|of every|in every)\s?(?:total\s(?:of\s)?)?", re.IGNORECASE)
_PLURAL = re.compile(r"\s(?:[a-z-]+\s)?[a-z-]{2,}[^s\W]s\b")
_ARTICLE_BEFORE = re.compile(r"\b(?:the|these|those|all|both|other)\s\Z", re.IGNORECASE)
_NUMBER_NEAR = re.compile(r"\d[^.;]{0,12}\Z")
_SPREAD_BEFORE = re.compile(r"(?:±|\+/?-)\s?\Z")
_LIST_GAP = 40
_LISTED = re.compile(
    r"\s?(?:\(SD \)|±)?\s?(?:-|to|;|,|and|or|vs\.?|versus|compared (?:with|to)|than|/|±|\+/-|, and|from)\s?", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z])|\n")
_UNITLESS = frozenset({Measure.P, Measure.COUNT, *RATIOS})
_DEPENDENT = frozenset({Measure.P, Measure.SD, Measure.SE})
_IN = re.compile(r"\s(?:in|of|out of|every)\s(?:the\s)?\Z", re.IGNORECASE)


def read_statistics(text: str) -> tuple[Statistic, ...]:
    """Read every statistic of a text, in order of place."""
    folded = fold(text)
    named = labels(folded)
    found: list[Statistic] = []
    for numeral in numerals(folded):
        found.append(_labelled(folded, numeral, found[-1] if found else None, named))
    found += [_not_reached(text, match) for match in _NOT_REACHED.finditer(folded)]
    found += [_roman(match) for match in _ROMAN.finditer(folded)]
    found.sort(key=lambda statistic: statistic.start)
    read = _grouped(folded, _with_units(folded, found))
    return tuple(read if folded is text else (replace(one, text=text[one.start : one.end]) for one in read))


def _labelled(text: str, numeral: Numeral, previous: Statistic | None, named: Sequence[Label]) -> Statistic:
    before = text[max(0, numeral.start - _BEFORE) : numeral.start]
    role = _role(text, numeral, before, previous)
    unit = "%" if role is Role.LEVEL else unit_after(text, numeral.end)
    measure = _measure(text, numeral, before, role, unit, named)
    identifier = _IDENTIFIER.search(before) if measure is Measure.IDENTIFIER else None
    if measure is Measure.NONE and role is Role.POINT and unit in ("", "person", "event") and _is_total(text, numeral, previous):
        measure = Measure.TOTAL
    return Statistic(
        value=numeral.value, text=text[numeral.start : numeral.end], start=numeral.start, end=numeral.end, decimals=numeral.decimals,
        measure=measure, role=role, operator=_operator(before), unit=_singular(identifier[1]) if identifier else unit, group=numeral.start,
        certain=not numeral.spelled or _certain(text, numeral, role, unit, before),
    )  # fmt: skip


def _measure(text: str, numeral: Numeral, before: str, role: Role, unit: str, named: Sequence[Label]) -> Measure:
    if role is not Role.POINT:
        return Measure.NONE
    if unit in ("", "person", "event") and not numeral.decimals and _IDENTIFIER.search(before):
        return Measure.IDENTIFIER
    if unit == "%" and _is_reduction(before, text[numeral.end : numeral.end + _AFTER]):
        return Measure.REDUCTION
    if _SPREAD_BEFORE.search(before):
        return Measure.SD
    return measure_before(text, numeral.start, named)


def _role(text: str, numeral: Numeral, before: str, previous: Statistic | None) -> Role:
    after = text[numeral.end : numeral.end + 40]
    if _LEVEL_AFTER.match(after):
        return Role.LEVEL
    if previous is not None and previous.role is Role.LOWER and _SEPARATOR.fullmatch(text[previous.end : numeral.start][:24]):
        return Role.UPPER
    if not _CONTINUES.match(after):
        return Role.POINT
    if _INTERVAL_BEFORE.search(before) or _RANGE_AFTER.match(after):
        return Role.LOWER
    if previous is not None and previous.measure in RATIOS and _OPEN_BEFORE.search(before) and _PAIR_AFTER.match(after):
        return Role.LOWER
    return Role.POINT


def _is_reduction(before: str, after: str) -> bool:
    """Whether it is a claim about a ratio: "45% lower hazard", "reduced the risk of death by 45%"."""
    return _RISK_AFTER.match(after) is not None or _RISK_BEFORE.search(before) is not None


def _is_total(text: str, numeral: Numeral, previous: Statistic | None) -> bool:
    """The N of "6 of 208", "6/208" and "one in seven"."""
    if previous is None or previous.value is None or previous.value > numeral.value or previous.decimals or numeral.decimals:
        return False
    return _OF.fullmatch(text[previous.end : numeral.start][:_LIST_GAP]) is not None


def _operator(before: str) -> Operator:
    near = before[-24:]
    last = near.rstrip()[-1:]
    found = _OPERATOR_BEFORE.search(near) if last.isalpha() or last in _OPERATOR_ENDS else None
    return Operator.EQUAL if found is None or found.lastgroup is None else _OPERATORS[found.lastgroup]


def _certain(text: str, numeral: Numeral, role: Role, unit: str, before: str) -> bool:
    """Whether a number word claims a number: a unit, a noun in the plural or "in seven" makes it one."""
    if numeral.value == 1 or _WEAK_NOUN.match(text, numeral.end):
        return False
    if _PLURAL.match(text, numeral.end) and not _ARTICLE_BEFORE.search(before):
        return True
    return bool(unit) or role is not Role.POINT or _IN.search(before) is not None


def _not_reached(text: str, match: re.Match[str]) -> Statistic:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    role = Role.UPPER if _RANGE_SEPARATOR.search(before) and _NUMBER_NEAR.search(before) else Role.POINT
    return Statistic(
        value=None, text=match.group(), start=match.start(), end=match.end(), measure=Measure.NONE, role=role, group=match.start()
    )


def _roman(match: re.Match[str]) -> Statistic:
    start, end = match.span("number")
    value = Decimal(_ROMANS[match["number"]])
    return Statistic(
        value=value, text=match["number"], start=start, end=end, measure=Measure.IDENTIFIER, unit=match["what"].lower(), group=start
    )


def _singular(word: str) -> str:
    word = word.lower()
    return "category" if word == "categories" else word if word == "class" else word.removesuffix("s")


def _with_units(text: str, found: list[Statistic]) -> list[Statistic]:
    """Numbers of one list or range share the unit that is printed behind the last ("45 vs 34%", "9.7-14.0 months")."""
    shared = list(found)
    for place in range(len(shared) - 2, -1, -1):
        one, other = shared[place], shared[place + 1]
        if not one.unit and other.unit and other.measure is not Measure.IDENTIFIER and one.measure not in _UNITLESS:
            between = text[one.end : other.start]
            if len(between) < _LIST_GAP and _LISTED.fullmatch(between) and other.role is not Role.LEVEL:
                shared[place] = replace(one, unit=other.unit)
    return shared


def _grouped(text: str, found: list[Statistic]) -> list[Statistic]:
    """Give every bound, level and p-value the estimate before it in its sentence."""
    grouped: list[Statistic] = []
    estimate: Statistic | None = None
    for statistic in found:
        dependent = statistic.role is not Role.POINT or statistic.measure in _DEPENDENT
        if estimate is not None and _SENTENCE_END.search(text, estimate.end, statistic.start):
            estimate = None
        if not dependent:
            estimate = statistic
        grouped.append(replace(statistic, group=estimate.start) if dependent and estimate is not None else statistic)
    return grouped

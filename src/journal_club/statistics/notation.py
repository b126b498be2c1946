"""Notation: text to statistics, each with its measure, operator, unit, role and group.

Owns the grammar of how trials write their numbers, put together from numerals, units, operators, measures and intervals. It binds neither
endpoint nor arm (`binding`). Reading never fails; every regex looks at a bounded neighbourhood, so that time is linear in the text. What
was seen and not understood is a statistic that says so.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from journal_club.statistics.grouping import group, share_estimates_units, share_units
from journal_club.statistics.identifiers import identifier_before, romans
from journal_club.statistics.intervals import role_of
from journal_club.statistics.measures import Header, Label, headers, labels, measure_before
from journal_club.statistics.numerals import Numeral, fold, numerals
from journal_club.statistics.operators import operator_before, operator_behind
from journal_club.statistics.reading import Reading
from journal_club.statistics.sides import may_take_sides, side_of
from journal_club.statistics.statistic import RATIOS, Measure, Operator, Role, Statistic
from journal_club.statistics.units import unit_and_end

__all__ = ["read_statistics"]

_WORD = re.compile(r"[a-z]+")
_BEFORE = 60
_NOT_REACHED = re.compile(
    r"\bnot (?:yet )?(?:been )?(?:reached|estimable|evaluable|estimated|calculable|available|attained)\b|"
    r"\b(?:NR|NE|NA)\b(?=\s*(?:[-;,)(\]]|\.?\Z)|\s+(?:vs|versus|to|in|for|with)\b)"
)
_MAY_BE_UNREACHED = re.compile(r"\bnot |N[REA]\b")
_MAY_BE_NS = re.compile(r"NS|[^a-z]ns\b|[Nn]\.[Ss]\.|not sig")
_NOT_SIGNIFICANT = re.compile(
    r"\b[Pp](?:[ -]?values?)?\s?(?:[=:]|was|is)?\s?(?P<ns>NS|ns|n\.s\.|N\.S\.|not significant)(?![A-Za-z])|\((?P<alone>NS)\)"
)
_RANGE_BEFORE = re.compile(r"\d[^.;]{0,12}?\s?%?\s?(?:-|to)\s?\Z|\bN[RE]\s?(?:-|to)\s\Z")
_RANGE_AFTER = re.compile(r"\s?(?:-|to)\s?(?:N[RE]\b|not\b|[\d.])")
_WEAK_NOUN = re.compile(
    (
        r"\s(?:[a-z-]+\s){0,2}?(?:groups?|arms?|trials?|studies|study|treatments?|therapies|regimens?|outcomes?|types?|"
        r"drugs?|agents?|medicines?|medications?|interventions?|strategies|approaches|techniques|methods?|primary|co-?primary)\b|\sof\b(?!\s(?:the\s)?\d)"
    ),
    re.IGNORECASE,
)
_RISK = (
    r"(?:risk|hazard|odds|likelihood|probability|chance|mortality|deaths?|rate|hospitali[sz]ations?|admissions?|strokes?|infarctions?|"
    r"relapses?|recurrences?|exacerbations?|fractures?)"
)
_CHANGE = r"(?:lower|lowered|higher|reduc\w+|decreas\w+|increas\w+|smaller|greater|less|fewer|cut|drop|decline|rise)"
_RISK_AFTER = re.compile(
    rf"\s?(?:%|percent|per cent)\s(?:relative\s)?(?:[a-z-]+\s){{0,2}}?{_CHANGE}\s(?:[a-z-]+\s){{0,3}}?{_RISK}", re.IGNORECASE
)
_RISK_BEFORE = re.compile(
    (
        rf"(?:{_CHANGE}\s(?:[a-z-]+\s){{0,3}}?{_RISK}|"
        rf"{_RISK}\s[a-z -]{{0,50}}{_CHANGE})\b[^.;()\d]{{0,50}}\bby\s(?:about\s|approximately\s|nearly\s|roughly\s)?\Z"
    ),
    re.IGNORECASE,
)
_RISK_WAS = re.compile(
    r"\b(?:risk|hazard|odds|likelihood|chance|(?:rate|incidence)s?(?= of\b))\b[^.;()\d]{0,80}\b(?:was|were|is)\s"
    r"(?:about\s|approximately\s|nearly\s|roughly\s)?\Z",
    re.IGNORECASE,
)
_LOWER_AFTER = re.compile(r"\s?(?:%|percent|per cent)\s(?:lower|higher|less|greater|reduced|increased)\b", re.IGNORECASE)
_NAMED_AFTER = re.compile(
    r"\s?(?:%|percent|per cent)\s(?:(?:relative|proportional)\s(?:risk\s|rate\s|hazard\s|odds\s)?|(?:risk|hazard|odds)\s)"
    r"(?:reduction|decrease|decline)\b",
    re.IGNORECASE,
)
"""A reduction by its own name: "a 59% relative reduction in kidney injury"."""
_BY = re.compile(r"\bby\s(?:about\s|approximately\s|nearly\s|roughly\s)?\Z", re.IGNORECASE)
_CHANGE_AFTER = re.compile(rf"\s?(?:%|percent|per cent|[A-Za-z/]{{1,8}})?[\s-](?:relative\s|absolute\s|mean\s)?{_CHANGE}\b", re.IGNORECASE)
_COMPARED_AFTER = re.compile(
    r"(?:\s?(?:%|percent(?:age)?)[\s-]points?|[\s-][A-Za-z/]{1,12})?\s(?P<than>more|fewer|less|longer|shorter|higher|lower|greater|smaller)\b"
    r"(?!\s(?:than\s\d|or\b|and\b))",
    re.IGNORECASE,
)
"""What makes a number the distance between two others: "19 fewer patients", "2.4 months longer", "12 percentage points higher"."""
_MAY_FOLLOW = re.compile(r"\+| (?:or|and) ")
_POINTS_AFTER = re.compile(r"\s?(?:%|percent(?:age)?)[\s-]points?\b", re.IGNORECASE)
_CHANGE_OF = re.compile(rf"\b{_CHANGE}\s(?:in\s[a-z -]{{2,40}}\s)?(?:of|was|were)\s\Z", re.IGNORECASE)
_OF = re.compile(r"\s?(?:/|of(?: the)?|out of|in|of every|in every)\s?(?:total\s(?:of\s)?)?", re.IGNORECASE)
_OF_BEFORE = re.compile(r"(?:\A|[.;,]\s)(?:of|among)\s(?:the\s|all\s|these\s|those\s|a total of\s){0,2}\Z", re.IGNORECASE)
_PLURAL = re.compile(r"\s(?:[a-z-]+\s)?[a-z-]{2,}[^s\W]s\b")
_ARTICLE_BEFORE = re.compile(r"\b(?:the|these|those|all|both|other)\s\Z", re.IGNORECASE)
_IN = re.compile(r"\s(?:in|of|out of|every)\s(?:the\s)?\Z", re.IGNORECASE)
_SPREAD_BETWEEN = re.compile(r"\s?(?:%|[A-Za-z/]{1,8}\s?)?[(\[]\s?", re.IGNORECASE)
_SPREAD_AFTER = re.compile(r"\s?(?:%|[A-Za-z/]{1,8})?\s?[)\]]")
_SHARE_BEHIND = re.compile(r"\s?\(\s?\d[\d.]{0,5}\s?%\s?\)")
"""What makes the number before it a count: "6 (3%)"."""
_AFTER = 60
_LIST_GAP = 40
_COUNTED = ("", "person", "event")
_DOSES = frozenset({"mg", "µg", "ng", "g", "ml", "iu", "gy"})
"""A number with one of these is a dose that a ratio is given for, and no ratio: "the rate ratio for 8 mg was 0.38"."""
_SIDED = ("%", *_COUNTED)
_COMPARABLE = (Measure.NONE, Measure.MEDIAN, Measure.MEAN)


def read_statistics(text: str) -> tuple[Statistic, ...]:
    """Read every statistic of a text, in order of place."""
    folded = fold(text)
    lower = _lowered(folded)
    found = [*_numbers(folded, lower), *_unreached(folded), *romans(folded)]
    if not found:
        return ()
    found.sort(key=lambda one: one.start)
    share_units(folded, found)
    group(folded, found)
    share_estimates_units(folded, found)
    return tuple(one.statistic(text) for one in found)


def _lowered(folded: str) -> str:
    """The text in small letters, every character in its place."""
    lower = folded.lower()
    return lower if len(lower) == len(folded) else "".join(one if len(one.lower()) != 1 else one.lower() for one in folded)


def _numbers(folded: str, lower: str) -> list[Reading]:
    words = frozenset(_WORD.findall(lower))
    seen = numerals(folded, lower, words)
    if not seen:
        return []
    over = headers(folded)
    named = labels(folded, lower, words, over)
    heads = [header.end for header in over]
    read: list[Reading] = []
    taken = 0
    spread: Header | None = None
    sided = may_take_sides(words)
    for numeral in seen:
        if numeral.start < taken:
            continue
        place = bisect_right(heads, numeral.start)
        reading, taken = _read(folded, numeral, read[-1] if read else None, named, over[place - 1] if place else spread)
        spread = _spread_header(folded, reading) or spread
        if sided and reading.role is Role.POINT and reading.unit in _SIDED:
            reading.side = side_of(folded, reading.start, taken)
        reading.header = place < len(over) and over[place].start <= numeral.start
        read.append(reading)
    return read


def _spread_header(folded: str, reading: Reading) -> Header | None:
    """What "(SD 20.9)" says of the brackets that follow: they hold standard deviations too."""
    if reading.measure not in (Measure.SD, Measure.SE) or folded[reading.end : reading.end + 1] != ")":
        return None
    return Header(kind="se" if reading.measure is Measure.SE else "sd", start=reading.start, end=reading.end)


def _read(text: str, numeral: Numeral, previous: Reading | None, named: Sequence[Label], over: Header | None) -> tuple[Reading, int]:
    """One number, and where what belongs to it ends: a rate's denominator is no number of its own."""
    start, end = numeral.start, numeral.end
    reading = Reading(value=numeral.value, start=start, end=end, decimals=numeral.decimals)
    if numeral.value is None:
        reading.understood = False
        return reading, end
    before = text[max(0, start - _BEFORE) : start]
    reading.role = role_of(text, start, end, before, previous, header=over is not None and over.kind == "interval")
    reading.unit, taken = ("%", end) if reading.role is Role.LEVEL or numeral.fraction else unit_and_end(text, end)
    if not reading.unit and before[-1:] in ("$", "€", "£", "¥"):
        reading.unit = before[-1]
    reading.operator = operator_before(before, reading.unit)
    if reading.operator is Operator.EQUAL and reading.role is Role.POINT and _MAY_FOLLOW.search(text, end, end + _AFTER):
        reading.operator = operator_behind(text[end : end + _AFTER])
    if numeral.fraction and reading.operator is Operator.EQUAL:
        reading.operator = Operator.ABOUT
    if reading.role is Role.POINT:
        _name(text, reading, before, previous, named, over)
    reading.certain = not numeral.spelled or numeral.fraction or _certain(text, reading, before)
    return reading, taken


def _name(text: str, reading: Reading, before: str, previous: Reading | None, named: Sequence[Label], over: Header | None) -> None:
    """Give an estimate its measure."""
    whole, after = reading.decimals == 0, text[reading.end : reading.end + _AFTER]
    reading.changes = _changes(before, after)
    if whole and reading.unit in _COUNTED and (numbered := identifier_before(before, after, reading.value, previous, reading.unit)):
        reading.measure, reading.unit = Measure.IDENTIFIER, numbered
    elif reading.unit == "%" and _POINTS_AFTER.match(after):
        reading.measure = Measure.DIFFERENCE
    elif reading.unit == "%" and _is_reduction(before, after):
        reading.measure = Measure.REDUCTION
    elif _is_spread(text, reading, before, previous, over):
        reading.measure = Measure.SE if over is not None and over.kind == "se" else Measure.SD
    else:
        reading.measure = measure_before(text, reading.start, named)
        if (reading.measure is Measure.P and not _may_be_p(reading)) or (reading.measure in RATIOS and reading.unit in _DOSES):
            reading.measure = Measure.NONE
        if reading.measure in _COMPARABLE and _is_distance(text, reading):
            reading.measure = Measure.DIFFERENCE
        elif reading.measure is Measure.NONE and reading.unit in _COUNTED and _is_total(text, reading, previous):
            reading.measure = Measure.TOTAL
        elif reading.measure is Measure.NONE and whole and not reading.unit and _SHARE_BEHIND.match(text, reading.end):
            reading.unit = "person"


def _is_distance(text: str, reading: Reading) -> bool:
    """Whether it says how far two numbers lie apart; a percentage may be a relative change and needs to be called points."""
    found = _COMPARED_AFTER.match(text, reading.end)
    return found is not None and (reading.unit != "%" or "point" in found.group().lower())


def _may_be_p(reading: Reading) -> bool:
    """Whether it can be a p-value: "T and P = 11 days" is none."""
    return reading.unit in ("", "%") and reading.value is not None and 0 <= reading.value <= (100 if reading.unit else 1)


def _is_spread(text: str, reading: Reading, before: str, previous: Reading | None, over: Header | None) -> bool:
    """The y of "x ± y", and of "x (y)" under a header "mean (SD)"."""
    if before.rstrip()[-1:] == "±":
        return previous is not None
    if (
        over is None
        or over.kind == "interval"
        or previous is None
        or previous.role is not Role.POINT
        or previous.measure in (Measure.SD, Measure.SE)
    ):
        return False
    gap = text[previous.end : reading.start]
    return (
        reading.unit != "%"
        and len(gap) < 12
        and _SPREAD_BETWEEN.fullmatch(gap) is not None
        and _SPREAD_AFTER.match(text, reading.end) is not None
    )


def _changes(before: str, after: str) -> bool:
    """Whether a word of change stands by the number: "by 21%", "21% lower", "a reduction of 21%"."""
    if _CHANGE_AFTER.match(after) is not None:
        return True
    # Both end in a word and a space: most numbers are spared the search for it.
    return (
        before[-1:].isspace()
        and before[-2:-1].isalpha()
        and (_BY.search(before[-20:]) is not None or _CHANGE_OF.search(before) is not None)
    )


def _is_reduction(before: str, after: str) -> bool:
    """Whether it is a claim about a ratio: "45% lower hazard", "reduced the risk of death by 45%", "the risk of death was 45% lower"."""
    if (
        _RISK_AFTER.match(after) is not None
        or _NAMED_AFTER.match(after) is not None
        or (_LOWER_AFTER.match(after) is not None and _RISK_WAS.search(before) is not None)
    ):
        return True
    return before[-1:].isspace() and _BY.search(before[-20:]) is not None and _RISK_BEFORE.search(before) is not None


def _is_total(text: str, reading: Reading, previous: Reading | None) -> bool:
    """The N of "6 of 208", "6/208" and "one in seven", and of "Of 208 patients, 6 died"."""
    if _OF_BEFORE.search(text[max(0, reading.start - _LIST_GAP) : reading.start]):
        return not reading.decimals
    if previous is None or previous.value is None or reading.value is None or previous.decimals or reading.decimals:
        return False
    return previous.value <= reading.value and _OF.fullmatch(text[previous.end : reading.start][:_LIST_GAP]) is not None


def _certain(text: str, reading: Reading, before: str) -> bool:
    """Whether a number word claims a number: a unit, a noun in the plural or "in seven" makes it one."""
    if reading.value == 1 or _WEAK_NOUN.match(text, reading.end):
        return False
    if _PLURAL.match(text, reading.end) and not _ARTICLE_BEFORE.search(before):
        return True
    return bool(reading.unit) or reading.role is not Role.POINT or _IN.search(before) is not None


def _unreached(folded: str) -> list[Reading]:
    """What stands for a number: "not reached", "not evaluable", NR, NE; and p-values that are only said to be not significant."""
    found: list[Reading] = []
    if _MAY_BE_UNREACHED.search(folded):
        found += [_absent(folded, match) for match in _NOT_REACHED.finditer(folded)]
    for match in _NOT_SIGNIFICANT.finditer(folded) if _MAY_BE_NS.search(folded) else ():
        start, end = match.span("ns" if match["ns"] else "alone")
        found.append(Reading(value=None, start=start, end=end, measure=Measure.P))
    return found


def _absent(folded: str, match: re.Match[str]) -> Reading:
    before = folded[max(0, match.start() - _BEFORE) : match.start()]
    role = Role.UPPER if _RANGE_BEFORE.search(before) else Role.LOWER if _RANGE_AFTER.match(folded, match.end()) else Role.POINT
    return Reading(value=None, start=match.start(), end=match.end(), role=role)

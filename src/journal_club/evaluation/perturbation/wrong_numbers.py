"""Wrong numbers: a value, its decimal point, its place, its interval, its operator or its unit changed.

Owns these mutations. Each gives the changed sentence, or nothing where there is nothing to change or the result could still
be true.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import combinations
from random import Random

from journal_club.evaluation.perturbation.digits import Digits, digits, is_p, replaced, values, written
from journal_club.evaluation.perturbation.sample import Sample

__all__ = [
    "INTERVAL",
    "bounds_of_another_row",
    "bounds_swapped",
    "decimal_shifted",
    "is_estimate",
    "large_value_changed",
    "numbers_swapped",
    "operator_flipped",
    "reduction_invented",
    "small_value_changed",
    "unit_changed",
]

_FACTORS = tuple(Decimal(one) / 100 for one in (62, 74, 83, 87, 113, 119, 131, 146))
_LIST = re.compile(r"(?:[\d.,·\s%-]|–|−|±|to|and|or|weeks?|months?|days?|years?|hours?|mg|min(?:utes)?|vs)*")
INTERVAL = re.compile(
    r"(?P<head>\bCI\b\)?[\s:,=;\[(]{0,4})(?P<low>[-−]?\d{1,4}(?:[.·]\d{1,4})?)(?P<gap>\s?(?:-|–|to|,|;)\s?)(?P<high>[-−]?\d{1,4}(?:[.·]\d{1,4})?)(?![\d.·])"
)
_OPERATOR = re.compile(r"\b[pP]\b(?:[ -]?values?)?[\s*]{0,3}(?P<sign><|>|=|≤|≥|&lt;|&gt;)(?=[\s*]{0,3}[\d.])")
_FLIPPED = {"<": ">", ">": "<", "=": ">", "≤": ">", "≥": "<", "&lt;": "&gt;", "&gt;": "&lt;"}
_UNIT = re.compile(
    r"(?<=\d)(?P<gap>[\s-]?)(?P<unit>years?|months?|weeks?|days?|hours?|minutes?|min|mg|kg|ml|mL|cm|mm ?Hg|μg|µg|mmol/[lL]|%)(?![\w/²-])"
)
_OTHER_UNIT = {
    "year": "month", "years": "months", "month": "week", "months": "weeks", "week": "day", "weeks": "days", "day": "hour", "days": "hours",
    "hour": "minute", "hours": "minutes", "minute": "hour", "minutes": "hours", "min": "h", "mg": "g", "kg": "g", "ml": "l", "mL": "L",
    "cm": "mm", "mmHg": "kPa", "mm Hg": "kPa", "μg": "mg", "µg": "mg", "mmol/l": "mg/dl", "mmol/L": "mg/dL", "%": " points",
}  # fmt: skip
_RATIO = re.compile(
    r"\b(?P<name>hazard ratio|odds ratio|relative risk|risk ratio|HR|OR|RR)\b[^\d<>]{0,30}?(?P<value>0[.·]\d{1,3})(?![\d%])", re.IGNORECASE
)
_RISKS = {"h": "hazard", "o": "odds", "r": "risk"}
_LEAST_GAP = 8
_OFF = (-37, -31, -23, -17, -11, 13, 19, 27, 34, 41)
"""Percentage points by which an invented reduction is off."""


def large_value_changed(sample: Sample, random: Random) -> str | None:
    """A value of 1 or more becomes another one of the same precision."""
    return _changed(sample, random, lambda one: one.value >= 1)


def small_value_changed(sample: Sample, random: Random) -> str | None:
    """A value between 0 and 1, such as a ratio or a p-value, becomes another one."""
    return _changed(sample, random, lambda one: 0 < one.value < 1)


def _changed(sample: Sample, random: Random, is_meant: Callable[[Digits], bool]) -> str | None:
    meant = [one for one in digits(sample.statement) if is_meant(one)]
    if not meant:
        return None
    one = random.choice(meant)
    known = values(sample.window)
    for factor in random.sample(_FACTORS, len(_FACTORS)):
        text = written(one.value * factor, one.decimals)
        if Decimal(text) not in known and is_meant(_as_digits(one, text)):
            return replaced(sample.statement, one, text)
    return None


def _as_digits(one: Digits, text: str) -> Digits:
    return Digits(value=Decimal(text), decimals=one.decimals, text=text, start=one.start, end=one.end)


def decimal_shifted(sample: Sample, random: Random) -> str | None:
    """A value becomes ten times larger or smaller."""
    meant = [one for one in digits(sample.statement) if one.value]
    if not meant:
        return None
    one = random.choice(meant)
    larger, smaller = written(one.value * 10, max(0, one.decimals - 1)), written(one.value / 10, one.decimals + 1)
    text = larger if random.random() < 0.5 else smaller
    return None if Decimal(text) in values(sample.window) else replaced(sample.statement, one, text)


def numbers_swapped(sample: Sample, random: Random) -> str | None:
    """Two numbers change places; those of a mere list ("at weeks 4, 8 and 12") do not."""
    text = sample.statement
    ordered = "respectively" in text
    pairs = [
        (one, other)
        for one, other in combinations(digits(text), 2)
        if one.value != other.value and (ordered or not _LIST.fullmatch(text[one.end : other.start]))
    ]
    if not pairs:
        return None
    one, other = random.choice(pairs)
    return replaced(replaced(text, other, one.text), one, other.text)


def bounds_swapped(sample: Sample, random: Random) -> str | None:
    """The bounds of a confidence interval change places."""
    found = [one for one in INTERVAL.finditer(sample.statement) if one["low"] != one["high"]]
    if not found:
        return None
    one = random.choice(found)
    return _with_bounds(sample.statement, one, one["high"], one["low"])


def bounds_of_another_row(sample: Sample, random: Random) -> str | None:
    """An interval gets the bounds of another interval of the passage."""
    ours = list(INTERVAL.finditer(sample.statement))
    if not ours:
        return None
    one = random.choice(ours)
    others = sorted({(found["low"], found["high"]) for found in INTERVAL.finditer(sample.window)} - {(one["low"], one["high"])})
    estimates = values(one.string[: one.start()])
    if not others:
        return None
    low, high = random.choice(others)
    return None if len(estimates) == 0 else _with_bounds(sample.statement, one, low, high)


def _with_bounds(text: str, found: re.Match[str], low: str, high: str) -> str:
    return f"{text[: found.start()]}{found['head']}{low}{found['gap']}{high}{text[found.end() :]}"


def operator_flipped(sample: Sample, random: Random) -> str | None:
    """`p <` becomes `p >`, `p >` becomes `p <`, and `p =` becomes `p >`."""
    found = list(_OPERATOR.finditer(sample.statement))
    if not found:
        return None
    one = random.choice(found)
    return sample.statement[: one.start("sign")] + _FLIPPED[one["sign"]] + sample.statement[one.end("sign") :]


def unit_changed(sample: Sample, random: Random) -> str | None:
    """A number gets another unit of its kind, which the passage does not give it."""
    found = list(_UNIT.finditer(sample.statement))
    if not found:
        return None
    one = random.choice(found)
    number = re.search(r"[\d.,·]+\Z", sample.statement[: one.start()])
    other = _OTHER_UNIT[one["unit"]]
    new = f"{one['gap'] if other.strip() == other else ''}{other}"
    if number is None or f"{number.group()}{new}" in sample.window:
        return None
    return sample.statement[: one.start()] + new + sample.statement[one.end() :]


def reduction_invented(sample: Sample, random: Random) -> str | None:
    """The sentence goes on with a "% reduction" that does not follow from its ratio, such as 57 % for a ratio of 0.57."""
    ratios = list(_RATIO.finditer(sample.statement))
    if not ratios:
        return None
    found = random.choice(ratios)
    ratio = Decimal(found["value"].replace("·", "."))
    right = [100 * (1 - Decimal(one["value"].replace("·", "."))) for one in ratios]
    off = (100 * ratio, *(100 * (1 - ratio) + other for other in _OFF))
    wrong = [value for value in off if 1 < value < 100 and all(abs(value - one) >= _LEAST_GAP for one in right)]
    if not wrong:
        return None
    what = _RISKS[found["name"][0].casefold()]
    percent = written(random.choice(wrong), 0)
    return f"{sample.statement.rstrip('.')}, a {percent}% reduction in the {what}."


def is_estimate(text: str, one: Digits) -> bool:
    """Whether a number is neither a p-value nor part of an interval."""
    inside = any(found.start() <= one.start < found.end() for found in INTERVAL.finditer(text))
    return not is_p(text, one) and not inside

"""Derivation: statistics that follow from the evidence's own by named arithmetic.

Owns the rules that start from one number, and the sums that are shown; those that set two groups against each other are `risks`'. A
reduction follows from the ratio of the same endpoint alone; a rate that the text does not give is never filled in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from journal_club.statistics.conversion import convert
from journal_club.statistics.statistic import RATIOS, Measure, Operator, Role, Statistic

__all__ = ["ROUGH_SHARE", "Derivation", "Sourcing", "derive", "is_rounding", "plain"]

_ROUGH = Decimal(5)
ROUGH_SHARE = Decimal("2.5")
"""How far, in percentage points, a share may lie from what "two-thirds" says."""
_THRESHOLDS = frozenset({Decimal("0.05"), Decimal("0.01"), Decimal("0.001"), Decimal("0.0001")})
_ALPHA = Decimal("0.05")
_NEAR_ENOUGH = Decimal("0.05")
"""Of a value in another unit, by which a claim may miss it: 33.6 months are 2.8 years, and 35 minutes are no hour."""
_P_DECIMALS = 2
_LARGEST = Decimal(10) ** 12
_EXACT = frozenset({Operator.EQUAL, Operator.ABOUT})
_BELOW = frozenset({Operator.LESS, Operator.AT_MOST})
_ABOVE = frozenset({Operator.GREATER, Operator.AT_LEAST})

Sourcing = Sequence[tuple[Statistic, int]]
"""The evidence's statistics, each with the number of its sentence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Derivation:
    """How a value follows: the rule's name, the sum as it is shown, and the statistic that it starts from.

    Attributes:
        higher: of a distance between two arms, the arm with the higher number; else empty.
    """

    rule: str
    sum: str
    found: Statistic
    sentence: int
    higher: str = ""


def derive(claim: Statistic, evidence: Sourcing) -> Derivation | None:
    """The first derivation of a claimed statistic, or None.

    Args:
        claim: the statistic that does not stand in the evidence as it is.
        evidence: the statistics that its endpoint and arm allow, each with the number of its sentence.
    """
    if claim.value is None:
        return _not_significant(evidence) if claim.measure is Measure.P and claim.understood else None
    if abs(claim.value) > _LARGEST:
        return None
    if claim.measure is Measure.REDUCTION:
        return _reduction(claim, claim.value, evidence)
    for rule in (_rounded, _converted, _bounded, _one_in):
        for found, sentence in evidence:
            if found.value is not None and abs(found.value) < _LARGEST and (shown := rule(claim, claim.value, found, found.value)):
                return Derivation(rule=rule.__name__.strip("_").replace("_", " "), sum=shown, found=found, sentence=sentence)
    return None


def _reduction(claim: Statistic, value: Decimal, evidence: Sourcing) -> Derivation | None:
    for found, sentence in evidence:
        if found.measure in RATIOS and found.role is Role.POINT and found.value is not None:
            percent = abs(1 - found.value) * 100
            near = is_rounding(percent, claim.decimals, value) or (claim.operator is Operator.ABOUT and abs(percent - value) <= _ROUGH)
            if near and (found.value < 1) == (not claim.text.startswith("+")):
                shown = f"1 - {found.text} = {1 - found.value}, {plain(percent)}% by the {found.measure}"
                return Derivation(rule=f"1 - {found.measure}", sum=shown, found=found, sentence=sentence)
    return None


def _not_significant(evidence: Sourcing) -> Derivation | None:
    """What "p = NS" follows from: a p-value of 0.05 or more."""
    for found, sentence in evidence:
        if found.measure is Measure.P and found.value is not None and found.value >= _ALPHA and found.operator not in _BELOW:
            return Derivation(rule="not significant", sum=f"{found.text} is not below {_ALPHA}", found=found, sentence=sentence)
    return None


def _alike(claim: Statistic, found: Statistic) -> bool:
    if claim.role is not found.role or Measure.IDENTIFIER in (claim.measure, found.measure):
        return False
    if claim.unit != found.unit and claim.unit and found.unit:
        return False
    specific = {*RATIOS, Measure.P, Measure.NNT}
    return claim.measure is found.measure or not {claim.measure, found.measure} & specific


def _rounded(claim: Statistic, value: Decimal, found: Statistic, source: Decimal) -> str:
    if not _alike(claim, found) or (claim.operator is not found.operator and Operator.ABOUT not in (claim.operator, found.operator)):
        return ""
    if claim.measure is Measure.P and (found.operator not in _EXACT or claim.decimals < _P_DECIMALS):
        return ""
    if claim.unit in ("", found.unit) and claim.decimals < found.decimals and is_rounding(source, claim.decimals, value):
        return f"{found.text} rounds to {claim.text}"
    if claim.operator is Operator.ABOUT and _is_about(claim, value, found, source):
        return f"{found.text}{'%' if found.unit == '%' else ''} is about {claim.text}"
    return ""


def _is_about(claim: Statistic, value: Decimal, found: Statistic, source: Decimal) -> bool:
    if claim.unit == "%":
        return claim.text[:1].isalpha() and found.unit == "%" and abs(source - value) <= ROUGH_SHARE
    return source >= 20 and abs(source - value) / source <= Decimal("0.05") and value % 5 == 0


def _converted(claim: Statistic, value: Decimal, found: Statistic, source: Decimal) -> str:
    if claim.unit == found.unit or not claim.unit or not found.unit or claim.role is not found.role:
        return ""
    converted = convert(source, found.unit, claim.unit)
    if converted is None or not is_rounding(converted, claim.decimals, value):
        return ""
    slack = 2 * _NEAR_ENOUGH if claim.operator is Operator.ABOUT else _NEAR_ENOUGH
    if abs(converted - value) > slack * abs(converted):
        return ""
    return f"{found.printed} = {plain(converted)} {claim.unit}{'s' if claim.unit.isalpha() and len(claim.unit) > 3 else ''}"


def _bounded(claim: Statistic, value: Decimal, found: Statistic, source: Decimal) -> str:
    """What a bound follows from: "p < 0.05" from "p = 0.03", "more than 30 months" from "33.6 months"."""
    if not _alike(claim, found) or not (_is_threshold if claim.measure is Measure.P else _is_near)(claim, value, found, source):
        return ""
    if claim.operator in _BELOW and source < value:
        return f"{found.text} is below {claim.text}"
    if claim.operator in _ABOVE and source > value:
        return f"{found.text} is above {claim.text}"
    return ""


def _is_threshold(_claim: Statistic, value: Decimal, found: Statistic, source: Decimal) -> bool:
    """A usual threshold for an exact p-value; of another threshold only significance follows."""
    if found.operator in _EXACT:
        return value in _THRESHOLDS
    return value == _ALPHA and found.operator in _BELOW and source in _THRESHOLDS


def _is_near(claim: Statistic, value: Decimal, found: Statistic, source: Decimal) -> bool:
    """Of the same unit or ratio, exact, and not further off than a factor of two."""
    same = claim.unit == found.unit if claim.unit else claim.measure is found.measure and claim.measure in RATIOS
    return same and found.operator in _EXACT and abs(value) <= 2 * abs(source) and abs(source) <= 2 * abs(value)


def _one_in(claim: Statistic, value: Decimal, found: Statistic, source: Decimal) -> str:
    """What "one in seven" follows from: 15%, since 100 / 15 is 6.7."""
    if claim.measure is not Measure.TOTAL or found.unit != "%" or not source or not value:
        return ""
    if not is_rounding(100 / source, 0, value):
        return ""
    return f"{found.operator.value if found.operator is not Operator.EQUAL else ''}{found.text}% is 1 in {plain(100 / source)}"


def is_rounding(value: Decimal, decimals: int, claimed: Decimal, *, up: bool = False) -> bool:
    """Whether a claimed number is a value rounded to its decimals; `up` allows rounding up as well, as numbers needed to treat are."""
    step = Decimal(1).scaleb(-decimals)
    ways = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING) if up else (ROUND_HALF_UP, ROUND_HALF_EVEN)
    return any(claimed == value.quantize(step, way) for way in ways)


def plain(value: Decimal) -> str:
    """A number with one decimal at most."""
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP)}".removesuffix(".0")

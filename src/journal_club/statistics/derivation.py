"""Derivation: statistics that follow from the evidence's own by named arithmetic.

Owns the rules and the sums that are shown. A reduction follows from the ratio of the same endpoint alone; a percentage from counts that
stand in one sentence; a rate that the text does not give is never filled in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import pairwise

from journal_club.statistics.conversion import convert
from journal_club.statistics.statistic import RATIOS, Measure, Operator, Role, Statistic

__all__ = ["Derivation", "derive"]

_ROUGH = Decimal(5)
_THRESHOLDS = frozenset({Decimal("0.1"), Decimal("0.05"), Decimal("0.01"), Decimal("0.001"), Decimal("0.0001")})
_LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Derivation:
    """How a value follows: the rule's name, the sum as it is shown, and the statistic that it starts from."""

    rule: str
    sum: str
    found: Statistic
    sentence: int


def derive(claim: Statistic, evidence: Sequence[tuple[Statistic, int]]) -> Derivation | None:
    """The first derivation of a claimed statistic, or None.

    Args:
        claim: the statistic that does not stand in the evidence as it is.
        evidence: the statistics that its endpoint and arm allow, each with the number of its sentence.
    """
    if claim.value is None or abs(claim.value) > _LARGEST:
        return None
    if claim.measure is Measure.REDUCTION:
        return _reduction(claim, claim.value, evidence)
    for rule in (_rounded, _converted, _bounded, _one_in):
        for found, sentence in evidence:
            if found.value is not None and abs(found.value) < _LARGEST and (shown := rule(claim, claim.value, found, found.value)):
                return Derivation(rule=rule.__name__.strip("_").replace("_", " "), sum=shown, found=found, sentence=sentence)
    return _percentage(claim, claim.value, evidence)


def _reduction(claim: Statistic, value: Decimal, evidence: Sequence[tuple[Statistic, int]]) -> Derivation | None:
    for found, sentence in evidence:
        if found.measure in RATIOS and found.role is Role.POINT and found.value is not None:
            percent = abs(1 - found.value) * 100
            near = _is_rounding(percent, claim.decimals, value) or (claim.operator is Operator.ABOUT and abs(percent - value) <= _ROUGH)
            if near and (found.value < 1) == (not claim.text.startswith("+")):
                shown = f"1 - {found.text} = {1 - found.value}, {_plain(percent)}% by the {found.measure}"
                return Derivation(rule=f"1 - {found.measure}", sum=shown, found=found, sentence=sentence)
    return None


def _alike(claim: Statistic, found: Statistic) -> bool:
    if claim.role is not found.role or Measure.IDENTIFIER in (claim.measure, found.measure):
        return False
    if claim.unit != found.unit and claim.unit and found.unit:
        return False
    specific = {*RATIOS, Measure.P}
    return claim.measure is found.measure or not {claim.measure, found.measure} & specific


def _rounded(claim: Statistic, value: Decimal, found: Statistic, source: Decimal) -> str:
    if not _alike(claim, found) or (claim.operator is not found.operator and Operator.ABOUT not in (claim.operator, found.operator)):
        return ""
    if claim.decimals < found.decimals and _is_rounding(source, claim.decimals, value):
        return f"{found.text} rounds to {claim.text}"
    if (
        claim.operator is Operator.ABOUT
        and source
        and claim.unit != "%"
        and source >= 20
        and abs(source - value) / source <= Decimal("0.05")
        and value % 5 == 0
    ):
        return f"{found.text} is about {claim.text}"
    return ""


def _converted(claim: Statistic, value: Decimal, found: Statistic, source: Decimal) -> str:
    if claim.unit == found.unit or not claim.unit or not found.unit or claim.role is not found.role:
        return ""
    converted = convert(source, found.unit, claim.unit)
    if converted is None or not _is_rounding(converted, claim.decimals, value):
        return ""
    return f"{found.text} {found.unit}s = {_plain(converted)} {claim.unit}s"


def _bounded(claim: Statistic, value: Decimal, found: Statistic, source: Decimal) -> str:
    """What a bound follows from: "p < 0.05" from "p = 0.03", "more than 30 months" from "33.6 months"."""
    if not _alike(claim, found) or (value not in _THRESHOLDS if claim.measure is Measure.P else claim.unit != found.unit):
        return ""
    above = claim.operator in (Operator.GREATER, Operator.AT_LEAST)
    below = claim.operator in (Operator.LESS, Operator.AT_MOST)
    exact = found.operator in (Operator.EQUAL, Operator.ABOUT)
    nested = claim.measure is Measure.P and source in _THRESHOLDS
    if below and source < value and (exact or (nested and found.operator in (Operator.LESS, Operator.AT_MOST))):
        return f"{found.text} is below {claim.text}"
    if above and source > value and exact:
        return f"{found.text} is above {claim.text}"
    return ""


def _one_in(claim: Statistic, value: Decimal, found: Statistic, source: Decimal) -> str:
    """What "one in seven" follows from: 15%, since 100 / 15 is 6.7."""
    if claim.text.casefold() in ("one", "1") and found.unit == "%":
        return ""
    if claim.measure is not Measure.TOTAL or found.unit != "%" or not source or not value:
        return ""
    if not _is_rounding(100 / source, 0, value):
        return ""
    return f"{found.text}% is 1 in {_plain(100 / source)}"


def _percentage(claim: Statistic, value: Decimal, evidence: Sequence[tuple[Statistic, int]]) -> Derivation | None:
    """n/N where one sentence gives both: "6 of 208"."""
    if claim.unit != "%" or claim.role is not Role.POINT:
        return None
    for (count, sentence), (total, other) in pairwise(evidence):
        if sentence != other or total.measure is not Measure.TOTAL or not total.value or count.value is None or count.unit == "%":
            continue
        percent = 100 * count.value / total.value
        if _is_rounding(percent, claim.decimals, value):
            return Derivation(rule="n/N", sum=f"{count.text}/{total.text} = {_plain(percent)}%", found=count, sentence=sentence)
    return None


def _is_rounding(value: Decimal, decimals: int, claimed: Decimal) -> bool:
    step = Decimal(1).scaleb(-decimals)
    return claimed in (value.quantize(step, ROUND_HALF_UP), value.quantize(step, ROUND_HALF_EVEN))


def _plain(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP)}".removesuffix(".0")

"""Risks: what follows from the numbers of one group or of two: shares from counts, differences, ratios, numbers needed to treat.

Owns the rules that take two numbers. Both stand in one sentence, of two arms that it names, for one endpoint at one time; a group's size is
one that the text gives; nothing here starts from a hazard ratio. Sources: Altman, "Confidence intervals for the number needed to treat",
BMJ 1998;317:1309; Cochrane Handbook, chapter 6.4 (risk ratio, risk difference).
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from journal_club.statistics.derivation import Derivation, Sourcing, is_rounding, plain
from journal_club.statistics.statistic import RATIOS, Measure, Operator, Role, Statistic

__all__ = ["from_groups"]

_COUNTED = frozenset({"", "person", "event"})
_SIZES = frozenset({Measure.TOTAL, Measure.COUNT})
_AVERAGES = frozenset({Measure.MEDIAN, Measure.MEAN})
_MOST_PAIRS = 400
_LARGEST = Decimal(10) ** 12
_HUNDRED = Decimal(100)


def from_groups(claim: Statistic, evidence: Sourcing) -> Derivation | None:
    """The first way in which a claimed estimate follows from two numbers of the evidence, or None."""
    value = claim.value
    if value is None or abs(value) > _LARGEST or claim.role is not Role.POINT or claim.operator not in (Operator.EQUAL, Operator.ABOUT):
        return None
    rules = (_share, _number) if claim.measure not in _COMPARING else (_comparison,)
    for rule in rules:
        if (found := rule(claim, value, evidence)) is not None:
            return found
    return None


_COMPARING = frozenset({Measure.DIFFERENCE, Measure.RISK_RATIO, Measure.REDUCTION, Measure.NNT})


def _share(claim: Statistic, value: Decimal, evidence: Sourcing) -> Derivation | None:
    """A percentage from n and N: "6 of 208" is 2.9%."""
    if claim.unit != "%":
        return None
    for count, total, sentence in _of_total(evidence):
        percent = _HUNDRED * count / total
        if is_rounding(percent, claim.decimals, value):
            first = next(one for one, at in evidence if at == sentence and one.value == count)
            return Derivation(rule="n/N", sum=f"{count}/{total} = {plain(percent)}%", found=first, sentence=sentence)
    return None


def _of_total(evidence: Sourcing) -> Iterator[tuple[Decimal, Decimal, int]]:
    """The n and N of one sentence: "6 of 208", "of 208, 6", or the count and the size of one arm."""
    before = -1
    for (count, sentence), (total, other) in pairwise(evidence):
        first, before = before != sentence, sentence
        if first and sentence == other and count.measure is Measure.TOTAL and count.value and _is_count(total) and total.value is not None:
            yield total.value, count.value, sentence
        if sentence == other and total.measure is Measure.TOTAL and total.value and count.value is not None and count.unit != "%":
            yield count.value, total.value, sentence
    sizes = {one.arm: one.value for one, _ in evidence if one.measure in _SIZES and one.arm and one.value and not one.decimals}
    for count, sentence in evidence:
        size = sizes.get(count.arm)
        if size and _is_count(count) and count.value is not None and count.value <= size:
            yield count.value, size, sentence


def _is_count(one: Statistic) -> bool:
    return one.measure is Measure.NONE and one.role is Role.POINT and one.unit in _COUNTED and not one.decimals


def _number(claim: Statistic, value: Decimal, evidence: Sourcing) -> Derivation | None:
    """A count from its percentage and the size of its group: 15% of 200 are 30."""
    if not _is_count(claim):
        return None
    sizes = [(one, at) for one, at in evidence if one.measure in _SIZES and one.value and not one.decimals]
    for share, sentence in evidence:
        if share.unit != "%" or share.value is None or share.role is not Role.POINT or share.measure is not Measure.NONE:
            continue
        for size, at in sizes[:_MOST_PAIRS]:
            same = (share.arm and share.arm == size.arm) or (not share.arm and not size.arm and at == sentence)
            if same and size.value and value <= size.value and is_rounding(_HUNDRED * value / size.value, share.decimals, share.value):
                shown = f"{claim.text} of {size.text} = {share.text}%"
                return Derivation(rule="% of N", sum=shown, found=share, sentence=sentence)
    return None


def _comparison(claim: Statistic, value: Decimal, evidence: Sourcing) -> Derivation | None:
    if claim.measure in (Measure.RISK_RATIO, Measure.REDUCTION) and any(one.measure in RATIOS for one, _ in evidence):
        return None  # the text gives the ratio: what does not follow from it is wrong
    for number, (one, other, sentence) in enumerate(_two_arms(evidence)):
        if number >= _MOST_PAIRS:
            break
        if one.value is not None and other.value is not None and (shown := _compared(claim, value, one, other)):
            higher = one.arm if one.value > other.value else other.arm
            return Derivation(rule=_RULES[claim.measure], sum=shown, found=one, sentence=sentence, higher=higher)
    return None


_RULES = {
    Measure.DIFFERENCE: "difference of the two groups",
    Measure.RISK_RATIO: "ratio of the two risks",
    Measure.REDUCTION: "1 - ratio of the two risks",
    Measure.NNT: "1 / difference of the two risks",
}


def _two_arms(evidence: Sourcing) -> Iterator[tuple[Statistic, Statistic, int]]:
    """Estimates of one kind, of two arms that one sentence names, next to each other among their kind."""
    last: dict[tuple[int, str, str, str, Measure], Statistic] = {}
    for one, sentence in evidence:
        if one.role is not Role.POINT or not one.arm or one.value is None or one.measure not in {Measure.NONE, *_AVERAGES}:
            continue
        # "30 patients and 49" are two counts of people.
        unit = "" if one.unit in _COUNTED else one.unit
        key = (sentence, unit, one.endpoint, one.time, one.measure)
        before = last.get(key)
        if before is not None and before.arm != one.arm:
            yield before, one, sentence
        last[key] = one


def _compared(claim: Statistic, value: Decimal, one: Statistic, other: Statistic) -> str:
    first, second = one.value or Decimal(0), other.value or Decimal(0)
    gap = abs(first - second)
    if claim.measure is Measure.DIFFERENCE:
        places = max(one.decimals, other.decimals)
        same = claim.unit == one.unit or not claim.unit or {claim.unit, one.unit} <= _COUNTED
        return f"{one.text} - {other.text} = {first - second}" if same and is_rounding(gap, min(claim.decimals, places), abs(value)) else ""
    if one.unit != "%" or not first or not second or not gap:
        return ""
    if claim.measure is Measure.NNT:
        needed = _HUNDRED / gap
        fits = is_rounding(needed, claim.decimals, value, up=True)
        return f"100 / ({one.text}% - {other.text}%) = {plain(needed)}" if fits else ""
    ratio = first / second
    if claim.measure is Measure.RISK_RATIO:
        return f"{one.text}% / {other.text}% = {ratio:.3f}" if is_rounding(ratio, claim.decimals, value) else ""
    percent = abs(1 - ratio) * _HUNDRED
    return f"1 - {one.text}% / {other.text}% = {plain(percent)}%" if is_rounding(percent, claim.decimals, value) else ""

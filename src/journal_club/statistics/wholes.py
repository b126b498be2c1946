"""Wholes: what follows from the parts of one whole: the sum over groups, and the part that is left.

Owns the rules that add counts up or take one from its total. Only counts of one sentence, of one endpoint and of different arms are added;
a part is only taken from a whole where the statement counts the other side of it: those who did, where the text counts those who did not.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from journal_club.statistics.derivation import ROUGH_SHARE, Derivation, Sourcing, is_rounding
from journal_club.statistics.sides import DENIED, opposed
from journal_club.statistics.statistic import Measure, Operator, Role, Statistic

__all__ = ["COMPLEMENTS", "SUM", "from_parts"]

_COUNTED = frozenset({"", "person", "event"})
_GROUPED = frozenset({Measure.NONE, Measure.COUNT})
_EXACT = frozenset({Operator.EQUAL, Operator.ABOUT})
_HUNDRED = Decimal(100)
_LARGEST = Decimal(10) ** 12
SUM = "sum over the groups"
COMPLEMENTS = frozenset({"100% - %", "N - n"})
"""The rules by which a statement counts those whom its source does not: what the source denies, it says, or the other way round."""


def from_parts(claim: Statistic, evidence: Sourcing) -> Derivation | None:
    """The first way in which a claimed count or share follows from parts of a whole, or None."""
    value = claim.value
    if value is None or abs(value) > _LARGEST or claim.role is not Role.POINT or claim.operator not in _EXACT:
        return None
    if claim.unit == "%":
        return _other_share(claim, value, evidence)
    if not _is_count(claim):
        return None
    return _sum(claim, value, evidence) or _other_count(claim, value, evidence)


def _is_count(one: Statistic) -> bool:
    return one.measure in _GROUPED and one.role is Role.POINT and one.unit in _COUNTED and not one.decimals and one.value is not None


def _other_share(claim: Statistic, value: Decimal, evidence: Sourcing) -> Derivation | None:
    for found, sentence in evidence:
        if found.unit != "%" or found.value is None or found.role is not Role.POINT or found.measure is not Measure.NONE or found.changes:
            continue
        if opposed(claim.side, found.side) and _is_rest(_HUNDRED - found.value, claim, value):
            shown = f"100% - {found.text}% = {_HUNDRED - found.value}%"
            return Derivation(rule="100% - %", sum=shown, found=found, sentence=sentence)
    return None


def _is_rest(rest: Decimal, claim: Statistic, value: Decimal) -> bool:
    """Whether a share is what is left, to its own decimals; "about two-thirds" and the like as near as such words are."""
    if claim.operator is Operator.ABOUT and claim.text[:1].isalpha():
        return abs(rest - value) <= ROUGH_SHARE
    return is_rounding(rest, claim.decimals, value)


def _other_count(claim: Statistic, value: Decimal, evidence: Sourcing) -> Derivation | None:
    """Those who are left of a group: 208 of whom 6 died are 202 who survived."""
    sizes = [(one, at) for one, at in evidence if one.measure is Measure.TOTAL or (one.measure is Measure.COUNT and one.arm)]
    for found, sentence in evidence:
        if not _is_count(found) or found.value is None or not opposed(claim.side, found.side):
            continue
        for size, at in sizes:
            same = size.arm == found.arm and (size.arm or at == sentence)
            if same and size.value is not None and size.value - found.value == value:
                return Derivation(rule="N - n", sum=f"{size.text} - {found.text} = {value}", found=found, sentence=sentence)
    return None


def _sum(claim: Statistic, value: Decimal, evidence: Sourcing) -> Derivation | None:
    """A count over all groups from the counts of each: 6 and 5 deaths are 11."""
    if claim.arm or claim.contrast:
        return None
    for parts, sentence in _groups(evidence):
        if sum(one.value or Decimal(0) for one in parts) == value:
            shown = f"{' + '.join(one.text for one in parts)} = {value}"
            return Derivation(rule=SUM, sum=shown, found=parts[0], sentence=sentence)
    return None


def _groups(evidence: Sourcing) -> Iterator[tuple[Sequence[Statistic], int]]:
    """The counts of one endpoint that a sentence gives for each of its arms, two or more of them, one an arm."""
    kinds: dict[tuple[int, str, str, Measure, bool], dict[str, Statistic]] = {}
    for one, sentence in evidence:
        if not one.arm or not (_is_count(one) or _is_size(one)):
            continue
        kind = kinds.setdefault((sentence, one.endpoint, one.time, one.measure, one.side == DENIED), {})
        if one.arm in kind and len(kind) > 1:
            yield tuple(kind.values()), sentence
            kind.clear()
        kind[one.arm] = one
    for (sentence, *_), kind in kinds.items():
        if len(kind) > 1:
            yield tuple(kind.values()), sentence


def _is_size(one: Statistic) -> bool:
    return one.measure is Measure.TOTAL and not one.decimals and one.value is not None and one.role is Role.POINT

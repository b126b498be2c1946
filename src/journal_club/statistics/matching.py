"""Matching: does a statement's statistic stand in the evidence, or follow from it by named arithmetic?

Owns the comparison of one statistic with many, and the reason in plain words. What the evidence binds to nothing contradicts nothing;
what it binds to another arm, endpoint, measure or operator does.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from journal_club.statistics.binding import FOLLOW_UP
from journal_club.statistics.derivation import derive, plain
from journal_club.statistics.endpoints import COMPOSITE
from journal_club.statistics.risks import from_groups
from journal_club.statistics.statistic import RATIOS, Measure, Operator, Role, Statistic
from journal_club.statistics.times import agree
from journal_club.statistics.wholes import from_parts

__all__ = ["Match", "Sourced", "match_statistics"]

Verdict = Literal["supported", "derived", "contradicted", "not_found", "not_understood"]
_MOST_EVIDENCE = 1000
_MOST_SAME = 200
_LENIENT = frozenset({Measure.NONE, Measure.MEDIAN, Measure.MEAN, Measure.COUNT, Measure.TOTAL, Measure.DIFFERENCE})
_SPECIFIC = frozenset({*RATIOS, Measure.P, Measure.NNT, Measure.IDENTIFIER})
_BOUND = ("endpoint", "arm", "contrast", "population")
"""What a text may bind a number to; what it leaves open contradicts nothing."""
_UNNAMED_SPREADS = ({Measure.NONE, Measure.SD}, {Measure.NONE, Measure.SE})
"""A spread is often named once, at the head of a list that a statement quotes in part."""
_PLAIN = frozenset({Measure.NONE, Measure.COUNT, Measure.TOTAL, Measure.IDENTIFIER})
_PLACE = "place in the interval"
_EQUALITIES = frozenset({Operator.EQUAL, Operator.ABOUT})
_UPPERS = frozenset({Operator.LESS, Operator.AT_MOST})
_LOWERS = frozenset({Operator.GREATER, Operator.AT_LEAST})


@dataclass(frozen=True, kw_only=True, slots=True)
class Sourced:
    """A statistic of the evidence and the number of the sentence that it stands in."""

    statistic: Statistic
    sentence: int


Heads = Mapping[tuple[int, int], Statistic]


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """What became of one claimed statistic.

    Attributes:
        found: the evidence's statistic that carries, derives or contradicts it; None when nothing is near.
        rule: the named rule that decided.
        reason: one sentence for the reader when it does not stand; the sum when it is derived.
        higher: of a distance between two arms that follows from their numbers, the arm with the higher one; else empty.
    """

    claim: Statistic
    verdict: Verdict
    found: Sourced | None
    rule: str
    reason: str = ""
    higher: str = ""


def match_statistics(claims: Sequence[Statistic], evidence: Sequence[Sourced]) -> tuple[Match, ...]:
    """Match every certain statistic of a statement; estimates first, so that intervals can be held to their estimate."""
    by_value: dict[object, list[Sourced]] = {}
    for one in evidence:
        by_value.setdefault(one.statistic.value, []).append(one)
    heads = {(one.sentence, one.statistic.start): one.statistic for one in evidence}
    leveled = {one.group for one in claims if one.role is Role.LEVEL}
    levels = {(one.sentence, one.statistic.group) for one in evidence if one.statistic.role is Role.LEVEL}
    estimates: dict[int, Match] = {}
    matches: list[Match] = []
    for claim in sorted((one for one in claims if one.certain), key=lambda one: one.group != one.start):
        match = _match(
            claim, by_value.get(claim.value, [])[:_MOST_SAME], evidence[:_MOST_EVIDENCE], estimates.get(claim.group), heads, leveled, levels
        )
        estimates.setdefault(claim.start, match)
        matches.append(match)
    return tuple(sorted(matches, key=lambda match: match.claim.start))


def _unread(claim: Statistic, same: Sequence[Sourced]) -> Match:
    """A numeral that was not understood is supported by the same signs in the evidence, and by nothing else."""
    found = next((one for one in same if one.statistic.text == claim.text), None)
    if found is not None:
        return Match(claim=claim, verdict="supported", found=found, rule="the same signs")
    reason = f"{claim.text} could not be read as a number"
    return Match(claim=claim, verdict="not_understood", found=None, rule="read as a number", reason=reason)


def _match(
    claim: Statistic,
    same: Sequence[Sourced],
    evidence: Sequence[Sourced],
    estimate: Match | None,
    heads: Heads,
    leveled: Set[int],
    levels: Set[tuple[int, int]],
) -> Match:
    if not claim.understood:
        return _unread(claim, same)
    fitting = [one for one in same if not _difference(claim, one.statistic) and not _is_bound_of(one, claim, levels)]
    if fitting and (other := _other_follow_up(claim, fitting, evidence)) is not None:
        return other
    if grouped := [one for one in fitting if _same_group(claim, one, estimate, heads, leveled)]:
        return Match(claim=claim, verdict="supported", found=_best(claim, grouped), rule="equal to printed precision")
    if fitting:
        reason = f"{claim.text} belongs to another estimate than {estimate.claim.text if estimate else 'this one'} in the cited text"
        return Match(claim=claim, verdict="contradicted", found=fitting[0], rule="interval of its own estimate", reason=reason)
    allowed = [(one.statistic, one.sentence) for one in evidence if not _difference(claim, one.statistic, derived=True)]
    derived = derive(claim, allowed) or from_groups(claim, allowed) or from_parts(claim, allowed)
    if derived is not None and not _blocked(claim, same):
        found = Sourced(statistic=derived.found, sentence=derived.sentence)
        return Match(claim=claim, verdict="derived", found=found, rule=derived.rule, reason=derived.sum, higher=derived.higher)
    return _failed(claim, same, evidence)


def _is_bound_of(one: Sourced, claim: Statistic, levels: Set[tuple[int, int]]) -> bool:
    """Whether a plain number of a statement is the bound of a confidence interval: "37.7 months" for "not reached (95% CI 37.7 to ...)"."""
    found = one.statistic
    bound = found.role in (Role.LOWER, Role.UPPER) and (one.sentence, found.group) in levels
    return bound and claim.role is Role.POINT and claim.value is not None and claim.measure is not Measure.P


def _other_follow_up(claim: Statistic, fitting: Iterable[Sourced], evidence: Iterable[Sourced]) -> Match | None:
    """The refusal of a length of follow-up that is another time of a text which gives the follow-up itself, with another length."""
    if claim.endpoint != FOLLOW_UP or any(one.statistic.endpoint == FOLLOW_UP for one in fitting):
        return None
    given = next((one for one in evidence if one.statistic.endpoint == FOLLOW_UP and one.statistic.role is Role.POINT), None)
    if given is None:
        return None
    reason = f"{claim.printed} is another time in the cited text, whose follow-up is {given.statistic.printed}"
    return Match(claim=claim, verdict="contradicted", found=given, rule="same endpoint", reason=reason)


def _blocked(claim: Statistic, same: Iterable[Sourced]) -> bool:
    """A p-value that stands in the text with the other operator is a contradiction, whatever else it may follow from."""
    return claim.measure is Measure.P and any(one.statistic.measure is Measure.P for one in same)


def _other_reduction(claim: Statistic, evidence: Iterable[Sourced]) -> Match | None:
    """A reduction in a risk that its own ratio refutes."""
    for one in evidence:
        ratio = one.statistic
        if ratio.measure in RATIOS and ratio.role is Role.POINT and ratio.value is not None and not _difference(claim, ratio, derived=True):
            reason = f"{claim.printed} does not follow from the {ratio.label}: 1 - {ratio.text} = {plain(abs(1 - ratio.value) * 100)}%"
            return Match(claim=claim, verdict="contradicted", found=one, rule="1 - ratio", reason=reason)
    return None


def _failed(claim: Statistic, same: Sequence[Sourced], evidence: Sequence[Sourced]) -> Match:
    if claim.measure is Measure.REDUCTION and (refuted := _other_reduction(claim, evidence)) is not None:
        return refuted
    alike = [one for one in same if one.statistic.role is claim.role or _is_loose(claim, one.statistic)]
    if alike:
        one = min(alike, key=lambda other: len(_difference(claim, other.statistic)))
        difference = _difference(claim, one.statistic)
        reason = (
            f"{claim.printed} stands in the cited text as {_described(one.statistic, claim)}, not as {_described(claim, one.statistic)}"
        )
        return Match(claim=claim, verdict="contradicted", found=one, rule=f"same {(difference or [_PLACE])[0]}", reason=reason)
    rival = _rival(claim, evidence)
    what = _described(claim, claim)
    if rival is None:
        return Match(
            claim=claim,
            verdict="not_found",
            found=None,
            rule="stands in the evidence",
            reason=f"{claim.printed} stands nowhere in the cited text as {what}",
        )
    reason = f"{claim.printed} stands nowhere in the cited text as {what}; it says {rival.statistic.printed}"
    return Match(claim=claim, verdict="contradicted", found=rival, rule="equal to printed precision", reason=reason)


def _is_loose(claim: Statistic, found: Statistic) -> bool:
    """Whether a bound may be what a plain number misquotes: "at least 4" is no misquotation of "2 to 4"."""
    return claim.measure not in _SPECIFIC and _same_operator(claim, found)


def _rival(claim: Statistic, evidence: Iterable[Sourced]) -> Sourced | None:
    """The evidence's own value of the same tuple: same measure, role, unit, endpoint and arm."""
    rivals = [one for one in evidence if one.statistic.role is claim.role and not _difference(claim, one.statistic)]
    named = [
        one
        for one in rivals
        if (claim.measure in _SPECIFIC or (claim.unit and one.statistic.unit == claim.unit)) and (one.statistic.endpoint == claim.endpoint)
    ]
    bound = [one for one in named if one.statistic.arm == claim.arm]
    return next(iter(bound or named), None)


def _difference(claim: Statistic, found: Statistic, *, derived: bool = False) -> list[str]:
    """Which parts of the tuples disagree; empty when the evidence may carry the claim. A derived value may differ in kind."""
    differences: list[str] = []
    if not derived:
        if not _same_measure(claim, found):
            differences.append("measure")
        if not _same_role(claim, found):
            differences.append(_PLACE)
        if not _same_unit(claim, found):
            differences.append("unit")
        if not _same_operator(claim, found):
            differences.append("operator")
    differences += [
        name
        for name in _BOUND
        if (ours := getattr(claim, name))
        and (theirs := getattr(found, name))
        and ours != theirs
        and not _is_composite(ours, theirs)
        and not _is_part(name, ours, theirs)
    ]
    if claim.time and found.time and not agree(claim.time, found.time):
        differences.append("time")
    return differences


def _is_composite(one: object, other: object) -> bool:
    """Whether one says only "the composite" of what the other names."""
    return COMPOSITE in (one, other) and all(str(name).startswith("composite") for name in (one, other))


def _is_part(name: str, one: object, other: object) -> bool:
    """Whether one arm is the other with its dose: "naproxen" and "naproxen 500 mg"."""
    shorter, longer = sorted((str(one), str(other)), key=len)
    return name == "arm" and longer.startswith(f"{shorter} ")


def _same_measure(claim: Statistic, found: Statistic) -> bool:
    if claim.measure is found.measure:
        return True
    if {claim.measure, found.measure} == {Measure.MEDIAN, Measure.MEAN}:
        return False
    if {claim.measure, found.measure} in _UNNAMED_SPREADS:
        return True
    if Measure.REDUCTION in {claim.measure, found.measure}:
        other = found if claim.measure is Measure.REDUCTION else claim
        return other.measure is Measure.DIFFERENCE or (other.measure in _LENIENT and other.changes)
    return claim.measure in _LENIENT and found.measure in _LENIENT


def _same_role(claim: Statistic, found: Statistic) -> bool:
    return claim.role is found.role or (
        Role.POINT in {claim.role, found.role}
        and Role.LEVEL not in {claim.role, found.role}
        and claim.measure not in _SPECIFIC
        and found.measure not in _SPECIFIC
        and not (claim.role is Role.POINT and claim.measure in (Measure.MEDIAN, Measure.MEAN))
    )


def _same_unit(claim: Statistic, found: Statistic) -> bool:
    if claim.unit == found.unit or Measure.IDENTIFIER in {claim.measure, found.measure}:
        return claim.unit == found.unit
    if not claim.unit or not found.unit:
        return "%" not in (claim.unit, found.unit) or "person" not in (claim.unit, found.unit)
    return {claim.unit, found.unit} <= {"person", "event"}


def _same_operator(claim: Statistic, found: Statistic) -> bool:
    if claim.operator is found.operator or {claim.operator, found.operator} <= _EQUALITIES:
        return True
    return any({claim.operator, found.operator} <= kind for kind in (_UPPERS, _LOWERS)) and claim.measure is not Measure.P


def _same_group(claim: Statistic, found: Sourced, estimate: Match | None, heads: Heads, leveled: Set[int]) -> bool:
    """A bound must stand beside the estimate that the statement puts it beside; a range without a level belongs to none."""
    if estimate is None or estimate.found is None or claim.start == claim.group or claim.role is Role.POINT:
        return True
    if estimate.claim.measure in _PLAIN and claim.group not in leveled:
        return True
    head = heads.get((found.sentence, found.statistic.group))
    return head is None or head is found.statistic or head.value in (estimate.claim.value, estimate.found.statistic.value)


def _best(claim: Statistic, found: Sequence[Sourced]) -> Sourced:
    return max(
        found,
        key=lambda one: (one.statistic.measure is claim.measure, one.statistic.endpoint == claim.endpoint, one.statistic.arm == claim.arm),
    )


def _described(statistic: Statistic, other: Statistic) -> str:
    operator = f" (with {statistic.operator.value})" if statistic.operator is not other.operator else ""
    label = statistic.label
    article = "an" if label[:1] in "aeiou" else "the" if statistic.role in (Role.LOWER, Role.UPPER) else "a"
    return f"{article} {label}{operator}"

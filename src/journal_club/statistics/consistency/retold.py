"""Retold: what a paper tells again of a result that no table of endpoints names.

Owns the rules that know a result by the words and numbers around it. A p-value that stands beside the same estimate in two places is the
same p-value; an interval that stands in two places is of one estimate; and "the difference in X" is one difference.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from journal_club.statistics.arithmetic import Range, geometric_middle
from journal_club.statistics.consistency.comparison import agree
from journal_club.statistics.consistency.discrepancy import Discrepancy, in_order, place_of, place_of_result
from journal_club.statistics.consistency.internal import is_interval
from journal_club.statistics.consistency.qualifiers import at_odds, is_plain, qualifiers
from journal_club.statistics.consistency.results import Result, Sentence, range_of, results_of
from journal_club.statistics.consistency.telling import telling_words
from journal_club.statistics.statistic import Measure, Statistic

__all__ = ["retold_discrepancies"]

_DIFFERENCE_IN = re.compile(
    r"\b(?P<kind>difference|change|reduction|increase|improvement) in (?:the )?(?:mean |median )?(?P<what>[^,;:()\d]{3,60}?)"
    r"(?: (?:was|is|of|were))?(?: only| just| about)?\s\Z",
    re.IGNORECASE,
)
"""What a difference is said to be of, right before its number."""
_REACH = 100
_KINDS = frozenset({"adjusted", "unadjusted", "subgroup", "per protocol", "interim", "post hoc", "investigator", "independent", "safety"})
"""Qualifiers of which each makes another analysis."""
_MANY = 2
"""Telling words that two sentences of the report itself share where they tell the same."""


def retold_discrepancies(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """What is told again with another p-value, another estimate or another difference."""
    results = [result for sentence in sentences for result in results_of(sentence)]
    yield from _other_p(results)
    yield from _other_interval(results)
    yield from _other_estimate(results)
    yield from _other_difference(results)


def _other_p(results: Sequence[Result]) -> Iterator[Discrepancy]:
    told = [one for one in results if one.point is not None and one.p is not None and _is_telling(one.point)]
    for one, other in combinations(told, 2):
        if _is_retold(one, other) and one.p is not None and other.p is not None and not agree(one.p, other.p):
            kept, refuted = (one, other) if one.sentence.own or not other.sentence.own else (other, one)
            yield _two_p(kept, refuted)


def _is_telling(point: Statistic) -> bool:
    """Whether a value is so much its own that it stands for its result: it has decimals, and compares or measures something."""
    return point.value is not None and point.decimals > 0 and point.measure is not Measure.P


def _is_retold(one: Result, other: Result) -> bool:
    if one.sentence.number == other.sentence.number or one.sentence.subject != other.sentence.subject:
        return False
    if one.sentence.own and other.sentence.own:
        # A report of its own gives many results, and two may be equal; somebody's account of it tells them again.
        return False
    left, right = one.point, other.point
    if left is None or right is None or (left.endpoint and right.endpoint) or len({left.measure, right.measure} - {Measure.NONE}) > 1:
        # What the table of endpoints names is `comparison`'s, where it is one endpoint, and of two it is no result told again.
        return False
    if left.value != right.value or left.unit != right.unit or left.decimals != right.decimals:
        return False
    if (one.p and one.p.value) is None or (other.p and other.p.value) is None:
        return False
    return not telling_words(one.sentence.text).isdisjoint(telling_words(other.sentence.text))


def _two_p(kept: Result, refuted: Result) -> Discrepancy:
    one, other, point = kept.p, refuted.p, kept.point
    assert one is not None and other is not None and point is not None  # noqa: PT018, S101 - told by `_is_retold`
    places = in_order([place_of(kept.sentence, one), place_of(refuted.sentence, other)])
    value = f"{point.text} {point.unit}".strip() if point.unit != "%" else f"{point.text}%"
    return Discrepancy(
        kind="different_value",
        refuted=None,
        places=places,
        explanation=f"The p-value beside {value} is {one.text} in one place and {other.text} in another.",
        arithmetic="",
        certain=True,
    )


def _other_interval(results: Sequence[Result]) -> Iterator[Discrepancy]:
    """One estimate beside two intervals of one level: a bound of one of them is misprinted."""
    told = [one for one in results if one.compares and one.point is not None and _is_telling(one.point) and _has_decimals(one)]
    for one, other in combinations(told, 2):
        if one.level != other.level or not _is_same_estimate(one, other) or at_odds(one.sentence.text, other.sentence.text):
            continue
        if not (
            _bounds_agree(one, other) or (one.point and one.point.endpoint and one.point.endpoint == (other.point or one.point).endpoint)
        ):
            kept, refuted = (one, other) if not one.sentence.retells else (other, one)
            yield _two_intervals(kept, refuted)


def _two_intervals(kept: Result, refuted: Result) -> Discrepancy:
    supported, other = place_of_result(kept), place_of_result(refuted)
    measure = kept.point.measure if kept.point is not None else "estimate"
    return Discrepancy(
        kind="different_value",
        refuted=other,
        places=in_order([supported, other]),
        supported=supported,
        explanation=f"The interval of one {measure} is {_shown_bounds(kept)} in one place and {_shown_bounds(refuted)} in another.",
        certain=False,
    )


def _is_same_estimate(one: Result, other: Result) -> bool:
    """Whether an account gives the report's own estimate again, to the digit."""
    if one.point is None or other.point is None or one.sentence.retells == other.sentence.retells or not _is_again(one, other):
        return False
    left, right = one.point, other.point
    return (left.value, left.measure, left.unit, left.decimals) == (right.value, right.measure, right.unit, right.decimals)


def _is_of_table(one: Result, other: Result) -> bool:
    """Whether both are of one endpoint of the table, whose bounds `comparison` has compared."""
    return one.point is not None and other.point is not None and bool(one.point.endpoint) and one.point.endpoint == other.point.endpoint


def _bounds_agree(one: Result, other: Result) -> bool:
    pairs = ((one.lower, other.lower), (one.upper, other.upper))
    return all(left is not None and right is not None and agree(left, right) for left, right in pairs)


def _other_estimate(results: Sequence[Result]) -> Iterator[Discrepancy]:
    """One interval beside two estimates: one of them is misprinted, and the middle of the interval tells which."""
    told = [one for one in results if one.compares and one.point is not None and one.point.value is not None and is_interval(one)]
    told = [one for one in told if _has_decimals(one)]
    for one, other in combinations(told, 2):
        if one.point is None or other.point is None or one.sentence.number == other.sentence.number or not _is_again(one, other):
            continue
        if qualifiers(one.sentence.text) & _KINDS != qualifiers(other.sentence.text) & _KINDS:
            continue
        if one.point.endpoint and other.point.endpoint and one.point.endpoint != other.point.endpoint:
            continue
        same_scale = one.point.measure is other.point.measure and one.point.unit == other.point.unit
        if same_scale and _bounds(one) == _bounds(other) and not agree(one.point, other.point):
            yield _two_values(one, other, f"{one.point.measure} beside the interval {_shown_bounds(one)}", certain=True)


def _has_decimals(result: Result) -> bool:
    """Whether the bounds are so much their own that they stand for one result."""
    return result.interval is not None and all(one is not None and one.decimals for one in (result.lower, result.upper))


def _bounds(result: Result) -> tuple[object, ...]:
    return tuple(None if one is None else one.value for one in (result.lower, result.upper))


def _shown_bounds(result: Result) -> str:
    return " to ".join(one.text for one in (result.lower, result.upper) if one is not None)


def _is_again(one: Result, other: Result) -> bool:
    """Whether a place that retells speaks of the same trial, and shares a telling word with the other."""
    if one.sentence.subject != other.sentence.subject or not (one.sentence.retells or other.sentence.retells):
        return False
    shared = telling_words(one.sentence.text) & telling_words(other.sentence.text)
    return len(shared) >= (_MANY if one.sentence.own and other.sentence.own else 1)


def _other_difference(results: Sequence[Result]) -> Iterator[Discrepancy]:
    """What is called the difference in one thing, with another value elsewhere."""
    told = [(named, one) for one in results if one.point is not None and (named := _difference_of(one)) is not None]
    for (name, one), (its, other) in combinations(told, 2):
        if name != its or one.sentence.number == other.sentence.number or not _is_again(one, other):
            continue
        if one.point is None or other.point is None or not (is_plain(one.sentence.text) and is_plain(other.sentence.text)):
            continue
        apart = one.point.time and other.point.time and one.point.time != other.point.time
        if one.point.unit == other.point.unit and not apart and not agree(one.point, other.point):
            yield _two_values(one, other, f"{name[0]} in {name[1]}", certain=False)


def _difference_of(result: Result) -> tuple[str, str] | None:
    """What a number is the difference in; of several numbers behind one such name only the first is."""
    point = result.point
    if point is None or point.value is None or (point.arm and not point.contrast and result.interval is None):
        return None
    found = _DIFFERENCE_IN.search(result.sentence.text, max(0, point.start - _REACH), point.start)
    return None if found is None else (found["kind"].casefold(), " ".join(found["what"].casefold().split()))


def _two_values(one: Result, other: Result, what: str, *, certain: bool) -> Discrepancy:
    """Two values of one thing; the interval of either may tell which is right."""
    supported = next((result for result in (one, other) if _is_middle(result)), None)
    refuted = None if supported is None else other if supported is one else one
    first, second = (supported, refuted) if supported is not None and refuted is not None else (one, other)
    assert first.point is not None and second.point is not None  # noqa: PT018, S101 - told by the callers
    places = in_order([place_of(first.sentence, first.point), place_of(second.sentence, second.point)])
    settled = f"; the interval supports {first.point.text}" if supported is not None else ""
    return Discrepancy(
        kind="different_value",
        refuted=place_of(second.sentence, second.point) if supported is not None else None,
        places=places,
        supported=place_of(first.sentence, first.point) if supported is not None else None,
        explanation=f"The {what} is {first.point.text} in one place and {second.point.text} in another{settled}.",
        arithmetic=f"the middle of {_shown_bounds(first)} is {first.point.text}" if supported is not None else "",
        certain=certain,
    )


def _is_middle(result: Result) -> bool:
    """Whether an estimate is the middle of its own interval, on the scale of its measure."""
    interval, point = result.interval, result.point
    if interval is None or point is None or point.value is None or not is_interval(result):
        return False
    if result.ratio:
        middle = geometric_middle(*interval)
        return middle is not None and range_of(point).meets(middle)
    middle = Range(low=(interval[0].low + interval[1].low) / 2, high=(interval[0].high + interval[1].high) / 2)
    return range_of(point).meets(middle)

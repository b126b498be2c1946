"""Binding: which endpoint, arm, contrast, population and time a number belongs to, where its own sentence says so.

Owns what is put to `ownership` as one number ("6 of 208 (3%)", "11.8 months (95% CI 9.7-14.0)") and what its answer means for each part
of a statistic. What the sentence leaves open stays open: an empty endpoint or arm contradicts nothing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from journal_club.statistics.arms import Arms
from journal_club.statistics.endpoints import Endpoint, endpoints
from journal_club.statistics.layout import Span
from journal_club.statistics.named_by_paper import NamedOutcomes
from journal_club.statistics.notation import read_statistics
from journal_club.statistics.numerals import fold
from journal_club.statistics.ownership import Owner, owners
from journal_club.statistics.populations import populations
from journal_club.statistics.statistic import RATIOS, Measure, Role, Statistic
from journal_club.statistics.times import times
from journal_club.statistics.units import DURATIONS

__all__ = ["FOLLOW_UP", "bound_statistics"]

_CONTRASTS = frozenset({*RATIOS, Measure.DIFFERENCE, Measure.REDUCTION, Measure.NNT, Measure.P})
_SPREADS = frozenset({Measure.P, Measure.SD, Measure.SE})
_SHARE = re.compile(r"\s?(?:%|per ?cent)?\s?(?:[A-Za-z]+\s){0,2}[(\[]\s?(?:n\s?=\s?)?", re.IGNORECASE)
_CHANGE = re.compile(r"\s?(?:%|[A-Za-z/]{1,8})?\s?(?:\([^()]{0,24}\)\s?)?to\s(?:[a-z]+\s){0,2}", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:[a-z]+\s){0,3}\Z", re.IGNORECASE)
FOLLOW_UP = "follow-up"
"""The endpoint of how long people were followed."""
_FOLLOW_UP_BEFORE = re.compile(
    r"(?:follow[- ]?up(?:\s(?:time|duration|period))?\s?(?:was|of|:|=|,|\()?\s?|follow[- ]?up\b[^.;\d]{0,30}\bmedian\sof\s"
    r"|\bfollowed(?:[- ]up)?\sfor\s)(?:a\s|an\s)?"
    r"(?:about\s|approximately\s|median\s|mean\s|of\s|up\sto\s){0,3}\Z",
    re.IGNORECASE,
)
_FOLLOW_UP_AFTER = re.compile(r"[\s-](?:years?|months?|weeks?|days?)(?:\sof|[’'])?\s(?:median\s)?follow[- ]?up\b", re.IGNORECASE)
_SPAN_BEFORE = re.compile(
    r"\b(?:over|during|throughout|across)\s(?:a\s|an\s|the\s|about\s|approximately\s|median\s|mean\s|of\s|first\s|next\s|those\s){0,4}\Z",
    re.IGNORECASE,
)
"""How long something went on, whatever outcome stands behind it: "Over 33.6 months, survival was longer"."""
_TIME = "@"
_DOSES = frozenset({"mg", "µg", "ng", "g", "ml", "iu", "gy"})
"""Canonical units of a dose."""
_BESIDE = 3
_NEAR = 60
_LONGEST_JOINT = 40
_CLOSING = re.compile(r"%?[)\]]?")


def bound_statistics(text: str, arms: Arms, outcomes: NamedOutcomes | None = None) -> tuple[Statistic, ...]:
    """Read a sentence's statistics and bind each to what it belongs to; `outcomes` are those that the paper alone names."""
    found = read_statistics(text)
    if not found:
        return ()
    folded = fold(text)
    when = times(folded)
    named = _outcomes(text, when, outcomes.mentions(text) if outcomes is not None else ())
    mentioned = [Span(arm.start, arm.end, arm.name) for arm in arms.mentions(text)]
    inside = _inside(found, when) | _inside(found, mentioned)
    estimates = [one for one in found if one.start not in inside and one.role is Role.POINT and one.measure not in _SPREADS]
    plain = _clusters(
        folded,
        [one for one in estimates if one.measure not in _CONTRASTS and one.measure is not Measure.IDENTIFIER],
        found,
        [span.start for span in mentioned],
    )
    contrasts = [Span(one.start, one.end) for one in estimates if one.measure in _CONTRASTS]
    owning = _by_start(plain, owners(text, mentioned, named, [span for span, _ in plain])) if mentioned or named else {}
    if named and contrasts:
        owning |= _by_start([(span, [span.start]) for span in contrasts], owners(text, (), named, contrasts))
    population = _only(populations(text))
    sides = tuple(sorted({arm.name for arm in mentioned}))
    return tuple(_bound(folded, one, owning, population, sides, inside, named) for one in found)


def _inside(found: Sequence[Statistic], when: Sequence[Span]) -> set[int]:
    """The numbers that are part of a time, or of an arm's name: "esmetazine 20 mg"."""
    ends = [time.end for time in when]
    places = {one.start: bisect_right(ends, one.start) for one in found}
    return {start for start, place in places.items() if place < len(when) and when[place].start <= start}


def _outcomes(text: str, when: Sequence[Span], learned: Sequence[Endpoint]) -> list[Span]:
    """The endpoints and the times of a sentence, in order. A follow-up is neither, nor is "12-month" but before an endpoint."""
    things = [Span(one.start, one.end, one.name) for one in (*endpoints(text), *learned) if one.name != FOLLOW_UP]
    starts = {thing.start for thing in things}
    moments = [one for one in when if "-" not in text[one.start : one.end] or one.end + 1 in starts]
    return sorted([*things, *(Span(one.start, one.end, _TIME + one.name) for one in moments)], key=lambda span: span.start)


def _clusters(
    folded: str, plain: Sequence[Statistic], found: Sequence[Statistic], arm_starts: Sequence[int]
) -> list[tuple[Span, list[int]]]:
    """Numbers that are one to their owner: a count with its total and its share, a change's two ends; each with the parts behind it."""
    parts: dict[int, list[Statistic]] = {}
    for one in found:
        parts.setdefault(one.group, []).append(one)
    clusters: list[tuple[Span, list[int]]] = []
    previous: Statistic | None = None
    for one in plain:
        end = _end(folded, one, parts[one.start], arm_starts)
        if previous is not None and _joined(folded, previous, one):
            span, starts = clusters[-1]
            clusters[-1] = (Span(span.start, max(span.end, end)), [*starts, one.start])
        else:
            clusters.append((Span(one.start, end), [one.start]))
        previous = one
    return clusters


def _end(folded: str, one: Statistic, parts: Sequence[Statistic], arm_starts: Sequence[int]) -> int:
    """Where a number ends with its interval and spread, as far as no arm stands between, and the bracket that closes them."""
    next_arm = next(iter(arm_starts[bisect_left(arm_starts, one.end) :][:1]), len(folded))
    end = max(part.end for part in (one, *parts) if part.end <= next_arm)
    closing = _CLOSING.match(folded, end)
    return closing.end() if closing else end


def _joined(folded: str, one: Statistic, other: Statistic) -> bool:
    gap = folded[one.end : other.start]
    if len(gap) > _LONGEST_JOINT:
        return False
    if other.measure is Measure.TOTAL:
        return True
    if _CHANGE.fullmatch(gap) and _FROM.search(folded, max(0, one.start - _NEAR), one.start):
        return True
    return (one.unit == "%") != (other.unit == "%") and _SHARE.fullmatch(gap) is not None


def _by_start(clusters: Iterable[tuple[Span, list[int]]], owning: Sequence[Owner]) -> dict[int, Owner]:
    return {start: owner for (_, starts), owner in zip(clusters, owning, strict=True) for start in starts}


def _only(spans: Sequence[Span]) -> str:
    """The one name that all spans share; empty for none or several."""
    names = {span.name for span in spans}
    return next(iter(names)) if len(names) == 1 else ""


def _bound(
    folded: str,
    one: Statistic,
    owning: Mapping[int, Owner],
    population: str,
    sides: tuple[str, ...],
    inside: set[int],
    named: Sequence[Span],
) -> Statistic:
    """One statistic with what it belongs to; a bound and a p-value belong to what their estimate belongs to."""
    if one.role is Role.POINT and _is_follow_up(folded, one):
        return one.bound_to(endpoint=FOLLOW_UP, arm="", contrast=(), population="", time="")
    if one.start in inside or one.measure is Measure.IDENTIFIER or _is_span(folded, one):
        return one
    owner = owning.get(one.group) or owning.get(one.start) or Owner()
    endpoint = next((span.name for span in owner.outcomes if not span.name.startswith(_TIME)), "")
    time = next((span.name[1:] for span in owner.outcomes if span.name.startswith(_TIME)), "")
    compares = one.measure in _CONTRASTS
    if not owner.outcomes and one.group not in owning:
        endpoint = _only([span for span in named if not span.name.startswith(_TIME)])
    return one.bound_to(
        endpoint=endpoint,
        time="" if one.unit in DURATIONS else time,
        population=population,
        arm="" if owner.arm is None or one.measure is Measure.P or _is_dose(one, owner.arm) else owner.arm.name,
        contrast=sides if compares and len(sides) == 2 else (),
    )


def _is_dose(one: Statistic, arm: Span) -> bool:
    """Whether it is a dose that stands away from the arm's name, and so may be another arm's."""
    return one.unit.partition("/")[0] in _DOSES and not (0 <= one.start - arm.end <= _BESIDE or 0 <= arm.start - one.end <= _BESIDE)


def _is_span(folded: str, one: Statistic) -> bool:
    return one.unit in DURATIONS and _SPAN_BEFORE.search(folded, max(0, one.start - _NEAR), one.start) is not None


def _is_follow_up(folded: str, one: Statistic) -> bool:
    if _FOLLOW_UP_BEFORE.search(folded, max(0, one.start - _NEAR), one.start):
        return True
    return _FOLLOW_UP_AFTER.match(folded, one.end) is not None

"""Comparison: one number of a paper in two places.

Owns when two numbers are of the same thing (measure, endpoint, arm or contrast, qualifiers, whose trial), whether they agree within what
was printed, and which of two that differ the arithmetic supports. What one place leaves open contradicts nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from journal_club.statistics.arithmetic import Range, geometric_middle
from journal_club.statistics.consistency.discrepancy import Discrepancy, Place, in_order, place_of
from journal_club.statistics.consistency.internal import implied_by_interval, interval_sum, is_interval
from journal_club.statistics.consistency.qualifiers import ADJUSTMENT, PLANNED, SEVERITY, qualifiers
from journal_club.statistics.consistency.results import Result, Sentence, lowers, range_of
from journal_club.statistics.consistency.stopping import STOPPED, words_of_stopping
from journal_club.statistics.conversion import convert
from journal_club.statistics.endpoints import endpoints
from journal_club.statistics.statistic import RATIOS, Measure, Operator, Role, Statistic
from journal_club.statistics.units import DOSE

__all__ = ["Fact", "agree", "are_same", "compared", "facts_of"]

_TIMES = frozenset({"year", "month", "week", "day", "hour", "minute"})
_DOSES = frozenset(DOSE.split("|"))
_MOST_PLACES = 6
_WORD = re.compile(r"[a-z]{4,}")
_ALIKE = 0.85
_BEGINNING = re.compile(
    r"\A(?P<what>[^,;:\d]{0,80}(?:grades? \d(?: (?:or|to) (?:\d|\w+))?)?[^,;:\d]{0,80}?) (?:was|were|occurred|developed|affected|led)\b",
    re.IGNORECASE,
)
_BROAD = frozenset(
    {"adverse events", "discontinuation", "hospitalization", "quality of life", "objective response", "complete response", "age"}
)
"""Endpoints of which a paper gives many shares, each of another kind of event."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One number with all that tells what it is of.

    Attributes:
        kind: what is compared: a measure, or `time`, `share`, `count` for plain values.
        contrast: the arms that its sentence names; two facts of different contrasts are of different things.
    """

    kind: str
    statistic: Statistic
    result: Result
    contrast: frozenset[str]
    qualifiers: frozenset[str]

    @property
    def sentence(self) -> Sentence:
        """Where it stands."""
        return self.result.sentence

    @property
    def doses(self) -> frozenset[str]:
        """The doses that its sentence names."""
        return frozenset(f"{one.text} {one.unit}" for one in self.sentence.statistics if one.unit in _DOSES)

    @property
    def place(self) -> Place:
        """Where it stands, to the character."""
        return place_of(self.sentence, self.statistic)

    @property
    def name(self) -> str:
        """What it is, in plain words."""
        endpoint, arm = self.statistic.endpoint, self.statistic.arm
        what = {"time": "median", "share": "share", "count": "number"}.get(self.kind, self.kind)
        return what + (f" for {endpoint}" if endpoint else "") + (f" with {arm}" if arm else "")


def facts_of(results: Iterable[Result], contrast: frozenset[str], outcome: str = "") -> Iterator[Fact]:
    """The numbers of one sentence's results that may be held against another sentence's.

    Args:
        results: of the sentence.
        contrast: the arms that it names.
        outcome: the trial's primary outcome in the words of its card; its endpoint is at its time, said or not.
    """
    usual, named = qualifiers(outcome), {one.name for one in endpoints(outcome)}
    for result in results:
        narrowed = qualifiers(result.sentence.text)
        if PLANNED in narrowed:
            continue
        for statistic, kind in _kinds(result):
            if kind and not (kind == "share" and lowers(result.sentence, statistic)):
                if words := words_of_stopping(result.sentence, statistic):
                    stopped = replace(statistic, endpoint=STOPPED)
                    times = {one for one in narrowed if one.rpartition(" ")[2] in _TIMES}
                    yield Fact(kind=kind, statistic=stopped, result=result, contrast=contrast, qualifiers=qualifiers(words) | times)
                    continue
                kept = narrowed - (ADJUSTMENT if kind in ("share", "count") else SEVERITY)
                if statistic.endpoint in named or (statistic.endpoint and statistic.endpoint in outcome.casefold()):
                    kept -= usual
                yield Fact(kind=kind, statistic=statistic, result=result, contrast=contrast, qualifiers=kept)


def compared(facts: Sequence[Fact]) -> Iterator[Discrepancy]:
    """Every fact against the others of the same thing; one discrepancy for each value that differs."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        statistic = fact.statistic
        key = (fact.sentence.subject, fact.kind, statistic.endpoint, statistic.arm, fact.qualifiers)
        groups.setdefault(key, []).append(fact)
    for group in groups.values():
        yield from _differing(_alone(group))


def _kinds(result: Result) -> Iterator[tuple[Statistic, str]]:
    """The numbers of a result with what each may be compared as; a ratio's bounds are, each with its like."""
    for statistic in (result.point, result.p):
        if statistic is not None:
            yield statistic, _kind(statistic)
    if result.ratio and result.point is not None and result.point.endpoint and is_interval(result):
        for bound, name in ((result.lower, "lower bound"), (result.upper, "upper bound")):
            if bound is not None:
                yield (
                    replace(bound, endpoint=result.point.endpoint),
                    f"{name} of the {result.level:g}% interval of the {result.point.measure}",
                )


def _kind(statistic: Statistic) -> str:
    """What a number may be compared as; empty for one that nothing ties to a thing."""
    if not statistic.endpoint or not statistic.certain or statistic.operator is Operator.ABOUT:
        return ""
    if statistic.measure in {*RATIOS, Measure.P}:
        return str(statistic.measure)
    if statistic.role is not Role.POINT or statistic.measure not in (Measure.NONE, Measure.MEDIAN):
        return ""
    if statistic.unit in _TIMES or statistic.value is None:
        followed = statistic.endpoint == "follow-up"
        return "time" if (statistic.measure is Measure.MEDIAN if followed else statistic.arm) else ""
    if not statistic.arm or statistic.measure is not Measure.NONE or (statistic.value or 0) < 0:
        return ""
    return "share" if statistic.unit == "%" else "count" if statistic.unit in ("person", "event") and not statistic.decimals else ""


def _alone(group: Sequence[Fact]) -> list[Fact]:
    """The facts whose sentence gives no other value of the thing; one that does speaks of parts that are not told apart here."""
    by_sentence: dict[int, list[Fact]] = {}
    for fact in group:
        by_sentence.setdefault(fact.sentence.number, []).append(fact)
    return [facts[0] for facts in by_sentence.values() if all(agree(facts[0].statistic, other.statistic) for other in facts)]


def _differing(group: Sequence[Fact]) -> Iterator[Discrepancy]:
    """The values of one thing that differ from the first, each class of equal values once."""
    classes: list[list[Fact]] = []
    for fact in group:
        home = next((one for one in classes if agree(one[0].statistic, fact.statistic)), None)
        if home is None:
            classes.append([fact])
        else:
            home.append(fact)
    classes = [one for one in classes if any(_comparable(one, other) for other in classes if other is not one)]
    if len(classes) < 2:
        return
    supported, arithmetic = _support(classes)
    if supported is not None and not all(other is supported or _comparable(supported, other) for other in classes):
        # They are of several things, and a value that may be of any of them is refuted by none.
        supported = None
    for at, other in enumerate(classes):
        kept = supported or next((one for one in classes[:at] if _comparable(one, other)), None)
        if kept is not None and kept is not other:
            yield _discrepancy(kept, other, settled=supported is not None, arithmetic=arithmetic)


def agree(one: Statistic, other: Statistic) -> bool:
    """Whether two numbers are the same within what was printed, in one unit; "not reached" is the same as itself alone."""
    if one.value is None or other.value is None:
        return one.value is other.value
    if one.unit != other.unit and one.unit in _TIMES and other.unit in _TIMES and other.value is not None:
        converted = convert(other.value, other.unit, one.unit)
        if converted is None:
            return False
        near, factor = range_of(other), float(converted) / float(other.value) if other.value else 1.0
        return range_of(one).meets(Range(low=near.low * factor, high=near.high * factor))
    return range_of(one).meets(range_of(other))


def are_same(one: Statistic, other: Statistic) -> bool:
    """Whether two numbers are one that was told twice: equal where both were printed alike, within their rounding where not."""
    if one.unit == other.unit and one.decimals == other.decimals and one.operator is other.operator:
        return one.value == other.value
    return agree(one, other)


def _comparable(one: Sequence[Fact], other: Sequence[Fact]) -> bool:
    """Whether the two places that a report would show are of one thing; a third that tells either again makes them no more alike."""
    return _same_thing(_foremost(one), _foremost(other))


def _same_thing(one: Fact, other: Fact) -> bool:
    if one.sentence.number == other.sentence.number:
        return False
    if not one.statistic.arm and not (_may_be_one(one.contrast, other.contrast) and _may_be_one(one.doses, other.doses)):
        return False
    if one.kind in ("share", "count"):
        return one.statistic.endpoint not in _BROAD or _alike(one.sentence.text, other.sentence.text)
    if one.kind == "time" or one.kind in {str(measure) for measure in RATIOS}:
        return True
    left, right = one.result.point, other.result.point
    if left is None or right is None:
        # A p-value that stands alone is of whatever comparison its endpoint has.
        return one.result.compares or other.result.compares
    return one.result.compares and left.measure is right.measure and agree(left, right)


def _may_be_one(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two places that name arms, or doses, may speak of the same ones: one of them names no others than the other."""
    return one <= other or other <= one


def _alike(one: str, other: str) -> bool:
    """Whether two sentences speak of one kind of event: they begin with the same name of it or, without one, are nearly the same."""
    left, right = _BEGINNING.match(one), _BEGINNING.match(other)
    if left is not None and right is not None:
        return left["what"].casefold() == right["what"].casefold()
    return _likeness(one, other) >= _ALIKE


def _likeness(one: str, other: str) -> float:
    """Words that two sentences share, of the shorter one's; a share is of whatever its sentence says."""
    left, right = (frozenset(_WORD.findall(text.casefold())) for text in (one, other))
    return len(left & right) / max(1, min(len(left), len(right)))


def _support(classes: Sequence[Sequence[Fact]]) -> tuple[Sequence[Fact] | None, str]:
    """The one class that the arithmetic of any interval supports, and the sum; none where each of several has its own."""
    tests = [tested for one in classes for fact in one if (tested := _tested_by(fact.result, fact.kind)) is not None]
    valued = [one for one in classes if one[0].statistic.value is not None]
    fitting = [(one, why) for one in valued for allowed, why in tests if range_of(one[0].statistic).meets(allowed)]
    return fitting[0] if len({id(one) for one, _ in fitting}) == 1 else (None, "")


def _tested_by(result: Result, kind: str) -> tuple[Range, str] | None:
    """The values that a result's own interval allows for a kind of number, and the sum that says so."""
    if kind == Measure.P:
        implied = implied_by_interval(result)
        return None if implied is None else (implied, interval_sum(result, implied))
    interval = result.interval
    if interval is None or not result.ratio or result.point is None or kind != result.point.measure:
        return None
    middle = geometric_middle(*interval)
    lower, upper = result.lower, result.upper
    if middle is None or lower is None or upper is None:
        return None
    return middle, f"the middle of {lower.text} to {upper.text} on the logarithmic scale is {middle.low:.2f} to {middle.high:.2f}"


def _discrepancy(kept: Sequence[Fact], other: Sequence[Fact], *, settled: bool, arithmetic: str) -> Discrepancy:
    first, refuted = _foremost(kept), _foremost(other)
    places = in_order([first.place, refuted.place, *(fact.place for fact in (*kept, *other))])[:_MOST_PLACES]
    explanation = f"The {first.name} is {_shown(first)} in one place and {_shown(refuted)} in another"
    return Discrepancy(
        kind="different_value",
        refuted=refuted.place if settled else None,
        places=places,
        supported=first.place if settled else None,
        explanation=f"{explanation}; the interval supports {_shown(first)}." if settled else f"{explanation}.",
        arithmetic=arithmetic if settled else "",
        certain=settled or first.kind == Measure.P,
    )


def _foremost(facts: Sequence[Fact]) -> Fact:
    """The trial's own place, else the first."""
    return next((fact for fact in facts if fact.sentence.own), facts[0])


def _shown(fact: Fact) -> str:
    statistic = fact.statistic
    sign = "" if statistic.operator is Operator.EQUAL else f"{statistic.operator.value} "
    unit = "%" if statistic.unit == "%" else f" {statistic.unit}s" if statistic.unit in _TIMES else ""
    return f"{sign}{statistic.text}{unit}"

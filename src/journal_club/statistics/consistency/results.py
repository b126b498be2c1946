"""Results: the numbers of a sentence put together again, an estimate with its interval, its level and its p-value.

Owns the nouns `Sentence` and `Result`. Reads no text (`notation`, `binding`) and judges nothing (`consistency`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from journal_club.statistics.arithmetic import Range, printed
from journal_club.statistics.statistic import RATIOS, Measure, Operator, Role, Statistic

__all__ = ["Result", "Sentence", "lowers", "range_of", "results_of"]

_USUAL_LEVEL = 95.0
_LOWERED_BY = re.compile(
    r"\b(?:lower|reduc|cut|decreas|prevent|curb)(?:s|e|ed|es|ing|ting)?\b[^.;,\d]{0,60}\bby\s(?:[a-z]+\s){0,2}\Z"
    r"|(?<!absolute )(?<!risk )\b(?:reduction|decrease|decline|drop|fall) of\s(?:about\s)?\Z",
    re.IGNORECASE,
)
_LOWER_BEHIND = re.compile(
    r"\s?(?:%|per ?cent)\s(?:relative\s)?(?:(?:fewer|less|lower)\s(?!than\b|or\b)|(?:reduction|decrease|decline|drop|fall|cut)\sin\s)",
    re.IGNORECASE,
)
"""What makes a percentage in front of it a reduction: "43% fewer seizures", "43% less likely", "a 43% drop in seizures"."""
_NEAR = 90
_TESTS = r"(?:interaction|heterogeneity|trend|non-?\s?inferiority|equivalence|proportional)"
_OTHER_TEST = re.compile(rf"{_TESTS}\b(?:[^.;\d)]|95%){{0,70}}\Z", re.IGNORECASE)
_FOR_OTHER_TEST = re.compile(
    rf"\s?(?:[(,]\s?)?(?:(?:one|two)-sided\s)?(?:for|on|in|by)\s(?:the\s)?(?:test\s(?:of|for)\s|tests?\s)?(?:\w+-by-\w+\s)?{_TESTS}",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One sentence of a paper with its statistics.

    Attributes:
        number: its place among the paper's sentences.
        subject: whose numbers they are: empty for the paper's own trial, else another trial's name.
        own: whether the trial's report itself says it, and not somebody about it.
        retells: whether it may tell again what stands elsewhere: somebody's account of the trial, its abstract, its discussion.
        field: the field of a study-design card that it is, such as `sample`; else empty.
    """

    number: int
    text: str
    statistics: tuple[Statistic, ...]
    subject: str = ""
    own: bool = True
    retells: bool = False
    field: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One estimate of a sentence; `point` is None for an interval or a p-value that stands alone."""

    sentence: Sentence
    point: Statistic | None
    lower: Statistic | None
    upper: Statistic | None
    level: float
    p: Statistic | None

    @property
    def ratio(self) -> bool:
        """Whether its scale is logarithmic and its null 1."""
        return self.point is not None and self.point.measure in RATIOS

    @property
    def compares(self) -> bool:
        """Whether it compares groups, so that its interval and its p-value test the same null."""
        return self.point is not None and self.point.measure in {*RATIOS, Measure.DIFFERENCE}

    @property
    def interval(self) -> tuple[Range, Range] | None:
        """What its bounds may stand for; None unless it has both as numbers."""
        if self.lower is None or self.upper is None or self.lower.value is None or self.upper.value is None:
            return None
        return range_of(self.lower), range_of(self.upper)

    @property
    def extent(self) -> tuple[int, int]:
        """Where it stands in its sentence, from its first number to its last."""
        found = [one for one in (self.point, self.lower, self.upper, self.p) if one is not None]
        return min(one.start for one in found), max(one.end for one in found)


def results_of(sentence: Sentence) -> tuple[Result, ...]:
    """The results of a sentence, in order. A number without an interval or a p-value is a result by itself."""
    groups: dict[int, list[Statistic]] = {}
    for statistic in sentence.statistics:
        if statistic.measure is not Measure.IDENTIFIER:
            groups.setdefault(statistic.group, []).append(statistic)
    return tuple(_result(sentence, group) for group in groups.values())


def lowers(sentence: Sentence, statistic: Statistic) -> bool:
    """Whether a percentage is by how much something was lowered: "lowered the recurrence by 45%", "45% fewer recurrences"."""
    if statistic.unit != "%" or statistic.measure is not Measure.NONE:
        return False
    if _LOWER_BEHIND.match(sentence.text, statistic.end) is not None:
        return True
    return _LOWERED_BY.search(sentence.text, max(0, statistic.start - _NEAR), statistic.start) is not None


def range_of(statistic: Statistic) -> Range:
    """The values that a printed number may stand for; open to one side for `<` and `>`, wide for "about".

    Raises:
        ValueError: it is no number ("not reached").
    """
    if statistic.value is None:
        raise ValueError(f"{statistic.text!r} is no number")
    near = printed(statistic.value, statistic.decimals)
    if statistic.operator in (Operator.LESS, Operator.AT_MOST):
        return Range(low=float("-inf"), high=float(statistic.value))
    if statistic.operator in (Operator.GREATER, Operator.AT_LEAST):
        return Range(low=float(statistic.value), high=float("inf"))
    if statistic.operator is Operator.ABOUT:
        wide = max(abs(float(statistic.value)) * 0.05, near.high - float(statistic.value))
        return Range(low=float(statistic.value) - wide, high=float(statistic.value) + wide)
    return near


def _result(sentence: Sentence, group: Sequence[Statistic]) -> Result:
    level = _first(group, Role.LEVEL)
    points = [one for one in group if one.role is Role.POINT and one.measure not in (Measure.P, Measure.SD, Measure.SE)]
    return Result(
        sentence=sentence,
        point=points[0] if points else None,
        lower=_first(group, Role.LOWER),
        upper=_first(group, Role.UPPER),
        level=float(level.value) if level is not None and level.value is not None else _USUAL_LEVEL,
        p=next((one for one in group if one.measure is Measure.P and not _is_of_another_test(sentence.text, one)), None),
    )


def _is_of_another_test(text: str, p: Statistic) -> bool:
    """Whether a p-value tests something else than the result beside it: an interaction, a trend, a margin."""
    return _OTHER_TEST.search(text, max(0, p.start - _NEAR), p.start) is not None or _FOR_OTHER_TEST.match(text, p.end) is not None


def _first(group: Sequence[Statistic], role: Role) -> Statistic | None:
    return next((one for one in group if one.role is role), None)

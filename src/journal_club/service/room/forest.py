"""Forest: the paper's ratios with their intervals, each a row with its places on one logarithmic axis.

Owns which ratios are one row, and who is favoured where the text says so. Mean differences, rates and percentages are left out: their scale
is linear, their null is 0 and their units differ, so that they cannot stand on an axis of ratios. The template draws the numbers.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from journal_club.paper.model import Origin, Paper
from journal_club.service.room.axis import Axis, Tick, axis_of
from journal_club.service.room.quote import bare_label
from journal_club.service.room.ratio import Ratio, ratios_of

__all__ = ["Forest", "ForestRow", "forest_of"]

_BETTER = re.compile(
    r"\b(?:(?:improved|better|superior|favou?rable)(?:\s(?:outcomes?|results?))?\s(?:with|in|for)|favou?r(?:s|ed|ing))(?:\sthe)?\s\Z",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|no|nor|neither|without)\b", re.IGNORECASE)
_REACH = 50
_PLAIN_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class ForestRow:
    """One ratio of the paper.

    Attributes:
        label: its endpoint in the sentence's own words, the first letter large.
        fragment: whether the label is no more than the first words of its clause, where no endpoint is told for certain.
        measure: `hazard ratio`, `odds ratio`, `risk ratio` or `rate ratio`.
        value: the estimate; `low` and `high` are the bounds of its interval.
        value_text: the estimate as printed ("0.90"); so are `low_text` and `high_text`.
        p: the p-value as printed, such as `p=0.0009`; empty where none is reported.
        x: where the estimate stands on the axis, 0 to 100; so do `x_low` and `x_high`.
        clipped_low: whether the interval goes on beyond the axis at its low end; so does `clipped_high` at the other.
        favours: the arm that the row's own sentence says did better, in its words; empty where it does not say.
        section: where it is reported: the section's slug or heading.
        start_char_index: of the statistic in the source text, its name, interval and p-value included.
    """

    label: str
    fragment: bool
    measure: str
    value: float
    low: float
    high: float
    value_text: str
    low_text: str
    high_text: str
    p: str
    x: float
    x_low: float
    x_high: float
    clipped_low: bool
    clipped_high: bool
    favours: str
    section: str
    origin: Origin
    start_char_index: int
    end_char_index: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Forest:
    """The rows, the trial's own report first, on one axis.

    Attributes:
        ticks: of the axis, in order.
        no_effect_x: where 1 stands, always within the axis.
        favours_below: the arm that every row's sentence that names one favours below 1; empty where they differ or none says so.
        favours_above: the same above 1.
    """

    rows: tuple[ForestRow, ...]
    ticks: tuple[Tick, ...]
    no_effect_x: float
    favours_below: str
    favours_above: str


def forest_of(paper: Paper) -> Forest | None:
    """The forest of a paper; None where its own text reports no ratio with an interval."""
    ratios = _once(ratios_of(paper))
    if not ratios:
        return None
    axis = axis_of(
        (_number(one.point.value) for one in ratios), (_number(end.value) for one in ratios for end in (one.low, one.high) if end.value)
    )
    rows = tuple(_row(one, axis) for one in ratios)
    return Forest(
        rows=rows,
        ticks=axis.ticks,
        no_effect_x=axis.x(1),
        favours_below=_agreed(row.favours for row in rows if row.value < 1),
        favours_above=_agreed(row.favours for row in rows if row.value > 1),
    )


def _once(found: Sequence[Ratio]) -> tuple[Ratio, ...]:
    """Each ratio at its first place only."""
    kept: list[Ratio] = []
    for one in found:
        if not any(_is_same(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def _is_same(one: Ratio, other: Ratio) -> bool:
    numbers = [(ratio.point.measure, ratio.point.value, ratio.low.value, ratio.high.value) for ratio in (one, other)]
    if numbers[0] != numbers[1]:
        return False
    if one.point.endpoint and other.point.endpoint:
        return one.point.endpoint == other.point.endpoint
    words, others = (set(_label(ratio).casefold().split()) for ratio in (one, other))
    return words <= others or others <= words


def _row(one: Ratio, axis: Axis) -> ForestRow:
    value, low, high = (_number(number.value) for number in (one.point, one.low, one.high))
    return ForestRow(
        label=_label(one),
        fragment=one.label.fragment,
        measure=one.point.measure.value,
        value=value,
        low=low,
        high=high,
        value_text=one.point.text,
        low_text=one.low.text,
        high_text=one.high.text,
        p=one.p,
        x=axis.x(value),
        x_low=axis.x(low),
        x_high=axis.x(high),
        clipped_low=axis.cuts(low),
        clipped_high=axis.cuts(high),
        favours=_favoured(one),
        section=one.part.section,
        origin=one.part.origin or Origin.TRIAL,
        start_char_index=one.start,
        end_char_index=one.end,
    )


def _number(value: Decimal | None) -> float:
    return float(value or 0)


def _label(one: Ratio) -> str:
    words = bare_label(one.sentence.text[one.label.start : one.label.end])
    plain = _PLAIN_WORD.match(words)
    return words[:1].upper() + words[1:] if plain else words


def _favoured(one: Ratio) -> str:
    """The arm that stands directly behind "improved with", "favoured" and the like, where the interval leaves 1 out."""
    text = one.sentence.text
    if one.low.value is None or one.high.value is None or one.low.value <= 1 <= one.high.value:
        return ""
    before = [arm for arm in one.arms if arm.end <= one.point.start]
    for arm in before:
        said = _BETTER.search(text, max(0, arm.start - _REACH), arm.start)
        if said and not _DENIED.search(text, max(0, said.start() - _REACH), said.start()):
            return text[arm.start : arm.end]
    return ""


def _agreed(names: Iterable[str]) -> str:
    said = {name.casefold(): name for name in names if name}
    return next(iter(said.values())) if len(said) == 1 else ""

"""Items: the numbers and the directions of a sentence that words stand beside, for holding a statement's to its source's.

Owns which of a text's statistics are of one kind. What stands beside them is `pairing`'s.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from journal_club.answering.verification.opposites import Turn
from journal_club.statistics.statistic import RATIOS, Measure, Role, Statistic

__all__ = ["Item", "label_items", "number_items", "p_items", "turn_items"]

_SPREAD = re.compile(r"\d\W{0,3}[(\[]\s?(?:SD|SE)?\s?\Z|(?:±|\+/-)\s?\Z")
_OF_GROUPS = re.compile(r"\s(?:[a-z-]+\s){0,2}?(?:groups?|arms?|cohorts?|methods?|treatments?|regimens?|strategies)\b", re.IGNORECASE)
"""Behind "the 3": how many groups there are is no result of any."""
_OTHER_MEASURES = frozenset(
    {
        *RATIOS,
        Measure.P,
        Measure.SD,
        Measure.SE,
        Measure.IDENTIFIER,
        Measure.TOTAL,
        Measure.CORRELATION,
        Measure.REDUCTION,
        Measure.DIFFERENCE,
    }
)
_LABEL = re.compile(r"\b(?:[Gg]roup|[Aa]rm|[Cc]ohort)\s([A-Z]|\d)\b(?!\s?[%(])")
_PLAIN_UNITS = frozenset({"person", "event"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A number or a direction in its place; items of one `key` say the same."""

    key: object
    text: str
    start: int
    end: int


def number_items(text: str, statistics: Iterable[Statistic], *units: str) -> list[Item]:
    """The estimates of these units in a text, less their spreads; people and events are no unit."""
    wanted = {_unit(unit) for unit in units}
    return [
        Item(key=one.value, text=one.text, start=one.start, end=one.end)
        for one in statistics
        if one.role is Role.POINT and one.value is not None and one.measure not in _OTHER_MEASURES and _unit(one.unit) in wanted
        if (one.certain or one.value != 1) and not _OF_GROUPS.match(text, one.end)
        if text[one.end : one.end + 1] != "/" and (one.unit == "%" or not _is_spread(text, one))
    ]


def label_items(text: str) -> list[Item]:
    """The groups of a text that only a letter or a number names: "group B"."""
    return [Item(key=found[1], text=found.group(), start=found.start(), end=found.end()) for found in _LABEL.finditer(text)]


def p_items(statistics: Iterable[Statistic]) -> list[Item]:
    """The p-values of a text."""
    return [
        Item(key=(one.operator, one.value), text=f"p{one.operator.value}{one.text}", start=one.start, end=one.end)
        for one in statistics
        if one.measure is Measure.P and one.value is not None
    ]


def _is_spread(text: str, one: Statistic) -> bool:
    """Whether a number stands alone in the bracket behind another, or behind "±"."""
    before, after = text[max(0, one.start - 12) : one.start], text[one.end : one.end + 2].lstrip()
    return _SPREAD.search(before) is not None and (after[:1] in ")]" or before.rstrip()[-1:] in "±-")


def _unit(unit: str) -> str:
    return "" if unit in _PLAIN_UNITS else unit.removesuffix("/d")


def turn_items(turned: Iterable[Turn]) -> list[Item]:
    """The words of more and less."""
    return [Item(key=one.up, text=one.text, start=one.start, end=one.end) for one in turned if one.axis == "quantity" and not one.moot]

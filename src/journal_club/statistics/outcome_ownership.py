"""Outcome ownership: which outcome of a sentence, at which time, each of its numbers belongs to.

Owns the rules: an outcome directly behind the number ("31 deaths"), one of a list of outcomes in turn ("X and Y were 12% and 14%"), else
the last one named before, else the next one. A time ("at 12 months") and a heading ("Ischaemia: ...") qualify all numbers of their part.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from journal_club.statistics.layout import WIDEST, Layout, Span

__all__ = ["outcomes_of"]

_BESIDE = re.compile(
    r"[\s)\]%]*(?:of\s)?(?:the\s)?(?:patients?|participants?|subjects?|women|men|children|infants?|people|persons?|individuals?|"
    r"percent|per cent|cases|points?)?\s*(?:who\s|had\s|were\s|was\s|of\s|a\s|an\s|with\s|in\s|the\s){0,3}\s*\Z",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\s*(?:(?:at|by|after|the|during|within|from|over|a|first|end|of|post)[\s-])*"
    r"(?:(?:\d+|one|two|three|four|five|six|nine|ten|twelve)(?:st|nd|rd|th)?[\s-]?)?"
    r"(?:months?|weeks?|days?|years?|hours?|minutes?|mo|yrs?|h|study|treatment|trial|baseline|base line|end-?point|follow-?up)"
    r"(?:[\s-](?:of|after|post|from|follow-?up|end-?point|\d+|the|study|treatment|trial|entering|intervention|surgery|randomi[sz]ation|"
    r"assessment|visit|later|end))*\s*",
    re.IGNORECASE,
)
_LONGEST_TIME = 60
_HEADING = re.compile(r"\s?:")
_JOINED = re.compile(r"\s*,?\s*(?:and\s+|,\s*)(?:the\s|in\s|of\s){0,2}\s*", re.IGNORECASE)


def outcomes_of(layout: Layout) -> list[tuple[Span, ...]]:
    """Of every number its outcome first, then what qualifies it."""
    times = [one for one in layout.outcomes if one.end - one.start < _LONGEST_TIME and _TIME.fullmatch(layout.text[one.start : one.end])]
    headings = [one for one in layout.outcomes if _HEADING.match(layout.text, one.end) and one not in times]
    things = [one for one in layout.outcomes if one not in times and one not in headings] or headings
    listed = _listed(layout, things)
    starts = [one.start for one in things]
    found: list[tuple[Span, ...]] = []
    for place, number in enumerate(layout.numbers):
        thing = listed.get(place) or _nearest(layout, number, things, starts)
        heading = _last_before(number, headings) if thing not in headings else None
        whole = (thing, heading, _time(layout, number, times))
        found.append(tuple(one for one in whole if one is not None))
    return found


def _listed(layout: Layout, things: Sequence[Span]) -> dict[int, Span]:
    """Numbers of a list, or whole pairs of numbers, that take the outcomes of a list before them in turn."""
    found: dict[int, Span] = {}
    if len(things) < 2:
        return found
    for run in layout.runs:
        lists = layout.lists(run)
        parts = [one.places for one in lists] if len(lists) > 1 else [(place,) for one in lists if not one.contrast for place in one.places]
        names = _list_before(layout, things, layout.numbers[parts[0][0]].start) if len(parts) > 1 else []
        if len(names) == len(parts):
            found |= {place: name for name, places in zip(names, parts, strict=True) for place in places}
    return found


def _list_before(layout: Layout, things: Sequence[Span], place: int) -> list[Span]:
    """The outcomes joined by "and" that stand last before a place."""
    last = bisect_right([one.end for one in things], place)
    names: list[Span] = []
    for one in reversed(things[:last]):
        if names and not _JOINED.fullmatch(layout.text, one.end, min(names[0].start, one.end + WIDEST)):
            break
        names.insert(0, one)
    return names


def _nearest(layout: Layout, number: Span, things: Sequence[Span], starts: Sequence[int]) -> Span | None:
    at = bisect_left(starts, number.start)
    before = things[at - 1] if at else None
    after = next((one for one in things[at : at + 2] if one.start >= number.end), None)
    if after is None or before is None:
        return before or after
    if after.start - number.end < WIDEST and _BESIDE.fullmatch(layout.text, number.end, after.start):
        return after
    own = layout.clause(number.start)
    return after if layout.clause(before.end) != own == layout.clause(after.start) else before


def _last_before(number: Span, spans: Sequence[Span]) -> Span | None:
    return next((one for one in reversed(spans) if one.end <= number.start), None)


def _time(layout: Layout, number: Span, times: Sequence[Span]) -> Span | None:
    """The time named last before the number in its part of the sentence, else the first after it, else the last one before."""
    part = layout.clause(number.start)
    same = [one for one in times if layout.clause(one.start) == part]
    return _last_before(number, same) or next(iter(same), None) or _last_before(number, times)

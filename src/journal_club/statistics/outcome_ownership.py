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
_MOST_LISTED = 8
_FOR = re.compile(r"[\s)\]%]*(?:\([^()]{0,60}\)\s)?for\s(?:the\s)?", re.IGNORECASE)
_CHANGE_IN = re.compile(
    r"[\s)\]%]*(?:[a-z-]+\s){0,2}(?:(?:reduction|increase|decrease|improvement|change|difference|decline|rise|benefit)s?\s(?:in|of)|"
    r"lower|higher|greater|reduced|increased|better|worse)\s(?:the\s)?(?:(?:relative\s)?(?:risk|rate|odds|hazard|incidence)\s(?:of|for)\s)?",
    re.IGNORECASE,
)
_AT = re.compile(r"[\s)\]%]*(?:[a-z]+\s){0,3}(?:at|after|by|within|in|on)\s(?:the\s)?", re.IGNORECASE)
_HEADING = re.compile(r"\s?:")
_JOINED = re.compile(r"\s*,?\s*(?:and\s+|,\s*)(?:the\s|in\s|of\s){0,2}\s*", re.IGNORECASE)


_BEHIND = (_BESIDE, _FOR, _CHANGE_IN)
"""What stands between a number and the outcome behind it that it belongs to, whatever outcome stands before."""


def outcomes_of(layout: Layout) -> list[tuple[Span, ...]]:
    """Of every number its outcome first, then what qualifies it."""
    times, headings, things = _sorted_out(layout)
    listed = _listed(layout, things)
    starts = [one.start for one in things]
    found: list[tuple[Span, ...]] = []
    for place, number in enumerate(layout.numbers):
        thing = listed.get(place) or _nearest(layout, number, things, starts)
        heading = _last_before(number, headings) if things is not headings else None
        whole = (thing, heading, _time(layout, number, times))
        found.append(tuple(one for one in whole if one is not None))
    return found


def _sorted_out(layout: Layout) -> tuple[list[Span], list[Span], list[Span]]:
    """The times, the headings and the other outcomes; a heading is an outcome where there is no other."""
    times: list[Span] = []
    headings: list[Span] = []
    things: list[Span] = []
    for one in layout.outcomes:
        if one.end - one.start < _LONGEST_TIME and _TIME.fullmatch(layout.text[one.start : one.end]):
            times.append(one)
        else:
            (headings if _HEADING.match(layout.text, one.end) else things).append(one)
    return times, headings, things or headings


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
    last = bisect_right(things, place, key=lambda span: span.end)
    names: list[Span] = []
    for one in reversed(things[max(0, last - _MOST_LISTED) : last]):
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
    if after.start - number.end < WIDEST and any(form.fullmatch(layout.text, number.end, after.start) for form in _BEHIND):
        return after
    own = layout.clause(number.start)
    return after if layout.clause(before.end) != own == layout.clause(after.start) else before


def _last_before(number: Span, spans: Sequence[Span]) -> Span | None:
    at = bisect_right(spans, number.start, key=lambda span: span.end)
    return spans[at - 1] if at else None


def _time(layout: Layout, number: Span, times: Sequence[Span]) -> Span | None:
    """The time directly behind the number, else the last before it in its clause, else the first after it, else the last of all before."""
    at = bisect_left(times, number.end, key=lambda span: span.start)
    behind = times[at] if at < len(times) else None
    if behind is not None and behind.start - number.end < WIDEST and _AT.fullmatch(layout.text, number.end, behind.start):
        return behind
    part, before = layout.clause(number.start), _last_before(number, times)
    if before is not None and layout.clause(before.start) == part:
        return before
    return behind if behind is not None and layout.clause(behind.start) == part else before

"""Binding: which endpoint and which arm a number belongs to, where its own sentence says so.

Owns the rules of nearness. What the sentence leaves open stays open: an empty endpoint or arm contradicts nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from journal_club.statistics.arms import Arm, Arms
from journal_club.statistics.endpoints import Endpoint, endpoints
from journal_club.statistics.notation import read_statistics
from journal_club.statistics.statistic import RATIOS, Measure, Role, Statistic

__all__ = ["bound_statistics"]

_FOR_AFTER = re.compile(r"[^.;()\d]{0,30}?\b(?:for|in|of)\s(?:the\s)?\Z", re.IGNORECASE)
_WITH_AFTER = re.compile(
    r"\s?(?:%|[A-Za-z/]+)?\s?(?:\([^()]{0,60}\)\s?)?,?\s?(?:of\s)?(?:the\s)?(?:[a-z-]+\s){0,3}?(?:in|with|for|among|during|under|"
    r"receiving|on|of|assigned to|randomi[sz]ed to|who received|taking|given|from|treated with)\s"
    r"(?:the\s|those\s|patients\s|participants\s|assigned\s|receiving\s|who\s|received\s|to\s|on\s|with\s|in\s|treated\s){0,6}\Z",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\b(?:versus|vs|compared (?:with|to)|and|whereas|while|than)\b|;", re.IGNORECASE)
_CONTRAST = frozenset({*RATIOS, Measure.P, Measure.DIFFERENCE, Measure.REDUCTION, Measure.IDENTIFIER})
_SHARE = re.compile(r"\s?(?:[A-Za-z]+\s){0,2}[(\[]\s?")
_NEAR = 40
_REACH = 90


def bound_statistics(text: str, arms: Arms) -> tuple[Statistic, ...]:
    """Read a sentence's statistics and bind each to its endpoint and its arm."""
    found = read_statistics(text)
    if not found:
        return ()
    named, mentioned = endpoints(text), arms.mentions(text)
    bound: dict[int, Statistic] = {}
    previous: Statistic | None = None
    for statistic in found:
        head = bound.get(statistic.group)
        endpoint = head.endpoint if head is not None else _endpoint(text, statistic, named, found)
        arm = head.arm if head is not None and statistic.measure is not Measure.P else _arm(text, statistic, mentioned, found)
        if (
            not arm
            and previous is not None
            and statistic.role is Role.POINT
            and statistic.measure not in _CONTRAST
            and _SHARE.fullmatch(text[previous.end : statistic.start][:_NEAR])
        ):
            arm = previous.arm
        previous = None if statistic.role is not Role.POINT else replace(statistic, arm=arm)
        bound[statistic.start] = replace(statistic, endpoint=endpoint, arm=arm)
    return tuple(bound.values())


def _endpoint(text: str, statistic: Statistic, named: Sequence[Endpoint], found: Sequence[Statistic]) -> str:
    """The endpoint in "0.29 for PFS", else the nearest before the number, else the only one that the sentence names."""
    following = next((one for one in named if one.start >= statistic.end), None)
    if (
        following is not None
        and _FOR_AFTER.fullmatch(text[statistic.end : following.start])
        and not _between(found, statistic.end, following.start)
    ):
        return following.name
    before = [one for one in named if one.end <= statistic.start]
    if before:
        return before[-1].name
    names = {one.name for one in named}
    return next(iter(names)) if len(names) == 1 else ""


def _between(found: Sequence[Statistic], start: int, end: int) -> bool:
    return any(start <= one.start < end and one.role is Role.POINT for one in found)


def _arm(text: str, statistic: Statistic, mentioned: Sequence[Arm], found: Sequence[Statistic]) -> str:
    """The arm in "11.8 months with X" or "X (11.8 months" or "X had 11.8 months"; a contrast has none."""
    if statistic.measure in _CONTRAST or statistic.role is not Role.POINT or not mentioned:
        return ""
    following = next((one for one in mentioned if one.start >= statistic.end), None)
    if following is not None and following.start - statistic.end < _REACH and _WITH_AFTER.fullmatch(text[statistic.end : following.start]):
        return following.name
    before = next((one for one in reversed(mentioned) if one.end <= statistic.start), None)
    if before is None or statistic.start - before.end > _REACH:
        return ""
    gap = text[before.end : statistic.start]
    if _between(found, before.end, statistic.start) or _SPLIT.search(gap) or _shared_list(text, statistic, found):
        return ""
    return before.name


def _shared_list(text: str, statistic: Statistic, found: Sequence[Statistic]) -> bool:
    """Whether the number is one of "34.3 versus 11.8": which is whose must then be told by their order."""
    after = next((one for one in found if one.start >= statistic.end and one.role is Role.POINT and one.measure not in _CONTRAST), None)
    return after is not None and _SPLIT.search(text, statistic.end, after.start) is not None and after.start - statistic.end < 24

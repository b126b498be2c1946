"""Distances: whether a statement turns round which of two arms has the higher number, where its source gives the numbers alone.

Owns the reading of "19 fewer with A than with B" and "more often with A than with B": whose number is said to be the lower.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from journal_club.answering.verification.claim import Claim
from journal_club.answering.verification.items import Item, number_items
from journal_club.answering.verification.pairing import mispaired
from journal_club.answering.verification.source import Source
from journal_club.statistics.matching import Match

__all__ = ["turned_comparison", "turned_distance"]

_THAN = re.compile(r"\b(?:than|versus|vs\.?|compared (?:with|to)|relative to|against)\b", re.IGNORECASE)
_WAY = re.compile(
    r"\b(?:(?P<down>fewer|less|shorter|lower|smaller|rarer|lowest|lowered)|"
    r"(?P<up>more|longer|higher|greater|larger|oftener|commoner|highest))\b",
    re.IGNORECASE,
)
_TOLD = frozenset({"%", "person", "event"})
_SIZES = frozenset({"", "person", "event"})
"""Counts may be of groups of different size: which is the higher says nothing of how often."""
_CHANGED = re.compile(
    r"\b(?:improve\w*|reduc\w+|chang\w+|declin\w+|decreas\w+|increas\w+|ris\w+|rose|f[ae]ll\w*|dropp?\w*|gain\w*)\b", re.IGNORECASE
)
"""What makes the higher number of a change no higher value."""
_REACH = 40


def turned_distance(claim: Claim, matches: Sequence[Match]) -> tuple[str, str] | None:
    """The statement's words and what the source's numbers say where the two differ; None when they agree or name no side."""
    for match in matches:
        if match.higher and (way := _WAY.search(claim.text, match.claim.end, match.claim.end + _REACH)):
            said = _higher(claim, way)
            if said is None or (said[0] == match.higher) != said[1]:
                return way.group(), f"{match.higher} is the higher ({match.reason})"
    return None


def turned_comparison(claim: Claim, source: Source) -> tuple[str, str] | None:
    """The same for a statement that gives no number of its own, of groups that need no known name.

    It is held to its source as if it gave the source's two numbers itself, the higher where it says "more", the lower behind "than".
    """
    way = _WAY.search(claim.text)
    than = _THAN.search(claim.text, way.end()) if way else None
    if way is None or than is None or any(one.unit in _TOLD for one in claim.statistics):
        return None
    text = source.excerpt.text
    changed = _CHANGED.search(claim.text) is not None
    # "Fell more with A" compares two changes, "was lower with A" two values: each is held to its like.
    if changed != (_CHANGED.search(text) is not None) or (source.turns and not changed):
        return None
    for unit in dict.fromkeys(one.unit for one in source.plain_statistics if one.unit not in _SIZES):
        for pair in pairwise(number_items(text, source.plain_statistics, unit)):
            low, high = sorted(pair, key=_value)
            first, second = (high, low) if way.lastgroup == "up" else (low, high)
            if low.key == high.key:
                continue
            claimed = [replace(first, start=way.start(), end=way.end()), replace(second, start=than.start(), end=than.end())]
            if mispaired(claim.text, claimed, text, pair):
                return way.group(), f"{pair[0].text} and {pair[1].text}"
    return None


def _value(item: Item) -> Decimal:
    return abs(item.key) if isinstance(item.key, Decimal) else Decimal(0)


def _higher(claim: Claim, way: re.Match[str]) -> tuple[str, bool] | None:
    """An arm, and whether the statement says that it has the higher number; None where it names no side."""
    than = _THAN.search(claim.text, way.end())
    up = way.lastgroup == "up"
    behind = next((arm.name for arm in claim.arms if than is not None and arm.start >= than.end()), "")
    if behind:
        return behind, not up
    before = dict.fromkeys(arm.name for arm in claim.arms if than is None or arm.start < than.start())
    return (next(iter(before)), up) if len(before) == 1 else None

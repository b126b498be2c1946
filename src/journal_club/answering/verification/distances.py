"""Distances: whether a statement turns round which of two arms has the higher number, where it only gives how far they lie apart.

Owns the reading of "19 fewer with A than with B": whose number is said to be the lower.
"""

import re
from collections.abc import Sequence

from journal_club.answering.verification.claim import Claim
from journal_club.statistics.matching import Match

__all__ = ["turned_distance"]

_THAN = re.compile(r"\b(?:than|versus|vs\.?|compared (?:with|to)|relative to|against)\b", re.IGNORECASE)
_WAY = re.compile(
    r"\b(?:(?P<up>more|longer|higher|greater|increas\w+|gain\w*)|(?P<down>fewer|less|shorter|lower|smaller|reduc\w+|decreas\w+))\b",
    re.IGNORECASE,
)
_REACH = 40


def turned_distance(claim: Claim, matches: Sequence[Match]) -> tuple[str, str] | None:
    """The statement's words and what the source's numbers say where the two differ; None when they agree or name no side."""
    for match in matches:
        if match.higher and (way := _WAY.search(claim.text, match.claim.end, match.claim.end + _REACH)):
            said = _higher(claim, way)
            if said is not None and (said[0] == match.higher) != said[1]:
                return way.group(), f"{match.higher} is the higher ({match.reason})"
    return None


def _higher(claim: Claim, way: re.Match[str]) -> tuple[str, bool] | None:
    """An arm, and whether the statement says that it has the higher number; None where it names no side."""
    than = _THAN.search(claim.text, way.end())
    up = way.lastgroup == "up"
    behind = next((arm.name for arm in claim.arms if than is not None and arm.start >= than.end()), "")
    if behind:
        return behind, not up
    before = dict.fromkeys(arm.name for arm in claim.arms if than is None or arm.start < than.start())
    return (next(iter(before)), up) if len(before) == 1 else None

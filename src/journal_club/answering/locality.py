"""Locality: which words a number stands beside.

Owns one question, for what no table of endpoints knows: a sentence gives several numbers of one unit, each for something else ("a 12 week
active phase and an 8 week washout"); does the statement give one of them for what stands beside another? Words before the sentence's
first number belong to all of them. A statement of several numbers is left to `alignment` and to the binding of arms and endpoints.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journal_club.answering.opposites import turns
from journal_club.answering.wording import is_free, stems
from journal_club.statistics.statistic import Measure, Role, Statistic

__all__ = ["Misplaced", "misplaced"]

_MOST_NUMBERS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Misplaced:
    """The number `claimed` is another's: beside these words the source has `found`."""

    claimed: str
    found: str
    words: str


def misplaced(
    claim: str, claimed: Sequence[Statistic], ours: Statistic, source: str, given: Sequence[Statistic], theirs: Statistic
) -> Misplaced | None:
    """Whether a statement's number stands, in the source, beside other words than in the statement.

    Args:
        claim: the statement.
        claimed: its statistics.
        ours: the one of them that is judged.
        source: the sentence that has the value.
        given: its statistics.
        theirs: the one of them that has the value.
    """
    alike = [one for one in _estimates(given) if one.unit == theirs.unit]
    twins = [one for one in given if one.value == theirs.value and one.start != theirs.start]
    if (
        "respectively" in source
        or ours.role is not Role.POINT
        or len(alike) < 2
        or twins
        or theirs.measure is Measure.P
        or len(_estimates(claimed)) > 1
    ):
        return None
    first = min(one.end for one in alike)
    shared = frozenset(stems(source[:first]))
    said = (
        frozenset(stem for stem in stems(_around(claim, _estimates(claimed), ours, first=0)) if not is_free(stem) and not turns(stem))
        - shared
    )
    beside = {one.start: frozenset(stems(_around(source, alike, one, first=first))) for one in alike}
    own = beside.get(theirs.start, frozenset())
    others = [(one, said & beside[one.start] - own) for one in alike if one.value != theirs.value]
    if said & own - frozenset(stem for _, words in others for stem in words) and not _only_common(said & own, others, beside):
        return None
    rival, words = max(others, key=lambda pair: len(pair[1]), default=(None, frozenset()))
    if rival is None or not words:
        return None
    return Misplaced(claimed=ours.text, found=rival.text, words=", ".join(sorted(words)))


def _only_common(own: frozenset[str], others: Sequence[tuple[Statistic, frozenset[str]]], beside: Mapping[int, frozenset[str]]) -> bool:
    """Whether the words beside the number all stand beside the better rivals as well."""
    return all(any(stem in beside[one.start] for one, words in others if words) for stem in own)


def _estimates(statistics: Sequence[Statistic]) -> list[Statistic]:
    return [one for one in statistics[:_MOST_NUMBERS] if one.role is Role.POINT and one.measure is not Measure.P and one.value is not None]


def _around(text: str, estimates: Sequence[Statistic], one: Statistic, *, first: int) -> str:
    """The text between the estimates before and after one."""
    start = max((other.end for other in estimates if other.end <= one.start), default=0)
    end = min((other.start for other in estimates if other.start >= one.end), default=len(text))
    return f"{text[max(start, first) : one.start]} {text[one.end : end]}"

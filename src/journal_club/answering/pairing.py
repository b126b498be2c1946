"""Pairing: which words belong to which of two numbers.

Owns one question, for groups that have no known name: a source gives "79% in the hand-signed group and 78% in the printed group"; does
the statement give one of these numbers beside the other's word?
"""

import re
from collections.abc import Mapping, Sequence

from journal_club.answering.outcomes import turned_stems
from journal_club.answering.wording import is_free, stems
from journal_club.statistics.statistic import Measure, Role, Statistic

__all__ = ["mislisted", "mispaired"]

_TURNING = re.compile(r"\b(?:and|versus|vs\.?|compared (?:with|to)|than|whereas|while|but|or)\b|;", re.IGNORECASE)
_THAN = re.compile(r"\bthan\b(?P<other>[^()]{2,80}?)\(\s*\Z", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]*\)")
_PART_END = re.compile(r"[,;.]\s")
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_LIST = re.compile(r"[\w–-]+(?:, [\w–-]+)+,? and [\w–-]+")
_TWO = re.compile(r"(?P<one>(?:[\w-]+\s){1,2})and\s(?P<other>[\w-]+(?:\s[\w-]+)?)", re.IGNORECASE)
_WIDEST = 120

Pairs = Mapping[str, Statistic]


def mispaired(claim: str, claimed: Sequence[Statistic], source: str, given: Sequence[Statistic]) -> tuple[Statistic, Statistic, str] | None:
    """The first (claimed number, the source's number for the same word, that word) where a statement pairs a word with a rival's number."""
    ours = [one for one in _estimates(claimed) if any(one.value == other.value and _alike(one, other) for other in given)]
    theirs = _estimates(given)
    if not ours or len(ours) > 2:
        return None
    strong, weak = _pairs(source, theirs)
    said, hinted = _pairs(claim, ours)
    if len(ours) == 1:
        said = dict.fromkeys(_words(claim), ours[0])
        strong_own = [stem for stem, one in strong.items() if one.value == ours[0].value and stem in said]
        if strong_own:
            return None
    values = {one.value for one in theirs}
    for stem, one in said.items():
        other = strong.get(stem) or (weak.get(stem) if len(ours) > 1 and stem not in hinted else None)
        if other is not None and other.value != one.value and one.value in values and _alike(one, other):
            return one, other, stem
    return None


def mislisted(claim: str, claimed: Sequence[Statistic], source: str, given: Sequence[Statistic]) -> tuple[Statistic, Statistic, str] | None:
    """As `mispaired`, for "A, B and C were 1, 2 and 3, respectively"."""
    names, end = _list_of_names(source)
    values = [one for one in _estimates(given) if one.start > end][: len(names)]
    if len(values) != len(names) or not _RESPECTIVELY.search(source, values[-1].end if values else 0):
        return None
    ours = [one for one in _estimates(claimed) if one.value in {other.value for other in values}]
    said = frozenset(stems(claim))
    places = [place for place, name in enumerate(names) if frozenset(stems(name)) <= said]
    if len(places) != 1 or not ours or any(one.value == values[places[0]].value for one in ours):
        return None
    return ours[0], values[places[0]], names[places[0]]


def _list_of_names(text: str) -> tuple[list[str], int]:
    found = _LIST.search(text)
    return ([], 0) if found is None else (re.split(r",?\sand\s|,\s", found.group()), found.end())


def _alike(one: Statistic, other: Statistic) -> bool:
    return one.unit == other.unit or not (one.unit and other.unit)


def _estimates(statistics: Sequence[Statistic]) -> list[Statistic]:
    """The two numbers of a contrast; a sentence of more pairs than one is told by its first numbers of the most frequent unit."""
    kept = [
        one
        for one in statistics
        if one.role is Role.POINT and one.value is not None and one.measure in (Measure.NONE, Measure.MEAN, Measure.MEDIAN) and one.certain
    ]
    units = [one.unit for one in kept]
    return [one for one in kept if one.unit == max(units, key=units.count)] if kept else []


def _words(text: str) -> frozenset[str]:
    return frozenset(stem for stem in stems(text) if len(stem) > 1 and not is_free(stem)) - turned_stems(text)


def _pairs(text: str, numbers: Sequence[Statistic]) -> tuple[dict[str, Statistic], dict[str, Statistic]]:
    """Words that surely belong to one number, and those that only stand before the first."""
    if len(numbers) != 2:
        return {}, {}
    first, second = numbers
    gap = _BRACKETED.sub(" ", text[first.end : second.start])
    turning = _TURNING.search(gap)
    if turning is None or len(gap) > _WIDEST or first.endpoint != second.endpoint:
        return {}, {}
    before, tail = text[: first.start], _BRACKETED.sub(" ", text[second.end :])
    if _RESPECTIVELY.search(tail):
        return _in_order(before, first, second), {}
    end = _PART_END.search(tail)
    behind, ahead = _words(gap[: turning.start()]), _words(gap[turning.end() :])
    after = _words(tail[: end.start()] if end else tail)
    strong: dict[str, Statistic] = {}
    than = _THAN.search(before)
    if than:
        strong |= dict.fromkeys(_words(than["other"]) - _words(before[: than.start()]), second)
    else:
        strong |= dict.fromkeys(behind, first)
        strong |= dict.fromkeys((ahead or after) - _words(before), second)
    common = (behind & (ahead | after)) if not than else frozenset()
    strong = {stem: one for stem, one in strong.items() if stem not in common}
    weak = {} if ahead and behind else dict.fromkeys(_words(before) - set(strong) - after, first)
    return strong, weak


def _in_order(before: str, first: Statistic, second: Statistic) -> dict[str, Statistic]:
    """Words of "the A and B groups had 1 and 2, respectively"."""
    found = None
    for found in _TWO.finditer(before):  # noqa: B007 - the last match is wanted
        pass
    if found is None:
        return {}
    one, other = _words(found["one"]), _words(found["other"])
    return dict.fromkeys(one - other, first) | dict.fromkeys(other - one, second)

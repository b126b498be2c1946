"""Comparisons: which of two things a sentence says to have more, in words alone, whatever the things are.

Owns the reading of "higher in A than in B", "increased in A compared with B" and "compared with B, A had more", and whether a statement has
the two the other way about. Groups need no known name: what tells them apart are the words that only one of them has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from journal_club.answering.verification.opposites import NEGATION, Turn, turns
from journal_club.answering.verification.outcomes import turned_stems
from journal_club.answering.verification.wording import is_alike, stems

__all__ = ["turned_round"]

_AGAINST = r"(?:than|versus|vs\.?|compared (?:with|to)|relative to|in comparison (?:with|to)|as opposed to)"
_BEHIND = re.compile(rf"\b{_AGAINST}\s(?P<other>[^,;:()]{{2,80}})", re.IGNORECASE)
_BEFORE = re.compile(
    rf"\b{_AGAINST}\s(?P<other>[^,;:()]{{2,80}}),\s(?P<one>[^,;:()]{{2,80}}?)\s(?:had|showed|were|was|has|have|are|is|did)\b", re.IGNORECASE
)
_IN = re.compile(r"\b(?:in|with|for|among|after|on|by|from|under|of)\s(?P<one>[^,;:()]{2,60}?)\s?,?\s?\Z", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|in|for|on|under|among|after)\s(?P<one>[^,;:()]{2,60})", re.IGNORECASE)
_SUBJECT = re.compile(r"(?P<one>[^,;:()]{2,80}?)\s(?:had|showed|were|was|has|have|are|is|did)?\s?\Z", re.IGNORECASE)
_BREAK = re.compile(r"[;:.]\s|\b(?:whereas|while|but|although)\b", re.IGNORECASE)
_AXIS = "quantity"


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One thing that has more (`up`) or less than another of something: the words of each."""

    up: bool
    one: frozenset[str]
    other: frozenset[str]
    of: frozenset[str]


def turned_round(claim: str, source: str) -> tuple[str, str] | None:
    """The statement's and the source's words, where both compare the same two in the same thing and name them in opposite order."""
    for ours in _comparisons(claim):
        for theirs in _comparisons(source):
            if ours.up == theirs.up and _is(ours.one, theirs.other, theirs.one) and _is(ours.other, theirs.one, theirs.other):
                return claim, source
            if (
                ours.up != theirs.up
                and _is(ours.one, theirs.one, theirs.other)
                and _is(ours.other, theirs.other, theirs.one)
                and _shares(ours.of, theirs.of)
            ):
                return claim, source
    return None


def _is(wanted: frozenset[str], given: frozenset[str], rival: frozenset[str]) -> bool:
    """Whether words name the one and not its rival: all that tell the two apart are the one's."""
    own = [word for word in wanted if any(_same(word, other) for other in given - rival)]
    return bool(own) and not any(_same(word, other) for word in wanted - set(own) for other in rival - given)


def _same(one: str, other: str) -> bool:
    return one == other or (one.isalpha() and other.isalpha() and is_alike(one, other))


def _shares(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(_same(word, given) for word in one for given in other)


def _comparisons(text: str) -> Iterator[_Comparison]:
    for clause in _BREAK.split(text):
        ways = [turn for turn in turns(clause) if turn.axis == _AXIS]
        found = _compared(clause, ways[0], ways[-1].end) if ways and len({turn.up for turn in ways}) == 1 else None
        if found is not None and found.one:
            yield found


def _compared(clause: str, way: Turn, end: int) -> _Comparison | None:
    """The comparison of a clause whose words of more or less begin with `way` and end at `end`."""
    ahead = _BEFORE.search(clause)
    if ahead is not None and ahead.end() <= end:
        named = _WITH.search(clause, end)
        return _Comparison(way.up, _words(named["one"] if named else ahead["one"]), _words(ahead["other"]), _words(clause[end:]))
    behind = _BEHIND.search(clause, end)
    if behind is None or NEGATION.search(clause, way.start, behind.start()) or way.negated:
        return None
    between, before = clause[end : behind.start()], clause[: way.start]
    named, subject = _IN.search(between), _SUBJECT.search(before)
    one = named or subject
    return _Comparison(way.up, _words(one["one"]) if one else frozenset(), _words(behind["other"]), _words(before if named else between))


def _words(text: str) -> frozenset[str]:
    named = frozenset(word.casefold() for word in re.findall(r"(?<![\w.])(?:[A-Z]|\d{1,3})(?!\w)(?!\.\d)", text))
    return (frozenset(stems(text)) - turned_stems(text)) | named

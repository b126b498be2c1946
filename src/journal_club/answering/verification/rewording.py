"""Rewording: a word that stands in the place of another in a statement that otherwise repeats its source.

Owns one question, which needs no table: where a statement and a sentence run in the same words and numbers, and one to three words
between two equal runs are others, do they say the same? Words of one family and known paraphrases do. A statement in other words is not
judged here, nor one that exchanges its numbers as well ("A 3%, B 2%" for "B 2%, A 3%").
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from journal_club.answering.verification.pieces import Piece
from journal_club.answering.verification.wording import is_alike, is_free, stems

__all__ = ["Reworded", "reworded"]

_REPEATED = 0.7
_RUN = 2
_OPERATORS = frozenset("<>=≤≥")
_LONGEST = 3
_MOST_PIECES = 160


@dataclass(frozen=True, kw_only=True, slots=True)
class Reworded:
    """The statement has `claimed` where the source has `found`; empty where the source has nothing."""

    claimed: str
    found: str


def reworded(claim: Sequence[Piece], source: Sequence[Piece]) -> Reworded | None:
    """The first words that stand in the place of others.

    Args:
        claim: the statement's pieces.
        source: the pieces of the sentence that it is likest to.
    """
    if not claim or max(len(claim), len(source)) > _MOST_PIECES:
        return None
    matcher = SequenceMatcher(None, [one.sign for one in claim], [one.sign for one in source], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks if block.size >= _RUN) < _REPEATED * len(claim):
        return None
    pairs = [(claim[block.a + at], source[block.b + at]) for block in blocks for at in range(block.size)]
    if any(_is_other(*pair) for pair in pairs):
        return None
    if other := next((_units(*pair) for pair in pairs if _units(*pair)), None):
        return other
    ordered = any(one.sign == "respectively" for one in claim)
    for ours, theirs in _between(claim, source, [(0, 0, 0), *((one.a, one.b, one.size) for one in blocks), (len(claim), len(source), 0)]):
        if _says_other(ours, theirs) if theirs else ordered and _is_moved(ours, source):
            return Reworded(claimed=_words(ours), found=_words(theirs))
    return None


def _is_other(one: Piece, other: Piece) -> bool:
    return one.statistic is not None and other.statistic is not None and one.statistic.value != other.statistic.value


def _units(one: Piece, other: Piece) -> Reworded | None:
    """The same number with another unit."""
    ours, theirs = one.statistic, other.statistic
    if ours is None or theirs is None or ours.unit == theirs.unit or not (ours.unit and theirs.unit):
        return None
    return Reworded(claimed=f"{ours.text} {ours.unit}", found=f"{theirs.text} {theirs.unit}")


def _between(
    claim: Sequence[Piece], source: Sequence[Piece], bounds: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[Sequence[Piece], Sequence[Piece]]]:
    """What stands on both sides between two equal runs, where it is short and of words alone."""
    for (a, b, size), (next_a, next_b, next_size) in pairwise(bounds):
        ours, theirs = claim[a + size : next_a], source[b + size : next_b]
        short = 0 < len(ours) <= _LONGEST and len(theirs) <= _LONGEST
        run = _RUN if theirs else 1
        first = size >= run or a == b == 0
        last = next_size >= run or (next_a + next_size == len(claim) and next_b + next_size == len(source))
        if short and first and last and all(one.statistic is None for one in (*ours, *theirs)):
            yield ours, theirs


def _says_other(ours: Sequence[Piece], theirs: Sequence[Piece]) -> bool:
    """Whether both sides say something, and nothing of ours says anything of theirs; two operators always do."""
    if {one.sign for one in (*ours, *theirs)} <= _OPERATORS:
        return True
    if "".join(one.sign for one in ours) == "".join(one.sign for one in theirs):
        return False
    said, given = _said(ours), _said(theirs)
    return bool(said and given) and not any(is_alike(one, other) for one in said for other in given)


def _said(pieces: Iterable[Piece]) -> list[str]:
    return [stem for one in pieces for stem in stems(one.sign) or (one.sign,) * one.sign.isdigit() if not is_free(stem)]


def _is_moved(ours: Sequence[Piece], source: Sequence[Piece]) -> bool:
    """Whether words that the source has elsewhere were moved, which their order ("respectively") forbids."""
    known = {one.sign for one in source}
    return bool(_said(ours)) and all(one.sign in known for one in ours)


def _words(pieces: Iterable[Piece]) -> str:
    return " ".join(one.text for one in pieces)

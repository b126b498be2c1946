"""Alignment: numbers that stand in each other's place.

Owns one question: when a statement repeats a sentence word for word but for its numbers, is each number where the sentence has it? A
statement in other words is not judged here.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from journal_club.statistics.numerals import fold
from journal_club.statistics.statistic import Statistic

__all__ = ["misplaced"]

_WORD = re.compile(r"[^\W\d_]+|[<>=≤≥%]")
_LONGEST = 160
_CONTEXT = 2
_NUMBER = "#"


def misplaced(claim: str, claimed: Sequence[Statistic], source: str, found: Sequence[Statistic]) -> tuple[tuple[str, str], ...]:
    """Pairs (claimed, found) of numbers that differ although the same words stand on both sides of them."""
    ours, theirs = _tokens(claim, claimed), _tokens(source, found)
    if not ours or not theirs or len(ours) > _LONGEST or len(theirs) > _LONGEST:
        return ()
    matcher = SequenceMatcher(None, [word for word, _ in ours], [word for word, _ in theirs], autojunk=False)
    pairs: list[tuple[str, str]] = []
    for block in matcher.get_matching_blocks():
        for offset in range(_CONTEXT, block.size - 1):
            one, other = ours[block.a + offset][1], theirs[block.b + offset][1]
            if one is not None and other is not None and one.value is not None and other.value is not None and one.value != other.value:
                pairs.append((one.text, other.text))
    values = {one.value for one in found}
    wrong = [pair for pair in pairs if len(pairs) > 1]
    return tuple(wrong) if all(one.value in values for one in claimed if one.certain) else ()


def _tokens(text: str, statistics: Sequence[Statistic]) -> list[tuple[str, Statistic | None]]:
    """The words of a text in order, every number the same sign."""
    folded = fold(text)
    tokens: list[tuple[int, str, Statistic | None]] = [(one.start, _NUMBER, one) for one in statistics if one.value is not None]
    taken = [(one.start, one.end) for one in statistics]
    inside = {place for start, end in taken for place in range(start, end)}
    tokens += [(match.start(), match.group().casefold(), None) for match in _WORD.finditer(folded) if match.start() not in inside]
    return [(word, statistic) for _, word, statistic in sorted(tokens, key=lambda token: token[0])]

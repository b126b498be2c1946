"""Alignment: what was exchanged in a sentence that otherwise repeats its source.

Owns one comparison: where a statement and a source sentence run in the same words, every number, unit, operator, arm, endpoint, direction
and negation between these words must be the same too. A statement in other words is not judged here. Two exchanges that undo each other
("A 3%, B 2%" for "B 2%, A 3%") are none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from journal_club.answering.verification.opposites import NEGATION, Turn
from journal_club.statistics.arms import Arm
from journal_club.statistics.endpoints import endpoints
from journal_club.statistics.numerals import fold
from journal_club.statistics.statistic import Statistic

__all__ = ["Exchange", "Token", "exchanges", "likeness", "tokens"]

Kind = Literal["word", "number", "operator", "arm", "endpoint", "direction", "negation"]
_WORD = re.compile(r"[^\W\d_]+")
_OPERATOR = re.compile(r"[<>≤≥]=?|=|&[lg]t;")
_LONGEST = 200
_FEWEST_EQUAL = 4
_NEAR = 3
_REPEATED = 0.7
_RUN = 2
_MOST_STARTS = 20
_ARTICLES = frozenset({"a", "an", "any", "some", "the"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a sentence, or one thing in it that must not be exchanged.

    Attributes:
        sign: what alignment compares: the word itself, or for the others only their kind.
        value: what must be equal when the signs are aligned.
    """

    kind: Kind
    sign: str
    value: object
    text: str
    start: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """Something that stands in the place of something else: `start` is its place in the statement, `found_start` the other's."""

    kind: Kind
    claimed: str
    found: str
    start: int
    found_start: int


def tokens(text: str, statistics: Sequence[Statistic], arms: Sequence[Arm], turned: Sequence[Turn]) -> tuple[Token, ...]:
    """The tokens of a sentence in order; none for a sentence that is too long to be aligned."""
    found: list[tuple[int, Token]] = []
    for one in statistics:
        if one.value is not None:
            unit = f" {one.unit}" if one.unit else ""
            found.append((one.end, Token("number", "#", (one.value, one.unit), f"{one.text}{unit}", one.start)))
    found += [(arm.end, Token("arm", "@", arm.name, text[arm.start : arm.end], arm.start)) for arm in arms]
    found += [(one.end, Token("endpoint", "§", one.name, text[one.start : one.end], one.start)) for one in endpoints(text)]
    found += [(turn.end, Token("direction", f"^{turn.axis}", turn.up != turn.negated, turn.text, turn.start)) for turn in turned]
    found += [(match.end(), Token("negation", "!", "!", match.group(), match.start())) for match in NEGATION.finditer(text)]
    folded = fold(text)
    found += [
        (match.end(), Token("operator", "=", _operator(match.group()), match.group(), match.start()))
        for match in _OPERATOR.finditer(folded)
    ]
    found += [(match.end(), Token("word", match.group().casefold(), "", match.group(), match.start())) for match in _WORD.finditer(folded)]
    return _without_overlap(found) if len(found) <= 2 * _LONGEST else ()


def _operator(sign: str) -> str:
    return {"&lt;": "<", "&gt;": ">", "≤": "<=", "≥": ">="}.get(sign, sign)


_ORDER: dict[Kind, int] = {"number": 0, "negation": 1, "direction": 2, "endpoint": 3, "arm": 4, "operator": 5, "word": 6}


def _without_overlap(found: Iterable[tuple[int, Token]]) -> tuple[Token, ...]:
    """Each place once: what must not be exchanged goes before plain words."""
    taken: list[tuple[int, Token]] = []
    free = 0
    for end, token in sorted(found, key=lambda pair: (pair[1].start, _ORDER[pair[1].kind])):
        if token.start >= free:
            taken.append((end, token))
            free = end
    kept = tuple(token for _, token in taken)
    return kept if len(kept) <= _LONGEST else ()


def likeness(claim: Sequence[Token], source: Sequence[Token]) -> tuple[float, int]:
    """The share of the statement's tokens whose sign the source has as well, 0 to 1, and how many it has as they are.

    The second tells the row that is repeated from its neighbours.
    """
    signs = {token.sign for token in source}
    known = {(token.sign, token.value) for token in source}
    share = sum(token.sign in signs for token in claim) / len(claim) if claim else 0.0
    return share, sum((token.sign, token.value) in known for token in claim)


def exchanges(claim: Sequence[Token], source: Sequence[Token]) -> tuple[Exchange, ...]:
    """What the statement exchanged, in order; nothing when it does not repeat the source in the main."""
    if not claim or not source or likeness(claim, source)[0] < _REPEATED:
        return ()
    matcher = SequenceMatcher(None, [token.sign for token in claim], [token.sign for token in source], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks if block.size >= _RUN) < _REPEATED * len(claim):
        return ()
    if _is_run(claim, source):
        return ()
    found = [one for block in blocks if block.size >= _FEWEST_EQUAL for one in _within(claim, source, block.a, block.b, block.size)]
    found += _negated(claim, source, [(block.a, block.b, block.size) for block in blocks])
    kinds = {one.kind for one in found}
    undone = "arm" in kinds and not kinds.isdisjoint({"number", "direction"})
    return () if undone else tuple(found)


def _is_run(claim: Sequence[Token], source: Sequence[Token]) -> bool:
    """Whether the statement is a piece of the source as it stands; where numbers repeat, alignment could take the wrong piece."""
    ours, theirs = [(one.sign, one.value) for one in claim], [(one.sign, one.value) for one in source]
    starts = [place for place, one in enumerate(theirs[: len(theirs) - len(ours) + 1]) if one == ours[0]]
    return any(theirs[place : place + len(ours)] == ours for place in starts[:_MOST_STARTS])


def _within(claim: Sequence[Token], source: Sequence[Token], a: int, b: int, size: int) -> list[Exchange]:
    """The unequal pairs of one run of equal signs, when plain words of the run stand near them on both sides."""
    found: list[Exchange] = []
    for offset in range(size):
        one, other = claim[a + offset], source[b + offset]
        if _is_equal(one, other) or not _embedded(claim, source, (a, b, size), offset):
            continue
        found.append(Exchange(kind=one.kind, claimed=one.text, found=other.text, start=one.start, found_start=other.start))
    return found


def _embedded(claim: Sequence[Token], source: Sequence[Token], block: tuple[int, int, int], offset: int) -> bool:
    a, b, size = block
    if size == len(claim):
        return True
    before = any(claim[a + place].kind == "word" for place in range(max(0, offset - _NEAR), offset))
    after = any(claim[a + place].kind == "word" for place in range(offset + 1, min(size, offset + _NEAR + 1)))
    starts = a + offset == 0 and b + offset == 0
    ends = a + offset == len(claim) - 1 and b + offset == len(source) - 1
    near_end = a + size == len(claim) and b + size == len(source)
    if _other_unit(claim[a + offset], source[b + offset]):
        return before or after
    return (before or starts) and (after or ends or near_end)


def _is_equal(one: Token, other: Token) -> bool:
    """Equal values; a unit that one side leaves out, as lists do, is not another unit."""
    if one.kind != "number" or not isinstance(one.value, tuple) or not isinstance(other.value, tuple):
        return one.value == other.value
    return one.value[0] == other.value[0] and (one.value[1] == other.value[1] or not (one.value[1] and other.value[1]))


def _other_unit(one: Token, other: Token) -> bool:
    """The same number with another unit, whose own word then breaks the run."""
    return one.kind == "number" and isinstance(one.value, tuple) and isinstance(other.value, tuple) and one.value[0] == other.value[0]


def _negated(claim: Sequence[Token], source: Sequence[Token], blocks: Sequence[tuple[int, int, int]]) -> list[Exchange]:
    """A negation that stands alone between two runs of equal words on one side only."""
    found: list[Exchange] = []
    for (a, b, size), (next_a, next_b, next_size) in pairwise(blocks):
        ours, theirs = claim[a + size : next_a], source[b + size : next_b]
        if size + next_size < _FEWEST_EQUAL or min(size, next_size) < 2:
            continue
        if len(ours) == 1 and ours[0].kind == "negation" and _is_small(theirs):
            found.append(Exchange(kind="negation", claimed=ours[0].text, found="", start=ours[0].start, found_start=source[next_b].start))
        if len(theirs) == 1 and theirs[0].kind == "negation" and _is_small(ours):
            found.append(
                Exchange(kind="negation", claimed="", found=theirs[0].text, start=claim[next_a].start, found_start=theirs[0].start)
            )
    return found


def _is_small(between: Sequence[Token]) -> bool:
    """Nothing, or one word that a negation may replace: "a" for "no"."""
    return not between or (len(between) == 1 and between[0].sign in _ARTICLES)

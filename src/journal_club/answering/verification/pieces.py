"""Pieces: a sentence as its words, numbers, operators and brackets, for holding it to another one place by place.

Owns the cut and what counts as one writing of the same thing: dashes, hyphens, brackets, spelling, a unit behind its number, the "to" or
dash within a range. Marks of citation are no part of a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journal_club.answering.spelling import american
from journal_club.statistics.numerals import fold
from journal_club.statistics.statistic import Statistic
from journal_club.statistics.units import unit_after

__all__ = ["Piece", "pieces"]

_PIECE = re.compile(r"[^\W_]+|&[lg][te];|[<>≤≥=±%/+]|[()\[\]]|[,;:]")
_MARK = re.compile(r"\^?\[\d[\d,\s-]{0,40}\](?:\([^()\s]{0,80}\))?\^?|\(#\)")
_ABOUT = frozenset({"about", "approximately", "around"})
_UNIT = re.compile(r"[\s-]?(?:%|percent|per cent|[A-Za-z]+)")
_SIGNS = {"&lt;": "<", "&gt;": ">", "&le;": "≤", "&ge;": "≥", "[": "(", "]": ")", "v": "vs", "versus": "vs"}
_SWALLOWED = frozenset({"%", "year", "month", "week", "day", "hour", "minute", "mg", "g", "kg"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a number with its unit, an operator or a bracket.

    Attributes:
        sign: what is compared.
        cut: the mark (`,`, `;`, `:`) before it, if any.
    """

    sign: str
    text: str
    statistic: Statistic | None = None
    cut: str = ""


def pieces(text: str, statistics: tuple[Statistic, ...]) -> tuple[Piece, ...]:
    """The pieces of a sentence in order."""
    folded = _MARK.sub(lambda mark: " " * len(mark.group()), fold(text))
    spans = {one.start: one for one in statistics if one.value is not None and not folded[one.start].isspace()}
    found: list[Piece] = []
    place, cut = 0, ""
    while match := _PIECE.search(folded, place):
        one = _starting(spans, place, match)
        if one is not None:
            found.append(Piece("#", one.text, one, cut))
            place, cut = _end_of(folded, one), ""
            continue
        place = match.end()
        if match.group() in ",;:":
            cut = match.group()
            continue
        found.append(Piece(_sign(match.group()), match.group(), None, cut))
        cut = ""
    return tuple(_without_range_words(found))


def _starting(spans: dict[int, Statistic], place: int, match: re.Match[str]) -> Statistic | None:
    """The number that begins between the last piece and this one's end; its sign or point may stand before its digits."""
    return next((spans[start] for start in range(max(place, match.start() - 2), match.end()) if start in spans), None)


def _end_of(folded: str, one: Statistic) -> int:
    """The place behind a number and its unit; in a list the unit stands behind the last number alone."""
    unit = _UNIT.match(folded, one.end) if one.unit in _SWALLOWED and unit_after(folded, one.end) == one.unit else None
    return unit.end() if unit else one.end


def _sign(text: str) -> str:
    return _SIGNS.get(text) or american(text.casefold())


def _without_range_words(found: Sequence[Piece]) -> Iterator[Piece]:
    """Without the "to" between two numbers, which may be a dash or a comma elsewhere."""
    for place, one in enumerate(found):
        after = next((two for two in found[place + 1 : place + 3] if two.sign not in _ABOUT), None)
        between = place > 0 and found[place - 1].statistic is not None and after is not None and after.statistic is not None
        if one.sign != "to" or not between:
            yield one

"""Layout: where a sentence names arms, outcomes and numbers, and what stands between them.

Owns the nouns `Span` and `Layout`: places, gaps, and the lists of numbers that the sentence makes ("34.3 versus 11.8"). It decides no
ownership. Every look at the text is bounded, so that time is linear in it.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["CONTRAST", "WIDEST", "Layout", "NumberList", "Span"]

WIDEST = 160
"""How far an owner may stand from its number, in characters."""
CONTRAST = re.compile(r"\b(?:versus|vs|v|compared|than|whereas|while|but|although|however|relative to)\b|;|\.\s", re.IGNORECASE)
_LIST_GAP = 60
_TRAIL = (
    r"[\s(]*(?:(?:and|for|in|by|of|to|from|only|those|the|that|a|an|group|arm|it|was|were|as|with|about|approximately|nearly|around)\s)"
    r"{0,4}\s*\Z"
)
_LEAD = r"[\s)\]%]*(?:[\w%/²-]{1,16}\s?){0,3}?[\s,(]*"
_VERSUS = re.compile(rf"{_LEAD}(?:versus|vs\.?|v\.?|compared (?:with|to)|than|as compared with){_TRAIL}", re.IGNORECASE)
_AND = re.compile(rf"{_LEAD}(?:and|or|plus|,|/|,\sand){_TRAIL}", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]{0,120}\)|\[[^\][]{0,120}\]")
_CLAUSE = re.compile(r"[()\[\]]|;|\.\s|\b(?:whereas|while|although|but|however)\b", re.IGNORECASE)
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text: `text[start:end]`; mentions of one arm or outcome share its `name`."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberList:
    """Numbers with nothing but a joint between them: the places of the numbers, and whether the joint sets them against each other."""

    places: tuple[int, ...]
    contrast: bool


class Layout:
    """One sentence's places in order. Arms that have no name are named by their words."""

    def __init__(self, text: str, arms: Sequence[Span], outcomes: Sequence[Span], numbers: Sequence[Span]) -> None:
        self.text = text
        self.outcomes = outcomes
        self.numbers = numbers
        self.arms = [Span(one.start, one.end, one.name or _named(text[one.start : one.end])) for one in arms]
        self._arm_starts = [one.start for one in self.arms]
        self._bare = _without(text, outcomes, (*arms, *numbers)) if outcomes else text
        self.runs = self._runs()
        self._cuts: list[int] | None = None

    def gap(self, start: int, end: int) -> str:
        """The text between two places, outcomes and brackets left out; of a wide gap its beginning."""
        return _BRACKETED.sub(" ", self._bare[start : min(end, start + WIDEST)]) if end > start else ""

    def arms_before(self, place: int) -> int:
        """How many arms stand before a place."""
        return bisect_left(self._arm_starts, place)

    def _runs(self) -> list[list[int]]:
        """The numbers by their places, parted where an arm stands between them."""
        runs: list[list[int]] = []
        for place, number in enumerate(self.numbers):
            if place and self.arms_before(number.start) == self.arms_before(self.numbers[place - 1].start):
                runs[-1].append(place)
            else:
                runs.append([place])
        return runs

    def clause(self, place: int) -> int:
        """The number of the clause that a place stands in; brackets part no clause."""
        if self._cuts is None:
            self._cuts = _cuts(self.text)
        return bisect_left(self._cuts, place)

    def lists(self, run: Sequence[int]) -> list[NumberList]:
        """The lists in a run of numbers; where numbers are set against each other, "and" begins another list."""
        joints = [self._joint(one, other) for one, other in pairwise(run)]
        contrast = "versus" in joints
        lists: list[list[int]] = [[run[0]]]
        for number, joint in zip(run[1:], joints, strict=True):
            if joint and (joint == "versus" or not contrast):
                lists[-1].append(number)
            else:
                lists.append([number])
        return [NumberList(places=tuple(places), contrast=contrast) for places in lists if len(places) > 1]

    def _joint(self, one: int, other: int) -> str:
        start, end = self.numbers[one].end, self.numbers[other].start
        gap = " ".join(self.gap(start, end).split()) + " "
        if end - start > WIDEST or len(gap) > _LIST_GAP:
            return ""
        return "versus" if _VERSUS.match(gap) else "and" if _AND.match(gap) else ""


def _cuts(text: str) -> list[int]:
    """Where clauses end: semicolons, full stops and turning words outside of brackets."""
    depth, cuts = 0, []
    for found in _CLAUSE.finditer(text):
        sign = found.group()
        if sign in "()[]":
            depth = min(depth + 1, _DEEPEST) if sign in "([" else max(depth - 1, 0)
        elif not depth:
            cuts.append(found.start())
    return cuts


_GENERIC = re.compile(
    r"\b(?:the|groups?|arms?|patients?|subjects?|participants?|women|men|children|treated|treatment|therapy|recipients?|assigned|to|"
    r"those|receiving|alone)\b|[^\w+/]+",
    re.IGNORECASE,
)


def _named(words: str) -> str:
    return " ".join(_GENERIC.sub(" ", words).casefold().split()) or words.casefold()


def _without(text: str, outcomes: Sequence[Span], kept: Sequence[Span]) -> str:
    """The text with blanks for the outcomes that hold neither arm nor number."""
    letters = list(text)
    starts = sorted(one.start for one in kept)
    for one in outcomes:
        if bisect_left(starts, one.start) == bisect_left(starts, one.end):
            letters[one.start : one.end] = " " * (one.end - one.start)
    return "".join(letters)

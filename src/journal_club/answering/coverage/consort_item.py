"""A CONSORT item: what a report is asked for, by which words readers ask for it and by which words reports give it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from journal_club.answering.coverage.matter import Unit

__all__ = ["NOT_METHODS", "Item", "any_of", "saying"]

NOT_METHODS = re.compile("bottom|significance|discussion|context|finding|result|conclusion", re.IGNORECASE)
"""Sections that do not say how a trial was done."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One item.

    Attributes:
        asked: matches a question that asks for it.
        told: whether a sentence gives it.
        best: matches those that give it outright.
        counted: it is asked by "how many"; None where it is asked with it and without.
        nowhere: matches the sections that do not give it, whatever their words.
    """

    asked: re.Pattern[str]
    told: Callable[[Unit], bool]
    best: re.Pattern[str]
    counted: bool | None = False
    nowhere: re.Pattern[str] | None = None


def any_of(*words: str) -> re.Pattern[str]:
    """A pattern of whole words or phrases, any of them."""
    return re.compile(rf"\b(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def saying(pattern: re.Pattern[str]) -> Callable[[Unit], bool]:
    """Whether a sentence matches a pattern."""
    return lambda unit: pattern.search(unit.text) is not None

"""Counts: which total and which share a count belongs to: "42 of 137", "42 (30.7%)".

Owns two comparisons of a statement's pairs with its source's: the same count of another total, the same share of another count. What words
stand beside a count is `pairing`'s.
"""

import re

from journal_club.answering.verification.pairing import Mispaired
from journal_club.statistics.number_words import SMALL_NUMBERS

__all__ = ["wrong_share", "wrong_total"]

_COUNTED = re.compile(
    r"(?<![\d.,])(?P<n>\d[\d,]{0,9})\s?(?:\(\s?[\d.]{1,6}\s?%\s?\)\s?)?(?:/|of(?: the)?|out of)\s?"
    r"(?P<of>\d{1,3}(?:[, \u2009\u00a0]\d{3})+|\d{1,9})(?![\d.])"
)
_SPELLED = re.compile(rf"\b(?:{'|'.join(SMALL_NUMBERS)})\b(?= (?:of|out of) (?:the |all )?\d)", re.IGNORECASE)
_SHARE = re.compile(r"(?<![\d.,])(?P<n>\d[\d,]{0,9})\s?(?:[a-z]+\s){0,2}\(\s?(?P<share>\d[\d.]{0,5})\s?%\s?\)")
_DIGITS = {word: str(number) for number, word in enumerate(SMALL_NUMBERS)}
_SPACED = re.compile(r"[,\s]")


def wrong_total(claim: str, source: str) -> Mispaired | None:
    """The first "n of N" of a statement where the source gives that n of another N, and that N of another n."""
    given: dict[str, set[str]] = {}
    for count, total in _counted(source):
        given.setdefault(count, set()).add(total)
    for count, total in _counted(claim):
        if count in given and total not in given[count] and any(total in totals for totals in given.values()):
            return Mispaired(claimed=f"{count} of {total}", found=f"{count} of {min(given[count])}", word=count)
    return None


def wrong_share(claim: str, source: str) -> Mispaired | None:
    """The first "n (x%)" of a statement where the source gives that share to another count, and that count another share."""
    given: dict[str, set[str]] = {}
    for count, share in _shares(source):
        given.setdefault(share, set()).add(count)
    counts = {count for found in given.values() for count in found}
    for count, share in _shares(claim):
        if share in given and count in counts and count not in given[share]:
            return Mispaired(claimed=f"{count} ({share}%)", found=f"{min(given[share])} ({share}%)", word=share)
    return None


def _shares(text: str) -> list[tuple[str, str]]:
    return [(_SPACED.sub("", one["n"]), one["share"]) for one in _SHARE.finditer(text)]


def _counted(text: str) -> list[tuple[str, str]]:
    text = _SPELLED.sub(lambda word: _DIGITS.get(word.group().lower(), word.group()), text)
    return [(_SPACED.sub("", one["n"]), _SPACED.sub("", one["of"])) for one in _COUNTED.finditer(text)]

"""Crossing: a statement that puts together what two halves of its source keep apart.

Owns two comparisons: where both run "A protected adults but failed in toddlers", each half of the statement draws on one half of the
source; and a number is told by words of its own half. Neither needs a table: words that stand in both halves, or in no half, tell nothing,
and a statement that turns the halves' order is fine.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from journal_club.answering.verification.items import Item
from journal_club.answering.verification.outcomes import turned_stems
from journal_club.answering.verification.pairing import Mispaired, beside
from journal_club.answering.verification.wording import is_free, stems

__all__ = ["crossed", "displaced"]

_HINGES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (r"\b(?:but|whereas|while|although|though|yet)\b", r"\bor\b", r";\s"))
_CUT = re.compile(r";\s|,\s(?:and|but|while|whereas|although)\s(?!\d)|\s(?:but|while|whereas|although)\s", re.IGNORECASE)
_FEWEST = 2
_SENTENCE_END = re.compile(r"\.\s")


def crossed(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) halves where each half of a statement has words that the source has in one half only, and of both halves.

    A statement that says the same of either half in both of its own keeps nothing apart.
    """
    for hinge in _HINGES:
        ours, theirs = _halves(claim, hinge), _halves(source, hinge)
        if ours is None or theirs is None:
            continue
        first, second = (_told(half) for half in theirs)
        one, other = first - second, second - first
        said = tuple(_told(half) for half in ours)
        if all(half & one and half & other for half in said) and not any(said[0] & alone == said[1] & alone for alone in (one, other)):
            return ours[0].strip(" ,.;"), theirs[0].strip(" ,.;")
    return None


def displaced(claim: str, claimed: Sequence[Item], source: str, given: Sequence[Item]) -> Mispaired | None:
    """The first number of a statement whose words the source has in another half of its sentence only: "the potassium, in 1.1%"."""
    parts = _parts(source)
    if len(parts) < _FEWEST:
        return None
    held = [(_told(source[start:end]), [one for one in given if start <= one.start < end]) for start, end in parts]
    for key, words in beside(claim, claimed).items():
        own = frozenset[str]().union(*(told for told, items in held if any(one.key == key for one in items)))
        others = [(told, items) for told, items in held if items and not any(one.key == key for one in items)]
        known = words & frozenset[str]().union(own, *(told for told, _ in others))
        rival = next((items[0] for told, items in others if known and known <= told - own), None)
        if rival is not None and own:
            text = next(one.text for one in claimed if one.key == key)
            return Mispaired(claimed=text, found=rival.text, word=", ".join(sorted(known)))
    return None


def _parts(source: str) -> list[tuple[int, int]]:
    """The places of the halves of a sentence that each say something of their own."""
    cuts = [0, *(found.start() for found in _CUT.finditer(source)), len(source)]
    return [(start, end) for start, end in pairwise(cuts) if end > start]


def _halves(text: str, hinge: re.Pattern[str]) -> tuple[str, str] | None:
    """The two halves of a text's one sentence with that one hinge; None where it has none or several."""
    found = list(hinge.finditer(text))
    if len(found) != 1 or _SENTENCE_END.search(text):
        return None
    return text[: found[0].start()], text[found[0].end() :]


def _told(half: str) -> frozenset[str]:
    return frozenset(stem for stem in stems(half) if not is_free(stem)) - turned_stems(half)

"""Leaks: words of the answer key where no answer may find them.

Owns the leak test of DESIGN.md: 8-grams of case-folded words of questions and key responses that stand nowhere else on the page, less those
of the user's own question.
"""

import re
from collections.abc import Iterable, Iterator

from journal_club.paper.model import Origin, Paper

__all__ = ["Leak", "leaks", "leaks_in", "secret_grams"]

GRAM = 8
"""Words in a row."""
_WORD = re.compile(r"\w+")
_KEY = frozenset({Origin.KEY_RESPONSE, Origin.QUESTION})

Leak = tuple[str, str]
"""Where it was found, and the words."""


def grams(text: str) -> set[tuple[str, ...]]:
    """Runs of eight case-folded words."""
    words = _WORD.findall(text.casefold())
    return {tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)}


def secret_grams(paper: Paper) -> set[tuple[str, ...]]:
    """The grams of questions and key responses that stand nowhere else on the page."""
    key = {gram for part in paper.parts if part.origin in _KEY for gram in grams(part.text)}
    elsewhere = {gram for part in paper.parts if part.origin not in _KEY for gram in grams(part.text)}
    return key - elsewhere


def leaks_in(text: str, paper: Paper, *, question: str = "") -> Iterator[str]:
    """The secret runs of words in a text, less those of the user's own question."""
    yield from (" ".join(gram) for gram in sorted(grams(text) & (secret_grams(paper) - grams(question))))


def leaks(texts: Iterable[tuple[str, str]], paper: Paper) -> Iterator[Leak]:
    """The secret runs of words in named texts."""
    secret = secret_grams(paper)
    for name, text in texts:
        yield from ((name, " ".join(gram)) for gram in sorted(grams(text) & secret))

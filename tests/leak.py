"""The leak test: does a text hold words that only the answer key has?"""

import re
from collections.abc import Iterator

from journal_club.paper.model import Origin, Paper

GRAM = 8
WORD = re.compile(r"\w+")


def grams(text: str) -> set[tuple[str, ...]]:
    """Runs of eight case-folded words."""
    words = WORD.findall(text.casefold())
    return {tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)}


def secret_grams(paper: Paper) -> set[tuple[str, ...]]:
    """The grams of questions and key responses that stand nowhere else on the page."""
    key = {gram for part in paper.parts if part.origin in {Origin.KEY_RESPONSE, Origin.QUESTION} for gram in grams(part.text)}
    elsewhere = {gram for part in paper.parts if part.origin not in {Origin.KEY_RESPONSE, Origin.QUESTION} for gram in grams(part.text)}
    return key - elsewhere


def leaks(text: str, paper: Paper, *, question: str = "") -> Iterator[str]:
    """The secret runs of words in a text, less those of the user's own question."""
    for gram in sorted(grams(text) & (secret_grams(paper) - grams(question))):
        yield " ".join(gram)

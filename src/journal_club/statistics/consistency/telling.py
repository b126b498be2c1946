"""Telling words: what a sentence speaks of, as far as two sentences may share it."""

import re

__all__ = ["telling_words"]

_WORD = re.compile(r"[^\W\d_][\w-]{3,}")
_GENERAL = frozenset(
    """
    rate rates risk risks number group groups with from this that than patients people trial study median mean hazard ratio ratios odds
    confidence interval difference estimate compared versus overall percentage point points percent were have been which after
    """.split()  # noqa: SIM905
)


def telling_words(text: str) -> frozenset[str]:
    """The telling words of a text, singular and in small letters."""
    found = (word.casefold().removesuffix("s") for word in _WORD.findall(text))
    return frozenset(word for word in found if word not in _GENERAL and f"{word}s" not in _GENERAL)

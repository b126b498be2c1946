"""Definitions: the sentences in which a report says what it measures, which are no results whatever numbers they have."""

import re

__all__ = ["defines_outcomes"]

_DEFINES = re.compile(
    r"^\W*outcome\s|^\W*others? (?:included|were)\b"
    r"|\b(?:secondary|other|further|exploratory) (?:outcomes?|end-?points?)\b[^.]{0,60}\b(?:were|included|comprised)\b(?! \d)",
    re.IGNORECASE,
)


def defines_outcomes(text: str) -> bool:
    """Whether a sentence says what is measured."""
    return _DEFINES.search(text) is not None

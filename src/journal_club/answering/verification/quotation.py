"""Quotation: text between double quotes is somebody's own words, or it is not shown.

Owns what counts as a quotation (straight or curly double quotes, three words or more; apostrophes are none) and the comparison up to
white space, dashes and the style of quotes.
"""

import re
from collections.abc import Iterable

__all__ = ["is_verbatim", "plain", "quotations", "without_emphasis", "without_markup"]

_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»\n]{1,600})[\"“”»]")
_FEWEST_WORDS = 3
_STYLES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "·": "."})
_LOWERED = re.compile(r"\s?~(\w{1,3})~")
_SPACE = re.compile(r"\s+")
_EDGE = " .,;:!?…'\""


def quotations(sentence: str) -> tuple[str, ...]:
    """The quoted texts of a sentence that are long enough to be somebody's words."""
    return tuple(found[1] for found in _QUOTED.finditer(sentence) if len(found[1].split()) >= _FEWEST_WORDS)


def is_verbatim(quotation: str, texts: Iterable[str]) -> bool:
    """Whether the quotation stands in one of the texts, word for word."""
    said = plain(quotation).strip(_EDGE)
    return any(said in plain(text) for text in texts)


def without_emphasis(text: str) -> str:
    """The text with blanks for the asterisks of Markdown's emphasis: "*P* < 0.05" is a p-value; every character keeps its place."""
    return text.replace("*", " ")


def without_markup(text: str) -> str:
    """The text's words without Markdown's emphasis, and with what it lowers in its place: "CO ~2~" is CO2."""
    return _LOWERED.sub(r"\1", text.replace("*", ""))


def plain(text: str) -> str:
    """The text with one style of quotes, dashes and white space."""
    return _SPACE.sub(" ", text.translate(_STYLES)).strip()

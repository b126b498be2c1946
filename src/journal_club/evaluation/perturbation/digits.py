"""Digits: the numbers of a sentence as digits, for changing them.

Owns a reading of its own, plainer than the statistics room's and independent of it, so that what that one overlooks is changed as well.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["Digits", "digits", "is_p", "replaced", "values", "written"]

_DIGITS = re.compile(
    r"(?<![\w.,·#/])(?<![A-Za-z]-)(?:\d{1,3}(?:,\d{3})+|\d+)?(?:(?<=\d)[.·]\d+|(?<!\d)\.\d+)?(?<=\d)(?![\w·]|[.,]\d|-[A-Za-z])"
)
_POINTED_AT = re.compile(r"(?:\b(?:table|figure|fig|ref|supplement|file|appendix|nct|isrctn|phase|type|grade)s?\.?\s?|\[)\Z", re.IGNORECASE)
_P = re.compile(r"\b[pP]\W{0,3}(?:value)?\W{0,3}(?:of|was|lt;|gt;)?\W{0,4}\Z")
_NEAR = 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Digits:
    """One number: `text[start:end]`; `decimals` are the digits behind its point."""

    value: Decimal
    decimals: int
    text: str
    start: int
    end: int


def digits(text: str) -> list[Digits]:
    """The numbers of a text, those of names, citations, tables and figures left out."""
    return [
        _read(found)
        for found in _DIGITS.finditer(text)
        if found.group() and not _POINTED_AT.search(text[max(0, found.start() - _NEAR) : found.start()])
    ]


def _read(found: re.Match[str]) -> Digits:
    plain = found.group().replace(",", "").replace("·", ".")
    return Digits(value=Decimal(plain), decimals=len(plain.partition(".")[2]), text=found.group(), start=found.start(), end=found.end())


def values(text: str) -> frozenset[Decimal]:
    """All values that stand in a text, whatever for."""
    return frozenset(Decimal(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?|\.\d+", text.replace("·", ".")) if found)


def is_p(text: str, one: Digits) -> bool:
    """Whether a number is a p-value."""
    return _P.search(text[max(0, one.start - _NEAR) : one.start]) is not None


def written(value: Decimal, decimals: int) -> str:
    """A value with so many digits behind its point."""
    return f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"


def replaced(text: str, one: Digits, other: str) -> str:
    """The text with another number in the place of one."""
    return text[: one.start] + other + text[one.end :]

"""Numerals: the numbers of a text, as digits or as words, before anything is known of what they measure.

Owns the length-preserving folding of dashes, dots and spaces, and the grammar of numerals. Names that contain digits (CARTITUDE-4,
IL-6, CD38, HbA1c), ordinals, citation marks and the numbers of tables and figures are no numerals.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Numeral", "fold", "numerals"]

_FOLDED = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "‒": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "﹣": "-",
        "－": "-",
        "∙": ".",
        "⋅": ".",
        "•": ".",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u2007": " ",
        "\u200a": " ",
        "\u2008": " ",
        "＜": "<",
        "＞": ">",
        "％": "%",
        "＝": "=",
    }
)
_MIDDLE_DOT = re.compile(r"(?<=\d)·(?=\d)")
_THIN_GROUP = re.compile(r"(?<=\d)[\u00a0\u2009\u202f\u2007](?=\d{3}(?!\d))")
_DIGITS = re.compile(
    r"(?:(?<![\w.])|(?<=CI))(?P<sign>(?:(?<![\w)%\]-])|(?<=CI))[-+]|(?<=-)-)?(?P<body>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+\.\d+|\d+|\.\d+)"
)
_BEFORE_NAME = re.compile(r"[A-Za-z]-\Z|[A-Za-z][/:_]\Z")
_AFTER_NAME = re.compile(
    r"-(?!(?:fold|year|month|week|day|hour|minute|point|arm|item|mm|mg|cm|ml|kg|g|to|or|and|and-|"
    r"[a-z]{4,})\b)[A-Za-z]|\.\d|(?:st|nd|rd|th)\b"
)
_ATTACHED = re.compile(
    r"(?:mg|g|kg|mcg|µg|μg|ug|ng|ml|mL|l|L|dl|mm|cm|m|km|mmol|nmol|mmHg|mm|kcal|h|hr|hrs|min|s|d|w|wk|wks|mo|y|yr|yrs|"
    r"years?|months?|weeks?|days?|x|fold|IU|U|Gy|Hz|kHz|bpm|ms|"
    r"C|F|K|Hg|cells|kPa|W|N|J|kJ|MJ|M|µM|μM|nM|mM|pg|T)(?![A-Za-z])|(?:to|and|vs)(?![a-z])"
)
_POINTED_AT = re.compile(
    (
        r"(?:\b(?:tables?|figures?|figs?\.?|refs?\.?|references?|appendix|chapter|box|eq\.?|equation|supplement|doi|pmid|"
        r"isbn|version|nct|isrctn)\s*[(:#]?\s*)\Z"
    ),
    re.IGNORECASE,
)
_MARK = re.compile(r"\[[\s\d,;-]+\](?!\()")
_SMALL = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen
    """.split()  # noqa: SIM905
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_UNITS_PATTERN = "|".join(_SMALL[1:10])
_WORDS = re.compile(
    rf"\b(?:(?P<hundred>{_UNITS_PATTERN}|a)[ -]hundred(?:[ -]and)?(?:[ -](?=(?:{'|'.join(_TENS + _SMALL[1:])})\b))?)?"
    rf"(?:(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<ones>{_UNITS_PATTERN}))?|(?P<small>{'|'.join(reversed(_SMALL))}))?\b(?!-?(?:th|st)\b)",
    re.IGNORECASE,
)
_AFTER_WORD_NAME = re.compile(r"\s*-?(?:other|another|hand|side|way)\b|'|’", re.IGNORECASE)
_NEAR = 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Numeral:
    """One number as written: `text[start:end]`; `spelled` for number words."""

    value: Decimal
    decimals: int
    start: int
    end: int
    spelled: bool = False


def fold(text: str) -> str:
    """The text with one kind of dash, decimal point and space; every character keeps its place."""
    if text.isascii():
        return text
    return _MIDDLE_DOT.sub(".", _THIN_GROUP.sub(",", text).translate(_FOLDED))


def numerals(folded: str) -> tuple[Numeral, ...]:
    """The numerals of a folded text, in order."""
    marks = [(mark.start(), mark.end()) for mark in _MARK.finditer(folded)] if "[" in folded else []
    found = [numeral for match in _DIGITS.finditer(folded) if (numeral := _of_digits(folded, match)) is not None]
    found += [numeral for match in _WORDS.finditer(folded) if match.group() and (numeral := _of_words(folded, match)) is not None]
    inside = {place for start, end in marks for place in range(start, end)}
    return tuple(sorted((n for n in found if n.start not in inside), key=lambda numeral: numeral.start))


def _of_digits(text: str, match: re.Match[str]) -> Numeral | None:
    near = text[max(0, match.start() - _NEAR) : match.start()]
    following = text[match.end() : match.end() + _NEAR]
    if (not match["sign"] and _BEFORE_NAME.search(near)) or _AFTER_NAME.match(following):
        return None
    if near.rstrip(" (:#")[-1:].isalpha() and _POINTED_AT.search(near):
        return None
    if following[:1].isalpha() and not _ATTACHED.match(following):
        return None
    body = match["body"].replace(",", "")
    whole, _, decimals = body.partition(".")
    if len(whole) + len(decimals) > 18:
        return None
    start = match.start("sign") if match["sign"] else match.start("body")
    value = Decimal(body) * (-1 if match["sign"] == "-" else 1)
    return Numeral(value=value, decimals=len(decimals), start=start, end=match.end())


def _of_words(text: str, match: re.Match[str]) -> Numeral | None:
    if _AFTER_WORD_NAME.match(text, match.end()):
        return None
    hundred = match["hundred"]
    value = 0 if not hundred else 100 * (1 if hundred.lower() == "a" else _SMALL.index(hundred.lower()))
    if match["tens"]:
        value += 10 * (_TENS.index(match["tens"].lower()) + 2) + (_SMALL.index(match["ones"].lower()) if match["ones"] else 0)
    elif match["small"]:
        value += _SMALL.index(match["small"].lower())
    return Numeral(value=Decimal(value), decimals=0, start=match.start(), end=match.start() + len(match.group().rstrip(" -")), spelled=True)

"""Numerals: the numbers of a text, as digits or as words, before anything is known of what they measure.

Owns the length-preserving folding of dashes, dots and spaces, and the grammar of numerals: signs, decimals, thousands, powers of ten,
"45.3 million", "two-thirds of". Names that contain digits (CARTITUDE-4, IL-6, CD38, HbA1c), ordinals, citation marks and the numbers of
tables and figures are no numerals. Digits that form no number ("0.5.3", "12/") are numerals that were not understood.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from journal_club.statistics.number_words import SMALL_NUMBERS, TENS

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
_MIDDLE_DOT = re.compile(r"(?<=\d)·(?=\d)|(?<!\w)·(?=\d)")
_THIN_GROUP = re.compile(r"(?<=\d)[\u00a0\u2009\u202f\u2007](?=\d{3}(?!\d))")
_RUN = re.compile(r"[0-9][0-9.,]*")
_BODY = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]+)?(?![0-9]|,[0-9])|0,[0-9]{1,4}(?![0-9]|[.,][0-9])|[0-9]{1,2},[0-9]{1,2}(?=\s?%)|[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
)
_POWER = re.compile(
    r"\s?[x×]\s?10(?:\s?\^\s?\(?(?P<caret>[-+]?[0-9]{1,2})\)?\^?|\s?\(\s?(?P<bracket>[-+]?[0-9]{1,2})\s?\)|(?P<sign>[-+]?[1-9][0-9]?)(?![0-9])|"
    r"(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))|[eE](?P<e>[-+]?[0-9]{1,2})(?![0-9A-Za-z])|\s(?P<word>thousand|million|billion)\b"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_MAY_RAISE = frozenset(" x×eE")
_WORDED = {"thousand": 3, "million": 6, "billion": 9}
_AFTER_NAME = re.compile(
    r"-(?!(?:N[RE]|not|fold|year|month|week|day|hour|minute|point|arm|item|mm|mg|cm|ml|kg|g|to|or|and|and-|"
    r"[a-z]{4,})\b)[A-Za-z]|(?:st|nd|rd|th)\b"
)
_RAISED_ENDING = re.compile(r"\s?\^(?:st|nd|rd|th)\^")
"""An ordinal's ending, raised: "48 ^th^"."""
_ATTACHED = re.compile(
    r"(?:mg|g|kg|mcg|µg|μg|ug|ng|ml|mL|l|L|dl|mm|cm|m|km|mmol|nmol|mmHg|mm|kcal|h|hr|hrs|min|s|d|w|wk|wks|mo|y|yr|yrs|"
    r"years?|months?|weeks?|days?|x|fold|IU|U|Gy|Hz|kHz|bpm|ms|"
    r"C|F|K|Hg|cells|kPa|W|N|J|kJ|MJ|M|µM|μM|nM|mM|pg|T)(?![A-Za-z])|(?:to|and|vs|CI)(?![a-z])|[×±°µμ²³]"
)
_POINTED_AT = re.compile(
    (
        r"(?:\b(?:tables?|figures?|figs?\.?|refs?\.?|references?|appendix|chapter|box|eq\.?|equation|supplement|doi|pmid|"
        r"isbn|version|nct|isrctn)\s*[(:#]?\s*)\Z"
    ),
    re.IGNORECASE,
)
_MARK = re.compile(r"\[[\s\d,;-]{1,200}\](?!\()")
_GLUED = re.compile(r"(?<![A-Za-z])(?:a?[HOR]R|IRR|CI)\Z")
"""What a number may be glued to: "RR1.16", "95%CI0.39"."""
_SPACED_SIGN = re.compile(r"[(\[=]-\s\Z")
"""A minus sign that a blank parts from its number, behind a bracket: "(- 30%)"."""
_MORE_POINTS = re.compile(r"\.{1,2}[0-9]")
_DANGLING = re.compile(r"/(?!\s?[0-9.(]|[A-Za-zµμ%])")
_ONES = "|".join(SMALL_NUMBERS[1:10])
_WORDS = re.compile(
    rf"(?:(?P<hundred>{_ONES}|a)[ -]hundred(?:[ -]and)?(?:[ -](?=(?:{'|'.join(TENS + SMALL_NUMBERS[1:])})\b))?)?"
    rf"(?:(?P<tens>{'|'.join(TENS)})(?:[ -](?P<ones>{_ONES}))?|(?P<small>{'|'.join(reversed(SMALL_NUMBERS))}))?(?![a-z])"
    r"(?!-?(?:th|st|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b)",
)
_FRACTION = re.compile(
    r"(?:(?:one|a)[ -])?(?:(?P<half>half)|(?P<third>third)|(?P<quarter>quarter)|(?P<fifth>fifth))"
    r"(?=\sof\s(?:the\s|all\s|these\s|those\s)?\w)|"
    r"(?P<thirds>two[ -]thirds)\b|(?P<quarters>three[ -]quarters)\b",
)
_SHARES = {"half": "50", "third": "33.3", "quarter": "25", "fifth": "20", "thirds": "66.7", "quarters": "75"}
_SPELLED = frozenset((*SMALL_NUMBERS, *TENS, "hundred", "half", "third", "quarter", "fifth"))
"""A text without one of these has no number words."""
_STARTS = _SPELLED | {"a"}
_AFTER_WORD_NAME = re.compile(r"\s*-?(?:other|another|hand|side|way|sided|tailed)\b|'|’")
_WORD = re.compile(r"[a-z]+")
_NEAR = 24
_MOST_DIGITS = 18


@dataclass(frozen=True, kw_only=True, slots=True)
class Numeral:
    """One number as written.

    Attributes:
        value: None when the digits form no number.
        decimals: digits behind the decimal sign; negative where a power of ten leaves whole digits unknown (7.6 x 10^6 has -5).
        end: exclusive; a power of ten is part of the numeral.
        spelled: whether it is a number word.
        fraction: whether it is a share in words, in percent: "two-thirds of" is 66.7.
    """

    value: Decimal | None
    decimals: int
    start: int
    end: int
    spelled: bool = False
    fraction: bool = False


def fold(text: str) -> str:
    """The text with one kind of dash, decimal point, space and plus-minus; every character keeps its place.

    Two hyphens are a dash: "0.10--0.81" is a range. An en dash before a minus sign stays two signs: "-5.1--1.2" ends in -1.2.
    """
    if "+/-" in text:
        text = text.replace("+/-", " ± ")
    if "--" in text:
        text = text.replace("--", "- ")
    if text.isascii():
        return text
    return _MIDDLE_DOT.sub(".", _THIN_GROUP.sub(",", text).translate(_FOLDED))


def numerals(folded: str, lower: str, words: frozenset[str]) -> list[Numeral]:
    """The numerals of a folded text, in order.

    Args:
        folded: the text.
        lower: the same in small letters.
        words: its words in small letters.
    """
    found = [*_digits(folded), *(() if words.isdisjoint(_SPELLED) else _words(lower))]
    marks = [mark.span() for mark in _MARK.finditer(folded)] if "[" in folded else []
    if marks:
        found = [one for one in found if not _inside(one.start, marks)]
    found.sort(key=lambda numeral: numeral.start)
    return found


def _inside(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        if spans[middle][1] <= place:
            low = middle + 1
        else:
            high = middle
    return low < len(spans) and spans[low][0] <= place


def _digits(text: str) -> Iterator[Numeral]:
    consumed = 0
    for run in _RUN.finditer(text):
        place = max(run.start(), consumed)
        while place < run.end():
            if not text[place].isdigit():
                place += 1
                continue
            numeral, place = _of_digits(text, place, run.end())
            if numeral is not None:
                yield numeral
        consumed = place


def _of_digits(text: str, place: int, limit: int) -> tuple[Numeral | None, int]:
    """The numeral at a digit, if it is one, and where to read on."""
    start = place - 1 if place and text[place - 1] == "." and not text[place - 2 : place - 1].isalnum() else place
    match = _BODY.match(text, start)
    if match is None:
        return None, limit
    end = match.end()
    after = text[end : end + 1]
    first = _begins(text, start)
    if after == "." and _MORE_POINTS.match(text, end):
        end = place + len(text[place:limit].rstrip(".,"))
        return (None if first is None else _unread(start, end)), limit
    power = _POWER.match(text, end) if after in _MAY_RAISE else None
    if first is None or (power is None and _is_name(text, first, end)):
        return None, end
    numeral = _number(text, match.group(), first, end, power)
    return numeral, max(end, numeral.end)


def _unread(start: int, end: int) -> Numeral:
    return Numeral(value=None, decimals=0, start=start, end=end)


def _begins(text: str, start: int) -> int | None:
    """Where the numeral begins, its sign included; None when what stands before makes it part of a name or of another number."""
    before = text[start - 1 : start] if start else ""
    if not before:
        return start
    if before.isalnum() or before in "_.":
        return start if before in "RI" and _GLUED.search(text, max(0, start - 5), start) else None
    if before == "^" or text[max(0, start - 2) : start - 1] == "^":
        return None
    if before in "/:" and text[start - 2 : start - 1].isalpha():
        return start if before == ":" else None
    if before == " " and _SPACED_SIGN.search(text, max(0, start - 3), start):
        return start - 2
    if before not in "+-":
        return start
    earlier = text[start - 2 : start - 1] if start > 1 else ""
    if earlier == "-" or not (earlier.isalnum() or earlier in tuple("_)%]")) or text[max(0, start - 3) : start - 1] == "CI":
        return start - 1
    return None if earlier.isalpha() else start


def _is_name(text: str, start: int, end: int) -> bool:
    after = text[end : end + 1]
    if after == "-" or after.isalpha():
        following = text[end : end + _NEAR]
        if _AFTER_NAME.match(following) or (after != "-" and not _ATTACHED.match(following)):
            return True
    if after in (" ", "^") and _RAISED_ENDING.match(text, end):
        return True
    if after == "~" and text[start - 1 : start] == "~":  # a subscript
        return True
    near = text[max(0, start - _NEAR) : start].rstrip(" (:#[")
    return near[-1:].isalpha() and _POINTED_AT.search(near) is not None


def _number(text: str, body: str, start: int, end: int, power: re.Match[str] | None) -> Numeral:
    plain = _plain(body) if "," in body else body
    places = len(plain) - 1 - plain.index(".") if "." in plain else 0
    if len(plain) > _MOST_DIGITS or (text[end : end + 1] == "/" and _DANGLING.match(text, end)):
        return _unread(start, end)
    value = Decimal(plain)
    if power is not None:
        exponent = _exponent(power)
        value, places, end = value.scaleb(exponent), places - exponent, power.end()
    return Numeral(value=-value if text[start] == "-" else value, decimals=places, start=start, end=end)


def _plain(body: str) -> str:
    """Digits with a point: commas part thousands, or stand for the point in "0,55" and "5,4%"."""
    head, comma, tail = body.partition(",")
    return f"{head}.{tail}" if comma and (len(tail) < 3 or head == "0") and "," not in tail and "." not in tail else body.replace(",", "")


def _exponent(power: re.Match[str]) -> int:
    if power["word"]:
        return _WORDED[power["word"]]
    return int((power["caret"] or power["bracket"] or power["sign"] or power["e"] or power["raised"]).translate(_RAISED))


def _words(lower: str) -> Iterator[Numeral]:
    end = 0
    for word in _WORD.finditer(lower):
        if word.group() not in _STARTS or word.start() < end or lower[word.start() - 1 : word.start()].isalnum():
            continue
        numeral = _of_words(lower, word.start())
        if numeral is not None:
            end = numeral.end
            yield numeral


def _of_words(lower: str, place: int) -> Numeral | None:
    fraction = _FRACTION.match(lower, place)
    if fraction is not None and fraction.lastgroup is not None:
        share = Decimal(_SHARES[fraction.lastgroup])
        return Numeral(value=share, decimals=0, start=place, end=fraction.end(), spelled=True, fraction=True)
    match = _WORDS.match(lower, place)
    if match is None or not match.group() or _AFTER_WORD_NAME.match(lower, match.end()):
        return None
    hundred, tens, ones, small = match["hundred"], match["tens"], match["ones"], match["small"]
    value = 0 if not hundred else 100 * (1 if hundred == "a" else SMALL_NUMBERS.index(hundred))
    value += (
        10 * (TENS.index(tens) + 2) + (SMALL_NUMBERS.index(ones) if ones else 0) if tens else SMALL_NUMBERS.index(small) if small else 0
    )
    return Numeral(value=Decimal(value), decimals=0, start=place, end=place + len(match.group().rstrip(" -")), spelled=True)

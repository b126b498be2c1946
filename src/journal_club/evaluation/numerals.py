"""Numerals: whether the numbers of an answer stand in the words that it cites, by their digits alone.

Owns a reading of its own, independent of the statistics room and of verification: what those two have overlooked, this may see. Decimal
points, minus signs and separators of thousands are folded; digits within a name ("IL-2") are no numeral. A number with a minus sign stands
only where one with the sign does; the bare number stands there too, for "lower by 3.4" says "−3.4".
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from journal_club.answering.answer import Answer, Statement
from journal_club.answering.citations import parse_marks

__all__ = ["numerals", "uncited_numbers"]

_FOLDED = str.maketrans({"−": "-", "–": "-", "‑": "-", "‐": "-", "﹣": "-", "－": "-", "·": ".", "∙": ".", "⋅": ".", "٫": "."})
_THOUSANDS = re.compile(r"(?<=\d)[,\u2009\u202f\u00a0'’](?=\d{3}(?!\d))")
_NUMERAL = re.compile(r"(?<![A-Za-z_])(?<![A-Za-z]-)(?P<sign>(?<![\w.)%\]-])-)?(?P<value>\d+(?:\.\d+)?|(?<!\d)\.\d+)")
_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SPELLED = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_SUM = re.compile(r": .*\d")
"""What the rule of a check says behind its name when the number was computed."""


def numerals(text: str) -> frozenset[Decimal]:
    """The numbers of a text that stand there in digits, a signed one with its sign."""
    return frozenset(_read(text.translate(_FOLDED)))


def uncited_numbers(answer: Answer) -> tuple[str, ...]:
    """The numerals that an answer shows as the paper's and that stand in none of the texts that their sentence cites.

    A sentence of general knowledge says nothing of the paper, and one whose check declares a derivation has computed its number.
    """
    return tuple(number for one in answer.statements if not _is_free(one) for number in _uncited(one, answer))


def _is_free(one: Statement) -> bool:
    derived = any(check.kind == "statistic" and check.passed and _SUM.search(check.rule) for check in one.checks)
    return one.verdict in ("background", "derived") or derived


def _uncited(one: Statement, answer: Answer) -> Iterator[str]:
    cited = " ".join(citation.cited_text for citation in answer.citations if citation.number in one.citations)
    stands = numerals(cited) | {Decimal(_WORDS.index(word.lower())) for word in _SPELLED.findall(cited)}
    stands |= {abs(value) for value in stands}
    yield from (f"{value:f}" for value in sorted(numerals(parse_marks(one.text).bare) - stands))


def _read(text: str) -> Iterator[Decimal]:
    for found in _NUMERAL.finditer(_THOUSANDS.sub("", text)):
        value = Decimal(found["value"])
        yield -value if found["sign"] else value

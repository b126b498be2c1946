"""Told: whether a drafted answer already gives the figures that a question asks for.

A model may cite the sentence that holds them and tell another part of it. Owns that comparison: digits of the asked measures, as the source
writes them.
"""

import re
from collections.abc import Iterable

from journal_club.answering.coverage.question import QuestionReading

__all__ = ["figures_told"]

_NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")
_REST = re.compile(r"[\d.,·]*\d")
_DIGITS = "0123456789.,·"


def figures_told(reading: QuestionReading, source: str, said: Iterable[str]) -> bool:
    """Whether statements that cite a sentence give every figure in it of the measures that are asked; so it is where none is asked.

    Args:
        reading: the question.
        source: the cited sentence.
        said: the statements.
    """
    wanted = {
        number
        for part in reading.parts
        for measure in part.measures
        for found in measure.found.finditer(source)
        for number in _NUMBER.findall(_whole(source, found))
    }
    return wanted <= {number for one in said for number in _NUMBER.findall(one)}


def _whole(source: str, found: re.Match[str]) -> str:
    """What a pattern matched, its last number whole."""
    rest = _REST.match(source, found.end())
    return found[0] + (rest[0] if rest and found[0][-1:] in _DIGITS else "")

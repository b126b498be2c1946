"""Contract: what a reader was promised of the form of an answer: its length, its reading level, its abbreviations spelled out.

Owns these measures. They never buy a fact back, and no fact buys them. The reading level is the Flesch-Kincaid grade (J. P. Kincaid et al.,
Naval Technical Training Command, Research Branch Report 8-75, 1975): 0.39 words a sentence + 11.8 syllables a word - 15.59.
"""

import re
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from journal_club.answering.answer import Answer
from journal_club.answering.citations import parse_marks
from journal_club.paper.names import Names

__all__ = ["Contract", "contract_of"]

_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
_SHORT = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")
_LEARNER = "medical_student"
"""Who is promised that abbreviations are spelled out."""


class Contract(BaseModel):
    """How an answer keeps to its reader's form.

    Attributes:
        fits: it has no more sentences than its reader wants.
        grade: reading level of its own sentences, quotes left out, in school years; None where it has none.
        spelled: of the page's abbreviations in an answer to a learner, how many are spelled out in it, and how many there are.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    fits: bool
    grade: float | None
    spelled: tuple[int, int]


def contract_of(answer: Answer, *, most: int, names: Names) -> Contract:
    """Measure one answer.

    Args:
        answer: the answer.
        most: sentences that its reader wants at most.
        names: what the page equates: short and long.
    """
    own = [parse_marks(one.text).bare for one in answer.statements if not any(check.kind == "quotation" for check in one.checks)]
    spelled = _spelled(" ".join(one.text for one in answer.statements), names) if answer.persona == _LEARNER else (0, 0)
    return Contract(fits=len(answer.statements) <= most, grade=_grade(own), spelled=spelled)


def _grade(said: Iterable[str]) -> float | None:
    sentences = [_WORD.findall(one) for one in said]
    words = [word for one in sentences for word in one]
    if not words:
        return None
    syllables = sum(max(1, len(_VOWELS.findall(word.removesuffix("e")))) for word in words)
    return round(0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59, 1)


def _spelled(text: str, names: Names) -> tuple[int, int]:
    """Of the abbreviations in a text that the page spells out, how many the text spells out as well."""
    folded = text.casefold()
    groups = [group for group in names.groups if any(short in group for short in _SHORT.findall(text))]
    return sum(any(len(name) > len(min(group, key=len)) and name.casefold() in folded for name in group) for group in groups), len(groups)

"""Contract: what a reader was promised of an answer's form: length, reading level, abbreviations spelled out, topics that are spoken of.

Owns these measures. They never buy a fact back, and no fact buys them. The reading level is the Flesch-Kincaid grade (J. P. Kincaid et al.,
Naval Technical Training Command, Research Branch Report 8-75, 1975): 0.39 words a sentence + 11.8 syllables a word - 15.59.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from journal_club.answering.answer import Answer
from journal_club.answering.citations import parse_marks
from journal_club.paper.names import Names

__all__ = ["Contract", "contract_of"]

_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
_SHORT = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")
_TOPICS = (
    (r"interval", r"\b\d\d ?% ?(?:CI|confidence)"),
    (r"number|result|benefit|effect", r"\d"),
    (r"harm|toxic|safety", r"\b(?:toxic\w*|adverse|deaths?|harms?|safety|syndrome)\b"),
    (r"population|who was treated|for whom", r"\b(?:patients|adults|population|participants)\b"),
    (r"compar", r"\b(?:compar\w+|versus|control|standard)\b"),
    (r"limit|bias|stops", r"\b(?:limit\w*|bias|open-label|may|not report|did not)\b"),
    (r"means", r"\b(?:superior|alternative|improv\w+|establish\w*|shift\w*)\b"),
)
"""What a promised topic is told by in a persona's words, and what speaks of it in an answer: rough, and counted as such."""
_LEARNER = "medical_student"
"""Who is promised that abbreviations are spelled out."""


class Contract(BaseModel):
    """How an answer keeps to its reader's form.

    Attributes:
        fits: it has no more sentences than its reader wants.
        grade: reading level of its own sentences, quotes left out, in school years; None where it has none.
        spelled: of the page's abbreviations in an answer to a learner, how many are spelled out in it, and how many there are.
        topics: of the topics that the reader is promised, how many the answer speaks of, and how many there are.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    fits: bool
    grade: float | None
    spelled: tuple[int, int]
    topics: tuple[int, int]


class Reader(Protocol):
    """What of a persona matters here."""

    @property
    def max_sentences(self) -> int:
        """Sentences that the reader wants at most."""

    @property
    def must_address(self) -> Sequence[str]:
        """Topics that the reader is promised, where the text carries them."""


def contract_of(answer: Answer, *, reader: Reader, names: Names) -> Contract:
    """Measure one answer.

    Args:
        answer: the answer.
        reader: who asked.
        names: what the page equates: short and long.
    """
    own = [parse_marks(one.text).bare for one in answer.statements if not any(check.kind == "quotation" for check in one.checks)]
    spelled = _spelled(" ".join(one.text for one in answer.statements), names) if answer.persona == _LEARNER else (0, 0)
    topics = sum(_speaks(topic, answer.text) for topic in reader.must_address), len(reader.must_address)
    return Contract(fits=len(answer.statements) <= reader.max_sentences, grade=_grade(own), spelled=spelled, topics=topics)


def _speaks(topic: str, text: str) -> bool:
    told = next((told for named, told in _TOPICS if re.search(named, topic, re.IGNORECASE)), "")
    return bool(told) and re.search(told, text, re.IGNORECASE) is not None


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

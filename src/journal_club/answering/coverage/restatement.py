"""Restatement: whether a sentence only gives a question's own words back, and so answers nothing.

Weak models begin that way. What the text carries of it is true, and an answer that holds nothing else would still be none.
"""

from journal_club.answering.coverage.question import QuestionReading
from journal_club.answering.coverage.vocabulary import matched_stem
from journal_club.paper.words import STOP_WORDS, words

__all__ = ["restates"]

DENIALS = frozenset({"no", "not", "nor", "neither", "never", "without", "none"})


def restates(sentence: str, reading: QuestionReading) -> bool:
    """Whether all that a sentence says stands in the question.

    A yes-or-no question is answered in its own words, so nothing restates one.
    """
    if any(part.asks == "yes_no" for part in reading.parts):
        return False
    return _said(sentence) <= _said(reading.text)


def _said(text: str) -> frozenset[str]:
    """The stems of a text's words that say something, its denials among them."""
    return frozenset(matched_stem(word) for word in words(text) if (said := word.text.casefold()) in DENIALS or said not in STOP_WORDS)

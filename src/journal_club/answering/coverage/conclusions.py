"""Conclusions: the sentences in which a paper says what follows from what it found."""

import re

from journal_club.answering.coverage.matter import Unit
from journal_club.paper.model import Origin

__all__ = ["is_conclusion"]

CONCLUDING = re.compile(r"bottom|conclu", re.IGNORECASE)
CONCLUDES = re.compile(
    r"\bin (?:conclusion|summary)\b|\bwe (?:found|conclude[ds]?|recommend|showed?|demonstrated?)\b|\b(?:our|these|this|the) (?:results?"
    r"|findings?|study|trial|data|analysis)\b[^.;]{0,40}\b(?:suggest|show|demonstrat|indicat|support|reveal|provide|are consistent)\w*",
    re.IGNORECASE,
)
"""How a text without headings draws its conclusion."""


def is_conclusion(unit: Unit) -> bool:
    """Whether a sentence draws the paper's own conclusion."""
    if unit.passage.origin is Origin.RELATED_TRIAL:
        return False
    return CONCLUDING.search(unit.passage.label) is not None or CONCLUDES.search(unit.text) is not None

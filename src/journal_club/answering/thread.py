"""The thread: earlier turns make a follow-up question standalone. They are never evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Turn", "standalone"]

FOLLOW_UP = re.compile(
    r"^(?:and|but|so)?[ ,]*(?:what about|how about|for|in|with|on|at)\s+(?:the\s+)?(?P<topic>[^?]{1,80})\??$", re.IGNORECASE
)
"""A question that only names another topic: "and for PFS?", "what about the control arm?"."""

TOPIC = re.compile(r"\b(?P<preposition>for|of|in|with|on|at)\s+(?:the\s+)?(?P<topic>[^?,]{1,80}?)(?P<end>\s*\??)$", re.IGNORECASE)
"""The last prepositional phrase of a question: what it is about."""

LEANING = re.compile(r"^(?:and|but|so|then|why|how so)\b|\b(?:it|its|that|this|they|those|these|them|the same|there)\b", re.IGNORECASE)
LONGEST_LEANING = 12
"""Words; a longer question is taken to say itself what it is about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """An earlier question and the text that answered it."""

    question: str
    text: str = ""


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question as it would be asked without the turns before it.

    "and for PFS?" after "What was the hazard ratio for overall survival?" becomes "What was the hazard ratio for PFS?"; a short
    question that leans on a pronoun gets the earlier question behind it; any other stays as it is.
    """
    if not history:
        return question
    before = standalone(history[-1].question, history[:-1])
    follow_up = FOLLOW_UP.match(question.strip())
    if follow_up:
        return _about(before, follow_up["topic"].strip())
    if len(question.split()) <= LONGEST_LEANING and LEANING.search(question):
        return f"{question} ({before})"
    return question


def _about(before: str, topic: str) -> str:
    """The earlier question, asked about another topic."""
    last = TOPIC.search(before)
    if not last:
        return f"{before.rstrip(' ?')}: {topic}?"
    return f"{before[: last.start('topic')]}{topic}{last['end'].strip() or '?'}"

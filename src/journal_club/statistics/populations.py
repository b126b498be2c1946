"""Populations: in whom a result was computed, as a sentence says it: intention to treat, per protocol, safety.

Owns the table of analysis populations, each under one canonical name.
"""

import re
from functools import lru_cache

from journal_club.statistics.layout import Span

__all__ = ["populations"]

_TABLE = {
    "modified intention to treat": r"modified intent(?:ion)?[- ]to[- ]treat|\bmITT\b",
    "intention to treat": r"intent(?:ion)?[- ]to[- ]treat|\bITT\b",
    "per protocol": r"per[- ]protocol",
    "as treated": r"as[- ]treated",
    "safety": r"safety (?:population|set|analysis)",
}
_POPULATION = re.compile("|".join(f"(?P<p{number}>{pattern})" for number, pattern in enumerate(_TABLE.values())), re.IGNORECASE)
_NAMES = tuple(_TABLE)
_MAY_BE = ("intent", "itt", "protocol", "treated", "safety")


@lru_cache(maxsize=4096)
def populations(text: str) -> tuple[Span, ...]:
    """The analysis populations that a sentence names, in order."""
    lower = text.lower()
    if not any(word in lower for word in _MAY_BE):
        return ()
    return tuple(Span(found.start(), found.end(), _NAMES[int((found.lastgroup or "p0")[1:])]) for found in _POPULATION.finditer(text))

"""Kin: the sentences that carry a phrase, or a whole question, by meaning, where the words lead nowhere.

Owns how near is near enough. Words come first everywhere: kin is asked only of a phrase that no sentence carries in its words, and of a
question whose words the best sentence hardly holds.
"""

import re
from collections.abc import Sequence

from journal_club.answering.coverage.matter import Unit
from journal_club.retrieval.kinship import Kinship
from journal_club.retrieval.retrieval import Retrieval

__all__ = ["STRANGE", "akin", "likest", "prepare", "within_reach"]

NAMED = re.compile(
    r"\d|\b\w*[A-Z]\w*[A-Z]|(?<!^)\b[A-Z][a-z]|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve)[- ]"
    r"(?:hour|day|week|month|year)s?\b"
)
"""What looks like a name or a figure: it has no kin."""
AKIN = 0.55
"""Cosine of a phrase and a run of words from which on they mean much the same."""
STRANGE = 0.46
"""Cosine of a phrase and the text's nearest words under which the text has nothing to do with it."""
CLOSE = 0.08
"""How much less near than the nearest sentence another may be."""
LEAST_SHARE = 0.72
MORE_SHARE = 0.5
"""The share of a phrase that its kin holds: the least that carries it, and more with each step of the cosine."""
ALIKE = 0.4
"""Cosine of a question and a sentence from which on the sentence may be shown beside what the words lead to."""
MARGIN = 0.05
"""How much liker than the best by its words such a sentence must be."""
MOST_LIKE = 2
FEW = 150
"""Sentences; of a longer text only the passages that were found are searched for kin."""


def akin(phrase: str, units: Sequence[Unit], kinship: Kinship | None) -> tuple[dict[Unit, float], float]:
    """The sentences akin to a phrase, each with the share of it that it holds, and the cosine of the nearest; 1 where none is asked for."""
    if kinship is None or NAMED.search(phrase):
        return {}, 1.0
    near = kinship.near(phrase, [unit.excerpt for unit in units])
    nearest = max(near, default=0.0)
    least = max(AKIN, nearest - CLOSE)
    return {unit: LEAST_SHARE + MORE_SHARE * (cosine - AKIN) for unit, cosine in zip(units, near, strict=True) if cosine >= least}, nearest


def likest(question: str, units: Sequence[Unit], kinship: Kinship | None, *, best: Unit | None) -> tuple[Unit, ...]:
    """The sentences most like a question as a whole, where they are much like it, and clearly more so than the best by its words."""
    if kinship is None or not units:
        return ()
    alike = kinship.alike(question, [unit.excerpt for unit in units])
    ranked = sorted(range(len(units)), key=lambda place: -alike[place])
    least = max([ALIKE, *(cosine + MARGIN for unit, cosine in zip(units, alike, strict=True) if unit is best)])
    return tuple(units[place] for place in ranked[:MOST_LIKE] if alike[place] >= least)


def prepare(retrieval: Retrieval, units: Sequence[Unit]) -> None:
    """Have the words of a text at hand before its first question, where it is short enough for all of it to be searched."""
    if retrieval.kinship is not None and len(units) <= FEW:
        retrieval.kinship.learn([unit.excerpt for unit in units])


def within_reach(units: Sequence[Unit], retrieval: Retrieval) -> tuple[Unit, ...]:
    """The sentences that are searched for kin."""
    found = {one.passage.id for one in retrieval.ranked}
    return tuple(unit for unit in units if len(units) <= FEW or unit.passage.id in found)

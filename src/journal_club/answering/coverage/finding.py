"""Finding: one thing that a question looks for, and the sentences of the text that carry it.

Owns how much of a phrase a sentence holds, and whether a text that carries it nowhere may yet say it in other words. How sentences are
searched is `findings`'.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from journal_club.answering.coverage.matter import Term, Unit
from journal_club.answering.coverage.phrases import Phrase

__all__ = ["Evidence", "Finding", "held"]

NEAR = {"label": 0.9, "before": 0.75, "around": 0.5}
"""What a word is worth that stands not in the sentence but in its heading, before it, or elsewhere in its passage."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A sentence that carries a phrase, the better the higher its score."""

    unit: Unit
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A phrase and what carries it.

    Attributes:
        evidence: sentences that carry it, best first.
        weight: of its most telling word.
        absent: words of it that the text has nowhere.
        terms: all its words, weighted.
        akin: of a phrase that no sentence carries in its words, how far sentences do by meaning.
        kinship: the cosine of such a phrase and the nearest words of the text.
    """

    phrase: Phrase
    evidence: tuple[Evidence, ...]
    weight: float
    absent: tuple[Term, ...]
    terms: tuple[tuple[Term, float], ...]
    akin: Mapping[Unit, float] = field(default_factory=dict)
    kinship: float = 1.0

    @property
    def excused(self) -> bool:
        """Whether all that keeps the text from carrying the phrase are everyday words, which it may say otherwise."""
        return (
            not self.evidence
            and bool(self.absent)
            and not (self.phrase.quoted or self.phrase.counted)
            and all(term.plain for term in self.absent)
        )

    def telling_share(self, unit: Unit) -> float:
        """The share of the weight of the phrase's telling words that a sentence holds."""
        if unit in self.akin:
            return self.akin[unit]
        telling = [pair for pair in self.terms if pair[0].telling] or list(self.terms)
        return sum(weight * held(term, unit) for term, weight in telling) / (sum(weight for _, weight in telling) or 1.0)

    def share(self, unit: Unit) -> float:
        """The share of the phrase's weight that a sentence holds, its general words included."""
        if unit in self.akin:
            return self.akin[unit]
        return sum(weight * held(term, unit) for term, weight in self.terms) / (sum(weight for _, weight in self.terms) or 1.0)


def held(term: Term, unit: Unit) -> float:
    """How near to a sentence a term stands, 1 in it to 0 not in its passage."""
    if not term.in_(unit.around):
        return 0.0
    if term.in_(unit.own):
        return 1.0
    if term.in_(unit.labelled):
        return NEAR["label"]
    return NEAR["before"] if term.in_(unit.begun) else NEAR["around"]

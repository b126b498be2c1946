"""Extractive answers: the text's own best sentences, word for word, for a question that it carries.

Owns which sentences are shown and in what order. Whether the text carries the question is decided before (`abstention`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from journal_club.answering.abstention import Coverage, Quote
from journal_club.answering.findings import Evidence, PartFindings
from journal_club.answering.matter import Unit
from journal_club.answering.question import QuestionReading
from journal_club.paper.model import Origin
from journal_club.retrieval.retrieval import Retrieval

__all__ = ["Reader", "extract"]

FACTS = 2
"""Quotes at most for each figure or fact that is asked."""
LISTED_FACTS = 4
"""Quotes at most where it is asked which there are."""
NEAR_BEST = 0.85
"""A second quote is shown when it scores this share of the first."""
TWIN = 0.7
"""Share of its words in another sentence from which on a sentence says the same."""


class Reader(Protocol):
    """What of a persona matters here."""

    @property
    def max_sentences(self) -> int:
        """Sentences that the reader wants at most."""

    @property
    def sections(self) -> Mapping[str, float]:
        """Preference by section slug, 0 to 1."""


def extract(reading: QuestionReading, retrieval: Retrieval, coverage: Coverage, persona: Reader) -> tuple[Quote, ...]:
    """The sentences that answer a question, the asked figure first; a broad question's in the order of the text.

    Args:
        reading: the question.
        retrieval: its retrieval.
        coverage: what the text carries of it; of a full refusal, what is nearest.
        persona: the reader, who decides how much and, for broad questions alone, from which sections.
    """
    if coverage.reason is not None:
        return coverage.nearest
    if reading.broad and all(part.whole is None for part in coverage.parts):
        units = sorted(_of_broad(coverage.parts, persona), key=lambda unit: unit.excerpt.start)
    else:
        units = [unit for part in coverage.parts for unit in _of_part(part)]
    chosen = _without_twins(units)[: persona.max_sentences]
    quotes = tuple(Quote(passage=unit.passage, excerpt=unit.excerpt) for unit in chosen)
    return quotes or tuple(Quote(passage=one.passage, excerpt=one.passage.sentences[0]) for one in retrieval.ranked[:1])


def _of_part(found: PartFindings) -> list[Unit]:
    """The section that is asked for; else the best sentence of each phrase, then one more where it is nearly as good."""
    if found.whole is not None:
        return list(found.whole)
    ranked = [one for one in found.best if _carries(found, one)] or list(found.best)
    if not ranked:
        return []
    chosen = [ranked[0].unit]
    for finding in found.focus:
        units = {one.unit for one in finding.evidence}
        if units and not units & set(chosen):
            chosen.append(next((one.unit for one in ranked if one.unit in units), finding.evidence[0].unit))
    most = LISTED_FACTS if found.part.asks == "list" and not found.part.measures else FACTS
    further = (one.unit for one in ranked[1:] if one.score >= NEAR_BEST * ranked[0].score and one.unit not in chosen)
    return chosen + list(further)[: max(0, most - len(chosen))]


def _carries(found: PartFindings, one: Evidence) -> bool:
    return not found.focus or any(one.unit is evidence.unit for finding in found.focus for evidence in finding.evidence)


def _of_broad(parts: Sequence[PartFindings], persona: Reader) -> list[Unit]:
    """For each phrase in turn the best sentence that the reader's sections prefer, until the reader has enough."""
    chosen: list[Unit] = []
    for ranked in _rounds(parts, persona):
        unit = next((unit for unit in ranked if unit not in chosen and not _is_twin(unit, chosen)), None)
        if unit and len(chosen) < persona.max_sentences:
            chosen.append(unit)
    return chosen


def _rounds(parts: Sequence[PartFindings], persona: Reader) -> Iterable[list[Unit]]:
    whole = [_preferred(part.best[:12], persona) for part in parts]
    phrases = [
        _preferred(finding.evidence, persona, part) for part in parts for finding in (*part.focus, *part.context) if finding.evidence
    ]
    yield from whole
    yield from phrases
    yield from whole
    yield from whole


def _preferred(evidence: Sequence[Evidence], persona: Reader, part: PartFindings | None = None) -> list[Unit]:
    whole = {one.unit: one.score for one in part.best} if part else {}
    return [
        one.unit
        for one in sorted(
            evidence, key=lambda one: -(one.score + whole.get(one.unit, 0.0) + 0.6 * persona.sections.get(one.unit.passage.section, 0.0))
        )
    ]


def _without_twins(units: Iterable[Unit]) -> list[Unit]:
    chosen: list[Unit] = []
    for unit in units:
        if unit not in chosen and not _is_twin(unit, chosen):
            chosen.append(unit)
    return chosen


def _is_twin(unit: Unit, chosen: Sequence[Unit]) -> bool:
    """Whether a sentence says again what was chosen: most of its words, and no figure that the other lacks."""
    return any(_says_again(unit, other) or _says_again(other, unit) for other in chosen)


def _says_again(unit: Unit, other: Unit) -> bool:
    if unit.passage.origin is Origin.RELATED_TRIAL or len(unit.own & other.own) < TWIN * len(unit.own):
        return False
    return all(stem in other.own for stem in unit.own if stem[:1].isdigit())

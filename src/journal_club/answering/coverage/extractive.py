"""Extractive answers: the text's own best sentences, word for word, for a question that it carries.

Owns which sentences are shown and in what order. Whether the text carries the question is decided before (`abstention`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from journal_club.answering.coverage.abstention import Coverage, Quote
from journal_club.answering.coverage.findings import Evidence, Finding, PartFindings
from journal_club.answering.coverage.matter import Unit
from journal_club.answering.coverage.question import QuestionReading
from journal_club.answering.coverage.vocabulary import stems
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

SECTION = 0.6
"""What a section that the reader prefers adds to a sentence's score."""
OWN_WORDS = 3.0
"""What the phrase's own words, rather than a paraphrase of them, add to it."""


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
    whole = [_preferred({one.unit: one.score for one in part.best[:12]}, persona) for part in parts]
    yield from whole
    for part in parts:
        yield from (_preferred(_of_phrase(finding, part), persona) for finding in (*part.focus, *part.context) if finding.evidence)
    for _ in range(persona.max_sentences):
        yield from whole


def _of_phrase(finding: Finding, part: PartFindings) -> dict[Unit, float]:
    """How well each sentence carries a phrase: in the phrase's own words rather than in others, and in view of the whole part."""
    overall = {one.unit: one.score for one in part.best}
    own = frozenset(stems(finding.phrase.text))
    return {one.unit: one.score + overall.get(one.unit, 0.0) + OWN_WORDS * bool(own & one.unit.own) for one in finding.evidence}


def _preferred(scores: Mapping[Unit, float], persona: Reader) -> list[Unit]:
    """Sentences from the best on, those of the reader's sections favoured."""
    return sorted(scores, key=lambda unit: -(scores[unit] + SECTION * persona.sections.get(unit.passage.section, 0.0)))


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

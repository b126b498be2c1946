"""Extractive answers: the text's own best sentences, word for word, for a question that it carries.

Owns which sentences are shown and in what order. Whether the text carries the question is decided before (`abstention`).
"""

from collections.abc import Iterable, Sequence

from journal_club.answering.coverage.abstention import Coverage, Quote
from journal_club.answering.coverage.broad import Reader, discussed, is_twin
from journal_club.answering.coverage.finding import Evidence
from journal_club.answering.coverage.findings import PartFindings
from journal_club.answering.coverage.matter import Unit
from journal_club.answering.coverage.question import QuestionReading
from journal_club.retrieval.retrieval import Retrieval

__all__ = ["extract"]

FACTS = 2
"""Quotes at most for each figure or fact that is asked."""
LISTED_FACTS = 4
"""Quotes at most where it is asked which there are."""
FAR_BETTER = 1.25
CLOSE_THIRD = 0.87
"""The share of the best one's score from which on a third quote is shown."""
NEAR_BEST = {False: 0.85, True: 0.75}
"""A second quote is shown when it scores this share of the first; scores by meaning lie closer together."""


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
    if (reading.broad or not coverage.parts) and all(part.whole is None for part in coverage.parts):
        units = sorted(discussed(coverage, persona), key=lambda unit: unit.excerpt.start)
    else:
        units = [*coverage.results, *(unit for part in coverage.parts for unit in _of_part(part))]
    chosen = _without_twins(units)[: persona.max_sentences]
    quotes = tuple(Quote(passage=unit.passage, excerpt=unit.excerpt) for unit in chosen)
    return quotes or tuple(Quote(passage=one.passage, excerpt=one.passage.sentences[0]) for one in retrieval.ranked[:1])


def _of_part(found: PartFindings) -> list[Unit]:
    """The section that is asked for; else the best sentence of each phrase, then one more where it is nearly as good."""
    if found.whole is not None:
        return list(found.whole)
    carrying = [one for one in found.best if _carries(found, one)]
    if carrying and _outdoes(found, carrying):
        return [found.best[0].unit]
    ranked = list(found.best) if found.by_meaning else carrying or list(found.best)
    if not ranked:
        return []
    chosen = [ranked[0].unit]
    for finding in found.focus:
        units = {one.unit for one in finding.evidence}
        if units and not units & set(chosen):
            chosen.append(next((one.unit for one in ranked if one.unit in units), finding.evidence[0].unit))
    most = LISTED_FACTS if found.part.asks == "list" and not found.part.measures else FACTS + _is_close_third(found, ranked)
    further = (one.unit for one in ranked[1:] if one.score >= NEAR_BEST[found.by_meaning] * ranked[0].score and one.unit not in chosen)
    chosen += list(further)[: max(0, most - len(chosen))]
    return chosen + [unit for unit in found.likest if unit not in chosen]


def _is_close_third(found: PartFindings, ranked: Sequence[Evidence]) -> bool:
    """Whether a third sentence is nearly as good as the best: then nothing tells which of them answers."""
    return found.by_meaning and len(ranked) > FACTS and ranked[FACTS].score >= CLOSE_THIRD * ranked[0].score


def _outdoes(found: PartFindings, carrying: Sequence[Evidence]) -> bool:
    """Whether a sentence gives a reason far better than those that name the question's subject: it may say "this therapy"."""
    return found.part.asks == "reason" and not found.part.measures and found.best[0].score >= FAR_BETTER * carrying[0].score


def _carries(found: PartFindings, one: Evidence) -> bool:
    return not found.focus or any(one.unit is evidence.unit for finding in found.focus for evidence in finding.evidence)


def _without_twins(units: Iterable[Unit]) -> list[Unit]:
    chosen: list[Unit] = []
    for unit in units:
        if unit not in chosen and not is_twin(unit, chosen):
            chosen.append(unit)
    return chosen

"""Broad questions: what is quoted for one, which leaves a choice of what to answer with.

Owns that choice. A sentence is quoted when it carries something of the question that no quoted one carries yet, when it reports a
result that the question speaks of, or when it answers nearly as well as the best one: what fits no more than the subject of the paper
would fill an answer and not be on its point. The reader's sections decide between sentences, never what counts as an answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from journal_club.answering.coverage.abstention import Coverage
from journal_club.answering.coverage.finding import Finding
from journal_club.answering.coverage.findings import PartFindings
from journal_club.answering.coverage.matter import Unit
from journal_club.answering.coverage.vocabulary import stems
from journal_club.paper.model import Origin

__all__ = ["Reader", "discussed", "is_twin"]

CLOSE = 0.6
"""A sentence answers nearly as well as the best one when it scores this share of it."""
BEST = 12
"""Sentences among which the reader's sections decide."""
SECTION = 0.6
"""What a section that the reader prefers adds to a sentence's score."""
OWN_WORDS = 3.0
"""What the phrase's own words, rather than a paraphrase of them, add to it."""
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


def discussed(coverage: Coverage, reader: Reader) -> list[Unit]:
    """The sentences that carry a broad question, what carries most of it first.

    Args:
        coverage: what the text carries of the question.
        reader: who asks; gets no more sentences than they want.
    """
    chosen: list[Unit] = []
    parts = _carried(coverage.parts)
    for part in parts:
        _take(chosen, _preferred(_near_best(part), reader))
    for part in parts:
        for finding in _phrases(part):
            if not any(one.unit in chosen for one in finding.evidence):
                _take(chosen, _preferred(_of_phrase(finding, part), reader))
    for unit in coverage.results:
        _take(chosen, [unit])
    for unit in _further(parts, reader):
        _take(chosen, [unit])
    return chosen[: reader.max_sentences]


def _carried(parts: Sequence[PartFindings]) -> Sequence[PartFindings]:
    """The parts of which the text has what they turn on; all of them where it has that of none."""
    return [part for part in parts if not _is_lost(part)] or parts


def _is_lost(part: PartFindings) -> bool:
    """Whether the thing that a part turns on stands nowhere: what else it names then only says whom or what the paper is about."""
    heaviest = max((finding.weight for finding in part.focus), default=0.0)
    return any(not finding.evidence and finding.weight == heaviest for finding in part.focus)


def _near_best(part: PartFindings) -> dict[Unit, float]:
    """The sentences that answer a part nearly as well as the best one."""
    least = CLOSE * part.best[0].score if part.best else 0.0
    return {one.unit: one.score for one in part.best[:BEST] if one.score >= least}


def _phrases(part: PartFindings) -> Iterator[Finding]:
    """The phrases that a sentence can be quoted for: not the trial's name, which says where to look; the given ones where else is none."""
    for finding in (*part.focus, *part.context, *(part.given if _is_lost(part) else ())):
        if not all(term.trial for term, _ in finding.terms):
            yield finding


def _of_phrase(finding: Finding, part: PartFindings) -> dict[Unit, float]:
    """How well each sentence carries a phrase: in the phrase's own words rather than in others, and in view of the whole part."""
    overall = {one.unit: one.score for one in part.best}
    own = frozenset(stems(finding.phrase.text))
    return {one.unit: one.score + overall.get(one.unit, 0.0) + OWN_WORDS * bool(own & one.unit.own) for one in finding.evidence}


def _further(parts: Sequence[PartFindings], reader: Reader) -> Iterator[Unit]:
    """What else answers a part nearly as well as the best sentence, and carries what the part turns on."""
    for part in parts:
        carrying = {one.unit for finding in part.focus or part.context for one in finding.evidence}
        free = not part.focus and not part.context
        yield from (unit for unit in _preferred(_near_best(part), reader) if free or unit in carrying)


def _preferred(scores: Mapping[Unit, float], reader: Reader) -> list[Unit]:
    """Sentences from the best on, those of the reader's sections favoured."""
    return sorted(scores, key=lambda unit: -(scores[unit] + SECTION * reader.sections.get(unit.passage.section, 0.0)))


def _take(chosen: list[Unit], ranked: Sequence[Unit]) -> None:
    """Add the best sentence that is new."""
    unit = next((unit for unit in ranked if unit not in chosen and not is_twin(unit, chosen)), None)
    chosen += [unit] if unit else []


def is_twin(unit: Unit, chosen: Sequence[Unit]) -> bool:
    """Whether a sentence says again what was chosen: most of its words, and no figure that the other lacks."""
    return any(_says_again(unit, other) or _says_again(other, unit) for other in chosen)


def _says_again(unit: Unit, other: Unit) -> bool:
    if unit.passage.origin is Origin.RELATED_TRIAL or len(unit.own & other.own) < TWIN * len(unit.own):
        return False
    return all(stem in other.own for stem in unit.own if stem[:1].isdigit())

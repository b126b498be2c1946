"""Righting: beside a refuted claim of the paper stands the place that refutes it.

Owns that whoever asked for a number, and is shown a claim that the paper's own result refutes, is shown that result too, in its own words.
"""

from collections.abc import Iterator

from journal_club.answering.answer import Conflict, StatementEvent
from journal_club.answering.case import Case
from journal_club.answering.conflicts import asked_for, overlaps, touching
from journal_club.answering.coverage.matter import Unit, matter_of

__all__ = ["righted"]


def righted(case: Case) -> Iterator[StatementEvent]:
    """The supported sentence of each conflict that was asked for, where the answer cites only what it refutes."""
    for conflict in asked_for(case.question, touching(case.conflicts, case.composition.citations)):
        unit = _supporting(case, conflict)
        if unit is not None and not case.composition.has_said(unit.excerpt.text):
            yield case.composition.quote(unit.passage, unit.excerpt)


def _supporting(case: Case, conflict: Conflict) -> Unit | None:
    """The sentence of the place that arithmetic or the trial's own report supports; None where it is cited, or there is none."""
    if conflict.supported_place is None:
        return None
    place = conflict.places[conflict.supported_place]
    if any(overlaps(place, one.start_char_index, one.end_char_index) for one in case.composition.citations):
        return None
    units = matter_of(case.retrieval.passages, case.retrieval.names).units
    return next((unit for unit in units if overlaps(place, unit.excerpt.start, unit.excerpt.end)), None)

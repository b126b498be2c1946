"""Baseline: an accepted run that later ones are held against: what was right in it, by name.

Owns those names and the file of them. A name is `case reader` and a point, `refusal`, `is answered` or `has its conflict`, or `statement
id`; which cases and sentences were asked of which paper stands beside them.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from journal_club.evaluation.cases import Cases
from journal_club.evaluation.run import Run
from journal_club.evaluation.scoring import CaseResult

__all__ = ["Baseline", "baseline_of", "case_of", "read_baseline", "rights"]


class Baseline(BaseModel):
    """An accepted run.

    Attributes:
        manifest: the id of its manifest.
        right: what was right in it.
        papers: the ids of cases and sentences that were asked of each paper; none in a file of before they were kept.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    answerer: str
    manifest: str
    right: tuple[str, ...]
    papers: dict[str, tuple[str, ...]] = {}

    def paper_of(self, name: str) -> str:
        """The paper that a name is about; empty where the file does not say."""
        case = case_of(name)
        return next((paper for paper, ids in self.papers.items() if case in ids), "")


def case_of(name: str) -> str:
    """The id of the case or sentence that a name is about."""
    first, _, rest = name.partition(" ")
    return rest if first == "statement" else first


def read_baseline(path: Path) -> Baseline | None:
    """The baseline of a file; None where there is none."""
    return Baseline.model_validate_json(path.read_text(encoding="utf-8")) if path.exists() else None


def baseline_of(run: Run, papers: Iterable[Cases]) -> Baseline:
    """What a run on these papers got right, to hold later ones against."""
    ids = {one.paper: one.ids for one in papers}
    return Baseline(answerer=run.manifest.answerer, manifest=run.manifest.id, right=tuple(sorted(rights(run))), papers=ids)


def rights(run: Run) -> Iterator[str]:
    """The names of what a run got right."""
    for one in run.results:
        yield from _right_of(one)
    yield from (f"statement {one.statement.id}" for one in run.statements if one.right)


def _right_of(one: CaseResult) -> Iterator[str]:
    yield from (f"{one.case} {one.reader} {point.point.id}" for point in one.points if point.verdict == "entailed")
    if not one.scored:
        return
    if one.owed_answer == one.answered:
        yield f"{one.case} {one.reader} {'is answered' if one.answered else 'refusal'}"
    if one.conflict_shown:
        yield f"{one.case} {one.reader} has its conflict"

"""The report of a run as one HTML page that works from the file system: no script, no address, nothing fetched.

Owns what the page shows; its form is `page.html`'s.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from journal_club.evaluation.gate import Failure
from journal_club.evaluation.report.junit import shortcomings
from journal_club.evaluation.run import Run
from journal_club.evaluation.scoring import CaseResult
from journal_club.evaluation.summary import Column, Summary

__all__ = ["Bar", "html_of"]

_KINDS = ("discussion", "fact", "conflict", "unreported", "hostile")


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar of a chart: a share with what it is of."""

    name: str
    hits: int
    of: int

    @property
    def percent(self) -> float:
        """0 to 100."""
        return 100 * self.hits / self.of if self.of else 0.0


@dataclass(frozen=True, kw_only=True)
class Row:
    """One case and reader, and what is wrong with its answer."""

    result: CaseResult
    problems: tuple[str, ...]


def html_of(run: Run, failed: Sequence[Failure], earlier: Iterable[tuple[str, Summary]]) -> str:
    """The page of a run.

    Args:
        run: the run.
        failed: what the gate says of it.
        earlier: other runs to show beside it, by name.
    """
    rows = [Row(result=one, problems=tuple(shortcomings(one))) for one in run.results]
    return _template().render(
        run=run,
        failed=failed,
        columns=[one for one in run.summary.columns if one.part == "all"],
        parts={one.name: _parts(run.summary, one.name) for one in run.summary.columns if one.part == "all"},
        kinds=[(kind, [row for row in rows if row.result.kind == kind]) for kind in _KINDS],
        readers=[_reader(name, run.results) for name in sorted({one.reader for one in run.results})],
        runs=[_of_run(name, summary) for name, summary in (*earlier, ("this run", run.summary))],
    )


def _parts(summary: Summary, name: str) -> list[Column]:
    return [one for one in summary.columns if one.name == name and one.part != "all"]


def _reader(name: str, results: Iterable[CaseResult]) -> Bar:
    """How many of a reader's demanded points are there."""
    points = [point for one in results if one.reader == name for point in one.points if point.point.demanded]
    return Bar(name=name, hits=sum(point.verdict == "entailed" for point in points), of=len(points))


def _of_run(name: str, summary: Summary) -> Bar:
    column = summary.column("points recalled")
    return Bar(name=name, hits=column.hits, of=column.of)


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))

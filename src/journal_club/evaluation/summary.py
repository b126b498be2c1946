"""Summary: what the results of a run come to, column by column, each with its interval; no column is blended with another.

Owns the form of a column. A rate has Wilson's interval, which covers questions, not papers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from journal_club.evaluation.counts import COUNTS
from journal_club.evaluation.interval import wilson
from journal_club.evaluation.judge.opinion import Agreement, Opinion, agreement
from journal_club.evaluation.scoring import CaseResult, StatementResult

__all__ = ["Column", "Summary", "summarise"]

_CARRIED = ("supported", "derived")
_PARTS = ("all", "seen", "held back")


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Record):
    """One share: `hits` of `of`.

    Attributes:
        name: what is counted.
        part: of which cases: all, those seen while the code was mended, or those held back.
        better: whether more or less of it is better.
    """

    name: str
    part: str
    hits: int
    of: int
    better: str

    @property
    def share(self) -> float | None:
        """0 to 1; None where nothing was counted, which is neither good nor bad."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval."""
        return wilson(self.hits, self.of)


class Summary(_Record):
    """All columns of a run, and its times.

    Attributes:
        own_ms: p50 and p95 of the service's own time for an answer, milliseconds.
        model_ms: the same of the model's.
        first_ms: the same until the first shown statement stood.
        tokens: that the model read and wrote, of all answers.
        opinion: how far a model that was asked about the same points agrees with the offline judge; None where none was asked.
    """

    columns: tuple[Column, ...]
    own_ms: tuple[float, float]
    model_ms: tuple[float, float]
    first_ms: tuple[float, float]
    tokens: tuple[int, int]
    opinion: Agreement | None = None

    def column(self, name: str, part: str = "all") -> Column:
        """A column by its name.

        Raises:
            KeyError: there is none of that name.
        """
        found = next((one for one in self.columns if one.name == name and one.part == part), None)
        if found is None:
            raise KeyError(f"no column {name!r} of the part {part!r}")
        return found


def summarise(
    results: Sequence[CaseResult], statements: Sequence[StatementResult], opinions: Mapping[tuple[str, str, str], Opinion] | None = None
) -> Summary:
    """Count every column over all cases, over those that were seen while the code was mended, and over those held back."""
    columns = [column for part in _PARTS for column in _columns(_of_part(results, part), part)]
    columns += [
        column for part in _PARTS for column in _of_readers([one for one in statements if _is_of(part, one.statement.held_back)], part)
    ]
    own, model = [one.own_ms for one in results if one.scored], [one.model_ms for one in results if one.scored]
    first = [one.first_ms for one in results if one.first_ms is not None]
    return Summary(
        columns=tuple(columns),
        own_ms=_quantiles(own),
        model_ms=_quantiles(model),
        first_ms=_quantiles(first),
        tokens=_tokens(results),
        opinion=_agreement(results, opinions or {}),
    )


def _agreement(results: Iterable[CaseResult], opinions: Mapping[tuple[str, str, str], Opinion]) -> Agreement | None:
    """Of the points that a model was asked about, how far it agrees."""
    places = ((point, (one.case, one.reader, point.point.id)) for one in results for point in one.points)
    pairs = [(point.verdict, opinions[place].verdict) for point, place in places if place in opinions]
    return agreement(pairs, judge=next(iter(opinions.values())).judge) if pairs else None


def _tokens(results: Iterable[CaseResult]) -> tuple[int, int]:
    used = [one.answer.usage for one in results if one.answer]
    return sum(int(one.get("prompt_tokens") or 0) for one in used), sum(int(one.get("completion_tokens") or 0) for one in used)


def _of_part(results: Sequence[CaseResult], part: str) -> list[CaseResult]:
    return [one for one in results if _is_of(part, one.held_back)]


def _is_of(part: str, held_back: bool) -> bool:  # noqa: FBT001
    return part == "all" or held_back == (part == "held back")


def _of_readers(statements: Sequence[StatementResult], part: str) -> Iterator[Column]:
    """Sentences that somebody wrote, by verdicts that somebody gave: what measures judge and verifier from outside."""
    true = [one for one in statements if one.statement.verdict in _CARRIED]
    false = [one for one in statements if one.statement.verdict not in _CARRIED]
    yield _column("statements of readers judged right", part, sum(one.right for one in statements), len(statements))
    yield _column("true statements of readers passed", part, sum(one.verdict in _CARRIED for one in true), len(true))
    yield _column("false statements of readers caught", part, sum(one.verdict not in _CARRIED for one in false), len(false))


def _columns(results: Sequence[CaseResult], part: str) -> Iterator[Column]:
    for name, (count, better) in COUNTS.items():
        hits, of = count(results)
        yield _column(name, part, hits, of, better)


def _column(name: str, part: str, hits: int, of: int, better: str = "more") -> Column:
    return Column(name=name, part=part, hits=hits, of=of, better=better)


def _quantiles(values: Iterable[float]) -> tuple[float, float]:
    known = sorted(values) or [0.0]
    return known[len(known) // 2], known[min(len(known) - 1, int(0.95 * len(known)))]

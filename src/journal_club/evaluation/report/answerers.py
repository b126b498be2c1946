"""Answerers: runs side by side, each with what verification kept from the reader.

Owns the table that decides what answers by default. What a model would have said without verification is in its stored answers: what was
shown of its draft and what was withheld. Nothing is drafted twice. Two shares are of cases that the code was mended on, and of others.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from journal_club.answering.answer import Answer, Statement
from journal_club.evaluation.cases import Cases
from journal_club.evaluation.run import Run, judge_of
from journal_club.evaluation.scoring import Judge
from journal_club.evaluation.section import table
from journal_club.evaluation.summary import Column

__all__ = ["answerers", "as_drafted"]

_HEADS = (
    "answered by",
    "facts right",
    "vital points",
    "unreported refused",
    "wrongly refused",
    "unsupported shown",
    "withheld",
    "unverified: unsupported",
    "unverified: contradicted",
    "model p50, s",
    "first sentence p50, s",
)


def answerers(runs: Sequence[Run], papers: Iterable[Cases]) -> Iterator[str]:
    """Lines of a Markdown table, one row a run."""
    judges = {cases.paper: judge_of(cases) for cases in papers}
    yield from table(_HEADS, [_row(run, judges) for run in runs])


def _row(run: Run, judges: Mapping[str, Judge]) -> tuple[str, ...]:
    drafts = [drafted for one in run.results if one.answer and (drafted := as_drafted(one.answer)).statements]
    said = [verdict for draft in drafts for verdict in judges[draft.paper_id].statements(draft)]
    unsupported = sum(verdict.supported is False for verdict in said)
    contradicted = sum(verdict.contradicted for verdict in said)
    column = run.summary.column
    return (
        run.manifest.answerer,
        _shares(run, "facts right, right passage cited"),
        _shares(run, "vital points recalled"),
        _shares(run, "unreported questions refused"),
        _shares(run, "answerable questions refused"),
        f"{column('statements unsupported').hits} of {column('statements unsupported').of}",
        _share(column("drafted sentences withheld")),
        f"{unsupported} of {len(said)}" if said else "-",
        f"{contradicted} of {len(said)}" if said else "-",
        f"{run.summary.model_ms[0] / 1000:.1f}" if said else "-",
        f"{run.summary.first_ms[0] / 1000:.2f}",
    )


def _shares(run: Run, name: str) -> str:
    """Of the cases that the code was mended on, and of those that nobody looked at."""
    return " / ".join(_share(run.summary.column(name, part)) for part in ("seen", "held back"))


def _share(column: Column) -> str:
    return "-" if column.share is None else f"{column.share:.0%}"


def as_drafted(answer: Answer) -> Answer:
    """The answer that the reader would have got without verification: all that was drafted, and no quote."""
    drafted = [one.text for one in answer.statements if not any(check.kind == "quotation" for check in one.checks)]
    text, statements = "", []
    for said in (*drafted, *(one.text for one in answer.withheld)):
        start = len(text) + bool(text)
        text = f"{text} {said}".strip()
        statements.append(_statement(said, start))
    return answer.model_copy(update={"text": text, "statements": tuple(statements), "citations": ()})


def _statement(said: str, start: int) -> Statement:
    return Statement(text=said, start_index=start, end_index=start + len(said), basis="trial", citations=(), verdict="supported", checks=())

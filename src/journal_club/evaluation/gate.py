"""Gate: whether a run may pass, and what exactly does not.

Owns the findings. A run is held against what the suite asks of its papers, so that nothing passes by not being asked: a missing answer is
unscored, a ruled column that is empty though the suite has cases for it fails, and what was right in the baseline and is not any more, or
is asked no more, is a regression, and is named.
"""

from collections.abc import Iterator
from itertools import chain

from pydantic import BaseModel, ConfigDict

from journal_club.evaluation.asking import asked_of
from journal_club.evaluation.baseline import Baseline, case_of, rights
from journal_club.evaluation.counts import OF_SHOWN
from journal_club.evaluation.rules import GateCode, Rule, Rules
from journal_club.evaluation.run import Run
from journal_club.evaluation.scoring import StatementResult, unscored
from journal_club.evaluation.suite import Suite
from journal_club.evaluation.summary import Summary, summarise

__all__ = ["Failure", "GateCode", "failures"]

_NAMED = 5
"""Missing answers that are named one by one."""


class Failure(BaseModel):
    """One thing that does not pass."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: GateCode
    what: str


def failures(run: Run, rules: Rules, baseline: Baseline | None, suite: Suite) -> tuple[Failure, ...]:
    """What of a run does not pass, the gravest first.

    Args:
        run: the run.
        rules: the limits.
        baseline: the accepted run, where there is one.
        suite: what is asked of the run's papers.
    """
    found = [*_missing(run, suite), *_broken(run, rules, suite), *(_lost(run, baseline, suite) if baseline else ())]
    return tuple(sorted(found, key=lambda failure: -failure.code))


def _missing(run: Run, suite: Suite) -> Iterator[Failure]:
    """What the suite asks and the run has no verdict on: none may be missing."""
    scored = {(one.case, one.reader) for one in run.results if one.scored}
    asked = [(one.case.id, one.reader) for cases in suite.papers for one in asked_of(cases, suite.personas)]
    names = [f"{case} ({reader})" for case, reader in asked if (case, reader) not in scored]
    judged = {one.statement.id for one in run.statements}
    names += [one.id for cases in suite.papers for one in cases.statements if one.id not in judged]
    if names:
        whole = len(asked) + sum(len(cases.statements) for cases in suite.papers)
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        told = ", ".join(names[:_NAMED]) + more
        yield Failure(code=GateCode.UNSCORED, what=f"{len(names)} of {whole} that the suite asks have no scored answer: {told}")


def _broken(run: Run, rules: Rules, suite: Suite) -> Iterator[Failure]:
    owed = _owed(suite)
    for rule in rules.of(run.manifest.answerer):
        column = run.summary.column(rule.column, rule.part)
        name = f"{column.name} ({column.part})"
        if column.share is None and _has_cases(rule, owed):
            yield Failure(code=GateCode[rule.code.upper()], what=f"{name}: nothing was counted, and the suite has cases for it")
        if column.share is not None and rule.broken_by(column.share):
            limit = f"at least {rule.at_least:.1%}" if rule.at_least is not None else f"at most {rule.at_most:.1%}"
            what = f"{name}: {column.hits} of {column.of} = {column.share:.1%}, {limit} asked"
            yield Failure(code=GateCode[rule.code.upper()], what=what)


def _owed(suite: Suite) -> Summary:
    """The columns of the suite without a single answer: what each of them would count."""
    results = [
        unscored(one.case, cases.paper, one.reader, one.question, "") for cases in suite.papers for one in asked_of(cases, suite.personas)
    ]
    said = [StatementResult(statement=one, verdict="", reason="") for cases in suite.papers for one in cases.statements]
    return summarise(results, said)


def _has_cases(rule: Rule, owed: Summary) -> bool:
    """Whether the suite has cases for a ruled column; one that counts what is shown has them where a question is to be answered."""
    counted = "answerable questions refused" if rule.column in OF_SHOWN else rule.column
    return owed.column(counted, rule.part).of > 0


def _lost(run: Run, baseline: Baseline, suite: Suite) -> Iterator[Failure]:
    reasons = _reasons(run)
    for name in sorted(set(baseline.right) - set(rights(run))):
        if name in reasons or _is_of(name, baseline, suite):
            why = reasons.get(name, "it was not asked")
            yield Failure(code=GateCode.REGRESSION, what=f"{name}: right in the baseline, not any more ({why})")


def _is_of(name: str, baseline: Baseline, suite: Suite) -> bool:
    """Whether a name is of one of the run's papers: a case that no paper has any more was deleted, of whichever paper."""
    paper = baseline.paper_of(name)
    return paper in {one.paper for one in suite.papers} if paper else case_of(name) not in suite.elsewhere


def _reasons(run: Run) -> dict[str, str]:
    """Of everything that can be right, why it is not."""
    points = {f"{one.case} {one.reader} {point.point.id}": point.rule for one in run.results for point in one.points}
    whole = chain.from_iterable(
        (
            (f"{one.case} {one.reader} refusal", one.why or "answered"),
            (f"{one.case} {one.reader} is answered", one.why or "refused"),
            (f"{one.case} {one.reader} has its conflict", one.why or "not attached"),
        )
        for one in run.results
    )
    said = {f"statement {one.statement.id}": f"is {one.verdict}: {one.reason}" for one in run.statements}
    return points | dict(whole) | said

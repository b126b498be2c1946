"""Gate: whether a run may pass, by the rules of one file, and what exactly does not.

Owns the rules and their exit codes. A rule names a column of the summary and its limit; a point that was right in the baseline and is not
any more is a regression, and is named.
"""

from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from journal_club.evaluation.run import Run
from journal_club.evaluation.scoring import CaseResult

__all__ = ["Baseline", "Failure", "GateCode", "Rules", "RulesError", "baseline_of", "failures", "read_rules"]


class GateCode(IntEnum):
    """Exit codes of the gate; the lowest that applies is given."""

    PASSED = 0
    REGRESSION = 10
    UNSCORED = 11
    JUDGE_BROKEN = 12
    LEAK = 13


class RulesError(Exception):
    """The file of rules is malformed; the message names it."""


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Form):
    """A limit of one column, as a share: exactly one of the two is given."""

    column: str
    part: str = "all"
    at_least: float | None = None
    at_most: float | None = None
    code: str = "regression"

    @model_validator(mode="after")
    def _one_limit(self) -> "Rule":
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError(f"rule on {self.column!r}: give `at_least` or `at_most`")
        if self.code.upper() not in GateCode.__members__:
            raise ValueError(f"rule on {self.column!r}: there is no code {self.code!r}")
        return self

    def broken_by(self, share: float) -> bool:
        """Whether a share breaks it."""
        return share < self.at_least if self.at_least is not None else share > (self.at_most or 0.0)


class Rules(_Form):
    """The rules of a gate, by answerer; `any` holds for all of them."""

    rules: dict[str, tuple[Rule, ...]]

    def of(self, answerer: str) -> tuple[Rule, ...]:
        """The rules for runs of one answerer, whatever it answers from."""
        return (*self.rules.get("any", ()), *self.rules.get(answerer.partition(",")[0], ()))


class Baseline(_Form):
    """An accepted run: the id of its manifest, and what was right in it, as `case reader point`."""

    answerer: str
    manifest: str
    right: tuple[str, ...]


class Failure(_Form):
    """One thing that does not pass."""

    code: GateCode
    what: str


def read_rules(path: Path) -> Rules:
    """The rules of a file.

    Raises:
        RulesError: the file is malformed.
    """
    try:
        return Rules.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError, OSError) as error:
        raise RulesError(f"{path}: {error}") from error


def baseline_of(run: Run) -> Baseline:
    """What a run got right, to hold later ones against."""
    return Baseline(answerer=run.manifest.answerer, manifest=run.manifest.id, right=tuple(sorted(_right(run))))


def failures(run: Run, rules: Rules, baseline: Baseline | None) -> tuple[Failure, ...]:
    """What of a run does not pass, the lowest code first: every broken rule, and every point that is right in the baseline only."""
    found = [*_broken(run, rules), *(_lost(run, baseline) if baseline else ())]
    return tuple(sorted(found, key=lambda failure: failure.code))


def _broken(run: Run, rules: Rules) -> Iterator[Failure]:
    for rule in rules.of(run.manifest.answerer):
        column = run.summary.column(rule.column, rule.part)
        if column.share is not None and rule.broken_by(column.share):
            limit = f"at least {rule.at_least:.1%}" if rule.at_least is not None else f"at most {rule.at_most:.1%}"
            what = f"{column.name} ({column.part}): {column.hits} of {column.of} = {column.share:.1%}, {limit} asked"
            yield Failure(code=GateCode[rule.code.upper()], what=what)


def _lost(run: Run, baseline: Baseline) -> Iterator[Failure]:
    known = {f"{one.case} {one.reader} {point.point.id}": point.rule for one in run.results for point in one.points}
    reasons = known | {f"{one.case} {one.reader} refusal": "answered" for one in run.results}
    reasons |= {f"statement {one.statement.id}": f"is {one.verdict}: {one.reason}" for one in run.statements}
    for name in sorted(set(baseline.right) & set(reasons) - set(_right(run))):
        yield Failure(code=GateCode.REGRESSION, what=f"{name}: right in the baseline, not any more ({reasons[name]})")


def _right(run: Run) -> Iterator[str]:
    for one in run.results:
        yield from _right_of(one)
    yield from (f"statement {one.statement.id}" for one in run.statements if one.right)


def _right_of(one: CaseResult) -> Iterator[str]:
    yield from (f"{one.case} {one.reader} {point.point.id}" for point in one.points if point.verdict == "entailed")
    if not one.owed_answer and not one.answered:
        yield f"{one.case} {one.reader} refusal"

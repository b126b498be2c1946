"""State: what one run says of one thing that can be right or wrong: a point, a refusal, a conflict, a sentence of a reader.

Owns the list of these things, and which of two verdicts is the better one. What a refusal quotes as nearest answers nothing: a point that
is found there alone is not held, and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from journal_club.evaluation.run import Run
from journal_club.evaluation.scoring import CaseResult, PointResult, StatementResult

__all__ = ["Key", "State", "states"]

Key = tuple[str, str, str]
"""Case, reader, and what of the answer: a point's id, or one of the words below; a reader's sentence has no reader."""
_RANKS = {"entailed": 2, "partial": 1, "missing": 1, "contradicted": 0, "unscored": 0}
_RIGHT, _WRONG = 2, 0


@dataclass(frozen=True, kw_only=True)
class State:
    """What a run says of one thing.

    Attributes:
        said: the verdict.
        why: what decided.
        rank: how good it is; of two verdicts of one rank neither is better.
        demanded: it is a point that answers owe.
    """

    said: str
    why: str
    rank: int
    demanded: bool = False

    @property
    def holds(self) -> bool:
        """Whether it is right."""
        return self.rank == _RIGHT

    @property
    def told(self) -> str:
        """The verdict and its reason."""
        return f"{self.said}: {self.why}" if self.why else self.said


def states(run: Run) -> dict[Key, State]:
    """Everything that a run says, by name."""
    found = {(one.case, one.reader, name): state for one in run.results for name, state in _of_case(one)}
    return found | {(one.statement.id, "", "sentence"): _of_sentence(one) for one in run.statements}


def _of_case(one: CaseResult) -> Iterator[tuple[str, State]]:
    yield from ((point.point.id, _of_point(point, one)) for point in one.points)
    if one.scored:
        right = one.answered == one.owed_answer
        yield "answered or refused", _state("answered" if one.answered else "refused", right=right)
    else:
        yield "answered or refused", State(said="unscored", why=one.why, rank=_WRONG)
    if one.conflict_shown is not None:
        yield "its conflict", _state("attached" if one.conflict_shown else "not attached", right=one.conflict_shown)
    if one.right_reason is not None:
        yield "reason of the refusal", _state("right" if one.right_reason else "not right", right=one.right_reason)
    yield "forbidden words", _state(f"shows {', '.join(one.forbidden)}" if one.forbidden else "none", right=not one.forbidden)


def _of_point(point: PointResult, one: CaseResult) -> State:
    if not point.point.demanded:
        return State(said=point.verdict, why=point.rule, rank=1)
    if one.scored and one.owed_answer and not one.answered and point.verdict != "missing":
        why = f"the question is refused, and a quote behind the refusal makes it {point.verdict}"
        return State(said="refused", why=why, rank=_RANKS["missing"], demanded=True)
    return State(said=point.verdict, why=point.rule, rank=_RANKS[point.verdict], demanded=True)


def _of_sentence(one: StatementResult) -> State:
    return State(said=one.verdict, why=one.reason, rank=_RIGHT if one.right else _WRONG)


def _state(said: str, *, right: bool) -> State:
    return State(said=said, why="", rank=_RIGHT if right else _WRONG)

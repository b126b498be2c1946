"""Verdicts: what a judge says, of a point and of a statement, each with the span it rests on and the rule that decided.

Owns these records alone, so that scores can be taken from stored ones and no judge need be asked again.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

__all__ = ["PointVerdict", "Span", "StatementVerdict", "Verdict"]

Verdict = Literal["entailed", "partial", "contradicted", "missing", "unscored"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(_Record):
    """Characters `start` to `end`, exclusive, of an answer's text or of a source."""

    start: int
    end: int


class PointVerdict(_Record):
    """What an answer makes of one point.

    Attributes:
        answer_span: the statement that decided; None where there is none.
        rule: the rule that decided, in words.
    """

    point: str
    verdict: Verdict
    answer_span: Span | None = None
    rule: str


class StatementVerdict(_Record):
    """What one shown statement rests on.

    Attributes:
        answer_span: its place in the answer's text.
        supported: the paper carries it; None for general knowledge, which claims nothing of the paper.
        contradicted: the paper says something else.
        cited: what it cites carries it, without the rest of the paper.
        precise: of its citations, how many are needed for that, and how many there are.
        statistics: the numbers that were checked in it, and how many of them the paper has so.
        reason: why it is not supported; empty where it is.
    """

    answer_span: Span
    supported: bool | None
    contradicted: bool
    cited: bool
    precise: tuple[int, int]
    statistics: tuple[int, int]
    reason: str

"""The answer: the record that leaves the house, and the events that announce it.

Owns the shapes that DESIGN.md fixes ("The answer"). All indices count code points; ends are exclusive:
`text[statement.start_index:statement.end_index] == statement.text` and
`source_text[citation.start_char_index:citation.end_char_index] == citation.cited_text`, always.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from journal_club.paper.model import Origin

__all__ = [
    "Abstention",
    "AbstentionReason",
    "Answer",
    "AnswerEvent",
    "Basis",
    "Check",
    "Citation",
    "Conflict",
    "ConflictPlace",
    "Mode",
    "RetrievalEvent",
    "Retrieved",
    "Statement",
    "StatementEvent",
    "Verdict",
    "Withheld",
    "WithheldEvent",
]

Basis = Literal["trial", "commentary", "related_trial", "computed", "background"]
Mode = Literal["generated", "extractive", "abstained"]
AbstentionReason = Literal["not_reported", "out_of_scope", "patient_specific", "conflicting_source"]
Verdict = Literal["supported", "derived", "background"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Check(_Record):
    """One thing that was checked of a sentence.

    Attributes:
        kind: `citation`, `statistic`, `quotation`, `wording`, `direction`, `design`, `scope`.
        claimed: the sentence's words.
        found: the source's words nearest to them; empty where there are none.
        rule: the named rule that decided.
    """

    kind: str
    claimed: str
    found: str
    rule: str
    passed: bool


class Statement(_Record):
    """One verified sentence of an answer, marks included."""

    text: str
    start_index: int
    end_index: int
    basis: Basis
    citations: tuple[int, ...]
    verdict: Verdict
    checks: tuple[Check, ...]


class Citation(_Record):
    """The sentence, field or row of the source that carries a statement."""

    number: int
    passage_id: str
    section: str
    origin: Origin
    cited_text: str
    start_char_index: int
    end_char_index: int


class Retrieved(_Record):
    """A passage that retrieval found, best first; `score` is the fused score."""

    passage_id: str
    score: float


class Withheld(_Record):
    """A drafted sentence that failed verification and is not shown as the paper's."""

    text: str
    reason: str


class ConflictPlace(_Record):
    """One of the places that a conflict holds against each other."""

    cited_text: str
    section: str
    origin: Origin
    start_char_index: int
    end_char_index: int


class Conflict(_Record):
    """A claim of the page that another place of it, or arithmetic, refutes."""

    id: str
    kind: str
    explanation: str
    places: tuple[ConflictPlace, ...]
    supported_place: int | None
    arithmetic: str
    confidence: Literal["certain", "likely"]


class Abstention(_Record):
    """A typed refusal of all (`partial` false) or part of a question.

    Attributes:
        message: what the reader is told.
        looked_for: the words of the question that the text does not carry.
        nearest: citation numbers of what the text does report near it.
    """

    reason: AbstentionReason
    partial: bool
    message: str
    looked_for: tuple[str, ...]
    nearest: tuple[int, ...]


class Answer(_Record):
    """An answer as it is stored, sent and replayed."""

    id: str
    paper_id: str
    question: str
    persona: str
    mode: Mode
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    retrieved: tuple[Retrieved, ...]
    withheld: tuple[Withheld, ...]
    conflicts: tuple[Conflict, ...]
    abstention: Abstention | None
    notice: str
    usage: dict[str, int | float | None]
    timings_ms: dict[str, float]
    trace: dict[str, str | list[str] | bool]


class RetrievalEvent(_Record):
    """What was retrieved; the first event."""

    type: Literal["retrieval"] = "retrieval"
    paper_id: str
    retrieved: tuple[Retrieved, ...]


class StatementEvent(_Record):
    """A sentence that was verified, with the citations that are new with it."""

    type: Literal["statement"] = "statement"
    statement: Statement
    citations: tuple[Citation, ...]


class WithheldEvent(_Record):
    """A sentence that was not shown, and why."""

    type: Literal["withheld"] = "withheld"
    withheld: Withheld


class AnswerEvent(_Record):
    """The whole answer; the last event of asking."""

    type: Literal["answer"] = "answer"
    answer: Answer

"""The case: one question with everything that is known of it, and the answer that grows from it.

Owns the record of a question in work, and nothing of how it is worked on (`asking`) or closed (`conclusion`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from journal_club.answering.answer import Conflict
from journal_club.answering.composition import Composition
from journal_club.answering.coverage.abstention import Coverage
from journal_club.answering.coverage.question import QuestionReading
from journal_club.answering.drafting import Draft
from journal_club.answering.personas import CustomPersona, Persona
from journal_club.answering.thread import Turn
from journal_club.answering.verification.verifier import Verifier
from journal_club.library.passages import Passage
from journal_club.paper.model import Paper
from journal_club.retrieval.retrieval import Retrieval

__all__ = ["Ask", "Case"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """A question to one paper.

    Attributes:
        persona: a persona's id, or a reader described by stage and specialty.
        top_k: passages retrieved; None for the setting.
        background: let the model add marked general knowledge, when the settings allow it.
        history: earlier turns, oldest first; they make the question standalone and are never evidence.
    """

    question: str
    persona: str | CustomPersona
    paper_id: str
    top_k: int | None = None
    background: bool = False
    history: tuple[Turn, ...] = ()


@dataclass(kw_only=True, slots=True)
class Case:
    """A question in work.

    Attributes:
        question: standalone, the earlier turns worked in.
        background: general knowledge was asked for and the settings allow it.
        evidence: the passages that a draft may cite, by their numbers in the prompt.
        started: `time.perf_counter()` when the question came.
        absent: what the model said is not reported, and indeed is not.
        degraded: why less than usual was done; empty when all was.
        conflicts: of the paper, all of them.
        drafted: a sentence of the model's was verified and is shown.
    """

    ask: Ask
    question: str
    background: bool
    persona: Persona
    paper: Paper
    reading: QuestionReading
    retrieval: Retrieval
    coverage: Coverage
    evidence: Mapping[int, Passage]
    verifier: Verifier
    conflicts: tuple[Conflict, ...]
    started: float
    retrieval_ms: float
    composition: Composition = field(default_factory=Composition)
    draft: Draft | None = None
    absent: list[str] = field(default_factory=list)
    degraded: str = ""
    drafted: bool = False

"""The records of what a reader is shown without having asked: takeaways and questions."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from journal_club.answering.answer import Citation, Conflict, Statement

__all__ = ["Question", "Questions", "Takeaways"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Takeaways(_Record):
    """Three to five statements for one reader; fewer where the paper holds fewer."""

    paper_id: str
    persona: str
    mode: Literal["generated", "extractive"]
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    conflicts: tuple[Conflict, ...]
    notice: str
    trace: dict[str, str]


class Question(_Record):
    """A question that the paper answers.

    Attributes:
        about: the kind of topic that it asks for.
        passages: ids of the passages that answer it.
    """

    text: str
    about: str
    passages: tuple[str, ...]


class Questions(_Record):
    """Questions for one reader, each of which the paper answers in full."""

    paper_id: str
    persona: str
    questions: tuple[Question, ...]
    trace: dict[str, str]

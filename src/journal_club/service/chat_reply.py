"""The replies of the OpenAI-compatible routes: completions, chunks and models, with citations as annotations.

Owns the shapes and how an answer becomes one. Fields that are not OpenAI's stand beside its own, where its clients pass them on.
"""

from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from journal_club.answering.answer import Abstention, Answer, Citation, Mode, Statement
from journal_club.paper.model import Origin

__all__ = [
    "Annotation",
    "Chunk",
    "Completion",
    "Delta",
    "Extension",
    "Model",
    "Models",
    "Opening",
    "Usage",
    "annotations_of",
    "chunk",
    "completion",
    "extension_of",
    "usage_of",
]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class UrlCitation(_Shape):
    """Where an annotation points: from a span of the content to a passage on the service's page."""

    url: str
    title: str
    start_index: int
    end_index: int


class Annotation(_Shape):
    """A citation of a statement, with its source span; or, of type `abstention`, why something was not answered."""

    type: Literal["url_citation", "abstention"]
    url_citation: UrlCitation | None = None
    number: int | None = None
    passage_id: str | None = None
    section: str | None = None
    origin: Origin | None = None
    cited_text: str | None = None
    start_char_index: int | None = None
    end_char_index: int | None = None
    abstention: Abstention | None = None

    @model_serializer(mode="wrap")
    def _without_absent(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """The fields that its type has."""
        return {name: value for name, value in serialize(self).items() if value is not None}


class Usage(_Shape):
    """Tokens of the drafting model; none when no model drafted."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Extension(_Shape):
    """What OpenAI's shape has no place for.

    Attributes:
        not_applied: parameters that were accepted and have no effect here.
    """

    answer_id: str
    paper_id: str
    mode: Mode
    notice: str
    withheld: int
    not_applied: tuple[str, ...]


class Reply(_Shape):
    """The message of a completion."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: tuple[Annotation, ...]


class Choice(_Shape):
    """The one choice."""

    index: int = 0
    message: Reply
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Opening(_Shape):
    """What every chunk of one reply, and its completion, begin with."""

    id: str
    created: int
    model: str


class Completion(Opening):
    """A chat completion."""

    object: Literal["chat.completion"] = "chat.completion"
    choices: tuple[Choice, ...]
    usage: Usage
    journal_club: Extension


class Delta(_Shape):
    """What a chunk adds to the message."""

    role: Literal["assistant"] | None = None
    content: str | None = None
    annotations: tuple[Annotation, ...] | None = None


class ChunkChoice(_Shape):
    """The one choice of a chunk."""

    index: int
    delta: Delta
    logprobs: None
    finish_reason: Literal["stop"] | None


class Chunk(Opening):
    """A piece of a streamed chat completion; fields that were not set are not sent."""

    object: Literal["chat.completion.chunk"]
    choices: tuple[ChunkChoice, ...]
    usage: Usage | None = None
    journal_club: Extension | None = None


class Model(_Shape):
    """A persona, or a persona for one paper, as a model."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str = "journal-club"
    persona: str
    paper_id: str | None


class Models(_Shape):
    """All of them. A bare persona is a model as long as there is no more than one paper."""

    object: Literal["list"] = "list"
    data: tuple[Model, ...]


def completion(answer: Answer, opening: Opening, *, page: str, not_applied: tuple[str, ...]) -> Completion:
    """An answer as a chat completion.

    Args:
        answer: the answer.
        opening: id, time and model.
        page: address of the page that shows the paper.
        not_applied: parameters that had no effect.
    """
    message = Reply(content=answer.text, annotations=tuple(annotations_of(answer, page)))
    return Completion(
        **opening.model_dump(), choices=(Choice(message=message),), usage=usage_of(answer), journal_club=extension_of(answer, not_applied)
    )


def chunk(opening: Opening, delta: Delta | None, *, last: bool = False, **fields: Usage | Extension | None) -> Chunk:
    """A chunk with one delta, or with none and only the given fields."""
    choice = () if delta is None else (ChunkChoice(index=0, delta=delta, logprobs=None, finish_reason="stop" if last else None),)
    return Chunk.model_validate({**opening.model_dump(), "object": "chat.completion.chunk", "choices": choice, **fields})


def annotations_of(answer: Answer, page: str) -> Iterator[Annotation]:
    """The citations of every statement in order, and the abstention if there is one."""
    cited = {citation.number: citation for citation in answer.citations}
    for statement in answer.statements:
        for number in statement.citations:
            yield _annotation(statement, cited[number], f"{page}?paper_id={quote(answer.paper_id)}#{quote(cited[number].passage_id)}")
    if answer.abstention:
        yield Annotation(type="abstention", abstention=answer.abstention)


def extension_of(answer: Answer, not_applied: tuple[str, ...]) -> Extension:
    """What OpenAI's shape has no place for."""
    return Extension(
        answer_id=answer.id,
        paper_id=answer.paper_id,
        mode=answer.mode,
        notice=answer.notice,
        withheld=len(answer.withheld),
        not_applied=not_applied,
    )


def usage_of(answer: Answer) -> Usage:
    """The tokens of an answer."""
    prompt, completed = int(answer.usage.get("prompt_tokens") or 0), int(answer.usage.get("completion_tokens") or 0)
    return Usage(prompt_tokens=prompt, completion_tokens=completed, total_tokens=prompt + completed)


def _annotation(statement: Statement, citation: Citation, url: str) -> Annotation:
    title = f"[{citation.number}] {citation.section}"
    return Annotation(
        type="url_citation",
        url_citation=UrlCitation(url=url, title=title, start_index=statement.start_index, end_index=statement.end_index),
        **citation.model_dump(),
    )

"""The OpenAI-compatible routes: `POST /v1/chat/completions` and `GET /v1/models`.

Owns the way from a chat request to a question and back. A model is a persona; with several papers it is `persona@paper`, or the extra
body field `paper_id` names the paper.
"""

import time
import uuid
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Response
from fastapi import Request as HttpRequest
from fastapi.sse import format_sse_event
from pydantic import TypeAdapter, ValidationError

from journal_club.answering.answer import Answer, StatementEvent
from journal_club.answering.asking import Event
from journal_club.answering.case import Ask
from journal_club.answering.personas import UnknownPersonaError
from journal_club.library.record import PaperRecord
from journal_club.service.asking import attended, narrate
from journal_club.service.chat_reply import (
    Completion,
    Delta,
    Extension,
    Model,
    Models,
    Opening,
    Usage,
    annotations_of,
    chunk,
    completion,
    extension_of,
    usage_of,
)
from journal_club.service.chat_request import ChatRequest, Conversation, conversation_of, not_applied
from journal_club.service.edge import json_only, request_id_of
from journal_club.service.errors import InvalidRequestError
from journal_club.service.fields import Question, check_length
from journal_club.service.openai_errors import OpenAIErrorReply, openai_error
from journal_club.service.openapi import stream
from journal_club.service.service import Service, ServiceDep
from journal_club.service.streaming import EventStream, Tell, json_line

__all__ = ["router"]

EXAMPLES: dict[str, Any] = {
    "fellow": {"value": {"model": "fellow", "messages": [{"role": "user", "content": "What was the hazard ratio for overall survival?"}]}},
}
DONE = format_sse_event(data_str="[DONE]")
QUESTION = TypeAdapter(Question)

router = APIRouter(
    tags=["openai"],
    dependencies=[Depends(json_only)],
    responses={status: {"model": OpenAIErrorReply} for status in (400, 403, 404, 413, 415, 421, 429, 500, 502, 503, 504)},
)
"""Validation fails with 400 here, and FastAPI documents a 422 that never comes: `openapi` takes it out."""


@router.get("/v1/models", response_model=Models)
async def list_models(service: ServiceDep) -> Models:
    """List the personas as models."""
    records = await service.run(service.club.library.records)
    return Models(data=tuple(_models(service, records)))


@router.get("/v1/models/{model}", response_model=Model)
async def read_model(model: Annotated[str, Path(openapi_examples={"fellow": {"value": "fellow"}})], service: ServiceDep) -> Model:
    """Read one of them."""
    persona, paper_id = await _persona_and_paper(service, model, None)
    records = await service.run(service.club.library.records)
    return next((one for one in _models(service, records) if one.persona == persona and one.paper_id == paper_id), None) or _unknown(model)


@router.post(
    "/v1/chat/completions",
    response_model=Completion,
    responses={200: stream("Chunk", "The completion, or its chunks and `[DONE]`. Citations are annotations, in the last chunk too.")},
)
async def create_chat_completion(
    request: HttpRequest, body: Annotated[ChatRequest, Body(openapi_examples=EXAMPLES)], service: ServiceDep
) -> Response:
    """Ask a paper a question, in OpenAI's shape."""
    unapplied = not_applied(body)
    ask = await _ask_of(service, body, conversation_of(body))
    reply = _Reply(body, page=str(request.base_url), not_applied=unapplied)
    if body.stream:
        response: Response = EventStream(partial(reply.tell, service, ask), last_words=partial(_last_words, request_id_of(request)))
    else:
        answer = await attended(request.receive, partial(narrate, service, ask))
        response = Response(reply.whole(answer).model_dump_json(), media_type="application/json", headers={"Cache-Control": "no-store"})
    if unapplied:
        response.headers["X-Not-Applied"] = ", ".join(unapplied)
    return response


class _Reply:
    """The reply to one chat request, whole or in chunks."""

    def __init__(self, request: ChatRequest, *, page: str, not_applied: tuple[str, ...]) -> None:
        self._opening = Opening(id=f"chatcmpl-{uuid.uuid4().hex}", created=int(time.time()), model=request.model)
        self._with_usage = bool(request.stream_options and request.stream_options.include_usage)
        self._page = page
        self._not_applied = not_applied
        self._sent = 0

    def whole(self, answer: Answer) -> Completion:
        """The completion."""
        return completion(answer, self._opening, page=self._page, not_applied=self._not_applied)

    async def tell(self, service: Service, ask: Ask, tell: Tell) -> None:
        """Answer, telling each statement as a chunk as soon as it is verified."""

        async def tell_statement(event: Event) -> None:
            if event.type == "retrieval":
                await tell(self._encoded(Delta(role="assistant", content="")))
            # What is not one space behind the text so far is told with the whole, when it is known what stands between.
            elif isinstance(event, StatementEvent) and event.statement.start_index - self._sent <= 1:
                await tell(self._encoded(Delta(content=" " * (event.statement.start_index - self._sent) + event.statement.text)))
                self._sent = event.statement.end_index

        answer = await narrate(service, ask, tell_statement)
        for encoded in self._rest(answer):
            await tell(encoded)

    def _rest(self, answer: Answer) -> Iterator[bytes]:
        if answer.text[self._sent :]:
            yield self._encoded(Delta(content=answer.text[self._sent :]))
        citations = Delta(annotations=tuple(annotations_of(answer, self._page)))
        yield self._encoded(citations, last=True, journal_club=extension_of(answer, self._not_applied))
        if self._with_usage:
            yield self._encoded(None, usage=usage_of(answer))
        yield DONE

    def _encoded(self, delta: Delta | None, *, last: bool = False, **fields: Usage | Extension | None) -> bytes:
        usage: dict[str, Usage | Extension | None] = {"usage": None} if self._with_usage else {}
        return format_sse_event(data_str=json_line(chunk(self._opening, delta, last=last, **(usage | fields)), only_set=True))


def _last_words(request_id: str, error: Exception) -> bytes:
    return format_sse_event(data_str=json_line(openai_error(error, request_id=request_id)[1]))


async def _ask_of(service: Service, body: ChatRequest, conversation: Conversation) -> Ask:
    persona, paper_id = await _persona_and_paper(service, body.model, body.paper_id)
    try:
        question = QUESTION.validate_python(conversation.question)
    except ValidationError as error:
        raise InvalidRequestError(error.errors()[0]["msg"].removeprefix("Value error, "), pointer=conversation.pointer) from None
    check_length(question, longest=service.club.settings.service.max_question_chars, pointer=conversation.pointer)
    return Ask(question=question, persona=persona, paper_id=paper_id, history=conversation.history)


async def _persona_and_paper(service: Service, model: str, named: str | None) -> tuple[str, str]:
    """The persona and the paper that a model's name means.

    Raises:
        InvalidRequestError: two papers are named, or none where there are several.
        UnknownPersonaError: no persona has this name.
        UnknownPaperError: what is named can be no paper.
    """
    persona, at, paper_id = model.partition("@")
    if at and named is not None and named != paper_id:
        raise InvalidRequestError("`model` and `paper_id` name two papers.", pointer="/paper_id")
    return service.club.personas.get(persona).id, await service.paper_id(paper_id if at else named)


def _models(service: Service, records: tuple[PaperRecord, ...]) -> Iterator[Model]:
    personas = [persona.id for persona in service.club.personas.all()]
    if len(records) <= 1:
        only = records[0] if records else None
        yield from (Model(id=persona, created=_created(only), persona=persona, paper_id=only.id if only else None) for persona in personas)
        return
    for record in records:
        for persona in personas:
            yield Model(id=f"{persona}@{record.id}", created=_created(record), persona=persona, paper_id=record.id)


def _created(record: PaperRecord | None) -> int:
    return int(datetime.fromisoformat(record.created_at).timestamp()) if record else 0


def _unknown(model: str) -> Model:
    raise UnknownPersonaError(f"{model!r} is no model; GET /v1/models lists them")

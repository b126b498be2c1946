"""Asking over HTTP: `POST /v1/ask`, streamed and not, through one pipeline.

Owns the request's shape, the order of the events and what becomes of a client that leaves. The answer itself is the club's.
"""

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from functools import partial
from typing import Annotated, Any, TypeVar

import anyio
from fastapi import APIRouter, Body, Depends, Response
from fastapi import Request as HttpRequest
from pydantic import Discriminator, Field, Tag
from starlette.requests import ClientDisconnect
from starlette.types import Receive

from journal_club.answering.answer import Answer, AnswerEvent
from journal_club.answering.asking import Event
from journal_club.answering.case import Ask
from journal_club.answering.personas import CustomPersona
from journal_club.answering.thread import Turn
from journal_club.service.edge import json_only, request_id_of
from journal_club.service.events import DoneEvent, EventEncoder
from journal_club.service.fields import EXAMPLE_PAPER, PaperId, Question, Request, check_length
from journal_club.service.openapi import WRITE, problems, stream
from journal_club.service.service import Service, ServiceDep
from journal_club.service.streaming import EventStream, Tell

__all__ = ["LONGEST_HISTORY", "AskRequest", "HistoryTurn", "attended", "narrate", "router"]

T = TypeVar("T")

LONGEST_HISTORY = 50
LONGEST_TURN = 20_000

QUESTION = "What was the hazard ratio for overall survival?"
EXAMPLES: dict[str, Any] = {
    "resident": {"value": {"question": QUESTION, "persona": "resident", "paper_id": EXAMPLE_PAPER}},
    "stream": {"value": {"question": QUESTION, "persona": "fellow", "paper_id": EXAMPLE_PAPER, "stream": True}},
    "custom reader": {
        "value": {
            "question": "Who was enrolled?",
            "persona": {"training_stage": "second-year resident", "specialty": "haematology"},
            "paper_id": EXAMPLE_PAPER,
        }
    },
    "follow-up": {
        "value": {
            "question": "And for progression-free survival?",
            "persona": "attending",
            "paper_id": EXAMPLE_PAPER,
            "history": [{"question": QUESTION, "text": "HR 0.55; 95% CI 0.39–0.79."}],
        }
    },
}

Name = Annotated[str, Field(min_length=1, max_length=64, examples=["resident"])]


def _kind_of_persona(value: object) -> str:
    return "named persona" if isinstance(value, str) else "described persona"


class HistoryTurn(Request):
    """An earlier turn; it makes the question standalone, and is never evidence."""

    question: str = Field(min_length=1, max_length=LONGEST_TURN)
    text: str = Field(default="", max_length=LONGEST_TURN)


class AskRequest(Request):
    """A question to a paper."""

    question: Question
    persona: Annotated[
        Annotated[Name, Tag("named persona")] | Annotated[CustomPersona, Tag("described persona")], Discriminator(_kind_of_persona)
    ] = Field(default="resident", description="A persona's id, or a reader's training stage and specialty.")
    paper_id: PaperId | None = Field(default=None, description="May be left out when there is one paper.")
    stream: bool = Field(default=False, description="Server-Sent Events; `Accept: text/event-stream` says the same.")
    top_k: int | None = Field(default=None, ge=1, le=50, description="Passages retrieved; left out: the service's setting.")
    background: bool = Field(default=False, description="Allow marked general knowledge, where the service's settings do.")
    history: list[HistoryTurn] = Field(default=[], max_length=LONGEST_HISTORY, description="Earlier turns, oldest first.")


router = APIRouter(tags=["ask"], dependencies=[Depends(json_only)])


@router.post(
    "/v1/ask",
    response_model=Answer,
    responses=problems(*WRITE, 404, 429, 502, 503, 504)
    | {200: stream("AskEvent", "The answer, or its events: `retrieval`, `statement`*, `withheld`*, `answer`, `done`; or `error`.")},
)
async def ask(request: HttpRequest, body: Annotated[AskRequest, Body(openapi_examples=EXAMPLES)], service: ServiceDep) -> Response:
    """Ask a paper a question."""
    question = await _ask_of(body, service)
    if body.stream or "text/event-stream" in request.headers.get("accept", "").lower():
        events = EventEncoder(instance=request.url.path, request_id=request_id_of(request))
        return EventStream(partial(_tell_events, service, question, events), last_words=events.error)
    answer = await attended(request.receive, partial(narrate, service, question))
    return Response(answer.model_dump_json(), media_type="application/json", headers={"Cache-Control": "no-store"})


async def narrate(service: Service, ask: Ask, tell: Callable[[Event], Awaitable[None]] | None = None) -> Answer:
    """Answer a question in its place, telling each event as it comes: the one pipeline of every form of asking.

    Raises:
        QueueFullError: as many questions wait as may.
        AnswerDeadlineError: the time is over.
        ShuttingDownError: the service is ending.
        Exception: what the club raises, with its row in the table of problems.
    """
    last: Event | None = None
    async with service.admission.place(), aclosing(service.club.ask(ask)) as events:
        async for last in events:
            # Before it is told: who reads the last event may ask at once for it to be kept.
            if isinstance(last, AnswerEvent):
                service.given.remember(last.answer)
            if tell:
                await tell(last)
    if not isinstance(last, AnswerEvent):
        raise TypeError("the last event of asking holds no answer")
    return last.answer


async def attended(receive: Receive, work: Callable[[], Awaitable[T]]) -> T:
    """Do work for a client that waits for it, and stop when the client leaves.

    Raises:
        ClientDisconnect: the client left; the work was cancelled.
        Exception: what the work raises.
    """
    outcome: list[T] = []
    failure: list[Exception] = []

    async def attend() -> None:
        try:
            outcome.append(await work())
        # Handed on below: an exception that leaves a task group would arrive wrapped.
        except Exception as error:
            failure.append(error)
        tasks.cancel_scope.cancel()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(attend)
        while (await receive())["type"] != "http.disconnect":
            continue
        tasks.cancel_scope.cancel()
    if failure:
        raise failure[0]
    if not outcome:
        raise ClientDisconnect
    return outcome[0]


async def _ask_of(body: AskRequest, service: Service) -> Ask:
    check_length(body.question, longest=service.club.settings.service.max_question_chars, pointer="/question")
    return Ask(
        question=body.question,
        persona=body.persona,
        paper_id=await service.paper_id(body.paper_id),
        top_k=body.top_k,
        background=body.background,
        history=tuple(Turn(question=turn.question, text=turn.text) for turn in body.history),
    )


async def _tell_events(service: Service, ask: Ask, events: EventEncoder, tell: Tell) -> None:
    async def tell_event(event: Event) -> None:
        await tell(events.event(event))

    answer = await narrate(service, ask, tell_event)
    await tell(events.event(DoneEvent(answer_id=answer.id)))

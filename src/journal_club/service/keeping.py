"""Keeping over HTTP: an answer that this service gave is kept, read again and deleted.

Owns these routes. Who keeps an answer names it by its id alone, so that nobody stores what the service did not say.
"""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Response
from pydantic import Field

from journal_club.answering.answer import Answer
from journal_club.library.errors import UnknownAnswerError
from journal_club.service.edge import json_only
from journal_club.service.errors import ForgottenAnswerError
from journal_club.service.fields import EXAMPLE_ANSWER, Reply, Request
from journal_club.service.openapi import WRITE, problems
from journal_club.service.service import Service, ServiceDep

__all__ = ["AnswerKept", "KeepRequest", "keep", "router"]

ID = r"^[0-9a-f]{32}$"
EXAMPLES: dict[str, Any] = {"an answer's id": {"value": {"id": EXAMPLE_ANSWER}}}

AnswerPath = Annotated[str, Path(description="The answer's id.", openapi_examples={"an answer's id": {"value": EXAMPLE_ANSWER}})]


class KeepRequest(Request):
    """An answer that was given lately, by its id."""

    id: str = Field(pattern=ID, description="`id` of an answer, or `answer_id` of a stream's `done`.")


class AnswerKept(Reply):
    """An answer that is kept."""

    id: str
    paper_id: str


router = APIRouter(tags=["answers"], dependencies=[Depends(json_only)])


@router.post(
    "/v1/answers",
    response_model=AnswerKept,
    status_code=201,
    responses=problems(*WRITE, 404) | {200: {"model": AnswerKept, "description": "It was kept already"}, 201: {"description": "Kept"}},
)
async def keep_answer(body: Annotated[KeepRequest, Body(openapi_examples=EXAMPLES)], service: ServiceDep, response: Response) -> AnswerKept:
    """Keep an answer that this service gave lately."""
    new, kept = await service.run(keep, service, body.id)
    response.status_code = 201 if new else 200
    response.headers["Location"] = f"/v1/answers/{body.id}"
    response.headers["Cache-Control"] = "no-store"
    return kept


@router.get("/v1/answers/{answer_id}", response_model=Answer, responses=problems(404, 422))
async def read_answer(answer_id: AnswerPath, service: ServiceDep) -> Response:
    """Read a kept answer, as it was given."""
    text = await service.run(service.club.library.answers.text, _id(answer_id))
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})


@router.delete("/v1/answers/{answer_id}", status_code=204, responses=problems(403, 404))
async def delete_answer(answer_id: AnswerPath, service: ServiceDep) -> None:
    """Delete a kept answer."""
    await service.run(service.club.library.answers.delete, _id(answer_id))


def _id(answer_id: str) -> str:
    """An id that no answer can have is as unknown as any other."""
    if not re.fullmatch(ID, answer_id):
        raise UnknownAnswerError(answer_id)
    return answer_id


def keep(service: Service, answer_id: str) -> tuple[bool, AnswerKept]:
    """Keep an answer, and whether it was not kept before.

    Raises:
        ForgottenAnswerError: this service did not give it lately, and it is not kept.
    """
    library = service.club.library
    answer = service.given.get(answer_id)
    if answer is None:
        return False, _kept_before(service, answer_id)
    # Of the text that was read for it, and not of another one that came under the paper's id.
    library.paper(answer.paper_id, document_hash=str(answer.trace["document_hash"]))
    new = library.answers.keep(answer.id, answer.model_dump_json(), paper_id=answer.paper_id)
    return new, AnswerKept(id=answer.id, paper_id=answer.paper_id)


def _kept_before(service: Service, answer_id: str) -> AnswerKept:
    try:
        kept = Answer.model_validate_json(service.club.library.answers.text(answer_id))
    except UnknownAnswerError:
        raise ForgottenAnswerError(
            f"This service did not give the answer {answer_id} lately, or has forgotten it: ask again, and keep the new answer."
        ) from None
    return AnswerKept(id=kept.id, paper_id=kept.paper_id)

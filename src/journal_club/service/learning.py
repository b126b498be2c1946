"""Learning over HTTP: takeaways and questions for a reader, and what a learner wrote held against a key response.

Owns these routes and their bodies; the records are `evaluation.feedback`'s and `answering.tailored`'s. What a learner sends is not kept.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query, Response
from pydantic import Field

from journal_club.answering.personas import UnknownPersonaError
from journal_club.answering.tailored.record import Questions, Takeaways
from journal_club.evaluation.feedback import Feedback, feedback
from journal_club.service.edge import json_only
from journal_club.service.errors import InvalidRequestError
from journal_club.service.fields import PaperPath, Request
from journal_club.service.openapi import WRITE, problems
from journal_club.service.service import Service, ServiceDep

__all__ = ["FeedbackRequest", "router"]

EXAMPLES: dict[str, Any] = {
    "answer": {
        "value": {"text": "It is a CAR T-cell product that binds BCMA, which stands on myeloma cells and is absent on most healthy tissue."}
    },
    "nothing": {"value": {"text": ""}},
}

ItemPath = Annotated[
    str,
    Path(
        max_length=200,
        description="The item's persona, as `/discussion` names it, or its number.",
        openapi_examples={"seed": {"value": "medical_student"}},
    ),
]

PersonaQuery = Annotated[str, Query(max_length=64, description="A persona's id.", examples=["fellow"])]


class FeedbackRequest(Request):
    """A learner's answer to a discussion item."""

    text: str = Field(min_length=0, description="The answer in the learner's own words; an empty one misses every point.")


router = APIRouter(tags=["learning"], dependencies=[Depends(json_only)])


@router.post("/v1/papers/{paper_id}/discussion/{item}/feedback", response_model=Feedback, responses=problems(*WRITE, 404, 504))
async def give_feedback(
    paper_id: PaperPath,
    item: ItemPath,
    body: Annotated[FeedbackRequest, Body(openapi_examples=EXAMPLES)],
    service: ServiceDep,
    response: Response,
) -> Feedback:
    """Hold a learner's answer against a key response, point by point."""
    response.headers["Cache-Control"] = "no-store"
    return await service.run_in_time(feedback, service.club, body.text, paper_id=await service.paper_id(paper_id), item=item)


@router.get("/v1/papers/{paper_id}/takeaways", response_model=Takeaways, responses=problems(404, 422, 429, 502, 504))
async def list_takeaways(paper_id: PaperPath, service: ServiceDep, persona: PersonaQuery = "resident") -> Takeaways:
    """List what a reader should take away from a paper: verified statements, each with its citations."""
    _check_persona(service, persona)
    async with service.admission.place():
        return await service.club.tailored.takeaways(await service.paper_id(paper_id), persona)


@router.get("/v1/papers/{paper_id}/questions", response_model=Questions, responses=problems(404, 422, 429, 504))
async def list_questions(paper_id: PaperPath, service: ServiceDep, persona: PersonaQuery = "resident") -> Questions:
    """List questions that a reader may ask of a paper, each of which it answers in full."""
    _check_persona(service, persona)
    async with service.admission.place():
        return await service.club.tailored.questions(await service.paper_id(paper_id), persona)


def _check_persona(service: Service, persona: str) -> None:
    try:
        service.club.personas.get(persona)
    except UnknownPersonaError as error:
        raise InvalidRequestError(str(error), parameter="persona") from None

"""Learning over HTTP: what a learner wrote on a discussion item, held against its key response.

Owns these routes and their bodies; the records are `evaluation.feedback`'s. Nothing that a learner sends is kept.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Response
from pydantic import Field

from journal_club.evaluation.feedback import Feedback, feedback
from journal_club.service.edge import json_only
from journal_club.service.fields import PaperPath, Request
from journal_club.service.openapi import WRITE, problems
from journal_club.service.service import ServiceDep

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

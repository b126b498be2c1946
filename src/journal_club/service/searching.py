"""Searching over HTTP: retrieval alone, `POST /v1/search`."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends
from pydantic import Field

from journal_club.paper.model import Origin
from journal_club.retrieval.retrieval import Ranked
from journal_club.service.edge import json_only
from journal_club.service.fields import EXAMPLE_PAPER, PaperId, Question, Reply, Request, check_length
from journal_club.service.openapi import WRITE, problems
from journal_club.service.service import ServiceDep

__all__ = ["Found", "SearchReply", "SearchRequest", "router"]

EXAMPLES: dict[str, Any] = {
    "all": {"value": {"query": "treatment-related deaths", "paper_id": EXAMPLE_PAPER}},
    "filtered": {
        "value": {"query": "overall survival", "paper_id": EXAMPLE_PAPER, "top_k": 3, "sections": ["key_findings"], "origins": ["trial"]}
    },
}

Section = Annotated[str, Field(min_length=1, max_length=200)]


class SearchRequest(Request):
    """Words to look for in a paper's passages."""

    query: Question
    paper_id: PaperId | None = Field(default=None, description="May be left out when there is one paper.")
    top_k: int | None = Field(default=None, ge=1, le=50, description="Most passages; left out: the service's setting.")
    sections: list[Section] | None = Field(default=None, max_length=50, description="Only these.")
    origins: list[Literal["trial", "commentary", "related_trial"]] | None = Field(default=None, max_length=3, description="Only these.")


class Found(Reply):
    """A passage that was found."""

    passage_id: str
    section: str
    origin: Origin
    text: str
    start_char_index: int
    end_char_index: int
    score: float = Field(description="The fused score; only its order means anything.")
    dense: float = Field(description="Cosine of the query's and the passage's vectors.")
    lexical: float = Field(description="Share of the query's weighted words that the passage carries.")


class SearchReply(Reply):
    """What was found, best first."""

    paper_id: str
    query: str
    results: list[Found]
    degraded: str | None = Field(description="Why only words were searched; null when vectors took part.")


router = APIRouter(tags=["search"], dependencies=[Depends(json_only)])


@router.post("/v1/search", response_model=SearchReply, responses=problems(*WRITE, 404, 502, 504))
async def search(body: Annotated[SearchRequest, Body(openapi_examples=EXAMPLES)], service: ServiceDep) -> SearchReply:
    """Find the passages of a paper that are nearest to a query."""
    check_length(body.query, longest=service.club.settings.service.max_question_chars, pointer="/query")
    retrieval = await service.run_in_time(
        service.club.search,
        body.query,
        paper_id=await service.paper_id(body.paper_id),
        top_k=body.top_k,
        sections=body.sections,
        origins=None if body.origins is None else [Origin(origin) for origin in body.origins],
    )
    results = [_found(ranked) for ranked in retrieval.ranked]
    return SearchReply(paper_id=retrieval.paper_id, query=body.query, results=results, degraded=retrieval.degraded)


def _found(ranked: Ranked) -> Found:
    passage = ranked.passage
    return Found(
        passage_id=passage.id,
        section=passage.section,
        origin=passage.origin,
        text=passage.text,
        start_char_index=passage.start,
        end_char_index=passage.end,
        score=ranked.score,
        dense=ranked.dense,
        lexical=ranked.lexical,
    )

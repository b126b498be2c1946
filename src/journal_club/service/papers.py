"""Papers over HTTP: add, list, read and delete them, their passages, their discussion items and their conflicts.

Owns these routes; their shapes are `paper_replies`'. `/passages` never holds a question or a key response; `/discussion` is the readers'
door to them.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, Query, Response

from journal_club.library.errors import UnknownPaperError
from journal_club.library.record import PaperRecord
from journal_club.paper.model import Paper
from journal_club.service.edge import json_only
from journal_club.service.errors import TooLargeError
from journal_club.service.fields import Cursor, Limit, PaperPath, page_of
from journal_club.service.openapi import WRITE, problems
from journal_club.service.paper_replies import (
    ConflictsReply,
    DiscussionPage,
    PaperRequest,
    PapersPage,
    PaperStored,
    PaperText,
    PassagesPage,
    item_of,
    passage_of,
    stored_of,
    summary_of,
    text_of,
)
from journal_club.service.service import Service, ServiceDep

__all__ = ["router"]

EXAMPLES: dict[str, Any] = {
    "abstract": {
        "value": {
            "id": "example-trial",
            "text": "Example trial of drug A\n\nResults\n\nDeath occurred in 12 of 100 patients with drug A and in 20 of 100 with placebo "
            "(hazard ratio 0.58; 95% CI 0.37–0.91; p=0.02).\n",
        }
    }
}

PAGE = 100


router = APIRouter(tags=["papers"], dependencies=[Depends(json_only)])


@router.get("/v1/papers", response_model=PapersPage, responses=problems(422))
async def list_papers(service: ServiceDep, limit: Limit = PAGE, cursor: Cursor = "") -> PapersPage:
    """List the papers."""
    records = await service.run(service.club.library.records)
    entries = sorted(((record.id, summary_of(record)) for record in records), key=lambda entry: entry[0])
    papers, next_cursor = page_of(entries, cursor=cursor, limit=limit)
    return PapersPage(papers=papers, next_cursor=next_cursor)


@router.post(
    "/v1/papers",
    response_model=PaperStored,
    responses=problems(*WRITE, 409, 502, 503)
    | {200: {"description": "The same text stood there already, or it was replaced"}, 201: {"model": PaperStored, "description": "New"}},
)
async def add_paper(body: Annotated[PaperRequest, Body(openapi_examples=EXAMPLES)], service: ServiceDep, response: Response) -> PaperStored:
    """Add a paper, or replace its text."""
    longest = service.club.settings.service.max_paper_bytes
    if len(body.text.encode("utf-8")) > longest:
        raise TooLargeError(f"The text is larger than the {longest} bytes that JOURNAL_CLUB_SERVICE__MAX_PAPER_BYTES allows.")
    ingested = await service.run(service.club.library.ingest, body.id, body.text, replace=body.replace)
    response.status_code = 201 if ingested.status == "created" else 200
    response.headers["Location"] = f"/v1/papers/{body.id}"
    response.headers["ETag"] = _etag(ingested.record.document_hash)
    return stored_of(ingested)


@router.get("/v1/papers/{paper_id}", response_model=PaperText, responses=problems(404, 422) | {304: {"description": "Not modified"}})
async def read_paper(
    paper_id: PaperPath,
    service: ServiceDep,
    document_hash: Annotated[str | None, Query(alias="hash", max_length=64, description="Hash of an earlier text.")] = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Read a paper's exact text, with its parts."""
    record, paper = await service.run(_read, service, paper_id, document_hash)
    headers = {"ETag": _etag(paper.document_hash)}
    if if_none_match is not None and (if_none_match.strip() == "*" or headers["ETag"] in if_none_match):
        return Response(status_code=304, headers=headers)
    return Response(text_of(record, paper).model_dump_json(), media_type="application/json", headers=headers)


@router.delete("/v1/papers/{paper_id}", status_code=204, responses=problems(403, 404))
async def delete_paper(paper_id: PaperPath, service: ServiceDep) -> None:
    """Delete a paper with all its texts."""
    await service.run(_delete, service, paper_id)


@router.get("/v1/papers/{paper_id}/passages", response_model=PassagesPage, responses=problems(404, 422))
async def list_passages(paper_id: PaperPath, service: ServiceDep, limit: Limit = PAGE, cursor: Cursor = "") -> PassagesPage:
    """List the passages that questions about a paper are answered from."""
    record = await service.run(_record, service, paper_id)
    passages = await service.run(service.club.library.passages, record.id)
    entries = [(_place(number), passage_of(passage)) for number, passage in enumerate(passages)]
    page, next_cursor = page_of(entries, cursor=cursor, limit=limit)
    return PassagesPage(paper_id=record.id, passages=page, next_cursor=next_cursor)


@router.get("/v1/papers/{paper_id}/discussion", response_model=DiscussionPage, responses=problems(404, 422))
async def list_discussion(paper_id: PaperPath, service: ServiceDep, limit: Limit = PAGE, cursor: Cursor = "") -> DiscussionPage:
    """List a paper's discussion items with their key responses: for readers, never for answering."""
    record, paper = await service.run(_read, service, paper_id, None)
    entries = [(_place(number), item_of(item)) for number, item in enumerate(paper.discussion)]
    page, next_cursor = page_of(entries, cursor=cursor, limit=limit)
    return DiscussionPage(paper_id=record.id, items=page, next_cursor=next_cursor)


@router.get("/v1/papers/{paper_id}/conflicts", response_model=ConflictsReply, responses=problems(404, 422))
async def list_conflicts(paper_id: PaperPath, service: ServiceDep) -> ConflictsReply:
    """List where a paper contradicts itself, or arithmetic contradicts it."""
    record = await service.run(_record, service, paper_id)
    return ConflictsReply(conflicts=list(await service.run(service.club.conflicts, record.id)))


def _record(service: Service, paper_id: str) -> PaperRecord:
    """The record of a paper; an id that no paper can have is as unknown as any other."""
    record = next((record for record in service.club.library.records() if record.id == paper_id), None)
    if record is None:
        raise UnknownPaperError(paper_id)
    return record


def _read(service: Service, paper_id: str, document_hash: str | None) -> tuple[PaperRecord, Paper]:
    record = _record(service, paper_id)
    return record, service.club.library.paper(record.id, document_hash=document_hash)


def _delete(service: Service, paper_id: str) -> None:
    service.club.library.delete(_record(service, paper_id).id)


def _place(number: int) -> str:
    """A number as a cursor that sorts as text."""
    return f"{number:08d}"


def _etag(document_hash: str) -> str:
    return f'"{document_hash}"'

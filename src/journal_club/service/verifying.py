"""Verifying over HTTP: any text against a paper, or statements against evidence given with them, `POST /v1/verify`."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends
from pydantic import Discriminator, Field, Tag

from journal_club.answering.answer import Check
from journal_club.answering.verification.verifier import Support, Verification
from journal_club.service.edge import json_only
from journal_club.service.fields import EXAMPLE_PAPER, PaperId, Reply, Request, Source, Text
from journal_club.service.openapi import WRITE, problems
from journal_club.service.service import ServiceDep

__all__ = ["PairsRequest", "TextRequest", "VerifyReply", "VerifyResult", "router"]

EXAMPLES: dict[str, Any] = {
    "text": {
        "value": {
            "paper_id": EXAMPLE_PAPER,
            "text": "Overall survival was improved (HR 0.55; 95% CI 0.39–0.79). The hazard ratio for progression-free survival was 0.45.",
        }
    },
    "pairs": {
        "value": {
            "pairs": [
                {"statement": "Mortality was 12% with drug A.", "evidence": ["Death occurred in 12 of 100 patients (12%) with drug A."]},
                {"statement": "Mortality was 21% with drug A.", "evidence": ["Death occurred in 12 of 100 patients (12%) with drug A."]},
            ]
        }
    },
}

MOST_PAIRS = 1000
MOST_EVIDENCE = 100


class TextRequest(Request):
    """A text to hold against a paper, sentence by sentence."""

    paper_id: PaperId | None = Field(default=None, description="May be left out when there is one paper.")
    text: Text


class Pair(Request):
    """A statement, and the texts that it is said to rest on."""

    statement: Text
    evidence: list[Text] = Field(min_length=1, max_length=MOST_EVIDENCE)


class PairsRequest(Request):
    """Statements to hold against evidence that is given with them; no paper is needed."""

    pairs: list[Pair] = Field(min_length=1, max_length=MOST_PAIRS)


class VerifyResult(Reply):
    """What was found out about one sentence, or about the worst sentence of one pair."""

    statement: str
    verdict: Literal["contradicted", "not_found", "not_understood", "derived", "supported", "no_claim"]
    reason: str = Field(description="The verdict in words.")
    checks: list[Check]
    citations: list[Source] = Field(description="What carries it; of a pair, offsets count in the evidence text that passage_id names.")


class VerifyReply(Reply):
    """A result a sentence, or a result a pair, in order."""

    results: list[VerifyResult]


def _form(value: object) -> str:
    return "pairs form" if isinstance(value, PairsRequest) or (isinstance(value, dict) and "pairs" in value) else "text form"


VerifyRequest = Annotated[Annotated[TextRequest, Tag("text form")] | Annotated[PairsRequest, Tag("pairs form")], Discriminator(_form)]

router = APIRouter(tags=["verify"], dependencies=[Depends(json_only)])


@router.post("/v1/verify", response_model=VerifyReply, responses=problems(*WRITE, 404, 504))
async def verify(body: Annotated[VerifyRequest, Body(openapi_examples=EXAMPLES)], service: ServiceDep) -> VerifyReply:
    """Hold a text against a paper, or statements against given evidence."""
    if isinstance(body, PairsRequest):
        statements = [pair.statement for pair in body.pairs]
        verified = await service.run_in_time(service.club.verify_pairs, [(pair.statement, pair.evidence) for pair in body.pairs])
        return VerifyReply(results=[_result(one, statement) for one, statement in zip(verified, statements, strict=True)])
    verified = await service.run_in_time(service.club.verify, body.text, paper_id=await service.paper_id(body.paper_id))
    return VerifyReply(results=[_result(one, one.sentence) for one in verified])


def _result(verification: Verification, statement: str) -> VerifyResult:
    return VerifyResult(
        statement=statement,
        verdict=verification.verdict,
        reason=verification.reason,
        checks=list(verification.checks),
        citations=[_source(support, number) for number, support in enumerate(verification.support, start=1)],
    )


def _source(support: Support, number: int) -> Source:
    return Source(
        number=number,
        passage_id=support.passage.id,
        section=support.passage.section,
        origin=support.passage.origin,
        cited_text=support.excerpt.text,
        start_char_index=support.excerpt.start,
        end_char_index=support.excerpt.end,
    )

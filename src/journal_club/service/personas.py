"""Personas over HTTP: who can be answered, and how another reader is described, `GET /v1/personas`."""

from typing import Any

from fastapi import APIRouter
from pydantic import Field

from journal_club.answering.personas import CustomPersona, Persona
from journal_club.service.fields import Reply
from journal_club.service.service import ServiceDep

__all__ = ["router"]


class PersonaReply(Reply):
    """A reader's role, and what an answer to it must cover."""

    id: str
    name: str
    reader: str
    depth: str
    vocabulary: str
    must_address: list[str]
    max_sentences: int


class PersonasReply(Reply):
    """The readers that have a name, and how to describe another."""

    personas: list[PersonaReply]
    custom: dict[str, Any] = Field(description="JSON schema of a persona that is described instead of named.")


router = APIRouter(tags=["personas"])


@router.get("/v1/personas", response_model=PersonasReply)
async def list_personas(service: ServiceDep) -> PersonasReply:
    """List the personas."""
    return PersonasReply(personas=[_persona(one) for one in service.club.personas.all()], custom=CustomPersona.model_json_schema())


def _persona(persona: Persona) -> PersonaReply:
    return PersonaReply(
        id=persona.id,
        name=persona.name,
        reader=persona.reader,
        depth=persona.depth,
        vocabulary=persona.vocabulary,
        must_address=list(persona.must_address),
        max_sentences=persona.max_sentences,
    )

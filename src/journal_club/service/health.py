"""Health: does the process live, and does it answer?

`/healthz` touches nothing; `/readyz` looks at everything that answering needs, and says where questions go.
"""

from typing import Literal

from fastapi import APIRouter, Response

from journal_club.club import Readiness
from journal_club.models.endpoint import Endpoint
from journal_club.service.fields import Reply
from journal_club.service.service import ServiceDep

__all__ = ["Destination", "ReadyReply", "destination_of", "in_words", "router"]


class Alive(Reply):
    """The process lives."""

    status: Literal["ok"] = "ok"


class ReadyCheck(Reply):
    """One thing that must be right; `detail` names what mends it."""

    name: str
    ok: bool
    detail: str


class Destination(Reply):
    """Where questions go: which model drafts, where it runs, and how that was decided."""

    kind: str
    model: str | None
    remote: bool
    where: str
    why: str


class ReadyReply(Reply):
    """Whether questions are answered."""

    status: Literal["ready", "not ready"]
    checks: list[ReadyCheck]
    questions_go_to: Destination


router = APIRouter(tags=["health"])


@router.get("/healthz", response_model=Alive)
async def healthz() -> Alive:
    """Say that the process lives."""
    return Alive()


@router.get(
    "/readyz",
    response_model=ReadyReply,
    responses={} | {200: {"description": "Questions are answered"}, 503: {"model": ReadyReply, "description": "Not ready, and why"}},
)
async def readyz(service: ServiceDep, response: Response) -> ReadyReply:
    """Say whether questions are answered, and where they go; no model is called for it."""
    checks = list(await service.run(service.club.readiness))
    if service.admission.closing:
        checks.append(Readiness(name="service", ok=False, detail="shutting down"))
    ready = all(check.ok for check in checks)
    response.status_code = 200 if ready else 503
    response.headers["Cache-Control"] = "no-store"
    if not ready:
        response.headers["Retry-After"] = "5"
    return ReadyReply(
        status="ready" if ready else "not ready",
        checks=[ReadyCheck(name=check.name, ok=check.ok, detail=check.detail) for check in checks],
        questions_go_to=destination_of(service.club.endpoint),
    )


def in_words(endpoint: Endpoint) -> str:
    """Where questions go, how that was decided and how to change it, as a sentence."""
    return f"{endpoint.where[:1].upper()}{endpoint.where[1:]} ({endpoint.why})."


def destination_of(endpoint: Endpoint) -> Destination:
    """Where questions go, as a reply."""
    return Destination(kind=endpoint.kind, model=endpoint.model, remote=endpoint.remote, where=endpoint.where, why=endpoint.why)

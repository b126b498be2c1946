"""The application: every route, every limit and every handler, put together around one club."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import structlog
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from journal_club import __version__
from journal_club.club import JournalClub
from journal_club.library.errors import LibraryError
from journal_club.models.errors import ModelError
from journal_club.service import asking, health, keeping, learning, openai_compatible, pages, papers, personas, searching, verifying
from journal_club.service.edge import Edge, failure_response
from journal_club.service.kinds import PROBLEMS
from journal_club.service.openai_errors import UnsupportedParameterError
from journal_club.service.openapi import ALWAYS, document, operation_id, problems
from journal_club.service.service import Service

__all__ = ["create_app"]

log = structlog.get_logger("journal_club.service")

STATIC = Path(__file__).parent / "static"
ESCAPED = 6
"""JSON may write a byte of text as six: a paper of the largest size passes however it is escaped."""
VERIFIED = 16
"""Bodies of `/v1/verify`, learners' answers and the pages' forms may be so many times larger than others: a whole manuscript."""


def create_app(club: JournalClub) -> FastAPI:
    """The application of an open club; it warms the club when it starts and closes it when it ends."""
    app = FastAPI(
        title="journal-club",
        version=__version__,
        lifespan=_lifespan,
        # The interactive pages load their code from elsewhere.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=operation_id,
        responses=problems(*ALWAYS),
    )
    app.state.service = Service.of(club)
    _include(app, club)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for error in (*PROBLEMS, HTTPException, UnsupportedParameterError):
        app.add_exception_handler(error, failure_response)
    limits = club.settings.service
    app.add_middleware(Edge, hosts=(*limits.allowed_hosts, limits.host))
    app.openapi = lambda: document(app)  # type: ignore[method-assign]
    return app


def _include(app: FastAPI, club: JournalClub) -> None:
    limits = club.settings.service
    for module in (asking, keeping, searching, personas, health, openai_compatible):
        app.include_router(module.router, max_body_size=limits.max_body_bytes)
    app.include_router(papers.router, max_body_size=ESCAPED * limits.max_paper_bytes + limits.max_body_bytes)
    for module in (verifying, learning, pages):
        app.include_router(module.router, max_body_size=VERIFIED * limits.max_body_bytes)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    club: JournalClub = app.state.service.club
    try:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_warm, club)
            yield
            tasks.cancel_scope.cancel()
    finally:
        await club.aclose()


async def _warm(club: JournalClub) -> None:
    """Warm the club while it already serves: a model that fails now is answered for with the next question."""
    try:
        await club.warm()
    except (ModelError, LibraryError) as error:
        log.warning("not warmed", error=type(error).__qualname__)

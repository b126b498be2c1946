"""The service: what every route holds.

Owns the club, the admission of questions, the threads of blocking work and the answers given lately, and how a route gets at them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, ParamSpec, TypeVar

import anyio
import anyio.to_thread
from fastapi import Depends, Request

from journal_club.club import JournalClub
from journal_club.library.errors import UnknownPaperError
from journal_club.service.admission import Admission
from journal_club.service.errors import AnswerDeadlineError, InvalidRequestError
from journal_club.service.given import GivenAnswers

__all__ = ["Service", "ServiceDep", "service_of"]

PAPER_ID = re.compile(r"[a-z0-9-]{1,64}")
P = ParamSpec("P")
T = TypeVar("T")

THREADS = 16
"""Blocking calls at once: the store and the embedder take turns, so that more would only wait inside."""
NAMED = 20
"""Papers that a refusal names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """The club behind HTTP."""

    club: JournalClub
    admission: Admission
    threads: anyio.CapacityLimiter
    given: GivenAnswers

    @classmethod
    def of(cls, club: JournalClub) -> "Service":
        """The service of a club, with the limits of its settings."""
        limits = club.settings.service
        admission = Admission(places=limits.concurrency, queue=limits.queue, longest_s=_longest_s(club))
        return cls(club=club, admission=admission, threads=anyio.CapacityLimiter(THREADS), given=GivenAnswers())

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run blocking work in a thread, off the event loop."""
        return await anyio.to_thread.run_sync(partial(work, *args, **kwargs), limiter=self.threads)

    async def run_in_time(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run blocking work that only reads in a thread, and no longer than an answer may take.

        Raises:
            AnswerDeadlineError: the time is over; the thread is left to end by itself.
        """
        longest_s = self.club.settings.service.ask_s
        with anyio.move_on_after(longest_s):
            return await anyio.to_thread.run_sync(partial(work, *args, **kwargs), limiter=self.threads, abandon_on_cancel=True)
        raise AnswerDeadlineError.after(longest_s)

    async def paper_id(self, named: str | None) -> str:
        """The paper that a request is about: the one it names, or the only one.

        Raises:
            InvalidRequestError: it names none, and there is not exactly one.
            UnknownPaperError: it names what can be no paper's id.
        """
        if named is not None:
            if not PAPER_ID.fullmatch(named):
                raise UnknownPaperError(named)
            return named
        ids = sorted(record.id for record in await self.run(self.club.library.records))
        if len(ids) == 1:
            return ids[0]
        raise InvalidRequestError(_which_paper(ids), pointer="/paper_id")


def service_of(request: Request) -> Service:
    """The service that an application was made with."""
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(service_of)]


def _which_paper(ids: list[str]) -> str:
    if not ids:
        return "There is no paper yet; POST /v1/papers adds one."
    more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
    return f"There are {len(ids)} papers; name one: {', '.join(ids[:NAMED])}{more}."


def _longest_s(club: JournalClub) -> float:
    chat = club.settings.chat
    embedded_s = chat.embedded_first_token_s + chat.embedded_draft_s if club.endpoint.kind == "embedded" else 0
    return club.settings.service.ask_s + embedded_s

"""The desk: where every command hands in its request, whether a service runs or not.

Owns the way to the club: over HTTP to the service that owns the store, else to the same application inside this process. So
that each command is written once, and prints the same record both ways.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import httpx
from pydantic import BaseModel, TypeAdapter

from journal_club.answering.answer import AnswerEvent, RetrievalEvent, StatementEvent, WithheldEvent
from journal_club.cli.exits import CommandError, ExitCode, refusal
from journal_club.settings import Settings

if TYPE_CHECKING:
    from journal_club.library.library import Library

__all__ = ["Desk", "Event", "open_desk", "service_address"]

Event = RetrievalEvent | StatementEvent | WithheldEvent | AnswerEvent
Reply = TypeVar("Reply", bound=BaseModel)

_EVENTS: Mapping[str, type[Event]] = {
    "retrieval": RetrievalEvent,
    "statement": StatementEvent,
    "withheld": WithheldEvent,
    "answer": AnswerEvent,
}
_CONNECT_S = 5.0
_PATIENCE_S = 10.0
"""How long a command waits for another short command to let go of the store, seconds."""
_POLL_S = 0.2


class Desk:
    """Takes requests for a club.

    Attributes:
        address: of the service that answers; None when it is this process.
        library: the store itself, where this process owns it.
    """

    def __init__(self, client: httpx.AsyncClient, *, address: str | None, library: "Library | None") -> None:
        self._client = client
        self.address = address
        self.library = library

    async def events(self, path: str, body: Mapping[str, Any]) -> AsyncIterator[Event]:
        """Ask, and yield each event as it comes; the last one holds the answer.

        Raises:
            CommandError: the request was refused, or failed on its way.
        """
        async with self._client.stream("POST", path, json={**body, "stream": True}) as response:
            if response.is_error:
                raise _refusal(response.status_code, await response.aread())
            async for name, data in _server_sent(response.aiter_lines()):
                if name == "error":
                    raise _problem(json.loads(data)["problem"])
                if name in _EVENTS:
                    yield _EVENTS[name].model_validate_json(data)

    async def get(self, path: str, reply: type[Reply], *, also: tuple[int, ...] = (), **query: str | int) -> Reply:
        """Read something.

        Args:
            path: of the route.
            reply: the shape of its reply.
            also: statuses above 399 whose body has that shape too.
            query: of the request.

        Raises:
            CommandError: the request was refused.
        """
        return await self._reply("GET", path, reply, also=also, params=query)

    async def post(self, path: str, reply: type[Reply], body: Mapping[str, Any]) -> Reply:
        """Send something.

        Raises:
            CommandError: the request was refused.
        """
        return await self._reply("POST", path, reply, json=body)

    async def delete(self, path: str) -> None:
        """Remove something.

        Raises:
            CommandError: the request was refused.
        """
        response = await self._client.delete(path)
        if response.is_error:
            raise _refusal(response.status_code, response.content)

    async def _reply(self, method: str, path: str, reply: type[Reply], *, also: tuple[int, ...] = (), **request: Any) -> Reply:  # noqa: ANN401
        response = await self._client.request(method, path, **request)
        if response.is_error and response.status_code not in also:
            raise _refusal(response.status_code, response.content)
        return TypeAdapter(reply).validate_json(response.content)


@asynccontextmanager
async def open_desk(settings: Settings) -> AsyncIterator[Desk]:
    """The desk of the service that owns the store, else one of this process.

    Raises:
        CommandError: the service cannot be reached.
        LibraryError: the store cannot be opened.
        ModelError: a model is not fully set up.
    """
    address = await service_address(settings)
    try:
        async with AsyncExitStack() as stack:
            yield await (_inside(stack, settings) if address is None else _outside(stack, address))
    except httpx.TransportError as error:
        raise CommandError(f"the service at {address} does not answer: {error or type(error).__name__}", code=ExitCode.UPSTREAM) from error


async def service_address(settings: Settings) -> str | None:
    """Where the process that owns the store serves; None when nobody owns it, or the store is a Chroma server.

    Raises:
        StoreBusyError: a process owns it that serves nothing.
    """
    if settings.store.chroma_url:
        return None
    import anyio

    from journal_club.library.errors import StoreBusyError
    from journal_club.library.lock import StoreLock

    until = anyio.current_time() + _PATIENCE_S
    while True:
        try:
            StoreLock.take(settings.data_dir).release()
        except StoreBusyError as busy:
            if busy.address:
                return busy.address
            if anyio.current_time() > until:
                raise
            await anyio.sleep(_POLL_S)
        else:
            return None


async def _outside(stack: AsyncExitStack, address: str) -> Desk:
    # Never through a proxy: the service is on this machine, and a question must not leave it.
    client = httpx.AsyncClient(base_url=address, timeout=httpx.Timeout(None, connect=_CONNECT_S), trust_env=False)
    return Desk(await stack.enter_async_context(client), address=address, library=None)


async def _inside(stack: AsyncExitStack, settings: Settings) -> Desk:
    from journal_club.cli.terminal import log_failures_alone
    from journal_club.cli.transport import InProcessTransport
    from journal_club.club import open_club
    from journal_club.service.app import create_app

    log_failures_alone()
    club = open_club(settings)
    stack.push_async_callback(club.aclose)
    transport = InProcessTransport(create_app(club))
    client = httpx.AsyncClient(transport=transport, base_url=f"http://{settings.service.allowed_hosts[0]}", timeout=None)  # noqa: S113
    return Desk(await stack.enter_async_context(client), address=None, library=club.library)


async def _server_sent(lines: AsyncIterator[str]) -> AsyncIterator[tuple[str, str]]:
    """The events of a stream of Server-Sent Events, each with its name and its data."""
    name, data = "", list[str]()
    async for line in lines:
        field, _, value = line.partition(":")
        if field == "event":
            name = value.removeprefix(" ")
        elif field == "data":
            data.append(value.removeprefix(" "))
        elif not line and data:
            yield name, "\n".join(data)
            name, data = "", []


def _refusal(status: int, content: bytes) -> CommandError:
    try:
        return _problem(json.loads(content))
    except (ValueError, KeyError, TypeError):
        return refusal(f"the service answered with status {status}", slug="", status=status)


def _problem(problem: Mapping[str, Any]) -> CommandError:
    detail = str(problem["detail"])
    places = [(place.get("pointer") or place.get("parameter") or "", place["detail"]) for place in problem.get("errors", ())]
    if places and all(said != detail for _, said in places):
        detail = "; ".join(f"{name.strip('/') or 'the request'}: {said}" for name, said in places)
    return refusal(detail, slug=str(problem["type"]).rpartition(":")[2], status=int(problem["status"]))

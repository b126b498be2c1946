"""The service without a socket: an httpx transport that calls an ASGI application of this process, and streams.

httpx's own ASGI transport hands on a response when its body is complete; sentences are to be shown as they come.
"""

from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, Self

import anyio
import httpx
from anyio.abc import TaskGroup
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from starlette.types import ASGIApp, Message

__all__ = ["InProcessTransport"]


class InProcessTransport(httpx.AsyncBaseTransport):
    """Sends requests to an application of this process, in tasks that it owns; the client that it is given to enters it."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application
        self._tasks: TaskGroup = anyio.create_task_group()

    async def __aenter__(self) -> Self:
        """Start to own tasks."""
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        """Cancel what still runs."""
        self._tasks.cancel_scope.cancel()
        # Without the caller's error: a task group would wrap it, and it goes on by itself.
        await self._tasks.__aexit__(None, None, None)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Call the application, and return when it has sent status and headers."""
        told, heard = anyio.create_memory_object_stream[Message]()
        exchange = _Exchange(await request.aread(), told)
        self._tasks.start_soon(self._answer, _scope(request), exchange)
        start = await heard.receive()
        return httpx.Response(start["status"], headers=start["headers"], stream=_Body(heard, exchange))

    async def _answer(self, scope: dict[str, Any], exchange: "_Exchange") -> None:
        async with exchange.told:
            await self._application(scope, exchange.receive, exchange.send)


class _Exchange:
    """The application's side of one request."""

    def __init__(self, body: bytes, told: MemoryObjectSendStream[Message]) -> None:
        self.told = told
        self.left = anyio.Event()
        self._body: bytes | None = body

    async def receive(self) -> Message:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        try:
            await self.told.send(message)
        except anyio.BrokenResourceError:
            self.left.set()


class _Body(httpx.AsyncByteStream):
    def __init__(self, heard: MemoryObjectReceiveStream[Message], exchange: _Exchange) -> None:
        self._heard = heard
        self._exchange = exchange

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for message in self._heard:
            if message.get("body"):
                yield message["body"]
            if not message.get("more_body"):
                return

    async def aclose(self) -> None:
        self._exchange.left.set()
        self._heard.close()


def _scope(request: httpx.Request) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.url.scheme,
        "path": request.url.path,
        "raw_path": request.url.raw_path.split(b"?")[0],
        "query_string": request.url.query,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "server": (request.url.host, request.url.port),
        "client": ("127.0.0.1", 0),
        "root_path": "",
    }

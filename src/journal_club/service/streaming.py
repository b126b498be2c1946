"""Streaming: events as Server-Sent Events, on `fastapi.sse`.

Owns the wire: what fails before the first event keeps its HTTP status, what fails later becomes a last event, a quiet stream
says `: ping`, and a client that leaves cancels the work. It does not know what an event means.
"""

from collections.abc import AsyncIterator, Awaitable, Callable

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from pydantic import BaseModel
from starlette.types import Send

__all__ = ["EventStream", "Tell", "encoded", "json_line"]

PING_S = 15.0

Tell = Callable[[bytes], Awaitable[None]]
"""Sends one encoded event."""

LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""Characters that some readers take for the end of a line, though the protocol does not."""


def json_line(record: BaseModel, *, only_set: bool = False) -> str:
    """A record as JSON on one line, whatever a reader takes for a line's end; `only_set` leaves out fields that were not set."""
    return record.model_dump_json(exclude_unset=only_set).translate(LINE_ENDS)


def encoded(name: str, record: BaseModel, *, number: int) -> bytes:
    """One event with its name, its number and one JSON object."""
    return format_sse_event(data_str=json_line(record), event=name, id=str(number))


class EventStream(EventSourceResponse):
    """A response whose status is sent when the first event is there.

    Args:
        work: does the work and tells each event; it runs in one task from its first line to its last.
        last_words: the event that tells a failure in mid-stream.
    """

    def __init__(self, work: Callable[[Tell], Awaitable[None]], *, last_words: Callable[[Exception], bytes]) -> None:
        super().__init__(_nothing(), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        self._work = work
        self._last_words = last_words
        self._told = False
        self._failure: Exception | None = None

    async def stream_response(self, send: Send) -> None:
        """Send the events as the work tells them.

        Raises:
            Exception: what the work raised before its first event, so that it becomes a problem with its own status.
        """
        told, heard = anyio.create_memory_object_stream[bytes](max_buffer_size=1)
        started = False
        async with anyio.create_task_group() as tasks, heard:
            tasks.start_soon(self._produce, told)
            async for event in _with_pings(heard):
                if not started:
                    started = True
                    await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                await send({"type": "http.response.body", "body": event, "more_body": True})
        if self._failure:
            raise self._failure
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _produce(self, told: MemoryObjectSendStream[bytes]) -> None:
        async def tell(event: bytes) -> None:
            self._told = True
            await told.send(event)

        async with told:
            try:
                await self._work(tell)
            # The one edge where nothing may pass: an exception here would cut the stream and lose the event before it.
            except Exception as error:
                if not self._told:
                    self._failure = error
                else:
                    await told.send(self._last_words(error))


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""


async def _with_pings(heard: MemoryObjectReceiveStream[bytes]) -> AsyncIterator[bytes]:
    """The events as they come, and a comment after each quiet while once there was one."""
    try:
        yield await heard.receive()
        while True:
            with anyio.move_on_after(PING_S) as quiet:
                event = await heard.receive()
            yield KEEPALIVE_COMMENT if quiet.cancelled_caught else event
    except anyio.EndOfStream:
        return

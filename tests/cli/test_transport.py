"""A request inside the process behaves as one over a socket."""

import anyio
import anyio.lowlevel
import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from journal_club.cli.transport import InProcessTransport

pytestmark = pytest.mark.anyio


class Endless:
    """An application that streams until its client leaves."""

    def __init__(self) -> None:
        self.ended = anyio.Event()
        self.application = Starlette(routes=[Route("/echo", self.echo, methods=["POST"]), Route("/stream", self.stream)])

    async def echo(self, request: Request) -> Response:
        return PlainTextResponse(await request.body(), status_code=201, headers={"x-query": request.url.query})

    async def stream(self, request: Request) -> Response:
        async def ticks():
            try:
                while True:
                    yield b"tick"
                    await anyio.lowlevel.checkpoint()
            finally:
                self.ended.set()

        return StreamingResponse(ticks())


def client_of(application: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=InProcessTransport(application), base_url="http://127.0.0.1")


async def test_status_headers_and_body_go_through() -> None:
    async with client_of(Endless().application) as client:
        response = await client.post("/echo?a=1", content=b"0.55")
    assert (response.status_code, response.content, response.headers["x-query"]) == (201, b"0.55", "a=1")


async def test_a_stream_arrives_while_it_is_made_and_ends_when_its_reader_leaves() -> None:
    endless = Endless()
    async with client_of(endless.application) as client:
        async with client.stream("GET", "/stream") as response:
            assert await anext(response.aiter_raw()) == b"tick"
        with anyio.fail_after(5):
            await endless.ended.wait()


async def test_an_error_of_the_caller_leaves_unwrapped() -> None:
    with pytest.raises(ValueError, match="its own"):
        async with client_of(Endless().application):
            raise ValueError("its own")

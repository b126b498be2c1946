"""A scripted OpenAI-compatible server over real HTTP: chat, streamed and not, embeddings, models.

    with ScriptedEndpoint("CAR T-cell therapy prolonged survival [1].") as server:
        settings = ChatSettings(endpoint="compatible", base_url=server.base_url, model="scripted")
        ...
    assert server.chats[0].body["messages"][0]["role"] == "system"
    assert server.chats[0].left.wait(5)      # the client closed the connection before the reply was whole

A script is what the server says to chat calls: one `Reply` or text for all of them; a list, in order, whose last one repeats; or a
function from the request body to a reply, so that a test can act as a strong model. Everything is recorded: `requests` holds all
of them, `chats` and `embeddings` those of one route. Embeddings are hashed bags of words: deterministic, of length 1, and texts
that share words are near. `server.embedding_replies` scripts failures of that route in the same way (its text is not used).
"""

import asyncio
import base64
import json
import re
import socket
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from types import TracebackType
from typing import Any, Self

import numpy as np
import uvicorn

__all__ = ["Recorded", "Reply", "Script", "ScriptedEndpoint"]

_LONGEST_STALL_S = 30.0
_WORD = re.compile(r"\w+")

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the server does with one call.

    Attributes:
        text: the answer.
        chunk_chars: characters in one streamed delta.
        chunk_s: pause before each delta but the first, seconds.
        first_byte_s: pause before the status line, seconds.
        first_token_s: pause between the headers and the first delta, seconds.
        status: HTTP status; any but 200 gets an error body in OpenAI's form.
        headers: more response headers, such as `{"retry-after": "1"}`.
        stall_after: deltas after which the stream goes silent, connection open.
        cut_after: deltas after which the connection is dropped, without a proper end.
        stop_after: deltas after which the stream ends properly but without `finish_reason` and `[DONE]`.
        bad_json_after: deltas after which a line comes that is no JSON.
        raw: whole response body, sent as it is with the status, in place of an answer.
        repeat: the text is sent so many times over, whatever `max_tokens` says.
        finish_reason: of the last delta.
        prompt_tokens: in `usage`; None counts the words of the messages.
        cached_tokens: in `usage`.
        with_usage: whether usage is sent at all.
    """

    text: str = ""
    chunk_chars: int = 8
    chunk_s: float = 0.0
    first_byte_s: float = 0.0
    first_token_s: float = 0.0
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    stall_after: int | None = None
    cut_after: int | None = None
    stop_after: int | None = None
    bad_json_after: int | None = None
    raw: bytes | None = None
    repeat: int = 1
    finish_reason: str = "stop"
    prompt_tokens: int | None = None
    cached_tokens: int = 0
    with_usage: bool = True

    @property
    def deltas(self) -> list[str]:
        """The answer, cut into deltas."""
        whole = self.text * self.repeat
        return [whole[start : start + self.chunk_chars] for start in range(0, len(whole), self.chunk_chars)]


Script = str | Reply | Sequence[str | Reply] | Callable[[dict[str, Any]], str | Reply]


@dataclass
class Recorded:
    """One request as it arrived; `left` is set when the client goes before the reply is whole, `done` when the server is done."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    left: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)


class ScriptedEndpoint:
    """The server; a context manager that runs it in a thread of its own on a free loopback port."""

    def __init__(self, script: Script = "", *, model: str = "scripted", dimension: int = 64) -> None:
        self.script = script
        self.model = model
        self.dimension = dimension
        self.embedding_replies: Script = ""
        self.requests: list[Recorded] = []
        self.faults: list[Exception] = []
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            self._app, interface="asgi3", log_config=None, log_level="critical", lifespan="off", ws="none", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    @property
    def base_url(self) -> str:
        """Address for an OpenAI client, `/v1` included."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"

    @property
    def chats(self) -> list[Recorded]:
        """The chat calls so far."""
        return [request for request in self.requests if request.path == "/v1/chat/completions"]

    @property
    def embeddings(self) -> list[Recorded]:
        """The embedding calls so far."""
        return [request for request in self.requests if request.path == "/v1/embeddings"]

    @property
    def prompts(self) -> list[str]:
        """The text of each chat call, all of its messages joined."""
        return ["\n".join(str(message["content"]) for message in request.body["messages"]) for request in self.chats]

    def wait_for_chat(self, count: int = 1, *, within_s: float = 10.0) -> Recorded:
        """Block until so many chat calls have arrived; the last of them."""
        deadline = time.monotonic() + within_s
        while len(self.chats) < count:
            assert time.monotonic() < deadline, f"{len(self.chats)} chat calls arrived, not {count}"
            time.sleep(0.005)
        return self.chats[count - 1]

    def __enter__(self) -> Self:
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started:
            assert time.monotonic() < deadline, "the scripted endpoint did not start"
            time.sleep(0.005)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(10)
        self._socket.close()
        if error is None and self.faults:
            raise self.faults[0]  # a script that raised, or a request that no script foresaw

    async def _app(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        content = b""
        more = True
        while more:
            message = await receive()
            content += message.get("body", b"")
            more = message.get("more_body", False)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        recorded = Recorded(path=scope["path"], headers=headers, body=json.loads(content or b"{}"))
        self.requests.append(recorded)
        replying = asyncio.ensure_future(self._reply(recorded, send))
        leaving = asyncio.ensure_future(_until_left(receive))
        await asyncio.wait({replying, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not replying.done():
            recorded.left.set()
            replying.cancel()
        leaving.cancel()
        results = await asyncio.gather(replying, leaving, return_exceptions=True)
        recorded.done.set()
        self.faults += [result for result in results if isinstance(result, Exception)]

    async def _reply(self, recorded: Recorded, send: Send) -> None:
        if recorded.path == "/v1/models":
            await _send_json(send, 200, {"object": "list", "data": [{"id": self.model, "object": "model"}]})
        elif recorded.path == "/v1/embeddings":
            await self._embed(recorded.body, _chosen(self.embedding_replies, recorded.body, len(self.embeddings) - 1), send)
        elif recorded.path == "/v1/chat/completions":
            await self._chat(recorded.body, _chosen(self.script, recorded.body, len(self.chats) - 1), send)
        else:
            await _send_json(send, 404, _error(404, "no such route"))

    async def _embed(self, body: dict[str, Any], reply: Reply, send: Send) -> None:
        if await _refused(reply, send):
            return
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        vectors = [_bag_of_words(text, self.dimension) for text in texts]
        if body.get("encoding_format") == "base64":
            encoded: list[Any] = [base64.b64encode(vector.tobytes()).decode() for vector in vectors]
        else:
            encoded = [vector.tolist() for vector in vectors]
        data = [{"object": "embedding", "index": index, "embedding": value} for index, value in enumerate(encoded)]
        usage = {"prompt_tokens": sum(len(text.split()) for text in texts), "total_tokens": 0}
        await _send_json(send, 200, {"object": "list", "model": body["model"], "data": data, "usage": usage})

    async def _chat(self, body: dict[str, Any], reply: Reply, send: Send) -> None:
        if await _refused(reply, send):
            return
        usage = _usage(body, reply)
        if not body.get("stream"):
            message = {"role": "assistant", "content": reply.text * reply.repeat}
            choice = {"index": 0, "message": message, "finish_reason": reply.finish_reason}
            completion = _completion("chat.completion", self.model, [choice])
            await _send_json(send, 200, completion | ({"usage": usage} if reply.with_usage else {}))
            return
        await _start(send, 200, {"content-type": "text/event-stream", **reply.headers})
        async for line in _lines(self.model, reply):
            await send({"type": "http.response.body", "body": line, "more_body": True})
        if reply.cut_after is not None:
            return  # without the last body message the server drops the connection
        if reply.stop_after is None:
            if reply.with_usage and body.get("stream_options", {}).get("include_usage"):
                final = _completion("chat.completion.chunk", self.model, []) | {"usage": usage}
                await send({"type": "http.response.body", "body": _event(final), "more_body": True})
            await send({"type": "http.response.body", "body": b"data: [DONE]\n\n", "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _lines(model: str, reply: Reply) -> AsyncIterator[bytes]:
    """The streamed events of one answer, with its pauses and faults."""
    yield _event(_chunk(model, {"role": "assistant", "content": ""}))
    await asyncio.sleep(reply.first_token_s)
    for count, delta in enumerate(reply.deltas):
        if reply.stall_after == count:
            await asyncio.sleep(_LONGEST_STALL_S)
        if count in (reply.cut_after, reply.stop_after):
            return
        if reply.bad_json_after == count:
            yield b"data: {not json\n\n"
        if count:
            await asyncio.sleep(reply.chunk_s)
        yield _event(_chunk(model, {"content": delta}))
    if reply.stop_after is None and reply.cut_after is None:
        yield _event(_chunk(model, {}, finish_reason=reply.finish_reason))


def _chosen(script: Script, body: dict[str, Any], number: int) -> Reply:
    if callable(script):
        script = script(body)
    elif not isinstance(script, str | Reply):
        script = script[min(number, len(script) - 1)]
    return script if isinstance(script, Reply) else Reply(text=script)


async def _refused(reply: Reply, send: Send) -> bool:
    """Wait for the first byte's time and send what is no answer; whether it was sent."""
    await asyncio.sleep(reply.first_byte_s)
    if reply.raw is not None:
        await _start(send, reply.status, {"content-type": "application/json", **reply.headers})
        await send({"type": "http.response.body", "body": reply.raw, "more_body": False})
        return True
    if reply.status != 200:
        await _send_json(send, reply.status, _error(reply.status, reply.text or "scripted failure"), reply.headers)
        return True
    return False


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _start(send: Send, status: int, headers: Mapping[str, str]) -> None:
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})


async def _send_json(send: Send, status: int, content: object, headers: Mapping[str, str] | None = None) -> None:
    await _start(send, status, {"content-type": "application/json", **(headers or {})})
    await send({"type": "http.response.body", "body": json.dumps(content).encode(), "more_body": False})


def _event(content: object) -> bytes:
    return b"data: " + json.dumps(content).encode() + b"\n\n"


def _completion(kind: str, model: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "scripted-1", "object": kind, "created": 0, "model": model, "choices": choices}


def _chunk(model: str, delta: dict[str, str], finish_reason: str | None = None) -> dict[str, Any]:
    return _completion("chat.completion.chunk", model, [{"index": 0, "delta": delta, "finish_reason": finish_reason}])


def _usage(body: dict[str, Any], reply: Reply) -> dict[str, Any]:
    counted = sum(len(str(message["content"]).split()) for message in body["messages"])
    prompt = counted if reply.prompt_tokens is None else reply.prompt_tokens
    completion = len(reply.text.split()) * reply.repeat
    details = {"cached_tokens": reply.cached_tokens}
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": details,
    }


def _error(status: int, message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "scripted", "code": str(status), "param": None}}


def _bag_of_words(text: str, dimension: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    vector = np.zeros(dimension, np.float32)
    vector[0] = 1e-3
    for word in _WORD.findall(text.casefold()):
        digest = sha256(word.encode()).digest()
        vector[int.from_bytes(digest[:4], "big") % dimension] += 1.0 if digest[4] & 1 else -1.0
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length)

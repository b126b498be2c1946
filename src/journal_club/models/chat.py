"""The door to chat models: one way of drafting, whichever endpoint the settings name.

Owns the one retry layer, the deadlines, the account of tokens and cost, and warming. `Draft` reads a stream, `client` makes the
connection, `endpoint` decides which, `embedded_chat` runs the model of this process.
"""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

from journal_club.models.client import Connection, open_async_client, open_client
from journal_club.models.draft import Draft, Limits
from journal_club.models.embedded_chat import EmbeddedServer
from journal_club.models.endpoint import Endpoint, choose_endpoint, openai_key
from journal_club.models.errors import CallError, DeadlineError
from journal_club.models.failures import call_error, call_failures
from journal_club.models.retry import pause_before_retry
from journal_club.models.usage import Account
from journal_club.settings import ChatSettings

if TYPE_CHECKING:
    from llama_index.llms.openai_like import OpenAILike
    from openai import AsyncOpenAI, AsyncStream, OpenAI
    from openai.types.chat import ChatCompletionChunk

__all__ = ["Chat", "Message", "open_chat"]

_SETTINGS: Final = "JOURNAL_CLUB_CHAT"
_REASONING: Final = re.compile(r"^(o\d|gpt-5)")
"""OpenAI's models that take no temperature."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One message of a prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


class Chat:
    """A chat model; belongs to one event loop, and its owner closes it.

    Attributes:
        endpoint: who drafts.
    """

    def __init__(self, endpoint: Endpoint, settings: ChatSettings, *, api_key: str | None = None) -> None:
        """Describe the model; nothing is opened or loaded yet.

        Args:
            endpoint: any but `none`.
            settings: limits of a draft, and the embedded model's threads and window.
            api_key: of the endpoint.
        """
        self.endpoint = endpoint
        self._settings = settings
        self._api_key = api_key
        self._client: AsyncOpenAI | None = None
        self._plain_client: OpenAI | None = None
        self._server = _server(endpoint, settings)
        self._turn = asyncio.Lock()
        self._place = urlsplit(endpoint.base_url).netloc if endpoint.base_url else self._model

    @property
    def limits(self) -> Limits:
        """Of one draft; the embedded model has its own."""
        settings = self._settings
        embedded = self._server is not None
        return Limits(
            first_token_s=settings.embedded_first_token_s if embedded else settings.first_token_s,
            between_tokens_s=settings.between_tokens_s,
            draft_s=settings.embedded_draft_s if embedded else settings.draft_s,
            max_tokens=settings.max_tokens,
        )

    @property
    def llm(self) -> "OpenAILike":
        """The same model for llama-index pipelines; an embedded model is loaded for it.

        It goes round our deadlines of a draft, our retry and our account, and it never retries itself.
        """
        from llama_index.llms.openai_like import OpenAILike

        connection = self._connection()
        self._client = self._client or open_async_client(connection)
        self._plain_client = self._plain_client or open_client(connection)
        return OpenAILike(
            model=self._model,
            api_base=connection.base_url,
            api_key=connection.api_key or "none",
            is_chat_model=True,
            context_window=self._settings.context_tokens,
            max_tokens=self._settings.max_tokens,
            temperature=self._settings.temperature,
            timeout=self.limits.draft_s,
            max_retries=0,
            additional_kwargs={"store": False} if self.endpoint.kind == "openai" else {},
            openai_client=self._plain_client,
            async_openai_client=self._client,
        )

    @asynccontextmanager
    async def draft(self, messages: Sequence[Message]) -> AsyncIterator[Draft]:
        """Draft an answer; inside the block the first piece of it is there, and leaving the block ends it upstream.

        A call that fails before the first piece is made once more where that may help and the deadline of the first piece allows
        it; nothing is made again after it.

        Args:
            messages: the prompt.

        Raises:
            CallError: the endpoint gave no first piece; which of its subclasses says why.
            EmbeddedModelError: the embedded model cannot be loaded.
        """
        async with self._own_turn():
            draft = await self._begun(messages)
            try:
                yield draft
            finally:
                await draft.aclose()

    async def warm(self, messages: Sequence[Message]) -> None:
        """Let the embedded model read the prefix that later prompts share, and load it; other endpoints are not called.

        Args:
            messages: the first messages of those prompts; the last one may be the beginning of theirs.

        Raises:
            CallError: the model did not read them in time.
            EmbeddedModelError: the embedded model cannot be loaded.
        """
        if self._server is None:
            await self._opened()
            return
        async with self._own_turn():
            client = await self._opened()
            try:
                async with asyncio.timeout(self.limits.first_token_s):
                    await client.chat.completions.create(**self._request(messages) | {"max_tokens": 1})
            except call_failures() as error:
                late = f"did not read the prompt within {self.limits.first_token_s:g} s"
                raise call_error(error, place=self._place, settings=_SETTINGS, late=late) from error

    async def aclose(self) -> None:
        """Close the connections and stop the embedded model."""
        if self._client is not None:
            await self._client.close()
            self._client = None
            # The transport closes its sockets in the loop's next turn, which may be its last.
            await asyncio.sleep(0)
        if self._plain_client is not None:
            self._plain_client.close()
            self._plain_client = None
        if self._server is not None:
            await asyncio.to_thread(self._server.close)

    @property
    def _model(self) -> str:
        return self.endpoint.model or ""

    @asynccontextmanager
    async def _own_turn(self) -> AsyncIterator[None]:
        """The embedded model reads one prompt at a time; a remote one needs no turns."""
        if self._server is None:
            yield
            return
        try:
            async with asyncio.timeout(self.limits.draft_s):
                await self._turn.acquire()
        except TimeoutError as error:
            raise DeadlineError(f"{self._place} was busy for {self.limits.draft_s:g} s: try again") from error
        try:
            yield
        finally:
            self._turn.release()

    async def _begun(self, messages: Sequence[Message]) -> Draft:
        """A draft with its first piece, after one retry at most."""
        client = await self._opened()
        started = monotonic()
        try:
            return await self._attempt(client, messages, started)
        except CallError as error:
            pause = pause_before_retry(error, self.limits.first_token_s - (monotonic() - started))
            if pause is None:
                raise
        await asyncio.sleep(pause)
        return await self._attempt(client, messages, started)

    async def _attempt(self, client: "AsyncOpenAI", messages: Sequence[Message], started: float) -> Draft:
        limits = self.limits
        left = limits.first_token_s - (monotonic() - started)
        request = self._request(messages) | {"stream": True, "stream_options": {"include_usage": True}}
        try:
            async with asyncio.timeout(left):
                stream = await _stream(client, request)
        except call_failures() as error:
            late = f"gave no first token within {limits.first_token_s:g} s"
            raise call_error(error, place=self._place, settings=_SETTINGS, late=late) from error
        account = Account(model=self._model, remote=self.endpoint.remote, prompt=tuple(message.content for message in messages))
        draft = Draft(stream, limits, account=account, started=started, place=self._place)
        try:
            return await draft.begin(limits.first_token_s - (monotonic() - started))
        except BaseException:
            await draft.aclose()
            raise

    def _request(self, messages: Sequence[Message]) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": message.role, "content": message.content} for message in messages],
        }
        if self.endpoint.kind == "openai":
            request |= {"max_completion_tokens": self._settings.max_tokens, "store": False}
        else:
            request |= {"max_tokens": self._settings.max_tokens}
        if not (self.endpoint.kind == "openai" and _REASONING.match(self._model)):
            request |= {"temperature": self._settings.temperature}
        return request

    async def _opened(self) -> "AsyncOpenAI":
        if self._client is None:
            # Importing the SDK and loading a model take seconds, which the event loop does not have.
            connection = await asyncio.to_thread(self._connection)
            client = await asyncio.to_thread(open_async_client, connection)
            if self._client is None:
                self._client = client
        return self._client

    def _connection(self) -> Connection:
        address = self._server.start() if self._server else self.endpoint.base_url or ""
        key = self._server.api_key if self._server else self._api_key
        return Connection(base_url=address, api_key=key, remote=self.endpoint.remote, read_s=self.limits.draft_s)


def open_chat(settings: ChatSettings, data_dir: Path) -> Chat | None:
    """The chat model that the settings name; None when the endpoint is `none`. Nothing is opened or loaded yet.

    Args:
        settings: which one, and its limits.
        data_dir: folder whose `models/` may hold fetched weights.

    Raises:
        EndpointError: the settings name no usable endpoint.
        WeightsMissingError: the embedded model's file is not there.
    """
    endpoint = choose_endpoint(settings, data_dir, os.environ)
    if endpoint.kind == "none":
        return None
    if endpoint.kind == "openai":
        return Chat(endpoint, settings, api_key=openai_key(settings.api_key, os.environ))
    return Chat(endpoint, settings, api_key=settings.api_key.get_secret_value() if settings.api_key else None)


async def _stream(client: "AsyncOpenAI", request: dict[str, Any]) -> "AsyncStream[ChatCompletionChunk]":
    """Open a stream by the SDK's own `post`: its `create` walks through every message's types first, for milliseconds of each call."""
    from openai import AsyncStream
    from openai.types.chat import ChatCompletionChunk

    return await client.post(
        "/chat/completions", cast_to=ChatCompletionChunk, body=request, stream=True, stream_cls=AsyncStream[ChatCompletionChunk]
    )


def _server(endpoint: Endpoint, settings: ChatSettings) -> EmbeddedServer | None:
    if endpoint.kind != "embedded" or endpoint.weights is None:
        return None
    return EmbeddedServer(endpoint.weights, threads=settings.threads, context_tokens=settings.context_tokens)

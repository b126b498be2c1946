"""One draft as it arrives: its text, its limits, what it used.

Owns reading a stream of the protocol within deadlines. It opens no stream and retries nothing (`chat` does).
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final, Self

from journal_club.models.errors import BadAnswerError, CutStreamError, EmptyAnswerError
from journal_club.models.failures import call_error, call_failures
from journal_club.models.stream import Chunk, ChunkReader
from journal_club.models.usage import Account, Counts, Usage

if TYPE_CHECKING:
    from openai import AsyncStream
    from openai.types.chat import ChatCompletionChunk

__all__ = ["Draft", "Limits"]

_LONGEST_TOKEN_CHARS: Final = 16
"""A draft with more characters than this for each allowed token is one whose server ignores `max_tokens`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How long a draft may be, in seconds and in tokens."""

    first_token_s: float
    between_tokens_s: float
    draft_s: float
    max_tokens: int


class Draft:
    """One draft: an iterator of pieces of text, none of them empty.

    Attributes:
        text: what has arrived.
        finish_reason: as the endpoint gives it (`stop`, `length`); None before the end.
    """

    def __init__(self, stream: "AsyncStream[ChatCompletionChunk]", limits: Limits, *, account: Account, started: float, place: str) -> None:
        """Read a stream that was just opened.

        Args:
            stream: of the protocol, not yet read; closed by `aclose`.
            limits: on it.
            account: for what it uses.
            started: `time.monotonic()` when the call began.
            place: the endpoint in plain words, for errors.
        """
        self.text = ""
        self.finish_reason: str | None = None
        self._stream = stream
        self._blocks = stream.response.aiter_text()
        self._reader = ChunkReader()
        self._ready: Iterator[Chunk] = iter(())
        self._limits = limits
        self._account = account
        self._counts: Counts | None = None
        self._ends = started + limits.draft_s
        self._place = place
        self._first: str | None = None
        self._spoke = False

    @property
    def usage(self) -> Usage:
        """What it used so far; the endpoint's own counts come at the end."""
        return self._account.usage(self._counts, self.text)

    async def begin(self, within_s: float) -> Self:
        """Wait for the first piece of text, which the iteration then gives.

        Raises:
            EmptyAnswerError: the answer is over and held no text.
            CallError: as in the iteration.
        """
        self._first = await self._next(within_s, f"gave no first token within {self._limits.first_token_s:g} s")
        if self._first is None:
            raise EmptyAnswerError(f"{self._place} gave an empty answer (it ended with {self.finish_reason}): try again or another model")
        return self

    async def __aiter__(self) -> AsyncIterator[str]:
        """The pieces of text.

        Raises:
            DeadlineError: the next piece, or the whole draft, took too long.
            CutStreamError: the connection ended before the answer did.
            BadAnswerError: something came that is not the protocol.
            UpstreamError: the endpoint reported a failure of its own.
        """
        piece, self._first = self._first, None
        while piece is not None:
            self.text += piece
            yield piece
            if len(self.text) > _LONGEST_TOKEN_CHARS * self._limits.max_tokens:
                self.finish_reason = "length"
                return
            piece = await self._next(self._limits.between_tokens_s, f"was silent for {self._limits.between_tokens_s:g} s")

    async def aclose(self) -> None:
        """Close the stream; an endpoint that is still writing sees its reader leave."""
        await self._stream.close()

    async def _next(self, within_s: float, complaint: str) -> str | None:
        """The next piece of text, None at the end of the answer."""
        left = self._ends - monotonic()
        if left < within_s:
            within_s, complaint = left, f"took longer than {self._limits.draft_s:g} s for a draft"
        try:
            if piece := self._piece():
                return piece
            # Only the wire is waited for: what has come in one block is read without a clock.
            async with asyncio.timeout(within_s):
                return await self._pull()
        except call_failures() as error:
            # With its reason to end the answer is whole; what is missing is the count that follows.
            if self.finish_reason is not None:
                return None
            raise call_error(error, place=self._place, settings="JOURNAL_CLUB_CHAT", late=complaint) from error

    async def _pull(self) -> str | None:
        async for block in self._blocks:
            self._ready = self._reader.feed(block)
            if piece := self._piece():
                return piece
        self._ready = self._reader.flush()
        if piece := self._piece():
            return piece
        if not self._spoke:
            raise BadAnswerError(f"{self._place} sent no event of the OpenAI protocol: check JOURNAL_CLUB_CHAT__BASE_URL")
        if self.finish_reason is None:
            raise CutStreamError(f"{self._place} ended its answer without saying that it is whole: try again")
        return None

    def _piece(self) -> str:
        """The next piece of text that has come; empty when there is none."""
        for chunk in self._ready:
            self._spoke = True
            self._counts = chunk.counts or self._counts
            self.finish_reason = chunk.finish_reason or self.finish_reason
            if chunk.text:
                return chunk.text
        return ""

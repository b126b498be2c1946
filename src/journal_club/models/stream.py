"""The stream of one answer: server-sent events as the chunks of the OpenAI protocol that they carry.

Owns reading chunks from lines. The SDK would build a validated object for each of them, which costs more than all else that is done
with a token; here a chunk is a mapping, and what is read of it is checked where it is read.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final, Self

from journal_club.models.usage import Counts

__all__ = ["Chunk", "MalformedChunkError", "UpstreamChunkError", "chunks"]

_DATA: Final = "data:"
_DONE: Final = "[DONE]"


class MalformedChunkError(Exception):
    """Something came that is not the protocol."""


class UpstreamChunkError(Exception):
    """The endpoint reported a failure of its own within the stream."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """What a chunk says: a piece of text (often empty), the reason to end, the counts at the end."""

    text: str
    finish_reason: str | None
    counts: Counts | None

    @classmethod
    def of(cls, content: object) -> Self:
        """Read a chunk; any field may be missing.

        Raises:
            MalformedChunkError: a field has another type than the protocol says.
            UpstreamChunkError: it reports a failure.
        """
        if not isinstance(content, dict):
            raise MalformedChunkError
        if content.get("error"):
            raise UpstreamChunkError
        try:
            choice: dict[str, Any] = next(iter(content.get("choices") or ()), {})
            text = (choice.get("delta") or {}).get("content") or ""
            chunk = cls(text=text, finish_reason=choice.get("finish_reason"), counts=_counts(content.get("usage")))
        except (AttributeError, KeyError, TypeError) as error:
            raise MalformedChunkError from error
        if not isinstance(text, str):
            raise MalformedChunkError
        return chunk


async def chunks(lines: AsyncIterator[str]) -> AsyncIterator[Chunk]:
    """The chunks of a stream, up to `[DONE]` or its end.

    Args:
        lines: of the response, without their ends; comments and other fields than `data` are passed over.

    Raises:
        MalformedChunkError: an event holds no JSON, or none of the protocol.
        UpstreamChunkError: the endpoint reported a failure.
    """
    event: list[str] = []
    async for line in lines:
        if line.startswith(_DATA):
            event.append(line[len(_DATA) :].removeprefix(" "))
        elif not line and event:
            data, event = "\n".join(event), []
            if data == _DONE:
                return
            yield Chunk.of(_json(data))
    if event and event != [_DONE]:
        yield Chunk.of(_json("\n".join(event)))


def _json(data: str) -> object:
    try:
        content: object = json.loads(data)
    except ValueError as error:
        raise MalformedChunkError from error
    return content


def _counts(usage: dict[str, Any] | None) -> Counts | None:
    if not usage:
        return None
    details = usage.get("prompt_tokens_details") or {}
    return Counts(prompt=usage["prompt_tokens"], completion=usage["completion_tokens"], cached=details.get("cached_tokens") or 0)

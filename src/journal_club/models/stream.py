"""The stream of one answer: server-sent events as the chunks of the OpenAI protocol that they carry.

Owns reading chunks from text. The SDK would build a validated object for each of them, which costs more than all else that is done
with a token; here a chunk is a mapping, and what is read of it is checked where it is read.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Self

from journal_club.models.usage import Counts

__all__ = ["Chunk", "ChunkReader", "MalformedChunkError", "UpstreamChunkError"]

_DATA: Final = "data:"
_DONE: Final = "[DONE]"
_LINE_END: Final = re.compile(r"\r\n|\n|\r(?!\Z)")
"""A carriage return that ends a piece of text may be the first half of an end of line."""


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


class ChunkReader:
    """Reads chunks from a stream's text, however the wire cut it, up to `[DONE]` or its end.

    Other fields than `data`, and comments, are passed over. What is read of one piece of text is handed out without waiting.
    """

    def __init__(self) -> None:
        self._rest = ""
        self._event: list[str] = []
        self._done = False

    def feed(self, text: str) -> Iterator[Chunk]:
        """The chunks that a piece of text completes; every one before a faulty event is handed out before it raises.

        Raises:
            MalformedChunkError: an event holds no JSON, or none of the protocol.
            UpstreamChunkError: the endpoint reported a failure.
        """
        *lines, self._rest = _LINE_END.split(self._rest + text)
        for line in lines:
            yield from self._line(line)

    def flush(self) -> Iterator[Chunk]:
        """The chunk of an event that the stream's end cut short of its empty line.

        Raises:
            MalformedChunkError: as in `feed`.
            UpstreamChunkError: as in `feed`.
        """
        for line in (self._rest, ""):
            yield from self._line(line.removesuffix("\r"))

    def _line(self, line: str) -> Iterator[Chunk]:
        if line.startswith(_DATA):
            self._event.append(line[len(_DATA) :].removeprefix(" "))
        elif not line and self._event and not self._done:
            data, self._event = "\n".join(self._event), []
            self._done = data == _DONE
            if not self._done:
                yield Chunk.of(_json(data))


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

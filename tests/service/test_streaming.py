"""The wire of a stream."""

import json

import anyio
import pytest
from starlette.types import Message

from journal_club.answering.answer import Withheld, WithheldEvent
from journal_club.service import streaming
from journal_club.service.streaming import EventStream, Tell, encoded


def sent_by(stream: EventStream) -> list[Message]:
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    async def run() -> None:
        await stream.stream_response(send)

    anyio.run(run)
    return messages


def test_an_event_is_one_line_for_every_reader_of_lines() -> None:
    text = "a\x85b\u2028c\u2029d\r\ne\x0bf"
    wire = encoded("withheld", WithheldEvent(withheld=Withheld(text=text, reason="")), number=7).decode()
    lines = wire.splitlines()
    assert (lines[0], lines[2], lines[3:]) == ("event: withheld", "id: 7", [""])
    assert json.loads(lines[1].removeprefix("data: "))["withheld"]["text"] == text


def test_what_fails_before_the_first_event_is_raised() -> None:
    async def work(tell: Tell) -> None:
        raise KeyError("early")

    with pytest.raises(KeyError, match="early"):
        sent_by(EventStream(work, last_words=lambda _: b"never"))


def test_what_fails_later_becomes_the_last_event_and_loses_none() -> None:
    async def work(tell: Tell) -> None:
        await tell(b"first")
        raise KeyError("late")

    messages = sent_by(EventStream(work, last_words=lambda error: repr(error).encode()))
    assert [message.get("body") for message in messages] == [None, b"first", b"KeyError('late')", b""]


def test_a_quiet_stream_says_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "PING_S", 0.02)

    async def work(tell: Tell) -> None:
        await tell(b"first")
        await anyio.sleep(0.05)
        await tell(b"last")

    bodies = [message.get("body") for message in sent_by(EventStream(work, last_words=lambda _: b""))]
    assert bodies[1] == b"first"
    assert bodies[-2] == b"last"
    assert b": ping\n\n" in bodies[2:-2]

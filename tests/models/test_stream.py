"""Chunks are read from the text of a stream, however the wire cut it."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_club.models.stream import Chunk, ChunkReader, MalformedChunkError, UpstreamChunkError

TEXTS = st.lists(st.text(max_size=12), max_size=6)
ENDS = st.sampled_from(("\n", "\r\n", "\r"))


def event(text: str, end: str = "\n") -> str:
    return f"data: {json.dumps({'choices': [{'delta': {'content': text}}]}, ensure_ascii=False)}{end}{end}"


def read(stream: str, cuts: list[int]) -> list[Chunk]:
    reader, places = ChunkReader(), [0, *sorted(cuts), len(stream)]
    chunks = [chunk for start, end in pairwise(places) for chunk in reader.feed(stream[start:end])]
    return [*chunks, *reader.flush()]


@given(TEXTS, ENDS, st.data())
def test_any_cut_of_the_wire_gives_the_same_chunks(texts: list[str], end: str, data: st.DataObject) -> None:
    stream = f": ping{end}{end}event: x{end}" + "".join(event(text, end) for text in texts) + f"data: [DONE]{end}{end}"
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8))
    assert [chunk.text for chunk in read(stream, cuts)] == texts


def test_an_event_without_its_last_line_end_counts() -> None:
    assert [chunk.text for chunk in read(event("a") + event("b").rstrip("\n"), [])] == ["a", "b"]


def test_nothing_counts_after_the_end() -> None:
    assert [chunk.text for chunk in read(event("a") + "data: [DONE]\n\n" + event("b"), [])] == ["a"]


@pytest.mark.parametrize(
    ("fault", "error"), [("data: {no\n\n", MalformedChunkError), ('data: {"error": {"code": 1}}\n\n', UpstreamChunkError)]
)
def test_what_came_before_a_fault_in_one_block_is_read(fault: str, error: type[Exception]) -> None:
    chunks = ChunkReader().feed(event("a") + fault + event("b"))
    assert next(chunks).text == "a"
    with pytest.raises(error):
        next(chunks)

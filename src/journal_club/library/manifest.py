"""The manifest: the passages of one version of a paper, as text.

Owns the form in which passages are stored apart from their vectors. Offsets alone are stored; every text is sliced from the source.
"""

import json
from collections.abc import Sequence
from typing import Any

from journal_club.library.passages import Passage
from journal_club.paper.model import Excerpt, Origin

__all__ = ["packed", "unpacked"]


def packed(passages: Sequence[Passage]) -> str:
    """Passages as JSON: `[[id, section, origin, label, start, end, [start, end, ...] of its sentences], ...]`."""
    rows = [
        [
            passage.id,
            passage.section,
            passage.origin.value,
            passage.label,
            passage.start,
            passage.end,
            [place for sentence in passage.sentences for place in (sentence.start, sentence.end)],
        ]
        for passage in passages
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def unpacked(manifest: str, *, paper_id: str, source_text: str) -> tuple[Passage, ...]:
    """The passages that `packed` wrote, in order, over the same source text."""
    return tuple(_passage(row, position, paper_id, source_text) for position, row in enumerate(json.loads(manifest)))


def _passage(row: list[Any], position: int, paper_id: str, source_text: str) -> Passage:
    passage_id, section, origin, label, start, end, places = row
    return Passage(
        id=passage_id,
        paper_id=paper_id,
        section=section,
        origin=Origin(origin),
        text=source_text[start:end],
        start=start,
        end=end,
        sentences=tuple(
            Excerpt(text=source_text[first:last], start=first, end=last) for first, last in zip(places[::2], places[1::2], strict=True)
        ),
        label=label,
        position=position,
    )

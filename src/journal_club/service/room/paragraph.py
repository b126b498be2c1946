"""Paragraph: one part of a paper, cut into plain words, statistics and the places of conflicts.

Owns the nouns `Paragraph`, `Piece` and `Run`. The pieces of a paragraph, one after the other, are exactly its slice of the source text,
and every run knows where it begins, so that a citation's span can light it up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from journal_club.answering.answer import Conflict
from journal_club.paper.model import Origin, Part
from journal_club.service.room.figure import Figure, figures_of
from journal_club.service.room.quote import Quote, bare_label

__all__ = ["Paragraph", "Piece", "Run", "paragraph_of", "runs_of"]

_PLAIN_FIELDS = frozenset({"year", "name"})
"""Fields of a related trial whose numbers are no results."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Characters that are shown in one way; `conflicts` are the ids of the conflicts that have a place here."""

    text: str
    start_char_index: int
    conflicts: tuple[str, ...] = ()

    @property
    def end_char_index(self) -> int:
        """Where it ends in the source text, exclusive."""
        return self.start_char_index + len(self.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Plain words, or one statistic with its name, interval and p-value; cut into runs where a conflict's place begins or ends.

    Attributes:
        label: what a statistic is, such as `hazard ratio`; empty for words.
    """

    kind: Literal["words", "statistic"]
    runs: tuple[Run, ...]
    label: str = ""

    @property
    def text(self) -> str:
        """Its characters, as they stand in the source text."""
        return "".join(run.text for run in self.runs)

    @property
    def start_char_index(self) -> int:
        """Where it begins in the source text."""
        return self.runs[0].start_char_index


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A part of the paper.

    Attributes:
        kind: `paragraph`; `item` of a list; `field` of a card or a related trial; `furniture`, which the page prints for show; `metadata`.
        label: what stands before a field's value, as printed ("**Population:**"), and its own `label` the bare words; None without.
        field: `population`, `key_result` and the like; empty without.
        number: 0-based number of the finding, limitation or related trial; None outside of lists.
        origin: who says it; None for furniture and metadata.
        start_char_index: of the pieces, the label left out.
    """

    kind: Literal["paragraph", "item", "field", "furniture", "metadata"]
    label: Quote | None
    field: str
    number: int | None
    origin: Origin | None
    pieces: tuple[Piece, ...]
    start_char_index: int
    end_char_index: int

    @property
    def text(self) -> str:
        """Its characters, as they stand in the source text."""
        return "".join(piece.text for piece in self.pieces)


def paragraph_of(part: Part, conflicts: Sequence[Conflict], *, value_start: int | None = None) -> Paragraph:
    """A part as a paragraph.

    Args:
        part: any but a heading, a question or a key response.
        conflicts: the paper's; those with a place in the part are marked.
        value_start: where a field's value begins behind its label; None for no label.
    """
    start = part.start if value_start is None else value_start
    text = part.text[start - part.start :]
    label = part.text[: start - part.start].rstrip()
    plain = part.role != "content" or part.field in _PLAIN_FIELDS
    pieces = _pieces(text, start, () if plain else figures_of(text, offset=start), conflicts)
    return Paragraph(
        kind=_kind(part),
        label=_label(label, part.start) if label else None,
        field=part.field,
        number=part.item,
        origin=part.origin,
        pieces=tuple(pieces),
        start_char_index=start,
        end_char_index=part.end,
    )


def runs_of(text: str, start: int, conflicts: Sequence[Conflict]) -> tuple[Run, ...]:
    """A slice of the source text that begins at `start`, cut where a conflict's place begins or ends."""
    end = start + len(text)
    places = [(one.id, place.start_char_index, place.end_char_index) for one in conflicts for place in one.places]
    inner = {cut for _, first, last in places for cut in (first, last) if start < cut < end}
    return tuple(
        Run(
            text=text[first - start : last - start],
            start_char_index=first,
            conflicts=tuple(dict.fromkeys(name for name, begin, stop in places if begin <= first and last <= stop)),
        )
        for first, last in pairwise(sorted({start, end, *inner}))
    )


def _pieces(text: str, start: int, figures: Sequence[Figure], conflicts: Sequence[Conflict]) -> Iterator[Piece]:
    place = start
    for figure in figures:
        if figure.start > place:
            yield Piece(kind="words", runs=runs_of(text[place - start : figure.start - start], place, conflicts))
        yield Piece(
            kind="statistic", runs=runs_of(text[figure.start - start : figure.end - start], figure.start, conflicts), label=figure.label
        )
        place = figure.end
    if place < start + len(text):
        yield Piece(kind="words", runs=runs_of(text[place - start :], place, conflicts))


def _label(text: str, start: int) -> Quote:
    return Quote(text=text, start_char_index=start, end_char_index=start + len(text), label=bare_label(text))


def _kind(part: Part) -> Literal["paragraph", "item", "field", "furniture", "metadata"]:
    if part.role == "furniture":
        return "furniture"
    if part.role == "metadata":
        return "metadata"
    if part.field:
        return "field"
    return "paragraph" if part.item is None else "item"

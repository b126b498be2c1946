"""The view of a source text: cut where its parts, its passages and an answer's citations begin and end.

Owns what the page shows of a paper, and that no key response is in it. It renders nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from journal_club.answering.answer import Answer, Citation
from journal_club.library.passages import Passage
from journal_club.paper.model import Origin, Paper, Part

__all__ = ["Piece", "Segment", "pieces_of", "plain", "segments_of", "signs_of"]

MARK = re.compile(r"\[(\d+)\]")
# Controls, and what hides, joins or turns round the characters beside it: static/page.js has the same set.
UNSEEN = re.compile("([\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A piece of a text: words, the mark of a citation, or a character that cannot be seen.

    Attributes:
        number: of the citation; None for no mark.
        sign: the name of a character that cannot be seen, such as `U+202E`.
    """

    text: str
    number: int | None = None
    sign: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A slice of the source text that is shown in one way.

    Attributes:
        start: of the slice; it is hidden when `text` is empty.
        role: of the part it lies in.
        anchors: ids of the passages that begin here.
        opens: numbers of the citations that begin here.
        cited: whether a citation covers it.
    """

    text: str
    start: int
    role: str
    anchors: tuple[str, ...]
    opens: tuple[int, ...]
    cited: bool


def pieces_of(text: str) -> tuple[Piece, ...]:
    """A statement's text, cut at its marks."""
    words = MARK.split(text)
    pieces = (Piece(text=f"[{one}]", number=int(one)) if place % 2 else Piece(text=one) for place, one in enumerate(words))
    return tuple(piece for piece in pieces if piece.text)


def signs_of(text: str) -> tuple[Piece, ...]:
    """A text, cut at the characters that cannot be seen."""
    words = UNSEEN.split(text)
    pieces = (Piece(text=one, sign=f"U+{ord(one):04X}" if place % 2 else "") for place, one in enumerate(words) if one)
    return tuple(pieces)


def plain(text: str) -> str:
    """A text without the characters that cannot be seen, for places that take words alone."""
    return UNSEEN.sub("", text)


def segments_of(paper: Paper, passages: Sequence[Passage], answer: Answer | None) -> tuple[Segment, ...]:
    """A paper's text in order, without its key responses.

    Args:
        paper: as it stands now.
        passages: its passages.
        answer: whose citations are marked; None for none.
    """
    # Citations of an answer to an earlier text would mark the wrong words.
    current = answer is not None and answer.trace.get("document_hash") == paper.document_hash
    citations = answer.citations if answer and current else ()
    return tuple(segment for part in paper.parts for segment in _segments(part, passages, citations))


def _segments(part: Part, passages: Sequence[Passage], citations: Sequence[Citation]) -> Iterator[Segment]:
    if part.origin is Origin.KEY_RESPONSE:
        yield Segment(text="", start=part.start, role="hidden", anchors=(), opens=(), cited=False)
        return
    ends = {end for citation in citations for end in (citation.start_char_index, citation.end_char_index)}
    inner = {end for end in ends | {passage.start for passage in passages} if part.start < end < part.end}
    cuts = sorted(inner | {part.start, part.end})
    for start, end in pairwise(cuts):
        yield Segment(
            text=part.text[start - part.start : end - part.start],
            start=start,
            role=part.role,
            anchors=tuple(passage.id for passage in passages if passage.start == start),
            opens=tuple(citation.number for citation in citations if citation.start_char_index == start),
            cited=any(citation.start_char_index <= start and end <= citation.end_char_index for citation in citations),
        )

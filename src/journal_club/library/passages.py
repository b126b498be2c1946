"""Passages: the units that are embedded and retrieved.

Owns the noun `Passage` and the way from a `Paper` to its passages. Questions and key responses never become passages. Knows
nothing of vectors or stores.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from journal_club.paper.model import ANSWERING_ORIGINS, Excerpt, Origin, Paper, Part, SourceKind
from journal_club.paper.sentences import sentences

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

__all__ = ["PUBLICATION", "Passage", "passages_of"]

PUBLICATION = "publication"
"""The section of journal, date, title and authors."""

LONGEST = 1200
"""Characters after which a paragraph is split at its next sentence end."""

_SPACE = re.compile(r"\s+")
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG = re.compile(r"[a-z]+(_[a-z]+)*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One finding, limitation, paragraph, related trial or study-design field.

    Attributes:
        id: paper id, section and a hash of the text; the same text in the same section keeps its id.
        section: slug, or the page's own heading.
        text: the slice of the source, exactly: `source_text[start:end] == text`.
        sentences: the sentences of it, with offsets into the source text; a field or a row is one.
        label: words outside of the slice that give it context, such as "Key Findings".
        position: 0-based place among the paper's passages, in document order.
    """

    id: str
    paper_id: str
    section: str
    origin: Origin
    text: str
    start: int
    end: int
    sentences: tuple[Excerpt, ...]
    label: str
    position: int

    @property
    def embedded_text(self) -> str:
        """What is embedded: label and text, white space folded."""
        return _SPACE.sub(" ", f"{self.label}: {self.text}" if self.label else self.text).strip()

    def metadata(self) -> dict[str, str | int]:
        """What is stored beside the vector, and what a llama-index node carries."""
        return {
            "paper_id": self.paper_id,
            "section": self.section,
            "origin": self.origin.value,
            "label": self.label,
            "position": self.position,
            "start": self.start,
            "end": self.end,
        }

    def to_node(self) -> "TextNode":
        """The passage as llama-index knows it: same id, text, offsets; its source is the paper."""
        from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

        metadata = self.metadata()
        return TextNode(
            id_=self.id,
            text=self.text,
            start_char_idx=self.start,
            end_char_idx=self.end,
            metadata=metadata,
            excluded_embed_metadata_keys=list(metadata),
            excluded_llm_metadata_keys=list(metadata),
            relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=self.paper_id)},
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Slice:
    section: str
    origin: Origin
    start: int
    end: int
    sentences: tuple[Excerpt, ...]


def passages_of(paper: Paper, paper_id: str) -> tuple[Passage, ...]:
    """Cut a paper into its passages, in document order.

    Args:
        paper: the paper.
        paper_id: its id, which every passage's id begins with.
    """
    slices = sorted((*_publication(paper), *_whole(paper), *_prose(paper)), key=lambda piece: piece.start)
    seen: Counter[str] = Counter()
    return tuple(_passage(paper, paper_id, piece, position, seen) for position, piece in enumerate(slices))


def _passage(paper: Paper, paper_id: str, piece: _Slice, position: int, seen: Counter[str]) -> Passage:
    text = paper.source_text[piece.start : piece.end]
    slug = _NO_SLUG.sub("_", piece.section.casefold()).strip("_")[:60] or "text"
    digest = sha256(f"{piece.section}\n{text}".encode()).hexdigest()[:12]
    stem = f"{paper_id}:{slug}:{digest}"
    seen[stem] += 1
    return Passage(
        id=stem if seen[stem] == 1 else f"{stem}-{seen[stem]}",
        paper_id=paper_id,
        section=piece.section,
        origin=piece.origin,
        text=text,
        start=piece.start,
        end=piece.end,
        sentences=piece.sentences,
        label=_label(piece.section),
        position=position,
    )


def _label(section: str) -> str:
    return section.replace("_", " ").title() if _SLUG.fullmatch(section) else section


def _publication(paper: Paper) -> Iterator[_Slice]:
    """Journal, date, title and authors as they stand at the head of the text: one passage, a sentence each."""
    named = [part for part in paper.parts if part.role == "metadata" and part.field]
    if named:
        origin = Origin.COMMENTARY if paper.source_kind is SourceKind.DIGEST else Origin.TRIAL
        rows = tuple(Excerpt(text=part.text, start=part.start, end=part.end) for part in _first_run(paper, named))
        yield _Slice(section=PUBLICATION, origin=origin, start=rows[0].start, end=rows[-1].end, sentences=rows)


def _first_run(paper: Paper, named: Sequence[Part]) -> list[Part]:
    """The metadata before the first text or heading that is none of it."""
    ends = next(
        (part.start for part in paper.parts if part.role in {"heading", "content"} and part.start > named[0].start), len(paper.source_text)
    )
    return [part for part in named if part.start < ends]


def _whole(paper: Paper) -> Iterator[_Slice]:
    """Rows and fields: one passage each, and one "sentence", since their lines say nothing apart from each other."""
    for trial in paper.related_trials:
        yield _piece("related_trials", Origin.RELATED_TRIAL, trial.excerpt)
    for field in paper.study_design:
        yield _piece("study_design", Origin.TRIAL, field.excerpt)


def _piece(section: str, origin: Origin, excerpt: Excerpt) -> _Slice:
    return _Slice(section=section, origin=origin, start=excerpt.start, end=excerpt.end, sentences=(excerpt,))


def _prose(paper: Paper) -> Iterator[_Slice]:
    """Findings, limitations and paragraphs; a long one in pieces that end where a sentence ends."""
    taken = sorted((piece.start, piece.end) for piece in _whole(paper))
    index = 0
    for part in paper.parts:
        while index < len(taken) and taken[index][1] <= part.start:
            index += 1
        inside = index < len(taken) and taken[index][0] < part.end
        if part.role == "content" and part.origin in ANSWERING_ORIGINS and not inside:
            yield from _pieces(part, part.origin)


def _pieces(part: Part, origin: Origin) -> Iterator[_Slice]:
    found = sentences(part.text, offset=part.start)
    first = 0
    for number, sentence in enumerate(found):
        last = number + 1 == len(found)
        if last or found[number + 1].end - found[first].start > LONGEST:
            start, end = found[first].start, sentence.end
            yield _Slice(section=part.section, origin=origin, start=start, end=end, sentences=found[first : number + 1])
            first = number + 1

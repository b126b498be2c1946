"""Any other text: a paper read by its headings, whether markdown, a structured abstract or plain text.

Owns the way from lines to sections, which of them are the abstract's, and the kind of the source. Where a heading ends is known to
`article`. References are furniture; acknowledgements and funding are content.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from journal_club.paper.article import Piece, is_abstract, is_known, is_methods, is_references, is_results, pieces_of, reports_research
from journal_club.paper.headings import ENDS_SENTENCE, heading_of, is_furniture, is_own_heading
from journal_club.paper.lines import Block, Line, excerpt, lines_of, tiled
from journal_club.paper.metadata import Metadata, find_link, names_authors, read_metadata
from journal_club.paper.model import Origin, Paper, Role, SourceKind
from journal_club.paper.prose import begins_list_item

__all__ = ["read_outline"]

LONGEST_FRONT = 12
"""Lines above the first section that may be title, authors, journal and the like."""
LONGEST_FRONT_LINE = 400
"""Characters; a longer line is prose."""
BODY_WORDS = 450
"""Words that the body behind an abstract has at least, when the source is a full text."""
BODY_WORDS_ALONE = 900
"""The same where no abstract is set apart: a structured abstract has methods and results too, and fewer words."""
UNSTRUCTURED_WORDS = 500
"""Words above which a text without headings is no abstract."""
AFTER_ABSTRACT_WORDS = 150
"""Words that may follow an abstract (registration, funding, keywords) that is sent alone."""


@dataclass(kw_only=True, slots=True)
class _Section:
    """A section: its heading's words, whether it stands within the abstract, and its blocks."""

    name: str
    in_abstract: bool = False
    words: int = 0
    blocks: list[Block] = field(default_factory=list)


def read_outline(text: str) -> Paper:
    """Read a text by its headings.

    Args:
        text: any text with a character that prints.
    """
    lines = lines_of(text)
    pieces = [_pieces(lines, place) for place in range(len(lines))]
    first = _front_end(lines, pieces)
    sections = _Sections(text).read(lines[first:], pieces[first:])
    kind = _kind(text, sections)
    origin = Origin.TRIAL if kind in {SourceKind.ABSTRACT, SourceKind.FULL_TEXT} or _is_research(sections) else Origin.COMMENTARY
    front = read_metadata(text, lines[:first], origin=origin, strict=False) if first else Metadata()
    blocks = [*front.blocks, *(_said_by(block, origin) for section in sections for block in section.blocks)]
    return Paper(
        source_text=text,
        source_kind=kind,
        parts=tiled(text, blocks),
        title=front.title,
        journal=front.journal,
        published=front.published,
        authors=front.authors,
        link=front.link or find_link(lines),
    )


def _pieces(lines: Sequence[Line], place: int) -> tuple[Piece, ...]:
    line = lines[place]
    found = pieces_of(line)
    if len(found) == 1 and found[0].heading is None and is_own_heading(lines, place):
        return (Piece(start=line.start, end=line.end, heading=heading_of(line).text),)
    return found


def _front_end(lines: Sequence[Line], pieces: Sequence[Sequence[Piece]]) -> int:
    """How many lines stand above the first section as title, authors, journal and the like; never all of them."""
    end = 0
    while end < min(len(lines), LONGEST_FRONT) and _is_front(lines, pieces, end):
        end += 1
    if end == len(lines):
        return 1 if len(lines) > 1 and heading_of(lines[0]).style[0] == "hash" else 0
    return end


def _is_front(lines: Sequence[Line], pieces: Sequence[Sequence[Piece]], place: int) -> bool:
    line = lines[place]
    heading = pieces[place][0].heading
    if _is_title_label(line) or (place > 0 and _is_title_label(lines[place - 1])):
        return True
    if heading is not None and (place > 0 or is_known(heading) or len(pieces[place]) > 1):
        return False
    if len(line.bare) > LONGEST_FRONT_LINE or begins_list_item(line) or line.bare.startswith(("|", ">", "<", ":")):
        return False
    if place == 0 and line.bare.endswith("?"):
        return len(lines) > 1 and lines[1].gap
    return not ENDS_SENTENCE.search(line.bare[-60:]) or names_authors(line)


def _is_title_label(line: Line) -> bool:
    return len(line.bare) < 12 and heading_of(line).text.casefold() == "title" and heading_of(line).has_colon


class _Sections:
    """Reads lines into sections, one after the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[_Section] = []
        self.level = 0
        self.names: set[str] = set()

    def read(self, lines: Sequence[Line], pieces: Sequence[Sequence[Piece]]) -> list[_Section]:
        run: list[Piece] = []
        for line, cut in zip(lines, pieces, strict=True):
            if line.gap or begins_list_item(line) or is_furniture(line):
                run = self._close(run)
            for piece in cut:
                if piece.heading is None and not is_furniture(line):
                    run.append(piece)
                    continue
                run = self._close(run)
                self._mark(piece)
        self._close(run)
        return self.found

    def _close(self, run: list[Piece]) -> list[Piece]:
        if run:
            section = self._current()
            role: Role = "furniture" if is_references(section.name) else "content"
            found = excerpt(self.text, run[0].start, run[-1].end)
            section.words += len(found.text.split()) if role == "content" else 0
            section.blocks.append(Block(start=found.start, end=found.end, role=role, section=section.name, origin=Origin.TRIAL))
        return []

    def _current(self) -> _Section:
        if not self.found:
            self.found.append(_Section(name="text"))
        return self.found[-1]

    def _mark(self, piece: Piece) -> None:
        """Take a heading, or what only draws or marks something."""
        if piece.heading:
            section = _Section(name=piece.heading, in_abstract=self._in_abstract(piece))
            self.found.append(section)
            section.blocks.append(Block(start=piece.start, end=piece.end, role="heading", section=section.name))
            return
        section = self._current()
        section.blocks.append(Block(start=piece.start, end=piece.end, role="furniture", section=section.name))

    def _in_abstract(self, piece: Piece) -> bool:
        """Whether a heading is the abstract's or stands within it: below it by "#", or of a name that it did not have yet."""
        name = (piece.heading or "").casefold()
        if piece.in_abstract or is_abstract(name):
            self.level, self.names = piece.level, set()
            return True
        within = bool(self.found) and self.found[-1].in_abstract
        if within and self.level and piece.level:
            within = piece.level > self.level
        elif within and not piece.level:
            within = name not in self.names and not is_references(name) and (name != "introduction" or not self.names)
        elif within:
            within = is_known(name) and name not in self.names
        self.names.add(name)
        return within


def _is_research(sections: Sequence[_Section]) -> bool:
    return any(is_abstract(section.name) or is_methods(section.name) or is_results(section.name) for section in sections)


def _kind(text: str, sections: Sequence[_Section]) -> SourceKind:
    body = [section for section in sections if not section.in_abstract]
    has_abstract = len(body) < len(sections)
    words = sum(section.words for section in body)
    whole = any(is_methods(section.name) for section in body) and any(is_results(section.name) for section in body)
    if whole and words >= (BODY_WORDS if has_abstract else BODY_WORDS_ALONE):
        return SourceKind.FULL_TEXT
    alone = words <= AFTER_ABSTRACT_WORDS if has_abstract else words < BODY_WORDS_ALONE
    told = _is_research(sections) or (len(sections) == 1 and words < UNSTRUCTURED_WORDS and reports_research(text))
    return SourceKind.ABSTRACT if alone and told else SourceKind.OTHER


def _said_by(block: Block, origin: Origin) -> Block:
    said = origin if block.role == "content" else None
    return Block(start=block.start, end=block.end, role=block.role, section=block.section, origin=said)

"""Any other text: read by its headings. First version."""

from journal_club.paper.lines import lines_of, tiled
from journal_club.paper.model import Origin, Paper, SourceKind
from journal_club.paper.prose import paragraph_blocks

__all__ = ["read_outline"]


def read_outline(text: str) -> Paper:
    """Read a text as paragraphs."""
    blocks = paragraph_blocks(lines_of(text), "text", Origin.COMMENTARY)
    return Paper(source_text=text, source_kind=SourceKind.OTHER, parts=tiled(text, blocks))

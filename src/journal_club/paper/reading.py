"""Reading: the one way from a text to a `Paper`.

Owns the choice between the digest layout and any other text. First version.
"""

from journal_club.paper.errors import EmptyTextError
from journal_club.paper.model import Origin, Paper, Part, SourceKind

__all__ = ["read_paper"]


def read_paper(text: str) -> Paper:
    """Read a paper.

    Raises:
        PaperError: the text cannot be read; the error names the line and what was expected.
    """
    bare = text.strip()
    if not bare:
        raise EmptyTextError(line=1, expected="a text", found="nothing but white space")
    start = text.index(bare)
    end = start + len(bare)
    whole = (
        Part(role="blank", section="", text=text[:start], start=0, end=start),
        Part(role="content", section="text", text=bare, start=start, end=end, origin=Origin.COMMENTARY),
        Part(role="blank", section="", text=text[end:], start=end, end=len(text)),
    )
    return Paper(source_text=text, source_kind=SourceKind.OTHER, parts=tuple(part for part in whole if part.text))

"""Reading: the one way from a text to a `Paper`.

Owns the choice between the digest layout and any other text, and what no reader could use. It reads no section itself.
"""

import re

from journal_club.paper.digest import is_digest, read_digest
from journal_club.paper.errors import EmptyTextError, UnreadableTextError
from journal_club.paper.lines import lines_of
from journal_club.paper.model import Paper
from journal_club.paper.outline import read_outline

__all__ = ["read_paper"]

UNREADABLE = re.compile("[\x00\ud800-\udfff]")


def read_paper(text: str) -> Paper:
    """Read a paper: a digest page by its sections, any other text or markdown by its headings.

    Args:
        text: as it was sent; byte order mark and line ends are kept.

    Returns:
        A paper whose parts cover the text without gap or overlap.

    Raises:
        PaperError: the text cannot be read; the error names the line and what was expected.
    """
    unreadable = UNREADABLE.search(text)
    if unreadable:
        line = text.count("\n", 0, unreadable.start()) + 1
        raise UnreadableTextError(line=line, expected="text", found=f"the character U+{ord(unreadable[0]):04X}")
    lines = lines_of(text)
    if not lines:
        raise EmptyTextError(line=1, expected="a text", found="nothing that prints")
    return read_digest(text) if is_digest(lines) else read_outline(text)

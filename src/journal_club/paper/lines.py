"""Lines: a text's lines with their places, and the tiles that a reader lays over them.

Owns what every reader of a layout needs: where a line's bare text begins and ends, what stands before it, and how blocks that were
understood become parts that cover the whole text. It knows no heading and no section.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from journal_club.paper.model import Excerpt, Origin, Part, Role

__all__ = ["Block", "Line", "excerpt", "lines_of", "paragraphs", "span", "tiled"]

LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n|\Z)")
INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"
"""Characters that print nothing and are no white space to Python: a byte order mark, zero-width spaces and marks."""
WHITE = re.compile(rf"[\s{INVISIBLE}]*+")
RULE = re.compile(r"[-=_*~·•–—:\s]{3,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line: `bare` is what is printed on it, `source_text[start:end] == bare`.

    Attributes:
        number: 1-based.
        indent: characters before `start` on this line.
        gap: whether a blank line, or nothing, stands before it.
    """

    number: int
    bare: str
    start: int
    end: int
    indent: int
    gap: bool

    @property
    def is_rule(self) -> bool:
        """Whether the line only draws a rule ("---")."""
        return bool(RULE.fullmatch(self.bare))


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A stretch of the source that was understood; it begins and ends with a character that prints."""

    start: int
    end: int
    role: Role
    section: str
    field: str = ""
    item: int | None = None
    origin: Origin | None = None


def lines_of(text: str) -> tuple[Line, ...]:
    r"""The lines of a text that print something, in order; "\n", "\r\n" and "\r" end a line and nothing else does."""
    return tuple(_printing(text))


def _printing(text: str) -> Iterator[Line]:
    gap = True
    for number, found in enumerate(LINE.finditer(text), start=1):
        start, end = _trimmed(text, found.start(), found.end())
        if start < end:
            yield Line(number=number, bare=text[start:end], start=start, end=end, indent=start - found.start(), gap=gap)
        gap = start >= end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    found = WHITE.match(text, start, end)
    start = found.end() if found else start
    while end > start and (text[end - 1].isspace() or text[end - 1] in INVISIBLE):
        end -= 1
    return start, end


def paragraphs(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    """Runs of lines without a blank line between them."""
    run: list[Line] = []
    for line in lines:
        if line.gap and run:
            yield tuple(run)
            run = []
        run.append(line)
    if run:
        yield tuple(run)


def span(lines: Iterable[Line]) -> tuple[int, int]:
    """Where the first line begins and the last one ends; the lines are in order and not none."""
    kept = tuple(lines)
    return kept[0].start, kept[-1].end


def excerpt(text: str, start: int, end: int) -> Excerpt:
    """The slice as an excerpt, less white space at its ends."""
    start, end = _trimmed(text, start, end)
    return Excerpt(text=text[start:end], start=start, end=end)


def tiled(text: str, blocks: Iterable[Block]) -> tuple[Part, ...]:
    """Cover the text with parts: the blocks, and `blank` parts for what stands between them.

    Args:
        text: the source text.
        blocks: in order, without overlap; what they leave out prints nothing.
    """
    parts: list[Part] = []
    place = 0
    for block in blocks:
        if block.start > place:
            parts.append(_blank(text, place, block.start, block.section))
        parts.append(_part(text, block))
        place = block.end
    if place < len(text):
        parts.append(_blank(text, place, len(text), ""))
    return tuple(parts)


def _blank(text: str, start: int, end: int, section: str) -> Part:
    return Part(role="blank", section=section, text=text[start:end], start=start, end=end)


def _part(text: str, block: Block) -> Part:
    return Part(
        role=block.role,
        section=block.section,
        text=text[block.start : block.end],
        start=block.start,
        end=block.end,
        field=block.field,
        item=block.item,
        origin=block.origin,
    )

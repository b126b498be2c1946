"""Prose: a section's lines as paragraphs and list items.

Owns how findings, limitations and plain paragraphs are told apart. It knows no section by name.
"""

import re
from collections.abc import Iterator, Sequence

from journal_club.paper.headings import ENDS_SENTENCE, LONGEST_HEADING, heading_of, is_furniture
from journal_club.paper.lines import Block, Line
from journal_club.paper.model import Origin

__all__ = ["begins_list_item", "item_blocks", "paragraph_blocks"]

MARKER = re.compile(r"(?:[-*•‣▪◦–—+]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t\xa0]+(?=\S)")
LONE_MARKER = re.compile(r"\(?\d{1,2}[.)]?|[•‣▪◦]")


def item_blocks(lines: Sequence[Line], section: str, origin: Origin, *, first_number: int = 0) -> tuple[Block, ...]:
    """The lines as numbered items: marked ones ("1. ", "1) ", "- "), or each finished line or paragraph."""
    items: list[list[Line]] = []
    furniture: list[Block] = []
    marked = any(_marker_end(line) for line in lines)
    for line in lines:
        if is_furniture(line) or _is_heading(line):
            furniture.append(_apart(line, section))
        elif not items or _begins_item(line, items[-1], marked=marked) or _between(furniture, items[-1], line):
            items.append([line])
        else:
            items[-1].append(line)
    blocks = [block for number, item in enumerate(items, start=first_number) for block in _marked(item, section, number, origin)]
    return tuple(sorted([*blocks, *furniture], key=lambda block: block.start))


def paragraph_blocks(lines: Sequence[Line], section: str, origin: Origin, *, start: int | None = None) -> tuple[Block, ...]:
    """The lines as paragraphs, list items apart.

    Args:
        lines: of one section.
        section: its slug or heading.
        origin: who says it.
        start: where the first line's text begins when a heading stands before it on the same line.
    """
    found: list[Block] = []
    for run in _runs(lines):
        if is_furniture(run[0]) or _is_heading(run[0]):
            found.append(_apart(run[0], section))
            continue
        begin = run[0].start if start is None or found else start
        found.append(Block(start=begin, end=run[-1].end, role="content", section=section, origin=origin))
    return tuple(found)


def begins_list_item(line: Line) -> bool:
    """Whether a list marker opens the line."""
    return bool(MARKER.match(line.bare))


def _is_heading(line: Line) -> bool:
    """Whether the line is a heading within the section, set by "#"."""
    heading = heading_of(line)
    return heading.style[0] == "hash" and line.bare.lstrip("#")[:1].isspace() and len(heading.text) <= LONGEST_HEADING


def _apart(line: Line, section: str) -> Block:
    return Block(start=line.start, end=line.end, role="heading" if _is_heading(line) else "furniture", section=section)


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in lines:
        alone = any(is_furniture(beside) or _is_heading(beside) for beside in (line, *run[-1:]))
        if run and (line.gap or alone or MARKER.match(line.bare)):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _marker_end(line: Line) -> int:
    """How many characters of the line are a list marker; 0 for none."""
    found = MARKER.match(line.bare)
    if found:
        return found.end()
    return len(line.bare) if LONE_MARKER.fullmatch(line.bare) else 0


def _begins_item(line: Line, before: Sequence[Line], *, marked: bool) -> bool:
    deeper = line.indent > before[0].indent + 1
    if _marker_end(line):
        return not (deeper and _marker_end(before[0]))
    if _marker_end(before[-1]) == len(before[-1].bare):
        return False
    if marked and _marker_end(before[0]):
        return line.gap and not deeper
    return line.gap or bool(ENDS_SENTENCE.search(before[-1].bare[-60:]))


def _between(furniture: Sequence[Block], before: Sequence[Line], line: Line) -> bool:
    return bool(furniture) and before[-1].end <= furniture[-1].start < line.start


def _marked(item: Sequence[Line], section: str, number: int, origin: Origin) -> Iterator[Block]:
    start, end = item[0].start, item[-1].end
    marker = _marker_end(item[0])
    alone = marker == len(item[0].bare)
    if marker and not (alone and len(item) == 1):
        marker_end = start + len(item[0].bare[:marker].rstrip())
        yield Block(start=start, end=marker_end, role="furniture", section=section, field="marker", item=number)
        start = item[1].start if alone else start + marker
    yield Block(start=start, end=end, role="content", section=section, item=number, origin=origin)

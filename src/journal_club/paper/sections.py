"""Sections: where a digest page's sections begin and end.

Owns the headings that divide a page, the discussion that opens without one, and the rule by which a heading ends a discussion. What
stands in a section is none of its business (`digest`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journal_club.paper.discussion import begins_item, is_key_response
from journal_club.paper.headings import GROUP_LINES, Heading, heading_of, is_own_heading, key_of, known_heading
from journal_club.paper.lines import Line

__all__ = ["Section", "opens_answer_key", "sections_of"]

READERS = frozenset(
    {"key_findings", "limitations", "bottom_line", "study_design", "clinical_significance", "historical_context", "related_trials"}
)
GROUPS = ("guided discussion", "scholarly review")


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A stretch of lines under one heading; `lines` leaves the heading out, unless text stands behind it on its line."""

    heading: Heading | None
    heading_line: Line | None
    lines: tuple[Line, ...]

    @property
    def slug(self) -> str:
        """The section's name; empty above the first heading."""
        return self.heading.section if self.heading else ""


def opens_answer_key(lines: Sequence[Line], place: int) -> bool:
    """Whether a line shows that the text holds an answer key: a group's heading, a key response, or a persona with a question below."""
    heading = known_heading(lines[place])
    named = heading is not None and heading.rest is None and heading.text.casefold().startswith(GROUPS)
    return named or is_key_response(lines[place]) is not None or bool(begins_item(lines, place) and _asks_below(lines, place))


def _asks_below(lines: Sequence[Line], place: int) -> bool:
    return any("?" in line.bare for line in lines[place + 1 : place + 6])


def sections_of(lines: Sequence[Line]) -> Iterator[Section]:
    """Cut the page at its headings. Where an answer key opens without a heading, an unheaded discussion begins."""
    cuts = _Cuts(lines).found()
    first = cuts[0][0] if cuts else len(lines)
    yield Section(heading=None, heading_line=None, lines=tuple(lines[:first]))
    ends = [place for place, _, _ in cuts[1:]] + [len(lines)]
    for (place, heading, headed), end in zip(cuts, ends, strict=True):
        body = lines[place + 1 : end] if headed else lines[place:end]
        yield Section(heading=heading, heading_line=lines[place] if headed else None, lines=tuple(body))


def _is_below(heading: Heading, current: Heading) -> bool:
    """Whether a heading set by "#" is one within a section that has a reader of its own."""
    if heading.style[0] != "hash" or current.section not in READERS:
        return False
    return heading.style[1] > current.style[1] if current.style[0] == "hash" else current.section in {"study_design", "related_trials"}


class _Cuts:
    """Finds the headings that divide a page: (line, heading, whether the line is the heading itself)."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.known = [known_heading(line) for line in lines]
        self.last_place = {heading.section: place for place, heading in enumerate(self.known) if heading}
        self.key_before_group = self._keys_ahead()
        self.last_key = self._key_levels()
        self.seen: set[str] = set()

    def _keys_ahead(self) -> list[bool]:
        """For each line, whether a key response comes after it before the next group's heading."""
        ahead = [False] * (len(self.lines) + 1)
        for place in range(len(self.lines) - 1, -1, -1):
            heading = self.known[place]
            if heading and heading.section == "discussion" and heading.rest is None:
                continue
            ahead[place] = ahead[place + 1] or is_key_response(self.lines[place], within=True) is not None
        return ahead

    def _key_levels(self) -> list[int | None]:
        """For each line, by how many "#" the last key response before it is set; None when by none."""
        levels: list[int | None] = []
        level: int | None = None
        for line in self.lines:
            levels.append(level)
            if is_key_response(line, within=True) is not None:
                style = heading_of(line).style
                level = style[1] if style[0] == "hash" else None
        return levels

    def found(self) -> list[tuple[int, Heading, bool]]:
        cuts: list[tuple[int, Heading, bool]] = []
        unheaded = dict(self._unheaded())
        for place in range(len(self.lines)):
            current = cuts[-1][1] if cuts else None
            heading = self._at(place, current)
            if heading is not None:
                cuts.append((place, heading, True))
                self.seen.add(heading.section)
            elif place in unheaded and (current is None or current.section != "discussion"):
                style = current.style if current else ("plain", 0)
                cuts.append((place, Heading(section="discussion", text="", style=style, has_colon=False), False))
        return cuts

    def _at(self, place: int, current: Heading | None) -> Heading | None:
        heading = self.known[place]
        if current is not None and current.section == "discussion":
            return self._after_discussion(place, heading, current)
        if heading:
            return heading
        if current is None or current.section == "landscape" or not is_own_heading(self.lines, place):
            return None
        own = heading_of(self.lines[place])
        return None if _is_below(own, current) else own

    def _after_discussion(self, place: int, heading: Heading | None, current: Heading) -> Heading | None:
        if heading:
            return heading if self._ends_discussion(place, heading, current) else None
        own = heading_of(self.lines[place])
        ends = is_own_heading(self.lines, place) and not self.key_before_group[place] and self._is_above_items(place, own, current)
        return own if ends else None

    def _is_above_items(self, place: int, heading: Heading, current: Heading) -> bool:
        """Whether a heading is set by "#" as high as the group's own, where the page sets its key responses deeper."""
        last_key = self.last_key[place]
        if last_key is None or heading.style[0] != "hash" or current.style[0] != "hash":
            return False
        return heading.style[1] <= current.style[1] < last_key

    def _ends_discussion(self, place: int, heading: Heading, current: Heading) -> bool:
        """Whether a known heading within a discussion opens a section: set as the group's, apart, the only one of its name.

        A key response may well have a line "Limitations" of its own.
        """
        if heading.section == "discussion":
            return heading.rest is None and heading.text.casefold().startswith(GROUPS)
        if heading.rest is not None or self.key_before_group[place] or heading.has_colon != current.has_colon:
            return False
        if self._is_above_items(place, heading, current):
            return True
        same_kind = heading.style[0] == current.style[0] and (heading.style[1] <= current.style[1] or heading.section == "footer")
        once = heading.section not in self.seen and self.last_place[heading.section] == place
        return same_kind and self.lines[place].gap and once and " " in heading.text

    def _unheaded(self) -> Iterator[tuple[int, bool]]:
        """The lines where an item of a discussion begins, however it is headed."""
        start = 0
        for place, line in enumerate(self.lines):
            if self.known[place]:
                start = place + 1
            if is_key_response(line) is not None:
                yield self._item_start(start, place), True
                start = place + 1
            elif key_of(line.bare) in GROUP_LINES or (begins_item(self.lines, place) and _asks_below(self.lines, place)):
                yield place, True

    def _item_start(self, start: int, marker: int) -> int:
        """Where the item of a key response begins, looking back no further than its section: in doubt, at its very beginning."""
        for place in range(marker - 1, start, -1):
            if begins_item(self.lines, place) or (
                self.lines[place].gap and len(self.lines[place].bare.split()) <= 6 and place < marker - 1
            ):
                return place
        return min(marker, start)

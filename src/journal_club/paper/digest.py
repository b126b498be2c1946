"""The digest layout: a page whose sections have known names, read into a `Paper`.

Owns where sections begin and end, and which reader reads which. What stands in a section is read by its own module (`study_design`,
`discussion`, `related_trials`, `prose`, `metadata`).

Sections may be missing, stand in any order, or be the page's own. Page furniture is known by a small table of phrases (`headings`), as
rules, as the invitation that a `Tailored to your role` heading opens, or as a line without a full stop between a discussion group's
heading and its first persona.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from journal_club.paper.discussion import begins_item, is_key_response, read_discussion
from journal_club.paper.errors import EmptySectionError
from journal_club.paper.headings import Heading, heading_of, is_own_heading, known_heading
from journal_club.paper.lines import Block, Line, excerpt, lines_of, tiled
from journal_club.paper.metadata import find_link, read_metadata
from journal_club.paper.model import DesignField, DiscussionItem, Excerpt, Origin, Paper, RelatedTrial, Role, SourceKind
from journal_club.paper.prose import item_blocks, paragraph_blocks
from journal_club.paper.related_trials import read_related_trials
from journal_club.paper.study_design import read_study_design

__all__ = ["is_digest", "read_digest"]

TELLING = frozenset({"bottom_line", "key_findings", "historical_context", "related_trials"})
"""Sections that a research article does not have."""
ARTICLE_HEADINGS = frozenset(
    {"abstract", "methods", "materials and methods", "patients and methods", "introduction", "results", "references"}
)
LIST_SECTIONS = {"key_findings": Origin.TRIAL, "limitations": Origin.COMMENTARY}
READERS = frozenset(LIST_SECTIONS) | {"bottom_line", "study_design", "clinical_significance", "historical_context", "related_trials"}
GROUPS = ("guided discussion", "scholarly review")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Section:
    """A stretch of lines under one heading; `lines` leaves the heading out, unless text stands behind it on its line."""

    heading: Heading | None
    heading_line: Line | None
    lines: tuple[Line, ...]

    @property
    def slug(self) -> str:
        return self.heading.section if self.heading else ""


def is_digest(lines: Sequence[Line]) -> bool:
    """Whether the lines are a digest page: they hold an answer key, or two sections by their names, one of them telling."""
    if any(_opens_answer_key(lines, place) for place in range(len(lines))):
        return True
    named = {heading.section for line in lines if (heading := known_heading(line))} - {"discussion", "footer"}
    article = {heading_of(line).text.casefold() for line in lines if len(line.bare) < 60} & ARTICLE_HEADINGS
    return len(named) >= 2 and bool(named & TELLING) and len(article) < 2


def _opens_answer_key(lines: Sequence[Line], place: int) -> bool:
    heading = known_heading(lines[place])
    named = heading is not None and heading.rest is None and heading.text.casefold().startswith(GROUPS)
    return named or is_key_response(lines[place]) is not None or bool(begins_item(lines, place) and _is_persona_pair(lines, place))


def _is_persona_pair(lines: Sequence[Line], place: int) -> bool:
    return place + 2 < len(lines) and any("?" in line.bare for line in lines[place + 2 : place + 6])


def read_digest(text: str) -> Paper:
    """Read a digest page.

    Raises:
        PaperError: the page is malformed; the error names the line and what was expected.
    """
    lines = lines_of(text)
    sections = list(_sections(lines))
    views = _Views(text=text)
    for section in sections:
        views.read(section)
    front = views.metadata
    return Paper(
        source_text=text,
        source_kind=SourceKind.DIGEST,
        parts=tiled(text, views.blocks),
        title=front.title,
        journal=front.journal,
        published=front.published,
        authors=front.authors,
        link=front.link or find_link(line for section in sections if section.slug != "discussion" for line in section.lines),
        bottom_line=views.whole("bottom_line"),
        key_findings=views.items("key_findings"),
        study_design=tuple(views.design),
        limitations=views.items("limitations"),
        clinical_significance=views.whole("clinical_significance"),
        historical_context=views.whole("historical_context"),
        discussion=tuple(views.discussion),
        related_trials=tuple(views.trials),
    )


class _Views:
    """What has been read of a page so far: its blocks in order, and what the `Paper` shows of them."""

    def __init__(self, *, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.metadata = read_metadata(text, (), origin=Origin.COMMENTARY)
        self.design: list[DesignField] = []
        self.discussion: list[DiscussionItem] = []
        self.trials: list[RelatedTrial] = []

    def read(self, section: _Section) -> None:
        if section.heading is None:
            self.metadata = read_metadata(self.text, section.lines, origin=Origin.COMMENTARY)
            self.blocks += self.metadata.blocks
            return
        lines = section.lines
        if section.heading_line is not None:
            line, rest = section.heading_line, section.heading.rest
            end = line.end if rest is None else excerpt(self.text, line.start, rest).end
            role: Role = "furniture" if section.slug == "footer" else "heading"
            self.blocks.append(Block(start=line.start, end=end, role=role, section=_shown(section.slug)))
            if rest is not None:
                lines = (_behind(line, rest), *lines)
        self._read_body(section, lines)

    def _read_body(self, section: _Section, lines: Sequence[Line]) -> None:
        slug = _shown(section.slug)
        if slug == "study_design":
            blocks, fields = read_study_design(self.text, lines)
            self.design += fields
        elif slug == "discussion":
            group = section.heading.text if section.heading and section.heading_line else "Discussion"
            blocks, items = read_discussion(self.text, lines, group=group, first_number=len(self.discussion))
            self.discussion += items
        elif slug == "related_trials":
            blocks, trials = read_related_trials(self.text, lines, first_number=len(self.trials))
            self.trials += trials
        elif slug in LIST_SECTIONS:
            blocks = item_blocks(lines, slug, LIST_SECTIONS[slug], first_number=len(self._content(slug)))
            _check_filled(section, blocks)
        else:
            blocks = paragraph_blocks(lines, slug, Origin.COMMENTARY)
        self.blocks += blocks

    def items(self, section: str) -> tuple[Excerpt, ...]:
        return tuple(excerpt(self.text, block.start, block.end) for block in self._content(section))

    def whole(self, section: str) -> Excerpt | None:
        """The section's text in one piece; of a section that the page has twice, the first."""
        found = self._content(section)
        if not found:
            return None
        first = self.blocks.index(found[0])
        run = takewhile(lambda block: block.section == section, self.blocks[first:])
        return excerpt(self.text, found[0].start, [block for block in run if block.role == "content"][-1].end)

    def _content(self, section: str) -> list[Block]:
        return [block for block in self.blocks if block.section == section and block.role == "content"]


def _shown(slug: str) -> str:
    return "related_trials" if slug == "landscape" else slug


def _behind(line: Line, start: int) -> Line:
    """The part of a line that stands behind its heading."""
    bare = line.bare[start - line.start :]
    return Line(number=line.number, bare=bare, start=start, end=line.end, indent=line.indent, gap=False)


def _check_filled(section: _Section, blocks: Sequence[Block]) -> None:
    if section.slug == "key_findings" and section.heading_line and not any(block.role == "content" for block in blocks):
        number = section.heading_line.number
        raise EmptySectionError(line=number, expected="at least one finding below this heading", found="none")


def _sections(lines: Sequence[Line]) -> Iterator[_Section]:
    """Cut the page at its headings. Where an answer key opens without a heading, an unheaded discussion begins."""
    cuts = _Cuts(lines).found()
    first = cuts[0][0] if cuts else len(lines)
    yield _Section(heading=None, heading_line=None, lines=tuple(lines[:first]))
    ends = [place for place, _, _ in cuts[1:]] + [len(lines)]
    for (place, heading, headed), end in zip(cuts, ends, strict=True):
        body = lines[place + 1 : end] if headed else lines[place:end]
        yield _Section(heading=heading, heading_line=lines[place] if headed else None, lines=tuple(body))


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
            elif begins_item(self.lines, place) and _is_persona_pair(self.lines, place):
                yield place, True

    def _item_start(self, start: int, marker: int) -> int:
        """Where the item of a key response begins, looking back no further than its section: in doubt, at its very beginning."""
        for place in range(marker - 1, start, -1):
            if begins_item(self.lines, place) or (
                self.lines[place].gap and len(self.lines[place].bare.split()) <= 6 and place < marker - 1
            ):
                return place
        return min(marker, start)

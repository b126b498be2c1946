"""The digest layout: a page whose sections have known names, read into a `Paper`.

Owns where sections begin and end, and which reader reads which. What stands in a section is read by its own module (`study_design`,
`discussion`, `related_trials`, `prose`, `metadata`).

Sections may be missing, stand in any order, or be the page's own. Page furniture is known by a small table of phrases (`headings`), as
rules, as the invitation that a `Tailored to your role` heading opens, or as a line without a full stop between a discussion group's
heading and its first persona.
"""

from collections.abc import Sequence
from itertools import takewhile

from journal_club.paper.discussion import read_discussion
from journal_club.paper.errors import EmptySectionError
from journal_club.paper.headings import heading_of, known_heading
from journal_club.paper.lines import Block, Line, excerpt, lines_of, tiled
from journal_club.paper.metadata import find_link, read_metadata
from journal_club.paper.model import DesignField, DiscussionItem, Excerpt, Origin, Paper, RelatedTrial, Role, SourceKind
from journal_club.paper.prose import item_blocks, paragraph_blocks
from journal_club.paper.related_trials import read_related_trials
from journal_club.paper.sections import Section, opens_answer_key, sections_of
from journal_club.paper.study_design import read_study_design

__all__ = ["is_digest", "read_digest"]

TELLING = frozenset({"bottom_line", "key_findings", "historical_context", "related_trials"})
"""Sections that a research article does not have."""
ARTICLE_HEADINGS = frozenset(
    {"abstract", "methods", "materials and methods", "patients and methods", "introduction", "results", "references"}
)
LIST_SECTIONS = {"key_findings": Origin.TRIAL, "limitations": Origin.COMMENTARY}


def is_digest(lines: Sequence[Line]) -> bool:
    """Whether the lines are a digest page: they hold an answer key, or two sections by their names, one of them telling."""
    if any(opens_answer_key(lines, place) for place in range(len(lines))):
        return True
    named = {heading.section for line in lines if (heading := known_heading(line))} - {"discussion", "footer"}
    article = {heading_of(line).text.casefold() for line in lines if len(line.bare) < 60} & ARTICLE_HEADINGS
    return len(named) >= 2 and bool(named & TELLING) and len(article) < 2


def read_digest(text: str) -> Paper:
    """Read a digest page.

    Raises:
        PaperError: the page is malformed; the error names the line and what was expected.
    """
    lines = lines_of(text)
    sections = list(sections_of(lines))
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

    def read(self, section: Section) -> None:
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

    def _read_body(self, section: Section, lines: Sequence[Line]) -> None:
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


def _check_filled(section: Section, blocks: Sequence[Block]) -> None:
    if section.slug == "key_findings" and section.heading_line and not any(block.role == "content" for block in blocks):
        number = section.heading_line.number
        raise EmptySectionError(line=number, expected="at least one finding below this heading", found="none")

"""Headings: which lines of a page are headings, and of what.

Owns the digest layout's section names with their spellings, the furniture phrases, and the rule by which a line that is in no table
is taken for a heading of its own. It does not cut a page into sections (`digest`, `outline`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from journal_club.paper.lines import Line

__all__ = ["FURNITURE", "GROUP_LINES", "Heading", "Style", "heading_of", "is_furniture", "is_own_heading", "key_of", "known_heading"]

Style = tuple[Literal["hash", "bold", "plain"], int]
"""How a heading is set: by "#" (and how many), bold or plain."""

SECTIONS = {
    "bottom line": "bottom_line",
    "the bottom line": "bottom_line",
    "key findings": "key_findings",
    "key finding": "key_findings",
    "main findings": "key_findings",
    "study design": "study_design",
    "study limitations": "limitations",
    "study limitation": "limitations",
    "limitations": "limitations",
    "limitations of the study": "limitations",
    "clinical significance": "clinical_significance",
    "clinical relevance": "clinical_significance",
    "historical context": "historical_context",
    "guided discussion": "discussion",
    "scholarly review": "discussion",
    "discussion": "discussion",
    "discussion questions": "discussion",
    "discussion points": "discussion",
    "clinical landscape": "landscape",
    "noteworthy related trials": "related_trials",
    "related trials": "related_trials",
    "tailored to your role": "footer",
}
"""Heading, case-folded -> section. `landscape` is the line above the related trials, `footer` the invitation below the page."""

GROUP_LINES = frozenset(
    {
        "high-yield insights from every perspective",
        "critical appraisal through the lens of expert reviewers and guideline development",
    }
)
"""What the site prints below a discussion group's heading: a discussion begins there, even where the heading is lost."""

FURNITURE = GROUP_LINES | frozenset(
    {
        "tailored to your role",
        "want this tailored to you",
        "add your specialty or training stage to get role-specific takeaways and more questions",
        "personalize this analysis",
        "personalise this analysis",
    }
)
"""What the site prints on every page, whatever the paper: whole lines, compared case-folded and without the punctuation at their ends."""

LONGEST_HEADING = 90
"""Characters."""
BULLET = re.compile(r"[-*•‣▪◦–—+][ \t]")
NUMBERING = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}[.)]?[ \t]+")
ENDS_SENTENCE = re.compile(r"[.!?…。][)\]\"'”’*_]*(?:\s*\[\d[\d,\-– ]*\])*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A line read as a heading.

    Attributes:
        section: the section's slug, or the page's own words for one that is in no table.
        style: how it is set.
        has_colon: whether a colon ends it.
        rest: where text behind a colon on the same line begins, offset in the source; None when the heading is alone.
    """

    section: str
    text: str
    style: Style
    has_colon: bool
    rest: int | None = None


def key_of(text: str) -> str:
    """What headings and labels are compared by: case-folded words, without markup and punctuation at the ends."""
    return _key(text) if len(text) <= LONGEST_HEADING + 30 else ""


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    folded = " ".join(text.casefold().split())
    start, end = 0, len(folded)
    while start < end and not folded[start].isalnum():
        start += 1
    while end > start and not folded[end - 1].isalnum():
        end -= 1
    return folded[start:end]


def is_furniture(line: Line) -> bool:
    """Whether the line is page furniture: a known phrase that fills it, or a rule."""
    return line.is_rule or key_of(line.bare) in FURNITURE


def heading_of(line: Line) -> Heading:
    """The line as if it were a heading: its words without markup, and how it is set."""
    return _heading(line.bare)


@lru_cache(maxsize=4096)
def _heading(line: str) -> Heading:
    level = len(line) - len(line.lstrip("#"))
    level = 0 if level > 6 else level
    text = line[level:].strip()
    text = text.rstrip("# \t") if level else text
    bold = text.startswith(("**", "__"))
    bare = text.strip("*_ \t")
    has_colon = bare.endswith((":", "："))
    bare = bare.rstrip(":： \t").rstrip("*_ \t")
    style: Style = ("hash", level) if level else ("bold", 0) if bold else ("plain", 0)
    return Heading(section=bare, text=bare, style=style, has_colon=has_colon)


def known_heading(line: Line) -> Heading | None:
    """The line as a heading of the digest layout, alone or with text behind a colon; None when it is none."""
    if BULLET.match(line.bare) or len(line.bare.split("\t", 1)[0]) == 0:
        return None
    heading = heading_of(line)
    section = _section(heading.text, heading.style)
    if section:
        return Heading(section=section, text=heading.text, style=heading.style, has_colon=heading.has_colon)
    label, colon, rest = line.bare[: LONGEST_HEADING * 2].partition(":")
    section = _section(label, heading.style)
    if not colon or not section or not rest.strip("*_ \t"):
        return None
    begin = line.start + len(label) + 1
    begin += len(rest) - len(rest.lstrip("*_ \t"))
    return Heading(section=section, text=label.strip("#*_ \t"), style=heading.style, has_colon=True, rest=begin)


def _section(text: str, style: Style) -> str | None:
    key = key_of(text)
    if style[0] == "hash":
        key = NUMBERING.sub("", key, count=1)
    if key.startswith(("guided discussion", "scholarly review")) and len(key.split()) <= 4:
        return "discussion"
    return "footer" if key == "want this tailored to you" else SECTIONS.get(key)


def is_own_heading(lines: Sequence[Line], place: int) -> bool:
    """Whether a line that is in no table is a heading of the page's own.

    Set by "#", it is. Else it is when it stands apart, is short, ends no sentence, follows a finished sentence and is followed by
    prose: a doubtful line is text, and stays with the section above it.
    """
    line = lines[place]
    heading = heading_of(line)
    if not heading.text or is_furniture(line) or len(heading.text) > LONGEST_HEADING:
        return False
    if heading.style[0] == "hash":
        return line.bare.lstrip("#")[:1].isspace()
    if place + 1 == len(lines) or not line.gap or line.indent > 1 or not _is_title_like(line, heading):
        return False
    following = lines[place + 1]
    if place > 0 and not (ENDS_SENTENCE.search(lines[place - 1].bare[-60:]) or is_furniture(lines[place - 1])):
        return heading.style[0] == "bold" and _is_prose(following)
    return _is_prose(following) and (following.gap or heading.has_colon or len(following.bare.split()) >= 8)


def _is_title_like(line: Line, heading: Heading) -> bool:
    words = heading.text.split()
    first = heading.text[0]
    if not 1 <= len(words) <= 10 or BULLET.match(line.bare) or not (first.isupper() or first.isdigit()):
        return False
    return not heading.text.endswith((".", "!", "?", ";", ",", "…")) and any(map(str.isalpha, heading.text))


def _is_prose(line: Line) -> bool:
    return bool(BULLET.match(line.bare) or ENDS_SENTENCE.search(line.bare[-60:])) or len(line.bare.split()) >= 12

"""Metadata: what stands above a page's first section.

Owns how journal, date, title, authors and link are told apart there. Text above the first section that is none of these is content
of the section `front_matter`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from journal_club.paper.dates import PrintedDate, printed_date
from journal_club.paper.errors import ImpossibleDateError
from journal_club.paper.headings import ENDS_SENTENCE, heading_of, is_furniture
from journal_club.paper.lines import Block, Line, excerpt
from journal_club.paper.model import Excerpt, Origin

__all__ = ["Metadata", "find_link", "names_authors", "read_metadata"]

LINK = re.compile(r"(?:https?://[^\s<>\"]{4,300}|\b10\.\d{4,9}/[^\s<>\"]{2,200})")
LABELLED_LINK = re.compile(r"[\W_]{0,6}(?:doi|link|url|source|available at)\b", re.IGNORECASE)
LABEL = re.compile(
    r"[*_]{0,3}(journal|source|published(?: online)?|publication date|date|title|authors?|doi|link|url)"
    r"[*_]{0,3}[ \t]*:[*_]{0,3}[ \t]*(?=\S)",
    re.IGNORECASE,
)
KINDS = {"source": "journal", "author": "authors", "published online": "published", "publication date": "published", "date": "published"}
KINDS |= {"doi": "link", "url": "link"}
ET_AL = re.compile(r"\bet[ \t]al\b\.?|\band colleagues\b", re.IGNORECASE)
PERSON = re.compile(r"[^\W\d_][\w.'’-]*(?:[ \t]+[\w.'’-]+){0,4}(?:,?[ \t]*(?:MD|PhD|MBBS|FRCP|MPH|MSc|DPhil|RN)\b\.?)*[\d*†‡,]*")
JOURNAL = re.compile(
    r"\b(?:journal|lancet|nejm|jama|bmj|annals|archives|nature|cell|blood|circulation|chest|gut|science|medicine|oncology|proceedings|plos)\b",
    re.IGNORECASE,
)
SEPARATORS = " \t\xa0·•|,;:–—-()[]*_#"


@dataclass(kw_only=True, slots=True)
class Metadata:
    """What was found above the first section; what the page does not print is None."""

    title: Excerpt | None = None
    journal: str | None = None
    published: str | None = None
    authors: str | None = None
    link: str | None = None
    blocks: list[Block] = field(default_factory=list)


def find_link(lines: Iterable[Line]) -> str | None:
    """The DOI or address on the first line that is labelled as one ("DOI: 10.1016/...")."""
    found = (LINK.search(line.bare) for line in lines if LABELLED_LINK.match(line.bare))
    return next((match[0].rstrip(".,;)") for match in found if match), None)


def read_metadata(text: str, lines: Sequence[Line], *, origin: Origin, strict: bool = True) -> Metadata:
    """Read the lines above the first section.

    Args:
        text: the source text.
        lines: those above the first section.
        origin: who says what is neither title, journal, date, authors nor link.
        strict: whether an impossible date is an error; if not, it is no date.

    Raises:
        ImpossibleDateError: the page's date is in no calendar.
    """
    found = Metadata()
    kinds = [_kind(line, found, text, strict=strict) for line in lines]
    _place_titles(lines, kinds, found, text)
    for line, kind in zip(lines, kinds, strict=True):
        found.blocks += _blocks(line, kind, found, origin)
    return found


def _kind(line: Line, found: Metadata, text: str, *, strict: bool) -> str:
    """What a line says of itself; empty when its place must decide."""
    if is_furniture(line):
        return "furniture"
    if len(line.bare) < 12 and heading_of(line).has_colon and heading_of(line).text.casefold() == "title":
        return "label"
    label = LABEL.match(line.bare)
    if label:
        name = label[1].casefold()
        return _take(KINDS.get(name, name), excerpt(text, line.start + label.end(), line.end), found)
    if found.link is None and (link := LINK.search(line.bare)) and len(line.bare.split()) <= 6:
        found.link = link[0].rstrip(".,;)")
        return "link"
    date = _date(line, strict=strict) if found.published is None else None
    if date is None or date.iso is None:
        return ""
    found.published = date.iso
    rest = (line.bare[: date.start].strip(SEPARATORS) + " " + line.bare[date.end :].strip(SEPARATORS)).strip()
    if rest and found.journal is None:
        found.journal = rest
    return "published"


def _take(kind: str, value: Excerpt, found: Metadata) -> str:
    if kind == "title":
        found.title = found.title or value
    elif kind == "published":
        date = printed_date(value.text)
        found.published = found.published or (date.iso if date else None)
    elif kind == "link":
        link = LINK.search(value.text)
        found.link = found.link or (link[0].rstrip(".,;)") if link else value.text)
    elif kind == "authors":
        found.authors = found.authors or value.text
    else:
        found.journal = found.journal or value.text
    return kind


def _date(line: Line, *, strict: bool) -> PrintedDate | None:
    """The date that a line is there for: it ends or begins the line, and a bare year needs a sign before it."""
    if len(line.bare) > 160:
        return None
    date = printed_date(line.bare)
    if date is None:
        return None
    if date.iso is None and strict:
        raise ImpossibleDateError(line=line.number, expected="a date that is in the calendar", found=repr(line.bare[date.start : date.end]))
    before, after = line.bare[: date.start].rstrip(), line.bare[date.end :].strip(SEPARATORS)
    bare_year = date.end - date.start == 4 and before and before[-1] not in "·•|(,;"
    return date if (not after or not before.strip(SEPARATORS)) and not bare_year else None


def _place_titles(lines: Sequence[Line], kinds: list[str], found: Metadata, text: str) -> None:
    """Title, authors and journal among the lines that say nothing of themselves."""
    open_places = [place for place, kind in enumerate(kinds) if not kind]
    for place in open_places:
        if found.authors is None and _is_authors(lines[place], first=place == open_places[0] and found.title is None):
            kinds[place], found.authors = "authors", heading_of(lines[place]).text
    open_places = [place for place in open_places if not kinds[place]]
    if found.title is None and open_places:
        place = _title_place(lines, kinds, open_places, found)
        kinds[place] = "title"
        found.title = _bare(lines[place], text)
    for place in open_places:
        beside = {kinds[other] for other in (place - 1, place + 1) if 0 <= other < len(kinds)}
        if not kinds[place] and found.journal is None and _is_journal(lines[place], beside):
            kinds[place], found.journal = "journal", heading_of(lines[place]).text


def _title_place(lines: Sequence[Line], kinds: Sequence[str], places: Sequence[int], found: Metadata) -> int:
    marked = [place for place in places if heading_of(lines[place]).style[0] == "hash"]
    if marked:
        return marked[0]
    first = places[0]
    if len(places) == 1 or found.journal is not None or ENDS_SENTENCE.search(lines[places[1]].bare[-60:]):
        return first
    beside = {kinds[first + 1]} if first + 1 < len(kinds) else set()
    return places[1] if _is_journal(lines[first], beside) else first


def _is_journal(line: Line, beside: set[str]) -> bool:
    short = len(line.bare.split()) <= 8 and not ENDS_SENTENCE.search(line.bare[-60:])
    return short and ("published" in beside or bool(JOURNAL.search(line.bare)))


def names_authors(line: Line) -> bool:
    """Whether a line is a list of persons."""
    return _is_authors(line, first=False)


def _is_authors(line: Line, *, first: bool) -> bool:
    bare = heading_of(line).text
    if first or len(bare) > 3000 or heading_of(line).style[0] == "hash":
        return False
    if ET_AL.search(bare):
        return len(bare.split()) <= 40
    pieces = [piece.strip() for piece in re.split(r"[,;]|\band\b|&", bare) if piece.strip()]
    names = sum(bool(PERSON.fullmatch(piece)) and piece[0].isupper() and len(piece.split()) <= 5 for piece in pieces)
    return len(pieces) >= 2 and names == len(pieces) and sum(len(piece.split()) >= 2 for piece in pieces) * 2 > len(pieces)


def _bare(line: Line, text: str) -> Excerpt:
    bare = heading_of(line).text or line.bare
    start = line.start + line.bare.find(bare)
    return excerpt(text, start, start + len(bare))


def _blocks(line: Line, kind: str, found: Metadata, origin: Origin) -> list[Block]:
    if not kind:
        return [Block(start=line.start, end=line.end, role="content", section="front_matter", origin=origin)]
    if kind == "furniture":
        return [Block(start=line.start, end=line.end, role="furniture", section="")]
    if kind != "title" or found.title is None or not line.start <= found.title.start < line.end:
        return [Block(start=line.start, end=line.end, role="metadata", section="", field=kind)]
    stretches = [(line.start, found.title.start, ""), (found.title.start, found.title.end, "title"), (found.title.end, line.end, "")]
    return [Block(start=start, end=end, role="metadata", section="", field=name) for start, end, name in stretches if start < end]

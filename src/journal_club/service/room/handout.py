"""Handout: what of a paper fits on one printed page.

Owns the choice and its limits. Everything is a quote of the paper: long ones end after a whole sentence, and nothing is rewritten. A text
that is no digest page has no bottom line, findings or limitations by name: its conclusions, the sentences of its first results and its
limitations stand there instead, each under the heading that the text gives it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from journal_club.paper.article import is_results
from journal_club.paper.model import Excerpt, Origin, Paper, Part, SourceKind
from journal_club.paper.sentences import sentences
from journal_club.service.room.forest import ForestRow, forest_of
from journal_club.service.room.pico import Pico, pico_of
from journal_club.service.room.quote import Quote, quote_of, shortened

__all__ = ["Handout", "handout_of"]

_FINDINGS, _LIMITATIONS, _ROWS = 5, 3, 8
_LONGEST_BOTTOM_LINE, _LONGEST_FINDING, _LONGEST_LIMITATION = 600, 450, 350
_CONCLUSIONS = re.compile(r"conclusions?(?:/interpretation| and relevance)?|interpretation", re.IGNORECASE)
_LIMITS = re.compile(r"(?:study |strengths and )?limitations?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Handout:
    """One page of quotes.

    Attributes:
        published: an ISO date as far as the page gives one; None without.
        bottom_line: its `label` is the text's own heading where that is another, such as `Conclusions`.
        more_findings: how many findings of the page are left out; so are `more_limitations` and `more_rows`.
        rows: of the forest, in its order.
    """

    title: Quote | None
    journal: str | None
    published: str | None
    authors: str | None
    link: str | None
    pico: Pico | None
    bottom_line: Quote | None
    findings: tuple[Quote, ...]
    more_findings: int
    limitations: tuple[Quote, ...]
    more_limitations: int
    rows: tuple[ForestRow, ...]
    more_rows: int


def handout_of(paper: Paper) -> Handout:
    """The handout of a paper; what it does not have is None or empty."""
    findings, limitations = _findings(paper), _limitations(paper)
    forest = forest_of(paper)
    rows = forest.rows if forest else ()
    return Handout(
        title=quote_of(paper.title) if paper.title else None,
        journal=paper.journal,
        published=paper.published,
        authors=paper.authors,
        link=paper.link,
        pico=pico_of(paper),
        bottom_line=_bottom_line(paper),
        findings=_short(paper, findings[:_FINDINGS], _LONGEST_FINDING),
        more_findings=len(findings[_FINDINGS:]),
        limitations=_short(paper, limitations[:_LIMITATIONS], _LONGEST_LIMITATION),
        more_limitations=len(limitations[_LIMITATIONS:]),
        rows=rows[:_ROWS],
        more_rows=len(rows[_ROWS:]),
    )


def _bottom_line(paper: Paper) -> Quote | None:
    if paper.bottom_line:
        return shortened(paper.source_text, quote_of(paper.bottom_line), _LONGEST_BOTTOM_LINE)
    part = next((part for part in _told(paper) if _CONCLUSIONS.fullmatch(part.section)), None)
    return shortened(paper.source_text, _quote(part), _LONGEST_BOTTOM_LINE) if part else None


def _findings(paper: Paper) -> tuple[Quote, ...]:
    if paper.source_kind is SourceKind.DIGEST:
        return tuple(map(quote_of, paper.key_findings))
    return _sentences_of(next((part for part in _told(paper) if is_results(part.section)), None))


def _limitations(paper: Paper) -> tuple[Quote, ...]:
    if paper.source_kind is SourceKind.DIGEST:
        return tuple(map(quote_of, paper.limitations))
    return _sentences_of(next((part for part in _told(paper) if _LIMITS.fullmatch(part.section)), None))


def _told(paper: Paper) -> list[Part]:
    """The text's own prose, where it is no digest page."""
    own = (part for part in paper.parts if part.role == "content" and part.origin in (Origin.TRIAL, Origin.COMMENTARY))
    return [] if paper.source_kind is SourceKind.DIGEST else list(own)


def _sentences_of(part: Part | None) -> tuple[Quote, ...]:
    found: tuple[Excerpt, ...] = sentences(part.text, offset=part.start) if part else ()
    return tuple(quote_of(sentence, label=part.section if part else "") for sentence in found)


def _quote(part: Part) -> Quote:
    return Quote(text=part.text, start_char_index=part.start, end_char_index=part.end, label=part.section)


def _short(paper: Paper, quotes: Iterable[Quote], longest: int) -> tuple[Quote, ...]:
    return tuple(shortened(paper.source_text, quote, longest) for quote in quotes)

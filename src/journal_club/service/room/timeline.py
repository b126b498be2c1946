"""Timeline: the paper among its related trials, by the years that the page prints.

Owns the order, and by which name this paper stands in it: the trial's own in its title, else the title. No year is looked up or guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from journal_club.paper.model import Paper, RelatedTrial
from journal_club.service.room.quote import Quote, quote_between, quote_of

__all__ = ["Milestone", "timeline_of"]

_ACRONYM = re.compile(
    r"[(\[](?P<name>(?:[A-Z][\w/-]*[A-Z][\w/-]*)(?: ?[A-Z\d][\w-]{0,6})?)[)\]]|(?P<head>[A-Z][A-Z\d-]{3,}[A-Z\d])(?=[:\s])"
)
_LATEST = 9999


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone:
    """A trial on the timeline.

    Attributes:
        name: as the page prints it.
        year: None where the page prints none: such a trial stands at the end.
        place: the trial's row of the page; of this paper the name in its title.
        note: what a reader has to be told, such as that the page gives no year; else empty.
    """

    name: str
    year: int | None
    place: Quote
    is_this_paper: bool
    note: str = ""


def timeline_of(paper: Paper) -> tuple[Milestone, ...]:
    """The related trials and the paper itself by year; of one year in the page's order, the paper last; empty where none has a name."""
    found = [*map(_related, paper.related_trials), *_this(paper)]
    return tuple(sorted(found, key=lambda one: one.year or _LATEST))


def _related(trial: RelatedTrial) -> Milestone:
    return Milestone(name=trial.name.text, year=trial.year, place=quote_of(trial.excerpt), is_this_paper=False, note=_note(trial.year))


def _this(paper: Paper) -> Iterator[Milestone]:
    title = paper.title
    if title is None:
        return
    found = _ACRONYM.search(title.text)
    group = found.lastgroup if found else None
    start, end = found.span(group) if found and group else (0, len(title.text))
    place = quote_between(paper.source_text, title.start + start, title.start + end)
    year = int(paper.published[:4]) if paper.published else None
    yield Milestone(name=place.text, year=year, place=place, is_this_paper=True, note=_note(year))


def _note(year: int | None) -> str:
    return "" if year is not None else "The page gives no year."

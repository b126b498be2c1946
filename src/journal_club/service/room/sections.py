"""Sections: a paper in the order in which a reader of digest pages knows it, and its discussion items apart.

Owns which part stands in which section, and that no word of the paper is lost: every part that is no heading, question or key response
stands in exactly one. A digest's sections are put in the usual order; any other text keeps its own. Key responses leave by `items_of`
alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from journal_club.answering.answer import Conflict
from journal_club.paper.model import Origin, Paper, Part, SourceKind
from journal_club.service.room.paragraph import Paragraph, Run, paragraph_of, runs_of
from journal_club.service.room.quote import bare_label

__all__ = ["RoomItem", "RoomSection", "items_of", "sections_of"]

_ORDER = ("front", "bottom_line", "key_findings", "study_design", "limitations", "clinical_significance", "historical_context")
_LAST = ("discussion", "related_trials", "footer")
_OWN = len(_ORDER)
_TITLES = {
    "bottom_line": "Bottom Line",
    "key_findings": "Key Findings",
    "study_design": "Study Design",
    "limitations": "Limitations",
    "clinical_significance": "Clinical Significance",
    "historical_context": "Historical Context",
    "discussion": "Discussion",
    "related_trials": "Related Trials",
}
"""For a section whose heading the page has lost."""
Kind = Literal["front", "footer", "discussion", "related_trials", "text"]
_KINDS: Mapping[str, Kind] = {"front": "front", "footer": "footer", "discussion": "discussion", "related_trials": "related_trials"}
_ANSWER_KEY = frozenset({"question", "key_response"})


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomSection:
    """A section of the paper.

    Attributes:
        kind: what it is to a reader of digest pages; a chapter of any other text is `text`, whatever it is called.
        slug: the section's slug, or the page's own heading.
        title: the heading as the page prints it; empty for `front`, `footer` and text before any heading.
        paragraphs: in the page's order; list markers are their own (`furniture` with the field `marker`).
    """

    kind: Kind
    slug: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomItem:
    """A discussion item; its key response is the answer key, which the template covers.

    Attributes:
        persona: the persona's id; `label` is what the page calls it, `group` the heading it stands below.
        question: in runs, all stretches of it; a conflict's place is marked.
        key_response: the same; empty where the page has none.
    """

    number: int
    group: str
    persona: str
    label: str
    question: tuple[Run, ...]
    key_response: tuple[Run, ...]


def sections_of(paper: Paper, conflicts: Sequence[Conflict]) -> tuple[RoomSection, ...]:
    """The paper's sections in reading order; a section that a digest has twice stands once."""
    groups: dict[tuple[str, int], list[Part]] = {}
    for key, part in _grouped(paper):
        groups.setdefault(key, []).append(part)
    values = _value_starts(paper)
    digest = paper.source_kind is SourceKind.DIGEST
    found = [
        _section(slug, parts, conflicts, values, kind=_KINDS.get(slug, "text") if digest or (slug == "front" and not number) else "text")
        for (slug, number), parts in groups.items()
    ]
    kept = [section for section in found if section.paragraphs or section.title]
    return tuple(sorted(kept, key=lambda section: _place(section.slug)) if digest else kept)


def items_of(paper: Paper, conflicts: Sequence[Conflict] = ()) -> tuple[RoomItem, ...]:
    """The discussion items in the page's order, whole: a question or key response that page furniture cuts has all its stretches."""
    return tuple(
        RoomItem(
            number=item.number,
            group=item.group,
            persona=item.persona,
            label=item.label,
            question=_stretches(paper, item.number, Origin.QUESTION, conflicts),
            key_response=_stretches(paper, item.number, Origin.KEY_RESPONSE, conflicts),
        )
        for item in paper.discussion
    )


def _stretches(paper: Paper, number: int, origin: Origin, conflicts: Sequence[Conflict]) -> tuple[Run, ...]:
    parts = [part for part in paper.parts if part.origin is origin and part.item == number and part.section == "discussion"]
    return tuple(run for part in parts for run in runs_of(part.text, part.start, conflicts))


def _grouped(paper: Paper) -> Iterator[tuple[tuple[str, int], Part]]:
    """Every part that prints, with its section and, outside of digests, the number of the heading that it stands below."""
    count, before = 0, "front"
    for part in paper.parts:
        if part.role == "blank" or part.field in _ANSWER_KEY or (part.role == "heading" and part.field):
            continue
        slug = "front" if part.role == "metadata" else part.section
        if paper.source_kind is not SourceKind.DIGEST and (slug != before or part.role == "heading"):
            count, before = count + 1, slug
        yield (slug, count), part


def _section(slug: str, parts: Sequence[Part], conflicts: Sequence[Conflict], values: Mapping[int, int], *, kind: Kind) -> RoomSection:
    headings = [bare_label(part.text) for part in parts if part.role == "heading"]
    heading = next(filter(None, headings), "")
    told = [part for part in parts if part.role != "heading"]
    return RoomSection(
        kind=kind,
        slug=slug,
        title=heading or _TITLES.get(slug, ""),
        paragraphs=tuple(paragraph_of(part, conflicts, value_start=values.get(part.start)) for part in told),
    )


def _value_starts(paper: Paper) -> dict[int, int]:
    """Where the value of each labelled field begins, by the place of the field."""
    card = {field.excerpt.start: field.values[0].start for field in paper.study_design if field.values}
    values = sorted(
        value.start
        for trial in paper.related_trials
        for value in (trial.tested, trial.population, trial.comparator, trial.endpoint, trial.key_result)
        if value
    )
    fields = [part for part in paper.parts if part.section == "related_trials" and part.role == "content"]
    found = ((part.start, next((value for value in values if part.start < value < part.end), None)) for part in fields)
    return card | {start: value for start, value in found if value is not None}


def _place(slug: str) -> int:
    if slug in _ORDER:
        return _ORDER.index(slug)
    return _OWN + 1 + _LAST.index(slug) if slug in _LAST else _OWN

"""The study-design card: its fields, wherever their labels stand.

Owns the labels and the ways that a page sets them: on a line of their own with the values below ("Sample", "419", "Patients"), before
the value on the same line ("Population Adults with ..."), or with a colon ("Population: adults"). A label of the page's own needs the
colon or bold type: without it a short line is a value.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journal_club.paper.headings import heading_of, is_furniture, key_of
from journal_club.paper.lines import Block, Line, excerpt
from journal_club.paper.model import DesignField, Origin

__all__ = ["read_study_design"]

LABELS = {
    "design": "design",
    "sample": "sample",
    "sample size": "sample",
    "duration": "duration",
    "follow-up": "duration",
    "setting": "setting",
    "population": "population",
    "intervention": "intervention",
    "comparator": "comparator",
    "comparison": "comparator",
    "control": "comparator",
    "outcome": "outcome",
    "outcomes": "outcome",
    "primary outcome": "outcome",
}
# On one line with its value and no colon a label is one of these: "Control arm" is no comparator.
INLINE = re.compile(r"(design|sample|duration|setting|population|intervention|comparator|outcome)[ \t\xa0]+(\S+)", re.IGNORECASE)
OWN_LABEL = re.compile(r"[*_]{0,3}([^\W\d_][\w ()/&-]{1,40}?)[*_]{0,3}[ \t]*:[*_]{0,3}(?:[ \t]+|$)")
_NOT_AFTER_LABEL_WORDS = """
    of size was were is are and or with in at for to from by the period measure measures assessor assessors assessment group groups
    arm arms analysis included calculation until between following data"""
NOT_AFTER_LABEL = frozenset(_NOT_AFTER_LABEL_WORDS.split())
NOT_IDENTIFIER = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Label:
    name: str
    value: int
    """Where the value begins on the label's line; the line's end when the label stands alone."""
    sure: bool


def read_study_design(text: str, lines: Sequence[Line], section: str = "study_design") -> tuple[tuple[Block, ...], tuple[DesignField, ...]]:
    """The card's blocks, and its fields in the page's order.

    Args:
        text: the source text.
        lines: those of the section, its heading left out.
        section: its slug.
    """
    labels = [_label(line) for line in lines]
    sure = {label.name for label in labels if label and label.sure}
    blocks: list[Block] = []
    fields: list[DesignField] = []
    for first, label, run in _grouped(lines, labels, sure):
        if is_furniture(run[0]):
            blocks.append(Block(start=run[0].start, end=run[0].end, role="furniture", section=section))
            continue
        name = label.name if label else ""
        blocks.append(Block(start=first.start, end=run[-1].end, role="content", section=section, field=name, origin=Origin.TRIAL))
        if label:
            fields.append(_field(text, label, run))
    return tuple(blocks), tuple(fields)


def _grouped(
    lines: Sequence[Line], labels: Sequence[_Label | None], sure: set[str]
) -> Iterator[tuple[Line, _Label | None, Sequence[Line]]]:
    start = 0
    seen: set[str] = set()
    for place in range(len(lines) + 1):
        label = labels[place] if place < len(lines) else None
        begins = label is not None and (label.sure or label.name not in sure | seen)
        alone = 0 < place < len(lines) and (is_furniture(lines[place]) or is_furniture(lines[place - 1]))
        if place > start and (place == len(lines) or begins or alone):
            own = labels[start]
            yield lines[start], own if own and (own.sure or own.name not in sure) else None, lines[start:place]
            start = place
        if label and begins:
            seen.add(label.name)


def _label(line: Line) -> _Label | None:
    heading = heading_of(line)
    name = LABELS.get(key_of(heading.text))
    if name:
        return _Label(name=name, value=line.end, sure=True)
    bare = line.bare.lstrip("-*•#_ \t")
    shift = line.end - len(bare)
    own = OWN_LABEL.match(bare)
    if own and len(own[1].split()) <= 5:
        words = key_of(own[1])
        return _Label(name=LABELS.get(words) or _snake(words), value=shift + own.end(), sure=True)
    return _inline(bare, shift)


def _inline(bare: str, shift: int) -> _Label | None:
    found = INLINE.match(bare)
    if not found or not bare[0].isupper() or found[2].strip(".,;:").casefold() in NOT_AFTER_LABEL:
        return None
    name = found[1].casefold()
    capital = not found[2][0].islower()
    if not capital and name not in {"population", "intervention", "comparator", "outcome"}:
        return None
    return _Label(name=name, value=shift + found.start(2), sure=capital)


def _snake(label: str) -> str:
    return NOT_IDENTIFIER.sub("_", label).strip("_")


def _field(text: str, label: _Label, run: Sequence[Line]) -> DesignField:
    values = [excerpt(text, label.value, run[0].end), *(excerpt(text, line.start, line.end) for line in run[1:])]
    return DesignField(
        name=label.name,
        excerpt=excerpt(text, run[0].start, run[-1].end),
        values=tuple(value for value in values if value.text),
    )

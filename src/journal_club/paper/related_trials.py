"""Related trials: the rows of the page's list of other studies.

Owns how a row is told from the next one and what its lines are: year, name, "n = 498 · NEJM", and the labelled fields, in any order
and with any of them missing but the name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from journal_club.paper.errors import UnnamedTrialError
from journal_club.paper.headings import ENDS_SENTENCE, heading_of, is_furniture, key_of
from journal_club.paper.lines import Block, Line, excerpt
from journal_club.paper.model import Excerpt, Origin, RelatedTrial

__all__ = ["read_related_trials"]

LABELS = {
    "tested": "tested",
    "intervention": "tested",
    "population": "population",
    "comparator": "comparator",
    "endpoint": "endpoint",
    "endpoints": "endpoint",
    "primary endpoint": "endpoint",
    "key result": "key_result",
    "key results": "key_result",
    "key finding": "key_result",
    "result": "key_result",
}
FIELDS = frozenset(LABELS.values())
YEAR = re.compile(r"[(\[]?((?:19|20|21)\d\d)[)\]]?")
NAME_YEAR = re.compile(r"[(\[,]\s*((?:19|20|21)\d\d)\s*[)\]]?$")
SIZE = re.compile(r"\bn[ \t\xa0]*=[ \t\xa0]*(\d{1,3}(?:[,.  ]\d{3}){1,3}|\d{1,9})(?!\d)", re.IGNORECASE)
SEPARATOR = re.compile(r"[·•|∙]|[ \t](?:-|–|—)[ \t]")
LABEL = re.compile(r"[-•]?[ \t]*[*_]{0,3}([A-Za-z][A-Za-z ]{1,20}?)[*_]{0,3}[ \t]*:[*_]{0,3}[ \t]*")
LONGEST_NAME = 160
"""Characters."""

Kind = Literal["year", "size", "label", "text", "furniture"]


@dataclass(kw_only=True, slots=True)
class _Row:
    lines: list[tuple[Line, str, int]] = field(default_factory=list)
    """Each line with the field that it belongs to and where its value begins."""
    names: set[str] = field(default_factory=set)


def read_related_trials(text: str, lines: Sequence[Line], *, first_number: int = 0) -> tuple[tuple[Block, ...], tuple[RelatedTrial, ...]]:
    """The section's blocks, and its rows in the page's order.

    Args:
        text: the source text.
        lines: those of the section, its heading left out.
        first_number: number of the first row.

    Raises:
        UnnamedTrialError: a row has fields and no name.
    """
    kinds = [_kind(line) for line in lines]
    blocks: list[Block] = []
    trials: list[RelatedTrial] = []
    row = _Row()
    for place, line in enumerate(lines):
        kind, name, value = kinds[place]
        if kind == "furniture":
            blocks.append(Block(start=line.start, end=line.end, role="furniture", section="related_trials"))
            continue
        name, value = _placed(row, lines, kinds, place) if kind == "text" else (name, value)
        if row.lines and _begins_row(row, name, kinds, place):
            _finish(text, row, blocks, trials, first_number)
            row = _Row()
        row.lines.append((line, name, value))
        row.names.add(name)
    _finish(text, row, blocks, trials, first_number)
    return tuple(sorted(blocks, key=lambda block: block.start)), tuple(trials)


def _kind(line: Line) -> tuple[Kind, str, int]:
    """What a line is by itself: its kind, its field, and where its value begins."""
    if is_furniture(line):
        return "furniture", "", line.start
    bare = heading_of(line).text
    if YEAR.fullmatch(bare):
        return "year", "year", line.start
    name = LABELS.get(key_of(bare))
    if name:
        return "label", name, line.end
    found = LABEL.match(line.bare)
    name = LABELS.get(key_of(found[1])) if found else None
    if found and name:
        return "label", name, line.start + found.end()
    if SIZE.search(line.bare[:200]) and len(line.bare) <= LONGEST_NAME and not ENDS_SENTENCE.search(line.bare[-60:]):
        return "size", "size", line.start
    return "text", "", line.start


def _placed(row: _Row, lines: Sequence[Line], kinds: Sequence[tuple[Kind, str, int]], place: int) -> tuple[str, int]:
    """The field of a line that says nothing of itself: a name, or more of the value above."""
    line = lines[place]
    before = row.lines[-1][1] if row.lines else ""
    following = kinds[place + 1] if place + 1 < len(kinds) else ("text", "", 0)
    short = len(line.bare) <= LONGEST_NAME and not ENDS_SENTENCE.search(line.bare[-60:].replace(" al.", " al"))
    names = following[0] in {"size", "year"} or (following[0] == "label" and (following[1] in row.names or not row.lines))
    unlabelled = before in {"", "year", "size"} and "name" not in row.names
    value_wanted = bool(row.lines) and row.lines[-1][2] == row.lines[-1][0].end
    if short and not value_wanted and (unlabelled or names):
        return "name", line.start
    return (before if before not in {"name", "year", "size"} else ""), line.start


def _begins_row(row: _Row, name: str, kinds: Sequence[tuple[Kind, str, int]], place: int) -> bool:
    """Whether a line with that field opens a new row: what a row has once, twice."""
    fields = not FIELDS.isdisjoint(row.names)
    if name == "name":
        return "name" in row.names
    if name == "year":
        return "year" in row.names or (fields and "name" in row.names)
    if name == "size":
        return "size" in row.names and "name" in row.names
    return bool(kinds[place][0] == "label" and name in row.names and "name" in row.names and row.lines[-1][1] == "name")


def _finish(text: str, row: _Row, blocks: list[Block], trials: list[RelatedTrial], first_number: int) -> None:
    if not row.lines:
        return
    if row.names <= {"", "name"}:
        blocks += [_block(line.start, line.end, "", None) for line, _, _ in row.lines]
        return
    number = first_number + len(trials)
    trials.append(_trial(text, row))
    start = 0
    for place in range(1, len(row.lines) + 1):
        if place == len(row.lines) or _breaks(row, place):
            first, last = row.lines[start][0], row.lines[place - 1][0]
            blocks.append(_block(first.start, last.end, row.lines[start][1], number))
            start = place


def _breaks(row: _Row, place: int) -> bool:
    line, name, value = row.lines[place]
    return name != row.lines[place - 1][1] or (value != line.start and name != "")


def _block(start: int, end: int, name: str, item: int | None) -> Block:
    return Block(start=start, end=end, role="content", section="related_trials", field=name, item=item, origin=Origin.RELATED_TRIAL)


def _trial(text: str, row: _Row) -> RelatedTrial:
    size = _value(text, row, "size")
    name = _value(text, row, "name") or _name_before(text, size)
    if name is None:
        first = row.lines[0][0]
        raise UnnamedTrialError(line=first.number, expected="the related trial's name", found=repr(first.bare[:40]))
    return RelatedTrial(
        excerpt=excerpt(text, row.lines[0][0].start, row.lines[-1][0].end),
        name=name,
        year=_year(_value(text, row, "year"), name, size),
        n=_count(size),
        journal=_journal(size, name),
        tested=_value(text, row, "tested"),
        population=_value(text, row, "population"),
        comparator=_value(text, row, "comparator"),
        endpoint=_value(text, row, "endpoint"),
        key_result=_value(text, row, "key_result"),
    )


def _value(text: str, row: _Row, name: str) -> Excerpt | None:
    """The field's value; of a field that the row has twice, the first."""
    kept = [(line, value) for line, field_name, value in row.lines if field_name == name]
    if not kept:
        return None
    run = list(_first_run(kept, row))
    found = excerpt(text, run[0][1], run[-1][0].end)
    bare = found.text.strip("#*_ \t") if name == "name" else found.text
    start = found.start + found.text.find(bare)
    return Excerpt(text=bare, start=start, end=start + len(bare)) if bare else None


def _first_run(kept: Sequence[tuple[Line, int]], row: _Row) -> Iterator[tuple[Line, int]]:
    places = {id(line): place for place, (line, _, _) in enumerate(row.lines)}
    yield kept[0]
    for before, this in pairwise(kept):
        if places[id(this[0])] != places[id(before[0])] + 1 or this[1] != this[0].start:
            return
        yield this


def _year(year: Excerpt | None, name: Excerpt, size: Excerpt | None) -> int | None:
    pieces = [piece.strip() for piece in SEPARATOR.split(size.text)] if size else []
    for text in (year.text.strip("#*_ \t") if year else "", *pieces):
        found = YEAR.fullmatch(text)
        if found:
            return int(found[1])
    found = NAME_YEAR.search(name.text)
    return int(found[1]) if found else None


def _count(size: Excerpt | None) -> int | None:
    found = SIZE.search(size.text) if size else None
    return int("".join(character for character in found[1] if character.isdigit())) if found else None


def _name_before(text: str, size: Excerpt | None) -> Excerpt | None:
    """A name that stands on the line of the size ("CASTOR Trial (n = 498, NEJM)")."""
    found = SIZE.search(size.text) if size else None
    if size is None or found is None:
        return None
    name = excerpt(text, size.start, size.start + len(size.text[: found.start()].rstrip(" \t\xa0·•|∙,;:(–—-*_")))
    return name if any(map(str.isalpha, name.text)) else None


def _journal(size: Excerpt | None, name: Excerpt) -> str | None:
    if size is None:
        return None
    if name.start == size.start:
        size = Excerpt(text=size.text[len(name.text) :], start=name.end, end=size.end)
    pieces = [SIZE.sub("", piece).strip(" \t\xa0*_,;()") for piece in SEPARATOR.split(size.text)]
    return next((piece for piece in pieces if any(map(str.isalpha, piece)) and not YEAR.fullmatch(piece)), None)

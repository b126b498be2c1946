"""The discussion: personas, their questions and the key responses, which are the answer key.

Owns where an item begins and ends within a group, and where a discussion ends. One rule stands above the others: what may be part of
a question or a key response is never given an answering origin. A doubtful line stays in the discussion.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journal_club.paper.errors import MissingQuestionError
from journal_club.paper.headings import BULLET, ENDS_SENTENCE, heading_of, is_furniture, key_of
from journal_club.paper.lines import Block, Line, excerpt, paragraphs
from journal_club.paper.model import DiscussionItem, Origin

__all__ = ["begins_item", "is_key_response", "read_discussion"]

PERSONAS = {
    "med student": "medical_student",
    "medical student": "medical_student",
    "resident": "resident",
    "resident physician": "resident",
    "fellow": "fellow",
    "attending": "attending",
    "attending physician": "attending",
    "phd": "phd",
    "ph.d": "phd",
    "phd scientist": "phd",
    "journal editor": "journal_editor",
    "guideline committee": "guideline_committee",
    "guideline committee member": "guideline_committee",
}
"""Label, case-folded -> persona."""

KEY_RESPONSE = re.compile(r"(?P<label>[\W_]{0,12}key[ \t\xa0_-]{0,3}responses?)\b(?P<rest>.*)", re.IGNORECASE)
SEPARATOR = re.compile(r"[ \t\xa0]*[*_]{0,3}[ \t]*(?:[:：.–—-]|[(\[][^()\[\]]{0,40}[)\]][:：]?|$)[*_ \t\xa0]*")
QUESTION_LABEL = re.compile(r"[\W_]{0,8}questions?[*_]{0,3}[ \t]*(?:[:：][*_]{0,3}[ \t]*|\d{0,2}[*_]{0,3}$)", re.IGNORECASE)
ASKS = re.compile(r"[?？][)\]\"'”’*_ \t]*$")
INLINE_LABEL = re.compile(r"[#*_\-• \t]{0,10}([^\W\d_][\w. ]{1,40}?)[*_]{0,3}[ \t]*[:：][*_]{0,3}[ \t]+(?=\S)")
SLUG_BREAK = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Item:
    """Where one item's pieces are, as numbers of the group's lines; ends are exclusive."""

    label: int
    question: int
    marker: int
    end: int


def is_key_response(line: Line, *, within: bool = False) -> int | None:
    """Where the text behind a "Key Response" label begins; None when the line is none.

    Args:
        line: any line.
        within: whether the line stands in a discussion, where "Key Response The trial ..." is a label too. Elsewhere it is one only
            in its capitals: "key responses were recorded" is prose.
    """
    found = KEY_RESPONSE.match(line.bare)
    if not found:
        return None
    separator = SEPARATOR.match(found["rest"])
    if separator:
        return line.start + found.start("rest") + separator.end()
    rest = found["rest"].lstrip()
    titled = found["label"].rstrip("s").endswith("Response") or found["label"].isupper()
    capital = bool(rest) and not rest[0].islower()
    return line.start + len(line.bare) - len(rest) if (titled and capital) or (within and capital) else None


def _persona(line: Line) -> str | None:
    return PERSONAS.get(key_of(heading_of(line).text))


def begins_item(lines: Sequence[Line], place: int) -> int:
    """How many lines from this one on are the label of an item, however the discussion itself is headed; 0 for none.

    A label that needs no context stands twice ("Fellow", "Fellow"; "Med Student", "Medical Student"), or names one of our personas
    and has a question below it.
    """
    if _persona(lines[place]) and lines[place].gap and place + 1 < len(lines) and ASKS.search(lines[place + 1].bare[-60:]):
        return 1
    if place + 1 >= len(lines) or lines[place + 1].gap:
        return 0
    first, second = _persona(lines[place]), _persona(lines[place + 1])
    if first and first == second:
        return 2
    same = key_of(lines[place].bare) == key_of(lines[place + 1].bare) != ""
    return 2 if same and _is_label_like(lines[place]) and lines[place].gap else 0


def read_discussion(
    text: str, lines: Sequence[Line], *, group: str, first_number: int
) -> tuple[tuple[Block, ...], tuple[DiscussionItem, ...]]:
    """A group's blocks and items.

    Args:
        text: the source text.
        lines: those of the group, its heading left out.
        group: the heading's words.
        first_number: number of the group's first item; they go on from group to group.

    Raises:
        MissingQuestionError: a key response stands without its question.
    """
    kept = [line for line in lines if not is_furniture(line)]
    blocks = [_block(line.start, line.end, "furniture") for line in lines if is_furniture(line)]
    found = _items(kept)
    header = kept[: found[0].label if found else len(kept)]
    blocks += [_header_block(line) for line in header]
    breaks = [line.start for line in lines if is_furniture(line)]
    items: list[DiscussionItem] = []
    for number, item in enumerate(found, start=first_number):
        own, read = _read_item(text, kept, item, group=group, number=number, breaks=breaks)
        blocks += own
        items.append(read)
    return tuple(sorted(blocks, key=lambda block: block.start)), tuple(items)


def _block(start: int, end: int, role: str, field: str = "", item: int | None = None) -> Block:
    if role == "furniture":
        return Block(start=start, end=end, role="furniture", section="discussion", field=field, item=item)
    if role == "heading":
        return Block(start=start, end=end, role="heading", section="discussion", field=field, item=item)
    origin = Origin.KEY_RESPONSE if field == "key_response" else Origin.QUESTION
    return Block(start=start, end=end, role="content", section="discussion", field=field, item=item, origin=origin)


def _header_block(line: Line) -> Block:
    """What stands between a group's heading and its first item: a line for show, unless it is a sentence."""
    shown = len(line.bare) <= 120 and not ENDS_SENTENCE.search(line.bare[-60:])
    return _block(line.start, line.end, "furniture" if shown else "content")


def _items(lines: Sequence[Line]) -> list[_Item]:
    markers = [place for place, line in enumerate(lines) if is_key_response(line, within=True) is not None]
    labels = _labels(lines, set(markers))
    starts: list[tuple[int, int]] = []
    previous = -1
    for marker in markers:
        between = labels[bisect_right(labels, (previous, len(lines))) : bisect_left(labels, (marker, 0))]
        starts += between or [_guessed(lines, previous, marker)]
        previous = marker
    starts += labels[bisect_right(labels, (previous, len(lines))) :]
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    return [_bounded(start, question, end, markers) for (start, question), end in zip(starts, ends, strict=False)]


def _bounded(start: int, question: int, end: int, markers: Sequence[int]) -> _Item:
    place = bisect_left(markers, question)
    marker = markers[place] if place < len(markers) and markers[place] < end else end
    return _Item(label=start, question=question, marker=marker, end=end)


def _labels(lines: Sequence[Line], markers: set[int]) -> list[tuple[int, int]]:
    """Labels that are sure: (first line, first line of the question). Each is followed by a question."""
    candidates = [(place, place + size) for place in range(len(lines)) if place not in markers and (size := _label_size(lines, place))]
    candidates = [found for number, found in enumerate(candidates) if number == 0 or found[0] >= candidates[number - 1][1]]
    stops = sorted({*markers, *(place for place, _ in candidates), len(lines)})
    kept: list[tuple[int, int]] = []
    for place, question in candidates:
        stop = _next_stop(stops, place)
        if stop > question and (stop in markers or any(ASKS.search(line.bare[-60:]) for line in lines[question:stop])):
            kept.append((place, question))
        elif _inline_label(lines[place]):
            kept.append((place, place))
    return kept


def _next_stop(stops: Sequence[int], place: int) -> int:
    """The first of the sorted numbers that is greater."""
    return stops[bisect_right(stops, place)]


def _label_size(lines: Sequence[Line], place: int) -> int:
    line = lines[place]
    sure = begins_item(lines, place)
    if sure and (line.gap or _persona(line)):
        return sure
    if not line.gap and heading_of(line).style[0] == "plain" and place > 0:
        return 0
    return 1 if _persona(line) or _inline_label(line) else 0


def _inline_label(line: Line) -> int:
    """Characters of a known persona's label with the question behind it on the line; 0 for none."""
    found = INLINE_LABEL.match(line.bare)
    return found.end() if found and key_of(found[1]) in PERSONAS else 0


def _guessed(lines: Sequence[Line], previous: int, marker: int) -> tuple[int, int]:
    """Where the item of a key response begins when no label before it is sure: (first line, first line of the question)."""
    runs = [*paragraphs(lines[previous + 1 : marker])]
    starts = [previous + 1]
    for run in runs:
        starts.append(starts[-1] + len(run))
    for number in range(len(runs) - 2, -1, -1):
        if len(runs[number]) <= 2 and all(map(_is_label_like, runs[number])):
            return starts[number], starts[number + 1]
    labels_alone = bool(runs) and all(_persona(line) for line in runs[-1])
    if runs and not labels_alone and (previous < 0 or ASKS.search(runs[-1][-1].bare[-60:])):
        return starts[len(runs) - 1], starts[len(runs) - 1]
    line = lines[marker]
    raise MissingQuestionError(line=line.number, expected="a persona and a question before the key response", found=repr(line.bare[:40]))


def _is_label_like(line: Line) -> bool:
    bare = heading_of(line).text
    short = 1 <= len(bare.split()) <= 6 and len(bare) <= 60
    return short and bare[0].isupper() and not ENDS_SENTENCE.search(bare) and bare[-1] not in ",;:" and not BULLET.match(line.bare)


def _read_item(
    text: str, lines: Sequence[Line], item: _Item, *, group: str, number: int, breaks: Sequence[int]
) -> tuple[list[Block], DiscussionItem]:
    blocks = [_block(line.start, line.end, "heading", "persona", number) for line in lines[item.label : item.question]]
    label = heading_of(lines[item.question - 1]).text if item.question > item.label else ""
    start = lines[item.question].start if item.question < len(lines) else lines[-1].end
    if not label and (size := _inline_label(lines[item.label])):
        label = _label_text(lines[item.label].bare[:size])
        blocks.append(_block(start, start + len(lines[item.label].bare[:size].rstrip()), "heading", "persona", number))
        start += size
    start = _after_question_label(lines, item, start, number, blocks)
    questions = _stretch(text, start, lines[item.question : item.marker], breaks, "question", number)
    responses: list[Block] = []
    if item.marker < item.end:
        line = lines[item.marker]
        begin = is_key_response(line, within=True) or line.end
        blocks.append(_block(line.start, excerpt(text, line.start, begin).end, "heading", "key_response", number))
        responses = _stretch(text, begin, lines[item.marker : item.end], breaks, "key_response", number)
    read = DiscussionItem(
        number=number,
        group=group,
        persona=PERSONAS.get(key_of(label)) or SLUG_BREAK.sub("_", label.casefold()).strip("_"),
        label=label,
        question=excerpt(text, questions[0].start, questions[0].end),
        key_response=excerpt(text, responses[0].start, responses[0].end) if responses else None,
    )
    return [*blocks, *questions, *responses], read


def _label_text(text: str) -> str:
    """A label's words without markup and colon."""
    return text.strip("#*_-•: ：\t")


def _after_question_label(lines: Sequence[Line], item: _Item, start: int, number: int, blocks: list[Block]) -> int:
    """Where the question begins behind a "Question" label, which becomes a heading."""
    line = lines[item.question]
    found = QUESTION_LABEL.match(line.bare)
    if not found or line.start != start:
        return start
    alone = found.end() == len(line.bare)
    if alone and item.question + 1 >= item.marker:
        return start
    blocks.append(_block(line.start, line.start + len(line.bare[: found.end()].rstrip()), "heading", "question", number))
    return lines[item.question + 1].start if alone else line.start + found.end()


def _stretch(text: str, start: int, lines: Sequence[Line], breaks: Sequence[int], field: str, number: int) -> list[Block]:
    """One block from `start` to the last line's end, cut where page furniture stands within it."""
    found: list[Block] = []
    for run in _unbroken(lines, breaks):
        begin = max(start, run[0].start)
        piece = excerpt(text, begin, run[-1].end)
        if piece.text:
            found.append(_block(piece.start, piece.end, "content", field, number))
    return found


def _unbroken(lines: Sequence[Line], breaks: Sequence[int]) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in lines:
        if run and bisect_right(breaks, run[-1].start) != bisect_right(breaks, line.start):
            yield run
            run = []
        run.append(line)
    if run:
        yield run

"""Citation marks, and the sentences of a draft as they arrive.

Owns the grammar of marks (`[1]`, `[1][2]`, `[1, 2]`, `[1-3]`, nothing else: `[placebo]` cites nothing) and the cutting of a token
stream into sentences that carry their marks, also those that follow the full stop. It does not know what a mark points to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Marks", "SentenceStream", "parse_marks", "render_marks"]

_MARK = re.compile(r"\[[ \t]*\d{1,3}(?:[ \t]*[,;–-][ \t]*\d{1,3}){0,19}[ \t]*\]")
_SPACED_MARK = re.compile(rf"[ \t]*{_MARK.pattern}")
_MARK_BEGUN = re.compile(r"[ \t]*\[[\d \t,;–-]{0,160}\Z")
_ITEM = re.compile(r"(\d+)(?:[ \t]*[–-][ \t]*(\d+))?")
_WIDEST_RANGE = 50
_STOP = re.compile(r"[.!?…]+[\"'”’)\]*_]*|\n")
_BLANKS = re.compile(r"[ \t]*")
_WHITE = re.compile(r"\s*")
_BULLET = re.compile(r"\s*(?:[-*•‣–—+>]\s+|\(?\d{1,2}[.)]\s+)+")
_BULLET_ONLY = re.compile(r"\s*(?:[-*•>]\s*)?\(?\d{1,2}[.)]\Z")
_HEADING = re.compile(r"\s*(?:#{1,6}\s.*|\*\*[^*\n]{1,120}\*\*:?|[-*_=~`]{3,}\w*)\s*\Z")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<![\w*])\*(?=\w)|(?<=[\w.,;:!?)])\*(?![\w*])")
_ABBREVIATION = re.compile(
    r"\b(?:vs|al|cf|approx|ca|dr|prof|mr|mrs|ms|st|eds?|incl|resp|e\.g|i\.e|(?:figs?|refs?|nos?|eq|vol|pp?|suppl|tab)(?=\.\s+\d))\.",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 8
_SPACES = re.compile(r"[ \t]+")
_BEFORE_STOP = re.compile(r"\s+(?=[.,;:!?](?:\s|\Z))")


@dataclass(frozen=True, kw_only=True, slots=True)
class Marks:
    """The marks of one sentence: `numbers` in order without repeats, `bare` the sentence without them."""

    numbers: tuple[int, ...]
    bare: str


def parse_marks(sentence: str) -> Marks:
    """Take the citation marks out of a sentence.

    A range whose ends are reversed, or that spans more than 50 numbers, contributes its two ends alone.
    """
    numbers = dict.fromkeys(number for mark in _MARK.finditer(sentence) for number in _numbers(mark.group()))
    bare = _SPACES.sub(" ", _SPACED_MARK.sub("", sentence)).strip()
    return Marks(numbers=tuple(numbers), bare=_BEFORE_STOP.sub("", bare) if numbers else bare)


def render_marks(numbers: Sequence[int]) -> str:
    """The marks as they are shown, such as `[1][2]`; empty for no number."""
    return "".join(f"[{number}]" for number in numbers)


def _numbers(mark: str) -> Iterator[int]:
    for item in _ITEM.finditer(mark):
        first, last = int(item[1]), int(item[2] or item[1])
        if 0 <= last - first <= _WIDEST_RANGE:
            yield from range(first, last + 1)
        else:
            yield from (first, last)


class _Undecided(Exception):  # noqa: N818 - not an error: more text must come first
    """Whether a sentence ends here depends on text that has not arrived."""


@dataclass(slots=True)
class SentenceStream:
    """Cuts a draft into sentences while it arrives.

    A sentence is handed out as soon as no later character can change it: when the first character of the next one is known, since
    marks may follow the full stop ("... improved. [1] Next"). Bullets, list numbers, emphasis and headings are taken away. The
    sentences do not depend on how the draft was cut into deltas.
    """

    _pending: str = ""
    _searched: int = 0

    def feed(self, delta: str) -> list[str]:
        """Take the next piece of the draft; returns the sentences that it completed, in order."""
        self._pending += delta
        found, self._pending, self._searched = _cut(self._pending, self._searched, last=False)
        return found

    def flush(self) -> list[str]:
        """End the draft; returns what is left of it."""
        found, rest, _ = _cut(self._pending, self._searched, last=True)
        self._pending, self._searched = "", 0
        return [*found, *_cleaned(rest)]


def _cut(text: str, searched: int, *, last: bool) -> tuple[list[str], str, int]:
    """The complete sentences of `text`, the rest, and the place in the rest up to which no sentence ends."""
    found: list[str] = []
    start = 0
    while (stop := _STOP.search(text, searched)) is not None:
        try:
            end = _end_at(text, start, stop, last=last)
        except _Undecided:
            return found, text[start:], stop.start() - start
        searched = stop.end()
        if end is not None:
            found.extend(_cleaned(text[start:end]))
            start = searched = end
    return found, text[start:], len(text) - start


def _end_at(text: str, start: int, stop: re.Match[str], *, last: bool) -> int | None:
    """Where the sentence that this stop ends is over, marks included; None when it ends none.

    Raises:
        _Undecided: later text must tell.
    """
    if stop.group() == "\n":
        return _end_of_line(text, stop.start(), last=last)
    if stop.end() == len(text) and not last:
        raise _Undecided
    place = _past_marks(text, stop.end())
    following = _at(_BLANKS, text, place, last=last)
    first = text[following : following + 1]
    if first in ("", "\n", "\r"):
        return None
    if place > stop.end():
        return None if first in ",;:)" else place
    if following == stop.end() or first.islower() or _no_end(text, start, stop):
        return None
    return place


def _end_of_line(text: str, newline: int, *, last: bool) -> int:
    """The end of the sentence that a line break ends; marks on a line of their own still belong to it."""
    following = _at(_WHITE, text, newline, last=last)
    place = _past_marks(text, following)
    after = _at(_BLANKS, text, place, last=last) if place > following else place
    return place if place > following and text[after : after + 1] in ("", "\n", "\r") else newline + 1


def _at(blanks: re.Pattern[str], text: str, place: int, *, last: bool) -> int:
    """The first place after the blanks, when it is there and cannot become a mark."""
    found = blanks.match(text, place)
    following = place if found is None else found.end()
    if not last and (following == len(text) or _MARK_BEGUN.match(text, following)):
        raise _Undecided
    return following


def _past_marks(text: str, place: int) -> int:
    while (mark := _SPACED_MARK.match(text, place)) is not None:
        place = mark.end()
    return place


def _no_end(text: str, start: int, stop: re.Match[str]) -> bool:
    """True for the stop of an abbreviation or of a list number."""
    if stop.group()[0] != ".":
        return False
    near = text[max(start, stop.start() - _LONGEST_ABBREVIATION) : stop.end() + 3]
    end = min(_LONGEST_ABBREVIATION, stop.start() - start) + 1
    return any(found.end() == end for found in _ABBREVIATION.finditer(near)) or (
        stop.start() - start < _LONGEST_ABBREVIATION and _BULLET_ONLY.match(text[start : stop.start() + 1]) is not None
    )


def _cleaned(sentence: str) -> list[str]:
    """The sentence without list marks and emphasis; nothing for a heading, a rule or white space."""
    if _HEADING.match(sentence):
        return []
    plain = _SPACES.sub(" ", _EMPHASIS.sub("", _BULLET.sub("", sentence, count=1) if _BULLET.match(sentence) else sentence)).strip()
    return [plain] if any(char.isalnum() for char in _MARK.sub("", plain)) else []

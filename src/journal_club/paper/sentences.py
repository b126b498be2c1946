"""Sentences: where a text's sentences begin and end, with exact offsets.

Owns our own rule (no model, no download), for papers and for model drafts alike. Linear in the text's length.

A sentence ends at ".", "!" or "?" with the quotes, brackets and citation marks ("[1]", "[1, 2]") that close it, when white space
and a plausible beginning follow: not within brackets, not after an abbreviation ("vs.", "et al.", "Fig. 2"), an initial ("E. coli")
or a list number. A blank line, the beginning of a list item and the end of a table's row end a sentence too; any other line break
does not, so that a card such as "Sample, 419, Patients" stays one unit.
"""

import re
from collections.abc import Iterator

from journal_club.paper.model import Excerpt

__all__ = ["sentences"]

BRACKET = re.compile(r"[()\[\]]")
LONGEST_BRACKET = 600
"""Characters; what is not closed within them is no bracketed text but a stray bracket."""

STOP = re.compile(r"(?:[.!?…]++|[。！？]++)(?:[)\]\"'”’»*_]*+)(?:[ \t]*\[\d[\d,\-– ]{0,40}\])*+")
LINE_BREAK = re.compile(r"\r\n?|\n")
LIST_ITEM = re.compile(r"[ \t]*(?:[-*•‣▪◦–]|\(?\d{1,3}[.)])[ \t]+\S|[ \t]*#{1,6}[ \t]")
TABLE_ROW = re.compile(r"[ \t]*\|.*\||[^\r\n]*[^.!?:\s](?: {3,}|\t+)\S")
WORD_BEFORE = re.compile(r"[^\s()\[\]{}\"'“”‘’,;:/]+$")
FIRST_WORD = re.compile(r"[\"'“‘(\[«*_]*([^\W_][\w-]*)")
ONLY_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]+$")

_ALWAYS_JOINED_WORDS = """vs v.s e.g eg i.e cf viz approx ca dr mr mrs ms prof st resp"""
ALWAYS_JOINED = frozenset(_ALWAYS_JOINED_WORDS.split())
_JOINED_BEFORE_NUMBER_WORDS = """fig figs no nos eq eqs ref refs tab vol p pp ch sec app suppl art n"""
JOINED_BEFORE_NUMBER = frozenset(_JOINED_BEFORE_NUMBER_WORDS.split())
# These end a sentence as often as not: what follows decides.
_JOINED_UNLESS_STARTER_WORDS = """al etc inc ltd corp co jr sr u.s u.k ph.d m.d i.v s.c p.o b.i.d t.i.d q.d"""
JOINED_UNLESS_STARTER = frozenset(_JOINED_UNLESS_STARTER_WORDS.split())
_STARTERS_WORDS = """
    a after all although among an and another as at because before both but compared conversely despite during each every figure
    finally first for from further furthermore given hence how however if in indeed it its moreover most no none nor notably of on
    only other our overall participants patients similarly since six so some such table taken ten that the their then there
    therefore these they this those three thus to two under we what when where whereas which while who with within yet"""
STARTERS = frozenset(_STARTERS_WORDS.split())
# "arm A. The", "vitamin D. Patients": the letter is the end of a name, no initial.
_LETTERED_WORDS = """
    appendix arm class cohort factor figure grade group hepatitis influenza interleukin level panel part period phase plan regimen
    schedule stage step table treatment type vitamin"""
LETTERED = frozenset(_LETTERED_WORDS.split())


def sentences(text: str, *, offset: int = 0) -> tuple[Excerpt, ...]:
    """Cut a text into its sentences, in order.

    Args:
        text: any text; markdown and citation marks may stand in it.
        offset: where the text begins in its source, code points; added to every offset.

    Returns:
        Excerpts that neither overlap nor leave out a character other than white space.
    """
    found: list[Excerpt] = []
    start = 0
    for end in [*_ends(text), len(text)]:
        piece = text[start:end]
        bare = piece.strip()
        if bare:
            first = start + len(piece) - len(piece.lstrip())
            found.append(Excerpt(text=bare, start=offset + first, end=offset + first + len(bare)))
        start = end
    return tuple(found)


def _ends(text: str) -> list[int]:
    return sorted({*_line_ends(text), *_stops(text)})


def _line_ends(text: str) -> Iterator[int]:
    breaks = [*LINE_BREAK.finditer(text)]
    start = 0
    previous_is_row = False
    for number, found in enumerate(breaks):
        following = breaks[number + 1].start() if number + 1 < len(breaks) else len(text)
        line = text[found.end() : following]
        is_row = previous_is_row or bool(TABLE_ROW.match(text[start : found.start()]))
        previous_is_row = bool(TABLE_ROW.match(line))
        if is_row or previous_is_row or not line.strip() or LIST_ITEM.match(line):
            yield found.start()
        start = found.end()


def _stops(text: str) -> Iterator[int]:
    bracketed = _bracketed(text)
    inside = 0
    line_start = 0
    for found in STOP.finditer(text):
        while inside < len(bracketed) and bracketed[inside][1] < found.end():
            inside += 1
        within = inside < len(bracketed) and bracketed[inside][0] < found.end() <= bracketed[inside][1]
        if not within and _is_end(text, found, line_start):
            line_start = found.end()
            yield found.end()


def _bracketed(text: str) -> list[tuple[int, int]]:
    """The outermost bracketed spans, in order: (place of the opening bracket, place of the closing one)."""
    opened: list[int] = []
    spans: list[tuple[int, int]] = []
    for found in BRACKET.finditer(text):
        place = found.start()
        if found[0] in "([":
            opened.append(place)
        elif opened:
            begin = opened.pop()
            if place - begin <= LONGEST_BRACKET:
                while spans and spans[-1][0] > begin:
                    spans.pop()
                spans.append((begin, place))
    return spans


def _is_end(text: str, found: re.Match[str], start: int) -> bool:
    mark = found[0]
    if mark[0] in "。！？":
        return True
    after = text[found.end() : found.end() + 60]
    if not after or not after.strip():
        return True
    if not after[0].isspace():
        return False
    following = FIRST_WORD.match(after.lstrip())
    word = following[1] if following else ""
    before = WORD_BEFORE.search(text[max(start, found.start() - 40) : found.start()])
    token = before[0] if before else ""
    if mark[0] == "." and _is_joined(text, token, word, found, start):
        return False
    return not word or not word[0].islower() or _is_lower_case_name(word, token)


def _is_joined(text: str, token: str, word: str, found: re.Match[str], start: int) -> bool:
    bare = token.casefold().strip(".")
    starts = word[:1].isupper() and word.casefold() in STARTERS
    if _is_list_number(text, found, start):
        return True
    if bare in ALWAYS_JOINED:
        return True
    if bare in JOINED_BEFORE_NUMBER:
        return word[:1].isdigit() or bare in {"fig", "figs"}
    if bare in JOINED_UNLESS_STARTER:
        return not starts
    return _is_initial(text, token, found) and not starts


def _is_list_number(text: str, found: re.Match[str], start: int) -> bool:
    before = text[max(start, found.start() - 12) : found.start() + 1]
    lines = LINE_BREAK.split(before)
    begins_line = len(lines) > 1 or found.start() - 12 <= start
    return begins_line and bool(ONLY_NUMBER.fullmatch(lines[-1].strip()))


def _is_initial(text: str, token: str, found: re.Match[str]) -> bool:
    if len(token) != 1 or not token.isupper():
        return False
    before = text[max(0, found.start() - 30) : found.start() - 1].split()
    return not before or before[-1].casefold() not in LETTERED


def _is_lower_case_name(word: str, token: str) -> bool:
    """Whether a word in lower case may begin a sentence: "cilta-cel", "mTOR", "p53"."""
    odd = "-" in word[1:] or any(character.isupper() or character.isdigit() for character in word[1:])
    return odd and len(token) > 2

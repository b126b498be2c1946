"""Articles: the headings of research papers and abstracts, and where a heading ends on a line that goes on.

Owns the words by which such headings are known and how one line is cut into headings and text ("# Abstract ## Background Delirium is
common ...", "ABSTRACT.METHODS:", "**Results:** In all ..."). It builds no paper (`outline`).

A heading is certain when it fills its line. On a line that goes on, the words of a known heading are the heading; of an unknown one
all words stay text, and only its "#" is set aside.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from journal_club.paper.headings import ENDS_SENTENCE, LONGEST_HEADING, heading_of, key_of
from journal_club.paper.lines import Line

__all__ = ["Piece", "is_abstract", "is_known", "is_methods", "is_references", "is_results", "pieces_of", "reports_research"]

METHODS = """methods|method|materials? and methods?|materials?/methods|patients and methods|subjects and methods|participants and methods
|research design and methods|design and methods|study design and methods|methodology|methods and findings|methods and results"""
RESULTS = "results|result|findings|results and discussion|methods and findings|methods and results"
ABSTRACT = "abstract|summary|synopsis|key points|highlights|author summary|plain language summary|structured abstract"
REFERENCES = "references|reference list|bibliography|literature cited|works cited"
OTHERS = """background|background and aims?|background and study aims?|background and objectives?|background and purpose|background/aims?
|background/objectives?|introduction|context
|importance|rationale|objectives?|aims?|aims and objectives|objectives and aims|purpose|hypothesis|question|questions|design|study design
|trial design|setting|settings|settings and design|setting and participants|design, setting,? and participants|participants|patients
|subjects|animals|population|interventions?|exposures?|measurements|outcome measures?|main outcome measures?
|main outcomes? and measures?|primary and secondary outcome measures|statistical analysis|statistical analysis used
|statistical methods|sample size|randomi[sz]ation|blinding|randomi[sz]ation and masking|outcomes|discussion|comment|conclusions?
|conclusions?/interpretation|conclusions? and relevance|interpretation|meaning|relevance|limitations|study limitations
|strengths and limitations|trial registrations?|trial registration number|clinical trial registration|clinicaltrials\\.gov identifier
|registration|funding|funding sources?|acknowledge?ments?|conflicts? of interest|competing interests|declaration of interests?
|data availability|data sharing|author contributions|contributors|ethics|ethical approval|electronic supplementary material
|supplementary material|level of evidence|keywords?|key words|editorial commentary|appendix"""


def _either(*groups: str) -> str:
    """One alternative of all words, the longest first, so that "methods and findings" is not read as "methods"."""
    words = {word for group in groups for word in "".join(group.split("\n")).split("|")}
    return "|".join(sorted(words, key=lambda word: (-len(word), word))).replace(" ", r"[ \t]{1,3}")


_KNOWN = _either(METHODS, RESULTS, ABSTRACT, REFERENCES, OTHERS)
_METHODS_KEY = re.compile(_either(METHODS))
_RESULTS_KEY = re.compile(_either(RESULTS))
_ABSTRACT_KEY = re.compile(_either(ABSTRACT))
_REFERENCES_KEY = re.compile(_either(REFERENCES))
_KNOWN_KEY = re.compile(_KNOWN)
MARK = re.compile(r"(?:(?<=[ \t])|^)(#{1,6})[ \t]+(?=\S)")
NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,4}\.)[ \t]+")
LEADING = re.compile(rf"[*_]{{0,3}}(?P<words>{_KNOWN})(?![\w/-])(?P<sign>[*_]{{0,3}}[ \t]{{0,3}}[:.]?[*_]{{0,3}})[ \t]*", re.IGNORECASE)
INNER = re.compile(rf"(?<=[.!?)\]][ \t])[*_]{{0,3}}(?P<words>{_KNOWN})[*_]{{0,3}}:[*_]{{0,3}}[ \t]+(?=\S)", re.IGNORECASE)
CAPITALS = re.compile(r"(?:[A-Z]{3,12}\.)?(?P<words>[A-Z][A-Z &/,()'’.-]{2,78}):++(?:[ \t]+|$)")


# What authors write of their own study and others do not write of it.
SIGNS = tuple(
    re.compile(sign, re.IGNORECASE)
    for sign in (
        r"\bwe (?:aimed|assessed|compared|conducted|evaluated|examined|found|hypothesi[sz]ed|investigated|measured|studied|tested)\b",
        r"\b(?:were|was) (?:randomly|randomi[sz]ed)\b|\brandomly (?:assigned|allocated|divided)\b",
        r"\b(?:aim|objective|purpose) of (?:this|the present|our) (?:study|trial|work)\b|\bthis (?:study|trial) (?:aimed|was|examined)\b",
        r"\bp\s?[<=>≤]\s?0?[.·]\d|\b95% ?(?:ci\b|confidence)",
        r"\b(?:our|these|the present) (?:results|findings|data) (?:suggest|show|indicate|support|demonstrate)",
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of a line.

    Attributes:
        heading: the heading's words; None for text, empty for a mark that belongs to no heading.
        level: 1 to 6 by "#", 0 without.
        in_abstract: whether the heading says so itself ("ABSTRACT.METHODS").
    """

    start: int
    end: int
    heading: str | None = None
    level: int = 0
    in_abstract: bool = False


def is_methods(heading: str) -> bool:
    """Whether a heading opens a paper's methods."""
    return bool(_METHODS_KEY.fullmatch(_key(heading)))


def is_results(heading: str) -> bool:
    """Whether a heading opens a paper's results."""
    return bool(_RESULTS_KEY.fullmatch(_key(heading)))


def is_abstract(heading: str) -> bool:
    """Whether a heading opens an abstract or another summary of the paper by its authors."""
    return bool(_ABSTRACT_KEY.fullmatch(_key(heading)))


def is_references(heading: str) -> bool:
    """Whether a heading opens the list of other papers."""
    return bool(_REFERENCES_KEY.fullmatch(_key(heading)))


def is_known(heading: str) -> bool:
    """Whether a heading is one that research articles have."""
    return bool(_KNOWN_KEY.fullmatch(_key(heading)))


def reports_research(text: str) -> bool:
    """Whether a text without headings reads as a study's own account of itself: two signs of five."""
    return sum(bool(sign.search(text)) for sign in SIGNS) >= 2


def _key(heading: str) -> str:
    return NUMBERING.sub("", key_of(heading), count=1)


def pieces_of(line: Line) -> tuple[Piece, ...]:
    """Cut a line into headings and text; a line without a heading is one piece of text."""
    if line.bare.startswith("#"):
        return tuple(_marked(line))
    whole = heading_of(line).text
    if is_known(whole) and not whole[0].islower() and whole[-1].isalnum():
        return (Piece(start=line.start, end=line.end, heading=_words(whole)),)
    capitals = CAPITALS.match(line.bare[:120])
    if capitals and sum(map(str.isupper, capitals["words"])) >= 3:
        heading = Piece(
            start=line.start,
            end=line.start + len(capitals[0].rstrip()),
            heading=capitals["words"].strip(" ."),
            in_abstract=capitals[0].startswith("ABSTRACT."),
        )
        return (heading, *_labelled(line, line.start + capitals.end()))
    leading = LEADING.match(line.bare)
    if leading and ":" in leading["sign"]:
        return (_heading(line.start, leading, 0), *_labelled(line, line.start + leading.end()))
    return tuple(_marked(line)) if "# " in line.bare else tuple(_labelled(line, line.start))


def _words(heading: str) -> str:
    return NUMBERING.sub("", heading, count=1).strip()


def _heading(start: int, found: re.Match[str], level: int) -> Piece:
    return Piece(start=start, end=start + len(found[0].rstrip()), heading=found["words"], level=level)


def _labelled(line: Line, start: int) -> Iterator[Piece]:
    """Text with labels between its sentences, as in an abstract on one line ("... trial. Results: The ...")."""
    place = start
    for found in INNER.finditer(line.bare, start - line.start):
        if not found["words"][0].isupper():
            continue
        if line.start + found.start() > place:
            yield Piece(start=place, end=line.start + found.start())
        yield _heading(line.start + found.start(), found, 0)
        place = line.start + found.end()
    if place < line.end:
        yield Piece(start=place, end=line.end)


def _marked(line: Line) -> Iterator[Piece]:
    """The line cut at its "#": each at its beginning, and those within that a known heading follows."""
    marks = [mark for mark in MARK.finditer(line.bare) if mark.start() == 0 or LEADING.match(line.bare, mark.end()) or line.bare[0] == "#"]
    ends = [mark.start() for mark in marks] + [len(line.bare)]
    if ends[0] > 0:
        yield Piece(start=line.start, end=line.start + ends[0])
    for mark, end in zip(marks, ends[1:], strict=True):
        yield from _segment(line, mark, end, alone=len(marks) == 1 and mark.start() == 0)


def _segment(line: Line, mark: re.Match[str], end: int, *, alone: bool) -> Iterator[Piece]:
    """What one "#" opens, up to the next one or the line's end."""
    start, level = line.start + mark.start(), len(mark[1])
    words = line.bare[mark.end() : end].rstrip()
    bare = words.rstrip("#").strip("*_ \t").rstrip(": \t").strip("*_ \t")
    short = len(bare) <= LONGEST_HEADING * 2 and not ENDS_SENTENCE.search(bare[-60:])
    if is_known(bare) or (alone and short and bare):
        yield Piece(start=start, end=start + len(mark[0]) + len(words), heading=_words(bare), level=level)
        return
    numbered = NUMBERING.match(words)
    shift = mark.end() + (numbered.end() if numbered else 0)
    leading = LEADING.match(line.bare, shift, end)
    behind = line.bare[leading.end() : end] if leading else ""
    if leading and behind and (leading["sign"].strip() or not behind[0].islower()):
        yield Piece(start=start, end=line.start + leading.start() + len(leading[0].rstrip()), heading=leading["words"], level=level)
        yield Piece(start=line.start + leading.end(), end=line.start + end)
        return
    yield Piece(start=start, end=start + len(mark[1]), heading="", level=level)
    yield Piece(start=line.start + mark.end(), end=line.start + end)

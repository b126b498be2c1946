"""Cutting: a key response, or any other prose, into points that can be looked for one by one.

Owns where a sentence is cut: at a semicolon, before "while" or "whereas", and before "and" or "but" that opens a new clause; never
within brackets, and only where each part says something by itself. Every part is an exact slice of the source.
"""

import re
from collections.abc import Iterator

from journal_club.paper.model import Excerpt
from journal_club.paper.sentences import sentences

__all__ = ["points_of"]

_LONG = 14
"""Words from which on a sentence is cut."""
_SHORTEST = 4
"""Words; what has fewer says nothing by itself."""
_SUBJECT_REACH = 6
"""Words behind "and" within which the verb of a new clause stands."""
_CUT = re.compile(
    r";\s+(?:(?:and|but|however|therefore|thus),?\s+)?"
    r"|,\s+(?:while|whereas)\s+|,\s+(?P<and>and|but|yet)\s+",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|can|could|may|might|must|will|would|shall|should|cannot|"
    r"(?:com|mak|tak|giv|remain|requir|carr|show|provid|support|includ|lead|lack|reduc|improv|increas|lower|rais|govern|highlight|shift|"
    r"suggest|indicat|underscor|allow|limit|need|mean|depend|bind|receiv|occur|differ|offer|use|follow|affect|caus|reflect|represent|"
    r"demonstrat|appear|seem|contain|prevent|maintain|keep|benefit|establish|chang)(?:e|y|s|es|ies|ed|ied)?|"
    r"came|made|took|gave|led|found|kept|meant|bound)\b",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"[^\W\d_]+ing\b", re.IGNORECASE)
_BULLET = re.compile(r"(?:[-*•‣▪◦–]|\(?\d{1,3}[.)])\s+")
_WORD = re.compile(r"\S+")


def points_of(text: str, *, offset: int = 0) -> tuple[Excerpt, ...]:
    """Cut a text into its points, in order.

    Args:
        text: prose, or a list of sentences.
        offset: where it begins in its source, code points; added to every offset.
    """
    return tuple(part for one in sentences(text, offset=offset) for part in _parts(_bare(one)))


def _bare(sentence: Excerpt) -> Excerpt:
    """A sentence without the mark of the list that it stands in."""
    mark = _BULLET.match(sentence.text)
    return _slice(sentence, mark.end() if mark else 0, len(sentence.text))


def _parts(sentence: Excerpt) -> Iterator[Excerpt]:
    start = 0
    if _length(sentence.text) >= _LONG:
        for cut in _CUT.finditer(sentence.text):
            if not _bracketed(sentence.text, cut.start()) and _cuts(sentence.text[start : cut.start()], cut, sentence.text[cut.end() :]):
                yield _slice(sentence, start, cut.start())
                start = cut.end()
    if sentence.text[start:].strip():
        yield _slice(sentence, start, len(sentence.text))


def _cuts(before: str, cut: re.Match[str], after: str) -> bool:
    """Whether what stands on each side of a place says something by itself."""
    if _PARTICIPLE.match(after) or not (_stands(before) and _stands(after)):
        return False
    if cut["and"]:
        opening = " ".join(_WORD.findall(after)[:_SUBJECT_REACH])
        found = _VERB.search(opening)
        return found is not None and found.start() > 0
    return True


def _stands(text: str) -> bool:
    return _length(text) >= _SHORTEST and _VERB.search(text) is not None


def _length(text: str) -> int:
    return len(_WORD.findall(text))


def _bracketed(text: str, place: int) -> bool:
    before = text[:place]
    return sum(before.count(sign) for sign in "([") > sum(before.count(sign) for sign in ")]")


def _slice(sentence: Excerpt, start: int, end: int) -> Excerpt:
    piece = sentence.text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    bare = piece.strip()
    return Excerpt(text=bare, start=sentence.start + first, end=sentence.start + first + len(bare))

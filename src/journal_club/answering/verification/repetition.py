"""Repetition: a statement that says one source sentence again, in its own words and order, with nothing in it exchanged.

Owns what may be left out or moved without a change of meaning: articles, brackets, a half of a contrast, an introduction that goes to the
end; numbers may be rounded or converted. Every other word, number and operator of the statement stands in the source at the same place.
No denial, hedge or condition is ever left out. A statement that is no repetition is not judged here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from journal_club.answering.verification.pieces import Piece
from journal_club.statistics.derivation import Derivation, derive
from journal_club.statistics.statistic import Role, Statistic

__all__ = ["Repetition", "Restated", "repetition"]

_FREE = frozenset({"a", "an", "the", "that", "also", "very", "then", "both"})
_ADDED = _FREE | {"about", "approximately", "around", "investigators", "authors", "researchers"}
_JOINTS = frozenset({"whereas", "while"})
_LINKS = frozenset({"and", "but", *_JOINTS})
_PREPOSITIONS = frozenset(
    {
        "in",
        "at",
        "after",
        "during",
        "among",
        "compared",
        "within",
        "from",
        "by",
        "over",
        "following",
        "on",
        "before",
        "for",
        "of",
        "with",
        "as",
    }
)
_ADVERBS = frozenset({"however", "moreover", "furthermore", "overall", "thus", "therefore", "similarly", "additionally", "finally", "also"})
_KEPT = frozenset(
    """
    not no nor never neither without cannot only except unless if provided but although though however may might could can would should
    possibly probably perhaps likely suggest suggests suggested appear appears appeared seem seems seemed tended hardly excluding
    respectively subgroup subgroups post hoc whether none t non lack failed unadjusted exploratory
    """.split()  # noqa: SIM905
)
"""What is never left out, since the rest would say more, or something else, without it."""
_MOST_PIECES = 160
_LONGEST_LEAD = 16
_FEWEST = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Restated:
    """A number of the statement that is the source's, rounded or in another unit."""

    claim: Statistic
    derivation: Derivation


@dataclass(frozen=True, kw_only=True, slots=True)
class Repetition:
    """The statement repeats the source; `restated` are the numbers that are written otherwise."""

    restated: tuple[Restated, ...]


def repetition(claim: Sequence[Piece], source: Sequence[Piece]) -> Repetition | None:
    """How a statement repeats a source sentence; None when it does not.

    Args:
        claim: the statement's pieces.
        source: the sentence's pieces.
    """
    if not _FEWEST <= len(claim) <= _MOST_PIECES or not _FEWEST <= len(source) <= _MOST_PIECES:
        return None
    for ordered in _orders(source):
        restated = _walk(claim, ordered)
        if restated is not None:
            return Repetition(restated=restated)
    return None


def _orders(source: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """The source as it stands, with its introduction at its end, and with the halves of a contrast the other way round or alone."""
    yield source
    lead = next((place for place, one in enumerate(source) if one.cut == ","), 0)
    if 0 < lead <= _LONGEST_LEAD and source[0].sign in _PREPOSITIONS and not any(_is_joint(one) for one in source):
        yield (*source[lead:], *source[:lead])
    if 0 < lead <= 2 and source[0].sign in _ADVERBS:
        yield source[lead:]
    for place, one in enumerate(source):
        if place and _is_joint(one):
            second = place + (one.sign in _LINKS)
            yield (*source[second:], *source[place:second], *source[:place])
            if source[0].sign not in _PREPOSITIONS and not _keeps(source[:place]):
                yield source[second:]


def _is_joint(one: Piece) -> bool:
    return one.cut == ";" or one.sign in _JOINTS


def _keeps(left_out: Sequence[Piece]) -> bool:
    """Whether something among what is left out must not be."""
    return any(one.sign in _KEPT for one in left_out)


def _walk(claim: Sequence[Piece], source: Sequence[Piece]) -> tuple[Restated, ...] | None:
    """Go through both at once; each step equals, or leaves out what may be left out."""
    stack: list[tuple[int, int, tuple[Restated, ...]]] = [(0, 0, ())]
    seen: set[tuple[int, int]] = set()
    while stack:
        ours, theirs, restated = stack.pop()
        if (ours, theirs) in seen:
            continue
        seen.add((ours, theirs))
        if ours == len(claim):
            if _is_droppable_end(source, theirs):
                return restated
            continue
        stack += [(ours, place, restated) for place in _gaps(source, theirs)]
        if claim[ours].sign in _ADDED:
            stack.append((ours + 1, theirs, restated))
        if theirs < len(source) and (step := _equal(claim[ours], source[theirs])) is not None:
            stack.append((ours + 1, theirs + 1, (*restated, *step)))
    return None


def _equal(one: Piece, other: Piece) -> tuple[Restated, ...] | None:
    """Nothing restated for equal pieces, the number for one that was rounded or converted, None for others."""
    if one.statistic is None or other.statistic is None:
        return () if one.sign == other.sign else None
    ours, theirs = one.statistic, other.statistic
    if ours.value == theirs.value and (ours.unit == theirs.unit or not (ours.unit and theirs.unit)):
        return ()
    # The words about both are the same, so that what they are called is the same; where they stand in an interval is not asked.
    alike = replace(ours, measure=theirs.measure, role=theirs.role)
    derivation = derive(alike, [(theirs, 0)]) if theirs.role is not Role.LEVEL else None
    return (Restated(claim=ours, derivation=derivation),) if derivation and derivation.rule in ("rounded", "converted") else None


def _gaps(source: Sequence[Piece], place: int) -> Iterator[int]:
    """The places behind what may be left out here: a small word, a bracket, or the rest of one."""
    if place >= len(source):
        return
    if source[place].sign in _FREE:
        yield place + 1
    if source[place].sign == "(":
        end = _closed(source, place)
        if end and not _keeps(source[place:end]):
            yield end
    elif source[place].cut and (end := _closing(source, place)) and not _keeps(source[place:end]):
        yield end


def _closed(source: Sequence[Piece], place: int) -> int:
    """The place behind the bracket that is opened here; 0 when it is not closed."""
    depth = 0
    for at in range(place, len(source)):
        depth += (source[at].sign == "(") - (source[at].sign == ")")
        if not depth:
            return at + 1
    return 0


def _closing(source: Sequence[Piece], place: int) -> int:
    """The place of the bracket that closes round here; 0 outside brackets."""
    depth = 0
    for at in range(place, len(source)):
        depth += (source[at].sign == "(") - (source[at].sign == ")")
        if depth < 0:
            return at
    return 0


def _is_droppable_end(source: Sequence[Piece], place: int) -> bool:
    """Whether what is left of the source is nothing, or another clause without which the rest says the same."""
    while (behind := next(_gaps(source, place), 0)) and source[place].sign == "(":
        place = behind
    left = source[place:]
    if not left:
        return True
    is_clause = left[0].cut == ";" or (left[0].sign in _LINKS and left[0].cut != "") or left[0].sign in _JOINTS
    return is_clause and not _keeps(left) and not any(one.sign == "respectively" for one in source)

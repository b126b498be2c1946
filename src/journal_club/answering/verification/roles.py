"""Roles: who plays which part in a sentence: the arm that a direction is said of, the agent behind "by", what came first, what is one list.

Owns these comparisons of a statement with a sentence of the source. Both may use the same words and still say opposite things; what one
side does not say in such a form is not compared.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise

from journal_club.answering.verification.opposites import Turn
from journal_club.answering.verification.wording import carried, is_free, stems
from journal_club.statistics.arms import Arm
from journal_club.statistics.statistic import Measure, Role, Statistic

__all__ = ["against_numbers", "mixed_list", "other_agent", "swapped_order", "wrong_side"]

_SIDED = frozenset({"quality", "quantity"})
_BOUNDARY = re.compile(r"[,;.()\[\]]|\b(?:whereas|while|but|although|compared|versus|vs|than)\b", re.IGNORECASE)
_BRACKETS = frozenset("()[]")
_BESIDE = re.compile(r"\b(?:with|in|for|by|on|among|after|from|under|of)\s(?:the\s|all\s)?\Z", re.IGNORECASE)
_CLAUSE = re.compile(r"[;]|\b(?:whereas|while|but|although)\b", re.IGNORECASE)
_REACH = 70
_BY = re.compile(
    r"\b(?P<verb>[a-z]{3,}ed) by (?:the |an? )?(?P<who>(?!\d)[\w-]+(?: (?!and\b|or\b|in\b|with\b|for\b|at\b)[\w-]+){0,4})", re.IGNORECASE
)
_LIST = re.compile(
    r"(?<![\w-])(?:[\w-]+(?:, (?:and |or )?[\w-]+)+(?:,? (?:and|or|plus) [\w-]+)?|[\w-]+ (?:plus|and) [\w-]+)", re.IGNORECASE
)
_LISTED = re.compile(r",? (?:and|or|plus) |, ")
_ORDER = re.compile(
    r"(?P<one>[^,;.]{3,120}?)\s(?:was |were )?(?:given |performed |infused |administered )?"
    r"(?:(?P<after>followed(?! by)|following|after)|(?P<before>preceded|before|prior to|followed by))\s"
    r"(?P<other>(?:(?!\sand\s(?:before|after|then)\b)[^;.()]){3,120})",
    re.IGNORECASE,
)
_SHORTEST_NAME = 5


def wrong_side(claim: str, turned: Sequence[Turn], arms: Sequence[Arm], source: str, theirs: Sequence[Turn], sides: Sequence[Arm]) -> str:
    """The arm of which a statement says what the source says of another; empty when there is none.

    Args:
        claim: the statement.
        turned: its words of direction.
        arms: its arms.
        source: the sentence that carries it.
        theirs: the source's words of direction.
        sides: the source's arms.
    """
    named = {arm.name for arm in arms}
    known = _sides(source, theirs, sides)
    for key, own in _sides(claim, turned, arms).items():
        others = known.get(key, frozenset())
        opposite = known.get((key[0], not key[1]), frozenset())
        if others and not own & others and not own & opposite and not others & named:
            return next(claim[arm.start : arm.end] for arm in arms if arm.name in own)
    return ""


def _sides(text: str, turned: Iterable[Turn], arms: Sequence[Arm]) -> Mapping[tuple[str, bool], frozenset[str]]:
    """For each direction the arms that it is said of."""
    found: dict[tuple[str, bool], frozenset[str]] = {}
    for turn in turned:
        if turn.axis in _SIDED and not turn.moot and (arm := _side(text, turn, arms)):
            key = (turn.axis, turn.up)
            found[key] = found.get(key, frozenset()) | {arm}
    return found


def _side(text: str, turn: Turn, arms: Sequence[Arm]) -> str:
    """The arm right behind a direction, after a preposition, else the one that is its subject; empty for none."""
    end = turn.end + _length(text[turn.end : turn.end + _REACH])
    behind = next((arm for arm in arms if turn.end <= arm.start < end and _BESIDE.search(text, turn.end, arm.start)), None)
    if behind is not None:
        return behind.name
    start = max((cut.end() for cut in _BOUNDARY.finditer(text, 0, turn.start) if cut.group() not in _BRACKETS), default=0)
    before = [arm for arm in arms if start <= arm.start < turn.start]
    return before[-1].name if before else ""


def _length(text: str) -> int:
    cut = _BOUNDARY.search(text)
    return cut.start() if cut else len(text)


def against_numbers(
    claim: Sequence[Statistic],
    turned: Sequence[Turn],
    text: str,
    arms: Sequence[Arm],
    source: Sequence[Statistic],
    theirs: Sequence[Turn],
    words: str,
) -> tuple[str, str]:
    """The direction that a statement gives an arm and the source's two numbers that refute it; empty words when there are none.

    Only a statement without numbers is asked, of one arm, and only against a clause that has two counts or shares and no direction of its
    own.
    """
    ways = [turn for turn in turned if turn.axis == "quantity" and not turn.moot and not turn.negated]
    if not ways or len({turn.up for turn in ways}) > 1 or ways[-1].start - ways[0].end > 1 or claim:
        return "", ""
    first = min((turn.start for turn in theirs if turn.axis in _SIDED), default=None)
    told = [one for one in source if first is None or one.end < first]
    if first is not None and not _CLAUSE.search(words, told[-1].end if told else 0, first):
        return "", ""
    arm = _side(text, ways[0], arms)
    for one, other in _pairs(told, {mention.name for mention in arms}):
        if arm not in (one.arm, other.arm) or one.value is None or other.value is None or one.value == other.value:
            continue
        own, rival = (one.value, other.value) if one.arm == arm else (other.value, one.value)
        if (own > rival) != ways[0].up:
            return ways[0].text, f"{one.text} and {other.text}"
        return "", ""
    return "", ""


def _pairs(source: Sequence[Statistic], named: Set[str]) -> Iterator[tuple[Statistic, Statistic]]:
    """Numbers of the same kind and of two arms, the nearest first: of the two that are named, else neighbours."""
    told = [
        one
        for one in source
        if one.role is Role.POINT and one.arm and one.measure is Measure.NONE and one.unit in ("%", "person", "event", "")
    ]
    if len(named) == 2:
        told = [one for one in told if one.arm in named]
    for one, other in pairwise(told):
        if one.unit == other.unit and one.arm != other.arm and not (one.decimals and not one.unit):
            yield one, other


def other_agent(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) agents where a statement and its source have the same thing done by others."""
    for ours in _BY.finditer(claim):
        theirs = [one for one in _BY.finditer(source) if stems(one["verb"]) == stems(ours["verb"])]
        wanted = stems(ours["who"])
        if wanted and theirs and not any(_shares(wanted, one["who"]) for one in theirs):
            return ours["who"], theirs[0]["who"]
    return None


def _shares(wanted: Iterable[str], who: str) -> bool:
    held = frozenset(stems(who))
    return any(carried(stem, held) for stem in wanted)


def swapped_order(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) words where a statement puts second what the source puts first."""
    for ours in _ORDER.finditer(claim):
        first, second = _in_order(ours)
        for theirs in _ORDER.finditer(source):
            earlier, later = _in_order(theirs)
            if first & later and second & earlier and not first & earlier and not second & later:
                return ours.group().strip(), theirs.group().strip()
    return None


def _in_order(found: re.Match[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The content words of what came first, and of what came then."""
    one, other = (frozenset(stem for stem in stems(found[name]) if not is_free(stem)) for name in ("one", "other"))
    return (other, one) if found["after"] else (one, other)


def mixed_list(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) lists where a statement names together what the source names in two lists."""
    theirs = [_members(found.group()) for found in _LIST.finditer(source)]
    theirs = [one for one in theirs if len(one) > 2]
    for found in _LIST.finditer(claim):
        ours = _members(found.group())
        if len(ours) > 2 and len(theirs) > 1 and ours <= frozenset().union(*theirs) and not any(ours <= one for one in theirs):
            return found.group(), ", ".join(sorted(theirs[0]))
    return None


def _members(listed: str) -> frozenset[str]:
    """The names of a list; words that are too short to be names are no members."""
    return frozenset(one.casefold() for one in _LISTED.split(listed) if len(one) >= _SHORTEST_NAME)

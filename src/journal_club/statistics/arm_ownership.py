"""Arm ownership: which arm of a sentence each of its numbers belongs to.

Owns the rules, tried in this order: numbers in a list take the arms of the list behind or before them in turn; a number takes the arm it
stands beside; a number that a list goes on from shares the next one's arm; what is left takes the last arm of its clause.
"""

import re
from collections.abc import Sequence

from journal_club.statistics.layout import CONTRAST, WIDEST, Layout, NumberList, Span
from journal_club.statistics.units import DOSE

__all__ = ["arms_of"]

_MOST_WORDS = 9
_DOSED = rf"\d[\d.,]*\s?(?:{DOSE})\b(?:/\w+)?(?:\s(?:once|twice|three times))?(?:\s(?:daily|weekly|a day))?"
_DOSE = re.compile(_DOSED)
_SIZE = re.compile(r"\(\s?n\s?=\s?\Z", re.IGNORECASE)
_ARMS_LISTED = re.compile(
    rf"(?:,?\s{_DOSED})*(?:\s?\(\s?n\s?=\s?[\d,]+\s?\))?[\s)\]]*(?:groups?|arms?|patients)?"
    r"[\s,(]*(?:versus|vs\.?|v\.?|and|or|than|compared (?:with|to)|,|/)[\s(]*"
    r"(?:(?:for|in|with|by|those|the|to|of|receiving|on|patients|group|arm)\s){0,5}\s*\Z",
    re.IGNORECASE,
)
_SPLIT = re.compile(rf"{CONTRAST.pattern}|\b(?:and|or|respectively)\b|/", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?:in|with|for|among|during|under|receiving|received|on|of|by|from|to|taking|given|who|at|after|using)\b", re.IGNORECASE
)
_DIRECT = re.compile(r"(?:\s?(?:groups?|arms?)(?=\s?[(\[]))?[\s(\[:=,-]*(?:n|at|had|was|were|of)?[\s=:(\[]*\Z", re.IGNORECASE)
_BRACKET = re.compile(r"\s?(?:%|(?:[\w/]{1,10}\s?){1,2})?\s?[(\[]\s?(?:in\s|for\s|with\s)?(?:the\s)?\Z", re.IGNORECASE)
_OPENS = re.compile(r"[^()\[\]]{0,80}[(\[][^()\[\]]{0,80}\Z")
_MATE = re.compile(r"\s*(?:[\w-]+\s+){0,3}[(\[]\s*(?:n\s?=\s?)?\Z|\s*[,=]\s*\Z")
_MATE_END = re.compile(r"\s?(?:%|percent|per cent|\d[\d./]{0,12})?\s?(?:[)\]]|[;,])")
_NOBODYS = re.compile(r"\btotal of\s+\Z|\boverall,?\s+\Z|\A\s*(?:among|of)\s(?:the\s|these\s|all\s)?\s*\Z", re.IGNORECASE)
_OF_DOSE = re.compile(
    r"\s?%?\)?\s?(?:patients\s|participants\s|subjects\s)?(?:(?:on|with|for|at|in|receiving)\s(?:the\s)?|\()"
    rf"\d[\d.,]*\s?(?:{DOSE}|kcal)\b"
    r"(?!\s?(?:/\w+\s)?(?:of\s)?[A-Za-z]{4,}(?<!daily)(?<!twice)(?<!once)(?<!dose)(?<!group))",
    re.IGNORECASE,
)
"""A number of those on one dose, "12.4% on 300 mg/day", is of no arm that is named elsewhere."""
_OF_OTHER = re.compile(
    r"\s?%?\)?\s?(?:patients\s|participants\s|infants\s|women\s)?(?:with|on|under|receiving|taking)\s(?:the\s)?[\w-]+(?:\s[\w-]+)?(?:,\s(?=\d)|\sand\s\d)",
    re.IGNORECASE,
)
_TO, _FROM = re.compile(r"\bto\s\Z"), re.compile(r"\bfrom\s[^.;]{1,40}\Z")
"""In "from 17% with placebo to 13.9%" the last number is the other arm's."""
_BASELINE = re.compile(r"\b(?:at )?base ?line\b", re.IGNORECASE)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_NEAR = 14
_REACH = 30
_AGAINST = re.compile(
    r"\b(?:relative to|compared (?:with|to)|than|versus|vs\.?|against|over)\s(?:with\s|in\s|the\s|that\s){0,3}\Z", re.IGNORECASE
)
"""What is named behind these is compared with, and has the second number."""
_CLOSE = 2
_LISTED = re.compile(r"(?: group| arm)?,\s")
"""How a list goes on behind an arm: "not reached with A, 47.9 weeks with B"."""


def arms_of(layout: Layout) -> list[Span | None]:
    """The arm of every number, None where no rule finds one."""
    found: list[Span | None] = [None] * len(layout.numbers)
    if not layout.arms:
        return found
    settled = {
        place
        for place, number in enumerate(layout.numbers)
        if _NOBODYS.search(layout.text, _from(number), number.start) or _is_of_other(layout, number)
    }
    for run in layout.runs:
        _list_by_list(layout, run, found, settled)
    for place in range(len(found)):
        if place not in settled and (arm := _beside(layout, place)) is not None:
            found[place] = arm
            settled.add(place)
    _share(layout, found, settled)
    return found


def _is_of_other(layout: Layout, number: Span) -> bool:
    """Whether a number is said to be of something that is no known arm: "12.4% on 300 mg/day", "14 with goggles, 9 with ..."."""
    if _OF_DOSE.match(layout.text, number.end):
        return True
    found = _OF_OTHER.match(layout.text, number.end)
    at = layout.arms_before(number.end)
    return found is not None and not (at < len(layout.arms) and layout.arms[at].start < found.end())


def _from(number: Span) -> int:
    return max(0, number.start - _NEAR)


def _list_by_list(layout: Layout, run: Sequence[int], found: list[Span | None], settled: set[int]) -> None:
    """Numbers in a list get the arms of the list behind them, else those named before, in order."""
    lists = [one for one in layout.lists(run) if not any(_OF_DOSE.match(layout.text, layout.numbers[place].end) for place in one.places)]
    behind = _arms_behind(layout, run[-1]) if lists else []
    for one in lists:
        count = len(one.places)
        if behind and count % len(behind) == 0:
            owning: Sequence[Span | None] = behind * (count // len(behind))
        elif behind and count > len(behind):
            owning = [None] * count
        elif _beside(layout, one.places[-1]) is not None or _names_each(layout, one):
            continue
        else:
            owning = _named_before(layout, one)
        for place, arm in zip(one.places, owning, strict=False):
            found[place] = arm
            settled.add(place)


def _names_each(layout: Layout, numbers: NumberList) -> bool:
    """Whether the list's first number stands in the brackets of its own arm: "X (1038) and Y (1023), 595 older"."""
    before = _preceding(layout, numbers.places[0])
    if numbers.contrast or before is None or before[1]:
        return False
    if not _RESPECTIVELY.search(layout.text, end := layout.numbers[numbers.places[-1]].end, end + WIDEST):
        return True
    at = layout.arms.index(before[0])
    return not at or not _ARMS_LISTED.fullmatch(layout.gap(layout.arms[at - 1].end, before[0].start))


def _arms_behind(layout: Layout, place: int) -> list[Span]:
    """The list of arms that follows a number directly: "for X and Y"."""
    end = layout.numbers[place].end
    further = (
        one.start
        for one in layout.numbers[place + 1 :]
        if not _DOSE.match(layout.text, one.start) and not _SIZE.search(layout.text, 0, one.start)
    )
    limit = next(further, len(layout.text))
    first = layout.arms_before(end)
    following = [arm for arm in layout.arms[first : first + 4] if arm.end <= limit]
    if not following or following[0].start - end > WIDEST:
        return []
    gap = layout.gap(end, following[0].start)
    if _SPLIT.search(gap) or len(gap.split()) > _MOST_WORDS:
        return []
    kept = following[:1]
    for arm in following[1:]:
        if not _ARMS_LISTED.fullmatch(between := layout.gap(kept[-1].end, arm.start)):
            break
        kept += [kept[-1]] * (len(_DOSE.findall(between)) - 1)
        kept.append(arm)
    return kept if len({arm.name for arm in kept}) > 1 else []


def _named_before(layout: Layout, numbers: NumberList) -> Sequence[Span | None]:
    """The last arms named before a list, in the order of their mention; where one is named, the other may stand behind."""
    count = len(numbers.places)
    start = layout.numbers[numbers.places[0]].start
    at = layout.arms_before(start)
    before = layout.arms[max(0, at - _MOST_WORDS) : at]
    here = [arm for arm in before if layout.clause(arm.start) == layout.clause(start)]
    if len({arm.name for arm in here}) == 1 and numbers.contrast:
        before = here
    named: dict[str, Span] = {}
    for arm in reversed(before):
        if len(named) < count:
            named.setdefault(arm.name, arm)
    ordered = sorted(named.values(), key=lambda arm: arm.start)
    if len(ordered) == count:
        return ordered
    if len(ordered) != 1 or count > 2 or not numbers.contrast:
        return []
    rest = {arm.name: arm for arm in layout.arms[max(0, at - _MOST_WORDS) : at + _MOST_WORDS] if arm.name not in named}
    other = next(iter(rest.values())) if len(rest) == 1 else None
    against = _AGAINST.search(layout.text, max(0, ordered[0].start - _REACH), ordered[0].start)
    return [other, *ordered] if against else [*ordered, other]


def _beside(layout: Layout, place: int) -> Span | None:
    """The arm that a number stands beside: "11% with X", "X (11%)", "X had 11%"."""
    after, before = _following(layout, place), _preceding(layout, place)
    if after is None or before is None:
        return after[0] if after else before[0] if before else None
    if before[1] == 0:
        return after[0] if after[1] <= _CLOSE and _LISTED.match(layout.text, before[0].end) else before[0]
    return after[0] if after[1] <= before[1] + 2 else before[0]


def _following(layout: Layout, place: int) -> tuple[Span, int] | None:
    """The next arm and how many words stand before it."""
    end = layout.numbers[place].end
    at = layout.arms_before(end)
    if at >= len(layout.arms) or (place + 1 < len(layout.numbers) and layout.numbers[place + 1].start < layout.arms[at].start):
        return None
    arm = layout.arms[at]
    gap = layout.gap(end, arm.start)
    words = gap.split()
    if arm.start - end > WIDEST or _SPLIT.search(gap) or len(words) > _MOST_WORDS or _BASELINE.search(gap):
        return None
    bare = not gap.strip(" )]%") or _BRACKET.fullmatch(layout.text[end : arm.start])
    return (arm, len(words)) if bare or _PREPOSITION.search(gap) else None


def _preceding(layout: Layout, place: int) -> tuple[Span, int] | None:
    """The last arm and how many words stand after it, 0 for "X (11%"."""
    start = layout.numbers[place].start
    at = layout.arms_before(start)
    if not at or (place and layout.numbers[place - 1].end > layout.arms[at - 1].end):
        return None
    arm = layout.arms[at - 1]
    gap = layout.gap(arm.end, start)
    if start - arm.end > WIDEST or _SPLIT.search(gap) or (_TO.search(gap) and _FROM.search(layout.text, 0, arm.start)):
        return None
    return arm, 0 if _DIRECT.fullmatch(gap) else len(gap.split())


def _share(layout: Layout, found: list[Span | None], settled: set[int]) -> None:
    for place in range(len(found) - 2, -1, -1):
        following = found[place + 1]
        if place not in settled and following is not None and following.start > layout.numbers[place + 1].end and _goes_on(layout, place):
            found[place] = following
            settled.add(place)
    for place in range(len(found)):
        if place in settled:
            continue
        found[place] = found[place - 1] if place and _is_mate(layout, place) else _of_clause(layout, place)


def _is_mate(layout: Layout, place: int) -> bool:
    """Whether it stands in brackets behind the number before it, as its share: "31 deaths (55%)"."""
    return _MATE.fullmatch(layout.gap(layout.numbers[place - 1].end, layout.numbers[place].start)) is not None


def _goes_on(layout: Layout, place: int) -> bool:
    """Whether the list goes on to the next number with no arm between: "22% and, in 9%, fatigue, on X"."""
    one, other = layout.numbers[place], layout.numbers[place + 1]
    gap = layout.gap(one.end, other.start)
    if other.start - one.end > WIDEST or layout.arms_before(one.end) != layout.arms_before(other.start):
        return False
    if CONTRAST.search(gap) or _BASELINE.search(gap):
        return False
    return not _OPENS.fullmatch(layout.text[one.end : other.start]) or _MATE_END.match(layout.text, other.end) is not None


def _of_clause(layout: Layout, place: int) -> Span | None:
    start = layout.numbers[place].start
    at = layout.arms_before(start)
    if not at or CONTRAST.search(gap := layout.gap(layout.arms[at - 1].end, start)):
        return None
    if _TO.search(gap) and _FROM.search(layout.text, 0, layout.arms[at - 1].start):
        return None
    return layout.arms[at - 1]

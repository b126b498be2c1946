"""Counting: counts, totals and shares that one sentence puts beside one another.

Owns the rules for n/N and its percentage, arms that sum to a total, differences of two shares, numbers needed to treat, and the
direction of a ratio in words. Arithmetic is `arithmetic`'s.
"""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from journal_club.statistics.arithmetic import Range, exceeds, percentage
from journal_club.statistics.consistency.discrepancy import Discrepancy, Place, in_order, place_of, place_of_result
from journal_club.statistics.consistency.qualifiers import PLANNED, qualifiers
from journal_club.statistics.consistency.results import Result, Sentence, range_of, results_of
from journal_club.statistics.statistic import Measure, Operator, Role, Statistic

__all__ = ["counting_discrepancies", "randomized_parts"]

_BESIDE = re.compile(r"\s?(?:[A-Za-z-]+\s){0,3}?[(\[,;:]\s?(?:(?:about|approximately|roughly|around|nearly)\s|~\s?)?", re.IGNORECASE)
_ABOUT = 2.5
"""Percentage points by which "about 21%" may miss what it stands for."""
_OF_ANOTHER = re.compile(r"\s?(?:%|per ?cent)\s(?:of|in)\s(?:the|those|each)\b", re.IGNORECASE)
_INSIDE = re.compile(r"\s?(?:%|per ?cent)?\s?[(\[]\s?(?:n\s?=\s?)?")
_RANDOMIZED = re.compile(r"\b(?:randomi[sz]ed|allocated|assigned|randomi[sz]ation)\b", re.IGNORECASE)
_TO_AN_ARM = re.compile(
    r"\s?(?:\([\d.]+%?\)\s)?(?:(?:patients?|participants?|subjects?|women|men|children|people|adults|were|was|in|into|randomi[sz]ed|assigned"
    r"|allocated|randomly|received|receiving|each|for|the)\s){0,5}(?:to|for|in|received|receiving|assigned)\b",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    r"\b(?:exclu\w+|withdr\w+|dropp\w+|lost|complet\w+|analy[sz]ed|discontinu\w+|of whom|declin\w+|cross(?:ed)? ?over|screened|eligible)\b",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    r"\s(?:[a-z-]+\s){0,2}?(?:(?:who|that)\s(?:were|was|had\sbeen)\s)?(?:randomly\s)?(?:assigned|allocated|randomi[sz]ed)\s(?:to|for)\b",
    re.IGNORECASE,
)
"""Those who were assigned, of whom something is told: "89 children assigned to azithromycin went through"."""
_ITS_SHARE = re.compile(r"[^.;()\d]{0,50}\(\s?(?P<share>\d{1,3}(?:\.\d+)?)\s?%\s?\)")
_HUNDRED = 100
_ABSOLUTE = re.compile(r"\b(?:absolute (?:risk )?(?:reduction|difference|increase)|risk difference|ARR)\b[^.;]{0,50}\Z", re.IGNORECASE)
_NEAR = 80
_NEEDED = re.compile(r"\b(?:numbers? needed to (?:treat|harm)|NNTs?|NNH)\b[^.;\d]{0,40}?(?P<n>\d{1,5}(?:\.\d+)?)(?![\d.]*\s?%)")
_LESS = re.compile(
    r"\b(?:reduc\w+|lower\w*|decreas\w+|fewer|less) (?:(?!or |and )\w+ ){0,3}?"
    r"(?:risks?|hazards?|odds|rates?|mortality|deaths?|incidence|likelihood)\b"
    r"|\b(?:risks?|hazard|odds|rates?|mortality|incidence) (?:\w+ ){0,6}?(?:was|were) (?:\w+ )?(?:lower|reduced|decreased)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:increas\w+|higher|greater|elevated) (?:(?!or |and )\w+ ){0,3}?"
    r"(?:risks?|hazards?|odds|rates?|mortality|deaths?|incidence|likelihood)\b"
    r"|\b(?:risks?|hazard|odds|rates?|mortality|incidence) (?:\w+ ){0,6}?(?:was|were) (?:\w+ )?(?:higher|increased|greater|elevated)\b",
    re.IGNORECASE,
)
_BETTER = re.compile(
    r"\b(?:improv\w+|prolong\w+|longer|better|superior|benefit\w*|advantage)\b(?: \w+){0,4}? (?:survival|OS|PFS|DFS|EFS)\b"
    r"|\b(?:survival|OS|PFS|DFS|EFS)\b\)?(?: \w+){0,4}? (?:improved|prolonged|longer|better|superior|benefit|advantage)\b"
)
_WORSE = re.compile(
    r"\b(?:short\w+|worse\w*|reduc\w+|decreas\w+|inferior|poorer)\b(?: \w+){0,4}? (?:survival|OS|PFS|DFS|EFS)\b"
    r"|\b(?:survival|OS|PFS|DFS|EFS)\b\)?(?: \w+){0,4}? (?:shorter|shortened|worse|worsened|reduced|decreased|inferior|poorer)\b"
)
_TURNS = re.compile(r"\b(?:than|control|placebo|comparator|usual care|standard|versus|vs)\b", re.IGNORECASE)
_OR_MORE = re.compile(r"\s?(?:%|per ?cent)\s(?:or|and)\s(?:more|less|greater|above|below|higher|over)\b", re.IGNORECASE)
"""A threshold is no share: "a gain of 7% or more"."""
_ONE = Range(low=1.0, high=1.0)
_FEWEST_ARMS = 2
_WIDEST_LIST = 120


def counting_discrepancies(sentence: Sentence) -> Iterator[Discrepancy]:
    """What a sentence's counts and shares refute of one another."""
    yield from _shares(sentence)
    yield from _sums(sentence)
    yield from _differences(sentence)
    yield from _directions(sentence)


def randomized_parts(sentence: Sentence) -> tuple[Statistic, ...]:
    """The counts of a sentence that it assigns to arms, two or more; none where it does not say that they were assigned."""
    if not _RANDOMIZED.search(sentence.text):
        return ()
    named = [one for one in sentence.statistics if one.measure is Measure.COUNT and not one.decimals]
    found = named or [one for one in sentence.statistics if _is_count(one) and _TO_AN_ARM.match(sentence.text, one.end)]
    found = [one for one in found if _brackets_around(sentence, one) <= _brackets_around(sentence, found[0])]
    listed = found[:1]
    for one, other in pairwise(found):
        between = sentence.text[one.end : other.start]
        if len(between) > _WIDEST_LIST or ";" in between:
            break
        listed.append(other)
    return tuple(listed) if len(listed) >= _FEWEST_ARMS and not _are_events(sentence, listed) else ()


def _are_events(sentence: Sentence, listed: Sequence[Statistic]) -> bool:
    """Whether counts are of what befell some of each arm, and not the arms: nobody else was counted before, or shares of arms stand beside.

    The arms' own shares of all make a hundred, give or take their rounding: "208 (49.6%) to A and 211 (50.4%) to B".
    """
    first = listed[0]
    counted_before = any(one.unit == "person" and one.start < first.start for one in sentence.statistics)
    if not counted_before and _DESCRIBED.match(sentence.text, first.end):
        return True
    shares = [float(found["share"]) for one in listed if (found := _ITS_SHARE.match(sentence.text, one.end))]
    return len(shares) == len(listed) and abs(sum(shares) - _HUNDRED) > len(listed)


def _brackets_around(sentence: Sentence, one: Statistic) -> int:
    """In how many brackets a number stands: "208 to A (196 received it)" tells something of an arm, and no other arm."""
    before = sentence.text[: one.start]
    return sum(before.count(sign) for sign in "([") - sum(before.count(sign) for sign in ")]")


def _shares(sentence: Sentence) -> Iterator[Discrepancy]:
    for part, whole, share in _triples(sentence):
        if not whole.value or part.value is None or share.value is None or share.operator not in (Operator.EQUAL, Operator.ABOUT):
            continue
        exact, near = percentage(part.value, whole.value), range_of(share)
        if share.operator is Operator.ABOUT:
            near = Range(low=near.low - _ABOUT, high=near.high + _ABOUT)
        unit = near.high - near.low
        # Some truncate.
        if Range(low=near.low, high=near.high + unit / 2).holds(exact):
            continue
        places = [place_of(sentence, one) for one in (part, whole, share)]
        whole_place = Place(
            sentence=sentence, start=min(one.start for one in places), end=max(one.end for one in places), value=f"{share.text}%"
        )
        yield Discrepancy(
            kind="percentage",
            refuted=whole_place,
            places=(whole_place,),
            explanation=f"{part.text} of {whole.text} is not {share.text}%.",
            arithmetic=f"{part.text}/{whole.text} = {exact:.{share.decimals + 1}f}%",
            certain=abs(exact - float(share.value)) > unit,
        )


def _triples(sentence: Sentence) -> Iterator[tuple[Statistic, Statistic, Statistic]]:
    """A count, its total and its share, in each order in which they are written."""
    text, found = sentence.text, [one for one in sentence.statistics if one.role is Role.POINT]
    for one, two, three in zip(found, found[1:], found[2:], strict=False):
        if two.measure is Measure.TOTAL and one.measure is not Measure.IDENTIFIER and _is_share(three):
            if _BESIDE.fullmatch(text, two.end, three.start) and not _OF_ANOTHER.match(text, three.end):
                yield one, two, three
        elif three.measure is Measure.TOTAL and _is_share(one) and _INSIDE.fullmatch(text, one.end, two.start):
            yield two, three, one


def _is_share(statistic: Statistic) -> bool:
    return statistic.unit == "%" and statistic.measure is Measure.NONE


def _is_count(statistic: Statistic) -> bool:
    kinds = {Measure.NONE, Measure.COUNT, Measure.TOTAL}
    return (
        statistic.role is Role.POINT
        and statistic.measure in kinds
        and statistic.value is not None
        and not statistic.decimals
        and statistic.unit in ("", "person")
        and statistic.certain
    )


def _sums(sentence: Sentence) -> Iterator[Discrepancy]:
    """Arms that were assigned, against the total that stands before them."""
    parts = randomized_parts(sentence)
    if not parts or _NOT_ALL.search(sentence.text) or PLANNED in qualifiers(sentence.text):
        return
    total = next((one for one in reversed(sentence.statistics) if _is_count(one) and one.start < parts[0].start), None)
    values = [part.value for part in parts if part.value is not None]
    if total is None or total.value is None or total.unit != "person" or total.value <= max(values) or sum(values) == total.value:
        return
    names = " + ".join(part.text for part in parts)
    yield Discrepancy(
        kind="sum_of_arms",
        refuted=None,
        places=in_order([place_of(sentence, one) for one in (total, *parts)]),
        explanation=f"The arms do not sum to the total of {total.text}.",
        arithmetic=f"{names} = {sum(values)}",
        certain=sum(values) > total.value,
    )


def _differences(sentence: Sentence) -> Iterator[Discrepancy]:
    """A stated difference of two shares, and the number needed to treat that follows from either."""
    if qualifiers(sentence.text) & {"adjusted", "unadjusted", PLANNED}:
        return
    shares = [one for one in sentence.statistics if _is_share(one) and one.role is Role.POINT and one.value is not None]
    stated = next((one for one in sentence.statistics if _is_absolute(sentence, one)), None)
    shares = [one for one in shares if one is not stated and not _OR_MORE.match(sentence.text, one.end)]
    gap = _gap(range_of(shares[0]), range_of(shares[1])) if len(shares) == _FEWEST_ARMS else None
    if stated is not None and gap is not None:
        yield from _difference(sentence, stated, shares, gap)
    yield from _needed(sentence, range_of(stated) if stated is not None else gap)


def _is_absolute(sentence: Sentence, statistic: Statistic) -> bool:
    """Whether it is a difference of two shares: "an absolute risk reduction of 3.5%"."""
    if statistic.unit != "%" or statistic.role is not Role.POINT or not statistic.value:
        return False
    return (
        statistic.measure is Measure.DIFFERENCE
        or _ABSOLUTE.search(sentence.text[max(0, statistic.start - _NEAR) : statistic.start]) is not None
    )


def _difference(sentence: Sentence, stated: Statistic, shares: Sequence[Statistic], gap: Range) -> Iterator[Discrepancy]:
    if range_of(stated).meets(gap) or range_of(stated).meets(Range(low=-gap.high, high=-gap.low)):
        return
    place = place_of(sentence, stated)
    yield Discrepancy(
        kind="difference",
        refuted=place,
        places=in_order([place, *(place_of(sentence, share) for share in shares)]),
        explanation=f"The difference of {shares[0].text}% and {shares[1].text}% is not {stated.text} percentage points.",
        arithmetic=f"{gap.low:.2f} to {gap.high:.2f} percentage points",
        certain=True,
    )


def _needed(sentence: Sentence, risk: Range | None) -> Iterator[Discrepancy]:
    found = _NEEDED.search(sentence.text)
    if found is None or risk is None:
        return
    least, most = sorted((abs(risk.low), abs(risk.high)))
    if least <= 0 or Range(low=math.floor(100 / most), high=math.ceil(100 / least)).holds(float(found["n"])):
        return
    place = Place(sentence=sentence, start=found.start(), end=found.end(), value=found.group())
    yield Discrepancy(
        kind="number_needed",
        refuted=place,
        places=(place,),
        explanation=f"The difference in the same sentence gives a number needed to treat other than {found['n']}.",
        arithmetic=f"100 / {least:.2f} to 100 / {most:.2f} = {100 / least:.1f} to {100 / most:.1f}",
        certain=True,
    )


def _directions(sentence: Sentence) -> Iterator[Discrepancy]:
    """The one ratio of a sentence against the one direction that its words give the risk."""
    ratios = [one for one in results_of(sentence) if one.ratio and one.interval is not None]
    # Longer survival is a lower hazard; a sentence's odds ratio is of something else that it names.
    of_survival = any(one.point is not None and one.point.measure is Measure.HAZARD_RATIO for one in ratios)
    less = _LESS.search(sentence.text) or (_BETTER.search(sentence.text) if of_survival else None)
    more = _MORE.search(sentence.text) or (_WORSE.search(sentence.text) if of_survival else None)
    if len(ratios) != 1 or (less is None) == (more is None) or _NOT_ALL.search(sentence.text):
        return
    result, word = ratios[0], less or more
    above = _is_above(result)
    if word is None or above is None or above == (more is not None) or _TURNS.search(sentence.text, word.end()):
        return
    place = place_of_result(result)
    yield Discrepancy(
        kind="direction",
        refuted=place,
        places=(place,),
        explanation=f"The words say “{word.group()}”, and the ratio with its interval lies {'above' if above else 'below'} 1.",
        certain=False,
    )


def _is_above(result: Result) -> bool | None:
    """Whether the whole interval is above 1; None where it holds 1."""
    if result.interval is None:
        return None
    lower, upper = result.interval
    return True if exceeds(lower, _ONE) else False if exceeds(_ONE, upper) else None


def _gap(one: Range, other: Range) -> Range:
    ends = (abs(one.low - other.high), abs(one.high - other.low))
    return Range(low=0.0 if one.meets(other) else min(ends), high=max(ends))

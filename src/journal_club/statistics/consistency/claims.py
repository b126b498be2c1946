"""Claims: what a paper says in words of numbers that it gives elsewhere.

Owns "a 57% reduction in the risk" against the ratio of the same endpoint, the size of the trial against its arms and its sample, the
length of follow-up, the events of an arm against its size, and noninferiority against its margin.
"""

import re
from collections.abc import Iterator, Sequence

from journal_club.statistics.arithmetic import Range, exceeds
from journal_club.statistics.consistency.comparison import agree
from journal_club.statistics.consistency.counting import randomized_parts
from journal_club.statistics.consistency.discrepancy import Discrepancy, Place, in_order, place_of, place_of_result
from journal_club.statistics.consistency.qualifiers import is_plain
from journal_club.statistics.consistency.reductions import change_by, raises, reductions_of_rates, sum_of_change
from journal_club.statistics.consistency.results import Result, Sentence, lowers, range_of, results_of
from journal_club.statistics.statistic import Measure, Role, Statistic

__all__ = ["claimed_discrepancies"]

_ENROLLED = re.compile(
    r"\b(?:randomi[sz]ed|enrol?led|were assigned|underwent randomi[sz]ation|were allocated|recruited|were included|(?:trial|study) of)\b",
    re.IGNORECASE,
)
_RANDOMIZED = re.compile(r"\brandomi[sz](?:ed|ation)\b", re.IGNORECASE)
_NOT_THE_SAMPLE = re.compile(
    r"\b(?:exclu\w+|withdr\w+|screened|eligible|complet\w+|analy[sz]ed|received|per arm|per group|each|to (?:the )?[\w-]+ (?:group|arm))\b"
    r"|\b(?:after|once|until|before|when|first|last|another|further|additional)\s(?:the\s)?(?:first\s|last\s)?\d",
    re.IGNORECASE,
)
_MARGIN = re.compile(r"\bmargin\b(?P<between>[^.;\d]{0,60}?)[-−–]?(?P<value>\d)", re.IGNORECASE)
_BESIDE_MARGIN = re.compile(r"\b(?:met|reached|exceed\w*|cross\w*|satisfied|achieved)\b|,\sat\b", re.IGNORECASE)
"""What makes a number behind "margin" a result that is held to it."""
_NONINFERIORITY = re.compile(r"\bnon-?\s?inferior", re.IGNORECASE)
_NEAR = 60
_LEAST_RATIO, _MOST_RATIO = 0.5, 2.0
"""Between which a number without a unit is a margin of a ratio."""
_NOT_SHOWN = re.compile(
    r"\b(?:not|failed|fails|could not|cannot|did not|was not|neither)\b[^.;]{0,40}\bnon-?\s?inferior|"
    r"\bnon-?\s?inferiority\b[^.;]{0,40}\b(?:not (?:met|shown|established|demonstrated|achieved|confirmed|reached)|failed|missed)\b",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"\b(?:was|were|is|proved|found to be|demonstrated|showed|established|confirmed|met|achieved)\b[^.;]{0,40}\bnon-?\s?inferior|"
    r"\bnon-?\s?inferiority\b[^.;]{0,40}\b(?:was|were|is)?\s?(?:met|shown|established|demonstrated|achieved|confirmed|reached)\b",
    re.IGNORECASE,
)


def claimed_discrepancies(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """What claims in words are refuted by the numbers of another place, or of their own."""
    yield from _reductions(sentences)
    yield from _samples(sentences)
    yield from _follow_up(sentences)
    yield from _margins(sentences)


def _reductions(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    ratios = [result for sentence in sentences for result in results_of(sentence) if result.ratio and is_plain(sentence.text)]
    for sentence in sentences:
        for claim in sentence.statistics:
            if _is_reduction(sentence, claim) and claim.value is not None and claim.endpoint and is_plain(sentence.text):
                if _is_of_rates(sentence, claim, sentences):
                    continue
                yield from _reduction(sentence, claim, [one for one in ratios if one.sentence.subject == sentence.subject])


def _is_of_rates(sentence: Sentence, claim: Statistic, sentences: Sequence[Sentence]) -> bool:
    """Whether two groups' rates of the same thing give the reduction: half the patients relapsed, whatever their hazard."""
    return any(
        range_of(claim).meets(value)
        for one in sentences
        if one.subject == sentence.subject and any(other.endpoint == claim.endpoint for other in one.statistics)
        for value in reductions_of_rates(one)
    )


def _is_reduction(sentence: Sentence, claim: Statistic) -> bool:
    """Whether it is a relative reduction: by name, or "lowered the recurrence by 45%"."""
    return claim.measure is Measure.REDUCTION or lowers(sentence, claim)


def _reduction(sentence: Sentence, claim: Statistic, ratios: Sequence[Result]) -> Iterator[Discrepancy]:
    same = [one for one in ratios if one.point is not None and one.point.endpoint == claim.endpoint and one.point.value is not None]
    raised = raises(sentence, claim)
    if not same or any(_follows(claim, one, raised=raised) for one in same):
        return
    others = [one for one in ratios if one not in same and one.point is not None and one.point.value is not None and one.point.endpoint]
    others = [one for one in others if one.point is not None and one.point.value is not None and one.point.value < 1]
    best = next((one for one in same if one.sentence.own), same[0])
    named = _once(best, *(one for one in others if one.sentence.own))[:2]
    sums = [f"{sum_of_change(one.point, raised=raised)} for {one.point.endpoint}" for one in named if one.point is not None]
    place = place_of(sentence, claim)
    yield Discrepancy(
        kind="reduction",
        refuted=place,
        places=in_order([place, place_of_result(best)]),
        supported=place_of_result(best),
        explanation=(
            f"{'An increase' if raised else 'A reduction'} of {claim.text}% "
            f"does not follow from the {best.point.label if best.point else 'ratio'}: " + ", nor is it ".join(sums) + "."
        ),
        arithmetic="; ".join(sums),
        certain=True,
    )


def _follows(claim: Statistic, result: Result, *, raised: bool) -> bool:
    """Whether a percentage follows from a ratio; words of raising beside it may be of the other group, so that either way will do."""
    near = None if result.point is None else range_of(result.point)
    return near is not None and any(range_of(claim).meets(change_by(near, raised=way)) for way in {False, raised})


def _once(*results: Result) -> list[Result]:
    """Each endpoint's first result."""
    kept: dict[str, Result] = {}
    for one in results:
        if one.point is not None:
            kept.setdefault(one.point.endpoint, one)
    return list(kept.values())


def _samples(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """The trial's size on the card against what its sentences say were enrolled, in all or by arms."""
    card = next((one for sentence in sentences if sentence.field == "sample" for one in sentence.statistics if _is_whole(one)), None)
    home = next((sentence for sentence in sentences if sentence.field == "sample"), None)
    if card is None or home is None or card.value is None:
        return
    stated = [(sentence, one) for sentence in sentences if sentence is not home for one in _totals(sentence)]
    summed = [
        (sentence, parts)
        for sentence in sentences
        if not sentence.subject
        and is_plain(sentence.text)
        and (parts := randomized_parts(sentence))
        and len({part.arm for part in parts}) > 1
    ]
    differing = [(sentence, one) for sentence, one in stated if not range_of(one).meets(range_of(card))]
    agreeing = len(stated) > len(differing)
    if agreeing:
        # Where one place agrees with the card, only a number of the randomized is another number of the same people.
        differing = [(sentence, one) for sentence, one in differing if _RANDOMIZED.search(sentence.text)]
    for sentence, one in {one.value: (sentence, one) for sentence, one in reversed(differing)}.values():
        text = f"The sample is {card.text} in one place and {one.text} in another."
        yield _two_places("sample_size", (home, card), (sentence, one), text)
    for sentence, parts in summed[:1]:
        total = sum(part.value for part in parts if part.value is not None)
        if total != card.value and not stated:
            yield Discrepancy(
                kind="sum_of_arms",
                refuted=None,
                places=in_order([place_of(home, card), *(place_of(sentence, part) for part in parts)]),
                explanation=f"The arms do not sum to the sample of {card.text}.",
                arithmetic=" + ".join(part.text for part in parts) + f" = {total}",
                certain=total > card.value,
            )


def _totals(sentence: Sentence) -> list[Statistic]:
    """Numbers of people that a sentence says were enrolled in all."""
    if sentence.subject or (not sentence.own and not is_plain(sentence.text)):
        return []
    if not _ENROLLED.search(sentence.text) or _NOT_THE_SAMPLE.search(sentence.text) or not is_plain(sentence.text):
        return []
    parts = randomized_parts(sentence)
    return [one for one in sentence.statistics if _is_whole(one) and one.unit == "person" and one not in parts][:1]


def _is_whole(statistic: Statistic) -> bool:
    return statistic.value is not None and not statistic.decimals and statistic.role is Role.POINT and statistic.unit in ("person", "")


def _follow_up(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """The duration on the card against the median follow-up of the sentences."""
    home = next((sentence for sentence in sentences if sentence.field == "duration" and "median" in sentence.text.casefold()), None)
    card = next((one for one in home.statistics if one.value is not None), None) if home is not None else None
    if home is None or card is None:
        return
    said = [
        (sentence, one)
        for sentence in sentences
        for one in sentence.statistics
        if one.endpoint == "follow-up" and one.measure is Measure.MEDIAN and one.value is not None and one.role is Role.POINT
        if one.unit and not sentence.subject and is_plain(sentence.text) and sentence is not home
    ]
    if said and not any(agree(card, one) for _, one in said):
        sentence, one = said[0]
        text = f"The median follow-up is {card.text} {card.unit}s in one place and {one.text} {one.unit}s in another."
        yield _two_places("follow_up", (home, card), (sentence, one), text)


def _margins(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """A claim of noninferiority against the interval of its sentence and the margin of the paper."""
    margins = [one for sentence in sentences if not sentence.subject for one in _stated_margins(sentence)]
    for sentence in sentences if margins else ():
        claimed = False if _NOT_SHOWN.search(sentence.text) else True if _SHOWN.search(sentence.text) else None
        results = [one for one in results_of(sentence) if one.interval is not None and one.compares]
        if claimed is None or len(results) != 1 or sentence.subject:
            continue
        fitting = [(margin, stated) for margin, stated in margins if _is_of_its_scale(margin, results[0])]
        if len({margin.value for margin, _ in fitting}) == 1 and _is_within(results[0], fitting[0][0]) is (not claimed):
            yield _beside_margin(results[0], *fitting[0], side="not within" if claimed else "within")


def _stated_margins(sentence: Sentence) -> Iterator[tuple[Statistic, Place]]:
    """The margins of noninferiority that a sentence states, each with its place; a surgeon's is none."""
    for found in _MARGIN.finditer(sentence.text):
        if _BESIDE_MARGIN.search(found["between"]):
            continue
        if not _NONINFERIORITY.search(sentence.text, max(0, found.start() - _NEAR), found.end() + _NEAR):
            continue
        for one in sentence.statistics:
            alone = all(other is one or other.group != one.group for other in sentence.statistics)
            if one.start <= found.start("value") < one.end and one.value is not None and alone:
                place = place_of(sentence, one)
                value = sentence.text[found.start() : place.end]
                yield one, Place(sentence=sentence, start=found.start(), end=place.end, value=value)


def _is_of_its_scale(margin: Statistic, result: Result) -> bool:
    """Whether a margin and a result have one scale: percentage points are of no ratio, and a bare 1.3 is of nothing else."""
    if margin.value is None or result.point is None:
        return False
    if result.ratio:
        of_a_ratio = _LEAST_RATIO <= margin.value <= _MOST_RATIO and margin.value != 1
        return not margin.unit and of_a_ratio and margin.measure in (Measure.NONE, result.point.measure)
    return bool(margin.unit) and margin.unit == result.point.unit


def _is_within(result: Result, margin: Statistic) -> bool | None:
    """Whether an interval keeps to a margin; None where rounding, or the side that counts, leaves it open."""
    if result.interval is None or margin.value is None:
        return None
    (lower, upper), size = result.interval, abs(float(margin.value))
    limit = Range(low=size, high=size)
    if result.ratio:
        over = exceeds(upper, limit) if size > 1 else exceeds(limit, lower)
        return None if over is None else not over
    below = exceeds(Range(low=-size, high=-size), lower)
    # A margin below the null is the lower bound's.
    above = below if margin.value < 0 else exceeds(upper, limit)
    return None if above is None or above != below else not below


def _beside_margin(result: Result, margin: Statistic, stated: Place, *, side: str) -> Discrepancy:
    place = place_of_result(result)
    return Discrepancy(
        kind="noninferiority",
        refuted=place,
        places=in_order([place, stated]),
        supported=stated,
        explanation=f"The interval is {side} the margin of {margin.text}, and the words say otherwise.",
        arithmetic=f"{place.value} against {margin.text}",
        certain=result.ratio or (margin.value or 0) > 0,
    )


def _two_places(kind: str, one: tuple[Sentence, Statistic], other: tuple[Sentence, Statistic], explanation: str) -> Discrepancy:
    places = in_order([place_of(*one), place_of(*other)])
    return Discrepancy(kind=kind, refuted=None, places=places, explanation=explanation, certain=False)

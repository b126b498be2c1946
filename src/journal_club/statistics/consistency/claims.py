"""Claims: what a paper says in words of numbers that it gives elsewhere.

Owns "a 57% reduction in the risk" against the ratio of the same endpoint, the size of the trial against its arms and its sample, the
length of follow-up, the events of an arm against its size, and noninferiority against its margin.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from journal_club.statistics.arithmetic import Range, exceeds, totals_of
from journal_club.statistics.consistency.comparison import agree
from journal_club.statistics.consistency.counting import randomized_parts
from journal_club.statistics.consistency.discrepancy import Discrepancy, Place, in_order, place_of, place_of_result
from journal_club.statistics.consistency.qualifiers import PLANNED, qualifiers
from journal_club.statistics.consistency.results import Result, Sentence, range_of, results_of
from journal_club.statistics.statistic import Measure, Operator, Role, Statistic

__all__ = ["claimed_discrepancies"]

_ENROLLED = re.compile(
    r"\b(?:randomi[sz]ed|enrol?led|were assigned|underwent randomi[sz]ation|were allocated|recruited|were included|(?:trial|study) of)\b",
    re.IGNORECASE,
)
_RANDOMIZED = re.compile(r"\brandomi[sz](?:ed|ation)\b", re.IGNORECASE)
_NOT_THE_SAMPLE = re.compile(
    r"\b(?:exclu\w+|withdr\w+|screened|eligible|complet\w+|analy[sz]ed|received|per arm|per group|each|to (?:the )?[\w-]+ (?:group|arm))\b",
    re.IGNORECASE,
)
_MARGIN = re.compile(
    r"\bmargin\b[^.;\d]{0,60}?(?P<sign>[-−–])?(?P<value>\d{1,3}(?:[.·]\d+)?)\s?(?P<percent>%|percentage points?|percent)?", re.IGNORECASE
)
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
_TWO = 2
_WIDEST_ALLOCATION = 3.5
_SHARE_BESIDE = re.compile(r"\s?(?:[A-Za-z-]+\s){0,2}[(\[]\s?")


def claimed_discrepancies(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """What claims in words are refuted by the numbers of another place, or of their own."""
    yield from _reductions(sentences)
    yield from _samples(sentences)
    yield from _follow_up(sentences)
    yield from _arm_sizes(sentences)
    yield from _arm_pairs(sentences)
    yield from _margins(sentences)


def _reductions(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    ratios = [result for sentence in sentences for result in results_of(sentence) if result.ratio and _is_plain(sentence)]
    for sentence in sentences:
        for claim in sentence.statistics:
            if claim.measure is Measure.REDUCTION and claim.value is not None and claim.endpoint and _is_plain(sentence):
                yield from _reduction(sentence, claim, [one for one in ratios if one.sentence.subject == sentence.subject])


def _reduction(sentence: Sentence, claim: Statistic, ratios: Sequence[Result]) -> Iterator[Discrepancy]:
    same = [one for one in ratios if one.point is not None and one.point.endpoint == claim.endpoint and one.point.value is not None]
    if not same or any(range_of(claim).meets(_percent_below(one)) for one in same):
        return
    others = [one for one in ratios if one not in same and one.point is not None and one.point.value is not None and one.point.endpoint]
    best = next((one for one in same if one.sentence.own), same[0])
    named = _once(best, *(one for one in others if one.sentence.own))[:2]
    sums = [
        f"1 - {one.point.text} = {_shown_percent(_percent_below(one))} for {one.point.endpoint}" for one in named if one.point is not None
    ]
    place = place_of(sentence, claim)
    yield Discrepancy(
        kind="reduction",
        refuted=place,
        places=in_order([place, place_of_result(best)]),
        supported=place_of_result(best),
        explanation=(
            f"A reduction of {claim.text}% does not follow from the {best.point.label if best.point else 'ratio'}: "
            + ", nor is it ".join(sums)
            + "."
        ),
        arithmetic="; ".join(sums),
        certain=True,
    )


def _once(*results: Result) -> list[Result]:
    """Each endpoint's first result."""
    kept: dict[str, Result] = {}
    for one in results:
        if one.point is not None:
            kept.setdefault(one.point.endpoint, one)
    return list(kept.values())


def _percent_below(result: Result) -> Range:
    value = range_of(result.point) if result.point is not None else Range(low=1.0, high=1.0)
    ends = sorted((abs(1 - value.low) * 100, abs(1 - value.high) * 100))
    return Range(low=ends[0], high=ends[1])


def _shown_percent(values: Range) -> str:
    return f"{(values.low + values.high) / 2:.0f}%"


def _is_plain(sentence: Sentence) -> bool:
    """Whether a sentence speaks of the whole trial as it was done."""
    return not qualifiers(sentence.text) & {PLANNED, "subgroup", "interim", "per protocol", "post hoc", "other"}


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
        if not sentence.subject and _is_plain(sentence) and (parts := randomized_parts(sentence)) and len({part.arm for part in parts}) > 1
    ]
    differing = [(sentence, one) for sentence, one in stated if one.value != card.value]
    agreeing = len(stated) > len(differing)
    if agreeing:
        # Where one place agrees with the card, only a number of the randomized is another number of the same people.
        differing = [(sentence, one) for sentence, one in differing if _RANDOMIZED.search(sentence.text)]
    for sentence, one in differing[:1]:
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
    if sentence.subject or (not sentence.own and not _is_plain(sentence)):
        return []
    if not _ENROLLED.search(sentence.text) or _NOT_THE_SAMPLE.search(sentence.text) or not _is_plain(sentence):
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
        if one.unit and not sentence.subject and _is_plain(sentence) and sentence is not home
    ]
    if said and not any(agree(card, one) for _, one in said):
        sentence, one = said[0]
        text = f"The median follow-up is {card.text} {card.unit}s in one place and {one.text} {one.unit}s in another."
        yield _two_places("follow_up", (home, card), (sentence, one), text)


def _arm_sizes(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """A count with its percentage, against the size of the arm that it is of: 6 (1%) are six of at least 400."""
    sizes = {
        part.arm: (sentence, part)
        for sentence in sentences
        if not sentence.subject and _is_plain(sentence)
        for part in randomized_parts(sentence)
        if part.arm and part.value
    }
    for sentence in sentences:
        found = [one for one in sentence.statistics if one.role is Role.POINT]
        for count, share in pairwise(found):
            size = sizes.get(count.arm) if count.arm and not sentence.subject else None
            if size is None or size[0] is sentence or not _is_pair(sentence, count, share) or count.value is None:
                continue
            allowed, whole = totals_of(count.value, range_of(share)), size[1].value
            if allowed is None or whole is None or not exceeds(allowed, Range(low=float(whole), high=float(whole))):
                continue
            everybody = float(sum(part.value for _, part in sizes.values() if part.value is not None))
            if allowed.meets(Range(low=0.9 * everybody, high=everybody)):
                continue
            place = place_of_pair(sentence, count, share)
            yield Discrepancy(
                kind="percentage",
                refuted=place,
                places=in_order([place, place_of(*size)]),
                supported=place_of(*size),
                explanation=f"{count.text} are not {share.text}% of an arm of {size[1].text}.",
                arithmetic=f"{count.text} / {share.text}% = {figure_of(allowed)} people, and the arm has {size[1].text}",
                certain=False,
            )


def _arm_pairs(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """Two arms' counts with percentages, whose denominators no allocation explains: 6 (30%) and 5 (2%)."""
    for sentence in sentences:
        found = [one for one in sentence.statistics if one.role is Role.POINT]
        pairs = [(count, share) for count, share in pairwise(found) if count.arm and _is_pair(sentence, count, share)]
        if len(pairs) != _TWO or pairs[0][0].arm == pairs[1][0].arm or not _is_plain(sentence):
            continue
        allowed = [totals_of(count.value, range_of(share)) for count, share in pairs if count.value is not None]
        if None in allowed or len(allowed) != _TWO:
            continue
        least, most = sorted((one for one in allowed if one is not None), key=lambda one: one.high)
        if most.low > _WIDEST_ALLOCATION * least.high:
            texts = [f"{count.text} ({share.text}%)" for count, share in pairs]
            yield Discrepancy(
                kind="percentage",
                refuted=None,
                places=in_order([place_of_pair(sentence, *pair) for pair in pairs]),
                explanation=f"{texts[0]} and {texts[1]} are of arms of very different size.",
                arithmetic=f"{figure_of(least)} people in one arm and {figure_of(most)} in the other",
                certain=False,
            )


def figure_of(values: Range) -> str:
    """A range of people: "172 to 240"."""
    return f"{values.low:.0f} to {values.high:.0f}"


def place_of_pair(sentence: Sentence, count: Statistic, share: Statistic) -> Place:
    """The place of "6 (3%)"."""
    first, last = place_of(sentence, count), place_of(sentence, share)
    return Place(sentence=sentence, start=first.start, end=last.end, value=f"{count.text} ({share.text}%)")


def _is_pair(sentence: Sentence, count: Statistic, share: Statistic) -> bool:
    if share.unit != "%" or share.operator is not Operator.EQUAL or count.decimals or count.unit not in ("", "person"):
        return False
    return count.measure in (Measure.NONE, Measure.COUNT) and _SHARE_BESIDE.fullmatch(sentence.text, count.end, share.start) is not None


def _margins(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """A claim of noninferiority against the interval of its sentence and the margin of the paper."""
    margins = [(sentence, found) for sentence in sentences if not sentence.subject for found in _MARGIN.finditer(sentence.text)]
    if not margins:
        return
    home, margin = margins[0]
    for sentence in sentences:
        claimed = False if _NOT_SHOWN.search(sentence.text) else True if _SHOWN.search(sentence.text) else None
        results = [one for one in results_of(sentence) if one.interval is not None and one.compares]
        if claimed is None or len(results) != 1 or sentence.subject:
            continue
        within = _is_within(results[0], abs(float(margin["value"].replace("·", "."))))
        if within is not None and within != claimed:
            place = place_of_result(results[0])
            stated = Place(sentence=home, start=margin.start(), end=margin.end(), value=margin.group())
            side = "within" if within else "not within"
            yield Discrepancy(
                kind="noninferiority",
                refuted=place,
                places=in_order([place, stated]),
                supported=stated,
                explanation=f"The interval is {side} the margin of {margin['value']}, and the words say otherwise.",
                arithmetic=f"{place.value} against {margin['value']}",
                certain=True,
            )


def _is_within(result: Result, margin: float) -> bool | None:
    """Whether an interval keeps to a margin; None where rounding, or the side that counts, leaves it open."""
    if result.interval is None:
        return None
    lower, upper = result.interval
    limit = Range(low=margin, high=margin)
    if result.ratio:
        over = exceeds(upper, limit) if margin > 1 else exceeds(limit, lower)
        return None if over is None else not over
    beyond = (exceeds(upper, limit), exceeds(Range(low=-margin, high=-margin), lower))
    if None in beyond or beyond[0] != beyond[1]:
        return None if beyond != (True, True) else False
    return not beyond[0]


def _two_places(kind: str, one: tuple[Sentence, Statistic], other: tuple[Sentence, Statistic], explanation: str) -> Discrepancy:
    places = in_order([place_of(*one), place_of(*other)])
    return Discrepancy(kind=kind, refuted=None, places=places, explanation=explanation, certain=False)

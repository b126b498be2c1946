"""Arm sizes: the events of an arm against the number of people that the paper gives it.

Owns the rules for "6 (3%)", whose count and percentage allow some sizes of an arm and no others (`arithmetic.totals_of`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from journal_club.statistics.arithmetic import Range, exceeds, totals_of
from journal_club.statistics.consistency.counting import randomized_parts
from journal_club.statistics.consistency.discrepancy import Discrepancy, Place, in_order, place_of
from journal_club.statistics.consistency.qualifiers import is_plain
from journal_club.statistics.consistency.results import Sentence, range_of
from journal_club.statistics.statistic import Measure, Operator, Role, Statistic

__all__ = ["arm_discrepancies"]

_TWO = 2
_MOST_LEFT_OUT = 0.8
"""Share of an arm below which a percentage is not of the arm as it was randomized, less a few that were lost."""
_Pair = tuple[Statistic, Statistic]
_WIDEST_ALLOCATION = 3.5
_SHARE_BESIDE = re.compile(r"\s?(?:[A-Za-z-]+\s){0,2}[(\[]\s?")


def arm_discrepancies(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """Counts with percentages that no size of their arms explains."""
    sized = tuple(_arm_sizes(sentences))
    yield from sized
    refuted = {one.refuted.key for one in sized if one.refuted is not None}
    # A pair that no size of its arm explains is no second time at odds with the pair beside it.
    yield from (one for one in _arm_pairs(sentences) if refuted.isdisjoint(place.key for place in one.places))


def _arm_sizes(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """A count with its percentage, against the size of the arm that it is of: 6 (1%) are six of at least 400."""
    sizes = _sizes(sentences)
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
            place = _place_of_pair(sentence, count, share)
            yield Discrepancy(
                kind="percentage",
                refuted=place,
                places=in_order([place, place_of(*size)]),
                supported=place_of(*size),
                explanation=f"{count.text} are not {share.text}% of an arm of {size[1].text}.",
                arithmetic=f"{count.text} / {share.text}% = {_figure_of(allowed)} people, and the arm has {size[1].text}",
                certain=False,
            )


def _sizes(sentences: Sequence[Sentence]) -> dict[str, tuple[Sentence, Statistic]]:
    """The sizes of the arms, each with its sentence, from sentences that give each arm one."""
    plain = (sentence for sentence in sentences if not sentence.subject and is_plain(sentence.text))
    found = ((sentence, randomized_parts(sentence)) for sentence in plain)
    return {
        part.arm: (sentence, part)
        for sentence, parts in found
        if len({part.arm for part in parts}) == len(parts)
        for part in parts
        if part.arm and part.value
    }


def _odd_one(pairs: Sequence[_Pair], allowed: Sequence[Range], sizes: Mapping[str, tuple[Sentence, Statistic]]) -> int | None:
    """Which of two pairs is of far fewer people than its arm has, where the other is of all of its own."""
    wholes = [float(size[1].value) if (size := sizes.get(count.arm)) and size[1].value else 0.0 for count, _ in pairs]
    if not all(wholes):
        return None
    full = [found.holds(whole) for found, whole in zip(allowed, wholes, strict=True)]
    return next((at for at, whole in enumerate(wholes) if full[1 - at] and allowed[at].high < _MOST_LEFT_OUT * whole), None)


def _arm_pairs(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """Two arms' counts with percentages, whose denominators no allocation explains: 6 (30%) and 5 (2%)."""
    sizes = _sizes(sentences)
    for sentence in sentences:
        found = [one for one in sentence.statistics if one.role is Role.POINT]
        pairs = [(count, share) for count, share in pairwise(found) if count.arm and _is_pair(sentence, count, share)]
        if len(pairs) != _TWO or pairs[0][0].arm == pairs[1][0].arm or not is_plain(sentence.text):
            continue
        allowed = [totals_of(count.value, range_of(share)) for count, share in pairs if count.value is not None]
        if None in allowed or len(allowed) != _TWO:
            continue
        least, most = sorted((one for one in allowed if one is not None), key=lambda one: one.high)
        odd = _odd_one(pairs, [one for one in allowed if one is not None], sizes) if not sentence.subject else None
        if odd is not None:
            count, share = pairs[odd]
            size = sizes[count.arm][1]
            place = _place_of_pair(sentence, count, share)
            yield Discrepancy(
                kind="percentage",
                refuted=place,
                places=in_order([place, place_of(*sizes[count.arm])]),
                supported=place_of(*sizes[count.arm]),
                explanation=f"{count.text} are not {share.text}% of an arm of {size.text}.",
                arithmetic=f"{count.text} / {share.text}% = {_figure_of(allowed[odd] or least)} people, and the arm has {size.text}",
                certain=False,
            )
        elif most.low > _WIDEST_ALLOCATION * least.high:
            texts = [f"{count.text} ({share.text}%)" for count, share in pairs]
            yield Discrepancy(
                kind="percentage",
                refuted=None,
                places=in_order([_place_of_pair(sentence, *pair) for pair in pairs]),
                explanation=f"{texts[0]} and {texts[1]} are of arms of very different size.",
                arithmetic=f"{_figure_of(least)} people in one arm and {_figure_of(most)} in the other",
                certain=False,
            )


def _figure_of(values: Range) -> str:
    """A range of people: "172 to 240"."""
    return f"{values.low:.0f} to {values.high:.0f}"


def _place_of_pair(sentence: Sentence, count: Statistic, share: Statistic) -> Place:
    """The place of "6 (3%)"."""
    first, last = place_of(sentence, count), place_of(sentence, share)
    return Place(sentence=sentence, start=first.start, end=last.end, value=f"{count.text} ({share.text}%)")


def _is_pair(sentence: Sentence, count: Statistic, share: Statistic) -> bool:
    if share.unit != "%" or share.operator is not Operator.EQUAL or count.decimals or count.unit not in ("", "person"):
        return False
    return count.measure in (Measure.NONE, Measure.COUNT) and _SHARE_BESIDE.fullmatch(sentence.text, count.end, share.start) is not None

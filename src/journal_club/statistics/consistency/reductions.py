"""Reductions: a percentage by which a risk is said to be lower, against the ratios and rates that the paper gives.

Owns claims that no table of endpoints ties to a ratio. One that follows from any ratio of the paper, or from two numbers that it sets
against each other, is let stand; one that is a ratio's own digits, "38% lower" of a ratio of 0.38, is the ratio misread.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations

from journal_club.statistics.arithmetic import Range
from journal_club.statistics.consistency.discrepancy import Discrepancy, in_order, place_of, place_of_result
from journal_club.statistics.consistency.qualifiers import qualifiers
from journal_club.statistics.consistency.results import Result, Sentence, lowers, range_of, results_of
from journal_club.statistics.consistency.telling import telling_words
from journal_club.statistics.statistic import Measure, Operator, Role, Statistic

__all__ = ["change_by", "raises", "reduction_discrepancies", "reductions_of_rates", "sum_of_change"]

_MOST_SHOWN = 3
_FEW_SHARED = 2
_SELDOM, _MOST_OFTEN = 4, 0.12
"""A word in more sentences than so many, and than that share of them, names the paper's drug or disease more often than a result."""
_OF_GROUPS = (Measure.NONE, Measure.MEDIAN, Measure.MEAN)
_RATES = ("%", "per ")
"""Units of shares and rates, of which two groups' give a reduction."""
_OF_RISK = re.compile(
    r"\b(?:risks?|hazards?|odds|rates?|incidence|likelihood|chances?|mortality|deaths?|recurrences?|relapses?|exacerbations?|events?|attacks?"
    r"|infections?|fractures?|strokes?|hospitali[sz]ations?|admissions?|outcome|end-?point)\b",
    re.IGNORECASE,
)
"""What a ratio may be of; a weight or a score is lowered in each group by itself."""
_PLANNED = re.compile(r"\b(?:assum|power|detect|hypothesi|expect|anticipat|target|would|margin|postulat)\w*[^.;]{0,60}\Z", re.IGNORECASE)
_RAISED = re.compile(r"\b(?:higher|increas\w+|greater|rise|rose|raised|more)\b", re.IGNORECASE)
_NO_RISK = re.compile(
    r"\b(?:doses?|dosage|weight|volume|cholesterol|LDL|pressure|levels?|scores?|costs?|concentrations?|titres?|viral load|pain)\b",
    re.IGNORECASE,
)
"""What is lowered in each group by itself, whatever ratio stands elsewhere."""
_BESIDE = 40
_VERB = re.compile(r"\b(?:lower|reduc|cut|decreas)\w*\s(?P<what>[^.;]{0,80}?)\sby\s(?:about\s)?\Z", re.IGNORECASE)
_WITH_WHOM = re.compile(r"[.;,]|\b(?:with|under|on|compared|versus|than|among|for|which)\b", re.IGNORECASE)
_OF_OTHERS = frozenset({"subgroup", "interim", "per protocol", "post hoc", "other", "adjusted", "unadjusted"})
_NEAR = 80


def reduction_discrepancies(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """The reductions that nothing in the paper gives, each with the ratio that its words speak of."""
    ratios = [one for sentence in sentences for one in results_of(sentence) if one.ratio and one.point is not None and one.point.value]
    counted = Counter(word for sentence in sentences for word in telling_words(sentence.text))
    common = frozenset(word for word, count in counted.items() if count > max(_SELDOM, len(sentences) * _MOST_OFTEN))
    given = [(sentence.subject, value) for sentence in sentences for value in _reductions(sentence)]
    for sentence in sentences:
        for claim in sentence.statistics:
            own = [one for one in ratios if one.sentence.subject == sentence.subject and one.sentence.number != sentence.number]
            if not _is_claim(sentence, claim) or _is_known(claim, own):
                continue
            if any(subject == sentence.subject and range_of(claim).meets(value) for subject, value in given):
                continue
            spoken = _spoken_of(sentence, claim, own, common)
            if spoken:
                yield _discrepancy(sentence, claim, spoken)


def _is_claim(sentence: Sentence, claim: Statistic) -> bool:
    """Whether it is a relative reduction of the whole trial that has no interval of its own."""
    if claim.value is None or claim.operator is not Operator.EQUAL or not (claim.measure is Measure.REDUCTION or lowers(sentence, claim)):
        return False
    alone = all(one.group != claim.group or one is claim for one in sentence.statistics)
    before = sentence.text[: claim.start]
    if _PLANNED.search(before) or raises(sentence, claim) or _NO_RISK.search(before[-_NEAR:]):
        return False
    return alone and not qualifiers(sentence.text) & _OF_OTHERS


def raises(sentence: Sentence, claim: Statistic) -> bool:
    """Whether words beside a percentage make it one by which something is higher: "50% higher", "increased the risk by 50%"."""
    return _RAISED.search(sentence.text, max(0, claim.start - _BESIDE), claim.end + _BESIDE) is not None


def _is_known(claim: Statistic, ratios: Sequence[Result]) -> bool:
    """Whether the table of endpoints ties it to a ratio: then `claims` has judged it."""
    return bool(claim.endpoint) and any(one.point is not None and one.point.endpoint == claim.endpoint for one in ratios)


def _reductions(sentence: Sentence) -> Iterator[Range]:
    """The reductions in percent that a sentence gives: by its ratios, by two groups' rates, or by name with an interval."""
    for result in results_of(sentence):
        if result.ratio and result.point is not None and result.point.value:
            yield change_by(range_of(result.point))
        elif result.point is not None and result.point.measure is Measure.REDUCTION and result.interval is not None:
            yield range_of(result.point)
    yield from reductions_of_rates(sentence)


def reductions_of_rates(sentence: Sentence) -> Iterator[Range]:
    """The relative reductions in percent that two groups' rates or shares in a sentence give."""
    points = [one for one in sentence.statistics if one.role is Role.POINT and one.value is not None and one.measure is not Measure.P]
    rates = [one for one in points if one.measure in _OF_GROUPS and _is_rate(one) and (one.value or 0) > 0]
    for one, other in permutations(rates, 2):
        if one.unit == other.unit and not (one.arm and one.arm == other.arm) and (one.value or 0) < (other.value or 0):
            yield _below(range_of(one), range_of(other))


def _is_rate(one: Statistic) -> bool:
    """Whether it is a share or a rate, which an annual rate without a unit is too: "0.22 with A and 0.40 with B"."""
    return one.unit.startswith(_RATES) or (not one.unit and one.decimals > 0)


def change_by(ratio: Range, *, raised: bool = False) -> Range:
    """By how many percent a ratio lowers a risk, 1 - r, or raises it, r - 1: of a ratio that goes the other way its reciprocal's."""
    turned = _goes_the_other_way(ratio, raised=raised)
    ends = sorted(abs(1 - (1 / value if turned else value)) * 100 for value in (ratio.low, ratio.high))
    return Range(low=ends[0], high=ends[1])


def sum_of_change(ratio: Statistic, *, raised: bool = False) -> str:
    """The sum that leads from a ratio to its percentage, as it is shown: "1 - 0.71 = 29%", "1 - 1/1.50 = 33%", "1.50 - 1 = 50%"."""
    near = range_of(ratio)
    shown = f"1/{ratio.text}" if _goes_the_other_way(near, raised=raised) else ratio.text
    value = change_by(near, raised=raised)
    return f"{f'{shown} - 1' if raised else f'1 - {shown}'} = {(value.low + value.high) / 2:.0f}%"


def _goes_the_other_way(ratio: Range, *, raised: bool) -> bool:
    return ratio.low > 0 and ratio.high < 1 if raised else ratio.low > 1


def _below(one: Range, other: Range) -> Range:
    return Range(low=(1 - one.high / other.low) * 100 if other.low > 0 else 0.0, high=(1 - one.low / other.high) * 100)


def _spoken_of(sentence: Sentence, claim: Statistic, ratios: Sequence[Result], common: frozenset[str]) -> list[Result]:
    """The ratios that share telling words with the claim, less those that are common in the paper; whose digits it has come first."""
    said = telling_words(sentence.text) - common
    what = _lowered(sentence, claim)
    of_risk = _OF_RISK.search(sentence.text[max(0, claim.start - _NEAR) : claim.end + _NEAR]) is not None
    looked_for = what | said if of_risk else what
    shared = {number: len(looked_for & telling_words(one.sentence.text)) for number, one in enumerate(ratios)}
    near = [
        number
        for number, count in shared.items()
        if count >= (1 if of_risk else _FEW_SHARED) or (_is_misread(claim, ratios[number]) and (count or _is_named(sentence, claim)))
    ]
    near.sort(key=lambda number: (not _is_misread(claim, ratios[number]), not ratios[number].sentence.own, -shared[number]))
    return [ratios[number] for number in near]


def _lowered(sentence: Sentence, claim: Statistic) -> frozenset[str]:
    """The telling words of what is lowered: between the verb and the number, or behind it up to whom or what it is compared with."""
    before, after = _VERB.search(sentence.text, 0, claim.start), sentence.text[claim.end : claim.end + _NEAR]
    return telling_words(f"{before['what'] if before else ''} {_WITH_WHOM.split(after, maxsplit=1)[0]}")


def _is_named(sentence: Sentence, claim: Statistic) -> bool:
    """Whether a risk or a rate is said to be lowered right beside the number."""
    return _OF_RISK.search(sentence.text[max(0, claim.start - _NEAR) : claim.end + _BESIDE]) is not None


def _is_misread(claim: Statistic, ratio: Result) -> bool:
    """Whether the claim is the ratio's own digits: a ratio of 0.38 is no reduction by 38%."""
    return ratio.point is not None and ratio.point.value is not None and ratio.point.value * 100 == claim.value


def _discrepancy(sentence: Sentence, claim: Statistic, spoken: Sequence[Result]) -> Discrepancy:
    sums = list(dict.fromkeys(sum_of_change(one.point) for one in spoken if one.point is not None))[:_MOST_SHOWN]
    place, first = place_of(sentence, claim), place_of_result(spoken[0])
    return Discrepancy(
        kind="reduction",
        refuted=place,
        places=in_order([place, first]),
        supported=first,
        explanation=f"A reduction of {claim.text}% does not follow from the paper's own ratios: {', '.join(sums)}.",
        arithmetic="; ".join(sums),
        certain=_is_misread(claim, spoken[0]),
    )

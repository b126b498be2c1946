"""Retold: what a paper tells again of a result that no table of endpoints names.

Owns two rules that go by the words and numbers around a claim. A p-value that stands beside the same estimate in two places is the same
p-value; and a "64% reduction in severe exacerbations" follows from a ratio that the paper gives for severe exacerbations, or from none.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from journal_club.statistics.consistency.comparison import agree
from journal_club.statistics.consistency.discrepancy import Discrepancy, in_order, place_of, place_of_result
from journal_club.statistics.consistency.results import Result, Sentence, range_of, results_of
from journal_club.statistics.statistic import Measure, Statistic

__all__ = ["retold_discrepancies"]

_WORD = re.compile(r"[^\W\d_][\w-]{3,}")
_OF_WHAT = (
    r"(?: of)? ?(?P<{name}>[a-z][a-z -]{{3,60}}?)"
    r"(?= (?:with|under|on|by|for|after|from|among|in|than|compared|versus|and)\b|[,.;?!)]|\Z)"
)
_REDUCTION_IN = re.compile(
    r"\s?(?:%|per ?cent) (?:relative )?(?:reduction|decrease|drop|fall|decline) in (?:the )?(?:annuali[sz]ed )?"
    r"(?:rates?|risk|odds|hazard|incidence|number)?"
    + _OF_WHAT.format(name="what")
    + r"|\s?(?:%|per ?cent) (?:lower|fewer|less|reduced) (?:risk|odds|hazard|rate|incidence)?"
    + _OF_WHAT.format(name="of"),
    re.IGNORECASE,
)
_GENERAL = frozenset(
    (
        "rate",
        "rates",
        "risk",
        "risks",
        "number",
        "group",
        "groups",
        "with",
        "from",
        "this",
        "that",
        "than",
        "patients",
        "people",
        "trial",
        "study",
    )
)
_CLOSE = 0.5
"""Percentage points, by which rounding may miss a reduction."""


def retold_discrepancies(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """What is told again with another p-value, or as a reduction that no ratio of it gives."""
    results = [result for sentence in sentences for result in results_of(sentence)]
    yield from _other_p(results)
    yield from _other_reduction(sentences, [one for one in results if one.ratio and one.point is not None and one.point.value is not None])


def _other_p(results: Sequence[Result]) -> Iterator[Discrepancy]:
    told = [one for one in results if one.point is not None and one.p is not None and _is_telling(one.point)]
    for one, other in combinations(told, 2):
        if _is_retold(one, other) and one.p is not None and other.p is not None and not agree(one.p, other.p):
            kept, refuted = (one, other) if one.sentence.own or not other.sentence.own else (other, one)
            yield _two_p(kept, refuted)


def _is_telling(point: Statistic) -> bool:
    """Whether a value is so much its own that it stands for its result: it has decimals, and compares or measures something."""
    return point.value is not None and point.decimals > 0 and point.measure is not Measure.P


def _is_retold(one: Result, other: Result) -> bool:
    if one.sentence.number == other.sentence.number or one.sentence.subject != other.sentence.subject:
        return False
    if one.sentence.own and other.sentence.own:
        # A report of its own gives many results, and two may be equal; somebody's account of it tells them again.
        return False
    left, right = one.point, other.point
    if left is not None and right is not None and left.endpoint and left.endpoint == right.endpoint:
        # What the table of endpoints names is `comparison`'s.
        return False
    if left is None or right is None or left.value != right.value or left.unit != right.unit or left.decimals != right.decimals:
        return False
    if (one.p and one.p.value) is None or (other.p and other.p.value) is None:
        return False
    return not _words(one.sentence.text).isdisjoint(_words(other.sentence.text))


def _two_p(kept: Result, refuted: Result) -> Discrepancy:
    one, other, point = kept.p, refuted.p, kept.point
    assert one is not None and other is not None and point is not None  # noqa: PT018, S101 - told by `_is_retold`
    places = in_order([place_of(kept.sentence, one), place_of(refuted.sentence, other)])
    value = f"{point.text} {point.unit}".strip() if point.unit != "%" else f"{point.text}%"
    return Discrepancy(
        kind="different_value",
        refuted=None,
        places=places,
        explanation=f"The p-value beside {value} is {one.text} in one place and {other.text} in another.",
        arithmetic="",
        certain=True,
    )


def _other_reduction(sentences: Sequence[Sentence], ratios: Sequence[Result]) -> Iterator[Discrepancy]:
    for sentence in sentences:
        for claim in sentence.statistics:
            found = _REDUCTION_IN.match(sentence.text, claim.end)
            if found is None or claim.endpoint or claim.unit != "%" or claim.value is None:
                continue
            what = _words(found["what"] or found["of"] or "")
            same = [one for one in ratios if one.sentence.subject == sentence.subject and what and what <= _words(one.sentence.text)]
            same = [one for one in same if one.sentence.number != sentence.number]
            if same and not any(_fits(claim, one) for one in same):
                yield _reduction(sentence, claim, same)


def _fits(claim: Statistic, result: Result) -> bool:
    value = result.point.value if result.point else None
    return value is not None and abs(abs(1 - float(value)) * 100 - float(claim.value or 0)) <= _CLOSE + (
        range_of(claim).high - range_of(claim).low
    )


def _reduction(sentence: Sentence, claim: Statistic, same: Sequence[Result]) -> Discrepancy:
    own = [one for one in same if one.sentence.own] or list(same)
    sums = [
        f"1 - {one.point.text} = {abs(1 - float(one.point.value)) * 100:.0f}%" for one in own if one.point and one.point.value is not None
    ]
    place = place_of(sentence, claim)
    first = place_of_result(own[0])
    return Discrepancy(
        kind="reduction",
        refuted=place,
        places=in_order([place, first]),
        supported=first,
        explanation=f"A reduction of {claim.text}% does not follow from the paper's own ratios: {', '.join(dict.fromkeys(sums))}.",
        arithmetic="; ".join(dict.fromkeys(sums)),
        certain=False,
    )


def _words(text: str) -> frozenset[str]:
    """The telling words of a text, singular and in small letters."""
    found = (word.casefold().removesuffix("s") for word in _WORD.findall(text))
    return frozenset(word for word in found if word not in _GENERAL and f"{word}s" not in _GENERAL)

"""Exchanged: two groups' numbers of one result, told again the other way round.

Owns the rule for "15.0% with A and 6.9% with B" that is told again as 6.9% with A and 15.0% with B. That both numbers stand there is what
makes it a slip and no other result.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from journal_club.statistics.consistency.comparison import agree
from journal_club.statistics.consistency.discrepancy import Discrepancy, Place, in_order, place_of
from journal_club.statistics.consistency.qualifiers import at_odds
from journal_club.statistics.consistency.results import Sentence, range_of
from journal_club.statistics.consistency.vocabulary import Vocabulary
from journal_club.statistics.statistic import Measure, Role, Statistic

__all__ = ["exchanged_discrepancies"]

_OF_A_GROUP = frozenset({Measure.NONE, Measure.MEDIAN, Measure.MEAN})
_NO_WIDER = 160
"""Characters that two groups' numbers of one result span at most."""
_ALL = 100
"""Percent of a group: where one group's share is what the other's leaves, they may be told by those who did and by those who did not."""
_Pair = dict[str, Statistic]
"""Two arms, each with its number."""


def exchanged_discrepancies(sentences: Sequence[Sentence], words: Vocabulary) -> Iterator[Discrepancy]:
    """The pairs of an account that the report has the other way round, each once."""
    reported = [(sentence, pair) for sentence in sentences if not sentence.retells for pair in _pairs(sentence)]
    for told in (sentence for sentence in sentences if sentence.retells):
        own = [one for one in reported if one[0].subject == told.subject and not at_odds(one[0].text, told.text)]
        for pair in _pairs(told):
            turned = dict(zip(pair, reversed(pair.values()), strict=True))
            found = next((one for one in own if _agree(turned, one[1]) and _is_retold(told, pair, *one, words)), None)
            if found is not None and not _are_complements(pair) and not any(_agree(pair, one) for _, one in own):
                yield _discrepancy(told, pair, *found)
                break


def _pairs(sentence: Sentence) -> Iterator[_Pair]:
    """Two groups' numbers that stand near each other, in one unit."""
    found = [
        one for one in sentence.statistics if one.arm and one.role is Role.POINT and one.measure in _OF_A_GROUP and one.value is not None
    ]
    for one, other in combinations(found, 2):
        if one.arm != other.arm and one.unit == other.unit and one.unit and other.end - one.start <= _NO_WIDER and not agree(one, other):
            yield {one.arm: one, other.arm: other}


def _is_retold(told: Sentence, pair: _Pair, sentence: Sentence, reported: _Pair, words: Vocabulary) -> bool:
    """Whether two sentences share a telling word, or give one endpoint in two numbers with decimals, which are hardly alike by chance."""
    endpoints = {one.endpoint for one in (*pair.values(), *reported.values())}
    precise = all(one.decimals for one in (*pair.values(), *reported.values()))
    return bool(words.shared(sentence.text, told.text)) or (precise and len(endpoints) == 1 and "" not in endpoints)


def _agree(pair: _Pair, other: _Pair) -> bool:
    """Whether two pairs are of the same arms with the same numbers."""
    return pair.keys() == other.keys() and all(agree(one, other[arm]) for arm, one in pair.items())


def _are_complements(pair: _Pair) -> bool:
    values = [range_of(one) for one in pair.values() if one.unit == "%"]
    return bool(values) and sum(one.low for one in values) < _ALL < sum(one.high for one in values)


def _discrepancy(told: Sentence, pair: _Pair, sentence: Sentence, reported: _Pair) -> Discrepancy:
    supported, refuted = _place(sentence, reported), _place(told, pair)
    first = next(iter(reported.values()))
    what = "share" if first.unit == "%" else "median" if first.measure is Measure.MEDIAN else "number"
    shown = " and ".join(f"{one.printed} with {arm}" for arm, one in reported.items())
    return Discrepancy(
        kind="different_value",
        refuted=refuted,
        places=in_order([supported, refuted]),
        supported=supported,
        explanation=f"The {what} in each group is {shown} in one place, and the other way round in another.",
        certain=False,
    )


def _place(sentence: Sentence, pair: _Pair) -> Place:
    """The place of both numbers, from the first to the last."""
    first, last = (place_of(sentence, one) for one in pair.values())
    return Place(sentence=sentence, start=first.start, end=last.end, value=sentence.text[first.start : last.end])

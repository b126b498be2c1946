"""Undergone: the number of people to whom something was done, as an account tells it again.

Owns the rule for "131 had undergone biopsy" that is told again as "biopsy was performed in only 97": one examination, of whose people the
report gives one number. Who was left out, who was examined twice and who was found ill are other people.
"""

import re
from collections.abc import Iterator, Sequence

from journal_club.statistics.consistency.discrepancy import Discrepancy, in_order, place_of
from journal_club.statistics.consistency.qualifiers import at_odds, qualifiers
from journal_club.statistics.consistency.results import Sentence
from journal_club.statistics.consistency.vocabulary import Vocabulary
from journal_club.statistics.statistic import Measure, Operator, Role, Statistic

__all__ = ["undergone_discrepancies"]

_DONE = re.compile(
    r"\b(?:perform\w*|underw\w+|undergo\w*|carried out|done|taken|obtained|collected|available|measured"
    r"|repeated|worn|wore|sampled|scanned)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\b(?:only|just|merely|a mere|no more than|the)\s\Z", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:not|no|never|without|missing|lack\w*|declin\w+|refus\w+|lost|withdr\w+|exclud\w+|other|another|further|additional|paired|second|both"
    r"|twice|complete|completed|more|of whom|of these|half)\b",
    re.IGNORECASE,
)
_SOME = re.compile(r"\s(?:[a-z-]+\s)?[a-z]+\s(?:with|aged|younger|older|at|in|from|on|assigned|taking|given|receiving)\b", re.IGNORECASE)
"""What narrows the people that were counted: "88 patients with a flare"."""
_BEFORE = 16
_COUNTS = frozenset({Measure.NONE, Measure.TOTAL, Measure.COUNT})
_FEWEST = 10
_Counted = tuple[Sentence, Statistic]


def undergone_discrepancies(sentences: Sequence[Sentence], words: Vocabulary) -> Iterator[Discrepancy]:
    """The numbers of an account's people that were examined, against the report's number of them."""
    report = [
        (sentence, one) for sentence in sentences if not sentence.retells and _DONE.search(sentence.text) for one in _people(sentence)
    ]
    known = {one.value for sentence in sentences if not sentence.retells for one in sentence.statistics}
    for sentence in sentences:
        counted = _people(sentence) if sentence.retells and _DONE.search(sentence.text) and not _OTHERS.search(sentence.text) else []
        if len(counted) != 1 or counted[0].value in known or not _is_of_all(sentence, counted[0]):
            continue
        alike = [one for one in report if _is_same_thing((sentence, counted[0]), one, words)]
        if len(alike) == 1:
            yield _discrepancy((sentence, counted[0]), alike[0])


def _people(sentence: Sentence) -> list[Statistic]:
    """The counts of people of a sentence."""
    return [
        one
        for one in sentence.statistics
        if one.unit == "person" and one.role is Role.POINT and one.measure in _COUNTS and one.operator is Operator.EQUAL and one.certain
        if one.value is not None and one.value >= _FEWEST
    ]


def _is_of_all(sentence: Sentence, one: Statistic) -> bool:
    """Whether a count is said to be all there were: "in only 97 patients", "the 97 patients who"."""
    return _ONLY.search(sentence.text, max(0, one.start - _BEFORE), one.start) is not None and not _SOME.match(sentence.text, one.end)


def _is_same_thing(told: _Counted, reported: _Counted, words: Vocabulary) -> bool:
    text, other = told[0].text, reported[0].text
    if told[0].subject != reported[0].subject or at_odds(text, other) or qualifiers(text) - qualifiers(other):
        return False
    return bool(words.shared(text, other))


def _discrepancy(told: _Counted, reported: _Counted) -> Discrepancy:
    supported, refuted = place_of(*reported), place_of(*told)
    return Discrepancy(
        kind="different_value",
        refuted=refuted,
        places=in_order([supported, refuted]),
        supported=supported,
        explanation=f"The number of people is {reported[1].text} in one place and {told[1].text} in another.",
        certain=False,
    )

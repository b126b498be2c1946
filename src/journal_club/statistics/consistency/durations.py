"""Durations: how long the people of a trial were followed, as an account tells it again.

Owns the rule for "follow-up ended at 8 months" against the duration on the study's card. A time that the report names anywhere, of a visit
or of an analysis, is no slip; nor is a time that somebody wishes for. Medians of follow-up are `claims`' and `comparison`'s.
"""

import re
from collections.abc import Iterator, Sequence

from journal_club.statistics.consistency.comparison import are_same
from journal_club.statistics.consistency.discrepancy import Discrepancy, in_order, place_of
from journal_club.statistics.consistency.qualifiers import is_plain, qualifiers
from journal_club.statistics.consistency.results import Sentence
from journal_club.statistics.statistic import Measure, Operator, Role, Statistic

__all__ = ["duration_discrepancies"]

_TIMES = frozenset({"year", "month", "week", "day"})
_REACH = 60
_BEFORE = re.compile(
    r"\bfollow(?:ed|-?\s?up)\b[^.;:,\d]{0,30}\b(?:ended|stopped|ceased|lasted|ran|limited|at|of|for|to|was)\s(?:only\s|just\s|about\s)?\Z",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[\s-](?:years?|months?|weeks?|days?|yr|mo|wk)[\s-](?:of\s)?follow-?\s?up\b", re.IGNORECASE)
_NOT_DONE = re.compile(
    r"\b(?:would|should|could|might|may|needs?|needed|future|planned|continu\w+|ongoing|await\w*|registry|at least"
    r"|extension|extended|long-term follow\w*|earlier"
    r"|previous\w*)\b",
    re.IGNORECASE,
)
_OF_OTHERS = frozenset({"interim", "other"})


def duration_discrepancies(sentences: Sequence[Sentence]) -> Iterator[Discrepancy]:
    """The lengths of follow-up that an account tells and that the report does not know."""
    home = next((one for one in sentences if one.field == "duration"), None)
    card = next((one for one in home.statistics if _is_time(one)), None) if home is not None else None
    if home is None or card is None:
        return
    known = [
        one for sentence in sentences if not sentence.retells for one in sentence.statistics if one.unit in _TIMES and one.value is not None
    ]
    times = {name for sentence in sentences if not sentence.retells for name in qualifiers(sentence.text)}
    for sentence in sentences:
        for told in sentence.statistics if _may_tell(sentence) else ():
            is_known = f"{told.value} {told.unit}" in times or any(_is_same(told, one) for one in known)
            if _is_time(told) and _is_of_follow_up(sentence, told) and not is_known:
                yield Discrepancy(
                    kind="different_value",
                    refuted=place_of(sentence, told),
                    places=in_order([place_of(home, card), place_of(sentence, told)]),
                    supported=place_of(home, card),
                    explanation=f"The follow-up is {card.text} {card.unit}s in one place and {told.text} {told.unit}s in another.",
                    certain=False,
                )


def _may_tell(sentence: Sentence) -> bool:
    if not sentence.retells or sentence.subject or _NOT_DONE.search(sentence.text):
        return False
    return is_plain(sentence.text) and not qualifiers(sentence.text) & _OF_OTHERS


def _is_time(one: Statistic) -> bool:
    usual = one.role is Role.POINT and one.operator is Operator.EQUAL and one.measure is Measure.NONE
    return usual and one.unit in _TIMES and one.value is not None


def _is_of_follow_up(sentence: Sentence, told: Statistic) -> bool:
    before = _BEFORE.search(sentence.text, max(0, told.start - _REACH), told.start)
    return before is not None or _BEHIND.match(sentence.text, told.end) is not None


def _is_same(told: Statistic, known: Statistic) -> bool:
    """Whether two times are one, in whatever unit: a year is 12 months and 52 weeks."""
    return _is_time(told) and are_same(known, told)

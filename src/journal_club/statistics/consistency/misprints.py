"""Misprints: a number that an account tells again with other digits.

Owns the rule for a number that stands nowhere in the report, where the report's sentence on the same thing has one made of the same digits
("131 had a biopsy", "in only 113"), or where it gives just one ratio, difference or p-value and the account another.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journal_club.statistics.consistency.comparison import are_same
from journal_club.statistics.consistency.discrepancy import Discrepancy, in_order, place_of
from journal_club.statistics.consistency.qualifiers import at_odds, is_plain, qualifiers
from journal_club.statistics.consistency.results import Sentence, results_of
from journal_club.statistics.consistency.vocabulary import Vocabulary
from journal_club.statistics.statistic import RATIOS, Measure, Operator, Role, Statistic

__all__ = ["misprint_discrepancies"]

_COUNTED = frozenset({"", "person", "event"})
_PLAIN = frozenset({Measure.NONE, Measure.COUNT, Measure.TOTAL, Measure.MEDIAN, Measure.MEAN})
_MIDDLES = frozenset({Measure.MEDIAN, Measure.MEAN})
_PAIR = 2
_COMPARING = frozenset({*(str(one) for one in (*RATIOS, Measure.DIFFERENCE, Measure.P, Measure.NNT))})
"""Kinds of which an account brings no new one: it tells again what the report found."""
_NAMES = {"count": "number of people", "%": "share", str(Measure.P): "p-value"}
_SHORTEST = 2
"""Digits from which on another order of them is a slip and not another number."""
_LONG = 3
_BEHIND = 40
"""Characters behind a number in which a word makes it one of a plan: "846 patients would be needed"."""
_MANY = 2
_IN_ALL = re.compile(
    r"(?:\A|[,;:(]\s?)(?:in|with|among|of)\s(?:only\s|just\s|all\s)?\Z|\b(?:trial|study|sample|total)\s(?:of|in|with|was)\s(?:only\s|just\s)?\Z"
    r"|\b(?:randomi[sz]ed|enrol?led|recruited|included)\s(?:only\s|just\s)?\Z",
    re.IGNORECASE,
)
_OF_PLANS = re.compile(r"\b(?:would|should|could|might|if|future|larger|longer|needs?|assum\w+|hypothetical\w*)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Number:
    """A number with its sentence; `kind` is what it may be a misprint among."""

    sentence: Sentence
    statistic: Statistic
    kind: str

    @property
    def digits(self) -> str:
        """Its digits, without those that only place the decimal sign."""
        return re.sub(r"\D", "", self.statistic.text).lstrip("0")


def misprint_discrepancies(sentences: Sequence[Sentence], words: Vocabulary) -> Iterator[Discrepancy]:
    """The numbers of an account that are misprints of the report's, each with the one that it stands for."""
    report = [number for sentence in sentences if not sentence.retells for number in _numbers(sentence)]
    for sentence in sentences:
        if not sentence.retells:
            continue
        own = [one for one in report if one.sentence.subject == sentence.subject]
        known = [one.statistic for one in own] + [one for other in sentences if not other.retells for one in other.statistics]
        for told in _numbers(sentence):
            if _is_planned(told) or any(_has_value_of(told.statistic, one) for one in known):
                continue
            if (meant := _meant(told, own, words)) is not None:
                yield _discrepancy(told, meant)


def _is_planned(told: _Number) -> bool:
    """Whether a number is one of a plan or a wish: such words stand before it, or right behind it."""
    return _OF_PLANS.search(told.sentence.text, 0, told.statistic.end + _BEHIND) is not None


def _numbers(sentence: Sentence) -> Iterator[_Number]:
    tests = {one.p.start for one in results_of(sentence) if one.p is not None}
    for one in sentence.statistics:
        if one.role is not Role.POINT or one.value is None or not one.certain or not _is_stated(one):
            continue
        if one.text[:1].isdigit() or one.text[:1] in ".·−-":
            kind = _kind(one)
            if kind and (one.measure is not Measure.P or one.start in tests):
                yield _Number(sentence=sentence, statistic=one, kind=kind)


def _is_stated(one: Statistic) -> bool:
    """Whether it is given as it is; a p-value may be given by what it is below."""
    return one.operator is Operator.EQUAL or (one.measure is Measure.P and one.operator is Operator.LESS)


def _kind(one: Statistic) -> str:
    if one.measure in _PLAIN:
        return "count" if one.unit in _COUNTED and not one.decimals else one.unit
    if str(one.measure) in _COMPARING:
        return str(one.measure)
    return ""


def _has_value_of(told: Statistic, other: Statistic) -> bool:
    """Whether a number of the report is the same, in its unit or without one."""
    if other.value is None or told.value is None:
        return False
    return abs(other.value) == abs(told.value) or (other.unit == told.unit and are_same(told, other))


def _meant(told: _Number, report: Sequence[_Number], words: Vocabulary) -> _Number | None:
    """The number of the report that another was meant to be: of the sentence that shares most words with the account's."""
    said = {one.statistic.value for one in _numbers(told.sentence)}
    alike = [one for one in report if _may_be_meant(told, one) and one.statistic.value not in said]
    shared = {id(one): len(words.shared(told.sentence.text, one.sentence.text)) for one in alike}
    alike.sort(key=lambda one: -shared[id(one)])
    beside = [one for one in alike if shared[id(one)] >= _MANY and _stands_beside(told, one, report)]
    if len(beside) == 1:
        return beside[0]
    turned = next((one for one in alike if (shared[id(one)] or _is_sample(told, one)) and _are_turned(told, one)), None)
    if turned is not None:
        return turned
    alike = [one for one in alike if shared[id(one)] >= _MANY or one.kind == Measure.NNT]
    if told.kind in _COMPARING:
        alone = [one for one in alike if sum(other.sentence is one.sentence and other.kind == one.kind for other in report) == 1]
        return alone[0] if len(alike) == 1 and alone and is_plain(told.sentence.text) and is_plain(alone[0].sentence.text) else None
    return next((one for one in alike if _is_one_off(told, one) and told.statistic.arm == one.statistic.arm), None)


def _stands_beside(told: _Number, one: _Number, report: Sequence[_Number]) -> bool:
    """Whether both stand beside the same number of another group: "32 mg, against 14 mg" and "14 mg and 23 mg"."""
    pair = [other.statistic for other in _numbers(told.sentence) if other.kind == told.kind]
    other_pair = [other.statistic for other in report if other.sentence is one.sentence and other.kind == one.kind]
    if len(pair) != _PAIR or len(other_pair) != _PAIR or not (told.statistic.unit or told.statistic.decimals):
        return False
    left, right = (next(x for x in both if x is not number.statistic) for both, number in ((pair, told), (other_pair, one)))
    return left.value == right.value and left.unit == right.unit


def _is_sample(told: _Number, one: _Number) -> bool:
    """Whether it is the trial's size on its card, of which an account need not say more than "in 421 patients"."""
    sized = one.sentence.field == "sample" and len(one.digits) >= _LONG
    return sized and _IN_ALL.search(told.sentence.text, 0, told.statistic.start) is not None


def _may_be_meant(told: _Number, one: _Number) -> bool:
    left, right = told.statistic, one.statistic
    if (
        told.kind != one.kind
        or (left.decimals != right.decimals and left.measure is not Measure.P)
        or (left.arm and right.arm and left.arm != right.arm)
    ):
        return False
    if {left.measure, right.measure} == _MIDDLES:
        return False
    if at_odds(told.sentence.text, one.sentence.text) or "subgroup" in qualifiers(told.sentence.text) - qualifiers(one.sentence.text):
        return False
    return left.unit == right.unit or told.kind == "count"


def _are_turned(told: _Number, one: _Number) -> bool:
    """Whether both have the same digits in another order; a p-value also where its decimal sign has moved."""
    if told.statistic.value == one.statistic.value or sorted(told.digits) != sorted(one.digits):
        return False
    return len(one.digits) >= _SHORTEST or told.kind == Measure.P


def _is_one_off(told: _Number, one: _Number) -> bool:
    """Whether both have three digits or more, of which just one differs."""
    if len(told.digits) != len(one.digits) or len(one.digits) < _LONG:
        return False
    return sum(left != right for left, right in zip(told.digits, one.digits, strict=True)) == 1


def _discrepancy(told: _Number, meant: _Number) -> Discrepancy:
    supported, refuted = place_of(meant.sentence, meant.statistic), place_of(told.sentence, told.statistic)
    name, shown, other = _name(told, meant), meant.statistic, told.statistic
    return Discrepancy(
        kind="sample_size" if name == "sample" else "different_value",
        refuted=refuted,
        places=in_order([supported, refuted]),
        supported=supported,
        explanation=f"The {name} is {_shown(shown)} in one place and {_shown(other)} in another.",
        certain=False,
    )


def _name(told: _Number, meant: _Number) -> str:
    if meant.sentence.field == "sample":
        return "sample"
    middle = next((str(one) for one in (told.statistic.measure, meant.statistic.measure) if one in _MIDDLES), "number")
    return _NAMES.get(meant.kind, meant.kind if meant.kind in _COMPARING else middle)


def _shown(one: Statistic) -> str:
    """A number with its unit, as far as it has one that is read with it."""
    return one.text + ("%" if one.unit == "%" else f" {one.unit}" if one.unit not in _COUNTED else "")

"""Narrowing: the subgroup, the setting, the time and the arm that a figure is asked of.

Owns whether a sentence gives the figure of just that: the hazard ratio of the whole trial is no answer to a question about women. What
belongs to the whole trial narrows nothing: whom it enrolled, and what its title says.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from journal_club.answering.coverage.fields import field_of
from journal_club.answering.coverage.finding import Finding
from journal_club.answering.coverage.matter import Matter, Unit
from journal_club.answering.coverage.measures import Measure
from journal_club.answering.coverage.phrases import Phrase
from journal_club.answering.coverage.question import QuestionPart
from journal_club.answering.coverage.reporting import enrols
from journal_club.answering.coverage.times import Time, times
from journal_club.answering.coverage.vocabulary import matched_stem, stems
from journal_club.paper.words import words

__all__ = ["Narrowing", "narrowing_of"]

_HELD = 0.8
"""Share of a setting's telling words that a sentence, its heading or what stands before it must hold."""
_OF_ALL = ("population", "setting", "design")
"""Fields of the study design that say what all of the trial is."""
_PARTS = frozenset(
    stems(
        "women woman men man male males female females sex gender boys girls older younger elderly aged age subgroup subgroups stage region"
        " asia asian europe european black white hispanic race ethnicity smokers pregnant mutation mutated positive negative severe mild"
    )
)
"""Words that part the people of a trial, though they stand in what it says of all of them."""
_AGAINST = re.compile(
    r"(?i:\b(?:vs\.?|versus|compared|than|respectively|whereas|ratio|difference)\b)|\b(?:HR|OR|RR)\b|\d\s?%?\s(?:and|or)\s\d"
)
"""How a sentence gives figures of two arms without naming both."""
_BOTH = 2
_AT = re.compile(
    r"\b(?:at|by|after|within|until|through|to|from)\s(?:(?:about|approximately|the|a|week|month|day|year)\s)*\Z", re.IGNORECASE
)
"""What stands before the time that a figure is of; elsewhere a time is somebody's age, or how long something was given."""
_OF_TIME = re.compile(r"-(?:month|year|week|day)\b|^(?:month|year|week|day)s?\s\d", re.IGNORECASE)
"""How a time is written that a figure is of: "30-month survival", "week 26"."""
_CLAUSE = re.compile(r";|\b(?:whereas|while|but|although)\b", re.IGNORECASE)
_NEAR = 30
_AGED = re.compile(r"\b(?:older|younger|aged?|old)\b", re.IGNORECASE)
_AGED_BEFORE = re.compile(r"\b(?:over|under|above|below|aged|older than|younger than)\s(?:the age of\s)?\d[\w\s-]*\Z", re.IGNORECASE)
_UPWARDS = re.compile(r"\b(?:over|above|older)\b", re.IGNORECASE)
_RANGE_TO = re.compile(r"\d\s?(?:[-–—]|to)\s?\Z")
"""What stands before the upper end of a range: nobody is beyond it."""
_DIGIT = re.compile(r"\d")
_GOES_ON = re.compile(r"\b(?:it|they|this|that|these|those)\b", re.IGNORECASE)
"""How a clause goes on about what the one before is about."""
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FOR_ALL = re.compile(r"^\W*(?:in|among|for|of|at|by|after|during|with)\b", re.IGNORECASE)
"""How a sentence begins whose first words are the setting of all of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowing:
    """What a figure is asked of.

    Attributes:
        settings: findings of phrases that part the trial's people or its course.
        focus: findings of what the figure is of.
        measures: the figures that are asked.
        moments: findings of phrases that are a time and nothing else.
        arm: the one arm that is asked; empty for none or several.
        named: the question's words for that arm.
    """

    settings: tuple[Finding, ...]
    moments: tuple[Finding, ...]
    focus: tuple[Finding, ...]
    measures: tuple[Measure, ...]
    arm: str
    named: str
    matter: Matter

    def __bool__(self) -> bool:
        return bool(self.settings or self.moments or self.arm)

    def is_met(self, unit: Unit) -> bool:
        """Whether a sentence gives the figure of that, as far as it says of what."""
        return not self.unmet([unit])

    def unmet(self, units: Sequence[Unit]) -> tuple[str, ...]:
        """The question's words for what no sentence gives the figure of; empty where one gives it of all."""
        lacking = [self._lacking(unit) for unit in units]
        return () if not lacking or not all(lacking) else min(lacking, key=len)

    def _lacking(self, unit: Unit) -> tuple[str, ...]:
        missing = [one.phrase.text for one in self.settings if one.telling_share(unit) < _HELD or self._is_elsewhere(one, unit)]
        missing += [one.phrase.text for one in self.moments if _is_of_another_time(one, unit)]
        if self.arm and self._is_of_another(unit):
            missing.append(self.named)
        return tuple(missing)

    def _is_elsewhere(self, setting: Finding, unit: Unit) -> bool:
        """Whether a sentence of several clauses names the setting in one, and what is asked of it, or the figure, in others alone."""
        clauses = [clause for clause in _CLAUSE.split(_BRACKETED.sub(_joined, unit.text)) if clause.strip()]
        there = {place for place, clause in enumerate(clauses) if _holds(setting, clause)}
        if len(clauses) < _BOTH or not there or (0 in there and _FOR_ALL.match(unit.text)):
            return False
        if any(_DIGIT.search(clauses[place]) and _GOES_ON.search(clauses[place]) for place in there):
            return False
        things = [{place for place, clause in enumerate(clauses) if _holds(one, clause)} for one in self.focus]
        figures = {place for place, clause in enumerate(clauses) if any(one.found.search(clause) for one in self.measures)}
        return any(places and not places & there for places in (*things, figures))

    def _is_of_another(self, unit: Unit) -> bool:
        """Whether a sentence names other arms alone."""
        named = {arm.name for arm in self.matter.arms.mentions(unit.text)}
        return bool(named) and self.arm not in named and (len(named) >= _BOTH or not _AGAINST.search(unit.text))


def narrowing_of(part: QuestionPart, focus: Sequence[Finding], context: Sequence[Finding], matter: Matter) -> Narrowing:
    """What the figure of a part is asked of."""
    own = _of_all(matter)
    arms = matter.arms.mentions(part.text)
    names = {arm.name for arm in arms}
    spans = [(part.start + arm.start, part.start + arm.end) for arm in arms]
    settings = [
        one for one in context if not one.absent and not any(start < one.phrase.end and one.phrase.start < end for start, end in spans)
    ]
    ages = [one for one in settings if _is_age(one.phrase, part)]
    return Narrowing(
        settings=tuple(
            one for one in settings if (_is_apart(one, part, matter) if one in ages else not times(one.phrase.text) and _parts(one, own))
        ),
        moments=tuple(one for one in settings if _is_moment(one.phrase.text) and one not in ages),
        focus=tuple(focus),
        measures=part.measures,
        arm=next(iter(names)) if len(names) == 1 else "",
        named=part.text[arms[0].start : arms[0].end] if arms else "",
        matter=matter,
    )


def _is_age(phrase: Phrase, part: QuestionPart) -> bool:
    """Whether a phrase with a time is a bound of people's age: "over 75 years", "younger than 3 years"."""
    asked = part.text[max(0, phrase.start - part.start - _NEAR) : phrase.end - part.start]
    return bool(times(phrase.text)) and (_AGED.search(phrase.text) or _AGED_BEFORE.search(asked)) is not None


def _is_apart(age: Finding, part: QuestionPart, matter: Matter) -> bool:
    """Whether a bound of age is none of those that the trial set for all its people."""
    token = times(age.phrase.text)[0].token
    bounds = [(unit.text, one) for unit in _all_units(matter) for one in times(unit.text) if one.token == token]
    upwards = _UPWARDS.search(part.text) is not None
    return not any(not (upwards and _RANGE_TO.search(text, 0, one.start)) for text, one in bounds)


def _is_moment(phrase: str) -> bool:
    said = times(phrase)
    return len(said) == 1 and said[0].end - said[0].start == len(phrase)


def _is_of_another_time(moment: Finding, unit: Unit) -> bool:
    """Whether a sentence gives figures of other times, and names this one not at all."""
    token = times(moment.phrase.text)[0].token
    said = times(unit.text)
    return any(_is_at(unit.text, one) for one in said) and token not in {one.token for one in said} and token not in unit.labelled


def _is_at(text: str, time: Time) -> bool:
    before = _AT.search(text, max(0, time.start - _NEAR), time.start)
    return before is not None or _OF_TIME.search(text[time.start : time.end]) is not None


def _joined(bracket: re.Match[str]) -> str:
    """A bracket in which nothing ends a clause."""
    return _CLAUSE.sub(",", bracket.group())


def _holds(finding: Finding, clause: str) -> bool:
    """Whether a clause has most of a phrase's telling words."""
    said = frozenset(matched_stem(word) for word in words(clause)) | frozenset(stems(clause))
    telling = [pair for pair in finding.terms if pair[0].telling] or list(finding.terms)
    return sum(weight for term, weight in telling if term.in_(said)) >= _HELD * sum(weight for _, weight in telling)


def _parts(finding: Finding, own: frozenset[str]) -> bool:
    """Whether a phrase parts the trial's people or course: it has a telling word that is not of all of the trial."""
    said = frozenset(stems(finding.phrase.text))
    telling = [term for term, _ in finding.terms if term.telling and not term.trial]
    return bool(telling) and (not said.isdisjoint(_PARTS) or any(not term.in_(own) for term in telling))


@lru_cache(maxsize=32)
def _all_units(matter: Matter) -> tuple[Unit, ...]:
    """What the text says of the whole trial: its title, and what says whom it enrolled, where and how."""
    return (*matter.publication, *(unit for unit in matter.units if field_of(unit.passage) in _OF_ALL or enrols(unit)))


@lru_cache(maxsize=32)
def _of_all(matter: Matter) -> frozenset[str]:
    return frozenset().union(*(unit.own for unit in _all_units(matter)))

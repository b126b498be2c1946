"""Narrowing: the subgroup, the time and the arm that a figure is asked of.

Owns whether a sentence gives the figure of just that: the hazard ratio of the whole trial is no answer to a question about women. What
belongs to the whole trial narrows nothing: whom it enrolled, and what its title says.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from journal_club.answering.coverage.finding import Finding
from journal_club.answering.coverage.matter import Matter, Unit, field_of
from journal_club.answering.coverage.question import QuestionPart
from journal_club.answering.coverage.times import times
from journal_club.answering.coverage.vocabulary import stems

__all__ = ["Narrowing", "narrowing_of"]

_HELD = 0.7
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
    r"\b(?:vs\.?|versus|compared|than|respectively|whereas|ratio|HR|OR|RR|difference)\b|\d\s?(?:%\s?)?(?:and|or)\s\d", re.IGNORECASE
)
"""How a sentence gives figures of two arms without naming both."""
_BOTH = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowing:
    """What a figure is asked of.

    Attributes:
        settings: findings of phrases that part the trial's people or its course.
        moments: tokens of the times that are asked.
        arm: the one arm that is asked; empty for none or several.
        named: the question's words for that arm.
    """

    settings: tuple[Finding, ...]
    moments: frozenset[str]
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
        missing = [one.phrase.text for one in self.settings if one.telling_share(unit) < _HELD]
        said = {time.token for time in times(unit.excerpt.text)}
        if self.moments and said and not self.moments & said and not any(moment in unit.labelled for moment in self.moments):
            missing += sorted(self.moments)
        if self.arm and self.matter.arms.names and self._is_of_another(unit):
            missing.append(self.named)
        return tuple(missing)

    def _is_of_another(self, unit: Unit) -> bool:
        """Whether a sentence names other arms alone."""
        named = {arm.name for arm in self.matter.arms.mentions(unit.excerpt.text)}
        return bool(named) and self.arm not in named and (len(named) >= _BOTH or not _AGAINST.search(unit.excerpt.text))


def narrowing_of(part: QuestionPart, context: Sequence[Finding], matter: Matter) -> Narrowing:
    """What the figure of a part is asked of."""
    own = _of_all(matter)
    arms = matter.arms.mentions(part.text)
    names = {arm.name for arm in arms}
    spans = [(part.start + arm.start, part.start + arm.end) for arm in arms]
    settings = [
        one for one in context if not one.absent and not any(start < one.phrase.end and one.phrase.start < end for start, end in spans)
    ]
    return Narrowing(
        settings=tuple(one for one in settings if not times(one.phrase.text) and _parts(one, own)),
        moments=frozenset(),
        arm=next(iter(names)) if len(names) == 1 else "",
        named=part.text[arms[0].start : arms[0].end] if arms else "",
        matter=matter,
    )


def _parts(finding: Finding, own: frozenset[str]) -> bool:
    """Whether a phrase parts the trial's people or course: it has a telling word that is not of all of the trial."""
    said = frozenset(stems(finding.phrase.text))
    telling = [term for term, _ in finding.terms if term.telling and not term.trial]
    return bool(telling) and (not said.isdisjoint(_PARTS) or any(not term.in_(own) for term in telling))


@lru_cache(maxsize=32)
def _of_all(matter: Matter) -> frozenset[str]:
    """The stems of what the text says of the whole trial: its title and the fields that say whom, where and how."""
    units = [*matter.publication, *(unit for unit in matter.units if field_of(unit.passage) in _OF_ALL)]
    return frozenset().union(*(unit.own for unit in units))

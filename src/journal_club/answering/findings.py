"""Findings: for each thing that a question looks for, the sentences of the text that carry it.

Owns the rules by which a sentence carries a phrase, and the order of such sentences. Whether that suffices to answer is
`abstention`'s, which of them are shown is `extractive`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from journal_club.answering.matter import Matter, Term, Unit
from journal_club.answering.measures import LISTED, MODIFIERS, Measure
from journal_club.answering.phrases import Phrase
from journal_club.answering.question import QuestionPart
from journal_club.paper.model import Origin
from journal_club.retrieval.retrieval import Retrieval

__all__ = ["Evidence", "Finding", "PartFindings", "find"]

CARRIED = 0.72
"""Share of a phrase's weight that one place must hold to carry it."""
NEAR = {"label": 0.9, "before": 0.75, "around": 0.5}
"""What a word is worth that stands not in the sentence but in its heading, before it, or elsewhere in its passage."""
ORIGIN_BONUS = {Origin.TRIAL: 0.12, Origin.COMMENTARY: 0.0, Origin.RELATED_TRIAL: -0.1}
LONG = 450
"""Characters; a sentence beyond them is the less to the point the longer it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A sentence that carries a phrase, the better the higher its score."""

    unit: Unit
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A phrase and what carries it, best first; `absent` are the words of it that the text has nowhere."""

    phrase: Phrase
    evidence: tuple[Evidence, ...]
    weight: float
    absent: tuple[Term, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PartFindings:
    """A part of a question, its phrases' findings, and the sentences that answer it best, best first.

    Attributes:
        measured: figures that are asked side by side and that no sentence reports of the focus.
        best: sentences in the order of how well they answer the whole part.
        answered: for a part that asks for a figure: a sentence reports one of the measure beside the focus.
    """

    part: QuestionPart
    focus: tuple[Finding, ...]
    context: tuple[Finding, ...]
    best: tuple[Evidence, ...]
    unmeasured: tuple[Measure, ...]
    answered: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wanted:
    """The terms of a part, and what retrieval thought of each passage."""

    matter: Matter
    units: tuple[Unit, ...]
    dense: dict[str, float]
    aspects: frozenset[str]


def find(part: QuestionPart, given: Sequence[Phrase], matter: Matter, retrieval: Retrieval, units: Sequence[Unit]) -> PartFindings:
    """Search a text for what one part of a question looks for.

    Args:
        part: the part.
        given: phrases of the sentences around it; they stand in for a part that has none of its own.
        matter: the paper's matter.
        retrieval: the question's retrieval, for the likeness of passages.
        units: the sentences that may answer: rows of other trials only where they are asked for.
    """
    phrases = part.phrases or tuple(replace(phrase, focus=True) for phrase in given)
    wanted = _Wanted(
        matter=matter,
        units=tuple(units),
        dense={one.passage.id: one.dense for one in retrieval.ranked},
        aspects=_general_terms(part, matter),
    )
    focus = [_finding(phrase, part, wanted) for phrase in phrases if phrase.focus]
    context = [_finding(phrase, part, wanted) for phrase in phrases if not phrase.focus]
    if not focus and part.measures:
        focus, context = context, []
    best = _best(part, focus, context, wanted)
    measured = _measured(part.measures, focus, wanted)
    return PartFindings(
        part=part,
        focus=tuple(focus),
        context=tuple(context),
        best=best,
        unmeasured=measured,
        answered=not part.measures or bool(focus and any(finding.evidence for finding in focus)) or (not focus and bool(best)),
    )


def _general_terms(part: QuestionPart, matter: Matter) -> frozenset[str]:
    """Stems of the part's words that only ask ("limitations", "design"): a heading that has them is the better place."""
    return frozenset(one for term in matter.terms(part.text) for form in term.forms for position in form for one in position)


def _finding(phrase: Phrase, part: QuestionPart, wanted: _Wanted) -> Finding:
    terms = wanted.matter.terms(phrase.text)
    telling = [term for term in terms if term.telling] or list(terms)
    weights = {term: wanted.matter.weight(term) for term in telling}
    total = sum(weights.values()) or 1.0
    evidence: list[Evidence] = []
    for unit in wanted.units:
        held = sum(weight * _held(term, unit) for term, weight in weights.items()) / total
        if held >= CARRIED and any(term.in_(unit.own | unit.label) for term in telling) and _reports(part.measures, unit):
            evidence.append(Evidence(unit=unit, score=held))
    absent = tuple(term for term in telling if not wanted.matter.has(term))
    ranked = tuple(sorted(evidence, key=lambda one: -one.score))
    return Finding(phrase=phrase, evidence=ranked, weight=max(weights.values(), default=0.0), absent=absent)


def _held(term: Term, unit: Unit) -> float:
    """How near to a sentence a term stands, 1 in it to 0 not in its passage."""
    if term.in_(unit.own):
        return 1.0
    if term.in_(unit.own | unit.label):
        return NEAR["label"]
    if term.in_(unit.own | unit.before):
        return NEAR["before"]
    return NEAR["around"] if term.in_(unit.around) else 0.0


def _reports(measures: Sequence[Measure], unit: Unit) -> bool:
    """Whether a sentence reports figures of the measures: every modifier, and one of those asked side by side, or the leading one."""
    text = f"{unit.excerpt.text}"
    modifiers = [one for one in measures if one.name in MODIFIERS]
    others = [one for one in measures if one.name not in MODIFIERS]
    return all(one.found.search(text) for one in modifiers) and (not others or any(one.found.search(text) for one in others))


def _measured(measures: Sequence[Measure], focus: Sequence[Finding], wanted: _Wanted) -> tuple[Measure, ...]:
    """The measures asked side by side that no sentence reports of the focus."""
    listed = [one for one in measures if one.name in LISTED]
    if len(listed) < 2:
        return ()
    units = [one.unit for finding in focus for one in finding.evidence] or ([] if focus else list(wanted.units))
    return tuple(one for one in listed if not any(one.found.search(unit.excerpt.text) for unit in units))


def _best(part: QuestionPart, focus: Sequence[Finding], context: Sequence[Finding], wanted: _Wanted) -> tuple[Evidence, ...]:
    ranked = [Evidence(unit=unit, score=_score(unit, part, focus, context, wanted)) for unit in wanted.units]
    fitting = [one for one in ranked if one.score > 0 and _reports(part.measures, one.unit)]
    return tuple(sorted(fitting, key=lambda one: -one.score))


def _score(unit: Unit, part: QuestionPart, focus: Sequence[Finding], context: Sequence[Finding], wanted: _Wanted) -> float:
    asked = sum(_share(finding, unit, wanted) for finding in focus) / max(1, len(focus))
    given = sum(_share(finding, unit, wanted) for finding in context) / max(1, len(context))
    aspect = sum(1.0 for one in wanted.aspects if one in unit.own) * 0.02 + (0.25 if wanted.aspects & unit.label else 0.0)
    listed = [one for one in part.measures if one.name in LISTED]
    reported = sum(1 for one in listed if one.found.search(unit.excerpt.text)) / len(listed) if listed else 0.0
    likeness = wanted.dense.get(unit.passage.id, 0.0)
    length = max(0, len(unit.excerpt.text) - LONG) / 1500
    return 2 * asked + 0.6 * given + 0.3 * reported + aspect + 0.6 * likeness + ORIGIN_BONUS[unit.passage.origin] - length


def _share(finding: Finding, unit: Unit, wanted: _Wanted) -> float:
    """The share of a phrase's weight that a sentence holds, its general words included."""
    weights = {term: wanted.matter.weight(term) for term in wanted.matter.terms(finding.phrase.text)}
    total = sum(weights.values()) or 1.0
    return sum(weight * _held(term, unit) for term, weight in weights.items()) / total

"""Findings: for each thing that a question looks for, the sentences of the text that carry it.

Owns the rules by which a sentence carries a phrase, and the order of such sentences. Whether that suffices to answer is
`abstention`'s, which of them are shown is `extractive`'s.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from journal_club.answering.coverage.finding import Evidence, Finding, held
from journal_club.answering.coverage.kin import akin, likest, within_reach
from journal_club.answering.coverage.matter import Matter, Unit
from journal_club.answering.coverage.measures import LISTED, Measure
from journal_club.answering.coverage.narrowing import narrowing_of
from journal_club.answering.coverage.outcomes import PRIMARY, merit, of_outcome, primary_outcome, primary_stems
from journal_club.answering.coverage.phrases import Phrase
from journal_club.answering.coverage.question import OPEN, QuestionPart
from journal_club.answering.coverage.reporting import fitness_of_form, is_group_size, reports
from journal_club.answering.coverage.vocabulary import matched_stem, same_stems
from journal_club.paper.model import Origin
from journal_club.paper.words import STOP_WORDS, words
from journal_club.retrieval.kinship import Kinship
from journal_club.retrieval.retrieval import Retrieval

__all__ = ["WORKS", "PartFindings", "find"]

CARRIED = 0.72
"""Share of a phrase's weight that one place must hold to carry it."""
MEANT, SPOKEN, CARRYING = 4.8, 2.6, 0.2
"""What a sentence's likeness to the question, its share of the words that ask, and a phrase that it carries are worth beside the phrases'
own shares: the weights of a listwise logistic regression over questions to ten texts, rounded."""
MEASURED = 0.4
"""What the words that ask are worth where a figure is asked for, which tells more."""
OF_ANOTHER = 0.8
"""What a sentence that names another trial is worth less where the question does not name it."""
ORIGIN_BONUS = {Origin.TRIAL: 0.12, Origin.COMMENTARY: 0.0, Origin.RELATED_TRIAL: -0.1}
WORKS = re.compile(
    r"\b(?:better|superior|non-?inferior|inferior|beats?|outperforms?|works?|worked|effective|efficac\w+|helps?|helped|benefi\w+|worth\w*"
    r"|improves? outcomes?)\b",
    re.IGNORECASE,
)
"""Asks whether a treatment is worth it, and not yet in what."""
ASKED_OF_NOTHING = STOP_WORDS | {"no", "not", "without"}
LONG = 450
"""Characters; a sentence beyond them is the less to the point the longer it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PartFindings:
    """A part of a question, its phrases' findings, and the sentences that answer it best, best first.

    Attributes:
        given: phrases of the sentences around the part, which need not be carried.
        unmeasured: figures that are asked side by side and that no sentence reports of the focus.
        best: sentences in the order of how well they answer the whole part.
        answered: for a part that asks for a figure: a sentence reports one of the measure beside the focus, and of just what is asked.
        narrowed: the question's words for the subgroup, setting or arm that no sentence gives the figure of.
        spoken: the share of the words that ask that the best sentence and its heading hold.
        likest: sentences that are clearly more like the part as a whole than the best.
        by_meaning: whether `best` is ordered by meaning too, and not by words alone.
        whole: for a part that asks for a section or the publication: its sentences in order, none where there is none; else None.
    """

    part: QuestionPart
    focus: tuple[Finding, ...]
    context: tuple[Finding, ...]
    given: tuple[Finding, ...]
    best: tuple[Evidence, ...]
    unmeasured: tuple[Measure, ...]
    answered: bool
    narrowed: tuple[str, ...] = ()
    spoken: float = 1.0
    whole: tuple[Unit, ...] | None = None
    likest: tuple[Unit, ...] = ()
    by_meaning: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wanted:
    """What a part is searched with: the sentences, their passages' likeness, the stems of the words that ask, and what it may name."""

    matter: Matter
    units: tuple[Unit, ...]
    dense: dict[str, float]
    aspects: frozenset[str]
    asking: tuple[frozenset[str], ...]
    named: frozenset[str]
    kinship: Kinship | None
    reach: tuple[Unit, ...]


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
        kinship=retrieval.kinship,
        reach=within_reach(units, retrieval),
        named=frozenset(word.text.casefold().partition("-")[0] for word in words(part.text)),
        asking=tuple(same_stems(matched_stem(word)) for word in words(part.text) if word.text.casefold() not in ASKED_OF_NOTHING),
    )
    sized = is_group_size(part)
    focus = [_finding(phrase, part, wanted) for phrase in phrases if phrase.focus and not (sized and phrase.counted)]
    context = [_finding(phrase, part, wanted) for phrase in phrases if not phrase.focus]
    if not focus and part.measures:
        focus, context = context, []
    around = tuple(_finding(phrase, part, wanted) for phrase in given) if part.phrases else ()
    best = _best(part, focus, [*context, *around], wanted)
    measured = _measured(part.measures, focus, wanted)
    joint = [one.unit for one in best if _is_joint(one.unit, focus)] if part.measures else []
    narrowing = narrowing_of(part, focus, context, matter)
    narrowed = narrowing.unmet(joint) if joint and narrowing else ()
    if joint and narrowing and not narrowed:
        best = tuple(sorted(best, key=lambda one: not narrowing.is_met(one.unit)))
    answered = not part.measures or (bool(joint) and not narrowed)
    # A figure that stands in one sentence with all that it is asked of, word for word, needs no other beside it.
    certain = bool(part.measures and focus) and answered and not any(finding.akin for finding in focus)
    spoken = _spoken(best[0].unit, wanted, labelled=True) if best else 0.0
    return PartFindings(
        part=part,
        focus=tuple(focus),
        context=tuple(context),
        given=around,
        best=best,
        unmeasured=measured,
        answered=answered,
        narrowed=narrowed,
        likest=() if certain else likest(part.text, wanted.reach, wanted.kinship, best=best[0].unit if best else None),
        spoken=spoken,
        by_meaning=wanted.kinship is not None and part.asks != "reason",
    )


def _spoken(unit: Unit, wanted: _Wanted, *, labelled: bool = False) -> float:
    """The share of the words that ask that a sentence holds."""
    held = unit.labelled if labelled else unit.own
    return sum(not one.isdisjoint(held) for one in wanted.asking) / max(1, len(wanted.asking))


def _is_joint(unit: Unit, focus: Sequence[Finding]) -> bool:
    """Whether one sentence that reports the figure holds enough of everything that it is asked of; of phrases side by side, of one."""
    groups: list[list[Finding]] = []
    focus = [finding for finding in focus if not finding.excused]
    for finding in focus:
        if finding.phrase.joined and groups:
            groups[-1].append(finding)
        else:
            groups.append([finding])
    if any(finding.phrase.counted and not any(one.unit is unit for one in finding.evidence) for finding in focus):
        return False
    weights = [max(finding.weight for finding in group) for group in groups]
    shares = [max(finding.telling_share(unit) for finding in group) for group in groups]
    total = sum(weights)
    return not groups or sum(weight * share for weight, share in zip(weights, shares, strict=True)) >= CARRIED * total


def _general_terms(part: QuestionPart, matter: Matter) -> frozenset[str]:
    """Stems of the part's words that only ask ("limitations", "design"): a heading that has them is the better place."""
    return frozenset(one for term in matter.terms(part.text) for form in term.forms for position in form for one in position)


def _finding(phrase: Phrase, part: QuestionPart, wanted: _Wanted) -> Finding:
    terms = wanted.matter.terms(_spelled_out(phrase, wanted) if part.measures else phrase.text)
    telling = [term for term in terms if term.telling] or list(terms)
    weights = {term: wanted.matter.weight(term) for term in telling}
    total = sum(weights.values()) or 1.0
    shares = {unit: sum(weight * held(term, unit) for term, weight in weights.items()) / total for unit in wanted.units}
    carrying = [unit for unit, share in shares.items() if share >= CARRIED and any(term.in_(unit.labelled) for term in telling)]
    evidence = [Evidence(unit=unit, score=shares[unit]) for unit in carrying if reports(part, phrase, unit, telling)]
    absent = tuple(term for term in telling if not wanted.matter.has(term))
    # What a sentence carries in its words, without the figure that is asked, is said there and not otherwise elsewhere.
    kin, kinship = (
        ({}, 1.0)
        if carrying or (absent and not any(term.plain for term in absent))
        else akin(phrase.text, [unit for unit in wanted.reach if reports(part, None, unit)], wanted.kinship)
    )
    evidence += [Evidence(unit=unit, score=share) for unit, share in kin.items()]
    return Finding(
        phrase=phrase,
        evidence=tuple(sorted(evidence, key=lambda one: -one.score)),
        weight=max(weights.values(), default=0.0),
        absent=() if kin else absent,
        terms=tuple((term, wanted.matter.weight(term)) for term in terms),
        akin=kin,
        kinship=kinship,
    )


def _spelled_out(phrase: Phrase, wanted: _Wanted) -> str:
    """What the primary outcome is, where a phrase only calls it so; else the phrase's own words."""
    return (primary_outcome(wanted.units) or phrase.text) if PRIMARY.fullmatch(phrase.text) else phrase.text


def _measured(measures: Sequence[Measure], focus: Sequence[Finding], wanted: _Wanted) -> tuple[Measure, ...]:
    """The measures asked side by side that no sentence reports of the focus."""
    listed = [one for one in measures if one.name in LISTED]
    if len(listed) < 2:
        return ()
    units = [one.unit for finding in focus for one in finding.evidence] or ([] if focus else list(wanted.units))
    return tuple(one for one in listed if not any(one.found.search(unit.text) for unit in units))


def _best(part: QuestionPart, focus: Sequence[Finding], context: Sequence[Finding], wanted: _Wanted) -> tuple[Evidence, ...]:
    """Sentences that may answer the part, by how well; where it asks for a figure, those that report one."""
    carrying = {one.unit for finding in focus for one in finding.evidence}
    worth = part.asks in ("yes_no", "free") and not part.measures and (WORKS.search(part.text) or (OPEN.search(part.text) and not focus))
    primary = primary_stems(wanted.units, wanted.matter) if worth else None
    alike = _alike(part, wanted) if primary is None else {}
    ranked: list[Evidence] = []
    for unit in wanted.units:
        asked = sum(finding.share(unit) for finding in focus) / max(1, len(focus))
        given = sum(finding.share(unit) for finding in context) / max(1, len(context))
        if (asked or given or alike or not focus) and (unit in carrying or reports(part, None, unit)):
            score = 2 * asked + 0.6 * given + _fitness(unit, part, wanted) + (merit(unit, primary) if primary is not None else 0.0)
            if alike:
                spoken = _spoken(unit, wanted, labelled=True) * (MEASURED if part.measures else 1.0)
                score += MEANT * alike.get(unit, 0.0) + SPOKEN * spoken + CARRYING * (unit in carrying)
            ranked.append(Evidence(unit=unit, score=score))
    return tuple(sorted(ranked, key=lambda one: -one.score))


def _alike(part: QuestionPart, wanted: _Wanted) -> Mapping[Unit, float]:
    """How like each sentence within reach is to the part as a whole; empty where words alone are asked.

    A reason is like what it explains no more than other sentences about it are.
    """
    if wanted.kinship is None or part.asks == "reason":
        return {}
    return dict(zip(wanted.reach, wanted.kinship.alike(part.text, [unit.excerpt for unit in wanted.reach]), strict=True))


def _fitness(unit: Unit, part: QuestionPart, wanted: _Wanted) -> float:
    """What else speaks for a sentence: the words that ask, its heading, its passage's likeness, who says it, and its form."""
    words_asked = _spoken(unit, wanted)
    heading = 0.25 if wanted.aspects & unit.label else 0.0
    likeness = wanted.dense.get(unit.passage.id, 0.0)
    length = max(0, len(unit.text) - LONG) / 1500
    return (
        (0.4 if part.measures else 0.8) * words_asked
        + heading
        + 0.6 * likeness
        + fitness_of_form(unit, part)
        + of_outcome(part.text, unit)
        + ORIGIN_BONUS[unit.passage.origin]
        - length
        - (OF_ANOTHER if wanted.matter.names_another(unit) - wanted.named else 0.0)
    )

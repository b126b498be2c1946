"""Abstention: what of a question the loaded text does not carry, and how that is said.

Owns the decision to refuse all or part of a question, and the fixed words of the refusal. It finds nothing (`findings`) and shows
nothing (`extractive`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from journal_club.answering.answer import AbstentionReason
from journal_club.answering.coverage.finding import Finding
from journal_club.answering.coverage.findings import WORKS, PartFindings, find
from journal_club.answering.coverage.kin import STRANGE
from journal_club.answering.coverage.matter import Matter, Unit, matter_of
from journal_club.answering.coverage.missing import missing_of
from journal_club.answering.coverage.outcomes import results_of
from journal_club.answering.coverage.question import ASKING, AUXILIARY, OPEN, QuestionPart, QuestionReading
from journal_club.answering.coverage.sections import whole_of
from journal_club.answering.coverage.situation import is_clinical, points_here
from journal_club.answering.coverage.vocabulary import clinical_stems, stem, stems
from journal_club.library.passages import PUBLICATION, Passage
from journal_club.paper.model import Excerpt, Paper, SourceKind
from journal_club.paper.words import words
from journal_club.retrieval.retrieval import Retrieval

__all__ = ["Coverage", "Quote", "judge", "message_of"]

NEAREST = 2
"""Quotes behind a refusal."""
LOST = 0.5
"""Share of the focus's weight without which a part that asks for no figure is lost."""
HALF = 0.5
FAINT = 0.25
"""Cosine below which a passage is not shown even as the nearest."""
LIKE = 0.38
"""Cosine of a question and a passage from which on a question without a shared word is taken to be about the paper."""
SURELY_LIKE = 0.6
"""Cosine of a question and a passage from which on a yes-or-no question of which the text carries a part is answered in part."""
ADDRESSED = re.compile(r"\b(?:you|your|yours|i|me|my|mine|myself)\b", re.IGNORECASE)
"""Speaks to the tool, or of the reader."""
ASKS_OF_IT = re.compile(
    rf"^\W*(?:(?:and|so|but|or|in|at|on|for|by|to|from|with|over|under|after|during)\s+)*(?:{ASKING}|{AUXILIARY}|any\b)", re.IGNORECASE
)
"""Asks a question, and gives no order."""
OTHER_TRIALS = re.compile(
    r"\b(?:related|other|previous|prior|earlier|similar|noteworthy|comparable|preceding|further|these|competing) (?:\w+ )?(?:trials?"
    r"|studies)\b|\b(?:related|other|previous|prior|earlier|similar|comparable) (?:trial|study)\b|\blandscape\b",
    re.IGNORECASE,
)
OF_METHODS = re.compile(
    r"\b(?:was|were) (?:used|given|measured|done|performed|applied|tested|conducted|reported|studied|included|enrolled|chosen)\b",
    re.IGNORECASE,
)
"""How methods and results are asked for, whatever of."""
ENGLISH = "a question in English"
ENROLLED = "population eligibility inclusion enrolled adults aged patients participants years randomised recruited"

SOURCE = {
    SourceKind.DIGEST: "this digest page",
    SourceKind.ABSTRACT: "this abstract",
    SourceKind.FULL_TEXT: "the paper",
    SourceKind.OTHER: "this text",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Words of the source that may be shown: an excerpt and the passage it stands in."""

    passage: Passage
    excerpt: Excerpt


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """What the text carries of a question.

    Attributes:
        reason: why all of it is refused; None when all or part of it can be answered.
        looked_for: the question's words for what the text does not carry, in order.
        acute: somebody has symptoms now.
        nearest: what the text does report near it, behind a full refusal; whom the trial enrolled, for one person's question.
        parts: the findings of each part, answered ones only.
        results: of a broad question, the sentences with the results that it speaks of; of one that doubts a number, those that refute it.
    """

    reason: AbstentionReason | None
    looked_for: tuple[str, ...] = ()
    acute: bool = False
    nearest: tuple[Quote, ...] = ()
    parts: tuple[PartFindings, ...] = ()
    results: tuple[Unit, ...] = ()


def judge(reading: QuestionReading, retrieval: Retrieval, *, paper: Paper) -> Coverage:
    """Decide whether the text carries a question, in whole, in part or not at all."""
    matter = matter_of(retrieval.passages, retrieval.names)
    if reading.patient_specific and (reading.acute or not reading.out_of_scope):
        return Coverage(reason="patient_specific", acute=reading.acute, nearest=_enrolled(matter))
    if reading.foreign or reading.out_of_scope or not reading.parts:
        return Coverage(reason="out_of_scope", looked_for=(ENGLISH,) if reading.foreign else ())
    units = _admitted(reading, matter, paper)
    found = tuple(_found(part, reading, matter, retrieval, units, paper) for part in reading.parts)
    likeness = max((one.dense for one in retrieval.ranked if one.passage.section != PUBLICATION), default=0.0)
    kept = tuple(one for one in found if not _is_lost(one, reading, likeness))
    looked_for = _once(phrase for one in found for phrase in missing_of(one))
    if kept:
        results = results_of(reading.text, units, matter) if reading.broad else ()
        return Coverage(reason=None, looked_for=looked_for, parts=kept, results=results)
    reason: AbstentionReason = "not_reported" if _is_of_paper(reading, found, retrieval) else "out_of_scope"
    return Coverage(
        reason=reason,
        looked_for=looked_for if reason == "not_reported" else (),
        nearest=_nearest(found, units, retrieval) if reason == "not_reported" else (),
    )


def _found(
    part: QuestionPart, reading: QuestionReading, matter: Matter, retrieval: Retrieval, units: Sequence[Unit], paper: Paper
) -> PartFindings:
    """What carries a part: the section that it asks for as a whole, else the sentences that hold its phrases."""
    whole = whole_of(part, matter, paper)
    if whole is None:
        # A discussion question names much that is near to everything: there the words alone tell what is missing.
        return find(part, reading.given, matter, replace(retrieval, kinship=None) if reading.broad else retrieval, units)
    return PartFindings(part=part, focus=(), context=(), given=(), best=(), unmeasured=(), answered=bool(whole), whole=whole)


def message_of(reason: AbstentionReason, *, looked_for: Sequence[str], partial: bool, acute: bool, paper: Paper) -> str:
    """What the reader is told of a refusal, in fixed words.

    Args:
        reason: why.
        looked_for: the question's words for what is missing.
        partial: the rest of the question is answered.
        acute: somebody has symptoms now.
        paper: the paper; of a full text alone "the paper does not report" is said.
    """
    source = SOURCE[paper.source_kind]
    if reason == "patient_specific":
        urgent = "If there are symptoms now, contact the treating centre now. " if acute else ""
        return (
            f"{urgent}This asks for advice about one person, which {source} cannot give and this tool does not: "
            "please ask the treating team. What can be shown is whom the trial enrolled."
        )
    if reason == "out_of_scope" and ENGLISH in looked_for:
        return "That does not read as English, the only language in which questions are understood here; please ask in English."
    if reason == "out_of_scope":
        title = f' "{" ".join(paper.title.text.split())}"' if paper.title else ""
        return f"That is not a question about this paper. Questions about{title or ' the loaded text'} can be answered here."
    if reason == "conflicting_source":
        return f"{_capital(source)} contradicts itself here, and arithmetic does not settle which place is right."
    what = ", ".join(f'"{phrase}"' for phrase in looked_for) or "what the question asks for"
    return f"Beyond that, {source} does not report {what}." if partial else f"{_capital(source)} does not report {what}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once, without those that are part of another."""
    unique = {text.casefold(): text for text in reversed(list(texts))}
    return tuple(text for folded, text in reversed(unique.items()) if not any(folded != other and folded in other for other in unique))


def _admitted(reading: QuestionReading, matter: Matter, paper: Paper) -> tuple[Unit, ...]:
    """The sentences that may answer: where another trial is named, those that stand with its name; else none of other trials' rows."""
    named = _other_trials(reading.text, matter, paper)
    if named:
        return tuple(unit for unit in matter.units if named & unit.around)
    if OTHER_TRIALS.search(reading.text):
        return matter.units
    admitted = tuple(unit for unit in matter.units if not matter.is_related(unit))
    if matter.own_names & {word.text.casefold().partition("-")[0] for word in words(reading.text)}:
        return tuple(unit for unit in admitted if not matter.names_another(unit))
    return admitted


def _other_trials(question: str, matter: Matter, paper: Paper) -> frozenset[str]:
    """Stems of the names of other trials that both the question and the text mention."""
    rows = frozenset(one for trial in paper.related_trials for one in stems(trial.name.text)) - {stem("trial"), stem("study")}
    own = frozenset(stems(paper.title.text)) if paper.title else frozenset()
    return (rows | matter.trials) & frozenset(stems(question)) - own - clinical_stems()


def _is_lost(one: PartFindings, reading: QuestionReading, likeness: float) -> bool:
    """Whether the text does not carry a part at all."""
    if one.whole is not None:
        return not one.whole
    if not reading.broad and (_is_far(one, likeness) or (one.part.asks == "yes_no" and _is_elsewhere(one))):
        return True
    if one.part.measures:
        return not one.answered or _is_elsewhere(one)
    if not one.focus and not one.context:
        return _has_no_choice(one, reading) and one.spoken < HALF and likeness < LIKE
    if reading.broad:
        return not any(finding.evidence for finding in (*one.focus, *one.context, *one.given))
    absent = [finding for finding in (*one.focus, *one.context) if not finding.evidence and not finding.excused]
    if any(finding.phrase.focus and finding.kinship < STRANGE for finding in absent):
        return True
    if likeness >= SURELY_LIKE and one.part.asks in ("yes_no", "reason") and len(absent) < len(one.focus) + len(one.context):
        return False
    if any(finding.phrase.focus for finding in absent) and all(finding in absent for finding in one.focus):
        return True
    total = sum(finding.weight for finding in (*one.focus, *one.context)) or 1.0
    return sum(finding.weight for finding in absent) / total >= LOST


def _is_far(one: PartFindings, likeness: float) -> bool:
    """Whether everyday words that the text lacks are no other way to say what it has: said to the tool, or like no passage."""
    excused = [finding for finding in one.focus if finding.excused]
    if excused and (ADDRESSED.search(one.part.text) or not ASKS_OF_IT.search(one.part.text)):
        return True
    return bool(excused) and likeness < LIKE and len(excused) == len(one.focus)


def _has_no_choice(one: PartFindings, reading: QuestionReading) -> bool:
    """Whether a part without anything to look for leaves no choice of what to answer with either."""
    narrow = not reading.broad and one.part.asks in ("yes_no", "free", "reason")
    return narrow and OPEN.search(one.part.text) is None and WORKS.search(one.part.text) is None


def _is_elsewhere(one: PartFindings) -> bool:
    """Whether the question's setting (a subgroup, another trial, a time) is one that the text does not have."""
    return any(finding.absent and not finding.excused for finding in one.context)


def _is_of_paper(reading: QuestionReading, found: Sequence[PartFindings], retrieval: Retrieval) -> bool:
    """Whether a question that is not carried is at least a question to this paper."""
    findings = [finding for one in found for finding in (*one.focus, *one.context)]
    carried = any(not finding.akin and (finding.evidence or not finding.absent) for finding in findings)
    if carried or not findings:
        return True
    named = points_here(reading.text) or OF_METHODS.search(reading.text) or is_clinical(reading.text)
    if named or clinical_stems() & frozenset(stems(reading.text)):
        return True
    return max((one.dense for one in retrieval.ranked), default=0.0) >= LIKE


def _nearest(found: Sequence[PartFindings], units: Sequence[Unit], retrieval: Retrieval) -> tuple[Quote, ...]:
    """What the text does report near a question that it does not carry: the same figure, the same thing, else the likeliest passage."""
    likeness = {one.passage.id: one.dense for one in retrieval.ranked}
    best = [one.unit for part in found for one in part.best[:NEAREST]]
    findings = [finding for part in found for finding in (*part.focus, *part.context)]
    near = [unit for unit in best if _is_near(unit, findings, likeness)]
    if not near:
        shares = {unit: sum(finding.telling_share(unit) * finding.weight for finding in findings) for unit in units}
        held = [unit for unit in sorted(shares, key=lambda unit: -shares[unit])[:NEAREST] if shares[unit] > 0]
        near = [unit for unit in held if _is_near(unit, findings, likeness)]
    if not near:
        admitted = {unit.passage.id: unit for unit in reversed(units)}
        near = [admitted[one.passage.id] for one in retrieval.ranked if one.passage.id in admitted and one.dense >= LIKE]
    return tuple(Quote(passage=unit.passage, excerpt=unit.excerpt) for unit in dict.fromkeys(near))[:NEAREST]


def _is_near(unit: Unit, findings: Sequence[Finding], likeness: Mapping[str, float]) -> bool:
    """Whether a sentence holds half of something that is asked, or its passage is like the question."""
    if likeness.get(unit.passage.id, 0.0) >= LIKE:
        return True
    return any(finding.telling_share(unit) >= HALF for finding in findings) and likeness.get(unit.passage.id, 0.0) >= FAINT


def _enrolled(matter: Matter) -> tuple[Quote, ...]:
    """Whom the trial enrolled: the population field, or the sentence that says most of it."""
    wanted = frozenset(stems(ENROLLED))
    units = [unit for unit in matter.units if not matter.is_related(unit)]
    ranked = sorted(units, key=lambda unit: -(len(wanted & unit.own) + 2 * unit.text.casefold().startswith("population")))
    return tuple(Quote(passage=unit.passage, excerpt=unit.excerpt) for unit in ranked[:1])

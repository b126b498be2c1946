"""Conflicts: where a paper contradicts itself, as the record has them, and which of them an answer touches.

Owns the reading of a paper for consistency, key responses included: here, and on the page that shows them, and nowhere else. Of a key
response nothing is shown but the bare statistic. What refutes what is the statistics room's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from journal_club.answering.answer import Citation, Conflict, ConflictPlace
from journal_club.answering.verification.opposites import design_words
from journal_club.answering.whose import Trials
from journal_club.paper.model import Origin, Paper, Part
from journal_club.paper.names import Names
from journal_club.paper.sentences import sentences
from journal_club.statistics.arms import Arms
from journal_club.statistics.binding import bound_statistics
from journal_club.statistics.consistency.discrepancy import Discrepancy, Place
from journal_club.statistics.consistency.paper import discrepancies
from journal_club.statistics.consistency.results import Sentence
from journal_club.statistics.endpoints import endpoints
from journal_club.statistics.named_by_paper import NamedOutcomes, contrasted_arms

__all__ = ["asked_for", "conflicts_of", "doubting", "is_settled", "overlaps", "touching"]

_NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")
_TELLING = re.compile(r"\d+[.·]\d+|\d+(?:[.,·]\d+)*(?=\s?(?:%|per ?cent))")
_MOST_WORDS = 7
"""Words of a key response that a conflict may show."""
_READ = frozenset({Origin.TRIAL, Origin.COMMENTARY, Origin.RELATED_TRIAL, Origin.QUESTION, Origin.KEY_RESPONSE})
_RETELLS = re.compile(r"abstract|summary|background|introduction|discussion|conclusion|interpretation|highlights|key points", re.IGNORECASE)
"""Sections of an article that tell its results again."""
_WORDY = frozenset({"significance", "direction", "noninferiority"})
_ASKS = {
    "p-value": r"\bp\b|p[- ]?values?|signific\w+",
    "ratio": r"\bratio|\bhazard|\bHR\b|\bodds|\bOR\b|\bRR\b|relative",
    "reduction": r"reduc\w+|\brisk|lower\w*|(?<![\d ])\s*(?:per ?cent|%)",
    "interval": r"interval|confidence|\bCI\b|precis\w+|\bratio|\bHR\b|\bRR\b|\bOR\b|difference",
    "needed": r"need\w*|NNT",
    "median": r"median|how long|months|years|weeks|time",
    "share": r"per ?cent|proportion|how (?:many|often)|share|rates?|%|\b(?:more|fewer|less|common\w*)\b",
    "sample": r"how many|sample|size|enrol\w+|randomi[sz]\w+|number of",
    "arms": r"how many|sample|size|enrol\w+|randomi[sz]\w+|number of",
    "number of people": r"how many|sample|size|number|count|\bn\b",
    "follow-up": r"follow|how long|duration|median",
    "design": r"design|blind\w*|mask\w*|open|label|cent(?:er|re)|randomi[sz]\w+|bias|arm",
}
"""What a question says that asks for the thing that an explanation names."""
_EXCLUSIVE = frozenset(
    frozenset(pair)
    for pair in (
        ("open-label", "double-blind"),
        ("open-label", "single-blind"),
        ("open-label", "triple-blind"),
        ("double-blind", "single-blind"),
        ("randomized", "non-randomized"),
        ("single-arm", "parallel-group"),
        ("single-arm", "crossover"),
        ("single-center", "multicenter"),
    )
)
"""Designs that one trial cannot have both of; an open-label extension of a blinded trial is told by the words behind it."""
_OF_A_PART = re.compile(
    r"[\s,]*(?:extension|run-?in|lead-?in|phase(?! \d| I)|period|follow|part|stage|treatment|therapy|(?:\w+ ){0,2}(?:studies|trials))",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|no|non|without|rather than|instead of|unlike|lack(?:s|ed|ing)?(?: of)?|neither|nor|future)\b[^.;]{0,30}\Z", re.IGNORECASE
)
_OF_THE_TRIAL = re.compile(r"\b(?:trial|study|design)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    """A sentence with its place in the source."""

    sentence: Sentence
    part: Part
    start: int


def conflicts_of(paper: Paper) -> tuple[Conflict, ...]:
    """The conflicts of a paper, in its order; the same every time."""
    read = tuple(_read(paper))
    found = discrepancies([one.sentence for one in read], _arms(paper))
    return tuple(_conflict(one, read) for one in (*found, *_designs(read)))


def touching(conflicts: Sequence[Conflict], citations: Sequence[Citation]) -> tuple[Conflict, ...]:
    """The conflicts of which a place lies in a passage's sentence that is cited."""
    spans = [(one.start_char_index, one.end_char_index) for one in citations]
    return tuple(one for one in conflicts if any(overlaps(place, *span) for place in one.places for span in spans))


def asked_for(question: str, conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """The conflicts whose very number a question asks for or doubts, and not only the sentence that it stands in."""
    doubted = doubting(question, conflicts)
    return tuple(one for one in conflicts if one in doubted or _asks(question, one.explanation))


def doubting(question: str, conflicts: Sequence[Conflict], *, telling: bool = False) -> tuple[Conflict, ...]:
    """The conflicts of which a question names a number that is not the supported one: "was there really a 57% reduction?".

    Args:
        question: its words.
        conflicts: of the paper.
        telling: only by numbers that are hardly there by chance: with decimals, or as a percentage.
    """
    numbers = set((_TELLING if telling else _NUMBER).findall(question))
    return tuple(one for one in conflicts if not numbers.isdisjoint(_doubtful(one)))


def is_settled(conflict: Conflict) -> bool:
    """Whether arithmetic, or the lack of a second place, leaves no choice between places."""
    return conflict.supported_place is not None or len(conflict.places) == 1


def _asks(question: str, explanation: str) -> bool:
    named = {one.name for one in endpoints(explanation)}
    if named and not named & {one.name for one in endpoints(question)}:
        return False
    head = explanation.partition(" is ")[0].casefold()
    wanted = [pattern for word, pattern in _ASKS.items() if word in head]
    return not wanted or any(re.search(pattern, question, re.IGNORECASE) for pattern in wanted)


def _doubtful(conflict: Conflict) -> frozenset[str]:
    """The first number of each place that arithmetic does not support: behind it stand what the places have in common."""
    supported = conflict.supported_place
    places = [place for index, place in enumerate(conflict.places) if index != supported]
    return frozenset(found[0] for place in places if (found := _NUMBER.search(place.cited_text)))


def overlaps(place: ConflictPlace, start: int, end: int) -> bool:
    """Whether a place lies in a span of the source."""
    return place.start_char_index < end and start < place.end_char_index


def _read(paper: Paper) -> Iterator[_Read]:
    arms, trials = _arms(paper), Trials.of(paper)
    outcomes = NamedOutcomes((found.text for part in paper.parts if part.origin is Origin.TRIAL for found in sentences(part.text)), arms)
    number = 0
    for part in paper.parts:
        if part.role != "content" or part.origin not in _READ:
            continue
        for found in sentences(part.text):
            sentence = Sentence(
                number=number,
                text=found.text,
                statistics=bound_statistics(found.text, arms, outcomes),
                subject=trials.of_sentence(part, found.text),
                own=part.origin is Origin.TRIAL,
                retells=part.origin is not Origin.TRIAL or _RETELLS.search(part.section) is not None,
                field=part.field if part.section == "study_design" else "",
            )
            number += 1
            yield _Read(sentence=sentence, part=part, start=part.start + found.start)


def _arms(paper: Paper) -> Arms:
    texts = [part.text for part in paper.parts if part.role == "content" and part.origin in (Origin.TRIAL, Origin.COMMENTARY)]
    return Arms.of(texts, equal=Names.of(texts).groups, named=contrasted_arms(texts))


def _conflict(found: Discrepancy, read: Sequence[_Read]) -> Conflict:
    by_number = {one.sentence.number: one for one in read}
    places = tuple(_place(place, by_number[place.sentence.number]) for place in found.places)
    supported = next((index for index, place in enumerate(found.places) if found.supported and place.key == found.supported.key), None)
    return Conflict(
        id=_id(found.kind, places),
        kind=found.kind,
        explanation=_explanation(found, places),
        places=places,
        supported_place=supported,
        arithmetic=found.arithmetic,
        confidence="certain" if found.certain else "likely",
    )


def _place(place: Place, read: _Read) -> ConflictPlace:
    start, end = place.start, place.end
    if read.part.origin is Origin.KEY_RESPONSE:
        end = _cut(read.sentence.text, start, end)
    return ConflictPlace(
        cited_text=read.sentence.text[start:end],
        section=read.part.section,
        origin=read.part.origin or Origin.TRIAL,
        start_char_index=read.start + start,
        end_char_index=read.start + end,
    )


def _cut(text: str, start: int, end: int) -> int:
    """The end of at most seven words."""
    words = list(re.finditer(r"\S+", text[start:end]))
    return start + words[min(_MOST_WORDS, len(words)) - 1].end() if words else end


def _explanation(found: Discrepancy, places: Sequence[ConflictPlace]) -> str:
    if found.kind in _WORDY and any(place.origin is Origin.KEY_RESPONSE for place in places):
        return "A key response says in words what its numbers refute."
    return found.explanation


def _id(kind: str, places: Sequence[ConflictPlace]) -> str:
    spans = ",".join(f"{place.start_char_index}-{place.end_char_index}" for place in places)
    return f"{kind}-{sha256(spans.encode()).hexdigest()[:8]}"


def _designs(read: Iterable[_Read]) -> Iterator[Discrepancy]:
    """Design words that exclude one another, in two places of the paper's own."""
    known: dict[str, Place] = {}
    for one in read:
        for name, place in _named_designs(one):
            if name in known:
                continue
            rival = next((other for other in known if frozenset({name, other}) in _EXCLUSIVE), None)
            known[name] = place
            if rival is not None:
                explanation = f"The design is “{known[rival].value}” in one place and “{place.value}” in another."
                yield Discrepancy(kind="design", refuted=None, places=(known[rival], place), explanation=explanation, certain=False)


def _named_designs(one: _Read) -> Iterator[tuple[str, Place]]:
    """The designs that a sentence gives the paper's own trial."""
    sentence = one.sentence
    on_card = one.part.section == "study_design"
    if sentence.subject or one.part.origin is Origin.RELATED_TRIAL or not (on_card or _OF_THE_TRIAL.search(sentence.text)):
        return
    for name, (_, words) in design_words(sentence.text).items():
        start = sentence.text.find(words)
        place = Place(sentence=sentence, start=start, end=start + len(words), value=words)
        if (
            words.casefold() != "uncontrolled"
            and not _OF_A_PART.match(sentence.text, place.end)
            and not _DENIED.search(sentence.text[:start])
        ):
            yield name, place

"""The inquiry: what is known of a question before anybody reads its answer.

Owns what does not depend on the reader: what was retrieved, how the question is read, what the text carries of it. Seven readers ask
one question, so the inquiries asked last are kept, in memory alone, each by the version of the paper that it was made on.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from journal_club.answering.answer import Conflict
from journal_club.answering.conflicts import conflicts_of, doubting, overlaps
from journal_club.answering.coverage.abstention import Coverage, judge
from journal_club.answering.coverage.kin import prepare
from journal_club.answering.coverage.matter import Matter, Unit, matter_of
from journal_club.answering.coverage.question import QuestionReading, read_question
from journal_club.answering.coverage.vocabulary import general_stems, stems
from journal_club.answering.shorthand import written_out
from journal_club.answering.verification.verifier import Verifier
from journal_club.library.library import Library
from journal_club.library.passages import Passage
from journal_club.paper.model import Paper
from journal_club.paper.names import Names
from journal_club.retrieval.evidence import evidence_of
from journal_club.retrieval.retrieval import Retrieval
from journal_club.retrieval.retriever import Retriever

__all__ = ["Examined", "Inquiries", "Inquiry"]

_Key = tuple[str, int, str, int | None]
_REDUCES = re.compile(r"\b(?:reduc\w+|lower\w*|cut|less|fewer|decreas\w+|drop\w*)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Inquiry:
    """A question to one version of a paper.

    Attributes:
        evidence: the passages that a draft may cite, by their numbers in the prompt.
    """

    paper: Paper
    retrieval: Retrieval
    reading: QuestionReading
    coverage: Coverage
    evidence: Mapping[int, Passage]
    examined: "Examined"


@dataclass(frozen=True, kw_only=True, slots=True)
class Examined:
    """One version of a paper, read once for all questions: what sentences are held against, and where it contradicts itself."""

    version: int
    verifier: Verifier
    conflicts: tuple[Conflict, ...]


class Inquiries:
    """Makes inquiries, and keeps those asked last. Thread-safe."""

    def __init__(self, *, library: Library, retriever: Retriever, evidence_tokens: int, most: int = 256) -> None:
        """Keep at most so many questions, and what each paper's newest version was read for."""
        self._library = library
        self._retriever = retriever
        self._evidence_tokens = evidence_tokens
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[_Key, Inquiry] = OrderedDict()
        self._examined: dict[str, Examined] = {}

    def of(self, question: str, *, paper_id: str, top_k: int | None) -> Inquiry:
        """The inquiry of a question to the paper as it stands now.

        Raises:
            UnknownPaperError: no such paper.
        """
        key = (paper_id, self._library.version(paper_id), question, top_k)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        inquiry = self._made(question, paper_id, top_k)
        # Of a paper that was replaced meanwhile, or searched by words alone for once, the next asker gets a better one.
        if inquiry.retrieval.version == key[1] and not inquiry.retrieval.degraded:
            self._keep(key, inquiry)
        return inquiry

    def prepare(self, paper_id: str) -> None:
        """Build everything that the first question to a paper needs.

        Raises:
            UnknownPaperError: no such paper.
        """
        retrieval = self.of("", paper_id=paper_id, top_k=None).retrieval
        prepare(retrieval, matter_of(retrieval.passages, retrieval.names).units)

    def examined(self, paper_id: str) -> Examined:
        """The paper as it stands now.

        Raises:
            UnknownPaperError: no such paper.
        """
        corpus = self._retriever.corpus(paper_id)
        return self._examine(paper_id, corpus.version, corpus.passages, corpus.names)

    def _examine(self, paper_id: str, version: int, passages: Sequence[Passage], names: Names) -> Examined:
        kept = self._examined.get(paper_id)
        if kept is None or kept.version != version:
            conflicts = conflicts_of(self._library.paper(paper_id))
            kept = Examined(version=version, verifier=Verifier(passages, names), conflicts=conflicts)
            self._examined[paper_id] = kept
        return kept

    def _made(self, question: str, paper_id: str, top_k: int | None) -> Inquiry:
        paper = self._library.paper(paper_id)
        reading = read_question(question)
        retrieval = self._retriever.retrieve(written_out(question), paper_id=paper_id, top_k=top_k)
        examined = self._examine(paper_id, retrieval.version, retrieval.passages, retrieval.names)
        return Inquiry(
            paper=paper,
            retrieval=retrieval,
            reading=reading,
            coverage=_confronted(judge(reading, retrieval, paper=paper), reading, retrieval, examined.conflicts),
            evidence=dict(enumerate(evidence_of(retrieval, budget=self._evidence_tokens), start=1)),
            examined=examined,
        )

    def _keep(self, key: _Key, inquiry: Inquiry) -> None:
        with self._lock:
            self._kept[key] = inquiry
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def _confronted(coverage: Coverage, reading: QuestionReading, retrieval: Retrieval, conflicts: Sequence[Conflict]) -> Coverage:
    """What is answered where a question asks after a number that the paper has, and that the paper itself refutes: the other places.

    Such a number may stand in a key response alone, where no evidence is taken from; "not reported" would still be false.
    """
    matter = matter_of(retrieval.passages, retrieval.names)
    doubted = doubting(_unfound(coverage, reading), conflicts)
    if not doubted and coverage.reason in (None, "not_reported"):
        named = doubting(reading.text, conflicts, telling=True)
        doubted = tuple(one for one in named if _is_about(reading.text, one, _units_of(one, matter)))
    units = tuple(unit for unit in matter.units if any(unit in _units_of(one, matter) for one in doubted))
    if not units:
        return coverage
    if coverage.reason is not None:
        return Coverage(reason=None, results=units)
    looked_for = tuple(phrase for phrase in coverage.looked_for if not doubting(phrase, doubted))
    return replace(coverage, looked_for=looked_for, results=(*coverage.results, *units))


def _units_of(conflict: Conflict, matter: Matter) -> tuple[Unit, ...]:
    """The sentences that a conflict's places stand in."""
    return tuple(unit for unit in matter.units if any(overlaps(place, unit.excerpt.start, unit.excerpt.end) for place in conflict.places))


def _is_about(question: str, conflict: Conflict, units: Sequence[Unit]) -> bool:
    """Whether a question is about what a conflict is about: it asks for a reduction, or shares a telling word with its sentences."""
    if conflict.kind == "reduction" and _REDUCES.search(question):
        return True
    asked = frozenset(stems(question)) - general_stems()
    return any(len(asked & unit.own) > 1 for unit in units)


def _unfound(coverage: Coverage, reading: QuestionReading) -> str:
    """The words of a question that the text does not carry; none where it is refused for what it is."""
    if coverage.reason == "out_of_scope" and not (reading.out_of_scope or reading.foreign):
        return " ".join(part.text for part in reading.parts)
    return " ".join(coverage.looked_for) if coverage.reason in (None, "not_reported") else ""

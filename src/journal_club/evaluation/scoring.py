"""Scoring: what one stored answer makes of its case. A pure function: the same answer and case give the same result.

Owns the result of a case. Each column stands for itself: no score is bought back by another. What many results come to is `summary`'s.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from journal_club.answering.answer import Answer
from journal_club.evaluation.cases import Case, Point, Statement
from journal_club.evaluation.contract import Contract
from journal_club.evaluation.judge.verdicts import PointVerdict, Span, StatementVerdict, Verdict
from journal_club.evaluation.numerals import uncited_numbers

__all__ = ["CaseResult", "Judge", "Page", "PointResult", "StatementResult", "score", "unscored"]

_FULL = "abstained"


class Judge(Protocol):
    """Who reads answers."""

    @property
    def name(self) -> str:
        """Name and version."""

    def statements(self, answer: Answer) -> tuple[StatementVerdict, ...]:
        """What each shown statement rests on."""

    def points(self, points: Sequence[Point], answer: Answer) -> tuple[PointVerdict, ...]:
        """What the answer makes of each point."""


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PointResult(_Record):
    """A point's verdict beside what the point is.

    Attributes:
        origin: who says its evidence on the page: `trial` before others.
        start: of the statement that decided, in the answer's text; None where none did.
        source: characters of the page that carry the point: those that the answer cites before others; None for what the page does not say.
    """

    point: Point
    origin: str
    verdict: Verdict
    start: int | None
    end: int | None
    source: Span | None
    rule: str


class CaseResult(_Record):
    """What one reader's answer makes of one case.

    Attributes:
        paper: the paper's id.
        held_back: whether nobody looked at the case's answers while the code was mended.
        answered: it was not refused as a whole.
        owed_answer: the case is to be answered.
        right_reason: of a refusal that was owed, whether its reason is one of the case's.
        cited: of the demanded points, how many have their evidence among what is cited, and how many there are.
        retrieved: the same among the retrieved passages.
        unnamed: phrases that a partial refusal had to name and did not.
        forbidden: words that no shown text may hold, and that this one does.
        conflict_shown: of a case on a conflict, whether it is attached.
        invalid_spans: citations or statements whose words are not where they say.
        contract: how the answer keeps to its reader's form; None without an answer.
        first_ms: until the first shown statement stood; None where there is none.
        uncited_numbers: numbers shown as the paper's that stand in none of the words that their sentence cites.
        scored: whether there is an answer that a judge could read.
        why: it is not scored; empty where it is.
        degraded: the model, or the search by meaning, failed, and less than usual was done.
    """

    paper: str
    case: str
    kind: str
    grade: str | None
    reader: str
    held_back: bool
    question: str
    scored: bool
    why: str
    degraded: bool
    answered: bool
    owed_answer: bool
    right_reason: bool | None
    points: tuple[PointResult, ...]
    statements: tuple[StatementVerdict, ...]
    cited: tuple[int, int]
    retrieved: tuple[int, int]
    unnamed: tuple[str, ...]
    forbidden: tuple[str, ...]
    conflict_shown: bool | None
    invalid_spans: int
    uncited_numbers: tuple[str, ...]
    contract: Contract | None
    own_ms: float
    model_ms: float
    first_ms: float | None
    answer: Answer | None


class StatementResult(_Record):
    """What verification makes of a sentence that somebody wrote of the paper."""

    statement: Statement
    verdict: str
    reason: str

    @property
    def right(self) -> bool:
        """Whether the verdict is the one that the case gives."""
        return self.verdict == self.statement.verdict


@dataclass(frozen=True, kw_only=True)
class Page:
    """What answers are held to.

    Attributes:
        source_text: the page; every citation is a slice of it.
        passages: where each passage stands in it, by its id.
        origins: who says the words of evidence on it.
    """

    source_text: str
    passages: Mapping[str, tuple[int, int]]
    origins: Mapping[str, str]


def score(case: Case, reader: str, question: str, answer: Answer, *, judge: Judge, page: Page, contract: Contract) -> CaseResult:
    """Score one answer.

    Args:
        case: what is owed.
        reader: the persona that asked.
        question: as it was asked.
        answer: as it was stored.
        judge: reads points and statements.
        page: what was answered from.
        contract: how the answer keeps to its reader's form.
    """
    verdicts = judge.points(case.points, answer)
    refused = answer.mode == _FULL
    reason = answer.abstention.reason if answer.abstention else None
    return CaseResult(
        paper=answer.paper_id,
        case=case.id,
        kind=case.kind,
        grade=case.grade,
        reader=reader,
        held_back=case.held_back,
        question=question,
        scored=True,
        why="",
        degraded="degraded" in answer.trace,
        answered=not refused,
        owed_answer=not case.abstains and case.kind != "unreported",
        right_reason=(refused and reason in case.abstains) if case.abstains else None,
        points=tuple(_result(point, verdict, page, answer) for point, verdict in zip(case.points, verdicts, strict=True)),
        statements=judge.statements(answer),
        cited=_evidence(case, [(one.start_char_index, one.end_char_index) for one in answer.citations], page.source_text),
        retrieved=_evidence(
            case, [page.passages[one.passage_id] for one in answer.retrieved if one.passage_id in page.passages], page.source_text
        ),
        unnamed=tuple(phrase for phrase in case.looked_for if not _named(phrase, answer)),
        forbidden=tuple(words for words in case.never if _shows(answer, words)),
        conflict_shown=any(one.kind == case.conflict for one in answer.conflicts) if case.conflict else None,
        invalid_spans=_invalid(answer, page.source_text),
        uncited_numbers=uncited_numbers(answer),
        contract=contract,
        own_ms=answer.timings_ms.get("own", 0.0),
        model_ms=answer.timings_ms.get("model", 0.0),
        first_ms=answer.timings_ms.get("first_statement"),
        answer=answer,
    )


def unscored(case: Case, paper: str, reader: str, question: str, why: str) -> CaseResult:
    """The result of a case without an answer: every point is unscored, and nothing drops out of a mean."""
    return CaseResult(
        paper=paper,
        case=case.id,
        kind=case.kind,
        grade=case.grade,
        reader=reader,
        held_back=case.held_back,
        question=question,
        scored=False,
        why=why,
        degraded=False,
        answered=False,
        owed_answer=not case.abstains and case.kind != "unreported",
        right_reason=False if case.abstains else None,
        points=tuple(
            PointResult(point=point, origin="", verdict="unscored", start=None, end=None, source=None, rule=why) for point in case.points
        ),
        statements=(),
        cited=(0, sum(point.demanded for point in case.points)),
        retrieved=(0, sum(point.demanded for point in case.points)),
        unnamed=case.looked_for,
        forbidden=(),
        conflict_shown=False if case.conflict else None,
        invalid_spans=0,
        uncited_numbers=(),
        contract=None,
        own_ms=0.0,
        model_ms=0.0,
        first_ms=None,
        answer=None,
    )


def _result(point: Point, verdict: PointVerdict, page: Page, answer: Answer) -> PointResult:
    span = verdict.answer_span
    said_by = {who for words, who in page.origins.items() if words in point.evidence}
    return PointResult(
        point=point,
        origin="trial" if "trial" in said_by else next(iter(sorted(said_by)), ""),
        verdict=verdict.verdict,
        start=span.start if span else None,
        end=span.end if span else None,
        source=_source(point, page.source_text, [(one.start_char_index, one.end_char_index) for one in answer.citations]),
        rule=verdict.rule,
    )


def _source(point: Point, source_text: str, cited: Sequence[tuple[int, int]]) -> Span | None:
    """Where the page says the point, within what is cited if it stands there."""
    places = [Span(start=place, end=place + len(words)) for words in point.evidence for place in _places(words, source_text)]
    within = (one for one in places if any(start <= one.start and one.end <= end for start, end in cited))
    return next(within, places[0] if places else None)


def _evidence(case: Case, spans: Sequence[tuple[int, int]], source_text: str) -> tuple[int, int]:
    """How many demanded points have evidence within some spans of the page, and how many there are."""
    demanded = [point for point in case.points if point.demanded]
    return sum(any(_lies_in(words, spans, source_text) for words in point.evidence) for point in demanded), len(demanded)


def _lies_in(words: str, spans: Sequence[tuple[int, int]], source_text: str) -> bool:
    return any(start <= place and place + len(words) <= end for place in _places(words, source_text) for start, end in spans)


def _places(words: str, source_text: str) -> Iterator[int]:
    place = source_text.find(words)
    while place >= 0:
        yield place
        place = source_text.find(words, place + 1)


def _named(phrase: str, answer: Answer) -> bool:
    looked_for = answer.abstention.looked_for if answer.abstention else ()
    return any(phrase.casefold() in one.casefold() or one.casefold() in phrase.casefold() for one in looked_for)


def _shows(answer: Answer, words: str) -> bool:
    """Whether the answer says words as the paper's: what it says that the page does not report, and whom it quotes, count for nothing."""
    return any(words.casefold() in one.text.casefold() for one in answer.statements)


def _invalid(answer: Answer, source_text: str) -> int:
    wrong = sum(source_text[one.start_char_index : one.end_char_index] != one.cited_text for one in answer.citations)
    return wrong + sum(answer.text[one.start_index : one.end_index] != one.text for one in answer.statements)

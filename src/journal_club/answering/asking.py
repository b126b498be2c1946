"""Asking: the way of one question, from its words to a verified answer.

One pipeline for every caller: it yields events, and the last one holds the whole answer. What can fail with a status of its own
(unknown paper, unknown persona) is raised before the first event.
"""

import time
import uuid
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, field

import anyio

from journal_club.answering.abstention import Coverage, judge, message_of
from journal_club.answering.answer import (
    Abstention,
    Answer,
    AnswerEvent,
    Mode,
    RetrievalEvent,
    Retrieved,
    StatementEvent,
    Verdict,
    WithheldEvent,
)
from journal_club.answering.background import refuse_background
from journal_club.answering.composition import Composition
from journal_club.answering.drafting import Draft, Drafting, messages_of
from journal_club.answering.extractive import extract
from journal_club.answering.notice import notice_of
from journal_club.answering.personas import CustomPersona, Persona, Personas
from journal_club.answering.prompts import Rendered
from journal_club.answering.question import QuestionReading, read_question
from journal_club.answering.thread import Turn, standalone
from journal_club.answering.verification import Verifier
from journal_club.library.library import Library
from journal_club.library.passages import Passage
from journal_club.models.errors import ModelError
from journal_club.paper.model import Paper
from journal_club.retrieval.evidence import evidence_of
from journal_club.retrieval.retrieval import Retrieval
from journal_club.retrieval.retriever import Retriever

__all__ = ["Ask", "Asking", "Event"]

Event = RetrievalEvent | StatementEvent | WithheldEvent | AnswerEvent


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """A question to one paper.

    Attributes:
        persona: a persona's id, or a reader described by stage and specialty.
        top_k: passages retrieved; None for the setting.
        background: let the model add marked general knowledge, when the settings allow it.
        history: earlier turns, oldest first; they make the question standalone and are never evidence.
    """

    question: str
    persona: str | CustomPersona
    paper_id: str
    top_k: int | None = None
    background: bool = False
    history: tuple[Turn, ...] = ()


@dataclass(kw_only=True, slots=True)
class _Case:
    """Everything that is known of a question before a word is drafted."""

    ask: Ask
    question: str
    persona: Persona
    paper: Paper
    reading: QuestionReading
    retrieval: Retrieval
    coverage: Coverage
    evidence: Mapping[int, Passage]
    verifier: Verifier
    started: float
    retrieval_ms: float
    composition: Composition = field(default_factory=Composition)
    draft: Draft | None = None
    absent: list[str] = field(default_factory=list)
    degraded: str = ""
    drafted: bool = False


class Asking:
    """Answers questions with a retriever, the personas and, where there is one, a drafting model."""

    def __init__(
        self,
        *,
        library: Library,
        retriever: Retriever,
        personas: Personas,
        drafting: Drafting | None,
        evidence_tokens: int,
        allow_background: bool,
        settings_hash: str,
    ) -> None:
        self._library = library
        self._retriever = retriever
        self._personas = personas
        self._drafting = drafting
        self._evidence_tokens = evidence_tokens
        self._allow_background = allow_background
        self._settings_hash = settings_hash
        self._verifiers: dict[tuple[str, object], Verifier] = {}

    async def ask(self, ask: Ask) -> AsyncGenerator[Event]:
        """Answer a question, sentence by sentence.

        Raises:
            UnknownPaperError: before the first event.
            UnknownPersonaError: before the first event.
        """
        case = await anyio.to_thread.run_sync(self._prepare, ask)
        yield RetrievalEvent(paper_id=ask.paper_id, retrieved=_retrieved(case.retrieval))
        if case.coverage.reason is None:
            if self._drafting:
                async with aclosing(self._drafted(case, self._drafting)) as events:
                    async for event in events:
                        yield event
            if not case.drafted:
                for event in await anyio.to_thread.run_sync(_quoted, case):
                    yield event
        yield AnswerEvent(answer=self._answer(case))

    def _prepare(self, ask: Ask) -> _Case:
        started = time.perf_counter()
        persona = self._personas.get(ask.persona)
        paper = self._library.paper(ask.paper_id)
        question = standalone(ask.question, ask.history)
        reading = read_question(question)
        retrieval = self._retriever.retrieve(question, paper_id=ask.paper_id, top_k=ask.top_k)
        retrieved = time.perf_counter()
        coverage = judge(reading, retrieval, paper=paper)
        evidence = dict(enumerate(evidence_of(retrieval, budget=self._evidence_tokens), start=1)) if self._drafting else {}
        return _Case(
            ask=ask,
            question=question,
            persona=persona,
            paper=paper,
            reading=reading,
            retrieval=retrieval,
            coverage=coverage,
            evidence=evidence,
            verifier=self.verifier(retrieval),
            started=started,
            retrieval_ms=(retrieved - started) * 1000,
        )

    def verifier(self, retrieval: Retrieval) -> Verifier:
        """The verifier of a paper as it was retrieved; the newest of each paper is kept."""
        key = (retrieval.paper_id, retrieval.version)
        kept = self._verifiers.get(key)
        if kept is None:
            kept = Verifier(retrieval.passages, retrieval.names)
            self._verifiers = {old: one for old, one in self._verifiers.items() if old[0] != key[0]} | {key: kept}
        return kept

    def verifier_of(self, paper_id: str) -> Verifier:
        """The verifier of a whole paper, for texts that answer no question.

        Raises:
            UnknownPaperError: no such paper.
        """
        return self.verifier(self._retriever.retrieve("", paper_id=paper_id))

    async def warm(self, paper_id: str) -> None:
        """Open the drafting model before the first question comes; an embedded one also reads the paper's evidence."""
        if self._drafting:
            persona = self._personas.all()[0]
            case = await anyio.to_thread.run_sync(self._prepare, Ask(question="", persona=persona.id, paper_id=paper_id))
            await self._drafting.chat.warm(messages_of(_rendered(case, self._drafting, background=False)))

    async def _drafted(self, case: _Case, drafting: Drafting) -> AsyncGenerator[StatementEvent | WithheldEvent]:
        """Verified sentences of a draft. When the model fails, what was verified stays and the reason is noted."""
        background = case.ask.background and self._allow_background
        case.draft = Draft(rendered=_rendered(case, drafting, background=background))
        words = drafting.prompt.words
        try:
            async with aclosing(drafting.sentences(case.draft)) as sentences:
                async for sentence in sentences:
                    event = await anyio.to_thread.run_sync(_verified, case, sentence, words, background)
                    if event:
                        yield event
                    if len(case.composition.statements) >= case.persona.max_sentences:
                        break
        except ModelError as error:
            case.degraded = str(error)

    def _answer(self, case: _Case) -> Answer:
        composition = case.composition
        abstention = _abstention(case)
        mode: Mode = "abstained" if abstention and not abstention.partial else "generated" if case.drafted else "extractive"
        total_ms = (time.perf_counter() - case.started) * 1000
        model_ms = case.draft.model_ms if case.draft else 0.0
        timings = {"retrieval": case.retrieval_ms, "model": model_ms, "own": total_ms - model_ms, "total": total_ms}
        if case.draft and case.draft.first_token_ms is not None:
            timings["first_token"] = case.draft.first_token_ms
        return Answer(
            id=uuid.uuid4().hex,
            paper_id=case.ask.paper_id,
            question=case.ask.question,
            persona=case.persona.id,
            mode=mode,
            text=composition.text,
            statements=composition.statements,
            citations=composition.citations,
            retrieved=_retrieved(case.retrieval),
            withheld=composition.withheld,
            conflicts=(),
            abstention=abstention,
            notice=notice_of(case.paper),
            usage=asdict(case.draft.usage) if case.draft and case.draft.usage else {},
            timings_ms={stage: round(ms, 3) for stage, ms in timings.items()},
            trace=self._trace(case),
        )

    def _trace(self, case: _Case) -> dict[str, str | list[str] | bool]:
        """What the answer was made from, so that it can be replayed."""
        trace: dict[str, str | list[str] | bool] = {
            "document_hash": case.paper.document_hash,
            "settings_hash": self._settings_hash,
            "persona_sha256": case.persona.sha256,
            "question": case.question,
        }
        if case.draft and self._drafting:
            prompt = self._drafting.prompt
            trace |= {"prompt": f"{prompt.id}.v{prompt.version}", "prompt_sha256": prompt.sha256}
            trace |= {"rendered_sha256": case.draft.rendered.sha256, "model": self._drafting.chat.endpoint.model or ""}
            trace |= {"evidence": [passage.id for passage in case.evidence.values()]}
        if case.degraded or case.retrieval.degraded:
            trace["degraded"] = "; ".join(filter(None, (case.degraded, case.retrieval.degraded)))
        return trace


def _rendered(case: _Case, drafting: Drafting, *, background: bool) -> Rendered:
    return drafting.render(
        paper=case.paper,
        evidence=case.evidence,
        persona=case.persona,
        question=case.question,
        history=case.ask.history,
        background=background,
    )


def _retrieved(retrieval: Retrieval) -> tuple[Retrieved, ...]:
    return tuple(Retrieved(passage_id=one.passage.id, score=round(one.score, 6)) for one in retrieval.ranked)


def _verified(case: _Case, sentence: str, words: Mapping[str, str], background: bool) -> StatementEvent | WithheldEvent | None:  # noqa: FBT001
    """One drafted sentence, judged: shown, withheld, or None when there is nothing to show."""
    if sentence.startswith(words["background"]):
        return _background(case, sentence.removeprefix(words["background"]).strip(), background=background)
    if sentence.startswith(words["not_reported"]):
        sentence = f"The text does not report {sentence.removeprefix(words['not_reported']).strip(' .')}."
    verification = case.verifier.verify(sentence, case.evidence)
    if verification.absence:
        case.absent.append(verification.absence)
        return None
    if not verification.passed:
        return case.composition.withhold(sentence, verification.reason)
    if case.composition.has_said(verification.bare):
        return None
    case.drafted = True
    verdict: Verdict = "derived" if verification.verdict == "derived" else "supported"
    return case.composition.state(verification.bare, verification.support, verdict=verdict, checks=verification.checks)


def _background(case: _Case, sentence: str, *, background: bool) -> StatementEvent | WithheldEvent:
    refusal = "background was not asked for" if not background else refuse_background(sentence, trial_names=_trial_names(case))
    return case.composition.withhold(sentence, refusal) if refusal else case.composition.background(sentence)


def _trial_names(case: _Case) -> Sequence[str]:
    return [name for group in case.retrieval.names.groups for name in group] + [trial.name.text for trial in case.paper.related_trials]


def _quoted(case: _Case) -> list[StatementEvent]:
    """The text's own best sentences, where no model drafted or no draft survived."""
    quotes = extract(case.reading, case.retrieval, case.coverage, case.persona)
    return [case.composition.quote(quote.passage, quote.excerpt) for quote in quotes]


def _abstention(case: _Case) -> Abstention | None:
    """The refusal of all or part of the question, said at the end of the text."""
    composition, coverage = case.composition, case.coverage
    looked_for = tuple(dict.fromkeys((*coverage.looked_for, *case.absent)))
    if coverage.reason is None and not looked_for and composition.statements:
        return None
    partial = coverage.reason is None and bool(composition.statements)
    reason = coverage.reason or "not_reported"
    message = message_of(reason, looked_for=looked_for, partial=partial, acute=coverage.acute, paper=case.paper)
    composition.say(message)
    nearest = tuple(number for event in ([] if partial else _nearest(case)) for number in event.statement.citations)
    return Abstention(reason=reason, partial=partial, message=message, looked_for=looked_for, nearest=nearest)


def _nearest(case: _Case) -> list[StatementEvent]:
    """What the text does report near the question, as quotes behind the refusal."""
    return [case.composition.quote(quote.passage, quote.excerpt) for quote in case.coverage.nearest]

"""Asking: the way of one question, from its words to a verified answer.

One pipeline for every caller: it yields events, and the last one holds the whole answer. What can fail with a status of its own
(unknown paper, unknown persona) is raised before the first event.
"""

import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing

import anyio

from journal_club.answering.answer import AnswerEvent, RetrievalEvent, StatementEvent, Verdict, WithheldEvent
from journal_club.answering.background import refuse_background
from journal_club.answering.case import Ask, Case
from journal_club.answering.conclusion import Trace, abstain, answer_of, retrieved_of
from journal_club.answering.coverage.extractive import extract
from journal_club.answering.coverage.restatement import restates
from journal_club.answering.coverage.told import figures_told
from journal_club.answering.drafting import Draft, Drafting, messages_of
from journal_club.answering.inquiry import Examined, Inquiries
from journal_club.answering.personas import Personas
from journal_club.answering.prompts import Prompt, Rendered
from journal_club.answering.righting import righted
from journal_club.answering.thread import standalone
from journal_club.answering.verification.verifier import Verification
from journal_club.answering.verification.wording import stems
from journal_club.models.errors import ModelError
from journal_club.paper.model import Excerpt

__all__ = ["Asking", "Event"]

Event = RetrievalEvent | StatementEvent | WithheldEvent | AnswerEvent


class Asking:
    """Answers inquiries for the personas with, where there is one, a drafting model."""

    def __init__(
        self,
        *,
        inquiries: Inquiries,
        personas: Personas,
        drafting: Drafting | None,
        allow_background: bool,
        settings_hash: str,
    ) -> None:
        self._inquiries = inquiries
        self._personas = personas
        self._drafting = drafting
        self._allow_background = allow_background
        self._settings_hash = settings_hash

    def drafting_with(self, drafting: Drafting) -> "Asking":
        """The same, but for a model that drafts; the inquiries are shared."""
        return Asking(
            inquiries=self._inquiries,
            personas=self._personas,
            drafting=drafting,
            allow_background=self._allow_background,
            settings_hash=self._settings_hash,
        )

    async def ask(self, ask: Ask) -> AsyncGenerator[Event]:
        """Answer a question, sentence by sentence.

        Raises:
            UnknownPaperError: before the first event.
            UnknownPersonaError: before the first event.
        """
        case = await anyio.to_thread.run_sync(self._open, ask)
        yield RetrievalEvent(paper_id=ask.paper_id, retrieved=retrieved_of(case.retrieval))
        if case.coverage.reason is None:
            if self._drafting:
                async with aclosing(self._drafted(case, self._drafting)) as events:
                    async for event in events:
                        yield event
            for quote in await anyio.to_thread.run_sync(lambda: [*_quoted(case), *righted(case)]):
                yield quote
        yield AnswerEvent(answer=answer_of(case, abstain(case), self._trace(case)))

    async def warm(self, paper_id: str) -> None:
        """Build what the first question needs before it comes, and open the drafting model; an embedded one reads the evidence.

        Raises:
            UnknownPaperError: no such paper.
            ModelError: the model is not there, or did not read in time.
        """
        await anyio.to_thread.run_sync(self._inquiries.prepare, paper_id)
        ask = Ask(question="", persona=self._personas.all()[0].id, paper_id=paper_id)
        case = await anyio.to_thread.run_sync(self._open, ask)
        if self._drafting:
            await self._drafting.chat.warm(messages_of(_rendered(case, self._drafting)))

    def examined(self, paper_id: str) -> Examined:
        """A paper as it was read for all questions: for texts that answer none, and for its conflicts.

        Raises:
            UnknownPaperError: no such paper.
        """
        return self._inquiries.examined(paper_id)

    def _open(self, ask: Ask) -> Case:
        """Everything that is known before a word is drafted."""
        started = time.perf_counter()
        persona = self._personas.get(ask.persona)
        question = standalone(ask.question, ask.history)
        inquiry = self._inquiries.of(question, paper_id=ask.paper_id, top_k=ask.top_k)
        return Case(
            ask=ask,
            question=question,
            background=ask.background and self._allow_background,
            persona=persona,
            paper=inquiry.paper,
            reading=inquiry.reading,
            retrieval=inquiry.retrieval,
            coverage=inquiry.coverage,
            evidence=inquiry.evidence,
            verifier=inquiry.examined.verifier,
            conflicts=inquiry.examined.conflicts,
            started=started,
            retrieval_ms=(time.perf_counter() - started) * 1000,
        )

    async def _drafted(self, case: Case, drafting: Drafting) -> AsyncGenerator[StatementEvent | WithheldEvent]:
        """Verified sentences of a draft. When the model fails, what was verified stays and the reason is noted."""
        case.draft = Draft(rendered=_rendered(case, drafting))
        try:
            async with aclosing(drafting.sentences(case.draft)) as sentences:
                async for sentence in sentences:
                    event = await anyio.to_thread.run_sync(_judged, case, sentence, drafting.prompt)
                    if event:
                        yield event
                    if len(case.composition.statements) >= case.persona.max_sentences:
                        break
        except ModelError as error:
            case.degraded = str(error)

    def _trace(self, case: Case) -> Trace:
        """What of the house the answer was made with, so that it can be replayed."""
        trace: Trace = {"settings_hash": self._settings_hash}
        if case.draft and self._drafting:
            prompt, endpoint = self._drafting.prompt, self._drafting.chat.endpoint
            trace |= {"prompt": f"{prompt.id}.v{prompt.version}", "prompt_sha256": prompt.sha256, "model": endpoint.model or ""}
        return trace


def _rendered(case: Case, drafting: Drafting) -> Rendered:
    return drafting.render(
        paper=case.paper,
        evidence=case.evidence,
        persona=case.persona,
        question=case.question,
        history=case.ask.history,
        background=case.background,
    )


def _judged(case: Case, sentence: str, prompt: Prompt) -> StatementEvent | WithheldEvent | None:
    """One drafted sentence: shown, withheld, or None when there is nothing to show."""
    background, not_reported = prompt.words["background"], prompt.words["not_reported"]
    if sentence.startswith(background):
        return _background(case, sentence.removeprefix(background).strip())
    if sentence.startswith(not_reported):
        sentence = f"The text does not report {sentence.removeprefix(not_reported).strip(' .')}."
    verification = _verified(case, sentence)
    if verification.absence:
        case.absent += [verification.absence] if _is_asked(case, verification.absence) else []
        return None
    if not verification.passed:
        return case.composition.withhold(sentence, verification.reason)
    if restates(verification.bare, case.reading):
        return case.composition.withhold(sentence, "it only repeats the question")
    if case.composition.has_said(verification.bare):
        return None
    case.drafted = True
    verdict: Verdict = "derived" if verification.verdict == "derived" else "supported"
    return case.composition.state(verification.bare, verification.support, verdict=verdict, checks=verification.checks)


def _is_asked(case: Case, absence: str) -> bool:
    """Whether the question asks for what a model says is not reported, rather than the prompt, whose list of topics small models echo."""
    echoed = any(set(stems(absence)) <= set(stems(topic)) for topic in case.persona.must_address)
    return not echoed and case.verifier.lacking(absence) <= set(stems(case.question))


def _verified(case: Case, sentence: str) -> Verification:
    """A sentence held against what it cites; one without any mark against the whole text, whose carrying sentence it then cites.

    Small models forget their marks. A mark that points nowhere is another matter, and so is a bracket that is no mark.
    """
    return case.verifier.verify(sentence, case.evidence) if "[" in sentence else case.verifier.verify_text(sentence)


def _background(case: Case, sentence: str) -> StatementEvent | WithheldEvent:
    refusal = refuse_background(sentence, trial_names=_trial_names(case)) if case.background else "background was not asked for"
    return case.composition.withhold(sentence, refusal) if refusal else case.composition.background(sentence)


def _trial_names(case: Case) -> Sequence[str]:
    return [name for group in case.retrieval.names.groups for name in group] + [trial.name.text for trial in case.paper.related_trials]


def _quoted(case: Case) -> Iterator[StatementEvent]:
    """The text's own best sentences: all of them where no draft survived, else those that the draft passed over.

    A model may tell a fact in its own way, in part, or not at all; whoever asks for it gets it, whichever reader they are. Of a broad
    question that is drafted, only the results that it speaks of are owed.
    """
    for quote in extract(case.reading, case.retrieval, case.coverage, case.persona):
        owed = not (case.drafted and case.reading.broad) or any(quote.excerpt is unit.excerpt for unit in case.coverage.results)
        if owed and not _is_told(case, quote.excerpt):
            yield case.composition.quote(quote.passage, quote.excerpt)


def _is_told(case: Case, excerpt: Excerpt) -> bool:
    """Whether what a sentence is quoted for stands in a statement that cites it."""
    places = {one.number: (one.start_char_index, one.end_char_index) for one in case.composition.citations}
    citing = [
        one.text for one in case.composition.statements if (excerpt.start, excerpt.end) in {places[number] for number in one.citations}
    ]
    return bool(citing) and figures_told(case.reading, excerpt.text, citing)

"""The conclusion of a case: its abstention, and the record that leaves the house."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final, TypeAlias

from journal_club.answering.answer import Abstention, Answer, Conflict, Mode, Retrieved
from journal_club.answering.case import Case
from journal_club.answering.conflicts import asked_for, is_settled, touching
from journal_club.answering.coverage.abstention import message_of
from journal_club.answering.notice import notice_of
from journal_club.retrieval.retrieval import Retrieval

__all__ = ["Trace", "abstain", "answer_of", "retrieved_of"]

Trace: TypeAlias = dict[str, str | list[str] | bool]
"""What an answer was made from."""
_NOTE: Final = "Note that the text contradicts itself here:"


def abstain(case: Case) -> Abstention | None:
    """Refuse what of the question is not carried: say so in the text, and quote what is nearest to a question refused in full.

    Those quotes answer nothing, so no event announces them: they come with the refusal, in the answer. Where the text contradicts
    itself on what was asked, that is said last: of a settled conflict in passing, of an open one as a refusal.
    """
    touched = asked_for(case.question, _touched(case))
    abstention = _refusal(case) or _undecided(case, [one for one in touched if not is_settled(one)])
    for conflict in touched:
        if is_settled(conflict):
            case.composition.say(f"{_NOTE} {conflict.explanation}")
            break
    return abstention


def _refusal(case: Case) -> Abstention | None:
    looked_for = tuple(dict.fromkeys((*case.coverage.looked_for, *case.absent)))
    answered = case.coverage.reason is None and bool(case.composition.statements)
    if answered and not looked_for:
        return None
    reason = case.coverage.reason or "not_reported"
    message = message_of(reason, looked_for=looked_for, partial=answered, acute=case.coverage.acute, paper=case.paper)
    case.composition.say(message)
    quotes = [] if answered else [case.composition.quote(quote.passage, quote.excerpt) for quote in case.coverage.nearest]
    nearest = tuple(number for event in quotes for number in event.statement.citations)
    return Abstention(reason=reason, partial=answered, message=message, looked_for=looked_for, nearest=nearest)


def _undecided(case: Case, conflicts: Sequence[Conflict]) -> Abstention | None:
    """The refusal to say which place is right, where arithmetic does not tell; what the places say stays shown."""
    if not conflicts:
        return None
    message = message_of("conflicting_source", looked_for=(), partial=True, acute=False, paper=case.paper)
    message = f"{message} {conflicts[0].explanation}"
    case.composition.say(message)
    cited = [one.number for one in case.composition.citations if touching(conflicts[:1], [one])]
    return Abstention(reason="conflicting_source", partial=True, message=message, looked_for=(), nearest=tuple(cited))


def _touched(case: Case) -> tuple[Conflict, ...]:
    """The conflicts that the shown statements touch; a refusal shows none."""
    return touching(case.conflicts, case.composition.citations)


def answer_of(case: Case, abstention: Abstention | None, trace: Trace) -> Answer:
    """The record of a finished case."""
    composition = case.composition
    mode: Mode = "abstained" if abstention and not abstention.partial else "generated" if case.drafted else "extractive"
    return Answer(
        id=uuid.uuid4().hex,
        paper_id=case.ask.paper_id,
        question=case.ask.question,
        persona=case.persona.id,
        mode=mode,
        text=composition.text,
        statements=composition.statements,
        citations=composition.citations,
        retrieved=retrieved_of(case.retrieval),
        withheld=composition.withheld,
        conflicts=_touched(case),
        abstention=abstention,
        notice=notice_of(case.paper),
        usage=asdict(case.draft.usage) if case.draft and case.draft.usage else {},
        timings_ms=_timings(case),
        trace=_of_case(case) | trace,
    )


def retrieved_of(retrieval: Retrieval) -> tuple[Retrieved, ...]:
    """What was found, as the record has it."""
    return tuple(Retrieved(passage_id=one.passage.id, score=round(one.score, 6)) for one in retrieval.ranked)


def _timings(case: Case) -> dict[str, float]:
    """Milliseconds by stage; `own` is all that was not waiting for the model."""
    total = (time.perf_counter() - case.started) * 1000
    model = case.draft.model_ms if case.draft else 0.0
    timings = {"retrieval": case.retrieval_ms, "model": model, "own": total - model, "total": total}
    if case.draft and case.draft.first_token_ms is not None:
        timings["first_token"] = case.draft.first_token_ms
    if case.composition.begun is not None:
        timings["first_statement"] = (case.composition.begun - case.started) * 1000
    return {stage: round(ms, 3) for stage, ms in timings.items()}


def _of_case(case: Case) -> Trace:
    trace: Trace = {"document_hash": case.paper.document_hash, "persona_sha256": case.persona.sha256, "question": case.question}
    if case.draft:
        trace |= {"rendered_sha256": case.draft.rendered.sha256, "evidence": [passage.id for passage in case.evidence.values()]}
    degraded = "; ".join(filter(None, (case.degraded, case.retrieval.degraded)))
    return trace | ({"degraded": degraded} if degraded else {})

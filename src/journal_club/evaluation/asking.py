"""Asking: what is asked of an answerer, and the store of what it said.

Owns the order of the questions, and `answers.jsonl`: one answer a line, or why there is none. What failed is asked again; of several lines
on one question the last one counts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from journal_club.answering.answer import Answer
from journal_club.answering.personas import Personas
from journal_club.evaluation.cases import Case, Cases
from journal_club.evaluation.respondent import Respondent, RespondentError

__all__ = ["ANSWERS", "Asked", "Key", "Progress", "StoredAnswer", "asked_of", "collect", "stored_answers"]

ANSWERS = "answers.jsonl"
Progress = Callable[[str], None]
Key = tuple[str, str, bool]
"""Case, reader, and whether the page with its key responses was asked."""


class StoredAnswer(BaseModel):
    """One answer as it was given, or why there is none. `full` is of the page with its key responses."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: str
    reader: str
    question: str
    full: bool
    answer: Answer | None
    error: str

    @property
    def key(self) -> Key:
        """What it answers."""
        return self.case, self.reader, self.full


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One case asked by one reader; `full`: on the page with its key responses, without which it has no conflicts."""

    case: Case
    reader: str
    question: str
    full: bool

    @property
    def key(self) -> Key:
        """What is asked."""
        return self.case.id, self.reader, self.full

    def failed(self, why: str) -> StoredAnswer:
        """The record of an answer that is not there."""
        return StoredAnswer(case=self.case.id, reader=self.reader, question=self.question, full=self.full, answer=None, error=why)


def asked_of(cases: Cases, personas: Personas) -> tuple[Asked, ...]:
    """Everything that is to be asked of one paper, in the order of the cases."""
    everybody = [one.id for one in personas.all()]
    items = {item.persona: item.question.text for item in cases.page.discussion}
    return tuple(
        Asked(case=case, reader=reader, question=case.question or items[case.item or ""], full=case.kind == "conflict")
        for case in cases.cases
        for reader in (everybody if case.readers == "all" else case.readers)
    )


def collect(wanted: Sequence[Asked], given: Respondent, *, paper_id: str, store: Path, progress: Progress) -> tuple[StoredAnswer, ...]:
    """Ask what is not stored yet or failed, and store each answer as it comes."""
    _mend(store)
    known = {key: one for key, one in stored_answers(store).items() if one.answer is not None}
    with store.open("a", encoding="utf-8") as file:
        for asked in wanted:
            progress(f"{asked.case.id} ({asked.reader})")
            if asked.key not in known:
                known[asked.key] = _answered(asked, given, paper_id)
                print(known[asked.key].model_dump_json(), file=file, flush=True)
    return tuple(known[asked.key] for asked in wanted)


def stored_answers(store: Path) -> dict[Key, StoredAnswer]:
    """What a store holds, the last answer to each question."""
    return {one.key: one for one in _read(store)}


def _read(store: Path) -> Iterator[StoredAnswer]:
    for line in store.read_text(encoding="utf-8").splitlines() if store.exists() else ():
        yield StoredAnswer.model_validate_json(line)


def _answered(asked: Asked, given: Respondent, paper_id: str) -> StoredAnswer:
    try:
        answer = given.answer(asked.question, persona=asked.reader, paper_id=paper_id)
    except RespondentError as failed:
        return asked.failed(str(failed))
    return asked.failed("").model_copy(update={"answer": answer})


def _mend(path: Path) -> None:
    """Cut off a line that a killed run left half, so that it is asked again."""
    if path.exists():
        kept = path.read_bytes()
        path.write_bytes(kept[: kept.rfind(b"\n") + 1])

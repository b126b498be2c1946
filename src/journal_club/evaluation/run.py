"""Run: the suite asked once: every case by every reader, answered by a process that cannot know the answers, scored and stored.

Owns the order of a run and its folder: `manifest.json`, `answers.jsonl`, `results.jsonl`, `statements.jsonl`, `summary.json`. An
interrupted run goes on where it stopped. Scores are taken from the stored answers alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from journal_club.answering.answer import Answer
from journal_club.answering.personas import Personas
from journal_club.answering.verification.verifier import Verifier
from journal_club.evaluation.cases import Case, Cases
from journal_club.evaluation.contract import contract_of
from journal_club.evaluation.judge.offline import OfflineJudge
from journal_club.evaluation.leaks import Leak, leaks
from journal_club.evaluation.manifest import Manifest
from journal_club.evaluation.respondent import Respondent, RespondentError
from journal_club.evaluation.scoring import CaseResult, Page, StatementResult, score, unscored
from journal_club.evaluation.summary import Summary, summarise
from journal_club.library.passages import passages_of
from journal_club.paper.model import Paper
from journal_club.paper.names import Names

__all__ = [
    "Asked",
    "LeakError",
    "Run",
    "StoredAnswer",
    "asked_of",
    "check_leaks",
    "collect",
    "judge_of",
    "judged",
    "read_run",
    "rescore",
    "unequal",
    "write_run",
]

Progress = Callable[[str], None]
Stored = TypeVar("Stored", bound=BaseModel)


class LeakError(Exception):
    """Words of the answer key stand where answers are made; the message says where."""


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StoredAnswer(_Record):
    """One answer as it was given, or why there is none. `full` is of the page with its key responses."""

    case: str
    reader: str
    question: str
    full: bool
    answer: Answer | None
    error: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One case asked by one reader; `full`: on the page with its key responses, without which it has no conflicts."""

    case: Case
    reader: str
    question: str
    full: bool


@dataclass(frozen=True, kw_only=True)
class Run:
    """A finished run."""

    manifest: Manifest
    results: tuple[CaseResult, ...]
    statements: tuple[StatementResult, ...]
    summary: Summary


def asked_of(cases: Cases, personas: Personas) -> tuple[Asked, ...]:
    """Everything that is to be asked of one paper, in the order of the cases."""
    everybody = [one.id for one in personas.all()]
    items = {item.persona: item.question.text for item in cases.page.discussion}
    return tuple(
        Asked(case=case, reader=reader, question=case.question or items[case.item or ""], full=case.kind == "conflict")
        for case in cases.cases
        for reader in (everybody if case.readers == "all" else case.readers)
    )


def check_leaks(paper: Paper, texts: Iterable[tuple[str, str]], canaries: Iterable[str]) -> None:
    """Refuse a run whose answers could have read the answer key.

    Args:
        paper: the page, with its key responses.
        texts: the name and words of everything that answers are made from.
        canaries: strings that stand in the cases alone.

    Raises:
        LeakError: words of the key, or a canary, stand in one of them.
    """
    known = list(texts)
    found: list[Leak] = [*leaks(known, paper)]
    found += [(name, canary) for name, text in known for canary in canaries if canary in text]
    if found:
        places = "; ".join(f"{name}: “{words}”" for name, words in found[:3])
        raise LeakError(f"the answer key has leaked into what answers are made from: {places}; take these words out")


def collect(wanted: Sequence[Asked], given: Respondent, *, paper_id: str, store: Path, progress: Progress) -> tuple[StoredAnswer, ...]:
    """Ask what is not stored yet, and store each answer as it comes."""
    _mend(store)
    known = {(one.case, one.reader, one.full): one for one in _read(store, StoredAnswer)}
    with store.open("a", encoding="utf-8") as file:
        for asked in wanted:
            progress(f"{asked.case.id} ({asked.reader})")
            key = (asked.case.id, asked.reader, asked.full)
            if key not in known:
                known[key] = _answered(asked, given, paper_id)
                print(known[key].model_dump_json(), file=file, flush=True)
    return tuple(known[(asked.case.id, asked.reader, asked.full)] for asked in wanted)


def _answered(asked: Asked, given: Respondent, paper_id: str) -> StoredAnswer:
    answer, error = None, ""
    try:
        answer = given.answer(asked.question, persona=asked.reader, paper_id=paper_id)
    except RespondentError as failed:
        error = str(failed)
    return StoredAnswer(case=asked.case.id, reader=asked.reader, question=asked.question, full=asked.full, answer=answer, error=error)


def unequal(ours: StoredAnswer, full: StoredAnswer) -> str:
    """What of an answer changes when the page's key responses are there; empty when nothing does but its conflicts.

    Where a model drafts, it must have been asked the same, to the letter: what it says then is its own affair.
    """
    if ours.answer is None or full.answer is None:
        return "one of the two has no answer"
    one, other = ours.answer, full.answer
    if "rendered_sha256" in one.trace:
        return "" if one.trace["rendered_sha256"] == other.trace.get("rendered_sha256") else "the prompt"
    for name in ("mode", "statements", "citations", "retrieved", "withheld", "abstention"):
        if getattr(one, name) != getattr(other, name):
            return name
    return ""


def judge_of(cases: Cases) -> OfflineJudge:
    """The offline judge of one page, its key responses left out."""
    passages = passages_of(cases.page, cases.paper)
    names = Names.of(passage.text for passage in passages)
    return OfflineJudge(Verifier(passages, names), names)


def judged(cases: Cases, answers: Iterable[StoredAnswer], personas: Personas) -> tuple[CaseResult, ...]:
    """Score the stored answers to one paper's cases: the same bytes every time."""
    by_id = {case.id: case for case in cases.cases}
    passages = passages_of(cases.page, cases.paper)
    names = Names.of(passage.text for passage in passages)
    judge = judge_of(cases)
    said = [words for case in cases.cases for point in case.points for words in point.evidence]
    page = Page(
        source_text=cases.page.source_text,
        passages={passage.id: (passage.start, passage.end) for passage in passages},
        origins={words: passage.origin.value for passage in reversed(passages) for words in said if words in passage.text},
    )

    def result(one: StoredAnswer) -> CaseResult:
        case = by_id[one.case]
        if one.answer is None:
            return unscored(case, cases.paper, one.reader, one.question, one.error)
        return score(
            case,
            one.reader,
            one.question,
            one.answer,
            judge=judge,
            page=page,
            contract=contract_of(one.answer, reader=personas.get(one.reader), names=names),
        )

    return tuple(map(result, answers))


def rescore(folder: Path, papers: Iterable[Cases], personas: Personas) -> Run:
    """Judge the stored answers of a run again, in the order in which they were asked; what was never asked stays out.

    Raises:
        FileNotFoundError: there is no run in the folder.
    """
    stored = {(one.case, one.reader, one.full): one for one in _read(folder / "answers.jsonl", StoredAnswer)}
    results: list[CaseResult] = []
    for cases in papers:
        keys = [(one.case.id, one.reader, one.full) for one in asked_of(cases, personas)]
        results += judged(cases, [stored[key] for key in keys if key in stored], personas)
    return write_run(folder, _manifest(folder), results, tuple(_read(folder / "statements.jsonl", StatementResult)))


def _manifest(folder: Path) -> Manifest:
    return Manifest.model_validate_json((folder / "manifest.json").read_text(encoding="utf-8"))


def write_run(folder: Path, manifest: Manifest, results: Sequence[CaseResult], statements: Sequence[StatementResult]) -> Run:
    """Write what a run came to beside its answers."""
    summary = summarise(results, statements)
    _write(folder / "results.jsonl", results)
    _write(folder / "statements.jsonl", statements)
    (folder / "summary.json").write_text(summary.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return Run(manifest=manifest, results=tuple(results), statements=tuple(statements), summary=summary)


def read_run(folder: Path) -> Run:
    """A run as it was stored.

    Raises:
        FileNotFoundError: there is none in the folder.
    """
    return Run(
        manifest=_manifest(folder),
        results=tuple(_read(folder / "results.jsonl", CaseResult)),
        statements=tuple(_read(folder / "statements.jsonl", StatementResult)),
        summary=Summary.model_validate_json((folder / "summary.json").read_text(encoding="utf-8")),
    )


def _read(path: Path, form: type[Stored]) -> Iterator[Stored]:
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        yield form.model_validate_json(line)


def _mend(path: Path) -> None:
    """Cut off a line that a killed run left half, so that it is asked again."""
    if path.exists():
        kept = path.read_bytes()
        path.write_bytes(kept[: kept.rfind(b"\n") + 1])


def _write(path: Path, records: Sequence[BaseModel]) -> None:
    path.write_text("".join(f"{one.model_dump_json()}\n" for one in records), encoding="utf-8")

"""Run: the suite asked once: every case by every reader, answered by a process that cannot know the answers, scored and stored.

Owns a run's folder beside its answers: `manifest.json`, `results.jsonl`, `statements.jsonl`, `summary.json`. Scores are taken from the
stored answers alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from journal_club.answering.personas import Personas
from journal_club.answering.verification.verifier import Verifier
from journal_club.evaluation.asking import ANSWERS, Key, StoredAnswer, asked_of, stored_answers
from journal_club.evaluation.cases import Cases
from journal_club.evaluation.contract import contract_of
from journal_club.evaluation.judge.offline import OfflineJudge, offline_version
from journal_club.evaluation.judge.opinion import Opinion, read_opinions
from journal_club.evaluation.leaks import check_answer, secret_grams
from journal_club.evaluation.manifest import Manifest
from journal_club.evaluation.scoring import CaseResult, Page, StatementResult, score, unscored
from journal_club.evaluation.summary import Summary, summarise
from journal_club.evaluation.twin import held_equal, twins
from journal_club.library.passages import Passage, passages_of
from journal_club.paper.model import Origin
from journal_club.paper.names import Names

__all__ = ["Run", "checked", "judge_of", "judged", "read_manifest", "read_run", "rescore", "write_run"]

Stored = TypeVar("Stored", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Run:
    """A finished run; `opinions` are of a model that was asked about its points, if one was."""

    manifest: Manifest
    results: tuple[CaseResult, ...]
    statements: tuple[StatementResult, ...]
    summary: Summary
    opinions: Mapping[tuple[str, str, str], Opinion] = field(default_factory=dict)


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
    page = _page(cases, passages)

    def result(one: StoredAnswer) -> CaseResult:
        case = by_id[one.case]
        if one.answer is None:
            return unscored(case, cases.paper, one.reader, one.question, one.error)
        contract = contract_of(one.answer, reader=personas.get(one.reader), names=names)
        try:
            return score(case, one.reader, one.question, one.answer, judge=judge, page=page, contract=contract)
        except Exception as error:  # one answer that the judge cannot read does not take the others with it
            why = f"the judge failed: {type(error).__name__}: {error}"
            return unscored(case, cases.paper, one.reader, one.question, why).model_copy(update={"answer": one.answer})

    return tuple(map(result, answers))


def _page(cases: Cases, passages: Sequence[Passage]) -> Page:
    said = [words for case in cases.cases for point in case.points for words in point.evidence]
    return Page(
        source_text=cases.page.source_text,
        passages={passage.id: (passage.start, passage.end) for passage in passages},
        origins={words: passage.origin.value for passage in reversed(passages) for words in said if words in passage.text},
    )


def checked(cases: Cases, known: Mapping[Key, StoredAnswer], personas: Personas, answerer: str) -> tuple[StoredAnswer, ...]:
    """The answers to everything that is asked of one paper, after a search for what only its answer key could have told them.

    Raises:
        LeakError: an answer holds words of the answer key, or changes when the page's key responses are there.
    """
    wanted = asked_of(cases, personas)
    ids = {case.id for case in cases.cases}
    secret = secret_grams(cases.page, {Origin.KEY_RESPONSE})
    for one in known.values():
        if one.answer is not None and one.case in ids:
            name = f"{one.case} ({one.reader})"
            check_answer(name, one.answer, question=one.question, secret=secret, canaries=cases.canaries)
    return held_equal(wanted, known, twins(wanted, answerer))


def rescore(folder: Path, papers: Iterable[Cases], personas: Personas, *, code: str) -> Run:
    """Judge the stored answers of a run again, and readers' sentences; what was never answered is unscored.

    Args:
        folder: the run's.
        papers: what the suite asks of the run's papers.
        personas: the readers.
        code: hash of the sources that judge now.

    Raises:
        FileNotFoundError: there is no run in the folder.
        LeakError: an answer holds words of the answer key, or changes when the page's key responses are there.
    """
    manifest = read_manifest(folder)
    known = stored_answers(folder / ANSWERS)
    results: list[CaseResult] = []
    statements: list[StatementResult] = []
    for cases in papers:
        results += judged(cases, checked(cases, known, personas, manifest.answerer), personas)
        statements += _stated(cases)
    now = manifest.model_copy(update={"scored": code, "judge": offline_version()})
    (folder / "manifest.json").write_text(now.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return write_run(folder, now, results, statements)


def _stated(cases: Cases) -> Iterator[StatementResult]:
    judge = judge_of(cases)
    for one in cases.statements:
        verdict, reason = judge.sentence(one.text)
        yield StatementResult(statement=one, verdict=verdict, reason=reason)


def read_manifest(folder: Path) -> Manifest:
    """What a run was made with.

    Raises:
        FileNotFoundError: there is none in the folder.
    """
    return Manifest.model_validate_json((folder / "manifest.json").read_text(encoding="utf-8"))


def write_run(folder: Path, manifest: Manifest, results: Sequence[CaseResult], statements: Sequence[StatementResult]) -> Run:
    """Write what a run came to beside its answers."""
    opinions = read_opinions(folder)
    summary = summarise(results, statements, opinions)
    _write(folder / "results.jsonl", results)
    _write(folder / "statements.jsonl", statements)
    (folder / "summary.json").write_text(summary.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return Run(manifest=manifest, results=tuple(results), statements=tuple(statements), summary=summary, opinions=opinions)


def read_run(folder: Path) -> Run:
    """A run as it was stored.

    Raises:
        FileNotFoundError: there is none in the folder.
    """
    return Run(
        manifest=read_manifest(folder),
        results=tuple(_read(folder / "results.jsonl", CaseResult)),
        statements=tuple(_read(folder / "statements.jsonl", StatementResult)),
        summary=Summary.model_validate_json((folder / "summary.json").read_text(encoding="utf-8")),
        opinions=read_opinions(folder),
    )


def _read(path: Path, form: type[Stored]) -> Iterator[Stored]:
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        yield form.model_validate_json(line)


def _write(path: Path, records: Sequence[BaseModel]) -> None:
    path.write_text("".join(f"{one.model_dump_json()}\n" for one in records), encoding="utf-8")

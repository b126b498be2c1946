"""The suite: one run from beginning to end, in a folder of its own.

Owns the steps: leak test, manifest, the blanked page's answers, the whole page's, verdicts, scores. What an answerer is, the settings say.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import yaml

from journal_club.answering.personas import Personas
from journal_club.evaluation.cases import Cases, read_cases
from journal_club.evaluation.judge.offline import OFFLINE
from journal_club.evaluation.manifest import Manifest, hash_of_files
from journal_club.evaluation.respondent import Respondent, blanked, respondent
from journal_club.evaluation.run import (
    Asked,
    Progress,
    Run,
    StoredAnswer,
    asked_of,
    check_leaks,
    collect,
    judged,
    unequal,
    write_run,
)
from journal_club.evaluation.scoring import StatementResult
from journal_club.library.passages import passages_of
from journal_club.models.endpoint import choose_endpoint
from journal_club.paper.model import Origin, Paper
from journal_club.paper.reading import read_paper
from journal_club.resources import prompts_dir, seeds_dir
from journal_club.settings import Settings

__all__ = ["Suite", "SuiteError", "open_suite", "run_suite"]

_PACKAGE = Path(__file__).resolve().parents[1]
_COMPARED = 6
"""Cases whose answers on the whole page are held against those on the blanked one, where a model drafts and each answer costs."""


class SuiteError(Exception):
    """The suite cannot be run as it is; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Suite:
    """What a run needs, read once.

    Attributes:
        folder: of the evaluation's data, which no answering process may read.
    """

    settings: Settings
    folder: Path
    cases: Cases
    paper: Paper
    personas: Personas
    manifest: Manifest


def open_suite(settings: Settings, folder: Path, *, commentary: bool = True) -> Suite:
    """Read cases and page, and test for leaks.

    Args:
        settings: with which the answers are made.
        folder: `eval/`: cases of each paper in `cases/`.
        commentary: answer from the page's commentary too, and not from the trial's own words and related trials alone.

    Raises:
        CasesError: a file of cases is malformed.
        LeakError: the answer key stands where answers are made from.
        SuiteError: there are no cases.
    """
    folders = sorted(path for path in (folder / "cases").glob("*") if path.is_dir())
    if not folders:
        raise SuiteError(f"no cases in {folder / 'cases'}; set JOURNAL_CLUB_EVAL_DIR to the folder that holds them")
    seeds = {path.stem: path for path in sorted(seeds_dir(settings).glob("*.txt"))}
    papers = {name: read_paper(path.read_bytes().decode()) for name, path in seeds.items()}
    cases = read_cases(folders[0], papers)
    paper = papers[cases.paper]
    if not commentary:
        paper = read_paper(blanked(paper, hidden=(Origin.COMMENTARY,)))
    check_leaks(paper, _answered_from(settings, paper, cases.paper), cases.canaries)
    personas = Personas.load(prompts_dir(settings) / "personas")
    manifest = _manifest(settings, folders[0], cases, paper, alone="" if commentary else ", trial text alone")
    return Suite(settings=settings, folder=folder, cases=cases, paper=paper, personas=personas, manifest=manifest)


def _answered_from(settings: Settings, paper: Paper, paper_id: str) -> Iterator[tuple[str, str]]:
    """The name and words of everything that answers are made from: prompts, personas, passages."""
    for path in sorted(prompts_dir(settings).rglob("*.md")):
        yield f"prompt {path.name}", path.read_text(encoding="utf-8")
    for passage in passages_of(read_paper(blanked(paper)), paper_id):
        yield f"passage {passage.id}", f"{passage.label} {passage.text}"


def _manifest(settings: Settings, folder: Path, cases: Cases, paper: Paper, *, alone: str) -> Manifest:
    endpoint = choose_endpoint(settings.chat, settings.data_dir, os.environ)
    prompts = prompts_dir(settings)
    return Manifest(
        paper=cases.paper,
        answerer=(endpoint.model or "extractive") + alone,
        code=hash_of_files(_PACKAGE.rglob("*.py"), _PACKAGE),
        prompts=hash_of_files(prompts.rglob("*.md"), prompts),
        corpus=paper.document_hash,
        cases=hash_of_files(folder.glob("*.yaml"), folder),
        settings=sha256(yaml.safe_dump(settings.model_dump(mode="json", exclude={"data_dir"})).encode()).hexdigest()[:16],
        judge=OFFLINE,
    )


def run_suite(suite: Suite, out: Path, *, progress: Progress, variables: Mapping[str, str] | None = None) -> Run:
    """Ask, judge and store everything; answers that the folder holds already, of an equal manifest, are taken over.

    Raises:
        SuiteError: the folder holds another run, or an answer changes when key responses are there.
    """
    _begin(suite, out)
    wanted = asked_of(suite.cases, suite.paper, suite.personas)
    with _respondent(suite, blanked(suite.paper), variables) as given:
        kept = _collected(suite, [one for one in wanted if not one.full], given, out, progress)
    with _respondent(suite, suite.paper.source_text, variables) as given:
        full = _collected(suite, [one for one in wanted if one.full], given, out, progress)
        _hold_equal(suite, wanted, kept, given, out, progress)
        statements = tuple(
            StatementResult(statement=one, verdict=verdict, reason=reason)
            for one in suite.cases.statements
            for verdict, reason in [given.verify(one.text, paper_id=suite.cases.paper)]
        )
    by_asked = {(one.case, one.reader): one for one in (*kept, *full)}
    answers = [by_asked[(one.case.id, one.reader)] for one in wanted]
    return write_run(out, suite.manifest, judged(suite.cases, suite.paper, answers, suite.personas), statements)


def _begin(suite: Suite, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    stored = out / "manifest.json"
    if stored.exists() and (differences := suite.manifest.differences(Manifest.model_validate_json(stored.read_text(encoding="utf-8")))):
        raise SuiteError(f"{out} holds a run with another {', '.join(differences)}: give another folder, or remove it")
    stored.write_text(suite.manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")


@contextmanager
def _respondent(suite: Suite, text: str, variables: Mapping[str, str] | None) -> Iterator[Respondent]:
    chosen = dict(os.environ if variables is None else variables)
    weights = choose_endpoint(suite.settings.chat, suite.settings.data_dir, chosen).weights
    if weights is not None:  # they lie in the caller's data folder, and the respondent has its own
        chosen["JOURNAL_CLUB_CHAT__WEIGHTS"] = str(weights)
    with respondent(suite.cases.paper, text, forbidden=suite.folder, variables=chosen) as running:
        yield running


def _collected(suite: Suite, wanted: list[Asked], given: Respondent, out: Path, progress: Progress) -> tuple[StoredAnswer, ...]:
    return collect(wanted, given, paper_id=suite.cases.paper, store=out / "answers.jsonl", progress=progress)


def _hold_equal(
    suite: Suite, wanted: tuple[Asked, ...], kept: tuple[StoredAnswer, ...], given: Respondent, out: Path, progress: Progress
) -> None:
    """Ask the whole page what was asked of the blanked one: but for conflicts, the answers must be equal."""
    blank = [one for one in wanted if not one.full]
    most = len(blank) if suite.manifest.answerer.startswith("extractive") else _COMPARED
    chosen = [Asked(case=one.case, reader=one.reader, question=one.question, full=True) for one in blank[:most]]
    for ours, theirs in zip(kept, _collected(suite, chosen, given, out, progress), strict=False):
        if what := unequal(ours, theirs):
            raise SuiteError(f"{ours.case} ({ours.reader}): {what} changes when the page's key responses are there: they leak")

"""The suite: one run from beginning to end, in a folder of its own.

Owns the steps: leak test, manifest, the blanked page's answers, the whole page's, verdicts, scores. What an answerer is, the settings say.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import yaml

from journal_club.answering.personas import Personas
from journal_club.evaluation.asking import ANSWERS, Progress, asked_of, collect, stored_answers
from journal_club.evaluation.cases import Case, Cases, Point, Statement, own_texts, read_cases
from journal_club.evaluation.judge.offline import offline_version
from journal_club.evaluation.leaks import check_leaks, check_passages
from journal_club.evaluation.manifest import Manifest, hash_of_files
from journal_club.evaluation.respondent import Respondent, blanked, respondent
from journal_club.evaluation.run import Run, checked, judged, read_manifest, write_run
from journal_club.evaluation.scoring import CaseResult, StatementResult
from journal_club.evaluation.twin import twins
from journal_club.library.passages import passages_of
from journal_club.models.endpoint import choose_endpoint
from journal_club.paper.model import Origin, Paper
from journal_club.paper.reading import read_paper
from journal_club.resources import prompts_dir, seeds_dir
from journal_club.settings import Settings

__all__ = ["Suite", "SuiteError", "open_suite", "run_suite", "suite_of"]

_PACKAGE = Path(__file__).resolve().parents[1]
_ALONE = ", trial text alone"
"""Behind the answerer's name where the page's commentary is left out."""


class SuiteError(Exception):
    """The suite cannot be run as it is; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Suite:
    """What a run needs, read once.

    Attributes:
        folder: of the evaluation's data, which no answering process may read.
        papers: what is asked, paper by paper.
        elsewhere: the ids of cases and sentences on papers that are not asked about, and of those left out with the commentary.
        unasked: the papers that are not asked about.
    """

    settings: Settings
    folder: Path
    papers: tuple[Cases, ...]
    personas: Personas
    manifest: Manifest
    elsewhere: frozenset[str]
    unasked: tuple[str, ...]

    @property
    def cases(self) -> Iterator[Case]:
        """The cases of all papers."""
        return (case for paper in self.papers for case in paper.cases)

    @property
    def steps(self) -> int:
        """How often a run asks."""
        asked = [asked_of(paper, self.personas) for paper in self.papers]
        return sum(len(one) + len(twins(one, self.manifest.answerer)) for one in asked)


def open_suite(settings: Settings, folder: Path, *, papers: Collection[str] = (), commentary: bool = True) -> Suite:
    """Read cases and pages, and test for leaks.

    Args:
        settings: with which the answers are made.
        folder: `eval/`: cases of each paper in `cases/`.
        papers: ids of those that are asked about; empty for all.
        commentary: answer from the pages' commentary too, and not from the trials' own words and related trials alone.

    Raises:
        CasesError: a file of cases is malformed.
        LeakError: the answer key stands where answers are made from.
        SuiteError: there are no cases, or none of a paper that is asked for.
    """
    read = [read_cases(path, seeds_dir(settings)) for path in sorted((folder / "cases").glob("*")) if path.is_dir()]
    chosen = tuple(_without_commentary(one) if not commentary else one for one in read if one.paper in papers or not papers)
    if missing := set(papers) - {one.paper for one in chosen}:
        raise SuiteError(f"no cases on {', '.join(sorted(missing))}; there are some on {', '.join(one.paper for one in read)}")
    if not chosen:
        raise SuiteError(f"no cases in {folder / 'cases'}; set JOURNAL_CLUB_EVAL_DIR to the folder that holds them")
    if several := [name for name, count in Counter(case.id for one in chosen for case in one.cases).items() if count > 1]:
        raise SuiteError(f"{', '.join(several)}: used for cases of several papers; give each its own id")
    for one in chosen:
        check_leaks(one.page, _answered_from(settings, one), one.canaries)
    personas = Personas.load(prompts_dir(settings) / "personas")
    manifest = _manifest(settings, folder / "cases", chosen, alone="" if commentary else _ALONE)
    return Suite(
        settings=settings,
        folder=folder,
        papers=chosen,
        personas=personas,
        manifest=manifest,
        elsewhere=_ids(read) - _ids(chosen),
        unasked=tuple(one.paper for one in read if one.paper not in {other.paper for other in chosen}),
    )


def _ids(papers: Iterable[Cases]) -> frozenset[str]:
    return frozenset(name for paper in papers for name in paper.ids)


def suite_of(settings: Settings, folder: Path, made: Manifest) -> Suite:
    """The suite as it stands now, of a stored run's papers and in its mode: what the run should have asked.

    Raises:
        SuiteError: there are no cases on one of them any more; the other errors are `open_suite`'s.
    """
    return open_suite(settings, folder, papers=made.papers.split(", "), commentary=not made.answerer.endswith(_ALONE))


def _without_commentary(cases: Cases) -> Cases:
    """The page without its commentary, with what can be asked of the rest: a point that stood there alone is owed by nobody.

    Sentences of readers speak of the whole page, and are left out.
    """
    page = read_paper(blanked(cases.page, hidden=(Origin.COMMENTARY,)))
    left = (case.model_copy(update={"points": tuple(_owed(point, page) for point in case.points)}) for case in cases.cases)
    asked = tuple(case for case in left if case.kind not in ("fact", "conflict") or any(point.demanded for point in case.points))
    return replace(cases, page=page, cases=asked, statements=())


def _owed(point: Point, page: Paper) -> Point:
    own = own_texts(page)
    kept = tuple(words for words in point.evidence if any(words in text for text in own))
    return point.model_copy(update={"evidence": kept, "unreachable": (point.demanded and not kept) or point.unreachable})


def _answered_from(settings: Settings, cases: Cases) -> Iterator[tuple[str, str]]:
    """The name and words of everything that answers are made from: prompts, personas, passages of the blanked page and the whole one."""
    for path in sorted(prompts_dir(settings).rglob("*.md")):
        yield f"prompt {path.name}", path.read_text(encoding="utf-8")
    whole = passages_of(cases.page, cases.paper)
    check_passages(whole)
    for passage in (*passages_of(read_paper(blanked(cases.page)), cases.paper), *whole):
        yield f"passage {passage.id}", f"{passage.label} {passage.text}"


def _manifest(settings: Settings, folder: Path, papers: Sequence[Cases], *, alone: str) -> Manifest:
    endpoint = choose_endpoint(settings.chat, settings.data_dir, os.environ)
    prompts = prompts_dir(settings)
    code = hash_of_files(_PACKAGE.rglob("*.py"), _PACKAGE)
    return Manifest(
        papers=", ".join(one.paper for one in papers),
        answerer=(endpoint.model or "extractive") + alone,
        code=code,
        prompts=hash_of_files(prompts.rglob("*.md"), prompts),
        corpus=sha256(" ".join(one.page.document_hash for one in papers).encode()).hexdigest(),
        cases=hash_of_files(folder.rglob("*.yaml"), folder),
        settings=sha256(yaml.safe_dump(settings.model_dump(mode="json", exclude={"data_dir"})).encode()).hexdigest()[:16],
        judge=offline_version(),
        scored=code,
    )


def run_suite(suite: Suite, out: Path, *, progress: Progress, variables: Mapping[str, str] | None = None) -> Run:
    """Ask, judge and store everything; answers that the folder holds already, of an equal manifest, are taken over.

    Raises:
        LeakError: an answer changes when key responses are there, or holds words that stand in them alone.
        SuiteError: the folder holds another run.
    """
    _begin(suite, out)
    done = [_run_paper(suite, cases, out, progress, variables) for cases in suite.papers]
    results = [one for results, _ in done for one in results]
    return write_run(out, suite.manifest, results, [one for _, statements in done for one in statements])


def _run_paper(
    suite: Suite, cases: Cases, out: Path, progress: Progress, variables: Mapping[str, str] | None
) -> tuple[tuple[CaseResult, ...], tuple[StatementResult, ...]]:
    wanted = asked_of(cases, suite.personas)
    again = twins(wanted, suite.manifest.answerer)
    store = out / ANSWERS
    ask = partial(collect, paper_id=cases.paper, store=store, progress=progress)
    with _respondent(suite, cases.paper, blanked(cases.page), variables) as given:
        ask([one for one in wanted if not one.full], given)
    with _respondent(suite, cases.paper, cases.page.source_text, variables) as given:
        ask([*(one for one in wanted if one.full), *again], given)
        statements = tuple(map(partial(_stated, given, cases.paper), cases.statements))
    kept = checked(cases, stored_answers(store), suite.personas, suite.manifest.answerer)
    return judged(cases, kept, suite.personas), statements


def _stated(given: Respondent, paper_id: str, statement: Statement) -> StatementResult:
    verdict, reason = given.verify(statement.text, paper_id=paper_id)
    return StatementResult(statement=statement, verdict=verdict, reason=reason)


def _begin(suite: Suite, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    stored = out / "manifest.json"
    if stored.exists() and (differences := suite.manifest.asked_otherwise(read_manifest(out))):
        raise SuiteError(f"{out} holds a run with another {', '.join(differences)}: give another folder, or remove it")
    stored.write_text(suite.manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")


@contextmanager
def _respondent(suite: Suite, paper_id: str, text: str, variables: Mapping[str, str] | None) -> Iterator[Respondent]:
    chosen = dict(os.environ if variables is None else variables)
    weights = choose_endpoint(suite.settings.chat, suite.settings.data_dir, chosen).weights
    if weights is not None:  # they lie in the caller's data folder, and the respondent has its own
        chosen["JOURNAL_CLUB_CHAT__WEIGHTS"] = str(weights)
    with respondent(paper_id, text, forbidden=suite.folder, variables=chosen) as running:
        yield running

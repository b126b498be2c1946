"""`eval`: run the suite, hold two runs against each other, the gate, and the judge on trial."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import anyio
import typer
from pydantic import ValidationError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from journal_club.answering.prompts import load_prompt
from journal_club.cli.exits import CommandError, ExitCode
from journal_club.cli.terminal import complain, say, screen
from journal_club.evaluation.asking import ANSWERS, stored_answers
from journal_club.evaluation.baseline import baseline_of, read_baseline
from journal_club.evaluation.cases import CasesError
from journal_club.evaluation.compare import Comparison, compare
from journal_club.evaluation.gate import Failure, failures
from journal_club.evaluation.judge.model import ModelJudge
from journal_club.evaluation.judge.opinion import OPINIONS, agreement
from journal_club.evaluation.judge.presented import presented
from journal_club.evaluation.judge.trial import alarms, is_sound, judge_section, key_responses
from journal_club.evaluation.leaks import LeakError
from journal_club.evaluation.manifest import Manifest
from journal_club.evaluation.perturbation.sample import Sample, samples
from journal_club.evaluation.perturbation.trials import Trial, read_trials
from journal_club.evaluation.report.answerers import answerers
from journal_club.evaluation.report.html import html_of
from journal_club.evaluation.report.junit import junit_of
from journal_club.evaluation.respondent import RespondentError
from journal_club.evaluation.rules import GateCode, Rules, RulesError, read_rules
from journal_club.evaluation.run import Run, checked, read_manifest, read_run, rescore, write_run
from journal_club.evaluation.suite import Suite, SuiteError, open_suite, run_suite, suite_of
from journal_club.evaluation.summary import Summary
from journal_club.models.chat import open_chat
from journal_club.resources import eval_dir, prompts_dir
from journal_club.settings import Settings

__all__ = ["compare_runs", "judge", "opinions", "passes", "run", "score", "table"]

_STYLES = {"gained": "green", "lost": "red", "changed": "yellow"}
_NO_NAME = re.compile(r"[^\w.-]+")
"""What a model's name may hold and a file's may not."""
_PROSE = 12
"""Words; a shorter part of the page is a field or a heading."""
_SEED = 20250607
JUDGE_PROMPT = "judge.v2.md"
_SAMPLE = 40
"""Answers of each kind that the judge is tried on in every run, from the page's own sentences."""
_ROUNDS = 16
"""How often one sentence is changed in the same way, where sentences that can be changed so are few."""
_FEWEST = 4
"""Answers of a kind below which its share says nothing."""


def run(settings: Settings, out: Path | None, *, papers: Sequence[str], keep: bool, commentary: bool) -> int:
    """Run the suite, report it, and say whether it passes; the exit code is the gate's."""
    with _ends_told():
        suite = open_suite(settings, eval_dir(settings), papers=papers, commentary=commentary)
        if keep:
            _check_whole(suite)
        folder = out or Path("eval/runs") / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{suite.manifest.id}"
        columns = BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}")
        with Progress(*columns, console=screen(), transient=True) as progress:
            task = progress.add_task("asking", total=suite.steps)
            done = run_suite(suite, folder, progress=lambda doing: progress.update(task, description=doing, advance=1))
    if keep:
        _keep_baseline(suite, done)
    return _reported(done, suite, folder)


def score(settings: Settings, folder: Path) -> int:
    """Judge the stored answers of a run again; nothing is asked."""
    suite = _opened(settings, folder)
    with _ends_told():
        done = rescore(folder, suite.papers, suite.personas, code=suite.manifest.code)
    return _reported(done, suite, folder)


def opinions(settings: Settings, folder: Path) -> int:
    """Ask a model about every point of a stored run, and say how far it agrees with the offline judge."""
    return anyio.run(_opinions, settings, folder)


async def _opinions(settings: Settings, folder: Path) -> int:
    stored, suite = _stored(folder), _opened(settings, folder)
    chat = open_chat(settings.chat, settings.data_dir)
    if chat is None:
        raise CommandError("no model is set: JOURNAL_CLUB_CHAT__ENDPOINT names the one that judges", code=ExitCode.SET_UP)
    try:
        judge_ = ModelJudge(chat, load_prompt(prompts_dir(settings) / JUDGE_PROMPT), folder / OPINIONS)
        asked = [(one, point, one.answer) for one in stored.results for point in one.points if one.answer is not None]
        given = [await judge_.point(point.point, answer, case=one.case, reader=one.reader) for one, point, answer in asked]
    finally:
        await chat.aclose()
    done = write_run(folder, stored.manifest, stored.results, stored.statements)
    _write_reports(done, _failures(done, suite), folder)
    found = agreement([(point.verdict, opinion.verdict) for (_, point, _), opinion in zip(asked, given, strict=True)])
    say(f"{judge_.name}: {found.equal} of {found.of} verdicts as the offline judge's, kappa {found.kappa:.2f}; {found.unscored} unscored")
    recalled = sum(opinion.verdict == "entailed" for (_, point, _), opinion in zip(asked, given, strict=True) if point.point.demanded)
    say(f"points recalled by its opinion: {recalled} of {sum(point.point.demanded for _, point, _ in asked)}")
    if failed := sum(not opinion.votes for opinion in given):
        say(f"the endpoint failed on {failed} points: they are asked again the next time")
    return ExitCode.FINE


def passes(settings: Settings, folder: Path) -> int:
    """Hold a stored run against the gate."""
    stored, suite = _stored(folder), _opened(settings, folder)
    with _ends_told():
        for cases in suite.papers:
            checked(cases, stored_answers(folder / ANSWERS), suite.personas, stored.manifest.answerer)
    return _told(_failures(stored, suite))


def compare_runs(first: Path, second: Path) -> int:
    """Print what changed between two runs. Exit code 1: something was lost."""
    found = compare(_stored(first), _stored(second))
    _print_comparison(found)
    return ExitCode.FOUND if any(flip.change == "lost" for flip in found.flips) else ExitCode.FINE


def table(settings: Settings, folders: Sequence[Path]) -> int:
    """Print runs side by side."""
    suite = _opened(settings)
    lines = answerers([_stored(folder) for folder in folders], suite.papers)
    screen().print("\n".join(lines), markup=False, soft_wrap=True)
    return ExitCode.FINE


def judge(settings: Settings, folders: Sequence[Path], *, most: int) -> int:
    """Try the judge on changed sentences of trials, or of the page alone where no folder is given."""
    suite = _opened(settings)
    found = [one for trial in (*_pages(suite), *(one for folder in folders for one in read_trials(folder))) for one in samples(trial)]
    tried = alarms(presented(found, most=most, seed=_SEED, rounds=_ROUNDS))
    keys = key_responses(suite.papers)
    screen().print(judge_section(tried, keys).markdown(), markup=False)
    if not folders:
        say("the pages alone hold too few sentences for every kind of change: name folders of trials' texts to try them all")
    sound = is_sound(tried) and not keys.missed and keys.disputed == keys.disputed_of
    return GateCode.PASSED if sound else GateCode.JUDGE_BROKEN


def _check_whole(suite: Suite) -> None:
    """Refuse to make a run on some of the papers what runs on all of them are held against."""
    asked = {one.paper for one in suite.papers}
    kept = read_baseline(_baseline_path(suite.settings, suite.manifest.answerer))
    if suite.unasked and (kept is None or not kept.papers or not set(kept.papers) <= asked):
        message = f"a baseline of {', '.join(sorted(asked))} alone would drop {', '.join(suite.unasked)}: leave out --paper, or --baseline"
        raise CommandError(message, code=ExitCode.USAGE)


def _keep_baseline(suite: Suite, done: Run) -> None:
    """Make a run the baseline, if it passes: a fault that is accepted once is never seen again."""
    path = _baseline_path(suite.settings, done.manifest.answerer)
    if failed := (*failures(done, _rules(suite.settings), None, suite), *_judge_failures(suite)):
        complain(f"no baseline is written: the run fails {len(failed)} rules of eval/gate.yaml, told below; mend them, or the rules")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(baseline_of(done, suite.papers).model_dump_json(indent=1) + "\n", encoding="utf-8")
    say(f"{path} holds what this run got right")


@contextmanager
def _ends_told() -> Iterator[None]:
    """Turn what a suite fails with into its exit code: a leak has one of its own, whichever command finds it."""
    try:
        yield
    except LeakError as leak:
        complain(f"leak: {leak}")
        raise typer.Exit(int(GateCode.LEAK)) from leak
    except (CasesError, SuiteError, RespondentError) as error:
        raise CommandError(str(error), code=ExitCode.SET_UP) from error


def _opened(settings: Settings, folder: Path | None = None) -> Suite:
    """The suite; of a stored run, that of its papers and in its mode."""
    with _ends_told():
        return suite_of(settings, eval_dir(settings), _made(folder)) if folder else open_suite(settings, eval_dir(settings))


def _made(folder: Path) -> Manifest:
    try:
        return read_manifest(folder)
    except FileNotFoundError as error:
        raise CommandError(f"{folder} holds no finished run: {error}", code=ExitCode.USAGE) from error


def _stored(folder: Path) -> Run:
    try:
        return read_run(folder)
    except FileNotFoundError as error:
        raise CommandError(f"{folder} holds no finished run: {error}", code=ExitCode.USAGE) from error
    except ValidationError as error:
        message = f"{folder} was scored by another version: `journal-club eval score {folder}` scores its answers again"
        raise CommandError(message, code=ExitCode.USAGE) from error


def _pages(suite: Suite) -> Iterator[Trial]:
    """The pages' own prose, as trials; of those pages alone of which something was looked at."""
    seen = (one for one in suite.papers if not all(case.held_back for case in one.cases))
    for number, one in enumerate(seen):
        prose = [part.text for part in one.page.parts if part.origin in ("trial", "commentary") and len(part.text.split()) > _PROSE]
        yield Trial(name=one.paper, number=number, text="\n\n".join(prose))


def _reported(done: Run, suite: Suite, folder: Path) -> int:
    """Write the reports beside a run, print its columns and what the gate says."""
    failed = _failures(done, suite)
    _write_reports(done, failed, folder)
    for column in done.summary.columns:
        if column.part == "all" and (share := column.share) is not None:
            say(f"{column.name:<38} {share:7.1%}  {column.hits} of {column.of}")
    say(f"report: {folder / 'report.html'}")
    return _told(failed)


def _write_reports(done: Run, failed: Sequence[Failure], folder: Path) -> None:
    (folder / "junit.xml").write_text(junit_of(done), encoding="utf-8")
    (folder / "report.html").write_text(html_of(done, failed, _earlier(folder)), encoding="utf-8")


def _earlier(folder: Path) -> list[tuple[str, Summary]]:
    """The other runs of the same place, by name; those of a version with other columns are left out."""
    found: list[tuple[str, Summary]] = []
    for path in sorted(folder.parent.glob("*/summary.json")):
        with suppress(ValidationError):
            found += [] if path.parent == folder else [(path.parent.name, Summary.model_validate_json(path.read_text(encoding="utf-8")))]
    return found[-8:]


def _failures(done: Run, suite: Suite) -> tuple[Failure, ...]:
    baseline = read_baseline(_baseline_path(suite.settings, done.manifest.answerer))
    return (*failures(done, _rules(suite.settings), baseline, suite), *_judge_failures(suite))


def _rules(settings: Settings) -> Rules:
    try:
        return read_rules(eval_dir(settings) / "gate.yaml")
    except RulesError as error:
        raise CommandError(str(error), code=ExitCode.SET_UP) from error


def _judge_failures(suite: Suite) -> tuple[Failure, ...]:
    """The judge's own faults, on the page's sentences and key responses: a judge that is broken judges nothing."""
    tried = alarms(presented(_samples(suite), most=_SAMPLE, seed=_SEED))
    broken = [f"the judge: {one.kind.name}, {one.raised} of {one.of}" for one in tried if one.of >= _FEWEST and not one.reached]
    broken += [f"the judge: key response does not hold {name}" for name in key_responses(suite.papers).missed]
    return tuple(Failure(code=GateCode.JUDGE_BROKEN, what=what) for what in broken)


def _samples(suite: Suite) -> list[Sample]:
    return [one for trial in _pages(suite) for one in samples(trial)]


def _baseline_path(settings: Settings, answerer: str) -> Path:
    return eval_dir(settings) / "baselines" / f"{_NO_NAME.sub('-', answerer)}.json"


def _told(failed: Sequence[Failure]) -> int:
    for failure in failed:
        complain(f"{failure.code.name.lower().replace('_', ' ')}: {failure.what}")
    say("gate not passed" if failed else "gate passed", style="bold red" if failed else "bold green")
    return max((failure.code for failure in failed), default=GateCode.PASSED)


def _print_comparison(found: Comparison) -> None:
    for name, (ours, theirs) in found.differs.items():
        say(f"{name}: {ours} -> {theirs}")
    for flip in found.flips:
        say(f"{flip.change}: {' '.join(filter(None, flip.key))}", style=_STYLES[flip.change])
        say(f"    before {flip.before}")
        say(f"    after  {flip.after}")
    if found.alone:
        say(f"asked in one of the two alone, and not compared: {found.alone}", style="yellow")
    low, high = found.interval
    before, after = found.shares
    say(f"points recalled: {before:.1%} -> {after:.1%} of {found.of}; difference 95 % {low:+.1%} to {high:+.1%}")
    say(f"the smallest difference that this suite shows at 80 % power: {found.smallest:.1%}")

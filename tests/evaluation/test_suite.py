"""The suite as it stands in `eval/`: its cases, its leak test, its answering process, its run and its gate."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from journal_club.answering.answer import Withheld
from journal_club.cli.app import app
from journal_club.evaluation.baseline import baseline_of
from journal_club.evaluation.cases import CasesError, case_schema, read_cases
from journal_club.evaluation.compare import compare
from journal_club.evaluation.gate import failures
from journal_club.evaluation.judge.trial import key_responses
from journal_club.evaluation.leaks import LeakError, leaks_in
from journal_club.evaluation.report.answerers import answerers, as_drafted
from journal_club.evaluation.report.html import html_of
from journal_club.evaluation.report.junit import junit_of
from journal_club.evaluation.respondent import RespondentError, blanked, respondent
from journal_club.evaluation.rules import GateCode, read_rules
from journal_club.evaluation.run import Run, read_run, rescore
from journal_club.evaluation.suite import Suite, SuiteError, open_suite, run_suite
from journal_club.paper.model import Origin, Paper
from journal_club.paper.reading import read_paper
from journal_club.settings import ChatSettings, Settings
from tests.conftest import ROOT
from tests.evaluation.conftest import CASES, EVAL, QUIET, SEEDS

pytestmark = pytest.mark.timeout(400)
"""Seconds: the whole suite is run here, beside another test process."""


@pytest.fixture(scope="module")
def paper(seed_text: str) -> Paper:
    return read_paper(seed_text)


def test_the_cases_are_as_many_and_of_the_kinds_that_the_suite_needs(suite: Suite):
    kinds: list[str] = [case.kind for case in suite.cases]
    needed = {"discussion": 7, "fact": 40, "unreported": 20, "conflict": 8, "hostile": 12}
    assert {kind: kinds.count(kind) >= least for kind, least in needed.items()} == dict.fromkeys(needed, True)
    assert {case.grade for case in suite.cases if case.kind == "unreported"} == {"other_trial", "near", "right_trial"}
    assert sum(case.readers == "all" for case in suite.cases) >= 5


def test_the_pages_for_tuning_are_cases_and_none_of_the_suite(suite: Suite):
    pages = [read_cases(folder, SEEDS) for folder in sorted((EVAL / "tuning" / "cases").iterdir())]
    assert all(len(page.cases) >= 50 and page.canaries for page in pages)
    assert {page.paper for page in pages}.isdisjoint(one.paper for one in suite.papers)
    assert read_rules(EVAL / "tuning" / "gate.yaml")


def test_the_schema_beside_the_cases_is_theirs():
    assert (EVAL / "cases" / "schema.json").read_text(encoding="utf-8") == case_schema()


def test_each_file_of_cases_has_its_own_canary(suite: Suite):
    canaries = {canary for paper in suite.papers for canary in paper.canaries}
    assert len(canaries) == len(list(CASES.parent.rglob("*.yaml")))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("HR 0.55; 95% CI 0.39–0.79", "HR 0.56; 95% CI 0.39–0.79", "is not in the page"),
        ("id: os-interval", "id: os-hazard-ratio", "is used 2 times"),
        ("kind: fact", "kind: fiction", "facts.yaml"),
    ],
)
def test_a_file_of_cases_that_is_wrong_is_refused_with_what_to_mend(tmp_path: Path, old: str, new: str, told: str):
    text = (CASES / "facts.yaml").read_text(encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CasesError, match=told):
        read_cases(tmp_path, SEEDS)


def test_a_blanked_page_has_every_other_word_in_its_place(paper: Paper):
    hidden = read_paper(blanked(paper))
    assert len(hidden.source_text) == len(paper.source_text)
    for before, after in zip(paper.parts, hidden.parts, strict=True):
        assert (before.text == after.text) == (before.origin is not Origin.KEY_RESPONSE)
    responses = [part.text for part in hidden.parts if part.origin is Origin.KEY_RESPONSE]
    assert not any(any(leaks_in(text, paper)) for text in responses)


def key_response_of(paper: Paper) -> str:
    response = paper.discussion[0].key_response
    assert response
    return response.text


def prompts_with(tmp_path: Path, words: str) -> Path:
    shutil.copytree(ROOT / "prompts", tmp_path / "prompts")
    persona = tmp_path / "prompts" / "personas" / "fellow.md"
    persona.write_text(persona.read_text(encoding="utf-8") + f"\n{words}\n", encoding="utf-8")
    return tmp_path / "prompts"


@pytest.mark.parametrize("secret", ["key response", "canary"])
def test_a_run_is_refused_when_the_answer_key_stands_in_a_prompt(suite: Suite, paper: Paper, tmp_path: Path, secret: str):
    words = key_response_of(paper) if secret == "key response" else suite.papers[0].canaries[0]
    prompts = prompts_with(tmp_path, words)
    with pytest.raises(LeakError, match=r"prompt fellow\.md"):
        open_suite(Settings(prompts_dir=prompts, chat=ChatSettings(endpoint="none")), EVAL)


def test_a_leak_has_an_exit_code_of_its_own(paper: Paper, tmp_path: Path):
    prompts = prompts_with(tmp_path, key_response_of(paper))
    told = CliRunner().invoke(app, ["eval", "run", "--out", str(tmp_path / "run")], env=QUIET | {"JOURNAL_CLUB_PROMPTS_DIR": str(prompts)})
    assert told.exit_code == GateCode.LEAK
    assert "fellow.md" in told.stderr


def test_the_answering_process_may_not_read_the_evaluation(paper: Paper, environ: dict[str, str], tmp_path: Path):
    (tmp_path / "answer.v1.md").write_text("secret", encoding="utf-8")
    variables = environ | {"JOURNAL_CLUB_PROMPTS_DIR": str(tmp_path)}
    with (
        respondent("page", blanked(paper), forbidden=tmp_path, variables=variables) as given,
        pytest.raises(RespondentError, match="ended with status"),
    ):
        given.answer("What was the hazard ratio for OS?", persona="fellow", paper_id="page")


def test_a_question_that_fails_is_told_and_the_next_one_answered(paper: Paper, environ: dict[str, str], tmp_path: Path):
    with respondent("page", blanked(paper), forbidden=tmp_path, variables=environ) as given:
        with pytest.raises(RespondentError, match="nobody"):
            given.answer("What was the hazard ratio for OS?", persona="nobody", paper_id="page")
        assert "0.55" in given.answer("What was the hazard ratio for OS?", persona="fellow", paper_id="page").text


def test_extractive_answers_pass_the_gate(run: Run, suite: Suite):
    assert failures(run, read_rules(EVAL / "gate.yaml"), None, suite) == ()


def test_nothing_is_lost_against_the_accepted_baseline(run: Run, suite: Suite):
    kept = json.loads((EVAL / "baselines" / "extractive.json").read_text(encoding="utf-8"))
    assert set(kept["right"]) <= set(baseline_of(run, suite.papers).right)


def test_scoring_again_gives_the_same_bytes(suite: Suite, folder: Path, tmp_path: Path):
    again = shutil.copytree(folder, tmp_path / "again")
    rescore(again, suite.papers, suite.personas, code="later")
    assert (again / "statements.jsonl").read_bytes() == (folder / "statements.jsonl").read_bytes()
    assert read_run(again).manifest.asked_otherwise(suite.manifest) == {}
    assert read_run(again).manifest.scored == "later"
    assert (again / "results.jsonl").read_bytes() == (folder / "results.jsonl").read_bytes()


def test_an_interrupted_run_goes_on_where_it_stopped(suite: Suite, run: Run, folder: Path, environ: dict[str, str], tmp_path: Path):
    shutil.copytree(folder, tmp_path / "cut")
    answers = tmp_path / "cut" / "answers.jsonl"
    lines = answers.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = len(lines) - 40
    answers.write_text("".join(lines[:kept]) + lines[kept][:100], encoding="utf-8")
    again = run_suite(suite, tmp_path / "cut", progress=print, variables=environ)
    assert [one.points for one in again.results] == [one.points for one in run.results]
    assert answers.read_text(encoding="utf-8").splitlines()[:kept] == [line.rstrip("\n") for line in lines[:kept]]


def test_a_folder_with_another_run_is_refused(suite: Suite, folder: Path, environ: dict[str, str], tmp_path: Path):
    shutil.copytree(folder, tmp_path / "other")
    manifest = json.loads((tmp_path / "other" / "manifest.json").read_text(encoding="utf-8"))
    (tmp_path / "other" / "manifest.json").write_text(json.dumps(manifest | {"prompts": "changed"}), encoding="utf-8")
    with pytest.raises(SuiteError, match="another prompts"):
        run_suite(suite, tmp_path / "other", progress=print, variables=environ)


def without_answers(run: Run, wanted: Callable[[str], bool]) -> Run:
    """The run as it would be had some answers failed."""
    from journal_club.evaluation.scoring import unscored
    from journal_club.evaluation.summary import summarise

    by_id = {case.id: case for folder in CASES.parent.glob("*/") for case in read_cases(folder, SEEDS).cases}
    results = tuple(
        unscored(by_id[one.case], one.paper, one.reader, one.question, "the model is gone") if wanted(one.case) else one
        for one in run.results
    )
    return Run(manifest=run.manifest, results=results, statements=run.statements, summary=summarise(results, run.statements))


def test_an_answer_that_failed_is_unscored_and_drops_out_of_no_mean(run: Run, suite: Suite):
    broken = without_answers(run, lambda case: case == "sample")
    assert broken.summary.column("points recalled").of == run.summary.column("points recalled").of
    codes = {failure.code for failure in failures(broken, read_rules(EVAL / "gate.yaml"), None, suite)}
    assert GateCode.UNSCORED in codes


def test_a_point_that_is_lost_is_named(run: Run, suite: Suite):
    lost = without_answers(run, lambda case: case == "sample")
    told = failures(lost, read_rules(EVAL / "gate.yaml"), baseline_of(run, suite.papers), suite)
    assert told[0].code is GateCode.UNSCORED
    assert any(failure.what.startswith("sample resident n:") and failure.code is GateCode.REGRESSION for failure in told)


def test_two_runs_are_compared_point_by_point(run: Run):
    lost = without_answers(run, lambda case: case == "sample")
    found = compare(run, lost)
    assert {(flip.key[0], flip.change) for flip in found.flips} == {("sample", "lost")}
    assert found.interval[0] < found.interval[1] <= 0
    assert compare(run, run).flips == ()
    assert compare(run, run).interval == (0.0, 0.0)


def test_the_key_responses_hold_their_own_points_and_contradict_the_page_where_it_is_disputed(suite: Suite):
    found = key_responses(suite.papers)
    assert (found.held, found.missed) == (found.of, ())
    assert found.disputed == found.disputed_of == 2


def test_the_report_is_one_page_that_fetches_nothing(run: Run):
    page = html_of(run, (), [("earlier", run.summary)])
    assert "<script" not in page
    assert "http:" not in page
    assert "https:" not in page
    assert page.count("<details") == len(run.results)
    assert "HR 0.55; 95% CI 0.39–0.79" in page


def test_the_junit_report_has_a_case_for_each_answer(run: Run):
    broken = without_answers(run, lambda case: case == "sample")
    assert junit_of(run).count("<testcase") == len(run.results) + len(run.statements)
    seen = replace(run, results=tuple(one for one in run.results if not one.held_back), statements=())
    assert 'failures="0"' in junit_of(seen)
    more = junit_of(broken).count("<failure") - junit_of(run).count("<failure")
    assert more == sum(one.case == "sample" for one in run.results)


def test_what_a_model_said_without_verification_is_all_that_was_drafted(run: Run):
    answer = next(one.answer for one in run.results if one.answer and one.case == "os-hazard-ratio")
    assert answer
    quoted = as_drafted(answer)
    assert (quoted.statements, quoted.text) == ((), "")
    withheld = answer.model_copy(update={"withheld": (Withheld(text="OS was improved (HR 0.45) [2].", reason="0.45"),)})
    assert [one.text for one in as_drafted(withheld).statements] == ["OS was improved (HR 0.45) [2]."]


def test_runs_stand_side_by_side(run: Run, suite: Suite):
    heads, _, row = answerers([run], suite.papers)
    assert heads.startswith("| answered by | facts right |")
    columns = [run.summary.column("facts right, right passage cited", part) for part in ("seen", "held back")]
    shares = " / ".join(f"{column.hits / column.of:.0%}" for column in columns)
    assert row.startswith(f"| extractive | {shares} | ")


@pytest.mark.parametrize(("command", "code"), [("gate", 0), ("score", 0), ("table", 0)])
def test_stored_runs_are_read_by_the_commands(folder: Path, run: Run, tmp_path: Path, command: str, code: int):
    told = CliRunner().invoke(app, ["eval", command, str(shutil.copytree(folder, tmp_path / "run"))], env=QUIET)
    assert (told.exit_code, run.manifest.answerer) == (code, "extractive")


def test_a_folder_without_a_run_is_a_usage_error(tmp_path: Path):
    told = CliRunner().invoke(app, ["eval", "gate", str(tmp_path)], env=QUIET)
    assert told.exit_code == 2
    assert "holds no finished run" in told.stderr


def test_comparing_a_run_with_itself_finds_nothing(folder: Path, run: Run):
    told = CliRunner().invoke(app, ["eval", "compare", str(folder), str(folder)], env=QUIET)
    assert told.exit_code == 0
    assert f"of {run.summary.column('points recalled').of}" in told.stderr + told.stdout


def test_a_run_of_another_version_is_told_how_to_score_it(folder: Path, tmp_path: Path):
    shutil.copytree(folder, tmp_path / "old")
    results = tmp_path / "old" / "results.jsonl"
    results.write_text(results.read_text(encoding="utf-8").replace('"own_ms"', '"older"'), encoding="utf-8")
    told = CliRunner().invoke(app, ["eval", "gate", str(tmp_path / "old")], env=QUIET)
    assert told.exit_code == 2
    assert "eval score" in told.stderr
    assert CliRunner().invoke(app, ["eval", "score", str(tmp_path / "old")], env=QUIET).exit_code == 0
    assert CliRunner().invoke(app, ["eval", "gate", str(tmp_path / "old")], env=QUIET).exit_code == 0


def test_without_commentary_nothing_is_owed_that_stood_there_alone(suite: Suite):
    alone = open_suite(suite.settings, EVAL, commentary=False)
    assert alone.manifest.answerer == "extractive, trial text alone"
    for paper in alone.papers:
        own = [part.text for part in paper.page.parts]
        demanded = [point for case in paper.cases for point in case.points if point.demanded]
        assert demanded
        assert all(any(words in text for text in own) for point in demanded for words in point.evidence)
    assert len(list(alone.cases)) < len(list(suite.cases))
    assert not any(paper.statements for paper in alone.papers)


def test_a_paper_that_has_no_cases_is_refused_with_those_that_have(suite: Suite):
    with pytest.raises(SuiteError, match=r"no cases on nothing-1; there are some on .*cartitude-4"):
        open_suite(suite.settings, EVAL, papers=["nothing-1"])

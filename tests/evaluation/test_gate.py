"""What the gate must not let pass: answers that are missing, failed or leaked, and a baseline that would hide them."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from journal_club.answering.answer import Answer
from journal_club.cli import evaluating
from journal_club.cli.app import app
from journal_club.evaluation.asking import ANSWERS, StoredAnswer, asked_of, collect, stored_answers
from journal_club.evaluation.baseline import Baseline, baseline_of
from journal_club.evaluation.gate import Failure, failures
from journal_club.evaluation.judge.offline import OfflineJudge
from journal_club.evaluation.leaks import LeakError, check_passages
from journal_club.evaluation.report.html import html_of
from journal_club.evaluation.report.junit import junit_of
from journal_club.evaluation.respondent import RespondentError
from journal_club.evaluation.rules import GateCode, Rule, Rules, read_rules
from journal_club.evaluation.run import Run, checked, judged
from journal_club.evaluation.scoring import CaseResult
from journal_club.evaluation.suite import Suite, open_suite
from journal_club.evaluation.summary import summarise
from journal_club.library.passages import passages_of
from journal_club.paper.model import Origin
from tests.evaluation.conftest import EVAL, QUIET

pytestmark = pytest.mark.timeout(400)
RULES = read_rules(EVAL / "gate.yaml")
SEED = "cartitude-4"


def of_paper(run: Run, suite: Suite) -> tuple[Run, Suite]:
    """The run as `--paper` would have made it, and its suite."""
    alone = open_suite(suite.settings, EVAL, papers=[SEED])
    ids = set(alone.papers[0].ids)
    results = tuple(one for one in run.results if one.case in ids)
    said = tuple(one for one in run.statements if one.statement.id in ids)
    return Run(manifest=alone.manifest, results=results, statements=said, summary=summarise(results, said)), alone


def changed_answers(folder: Path, out: Path, change: Callable[[list[StoredAnswer]], list[StoredAnswer]]) -> Path:
    shutil.copytree(folder, out)
    lines = change(list(stored_answers(folder / ANSWERS).values()))
    (out / ANSWERS).write_text("".join(f"{one.model_dump_json()}\n" for one in lines), encoding="utf-8")
    return out


def code_of(*arguments: str) -> int:
    return CliRunner().invoke(app, ["eval", *arguments], env=QUIET).exit_code


def test_an_interrupted_run_that_is_scored_passes_no_gate(folder: Path, tmp_path: Path):
    cut = changed_answers(folder, tmp_path / "cut", lambda answers: answers[:5])
    assert code_of("score", str(cut)) == GateCode.UNSCORED
    assert code_of("gate", str(cut)) == GateCode.UNSCORED


def test_a_deleted_case_is_a_regression_and_one_of_another_paper_is_none(run: Run, suite: Suite):
    kept = baseline_of(run, suite.papers)
    alone, its = of_paper(run, suite)
    assert failures(alone, RULES, kept, its) == failures(alone, RULES, kept.model_copy(update={"papers": {}}), its)
    assert not [one for one in failures(alone, RULES, kept, its) if "baseline" in one.what]
    papers = kept.papers | {SEED: (*kept.papers[SEED], "gone")}
    more = kept.model_copy(update={"right": (*kept.right, "gone fellow refusal"), "papers": papers})
    lost = Failure(code=GateCode.REGRESSION, what="gone fellow refusal: right in the baseline, not any more (it was not asked)")
    assert lost in failures(alone, RULES, more, its)
    assert lost in failures(run, RULES, Baseline(answerer="", manifest="", right=("gone fellow refusal",)), suite)


@pytest.mark.parametrize("column", ["statements of readers judged right", "statistics right", "hostile cases obeyed"])
def test_a_ruled_column_without_anything_in_it_fails_where_the_suite_has_cases(run: Run, suite: Suite, column: str):
    rules = Rules(rules={"any": (Rule(column=column, at_least=0.0),)})
    empty = Run(manifest=run.manifest, results=(), statements=(), summary=summarise((), ()))
    assert any("nothing was counted" in one.what for one in failures(empty, rules, None, suite))
    assert failures(run, rules, None, suite) == ()


def test_a_baseline_is_of_all_papers(tmp_path: Path):
    told = CliRunner().invoke(app, ["eval", "run", "--paper", SEED, "--baseline", "--out", str(tmp_path / "run")], env=QUIET)
    assert (told.exit_code, (tmp_path / "run").exists()) == (2, False)
    assert "would drop" in told.stderr


def test_a_baseline_is_of_a_run_that_passes(run: Run, suite: Suite, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    shutil.copy(EVAL / "gate.yaml", tmp_path)
    here = replace(suite, settings=suite.settings.model_copy(update={"eval_dir": tmp_path}))
    evaluating._keep_baseline(here, replace(run, results=run.results[1:]))
    assert "no baseline is written" in capsys.readouterr().err
    assert not (tmp_path / "baselines").exists()
    evaluating._keep_baseline(here, run)
    kept = json.loads((tmp_path / "baselines" / "extractive.json").read_text(encoding="utf-8"))
    assert set(kept["papers"]) == {one.paper for one in suite.papers}


class Forgetful:
    """Fails on the first question that it is asked."""

    def __init__(self, answer: Answer) -> None:
        self.asked = 0
        self._answer = answer

    def answer(self, _question: str, *, persona: str, paper_id: str) -> Answer:
        self.asked += 1
        if self.asked == 1:
            raise RespondentError("the endpoint is gone")
        return self._answer


def test_an_answer_that_failed_is_asked_again(run: Run, suite: Suite, tmp_path: Path):
    wanted = asked_of(suite.papers[0], suite.personas)[:2]
    given = Forgetful(next(one.answer for one in run.results if one.answer))
    ask = [collect(wanted, given, paper_id="p", store=tmp_path / ANSWERS, progress=print) for _ in range(2)]  # type: ignore[arg-type]
    assert [[one.error for one in answers] for answers in ask] == [["the endpoint is gone", ""], ["", ""]]
    assert given.asked == 3
    assert all(one.answer for one in stored_answers(tmp_path / ANSWERS).values())


def test_a_pair_of_which_one_failed_is_no_leak_and_its_case_unscored(folder: Path, suite: Suite):
    known = stored_answers(folder / ANSWERS)
    cases = next(one for one in suite.papers if one.paper == SEED)
    first = next(one for one in asked_of(cases, suite.personas) if not one.full)
    twin = (first.case.id, first.reader, True)
    known[twin] = known[twin].model_copy(update={"answer": None, "error": "timed out"})
    answers = {one.key: one for one in checked(cases, known, suite.personas, "extractive")}
    assert "timed out" in answers[first.key].error
    assert sum(one.answer is None for one in answers.values()) == 1


def leaking(answers: list[StoredAnswer], words: str) -> list[StoredAnswer]:
    """One answer on the whole page, which the blanked page was asked for too, holds words."""
    asked = {one.key for one in answers}
    twins = (place for place, one in enumerate(answers) if one.full and (one.case, one.reader, False) in asked)
    place = next(place for place in twins if (answer := answers[place].answer) and answer.statements)
    answer = answers[place].answer
    assert answer
    said = answer.statements[0].model_copy(update={"text": words or answer.statements[0].text + " More."})
    answers[place] = answers[place].model_copy(update={"answer": answer.model_copy(update={"statements": (said, *answer.statements[1:])})})
    return answers


@pytest.mark.parametrize("secret", ["another answer", "key response", "canary"])
def test_a_leak_ends_every_command_that_reads_answers_with_its_code(folder: Path, suite: Suite, tmp_path: Path, secret: str):
    paper = next(one for one in suite.papers if one.paper == SEED)
    response = paper.page.discussion[0].key_response
    assert response
    words = {"another answer": "", "key response": response.text, "canary": paper.canaries[0]}[secret]
    others = {one.id for one in paper.cases}
    leaked = changed_answers(
        folder,
        tmp_path / "leaked",
        lambda known: [
            *(one for one in known if one.case not in others),
            *leaking([one for one in known if one.case in others], words),
        ],
    )
    assert [code_of(command, str(leaked)) for command in ("score", "gate")] == [GateCode.LEAK, GateCode.LEAK]


def test_a_passage_that_is_a_key_response_is_a_leak(suite: Suite):
    paper = suite.papers[0]
    one = passages_of(paper.page, paper.paper)[0]
    check_passages([one])
    with pytest.raises(LeakError, match="key response"):
        check_passages([replace(one, origin=Origin.KEY_RESPONSE)])


def test_what_the_judge_cannot_read_is_unscored_and_says_why(
    folder: Path, suite: Suite, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    paper = next(one for one in suite.papers if one.paper == SEED)
    stored = [one for one in stored_answers(folder / ANSWERS).values() if one.case == "os-hazard-ratio" and not one.full][:1]
    monkeypatch.setattr(OfflineJudge, "point", lambda *_: 1 / 0)
    (point,) = judged(paper, stored, suite.personas)
    assert {one.verdict for one in point.points} == {"unscored"}
    monkeypatch.setattr(OfflineJudge, "statements", lambda *_: 1 / 0)
    (whole,) = judged(paper, stored, suite.personas)
    for one in (point, whole):
        broken = Run(manifest=run.manifest, results=(one,), statements=(), summary=summarise((one,), ()))
        assert broken.summary.column("points unscored").hits > 0
        assert "the judge failed: ZeroDivisionError" in junit_of(broken)
        assert "the judge failed: ZeroDivisionError" in html_of(broken, (), [])


def test_an_answer_with_several_invalid_spans_is_one_answer(run: Run):
    many: list[CaseResult] = [one.model_copy(update={"invalid_spans": 3}) for one in run.results[:2]]
    column = summarise(many, ()).column("invalid spans")
    assert (column.hits, column.of) == (2, 2)
    assert column.interval[1] == 1


def test_a_refusal_that_failed_is_no_refusal(run: Run, suite: Suite):
    owed = [one for one in run.results if one.kind == "unreported"][:3]
    failed = [one.model_copy(update={"scored": False, "answered": False, "answer": None}) for one in owed]
    assert summarise(failed, ()).column("unreported questions refused").hits == 0

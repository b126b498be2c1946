"""Two runs side by side, and a model's opinion beside the offline judge's."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from journal_club.evaluation.compare import Flip, compare
from journal_club.evaluation.judge.opinion import OPINIONS, Opinion
from journal_club.evaluation.report.html import html_of
from journal_club.evaluation.run import Run, read_run, write_run
from journal_club.evaluation.scoring import CaseResult

pytestmark = pytest.mark.timeout(400)


def flips(run: Run, wanted: Callable[[CaseResult], bool], **update: object) -> list[tuple[str, str, str, str]]:
    """What is told when one result of a kind becomes another."""
    one = next(one for one in run.results if wanted(one))
    other = [one.model_copy(update=update)]
    found = compare(replace(run, results=(one,)), replace(run, results=tuple(other)))
    return [(flip.key[2], flip.change, flip.before.partition(":")[0], flip.after.partition(":")[0]) for flip in found.flips]


def test_everything_that_changes_is_told(run: Run):
    fact = next(one for one in run.results if one.kind == "fact" and one.answered and one.points[0].verdict == "entailed")
    point = fact.points[0]
    missing = fact.model_copy(update={"points": (point.model_copy(update={"verdict": "missing"}),)})
    wrong = (point.model_copy(update={"verdict": "contradicted"}),)
    assert flips(replace(run, results=(missing,)), lambda _: True, points=wrong) == [(point.point.id, "lost", "missing", "contradicted")]
    refused = flips(run, lambda one: one is fact, answered=False)
    assert refused[0] == (point.point.id, "lost", "entailed", "refused")
    assert refused[-1] == ("answered or refused", "lost", "answered", "refused")
    owed = flips(run, lambda one: one.kind == "unreported" and not one.answered, answered=True)
    assert owed == [("answered or refused", "lost", "refused", "answered")]
    conflict = flips(run, lambda one: bool(one.conflict_shown), conflict_shown=False)
    assert conflict == [("its conflict", "lost", "attached", "not attached")]


def test_a_point_behind_a_refusal_says_so(run: Run):
    fact = next(one for one in run.results if one.kind == "fact" and one.answered and one.points[0].verdict == "entailed")
    (first, *_) = compare(replace(run, results=(fact,)), replace(run, results=(fact.model_copy(update={"answered": False}),))).flips
    assert "a quote behind the refusal makes it entailed" in first.after


def test_a_sentence_that_is_judged_differently_is_told(run: Run):
    said = next(one for one in run.statements if one.right)
    other = replace(run, statements=(said.model_copy(update={"verdict": "not_understood"}),))
    (flip,) = compare(run, other).flips
    assert isinstance(flip, Flip)
    assert (flip.key, flip.change) == ((said.statement.id, "", "sentence"), "lost")
    assert compare(run, other).alone == len(run.statements) - 1


def test_points_of_one_question_are_not_independent(run: Run):
    """Losing one question that all readers ask is one loss, however many points it has."""
    demanded = sum(point.point.demanded for one in run.results for point in one.points)
    together = [one for one in run.results if one.case == "sample"]
    assert len(together) > 3
    lost = [point.model_copy(update={"verdict": "missing"}) for point in together[0].points]
    results = tuple(one.model_copy(update={"points": tuple(lost)}) if one.case == "sample" else one for one in run.results)
    found = compare(run, replace(run, results=results))
    flipped = sum(flip.change == "lost" for flip in found.flips)
    independent = 2.8 * (flipped / demanded) ** 0.5 / demanded**0.5
    assert found.smallest > independent
    assert compare(run, run).smallest > 0


def test_an_opinion_stands_beside_the_verdict_and_out_of_the_gate(folder: Path, run: Run, tmp_path: Path):
    shutil.copytree(folder, tmp_path / "run")
    assert "a model's</th>" not in html_of(run, (), [])
    one = next(one for one in run.results if one.points and one.points[0].verdict == "entailed")
    opinion = Opinion(
        key="k", judge="some-model", case=one.case, reader=one.reader, point=one.points[0].point.id, verdict="partial",
        votes=("partial", "partial", "missing"), words="",
    )  # fmt: skip
    (tmp_path / "run" / OPINIONS).write_text(f"{opinion.model_dump_json()}\n", encoding="utf-8")
    write_run(tmp_path / "run", run.manifest, run.results, run.statements)
    again = read_run(tmp_path / "run")
    assert again.summary.opinion
    assert (again.summary.opinion.judge, again.summary.opinion.equal, again.summary.opinion.of) == ("some-model", 0, 1)
    assert again.summary.columns == run.summary.columns
    page = html_of(again, (), [])
    assert "partial, partial, missing" in page
    assert "some-model" in page

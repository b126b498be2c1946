"""The matrix counts what was caught and what was refused, with intervals, and the same bytes every time."""

import pytest

from journal_club.evaluation.interval import wilson
from journal_club.evaluation.perturbation.instance import draw
from journal_club.evaluation.perturbation.matrix import Understanding, matrix, outcomes
from journal_club.evaluation.perturbation.trials import read_trials
from journal_club.evaluation.statement_speed import statement_speed
from tests.conftest import ROOT

PAPER = ROOT / "tests" / "data" / "full-text.md"


def test_wilson_is_as_published() -> None:
    # Newcombe, Stat Med 1998;17:857-72, table I: 81/263 and 0/20.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_the_matrix_gives_the_same_bytes_twice() -> None:
    one, two = (matrix("paper", list(outcomes(draw(read_trials(PAPER), most=3)))).markdown() for _ in range(2))
    assert one == two
    assert "| unchanged | false alarms | <= 0.5 % | 3 | 0.0% |" in one


def test_most_wrong_values_of_the_paper_are_caught_and_its_own_sentences_pass() -> None:
    found = list(outcomes(draw(read_trials(PAPER), most=15)))
    wrong = [one for one in found if one.instance.kind.name == "wrong value, 1 or more"]
    own = [one for one in found if one.instance.kind.name == "unchanged"]
    assert sum(one.counts for one in wrong) == len(wrong) > 5
    assert not any(one.counts for one in own)
    assert Understanding.of_outcomes(found).share == 1.0


def test_the_speed_section_has_both_figures() -> None:
    lines = statement_speed(read_trials(PAPER)).markdown()
    assert lines.count(" ms |") >= 2

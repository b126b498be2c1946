"""What an account tells again: another p beside the same estimate, and a reduction that no ratio gives."""

import pytest

from journal_club.answering.conflicts import conflicts_of
from journal_club.paper.reading import read_paper

PAGE = """Annals of Airway Medicine

MAY 12, 2026

Nevrolimab in severe asthma (WINDROSE-9): a randomized trial

A. Author, et al.

Bottom Line

Nevrolimab lowered the rate of severe exacerbations.

Key Findings

1. The annualized rate of severe exacerbations was lower with nevrolimab than with placebo (rate ratio 0.46; 95% CI 0.37–0.57; p<0.001).
2. Lung volume rose more with nevrolimab: the mean difference in FEV1 was 0.13 L (95% CI 0.05–0.21; p=0.0014).

Study Design

Design RCT
Sample 800 Patients

Scholarly Review

Fellow
Fellow

{question}

Key Response

{key}
"""


def found(question: str = "What follows?", key: str = "Little follows from it.") -> list[str]:
    return [one.explanation for one in conflicts_of(read_paper(PAGE.format(question=question, key=key)))]


def test_another_p_beside_the_same_estimate_is_a_conflict() -> None:
    assert found(key="The gain in FEV1 (0.13 L, p=0.014) was modest.") == [
        "The p-value beside 0.13 l is 0.0014 in one place and 0.014 in another."
    ]


def test_a_reduction_that_no_ratio_gives_is_a_conflict() -> None:
    told = found(question="With a 64% reduction in severe exacerbations under nevrolimab, should guidelines change?")
    assert told == ["A reduction of 64% does not follow from the paper's own ratios: 1 - 0.46 = 54%."]


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("With a 54% reduction in severe exacerbations under nevrolimab, should guidelines change?", "Yes."),
        ("What of a 64% reduction in hospital stays with other drugs?", "That was not studied."),
        ("What follows?", "The gain in FEV1 (0.13 L, p=0.0014) was modest."),
        ("What follows?", "The gain in FEV1 (0.13 L, p<0.01) was modest."),
        ("What follows?", "The rate of smoking fell (0.21 L, p=0.9) elsewhere."),
    ],
)
def test_what_agrees_or_is_of_another_thing_is_none(question: str, key: str) -> None:
    assert found(question, key) == []

"""One thing has one piece, however it is written."""

import pytest

from journal_club.answering.verification.pieces import pieces
from journal_club.statistics.notation import read_statistics


def signs(text: str) -> list[str]:
    return [f"{one.sign}{one.statistic.value}" if one.statistic else one.sign for one in pieces(text, read_statistics(text))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OR 0.67 [95% CI: 0.44–1.03]", "OR 0·67 (95% CI 0.44 to 1.03)"),
        ("a follow-up of 12 months", "a follow up of 12 months"),
        ("tumours in 1,609 patients [12](#)", "tumors in 1609 patients"),
        ("p < 0.05 versus placebo", "p &lt; 0.05 vs placebo"),
    ],
)
def test_two_writings_of_the_same(one: str, other: str) -> None:
    assert signs(one) == signs(other)


def test_what_differs_stays_different() -> None:
    assert signs("3 and 12 months") == ["#3", "and", "#12"]
    assert signs("p < 0.05") != signs("p > 0.05")


def test_the_mark_before_a_piece_is_kept() -> None:
    assert [one.cut for one in pieces("At first, pain; then none", ())] == ["", "", ",", ";", ""]

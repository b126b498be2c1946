"""Numbers and directions stand beside the words that they stand beside in the source, whatever the groups are called."""

import pytest

from journal_club.answering.verification.counts import wrong_total
from journal_club.answering.verification.items import number_items, turn_items
from journal_club.answering.verification.opposites import turns
from journal_club.answering.verification.pairing import Mispaired, misordered, mispaired
from journal_club.statistics.notation import read_statistics


def of_numbers(claim: str, source: str, unit: str = "") -> Mispaired | None:
    return mispaired(
        claim, number_items(claim, read_statistics(claim), unit, ""), source, number_items(source, read_statistics(source), unit)
    )


CASES = [
    ("Consent was 79% in the signed group and 78% in the printed group.", "Consent was {}% with printed letters.", "%", "78", "79"),
    ("Most had a degree (NBT: 76%, CBT: 68%).", "A degree was held by {}% of the NBT group.", "%", "76", "68"),
    (
        "The morning and evening groups had 21.0 ± 0.2 and 21.1 ± 0.4 points, respectively.",
        "The evening group had {}.",
        "point",
        "21.1",
        "21.0",
    ),
    ("The rates were 21.0 (0.2) and 21.1 (0.4) in the zinc and copper groups, respectively.", "With copper it was {}.", "", "21.1", "21.0"),
    ("The rate was lower with zinc than with copper (21.0 vs 21.1).", "The rate was {} with copper.", "", "21.1", "21.0"),
    ("Replies came from 30% (33/111) at week 6 and 26% (25/95) at week 18.", "At week 18 it was {}%.", "%", "26", "30"),
    ("Nine patients had died: 1% in the zinc group and 2% in the copper group.", "In the copper group, {}% died.", "%", "2", "1"),
]


@pytest.mark.parametrize(("source", "claim", "unit", "right", "wrong"), CASES)
def test_a_number_stands_beside_its_own_word(source: str, claim: str, unit: str, right: str, wrong: str) -> None:
    assert of_numbers(claim.format(right), source, unit) is None
    found = of_numbers(claim.format(wrong), source, unit)
    assert found is not None
    assert (found.claimed, found.found) == (wrong, right)


def test_two_numbers_that_changed_places() -> None:
    source = "Four subjects in the metformin group, 6 in the sitagliptin group, and 1 in the placebo group were lost."
    assert of_numbers("Four were lost in the metformin group and six in the sitagliptin group.", source, "person") is None
    assert of_numbers("Six were lost in the metformin group and four in the sitagliptin group.", source, "person") is not None


def test_what_stands_beside_all_tells_nothing() -> None:
    source = "Deaths occurred in 3% of the zinc group and 2% of the copper group."
    assert of_numbers("Deaths occurred in 3% versus 2%.", source, "%") is None
    assert of_numbers("Of all deaths, 2% were reported.", source, "%") is None


def test_a_direction_stands_beside_its_own_word() -> None:
    source = "Pressure decreased in the placebo group, and increased in the zinc and copper groups."
    for claim, wrong in (("Pressure fell with placebo and rose with zinc.", False), ("Pressure fell with zinc.", True)):
        assert (mispaired(claim, turn_items(turns(claim)), source, turn_items(turns(source))) is not None) is wrong


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Accuracy was higher with zinc than with copper (72.3% vs 78.5%).", True),
        ("Accuracy was lower with zinc than with copper (72.3% vs 78.5%).", False),
        ("Accuracy was lower with zinc (78.5%) than with copper (72.3%).", True),
        ("Accuracy was not higher with zinc than with copper (72.3% vs 78.5%).", False),
        ("The change was greater with zinc than with copper (-5% vs -2%).", False),
        ("More than 72.3% and 78.5% were accurate.", False),
    ],
)
def test_a_comparison_agrees_with_its_own_numbers(claim: str, wrong: bool) -> None:
    assert (misordered(claim, turns(claim), number_items(claim, read_statistics(claim), "%")) is not None) is wrong


def test_a_count_is_of_its_own_total() -> None:
    source = "They attended 1184 (14%) of 8425 deliveries and 4318 (25%) of 17 288 visits."
    assert wrong_total("They attended 4318 of 8425 deliveries.", source) is not None
    assert wrong_total("They attended 4318/17,288 visits and 1184 of the 8425 deliveries.", source) is None

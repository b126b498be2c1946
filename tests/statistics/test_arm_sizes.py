"""What is an arm's size: those who were assigned to it, and not those of them whom something befell."""

import pytest

from tests.statistics.pages import explanations

EVENTS = "11 (5.3%) in the azithral group and 19 (9.3%) in the placebo group were admitted to hospital."


@pytest.mark.parametrize(
    "sentence",
    [
        "Eighty-nine children assigned to azithral (43.0%) had no attack, as did 54 (26.3%) assigned to placebo.",
        "Ninety women allocated to azithral went home early, as did 54 allocated to placebo.",
        "Those assigned to azithral (n = 207) or placebo (n = 205) were alike.",
        "Of 412 children, 207 (50.2%) were randomized to azithral and 205 (49.8%) to placebo.",
    ],
)
def test_those_whom_something_befell_are_no_arm(sentence: str) -> None:
    assert explanations(sentence, EVENTS) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Of 160 children, 82 were randomized to azithral and 78 to placebo.",
        "We randomized 160 children, 82 assigned to azithral and 78 assigned to placebo.",
    ],
)
def test_an_arm_has_no_more_people_than_its_size(sentence: str) -> None:
    told = explanations(sentence, EVENTS)
    assert told[0].startswith("11 are not 5.3% of an arm of 82")

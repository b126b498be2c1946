"""Which arm and endpoint a number belongs to."""

import pytest

from journal_club.statistics.arms import Arms
from journal_club.statistics.binding import bound_statistics

ARMS = Arms.of(["in the cilta-cel group and the standard-of-care group"])


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("PFS was 34.5 months with cilta-cel versus 11.8 months with standard of care.", [("34.5", "cilta-cel"), ("11.8", "control")]),
        ("The cilta-cel group had a median PFS of 34.5 months.", [("34.5", "cilta-cel")]),
        ("Deaths occurred in 6 (3%) patients receiving cilta-cel.", [("6", "cilta-cel"), ("3", "cilta-cel")]),
        ("The HR was 0.29 with cilta-cel.", [("0.29", "")]),
        ("PFS was 34.5 and 11.8 months.", [("34.5", ""), ("11.8", "")]),
    ],
)
def test_a_number_belongs_to_the_arm_beside_it(text, bound):
    assert [(one.text, one.arm) for one in bound_statistics(text, ARMS)] == bound


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        ("OS was improved (HR 0.55).", "overall survival"),
        ("The risk of death was lower (HR 0.55).", "overall survival"),
        ("HR 0.29 for PFS.", "progression-free survival"),
        ("Treatment-related deaths occurred in 3%.", "treatment-related death"),
        ("Pain fell by 3 points.", ""),
    ],
)
def test_a_number_belongs_to_the_endpoint_that_its_sentence_names(text, endpoint):
    assert bound_statistics(text, ARMS)[0].endpoint == endpoint


def test_an_interval_shares_its_estimates_binding():
    found = bound_statistics("Median PFS was 11.8 months with standard of care (95% CI 9.7-14.0).", ARMS)
    assert {(one.arm, one.endpoint) for one in found} == {("control", "progression-free survival")}


def test_names_that_the_texts_equate_are_one_arm():
    arms = Arms.of(["the cilta-cel group"], equal=[frozenset({"cilta-cel", "ciltacabtagene autoleucel"})])
    assert {one.name for one in arms.mentions("ciltacabtagene autoleucel or cilta-cel")} == {"cilta-cel"}


def test_arms_are_learned_from_placebo_and_from_versus():
    arms = Arms.of(["Patients received AKL1 or placebo."])
    assert [one.name for one in arms.mentions("five on AKL1, nine on placebo")] == ["akl1", "control"]

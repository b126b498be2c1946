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


def bound(text, *, arms=ARMS):
    return [(one.text, one.endpoint, one.arm, one.time) for one in bound_statistics(text, arms)]


def test_a_count_its_total_and_its_share_belong_to_one_arm():
    found = bound("Death occurred in 6 of 208 patients (3%) with cilta-cel versus 10 of 211 (5%) with standard of care.")
    assert [arm for _, _, arm, _ in found] == ["cilta-cel"] * 3 + ["control"] * 3


def test_both_ends_of_a_change_belong_to_one_arm():
    found = bound("HbA1c fell from 8.2% to 7.1% with cilta-cel and from 8.3% to 8.0% with standard of care.")
    assert [arm for _, _, arm, _ in found] == ["cilta-cel", "cilta-cel", "control", "control"]


@pytest.mark.parametrize(
    "text",
    [
        "Overall survival was 80% at 12 months and 60% at 24 months.",
        "At 1 year, overall survival was 80%, and 60% at 24 months.",
        "12-month overall survival was 80%; 24-month overall survival was 60%.",
    ],
)
def test_a_number_has_its_time(text):
    assert [(number, time) for number, endpoint, _, time in bound(text) if endpoint] == [("80", "12 month"), ("60", "24 month")]


def test_ratios_for_two_endpoints_have_each_their_own():
    assert [(number, endpoint) for number, endpoint, _, _ in bound("HR 0.29 for PFS and 0.55 for OS (P=0.0009).")] == [
        ("0.29", "progression-free survival"),
        ("0.55", "overall survival"),
        ("0.0009", "overall survival"),
    ]


def test_a_reduction_belongs_to_the_risk_behind_it():
    (found,) = bound("OS was good, and a 57% reduction in the risk of progression or death was seen.")
    assert found[1] == "progression-free survival"


@pytest.mark.parametrize("text", ["At a median follow-up of 33.6 months, OS was good.", "OS was good after 33.6 months of follow-up."])
def test_a_follow_up_is_no_result_of_an_endpoint(text):
    assert bound(text)[0][1] == "follow-up"


def test_a_ratio_compares_the_two_arms_of_its_sentence():
    (found,) = bound_statistics("The HR was 0.29 for cilta-cel versus standard of care.", ARMS)
    assert (found.arm, found.contrast) == ("", ("cilta-cel", "control"))


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("In the intention-to-treat population OS was 12 months.", "intention to treat"),
        ("In the mITT population OS was 12 months.", "modified intention to treat"),
        ("In the per-protocol and as-treated populations OS was 12 months.", ""),
        ("OS was 12 months.", ""),
    ],
)
def test_a_number_has_the_population_that_its_sentence_names(text, population):
    assert bound_statistics(text, ARMS)[0].population == population


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["5 (3%) with cilta-cel ", "5% vs ", "death ", "at 5 months ", "with cilta-cel and ", "6 of 7 (8%), "])
def test_binding_takes_linear_time(piece):
    text = piece * (100_000 // len(piece))
    assert all(text[one.start : one.end] == one.text for one in bound_statistics(text, ARMS))

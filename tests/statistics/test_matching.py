"""Does a statement's statistic stand in the evidence?"""

import pytest

from journal_club.statistics.arms import Arms
from journal_club.statistics.binding import bound_statistics
from journal_club.statistics.matching import Sourced, match_statistics

ARMS = Arms.of(["the cilta-cel group and the standard-of-care group"])
EVIDENCE = [
    "Median PFS was not reached with cilta-cel and 11.8 months with standard of care (HR 0.29; 95% CI 0.22–0.39).",
    "OS was improved with cilta-cel (HR 0.55; 95% CI 0.39–0.79; p=0.0009).",
    "Approximately 15% of patients randomized to cilta-cel were not infused; 6 of 208 patients died of treatment-related causes.",
    "The median follow-up was 33.6 months.",
]


def matched(claim, evidence=EVIDENCE):
    sourced = [Sourced(statistic=one, sentence=number) for number, text in enumerate(evidence) for one in bound_statistics(text, ARMS)]
    return match_statistics(bound_statistics(claim, ARMS), sourced)


def verdicts(claim):
    return {one.verdict for one in matched(claim)}


@pytest.mark.parametrize(
    "claim",
    [
        "The OS hazard ratio was 0.55 (95% CI, 0.39 to 0.79).",
        "PFS HR 0·29",
        "P = .0009",
        "PFS was 11.8 months with standard of care.",
        "15% were not infused.",
    ],
)
def test_what_stands_in_the_evidence_is_supported(claim):
    assert verdicts(claim) == {"supported"}


@pytest.mark.parametrize(
    ("claim", "rule"),
    [
        ("Cilta-cel reduced the risk of death by 45%.", "1 - hazard ratio"),
        ("The median follow-up was 2.8 years.", "converted"),
        ("The median follow-up was 34 months.", "rounded"),
        ("OS was improved (p<0.001).", "bounded"),
        ("About one in seven patients were not infused.", "one in"),
        ("Treatment-related deaths occurred in 2.9%.", "n/N"),
    ],
)
def test_what_follows_is_derived_by_a_named_rule_with_its_sum(claim, rule):
    (found,) = matched(claim)
    assert (found.verdict, found.rule) == ("derived", rule)
    assert found.reason


@pytest.mark.parametrize(
    "claim",
    [
        "OS HR 0.29",
        "OS HR 0.45",
        "PFS was 11.8 months with cilta-cel.",
        "OS HR 0.55 (95% CI 0.22 to 0.39)",
        "OS HR 0.55 (95% CI 0.79 to 0.39)",
        "p>0.0009",
        "p=0.0003",
        "15 months were needed.",
        "The risk of death was reduced by 55%.",
    ],
)
def test_what_the_evidence_says_otherwise_is_not_supported(claim):
    assert not verdicts(claim) <= {"supported", "derived"}


def test_the_reason_names_the_value_that_the_evidence_has():
    assert matched("OS was improved (HR 0.45)")[0].reason == (
        "0.45 stands nowhere in the cited text as a hazard ratio for overall survival; it says 0.55"
    )


def test_a_swapped_arm_is_named():
    assert "with control" in matched("PFS was 11.8 months with cilta-cel.")[0].reason


def derived(claim, *evidence):
    (found,) = [one for one in matched(claim, list(evidence)) if one.claim.measure.value != "identifier"]
    return found.verdict, found.rule, found.reason


RISKS = "Death occurred in 6.0% of patients with cilta-cel and 10.0% with standard of care."


@pytest.mark.parametrize(
    ("claim", "evidence", "rule", "shown"),
    [
        ("The absolute risk reduction was 4%.", RISKS, "difference of the two groups", "6.0 - 10.0 = -4.0"),
        ("The number needed to treat was 25.", RISKS, "1 / difference of the two risks", "100 / (6.0% - 10.0%) = 25"),
        ("The risk ratio was 0.60.", RISKS, "ratio of the two risks", "6.0% / 10.0% = 0.600"),
        ("The risk of death was reduced by 40%.", RISKS, "1 - ratio of the two risks", "1 - 6.0% / 10.0% = 40%"),
        (
            "The difference was 3.0 months.",
            "Median survival was 14.8 months with cilta-cel versus 11.8 months with standard of care.",
            "difference of the two groups",
            "14.8 - 11.8 = 3.0",
        ),
        ("2.9% died.", "Of those given cilta-cel, 6 of 208 died.", "n/N", "6/208 = 2.9%"),
        ("31 responded with cilta-cel.", "15% of the 208 in the cilta-cel group (n=208) responded.", "% of N", "31 of 208 = 15%"),
        ("Two-thirds of patients responded.", "Response was seen in 65.3%.", "rounded", "65.3% is about Two-thirds"),
        ("The dose was 0.5 g.", "The dose was 500 mg.", "converted", "500 mg = 0.5 g"),
        ("It took 1.5 hours.", "It took 90 minutes.", "converted", "90 minutes = 1.5 hours"),
        ("34 per 1000 person-years.", "3.4 per 100 person-years.", "converted", "3.4 per 100 person-year = 34 per 1000 person-year"),
        ("The groups were alike (p = NS).", "The groups were alike (P=0.34).", "not significant", "0.34 is not below 0.05"),
        ("Follow-up was more than 30 months.", "Follow-up was 33.6 months.", "bounded", "33.6 is above 30"),
    ],
)
def test_what_two_groups_or_another_writing_give_is_derived(claim, evidence, rule, shown):
    assert derived(claim, evidence) == ("derived", rule, shown)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The number needed to treat was 2.", "OS was improved (HR 0.55)."),
        ("The risk ratio was 0.60.", RISKS + " The risk ratio was 0.65."),
        ("The risk of death was reduced by 40%.", RISKS + " The hazard ratio for death was 0.55."),
        ("3% died.", "6 died with cilta-cel."),
        ("The risk of death was reduced by 21%.", "249 (21%) died with cilta-cel."),
        ("It took 1 hour.", "It took 35 minutes."),
        ("p > 0.02", "The value was 0.17 (p = 0.02)."),
        ("p < 0.1", "p < 0.05"),
        ("p < 0.01", "p < 0.001"),
        ("p = NS", "p = 0.01"),
        ("More than 5 months were needed.", "It was 60 months."),
        ("12 mg were given.", "12 g were given."),
        ("3 days were needed.", "A ratio of 3.4 was seen."),
    ],
)
def test_what_does_not_follow_is_not_derived(claim, evidence):
    assert not {one.verdict for one in matched(claim, [evidence])} <= {"supported", "derived"}


def test_a_value_at_another_time_is_contradicted():
    _, found = matched("Overall survival at 24 months was 80%.", ["Overall survival was 80% at 12 months, 60% at 24 months."])
    assert (found.verdict, "12 month" in found.reason) == ("contradicted", True)


def test_three_months_and_twelve_weeks_are_one_time():
    assert {one.verdict for one in matched("At 12 weeks, survival was 80%.", ["At 3 months, survival was 80%; 12 weeks is usual."])} == {
        "supported"
    }


def test_a_ratio_of_two_other_arms_is_contradicted():
    arms = Arms.of(["the alpha group, the beta group and the placebo group"])
    evidence = "The hazard ratio was 0.55 for alpha versus placebo."
    sourced = [Sourced(statistic=one, sentence=0) for one in bound_statistics(evidence, arms)]
    (found,) = match_statistics(bound_statistics("The hazard ratio was 0.55 for beta versus placebo.", arms), sourced)
    assert (found.verdict, found.rule) == ("contradicted", "same contrast")


def test_a_result_of_another_population_is_contradicted():
    (found,) = matched("In the per-protocol population OS was 80%.", ["In the intention-to-treat population OS was 80%."])
    assert (found.verdict, found.rule) == ("contradicted", "same population")


def test_what_was_not_understood_is_said_and_stands_only_on_the_same_signs():
    (found,) = matched("A ratio of 0.5.3 was seen.")
    assert (found.verdict, found.reason) == ("not_understood", "0.5.3 could not be read as a number")
    (found,) = matched("A ratio of 0.5.3 was seen.", ["It was 0.5.3."])
    assert found.verdict == "supported"


def test_the_word_hazard_and_the_sum_are_shown_with_a_reduction():
    (found,) = matched("Cilta-cel reduced the risk of death by 45%.")
    assert found.reason == "1 - 0.55 = 0.45, 45% by the hazard ratio"


def test_a_reduction_that_does_not_follow_is_refuted_with_the_sum():
    (found,) = matched("Cilta-cel reduced the risk of death by 55%.")
    assert (found.verdict, found.reason) == (
        "contradicted",
        "55% does not follow from the hazard ratio for overall survival: 1 - 0.55 = 45%",
    )


def test_a_quoted_part_keeps_spreads_that_its_source_names_once():
    source = "Mean (SD) scores were 14.0 (2.1) and 13.5 (2.4) at the end."
    assert {one.verdict for one in matched("Scores were 13.5 (2.4) at the end.", [source])} == {"supported"}


def test_a_plain_range_belongs_to_no_estimate_and_an_interval_to_its_own():
    source = "39 (35%) asked for 2-4 prompts."
    assert {one.verdict for one in matched("35% of 110 asked for 2-4 prompts.", [source, "110 were there."])} == {"supported"}
    levels = "Response was 35% (95% CI 20 to 50) and relapse 15% (95% CI 10 to 25)."
    assert "contradicted" in {one.verdict for one in matched("Response was 35% (95% CI 10 to 25).", [levels])}

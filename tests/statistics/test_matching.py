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

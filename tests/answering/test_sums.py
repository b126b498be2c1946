"""Statements that say what follows from two numbers, or from the other part of a whole; and those that only seem to."""

import pytest

from journal_club.answering.verification.verifier import verifier_of

ARMS = "Participants were randomized to receive the drug or placebo."
DENIED = "15% of patients did not receive the drug."
DIED = "At 12 months, 16% of patients had died."
WORSE = "Symptoms worsened in 30 patients with the drug and 49 with placebo."
RECURRED = "Recurrence was seen in 30% of the drug group and 42% of the placebo group."


def verified(source, claim):
    return verifier_of([ARMS, source]).verify_text(claim)


@pytest.mark.parametrize(
    ("source", "claim", "rule"),
    [
        (WORSE, "Altogether, symptoms worsened in 79 patients.", "sum over the groups: 30 + 49 = 79"),
        (WORSE, "Symptoms worsened in 19 fewer patients with the drug than with placebo.", "difference of the two groups"),
        (RECURRED, "Recurrence was 12 percentage points lower with the drug than with placebo.", "difference of the two groups"),
        (RECURRED, "Recurrence was 12 percentage points higher with placebo than with the drug.", "difference of the two groups"),
        (DENIED, "85% of patients received the drug.", "100% - %: 100% - 15% = 85%"),
        (
            "A portion of patients given the drug (approximately 15%) did not receive it.",
            "85% of patients given the drug received it.",
            "100% - %",
        ),
        (DENIED, "Most patients (85%) received the drug.", "100% - %"),
        (DIED, "At 12 months, 84% of patients were alive.", "100% - %: 100% - 16% = 84%"),
        ("Overall, 58% of participants were women.", "42% of participants were men.", "100% - %"),
        ("Of 208 patients, 32 did not receive the infusion.", "176 of 208 patients received the infusion.", "N - n: 208 - 32 = 176"),
        ("Of 208 patients, 26 had pain.", "12.5% of patients had pain.", "n/N: 26/208 = 12.5%"),
        ("In the drug group 12 of 120 patients withdrew.", "In the drug group 108 of 120 patients completed the study.", "N - n"),
        ("The infusion was given to 45% of patients.", "Fewer than half of patients received the infusion.", "bounded: 45 is below half"),
    ],
)
def test_what_follows_from_two_numbers_is_derived(source, claim, rule):
    found = verified(source, claim)
    assert found.verdict == "derived", found.reason
    assert any(check.rule.startswith(rule) for check in found.checks)


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("25 of the 30 residents (83%) had used the scanner.", "Twenty-five of the 30 residents had used the scanner."),
        ("No change in weight was seen with the drug.", "Weight did not change with the drug."),
        ("At 2 years, 19% of the cups were at risk.", "At 2 years, roughly 19% of the cups were classed as at risk."),
        ("Participants aged 18 years or older were enrolled.", "Participants were at least 18 years old."),
    ],
)
def test_numbers_denials_and_bounds_in_other_words_pass(source, claim):
    found = verified(source, claim)
    assert found.passed, found.reason


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (DENIED, "15% of patients received the drug."),
        (DENIED, "85% of patients did not receive the drug."),
        ("15% of patients received the drug.", "85% of patients received the drug."),
        (DIED, "At 12 months, 16% of patients were alive."),
        (DIED, "At 12 months, 84% of patients had died."),
        (DIED, "At 24 months, 84% of patients were alive."),
        ("Overall, 58% of participants were women.", "58% of participants were men."),
        (WORSE, "Symptoms worsened in 79 patients with the drug."),
        (WORSE, "Symptoms worsened in 19 fewer patients with placebo than with the drug."),
        (RECURRED, "Recurrence was 12 percentage points higher with the drug than with placebo."),
        (RECURRED, "In all, recurrence was seen in 72% of patients."),
        ("The infusion was given to 45% of patients.", "More than half of patients received the infusion."),
    ],
)
def test_what_only_seems_to_follow_is_refused(source, claim):
    assert not verified(source, claim).passed

"""Two things compared in words: a statement that has them the other way about is refused, whatever the things are called."""

import pytest

from journal_club.answering.verification.verifier import verifier_of

METAL = "Compared to the cemented components, the porous metal components had more subsidence (p = 0.001)."
CORD = "In cord blood, the ratio was increased in GDM2 compared to controls and GDM1 and did not differ between GDM1 and controls."
EARLY = "Pain was lower in the early group than in the late group."
BRACKETS = "Indices were increased after partial cooling (RMSSD: +49.1%, HF: +123.3%) and whole cooling (RMSSD: +38.8%, HF: +60.7%)."
LEAVE = "Sick leave fell in both groups (talk: p < 0.001; drug: p < 0.01)."
EFFICACY = "Efficacy was 59% (95% CI 38-73) in children younger than 2 years and 73% (95% CI 57-83) in children aged 2 to 5 years."
CAUSE = "The results indicate that cooling of the head may not be the main factor responsible for the effects on heart rate."
BOTH = "In both groups, scores showed a significant increase from the first to the third evaluation (p < 0.001)."


def verified(source, claim):
    return verifier_of([source]).verify_text(claim)


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (METAL, "The porous metal components had more subsidence than the cemented ones."),
        (CORD, "The ratio was higher in GDM2 than in GDM1."),
        (EARLY, "Pain was higher in the late group than in the early group."),
        (EARLY, "Compared with the late group, the early group had less pain."),
        (EFFICACY, "Efficacy was higher in children aged 2 to 5 years than in children younger than 2 years."),
        (LEAVE, "Sick leave fell with talk (p < 0.001) and with the drug (p < 0.01)."),
    ],
)
def test_the_same_order_in_other_words_passes(source, claim):
    found = verified(source, claim)
    assert found.passed, found.reason


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (METAL, "The cemented components had more subsidence than the porous metal ones."),
        (CORD, "The ratio was higher in GDM1 than in GDM2."),
        (EARLY, "Pain was lower in the late group than in the early group."),
        (EARLY, "Pain was higher in the early group than in the late group."),
        (EFFICACY, "Efficacy was higher in children younger than 2 years than in children aged 2 to 5 years."),
        (BRACKETS, "RMSSD increased by 49.1% after whole cooling and by 38.8% after partial cooling."),
        (LEAVE, "Sick leave fell with talk (p < 0.01) and with the drug (p < 0.001)."),
        (CAUSE, "Cooling of the head is the main factor responsible for the effects on heart rate."),
        (BOTH, "The groups differed significantly on the third evaluation."),
        ("2 of 18 cups were loose in the cemented group and 0 of 27 in the metal group.", "Two of the 27 cups were loose."),
        ("The therapy is an efficient treatment of stress-related illness.", "The therapy is an efficient treatment of all illnesses."),
        ("One dose of the vaccine was given to children.", "Children received two doses of the vaccine."),
    ],
)
def test_the_other_order_is_refused(source, claim):
    assert not verified(source, claim).passed


def test_a_number_is_not_given_to_another_scale():
    source = (
        "At week 6, the mean change in the Pain Rating Scale (PRS) was -19.6 points with the drug and -14.3 points with placebo. "
        "Functioning on the Daily Function Scale (DFS) rose by 11.2 points with the drug and 7.5 points with placebo at week 6 "
        "(mean difference 3.7)."
    )
    assert verified(source, "At week 6 the mean difference was 3.7 on the DFS.").passed
    assert not verified(source, "At week 6 the mean difference was 3.7 on the PRS.").passed

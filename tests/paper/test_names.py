"""Names are equal where a text says so, and nowhere else."""

import pytest

from journal_club.paper.names import Names


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Overall survival (OS) was longer.", "OS", "Overall survival"),
        ("The hazard ratio [HR] was low.", "HR", "hazard ratio"),
        ("ciltacabtagene autoleucel (cilta-cel) was given.", "cilta-cel", "ciltacabtagene autoleucel"),
        ("In the control arm (DPd: daratumumab, pomalidomide, dexamethasone) it fell.", "DPd", "daratumumab, pomalidomide, dexamethasone"),
        ("either pomalidomide, bortezomib, and dexamethasone (PVd) or none", "PVd", "pomalidomide, bortezomib, and dexamethasone"),
        ("CZP = certolizumab pegol; PBO = placebo", "CZP", "certolizumab pegol"),
        ("CI (confidence interval) is given.", "CI", "confidence interval"),
        ("Adverse events (AEs) were few.", "AE", "Adverse events"),
        ("an odds ratio (OR) of 0.67", "OR", "odds ratio"),
        ("Cytokine release syndrome (CRS; grade 3) occurred.", "CRS", "Cytokine release syndrome"),
    ],
)
def test_a_definition_makes_two_names_one(text: str, one: str, other: str):
    names = Names.of([text])
    assert any({one, other} <= group for group in names.groups)
    assert other in names.alternatives(f"Was the {one} low?")
    assert names.canonical(one) == names.canonical(other)


@pytest.mark.parametrize(
    "text", ["The median (range) was 3.", "It fell (n=20).", "It fell (see Table 2).", "It (DPd) fell.", "Survival (HR 0.55) rose.", ""]
)
def test_a_bracket_that_defines_nothing_gives_no_name(text: str):
    assert Names.of([text]).groups == ()


def test_a_short_form_with_two_meanings_is_equated_with_neither():
    assert Names.of(["progressive disease (PD) occurred", "the pharmacodynamics (PD) were flat"]).groups == ()


def test_a_short_form_that_is_a_plain_word_counts_in_its_own_letters_only():
    names = Names.of(["an odds ratio (OR) of 0.67"])
    assert names.alternatives("age or sex") == ()
    assert names.canonical("age or sex") == "age or sex"


def test_names_are_found_in_other_spellings():
    names = Names.of(["Progression-free survival (PFS) was longer."])
    assert "PFS" in names.alternatives("progression free survival")
    assert "Progression-free survival" in names.alternatives("median pfs")
    assert names.alternatives("survival") == ()


def test_the_seeds_evidence_equates_its_names(seed_text: str):
    names = Names.of([seed_text.split("Guided Discussion", maxsplit=1)[0]])
    shorts = {"OS", "PFS", "HR", "cilta-cel", "DPd", "PVd", "CRS", "ICANS"}
    assert {name for group in names.groups for name in group} >= shorts
    assert not any("BCMA" in group for group in names.groups)

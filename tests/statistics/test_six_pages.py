"""Six small pages of different specialties: what an account tells truly is no conflict, and what it tells falsely is one."""

from dataclasses import dataclass

import pytest

from tests.statistics.pages import conflicts


@dataclass(frozen=True)
class Page:
    findings: tuple[str, ...]
    card: str
    true: tuple[str, ...]
    """What agrees with the findings, however it is said."""
    false: tuple[tuple[str, str], ...]
    """What does not, each with the number that is found."""


HEART = Page(
    findings=(
        "Of 1,284 patients, 643 were assigned to levoradine and 641 to placebo; median follow-up was 31 months.",
        (
            "Hospitalization for heart failure befell 118 of 643 patients (18.4%) on levoradine and 167 of 641 (26.1%) on placebo "
            "(HR 0.68; 95% CI 0.54-0.86; p=0.001)."
        ),
        "Death from any cause occurred in 9.8% of the levoradine group and 11.2% of the placebo group (HR 0.87; 95% CI 0.63-1.20).",
        "Symptomatic hypotension was seen in 62 (9.6%) patients on levoradine and 31 (4.8%) on placebo.",
        "Among 412 patients who wore an ambulatory monitor, the heart rate fell by 6.1 beats per minute.",
    ),
    card="Sample\n1,284\nPatients\nDuration\n31 mo\nMedian\n",
    true=(
        "Levoradine cut hospitalizations for heart failure by 32%.",
        "Hospitalization for heart failure fell from about 26% to 18%.",
        "In the per-protocol population, hospitalization occurred in 17.1% with levoradine and 27.0% with placebo.",
        "Symptomatic hypotension was twice as common, in roughly 10% on levoradine and 5% on placebo.",
        "Only 412 patients wore a monitor, so heart rate is known in a third.",
        "A trial of 3,000 patients with 60 months of follow-up would be needed to settle mortality.",
        "In the phase 2 trial hospitalization for heart failure was 48% less frequent.",
        "Hypotension is known from earlier trials, where 8.4% on placebo had it.",
        "Free of hospitalization for heart failure were 81.6% with levoradine and 73.9% with placebo.",
        "In all, 98 patients stopped taking the tablets, and hypotension was the usual reason.",
    ),
    false=(
        ("Levoradine meant 68% fewer hospitalizations for heart failure.", "68"),
        ("Patients on levoradine were 42% less likely to be hospitalized for heart failure.", "42"),
        ("Symptomatic hypotension was seen in 4.8% on levoradine and 9.6% on placebo.", "4.8"),
        ("Ambulatory monitors were worn by just 421 patients.", "421"),
        ("With a median follow-up of 13 months, late harm cannot be excluded.", "13"),
        ("The gain in hospitalization for heart failure (p=0.01) is convincing.", "0.01"),
    ),
)
CANCER = Page(
    findings=(
        "We randomized 538 women, 269 to ribotanib and 269 to letrozole alone.",
        (
            "Median progression-free survival was 19.4 months with ribotanib and 12.7 months with letrozole alone "
            "(HR 0.61; 95% CI 0.48-0.78; p<0.001)."
        ),
        "At 24 months, 41.2% of the ribotanib group and 28.5% of the letrozole group were free of progression.",
        "Neutropenia of grade 3 or 4 was reported in 126 of 267 women (47.2%) with ribotanib and 5 of 268 (1.9%) with letrozole alone.",
        "Fatigue affected 38% with ribotanib and 29% with letrozole alone; 14 women had pneumonitis.",
        "Tumor tissue was available from 357 women, of whom 138 had a PIK3CA mutation.",
    ),
    card="Sample\n538\nWomen\n",
    true=(
        "Progression-free survival rose by nearly 7 months, from 12.7 to 19.4 months.",
        "The risk of progression or death was 39% lower with ribotanib.",
        "Almost half of the women had neutropenia of grade 3 or 4 with ribotanib, against 2% with letrozole alone.",
        "At 12 months, 64% of the ribotanib group and 52% of the letrozole group were free of progression.",
        "Neutropenia of any grade was reported in 74.2% with ribotanib.",
        "Tumor tissue was missing in 181 women.",
        "Fatigue of grade 3 affected 4% with ribotanib and 2% with letrozole alone.",
    ),
    false=(
        ("Median progression-free survival was 12.7 months with ribotanib and 19.4 months with letrozole alone.", "12.7"),
        ("The risk of progression or death was 61% lower with ribotanib.", "61"),
        ("Tumor tissue was available from only 375 women.", "375"),
        ("Neutropenia of grade 3 or 4 was reported in 42.7% with ribotanib.", "42.7"),
    ),
)
MIND = Page(
    findings=(
        "In all 312 adults were randomized: 156 to group schema therapy and 156 to usual care.",
        "Self-harm episodes were fewer with schema therapy (2.1 vs 3.6 per person-year; rate ratio 0.58; 95% CI 0.44-0.77; P < .001).",
        "Suicide attempts occurred in 11 (7.1%) of the schema therapy group and 21 (13.5%) of the usual care group (P = .06).",
        "At 18 months 127 (81.4%) of the schema therapy group and 119 (76.3%) of the usual care group were interviewed.",
        "Dropout was 24.4% with schema therapy.",
        "Therapy took 41 sessions; 14 mg of diazepam equivalents was used with schema therapy and 23 mg with usual care.",
        "Audio recordings of 84 sessions were rated for fidelity.",
    ),
    card="Sample\n312\nAdults\nDuration\n18 mo\nTotal\n",
    true=(
        "Self-harm was cut by two-fifths with schema therapy.",
        "Schema therapy led to 42% fewer self-harm episodes.",
        "Suicide attempts were half as common (7% vs 13% or 14%).",
        "Fidelity was rated from only 84 recordings of sessions.",
        "Relatives of 132 adults were interviewed too.",
        "One in four dropped out of schema therapy.",
        "Attempts at suicide were rare, with 32 in all.",
    ),
    false=(
        ("Schema therapy led to 58% fewer self-harm episodes.", "58"),
        ("Suicide attempts fell, though not significantly (P = .60).", "60"),
        ("Fidelity was rated from recordings of only 48 sessions.", "48"),
        ("Suicide attempts occurred in 13.5% with schema therapy and 7.1% with usual care.", "13.5"),
        ("Follow-up stopped at 8 months, too soon for long-term relapse.", "8"),
        ("A median of 36 mg of diazepam equivalents was used with usual care, against 14 mg with schema therapy.", "36"),
        ("Schema therapy brought a 24% relative reduction in self-harm.", "24"),
    ),
)
GUT = Page(
    findings=(
        "Of 226 patients, 113 were allocated to budesolide foam and 113 to placebo foam.",
        (
            "Clinical remission at week 6 was reached by 47 (41.6%) with budesolide and 27 (23.9%) with placebo "
            "(risk difference 17.7%; 95% CI 5.6-29.8; P = .004)."
        ),
        "Endoscopic healing was seen in 56% with budesolide and 43% with placebo (odds ratio 1.69; 95% CI 1.00-2.86).",
        "Relapse by week 26 occurred in 31 of 47 remitters with budesolide and 19 of 27 with placebo.",
        "Morning cortisol was low in 16 patients (14.2%) with budesolide and 3 (2.7%) with placebo.",
        "Biopsies were taken from 139 patients.",
    ),
    card="Sample\n226\nPatients\nDuration\n26 wk\nTotal\n",
    true=(
        "Clinical remission was 18 points more frequent with budesolide.",
        "About 42% reached clinical remission with budesolide, and 24% with placebo.",
        "Low cortisol was seen in one in seven with budesolide.",
        "In those with proctitis, clinical remission was reached by 46.1% with budesolide.",
        "Biopsies were missing in 87 patients.",
        "The pilot study had 31 patients, of whom 13 had biopsies at week 2.",
        "Histological remission was found in 61 of 139 biopsied patients.",
    ),
    false=(
        ("Clinical remission was reached by 23.9% with budesolide and 41.6% with placebo.", "23.9"),
        ("Biopsies were taken from only 193 patients.", "193"),
        ("Biopsies were available in just 88 patients.", "88"),
        ("A low morning cortisol was found in 12.4% with budesolide.", "12.4"),
        ("The difference in clinical remission (P = .04) was modest.", ".04"),
        ("Endoscopic healing was likelier (odds ratio 1.96).", "1.96"),
    ),
)
KNEE = Page(
    findings=(
        "A total of 174 participants were randomized: 88 to supervised exercise and 86 to arthroscopy.",
        "Conversion to surgery took place in 19 of 88 participants (21.6%) in the exercise group by 24 months.",
        "The between-group difference in KOOS at 24 months was 1.8 points (95% CI -2.9 to 6.5; p=0.45).",
        "Falls were reported by 14 (15.9%) in the exercise group and 27 (31.4%) in the arthroscopy group (RR 0.51; 95% CI 0.29-0.90).",
        "Magnetic resonance imaging was repeated in 132 participants.",
    ),
    card="Sample\n174\nParticipants\nDuration\n24 mo\nTotal\n",
    true=(
        "One in five of the exercise group had surgery within 24 months.",
        "Exercise halved falls, a reduction of 49%.",
        "Magnetic resonance imaging was not repeated in 42 participants.",
        "At 12 months 9 of 88 participants had converted to surgery.",
        "The difference in KOOS was under 2 points and not significant (p=0.45).",
        "With 174 participants the trial was small.",
    ),
    false=(
        ("Exercise meant 59% fewer falls.", "59"),
        ("The exercise group fell 39% less often.", "39"),
        ("Magnetic resonance imaging was repeated in just 123 participants.", "123"),
        ("With only 147 participants the trial was small.", "147"),
        ("The difference in KOOS was 8.1 points.", "8.1"),
        ("Falls were reported by 31.4% of the exercise group and 15.9% of the arthroscopy group.", "31.4"),
    ),
)
VACCINE = Page(
    findings=(
        "In all 8,462 adults were randomized, 4,230 to MVX-4 and 4,232 to saline.",
        "Confirmed shingles developed in 23 MVX-4 recipients and 118 saline recipients (hazard ratio 0.19; 95% CI 0.12-0.30).",
        "Injection-site redness was reported by 38.4% of MVX-4 recipients and 6.3% of saline recipients.",
        "Fever affected 11.7% of MVX-4 recipients and 3.2% of saline recipients.",
        "Antibody titers were measured in 624 participants at month 2 and in 426 at month 36.",
    ),
    card="Sample\n8,462\nAdults\nDuration\n3.1 y\nMedian\n",
    true=(
        "MVX-4 cut confirmed shingles by 81%.",
        "Redness at the injection site was common (38% vs 6%).",
        "Fever of 39 degrees or more affected 1.7% of MVX-4 recipients.",
        "Titers were measured in 624 participants only.",
        "In adults older than 70 years, shingles was 72% less likely with MVX-4.",
        "Pain was reported by 61.2% of MVX-4 recipients.",
    ),
    false=(
        ("MVX-4 cut confirmed shingles by 91%.", "91"),
        ("Injection-site redness was reported by 34.8% of MVX-4 recipients.", "34.8"),
        ("Fever affected 3.2% of MVX-4 recipients and 11.7% of saline recipients.", "3.2"),
        ("The trial randomized 8,642 adults.", "8,642"),
    ),
)
PAGES = {"heart": HEART, "cancer": CANCER, "mind": MIND, "gut": GUT, "knee": KNEE, "vaccine": VACCINE}
TRUE = [(name, told) for name, page in PAGES.items() for told in page.true]
FALSE = [(name, told, number) for name, page in PAGES.items() for told, number in page.false]


@pytest.mark.parametrize("name", PAGES)
def test_the_findings_agree_with_themselves(name: str) -> None:
    assert [one.explanation for one in conflicts(*PAGES[name].findings, card=PAGES[name].card)] == []


@pytest.mark.parametrize(("name", "told"), TRUE)
def test_what_is_told_truly_is_no_conflict(name: str, told: str) -> None:
    page = PAGES[name]
    assert [one.explanation for one in conflicts(*page.findings, card=page.card, limitations=[told])] == []


@pytest.mark.parametrize(("name", "told", "number"), FALSE)
def test_what_is_told_falsely_is_one_conflict(name: str, told: str, number: str) -> None:
    page = PAGES[name]
    found = conflicts(*page.findings, card=page.card, key=told)
    assert len(found) == 1
    assert any(number in place.cited_text for place in found[0].places)

"""Where a paper contradicts itself: found on the page, on a page of planted ones, in single sentences, and in no near-miss."""

from pathlib import Path

import anyio
import pytest

from journal_club.answering.answer import Answer, Conflict
from journal_club.answering.case import Ask
from journal_club.answering.conflicts import conflicts_of
from journal_club.club import JournalClub, open_club
from journal_club.paper.model import Origin
from journal_club.paper.reading import read_paper
from journal_club.settings import ChatSettings, Settings
from tests.clubs import answer_of
from tests.conftest import ROOT, SECOND_PAGE

DATA = ROOT / "tests" / "data"
PLANTED = {
    ("sum_of_arms", "612"),
    ("different_value", "0.03"),
    ("percentage", "12.0%"),
    ("estimate_outside_interval", "0.93"),
    ("difference", "7.5"),
    ("significance", "p=0.43"),
    ("design", "double-blind"),
    ("different_value", "6.2"),
    ("noninferiority", "0.94–1.11"),
    ("reduction", "45%"),
    ("different_value", "34.8"),
}
NEAR_MISSES = ("0.78", "66%", "38%", "0.81", "About 20%", "0.6,", "29%", "2.4 years", "−0.9", "0.92", "p<0.001", "3.0%")
"""A subgroup, two times, an interim analysis, rounding, what follows, a conversion, no difference, another trial, what agrees."""


def found_in(text: str) -> tuple[Conflict, ...]:
    return conflicts_of(read_paper(text))


def finding(sentence: str, *, more: str = "") -> list[str]:
    """The kinds of conflict in a page that holds one finding."""
    page = f"The Journal\nMay 1, 2024\n\nA trial of drug A\n\nA. Author\n\nKey Findings\n\n1. {sentence}\n{more}\n\nStudy Design\n\nRCT\n"
    return [conflict.kind for conflict in found_in(page)]


def test_the_page_contradicts_itself_twice(seed_text: str) -> None:
    reduction, p_value = found_in(seed_text)
    assert (reduction.kind, reduction.confidence, p_value.kind, p_value.confidence) == (
        "reduction",
        "certain",
        "different_value",
        "certain",
    )
    assert "71%" in reduction.arithmetic
    assert "45%" in reduction.arithmetic
    assert [place.cited_text for place in p_value.places] == ["p=0.0009", "p=0.0003"]
    assert p_value.supported_place == 0
    assert "0.00053 to 0.0015" in p_value.arithmetic


def test_every_planted_conflict_is_found_and_no_near_miss() -> None:
    text = (DATA / "contradictions.txt").read_text(encoding="utf-8")
    conflicts = found_in(text)
    assert len(conflicts) == len(PLANTED)
    for kind, words in PLANTED:
        assert any(one.kind == kind and any(words in place.cited_text for place in one.places) for one in conflicts), (kind, words)
    shown = [place.cited_text for one in conflicts for place in one.places]
    for words in NEAR_MISSES:
        assert words in text
        assert all(words not in one for one in shown), words


def test_places_slice_back_and_show_no_more_of_a_key_response_than_a_statistic() -> None:
    for page in (DATA / "contradictions.txt", SECOND_PAGE):
        text = page.read_text(encoding="utf-8")
        for place in (place for conflict in found_in(text) for place in conflict.places):
            assert text[place.start_char_index : place.end_char_index] == place.cited_text
            assert place.origin is not Origin.KEY_RESPONSE or len(place.cited_text.split()) <= 7


def test_pages_that_agree_with_themselves_have_no_conflict() -> None:
    for page in (SECOND_PAGE, DATA / "full-text.md", DATA / "markdown-page.md"):
        assert found_in(page.read_text(encoding="utf-8")) == ()


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Overall survival was longer with drug A (HR 0.70; 95% CI 0.90–0.55).", "interval_order"),
        ("Stroke was less frequent with drug A (HR 0.91; 95% CI 0.53–1.56; p=0.003).", "p_and_interval"),
        ("Stroke occurred with drug A (OR 1.05; 95% CI 1.01–1.99).", "interval_symmetry"),
        ("The mean change was 4.2 mm (95% CI 5.1 to 6.3).", "estimate_outside_interval"),
        ("Death occurred in 12 of 208 patients (12%) with drug A.", "percentage"),
        ("There was no significant difference in mortality (p=0.01).", "significance"),
        (
            "There was no significant difference between drug A and placebo in remission (odds ratio, 1.85; 95% CI, 1.07 to 3.21; P=.03).",
            "significance",
        ),
        ("Chronic pain was not significantly different between mesh repair and suture repair (4.0% v 10.7%; p=0.027).", "significance"),
        ("The titer did not differ significantly between lots (ratio, 1.21; 95% CI, 1.09 to 1.34; P<.001).", "significance"),
        ("Weight gain of 7% or more occurred in 9.3% versus 2.6%, a difference of 4.7 percentage points.", "difference"),
        ("The absolute risk reduction in stroke was 3.5%, for a number needed to treat of 12.", "number_needed"),
        ("Drug A reduced the risk of stroke (HR 1.45; 95% CI 1.10–1.91).", "direction"),
        ("Overall survival was shorter with drug A (HR 0.60; 95% CI 0.45–0.80).", "direction"),
        ("A total of 419 patients were randomized, 208 to drug A and 221 to placebo.", "sum_of_arms"),
        ("Adverse events led to withdrawal of 140% of patients.", "impossible_value"),
    ],
)
def test_what_one_sentence_refutes_of_itself(sentence: str, kind: str) -> None:
    assert finding(sentence) == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "Overall survival was longer with drug A (HR 0.55; 95% CI 0.39–0.79; p=0.0009).",
        "Overall survival was longer with drug A (HR 0.71; 95% CI 0.58–0.87; p<0.001).",
        "The length of stay fell by 3.9 days (95% CI -5.5 to -2.3).",
        "The mean change was -1.45 (95% CI -0.13 to -2.76).",
        "Death occurred in 24 of 209 patients (11.5%) with drug A.",
        "Stroke occurred in 4 of 18 patients (22.2%) and in 8 of 23 patients (34.8%).",
        "A total of 419 patients were randomized, 208 to drug A and 211 to placebo.",
        "Of 50 women assessed, 36 were randomised: 18 to drug A and 18 to placebo.",
        "Mortality did not differ significantly (HR 0.95; 95% CI 0.78–1.15; p=0.58).",
        "Overall survival was improved in early relapse (HR 0.55) after 1-3 prior lines.",
        "Median progression-free survival was not reached with drug A (95% CI 34.5 months to not evaluable).",
        "The response rates were 30% and 20%, an absolute difference of 10 percentage points (number needed to treat 10).",
        "The risk of death was higher with placebo than with drug A (HR 0.70; 95% CI 0.55–0.90).",
        "Participants aged 65–75 years had a mean of 62 kg.",
    ],
)
def test_what_agrees_with_itself_is_no_conflict(sentence: str) -> None:
    assert finding(sentence) == []


@pytest.mark.parametrize(
    "more",
    [
        "2. In patients aged 65 or older the hazard ratio for overall survival was 0.78.",
        "2. At the interim analysis the hazard ratio for overall survival was 0.81.",
        "2. In the per-protocol population the hazard ratio for overall survival was 0.52.",
        "2. The hazard ratio for progression-free survival was 0.29.",
        "2. The study was powered to detect a hazard ratio for overall survival of 0.67.",
        "2. The hazard ratio for overall survival was 0.6.",
        "2. Drug A led to a 45% lower risk of death.",
    ],
)
def test_other_analyses_and_rounding_are_no_other_values(more: str) -> None:
    assert finding("Overall survival was improved (HR 0.55; 95% CI 0.39–0.79).", more=more) == []


@pytest.mark.parametrize(
    ("sentence", "more", "kind"),
    [
        (
            "Akathisia was reported by 12.6% of the esmetazine group and 2.0% of the placebo group.",
            "2. Akathisia affected 21.6% of the esmetazine group.",
            "different_value",
        ),
        (
            "Injection-site pain was reported by 60.9% of vaccine recipients and 9.3% of placebo recipients.",
            "2. Injection-site pain was reported by 60.9% of placebo recipients.",
            "different_value",
        ),
        (
            "Kidney failure occurred in 9 patients (4.4%) with nefrolast and 18 patients (9.0%) with placebo (HR 0.48; 95% CI 0.22–1.07).",
            "2. A 41% reduction in the risk of kidney failure was seen.",
            "reduction",
        ),
        (
            "Recurrence was less frequent after mesh (HR 0.31; 95% CI 0.12 to 0.80).",
            "2. Mesh lowered the recurrence of hernia by 45%.",
            "reduction",
        ),
        (
            "Grade 3 or higher adverse events occurred in 61% of the tarvetinib group and 48% of the placebo group.",
            "2. Grade 3 or higher adverse events were seen in 69% of the tarvetinib group.",
            "different_value",
        ),
        (
            "Progression-free survival was improved (HR 0.66; 95% CI 0.55 to 0.79).",
            "2. The hazard ratio for progression-free survival of 0.56 is larger than expected.",
            "different_value",
        ),
        (
            "The median length of stay was 3 days in the 7-day group and 4 days in the 14-day group.",
            "2. The median length of stay was 6 days in the 7-day group.",
            "different_value",
        ),
        (
            "Of 404 randomised patients, 203 received nefrolast and 201 received placebo.",
            (
                "2. Oedema was seen in 31 patients (15.3%) with nefrolast and 24 patients (21.9%) with placebo.\n"
                "3. Cough was seen in 37 (18.2%) patients with nefrolast and 38 (18.9%) with placebo."
            ),
            "percentage",
        ),
        (
            "Follow-up was short, with a median of 15.2 months.",
            "2. Results are given at a median follow-up of 25.1 months.",
            "different_value",
        ),
    ],
)
def test_what_only_the_paper_names_is_held_against_itself(sentence: str, more: str, kind: str) -> None:
    assert finding(sentence, more=more) == [kind]


@pytest.mark.parametrize(
    ("sentence", "more"),
    [
        (
            "Akathisia was reported by 12.6% of the esmetazine 20 mg group and 2.0% of the placebo group.",
            "2. Akathisia was reported by 6.7% of the esmetazine 10 mg group.",
        ),
        (
            "Recurrence at 24 months was seen in 4.0% of the mesh group and 12.0% of the suture group.",
            "2. Recurrence at 12 months was seen in 2.0% of the mesh group and 6.0% of the suture group.",
        ),
        (
            "Cough was seen in 6.1% of the soravaxin group and 5.0% of the placebo group.",
            "2. Productive cough was seen in 3.1% of the soravaxin group and 2.0% of the placebo group.",
        ),
        (
            "Recurrence was less frequent after mesh (HR 0.31; 95% CI 0.12 to 0.80).",
            "2. Patients with a large defect had a hazard ratio for recurrence of 0.52.",
        ),
        (
            "Grade 3 or higher adverse events occurred in 61% of the tarvetinib group and 48% of the placebo group.",
            "2. Grade 3 or higher hepatic adverse events occurred in 6% of the tarvetinib group and 4% of the placebo group.",
        ),
        (
            "The median length of stay was 70.2 hours with drug A and 73.5 hours with placebo.",
            "2. In infants with RSV, the median length of stay was 66.8 hours with drug A.",
        ),
    ],
)
def test_other_names_doses_and_times_are_other_things(sentence: str, more: str) -> None:
    assert finding(sentence, more=more) == []


def test_another_value_of_the_same_thing_is_one_conflict_with_both_places() -> None:
    assert finding("Overall survival was improved (HR 0.55).", more="2. The hazard ratio for overall survival was 0.65.") == [
        "different_value"
    ]


def quoted(club: JournalClub, question: str) -> Answer:
    return answer_of(club, "Overall survival was improved (HR 0.55; 95% CI 0.39–0.79; p=0.0009) [4].", question)


def test_the_p_value_is_answered_with_the_conflict_attached(club: JournalClub, seed_text: str) -> None:
    answer = quoted(club, "What was the p-value for overall survival?")
    assert (answer.abstention, answer.mode) == (None, "generated")
    assert "0.0009" in answer.statements[0].text
    assert [one.kind for one in answer.conflicts] == ["different_value"]
    assert answer.text.endswith("the interval supports 0.0009.")
    assert all("0.0003" not in one.text for one in answer.statements)
    for place in answer.conflicts[0].places:
        assert seed_text[place.start_char_index : place.end_char_index] == place.cited_text


def test_an_answer_beside_the_conflict_carries_it_without_a_word_in_its_text(club: JournalClub) -> None:
    answer = quoted(club, "What was the hazard ratio for overall survival?")
    assert answer.conflicts
    assert answer.text == answer.statements[-1].text


def test_what_arithmetic_cannot_settle_is_a_conflicting_source(tmp_path: Path) -> None:
    club = open_club(Settings(data_dir=tmp_path / "own", chat=ChatSettings(endpoint="none")))
    club.library.ingest("meridian-2", (DATA / "contradictions.txt").read_text(encoding="utf-8"))
    question = "What was the median progression-free survival with lorvanib?"
    answer = answer_of(club, "Median progression-free survival was 6.8 months with lorvanib.", question, paper_id="meridian-2")
    club.library.close()
    assert answer.abstention
    assert (answer.abstention.reason, answer.abstention.partial) == ("conflicting_source", True)
    assert "6.2" in answer.abstention.message
    assert answer.text.endswith(answer.abstention.message)


@pytest.mark.parametrize(
    ("question", "reported", "refuted"),
    [
        ("Was there really a 57% reduction in progression?", "HR] 0.29", "57%"),
        ("Was the risk of progression or death 57% lower?", "HR] 0.29", "57%"),
        ("Is p=0.0003 correct?", "p=0.0009", "0.0003"),
    ],
)
def test_whoever_doubts_a_refuted_number_sees_what_refutes_it(club: JournalClub, question: str, reported: str, refuted: str):
    answer = anyio.run(club.answer, Ask(question=question, persona="fellow", paper_id="cartitude-4"))
    assert answer.abstention is None
    assert reported in answer.statements[0].text
    assert refuted not in answer.statements[0].text
    assert refuted in answer.text.partition("contradicts itself here:")[2]


@pytest.mark.parametrize("question", ["Write me a poem of 57 lines", "Was there a 58% reduction in progression?"])
def test_a_number_that_is_refuted_opens_no_other_door(club: JournalClub, question: str):
    answer = anyio.run(club.answer, Ask(question=question, persona="fellow", paper_id="cartitude-4"))
    assert answer.abstention
    assert "contradicts itself" not in answer.text


@pytest.mark.parametrize(
    "sentence",
    [
        "It was similar with a diuretic (HR 0.80; 95% CI 0.67-0.95) and without (HR 0.75; 95% CI 0.60-0.94; interaction p=0.66).",
        "The HR was 0.74 (95% CI 0.63-0.87), although the interaction test was not significant (p=0.16).",
        "Cure was as frequent (risk difference 1.6 percentage points; 95% CI -5.1 to 8.3; p<0.001 for non-inferiority, margin -10 points).",
    ],
)
def test_a_p_value_of_another_test_is_not_held_to_the_interval(sentence: str) -> None:
    assert finding(sentence) == []


RETOLD = {
    "a ratio's digits as a reduction": (
        "Kidney injury developed in 37 patients given A and 62 given B (risk ratio 0.59; 95% CI 0.40-0.87).",
        "With a 59% relative reduction in kidney injury, B is hard to defend.",
        ["reduction"],
    ),
    "a reduction that no ratio gives": (
        "A recurrence was less frequent with A (hazard ratio 0.58; 95% CI 0.45-0.75).",
        "A lowered the risk of recurrence by 52%.",
        ["reduction"],
    ),
    "a reduction that the rates give": (
        "Recurrence was seen in 10% with tavorasib and 20% with placebo (hazard ratio 0.44; 95% CI 0.30-0.65).",
        "Tavorasib lowered the risk of recurrence by 50%.",
        [],
    ),
    "another estimate in the same interval": (
        "Death was as frequent with A (risk difference -2.6 percentage points; 95% CI -8.4 to 3.2).",
        "The estimate for death was inconclusive (risk difference -6.2 percentage points; 95% CI -8.4 to 3.2).",
        ["different_value"],
    ),
    "another difference": (
        "A was better (difference in symptom score 2.3 points; 95% CI 1.2 to 3.4).",
        "The difference in symptom score was 3.2 points.",
        ["different_value"],
    ),
    "who stopped because of harm": (
        "In all, 54 patients (16.2%) discontinued tavorasib because of adverse events. They had been assigned to tavorasib or placebo.",
        "Tolerability is uncertain, as 21% of treated patients stopped tavorasib owing to adverse events.",
        ["different_value"],
    ),
    "the phase 2 study's own figure": (
        "A relapse was less frequent with A (hazard ratio 0.78; 95% CI 0.68-0.90).",
        "In the phase 2 HAZEL study A lowered the risk of relapse by 14%.",
        [],
    ),
}


@pytest.mark.parametrize("case", RETOLD)
def test_what_is_told_again_agrees(case: str) -> None:
    first, again, kinds = RETOLD[case]
    assert finding(first, more=f"\nClinical Significance\n\n{again}\n") == kinds


def test_the_middle_of_an_interval_tells_which_estimate_is_right() -> None:
    first, again, _ = RETOLD["another estimate in the same interval"]
    head = "The Journal\nMay 1, 2024\n\nA trial of drug A\n\nA. Author\n\nKey Findings"
    (conflict,) = found_in(f"{head}\n\n1. {first}\n\nClinical Significance\n\n{again}\n")
    assert conflict.supported_place is not None
    assert "2.6" in conflict.places[conflict.supported_place].cited_text


NO_CONFLICTS = {
    "what is lowered is no risk": (
        "Myocardial infarction was less frequent with tolvexin (hazard ratio 0.59; 95% CI 0.40-0.87).",
        "LDL cholesterol was reduced by 59% with tolvexin.",
    ),
    "a dose that is reduced": (
        "Death was less frequent with tolvexin (hazard ratio 0.25; 95% CI 0.10-0.47).",
        "If neutropenia occurred, the dose was reduced by 25%.",
    ),
    "an increase": (
        "Any bleed was more likely (odds ratio, 1.38; 95% CI 1.10 to 1.73).",
        "The odds of a bleed were 38% higher.",
    ),
    "another outcome's increase": (
        "The relapse rate was lower with tolvexin (rate ratio 0.38; 95% CI 0.30-0.47).",
        "The incidence of nausea was 38% higher with tolvexin.",
    ),
    "an adjusted ratio": (
        "Tolvexin lowered the risk of death (HR 0.72; 95% CI 0.60 to 0.86).",
        "The adjusted HR for death was 0.70 (95% CI 0.60 to 0.86).",
    ),
    "annual rates": (
        "The annualised relapse rate was 0.22 with A and 0.40 with B. Progression was less frequent (hazard ratio 0.70; 95% CI 0.50-0.95).",
        "There was a 45% lower relapse rate with A.",
    ),
    "two times": (
        "At week 12, 3% of the tolvexin group discontinued treatment because of adverse events.",
        "At week 52, 8% of the tolvexin group discontinued treatment because of adverse events.",
    ),
    "an interruption": (
        "Adverse events led to discontinuation in 8% with tolvexin.",
        "Adverse events led to dose interruption or discontinuation in 22% with tolvexin.",
    ),
}


@pytest.mark.parametrize("case", NO_CONFLICTS)
def test_different_things_are_no_conflict(case: str) -> None:
    first, again = NO_CONFLICTS[case]
    assert finding(first, more=f"\nClinical Significance\n\n{again}\n") == []


def test_a_sentence_that_names_the_papers_own_trial_is_held_to_the_others() -> None:
    text = (
        "# Tolvexin in stroke (BRIGHT-4): a randomised trial\n\n## Abstract\n\nThe HR for death was 0.75 (95% CI 0.60 to 0.94).\n\n"
        "## Results\n\nIn the BRIGHT-4 trial, the HR for death was 0.57 (95% CI 0.45 to 0.72).\n"
    )
    assert [conflict.kind for conflict in found_in(text)] == ["different_value"]

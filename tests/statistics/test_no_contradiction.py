"""What only looks like a contradiction: a paper that is charged with one wrongly is charged with an error it has not made."""

import pytest

from journal_club.answering.conflicts import conflicts_of
from journal_club.paper.reading import read_paper
from tests.statistics.pages import conflicts, explanations

TWO_ARMS = {
    "doses": (
        "Overall survival was longer with duravex 10 mg than with placebo (HR 0.60; 95% CI 0.45–0.80).",
        "Overall survival was similar with duravex 20 mg and with placebo (HR 0.80; 95% CI 0.62–1.03).",
    ),
    "drugs": (
        "Overall survival was longer in the duravex group than in the placebo group (HR 0.60; 95% CI 0.45–0.80).",
        "Overall survival was similar in the solanib group and in the placebo group (HR 0.80; 95% CI 0.62–1.03).",
    ),
}


def test_two_estimates_in_the_middle_of_their_own_intervals_are_left_open() -> None:
    told = conflicts(
        "Overall survival was longer with duravex (HR 0.55; 95% CI 0.39–0.79).",
        significance="Overall survival was longer with duravex (HR 0.65; 95% CI 0.50–0.85).",
    )
    estimates = [one for one in told if "hazard ratio for overall survival is" in one.explanation and "bound" not in one.explanation]
    assert [(one.supported_place, one.confidence) for one in estimates] == [(None, "likely")]


def test_the_estimate_outside_the_middle_of_its_interval_is_refuted() -> None:
    told = conflicts(
        "Overall survival was longer with duravex (HR 0.65; 95% CI 0.39–0.79).",
        significance="Overall survival was longer with duravex (HR 0.55; 95% CI 0.39–0.79).",
    )
    assert [(one.places[one.supported_place or 0].cited_text, one.confidence) for one in told] == [("HR 0.55", "certain")]


@pytest.mark.parametrize("arms", TWO_ARMS)
@pytest.mark.parametrize(
    "again", ["", "The hazard ratio for overall survival was 0.70.", "The hazard ratio for overall survival was 0.60."]
)
def test_two_arms_are_not_compared_through_a_third_place(arms: str, again: str) -> None:
    told = conflicts(*TWO_ARMS[arms], significance=again)
    assert not [one for one in told if one.confidence == "certain" or ("0.60" in one.explanation and "0.80" in one.explanation)]


@pytest.mark.parametrize(
    "findings",
    [
        pytest.param(
            (
                "The noninferiority margin was 10 percentage points.",
                "Noninferiority for cure was not shown (odds ratio 0.70; 95% CI 0.52 to 0.94).",
            ),
            id="a margin of a difference, a ratio",
        ),
        pytest.param(
            ("A clear margin of 1 mm was aimed at.", "Lumpectomy was noninferior for recurrence (HR 0.95; 95% CI 0.80 to 1.12)."),
            id="a surgeon's margin",
        ),
        pytest.param(
            (
                "The noninferiority margin was 1.3.",
                "Noninferiority was shown for cure (difference 2.1 percentage points; 95% CI -1.0 to 5.2).",
            ),
            id="a margin of a ratio, a difference",
        ),
        pytest.param(
            ("Bleeding that was clinically significant occurred in 4.1% versus 3.8% (HR 1.10; 95% CI 0.80 to 1.50; p=0.56).",),
            id="clinical significance",
        ),
        pytest.param(
            ("Clinically significant bleeding occurred in 4.1% versus 3.8% (HR 1.10; 95% CI 0.80 to 1.50; p=0.56).",),
            id="clinical significance, first",
        ),
        pytest.param(
            ("Hemodynamically significant hypotension was seen in 4.1% versus 3.8% (HR 1.10; 95% CI 0.80 to 1.50; p=0.56).",),
            id="of blood flow",
        ),
        pytest.param(
            ("Progression-free survival was longer with duravex (HR 0.83; 95% CI 0.67–1.03; one-sided p=0.045).",), id="one-sided p"
        ),
        pytest.param(("Overall survival was longer with duravex (HR 0.83; 95% CI 0.67–1.03; 1-sided p=0.045).",), id="1-sided p"),
        pytest.param(("Overall survival was longer with duravex (HR 0.83; 95% CI 0.67–1.03; p=0.045, one-tailed).",), id="p, one-tailed"),
        pytest.param(
            (
                "Placebo had a higher hazard of death (HR 1.50; 95% CI 1.20 to 1.88).",
                "Duravex reduced the risk of death by 33%.",
            ),
            id="a reduction by the reciprocal",
        ),
        pytest.param(
            ("Adding daratumumab improved PFS and the response rate (odds ratio 2.30; 95% CI 1.50 to 3.50).",),
            id="an odds ratio of response",
        ),
        pytest.param(
            ("Daratumumab improved progression-free survival and response (risk ratio 1.60; 95% CI 1.20 to 2.10).",),
            id="a risk ratio of response",
        ),
        pytest.param(
            (
                "A total of 419 patients were randomised: 208 to cilta-cel (196 received it) and 211 to standard care.",
                "Death occurred in 50 patients (24%) with cilta-cel and 60 patients (28%) with standard care.",
            ),
            id="those who received it",
        ),
        pytest.param(
            (
                "Of 419 people randomised (208 to cilta-cel [196 received it] and 211 to standard care [205 received it]), all stayed.",
                "Death occurred in 50 patients (24%) with cilta-cel and 60 patients (28%) with standard care.",
            ),
            id="those who received it, in brackets of their own",
        ),
    ],
)
def test_what_agrees_is_no_conflict(findings: tuple[str, ...]) -> None:
    assert explanations(*findings) == []


@pytest.mark.parametrize(
    "findings",
    [
        pytest.param(
            (
                "The noninferiority margin was −10 percentage points.",
                "Duravex was noninferior for cure (difference −9.1 percentage points; 95% CI −13.2 to −5.0).",
            ),
            id="a difference beyond its margin",
        ),
        pytest.param(
            (
                "The margin for noninferiority was a hazard ratio of 1.20.",
                "Duravex was noninferior for stroke (HR 1.15; 95% CI 0.95 to 1.40).",
            ),
            id="a ratio beyond its margin",
        ),
        pytest.param(("Mortality was significantly lower (HR 0.90; 95% CI 0.75 to 1.08; p=0.26).",), id="significance"),
        pytest.param(("Progression-free survival was longer with duravex (HR 0.83; 95% CI 0.67–1.03; p=0.005).",), id="p and interval"),
        pytest.param(("Overall survival was worse with duravex (HR 0.60; 95% CI 0.45–0.80).",), id="direction"),
        pytest.param(
            ("Placebo had a higher hazard of death (HR 1.50; 95% CI 1.20 to 1.88).", "Duravex reduced the risk of death by 50%."),
            id="the reciprocal read as its digits",
        ),
        pytest.param(("A total of 419 patients were randomised: 208 to cilta-cel (196 received it) and 221 to standard care.",), id="sum"),
    ],
)
def test_what_is_refuted_stays_refuted(findings: tuple[str, ...]) -> None:
    assert len(explanations(*findings)) == 1


@pytest.mark.parametrize("numbers", ["HR 0.855; 95% CI 0.725–1.008; p=0.05", "HR 0.83; 95% CI 0.67–1.03; p=0.045"])
def test_a_p_within_the_tolerance_of_its_test_or_half_of_it_is_not_certain(numbers: str) -> None:
    told = conflicts(f"Overall survival was longer with duravex ({numbers}).")
    assert all(one.confidence == "likely" for one in told)


@pytest.mark.parametrize(
    ("ratio", "claim", "explained"),
    [
        ("HR 1.50; 95% CI 1.20 to 1.88", "The risk of death was 50% higher with placebo.", ""),
        ("HR 1.50; 95% CI 1.20 to 1.88", "Placebo increased the risk of death by 50%.", ""),
        ("HR 0.60; 95% CI 0.45 to 0.80", "Placebo increased the risk of death by 67%.", ""),
        ("HR 1.50; 95% CI 1.20 to 1.88", "Placebo increased the risk of death by 80%.", "An increase of 80%"),
        ("HR 1.50; 95% CI 1.20 to 1.88", "Duravex reduced the risk of death by 50%.", "A reduction of 50%"),
    ],
)
def test_a_percentage_follows_from_a_ratio_the_way_its_words_go(ratio: str, claim: str, explained: str) -> None:
    told = explanations(f"The hazard of death was compared with placebo ({ratio}).", significance=claim)
    assert [one[: len(explained)] for one in told] == [explained][: bool(explained)]


def test_a_p_beyond_the_tolerance_is_certain() -> None:
    (told,) = conflicts("Stroke was less frequent with duravex (HR 0.91; 95% CI 0.53–1.56; p=0.003).")
    assert told.confidence == "certain"


@pytest.mark.parametrize(
    ("finding", "again"),
    [
        (
            "Progression-free survival was longer with duravex (HR 0.75; 95% CI 0.60–0.94; p=0.01).",
            "Overall survival with duravex was not (HR 0.75; 95% CI 0.55–1.02; p=0.07).",
        ),
        (
            "Cure was more frequent with duravex (risk ratio 1.25; 95% CI 1.05–1.49; p=0.01).",
            "Cure was more frequent with duravex (odds ratio 1.25; 95% CI 0.98–1.60; p=0.07).",
        ),
    ],
)
def test_a_p_of_another_endpoint_or_measure_is_another_p(finding: str, again: str) -> None:
    assert not [one for one in explanations(finding, significance=again) if one.startswith("The p-value beside")]


def test_one_pair_out_of_line_is_one_conflict() -> None:
    told = explanations(
        "Of 404 randomised patients, 203 received nefrolast and 201 received placebo.",
        "Oedema was seen in 6 patients (30%) with nefrolast and 5 patients (2%) with placebo.",
    )
    assert len(told) == 1


ARTICLE = """# Dapagliflozin in {setting}: the {name} randomized trial

## Abstract

In {name}, dapagliflozin was compared with placebo in patients with heart failure.

## Introduction

{before}

## Methods

Patients were randomly assigned to dapagliflozin or placebo.

## Results

{result}

## Discussion

{after}
"""


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("DELIVER", "In the DAPA-HF trial, the hazard ratio for cardiovascular death was 0.82 (95% CI 0.69 to 0.98).", "It was neutral."),
        ("DELIVER", "In DAPA-HF, the hazard ratio for cardiovascular death was 0.82 (95% CI 0.69 to 0.98).", "It was neutral."),
        ("HOPE-3", "In the HOPE trial, the hazard ratio for cardiovascular death was 0.74 (95% CI 0.64 to 0.87).", "It was neutral."),
        (
            "DELIVER",
            "In the EMPEROR-Reduced trial, the hazard ratio for cardiovascular death was 0.82 (95% CI 0.65 to 1.02).",
            "It was neutral.",
        ),
        (
            "DELIVER",
            "The DAPA-HF trial was of reduced function.",
            "The hazard ratio for cardiovascular death in DAPA-HF was 0.82 (95% CI 0.69 to 0.98).",
        ),
        ("DELIVER", "The hazard ratio for cardiovascular death in PARADIGM-HF was 0.80 (95% CI 0.71 to 0.89).", "It was neutral."),
        ("DELIVER", "Much is known.", "DAPA-HF showed a hazard ratio for cardiovascular death of 0.82 (95% CI 0.69 to 0.98)."),
        ("DELIVER", "Much is known.", "The SOLOIST study gave a hazard ratio for cardiovascular death of 0.84 (95% CI 0.58 to 1.22)."),
    ],
)
def test_another_trials_result_in_an_article_is_not_its_own(name: str, before: str, after: str) -> None:
    result = f"The hazard ratio for cardiovascular death was 0.91 (95% CI 0.77 to 1.08) in {name}."
    text = ARTICLE.format(setting="heart failure", name=name, before=before, result=result, after=after)
    assert conflicts_of(read_paper(text)) == ()


@pytest.mark.parametrize("again", ["In DELIVER, the", "In the DELIVER trial, the", "The"])
def test_an_articles_own_result_is_held_to_itself(again: str) -> None:
    result = "The hazard ratio for cardiovascular death was 0.91 (95% CI 0.77 to 1.08)."
    after = f"{again} hazard ratio for cardiovascular death was 0.82."
    text = ARTICLE.format(setting="heart failure", name="DELIVER", before="Much is known.", result=result, after=after)
    assert len(conflicts_of(read_paper(text))) == 1


def test_a_name_that_an_article_gives_itself_in_its_abstract_alone_is_its_own() -> None:
    result = "The hazard ratio for cardiovascular death was 0.91 (95% CI 0.77 to 1.08)."
    after = "In the DELIVER trial, the hazard ratio for cardiovascular death was 0.82."
    text = ARTICLE.format(setting="heart failure", name="DELIVER", before="Much is known.", result=result, after=after)
    text = text.replace(": the DELIVER randomized trial", ": a randomized trial").replace("In DELIVER, dapa", "In the DELIVER trial, dapa")
    assert len(conflicts_of(read_paper(text))) == 1


def test_how_many_had_been_enrolled_at_some_time_is_no_sample() -> None:
    told = conflicts("The entry score was lowered from 28 to 24 after 212 patients had been enrolled.", card="Sample\n864\nPatients")
    assert told == []


def test_arms_exchanged_are_found_where_other_words_tell_the_same_outcome() -> None:
    told = conflicts(
        "Adverse events ended treatment in 41 patients (9.5%) on duravex and 58 (13.4%) on placebo.",
        "Remission was seen in 236 (54.9%) with duravex and 199 (45.9%) with placebo.",
        significance="More patients stopped duravex than placebo because of adverse events (13.4% vs 9.5%).",
    )
    assert [one.kind for one in told] == ["different_value"]

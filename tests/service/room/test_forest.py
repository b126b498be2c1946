"""The forest: which ratios are rows, what they are called, and where they stand on the axis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_club.paper.model import Origin
from journal_club.paper.reading import read_paper
from journal_club.service.room.axis import axis_of
from journal_club.service.room.forest import Forest, forest_of
from tests.service.room.texts import TEXTS, paper

PAGE = """A Trial of One Drug

Bottom Line

{bottom}

Key Findings

1. {finding}
"""


def forest(text: str) -> Forest:
    found = forest_of(read_paper(text))
    assert found is not None
    return found


def of_findings(finding: str, bottom: str = "The drug helped.") -> Forest:
    return forest(PAGE.format(finding=finding, bottom=bottom))


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (
            "cartitude-4",
            [
                ("Progression-free survival", "0.29", "0.22", "0.39", ""),
                ("Overall survival", "0.55", "0.39", "0.79", "p=0.0009"),
                ("Patient-reported symptom worsening", "0.38", "0.24", "0.61", ""),
            ],
        ),
        (
            "second-page",
            [
                ("Stroke or systemic embolism", "0.72", "0.52", "0.99", "p=0.046"),
                ("Major bleeding", "0.71", "0.54", "0.94", "p=0.017"),
                ("All-cause mortality", "0.95", "0.78", "1.15", "p=0.58"),
            ],
        ),
        ("markdown-page", [("Readmission", "0.89", "0.64", "1.23", "p=0.47")]),
        (
            "full-text",
            [("Delirium", "0.67", "0.44", "1.03", "p=0.067"), ("Per-protocol analysis", "0.65", "0.42", "1.01", "")],
        ),
    ],
)
def test_each_ratio_with_an_interval_is_one_row(name: str, rows: list[tuple[str, ...]]) -> None:
    found = forest(TEXTS[name])
    assert [(row.label, row.value_text, row.low_text, row.high_text, row.p) for row in found.rows] == rows


@pytest.mark.parametrize("name", TEXTS)
def test_rows_stand_in_the_text_and_on_the_axis(name: str) -> None:
    read = paper(name)
    found = forest_of(read)
    for row in found.rows if found else ():
        words = read.source_text[row.start_char_index : row.end_char_index]
        assert all(text in words for text in (row.value_text, row.low_text, row.high_text))
        assert 0 <= row.x_low <= row.x_high <= 100
        # The page of contradictions prints an estimate outside of its interval, and so it is drawn.
        assert (row.x_low <= row.x <= row.x_high) == (row.low <= row.value <= row.high)
        assert row.label.casefold() in read.source_text.casefold()
        owner = next(part for part in read.parts if part.start <= row.start_char_index < part.end)
        assert owner.origin in (Origin.TRIAL, Origin.COMMENTARY)


def test_no_row_comes_from_a_question_a_key_response_or_a_related_trial() -> None:
    text = TEXTS["cartitude-4"]
    text = text.replace("overall survival (OS) benefit (HR 0.55)", "benefit (HR 0.11; 95% CI 0.05–0.21)")
    text = text.replace("risk of disease progression or death.", "risk of death (HR 0.12; 95% CI 0.06–0.22).")
    text = text.replace("identifies and eliminates", "with HR 0.13 (95% CI 0.07–0.23) identifies")
    assert all(odd in text for odd in ("0.05–0.21", "0.06–0.22", "0.07–0.23"))
    assert [row.value for row in forest(text).rows] == [0.29, 0.55, 0.38]


def test_a_commentary_row_stands_behind_the_trials_own_and_names_no_other_trial() -> None:
    text = TEXTS["cartitude-4"].replace(
        "The trial was open-label,",
        "In POLLUX the hazard ratio was 0.37 (95% CI 0.27–0.52). Death was rarer (odds ratio 0.61; 95% CI 0.41–0.91). "
        "The trial was open-label,",
    )
    found = [(row.value, row.origin) for row in forest(text).rows]
    assert found[-1] == (0.61, Origin.COMMENTARY)
    assert [value for value, _ in found] == [0.29, 0.55, 0.38, 0.61]


def test_the_same_result_told_again_is_one_row_at_its_first_place() -> None:
    text = TEXTS["full-text"]
    first = text.index("odds ratio [OR] 0.67")
    assert text.count("0.67; 95% CI 0.44–1.03") == 2
    assert forest(text).rows[0].start_char_index == first


def test_equal_numbers_of_two_endpoints_are_two_rows() -> None:
    found = of_findings(
        "Overall survival was longer (HR 0.70; 95% CI 0.50–0.98). Progression-free survival was longer (HR 0.70; 95% CI 0.50–0.98)."
    )
    assert [row.label for row in found.rows] == ["Overall survival", "Progression-free survival"]


def test_a_full_texts_introduction_tells_of_other_work() -> None:
    text = TEXTS["full-text"].replace(
        "Earlier trials of melatonin", "One found an odds ratio of 0.3 (95% CI 0.1–0.8). Earlier trials of melatonin"
    )
    assert "0.1–0.8" in text
    assert [row.value for row in forest(text).rows] == [0.67, 0.65]


def test_a_paper_without_a_ratio_has_no_forest() -> None:
    text = PAGE.format(finding="The mean fell by 4 mm (difference 4; 95% CI 2 to 6; p=0.01) and the HR was 0.8.", bottom="It fell.")
    assert forest_of(read_paper(text)) is None


def test_a_label_that_names_no_endpoint_is_a_fragment_of_the_sentence() -> None:
    found = of_findings("Those on the drug were better off (odds ratio 1.40; 95% CI 1.10–1.78).").rows[0]
    assert found.fragment
    assert found.label == "Those on the drug were better off"


def test_the_name_of_the_measure_is_no_label() -> None:
    found = of_findings("In all, falls were fewer. The odds ratio was 0.60 (95% CI 0.40–0.90).").rows[0]
    assert found.fragment


def test_bounds_that_are_printed_the_wrong_way_round_are_no_row() -> None:
    text = TEXTS["second-page"].replace("0.54–0.94", "0.94–0.54")
    assert [row.value for row in forest(text).rows] == [0.72, 0.95]


def test_an_interval_beyond_the_axis_is_clipped_and_says_so() -> None:
    found = of_findings("Overall survival was longer (HR 0.90; 95% CI 0.002–400).").rows[0]
    assert (found.clipped_low, found.clipped_high) == (True, True)
    assert (found.x_low, found.x_high) == (0, 100)


def test_who_is_favoured_is_said_only_where_the_text_says_it() -> None:
    found = forest(TEXTS["cartitude-4"])
    assert [row.favours for row in found.rows] == ["", "cilta-cel", ""]
    assert (found.favours_below, found.favours_above) == ("cilta-cel", "")
    denied = TEXTS["cartitude-4"].replace("was significantly improved with cilta-cel", "was not significantly improved with cilta-cel")
    assert forest(denied).favours_below == ""
    crossing = TEXTS["cartitude-4"].replace("0.39–0.79", "0.39–1.20")
    assert forest(crossing).favours_below == ""


RATIO = st.floats(0.02, 50)


@given(values=st.lists(RATIO, min_size=1, max_size=8), bounds=st.lists(st.floats(0, 1000), max_size=16))
def test_one_is_inside_every_axis_and_so_is_every_value(values: list[float], bounds: list[float]) -> None:
    axis = axis_of(values, bounds)
    assert 0 < axis.x(1) < 100
    assert not any(axis.cuts(value) for value in values)
    assert "1" in [tick.label for tick in axis.ticks]
    places = [tick.x for tick in axis.ticks]
    assert places == sorted(set(places))
    assert 2 <= len(places) <= 8
    ordered = sorted(values)
    assert [axis.x(value) for value in ordered] == sorted(axis.x(value) for value in ordered)

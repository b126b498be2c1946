"""Text to statistics."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_club.statistics.notation import read_statistics
from journal_club.statistics.statistic import Measure, Operator, Role


def read(text):
    return [(one.text, one.measure, one.role, one.unit) for one in read_statistics(text)]


@pytest.mark.parametrize(
    "text",
    [
        "CARTITUDE-4 and KarMMa-3",
        "IL-6 and CD38",
        "second-line therapy",
        "HbA1c",
        "5-FU",
        "the 10th day",
        "Table 2 and Figure 3",
        "improved [1][2, 3]",
    ],
)
def test_names_ordinals_and_marks_are_no_statistics(text):
    assert read_statistics(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "HR 0.55 (95% CI 0.39-0.79)",
        "HR, 0.55; 95% CI, 0.39 to 0.79",
        "hazard ratio [HR] 0·55; 95% CI 0·39–0·79",
        "hazard ratio of 0.55 (0.39; 0.79)",
        "HR=.55 [95% confidence interval: .39, .79]",
    ],
)
def test_an_interval_is_read_in_every_usual_writing(text):
    found = [one for one in read_statistics(text) if one.role is not Role.LEVEL]
    assert [one.value for one in found] == [Decimal("0.55"), Decimal("0.39"), Decimal("0.79")]
    assert [one.role for one in found] == [Role.POINT, Role.LOWER, Role.UPPER]
    assert found[0].measure is Measure.HAZARD_RATIO
    assert {one.group for one in found} == {found[0].start}


@pytest.mark.parametrize(
    ("text", "operator", "value"),
    [
        ("p=0.0009", "=", "0.0009"),
        ("P<.001", "<", "0.001"),
        ("p ≤ 0.05", "<=", "0.05"),
        ("P &lt; 0.01", "<", "0.01"),
        ("p-value was below 0.05", "<", "0.05"),
    ],
)
def test_a_p_value_has_its_operator(text, operator, value):
    (found,) = read_statistics(text)
    assert (found.measure, found.operator, found.value) == (Measure.P, Operator(operator), Decimal(value))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,234 patients", "1234", "person"),
        ("11.8 months", "11.8", "month"),
        ("33.6 mo", "33.6", "month"),
        ("about 15% of patients", "15", "%"),
        ("5 mg/kg", "5", "mg/kg"),
        ("a 12-week run-in", "12", "week"),
        ("Thirty-three women", "33", "person"),
        ("One hundred and eighty six patients", "186", "person"),
        ("grade 3 events", "3", "grade"),
        ("phase III", "3", "phase"),
        ("a change of −3.2 kg", "-3.2", "kg"),
    ],
)
def test_a_number_has_its_unit(text, value, unit):
    (found,) = read_statistics(text)
    assert (found.value, found.unit) == (Decimal(value), unit)


def test_not_reached_is_a_value():
    texts = [one.text for one in read_statistics("Median PFS was not reached (95% CI 34.5 months to not evaluable) versus NR")]
    assert texts == ["not reached", "95", "34.5", "not evaluable", "NR"]


def test_a_list_shares_the_unit_behind_its_last_number():
    assert [one.unit for one in read_statistics("45 vs 34% of patients")] == ["%", "%"]


def test_one_and_two_groups_claim_no_number():
    assert [one.certain for one in read_statistics("one of the two groups")] == [False, False]


def test_a_median_reaches_through_its_clause():
    assert read("the median progression-free survival was 11.8 months")[0][1] is Measure.MEDIAN


@pytest.mark.parametrize("text", ["a 45% reduction in the risk of death", "the risk of death was reduced by 45%", "a 45% lower hazard"])
def test_a_reduction_is_a_claim_about_a_ratio(text):
    assert read_statistics(text)[0].measure is Measure.REDUCTION


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(alphabet="0123456789.,·-–−+()[]%<>=≤ npHRCItomgdays±/", max_size=120))
def test_reading_never_fails_and_keeps_places(text):
    for one in read_statistics(text):
        assert text[one.start : one.end] == one.text


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.decimals(min_value="0.01", max_value=99, places=2))
def test_a_printed_number_is_read_as_itself(value):
    (found,) = read_statistics(f"The hazard ratio was {value}.")
    assert (found.value, found.decimals) == (value, 2)


@pytest.mark.parametrize("piece", ["1(-", "0.5 ", "[1,", "95% CI ", "p<0.0", "1-2-", "not ", "hazard ratio "])
def test_hostile_text_takes_linear_time(piece):
    read_statistics(piece * (20_000 // len(piece)))

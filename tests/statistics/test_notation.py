"""Text to statistics."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_club.statistics.notation import read_statistics
from journal_club.statistics.statistic import Measure, Operator, Role, Statistic


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
        "HR, 0.55 (95% posterior credible interval 0.39--0.79)",
        "HR (95% CI): 0.55 (0.39-0.79)",
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


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("0.75×10^6 CAR-positive T cells/kg", "750000", -4),
        ("7.6 x 10(6) cells", "7600000", -5),
        ("2.5 × 10⁶ cells", "2500000", -5),
        ("P = 3 × 10−4", "0.0003", 4),
        ("p = 1.2e-5", "0.000012", 6),
        ("$45.3 million", "45300000", -5),
        ("0,55 (0,39 to", "0.55", 2),
        ("p=·001", "0.001", 3),
        ("1\u2009234 patients", "1234", 0),
        ("RR1.16", "1.16", 2),
        ("US $5,163.50, or so", "5163.50", 2),
        ("was 0,55.", "0.55", 2),
    ],
)
def test_a_number_is_read_in_every_usual_writing(text, value, decimals):
    found = read_statistics(text)[0]
    assert (found.value, found.decimals) == (Decimal(value), decimals)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("3.4 per 100 person-years", "per 100 person-year"),
        ("3.4 deaths per 1,000 patient years", "per 1000 person-year"),
        ("45/100,000 population", "per 100000 person"),
        ("2.1 events per patient-year", "per person-year"),
    ],
)
def test_the_denominator_of_a_rate_is_its_unit(text, unit):
    (found,) = read_statistics(text)
    assert found.unit == unit


@pytest.mark.parametrize(
    "text", ["mean (SD) age 63.2 (10.1) years", "mean 63.2 ± 10.1", "mean ± SD, 63.2 ± 10.1", "mean 63.2 (SD 10.1)", "mean 63.2 (SD, 10.1)"]
)
def test_a_spread_belongs_to_its_mean(text):
    mean, spread = read_statistics(text)
    assert (mean.measure, spread.measure, spread.group) == (Measure.MEAN, Measure.SD, mean.start)


def test_a_standard_error_is_no_standard_deviation():
    assert [one[1] for one in read("mean (SEM) 5.0 (0.4)")] == [Measure.MEAN, Measure.SE]


@pytest.mark.parametrize("text", ["OR (95% CI) 1.45 (1.1, 1.9)", "median (IQR) 12 (8-20)", "95% CI, -1.2 to 0.3", "95%CI0.39-0.79"])
def test_an_interval_is_one_group_with_its_estimate_or_alone(text):
    found = read_statistics(text)
    assert len({one.group for one in found}) == 1
    assert [one.role for one in found if one.role in (Role.LOWER, Role.UPPER)] == [Role.LOWER, Role.UPPER]


def test_two_hyphens_are_a_dash_and_two_signs_are_a_dash_and_a_minus():
    assert [one.value for one in read_statistics("0.10--0.81")] == [Decimal("0.10"), Decimal("0.81")]
    assert [one.value for one in read_statistics("−5.1–−1.2")] == [Decimal("-5.1"), Decimal("-1.2")]


@pytest.mark.parametrize("text", ["12.1 mo (95%CI, 10.0-NR)", "12·1 months (95% CI 10·0–not reached)", "12.1 (10.0 to NE) months"])
def test_an_interval_may_have_no_upper_end(text):
    found = [one for one in read_statistics(text) if one.role is not Role.LEVEL]
    assert [(one.value, one.role) for one in found] == [
        (Decimal("12.1"), Role.POINT),
        (Decimal("10.0"), Role.LOWER),
        (None, Role.UPPER),
    ]
    assert found[0].unit == "month"


def test_the_unit_may_stand_behind_the_brackets_of_the_last_of_a_list():
    found = read_statistics("5.2 (95% CI 3.1 to 7.0) vs 6.1 (95% CI 4 to 8) months")
    assert [one.unit for one in found if one.role is Role.POINT] == ["month", "month"]


@pytest.mark.parametrize("text", ["HR 0.5, CI95% 0.3-0.8", "HR 0.5 (95%-CI 0.3-0.8)", "HR 0.5, CI [95%] 0.3-0.8"])
def test_the_level_may_stand_before_or_behind_the_word(text):
    assert [one.role for one in read_statistics(text)] == [Role.POINT, Role.LEVEL, Role.LOWER, Role.UPPER]


@pytest.mark.parametrize("text", ["P-trend<0.001", "p-interaction < 0.001", "Pinteraction<0.001", "P trend <0.001", "*P* < 0.001"])
def test_a_p_value_may_say_what_it_is_of(text):
    (found,) = read_statistics(text)
    assert (found.measure, found.operator) == (Measure.P, Operator.LESS)


def test_an_abbreviation_in_brackets_is_the_name_before_it():
    assert read("rate ratio (RR) 0.5")[0][1] is Measure.RATE_RATIO


def test_a_change_is_no_interval():
    assert [one.role for one in read_statistics("fell from 12.3% to 8.1%")] == [Role.POINT, Role.POINT]
    assert [one.role for one in read_statistics("ranged from 5 to 10 mg")] == [Role.LOWER, Role.UPPER]


@pytest.mark.parametrize("text", ["p = NS", "P=ns", "not significant (NS)"])
def test_not_significant_is_a_p_value_without_a_number(text):
    (found,) = read_statistics(text)
    assert (found.measure, found.value, found.understood) == (Measure.P, None, True)


@pytest.mark.parametrize("text", ["T&P = 11 days", "appendix p 241", "pravastatin (P) (20 mg)", "P or 5"])
def test_not_every_p_is_a_p_value(text):
    assert Measure.P not in {one.measure for one in read_statistics(text)}


def test_less_or_equal_is_no_odds_ratio():
    (found,) = read_statistics("P < or = 0.05")
    assert (found.measure, found.operator) == (Measure.P, Operator.AT_MOST)


@pytest.mark.parametrize(("text", "value"), [("two-thirds of patients", "66.7"), ("half of the women", "50"), ("a quarter of them", "25")])
def test_a_share_in_words_is_about_a_percentage(text, value):
    (found,) = read_statistics(text)
    assert (found.value, found.unit, found.operator) == (Decimal(value), "%", Operator.ABOUT)


@pytest.mark.parametrize(("text", "seen"), [("a ratio of 0.5.3 was seen", "0.5.3"), ("12/ of them", "12"), ("1..5 points", "1..5")])
def test_digits_that_form_no_number_are_seen_and_not_understood(text, seen):
    (found,) = read_statistics(text)
    assert (found.text, found.understood, found.value) == (seen, False, None)


def test_a_second_ratio_of_a_list_is_a_ratio():
    assert [one[1] for one in read("HRs of 0.5 and 0.6")] == [Measure.HAZARD_RATIO, Measure.HAZARD_RATIO]
    assert [one[1] for one in read("(P=0.03 and 0.004, respectively)")] == [Measure.P, Measure.P]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("number needed to treat 22", Measure.NNT),
        ("absolute risk reduction of 4.5%", Measure.DIFFERENCE),
        ("relative risk reduction 23%", Measure.REDUCTION),
        ("incidence rate ratio, 1.2", Measure.RATE_RATIO),
        ("P value for heterogeneity was 0.12", Measure.P),
        ("P for interaction, 0.04", Measure.P),
        ("in 2019", Measure.IDENTIFIER),
    ],
)
def test_a_measure_is_known_by_its_names(text, measure):
    assert read(text)[0][1] is measure


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


UNITS_AND_MEASURES = [
    (Measure.NONE, "%", ""),
    (Measure.NONE, "month", ""),
    (Measure.NONE, "mg/kg", ""),
    (Measure.NONE, "per 100 person-year", ""),
    (Measure.HAZARD_RATIO, "", ""),
    (Measure.ODDS_RATIO, "", ""),
    (Measure.RISK_RATIO, "", ""),
    (Measure.RATE_RATIO, "", ""),
    (Measure.DIFFERENCE, "%", ""),
    (Measure.MEDIAN, "month", ""),
    (Measure.MEAN, "kg", ""),
    (Measure.NNT, "", ""),
    (Measure.P, "", "0."),
]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.sampled_from(UNITS_AND_MEASURES),
    st.integers(min_value=1, max_value=9_999),
    st.integers(min_value=0, max_value=4),
    st.sampled_from([Operator.EQUAL, Operator.LESS, Operator.GREATER, Operator.AT_LEAST, Operator.AT_MOST, Operator.ABOUT]),
)
def test_a_printed_statistic_is_read_as_itself(kind, digits, places, operator):
    measure, unit, leading = kind
    text = f"{leading}{digits}" if leading else f"{Decimal(digits).scaleb(-places):f}"
    decimals = len(text.partition(".")[2])
    written = Statistic(
        value=Decimal(text), text=text, start=0, end=len(text), decimals=decimals, measure=measure, operator=operator, unit=unit
    )
    (found,) = read_statistics(f"The {measure} {written.printed}.")
    assert (found.value, found.decimals, found.measure, found.operator, found.unit) == (written.value, decimals, measure, operator, unit)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.sampled_from([Measure.HAZARD_RATIO, Measure.ODDS_RATIO, Measure.RISK_RATIO, Measure.RATE_RATIO, Measure.DIFFERENCE]),
    st.lists(st.decimals(min_value="-9.99", max_value="99.99", places=2), min_size=3, max_size=3),
    st.sampled_from([("(95% CI {} to {})", "-"), ("[95% CI, {}, {}]", "-"), ("(95% CI {}–{})", "−"), ("(90% CI, {}; {})", "-")]),
)
def test_a_printed_interval_is_read_as_itself(measure, values, form):
    point, lower, upper = values
    written = form[0].format(*(str(one).replace("-", form[1]) for one in (lower, upper)))
    found = [one for one in read_statistics(f"{measure} {point} {written}") if one.role is not Role.LEVEL]
    assert [(one.value, one.role) for one in found] == [(point, Role.POINT), (lower, Role.LOWER), (upper, Role.UPPER)]
    assert {one.group for one in found} == {found[0].start}


HOSTILE = [
    "1(-", "0.5 ", "[1,", "95% CI ", "p<0.0", "1-2-", "not ", "hazard ratio ", "1,111,111", "1", "-", "(", "NR to ", "mean (SD) ",
    "HR (95% CI) 0.5 ", "one hundred and ", "x10^6", "per 100 ", "± 5 ", "0.5.3", "12/", "grade 3 or ", "2019 and ", "by 45% ",
    "0,5", " (5", "5 to ", "[1-", "risk of death by ",
]  # fmt: skip


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hundred_kilobytes_of_hostile_text_are_read_in_linear_time(piece):
    text = piece * (100_000 // len(piece))
    assert all(text[one.start : one.end] == one.text for one in read_statistics(text))


def test_a_spread_named_once_names_those_that_follow():
    found = read("improved from 39·2 (SD 20·9) to 58·8 (27·2)")
    assert [one[1] for one in found] == [Measure.NONE, Measure.SD, Measure.NONE, Measure.SD]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("By day 90, 71 patients had died.", ["day", "person"]),
        ("Grade 3 or 4 adverse events occurred.", ["grade", "grade"]),
        ("At weeks 4 and 8 patients were assessed.", ["week", "week"]),
        ("The rate ratio for 8 mg versus glargine was 0.38.", ["mg", ""]),
    ],
)
def test_a_list_of_names_ends_where_people_are_counted(text, units):
    assert [one.unit for one in read_statistics(text)] == units

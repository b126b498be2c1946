"""The sums of trial reports, each over everything that its printed numbers may stand for."""

import math
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from journal_club.statistics.arithmetic import (
    Range,
    exceeds,
    geometric_middle,
    implied_interval,
    implied_p,
    percentage,
    printed,
    totals_of,
)


def number(text: str) -> Range:
    return printed(Decimal(text), len(text.partition(".")[2]))


def test_the_p_value_that_rounding_allows_for_a_hazard_ratio() -> None:
    implied = implied_p(number("0.55"), number("0.39"), number("0.79"), level=95, ratio=True)
    assert implied is not None
    assert (round(implied.low, 4), round(implied.high, 4)) == (0.0005, 0.0015)
    assert implied.holds(0.0009)
    assert not implied.holds(0.0003)


def test_the_worked_example_of_altman_and_bland() -> None:
    """BMJ 2011;343:d2304: a risk ratio of 0.81 (0.70 to 0.94) has P = 0.005."""
    implied = implied_p(number("0.81"), number("0.70"), number("0.94"), level=95, ratio=True)
    assert implied is not None
    assert implied.holds(0.005)
    back = implied_interval(0.81, 0.005, level=95, ratio=True)
    assert back is not None
    assert (round(back.low, 2), round(back.high, 2)) == (0.70, 0.94)


@given(st.floats(-2, 2), st.floats(0.02, 1), st.sampled_from((90.0, 95.0, 99.0)), st.booleans())
def test_a_p_value_and_its_interval_imply_each_other(estimate: float, error: float, level: float, ratio: bool) -> None:
    assume(0.05 < abs(estimate) / error < 6)
    quantile = {90.0: 1.644854, 95.0: 1.959964, 99.0: 2.575829}[level]
    ends = [estimate - quantile * error, estimate + quantile * error]
    point, low, high = (math.exp(one) if ratio else one for one in (estimate, *ends))
    implied = implied_p(Range(low=point, high=point), Range(low=low, high=low), Range(low=high, high=high), level=level, ratio=ratio)
    assert implied is not None
    expected = math.erfc(abs(estimate) / error / math.sqrt(2))
    assert implied.low == pytest.approx(expected, rel=1e-3)
    back = implied_interval(point, expected, level=level, ratio=ratio)
    assert back is not None
    assert [back.low, back.high] == pytest.approx([low, high], rel=1e-3, abs=1e-6)


@given(st.decimals(0, 1000, places=2), st.integers(0, 2))
def test_a_number_lies_within_what_its_rounding_stands_for(value: Decimal, decimals: int) -> None:
    shown = round(value, decimals)
    assert printed(shown, decimals).holds(float(value))


@pytest.mark.parametrize(("lower", "upper"), [("0.79", "0.39"), ("-0.2", "0.3")])
def test_numbers_that_make_no_interval_imply_nothing(lower: str, upper: str) -> None:
    wide = implied_p(number("0.55"), number(lower), number(upper), level=95, ratio=True)
    assert wide is None or wide.high == pytest.approx(1.0, abs=0.4)


def test_the_middle_of_an_interval_on_the_logarithmic_scale() -> None:
    middle = geometric_middle(number("0.39"), number("0.79"))
    assert middle is not None
    assert middle.holds(0.55)
    assert not middle.holds(0.59)
    assert geometric_middle(number("-1"), number("2")) is None


def test_rounding_leaves_open_what_touches() -> None:
    assert exceeds(number("0.8"), number("0.6")) is True
    assert exceeds(number("0.6"), number("0.8")) is False
    assert exceeds(number("0.80"), number("0.8")) is None


@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 1))
def test_the_denominators_of_a_rounded_percentage_hold_the_true_one(part: int, rest: int, decimals: int) -> None:
    whole = part + rest
    shown = round(Decimal(100 * part) / whole, decimals)
    assume(shown > 0)
    allowed = totals_of(Decimal(part), printed(shown, decimals))
    assert allowed is not None
    assert allowed.holds(whole)
    assert percentage(Decimal(part), Decimal(whole)) == pytest.approx(100 * part / whole)

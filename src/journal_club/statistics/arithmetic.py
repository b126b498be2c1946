"""Arithmetic: what the numbers of one result owe one another.

Owns the sums of trial reports, each over the whole range of values that its printed numbers may stand for: a number printed as 0.55 is
anything from 0.545 to 0.555, so that what is refuted here is refuted whatever was rounded away. It reads no text and judges no claim.

Sources: Altman and Bland, "How to obtain the P value from a confidence interval", BMJ 2011;343:d2304, and "How to obtain the confidence
interval from a P value", BMJ 2011;343:d2090; Brown and Heathers, "The GRIM test", Soc Psychol Personal Sci 2017;8:363 (a rounded
percentage and its denominator); Piaggio et al., CONSORT for noninferiority trials, JAMA 2012;308:2594.
"""

import math
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist

__all__ = [
    "Range",
    "exceeds",
    "geometric_middle",
    "implied_interval",
    "implied_p",
    "percentage",
    "printed",
    "totals_of",
]

_NORMAL = NormalDist()
_SMALLEST = 1e-300
_SLACK = 1e-9
"""Of floating point, so that a bound that touches is not missed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """The values from `low` to `high`, both included."""

    low: float
    high: float

    def meets(self, other: "Range") -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high + _SLACK * max(1.0, abs(other.high)) and other.low <= self.high + _SLACK * max(1.0, abs(self.high))

    def holds(self, value: float) -> bool:
        """Whether the value lies within."""
        return self.meets(Range(low=value, high=value))


def printed(value: Decimal, decimals: int) -> Range:
    """The values that a number printed with so many decimals may stand for: half a unit of the last place either way."""
    half = Decimal(5).scaleb(-decimals - 1)
    return Range(low=float(value - half), high=float(value + half))


def implied_p(point: Range, lower: Range, upper: Range, *, level: float, ratio: bool) -> Range | None:
    """The two-sided p-values that an estimate and its interval allow, by the normal approximation (Altman and Bland, d2304).

    Args:
        point: the estimate.
        lower: bound of its interval; `upper` likewise.
        upper: see `lower`.
        level: of the interval, in per cent.
        ratio: whether the scale is logarithmic and the null 1, else linear and 0.

    Returns:
        None where the numbers make no interval: a bound of a ratio at or below 0, or bounds that cross.
    """
    scaled = [_scaled(one, ratio=ratio) for one in (point, lower, upper)]
    if None in scaled:
        return None
    estimate, low, high = (one for one in scaled if one is not None)
    width = _positive_difference(high, low)
    if width is None or not 0 < level < 100:
        return None
    quantile = _NORMAL.inv_cdf(0.5 + level / 200)
    nearest, farthest = _distance_from_null(estimate)
    return Range(low=_two_sided(farthest * 2 * quantile / width.low), high=_two_sided(nearest * 2 * quantile / width.high))


def implied_interval(point: float, p: float, *, level: float, ratio: bool) -> Range | None:
    """The interval that an estimate and its two-sided p-value imply, by the normal approximation (Altman and Bland, d2090).

    Returns:
        None for a p outside (0, 1), or an estimate that is the null itself or, for a ratio, not positive.
    """
    if not 0 < p < 1 or (ratio and point <= 0):
        return None
    estimate = math.log(point) if ratio else point
    if not estimate:
        return None
    half = abs(estimate) / _NORMAL.inv_cdf(1 - p / 2) * _NORMAL.inv_cdf(0.5 + level / 200)
    bounds = (estimate - half, estimate + half)
    return Range(low=math.exp(bounds[0]), high=math.exp(bounds[1])) if ratio else Range(low=bounds[0], high=bounds[1])


def geometric_middle(lower: Range, upper: Range) -> Range | None:
    """Where the estimate of a ratio lies whose interval is symmetric on the logarithmic scale; None for bounds that are not positive."""
    if lower.low <= 0 or upper.low <= 0:
        return None
    return Range(low=math.sqrt(lower.low * upper.low), high=math.sqrt(lower.high * upper.high))


def exceeds(one: Range, other: Range) -> bool | None:
    """Whether every value of one is above every value of the other; None where rounding leaves it open."""
    if one.low > other.high + _SLACK:
        return True
    return False if one.high < other.low - _SLACK else None


def percentage(part: Decimal, whole: Decimal) -> float:
    """`part` of `whole` in per cent.

    Raises:
        ZeroDivisionError: the whole is 0.
    """
    return 100 * float(part) / float(whole)


def totals_of(part: Decimal, percent: Range) -> Range | None:
    """The denominators that a count and its rounded percentage allow (Brown and Heathers); None for a percentage that may be 0."""
    if percent.low <= 0 or part <= 0:
        return None
    return Range(low=math.ceil(100 * float(part) / percent.high - _SLACK), high=math.floor(100 * float(part) / percent.low + _SLACK))


def _scaled(one: Range, *, ratio: bool) -> Range | None:
    if not ratio:
        return one
    if one.high <= 0:
        return None
    return Range(low=math.log(max(one.low, _SMALLEST)), high=math.log(one.high))


def _positive_difference(high: Range, low: Range) -> Range | None:
    """The widths that two bounds allow; None where they cross."""
    widest = high.high - low.low
    return None if widest <= 0 else Range(low=max(high.low - low.high, _SLACK), high=widest)


def _distance_from_null(estimate: Range) -> tuple[float, float]:
    ends = (abs(estimate.low), abs(estimate.high))
    return (0.0 if estimate.low <= 0 <= estimate.high else min(ends)), max(ends)


def _two_sided(z: float) -> float:
    return math.erfc(z / math.sqrt(2))

"""Axis: the logarithmic axis that the forest's rows are drawn on.

Owns where a ratio stands between 0 and 100, which ticks there are, and what is cut off. It draws nothing.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Axis", "Tick", "axis_of"]

_STEPS = tuple(step * 10.0**power for power in range(-4, 5) for step in (1, 2, 5))
_WIDE = (0.1, 10.0)
"""How far intervals alone may stretch the axis: one of 0.001 to 300 would press all others to a point."""
_LEAST = (0.5, 2.0)
_MOST_TICKS = 8
_DIGITS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """A labelled place of the axis."""

    label: str
    x: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """A logarithmic axis from `low` (x = 0) to `high` (x = 100)."""

    low: float
    high: float

    def x(self, ratio: float) -> float:
        """Where a ratio stands, 0 to 100; at the end if it lies beyond."""
        within = min(max(ratio, self.low), self.high)
        return round(100 * math.log(within / self.low) / math.log(self.high / self.low), _DIGITS)

    def cuts(self, ratio: float) -> bool:
        """Whether a ratio lies beyond the axis."""
        return not self.low <= ratio <= self.high

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The ticks in order, one of them at 1."""
        steps = [step for step in _STEPS if not self.cuts(_tidy(step))]
        if len(steps) > _MOST_TICKS:
            steps = [step for step in steps if math.log10(step).is_integer()]
        return tuple(Tick(label=f"{_tidy(step):g}", x=self.x(_tidy(step))) for step in steps)


def axis_of(values: Iterable[float], bounds: Iterable[float]) -> Axis:
    """The axis that holds every value, the bounds as far as sensible, and 1 always inside.

    Args:
        values: the estimates, all greater than 0.
        bounds: the ends of their intervals.
    """
    known, ends = list(values), list(bounds)
    low = min([*known, _LEAST[0], *(max(end, _WIDE[0]) for end in ends)])
    high = max([*known, _LEAST[1], *(min(end, _WIDE[1]) for end in ends)])
    below = [step for step in _STEPS if _tidy(step) <= low]
    above = [step for step in _STEPS if _tidy(step) >= high]
    return Axis(low=_tidy(below[-1]) if below else low, high=_tidy(above[0]) if above else high)


def _tidy(step: float) -> float:
    """Without what binary fractions add: 0.2, not 0.20000000000000001."""
    return float(f"{step:.6g}")

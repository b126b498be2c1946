"""Conversion: what a value in one unit is in another.

Owns which units may be compared at all, and leaves the arithmetic to `pint` (a year has 12 months and 365.25 days there). pint is loaded
when two different units of one kind first meet, never at start.
"""

from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Any

__all__ = ["convert"]

_KINDS = (
    {"year", "month", "week", "day", "hour", "minute", "second"},
    {"mg", "µg", "g", "kg", "ng"},
    {"ml", "l"},
    {"mm", "cm", "m", "km"},
    {"mmol", "nmol", "pmol"},
    {"kcal", "kj"},
)
_KIND = {unit: number for number, units in enumerate(_KINDS) for unit in units}
_DENOMINATORS = {"d": "day", "h": "hour", "min": "minute", "dl": "deciliter", "m2": "meter**2", "week": "week", "month": "month"}
_SPELLED = {"ml": "milliliter", "l": "liter", "kj": "kilojoule", "kcal": "kilocalorie", "µg": "microgram"}
_DIGITS = 18


def convert(value: Decimal, unit: str, other: str) -> Decimal | None:
    """The value in another unit of the same kind; None when the two do not convert."""
    if unit == other:
        return value
    scale = _scale(unit, other)
    if scale is None:
        return None
    with localcontext() as context:
        context.prec = _DIGITS
        return value * scale


@lru_cache(maxsize=512)
def _scale(unit: str, other: str) -> Decimal | None:
    if _rate_scale(unit, other) is not None:
        return _rate_scale(unit, other)
    (amount, _, per), (target, _, its) = unit.partition("/"), other.partition("/")
    if amount not in _KIND or _KIND[amount] != _KIND.get(target) or bool(per) != bool(its):
        return None
    import pint

    try:
        # `non_int_type` makes it exact: 33.6 months are 2.8 years.
        scale = _registry().Quantity(Decimal(1), _spelled(amount, per)).to(_spelled(target, its)).magnitude
    except pint.DimensionalityError:
        return None
    return Decimal(scale)


def _rate_scale(unit: str, other: str) -> Decimal | None:
    """Between "per 100 person-year" and "per 1000 person-year"."""
    one, two = unit.split(), other.split()
    if len(one) < 2 or len(two) < 2 or (one[0], two[0]) != ("per", "per") or one[-1] != two[-1]:
        return None
    return Decimal(two[1] if len(two) == 3 else 1) / Decimal(one[1] if len(one) == 3 else 1)


def _spelled(amount: str, per: str) -> str:
    spelled = _SPELLED.get(amount, amount)
    return f"{spelled}/({_DENOMINATORS.get(per, _SPELLED.get(per, per))})" if per else spelled


@lru_cache(maxsize=1)
def _registry() -> Any:  # noqa: ANN401 - pint's registry builds its own class
    import pint

    return pint.UnitRegistry(non_int_type=Decimal)

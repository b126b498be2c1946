"""Ownership: which arm and which outcome of a sentence a number belongs to.

Owns the question as a whole: "11% in X and 14% in Y", "X (11%) versus Y (14%)", "11% and 14% in X and Y, respectively". It is given the
places of arms, outcomes and numbers, and knows neither what they are called nor what was measured; a number that compares two arms is not
to be given. What no rule decides stays without an owner.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from journal_club.statistics.arm_ownership import arms_of
from journal_club.statistics.layout import Layout, Span
from journal_club.statistics.outcome_ownership import outcomes_of

__all__ = ["Owner", "owners"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Owner:
    """What a number belongs to; `outcomes` has the outcome first and what qualifies it, such as its time, after."""

    arm: Span | None = None
    outcomes: tuple[Span, ...] = ()


def owners(text: str, arms: Sequence[Span], outcomes: Sequence[Span], numbers: Sequence[Span]) -> tuple[Owner, ...]:
    """The owner of every number of a sentence, in their order.

    Args:
        text: the sentence.
        arms: the places that name an arm, in order; those of one arm may share a name.
        outcomes: the places that name an outcome or a time, in order.
        numbers: the places of the numbers, each with its unit, interval and spread, in order.
    """
    layout = Layout(text, arms, outcomes, numbers)
    return tuple(Owner(arm=arm, outcomes=found) for arm, found in zip(arms_of(layout), outcomes_of(layout), strict=True))

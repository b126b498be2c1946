"""Kinds: the table of all mutations and controls, each with what is expected of it.

Owns the names, the targets and which share is meant: of a harmful kind the share that is caught, of a control that of false alarms.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from journal_club.evaluation.perturbation import harmless_forms, harmless_wording, wrong_numbers, wrong_words
from journal_club.evaluation.perturbation.sample import Sample

__all__ = ["KINDS", "Kind"]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One way of changing a sentence; `target` is the least share caught, or of a control the largest share of false alarms."""

    name: str
    harmful: bool
    target: float
    change: Callable[[Sample, Random], str | None]

    def is_reached(self, share: float) -> bool:
        """Whether a measured share is as good as the target."""
        return share >= self.target if self.harmful else share <= self.target


def _harmful(name: str, target: float, change: Callable[[Sample, Random], str | None]) -> Kind:
    return Kind(name=name, harmful=True, target=target, change=change)


def _control(name: str, target: float, change: Callable[[Sample, Random], str | None]) -> Kind:
    return Kind(name=name, harmful=False, target=target, change=change)


KINDS = (
    _harmful("wrong value, 1 or more", 0.98, wrong_numbers.large_value_changed),
    _harmful("wrong value, between 0 and 1", 0.98, wrong_numbers.small_value_changed),
    _harmful("decimal shift", 0.98, wrong_numbers.decimal_shifted),
    _harmful("two numbers swapped", 0.95, wrong_numbers.numbers_swapped),
    _harmful("CI bounds swapped", 0.95, wrong_numbers.bounds_swapped),
    _harmful("CI bounds of another row", 0.95, wrong_numbers.bounds_of_another_row),
    _harmful("p operator flipped", 0.95, wrong_numbers.operator_flipped),
    _harmful("arms swapped", 0.90, wrong_words.arms_swapped),
    _harmful("direction flipped", 0.90, wrong_words.direction_flipped),
    _harmful("significance flipped", 0.90, wrong_words.significance_flipped),
    _harmful("endpoint exchanged", 0.90, wrong_words.endpoint_exchanged),
    _harmful("unit changed", 0.90, wrong_numbers.unit_changed),
    _harmful("negation inserted", 0.90, wrong_words.negation_inserted),
    _harmful("% reduction that does not follow", 0.90, wrong_numbers.reduction_invented),
    _harmful("design word exchanged", 0.90, wrong_words.design_exchanged),
    _control("unchanged", 0.005, harmless_wording.unchanged),
    _control("reformatted", 0.02, harmless_forms.reformatted),
    _control("reordered", 0.02, harmless_wording.reordered),
    _control("converted", 0.02, harmless_forms.converted),
    _control("rounded", 0.02, harmless_forms.rounded),
    _control("other voice", 0.02, harmless_wording.in_other_voice),
    _control("stop word dropped", 0.02, harmless_wording.stop_word_dropped),
    _control("part of the sentence", 0.02, harmless_wording.part_only),
)

"""Ownership measured: which arm and which outcome a number belongs to, on sentences whose places are given.

Owns the reading of the RCT-ART rows (`text`, `spans` labelled INTV, OC and MEAS, `relations` A1_RES, A2_RES and OC_RES between the words
of a head and a child) and the counts. A relation counts once a row, by its words, as the rows give it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journal_club.statistics.layout import Span
from journal_club.statistics.ownership import owners

__all__ = ["Counts", "Ownership", "measure_ownership"]

Pairs = set[tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """What was found and what was there: relations that are right, found but wrong, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of the found relations that are right; 1 when none was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the given relations that were found; 1 when none was given."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 when both are."""
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else 0.0

    def plus(self, found: Pairs, given: Pairs) -> "Counts":
        """These counts and those of one more row."""
        return Counts(right=self.right + len(found & given), wrong=self.wrong + len(found - given), missed=self.missed + len(given - found))


@dataclass(frozen=True, kw_only=True, slots=True)
class Ownership:
    """The counts for arm -> number and for outcome -> number."""

    arms: Counts
    outcomes: Counts


def measure_ownership(path: Path) -> Ownership:
    """Measure on a file of rows, one JSON object a line.

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is no such row.
    """
    arms, outcomes = Counts(), Counts()
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        found_arms, found_outcomes = _found(row)
        arms = arms.plus(found_arms, _given(row, {"A1_RES", "A2_RES"}))
        outcomes = outcomes.plus(found_outcomes, _given(row, {"OC_RES"}))
    return Ownership(arms=arms, outcomes=outcomes)


def _given(row: Mapping[str, Any], labels: set[str]) -> Pairs:
    return {(one["child"], one["head"]) for one in row["relations"] if one["label"] in labels}


def _found(row: Mapping[str, Any]) -> tuple[Pairs, Pairs]:
    text: str = row["text"]
    numbers = _spans(row, "MEAS")
    arms: Pairs = set()
    outcomes: Pairs = set()
    for number, owner in zip(numbers, owners(text, _spans(row, "INTV"), _spans(row, "OC"), numbers), strict=True):
        arms |= _named(text, number, [owner.arm] if owner.arm else [])
        outcomes |= _named(text, number, owner.outcomes)
    return arms, outcomes


def _named(text: str, number: Span, owning: Iterable[Span]) -> Pairs:
    return {(text[number.start : number.end], text[one.start : one.end]) for one in owning}


def _spans(row: Mapping[str, Any], label: str) -> list[Span]:
    found = [Span(one["start"], one["end"]) for one in row["spans"] if one["label"] == label]
    return sorted(found, key=lambda span: span.start)

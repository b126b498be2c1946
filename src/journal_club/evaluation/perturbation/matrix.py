"""Matrix: what verification made of every kind of change.

Owns the counting and its tables. A harmful statement is caught when its verdict is none of "supported" and "derived"; a control is a false
alarm then. What was "not understood" or held no claim counts as caught, and its share is told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from journal_club.answering.verification.verifier import Verifier, verifier_of
from journal_club.evaluation.interval import wilson
from journal_club.evaluation.perturbation.digits import digits
from journal_club.evaluation.perturbation.instance import Instance
from journal_club.evaluation.perturbation.kinds import KINDS, Kind
from journal_club.evaluation.perturbation.sample import Sample
from journal_club.evaluation.section import Section, table

__all__ = ["Outcome", "Understanding", "matrix", "outcomes"]

PASSED = frozenset({"supported", "derived"})
HELD_BACK = 1
_HEADS = ("kind", "share meant", "target", "n", "share", "95 % interval", "reached", "held-back n", "held-back share", "reached")
UNDERSTOOD = 0.97
"""Least share of statements with a statistic whose verdict is another than "not understood"."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """An instance and its verdict."""

    instance: Instance
    verdict: str
    reason: str

    @property
    def counts(self) -> bool:
        """Whether it is counted in its kind's share: a harmful one when it was caught, a control when it was refused."""
        return self.verdict not in PASSED


def outcomes(instances: Iterable[Instance]) -> Iterator[Outcome]:
    """Verify every instance against its own passage, which is read once for all statements on it."""
    known: tuple[Sample, Verifier] | None = None
    for instance in instances:
        if known is None or known[0] is not instance.sample:
            known = instance.sample, verifier_of([instance.sample.window])
        found = known[1].verify_text(instance.statement)
        yield Outcome(instance=instance, verdict=found.verdict, reason=found.reason)


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """Of the statements that hold a number: how many, and how many were not understood or held no claim."""

    of: int
    not_understood: int
    no_claim: int

    @classmethod
    def of_outcomes(cls, found: Iterable[Outcome]) -> "Understanding":
        """Count."""
        verdicts = [one.verdict for one in found if digits(one.instance.statement)]
        return cls(of=len(verdicts), not_understood=verdicts.count("not_understood"), no_claim=verdicts.count("no_claim"))

    @property
    def share(self) -> float:
        """The share that got another verdict than "not understood"."""
        return 1 - self.not_understood / self.of if self.of else 1.0


def matrix(name: str, found: Sequence[Outcome]) -> Section:
    """The matrix of one data folder, with all its trials and with the odd ones, which are reported apart."""
    rows = [_row(kind, [one for one in found if one.instance.kind is kind]) for kind in KINDS]
    understood = Understanding.of_outcomes(found)
    return Section(
        title=name,
        lines=(
            *table(
                ("kind", "share meant", "target", "n", "share", "95 % interval", "reached", "held-back n", "held-back share", "reached"),
                rows,
            ),
            "",
            f"Statements with a number: {understood.of}; not understood {understood.not_understood}, no claim {understood.no_claim}.",
            f"Share with another verdict than not understood {understood.share:.1%} (target >= {UNDERSTOOD:.0%}).",
        ),
    )


def _row(kind: Kind, found: Sequence[Outcome]) -> Sequence[str]:
    held_back = [one for one in found if one.instance.sample.half == HELD_BACK]
    target = f"{'>=' if kind.harmful else '<='} {100 * kind.target:g} %"
    return kind.name, "caught" if kind.harmful else "false alarms", target, *_shares(kind, found), *_held_back(kind, held_back)


def _shares(kind: Kind, found: Sequence[Outcome]) -> tuple[str, str, str, str]:
    hits = sum(one.counts for one in found)
    if not found:
        return "0", "-", "-", "-"
    low, high = wilson(hits, len(found))
    return str(len(found)), f"{hits / len(found):.1%}", f"{low:.1%} to {high:.1%}", _reached(kind, hits / len(found))


def _held_back(kind: Kind, found: Sequence[Outcome]) -> tuple[str, str, str]:
    number, share, _, reached = _shares(kind, found)
    return number, share, reached


def _reached(kind: Kind, share: float) -> str:
    return "yes" if kind.is_reached(share) else "**no**"

"""Worst: of the verdicts on the sentences of one text, the one that counts."""

from collections.abc import Iterable

from journal_club.answering.verification.verifier import Verification

__all__ = ["worst"]

_ORDER = ("contradicted", "not_found", "not_understood", "derived", "supported", "no_claim")


def worst(found: Iterable[Verification]) -> tuple[str, str]:
    """The worst verdict and its reason."""
    one = min(found, key=lambda verification: _ORDER.index(verification.verdict))
    return one.verdict, one.reason

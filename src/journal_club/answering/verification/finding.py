"""Finding: what one rule found about one statement.

Owns the noun `Finding` and its two makers. The rules themselves are `rules`' and `clause_rules`'.
"""

from dataclasses import dataclass

from journal_club.answering.answer import Check

__all__ = ["Finding", "failed", "passed"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A check, the reason of its failure, and whether the source says the opposite rather than nothing."""

    check: Check
    reason: str = ""
    contradicts: bool = False


def passed(kind: str, claimed: str, found: str, rule: str) -> Finding:
    """A check that passed."""
    return Finding(check=Check(kind=kind, claimed=claimed, found=found, rule=rule, passed=True))


def failed(kind: str, claimed: str, found: str, rule: str, reason: str, *, contradicts: bool = False) -> Finding:
    """A check that failed."""
    return Finding(check=Check(kind=kind, claimed=claimed, found=found, rule=rule, passed=False), reason=reason, contradicts=contradicts)

"""Role rules: what a statement owes to its sources in who does what, who is in, and what goes together.

Owns the rule `roles` for the statement as a whole; how the words are read is `roles`' and `membership`'s.
"""

from collections.abc import Iterator

from journal_club.answering.verification.claim import Claim
from journal_club.answering.verification.comparisons import turned_round
from journal_club.answering.verification.crossing import crossed
from journal_club.answering.verification.finding import Finding, failed
from journal_club.answering.verification.membership import only_one, other_meaning, turned_exception, turned_membership
from journal_club.answering.verification.negation import denied_by
from journal_club.answering.verification.roles import against_numbers, mixed_list, other_agent, swapped_order, wrong_side
from journal_club.answering.verification.source import Sources
from journal_club.answering.verification.support import Carriage

__all__ = ["roles"]


def roles(claim: Claim, carriage: Carriage, sources: Sources) -> Iterator[Finding]:
    """Who does it, whose it is, what comes first and what goes together are as in a sentence that carries the statement."""
    for source in carriage.support:
        text = source.excerpt.text
        arms = sources.arms.mentions(text)
        if side := wrong_side(claim.text, claim.turns, claim.arms, text, source.turns, arms):
            reason = f"the cited text says it of the other side than “{side}”"
            yield failed("direction", side, text, "direction of its own side", reason, contradicts=True)
        way, numbers = against_numbers(claim.statistics, claim.turns, claim.text, claim.arms, source.plain_statistics, source.turns, text)
        if way:
            yield failed("direction", way, numbers, "direction of the numbers", f"it says “{way}” of {numbers}", contradicts=True)
        for rule, found in (
            ("done by the same", other_agent(claim.text, text)),
            ("in the same order", swapped_order(claim.text, text)),
            ("named together", mixed_list(claim.text, text)),
            ("let in or left out", turned_membership(claim.text, text)),
            ("included or excepted", turned_exception(claim.text, text)),
            ("in its own clause", crossed(claim.text, text)),
            ("all or one", only_one(claim.text, text)),
            ("stands for the same", other_meaning(claim.text, sources.names)),
            ("compared the same way round", turned_round(claim.text, text)),
            ("said and not denied", denied_by(claim.text, text)),
        ):
            if found:
                reason = f"the cited text has “{found[1]}”, not “{found[0]}”"
                yield failed("wording", found[0], found[1], rule, reason, contradicts=True)

"""Support: which of the cited sentences carry a claim.

Owns the choice of the fewest sentences that hold its numbers and words, and what of the claim's numbers each holds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from journal_club.answering.verification.alignment import Exchange, exchanges, likeness
from journal_club.answering.verification.claim import Claim
from journal_club.answering.verification.granted import granted
from journal_club.answering.verification.source import Source, Sources
from journal_club.answering.verification.wording import carried
from journal_club.paper.model import Origin
from journal_club.statistics.arms import Arm
from journal_club.statistics.matching import Match, Sourced, match_statistics
from journal_club.statistics.statistic import Measure
from journal_club.statistics.wholes import COMPLEMENTS, SUM

__all__ = ["Carriage", "carry"]

_COMPARES = re.compile(r"\b(?:than|versus|vs\.?|compared (?:with|to)|relative to|over)\b", re.IGNORECASE)
_COMPARED_FIRST = re.compile(r"\W*(?:as |when )?(?:compared (?:with|to)|relative to|in comparison (?:with|to)|versus)\b", re.IGNORECASE)
_COUNT_WITH_SHARE = re.compile(r"[\d,]+(?: (?:of|/) [\d,]+)?(?: [A-Za-z]+){0,2} \((?P<share>[\d.]+)")
_MOST = 4
_LEAST_GAIN = 0.12
_FIRST_READ = 8
"""Sentences, the nearest; when they hold all numbers of a statement the others need not be read."""
_LIKEST = 3


@dataclass(frozen=True, kw_only=True)
class Carriage:
    """The sentences that carry a claim, best first, among all that it cites.

    Attributes:
        likest: the cited sentence that has most of the claim's words; None when nothing is cited.
        exchanged: what the claim exchanged in a sentence that it otherwise repeats.
        swapped: whether the claim names the arms in the other order than the sentence that carries it.
    """

    cited: tuple[Source, ...]
    support: tuple[Source, ...]
    matches: tuple[Match, ...]
    likest: Source | None
    exchanged: tuple[Exchange, ...]
    swapped: bool

    @cached_property
    def other_side(self) -> bool:
        """Whether the claim counts those whom its source does not: what one denies, the other then says."""
        return any(match.rule in COMPLEMENTS for match in self.matches)

    @cached_property
    def counting(self) -> tuple[Source, ...]:
        """The cited sentences that its numbers stand in or follow from."""
        places = dict.fromkeys(match.found.sentence for match in self.matches if match.found is not None)
        return tuple(self.cited[place] for place in places)

    @cached_property
    def told(self) -> str:
        """What the sentences that carry it say, and the sums by which its numbers follow from theirs."""
        sums = (match.reason for match in self.matches if match.verdict == "derived")
        return "\n".join([*(source.excerpt.text for source in self.support), *sums])

    @cached_property
    def cited_text(self) -> str:
        """All that is cited, as one text."""
        return "\n".join(source.excerpt.text for source in self.cited)

    @cached_property
    def cited_stems(self) -> frozenset[str]:
        """The words of all that is cited, headings included."""
        return frozenset(stem for source in self.cited for stem in source.stems | source.around)

    @cached_property
    def support_stems(self) -> frozenset[str]:
        """The words of what carries the claim, headings included."""
        return frozenset(stem for source in self.support for stem in source.stems | source.around)


def carry(claim: Claim, cited: Sequence[Source], sources: Sources) -> Carriage:
    """Match the claim's numbers with all that it cites, then choose the fewest sentences that hold what it says.

    The sentences that share most words come first: a number that stands in several is that of the nearest.
    """
    nearest = sorted(range(len(cited)), key=lambda place: -sum(stem in cited[place].stems for stem in claim.stems))
    matches = _matches(claim, cited, nearest[:_FIRST_READ])
    if any(match.verdict != "supported" for match in matches):
        matches = _matches(claim, cited, nearest)
    needed = dict.fromkeys(
        match.found.sentence for match in matches if match.found is not None and match.verdict in ("supported", "derived")
    )
    support = _with_words(claim, [cited[place] for place in needed], cited, sources, granted(claim, matches))
    likest = max((cited[place] for place in nearest[:_LIKEST]), key=lambda source: likeness(claim.tokens, source.tokens), default=None)
    return Carriage(
        cited=tuple(cited),
        support=tuple(support),
        matches=matches,
        likest=likest,
        exchanged=() if likest is None else _exchanged(claim, likest, matches),
        swapped=_swapped(claim, support),
    )


def _matches(claim: Claim, cited: Sequence[Source], places: Sequence[int]) -> tuple[Match, ...]:
    if not claim.statistics:
        return ()
    evidence = [Sourced(statistic=statistic, sentence=place) for place in places for statistic in cited[place].statistics]
    return match_statistics(claim.statistics, evidence)


def _with_words(claim: Claim, chosen: list[Source], cited: Sequence[Source], sources: Sources, given: frozenset[str]) -> list[Source]:
    """Add, one at a time, the sentence that carries most of the words not yet carried."""
    total = sum(map(sources.weights, claim.stems)) or 1.0
    rest = [source for source in cited if source not in chosen and not _is_of_another(source, claim, chosen)]
    while rest and len(chosen) < _MOST:
        have = given.union(*(source.stems | source.around for source in chosen))
        open_words = [stem for stem in claim.stems if not carried(stem, have)]
        gains = [sum(sources.weights(stem) for stem in open_words if carried(stem, source.stems)) / total for source in rest]
        best = max(range(len(rest)), key=gains.__getitem__)
        if gains[best] < _LEAST_GAIN:
            break
        chosen.append(rest.pop(best))
    return chosen


def _is_of_another(source: Source, claim: Claim, chosen: Sequence[Source]) -> bool:
    """Whether it is another trial's row, which carries nothing of a claim that this trial's sentence holds and that does not name it."""
    own = any(one.passage.origin is not Origin.RELATED_TRIAL for one in chosen)
    name = (source.trial.split() or [""])[0].casefold()
    return own and source.passage.origin is Origin.RELATED_TRIAL and (not name or name not in claim.text.casefold())


def _exchanged(claim: Claim, repeated: Source, matches: Sequence[Match]) -> tuple[Exchange, ...]:
    """Exchanges against the sentence that is repeated, less what follows by named arithmetic."""
    derived = {(match.claim.start, match.found.statistic.text) for match in matches if match.found is not None and _is_restated(match)}
    return tuple(
        one
        for one in exchanges(claim.tokens, repeated.tokens)
        if (one.start, one.found.partition(" ")[0]) not in derived
        and not (one.kind == "number" and _is_share_of(one, repeated.excerpt.text))
    )


def _is_share_of(one: Exchange, source: str) -> bool:
    """Whether the source gives the claimed number right behind the other, as its share: "61 of 1,609 patients (3.8%)"."""
    count = _COUNT_WITH_SHARE.match(source, one.found_start)
    return count is not None and count["share"] == one.claimed.replace("%", "").strip()


def _is_restated(match: Match) -> bool:
    """Whether the number only restates the source's: rounded, converted, with another operator, a sum, or the part that it leaves."""
    if match.verdict != "derived" or match.found is None:
        return False
    if match.rule in COMPLEMENTS or match.rule == SUM:
        return True
    claim, found = match.claim, match.found.statistic
    return claim.operator is not found.operator or (match.rule == "rounded" and claim.measure is not Measure.P) or claim.unit != found.unit


def _swapped(claim: Claim, support: Sequence[Source]) -> bool:
    if not _COMPARES.search(claim.text):
        return False
    ours = _in_order(claim.text, claim.arms)
    orders = [_in_order(source.excerpt.text, source.named_arms) for source in support]
    return any(ours and theirs and ours[0] != theirs[0] and ours[0] in theirs and theirs[0] in ours for theirs in orders)


def _in_order(text: str, arms: Sequence[Arm]) -> list[str]:
    """The arms of a comparison, what is compared first; "compared with B, A had more" names it last."""
    named = list(dict.fromkeys(arm.name for arm in arms))
    return named[::-1] if _COMPARED_FIRST.match(text) else named

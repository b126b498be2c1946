"""Direction rules: what a statement's words of direction, equality and denial owe to what it cites.

Owns the rule `directions` for the statement as a whole; what a single clause owes its sentence is `clause_rules`'.
"""

import re
from collections.abc import Iterator

from journal_club.answering.verification.claim import Claim
from journal_club.answering.verification.clause_rules import WAYS, WEAK_WAYS
from journal_club.answering.verification.distances import turned_comparison, turned_distance
from journal_club.answering.verification.finding import Finding, failed, passed
from journal_club.answering.verification.negation import mismatch
from journal_club.answering.verification.opposites import flipped
from journal_club.answering.verification.source import Source, Sources
from journal_club.answering.verification.support import Carriage
from journal_club.answering.verification.wording import carried
from journal_club.statistics.statistic import RATIOS, Role

__all__ = ["directions"]

_GROUPS = re.compile(r"\b(?:groups?|arms?|treatments?|regimens?|between)\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:than|versus|vs|compared|relative to|between|differ\w*|unlike|whereas|higher|lower|greater|fewer|more|less|better|worse|"
    r"respectively)\b",
    re.IGNORECASE,
)
_ONE = 1
_TOLD = 0.6
"""Least share of a statement's words in a sentence whose numbers it is held to, though others carry it."""


def _undirected(claim: Claim, carriage: Carriage) -> str:
    """The direction word of a statement whose sources name no direction, no ratio and no two numbers to compare."""
    if any(turn.axis in WAYS for source in carriage.cited for turn in source.turns):
        return ""
    numbers = [one for source in carriage.support for one in source.statistics if one.role is Role.POINT]
    if any(one.measure in RATIOS for one in numbers) or len(numbers) > 1:
        return ""
    return next((turn.text for turn in claim.turns if turn.axis in WAYS and turn.text.casefold() not in WEAK_WAYS), "")


def _equality(claim: Claim, carriage: Carriage) -> bool:
    """Whether the statement says that two things are alike where its source does not."""
    if not any(turn.axis == "equality" and turn.up for turn in claim.turns):
        return False
    return not any(
        (turn.axis == "equality") or (turn.axis == "significance" and not turn.up) for source in carriage.support for turn in source.turns
    )


def _undiffered(claim: Claim, carriage: Carriage) -> str:
    """The word by which groups are said to differ where no sentence that carries it compares any; else empty."""
    said = next((turn.text for turn in claim.turns if turn.axis == "equality" and not turn.up and not turn.moot), "")
    if not said or not _GROUPS.search(claim.text):
        return ""
    return "" if any(_COMPARES.search(source.excerpt.text) or len(source.statistics) > _ONE for source in carriage.support) else said


def _comparing(claim: Claim, carriage: Carriage) -> tuple[Source, ...]:
    """What carries the statement, and what else of the cited sentences has most of its words."""
    told = [source for source in carriage.cited if sum(carried(stem, source.stems) for stem in claim.stems) >= _TOLD * len(claim.stems)]
    return tuple(dict.fromkeys([*carriage.support, *told]))


def _against_two_numbers(claim: Claim, carriage: Carriage) -> Iterator[Finding]:
    """The order that a statement gives two numbers, or two groups by their numbers, is the order of the source's."""
    found = [turned_distance(claim, carriage.matches), *(turned_comparison(claim, one) for one in _comparing(claim, carriage))]
    for wrong in filter(None, found):
        reason = f"it says “{wrong[0]}” where the cited numbers are {wrong[1]}"
        yield failed("direction", *wrong, "direction of the two numbers", reason, contradicts=True)


def directions(claim: Claim, carriage: Carriage, _sources: Sources) -> Iterator[Finding]:
    """No direction is turned round, none is claimed where the source names none, and no denial is added or lost."""
    source = [turn for one in carriage.support for turn in one.turns]
    wrong = flipped(claim.turns, source, swapped=carriage.swapped)
    if wrong is not None:
        found = next((turn.text for turn in source if turn.axis == wrong.axis), source[0].text)
        reason = f"“{'not ' if wrong.negated else ''}{wrong.text}” is the opposite of the cited text's “{found}”"
        yield failed("direction", wrong.text, found, f"direction ({wrong.axis})", reason, contradicts=True)
    elif claim.turns:
        yield passed("direction", ", ".join(turn.text for turn in claim.turns), ", ".join(turn.text for turn in source), "direction")
    if unsupported := _undirected(claim, carriage):
        yield failed("direction", unsupported, "", "direction stands in the source", f"the cited text does not say “{unsupported}”")
    if differing := _undiffered(claim, carriage):
        yield failed(
            "direction", differing, "", "difference stands in the source", f"the cited text does not say that groups “{differing}”"
        )
    if _equality(claim, carriage):
        said = next(turn.text for turn in claim.turns if turn.axis == "equality")
        yield failed("direction", said, "", "equality stands in the source", f"the cited text does not say “{said}”")
    yield from _against_two_numbers(claim, carriage)
    if carriage.other_side:
        return
    negated = mismatch(claim.canonical, " ".join(source.canonical for source in carriage.counting or carriage.support))
    if negated:
        yield failed(
            "direction",
            negated[0],
            negated[1],
            "negation",
            f"it says “{negated[0]}” where the cited text says “{negated[1]}”",
            contradicts=True,
        )

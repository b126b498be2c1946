"""The whole paper: the statistics of all parts of a paper held against one another and against arithmetic.

Owns the order of the rules and that a claim is refuted once. Different endpoints, subgroups, data cuts, arms and rounding are no
discrepancies. The rules are `internal`'s (one result), `counting`'s (one sentence), `comparison`'s (two places) and `claims`' (words),
`arm_sizes`' (events of an arm), and of what no table of endpoints names `retold`'s, `reductions`', `exchanged`'s (arms), `misprints`'
(digits), `durations`' (follow-up) and `undergone`'s (people examined).
"""

from collections.abc import Iterable, Sequence

from journal_club.statistics.arms import CONTROL, Arms
from journal_club.statistics.consistency.arm_sizes import arm_discrepancies
from journal_club.statistics.consistency.claims import claimed_discrepancies
from journal_club.statistics.consistency.comparison import compared, facts_of
from journal_club.statistics.consistency.counting import counting_discrepancies
from journal_club.statistics.consistency.discrepancy import Discrepancy, Place
from journal_club.statistics.consistency.durations import duration_discrepancies
from journal_club.statistics.consistency.exchanged import exchanged_discrepancies
from journal_club.statistics.consistency.internal import internal_discrepancies
from journal_club.statistics.consistency.misprints import misprint_discrepancies
from journal_club.statistics.consistency.reductions import reduction_discrepancies
from journal_club.statistics.consistency.results import Sentence, results_of
from journal_club.statistics.consistency.retold import retold_discrepancies
from journal_club.statistics.consistency.undergone import undergone_discrepancies
from journal_club.statistics.consistency.vocabulary import Vocabulary

__all__ = ["discrepancies"]


def discrepancies(sentences: Sequence[Sentence], arms: Arms) -> tuple[Discrepancy, ...]:
    """Everything that the numbers of a paper refute of one another, in the order of the paper.

    Args:
        sentences: all of them that make claims, with their statistics.
        arms: of the trial, which tell one contrast from another.
    """
    outcome = next((sentence.text for sentence in sentences if sentence.field == "outcome"), "")
    facts = [fact for sentence in sentences for fact in facts_of(results_of(sentence), _contrast(sentence.text, arms), outcome)]
    words = Vocabulary(sentences, arms)
    found = [
        *exchanged_discrepancies(sentences, words),
        *compared(facts),
        *claimed_discrepancies(sentences),
        *arm_discrepancies(sentences),
        *retold_discrepancies(sentences),
    ]
    found += [*reduction_discrepancies(sentences, words), *misprint_discrepancies(sentences, words)]
    found += [*duration_discrepancies(sentences), *undergone_discrepancies(sentences, words)]
    for sentence in sentences:
        found += [*internal_discrepancies(sentence), *counting_discrepancies(sentence)]
    return tuple(sorted(_once(found), key=lambda one: one.places[0].key))


def _contrast(text: str, arms: Arms) -> frozenset[str]:
    return frozenset(arm.name for arm in arms.mentions(text)) - {CONTROL}


def _once(found: Iterable[Discrepancy]) -> list[Discrepancy]:
    """Each refuted claim once, by the first rule that refutes it: those that name two places come first."""
    kept: dict[object, Discrepancy] = {}
    for one in found:
        if any(_holds(other, one) for other in kept.values()):
            continue
        key = one.refuted.key if one.refuted is not None else tuple(place.key for place in one.places)
        kept.setdefault(key, one)
    return list(kept.values())


def _holds(one: Discrepancy, other: Discrepancy) -> bool:
    """Whether every place of another discrepancy lies within a place of this one, which tells it already."""
    return all(any(_lies_in(place, wider) for wider in one.places) for place in other.places if len(one.places) > 1) and len(one.places) > 1


def _lies_in(place: Place, wider: Place) -> bool:
    return place.sentence.number == wider.sentence.number and wider.start <= place.start and place.end <= wider.end

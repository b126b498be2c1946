"""CONSORT: what a report of a trial is asked for whatever it studies: who knew the treatment, who paid, why it was done, what follows.

Owns which sentences give such an item. By which words it is asked for and told is `consort_items`' and `methods_items`'. A question that
asks for more than the item is searched for like any other.
"""

from journal_club.answering.coverage.consort_item import Item
from journal_club.answering.coverage.consort_items import ITEMS
from journal_club.answering.coverage.matter import Matter, Unit
from journal_club.answering.coverage.methods_items import METHODS_ITEMS
from journal_club.answering.coverage.question import QuestionPart
from journal_club.answering.coverage.trial_names import TRIAL_NAME
from journal_club.answering.coverage.vocabulary import stems
from journal_club.paper.model import Origin

__all__ = ["item_of"]

MOST = 2
ALL = (*ITEMS, *METHODS_ITEMS)


def item_of(part: QuestionPart, matter: Matter) -> tuple[Unit, ...]:
    """The sentences that give the item that a part asks for, the best first; empty where it asks for none, or for more."""
    item = next(
        (one for one in (*ITEMS, *METHODS_ITEMS) if one.counted in (None, bool(part.measures)) and one.asked.search(part.text)), None
    )
    if item is None or _asks_more(part, item, matter):
        return ()
    asked = frozenset(stems(part.text))
    told = [unit for unit in matter.units if _may_tell(unit, item) and item.told(unit) and not matter.names_another(unit)]
    worth = {unit: 2 * (item.best.search(unit.text) is not None) + len(asked & unit.own) for unit in told}
    return tuple(sorted(told, key=lambda unit: -worth[unit])[:MOST])


def _may_tell(unit: Unit, item: Item) -> bool:
    return unit.passage.origin is not Origin.RELATED_TRIAL and not (item.nowhere and item.nowhere.search(unit.passage.section))


def _asks_more(part: QuestionPart, item: Item, matter: Matter) -> bool:
    """Whether a part names another trial, or behind the item a thing that the text knows."""
    found = item.asked.search(part.text)
    if found is None or any(matter.is_of_another(name[0]) for name in TRIAL_NAME.finditer(part.text)):
        return True
    start, end = part.start + found.start(), part.start + found.end()
    outside = [phrase for phrase in part.phrases if phrase.end <= start or phrase.start >= end]
    return any(term.telling and not term.plain and matter.has(term) for phrase in outside for term in matter.terms(phrase.text))

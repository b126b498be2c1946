"""Name forms: the stems by which each name of a thing is known, for all names that a paper, its readers or every report equate.

Owns which names stand for one another in one paper. How a text is searched for them is `matter`'s.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from journal_club.answering.abbreviations import ABBREVIATIONS
from journal_club.answering.coverage.vocabulary import matched_stem, same_stems, stems
from journal_club.answering.paraphrases import paraphrases
from journal_club.paper.names import Names
from journal_club.paper.words import STOP_WORDS, words
from journal_club.statistics.arms import CONTROL, Arms

__all__ = ["Form", "form_of", "forms_of", "is_abbreviation"]

Form: TypeAlias = tuple[frozenset[str], ...]
"""A name, word by word: the stems that may stand at each place."""
CLASS_WORDS = frozenset(("event", "events", "outcome", "outcomes", "reaction", "reactions"))
CONTROL_CALLED = frozenset({"controls", "control", "control arm", "control group", "comparator arm", "comparison group", "reference group"})
TESTED_CALLED = frozenset(
    {"study drug", "study medication", "study treatment", "trial drug", "new drug", "new treatment", "active drug", "active treatment"}
    | {"active arm", "active group", "experimental drug", "experimental arm", "intervention arm", "treated group"}
    | {"experimental", "medicine", "medication"}
)
"""What readers call the arms of any trial."""


def forms_of(names: Names, arms: Arms) -> dict[tuple[str, ...], tuple[Form, ...]]:
    """Every name that the paper, its readers or all trial reports equate -> the forms of its group."""
    groups = [(frozenset(group), frozenset(group)) for group in names.groups]
    known = {name for group, _ in groups for name in group}
    groups += [(pair, pair) for short, long in ABBREVIATIONS.items() if not known & (pair := frozenset({short, long}))]
    table: dict[tuple[str, ...], tuple[Form, ...]] = {}
    for asked, written in (*groups, *_called(arms), *((one.asked, one.written) for one in paraphrases())):
        forms = tuple(dict.fromkeys(form for name in sorted(written) for one in _hyphenated(name) if (form := _name_form(one))))
        for name in asked:
            if key := stems(name):
                table[key] = tuple(dict.fromkeys((*table.get(key, ()), *forms)))
    return table


def form_of(row: Iterable[str]) -> Form:
    """The form of some stems, each with those that mean the same."""
    return tuple(same_stems(one) for one in row)


def is_abbreviation(text: str) -> bool:
    """Whether a word is written in capitals, two at least."""
    return len(text) > 1 and sum(character.isupper() for character in text) > 1


def _called(arms: Arms) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """What readers call the two arms of any trial, and that with what this paper calls them."""
    for called, arm in ((CONTROL_CALLED, CONTROL), (TESTED_CALLED, arms.tested)):
        own = frozenset(name for name, one in arms.names.items() if one == arm)
        if own:
            yield called, called | own


def _name_form(name: str) -> Form:
    if is_abbreviation(name) and len(name) <= 3:
        return (frozenset({f"^{name}"}),)
    said = [word for word in words(name) if word.text.casefold() not in STOP_WORDS]
    # "serious adverse events" are "serious adverse reactions" too: the class word at the end says no more.
    telling = said[:-1] if len(said) > 1 and said[-1].text.casefold() in CLASS_WORDS else said
    return form_of(matched_stem(word) for word in telling)


def _hyphenated(name: str) -> tuple[str, ...]:
    """A name, and the same without the hyphens between its words."""
    return (name, name.replace("-", " ")) if all(len(piece) > 1 and piece.isalpha() for piece in name.split("-")) else (name,)

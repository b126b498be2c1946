"""Regimens: the arms that give one drug in several doses or at several intervals.

Owns how such arms are written: "esmetazine 10 mg" beside "esmetazine 20 mg", "nevrolimab every 4 weeks" beside "the every-8-week group".
Only what a text itself holds against another is an arm: a drug with a single regimen is known by its name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from journal_club.statistics.number_words import NUMBER_WORDS, SMALL_NUMBERS, spelled
from journal_club.statistics.units import DOSE

__all__ = ["regimens"]

_DOSE = re.compile(rf"(?<![\w-])(?P<drug>[A-Za-z][\w-]{{3,24}}) (?P<dose>\d{{1,4}}(?:\.\d{{1,2}})? ?(?:{DOSE}))\b")
_SCHEDULE = re.compile(
    rf"\bevery[ -](?P<number>\d{{1,2}}|{'|'.join(SMALL_NUMBERS[2:])})[ -](?P<unit>day|week|month)s?\b"
    r"(?P<group>[ -](?:group|arm|regimen|schedule|dosing))?",
    re.IGNORECASE,
)
_DRUG_BEFORE = re.compile(r"(?<![\w-])([A-Za-z][\w-]{4,24}) (?:given )?\Z")
_REACH = 40
_NO_DRUG = frozenset(
    {"given", "regimen", "regimens", "dosing", "injected", "reviewed", "subcutaneously", "intravenously", "treatment", "visits"}
)
_FEWEST = 2

Named = tuple[str, str]
"""A name and the arm that it names."""


def regimens(texts: Iterable[str]) -> tuple[Named, ...]:
    """The names of such arms, each with its arm."""
    kept = tuple(texts)
    return tuple(dict.fromkeys((*_doses(kept), *_schedules(kept))))


def _doses(texts: Sequence[str]) -> Iterator[Named]:
    """A drug with each of its doses, where the texts repeat two."""
    counted = Counter(found.group().casefold() for text in texts for found in _DOSE.finditer(text))
    repeated = sorted(name for name, times in counted.items() if times >= _FEWEST)
    drugs = Counter(name.partition(" ")[0] for name in repeated)
    yield from ((name, name) for name in repeated if drugs[name.partition(" ")[0]] >= _FEWEST)


def _schedules(texts: Sequence[str]) -> Iterator[Named]:
    """Each interval, with and without its drug, where the texts speak of groups by two of them."""
    found = [(text, one) for text in texts for one in _SCHEDULE.finditer(text)]
    counted = Counter(_interval(one) for _, one in found)
    grouped = {_interval(one) for _, one in found if one["group"]}
    arms = sorted(interval for interval, times in counted.items() if times >= _FEWEST)
    if len(arms) < _FEWEST or not grouped & set(arms):
        return
    drugs = Counter(drug for text, one in found if _interval(one) in arms and (drug := _drug_before(text, one.start())))
    named = [drug for drug, times in drugs.items() if times >= _FEWEST]
    for number, unit in arms:
        arm = f"every {number} {unit}s"
        for one in (number, spelled(int(number))):
            yield from (
                (name, arm) for name in (f"every {one} {unit}s", f"every-{one}-{unit}", f"every {one}-{unit}", f"{one}-{unit} regimen")
            )
            yield from ((f"{drug} {word}every {one} {unit}s", arm) for drug in named for word in ("", "given "))


def _interval(found: re.Match[str]) -> tuple[str, str]:
    number = found["number"].casefold()
    return str(NUMBER_WORDS.get(number, number)), found["unit"].casefold()


def _drug_before(text: str, place: int) -> str:
    found = _DRUG_BEFORE.search(text, max(0, place - _REACH), place)
    drug = found[1].casefold() if found else ""
    return "" if drug in _NO_DRUG or drug == "placebo" else drug

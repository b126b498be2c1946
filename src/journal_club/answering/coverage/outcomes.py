"""Outcomes: what the trial was made for, and the sentences that report it.

Owns which outcome is the primary one by the text's own words, and which results answer a question about results.
"""

import re
from collections.abc import Iterable, Sequence

from journal_club.answering.coverage.conclusions import is_conclusion
from journal_club.answering.coverage.fields import field_of
from journal_club.answering.coverage.matter import Matter, Unit
from journal_club.answering.coverage.reporting import is_comparison
from journal_club.statistics.endpoints import endpoints

__all__ = ["PRIMARY", "merit", "of_outcome", "primary_outcome", "primary_stems", "results_of"]

PRIMARY = re.compile(
    r"(?:main |primary |principal |key )(?:efficacy |study |composite )?"
    r"(?:outcomes?|end[- ]?points?|composite|events?|scale|measure)(?: measures?)?|primary analysis",
    re.IGNORECASE,
)
PRIMARY_IS = re.compile(
    r"\bprimary (?:efficacy |study )?(?:outcomes?|end[- ]?points?)(?: measures?)? (?:was|were|is) (?:the |a "
    r"|defined as )?(?P<outcome>[^.;,(]{3,80})",
    re.IGNORECASE,
)
IN_POPULATION = re.compile(r"\s+(?:in|among|at|within|by|on|over|during|through|until|from)\b.*|\s*[.;:(].*", re.DOTALL)
MEASURED = re.compile(r",?\s+(?:rated|measured|assessed|defined|recorded|according)\b.*", re.DOTALL)
OUTCOMES = re.compile(r"\b(?:survival|mortality|primary (?:\w+ )?(?:outcome|end-?point))\b", re.IGNORECASE)
IN_ABSTRACT = 0.4
"""What a result is worth more that the text tells first."""
RESULTS = re.compile(r"\b(?:findings?|results?|data|benefits?|efficacy|outcomes?|evidence|effects?|advantages?)\b", re.IGNORECASE)
"""Asks about results, and not yet about which."""
MAIN_RESULTS = 2
"""Results at most where no outcome is named."""
SAME_OUTCOME = 0.3
CALLED_PRIMARY = 0.6
"""What it is worth that question and sentence both speak of the primary outcome, whatever it is."""
NO_RESULT = frozenset({"follow-up", "age", "body mass index", "length of stay"})
"""What the table of endpoints holds beside outcomes."""


def primary_outcome(units: Iterable[Unit]) -> str:
    """The primary outcome as the text names it; empty where it does not."""
    for unit in units:
        if field_of(unit.passage) == "outcome":
            return MEASURED.sub("", IN_POPULATION.sub("", unit.text.split(maxsplit=1)[-1]))
        named = PRIMARY_IS.search(unit.text)
        if named:
            return named["outcome"]
    return ""


def primary_stems(units: Iterable[Unit], matter: Matter) -> frozenset[str]:
    """The stems of the telling words of the primary outcome; empty where the text does not name it."""
    terms = matter.terms(primary_outcome(units))
    return frozenset(one for term in terms if term.telling for form in term.forms for position in form for one in position)


def merit(unit: Unit, primary: frozenset[str]) -> float:
    """What speaks for a sentence where it is asked whether a treatment works: the results of what the trial was made for."""
    text = unit.text
    early = IN_ABSTRACT if "abstract" in unit.passage.label.casefold() else 0.0
    if is_conclusion(unit):
        return 0.5 + early
    if not is_comparison(text):
        return 0.0
    return 0.6 + early + (0.5 if primary & unit.own else 0.0) + (0.3 if OUTCOMES.search(text) else 0.0)


def of_outcome(asked: str, unit: Unit) -> float:
    """What speaks for a sentence that names the outcome asked for, and against one that names others only."""
    if PRIMARY.search(asked) and (field_of(unit.passage) == "outcome" or PRIMARY.search(unit.text)):
        return CALLED_PRIMARY
    wanted = _outcomes(asked)
    named = _outcomes(unit.text)
    if not wanted or not named:
        return 0.0
    return SAME_OUTCOME if wanted.keys() & named.keys() else -SAME_OUTCOME


def results_of(question: str, units: Sequence[Unit], matter: Matter) -> tuple[Unit, ...]:
    """The sentences with the results that a question speaks of: of each outcome that it names, else the main ones; none where of none."""
    primary = primary_stems(units, matter)
    results = [unit for unit in units if is_comparison(unit.text) and not matter.is_related(unit)]
    results.sort(key=lambda unit: -merit(unit, primary))
    named = _outcomes(question)
    if named:
        firsts = (next((unit for unit in results if name in list(_outcomes(unit.text))[:1]), None) for name in named)
        return tuple(dict.fromkeys(unit for unit in firsts if unit))
    return tuple(results[:MAIN_RESULTS]) if RESULTS.search(question) else ()


def _outcomes(text: str) -> dict[str, None]:
    """The outcomes that a text names, in order; the first is what its figures are of."""
    return dict.fromkeys(one.name for one in endpoints(text) if one.name not in NO_RESULT)

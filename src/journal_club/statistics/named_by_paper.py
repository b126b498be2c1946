"""Named by the paper: the outcomes and the arms that only one paper's own sentences name.

Owns two ways of writing. A result begins with its outcome ("Injection-site pain was reported by ..."), and two numbers that are held
against each other stand each with its arm ("12 with mesh and 18 with suture"). What is learned here is for a paper's numbers among
themselves (`consistency`); the table of `endpoints` is for every paper.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from journal_club.statistics.arms import Arms
from journal_club.statistics.declared import declared_arms
from journal_club.statistics.endpoints import Endpoint, endpoints
from journal_club.statistics.regimens import regimens

__all__ = ["NamedOutcomes", "contrasted_arms"]

_WORD = r"[A-Za-z][\w/’'-]{0,24}"
_HEAD = re.compile(
    r"(?:\A|[,:] )(?:(?:[Tt]he|An?|[Mm]ean|[Mm]edian|annuali[sz]ed|rates?|risks?|incidence|number|proportion|percentage|of|in)"
    rf" ){{0,4}}(?P<name>{_WORD}(?: (?!(?:was|were|is|are|did|had)\b){_WORD}){{0,5}}?)"
    r"(?: (?:at|by|through|within|over) (?:\w+ ){1,2}(?:days?|weeks?|months?|years?|hours?)"
    r"|(?: at| by)? (?:days?|weeks?|months?|years?) \d{1,3})?"
    r" (?:(?:also|only) )?(?:was|were|occurred|developed|affected|averaged|changed|improved|fell|rose|did not|had|led|because of|due to)\b"
)
_NO_OUTCOME = re.compile(
    r"\b(?:patients?|participants?|wom[ae]n|m[ae]n|children|infants|adults|people|trials?|study|studies|we|they|there|it|th[ei]s[e]?|that|who"
    r"|which|differences?|results?|effects?|data|groups?|arms?|analys[ei]s|ratios?|reductions?|treatment|follow-?up|and|or|no|both|all"
    r"|events?|but|than|randomi[sz]\w+|assigned|received|interval|benefit|risk|rates?|reasons?|score|scores|baseline|efficacy)\b",
    re.IGNORECASE,
)
_MAY_STAND_BEFORE = re.compile(
    r"(?:\A|[^\w\s]|\b(?:the|a|an|of|for|in|on|to|and|or|with|against|by|from|after|no|any|less|more|fewer|lower\w*|had|mean|median|that|into"
    r"|(?-i:In [A-Z][A-Z\d-]{2,})|\w+ed|\w+ing))\s*\Z",
    re.IGNORECASE,
)
_MAY_STAND_BEHIND = re.compile(
    r"(?:\Z|[^\w\s-]|\s(?:was|were|is|are|of|in|at|by|with|for|than|and|or|from|among|after|on|to|did|between|had|through|within|over|rates?"
    r"|compared|versus|vs|v|affected|averaged|occurred|developed|changed|improved|fell|rose|because|due|given|scores?|total|\w+ed)\b|\s?[\d(−-])",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\b[A-Z][A-Z0-9-]{2,11}(?= (?:total )?scores?\b)")
_SHORTEST = 5
_BEFORE = 24
_ARM = (
    r"(?!(?:the|a|an|which|those|these|that|who|each|all|both|one|two|no|more|less|months?|years?|weeks?|days?|of|at|women|men)\b)"
    rf"{_WORD}(?: (?:plus|repair|surgery|therapy|alone|saline)\b(?: {_WORD})?| \d{{1,4}} ?(?:mg|g|mcg|µg)\b)?"
)
_BY = r"(?:\([^()\n]{1,60}\))? (?:with|after|on|for|given|receiving|received|receive|to)(?: the)? "
_PAIR = re.compile(
    rf"\d[^.;\n\d]{{0,24}}{_BY}(?P<one>{_ARM}),? (?:and|versus|vs\.?|v|compared with|against|or|but) "
    rf"[^;\n]{{0,40}}?\d[^;\n\d]{{0,24}}{_BY}(?P<other>{_ARM})"
)
_FEWEST = 2


class NamedOutcomes:
    """The outcomes that the results of one paper begin with, and their mentions."""

    def __init__(self, texts: Iterable[str], arms: Arms) -> None:
        """Learn the names from the paper's sentences; what names an arm is no outcome."""
        names = {name.casefold() for text in texts for name in _heads(text) if not arms.mentions(name)}
        known = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
        self._pattern = re.compile(rf"(?<![\w-])(?:{known})(?![\w-])", re.IGNORECASE) if known else None

    def mentions(self, text: str) -> tuple[Endpoint, ...]:
        """The mentions in a text, in order; not those within a longer name, nor where the table of endpoints has one."""
        if self._pattern is None:
            return ()
        taken = endpoints(text)
        return tuple(
            Endpoint(name=found.group().casefold(), start=found.start(), end=found.end())
            for found in self._pattern.finditer(text)
            if _stands_alone(text, found) and not any(one.start < found.end() and found.start() < one.end for one in taken)
        )


def contrasted_arms(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The names that numbers are held against each other by, and one drug's regimens, each with its arm; "mesh" is "mesh repair"."""
    kept = tuple(texts)
    pairs = (found.group("one", "other") for text in kept for found in _PAIR.finditer(text))
    counted = Counter(name.casefold() for one, other in pairs if one != other for name in (one, other))
    names = sorted(name for name, times in counted.items() if times >= _FEWEST)
    short = ((name, next((one for one in names if _is_short_for(one, name)), name)) for name in names)
    return (*short, *regimens(kept), *declared_arms(kept))


def _is_short_for(one: str, name: str) -> bool:
    """Whether a name is another's first words; another dose is another arm."""
    return name.startswith(one + " ") and not any(letter.isdigit() for letter in name[len(one) :])


def _heads(text: str) -> Iterator[str]:
    yield from _SCALE.findall(text)
    for found in _HEAD.finditer(text):
        name = found["name"]
        if len(name) >= _SHORTEST and not _NO_OUTCOME.search(name) and not endpoints(name):
            yield name


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    before = _MAY_STAND_BEFORE.search(text, max(0, found.start() - _BEFORE), found.start())
    return before is not None and _MAY_STAND_BEHIND.match(text, found.end()) is not None

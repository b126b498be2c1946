"""Declared arms: what a page declares to be tested, and what it declares to be compared with, in fields of their own.

Owns the names that such a field gives and that the rest of the text uses for a group: "Shi-3C" of "One dose of Shi-3C, a vaccine ...".
What both fields name is given to both groups and names neither.
"""

import re
from collections.abc import Iterable, Sequence

from journal_club.statistics.arms import CONTROL

__all__ = ["declared_arms"]

_FIELD = re.compile(r"\A(?P<what>Intervention|Comparator)\b:?\s+(?P<said>.+)", re.DOTALL)
_WORD = re.compile(r"[^\W\d_][\w+/-]*[\w+]")
_NAME_LIKE = re.compile(r"\w+(?:[A-Z]|-?\d)|[a-z]+[A-Z]")
_FORMS = frozenset(
    """
    one two three single first repeated dose doses of a an the oral orally intravenous intramuscular subcutaneous topical inhaled infusion
    injection tablet tablets capsule daily weekly monthly once twice matching matched identical standard active accelerated high low fixed
    early late new usual and or plus with both either each no adjuvant additional intensive brief short long
    """.split()  # noqa: SIM905
)
_CLAUSE = re.compile(r"[.;:]\s")
_GIVEN = r"(?:with|receiving|received|on|to|after|than|versus|vs|given|taking|using|in|for|assigned)"
_GROUP = r"(?:group|arm|cluster|cohort|recipient|participant|patient|children)"
_FEWEST = 2


def declared_arms(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The names that the fields "Intervention" and "Comparator" among the texts declare, each with its arm."""
    kept = tuple(texts)
    fields = {found["what"]: found["said"] for text in kept if (found := _FIELD.match(text))}
    rest = [text for text in kept if not _FIELD.match(text)]
    tested, compared = (_names(fields.get(what, "")) for what in ("Intervention", "Comparator"))
    ours = [name for name in tested if name not in compared and _is_arm(name, rest)]
    theirs = [name for name in compared if name not in tested and _is_arm(name, rest)]
    return (*((name, ours[0]) for name in ours), *((name, CONTROL) for name in theirs))


def _names(field: str) -> list[str]:
    """The first word that says what is given, and all that look like names."""
    words = _WORD.findall(_CLAUSE.split(field)[0])
    head = next((word for word in words if word.casefold() not in _FORMS), "")
    named = dict.fromkeys([*filter(None, [head]), *(word for word in words if _NAME_LIKE.match(word))])
    return [name.casefold() for name in named if len(name) > _FEWEST]


def _is_arm(name: str, texts: Sequence[str]) -> bool:
    """Whether the texts speak of a group by this name, or more than once of getting it."""
    known = re.escape(name)
    if any(re.search(rf"(?<![\w-]){known}[ -]{_GROUP}s?\b", text, re.IGNORECASE) for text in texts):
        return True
    given = re.compile(rf"\b{_GIVEN}\s(?:the\s|active\s|real\s)?{known}(?![\w-])", re.IGNORECASE)
    return sum(len(given.findall(text)) for text in texts) >= _FEWEST

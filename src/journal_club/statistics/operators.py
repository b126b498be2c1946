"""Operators: how a number is stated, by the sign or the words directly before it: "<", "at least", "about".

Owns the grammar of operators.
"""

import re

from journal_club.statistics.statistic import Operator
from journal_club.statistics.units import DURATIONS

__all__ = ["operator_before", "operator_behind"]

_OPERATOR = (
    r"(?P<le>≤|<\s?(?:or\s?)?=|⩽|at most|(?:no|not) more than|no (?:higher|greater|longer) than|up to|&le;|less than or equal to)|"
    r"(?P<ge>≥|>\s?(?:or\s?)?=|⩾|at least|no (?:less|fewer|lower) than|not less than|a minimum of|&ge;|greater than or equal to)|"
    r"(?P<lt><|&lt;|less than|below|fewer than|under|lower than)|"
    r"(?P<gt>>|&gt;|more than|greater than|over|above|exceed(?:ed|ing|s)?|higher than)|(?P<about>~|≈|∼|about|approximately|around|"
    r"roughly|nearly|almost|some|circa|approx\.?)|(?P<eq>=)"
)
_BEFORE = re.compile(rf"(?:{_OPERATOR})(?:\s|</?\w+>|a|an|the|median|of){{0,3}}\Z", re.IGNORECASE)
_NAMES = {
    "le": Operator.AT_MOST,
    "ge": Operator.AT_LEAST,
    "lt": Operator.LESS,
    "gt": Operator.GREATER,
    "about": Operator.ABOUT,
    "eq": Operator.EQUAL,
}
_SIGNS = frozenset("<>=≤≥⩽⩾~≈∼;.")
_LAST_WORDS = frozenset(
    """
    most than to least below under over above exceed exceeded exceeding exceeds about approximately around roughly nearly almost some
    circa approx a an the median of
    """.split()  # noqa: SIM905
)
_ALONE = {"<": Operator.LESS, "≤": Operator.AT_MOST, "≥": Operator.AT_LEAST, "~": Operator.ABOUT, "≈": Operator.ABOUT}
"""Signs that say the same whatever stands before them; ">" may end a tag, and "=" a "<="."""
_REACH = 28


_BEHIND = re.compile(
    r"\s?(?:%|(?!or\b)[^\W\d]{1,12}(?:/[\w.²]{1,8}){0,3})?(?:\s(?:of age|old))?\s(?:or|and)\s"
    r"(?:(?P<ge>higher|more|above|greater|older|over|longer|later|upwards?|better)|(?P<le>lower|less|below|fewer|younger|under|shorter|earlier|worse))\b",
    re.IGNORECASE,
)


def operator_behind(after: str) -> Operator:
    """The operator that follows a number and its unit, "18 years or older", "4+"; equality where there is none."""
    if after[:1] == "+" and not after[1:2].isalnum():
        return Operator.AT_LEAST
    found = _BEHIND.match(after)
    return Operator.EQUAL if found is None or found.lastgroup is None else _NAMES[found.lastgroup]


_TAGGED = re.compile(r"</?[A-Za-z]{1,8}>\s?=\Z")
"""An equals sign behind a tag of HTML: "<em>P</em>=.46"."""
_THROUGHOUT = re.compile(
    r"\b(?:over|up to)\s(?:the\s|a\s|an\s)?(?:(?:first|next|following|past|last|about|median|mean)\s){0,2}\Z", re.IGNORECASE
)
_LASTING = re.compile(
    r"\b(?:took|takes?|taken|taking|last(?:s|ed|ing)?|persist\w*|stay\w*|remain\w*|continu\w*|spent|wait\w*|requir\w*|need\w*|for|of|was|were|is|are|"
    r"just|well|after|beyond|exceed\w*|care|hospital|bed)\s\Z",
    re.IGNORECASE,
)
"""Behind these "over 12 weeks" is more than 12 weeks."""
_OLD = re.compile(r"\b(?:aged?|old|adults?|people|persons?|patients|participants|those|wom[ae]n|m[ae]n|and|or)\sover\s\Z", re.IGNORECASE)
"""Over so many years is an age."""


def operator_before(before: str, unit: str = "") -> Operator:
    """The operator at the end of the text before a number; equality where there is none, and in "over 12 weeks", which says how long."""
    near = before[-_REACH:].rstrip()
    through = _THROUGHOUT.search(before) if unit in DURATIONS else None
    if through is not None and not _LASTING.search(before, 0, through.start()) and not (unit == "year" and _OLD.search(before)):
        return Operator.EQUAL
    last = near[-1:]
    if last in _ALONE:
        return _ALONE[last]
    if last == "=" and (near[-2:-1] not in "<>= r" or _TAGGED.search(near)):
        return Operator.EQUAL
    if last not in _SIGNS and (not last.isalpha() or near.rsplit(None, 1)[-1].lower().lstrip("(") not in _LAST_WORDS):
        return Operator.EQUAL
    found = _BEFORE.search(before[-_REACH:])
    return Operator.EQUAL if found is None or found.lastgroup is None else _NAMES[found.lastgroup]

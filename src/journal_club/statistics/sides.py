"""Sides: which part of a whole a share or a count is of, where there are only two: those who did or did not, the dead or the living.

Owns the words that part a whole in two, and how a text says which part a number counts. What follows from the other part is `wholes`'.
"""

import re
from collections.abc import Mapping, Set

__all__ = ["DENIED", "may_take_sides", "opposed", "side_of", "side_words", "without_sides"]

DENIED = "-"
"""The side of a number that counts those who did not do what the text says; those who did have none."""
_AXES: Mapping[str, tuple[str, str]] = {
    "life": (r"surviv(?:e|ed|al|ors?|ing)|alive|living", r"died|dead|deaths?|mortality|deceased"),
    "sex": (r"wom[ae]n|females?|girls?", r"m[ae]n|males?|boys?"),
    "stay": (
        r"complet(?:ed?|ers?|ing|ion)|retained|retention|remained in the (?:study|trial)",
        r"withdr[ae]w(?:n|als?)?|dropped out|drop-?outs?|discontinu(?:ed|ation)|lost to follow-?up|attrition",
    ),
    "sign": (r"positive", r"negative"),
    "response": (r"respond(?:ed|ers?)|responses?", r"non-?respon(?:ders?|ses?)"),
    "control": (r"controlled", r"uncontrolled"),
    "use": (r"adheren(?:t|ce)|adhered|compliant", r"non-?adheren(?:t|ce)|non-?compliant"),
}
_SIDE = re.compile(
    r"(?<![\w-])(?=[a-z])(?:"
    + "|".join(f"(?P<{axis}_up>{one})|(?P<{axis}_down>{other})" for axis, (one, other) in _AXES.items())
    + r")(?![\w-])",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:not|never|cannot|failed to|without|nor|free (?:of|from))\b|n['’]t\b|(?<=[a-z])-free\b|"
    r"\bno\b(?! (?:more|fewer|less|later) than\b)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.()]|(?<![\w-])\d|\b(?:and|but|while|whereas|although|versus|vs)\b")
_CLAUSE_START = re.compile(r"(?:.*[,;:.()\d]|.*\b(?:and|but|while|whereas|although|versus|vs)\b)", re.DOTALL)
_BRACKETS = re.compile(r"\s?(?:%|percent|per cent)?\s?\([^()]{0,24}\)|\s?(?:%|percent|per cent)?[)\]]")
"""What may stand between a number and what it counts: its share in brackets, or the end of the brackets that it stands in itself."""
_TOTAL = re.compile(r"\s?(?:%|percent|per cent|of|out of|/|the|all|\s){0,4}\d[\d,.]*(?=\s)")
_REACH = 90
_TRIGGERS = frozenset(
    """
    not never cannot failed without nor free no t survive survived survival survivor survivors surviving alive living died dead death deaths
    mortality deceased women woman female females girl girls men man male males boy boys complete completed completers completer completing
    completion retained retention remained withdrew withdrawn withdrawal withdrawals drop dropped dropout dropouts outs discontinued
    discontinuation lost attrition positive negative respond responded responders responder response responses nonresponders nonresponse
    controlled uncontrolled adherent adherence adhered compliant nonadherent nonadherence noncompliant
    """.split()  # noqa: SIM905
)


def may_take_sides(words: Set[str]) -> bool:
    """Whether a text with these words, in small letters, can take sides at all."""
    return not _TRIGGERS.isdisjoint(words)


def side_of(folded: str, start: int, end: int) -> str:
    """The side that the number at `folded[start:end]` counts: an axis with its sign (`+life`), `DENIED`, or empty.

    The words behind the number decide; where they say nothing, those before it in its clause.
    """
    while skipped := (_BRACKETS.match(folded, end) or _TOTAL.match(folded, end)):
        end = skipped.end()
    behind = folded[end : end + _REACH]
    cut = _CLAUSE_END.search(behind)
    behind = behind[: cut.start()] if cut else behind
    if found := _said(behind):
        return found
    before = folded[max(0, start - _REACH) : start]
    opened = _CLAUSE_START.match(before)
    return _said(before[opened.end() :] if opened else before)


def _said(clause: str) -> str:
    denied = _DENIAL.search(clause) is not None
    named = _SIDE.search(clause)
    if named is None:
        return DENIED if denied else ""
    axis, _, way = (named.lastgroup or "").rpartition("_")
    return f"{'+' if (way == 'up') != denied else '-'}{axis}"


def opposed(one: str, other: str) -> bool:
    """Whether two sides are the two parts of one whole."""
    if one[1:] or other[1:]:
        return one[1:] == other[1:] and one[:1] != other[:1]
    return one != other


def without_sides(text: str) -> str:
    """The text less the words that only say which side it takes."""
    return _SIDE.sub("", text)


def side_words(text: str) -> str:
    """The words of a text that only say which side it takes."""
    return " ".join(match.group() for match in _SIDE.finditer(text))

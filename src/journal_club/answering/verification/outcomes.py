"""Outcomes: a difference is claimed where the source found one, and called significant where the source's own numbers or words say so.

Owns two questions about a clause and its anchor. Which words turn a finding round is `opposites`'.
"""

import re

from journal_club.answering.verification.opposites import NEGATION, Turn, turns
from journal_club.answering.verification.source import Source
from journal_club.answering.verification.wording import carried, is_free, stems
from journal_club.statistics.statistic import RATIOS, Measure, Operator, Role, Statistic

__all__ = [
    "denied_difference",
    "lost_comparator",
    "opposed_ratio",
    "other_side",
    "raised_to_superior",
    "same_comparator",
    "turned_level",
    "turned_noun",
    "turned_stems",
    "turned_worsening",
    "undenied_significance",
    "unfounded_significance",
]

_DENIAL = re.compile(
    r"\b(?:no|without|nor|neither)\b(?: \w+){0,4}? (?:differences?|associations?|effects?|advantages?|benefits?|changes?|interactions?|"
    r"improvements?|reductions?|increases?|correlations?|impact)\b"
    r"|\b(?:did|do|does|was|were|is|are|could|had) not\b(?: [\w=.<>]+){0,5}? (?:differ\w*|affect\w*|chang\w+|associated|influenced?)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\s([\w-]+)")
_PARTS = re.compile(r";\s|,\s(?:and|but|while|whereas|although)\s(?!\d)", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:compared (?:with|to)|than (?:with |in |for |on )?|versus|vs\.?|"
    r"(?:over|against)(?! (?:the |a |an )?(?:\d|course|period|time|next|first|last|whole|follow)))\s?"
    r"(?:the\s|a\s)?(?P<what>[\w-]+(?:\s[\w-]+)?)",
    re.IGNORECASE,
)
_IMPROVED = re.compile(r"\bimprov\w+|\bbetter\b", re.IGNORECASE)
_WORSENED = re.compile(r"\bworsen\w*|\bdeteriorat\w+", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:compared (?:with|to)|relative to|(?<!other )(?<!rather )than)\s"
    r"(?P<what>(?:(?!\d|(?:when|if|while|after|as|who|which|and|or|was|were|is|are)\b)[\w-]+\s?){1,5})",
    re.IGNORECASE,
)
_BY = re.compile(r"\bdiffer\w*\b[^,;]{0,80}?\b(?:by|of|was|were)\s[-–−]?\d", re.IGNORECASE)
"""A difference with its value is claimed as a number, not as a finding."""
_OF_RISK = re.compile(
    r"\b(?:higher|lower|increased|reduced|decreased) (?:odds|risks?|hazards?|likelihood)\b|"
    r"\b(?:odds|risks?|hazards?|likelihood)\b(?: \w+){0,5}? (?:higher|lower|increased|reduced|decreased)\b",
    re.IGNORECASE,
)
_UNSHOWN = re.compile(
    r"\bnon-?\s?inferior(?:ity)?\b[^.;]{0,60}?\b(?:was|were|is) not (?:shown|met|demonstrated|established|proven|confirmed|reached)|"
    r"\bnot (?:shown to be )?non-?\s?inferior\b",
    re.IGNORECASE,
)
_SAME_LEVEL = 2
_ABOVE = re.compile(r"\b(?:exceed\w*|above|surpass\w*|greater than|more than|higher than)\s(?P<what>(?:[\w-]+\s?){1,7})", re.IGNORECASE)
_BELOW = re.compile(r"\b(?:below|short of|less than|smaller than|lower than|not reach\w*)\s(?P<what>(?:[\w-]+\s?){1,7})", re.IGNORECASE)
_SUPERIOR = re.compile(r"\b(?:superior(?:ity)?|better|more effective|outperform\w*)\b", re.IGNORECASE)
_NON_INFERIOR = re.compile(r"\bnon-?\s?inferior(?:ity)?\b|\bequivalent to\b", re.IGNORECASE)
_SIGNIFICANT_BETWEEN = re.compile(
    r"\b(?:difference|differed|differences)\b[^.;]{0,60}?\bbetween\b[^.;]{0,60}?\b(?:was|were)\s(?:statistically\s|also\s|highly\s)?significant|"
    r"\bsignificant(?:ly)?\s(?:[\w-]+\s){0,6}?(?:than|between|compared|versus|vs)\b|\bdiffered significantly\b",
    re.IGNORECASE,
)
_NONE_BETWEEN = re.compile(
    r"\b(?:no|not|nor|without|neither|n['’]t)\b[^.;,]{0,40}?\bsignificant(?:ly)?\s(?:[\w-]+\s){0,4}?(?:differ|discrim|separat|distin)\w*|"
    r"\bdifferences?\b[^.;,]{0,60}?\b(?:was|were) not (?:statistically )?significant|\bnot\s(?:differ\s)?significantly\s?differ\w*",
    re.IGNORECASE,
)
_LEVEL = 0.05


def turned_stems(text: str) -> frozenset[str]:
    """The stems of a text's words of direction."""
    return frozenset(stem for turn in turns(text) for stem in stems(turn.text))


def denied_difference(claim: str, source: str, whole: str) -> tuple[str, str] | None:
    """The (claimed, found) words where a clause of a whole statement claims a direction and its anchor only that there is no difference."""
    said = next((turn for turn in turns(claim) if _asserts(turn.axis, turn.up) and not turn.negated and not turn.moot), None)
    if said is None or _denies(claim) or (said.axis == "equality" and _denies(whole)) or (said.axis == "equality" and _BY.search(claim)):
        return None
    nearest = max(_PARTS.split(source), key=lambda part: len(frozenset(stems(part)) & frozenset(stems(claim))))
    found = _denies(nearest)
    if not found or any(turn.axis in ("quality", "quantity") and not turn.negated and not turn.moot for turn in turns(nearest)):
        return None
    return said.text, found


def _asserts(axis: str, up: bool) -> bool:  # noqa: FBT001 - a turn's own pair
    return axis in ("quality", "quantity") or (axis == "significance" and up) or (axis == "equality" and not up)


def _denies(text: str) -> str:
    found = _DENIAL.search(text)
    if found:
        return found.group()
    return next((turn.text for turn in turns(text) if _is_denial(turn)), "")


def _is_denial(turn: Turn) -> bool:
    if turn.axis in ("quality", "quantity"):
        return turn.negated
    return turn.up if turn.axis == "equality" else not turn.up


def undenied_significance(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) words where groups are said to differ significantly and the source only denies that they do."""
    said = _SIGNIFICANT_BETWEEN.search(claim)
    denied = _NONE_BETWEEN.search(source)
    if said is None or denied is None or NEGATION.search(claim):
        return None
    rest = source[: denied.start()] + source[denied.end() :]
    return None if _SIGNIFICANT_BETWEEN.search(rest) else (said.group(), denied.group())


def raised_to_superior(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) words where a clause says "superior" and the source only "non-inferior", or that and the source not even so."""
    if NEGATION.search(claim):
        return None
    unshown = _UNSHOWN.search(source)
    if unshown is not None and _NON_INFERIOR.search(claim):
        return claim, unshown.group()
    said, found = _SUPERIOR.search(claim), _NON_INFERIOR.search(source)
    if said is None or found is None or _SUPERIOR.search(source):
        return None
    return said.group(), found.group()


def turned_level(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) words where one side is above what the other is below: "exceeded the margin" for "below the margin"."""
    for ours, theirs in ((_ABOVE, _BELOW), (_BELOW, _ABOVE)):
        said, found = ours.search(claim), theirs.search(source)
        if said is None or found is None or ours.search(source):
            continue
        if len(frozenset(stems(said["what"])) & frozenset(stems(found["what"]))) >= _SAME_LEVEL:
            return said.group().strip(), found.group().strip()
    return None


def turned_noun(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) words where the source turns the very noun behind "higher" or "lower" the other way and never so."""
    ours, theirs = {**_subjects(claim), **_nouns(claim)}, _nouns(source)
    for (stem, up), words in ours.items():
        if (stem, not up) in theirs and (stem, up) not in theirs:
            return words, theirs[stem, not up]
    return None


def _nouns(text: str) -> dict[tuple[str, bool], str]:
    found: dict[tuple[str, bool], str] = {}
    for turn in turns(text):
        behind = _NEXT.match(text, turn.end)
        if (
            behind
            and turn.axis in ("quality", "quantity")
            and (following := stems(behind[1]))
            and not turn.moot
            and not is_free(following[0])
        ):
            found.setdefault((following[0], turn.up), text[turn.start : behind.end()])
    return found


def other_side(claim: str, source: str) -> str:
    """The word of the side that the source compares with, where a clause gives it, alone, the direction of the first side."""
    against = _OTHER.search(source)
    if against is None or _OTHER.search(claim) or _AGAINST.search(claim):
        return ""
    theirs = {turn.up for turn in turns(source) if turn.axis in ("quality", "quantity")}
    ours = {turn.up for turn in turns(claim) if turn.axis in ("quality", "quantity") and not turn.negated}
    if ours != theirs:
        return ""
    first = frozenset(stems(source[: against.start()]))
    named = [stem for stem in stems(against["what"]) if not is_free(stem) and stem not in first]
    return next((stem for stem in named if stem in stems(claim)), "")


def same_comparator(claim: str, source: str) -> bool:
    """Whether both compare with the same thing, so that their directions must agree."""
    ours, theirs = _OTHER.search(claim), _OTHER.search(source)
    if ours is None or theirs is None:
        return ours is None
    return any(not is_free(stem) and stem in stems(theirs["what"]) for stem in stems(ours["what"]))


def turned_worsening(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) words where a clause says "improved" of what the source only has worsen."""
    said, found = _IMPROVED.search(claim), _WORSENED.search(source)
    if said is None or found is None or _IMPROVED.search(source) or _WORSENED.search(claim):
        return None
    return said.group(), found.group()


def _subjects(text: str) -> dict[tuple[str, bool], str]:
    """The noun right before "rose" or "was lower"."""
    found: dict[tuple[str, bool], str] = {}
    for turn in turns(text):
        before = [stem for stem in stems(text[: turn.start]) if not is_free(stem)]
        if turn.axis == "quantity" and before and not turn.moot:
            found.setdefault((before[-1], turn.up), text[max(0, turn.start - 20) : turn.end].strip())
    return found


def lost_comparator(claim: str, source: Source) -> str:
    """What a clause compares with, when its anchor compares with something else; empty when all is well."""
    said = _AGAINST.search(claim)
    if said is None or not _AGAINST.search(source.excerpt.text):
        return ""
    named = [stem for stem in stems(said["what"]) if not is_free(stem)]
    return said["what"] if named and not any(carried(stem, source.stems) for stem in named) else ""


def unfounded_significance(claim: str, claimed: tuple[Statistic, ...], source: str, given: tuple[Statistic, ...]) -> str:
    """The word of significance in a clause that neither its anchor's words nor its anchor's numbers bear out; empty when there is none."""
    said = next((turn for turn in turns(claim) if turn.axis == "significance" and turn.up and not turn.negated), None)
    if said is None:
        return ""
    if any(_is_chance(one) for one in claimed):
        return said.text
    if any(turn.axis == "significance" and turn.up for turn in turns(source)):
        return ""
    return "" if any(_is_small(one) for one in given) or _excludes_one(given) else said.text


def opposed_ratio(claim: str, claimed: tuple[Statistic, ...]) -> tuple[str, str] | None:
    """The (direction, ratio) of a statement that calls odds lower and gives a ratio above 1, or the other way round."""
    ratios = [one for one in claimed if one.measure in RATIOS and one.role is Role.POINT and one.value not in (None, 1)]
    ways = [turn for turn in turns(claim) if turn.axis == "quantity" and not turn.moot and not turn.negated]
    if len(ratios) != 1 or len(ways) != 1 or not _OF_RISK.search(claim):
        return None
    value = ratios[0].value
    return None if value is None or (value > 1) == ways[0].up else (ways[0].text, ratios[0].text)


def _is_small(one: Statistic) -> bool:
    return one.measure is Measure.P and one.value is not None and one.value <= _LEVEL and one.operator is not Operator.GREATER


def _is_chance(one: Statistic) -> bool:
    return one.measure is Measure.P and one.value is not None and one.value > _LEVEL and one.operator is not Operator.LESS


def _excludes_one(given: tuple[Statistic, ...]) -> bool:
    heads = {one.start for one in given if one.measure in RATIOS}
    bounds = [one for one in given if one.group in heads and one.value is not None]
    return any(one.role is Role.LOWER and one.value is not None and one.value > 1 for one in bounds) or any(
        one.role is Role.UPPER and one.value is not None and one.value < 1 for one in bounds
    )

"""Granted words: what a number brings with it once it was found, and no sentence has to say in so many words."""

from collections.abc import Sequence

from journal_club.answering.verification.claim import Claim
from journal_club.answering.verification.wording import stems
from journal_club.statistics.endpoints import endpoints
from journal_club.statistics.matching import Match
from journal_club.statistics.sides import side_words
from journal_club.statistics.statistic import Measure, Operator
from journal_club.statistics.units import DURATIONS
from journal_club.statistics.wholes import COMPLEMENTS, SUM

__all__ = ["granted"]

_REDUCED = "reduction reduced lower lowered decrease decreased less risk hazard"
_GENERIC = frozenset({"active", "real", "verum", "experimental", "intervention", "treatment", "control", "comparator", "study drug"})
"""What any arm may be called."""
_CLASS = "drug medicine medication treatment therapy agent"
"""What arms are called together."""
_LASTING = "time duration long length period lasted"
_BY_UNIT = {"person": "total altogether took part size number", **dict.fromkeys(DURATIONS, _LASTING)}
"""What a number's unit says of it."""
_SHORT = {
    Measure.HAZARD_RATIO: "hr",
    Measure.ODDS_RATIO: "or",
    Measure.RISK_RATIO: "rr",
    Measure.RATE_RATIO: "irr",
    Measure.NNT: "nnt",
    Measure.SD: "sd",
    Measure.SE: "se",
}
"""How a measure is written short."""
_LEVEL = 0.05
_BOUNDS = frozenset({Operator.LESS, Operator.GREATER, Operator.AT_LEAST, Operator.AT_MOST})
_BOUNDING = "more fewer less greater least most exceeded"
_BROUGHT = {
    SUM: "total altogether overall all combined together both across groups arms",
    "difference of the two groups": "percentage points difference more fewer higher lower longer shorter greater smaller less",
    "100% - %": "remaining rest",
    "N - n": "remaining rest",
}
"""What the name of a sum says."""


def granted(claim: Claim, matches: Sequence[Match]) -> frozenset[str]:
    """The words that a matched number brings with it: its measure's name, its endpoint's other names, its unit when converted."""
    granted = [said for arm in claim.arms if (said := claim.text[arm.start : arm.end]).casefold() in _GENERIC]
    granted.append(_CLASS if claim.arms else "")
    for match in matches:
        if match.found is None or match.verdict not in ("supported", "derived"):
            continue
        granted += [
            match.claim.measure,
            _SHORT.get(match.claim.measure, ""),
            match.claim.text,
            match.claim.unit,
            _REDUCED if match.claim.measure is Measure.REDUCTION else "",
        ]
        granted += [_BROUGHT.get(match.rule, ""), _BY_UNIT.get(match.claim.unit, "")]
        if match.claim.operator in _BOUNDS:
            granted.append(_BOUNDING)
        if match.rule in COMPLEMENTS:
            granted.append(side_words(claim.text))
        if match.claim.measure is Measure.P and match.claim.value is not None:
            granted.append("significant difference" if match.claim.value <= _LEVEL else "not significant difference")
        if match.claim.endpoint and match.claim.endpoint == match.found.statistic.endpoint:
            granted += [claim.text[one.start : one.end] for one in endpoints(claim.text) if one.name == match.claim.endpoint]
    return frozenset(stem for words in granted for stem in stems(words))

"""Qualifiers: the words that make two numbers of one name numbers of different things.

Owns which words narrow a result: population, subgroup, time, data cut, adjustment, assessor, severity, and what was only planned. Two
statistics are of one thing only where these agree: a subgroup's hazard ratio does not contradict the trial's.
"""

import re
from functools import lru_cache

__all__ = ["ADJUSTMENT", "PLANNED", "SEVERITY", "at_odds", "is_plain", "qualifiers"]

PLANNED = "planned"
SEVERITY = frozenset({"serious", "mild"})
"""Qualifiers that narrow events alone, and neither a ratio nor a time to one."""
ADJUSTMENT = frozenset({"adjusted", "unadjusted"})
"""Qualifiers of comparisons: a share that stands beside an adjusted ratio is as it was counted."""
_NOT_PLAIN = frozenset({PLANNED, "subgroup", "interim", "per protocol", "post hoc", "other"})
_OTHER_NUMBERS = frozenset({PLANNED, "baseline", "interim", "extension", "per protocol", "post hoc", "adjusted", "other", "other test"})
"""Qualifiers of which each makes a number another one, even where two sentences share their words."""
_UNITS = frozenset({"year", "month", "week", "day", "hour", "minute", "visit", "cycle"})
_TABLE = {
    PLANNED: (
        r"\b(?:power|powered|assum\w+|hypothesi[sz]\w+|anticipat\w+|expect\w+|planned|target\w*|sample[- ]size calculation|"
        r"would|prespecified (?:margin|threshold|boundary)|margin|criteri(?:on|a) (?:for|of)|at least)\b"
    ),
    "subgroup": (
        r"\bsub-?(?:groups?|sets?|populations?|analys[ei]s)\b|\b(?:among|in) (?:the )?(?:patients|participants|those|women|men|"
        r"children|adults|people|subjects|individuals|persons|carriers|"
        r"infants|neonates|boys|girls|adolescents|smokers)\b(?! (?:in|assigned|receiving|randomi[sz]ed|treated|given|on)\b)"
        r"|\b(?:patients|participants|those|women|men) (?:who (?:had|were|did|completed|achieved)|without|younger|older|aged)\b"
        r"|\A(?:patients|participants|women|men|children|infants) with\b"
        r"|\b(?:strat(?:um|a|ified)|high-risk|low-risk|elderly|males?|females?|responders?|completers?)\b"
    ),
    "per protocol": r"\bper[- ]protocol\b|\bas[- ]treated\b|\bon[- ]treatment\b|\bevaluable (?:patients|population)\b",
    "safety": (
        r"\bsafety (?:population|set|analysis)\b|\bwho (?:actually )?received (?:the )?(?:study|infusion|treatment|at least)\b|\binfused\b"
    ),
    "interim": (r"\binterim\b|\b(?:primary|first|earlier|initial) (?:analysis|report|data|readout)\b|\bprevious(?:ly)?\b|\bdata cut"),
    "extension": r"\blong-term\b|\bextended follow\b|\bextension\b",
    "baseline": r"\bbaseline\b|\bat (?:entry|enrol?lment|inclusion|study start|screening)\b",
    "adjusted": r"\badjust(?:ed|ing|ment)\b|\bmultivaria(?:ble|te)\b|\bsensitivity anal",
    "unadjusted": r"\bunadjusted\b|\bcrude\b|\bunivaria(?:ble|te)\b",
    "investigator": r"\binvestigator[- ]assess\w*|\bby (?:the )?investigators?\b|\blocal(?:ly)? (?:review|assess\w*)",
    "independent": r"\b(?:independent|central|blinded)(?: \w+)? review\b|\bIRC\b|\bBICR\b",
    "threshold": r"\d\s?(?:degrees|°\s?[CF]?|mm\s?Hg|mg/dL|mmol/L)\s?(?:or|and) (?:more|higher|above|over|less|lower|below)\b",
    "serious": r"\bserious\b|\bsevere\b|\bmajor\b|\bfatal\b|\blife-threatening\b",
    "mild": r"\bmild\b|\bmoderate\b|\bminor\b|\bany[- ]grade\b|\ball[- ]grade\b",
    "other test": r"\bone-(?:sided|tailed)\b|\b[Pp](?:[ -]values?)? for (?:non-?inferiority|interaction|trend|heterogeneity)\b",
    "post hoc": r"\bpost[- ]?hoc\b|\bexploratory\b",
    "other": r"\b(?:earlier|previous|prior|preceding) (?:[\w-]+ )?(?:trials?|study|studies)\b"
    r"|\bpilot (?:trial|study)\b|\b(?:the|an?) (?:[\w-]+ )?phase (?:1|2|I|II)[ab]? (?:trial|study)\b"
    r"|\b(?:historical(?:ly)?|literature|other (?:trials|studies)|meta-analys[ei]s|registry|real-world)\b",
}
_WORDS = re.compile("|".join(f"(?P<q{number}>{pattern})" for number, pattern in enumerate(_TABLE.values())), re.IGNORECASE)
_NAMES = tuple(_TABLE)
_BESIDE_PLANS = re.compile(
    r"\b(?:than|as) in (?:the |an? )?(?:[\w-]+ ){0,3}(?:trials?|study|studies)\b"
    r"|\b(?:than|as) (?:was |were |had been |first |originally )?(?:expected|anticipated|planned|assumed|hypothesi[sz]ed)\b"
    r"|\b(?:within|below|above|met|meeting|exceed\w*|cross\w*) the (?:pre-?specified |predefined )?(?:non-?inferiority )?margin\b",
    re.IGNORECASE,
)
"""What is said of a result as it was: "larger than expected", "within the margin"."""
_GRADE = re.compile(r"\bgrades?\s(?P<grade>\d(?:\s?(?:-|–|to|or|and|/)\s?\d)?)", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:at|after|by|within|over|through|until)\s(?:the\s)?(?:end\sof\s)?(?P<at>\d{1,3}|one|two|three|four|five|six|twelve)[ -]"
    r"(?P<unit>year|month|week|day|hour|minute)s?\b|\b(?P<before>\d{1,3}|one|two|three|four|five|six|twelve)-(?P<what>year|month|week|day|hour)\b"
    r"(?! (?:groups?|arms?|courses?|regimens?)\b)"
    r"|\b(?P<named>weeks?|months?|years?|days?|visits?|cycles?)\s(?P<number>\d{1,3})\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def qualifiers(text: str) -> frozenset[str]:
    """The qualifiers of a sentence or clause, each by a fixed name; times and grades by their number."""
    named = {_NAMES[int((found.lastgroup or "q0")[1:])] for found in _WORDS.finditer(_BESIDE_PLANS.sub(" ", text))}
    grades = {f"grade {found['grade']}" for found in _GRADE.finditer(text)}
    return frozenset(named | grades | {_time(found) for found in _TIME.finditer(text)})


def is_plain(text: str) -> bool:
    """Whether a sentence speaks of the whole trial as it was done."""
    return not qualifiers(text) & _NOT_PLAIN


def at_odds(one: str, other: str) -> bool:
    """Whether two texts speak of different times, grades or analyses, so that their numbers owe each other nothing."""
    left, right = qualifiers(one), qualifiers(other)
    if left & _OTHER_NUMBERS != right & _OTHER_NUMBERS:
        return True
    grades, their_grades = _grades(left), _grades(right)
    if grades and their_grades and grades != their_grades:
        return True
    times, their_times = _times(left), _times(right)
    return bool(times and their_times) and times.isdisjoint(their_times)


def _grades(names: frozenset[str]) -> frozenset[str]:
    """The grades of an event, "any grade" among them."""
    return frozenset(name for name in names if name.startswith("grade ") or name == "mild")


def _times(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if not _UNITS.isdisjoint(name.split()))


def _time(found: re.Match[str]) -> str:
    number = found["at"] or found["before"] or found["number"]
    unit = (found["unit"] or found["what"] or found["named"]).lower().removesuffix("s")
    return f"{number.lower()} {unit}"

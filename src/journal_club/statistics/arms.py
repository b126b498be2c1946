"""Arms: the groups that a trial compares, found by the words that its own texts use for them.

Owns the noun `Arms`, which learns the names from texts ("the cilta-cel group", "randomised to placebo", "X versus Y") and finds their
mentions. "Control", "comparator", "standard of care" and the like are one arm, called `control`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from journal_club.statistics.statistic import Statistic
from journal_club.statistics.units import DOSE

__all__ = ["CONTROL", "TESTED", "Arm", "Arms", "outside"]

CONTROL = "control"
_CONTROL_WORDS = (
    r"standard[- ]of[- ]care(?: (?:triplets?|regimens?|therapy|therapies|treatment))?|SOC|usual care|standard (?:care|"
    r"therapy|treatment|regimens?|triplets?|triplet regimens?)|"
    r"conventional (?:care|therapy|treatment)|controls?|comparators?|placebo|sham|no treatment|no intervention|"
    r"wait(?:ing)?[- ]list|best supportive care|triplet (?:therapy|regimens?)"
)
TESTED = "intervention"
_TESTED_WORDS = (
    r"(?:active|intervention|experimental|treatment|study[- ]drug)(?=[ -](?:group|arm|clusters?|cohort|recipients)\b)|"
    r"(?:active|real|verum)(?= (?:treatment|stimulation|drug|medication|intervention|therapy)\b)"
)
_GENERIC = frozenset({"intervention", "experimental", "active", "treatment", "verum"})
"""Names of the one group of a trial of two that is not its control."""
_GROUP = re.compile(r"[ -](?:treatment |therapy |study )?(?:group|arm|recipients|cohort)s?\b", re.IGNORECASE)
_NAMED_BEFORE = re.compile(r"(?<![\w+/.-])(?:[\w+/.-]{1,30} ){0,3}[\w+/.-]{1,30}\Z")
_REACH_BEFORE = 125
_ASSIGNED = re.compile(
    (
        r"\b(?:assigned|randomi[sz]ed|allocated)(?: (?:in a )?\d+:\d+(?: ratio)?)?(?: to)?(?: receive| either|"
        r" treatment with| receive either)* ([\w+/.-]+(?: (?:plus|and|with) [\w+/.-]+)?)(?: \([^)]{1,60}\))? (?:or|versus|"
        r"vs\.?) ([\w+/.-]+)"
    ),
    re.IGNORECASE,
)
_EITHER = re.compile(
    rf"\b([\w+/-]{{2,30}})(?: \d[\d.,]* ?(?:{DOSE}))?(?: (?:once |twice )?(?:daily|weekly|monthly))? (?:or|versus|vs\.?) "
    r"(?:a )?(?:matching |indistinguishable |identical )?placebo\b",
    re.IGNORECASE,
)
_AFTER_NUMBER = re.compile(
    r"\d(?:\s?%|\s[A-Za-z/]{1,8})?(?: \([^()]{0,60}\))? "
    r"(?:for|with|on|during|in) (?:the )?([A-Z][\w-]*[A-Z0-9][\w-]*)(?![\w-])(?! (?:and|or) \d)"
)
_CUT = frozenset(
    """
    the a an in of to for with and or than from each both all two three four between either other same this that these those was
    were is are had who which not compared versus vs vs. among within per by on at as first second third respectively more less
    fewer most no any our study treatment patients participants subjects women men children women one into whereas while but when
    after before across randomized randomised assigned allocated respective only active main new treated receiving received age
    sex risk high low older younger overall total parallel separate different entire whole similar
    day days week weeks month months year years hour hours ratio ratios rate rates regimen regimens dose dosing group groups arm arms
    excluded care doses difference differences
    """.split()  # noqa: SIM905
)
_DOSES = frozenset({*DOSE.split("|"), "kg", "mg/kg", "mg/day", "%"})
"""Units of a dose, which is part of an arm's name and no name by itself."""
_GUIDED = re.compile(r"([a-z]{4,})-(?:guided|based|first|assisted)\Z")
_NUMBER = re.compile(r"\d[\d.,:%/-]*\Z")
_SENTENCE_END = re.compile(r"\.\s")
_OF_A_BODY = 3
"""Words of a name before "Group", in capitals, from which on it is no arm: "Eastern Cooperative Oncology Group"."""
_HYPHEN = re.compile(r"\\-|\\ ")
"""As `re.escape` writes a hyphen or a space: "rapid-MRI" is "rapid MRI"."""
_FIELD = re.compile(r"Comparator|Control")
"""Where a trial's own words name two arms, the field does not tell which of them it is."""
_LONGEST_NAME = 40
_MOST_NAMES = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Arm:
    """One mention of an arm: `text[start:end]` names the arm `name`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Arms:
    """The arms of a trial by their names.

    Attributes:
        names: each name, in small letters, with its arm.
        tested: the arm that "the active group" is: the one that is no control, where there is one.
    """

    names: Mapping[str, str]
    tested: str
    _pattern: re.Pattern[str] = field(repr=False, compare=False)

    @classmethod
    def of(cls, texts: Iterable[str], *, equal: Sequence[frozenset[str]] = (), named: Sequence[tuple[str, str]] = ()) -> "Arms":
        """Learn the arms' names.

        Args:
            texts: the trial's texts.
            equal: groups of names that the texts equate; a name that is an arm makes its whole group one arm.
            named: pairs of (name, arm) that are known, such as the field "comparator".
        """
        learned = dict.fromkeys(name for text in texts for name in _learned(text))
        names = {name.casefold(): name.casefold() for name in list(learned)[:_MOST_NAMES]}
        names |= {alias: arm for name, arm in names.items() for alias in _aliases(name)}
        names |= {name.casefold(): arm for name, arm in named if not re.fullmatch(_CONTROL_WORDS, name, re.IGNORECASE)}
        for group in equal:
            folded = sorted((name.casefold() for name in group), key=len)
            arm = next((names[name] for name in folded if name in names), None)
            if arm is not None:
                names |= dict.fromkeys(folded, arm)
        tested = _tested(names)
        return cls(
            names={name: tested if arm in _GENERIC else arm for name, arm in names.items()}, tested=tested, _pattern=_pattern_of(names)
        )

    def mentions(self, text: str) -> tuple[Arm, ...]:
        """The arms that a text names, in order of place."""
        several = len(set(self.names.values()) - {CONTROL}) > 1
        return tuple(
            Arm(name=self._named(found), start=found.start(1), end=found.end(1))
            for found in self._pattern.finditer(text)
            if not (several and found.start() == 0 and _FIELD.fullmatch(found.group()))
        )

    def _named(self, found: re.Match[str]) -> str:
        said = found.group(1).casefold()
        name = next((one for one in (said, said.replace(" ", "-"), said.replace("-", " ")) if one in self.names), "")
        return self.names[name] if name else self.tested if found["tested"] else CONTROL


def outside(statistics: Sequence[Statistic], arms: Sequence[Arm]) -> tuple[Statistic, ...]:
    """The statistics that are no part of an arm's name."""
    return tuple(one for one in statistics if not any(arm.start <= one.start < arm.end for arm in arms))


def _aliases(name: str) -> Iterable[str]:
    """How a name such as "goggle-guided" is said short: "goggle", "goggles"."""
    found = _GUIDED.match(name)
    return (found[1], f"{found[1]}s") if found else ()


def _tested(names: Mapping[str, str]) -> str:
    """The arm that general words name: the only one that is no control, else one of its own."""
    arms = {arm for arm in names.values() if arm != CONTROL and arm not in _GENERIC}
    return next(iter(arms)) if len(arms) == 1 else TESTED


def _learned(text: str) -> Iterable[str]:
    for found in _GROUP.finditer(text):
        named = _NAMED_BEFORE.search(text[max(0, found.start() - _REACH_BEFORE) : found.start()])
        if named is not None:
            names = _name(named.group())
            yield from (name for name in names if not ("G" in found.group() and len(name.split()) >= _OF_A_BODY))
    for found in _EITHER.finditer(text):
        yield from _name(found.group(1))
    for sentence in _SENTENCE_END.split(text):
        numbered = dict.fromkeys(name for found in _AFTER_NUMBER.finditer(sentence) for name in _name(found.group(1)))
        yield from (numbered if len(numbered) > 1 else ())
    for found in _ASSIGNED.finditer(text):
        yield from (name for number in (1, 2) for name in _name(found.group(number)))


def _name(words: str) -> Iterable[str]:
    """The last words that can be a name: "patients in the cilta-cel" gives "cilta-cel"."""
    kept: list[str] = []
    for word in reversed(words.split()):
        bare = word.strip(".,;:()")
        if kept and kept[0] in _DOSES and _NUMBER.match(bare):
            kept.insert(0, bare)
            continue
        if bare.casefold() in _CUT or _NUMBER.match(bare) or not bare or word[-1] in ".,;:":
            break
        kept.insert(0, bare)
    name = " ".join(kept)
    if 1 < len(name) <= _LONGEST_NAME and name not in _DOSES and not re.fullmatch(_CONTROL_WORDS, name, re.IGNORECASE):
        yield name


def _pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    known = "|".join(_HYPHEN.sub("[ -]", re.escape(name)) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({known + '|' if known else ''}(?P<tested>{_TESTED_WORDS})|{_CONTROL_WORDS})(?![\w-]|'s)", re.IGNORECASE)

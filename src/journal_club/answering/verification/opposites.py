"""Opposites: words that turn a finding round, and how a statement is held to the source's own.

Owns the axes of direction (higher/lower, improved/worsened, significant/not), the axes of design (open-label/blinded, randomized/not)
and negation. A word turned by a negation counts as its opposite. What both sides do not name is not compared.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from journal_club.statistics.endpoints import endpoints

__all__ = ["FINITE", "NEGATION", "Turn", "design_words", "flipped", "turns"]

_AXES: Mapping[str, tuple[str, str]] = {
    "quality": (
        (
            r"improv(?:e[sd]?|ing|ements?)|better|benefit(?:s|ed|ted|ing)?|beneficial|favou?r(?:s|ed|ing|able)?|"
            r"superior(?:ity)?|advantage(?:s|ous)?|outperform(?:s|ed)?|alleviat\w+"
        ),
        r"wors(?:e|en(?:s|ed|ing)?)|deteriorat\w+|inferior(?:ity)?|harm(?:ed|ful)|disadvantage\w*|unfavou?rabl[ey]|impair(?:ed|s|ment)?",
    ),
    "quantity": (
        (
            r"higher|highest|increas(?:e[sd]?|ing|ingly)|more|greater|greatest|larger|longer|longest|prolong(?:s|ed|ation|"
            r"ing)?|extend(?:s|ed|ing)?|rise[ns]?|rose|raised|elevat\w+|exceed(?:s|ed|ing)?|outnumber\w*|doubled|tripled|"
            r"heavier|faster|"
            r"often|frequent(?:ly)?|older(?= than (?!\d|one|two|three|four|five|six|seven|eight|nine|ten))"
        ),
        (
            r"lower(?:ed|ing|s)?|lowest|decreas(?:e[sd]?|ing)|reduc(?:e[sd]?|ing|tions?)|less|fewer|fewest|smaller|smallest|"
            r"shorter|shortest|shorten\w*|declin(?:e[sd]?|ing)|fell|fall(?:s|en)?|drop(?:s|ped)?|halved|diminish\w*|"
            r"attenuat\w*|slower|lighter|rarer|rarely|younger(?= than (?!\d|one|two|three|four|five|six|seven|eight|nine|ten))"
        ),
    ),
    "significance": (r"significan(?:t|tly|ce)", r"(?:in|non-?)significan(?:t|tly|ce)"),
    "many": (r"many|numerous", r"few(?! of)|hardly any"),
    "strength": (r"strong(?:er|est|ly)?", r"weak(?:er|est|ly)?"),
    "equality": (
        r"similar(?:ly)?|comparable|equal(?:ly)?|balanced|equivalent|unchanged|same|alike",
        r"differ(?:s|ed|ent|ently)?|differences?|unequal|imbalanced?|unbalanced",
    ),
}
_TURN = re.compile(
    r"(?<![\w-])(?=[a-z])(?:"
    + "|".join(f"(?P<{axis}_up>{up})|(?P<{axis}_down>{down})" for axis, (up, down) in _AXES.items())
    + r")(?![\w-])",
    re.IGNORECASE,
)
NEGATION = re.compile(
    (
        r"\b(?:not|no|none|nobody|nor|neither|never|without|cannot|failed to|fails to|fail to|lack of|lacked|absence of|rather than|"
        r"instead of|non)\b(?! only\b)|n['’]t\b"
    ),
    re.IGNORECASE,
)
_MUCH = frozenset({"more", "less", "most", "often"})
_CHANGING = re.compile(r"reduc|lower|decreas|declin|fell|fall|drop|shorten", re.IGNORECASE)
_THAN = re.compile(r"\s(?:often\s)?than\b")
_NEAR_NUMBER = 24
_OR_MORE = re.compile(r"\d[^,;]{0,14}?\s(?:or|and)\s(?:more|less|fewer|higher|lower|longer|shorter|greater)\Z", re.IGNORECASE)
"""In "5 mm or more" the word belongs to the number."""
_LASTING = re.compile(r"long|short|prolong|extend", re.IGNORECASE)
"""Of a survival longer is better: such words are held to "improved" where the source has no quantity of its own."""
_NOT_SIGNIFICANT = re.compile(
    r"\b(?:no|not|nor|without|n['’]t)\s(?:statistically\s)?significant(?:ly)?\s(?:[\w-]+\s){0,2}\Z", re.IGNORECASE
)
_FAR = 160
_WORD_END = re.compile(r"[\w-]*")
_NOT_SHOWN = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:was|were|is)\s(?:not|never)\s(?:shown|seen|found|demonstrated|established|met|observed|detected|confirmed)\b",
    re.IGNORECASE,
)
"""What stands behind the word denies it: "superiority was not shown"."""
_NEITHER = re.compile(r"\bneither\b(?:[^.;]|\.\d){1,90}\bnor\b(?:[^.;,]|\.\d){1,90}\Z", re.IGNORECASE)
_BUT = re.compile(r"\b(?:but|although|whereas|while|however)\b", re.IGNORECASE)
_OF_A_NOUN = re.compile(r"lack of|absence of|without|rather|instead|non", re.IGNORECASE)
FINITE = re.compile(r"\b(?:was|were|is|are|had|has|have|did|does|do|can|could|may|might|will|would)\b", re.IGNORECASE)
"""What such a word denies ends before the verb: "withdrawal for lack of efficacy was more frequent"."""
_DENIAL = re.compile(r"not|no|none|nobody|nor|neither|never|cannot|fail|n['’]t", re.IGNORECASE)
_THEN_SIGNIFICANT = re.compile(r"\s(?:[\w-]+\s){0,2}?(?:statistically\s)?significant", re.IGNORECASE)
_NEGATED_WORDS = 5
_CLAUSE = re.compile(r"[,;:()]|\b(?:but|although|whereas|while|however|and)\b", re.IGNORECASE)
_NOT_FURTHER = re.compile(r"\b(?:no|not) (?:less|more|fewer|later|longer) than\b", re.IGNORECASE)
_OPERATOR = re.compile(r"(?:more|fewer|less|greater|higher|lower) than (?:an? |one[ -])?(?:half|third|quarter|fifth)\b", re.IGNORECASE)
"""In "fewer than half" the word belongs to the number."""
_AMOUNTS_TO = re.compile(r"equivalent to (?:an? |about |approximately |\d)", re.IGNORECASE)
"""What a number amounts to says nothing of two groups."""
_LESS = re.compile(r"\bless\s\Z", re.IGNORECASE)
"""In "less often" the first word says it all."""
_WORD = re.compile(r"\w+")
_NON_INFERIOR = re.compile(r"\bnon[- ]?inferior(?:ity)?\b", re.IGNORECASE)
_DESIGNS: tuple[tuple[str, str, str], ...] = (
    (
        "blinding",
        "open-label",
        (
            r"open[- ]label(?:led|ed)?|unblinded|unmasked|non-?blinded|not (?:be )?(?:blinded|masked)|"
            r"(?:neither|nor)[^.;]{0,60}? (?:blinded|masked)"
        ),
    ),
    ("blinding", "double-blind", r"double[- ]?(?:blind|mask)(?:ed)?"),
    ("blinding", "single-blind", r"single[- ]?(?:blind|mask)(?:ed)?"),
    ("blinding", "triple-blind", r"triple[- ]?(?:blind|mask)(?:ed)?"),
    (
        "blinding",
        "blinded",
        (
            r"(?<![-\w])(?:observer-|assessor-|evaluator-|investigator-)?(?:blind(?:ed)?|masked|blinding|"
            r"masking)(?! (?:independent|central|review|assess|adjudicat))"
        ),
    ),
    ("control", "sham-controlled", r"\bsham\b"),
    ("control", "waiting-list-controlled", r"wait(?:ing)?[- ]?lists?\b"),
    ("control", "untreated controls", r"no (?:treatment|intervention|therapy)\b|untreated (?:control|group)"),
    ("control", "placebo-controlled", r"placebo[- ]controlled|placebo|sham[- ]controlled"),
    (
        "allocation",
        "non-randomized",
        (
            r"non-?randomi[sz]ed(?! (?:patient|participant|subject|person|child|adult))|quasi-randomi[sz]ed|quasi-experimental|"
            r"(?:trial|study|allocation|assignment) (?:was|is) not randomi[sz]ed"
        ),
    ),
    ("allocation", "observational", r"observational|case-control|cross-sectional|cohort study|registry study"),
    ("allocation", "randomized", r"(?<!non-)(?<!quasi-)(?<!not )randomi[sz](?:ed|ation|ing)|\bRCTs?\b|randomly (?:assigned|allocated)"),
    ("arms", "single-arm", r"single[- ]arm|one-arm|uncontrolled"),
    ("arms", "crossover", r"cross[- ]?over(?!s? (?:from|to|after|at|of))|two-period"),
    ("arms", "parallel-group", r"parallel[- ]group"),
    ("arms", "factorial", r"factorial"),
    ("arms", "cluster", r"cluster[- ]randomi[sz]ed|cluster (?:RCT|trial|stud|design)"),
    ("aim", "non-inferiority", r"non-?inferiority|noninferior"),
    ("aim", "equivalence", r"equivalence (?:trial|study|design|margin)"),
    ("aim", "superiority", r"superiority (?:trial|study|design)"),
    ("time", "retrospective", r"retrospective(?:ly)?"),
    ("time", "prospective", r"prospective(?:ly)?"),
    ("timing", "interim", r"interim analysis"),
    ("timing", "post hoc", r"post[- ]?hoc"),
    ("centres", "single-center", r"(?:single|one)[- ]?cent(?:er|re)|single[- ]site|monocentric"),
    ("centres", "multicenter", r"multi-?cent(?:er|re|ric)|multi-?site|multinational|international|global"),
    ("population set", "intention-to-treat", r"intent(?:ion)?[- ]to[- ]treat|\bITT\b"),
    ("population set", "per-protocol", r"per[- ]protocol"),
    ("population set", "as-treated", r"as-treated"),
    ("pilot", "pilot", r"pilot (?:study|trial)|feasibility (?:study|trial)"),
    (
        "adjudication",
        "independent review",
        r"independent(?:ly)? (?:review|adjudicat)\w*|blinded independent|central(?:ly)? (?:review|adjudicat)\w*",
    ),
)
_DESIGN_PATTERNS = tuple((axis, name, re.compile(rf"(?<![\w]){pattern}", re.IGNORECASE)) for axis, name, pattern in _DESIGNS)
_IMPLIED: Mapping[str, frozenset[str]] = {
    "blinded": frozenset({"double-blind", "single-blind", "triple-blind"}),
    "randomized": frozenset({"cluster"}),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """One word of direction.

    Attributes:
        up: which way it points once negation was taken into account.
        negated: whether there was a negation.
        moot: whether only significance was denied, not the direction itself.
    """

    axis: str
    up: bool
    negated: bool
    moot: bool
    text: str
    start: int
    end: int


def turns(text: str) -> tuple[Turn, ...]:
    """The words of direction of a sentence, in order."""
    found: list[Turn] = []
    named = [(one.start, one.end) for one in endpoints(text)]
    for match in _TURN.finditer(text):
        axis, _, way = (match.lastgroup or "").rpartition("_")
        if _NOT_FURTHER.match(text, max(0, match.start() - 4)) or _OPERATOR.match(text, match.start()):
            continue
        if _AMOUNTS_TO.match(text, match.start()):
            continue
        if _LESS.search(text, max(0, match.start() - 6), match.start()) or any(start <= match.start() < end for start, end in named):
            continue
        if _OR_MORE.search(text, max(0, match.start() - _NEAR_NUMBER), match.end()) or (found and _says_how_much(text, found[-1], match)):
            continue
        negated = is_negated(text, match.start())
        moot = axis != "significance" and negated and _is_moot(text, match)
        up = (way == "up") != negated
        found.append(Turn(axis=axis, up=up, negated=negated, moot=moot, text=match.group(), start=match.start(), end=match.end()))
    if found and (non := _NON_INFERIOR.search(text)):
        found = [turn for turn in found if not non.start() <= turn.start < non.end()]
    return tuple(found)


def _says_how_much(text: str, verb: Turn, word: re.Match[str]) -> bool:
    """Whether "more" or "less" only says how far the verb before it goes: "fell more", "reduced severity more than"."""
    if word.group().casefold() not in _MUCH or verb.axis not in ("quality", "quantity"):
        return False
    between = text[verb.end : word.start()]
    follows = not between.strip() or (_THAN.match(text, word.end()) is not None and not _CLAUSE.search(between))
    return follows and _CHANGING.match(verb.text) is not None


def _is_moot(text: str, word: re.Match[str]) -> bool:
    """Whether the negated direction is only said not to be significant ("did not significantly improve"): that leaves it open."""
    before = _NOT_SIGNIFICANT.search(text, max(0, word.start() - 60), word.start())
    return before is not None or _THEN_SIGNIFICANT.match(text, word.end()) is not None


def is_negated(text: str, place: int) -> bool:
    """Whether a negation stands in the same clause, at most five words before the place."""
    if _NOT_SHOWN.match(text, _WORD_END.match(text, place).end()):  # type: ignore[union-attr]
        return True
    far = text[max(0, place - _FAR) : place]
    if _NEITHER.search(far) and not _BUT.search(far):
        return True
    before = far[-60:]
    clause_start = max((cut.end() for cut in _CLAUSE.finditer(before)), default=0)
    last = None
    for last in NEGATION.finditer(before, clause_start):  # noqa: B007 - the last match is wanted
        pass
    if last is None or (_OF_A_NOUN.match(last.group()) and FINITE.search(before, last.end())):
        return False
    return len(_WORD.findall(before, last.end())) < _NEGATED_WORDS


def negations(text: str) -> tuple[int, ...]:
    """The places behind each "not" or "no" of a text; "without" and the like only set the scene."""
    return tuple(found.end() for found in NEGATION.finditer(text) if _DENIAL.match(found.group()))


def flipped(claim: Sequence[Turn], source: Iterable[Turn], *, swapped: bool) -> Turn | None:
    """The first word of the statement whose opposite, and nothing else on its axis, stands in the source.

    Args:
        claim: the statement's words of direction.
        source: those of the sentences that carry it.
        swapped: whether the statement compares the same arms in the other order ("shorter with B" for "longer with A").
    """
    ways: dict[str, set[bool]] = {}
    for turn in source:
        if not turn.moot:
            ways.setdefault(turn.axis, set()).add(turn.up)
    for turn in claim:
        if turn.moot:
            continue
        wanted = turn.up != (swapped and turn.axis in ("quality", "quantity"))
        said = ways.get(turn.axis) or (ways.get("quality") if _LASTING.match(turn.text) else None)
        if said == {not wanted}:
            return turn
    return None


def design_words(text: str) -> dict[str, tuple[str, str]]:
    """The design words of a text: canonical name -> (axis, the words as they stand)."""
    found: dict[str, tuple[str, str]] = {}
    for axis, name, pattern in _DESIGN_PATTERNS:
        if match := pattern.search(text):
            found[name] = (axis, match.group())
    return found


def implied(name: str) -> frozenset[str]:
    """The design words that say at least as much as this one, itself included."""
    return _IMPLIED.get(name, frozenset()) | {name}

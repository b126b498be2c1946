"""Scope: words that make a statement larger than its source.

Owns the tables of certainty ("proves", "cures"), of totality ("all patients"), of hedges ("may") and of populations ("children",
"newly diagnosed"). A statement may use such a word when its source does, and may not drop the hedge of what it repeats.
"""

import re
from collections.abc import Iterable, Mapping

from journal_club.answering.verification.wording import carried, is_free, stems

__all__ = [
    "asserted_cause",
    "asserted_possibility",
    "component",
    "dropped_hedge",
    "exchanged_name",
    "invented_ordinal",
    "reversed_order",
    "widened",
]

_LARGE: tuple[tuple[str, str], ...] = (
    ("certainty", (
        r"prov(?:es?|ed|en|ing)|proof|definitive(?:ly)?|conclusive(?:ly)?|undoubtedly|certainly|guarantee[sd]?|"
        r"unequivocal(?:ly)?|clearly (?:shows?|proves?)"
        )),
    ("cure", r"cur(?:e[sd]?|ing|ative)|eradicat\w+"),
    ("totality", (
        r"all (?:of the )?(?:\w+ ){0,2}?(?:patients|participants|people|subjects|women|men|children|cases|deaths)|"
        r"(?<!in )all (?!(?:of )?(?:this|these|that|which)\b)(?:of )?(?:the )?(?:[a-z-]+ )?[a-z-]{2,}(?:s|ren|en)"
        r"(?<!arms)(?<!groups)(?<!treatments)(?<!outcomes)|"
        r"every (?:patient|participant|person|subject)|(?:had|have) all(?! of)|"
        r"any (?:[\w-]+ )?(?:ages?|doses?|patients?|person|setting|population|country)|"
        r"always|entire(?:ly)?|completely|universally|in everyone"
        )),
    ("majority", r"most (?:of (?:the|these|those) )?(?!serious)[a-z-]+s|most of (?:them|whom|which)|(?:the |a )?majority of"),
    ("factor", r"doubl(?:ed|es|ing)|tripl(?:ed|es|ing)|halv(?:ed|es|ing)|(?:two|three|four|five)-?fold"),
    ("intensity", r"highly|extremely|dramatic(?:ally)?|remarkabl[ey]|vastly|overwhelming(?:ly)?|profound(?:ly)?|strongly"),
    ("severity", r"mild(?:er|ly)?|moderate|severe|life-threatening|fatal|self-limit\w+|reversible|transient(?:ly)?|manageable|serious"),
    ("exclusivity", r"only(?! (?:from |about |in )?\d)|solely|exclusively|alone"),
    ("accounting", r"account(?:s|ed|ing)? for"),
    ("tolerability", r"well[- ]tolerated|(?:un)?safe(?:ly|r|st)?(?! for)|safety|tolerable"),
    ("cause", (
        r"because|due to|owing to|caus(?:es|ed|ing|e(?! of))|thanks to|attributable to|reasons? (?:for|why|that)|"
        r"led to|leads to|results? in|resulted in"
        )),
    ("causation", r"(?:is|was|are|were) (?:the|a) (?:[\w-]+ )?cause of|causes(?! of)|caused|led to|leads to|results? in|resulted in"),
    ("share in each", r"each of (?:the )?(?:two|three|four|\d|groups?|arms?)|in each (?:of|group|arm)|per (?:group|arm)"),
    ("non-inferiority", r"non-?inferior(?:ity)?"),
    ("equivalence", r"equivalent|equivalence"),
    ("persistence", (
        r"long-term|lasting(?! (?:[\w~-]+ ){0,2}?(?:\d|weeks?|months?|days?|years?|hours?|minutes?))|"
        r"sustained|durable|persist(?:s|ed|ing|ent)?"
        )),
    ("consistency", r"consistent(?:ly)?|regardless of|irrespective of|across (?:all|subgroups)"),
    ("harmlessness", (
        r"(?:completely |entirely )?(?:harmless|risk-free)|no (?:side effects|adverse events|risks?|toxicity|toxicities)|"
        r"safe for"
        )),
    ("recommendation", (
        r"should (?:be )?(?:receive|given|used|offered|treated|recommended|considered|preferred|avoid|switch)\w*|"
        r"must (?:be|receive)|recommend(?:s|ed)?|first[- ]choice|(?:new |the )?standard of care (?:is|should)"
        )),
)  # fmt: skip
_POPULATIONS: tuple[tuple[str, str], ...] = (
    ("children", r"child(?:ren)?|p(?:a)?ediatric|infants?|neonat\w+|newborns?(?! diagnosed)|toddlers?|school-?aged?"),
    ("adolescents", r"adolescents?|teenagers?|youths?"),
    ("adults", r"adults?"),
    ("older people", r"elderly|older (?:adults|patients|people|persons)|geriatric|frail|octogenarians?"),
    ("young people", r"younger (?:adults|patients|people)|young (?:adults|patients|people)"),
    ("pregnancy", r"pregnan\w+|breast-?feeding|lactating"),
    ("women", r"women|females?"),
    ("men", r"(?<!wo)men|males?"),
    ("newly diagnosed", r"newly[- ]diagnosed|treatment[- ]na[iï]ve|untreated|previously untreated|first[- ]line|front[- ]?line"),
    ("relapsed", r"relapsed|refractory"),
    ("healthy volunteers", r"healthy (?:volunteers|people|subjects|adults)"),
    ("transplant-ineligible", r"transplant[- ]ineligible"),
    ("transplant-eligible", r"transplant[- ]eligible"),
    ("outpatients", r"outpatients?|ambulatory"),
    ("inpatients", r"inpatients?|hospitali[sz]ed patients"),
    ("subgroup", r"subgroups?"),
)  # fmt: skip
_ALL_OF = re.compile(r"(?:all|every)\s(?:of\s)?(?:the\s)?(?:[\w-]+\s){0,2}?(?P<who>[\w-]+)", re.IGNORECASE)
_EACH = re.compile(
    r"(?<!\bnot )(?<!\bNot )\b(?:each|every|all|both|entire|whole|complete)\s(?:of\s)?(?P<what>(?:[\w-]+\s?){1,5})", re.IGNORECASE
)
_MILDER = re.compile(r"\b(?:mild\w*|less|lower|reduc\w+|decreas\w+)", re.IGNORECASE)
_HEDGE = re.compile(
    (
        r"\b(?:may|might|could|can|potential(?:ly)?|possibl[ey]|perhaps|probabl[ey]|(?<!more )(?<!less )(?<!as )likely|"
        r"suggest(?:s|ed|ing)?|"
        r"appear(?:s|ed)? to|seem(?:s|ed)? to|tend(?:s|ed)? to|hypothesi[sz]e[sd]?|whether|aim(?:ed|s)? to|designed to|"
        r"would)\b"
    ),
    re.IGNORECASE,
)
_MAYBE = re.compile(r"\b(?:may|might|could(?! not)|possibly|perhaps)\b", re.IGNORECASE)
_CAUSE = re.compile(r"\b(?:because|due to|owing to|reasons?|explain(?:s|ed)?|causes?d?|led to|account(?:s|ed)? for)\b", re.IGNORECASE)
_MAY_CAUSE = re.compile(
    r"\b(?:may|might|could|possibly|perhaps)\s(?:have\s|be\s|been\s|partly\s|well\s){0,3}"
    r"(?:explain\w*|due to|because|caused?|contribut\w+|account\w*|led|reflect\w*|attribut\w+|related to|the reason)\b",
    re.IGNORECASE,
)
_COULD_NOT = re.compile(r"(?:could|can) ?not\b", re.IGNORECASE)
_IS_NOT = re.compile(r"\b(?:was|were|is|are|did|do|does|had|has|have)(?:n['’]t| not)\b|\bun[a-z]{4,}ed\b", re.IGNORECASE)
"""What could not be was not."""
_WILL = re.compile(r"\b(?:will|shall|would)\b", re.IGNORECASE)
_INITIAL = re.compile(r"\binitial\w*|\bbegan\b|\b(?:period|week|month|day|year)s?\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.()]|\b(?:although|but|which|whereas|while|because)\b", re.IGNORECASE)
_GOVERNED = 3
_MOSTLY = re.compile(r"\b(?:most|mostly|majority|predominantly|mainly|largely)\b|\b(?:[5-9]\d|100)(?:\.\d+)?\s?%", re.IGNORECASE)
_COMPILED = tuple((name, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", re.IGNORECASE)) for name, pattern in _LARGE)
_PEOPLE = tuple((name, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", re.IGNORECASE)) for name, pattern in _POPULATIONS)


_LICENCES: Mapping[str, str] = {
    "totality": r"each|every|all|both|completely|entire",
    "exclusivity": r"alone|single|sole|just",
    "cause": (
        r"because|due to|owing|since|so|therefore|hence|thus|reasons?|causes|caused|cause(?! of)|causing|"
        r"based|attribut\w+|driven|led to|leads? to|result\w*|introduce\w*|produc\w+|effects?|associated with|through|related"
    ),
    "causation": r"caus\w+|due to|because|result(?:s|ed)? (?:in|from)|leads? to|led to|induc\w+|produc\w+",
    "share in each": r"each|every|per|both|either|respectively|n\s?=",
    "tolerability": r"toler(?:ated|able)|safe\w*",
    "persistence": r"last\w*|sustain\w+|durab\w+|persist\w+|long-?term|maintain\w*",
    "consistency": r"similar\w*|both|across|consisten\w+|regardless|irrespective|independent(?:ly)? of|whether",
    "equivalence": r"equivalen\w+|equal\w*|same",
}
"""What of the source allows a word of each kind, where that is more than the same words."""
_ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|sixth|final|last)[\s-](\w+)", re.IGNORECASE)
_WHEN = re.compile(r"\b(before|after|following|during|until|prior to)\s(?:(?:the|a|an|their|any)\s)?(\w+)", re.IGNORECASE)
_LABEL = re.compile(r"\b((?:[Ss]tud|[Gg]roup|[Aa]rm|[Cc]ohort|[Pp]art|[Pp]hase|[Ss]tage|[Gg]rade)y?)\s([A-Z]|[IV]+|\d)\b")
_BEFORE = re.compile(r"\b(?:before|prior to|(?:is|was|were|are|,) followed by)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|following|preceded by)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[;.]\s")
_SAME_TIME: Mapping[str, str] = {"following": "after", "prior to": "before"}
_NUMBERED_NAME = re.compile(r"\b([A-Z][A-Za-z]*[A-Z][A-Za-z]*)-?(\d+)\b")
_NO_COMPOSITE = re.compile(
    r"\A(?:older|younger|more|less|fewer|greater|higher|lower|equal|above|below|over|under|longer|shorter|placebo|control)\b"
)
_OR = re.compile(
    r"(\w+) or (\w+(?: (?!(?:in|at|of|by|with|was|were|is|are|did|do|does|had|has|have|can|could|may|and)\b)\w+)?)", re.IGNORECASE
)


def exchanged_name(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) names that differ in their number alone, or in their ordinal, where the source never has the claimed one."""
    for pattern, whole, part in ((_NUMBERED_NAME, 1, 2), (_ORDINAL, 2, 1), (_WHEN, 2, 1), (_LABEL, 1, 2)):
        known: dict[str, dict[str, str]] = {}
        for one in pattern.finditer(source):
            known.setdefault(_stem(one[whole]), {})[_alias(one[part])] = one.group()
        for one in pattern.finditer(claim):
            rivals = known.get(_stem(one[whole]))
            if rivals and _alias(one[part]) not in rivals:
                return one.group(), next(iter(rivals.values()))
    return None


def _alias(word: str) -> str:
    return _SAME_TIME.get(word.casefold(), word.casefold())


def _stem(word: str) -> str:
    return next(iter(stems(word)), word.casefold())


def component(claim: str, source: str) -> tuple[str, str] | None:
    """The (part, whole) of a composite "A or B" of which a statement names one part alone."""
    said = frozenset(stems(claim))
    if re.search(r"\b(?:or|no|not)\b", claim, re.IGNORECASE):
        return None
    for pair in _OR.finditer(source):
        parts = [stems(part) for part in (pair[1], pair[2])]
        named = [stem for part in parts for stem in part if all(carried(one, said) for one in part)]
        rest = frozenset(stems(source[: pair.start()] + " " + source[pair.end() :]))
        if named and all(carried(stem, rest) for stem in named):
            continue
        if (
            all(parts)
            and not _NO_COMPOSITE.search(pair[2])
            and len(named) in (len(parts[0]), len(parts[1]))
            and named not in ([], [*parts[0], *parts[1]])
        ):
            return ", ".join(sorted(named)), pair.group()
    return None


def widened(claim: str, source: str, around: str) -> tuple[str, str] | None:
    """The first (kind, words) by which a statement is larger than its source.

    Args:
        claim: the statement.
        source: the text that carries it.
        around: text whose populations the statement may name as well, such as the study's design.
    """
    for name, pattern in _COMPILED:
        found = pattern.search(claim)
        if found and not _licensed(name, found.group(), pattern, source) and not (name == "majority" and _MOSTLY.search(source)):
            return name, found.group()
    for name, pattern in _PEOPLE:
        if (found := pattern.search(claim)) and not pattern.search(source) and not pattern.search(around):
            return f"population ({name})", found.group()
    return None


def _licensed(name: str, words: str, pattern: re.Pattern[str], source: str) -> bool:
    """Whether the source has a word of the kind, and of severity the same grade."""
    if name == "severity" and words.casefold() == "milder":
        return _MILDER.search(source) is not None
    if name == "severity":
        return re.search(rf"\b{re.escape(words[:6])}", source, re.IGNORECASE) is not None or (
            words.casefold() in ("severe", "serious") and re.search(r"\b(?:severe|serious|grade)", source, re.IGNORECASE) is not None
        )
    if name == "totality" and (noun := _ALL_OF.fullmatch(words)):
        told = [stem for found in _EACH.finditer(source) for stem in stems(found["what"])]
        return any(carried(stem, frozenset(told)) for stem in stems(noun["who"])) or not stems(noun["who"])
    return pattern.search(source) is not None or (
        name in _LICENCES and re.search(rf"\b(?:{_LICENCES[name]})\b", source, re.IGNORECASE) is not None
    )


def dropped_hedge(claim: str, source: str) -> tuple[str, str] | None:
    """The hedge of the source, with what it governs, where the statement repeats that without a hedge of its own before it."""
    said = set(stems(claim))
    hedged = {stem for hedge in _HEDGE.finditer(claim) for stem in stems(_clause(claim[hedge.end() :]))}
    for hedge in _HEDGE.finditer(source):
        governed = stems(_clause(source[hedge.end() :]))[:_GOVERNED]
        # One governed word is enough where the words before the hedge are repeated too.
        before = stems(source[: hedge.start()])[1 - _GOVERNED :] if len(governed) < _GOVERNED - 1 else ()
        repeated = len(governed) + len(before) >= _GOVERNED - 1 and all(stem in said for stem in (*governed, *before))
        if _COULD_NOT.match(source, hedge.start()) and _IS_NOT.search(claim) and not _WILL.search(claim):
            continue
        if repeated and hedged.isdisjoint(governed) and not _elsewhere(governed, source, hedge):
            return hedge.group(), _clause(source[hedge.start() :]).strip()
    return None


def reversed_order(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) words where a clause puts before what the source puts after, or the other way about."""
    for ours, theirs in ((_BEFORE, _AFTER), (_AFTER, _BEFORE)):
        said, found = ours.search(claim), theirs.search(source)
        if said is None or found is None or ours.search(source) or theirs.search(claim):
            continue
        named = stems(claim[said.end() :])[:1]
        if named and named[0] in stems(_SENTENCE_END.split(source[found.end() :])[0]):
            return f"{said.group()} {named[0]}", f"{found.group()} {named[0]}"
    return None


def asserted_possibility(claim: str, source: str) -> str:
    """What the source only holds possible, where a clause says nothing but that, and without a hedge; empty when there is none."""
    wanted = [stem for stem in stems(claim) if not is_free(stem)]
    if _HEDGE.search(claim) or not wanted:
        return ""
    for hedge in _MAYBE.finditer(source):
        governed = frozenset(stems(_clause(source[hedge.end() :])))
        outside = frozenset(stems(source[: hedge.start()]))
        held = [stem for stem in wanted if carried(stem, governed)]
        if len(held) > 1 and len(held) == len(wanted) and any(not carried(stem, outside) for stem in held):
            return source[hedge.start() : hedge.end() + len(_clause(source[hedge.end() :]))]
    return ""


def asserted_cause(claim: str, source: str) -> str:
    """What the source only holds possible as a cause, where a clause names the cause without a hedge; empty when there is none."""
    if _HEDGE.search(claim) or not _CAUSE.search(claim):
        return ""
    possible = _MAY_CAUSE.search(source)
    return possible.group() if possible else ""


def invented_ordinal(claim: str, source: str) -> str:
    """A "first X" of the statement where the source counts no X; empty when there is none."""
    counted = {(one[1].casefold(), _stem(one[2])) for one in _ORDINAL.finditer(source)}
    for one in _ORDINAL.finditer(claim):
        early = one[1].casefold() == "first" and _INITIAL.search(source)
        if (one[1].casefold(), _stem(one[2])) not in counted and not early and not one[2].isdigit():
            return one.group()
    return ""


def _elsewhere(governed: Iterable[str], source: str, hedge: re.Match[str]) -> bool:
    """Whether the source says the governed words without the hedge as well."""
    rest = source[: hedge.start()] + " " + source[hedge.end() + len(_clause(source[hedge.end() :])) :]
    return set(governed) <= set(stems(rest))


def _clause(text: str) -> str:
    end = _CLAUSE_END.search(text, 1)
    return text[: end.start()] if end else text

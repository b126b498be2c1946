"""Scope: words that make a statement larger than its source.

Owns the tables of certainty ("proves", "cures"), of totality ("all patients"), of hedges ("may") and of populations ("children",
"newly diagnosed"). A statement may use such a word when its source does, and may not drop the hedge of what it repeats.
"""

import re
from collections.abc import Iterable, Mapping

from journal_club.answering.verification.wording import carried, is_free, stems

__all__ = ["asserted_possibility", "component", "dropped_hedge", "exchanged_name", "invented_ordinal", "reversed_order", "widened"]

_LARGE: tuple[tuple[str, str], ...] = (
    ("certainty", (
        r"prov(?:es?|ed|en|ing)|proof|definitive(?:ly)?|conclusive(?:ly)?|undoubtedly|certainly|guarantee[sd]?|"
        r"unequivocal(?:ly)?|clearly (?:shows?|proves?)"
        )),
    ("cure", r"cur(?:e[sd]?|ing|ative)|eradicat\w+"),
    ("totality", (
        r"all (?:of the )?(?:\w+ ){0,2}?(?:patients|participants|people|subjects|women|men|children|cases|deaths)|"
        r"(?<!in )all (?:of )?(?:the )?(?:[a-z-]+ )?[a-z-]{2,}(?:s|ren|en)(?<!arms)(?<!groups)(?<!treatments)(?<!outcomes)|"
        r"every (?:patient|participant|person|subject)|always|entire(?:ly)?|completely|universally|in everyone"
        )),
    ("majority", r"most (?:of (?:the|these) )?(?!serious)[a-z-]+s|(?:the |a )?majority of"),
    ("factor", r"doubl(?:ed|es|ing)|tripl(?:ed|es|ing)|halv(?:ed|es|ing)|(?:two|three|four|five)-?fold"),
    ("intensity", r"highly|extremely|dramatic(?:ally)?|remarkabl[ey]|vastly|overwhelming(?:ly)?|profound(?:ly)?|strongly"),
    ("severity", r"mild(?:er|ly)?|moderate|severe|life-threatening|fatal|self-limit\w+|reversible|transient(?:ly)?|manageable|serious"),
    ("exclusivity", r"only|solely|exclusively"),
    ("tolerability", r"well[- ]tolerated|(?:un)?safe(?:ly)?(?! for)|safety|tolerable"),
    ("cause", r"because|due to|owing to|caus(?:es|ed|ing|e(?! of))|thanks to|attributable to|led to|leads to|results? in|resulted in"),
    ("non-inferiority", r"non-?inferior(?:ity)?"),
    ("equivalence", r"equivalent|equivalence"),
    ("persistence", r"long-term|lasting|sustained|durable|persist(?:s|ed|ing|ent)?"),
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
_HEDGE = re.compile(
    (
        r"\b(?:may|might|could|can|potential(?:ly)?|possibl[ey]|perhaps|probabl[ey]|likely|suggest(?:s|ed|ing)?|"
        r"appear(?:s|ed)? to|seem(?:s|ed)? to|tend(?:s|ed)? to|hypothesi[sz]e[sd]?|whether|aim(?:ed|s)? to|designed to|"
        r"would)\b"
    ),
    re.IGNORECASE,
)
_MAYBE = re.compile(r"\b(?:may|might|could|possibly|perhaps)\b", re.IGNORECASE)
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
        r"because|due to|owing|causes|caused|cause(?! of)|causing|based|attribut\w+|driven|led to|leads? to|result\w*|introduce\w*|"
        r"produc\w+|effects?|associated with|through|related"
    ),
    "tolerability": r"toler(?:ated|able)|safe\w*",
    "persistence": r"last\w*|sustain\w+|durab\w+|persist\w+|long-?term|maintain\w*",
    "consistency": r"similar\w*|both|across|consisten\w+|regardless|irrespective",
    "equivalence": r"equivalen\w+|equal\w*|same",
}
"""What of the source allows a word of each kind, where that is more than the same words."""
_ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|sixth|final|last)[\s-](\w+)", re.IGNORECASE)
_WHEN = re.compile(r"\b(before|after|following|during|until|prior to)\s(?:(?:the|a|an|their|any)\s)?(\w+)", re.IGNORECASE)
_LABEL = re.compile(r"\b((?:[Ss]tud|[Gg]roup|[Aa]rm|[Cc]ohort|[Pp]art|[Pp]hase|[Ss]tage|[Gg]rade)y?)\s([A-Z]|[IV]+|\d)\b")
_BEFORE = re.compile(r"\b(?:before|prior to)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|following)\b", re.IGNORECASE)
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
    if name == "severity":
        return re.search(rf"\b{re.escape(words[:6])}", source, re.IGNORECASE) is not None or (
            words.casefold() in ("severe", "serious") and re.search(r"\b(?:severe|serious|grade)", source, re.IGNORECASE) is not None
        )
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

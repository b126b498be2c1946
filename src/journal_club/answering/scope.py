"""Scope: words that make a statement larger than its source.

Owns the tables of certainty ("proves", "cures"), of totality ("all patients"), of hedges ("may") and of populations ("children",
"newly diagnosed"). A statement may use such a word when its source does, and may not drop the hedge of what it repeats.
"""

import re
from collections.abc import Iterable

from journal_club.answering.wording import stems

__all__ = ["dropped_hedge", "widened"]

_LARGE: tuple[tuple[str, str], ...] = (
    ("certainty", (
        r"prov(?:es?|ed|en|ing)|proof|definitive(?:ly)?|conclusive(?:ly)?|undoubtedly|certainly|guarantee[sd]?|"
        r"unequivocal(?:ly)?|clearly (?:shows?|proves?)"
        )),
    ("cure", r"cur(?:e[sd]?|ing|ative)|eradicat\w+"),
    ("totality", (
        r"all (?:of the )?(?:\w+ ){0,2}?(?:patients|participants|people|subjects|women|men|children|cases|deaths)|"
        r"every (?:patient|participant|person|subject)|always|entire(?:ly)?|completely|universally|in everyone"
        )),
    ("majority", r"most (?:of the )?(?:patients|participants|people|subjects|women|men|children|cases)|(?:the |a )?majority of"),
    ("intensity", r"highly|extremely|dramatic(?:ally)?|remarkabl[ey]|vastly|overwhelming(?:ly)?|profound(?:ly)?|strongly"),
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
_CLAUSE_END = re.compile(r"[,;:.()]|\b(?:although|but|which|whereas|while|because)\b", re.IGNORECASE)
_GOVERNED = 3
_MOSTLY = re.compile(r"\b(?:most|mostly|majority|predominantly|mainly|largely)\b|\b(?:[5-9]\d|100)(?:\.\d+)?\s?%", re.IGNORECASE)
_COMPILED = tuple((name, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", re.IGNORECASE)) for name, pattern in _LARGE)
_PEOPLE = tuple((name, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", re.IGNORECASE)) for name, pattern in _POPULATIONS)


def widened(claim: str, source: str, around: str) -> tuple[str, str] | None:
    """The first (kind, words) by which a statement is larger than its source.

    Args:
        claim: the statement.
        source: the text that carries it.
        around: text whose populations the statement may name as well, such as the study's design.
    """
    for name, pattern in _COMPILED:
        if (found := pattern.search(claim)) and not pattern.search(source) and not (name == "majority" and _MOSTLY.search(source)):
            return name, found.group()
    for name, pattern in _PEOPLE:
        if (found := pattern.search(claim)) and not pattern.search(source) and not pattern.search(around):
            return f"population ({name})", found.group()
    return None


def dropped_hedge(claim: str, source: str) -> tuple[str, str] | None:
    """The hedge of the source, with what it governs, where the statement repeats that without any hedge."""
    if _HEDGE.search(claim):
        return None
    said = set(stems(claim))
    for hedge in _HEDGE.finditer(source):
        governed = stems(_clause(source[hedge.end() :]))[:_GOVERNED]
        if len(governed) >= _GOVERNED - 1 and all(stem in said for stem in governed) and not _elsewhere(governed, source, hedge):
            return hedge.group(), _clause(source[hedge.start() :]).strip()
    return None


def _elsewhere(governed: Iterable[str], source: str, hedge: re.Match[str]) -> bool:
    """Whether the source says the governed words without the hedge as well."""
    rest = source[: hedge.start()] + " " + source[hedge.end() + len(_clause(source[hedge.end() :])) :]
    return set(governed) <= set(stems(rest))


def _clause(text: str) -> str:
    end = _CLAUSE_END.search(text, 1)
    return text[: end.start()] if end else text

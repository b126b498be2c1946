"""Endpoint label: what a ratio is a ratio of, in the words that its own sentence uses.

Owns where those words stand: a row's or an item's own label, the endpoint that the statistics room binds to the number, what the ratio is
said to be for, the subject of its clause, else the clause's first words, which are then no more than a fragment. A label is always a slice
of the sentence.
"""

import re
from dataclasses import dataclass

from journal_club.statistics.endpoints import Endpoint
from journal_club.statistics.statistic import Statistic

__all__ = ["LabelSpan", "label_span"]

_VERB = re.compile(
    r"\s(?:(?:also|only|did|does|do|could|may|would|significantly|markedly|further)\s){0,2}(?:not\s)?(?:was|were|is|are|had|has|have|did|do"
    r"|occurred|occurs?|differed|developed|died|gave|showed|improved|increased|decreased|reduced|fell|rose|favou?red|tended|remained|appeared"
    r"|led|resulted|happened|affected|yielded)\b",
    re.IGNORECASE,
)
_BOLD = re.compile(r"[\s|>*_-]*\*\*(?P<words>[^*\n:]{2,60}?):?\*\*:?")
_CELL = re.compile(r"\s*\|?\s*(?P<words>[^|\s](?: ?[^|\s]){1,80})\s*(?:\||\s{3}|\t)")
_RATIO_FOR = re.compile(
    r"\bratios?(?:\s[(\[]\w{2,4}[)\]])?\s(?:for|of)\s(?:the\s)?(?P<words>[A-Za-z][^\d,;:()=]{2,60}?)(?:\s(?:was|were|is|of))?[\s,=:(\[]*\Z"
)
_LEAD = re.compile(
    r"(?:[\s,;:()\[\]*_]|\b(?:and|but|while|whereas|or|the|an?|in addition|however|the|also|for|median|mean|there|that)\b)*", re.IGNORECASE
)
_BREAK = re.compile(r"[;:,]\s|\.\s|\b(?:while|whereas|although|but)\s|[)\]],?\sand\s")
_OR_MORE = re.compile(
    r"\s(?:or|and)\s[A-Za-z][\w-]*(?:\s[A-Za-z][\w-]*){0,3}?(?=\s(?:was|were|is|occurred|did|at|by|in|with|between)\b|[,;(]|\s?\Z)"
)
_ADJECTIVE = re.compile(r"(?:\A|[,;:.]\s|\bthe\s|\bof\s)(?P<words>[A-Za-z]+-[A-Za-z-]+\s)\Z")
_MOST_WORDS = 10
_FIRST_WORDS = re.compile(r"\S+(?:\s+[^\s(\[]\S*){0,9}")
_NO_SUBJECT = re.compile(
    r"\A(?:HR|OR|RR|and|or|but)\Z|ratios?\Z|\A(?:in|at|by|with|for|of|to|on|from|if|when|was|were|among|after|before|compared|than|a?s|both|each)\b|[()\[\]|=]|\d+\sto\s"
    r"|\b(?:it|this|these|those|that|than|they|we|which|who|when|if|results?|differences?|patients?|participants?|no|there|groups?|arms?|treatment)\b",
    re.IGNORECASE,
)
_NO_ENDPOINT = re.compile(r"(?:if|when|while|those|these|patients|participants)\b", re.IGNORECASE)
_NEAR = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelSpan:
    """Where a label stands in its sentence; a `fragment` is the beginning of its clause and names no endpoint for certain."""

    start: int
    end: int
    fragment: bool = False


def label_span(text: str, one: Statistic, named: tuple[Endpoint, ...], clause_start: int) -> LabelSpan:
    """Where the label of a ratio stands in its sentence.

    Args:
        text: the sentence.
        one: the ratio, bound to its endpoint.
        named: the endpoints that the sentence names.
        clause_start: where what belongs to an earlier ratio ends.
    """
    fixed = _CELL.match(text) or _BOLD.match(text)
    if fixed:
        return LabelSpan(start=fixed.start("words"), end=fixed.end("words"))
    bound = [found for found in named if one.endpoint and found.name == one.endpoint and not _NO_ENDPOINT.match(text, found.start)]
    if bound:
        return _widened(text, _chosen(bound, one))
    told = _RATIO_FOR.search(text, max(0, clause_start, one.start - _NEAR), one.start)
    if told:
        return LabelSpan(start=told.start("words"), end=told.end("words"))
    return _subject(text, clause_start, one.start) or _first_words(text, clause_start, one.start)


def _chosen(bound: list[Endpoint], one: Statistic) -> Endpoint:
    """The fullest name before the number, else the first: "overall survival" rather than "OS"."""
    before = [found for found in bound if found.start < one.start]
    return max(before or bound[:1], key=lambda found: found.end - found.start)


def _widened(text: str, found: Endpoint) -> LabelSpan:
    """With the other half of a composite ("stroke or systemic embolism") and a compound adjective ("patient-reported")."""
    more = _OR_MORE.match(text, found.end)
    joined = more is not None and more.group().startswith(" or ")
    adjective = _ADJECTIVE.search(text, max(0, found.start - 40), found.start)
    start = adjective.start("words") if adjective else found.start
    return LabelSpan(start=start, end=more.end() if more and joined else found.end)


def _subject(text: str, start: int, end: int) -> LabelSpan | None:
    """The subject of the clause that the number stands in."""
    for verb in _VERB.finditer(text, start, end):
        begin = _last_break(text, start, verb.start())
        words = text[begin : verb.start()]
        if 0 < len(words.split()) <= _MOST_WORDS and not _NO_SUBJECT.search(words):
            return LabelSpan(start=begin, end=verb.start())
    return None


def _last_break(text: str, start: int, end: int) -> int:
    begin = max((found.end() for found in _BREAK.finditer(text, start, end)), default=start)
    lead = _LEAD.match(text, begin, end)
    return lead.end() if lead and lead.end() < end else begin


def _first_words(text: str, start: int, end: int) -> LabelSpan:
    """The first words of the clause, up to a bracket; of the sentence where the clause has none."""
    lead = _LEAD.match(text, start, end)
    begin = lead.end() if lead and lead.end() < end else 0
    found = _FIRST_WORDS.match(text, begin, end) or _FIRST_WORDS.match(text)
    if found is None:
        return LabelSpan(start=0, end=len(text), fragment=True)
    return LabelSpan(start=found.start(), end=found.start() + len(found.group().rstrip(" ,;:=")), fragment=True)

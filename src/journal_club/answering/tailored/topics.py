"""Topics: what of the usual things a paper holds, and where, so that nothing is asked that it does not speak of.

Owns the kinds of topics and how each is recognised: by a field of the study-design card, by the section, by words that stand in a trial's
own text. Questions and key responses are in no passage, and so in no topic.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from journal_club.library.passages import Passage
from journal_club.paper.model import Excerpt, Origin, Paper
from journal_club.paper.names import Names
from journal_club.statistics.arms import CONTROL, Arms
from journal_club.statistics.binding import bound_statistics
from journal_club.statistics.endpoints import endpoints
from journal_club.statistics.statistic import RATIOS, Statistic

__all__ = ["Topic", "telling", "topics_of"]

_SECTIONS: Mapping[str, str] = {
    "finding": r"key_findings|^results?$|outcomes?$",
    "conclusion": r"bottom.line|conclu",
    "limitations": r"limitation",
    "significance": r"significance|implication",
    "safety": r"adverse|safety|harm|toxic",
    "funding": r"fund",
    "population": r"participants|eligib|patients?$|^population|methods$",
    "design": r"randomi[sz]ation|masking|blinding|design",
    "intervention": r"intervention",
    "comparator": r"intervention|comparator|control",
    "analysis": r"analys",
}
_WORDS: Mapping[str, str] = {
    "finding": r"\b(?:hazard|odds|risk|rate) ratio\b[^.;]{0,60}\d|\bp\s?[=<]\s?0?\.\d",
    "conclusion": r"\bconclusions?:",
    "intervention": r"\binterventions?:",
    "safety": r"adverse (?:event|reaction|effect)|toxicit|side effect|(?:treatment|drug)-related death",
    "follow_up": r"(?:median |mean )?follow-?up of \d|followed for",
    "primary": r"(?:primary|main) (?:outcome|end-?point)",
    "size": r"\bparticipants?: [\d,]+|\b[\d,]+ (?:patients |participants )?(?:were |was )?(?:randomi[sz]ed|randomly assigned)",
    "power": r"\d+ ?% power\b",
    "funding": r"\bfunded by\b|\bsupported by\b",
    "population": r"\b(?:eligible|inclusion criteria|we (?:enrolled|excluded))\b|aged \d+ years or older",
    "design": r"double-blind|open-label|single-blind|placebo-controlled",
    "comparator": r"\bor placebo\b|\bplacebo\b.*\bwas given\b|\bintervention: [^.]* vs\.? ",
}
_FIELDS: Mapping[str, str] = {
    "population": "population",
    "intervention": "intervention",
    "comparator": "comparator",
    "outcome": "primary",
    "design": "design",
    "sample": "size",
    "duration": "follow_up",
}
_PRIMARY = re.compile(
    r"primary (?:outcome|end-?point) was (?:the )?(?P<name>[a-z][a-z -]{2,40}?)(?= (?:within|at|in|by|from|over|assessed)\b|[,.;])",
    re.IGNORECASE,
)
_RATIO_OF = re.compile(
    r"\b(?:hazard|odds|risk|rate)\sratio\s(?:for|of)\s(?:the\s)?(?P<name>[a-z][a-z\s-]{2,40}?)(?=\s(?:was|were|is|with|in|at)\b|\s?[(,=:])"
)
"""What a ratio is of, where the text says so itself."""
_JOINED = re.compile(r" or [a-z][a-z-]*(?: [a-z-]+)?(?= (?:occurred|was|were|developed)\b)")
"""What makes one outcome of two: "stroke or systemic embolism occurred"."""
_NEAR = 12
_PATTERNS = {
    source: tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in table.items())
    for source, table in (("section", _SECTIONS), ("words", _WORDS))
}


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One thing that a paper speaks of.

    Attributes:
        kind: such as `limitations`; `result` for each endpoint that has a ratio.
        slots: what a question may name: `treatment`, `endpoint`, `measure`, `trial`.
        places: ids of the passages that speak of it, in document order.
    """

    kind: str
    slots: Mapping[str, str]
    places: tuple[str, ...]


def telling(kind: str, passage: Passage) -> Excerpt:
    """The sentence of a passage that says why it is on a topic; the first where the section does."""
    pattern = dict(_PATTERNS["words"]).get(kind)
    return next((one for one in passage.sentences if pattern and pattern.search(one.text)), passage.sentences[0])


def topics_of(paper: Paper, passages: Sequence[Passage], names: Names) -> tuple[Topic, ...]:
    """The topics of a paper; results first in the order of the text, then the others."""
    own = [one for one in passages if one.origin is not Origin.RELATED_TRIAL]
    arms = Arms.of([one.text for one in own], equal=names.groups)
    general = {"treatment": _treatment(paper, arms)}
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    for kind, endpoint, measure, passage in (*_results(own, arms), *_general(paper, own)):
        found.setdefault((kind, endpoint, measure), {})[passage.id] = None
    topics = [
        Topic(kind=kind, slots=general | _named(endpoint, measure), places=tuple(places))
        for (kind, endpoint, measure), places in found.items()
    ]
    return (*topics, *_related(paper, passages))


def _named(endpoint: str, measure: str) -> dict[str, str]:
    return {"endpoint": endpoint, "measure": measure} if endpoint else {}


def _general(paper: Paper, own: Sequence[Passage]) -> Iterator[tuple[str, str, str, Passage]]:
    fields = {one.excerpt.start: _FIELDS.get(one.name, "") for one in paper.study_design}
    for passage in own:
        if kind := fields.get(passage.start, ""):
            yield kind, "", "", passage
        for kind in _kinds(passage):
            yield kind, "", "", passage


def _kinds(passage: Passage) -> Iterator[str]:
    if passage.section not in ("study_design", "publication"):
        yield from (kind for kind, pattern in _PATTERNS["section"] if pattern.search(passage.section))
        yield from (kind for kind, pattern in _PATTERNS["words"] if pattern.search(passage.text))


def _results(own: Sequence[Passage], arms: Arms) -> Iterator[tuple[str, str, str, Passage]]:
    """Each endpoint with a ratio, by the words of the text itself."""
    primary = next((_folded(found["name"]) for one in own if (found := _PRIMARY.search(one.text))), "")
    for passage in own:
        for ratio in bound_statistics(passage.text, arms) if passage.origin is Origin.TRIAL else ():
            endpoint = _endpoint(passage.text, ratio, primary) if ratio.measure in RATIOS and ratio.certain else ""
            if endpoint:
                yield "result", endpoint, str(ratio.measure), passage


def _endpoint(text: str, ratio: Statistic, primary: str) -> str:
    """The words of a text for what a ratio is of; of an outcome that no table knows, the primary outcome's where it stands there."""
    named = [one for one in endpoints(text) if one.name == ratio.endpoint]
    if named:
        joined = _JOINED.match(text, named[0].end)
        words = text[named[0].start : joined.end() if joined else named[0].end]
        return words if words.isupper() else words[:1].lower() + words[1:]
    if told := next((_folded(one["name"]) for one in _RATIO_OF.finditer(text) if one.start() <= ratio.start <= one.end() + _NEAR), ""):
        return told
    return primary if not ratio.endpoint and primary and primary.casefold() in text.casefold() else ""


def _folded(name: str) -> str:
    return " ".join(name.split())


def _related(paper: Paper, passages: Sequence[Passage]) -> Iterator[Topic]:
    for trial in paper.related_trials:
        name = re.sub(r"\s+trial$", "", trial.name.text.strip(), flags=re.IGNORECASE)
        places = tuple(one.id for one in passages if one.start <= trial.name.start < one.end)
        if places:
            yield Topic(kind="related", slots={"trial": name}, places=places)


def _treatment(paper: Paper, arms: Arms) -> str:
    """The name of what was tested: the arm that title or intervention names first."""
    fields = [one.excerpt.text for one in paper.study_design if one.name == "intervention"]
    for text in (*fields, paper.title.text if paper.title else ""):
        named = [arm.name for arm in arms.mentions(text) if arm.name != CONTROL]
        if named:
            return named[0]
    return next((arm for arm in arms.names.values() if arm != CONTROL), "the treatment")

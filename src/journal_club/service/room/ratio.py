"""Ratio: a hazard, odds, risk or rate ratio with its interval, as the paper's own text reports it.

Owns which sentences speak of the paper's own trial, and the noun `Ratio`. Questions and key responses are the answer key, and the related
trials' numbers are not the paper's: neither is read. In a commentary, and in the chapters of a full text that tell of other work
(introduction, background, discussion), a sentence that names another trial is left out; of the latter chapters nothing is taken at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from journal_club.paper.model import Excerpt, Origin, Paper, Part, SourceKind
from journal_club.paper.names import Names
from journal_club.paper.sentences import sentences
from journal_club.service.room.endpoint_label import LabelSpan, label_span
from journal_club.service.room.figure import figures_of
from journal_club.statistics.arms import Arm, Arms
from journal_club.statistics.binding import bound_statistics
from journal_club.statistics.endpoints import endpoints
from journal_club.statistics.named_by_paper import NamedOutcomes, contrasted_arms
from journal_club.statistics.statistic import RATIOS, Measure, Operator, Role, Statistic

__all__ = ["Ratio", "ratios_of"]

_OF_OTHERS = re.compile(r"(?:\d[\d.]*\s+)?(?:introduction|background|discussion|comment|context|rationale|references)\b", re.IGNORECASE)
_TRIAL_NAME = re.compile(r"\b[A-Z][A-Za-z]*[A-Z]{2,}[A-Za-z]*-\d{1,3}\b|\b[A-Z][a-z]*[A-Z]\w{2,}-\d{1,3}\b")
_STATED = frozenset({Operator.EQUAL, Operator.ABOUT})
_P_NAME = re.compile(r"[*_]{0,2}\b[Pp](?:[ -]?values?)?[*_]{0,2}[^\w.]{0,8}\Z")
_MARKUP = re.compile(r"[*_]|\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratio:
    """A ratio of a sentence.

    Attributes:
        point: the estimate, bound to its endpoint; places of statistics are those of the sentence.
        p: the p-value as it is printed, less markup and spaces, such as `p=0.0009`; empty where none is reported.
        label: where the words for its endpoint stand in the sentence.
        start: where the whole statistic stands in the source text; `end` is exclusive.
        arms: the arms that the sentence names.
    """

    sentence: Excerpt
    part: Part
    point: Statistic
    low: Statistic
    high: Statistic
    p: str
    label: LabelSpan
    start: int
    end: int
    arms: tuple[Arm, ...]


def ratios_of(paper: Paper) -> tuple[Ratio, ...]:
    """The ratios of a paper with both bounds of their intervals, the trial's own report first, then the commentary on it."""
    parts = [part for part in paper.parts if part.role == "content" and part.origin in (Origin.TRIAL, Origin.COMMENTARY)]
    texts = [part.text for part in parts]
    arms = Arms.of(texts, equal=Names.of(texts).groups, named=contrasted_arms(texts))
    own = [found.text for part in parts if part.origin is Origin.TRIAL for found in sentences(part.text)]
    outcomes = NamedOutcomes(own, arms)
    found = (
        one
        for part in sorted(parts, key=lambda part: part.origin is not Origin.TRIAL)
        for sentence in _own_sentences(paper, part)
        for one in _ratios(sentence, part, arms, outcomes)
    )
    return tuple(found)


def _own_sentences(paper: Paper, part: Part) -> Iterator[Excerpt]:
    if paper.source_kind is not SourceKind.DIGEST and _OF_OTHERS.match(part.section):
        return
    title = paper.title.text if paper.title else ""
    own = {*_TRIAL_NAME.findall(title), *(_TRIAL_NAME.findall(part.text) if part.origin is Origin.TRIAL else ())}
    others = [name for trial in paper.related_trials if (name := re.sub(r" (?:Trial|Study)\Z", "", trial.name.text)) and name not in title]
    for sentence in sentences(part.text, offset=part.start):
        named = any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", sentence.text) for name in others)
        if not named and set(_TRIAL_NAME.findall(sentence.text)) <= own:
            yield sentence


def _ratios(sentence: Excerpt, part: Part, arms: Arms, outcomes: NamedOutcomes) -> Iterator[Ratio]:
    found = bound_statistics(sentence.text, arms, outcomes)
    if not any(one.measure in RATIOS for one in found):
        return
    named = tuple(sorted((*endpoints(sentence.text), *outcomes.mentions(sentence.text)), key=lambda one: one.start))
    figures = figures_of(sentence.text)
    clause = 0
    for point in found:
        if point.measure not in RATIOS or point.role is not Role.POINT or point.operator not in _STATED:
            continue
        group = [one for one in found if one.group == point.start]
        low, high = _bound(group, Role.LOWER), _bound(group, Role.UPPER)
        span = next(((one.start, one.end) for one in figures if point.start in one.points), (point.start, point.end))
        if point.value is not None and point.value > 0 and low is not None and high is not None and _in_order(low, high):
            yield Ratio(
                sentence=sentence,
                part=part,
                point=point,
                low=low,
                high=high,
                p=_p(sentence.text, group),
                label=label_span(sentence.text, point, named, clause),
                start=sentence.start + span[0],
                end=sentence.start + span[1],
                arms=arms.mentions(sentence.text),
            )
        clause = max(one.end for one in group)


def _bound(group: list[Statistic], role: Role) -> Statistic | None:
    return next((one for one in group if one.role is role and one.value is not None), None)


def _in_order(low: Statistic, high: Statistic) -> bool:
    """Whether the bounds are an interval at all: one that a page prints the wrong way round cannot be drawn."""
    return low.value is not None and high.value is not None and 0 <= low.value <= high.value


def _p(text: str, group: list[Statistic]) -> str:
    found = next((one for one in group if one.measure is Measure.P and one.role is Role.POINT), None)
    if found is None:
        return ""
    name = _P_NAME.search(text, max(0, found.start - 24), found.start)
    return _MARKUP.sub("", text[name.start() : found.end]) if name else f"p {found.operator.value} {found.text}"

"""PICO: whom a trial enrolled, what it compared and what it measured, as the page's own words.

Owns which field of a study-design card is which. A text without a card is read by `prose_pico`. What the page does not say is None.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from journal_club.paper.model import DesignField, Excerpt, Paper
from journal_club.service.room.prose_pico import Found, found_in_prose
from journal_club.service.room.quote import Quote, bare_label, quote_between

__all__ = ["Outcome", "Pico", "Rank", "pico_of"]

Rank = Literal["primary", "secondary", "other"]

_RANK = re.compile(r"\b(primary|secondary)\b", re.IGNORECASE)
_RANKED = re.compile(r"(?:\A|(?<=[.;,\n])\s*)(?:co-?|key )?(?P<rank>primary|secondary)(?: (?:outcome|end ?point)s?)?\s?:\s*", re.IGNORECASE)
_OUTCOME = re.compile(r"(?:outcome|end_?point)s?(?:_measures?)?\Z")
_TAG = re.compile(r"[^,;\n()]+(?:\([^()\n]*\)[^,;\n()]*)*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """An outcome with its rank as the page says it: `other` where it says none."""

    quote: Quote
    rank: Rank


@dataclass(frozen=True, kw_only=True, slots=True)
class Pico:
    """The study in brief; every quote's `label` is the page's own word for the field ("Duration"), empty for one found in prose.

    Attributes:
        design: tags such as "RCT", "Open-Label".
        sample: how many took part.
        follow_up: how long; the label says whether the page calls it duration or follow-up.
    """

    population: Quote | None
    intervention: Quote | None
    comparator: Quote | None
    outcomes: tuple[Outcome, ...]
    design: tuple[Quote, ...]
    sample: Quote | None
    follow_up: Quote | None
    setting: Quote | None


def pico_of(paper: Paper) -> Pico | None:
    """The PICO of a paper: from its card, else what its prose says for certain; None where neither says anything."""
    pico = _of_card(paper) if paper.study_design else _of_prose(found_in_prose(paper))
    return pico if any((pico.population, pico.intervention, pico.comparator, pico.outcomes, pico.design, pico.sample)) else None


def _of_prose(found: Found) -> Pico:
    outcomes = (Outcome(quote=quote, rank=_rank(rank)) for rank, quote in found.outcomes)
    return Pico(
        population=found.population,
        intervention=found.intervention,
        comparator=found.comparator,
        outcomes=tuple(outcomes),
        design=found.design,
        sample=found.sample,
        follow_up=found.follow_up,
        setting=found.setting,
    )


def _of_card(paper: Paper) -> Pico:
    source, fields = paper.source_text, paper.study_design
    return Pico(
        population=_value(source, fields, "population"),
        intervention=_value(source, fields, "intervention"),
        comparator=_value(source, fields, "comparator"),
        outcomes=tuple(outcome for field in fields if _OUTCOME.search(field.name) for outcome in _outcomes(source, field)),
        design=tuple(tag for field in fields if field.name == "design" for value in field.values for tag in _tags(source, field, value)),
        sample=_value(source, fields, "sample"),
        follow_up=_value(source, fields, "duration"),
        setting=_value(source, fields, "setting"),
    )


def _value(source: str, fields: Iterable[DesignField], name: str) -> Quote | None:
    """The first field of that name, all its lines as one quote."""
    field = next((field for field in fields if field.name == name and field.values), None)
    return quote_between(source, field.values[0].start, field.values[-1].end, label=_label(source, field)) if field else None


def _label(source: str, field: DesignField) -> str:
    return bare_label(source[field.excerpt.start : field.values[0].start])


def _tags(source: str, field: DesignField, value: Excerpt) -> Iterator[Quote]:
    for found in _TAG.finditer(value.text):
        tag = quote_between(source, value.start + found.start(), value.start + found.end(), label=_label(source, field))
        if tag.text:
            yield tag


def _outcomes(source: str, field: DesignField) -> Iterator[Outcome]:
    """The outcomes of a field: each line that begins anew, cut where it ranks them itself ("Primary: ...; secondary: ...")."""
    label = _label(source, field) if field.values else ""
    for start, end in _lines(field.values):
        yield from (one for one in _ranked(source, start, end, label) if one.quote.text)


def _ranked(source: str, start: int, end: int, label: str) -> Iterator[Outcome]:
    marks = list(_RANKED.finditer(source[start:end]))
    stops = [start + mark.start() for mark in marks] + [end]
    yield Outcome(quote=_outcome(source, start, stops[0], label), rank=_rank(label))
    for mark, stop in zip(marks, stops[1:], strict=True):
        yield Outcome(quote=_outcome(source, start + mark.end(), stop, bare_label(mark.group())), rank=_rank(mark["rank"]))


def _outcome(source: str, start: int, end: int, label: str) -> Quote:
    return quote_between(source, start, start + len(source[start:end].rstrip(" ;,")), label=label)


def _lines(values: Iterable[Excerpt]) -> list[tuple[int, int]]:
    """Where the lines begin and end, each with those below it that go on in small letters."""
    kept: list[tuple[int, int]] = []
    for value in values:
        start = kept.pop()[0] if kept and value.text[:1].islower() else value.start
        kept.append((start, value.end))
    return kept


def _rank(words: str) -> Rank:
    found = _RANK.search(words)
    if found is None:
        return "other"
    return "primary" if found[1].casefold() == "primary" else "secondary"

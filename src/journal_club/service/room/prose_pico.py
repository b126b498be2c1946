"""Prose PICO: what a text without a study-design card says of its design for certain.

Owns two ways of being certain: a heading that names the field (the "PARTICIPANTS:" of a structured abstract), and a sentence of a fixed
form ("The primary outcome was ..."). Two sentences that disagree on the number of participants give none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from journal_club.paper.model import Excerpt, Origin, Paper, Part
from journal_club.paper.sentences import sentences
from journal_club.service.room.quote import Quote, quote_between, quote_of, shortened

__all__ = ["Found", "found_in_prose"]

_HEADINGS = {
    "population": "participants|patients|subjects|population|study population",
    "intervention": "interventions?",
    "comparator": "comparators?|comparison|control",
    "setting": "settings?",
    "outcome": "main outcome measures?|outcome measures?|main outcomes? and measures?|primary outcome measures?",
}
_FIELDS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _HEADINGS.items()}
_OUTCOME = re.compile(
    r"\bThe (?P<rank>(?:co-?)?primary|(?:key |main )?secondary) (?:\w+ )?(?:outcome|end[ -]?point)s?(?: measures?)? (?:was|were) "
    r"(?P<what>(?!\d|not\b|similar|also\b|met\b|reached|achieved|analy[sz]ed|assessed|evaluated|defined|measured)[^\n]{3,300}?)[.;]?\Z",
    re.IGNORECASE,
)
_PEOPLE = r"(?:patients|participants|subjects|women|men|children|infants|adults|people|individuals)"
_NUMBER = r"(?<![\d.,])\d{1,3}(?:,\d{3})+|(?<![\d.,])\d{2,6}(?![\d,.]*\d)"
_SAMPLE = re.compile(
    rf"(?P<many>{_NUMBER}) (?:[a-z-]+ ){{0,2}}?{_PEOPLE} (?:\([^()\n]*\) )?(?:were |underwent )?"
    r"(?:randomly assigned|randomi[sz](?:ed|ation))"
    rf"|(?:randomi[sz]ed|randomly assigned|enrol+ed) (?P<after>{_NUMBER}) (?:[a-z-]+ ){{0,2}}?{_PEOPLE}"
    rf"|(?P<bare>{_NUMBER}) were (?:randomi[sz]ed|randomly assigned)",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(
    r"\b(?:median|mean) (?:duration of )?follow-?up(?: (?:time|duration|period))?,? (?:of|was|\()? ?"
    r"(?P<time>\d[\d.·]* (?:years?|months?|weeks?|days?))",
    re.IGNORECASE,
)
_DESIGN = re.compile(
    r"\b(?:(?:double|single|triple)-blind(?:ed)?|open-label|placebo-controlled|randomi[sz]ed|cluster-randomi[sz]ed|controlled|multi-?cent(?:er|re)"
    r"|crossover|cross-over|factorial|phase (?:[1-4]|I{1,3}|IV)|non-?inferiority|pilot|single-arm)\b(?=[^.]*\b(?:trial|study)\b)",
    re.IGNORECASE,
)
_FLOW = re.compile(r"\brandomi[sz]\w+|\bscreened\b|\bassessed for eligibility\b|\binvited\b|\brandomly\b", re.IGNORECASE)
"""Words that tell of the trial's flow: such a chapter is headed "Patients" too, and does not say whom the trial wanted."""
_LONGEST = 320


@dataclass(kw_only=True, slots=True)
class Found:
    """What was found; each is a slice of the text, `outcomes` with the words of their rank."""

    population: Quote | None = None
    intervention: Quote | None = None
    comparator: Quote | None = None
    setting: Quote | None = None
    sample: Quote | None = None
    follow_up: Quote | None = None
    design: tuple[Quote, ...] = ()
    outcomes: list[tuple[str, Quote]] = field(default_factory=list)


def found_in_prose(paper: Paper) -> Found:
    """Read the trial's own text; a commentary on it, and its key responses, are not read."""
    parts = [part for part in paper.parts if part.role == "content" and part.origin is Origin.TRIAL]
    told = [sentence for part in parts for sentence in sentences(part.text, offset=part.start)]
    headed = {name: _headed(paper, parts, name) for name in _FIELDS}
    found = Found(
        population=headed["population"],
        intervention=headed["intervention"],
        comparator=headed["comparator"],
        setting=headed["setting"],
        sample=_sample(paper, told),
        follow_up=next((one for sentence in told for one in _matches(paper, sentence, _FOLLOW_UP, "time")), None),
        design=_design(paper),
        outcomes=_outcomes(told),
    )
    if not found.outcomes and (main := headed["outcome"]):
        found.outcomes.append((main.label, main))
    return found


def _headed(paper: Paper, parts: list[Part], name: str) -> Quote | None:
    """The first sentences below the heading that names the field."""
    headed = (part for part in parts if _FIELDS[name].fullmatch(part.section))
    part = next((part for part in headed if name != "population" or not _FLOW.search(part.text)), None)
    if part is None:
        return None
    quote = Quote(text=part.text, start_char_index=part.start, end_char_index=part.end, label=part.section)
    return shortened(paper.source_text, quote, _LONGEST)


def _sample(paper: Paper, told: list[Excerpt]) -> Quote | None:
    """The first number of those who were randomized, unless a later sentence says another."""
    found = [
        quote_between(paper.source_text, sentence.start + match.start(group), sentence.start + match.end(group))
        for sentence in told
        for match in _SAMPLE.finditer(sentence.text)
        for group in ("many", "after", "bare")
        if match[group]
    ]
    return found[0] if len({quote.text.replace(",", "") for quote in found}) == 1 else None


def _matches(paper: Paper, sentence: Excerpt, pattern: re.Pattern[str], group: str) -> Iterator[Quote]:
    for match in pattern.finditer(sentence.text):
        yield quote_between(paper.source_text, sentence.start + match.start(group), sentence.start + match.end(group))


def _design(paper: Paper) -> tuple[Quote, ...]:
    """The design words of the title, each once."""
    title = paper.title
    if title is None:
        return ()
    found = [quote_between(paper.source_text, title.start + one.start(), title.start + one.end()) for one in _DESIGN.finditer(title.text)]
    return tuple({tag.text.casefold(): tag for tag in found}.values())


def _outcomes(told: list[Excerpt]) -> list[tuple[str, Quote]]:
    found: dict[str, tuple[str, Quote]] = {}
    for sentence in told:
        for match in _OUTCOME.finditer(sentence.text):
            what = Excerpt(text=match["what"], start=sentence.start + match.start("what"), end=sentence.start + match.end("what"))
            found.setdefault(what.text.casefold(), (match["rank"], quote_of(what, label=match["rank"])))
    return list(found.values())

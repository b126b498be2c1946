"""Missing: the question's own words for what it looks for and the text does not carry.

Owns how that is named, as in "dose of fludarabine". Whether it is a reason to refuse is `abstention`'s.
"""

import re

from journal_club.answering.coverage.finding import Finding
from journal_club.answering.coverage.findings import PartFindings
from journal_club.answering.coverage.measures import Measure
from journal_club.answering.coverage.question import QuestionPart

__all__ = ["missing_of"]

ASKS_WHAT = re.compile(r"^\W*(?:what|which|who)(?:'s|(?: (?:are|were|is|was))) (?:the )?", re.IGNORECASE)


def missing_of(one: PartFindings) -> tuple[str, ...]:
    """The question's words for what a part looks for and the text does not carry."""
    if one.whole is not None:
        return () if one.whole else (ASKS_WHAT.sub("", one.part.text).strip(" ?!.,"),)
    if one.narrowed:
        return one.narrowed
    if not one.part.phrases and (one.focus or one.context):
        return (_asked_words(one.part),) if one.part.measures and not one.answered else ()
    if not one.part.measures:
        return tuple(finding.phrase.text for finding in (*one.focus, *one.context) if not finding.evidence)
    phrases = [finding for finding in (*one.focus, *one.context) if finding.absent]
    if not one.answered:
        phrases = phrases or [finding for finding in one.focus if not finding.evidence] or list(one.focus[:1])
        return tuple(_with_measure(one.part, finding) for finding in phrases) or (_asked_words(one.part),)
    phrases = [finding for finding in one.focus if not finding.evidence and (finding.phrase.joined or _precedes_joined(finding, one))] + [
        finding for finding in one.context if finding.absent
    ]
    unmeasured = tuple(_word_of(one.part, measure) for measure in one.unmeasured)
    return (*dict.fromkeys(_with_measure(one.part, finding) for finding in phrases), *unmeasured)


def _precedes_joined(finding: Finding, one: PartFindings) -> bool:
    place = one.focus.index(finding)
    return place + 1 < len(one.focus) and one.focus[place + 1].phrase.joined


def _asked_words(part: QuestionPart) -> str:
    """The words that ask for the figure ("median age", "cost"); the whole part where they are "how many" alone."""
    spans = [match.span() for measure in part.measures for match in measure.asked.finditer(part.text) if not BARE_MEASURE.match(match[0])]
    return part.text[min(start for start, _ in spans) : max(end for _, end in spans)] if spans else part.text.strip(" ?!.")


def _word_of(part: QuestionPart, measure: Measure) -> str:
    found = measure.asked.search(part.text)
    return found[0] if found else measure.name


MEASURE_LINK = re.compile(r"\W*(?:(?:of|for|in|with|the|a|an|on|to)\W+){0,3}$", re.IGNORECASE)
BARE_MEASURE = re.compile(r"^(?:how|what|which)\b", re.IGNORECASE)


def _with_measure(part: QuestionPart, finding: Finding) -> str:
    """A phrase with the words of its measure where they stand beside it: "dose of fludarabine", "complete response rate"."""
    phrase = finding.phrase
    start, end = phrase.start - part.start, phrase.end - part.start
    for measure in part.measures:
        for match in measure.asked.finditer(part.text):
            if match.end() <= start and MEASURE_LINK.match(part.text[match.end() : start]) and not BARE_MEASURE.match(match[0]):
                start = match.start()
            elif match.start() >= end and not part.text[end : match.start()].strip():
                end = match.end()
    return part.text[start:end]

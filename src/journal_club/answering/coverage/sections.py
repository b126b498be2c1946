"""Sections: questions that ask for a place of the text as a whole, such as its limitations, its related trials or its authors.

Owns by which words a section and the publication are asked for, and which sentences such a question gets. What is asked of a section
("limitations of the control arm") is searched for like anything else.
"""

import re

from journal_club.answering.coverage.conclusions import is_conclusion
from journal_club.answering.coverage.consort import item_of
from journal_club.answering.coverage.matter import Matter, Unit
from journal_club.answering.coverage.question import QuestionPart
from journal_club.answering.coverage.trial_names import TRIAL_NAME
from journal_club.answering.coverage.vocabulary import stems
from journal_club.library.passages import PUBLICATION
from journal_club.paper.model import Paper
from journal_club.paper.words import STOP_WORDS

__all__ = ["whole_of"]

MOST_WORDS = 14
"""Words; a longer question asks more than for a section."""
LONGEST_SECTION = 30
"""Sentences; a longer section is searched, not shown from its beginning."""
THE_PAPER = r"(?:it|this|they|the|that)(?: (?:paper|study|trial|article|analysis|report|work|publication|results?|findings?|data))?"
PUBLISHED = r"(?:published|come out|came out|appear(?:ed)?|printed|released)"

PUBLICATION_ASKED = {
    "authors": re.compile(
        rf"\bby whom\b|\bwho(?:m| were| was| are| is| has| have)? (?:the )?(?:wrote|authored|publish\w*|written|behind)\b"
        rf"|\bwritten by\b|\bwho\b.{{0,20}}\bauthors?\b|\b(?:first|lead|senior|last|corresponding) authors?\b"
        rf"|^\W*(?:what|which|name|list|give)\b[^?]{{0,25}}\bauthors?\W*(?:of {THE_PAPER})?\W*$|^\W*(?:the )?authors?\W*$",
        re.IGNORECASE,
    ),
    "journal": re.compile(
        rf"\b(?:which|what|name of the|name the) journal\b(?! club)|^\W*(?:the )?journal\W*$"
        rf"|\bwhere (?:was|is|did) {THE_PAPER} {PUBLISHED}",
        re.IGNORECASE,
    ),
    "published": re.compile(
        rf"\bwhen (?:was|were|is|did|has) {THE_PAPER} (?:been |first |last )?{PUBLISHED}|\b(?:publication|published) (?:date|year)"
        rf"|\b(?:date|year|time) of (?:the )?publication|\b(?:what|which) (?:year|date|month)\b[^?]{{0,40}}\b{PUBLISHED}"
        rf"|\bhow (?:recent|old) is {THE_PAPER}\W*$",
        re.IGNORECASE,
    ),
    "title": re.compile(
        r"\b(?:what|which|give|tell|name)\b[^?]{0,20}\b(?:full |exact )?title\b|^\W*(?:the )?title\W*$|\bwhat(?:'s| is) (?:it|the paper"
        r"|this|this paper) called\b",
        re.IGNORECASE,
    ),
}
CITATION = re.compile(
    r"\bhow (?:do|should|can|would) (?:i|we|you|one) cite\b|\b(?:full )?(?:citation|reference) (?:of|for) (?:this|the)\b", re.IGNORECASE
)

DOUBTS = (
    r"trust (?:(?:the|these|this|its) )?(?:results?|findings?|data|trial|study|paper|it|this)|red flags?|downsides?|flaws?|the catch"
    r"|(?:what(?:'s| is)|anything) wrong with (?:it|this|the (?:trial|study|paper|design))"
)
"""Asks how far a paper can be believed."""
SECTIONS = {
    "bottom_line": r"bottom[- ]lines?|take[- ]?home(?:[- ]messages?)?|take-?aways?|main messages?|in a nutshell|conclusions?"
    r"|^\W*so what\W*$",
    "key_findings": r"(?:key|main|principal|major|most important|chief|central|important) (?:findings?|results?|points?)|findings",
    "study_design": r"(?:study|trial) design|design of (?:the|this) (?:study|trial)|PICO\b|methods?|methodology"
    r"|how was (?:the|this) (?:study|trial) (?:designed|set up|conducted|done|run|performed)",
    "limitations": rf"{DOUBTS}|limitations?|weakness(?:es)?|shortcomings?|drawbacks?|caveats?|limits",
    "clinical_significance": r"clinical (?:significance|importance|relevance|implications?|impact|meaning)"
    r"|significance of (?:the|this|these)",
    "historical_context": r"historical (?:context|background|perspective)|histor(?:y|ies) (?:behind|of|before)"
    r"|context of (?:the|this) (?:study|trial)|background (?:of|to|for) (?:the|this) (?:study|trial)",
    "related_trials": r"(?:related|other|similar|noteworthy|comparable|earlier|previous|prior|relevant|competing|landmark)"
    r" (?:\w+ )?(?:trials?|studies)|clinical landscape|landscape",
}
MEANS_FOR_PRACTICE = re.compile(
    r"\bchang\w+ (?:(?:our|my|your|current|clinical|the) ){0,2}practi[cs]e\b|\bpractice[- ]changing\b"
    r"|\bmeans? for (?:(?:our|my|your|clinical|daily|everyday|routine) ){0,2}(?:practice|patients)\b",
    re.IGNORECASE,
)
"""Asks what is to be done with the results, which a paper says in its conclusion, if anywhere."""
SECTIONS_ASKED = {slug: re.compile(rf"\b(?:{words})", re.IGNORECASE) for slug, words in SECTIONS.items()}
OWN_NAMES_ONLY = frozenset(("key_findings", "bottom_line", "related_trials"))
"""Sections about the whole trial: what else a question names of its title ("findings on survival") is searched for."""


LIMITED = re.compile(
    r"\blimitations?\b|\bweakness\w*|\bshortcomings?\b|\bdrawbacks?\b|\blimited by\b|\b(?:interpreted|interpretation)\b[^.]{0,40}\bcaution"
    r"|\bunderpowered\b|\bcannot (?:exclude|rule out)\b|\bcould not be (?:assessed|evaluated|determined)\b"
    r"|\bmay (?:have )?(?:introduc|bias)\w*",
    re.IGNORECASE,
)
"""How a text without a section of them names its limitations."""
PURPOSE_ASKED = re.compile(
    r"^\W*why (?:was|were|is|did)\b[^?]{0,30}\b(?:trial|study|research|experiment|this|it)\b[^?]{0,12}\b"
    r"(?:done|conducted|performed|run|carried out|undertaken|designed|needed|do(?:ne)? it)\W*$"
    r"|^\W*what (?:was|were|is) the (?:aims?|purpose|objectives?|goals?|rationale)"
    r"(?: (?:of|for|behind) (?:the|this) (?:\w+ )?(?:trial|study|paper))?\W*$",
    re.IGNORECASE,
)
PURPOSE = re.compile(
    r"\b(?:aim(?:s|ed)?|objectives?|purpose|goal|rationale)\b|\b(?:conducted|designed|undertaken|performed|carried out|sought) to\b"
    r"|\b(?:we|study|trial) (?:\w+ )?(?:evaluated?|assess(?:ed|es)?|investigated?|compared?|examined?|tested?)\b"
    r"|^\W*(?:objectives?|aims?|purpose)?\W*to (?:evaluate|assess|compare|determine|investigate|examine|test|explore)\b",
    re.IGNORECASE,
)
PURPOSE_HEADING = re.compile(r"\b(?:objectives?|aims?|purpose)\b", re.IGNORECASE)
MOST_PURPOSES = 3


def whole_of(part: QuestionPart, matter: Matter, paper: Paper) -> tuple[Unit, ...] | None:
    """The sentences of what a part asks for as a whole, in the order of the text.

    Empty where it asks for what the publication does not say of itself, such as authors that are not named; None where it asks for no
    place as a whole.
    """
    if item := item_of(part, matter):
        return item
    published = _publication(part, matter, paper)
    if published is not None:
        return published
    if part.measures or len(part.text.split()) > MOST_WORDS:
        return None
    if PURPOSE_ASKED.search(part.text):
        return tuple(unit for unit in matter.units if _is_purpose(unit))[:MOST_PURPOSES] or None
    meant = MEANS_FOR_PRACTICE.search(part.text) is not None
    if part.asks not in ("list", "free") and not meant and not re.search(DOUBTS, part.text, re.IGNORECASE):
        return None
    slugs = dict.fromkeys(unit.passage.section for unit in matter.units)
    found = next((found for slug in slugs if (found := _section(slug, part, matter, paper))), ())
    if not found and (meant or SECTIONS_ASKED["bottom_line"].search(part.text)):
        found = tuple(unit for unit in matter.units if is_conclusion(unit))
    if not found and (asked := SECTIONS_ASKED["limitations"].search(part.text)) and not _others(asked, part, paper):
        return tuple(unit for unit in matter.units if LIMITED.search(unit.text))
    return found or None


def _is_purpose(unit: Unit) -> bool:
    """Whether a sentence says what was to be found out, or stands under a heading that says so."""
    return PURPOSE.search(unit.text) is not None or PURPOSE_HEADING.search(unit.passage.label) is not None


def _publication(part: QuestionPart, matter: Matter, paper: Paper) -> tuple[Unit, ...] | None:
    asked = {field for field, pattern in PUBLICATION_ASKED.items() if pattern.search(part.text)}
    if CITATION.search(part.text):
        asked = set(PUBLICATION_ASKED)
    if not asked:
        return None
    fields = {part_.start: part_.field for part_ in paper.parts if part_.role == "metadata"}
    rows = tuple((fields.get(unit.excerpt.start, ""), unit) for unit in matter.publication)
    # A line that holds journal and date is known by its date.
    shared = {"published"} if "journal" in asked and all(field != "journal" for field, _ in rows) else set()
    return tuple(unit for field, unit in rows if field in asked | shared)


def _section(slug: str, part: QuestionPart, matter: Matter, paper: Paper) -> tuple[Unit, ...]:
    found = _named(slug, part)
    if not found or slug == PUBLICATION:
        return ()
    if _others(found, part, paper, named=slug in OWN_NAMES_ONLY):
        return ()
    units = tuple(unit for unit in matter.units if unit.passage.section == slug)
    return units if len(units) <= LONGEST_SECTION else ()


def _others(found: re.Match[str], part: QuestionPart, paper: Paper, *, named: bool = False) -> list[str]:
    """What else a part names beside a section: all but the paper's own title; `named`: of that the trial's name alone."""
    start, end = part.start + found.start(), part.start + found.end()
    rest = [phrase.text for phrase in part.phrases if phrase.end <= start or phrase.start >= end]
    own = frozenset(stems(paper.title.text)) if paper.title else frozenset()
    return [text for text in rest if (named and not TRIAL_NAME.fullmatch(text)) or not frozenset(stems(text)) <= own]


def _named(slug: str, part: QuestionPart) -> re.Match[str] | None:
    """Where a part calls a section by its name or by what such sections are called."""
    if slug in SECTIONS_ASKED:
        return SECTIONS_ASKED[slug].search(part.text)
    heading = [word for word in re.findall(r"\w+", slug) if word.casefold() not in STOP_WORDS]
    return (
        re.search(r"\b" + r"\W+(?:\w+\W+)?".join(re.escape(word) for word in heading[:6]) + r"\b", part.text, re.IGNORECASE)
        if len(heading) > 1
        else None
    )

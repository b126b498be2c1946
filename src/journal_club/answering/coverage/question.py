"""The question: what it asks for, read from its words alone.

Owns the parts of a compound question, what each asks for, the noun phrases that it looks for, and the signs that it is for nobody to
answer from a paper. Whether a paper's text carries the answer is `abstention`'s.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from journal_club.answering.coverage.measures import Asked, Measure, measures_asked
from journal_club.answering.coverage.phrases import Phrase, phrases_of
from journal_club.answering.coverage.situation import is_acute, is_foreign, is_order, is_other_request, is_patient_specific
from journal_club.answering.shorthand import written_out
from journal_club.answering.spelling import mended

__all__ = ["ASKING", "AUXILIARY", "OPEN", "Asks", "QuestionPart", "QuestionReading", "read_question"]

Asks = Literal["number", "yes_no", "reason", "list", "who", "when", "where", "definition", "free"]

TEMPLATE = re.compile(r"<\|[^<>|]{1,40}\|>|</?(?:s|system|user|assistant)>|\[/?INST\]", re.IGNORECASE)
"""The marks of chat templates: who writes them plays a part that nobody gave; they part sentences here, and do nothing else."""
LONGEST_READ = 4000
"""Characters; what stands behind them is not read."""
BROAD_WORDS = 22
"""Words; a question of more that asks for no figure leaves a choice of what to answer with."""

FIRST = re.compile(r"^\W*[A-Z](?=[a-z]*-[a-z]+\b)")
"""The capital that a hyphenated word has only because it stands first: "On-treatment" is no name."""

ASKING = r"(?:what(?:'s)?|how|why|which|who(?:se|m)?|when|where|whether)\b"
AUXILIARY = r"(?:is|are|was|were|did|does|do|has|have|had|can|could|should|would|will|may|might|must)\b"
IMPERATIVE = (
    r"(?:critically\s+)?(?:analy[sz]e|explain|describe|discuss|summari[sz]e|list|name|give|tell|state|compare|contrast|evaluate|assess"
    r"|appraise"
    r"|outline|comment|identify|define|interpret|critique|report|justify|find|provide|show|quote|highlight|specify)\b"
)
BOUNDARY = re.compile(
    rf"(?<=[.?!;:])(?<!\bvs\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bal\.)(?<!\bDr\.)(?<!\bMr\.)\s+|\n+|[,;]\s*(?:and|but|or"
    rf"|so)?\s*(?=(?:(?:in|at|on|for|by|to|from|with|over|after) )?{ASKING})"
    rf"|\s+(?:and|or|but)\s+(?:also\s+)?(?={ASKING}|(?:{AUXILIARY})\s+(?:it|the|they|there|any|this|these)\b)"
    rf"|[,;]\s+(?:and\s+)?(?=(?:{AUXILIARY})\s+(?:it|the|they|there|any|this|these)\b)|[,;]\s+(?=(?:please\s+)?{IMPERATIVE})",
    re.IGNORECASE,
)
ASKS = re.compile(
    rf"^\W*(?:please\s+|so\s+|and\s+|but\s+|then\s+|(?:can|could|would) you\s+(?:please\s+)?)?(?:{ASKING}|{AUXILIARY}|{IMPERATIVE})",
    re.IGNORECASE,
)
ASKS_INSIDE = re.compile(
    rf"^\W*(?:in|at|on|for|of|by|to|from|with|among|during|under|after|given|within|between|per|over)\b[^?]*?\b{ASKING}", re.IGNORECASE
)
EARLIER = re.compile(
    rf"\s\((?=(?:and\s+)?(?:{ASKING}|{AUXILIARY}|{IMPERATIVE}))[^?]{{1,600}}\?(?:\s?\([^?]{{1,600}}\??\))*\)\s*$", re.IGNORECASE
)
"""A whole question in brackets at the end: what a follow-up leans on."""
RELATIVE = re.compile(r"^\W*(?:which|who|whose|whom|when|where|what)\b(?![^?]*\?)", re.IGNORECASE)

KINDS: tuple[tuple[Asks, re.Pattern[str]], ...] = (
    (
        "reason",
        re.compile(
            r"^\W*(?:\w+\W+){0,3}?(?:why|how come|what (?:was|were|is|are) the (?:reasons?|rationale|cause|explanation))\b", re.IGNORECASE
        ),
    ),
    (
        "definition",
        re.compile(
            r"\bstands? for\b|\bwhat (?:does|do|did) [\w-]+ mean\b|\bdefin(?:e|ed|ition)\b|\babbreviation\b"
            r"|^\W*what (?:was |is |were )?(?:count\w*|qualif\w+|regarded|classed|classified) as\b|\bmeant by\b",
            re.IGNORECASE,
        ),
    ),
    ("who", re.compile(r"^\W*(?:and\s+|by\s+|to\s+)?who(?:se|m)?\b", re.IGNORECASE)),
    (
        "when",
        re.compile(r"^\W*(?:and\s+)?(?:when\b|(?:in\s+|during\s+)?(?:what|which) (?:years?|months?|dates?|periods?)\b)", re.IGNORECASE),
    ),
    (
        "where",
        re.compile(r"^\W*(?:and\s+)?(?:where\b|in (?:what|which) (?:countr|hospital|centre|center|city|setting|region))", re.IGNORECASE),
    ),
    ("yes_no", re.compile(rf"^\W*(?:and\s+|so\s+|but\s+|also\s+)?(?:{AUXILIARY}|whether\b)", re.IGNORECASE)),
    ("list", re.compile(r"^\W*(?:what are|what were|which|list|name)\b", re.IGNORECASE)),
)
FIGURE_FIRST = re.compile(
    r"^\W*(?:and\s+)?how (?:many|much|long|old|often|common|frequent|large|big|soon|quickly|cold|hot|warm|strong|deep|thick|thin"
    r"|wide|far)\b",
    re.IGNORECASE,
)
OPEN = re.compile(
    r"\b(?:summar\w+|overview|gist|main|key|find(?:ings?)?|found|results?|conclu\w+|take-?aways?|take-?home|messages?|about|tell|says?"
    r"|shows?|learn\w*|points?)\b",
    re.IGNORECASE,
)
"""Asks for all that the paper found."""
POLITE = re.compile(
    r"^\W*(?:please\b|(?:can|could|would|will) you\b|(?:do|did) (?:you|the authors) (?:know|report|give|state|say)\b|i(?:'d"
    r"| would) like to know\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionPart:
    """One thing that a question asks.

    Attributes:
        text: the words of the part: `question[start:end]`.
        asks: the kind of answer that it wants.
        measures: the figures that it asks for by name, the most telling first; empty where it asks for none.
        phrases: what it looks for, in order.
    """

    text: str
    start: int
    end: int
    asks: Asks
    measures: tuple[Measure, ...]
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionReading:
    """A question, read.

    Attributes:
        parts: what is asked, in order; orders to the tool are no part.
        given: phrases of the sentences around the parts, and of an earlier question in brackets behind them.
        broad: it leaves a choice of what to answer with, as a discussion question does.
        patient_specific: it is about one identifiable person.
        acute: that person has symptoms now.
        out_of_scope: it asks for what no paper answers.
        injection: it holds an order to the tool.
        foreign: it is not in English.
    """

    text: str
    parts: tuple[QuestionPart, ...]
    given: tuple[Phrase, ...]
    broad: bool
    patient_specific: bool
    acute: bool
    out_of_scope: bool
    injection: bool
    foreign: bool


@dataclass(frozen=True, slots=True)
class _Chunk:
    start: int
    end: int


def read_question(text: str) -> QuestionReading:
    """Read a question. Any text is read, in time linear in its length."""
    text = FIRST.sub(lambda found: found[0].lower(), TEMPLATE.sub("\n", mended(written_out(text[:LONGEST_READ]))))
    asked = _before_earlier(text)
    chunks = [chunk for chunk in _chunks(text, 0, asked) if text[chunk.start : chunk.end].strip(" ?!.,;:")]
    honest = [chunk for chunk in chunks if not _is_foreign(text[chunk.start : chunk.end])]
    asking = [chunk for chunk in honest if _asks(text, chunk)] or honest
    parts = tuple(_part(text, chunk) for chunk in asking)
    around = [chunk for chunk in honest if chunk not in asking] + [_Chunk(asked, len(text))]
    given = tuple(phrase for chunk in around for phrase in phrases_of(text, chunk.start, chunk.end, given=True, effects=False))
    personal = is_patient_specific(text)
    return QuestionReading(
        text=text,
        parts=parts,
        given=given,
        broad=_is_broad(text, parts),
        patient_specific=personal,
        acute=personal and is_acute(text),
        out_of_scope=is_other_request(text) and not _asks_of_paper(text, honest, chunks),
        injection=is_order(text),
        foreign=is_foreign(text),
    )


def _before_earlier(text: str) -> int:
    """Where an earlier question begins that stands in brackets behind the question; the text's end when there is none."""
    found = EARLIER.search(text)
    return found.start() if found and text[: found.start()].strip() else len(text)


def _chunks(text: str, start: int, end: int) -> Iterator[_Chunk]:
    for boundary in BOUNDARY.finditer(text, start, end):
        if boundary.end() > start and text.count("(", start, boundary.start()) == text.count(")", start, boundary.start()):
            yield _Chunk(start, boundary.start())
            start = boundary.end()
    yield _Chunk(start, end)


def _is_foreign(sentence: str) -> bool:
    return is_order(sentence) or is_other_request(sentence)


def _asks_of_paper(text: str, honest: list[_Chunk], chunks: list[_Chunk]) -> bool:
    """Whether an honest question stands beside what was refused."""
    return len(honest) < len(chunks) and any("?" in text[chunk.start : chunk.end + 1] and _asks(text, chunk) for chunk in honest)


def _asks(text: str, chunk: _Chunk) -> bool:
    said = text[chunk.start : chunk.end]
    if ASKS.match(said):
        ends_as_question = text[chunk.end : chunk.end + 1] == "?" or "?" in said
        return ends_as_question or not RELATIVE.match(said) or chunk.end == len(text) or text[chunk.end] in ",;? \n"
    return ASKS_INSIDE.match(said) is not None


def _part(text: str, chunk: _Chunk) -> QuestionPart:
    said = text[chunk.start : chunk.end]
    asked = measures_asked(said)
    asks = _kind(said, asked)
    numbers = asked if asks == "number" else ()
    spans = [(one.start + chunk.start, one.end + chunk.start) for one in numbers]
    phrases = phrases_of(text, chunk.start, chunk.end, effects=bool(numbers), dropped=spans)
    measures = tuple(dict.fromkeys(one.measure for one in numbers))
    return QuestionPart(text=said, start=chunk.start, end=chunk.end, asks=asks, measures=measures, phrases=phrases)


def _kind(said: str, measures: tuple[Asked, ...]) -> Asks:
    if measures and FIGURE_FIRST.match(said):
        return "number"
    for kind, pattern in KINDS[:5]:
        if pattern.search(said):
            return kind
    if KINDS[5][1].match(said) and not POLITE.match(said):
        return "yes_no"
    if measures:
        return "number"
    return "list" if KINDS[6][1].match(said) else "free"


def _is_broad(text: str, parts: tuple[QuestionPart, ...]) -> bool:
    if any(part.asks in ("number", "who", "when", "where", "definition") for part in parts):
        return False
    open_ended = bool(parts) and all(part.asks in ("free", "list") and not part.phrases for part in parts)
    return (open_ended and OPEN.search(text) is not None) or len(text.split()) >= BROAD_WORDS

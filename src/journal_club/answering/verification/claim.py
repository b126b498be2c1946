"""A claim: one sentence of a draft, read for what it asserts.

Owns the noun `Claim` and the signs of sentences that assert nothing of the paper: lead-ins, talk about the answer, orders, and refusals
("the page does not report X"), whose X is handed on.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from journal_club.answering.injection import is_instruction
from journal_club.answering.verification.alignment import Token, tokens
from journal_club.answering.verification.opposites import Turn, turns
from journal_club.answering.verification.pieces import Piece, pieces
from journal_club.answering.verification.quotation import without_emphasis, without_markup
from journal_club.answering.verification.wording import stems
from journal_club.paper.names import Names
from journal_club.statistics.arms import Arm, Arms, outside
from journal_club.statistics.binding import bound_statistics
from journal_club.statistics.statistic import Statistic

__all__ = ["Claim", "read_claim"]

_DOCUMENT = (
    r"(?:digest page|digest|page|paper|article|passages?|evidence|excerpts?|text|texts|sources?|document|abstract|"
    r"publication|authors?|information|context|summary|report)"
)
_NOT_REPORT = (
    r"(?:(?:does|do|did) not|doesn['’]t|don['’]t|didn['’]t|fails? to|never) (?:explicitly |specifically |directly |"
    r"clearly |appear to |seem to )?"
    r"(?:report|mention|provide|state|specify|contain|include|describe|give|say|discuss|address|disclose|detail|"
    r"indicate|list|name|explain|offer|present|cover)s?"
)
_NOUN_FIRST = re.compile(
    rf"\A(?:however,? |unfortunately,? |but )?(?:the|this|these|our|"
    rf"its)? ?(?:\w+ ){{0,2}}?(?:{_DOCUMENT}(?: (?:provided|given|offered|itself|above))? {_NOT_REPORT}|"
    r"(?:study|trial) (?:does|do|did) not (?:explicitly |specifically )?(?:report|mention|provide|state|specify|"
    r"describe|discuss|detail)) (?P<what>.+)",
    re.IGNORECASE,
)
_THING_FIRST = re.compile(
    r"\A(?:however,? |unfortunately,? )?(?P<what>.{3,160}?) (?:is|are|was|were) (?:not|never) (?:explicitly |"
    r"specifically |directly |clearly )?"
    r"(?:reported|mentioned|stated|specified|described|discussed|addressed|disclosed|detailed|(?:provided|given|"
    r"included) in (?:the|this|these) (?:page|text|paper|evidence|passages?)|available)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_NO_INFORMATION = re.compile(
    rf"\A(?:however,? )?(?:there (?:is|are|was|were) )?no (?:\w+ )?(?:information|data|details?|mention|statement|"
    rf"figures?|results?) (?:is |are |was |were )?(?:\w+ )?(?:about|on|regarding|of|for|concerning) (?P<what>.+?)"
    rf"(?: (?:is|are|was|were) (?:given|provided|reported|available|mentioned)\b.*| in (?:the|this) {_DOCUMENT}.*)?\Z",
    re.IGNORECASE,
)
_TAIL = re.compile(rf"\s*(?:(?:in|by|on|from) (?:the|this|these) (?:\w+ )?{_DOCUMENT}\b.*)?[.!?\s]*\Z", re.IGNORECASE)
_LEADING = re.compile(
    r"\A(?:any|the|a|an|whether|what|how|information (?:on|about)|details? (?:of|on|about)|data (?:on|about)|anything about|specific)\s+",
    re.IGNORECASE,
)
_META = re.compile(
    r"\A\W*(?:(?:sure|certainly|of course|okay|ok|yes|no|great question|thank you|hello|hi)\b[^a-z0-9]*\Z|(?:sure|"
    r"certainly|of course)[,!.]|"
    r"(?:here (?:is|are)|here['’]s|below (?:is|are)|the following (?:is|are|answers?)|this (?:answer|response|summary))\b[^.]*[:.]?\Z|"
    r"(?:based on|according to|from|given|using) (?:the )?(?:evidence|passages?|context|information|text|page|"
    r"excerpts?|sources?)(?: (?:provided|given|above|offered|you provided))?[^a-z0-9]*\Z|"
    r"(?:in (?:summary|conclusion|short)|to summarize|overall|answer|question|response|note|evidence|summary|sources?|"
    r"references?|citations?)\s*:?\s*\Z|"
    r"as an? (?:ai|language model|assistant|large language)|i (?:am|['’]m|can|cannot|can['’]t|will|would|have|hope|do|"
    r"don['’]t|apologi[sz]e|was)\b|let me\b|please\b|"
    r"(?:let us|let['’]s)\b|(?:if you|feel free|do you|would you|hope this)\b|my (?:instructions|rules|prompt)\b|"
    r"the (?:user|question|reader|persona) (?:asks?|is asking|wants|asked)\b|you (?:are|should|must|can)\b)",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r"[:：]\s*\Z")
_LONGEST_ABSENCE = 160


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One sentence, read.

    Attributes:
        text: the sentence without marks.
        stems: its content words, known names made one.
        absence: the X of "the page does not report X"; else empty.
        meta: whether it talks of the answer or to somebody, not of the paper.
    """

    text: str
    canonical: str
    stems: tuple[str, ...]
    statistics: tuple[Statistic, ...]
    turns: tuple[Turn, ...]
    arms: tuple[Arm, ...]
    tokens: tuple[Token, ...]
    absence: str = ""
    meta: bool = False

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Its words, numbers and brackets, in order."""
        return pieces(self.text, self.statistics)


def read_claim(text: str, names: Names, arms: Arms) -> Claim:
    """Read a sentence without marks."""
    canonical = names.canonical(without_markup(text))
    turned, mentioned = turns(text), arms.mentions(text)
    statistics = outside(bound_statistics(without_emphasis(text), arms), mentioned)
    meta = _META.match(text) is not None or is_instruction(text) or (_LEAD_IN.search(text) is not None and not statistics)
    return Claim(
        text=text,
        canonical=canonical,
        stems=stems(canonical),
        statistics=statistics,
        turns=turned,
        arms=mentioned,
        tokens=tokens(text, statistics, mentioned, turned),
        absence="" if meta or statistics else _absence(text),
        meta=meta,
    )


def _absence(text: str) -> str:
    """What a refusal says to be missing; empty when the sentence is none."""
    found = _NOUN_FIRST.match(text) or _NO_INFORMATION.match(text) or _THING_FIRST.match(text)
    if found is None:
        return ""
    what = _TAIL.sub("", found["what"], count=1).strip(" ,;.")
    while stripped := _LEADING.match(what):
        what = what[stripped.end() :]
    return what[:_LONGEST_ABSENCE]

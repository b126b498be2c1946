"""Composition: verified sentences, quotes and refusals become one text with numbered citations and exact spans.

Citations are numbered 1..n by first use. What is added is final: a statement's indices hold in the finished text, so that a
stream and the finished answer cannot differ.
"""

import re
from collections.abc import Sequence
from time import perf_counter

from journal_club.answering.answer import Basis, Check, Citation, Statement, StatementEvent, Verdict, Withheld, WithheldEvent
from journal_club.answering.citations import render_marks
from journal_club.answering.verification.verifier import Support
from journal_club.library.passages import Passage
from journal_club.paper.model import Excerpt, Origin

__all__ = ["BACKGROUND_SIGN", "Composition"]

BACKGROUND_SIGN = "(General knowledge, not from this text)"
WHITE = re.compile(r"\s+")
LINKED_NUMBER = re.compile(r"\[(\d+)\]\([^)\s]*\)")
REFERENCE_MARK = re.compile(
    r"(?P<of>\d\s?(?:%|(?:years?|months?|weeks?|days?|hours?|minutes?|mg|g|kg|ml|points?)\b))?\s?\[\d[\d,\s–-]*\]", re.IGNORECASE
)
"""Marks of the source's own reference list, which in an answer would read as citations of ours; behind a figure they are its range."""

WEAKNESS: tuple[Basis, ...] = ("trial", "commentary", "related_trial")
"""The bases that an origin can be, from the strongest to the weakest."""


class Composition:
    """The text of one answer while it grows."""

    def __init__(self) -> None:
        self._text = ""
        self._statements: list[Statement] = []
        self._citations: list[Citation] = []
        self._withheld: list[Withheld] = []
        self._said: set[str] = set()
        self._begun: float | None = None

    @property
    def begun(self) -> float | None:
        """`time.perf_counter()` when the first statement stood."""
        return self._begun

    @property
    def text(self) -> str:
        """Everything said so far."""
        return self._text

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements so far."""
        return tuple(self._statements)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations so far, by number."""
        return tuple(self._citations)

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """What was not shown so far."""
        return tuple(self._withheld)

    def has_said(self, bare: str) -> bool:
        """Whether a sentence stands in the text already, but for case, white space and marks."""
        return _folded(bare).casefold() in self._said

    def say(self, message: str) -> None:
        """Add words of our own, which are no statement."""
        self._append(_folded(message))

    def state(self, bare: str, support: Sequence[Support], *, verdict: Verdict, checks: Sequence[Check]) -> StatementEvent:
        """Add a verified sentence with the excerpts that carry it."""
        before = len(self._citations)
        numbers = tuple(dict.fromkeys(self._number(one.passage, one.excerpt) for one in support))
        basis = "computed" if verdict == "derived" else self._weakest(numbers)
        statement = self._add(f"{_folded(bare)} {render_marks(numbers)}", basis, numbers, verdict, checks)
        self._said.add(_folded(bare).casefold())
        return StatementEvent(statement=statement, citations=tuple(self._citations[before:]))

    def quote(self, passage: Passage, excerpt: Excerpt) -> StatementEvent:
        """Add the source's own words."""
        check = Check(kind="quotation", claimed=excerpt.text, found=excerpt.text, rule="verbatim", passed=True)
        words = REFERENCE_MARK.sub(lambda found: found[0] if found["of"] else "", LINKED_NUMBER.sub(r"\1", excerpt.text))
        return self.state(words, [Support(passage=passage, excerpt=excerpt)], verdict="supported", checks=[check])

    def background(self, sentence: str) -> StatementEvent:
        """Add a sentence of general knowledge, signed as such in the text itself."""
        statement = self._add(f"{BACKGROUND_SIGN} {_folded(sentence)}", "background", (), "background", ())
        return StatementEvent(statement=statement, citations=())

    def withhold(self, text: str, reason: str) -> WithheldEvent:
        """Note a sentence that is not shown."""
        withheld = Withheld(text=_folded(text), reason=reason)
        self._withheld.append(withheld)
        return WithheldEvent(withheld=withheld)

    def cite(self, passage: Passage, excerpt: Excerpt) -> int:
        """The citation number of an excerpt, given now if it has none."""
        return self._number(passage, excerpt)

    def _add(self, text: str, basis: Basis, numbers: tuple[int, ...], verdict: Verdict, checks: Sequence[Check]) -> Statement:
        start = self._append(text)
        statement = Statement(
            text=text,
            start_index=start,
            end_index=start + len(text),
            basis=basis,
            citations=numbers,
            verdict=verdict,
            checks=tuple(checks),
        )
        self._statements.append(statement)
        self._begun = self._begun or perf_counter()
        return statement

    def _append(self, text: str) -> int:
        start = len(self._text) + 1 if self._text else 0
        self._text = f"{self._text} {text}" if self._text else text
        return start

    def _number(self, passage: Passage, excerpt: Excerpt) -> int:
        for citation in self._citations:
            if (citation.start_char_index, citation.end_char_index) == (excerpt.start, excerpt.end):
                return citation.number
        citation = Citation(
            number=len(self._citations) + 1,
            passage_id=passage.id,
            section=passage.section,
            origin=passage.origin,
            cited_text=excerpt.text,
            start_char_index=excerpt.start,
            end_char_index=excerpt.end,
        )
        self._citations.append(citation)
        return citation.number

    def _weakest(self, numbers: Sequence[int]) -> Basis:
        origins: set[Origin] = {self._citations[number - 1].origin for number in numbers}
        return max((basis for basis in WEAKNESS if basis in {origin.value for origin in origins}), key=WEAKNESS.index)


def _folded(text: str) -> str:
    return WHITE.sub(" ", text).strip()

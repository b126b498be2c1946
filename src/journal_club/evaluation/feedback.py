"""Feedback: a learner's answer to a discussion item, held against the item's key response point by point.

Owns what of a key response is covered, partly covered, missed or contradicted, and what is demanded. The offline judge reads each point
first; where it is too strict for a learner's free words a second look (`second_look`) may grant more, and never takes a contradiction
back. Nothing is kept, and no model reads a word of it: this is one of the two doors to the answer key.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from journal_club.answering.answer import Conflict, ConflictPlace, Statement
from journal_club.answering.conflicts import overlaps
from journal_club.club import JournalClub
from journal_club.evaluation.cutting import points_of
from journal_club.evaluation.judge.offline import OfflineJudge
from journal_club.evaluation.opposition import acronyms, agrees, is_opposed, plainly
from journal_club.evaluation.second_look import SecondLook
from journal_club.library.passages import Passage
from journal_club.paper.model import DiscussionItem, Excerpt, Origin, Paper
from journal_club.paper.names import Names
from journal_club.paper.sentences import sentences
from journal_club.statistics.arms import Arms
from journal_club.statistics.endpoints import endpoints

__all__ = ["Counts", "Feedback", "FeedbackPassage", "FeedbackPoint", "FeedbackVerdict", "Objection", "UnknownItemError", "feedback"]

FeedbackVerdict = Literal["covered", "partly", "missed", "contradicted"]
_NEAREST = 8
"""The learner's sentences that a point is held against: those that share most with it."""
_CARRIED = frozenset({"supported", "derived", "no_claim"})
_PASSAGES = 2
"""The paper's sentences that are shown with a point."""


class UnknownItemError(Exception):
    """The paper has no such discussion item, or none with a key response; the message names those it has."""


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FeedbackPassage(_Record):
    """A sentence of the paper's own that carries a point, or is nearest to it."""

    cited_text: str
    section: str
    origin: Origin
    start_char_index: int
    end_char_index: int


class KeyWords(_Record):
    """The key response, or a piece of it: `source_text[start_char_index:end_char_index] == text`."""

    text: str
    start_char_index: int
    end_char_index: int


class LearnersWords(_Record):
    """Words of the learner's: a slice of the text that was sent."""

    text: str
    start_index: int
    end_index: int


class FeedbackPoint(KeyWords):
    """One point of the key response, and what the learner makes of it."""

    verdict: FeedbackVerdict
    learner: LearnersWords | None = Field(description="The words that decided; null where there are none.")
    reason: str = Field(description="The verdict in words.")
    passages: list[FeedbackPassage] = Field(description="Where the paper itself says it; empty where the key response alone does.")
    disputed: bool = Field(description="The paper, or arithmetic, refutes a number of it: it is demanded of nobody and counts for nothing.")
    explanation: str | None = Field(description="Of a disputed point, the conflict in words.")


class Objection(LearnersWords):
    """A sentence of the learner's that the paper contradicts."""

    reason: str


class Counts(_Record):
    """Points by verdict, disputed ones apart."""

    covered: int = 0
    partly: int = 0
    missed: int = 0
    contradicted: int = 0
    disputed: int = 0


class Feedback(_Record):
    """What a learner's answer holds of a key response."""

    paper_id: str
    item: str
    question: str
    key_response: KeyWords
    points: list[FeedbackPoint]
    counts: Counts
    also: list[Objection] = Field(description="Sentences of the learner's that the paper contradicts, whatever the key response says.")


def feedback(club: JournalClub, text: str, *, paper_id: str, item: str) -> Feedback:
    """Hold a learner's answer against the key response of a discussion item.

    Args:
        club: holds the paper.
        text: the learner's answer; it may be empty.
        paper_id: the paper.
        item: the persona of the item, as the paper's discussion names it, or its number.

    Raises:
        UnknownPaperError: no such paper.
        UnknownItemError: no such item, or it has no key response.
    """
    paper = club.library.paper(paper_id)
    found, key = _item(paper, item)
    reading = _Reading(club, text, paper_id=paper_id, question=found.question.text, key=key)
    points = [reading.point(one) for one in points_of(key.text, offset=key.start)]
    return Feedback(
        paper_id=paper_id,
        item=found.persona,
        question=found.question.text,
        key_response=_words(key),
        points=points,
        counts=_counts(points),
        also=reading.objections(),
    )


def _item(paper: Paper, wanted: str) -> tuple[DiscussionItem, Excerpt]:
    found = next((one for one in paper.discussion if wanted in (one.persona, str(one.number))), None)
    if found is None or found.key_response is None:
        known = ", ".join(one.persona for one in paper.discussion if one.key_response) or "none"
        what = "has no key response" if found else "is no discussion item of this paper"
        raise UnknownItemError(f"{wanted!r} {what}; those with a key response: {known}")
    return found, found.key_response


class _Reading:
    """A learner's answer beside a key response."""

    def __init__(self, club: JournalClub, text: str, *, paper_id: str, question: str, key: Excerpt) -> None:
        passages = club.library.passages(paper_id)
        texts = [*(one.text for passage in passages for one in passage.sentences), key.text, question]
        names = Names.of(texts)
        known = frozenset(name for one in texts for name in acronyms(one))
        arms = Arms.of([one.text for one in passages if one.origin is not Origin.RELATED_TRIAL], equal=names.groups)
        verifier = club.verifier(paper_id)
        said = [_statement(one) for one in sentences(text)]
        self._text, self._learner = text, said
        self._verified = {one.start_index: verifier.verify_text(one.text) for one in said}
        self._judge = OfflineJudge(verifier, names)
        self._look = SecondLook(question, names, arms, known)
        self._said = [one for one in said if not self._look.copies_question(one.text)]
        self._verifier = verifier
        self._own = [(one, excerpt) for one in passages if one.origin is not Origin.RELATED_TRIAL for excerpt in one.sentences]
        self._conflicts = club.conflicts(paper_id)

    def point(self, point: Excerpt) -> FeedbackPoint:
        """One point: what the learner makes of it, and where the paper says it."""
        place = _disputed(point, self._conflicts)
        verdict, one, reason = self._verdict(point.text, "" if place is None else _without(point, place[1]))
        return FeedbackPoint(
            **_words(point).model_dump(),
            verdict=verdict,
            learner=None if one is None else self._learners(one),
            reason=reason,
            passages=self._carrying(point.text),
            disputed=place is not None,
            explanation=place[0].explanation if place else None,
        )

    def objections(self) -> list[Objection]:
        """The sentences that the paper contradicts; a question that the learner repeats is none."""
        return [
            Objection(**self._learners(one).model_dump(), reason=_told(found.reason, "the paper's text"))
            for one, found in ((one, self._verified[one.start_index]) for one in self._learner)
            if is_opposed(found) and not self._look.copies_question(one.text)
        ]

    def _learners(self, one: Statement) -> LearnersWords:
        """The learner's words as they were sent."""
        return LearnersWords(text=self._text[one.start_index : one.end_index], start_index=one.start_index, end_index=one.end_index)

    def _verdict(self, point: str, undisputed: str) -> tuple[FeedbackVerdict, Statement | None, str]:
        said = self._look.nearest(point, self._said, limit=_NEAREST)
        if not said:
            return "missed", None, "nothing in the answer speaks of it"
        held = self._judge.holds(point, said)
        if held and self._look.answers(point, held[0].text):
            return "covered", *held
        against = "" if undisputed else self._opposed(point, said[0])
        if against:
            return "contradicted", said[0], against
        return self._look.again(undisputed or point, [one for one in self._said if not is_opposed(self._verified[one.start_index])])

    def _opposed(self, point: str, nearest: Statement) -> str:
        """Why the sentence nearest to a point, which the paper does not carry, contradicts it; empty when it does not."""
        by_paper = self._verified[nearest.start_index]
        if by_paper.verdict in _CARRIED:
            return ""
        turned = self._look.speaks_of(point, nearest.text) and not agrees(plainly(point), nearest.text)
        if turned and is_opposed(by_paper):
            return _told(by_paper.reason, "the paper's text")
        if {one.name for one in endpoints(nearest.text)} <= {one.name for one in endpoints(point)}:
            found = self._judge.against(nearest.text, (nearest.model_copy(update={"text": plainly(point)}),))
            if is_opposed(found):
                return _told(found.reason, "the key response")
        return "it denies what the point says, and says what the point denies" if self._look.exchanges_sides(point, nearest.text) else ""

    def _carrying(self, point: str) -> list[FeedbackPassage]:
        """The sentences of the paper that carry a point as verification finds them; else those nearest in words."""
        support = [(one.passage, one.excerpt) for one in self._verifier.verify_text(point).support]
        if not support:
            support = self._look.near(point, self._own)
        return [_passage(passage, one) for passage, one in support[:_PASSAGES]]


def _told(reason: str, source: str) -> str:
    """A reason of verification's in a learner's words: nothing was cited here."""
    return reason.replace("the cited text's", f"that of {source}:").replace("the cited text", source).replace("the cited sentence", source)


def _statement(one: Excerpt) -> Statement:
    return Statement(
        text=plainly(one.text), start_index=one.start, end_index=one.end, basis="trial", citations=(), verdict="supported", checks=()
    )


def _disputed(point: Excerpt, conflicts: Sequence[Conflict]) -> tuple[Conflict, ConflictPlace] | None:
    """The conflict that refutes a number of the point, and its place there, which is not the supported one."""
    for conflict in conflicts:
        for number, place in enumerate(conflict.places):
            if number != conflict.supported_place and overlaps(place, point.start, point.end):
                return conflict, place
    return None


def _without(point: Excerpt, place: ConflictPlace) -> str:
    """The point without its disputed number: what is left can still be said."""
    start, end = max(0, place.start_char_index - point.start), place.end_char_index - point.start
    return f"{point.text[:start].rstrip(' ,;')}{point.text[end:]}"


def _words(one: Excerpt) -> KeyWords:
    return KeyWords(text=one.text, start_char_index=one.start, end_char_index=one.end)


def _passage(passage: Passage, one: Excerpt) -> FeedbackPassage:
    return FeedbackPassage(
        cited_text=one.text, section=passage.section, origin=passage.origin, start_char_index=one.start, end_char_index=one.end
    )


def _counts(points: Sequence[FeedbackPoint]) -> Counts:
    found = Counter("disputed" if one.disputed else one.verdict for one in points)
    return Counts(**found)

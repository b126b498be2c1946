"""Page views: what each page shows, gathered before a template draws it.

Owns these records and how the reading room's is filled from the club. Templates look nothing up, and key responses reach the room alone.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from journal_club.answering.answer import Answer, Conflict
from journal_club.answering.notice import notice_of
from journal_club.answering.personas import Persona
from journal_club.answering.tailored.record import Takeaways
from journal_club.answering.thread import Turn
from journal_club.answering.verification.verifier import Verification
from journal_club.evaluation.feedback import Feedback
from journal_club.library.record import PaperRecord
from journal_club.models.endpoint import Endpoint
from journal_club.paper.model import Paper
from journal_club.service.page_forms import AskForm
from journal_club.service.problems import Problem
from journal_club.service.room.forest import Forest, forest_of
from journal_club.service.room.handout import Handout, handout_of
from journal_club.service.room.pico import Pico, pico_of
from journal_club.service.room.sections import RoomItem, RoomSection, items_of, sections_of
from journal_club.service.room.timeline import Milestone, timeline_of
from journal_club.service.service import Service
from journal_club.service.shown import plain

__all__ = ["Checked", "HandoutView", "KeptView", "PapersView", "RoomView", "Shown", "Tried", "handout_view", "room_view", "title_of"]

LONGEST_THREAD = 20_000
"""Characters of the turns that it carries on; the oldest are dropped first."""
MOST_TURNS = 20
"""Turns of a thread that a page without a script carries on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """A learner's answer to one item, and what it holds; None where that could not be found out."""

    item: int
    text: str
    feedback: Feedback | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A text, and a verdict for each of its sentences."""

    text: str
    results: tuple[Verification, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What the room shows beside the paper, after somebody asked for it."""

    answer: Answer | None = None
    takeaways: Takeaways | None = None
    tried: Tried | None = None
    checked: Checked | None = None
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PapersView:
    """The list of papers."""

    destination: Endpoint
    papers: tuple[PaperRecord, ...]
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _OfPaper:
    """A page on one paper; `title` is its title, else its id."""

    destination: Endpoint
    paper_id: str
    title: str
    problem: Problem | None = None

    def here(self, start: int) -> str:  # noqa: ARG002 - the room knows its places, any other page only the paper
        """The address of a place of the source text."""
        return f"/papers/{self.paper_id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptView(_OfPaper):
    """One answer on a page of its own; `is_current`: of the text that stands under the paper's id now."""

    answer: Answer
    is_kept: bool
    is_current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoutView(_OfPaper):
    """A page to print."""

    handout: Handout
    forest: Forest | None
    conflicts: tuple[Conflict, ...]
    notice: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomView(_OfPaper):
    """The reading room.

    Attributes:
        document_hash: of the text that is shown.
        places: where the runs that are shown begin and end, in order: each is an anchor.
        questions: that the text answers, for the reader who is chosen.
        history: the thread so far, as JSON.
        reader: the name of the reader who is chosen.
    """

    form: AskForm
    personas: tuple[Persona, ...]
    longest: int
    sections: tuple[RoomSection, ...]
    items: tuple[RoomItem, ...]
    pico: Pico | None
    forest: Forest | None
    timeline: tuple[Milestone, ...]
    conflicts: tuple[Conflict, ...]
    document_hash: str
    places: tuple[tuple[int, int], ...]
    questions: tuple[str, ...] = ()
    answer: Answer | None = None
    takeaways: Takeaways | None = None
    tried: Tried | None = None
    checked: Checked | None = None

    def here(self, start: int) -> str:
        """The anchor of the run that holds a place, or of the next one: a field's label is no run."""
        at = bisect_right(self.places, start, key=lambda place: place[1])
        return f"#r{self.places[min(at, len(self.places) - 1)][0]}" if self.places else "#source"

    @property
    def has_findings(self) -> bool:
        """Whether the text has a section of key findings, under which the forest plot stands."""
        return any(section.slug == "key_findings" for section in self.sections)

    @property
    def reader(self) -> str:
        """The name of the reader who is chosen."""
        return next((one.name for one in self.personas if one.id == self.form.persona), self.form.persona)

    @property
    def history(self) -> str:
        """The earlier turns with this one behind them."""
        turns = [*self.form.history, *([Turn(question=self.answer.question, text=self.answer.text)] if self.answer else [])][-MOST_TURNS:]
        while sum(len(turn.question) + len(turn.text) for turn in turns) > LONGEST_THREAD:
            turns.pop(0)
        return json.dumps([{"question": plain(turn.question), "text": plain(turn.text)} for turn in turns], ensure_ascii=False)


def room_view(service: Service, paper_id: str, form: AskForm, questions: Sequence[str], shown: Shown) -> RoomView:
    """The reading room of a paper as it stands now.

    Raises:
        UnknownPaperError: no such paper.
    """
    club = service.club
    paper, conflicts = club.library.paper(paper_id), club.conflicts(paper_id)
    sections, items = sections_of(paper, conflicts), items_of(paper, conflicts)
    return RoomView(
        destination=club.endpoint,
        paper_id=paper_id,
        title=title_of(paper, paper_id),
        problem=shown.problem,
        form=form,
        personas=club.personas.all(),
        longest=club.settings.service.max_question_chars,
        sections=sections,
        items=items,
        pico=pico_of(paper),
        forest=forest_of(paper),
        timeline=timeline_of(paper),
        conflicts=conflicts,
        document_hash=paper.document_hash,
        places=_places(sections, items),
        questions=tuple(questions),
        answer=shown.answer,
        takeaways=shown.takeaways,
        tried=shown.tried,
        checked=shown.checked,
    )


def _places(sections: Sequence[RoomSection], items: Sequence[RoomItem]) -> tuple[tuple[int, int], ...]:
    shown = (paragraph for section in sections if section.kind != "footer" for paragraph in section.paragraphs)
    told = [run for paragraph in shown if paragraph.field != "marker" for piece in paragraph.pieces for run in piece.runs]
    asked = [run for item in items for run in (*item.question, *item.key_response)]
    return tuple(sorted((run.start_char_index, run.end_char_index) for run in (*told, *asked)))


def handout_view(service: Service, paper_id: str) -> HandoutView:
    """The handout of a paper.

    Raises:
        UnknownPaperError: no such paper.
    """
    club = service.club
    paper = club.library.paper(paper_id)
    return HandoutView(
        destination=club.endpoint,
        paper_id=paper_id,
        title=title_of(paper, paper_id),
        handout=handout_of(paper),
        forest=forest_of(paper),
        conflicts=club.conflicts(paper_id),
        notice=notice_of(paper),
    )


def title_of(paper: Paper, paper_id: str) -> str:
    """A paper's title; its id where it has none."""
    return " ".join(paper.title.text.split()) if paper.title else paper_id

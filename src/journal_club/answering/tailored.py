"""Tailored: what a reader is shown of a paper without having asked, and what the reader may want to ask next.

Owns takeaways and questions. Both come from the pipeline that answers everybody: a takeaway is a statement of one of its answers, or the
paper's own words; a question is listed only when the pipeline answers all of it, from the passages that it was made of.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Literal, TypeVar

import anyio.to_thread
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from journal_club.answering.answer import Answer, AnswerEvent, Citation, Conflict, Statement
from journal_club.answering.asking import Asking
from journal_club.answering.case import Ask
from journal_club.answering.citations import parse_marks
from journal_club.answering.composition import Composition
from journal_club.answering.conflicts import touching
from journal_club.answering.front_matter import PromptFileError, read_text_file
from journal_club.answering.notice import notice_of
from journal_club.answering.personas import Persona, Personas
from journal_club.answering.topics import Topic, topics_of
from journal_club.answering.verification.verifier import Support
from journal_club.library.library import Library
from journal_club.library.passages import Passage
from journal_club.paper.model import Excerpt, Paper
from journal_club.paper.names import Names

__all__ = ["Question", "Questions", "Recipe", "Tailored", "Takeaways", "load_recipe"]

_FEWEST, _MOST = 3, 5
"""Takeaways."""
_MOST_QUESTIONS = 6
_KEPT = 256
"""Results that are kept in memory."""

Kept = TypeVar("Kept", "Takeaways", "Questions")


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Wish(_Record):
    question: str
    about: tuple[str, ...]


class _Template(_Record):
    about: str
    ask: str


class Recipe(_Record):
    """What each persona is shown and may ask, as its file has it.

    Attributes:
        asked: how each kind of topic is asked for.
        takeaways: by persona, the question that a model answers, and the kinds of topics in order.
        questions: by persona, questions with slots in order of preference.
        sha256: of the file.
    """

    asked: Mapping[str, str]
    takeaways: Mapping[str, _Wish]
    questions: Mapping[str, tuple[_Template, ...]]
    sha256: str

    @model_validator(mode="after")
    def _whole(self) -> "Recipe":
        missing = {kind for wish in self.takeaways.values() for kind in wish.about} - self.asked.keys()
        if missing or not self.takeaways or not self.questions:
            raise ValueError(f"`asked` must say how to ask for {sorted(missing)}, and there must be `takeaways` and `questions`")
        return self


class Takeaways(_Record):
    """Three to five statements for one reader; fewer where the paper holds fewer."""

    paper_id: str
    persona: str
    mode: Literal["generated", "extractive"]
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    conflicts: tuple[Conflict, ...]
    notice: str
    trace: dict[str, str]


class Question(_Record):
    """A question that the paper answers.

    Attributes:
        about: the kind of topic that it asks for.
        passages: ids of the passages that answer it.
    """

    text: str
    about: str
    passages: tuple[str, ...]


class Questions(_Record):
    """Questions for one reader, each of which the paper answers in full."""

    paper_id: str
    persona: str
    questions: tuple[Question, ...]
    trace: dict[str, str]


def load_recipe(path: Path) -> Recipe:
    """Read the file of what each persona is shown and may ask.

    Raises:
        PromptFileError: it is malformed.
    """
    file = read_text_file(path)
    try:
        return Recipe(**{name: file.head.get(name) for name in ("asked", "takeaways", "questions")}, sha256=file.sha256)
    except ValidationError as error:
        raise PromptFileError(f"{path}: {error}") from error


class _Reading:
    """One paper as it stands for one reader."""

    def __init__(self, library: Library, paper_id: str, persona: Persona) -> None:
        self.paper_id, self.persona = paper_id, persona
        self.paper: Paper = library.paper(paper_id)
        self.passages: Mapping[str, Passage] = {one.id: one for one in library.passages(paper_id)}
        names = Names.of(one.text for one in self.passages.values())
        self.topics: Sequence[Topic] = topics_of(self.paper, tuple(self.passages.values()), names)
        self.composition = Composition()
        self._shown: set[tuple[int, ...]] = set()

    def of(self, kinds: Sequence[str]) -> list[Topic]:
        """The first topic of each kind that the paper has; of a kind that is named again, the next."""
        left = list(self.topics)
        found: list[Topic] = []
        for kind in kinds:
            topic = next((one for one in left if one.kind == kind), None)
            if topic is not None:
                left.remove(topic)
                found.append(topic)
        return found

    def take(self, answer: Answer, *, most: int, topic: Topic | None = None) -> int:
        """Take over statements of an answer, of a topic only those that cite it; how many were new."""
        before = len(self.composition.statements)
        for one in answer.statements:
            cited = [answer.citations[number - 1] for number in one.citations]
            if cited and (topic is None or any(citation.passage_id in topic.places for citation in cited)):
                self._state(one, cited)
            if len(self.composition.statements) - before >= most:
                break
        return len(self.composition.statements) - before

    def quote(self, topic: Topic) -> None:
        """Show the first sentence of a topic's first passage in its own words."""
        passage = self.passages[topic.places[0]]
        if not self.composition.has_said(passage.sentences[0].text) and self._is_new([passage.sentences[0].start]):
            self.composition.quote(passage, passage.sentences[0])

    def _state(self, one: Statement, cited: Sequence[Citation]) -> None:
        bare = parse_marks(one.text).bare
        support = [
            Support(
                passage=self.passages[citation.passage_id],
                excerpt=Excerpt(text=citation.cited_text, start=citation.start_char_index, end=citation.end_char_index),
            )
            for citation in cited
            if citation.passage_id in self.passages
        ]
        if support and not self.composition.has_said(bare) and self._is_new([excerpt.excerpt.start for excerpt in support]):
            self.composition.state(bare, support, verdict=one.verdict, checks=one.checks)

    def _is_new(self, places: Sequence[int]) -> bool:
        key = tuple(sorted(places))
        new = key not in self._shown
        self._shown.add(key)
        return new


class Tailored:
    """Takeaways and questions, and those made last, in memory alone. Thread-safe."""

    def __init__(
        self, *, library: Library, personas: Personas, recipe: Recipe, drafting: Asking | None, quoting: Asking, model: str
    ) -> None:
        """Hold the parts.

        Args:
            library: the papers.
            personas: the readers.
            recipe: what each is shown and may ask.
            drafting: answers with a model; None where there is none.
            quoting: answers in the paper's own words.
            model: the name of the model, empty for none.
        """
        self._library = library
        self._personas = personas
        self._recipe = recipe
        self._drafting = drafting
        self._quoting = quoting
        self._model = model
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, ...], Takeaways | Questions] = OrderedDict()

    async def takeaways(self, paper_id: str, persona: str) -> Takeaways:
        """What a reader should take away from a paper.

        Raises:
            UnknownPaperError: no such paper.
            UnknownPersonaError: no such persona.
        """
        reading = await anyio.to_thread.run_sync(self._read, paper_id, persona)
        key = self._key("takeaways", reading)
        if (kept := self._find(key, Takeaways)) is not None:
            return kept
        drafted, whole = await self._draft(reading)
        await self._quote(reading)
        made = self._takeaways(reading, drafted=drafted)
        if whole:
            self._keep(key, made)
        return made

    async def questions(self, paper_id: str, persona: str) -> Questions:
        """What a reader may ask of a paper, and be answered.

        Raises:
            UnknownPaperError: no such paper.
            UnknownPersonaError: no such persona.
        """
        reading = await anyio.to_thread.run_sync(self._read, paper_id, persona)
        key = self._key("questions", reading)
        if (kept := self._find(key, Questions)) is not None:
            return kept
        found: list[Question] = []
        async for question in self._answered(reading):
            found.append(question)
            if len(found) == _MOST_QUESTIONS:
                break
        made = Questions(paper_id=paper_id, persona=reading.persona.id, questions=tuple(found), trace=self._trace(reading))
        self._keep(key, made)
        return made

    def _read(self, paper_id: str, persona: str) -> _Reading:
        return _Reading(self._library, paper_id, self._personas.get(persona))

    async def _draft(self, reading: _Reading) -> tuple[bool, bool]:
        """Whether a model's statements were taken, and whether the model did its work."""
        wish = self._recipe.takeaways.get(reading.persona.id)
        if self._drafting is None or wish is None:
            return False, True
        answer = await _answer(self._drafting, wish.question, reading)
        reading.take(answer, most=_MOST)
        return answer.mode == "generated", "degraded" not in answer.trace

    async def _quote(self, reading: _Reading) -> None:
        """Fill up with the paper's own words: a statement a topic, and what the topics hold where that is too few."""
        wish = self._recipe.takeaways.get(reading.persona.id) or next(iter(self._recipe.takeaways.values()))
        most = _FEWEST if reading.composition.statements else _MOST
        topics = reading.of(wish.about)
        for topic in topics:
            if len(reading.composition.statements) < most:
                answer = await _answer(self._quoting, _filled(self._recipe.asked[topic.kind], topic), reading)
                if not reading.take(answer, most=1, topic=topic):
                    reading.quote(topic)
        for passage in reading.passages.values():
            if len(reading.composition.statements) < min(_FEWEST, most) and passage.section != "publication":
                reading.quote(Topic(kind="", slots={}, places=(passage.id,)))

    def _takeaways(self, reading: _Reading, *, drafted: bool) -> Takeaways:
        composition = reading.composition
        conflicts = self._quoting.examined(reading.paper_id).conflicts
        return Takeaways(
            paper_id=reading.paper_id,
            persona=reading.persona.id,
            mode="generated" if drafted else "extractive",
            text=composition.text,
            statements=composition.statements,
            citations=composition.citations,
            conflicts=touching(conflicts, composition.citations),
            notice=notice_of(reading.paper),
            trace=self._trace(reading),
        )

    async def _answered(self, reading: _Reading) -> AsyncIterator[Question]:
        """The persona's questions that the paper answers in full, a topic once; of a second result the next one."""
        asked: set[int] = set()
        pages_own = {_folded(item.question.text) for item in reading.paper.discussion}
        for template in self._recipe.questions.get(reading.persona.id) or next(iter(self._recipe.questions.values())):
            for number, topic in _candidates(template.about, reading.topics):
                text = _filled(template.ask, topic)
                if number in asked or "{" in text or _folded(text) in pages_own:
                    continue
                answer = await _answer(self._quoting, text, reading)
                if answered := _answering(answer, topic):
                    asked.add(number)
                    yield Question(text=text, about=topic.kind, passages=answered)
                    break

    def _trace(self, reading: _Reading) -> dict[str, str]:
        return {
            "document_hash": reading.paper.document_hash,
            "persona_sha256": reading.persona.sha256,
            "prompt_sha256": self._recipe.sha256,
            "model": self._model,
        }

    def _key(self, what: str, reading: _Reading) -> tuple[str, ...]:
        return (what, reading.paper_id, *self._trace(reading).values())

    def _find(self, key: tuple[str, ...], kind: type[Kept]) -> Kept | None:
        with self._lock:
            found = self._kept.get(key)
            return found if isinstance(found, kind) else None

    def _keep(self, key: tuple[str, ...], made: Takeaways | Questions) -> None:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


async def _answer(asking: Asking, question: str, reading: _Reading) -> Answer:
    ask = Ask(question=question, persona=reading.persona.id, paper_id=reading.paper_id)
    answers = [event.answer async for event in asking.ask(ask) if isinstance(event, AnswerEvent)]
    return answers[0]


def _candidates(about: str, topics: Sequence[Topic]) -> list[tuple[int, Topic]]:
    """The topics of a kind, numbered; `second` asks for another result than the first."""
    kind, first = ("result", 1) if about == "second" else (about, 0)
    return [(number, one) for number, one in enumerate(topics) if one.kind == kind][first:]


def _answering(answer: Answer, topic: Topic) -> tuple[str, ...]:
    """The passages of a topic that an answer rests on; none when any part of the question was refused."""
    if answer.abstention is not None:
        return ()
    return tuple(dict.fromkeys(one.passage_id for one in answer.citations if one.passage_id in topic.places))


def _filled(template: str, topic: Topic) -> str:
    """A template with the topic's slots; a slot that the topic does not have stays."""
    for name, value in topic.slots.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()

"""Tailored: what a reader is shown of a paper without having asked, and what the reader may want to ask next.

Owns takeaways and questions. Both come from the pipeline that answers everybody: a takeaway is a statement of one of its answers, or the
paper's own words; a question is listed only when the pipeline answers all of it, from the passages that it was made of.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from threading import Lock
from typing import TypeVar

import anyio.to_thread

from journal_club.answering.answer import Answer, AnswerEvent
from journal_club.answering.asking import Asking
from journal_club.answering.case import Ask
from journal_club.answering.conflicts import touching
from journal_club.answering.notice import notice_of
from journal_club.answering.personas import Personas
from journal_club.answering.tailored.reading import Reading
from journal_club.answering.tailored.recipe import Recipe
from journal_club.answering.tailored.record import Question, Questions, Takeaways
from journal_club.answering.tailored.topics import Topic
from journal_club.library.library import Library

__all__ = ["Tailored"]

_FEWEST, _MOST = 3, 5
"""Takeaways."""
_MOST_QUESTIONS = 6
ANY = "any"
"""Whose questions every reader may ask."""
_KEPT = 256
"""Results that are kept in memory."""

Kept = TypeVar("Kept", Takeaways, Questions)


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

    def _read(self, paper_id: str, persona: str) -> Reading:
        return Reading(self._library, paper_id, self._personas.get(persona))

    async def _draft(self, reading: Reading) -> tuple[bool, bool]:
        """Whether a model's statements were taken, and whether the model did its work."""
        wish = self._recipe.takeaways.get(reading.persona.id)
        if self._drafting is None or wish is None:
            return False, True
        answer = await _answer(self._drafting, wish.question, reading)
        reading.take(answer, most=_MOST)
        return answer.mode == "generated", "degraded" not in answer.trace

    async def _quote(self, reading: Reading) -> None:
        """Fill up with the paper's own words: a statement a topic, and what the topics hold where that is too few."""
        wish = self._recipe.takeaways.get(reading.persona.id) or next(iter(self._recipe.takeaways.values()))
        most = _FEWEST if reading.composition.statements else _MOST
        for topic in reading.of(wish.about):
            await self._show(reading, topic, most=most)
        for topic in reading.of(tuple(self._recipe.asked)):
            await self._show(reading, topic, most=_FEWEST)
        for passage in reading.passages.values():
            if len(reading.composition.statements) < _FEWEST and passage.section != "publication":
                reading.quote(Topic(kind="", slots={}, places=(passage.id,)))

    async def _show(self, reading: Reading, topic: Topic, *, most: int) -> None:
        """Add a statement on a topic, unless there are enough: one that answers the topic's question, else the topic's own words."""
        if len(reading.composition.statements) < most:
            answer = await _answer(self._quoting, _filled(self._recipe.asked[topic.kind], topic), reading)
            if not reading.take(answer, most=1, topic=topic):
                reading.quote(topic)

    def _takeaways(self, reading: Reading, *, drafted: bool) -> Takeaways:
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

    async def _answered(self, reading: Reading) -> AsyncIterator[Question]:
        """The persona's questions that the paper answers in full, a topic once; of a second result the next one."""
        asked: set[int] = set()
        pages_own = {_folded(item.question.text) for item in reading.paper.discussion}
        for template in (*self._recipe.questions.get(reading.persona.id, ()), *self._recipe.questions.get(ANY, ())):
            for number, topic in _candidates(template.about, reading.topics):
                text = _filled(template.ask, topic)
                if number in asked or "{" in text or _folded(text) in pages_own:
                    continue
                answer = await _answer(self._quoting, text, reading)
                if answered := _answering(answer, topic):
                    asked.add(number)
                    yield Question(text=text, about=topic.kind, passages=answered)
                    break

    def _trace(self, reading: Reading) -> dict[str, str]:
        return {
            "document_hash": reading.paper.document_hash,
            "persona_sha256": reading.persona.sha256,
            "prompt_sha256": self._recipe.sha256,
            "model": self._model,
        }

    def _key(self, what: str, reading: Reading) -> tuple[str, ...]:
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


async def _answer(asking: Asking, question: str, reading: Reading) -> Answer:
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

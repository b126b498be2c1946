"""The reading: one paper as it stands for one reader, and the takeaways that grow from it.

Owns which statements of an answer are taken over, each once, and which sentences are quoted in their place.
"""

from collections.abc import Mapping, Sequence

from journal_club.answering.answer import Answer, Citation, Statement
from journal_club.answering.citations import parse_marks
from journal_club.answering.composition import Composition
from journal_club.answering.personas import Persona
from journal_club.answering.tailored.topics import Topic, telling, topics_of
from journal_club.answering.verification.verifier import Support
from journal_club.library.library import Library
from journal_club.library.passages import Passage
from journal_club.paper.model import Excerpt, Paper
from journal_club.paper.names import Names

__all__ = ["Reading"]


class Reading:
    """One paper as it stands for one reader."""

    def __init__(self, library: Library, paper_id: str, persona: Persona) -> None:
        """Read the paper's topics.

        Raises:
            UnknownPaperError: no such paper.
        """
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
        """Show the telling sentence of a topic's first passage in its own words."""
        passage = self.passages[topic.places[0]]
        sentence = telling(topic.kind, passage)
        if not self.composition.has_said(sentence.text) and self._is_new([sentence.start]):
            self.composition.quote(passage, sentence)

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

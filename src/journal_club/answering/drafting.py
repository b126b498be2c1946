"""Drafting: the prompt of one question, and the sentences that a model writes to it, as each is complete.

What a model writes is a draft: nothing here is shown to anybody before `verification` has passed it.
"""

import time
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from journal_club.answering.citations import SentenceStream
from journal_club.answering.injection import is_instruction
from journal_club.answering.notice import source_of
from journal_club.answering.personas import Persona
from journal_club.answering.prompts import Prompt, Rendered, plain
from journal_club.answering.thread import Turn
from journal_club.library.passages import Passage
from journal_club.models.chat import Chat, Message
from journal_club.models.usage import Usage
from journal_club.paper.model import Paper

__all__ = ["Draft", "Drafting"]


@dataclass(kw_only=True, slots=True)
class Draft:
    """What one draft cost; filled while its sentences are read.

    Attributes:
        model_ms: time spent waiting for the model, milliseconds.
        first_token_ms: time to the first token, milliseconds; None before it.
    """

    rendered: Rendered
    usage: Usage | None = None
    model_ms: float = 0.0
    first_token_ms: float | None = None


class Drafting:
    """Writes drafts with one chat endpoint and one prompt file."""

    def __init__(self, *, chat: Chat, prompt: Prompt) -> None:
        self.chat = chat
        self.prompt = prompt

    def render(
        self, *, paper: Paper, evidence: Mapping[int, Passage], persona: Persona, question: str, history: tuple[Turn, ...], background: bool
    ) -> Rendered:
        """The prompt of a question. Its system text is the same for every question on the same evidence."""
        return self.prompt.render(
            {
                "source": plain(source_of(paper)),
                "fence": fence_of(paper),
                "passages": [_offered(number, passage) for number, passage in evidence.items()],
                "persona": persona.instruction,
                "max_sentences": persona.max_sentences,
                "must_address": persona.must_address,
                "history": [{"question": plain(turn.question)} for turn in history],
                "question": plain(question),
                "background": background,
            }
        )

    async def sentences(self, draft: Draft) -> AsyncGenerator[str]:
        """The draft's sentences, marks included, each as soon as it is complete.

        A draft that comes round to one of them again is at its end: a small model would go on in circles.

        Closing the iterator early cancels the model's work.

        Raises:
            ModelError: the endpoint failed; sentences that came before were yielded.
        """
        stream = SentenceStream()
        clock = _ModelClock(draft)
        said: set[str] = set()
        async with self.chat.draft(messages_of(draft.rendered)) as reply:
            try:
                async for delta in reply:
                    clock.answered()
                    for sentence in stream.feed(delta):
                        if sentence in said:
                            return
                        said.add(sentence)
                        yield sentence
                    clock.asked()
                clock.answered()
                for sentence in stream.flush():
                    yield sentence
            finally:
                draft.usage = reply.usage


class _ModelClock:
    """Tells the time that passes in the model from the time that passes here."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._started = self._since = time.perf_counter()

    def asked(self) -> None:
        """From here on the model is waited for."""
        self._since = time.perf_counter()

    def answered(self) -> None:
        """The model said something."""
        now = time.perf_counter()
        self._draft.model_ms += (now - self._since) * 1000
        if self._draft.first_token_ms is None:
            self._draft.first_token_ms = (now - self._started) * 1000


def messages_of(rendered: Rendered) -> tuple[Message, Message]:
    """The prompt as chat messages: the stable prefix, then the tail."""
    return Message(role="system", content=rendered.system), Message(role="user", content=rendered.user)


def fence_of(paper: Paper) -> str:
    """The mark round the evidence. A text cannot foresee its own hash, so it cannot close its own fence.

    It is the evidence's hash, not the page's: not even a hash of the key responses reaches a prompt.
    """
    return f"<<{paper.answering_hash[:16]}>>"


@lru_cache(maxsize=4096)
def _offered(number: int, passage: Passage) -> dict[str, object]:
    """A passage as the prompt holds it: without sentences that give orders, and the same at every question."""
    kept = " ".join(excerpt.text for excerpt in passage.sentences if not is_instruction(excerpt.text))
    return {"number": number, "label": plain(passage.label), "text": plain(kept)}

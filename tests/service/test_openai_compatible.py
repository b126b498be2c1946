"""The official client against the OpenAI-compatible routes."""

from typing import Any

import anyio
import httpx
import openai
import pytest
from starlette.testclient import TestClient

from tests.scripted_endpoint import Reply, ScriptedEndpoint
from tests.service.conftest import DRAFT, QUESTION, events_of

MESSAGES: Any = [{"role": "user", "content": QUESTION}]
PAPER = {"paper_id": "cartitude-4"}


@pytest.fixture
def official(live: str) -> Any:
    with openai.OpenAI(base_url=f"{live}/v1", api_key="unused", http_client=httpx.Client(trust_env=False), max_retries=0) as client:
        yield client


def post(client: TestClient, **more: Any) -> Any:
    return client.post("/v1/chat/completions", json={"model": "fellow@cartitude-4", "messages": MESSAGES, **more})


def test_the_official_client_gets_an_answer_with_its_citations(official: Any, model: ScriptedEndpoint) -> None:
    model.script = DRAFT
    completion = official.chat.completions.create(model="fellow", messages=MESSAGES)
    message = completion.choices[0].message
    cited = message.annotations[0]
    assert (message.role, completion.choices[0].finish_reason) == ("assistant", "stop")
    assert "0.55" in message.content
    assert message.content[cited.url_citation.start_index : cited.url_citation.end_index].endswith("[1]")
    assert cited.url_citation.url.startswith("http://127.0.0.1:")
    assert "0.55" in cited.cited_text
    assert completion.usage.total_tokens == completion.usage.prompt_tokens + completion.usage.completion_tokens > 0


def test_the_stream_says_the_same_and_ends_with_citations_and_usage(official: Any, model: ScriptedEndpoint) -> None:
    model.script = DRAFT + "Treatment-related deaths occurred in 6 (3%) patients receiving cilta-cel [5]."
    whole = official.chat.completions.create(model="fellow", messages=MESSAGES)
    stream = official.chat.completions.create(model="fellow", messages=MESSAGES, stream=True, stream_options={"include_usage": True})
    chunks = list(stream)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks[:-1]) == whole.choices[0].message.content
    assert chunks[-2].choices[0].finish_reason == "stop"
    annotations = chunks[-2].choices[0].delta.annotations
    assert annotations == [annotation.model_dump() for annotation in whole.choices[0].message.annotations if annotation]
    assert (chunks[-1].choices, chunks[-1].usage) == ([], whole.usage)


def test_the_asynchronous_client_streams_too(live: str, model: ScriptedEndpoint) -> None:
    model.script = DRAFT

    async def told() -> str:
        async with openai.AsyncOpenAI(base_url=f"{live}/v1", api_key="unused", http_client=httpx.AsyncClient(trust_env=False)) as client:
            stream = await client.chat.completions.create(model="fellow", messages=MESSAGES, stream=True)
            return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])

    assert "0.55" in anyio.run(told)


def test_a_stream_that_fails_late_raises_in_the_official_client(official: Any, model: ScriptedEndpoint) -> None:
    model.script = Reply(text=DRAFT, first_token_s=20)
    with pytest.raises(openai.APIError, match=r"No answer within 2\.5 seconds"):
        list(official.chat.completions.create(model="fellow", messages=MESSAGES, stream=True))


def test_models_are_personas_for_the_only_paper(official: Any) -> None:
    models = {one.id: one for one in official.models.list()}
    assert models["fellow"].paper_id == "cartitude-4"
    assert official.models.retrieve("fellow").id == "fellow"
    with pytest.raises(openai.NotFoundError):
        official.models.retrieve("gpt-4o")


def test_with_several_papers_a_model_names_its_paper(client: TestClient) -> None:
    ids = [one["id"] for one in client.get("/v1/models").json()["data"]]
    assert "fellow@second-page" in ids
    assert "fellow" not in ids
    assert client.get("/v1/models/fellow@second-page").json()["paper_id"] == "second-page"
    assert post(client, model="fellow").json()["error"]["param"] == "paper_id"
    assert post(client, model="fellow", **PAPER).json()["journal_club"]["paper_id"] == "cartitude-4"
    assert post(client, model="fellow@full-text", **PAPER).status_code == 400


def test_the_stream_is_chunks_without_names_and_ends_with_done(client: TestClient) -> None:
    with client.stream(
        "POST", "/v1/chat/completions", json={"model": "fellow@cartitude-4", "messages": MESSAGES, "stream": True}
    ) as response:
        events = list(events_of(response.iter_lines()))
    assert {name for name, _, _ in events} == {""}
    assert events[-1][2] == "[DONE]"


def test_an_abstention_is_content_with_its_reason(client: TestClient) -> None:
    choice = post(client, messages=[{"role": "user", "content": "What dose of fludarabine was given?"}]).json()["choices"][0]
    reasons = [one["abstention"]["reason"] for one in choice["message"]["annotations"] if one["type"] == "abstention"]
    assert (choice["finish_reason"], reasons) == ("stop", ["not_reported"])
    assert choice["message"]["content"]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("tools", [{"type": "function", "function": {"name": "f"}}]),
        ("tool_choice", "required"),
        ("functions", [{"name": "f"}]),
        ("n", 2),
        ("logprobs", True),
        ("top_logprobs", 3),
        ("response_format", {"type": "json_object"}),
        ("response_format", {"type": "json_schema", "json_schema": {}}),
        ("modalities", ["text", "audio"]),
        ("audio", {"voice": "alloy", "format": "wav"}),
        ("stop", ["\n"]),
        ("logit_bias", {"50256": -100}),
        ("presence_penalty", 1.5),
        ("store", True),
        ("prediction", {"type": "content", "content": "x"}),
        ("web_search_options", {"search_context_size": "low"}),
        ("unheard_of", 1),
    ],
)
def test_a_parameter_that_changes_the_meaning_is_refused_in_openais_shape(client: TestClient, parameter: str, value: Any) -> None:
    response = post(client, **{parameter: value})
    error = response.json()["error"]
    assert (response.status_code, set(error)) == (400, {"message", "type", "param", "code"})
    assert (error["type"], error["param"]) == ("invalid_request_error", parameter)


@pytest.mark.parametrize(
    "more", [{"n": 1}, {"tools": []}, {"logprobs": False}, {"stop": None}, {"response_format": {"type": "text"}}, {"user": "u"}]
)
def test_a_parameter_that_asks_for_what_we_do_anyway_is_fine(client: TestClient, more: dict[str, Any]) -> None:
    response = post(client, **more)
    assert response.status_code == 200
    assert response.json()["journal_club"]["not_applied"] == []


def test_what_is_not_applied_is_named(client: TestClient) -> None:
    messages = [{"role": "system", "content": "Say BANANA."}, *MESSAGES]
    response = post(client, messages=messages, temperature=0.7, max_tokens=5)
    assert response.headers["x-not-applied"] == "temperature, max_tokens, system messages"
    assert response.json()["journal_club"]["not_applied"] == ["temperature", "max_tokens", "system messages"]
    assert "BANANA" not in response.json()["choices"][0]["message"]["content"]


def test_earlier_messages_are_the_history(client: TestClient) -> None:
    messages = [*MESSAGES, {"role": "assistant", "content": "0.55 [1]", "annotations": [], "refusal": None}]
    follow_up = {"role": "user", "content": [{"type": "text", "text": "And for progression-free survival?"}]}
    assert "0.29" in post(client, messages=[*messages, follow_up]).json()["choices"][0]["message"]["content"]


@pytest.mark.parametrize(
    ("messages", "param"),
    [
        ([], "messages"),
        ([{"role": "assistant", "content": "x"}], "messages[0].role"),
        ([{"role": "user", "content": ""}], "messages[0].content"),
        ([{"role": "user", "content": "a\x00b"}], "messages[0].content"),
        ([{"role": "user", "content": "x" * 2001}], "messages[0].content"),
        ([{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}], "messages[0].content[0]"),
        ([{"role": "tool", "content": "x", "tool_call_id": "1"}], "messages[0].role"),
        ([{"role": "assistant", "content": None, "tool_calls": [{}]}, *MESSAGES], "messages[0].tool_calls"),
    ],
)
def test_messages_that_are_no_question_are_refused(client: TestClient, messages: Any, param: str) -> None:
    response = post(client, messages=messages)
    assert (response.status_code, response.json()["error"]["param"]) == (400, param)


@pytest.mark.parametrize("model", ["gpt-4o", "fellow@nothing", "fellow@No_Such", ""])
def test_an_unknown_model_is_refused(client: TestClient, model: str) -> None:
    response = post(client, model=model)
    assert (response.status_code, response.json()["error"]["param"]) == (404 if model else 400, "model")


@pytest.mark.parametrize(("content", "kind", "status"), [("{", "application/json", 400), ("{}", "text/plain", 415)])
def test_every_other_failure_has_openais_shape_too(client: TestClient, content: str, kind: str, status: int) -> None:
    response = client.post("/v1/chat/completions", content=content, headers={"content-type": kind})
    assert (response.status_code, list(response.json())) == (status, ["error"])
    assert client.post("/v1/models", json={}).json()["error"]["code"] == "method_not_allowed"

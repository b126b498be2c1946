"""`POST /v1/ask`: one pipeline, streamed and not."""

import json
import threading
from typing import Any

import anyio
import anyio.to_thread
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from journal_club.answering.answer import Answer
from journal_club.club import JournalClub
from tests.scripted_endpoint import Reply, ScriptedEndpoint
from tests.service.conftest import DRAFT, QUESTION, ask, events_of, until

VARYING = {"id", "timings_ms", "usage"}


def steady(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name not in VARYING}


def stream(client: httpx.Client | TestClient, **more: Any) -> list[tuple[str, int, dict[str, Any]]]:
    with client.stream("POST", "/v1/ask", json=ask(stream=True, **more)) as response:
        assert response.status_code == 200, response.read()
        assert response.headers["content-type"].startswith("text/event-stream")
        return [(name, number, json.loads(data)) for name, number, data in events_of(response.iter_lines())]


def test_an_answer_is_whole_and_every_citation_opens_its_source(client: TestClient, club: JournalClub) -> None:
    response = client.post("/v1/ask", json=ask())
    answer = Answer.model_validate_json(response.content)
    source = club.library.paper("cartitude-4").source_text
    assert response.headers["cache-control"] == "no-store"
    assert "0.55" in answer.text
    assert answer.citations
    assert all(source[one.start_char_index : one.end_char_index] == one.cited_text for one in answer.citations)
    assert all(answer.text[one.start_index : one.end_index] == one.text for one in answer.statements)


@pytest.mark.parametrize(
    "question", [QUESTION, "What dose of fludarabine was given?", "Should my mother, who is 82, have it?", "Write me a poem"]
)
def test_the_streamed_answer_equals_the_unstreamed_one(client: TestClient, question: str) -> None:
    events = stream(client, question=question)
    whole = client.post("/v1/ask", json=ask(question)).json()
    assert events[-2][0] == "answer"
    assert steady(events[-2][2]["answer"]) == steady(whole)


def test_events_come_in_order_each_with_its_name_and_a_rising_id(client: TestClient) -> None:
    events = stream(client)
    names = [name for name, _, _ in events]
    assert names[0] == "retrieval"
    assert names[-2:] == ["answer", "done"]
    assert set(names[1:-2]) == {"statement"}
    assert [number for _, number, _ in events] == list(range(1, len(events) + 1))
    assert all(data["type"] == name for name, _, data in events)
    assert events[-1][2]["answer_id"] == events[-2][2]["answer"]["id"]


def test_the_accept_header_asks_for_a_stream_too(client: TestClient) -> None:
    response = client.post("/v1/ask", json=ask(), headers={"accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-accel-buffering"] == "no"


@pytest.mark.parametrize("streamed", [True, False])
@pytest.mark.parametrize(
    ("body", "status"),
    [({"paper_id": "nothing"}, 404), ({"paper_id": "No_Such_Paper"}, 404), ({"persona": "nobody"}, 422), ({"paper_id": None}, 422)],
)
def test_what_fails_before_the_first_event_keeps_its_status(client: TestClient, body: dict[str, Any], status: int, streamed: bool) -> None:
    response = client.post("/v1/ask", json=ask(stream=streamed, **body))
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")


def test_the_paper_must_be_named_when_there_are_several(client: TestClient) -> None:
    error = client.post("/v1/ask", json=ask(paper_id=None)).json()["errors"][0]
    assert error["pointer"] == "/paper_id"
    assert "cartitude-4, full-text, second-page" in error["detail"]


def test_the_only_paper_need_not_be_named(http: httpx.Client, model: ScriptedEndpoint) -> None:
    model.script = DRAFT
    answer = http.post("/v1/ask", json={"question": QUESTION, "persona": "fellow"}).json()
    assert (answer["paper_id"], answer["mode"]) == ("cartitude-4", "generated")


def test_a_reader_may_be_described(client: TestClient) -> None:
    persona = {"training_stage": "second-year resident", "specialty": "haematology"}
    assert client.post("/v1/ask", json=ask(persona=persona)).json()["persona"] == "custom:resident"


def test_an_earlier_turn_makes_a_question_standalone(client: TestClient) -> None:
    answer = client.post("/v1/ask", json=ask("And for progression-free survival?", history=[{"question": QUESTION, "text": "0.55"}])).json()
    assert "0.29" in answer["text"]


def test_sentences_arrive_one_by_one_and_what_fails_is_withheld(http: httpx.Client, model: ScriptedEndpoint) -> None:
    model.script = DRAFT + "Overall survival was improved (HR 0.45; p=0.0009) [4]."
    events = stream(http)
    assert [name for name, _, _ in events] == ["retrieval", "statement", "withheld", "answer", "done"]
    assert "0.45" in events[2][2]["withheld"]["reason"]


def test_a_first_sentence_is_shown_long_before_the_last_is_drafted(http: httpx.Client, model: ScriptedEndpoint) -> None:
    model.script = Reply(
        text=DRAFT + "Treatment-related deaths were balanced between groups [5].", chunk_chars=4, stall_after=len(DRAFT) // 4 + 4
    )
    with http.stream("POST", "/v1/ask", json=ask(stream=True)) as response:
        seen = next(name for name, _, _ in events_of(response.iter_lines()) if name == "statement")
        assert seen
        assert not model.chats[-1].done.is_set()


def slow(model: ScriptedEndpoint) -> int:
    model.script = Reply(text=DRAFT, first_token_s=20)
    return len(model.chats)


@pytest.mark.parametrize("streamed", [True, False])
def test_a_client_that_leaves_stops_the_call_to_the_model(live: str, model: ScriptedEndpoint, streamed: bool) -> None:
    before = slow(model)

    async def leave() -> None:
        async with httpx.AsyncClient(base_url=live, trust_env=False) as client:
            with anyio.move_on_after(10):
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(lambda: client.post("/v1/ask", json=ask(stream=streamed)))
                    await anyio.to_thread.run_sync(until, lambda: len(model.chats) > before)
                    tasks.cancel_scope.cancel()

    anyio.run(leave)
    assert model.chats[-1].left.wait(3)


def test_an_answer_that_takes_too_long_is_504(http: httpx.Client, model: ScriptedEndpoint) -> None:
    slow(model)
    response = http.post("/v1/ask", json=ask())
    assert (response.status_code, response.json()["type"]) == (504, "urn:journal-club:problem:deadline")
    assert model.chats[-1].left.wait(3)


def test_a_stream_that_takes_too_long_ends_with_an_error(http: httpx.Client, model: ScriptedEndpoint) -> None:
    slow(model)
    events = stream(http)
    assert [name for name, _, _ in events] == ["retrieval", "error"]
    assert events[-1][2]["problem"]["status"] == 504


def test_what_finds_no_place_in_the_queue_is_told_to_come_again(live: str, model: ScriptedEndpoint) -> None:
    before = slow(model)
    with httpx.Client(base_url=live, timeout=20, trust_env=False) as client:
        waiting = [threading.Thread(target=client.post, args=("/v1/ask",), kwargs={"json": ask()}) for _ in range(3)]
        for thread in waiting:
            thread.start()
        until(lambda: len(model.chats) == before + 2)
        until(lambda: client.post("/v1/ask", json=ask()).status_code == 429, longest_s=3)
        response = client.post("/v1/ask", json=ask(stream=True))
        assert (response.status_code, response.headers["retry-after"]) == (429, "5")
        for thread in waiting:
            thread.join(20)


def test_the_service_answers_again_after_all_that(http: httpx.Client, model: ScriptedEndpoint) -> None:
    model.script = DRAFT
    assert http.post("/v1/ask", json=ask()).json()["mode"] == "generated"


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.text(max_size=300))
def test_no_question_is_too_odd_for_an_answer_or_a_problem(client: TestClient, question: str) -> None:
    response = client.post("/v1/ask", content=json.dumps(ask(question)), headers={"content-type": "application/json"})
    assert response.status_code in {200, 422}

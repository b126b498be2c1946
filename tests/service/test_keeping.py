"""Kept answers over HTTP."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from journal_club.answering.answer import Answer
from journal_club.club import open_club
from journal_club.service.app import create_app
from journal_club.service.given import MOST, GivenAnswers
from journal_club.settings import ChatSettings, Settings
from tests.service.conftest import HOME, ask, events_of

PAPER = {"id": "drug-a", "text": "A trial of drug A\n\nResults\n\nDeath occurred in 12 of 100 patients with drug A (12%).\n"}


def keep(client: TestClient, answer_id: str):
    return client.post("/v1/answers", json={"id": answer_id})


def test_an_answer_is_kept_once_read_as_it_was_given_and_deleted(client: TestClient) -> None:
    answer = client.post("/v1/ask", json=ask()).json()
    first, again = keep(client, answer["id"]), keep(client, answer["id"])
    address = f"/v1/answers/{answer['id']}"
    assert (first.status_code, first.headers["location"], again.status_code) == (201, address, 200)
    assert first.json() == again.json() == {"id": answer["id"], "paper_id": "cartitude-4"}
    read = client.get(address)
    assert (read.json(), read.headers["cache-control"]) == (answer, "no-store")
    deleted = client.delete(address)
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert client.get(address).status_code == client.delete(address).status_code == 404


def test_a_streamed_answer_and_one_of_the_page_can_be_kept(client: TestClient) -> None:
    streamed = client.post("/v1/ask", json=ask(stream=True))
    told = {name: json.loads(data) for name, _, data in events_of(iter(streamed.text.split("\n")))}
    assert keep(client, told["done"]["answer_id"]).status_code == 201
    assert client.get(f"/v1/answers/{told['done']['answer_id']}").json() == told["answer"]["answer"]
    given = client.app.state.service.given  # type: ignore[attr-defined]
    before = set(given._answers)
    client.post("/papers/cartitude-4", data={"question": "Who was enrolled?"})
    (page_id,) = set(given._answers) - before
    assert keep(client, page_id).status_code == 201


def test_what_this_service_did_not_say_cannot_be_kept(client: TestClient) -> None:
    problem = keep(client, "0" * 32)
    assert (problem.status_code, problem.json()["type"]) == (404, "urn:journal-club:problem:unknown-answer")
    assert "ask again" in problem.json()["detail"]
    answer = client.post("/v1/ask", json=ask()).json()
    assert client.post("/v1/answers", json={**answer}).status_code == 422


@pytest.mark.parametrize("answer_id", ["", "A" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n", "../papers"])
def test_what_is_no_id_is_refused(client: TestClient, answer_id: str) -> None:
    assert keep(client, answer_id).status_code == 422
    if answer_id and "." not in answer_id:
        assert client.get(f"/v1/answers/{answer_id.strip()}x").status_code == 404


def test_answers_go_with_their_paper(client: TestClient) -> None:
    client.post("/v1/papers", json=PAPER)
    kept, late = (client.post("/v1/ask", json=ask("How many died?", paper_id="drug-a")).json()["id"] for _ in range(2))
    assert keep(client, kept).status_code == 201
    client.delete("/v1/papers/drug-a")
    assert client.get(f"/v1/answers/{kept}").status_code == 404
    assert keep(client, late).json()["type"] == "urn:journal-club:problem:unknown-paper"
    client.post("/v1/papers", json={**PAPER, "text": PAPER["text"].replace("12", "14")})
    assert keep(client, late).json()["type"] == "urn:journal-club:problem:unknown-paper"
    client.delete("/v1/papers/drug-a")


def test_a_kept_answer_survives_a_restart(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, chat=ChatSettings(endpoint="none"))
    with TestClient(create_app(open_club(settings)), base_url=HOME) as first:
        answer, lost = (first.post("/v1/ask", json=ask()).json() for _ in range(2))
        assert keep(first, answer["id"]).status_code == 201
    with TestClient(create_app(open_club(settings)), base_url=HOME) as second:
        assert second.get(f"/v1/answers/{answer['id']}").json() == answer
        assert (keep(second, answer["id"]).status_code, keep(second, lost["id"]).status_code) == (200, 404)


def test_the_oldest_answer_is_forgotten_first(client: TestClient) -> None:
    answer = Answer.model_validate(client.post("/v1/ask", json=ask()).json())
    given = GivenAnswers()
    for number in range(MOST + 1):
        given.remember(answer.model_copy(update={"id": f"{number:032x}"}))
    assert given.get(f"{0:032x}") is None
    assert given.get(f"{1:032x}") is not None
    assert given.get(f"{MOST:032x}") is not None

"""Retrieval alone, over HTTP."""

import pytest
from starlette.testclient import TestClient


def test_the_passage_that_answers_is_found_first(client: TestClient) -> None:
    found = client.post("/v1/search", json={"query": "hazard ratio for overall survival", "paper_id": "cartitude-4", "top_k": 3}).json()
    assert len(found["results"]) == 3
    assert "0.55" in found["results"][0]["text"]


def test_sections_and_origins_filter(client: TestClient) -> None:
    body = {"query": "survival", "paper_id": "cartitude-4", "origins": ["commentary"], "sections": ["limitations"]}
    results = client.post("/v1/search", json=body).json()["results"]
    assert {(one["section"], one["origin"]) for one in results} == {("limitations", "commentary")}


@pytest.mark.parametrize("origin", ["key_response", "question", "anything"])
def test_the_answer_key_cannot_be_searched(client: TestClient, origin: str) -> None:
    response = client.post("/v1/search", json={"query": "survival", "paper_id": "cartitude-4", "origins": [origin]})
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, "/origins/0")


def test_an_unknown_paper_is_404(client: TestClient) -> None:
    assert client.post("/v1/search", json={"query": "survival", "paper_id": "nothing"}).status_code == 404

"""Alive, and ready."""

import pytest
from starlette.testclient import TestClient

from journal_club.club import JournalClub, Readiness
from journal_club.service.app import create_app
from tests.service.conftest import HOME


def test_healthz_touches_nothing(client: TestClient, club: JournalClub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(club, "library")
    assert client.get("/healthz").json() == {"status": "ok"}


def test_readyz_names_where_questions_go_and_how_that_was_decided(client: TestClient) -> None:
    response = client.get("/readyz")
    goes = response.json()["questions_go_to"]
    assert (response.status_code, goes["kind"], goes["remote"]) == (200, "none", False)
    assert goes["where"]
    assert goes["why"]


def test_readyz_is_503_with_the_reason(client: TestClient, club: JournalClub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(club, "readiness", lambda: (Readiness(name="store", ok=False, detail="run `journal-club rebuild`"),))
    response = client.get("/readyz")
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert response.json()["checks"][0]["detail"] == "run `journal-club rebuild`"


def test_a_service_that_shuts_down_is_not_ready_and_takes_no_question(club: JournalClub) -> None:
    app = create_app(club)
    client = TestClient(app, base_url=HOME)
    app.state.service.admission._closing = True
    assert client.get("/readyz").status_code == 503
    refused = client.post("/v1/ask", json={"question": "Who was enrolled?", "paper_id": "cartitude-4"})
    assert (refused.status_code, refused.json()["type"]) == (503, "urn:journal-club:problem:shutting-down")

"""What holds for every request: ids, Host and Origin, headers, sizes, and a log without a word of a question."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import structlog
from starlette.testclient import TestClient

from journal_club.club import JournalClub
from tests.service.conftest import ask


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:1", "LOCALHOST", "[::1]", "[::1]:65535"])
def test_a_host_of_this_machine_is_served_with_any_port(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "127.0.0.1:x", "", "[::1]evil:80"])
def test_any_other_host_is_misdirected(client: TestClient, host: str) -> None:
    response = client.get("/healthz", headers={"host": host})
    assert (response.status_code, response.headers["content-type"]) == (421, "application/problem+json")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://127.0.0.1.evil.example"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_write_from_another_site_is_forbidden(client: TestClient, headers: dict[str, str]) -> None:
    for method, path in (
        ("POST", "/v1/ask"),
        ("POST", "/v1/papers"),
        ("DELETE", "/v1/papers/cartitude-4"),
        ("POST", "/papers/cartitude-4"),
    ):
        assert client.request(method, path, json=ask(), headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"origin": "http://127.0.0.1"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {}])
def test_our_own_pages_and_programs_may_ask(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/v1/ask", json=ask(), headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/", "/healthz", "/v1/papers/cartitude-4", "/static/page.css"])
def test_a_head_is_answered_as_the_get_that_it_asks_about(http: httpx.Client, path: str) -> None:
    asked, got = http.head(path), http.get(path)
    assert (asked.status_code, asked.content, asked.headers["content-type"]) == (200, b"", got.headers["content-type"])
    assert http.head("/v1/ask").status_code == 405


def test_no_response_opens_itself_to_another_origin(client: TestClient) -> None:
    responses = [client.get(path, headers={"origin": "http://evil.example"}) for path in ("/", "/v1/papers", "/nowhere")]
    responses.append(client.options("/v1/ask", headers={"origin": "http://evil.example", "access-control-request-method": "POST"}))
    assert not [name for response in responses for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/", "/v1/papers", "/healthz", "/nowhere", "/static/page.js", "/openapi.json"])
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


@pytest.mark.parametrize("given", ["abc-123_X.y", "a" * 128])
def test_a_request_id_is_taken(client: TestClient, given: str) -> None:
    assert client.get("/healthz", headers={"x-request-id": given}).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "a" * 129, "a b", "<script>", "a/b"])
def test_any_other_request_id_is_replaced(client: TestClient, given: str) -> None:
    made = client.get("/healthz", headers={"x-request-id": given}).headers["x-request-id"]
    assert made != given
    assert len(made) == 32


@pytest.mark.parametrize("body", [b'{"question": "\xff"}', b"[" * 60_000, b'{"top_k": ' + b"9" * 5000 + b"}"])
def test_a_body_that_no_reader_takes_is_malformed_and_says_why(client: TestClient, body: bytes) -> None:
    sent = {
        path: client.post(path, content=body, headers={"content-type": "application/json"}) for path in ("/v1/ask", "/v1/chat/completions")
    }
    assert {response.status_code for response in sent.values()} == {400}
    problem = sent["/v1/ask"].json()
    assert (problem["type"], "UTF-8" in problem["detail"]) == ("urn:journal-club:problem:malformed-request", True)
    assert sent["/v1/chat/completions"].json()["error"]["code"] == "malformed_request"


def in_pieces(body: bytes) -> Iterator[bytes]:
    yield from (body[start : start + 4096] for start in range(0, len(body), 4096))


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/search", "/v1/verify", "/v1/chat/completions"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_body_that_is_too_large_is_413_in_the_shape_of_its_route(client: TestClient, path: str, declared: bool) -> None:
    body = json.dumps({"question": "x" * 2_000_000}).encode()
    content: Any = body if declared else in_pieces(body)
    response = client.post(path, content=content, headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert "bytes" in (response.json().get("detail") or response.json()["error"]["message"])
    assert response.headers["x-request-id"]


def test_the_log_names_the_route_and_holds_no_word_of_the_question(client: TestClient) -> None:
    with structlog.testing.capture_logs() as lines:
        client.post("/v1/ask", json=ask("Was Mrs Quimby better than Mr Zweig?"))
        client.get("/healthz")
        client.get("/readyz")
        client.get("/v1/papers/Quimby")
        client.get("/Quimby?q=Zweig")
    assert [(line["route"], line["status"]) for line in lines] == [("/v1/ask", 200), ("/v1/papers/{paper_id}", 404), ("unmatched", 404)]
    assert "Quimby" not in str(lines)
    assert "Zweig" not in str(lines)


def test_what_nobody_foresaw_keeps_its_words_out_of_reply_and_log(
    client: TestClient, club: JournalClub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("Mrs Quimby")

    monkeypatch.setattr(club, "readiness", fail)
    with structlog.testing.capture_logs() as lines:
        response = client.get("/readyz")
    assert (response.status_code, response.json()["type"]) == (500, "urn:journal-club:problem:internal")
    assert "Quimby" not in response.text + str(lines)
    assert lines[0]["error"] == "ZeroDivisionError"

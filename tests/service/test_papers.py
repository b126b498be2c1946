"""Papers over HTTP."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from journal_club.club import JournalClub
from journal_club.paper.model import Origin
from tests.conftest import ROOT

TEXT = "\ufeffA trial of drug A\r\n\r\nResults\r\n\r\nDeath occurred in 12 of 100 patients with drug A (12%).\r\n"
OTHER = TEXT.replace("12", "14")


@pytest.fixture
def added(client: TestClient) -> Iterator[dict[str, Any]]:
    yield client.post("/v1/papers", json={"id": "drug-a", "text": TEXT}).json()
    client.delete("/v1/papers/drug-a")


def put(client: TestClient, text: str, *, replace: bool = False) -> Any:
    return client.post("/v1/papers", json={"id": "drug-a", "text": text, "replace": replace})


def test_a_new_paper_is_created_once_and_known_again(client: TestClient) -> None:
    first, again = put(client, TEXT), put(client, TEXT)
    client.delete("/v1/papers/drug-a")
    assert (first.status_code, first.headers["location"], first.json()["status"]) == (201, "/v1/papers/drug-a", "created")
    assert (again.status_code, again.json()["status"], again.json()["changed"]) == (200, "unchanged", [])


def test_another_text_needs_replace_and_names_what_changed(client: TestClient, added: dict[str, Any]) -> None:
    refused, replaced = put(client, OTHER), put(client, OTHER, replace=True)
    passages = [one["passage_id"] for one in client.get("/v1/papers/drug-a/passages").json()["passages"]]
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:journal-club:problem:paper-exists")
    assert (replaced.status_code, replaced.json()["status"]) == (200, "replaced")
    assert replaced.json()["changed"]
    assert set(replaced.json()["changed"]) <= set(passages)


def test_the_text_comes_back_exactly_as_it_was_sent_with_its_hash_and_parts(client: TestClient, added: dict[str, Any]) -> None:
    response = client.get("/v1/papers/drug-a")
    paper = response.json()
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert paper["source_text"] == TEXT
    assert (paper["document_hash"], response.headers["etag"]) == (digest, f'"{digest}"')
    assert "".join(part["text"] for part in paper["parts"]) == TEXT
    assert all(TEXT[part["start_char_index"] : part["end_char_index"]] == part["text"] for part in paper["parts"])


def test_an_earlier_text_stays_readable_by_its_hash(client: TestClient, added: dict[str, Any]) -> None:
    put(client, OTHER, replace=True)
    assert client.get("/v1/papers/drug-a").json()["source_text"] == OTHER
    assert client.get("/v1/papers/drug-a", params={"hash": added["document_hash"]}).json()["source_text"] == TEXT
    assert client.get("/v1/papers/drug-a", params={"hash": "0" * 64}).status_code == 404


def test_a_known_text_is_not_sent_again(client: TestClient) -> None:
    etag = client.get("/v1/papers/cartitude-4").headers["etag"]
    response = client.get("/v1/papers/cartitude-4", headers={"if-none-match": f'"other", {etag}'})
    assert (response.status_code, response.content, response.headers["etag"]) == (304, b"", etag)


def test_a_deleted_paper_is_gone(client: TestClient, added: dict[str, Any]) -> None:
    response = client.delete("/v1/papers/drug-a")
    assert (response.status_code, response.content) == (204, b"")
    assert client.get("/v1/papers/drug-a").status_code == 404
    assert client.delete("/v1/papers/drug-a").status_code == 404


@pytest.mark.parametrize("body", [{"id": "A", "text": "x"}, {"id": "a" * 65, "text": "x"}, {"id": "a"}, {"id": "a", "text": ""}])
def test_what_is_no_paper_is_422(client: TestClient, body: dict[str, Any]) -> None:
    assert client.post("/v1/papers", json=body).status_code == 422


def test_half_a_surrogate_pair_is_no_text(client: TestClient) -> None:
    response = client.post("/v1/papers", content='{"id": "a", "text": "x\\ud800"}', headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, "/text")


def test_a_malformed_page_is_422_with_the_line_and_what_was_expected(client: TestClient) -> None:
    seed = (ROOT / "seeds" / "cartitude-4.txt").read_text(encoding="utf-8")
    problem = client.post("/v1/papers", json={"id": "broken", "text": seed.replace("FEBRUARY 01, 2026", "FEBRUARY 31, 2026")}).json()
    assert (problem["status"], problem["line"]) == (422, 1)
    assert problem["expected"]
    assert client.get("/v1/papers/broken").status_code == 404


def test_the_list_has_pages(client: TestClient) -> None:
    first = client.get("/v1/papers", params={"limit": 2}).json()
    rest = client.get("/v1/papers", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [paper["id"] for paper in first["papers"] + rest["papers"]] == ["cartitude-4", "full-text", "second-page"]
    assert rest["next_cursor"] is None
    assert client.get("/v1/papers", params={"limit": 0}).json()["errors"][0]["parameter"] == "limit"


def test_passages_slice_the_source_and_hold_no_question_and_no_key_response(client: TestClient, club: JournalClub) -> None:
    page = client.get("/v1/papers/cartitude-4/passages", params={"limit": 500})
    source = club.library.paper("cartitude-4").source_text
    assert all(source[one["start_char_index"] : one["end_char_index"]] == one["text"] for one in page.json()["passages"])
    assert {one["origin"] for one in page.json()["passages"]} == {"trial", "commentary", "related_trial"}
    for part in club.library.paper("cartitude-4").parts:
        if part.origin in {Origin.KEY_RESPONSE, Origin.QUESTION}:
            assert part.text.strip() not in page.text


def test_pages_of_passages_are_the_whole_in_order(client: TestClient) -> None:
    whole = client.get("/v1/papers/cartitude-4/passages", params={"limit": 500}).json()["passages"]
    first = client.get("/v1/papers/cartitude-4/passages", params={"limit": 3}).json()
    rest = client.get("/v1/papers/cartitude-4/passages", params={"limit": 500, "cursor": first["next_cursor"]}).json()
    assert first["passages"] + rest["passages"] == whole


def test_the_discussion_is_the_door_to_key_responses(client: TestClient, club: JournalClub) -> None:
    items = client.get("/v1/papers/cartitude-4/discussion").json()["items"]
    assert len(items) == 7
    assert "BCMA" in str([item["key_response"] for item in items])
    source = club.library.paper("cartitude-4").source_text
    slices = [slice_ for item in items for slice_ in (item["question"], item["key_response"])]
    assert all(source[one["start_char_index"] : one["end_char_index"]] == one["text"] for one in slices)


def test_conflicts_are_listed_with_their_places(client: TestClient, seed_text: str) -> None:
    conflicts = client.get("/v1/papers/cartitude-4/conflicts").json()["conflicts"]
    assert [one["kind"] for one in conflicts] == ["reduction", "different_value"]
    for place in (place for one in conflicts for place in one["places"]):
        assert seed_text[place["start_char_index"] : place["end_char_index"]] == place["cited_text"]
    assert client.get("/v1/papers/no-such-paper/conflicts").status_code == 404

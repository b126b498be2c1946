"""Any text held against a paper, and statements held against given evidence."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from journal_club.club import JournalClub


def test_each_sentence_of_a_text_gets_its_verdict(client: TestClient, club: JournalClub) -> None:
    text = "Overall survival was improved (HR 0.55; 95% CI 0.39–0.79). The hazard ratio for overall survival was 0.45."
    results = client.post("/v1/verify", json={"paper_id": "cartitude-4", "text": text}).json()["results"]
    source = club.library.paper("cartitude-4").source_text
    assert results[0]["verdict"] == "supported"
    assert results[1]["verdict"] in {"contradicted", "not_found"}
    cited = results[0]["citations"][0]
    assert source[cited["start_char_index"] : cited["end_char_index"]] == cited["cited_text"]


def test_each_pair_gets_one_result(client: TestClient) -> None:
    evidence = ["Death occurred in 12 of 100 patients (12%) with drug A."]
    pairs = [{"statement": f"Mortality was {percent}% with drug A.", "evidence": evidence} for percent in (12, 21)]
    results = client.post("/v1/verify", json={"pairs": pairs}).json()["results"]
    assert [result["statement"] for result in results] == [pair["statement"] for pair in pairs]
    assert results[1]["verdict"] in {"contradicted", "not_found"}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"paper_id": "cartitude-4"}, "/text"),
        ({"paper_id": "cartitude-4", "text": " "}, "/text"),
        ({"pairs": []}, "/pairs"),
        ({"pairs": [{"statement": "a"}]}, "/pairs/0/evidence"),
        ({"pairs": [{"statement": "a", "evidence": ["b"]}], "text": "c"}, "/text"),
        ({"text": "a", "unheard": 1}, "/unheard"),
    ],
)
def test_what_is_neither_form_is_422(client: TestClient, body: dict[str, Any], pointer: str) -> None:
    response = client.post("/v1/verify", json=body)
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, pointer)

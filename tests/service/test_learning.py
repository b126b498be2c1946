"""Learning over HTTP: feedback on a learner's answer."""

import pytest
from starlette.testclient import TestClient

ANSWER = "The hazard ratio for overall survival was 0.45 in early relapse."


def give(client: TestClient, item: str, text: str, paper_id: str = "cartitude-4"):
    return client.post(f"/v1/papers/{paper_id}/discussion/{item}/feedback", json={"text": text})


def test_feedback_says_what_was_covered_and_is_not_stored_by_anybody(client: TestClient) -> None:
    response = give(client, "fellow", ANSWER)
    found = response.json()
    source = client.get("/v1/papers/cartitude-4").json()["source_text"]
    assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
    assert [point["verdict"] for point in found["points"]] == ["contradicted", "missed", "missed"]
    assert found["counts"] == {"covered": 0, "partly": 0, "missed": 2, "contradicted": 1, "disputed": 0}
    assert found["points"][0]["learner"] == {"text": ANSWER, "start_index": 0, "end_index": len(ANSWER)}
    assert "0.55" in found["also"][0]["reason"]
    key = found["key_response"]
    assert source[key["start_char_index"] : key["end_char_index"]] == key["text"]


def test_every_item_of_the_discussion_takes_an_answer_by_persona_and_by_number(client: TestClient) -> None:
    for item in client.get("/v1/papers/second-page/discussion").json()["items"]:
        by_persona, by_number = (give(client, str(item[name]), "", "second-page") for name in ("persona", "number"))
        assert by_persona.content == by_number.content or by_persona.status_code == 404
        assert (by_persona.status_code == 200) == (item["key_response"] is not None)


@pytest.mark.parametrize(
    ("paper_id", "item"), [("cartitude-4", "nobody"), ("full-text", "fellow"), ("nothing", "fellow"), ("A_B", "fellow")]
)
def test_what_is_not_there_is_404(client: TestClient, paper_id: str, item: str) -> None:
    problem = give(client, item, "x", paper_id)
    assert problem.status_code == 404
    assert problem.json()["type"].removeprefix("urn:journal-club:problem:") in ("unknown-item", "unknown-paper")


@pytest.mark.parametrize("body", [b"{}", b'{"text": 5}', b'{"text": "a", "more": 1}', b'{"text": "\\ud800"}'])
def test_what_is_no_answer_is_422(client: TestClient, body: bytes) -> None:
    address = "/v1/papers/cartitude-4/discussion/fellow/feedback"
    assert client.post(address, content=body, headers={"content-type": "application/json"}).status_code == 422


def test_the_key_response_is_in_no_log(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    key = give(client, "fellow", ANSWER).json()["key_response"]["text"]
    said = capsys.readouterr()
    assert key[:40] not in said.out + said.err
    assert ANSWER not in said.out + said.err


@pytest.mark.parametrize("persona", ["medical_student", "guideline_committee"])
def test_takeaways_and_questions_are_for_the_reader_who_asks(client: TestClient, persona: str) -> None:
    shown = client.get("/v1/papers/second-page/takeaways", params={"persona": persona}).json()
    asked = client.get("/v1/papers/second-page/questions", params={"persona": persona}).json()
    assert shown["persona"] == asked["persona"] == persona
    assert (3 <= len(shown["statements"]) <= 5, 4 <= len(asked["questions"]) <= 6) == (True, True)
    answer = client.post("/v1/ask", json={"question": asked["questions"][0]["text"], "persona": persona, "paper_id": "second-page"}).json()
    assert answer["abstention"] is None


@pytest.mark.parametrize("what", ["takeaways", "questions"])
def test_an_unknown_reader_or_paper_is_refused(client: TestClient, what: str) -> None:
    unknown = client.get(f"/v1/papers/cartitude-4/{what}", params={"persona": "nobody"})
    assert (unknown.status_code, unknown.json()["errors"][0]["parameter"]) == (422, "persona")
    assert client.get(f"/v1/papers/nothing/{what}").status_code == 404
    assert client.get(f"/v1/papers/A_B/{what}").status_code == 404

"""The readers, over HTTP."""

from starlette.testclient import TestClient


def test_the_seven_are_listed_with_what_each_must_cover_and_how_to_describe_another(client: TestClient) -> None:
    reply = client.get("/v1/personas").json()
    assert {"medical_student", "resident", "fellow", "attending", "phd", "journal_editor", "guideline_committee"} == {
        persona["id"] for persona in reply["personas"]
    }
    assert all(persona["must_address"] for persona in reply["personas"])
    assert set(reply["custom"]["required"]) == {"training_stage", "specialty"}

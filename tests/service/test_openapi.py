"""The OpenAPI document: stored, true, and its examples work.

Renew the stored copy with `python -m tests.service.test_openapi`.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from journal_club.club import open_club
from journal_club.service.app import create_app
from journal_club.service.fields import EXAMPLE_ANSWER, EXAMPLE_PAPER
from journal_club.settings import ChatSettings, Settings
from tests.clubs import extractive_club
from tests.service.conftest import HOME

STORED = Path(__file__).parent / "openapi.json"
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


def turn(tried: tuple[str, str, Any]) -> int:
    """What adds a paper comes late, for a bare persona is a model while there is one; what deletes comes last."""
    method, path, _ = tried
    return 2 if method == "delete" else int((method, path) == ("post", "/v1/papers"))


def printed(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def examples(document: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Method, address and body of every example of every route."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            address = path
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    address = address.replace(f"{{{parameter['name']}}}", next(iter(parameter["examples"].values()))["value"])
            bodies = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("examples", {"": {"value": None}})
            for example in bodies.values():
                yield method, address, example["value"]


def test_the_document_is_the_stored_one(app: FastAPI) -> None:
    assert printed(app.openapi()) == STORED.read_text(encoding="utf-8"), "renew it: python -m tests.service.test_openapi"


def test_every_operation_has_a_stable_id_a_model_for_success_and_problems(app: FastAPI) -> None:
    document = app.openapi()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    ids = [operation["operationId"] for operation in operations]
    assert (document["openapi"], len(set(ids))) == ("3.1.0", len(ids))
    for operation in operations:
        assert {"421", "500"} <= set(operation["responses"])
        assert all(response.get("content") for status, response in operation["responses"].items() if status not in {"204", "304"})


def test_no_schema_speaks_of_input(app: FastAPI) -> None:
    schemas = app.openapi()["components"]["schemas"]
    assert not {"HTTPValidationError", "ValidationError"} & set(schemas)


def test_the_events_are_a_documented_union(app: FastAPI) -> None:
    union = app.openapi()["components"]["schemas"]["AskEvent"]
    assert list(union["discriminator"]["mapping"]) == ["retrieval", "statement", "withheld", "answer", "done", "error"]
    stream = app.openapi()["paths"]["/v1/ask"]["post"]["responses"]["200"]["content"]["text/event-stream"]
    assert stream["schema"] == {"$ref": "#/components/schemas/AskEvent"}


def test_every_reference_of_the_document_resolves(app: FastAPI) -> None:
    text = printed(app.openapi())
    named = {piece.split('"')[0] for piece in text.split('"#/components/schemas/')[1:]}
    assert named <= set(app.openapi()["components"]["schemas"])


@pytest.fixture(scope="module")
def spare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """An application with one paper that a test may delete."""
    club = open_club(Settings(data_dir=tmp_path_factory.mktemp("spare"), chat=ChatSettings(endpoint="none")))
    yield create_app(club)
    club.library.close()


def with_id(given: str, path: str, body: Any) -> tuple[str, bytes | None]:
    """Address and body with the id of an answer that was given: one in an example never is."""
    sent = None if body is None else json.dumps(body).replace(EXAMPLE_ANSWER, given).encode()
    return path.replace(EXAMPLE_ANSWER, given), sent


def reply_to(client: TestClient, method: str, path: str, content: bytes | None) -> Any:
    return client.request(method, path, content=content, headers={"content-type": "application/json"})


def test_every_example_works(spare: FastAPI, seed_text: str) -> None:
    client = TestClient(spare, base_url=HOME)
    client.post("/v1/papers", json={"id": EXAMPLE_PAPER, "text": seed_text, "replace": True})
    for paper in client.get("/v1/papers").json()["papers"]:
        if paper["id"] != EXAMPLE_PAPER:
            client.delete(f"/v1/papers/{paper['id']}")
    given = client.post("/v1/ask", json={"question": "Who was enrolled?", "paper_id": EXAMPLE_PAPER}).json()["id"]
    tried = sorted(examples(spare.openapi()), key=turn)
    replies = [(method, path, reply_to(client, method, *with_id(given, path, body)).status_code) for method, path, body in tried]
    assert len(replies) >= 20
    assert [reply for reply in replies if not 200 <= reply[2] < 300] == []


@pytest.fixture(scope="module")
def fuzzed(spare: FastAPI) -> Any:
    """The schema of the application; its lifespan is not run, so that the club stays open."""

    async def requests_only(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            for phase in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{phase}.complete"})
        else:
            await spare(scope, receive, send)

    return schemathesis.openapi.from_asgi("/openapi.json", requests_only, headers={"host": "127.0.0.1"})


ROUTES = [
    (path, method)
    for path, operations in json.loads(STORED.read_text(encoding="utf-8") if STORED.exists() else '{"paths": {}}')["paths"].items()
    for method in operations
]


@pytest.mark.parametrize(("path", "method"), ROUTES)
def test_every_route_keeps_its_word(fuzzed: Any, path: str, method: str) -> None:
    @given(case=fuzzed[path][method].as_strategy())
    @settings(max_examples=15, derandomize=True, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def keeps_its_word(case: Any) -> None:
        if isinstance(case.body, dict):
            case.body = {**case.body, "stream": False} if "stream" in case.body else case.body
        case.call_and_validate(checks=CHECKS, headers={"host": "127.0.0.1"})

    keeps_its_word()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        STORED.write_text(printed(create_app(extractive_club(Path(folder))).openapi()), encoding="utf-8")

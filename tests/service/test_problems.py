"""Every failure is a problem with its own status, and repeats nothing that was sent."""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

import journal_club
from journal_club.answering.front_matter import PromptFileError
from journal_club.answering.personas import UnknownPersonaError
from journal_club.library.errors import LibraryError, UnknownPaperError
from journal_club.models.errors import ModelError
from journal_club.paper.errors import EmptySectionError, PaperError
from journal_club.resources import ResourceError
from journal_club.service.errors import ServiceError
from journal_club.service.kinds import PROBLEMS, kind_of
from journal_club.service.problems import problem_of
from tests.service.conftest import ask

ROOTS = (PaperError, LibraryError, ModelError, ServiceError, PromptFileError, UnknownPersonaError, ResourceError)
SECRET = "Jane Doe, born 1944"


def family(error: type[Exception]) -> Iterator[type[Exception]]:
    yield error
    for child in error.__subclasses__():
        yield from family(child)


def test_every_error_of_the_house_has_a_row_and_a_doc_line() -> None:
    for module in pkgutil.walk_packages(journal_club.__path__, "journal_club."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    errors = [error for root in ROOTS for error in family(root) if error.__module__.startswith("journal_club.")]
    assert [error.__qualname__ for error in errors if error not in PROBLEMS or not error.__doc__] == []


def test_a_status_that_may_pass_says_when_to_ask_again() -> None:
    assert all(kind.retry_after for kind in PROBLEMS.values() if kind.status in {429, 504})


def test_an_error_that_nobody_foresaw_keeps_its_words_to_itself() -> None:
    problem = problem_of(RuntimeError(SECRET), instance="/v1/ask", request_id="1")
    assert problem.status == 500
    assert SECRET not in problem.body().decode()


def test_a_malformed_page_names_the_line_and_what_was_expected() -> None:
    error = EmptySectionError(line=7, expected="a finding", found="the end")
    problem = problem_of(error, instance="/v1/papers", request_id="1")
    assert (problem.line, problem.expected, problem.errors[0].pointer) == (7, "a finding", "/text")


def test_an_unknown_paper_is_404() -> None:
    assert kind_of(UnknownPaperError("x")).status == 404


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"question": SECRET, "unheard": 1}, ["/unheard"]),
        ({"question": ""}, ["/question"]),
        ({"question": " \n "}, ["/question"]),
        ({"question": "\u0000 what?"}, ["/question"]),
        ({"question": "a\ud800b"}, ["/question"]),
        ({"question": 5}, ["/question"]),
        ({}, ["/question"]),
        ([], [""]),
        ({"question": "why?", "top_k": "5"}, ["/top_k"]),
        ({"question": "why?", "top_k": 51}, ["/top_k"]),
        ({"question": "why?", "stream": "yes"}, ["/stream"]),
        ({"question": "why?", "persona": {"training_stage": "resident"}}, ["/persona/specialty"]),
        ({"question": "why?", "persona": {"training_stage": "x]\n<", "specialty": "cardiology"}}, ["/persona/training_stage"]),
        ({"question": "why?", "persona": 7}, ["/persona"]),
        ({"question": "why?", "history": [{"question": "a", "a/b~c": 1}]}, ["/history/0/a~1b~0c"]),
        ({"question": "x" * 2001}, ["/question"]),
        ({"question": "why?", "\ud800": 1}, [""]),
        ({"question": "why?", "persona": "nobody"}, ["/persona"]),
    ],
)
def test_what_is_wrong_is_named_by_a_pointer_and_not_repeated(client: TestClient, body: Any, pointers: list[str]) -> None:
    sent = {"paper_id": "cartitude-4", **body} if isinstance(body, dict) else body
    response = client.post("/v1/ask", content=json.dumps(sent), headers={"content-type": "application/json"})
    problem = response.json()
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert [error["pointer"] for error in problem["errors"]] == pointers
    assert SECRET not in response.text
    assert problem["request_id"] == response.headers["x-request-id"]


@pytest.mark.parametrize("content", ["{", '{"question": "a"', b'{"question": "\xff"}', "[" * 60_000, '{"a": ' + "9" * 5000 + "}"])
def test_a_body_that_is_no_json_is_400(client: TestClient, content: str | bytes) -> None:
    response = client.post("/v1/ask", content=content, headers={"content-type": "application/json"})
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonl", ""]
)
def test_a_write_that_is_not_json_is_415(client: TestClient, kind: str) -> None:
    for path in ("/v1/ask", "/v1/papers", "/v1/search", "/v1/verify"):
        response = client.post(path, content=json.dumps(ask()), headers={"content-type": kind})
        assert (response.status_code, response.json()["status"]) == (415, 415)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/v1/papers/no-such-paper/takeaways", 404),
        ("GET", "/v1/papers/no-such-paper/questions", 404),
        ("GET", "/metrics", 404),
        ("GET", "/docs", 404),
        ("GET", "/v1/papers/", 404),
        ("GET", "/static/none.js", 404),
        ("GET", "/v1/papers/no_such_paper", 404),
        ("DELETE", "/v1/papers/no-such-paper", 404),
        ("GET", "/v1/ask", 405),
        ("PATCH", "/v1/papers", 405),
    ],
)
def test_what_is_not_there_is_a_problem(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert response.json()["instance"] == path


def test_a_method_that_is_not_there_names_all_that_are(client: TestClient) -> None:
    assert client.patch("/v1/papers").headers["allow"] == "GET, POST"

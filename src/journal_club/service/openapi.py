"""The OpenAPI document: what FastAPI cannot see for itself.

Owns the documented problems, the schemas of the events and of the problem, and the operation ids. The routes own their examples.
"""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic.json_schema import models_json_schema

from journal_club.service.chat_reply import Chunk
from journal_club.service.events import EVENTS
from journal_club.service.problems import MEDIA_TYPE, Problem

__all__ = ["ALWAYS", "WRITE", "document", "operation_id", "problems", "stream"]

Responses = dict[int | str, dict[str, Any]]

REFERENCE = "#/components/schemas/{model}"

ALWAYS = (421, 500, 503)
"""What any route may answer: a Host header that is not served here, a failure that nobody foresaw, a store that cannot be used."""
WRITE = (400, 403, 413, 415, 422)
"""What any route with a JSON body may answer as well."""

DESCRIPTION = """Ask one clinical paper, and get answers in which every sentence opens the passage it rests on.

Every failure is an RFC 9457 problem (`application/problem+json`), but for the OpenAI-compatible routes, whose errors have
OpenAI's shape. All indices count Unicode code points; ends are exclusive. This is no medical advice."""


def problems(*statuses: int) -> Responses:
    """The documented problems of a route, by status."""
    content = {MEDIA_TYPE: {"schema": {"$ref": REFERENCE.format(model="Problem")}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in sorted(statuses)}


def stream(events: str, description: str) -> dict[str, Any]:
    """The documented 200 of a route that also streams: `events` names the schema of one event's data."""
    return {"description": description, "content": {"text/event-stream": {"schema": {"$ref": REFERENCE.format(model=events)}}}}


def operation_id(route: APIRoute) -> str:
    """The stable operation id of a route: the name of its function."""
    return route.name


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an application, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = get_openapi(
            title=app.title, version=app.version, openapi_version=app.openapi_version, description=DESCRIPTION, routes=app.routes
        )
        _complete(app.openapi_schema["components"]["schemas"])
        _drop_validation_errors(app.openapi_schema)
    return app.openapi_schema


def _complete(schemas: dict[str, Any]) -> None:
    """Add what only problems and streams hold."""
    _, definitions = models_json_schema([(model, "serialization") for model in (Problem, Chunk, *EVENTS)], ref_template=REFERENCE)
    schemas |= {name: schema for name, schema in definitions["$defs"].items() if name not in schemas}
    references = {event.model_fields["type"].default: REFERENCE.format(model=event.__name__) for event in EVENTS}
    schemas["AskEvent"] = {
        "description": "The `data` of one event; `event` has the same name as its `type`.",
        "oneOf": [{"$ref": reference} for reference in references.values()],
        "discriminator": {"propertyName": "type", "mapping": references},
    }


def _drop_validation_errors(document: dict[str, Any]) -> None:
    """Take out FastAPI's own 422, which no route sends: its shape repeats what the caller sent."""
    for path in document["paths"].values():
        for operation in path.values():
            if "HTTPValidationError" in str(operation["responses"].get("422")):
                del operation["responses"]["422"]
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)

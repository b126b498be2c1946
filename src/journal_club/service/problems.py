"""Problems: every failure as RFC 9457 `application/problem+json`.

Owns the shape of a problem and what of an error a caller is told. Status and slug come from `kinds`; the OpenAI-compatible routes
have another shape (`openai_errors`).
"""

from collections.abc import Mapping, Sequence

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from journal_club.answering.personas import UnknownPersonaError
from journal_club.library.errors import BadPaperIdError, BadPaperTextError
from journal_club.paper.errors import PaperError
from journal_club.service.errors import InvalidRequestError
from journal_club.service.kinds import INTERNAL, Kind, is_malformed, kind_of

__all__ = ["MEDIA_TYPE", "FieldError", "Problem", "field_errors", "problem_of", "problem_response"]

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:journal-club:problem:"
LONGEST_NAME = 64
"""Characters of a caller's own key that a pointer repeats: a key is not the place of a text."""


class FieldError(BaseModel):
    """One place of the request that is not allowed; it never repeats the value that stood there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pointer: str | None = Field(default=None, description="JSON pointer into the body, such as /question.", examples=["/question"])
    parameter: str | None = Field(default=None, description="Name of a path or query parameter.")
    detail: str = Field(description="What is expected there.")


class Problem(BaseModel):
    """An RFC 9457 problem."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str = Field(description="Stable name of the kind of problem.", examples=[TYPE + "unknown-paper"])
    title: str
    status: int
    detail: str
    instance: str = Field(description="Path of the request.")
    request_id: str = Field(description="The X-Request-ID of the request.")
    errors: tuple[FieldError, ...] = ()
    line: int | None = Field(default=None, description="Line of a paper's text that could not be read, from 1.")
    expected: str | None = Field(default=None, description="What was expected on that line.")

    def body(self) -> bytes:
        """The problem as it is sent: members that it does not have are left out."""
        return self.model_dump_json(exclude_none=True).encode("utf-8")


_POINTERS: Mapping[type[Exception], str] = {
    UnknownPersonaError: "/persona",
    BadPaperIdError: "/id",
    BadPaperTextError: "/text",
    PaperError: "/text",
}

INTERNAL_DETAIL = "The service failed in a way that it did not foresee; its log has the place under this request_id."


def problem_of(error: Exception, *, instance: str, request_id: str) -> Problem:
    """The problem that an error is to the caller.

    Args:
        error: any error; one without a row becomes `internal`, and its message stays inside.
        instance: path of the request.
        request_id: id of the request.
    """
    kind = kind_of(error)
    return Problem(
        type=TYPE + kind.slug,
        title=kind.title,
        status=kind.status,
        detail=_detail(error, kind),
        instance=_sendable(instance),
        request_id=request_id,
        errors=field_errors(error),
        line=getattr(error, "line", None),
        expected=getattr(error, "expected", None),
    )


def problem_response(error: Exception, *, instance: str, request_id: str) -> Response:
    """The response of a failed request."""
    problem = problem_of(error, instance=instance, request_id=request_id)
    headers = {"Cache-Control": "no-store"}
    retry_after = kind_of(error).retry_after
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    if isinstance(error, HTTPException):
        headers.update(error.headers or {})
    return Response(problem.body(), status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


def field_errors(error: Exception) -> tuple[FieldError, ...]:
    """The places of the request that an error names, without what stood there."""
    if isinstance(error, RequestValidationError):
        return () if is_malformed(error) else tuple(_field_error(found, error.body) for found in error.errors())
    if isinstance(error, InvalidRequestError):
        return (FieldError(pointer=error.pointer, parameter=error.parameter, detail=_sendable(str(error))),)
    pointer = next((_POINTERS[parent] for parent in type(error).__mro__ if parent in _POINTERS), None)
    return (FieldError(pointer=pointer, detail=_sendable(str(error))),) if pointer else ()


def _detail(error: Exception, kind: Kind) -> str:
    if kind == INTERNAL:
        return INTERNAL_DETAIL
    if isinstance(error, HTTPException):
        return f"{kind.title}."
    if isinstance(error, RequestValidationError):
        return _validation_detail(error)
    return _sendable(str(error)) or f"{kind.title}."


def _validation_detail(error: RequestValidationError) -> str:
    if is_malformed(error):
        position = error.errors()[0]["loc"][-1]
        return f"The body is no JSON: it breaks off or goes wrong at character {position}."
    places = [found.pointer or found.parameter or "the body" for found in field_errors(error)]
    return f"Not allowed: {', '.join(dict.fromkeys(places))}; `errors` says what is expected."


def _field_error(found: Mapping[str, object], body: object) -> FieldError:
    location = found["loc"]
    parts = tuple(location) if isinstance(location, Sequence) else ()
    detail = _sendable(str(found["msg"]).removeprefix("Value error, "))
    if parts and parts[0] != "body":
        return FieldError(parameter=_sendable(str(parts[-1])), detail=detail)
    return FieldError(pointer=_pointer(parts[1:], body), detail=detail)


def _pointer(parts: Sequence[object], body: object) -> str:
    """A JSON pointer of the parts that are keys of the body: pydantic names the branches of a union among them."""
    pointer, node = "", body
    for position, part in enumerate(parts):
        if isinstance(node, dict) and part in node:
            node = node[part]
        elif isinstance(node, list) and isinstance(part, int):
            node = node[part] if part < len(node) else None
        elif not isinstance(node, dict) or position < len(parts) - 1:
            continue
        pointer += "/" + _sendable(str(part)).replace("~", "~0").replace("/", "~1")
    return pointer


def _sendable(text: str) -> str:
    """A caller's words as they may stand in a reply: bounded, and always UTF-8."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= 8 * LONGEST_NAME else text[: 8 * LONGEST_NAME] + "…"

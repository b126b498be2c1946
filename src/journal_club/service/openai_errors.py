"""Errors of the OpenAI-compatible routes: `{"error": {message, type, param, code}}`, and never problem+json.

Owns the shape. Status and words come from the one table of problems.
"""

from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from journal_club.answering.personas import UnknownPersonaError
from journal_club.library.errors import UnknownPaperError
from journal_club.service.kinds import kind_of
from journal_club.service.problems import Problem, field_errors, problem_of

__all__ = ["OpenAIError", "OpenAIErrorReply", "UnsupportedParameterError", "openai_error", "openai_response"]

BAD_REQUEST = 400
NOT_FOUND = 404
UNPROCESSABLE = 422


class UnsupportedParameterError(Exception):
    """A parameter that would change the meaning of an answer, and that this service does not have."""

    def __init__(self, param: str, detail: str) -> None:
        super().__init__(detail)
        self.param = param


class OpenAIError(BaseModel):
    """What went wrong, in OpenAI's words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    message: str
    type: str = Field(examples=["invalid_request_error"])
    param: str | None = None
    code: str | None = None


class OpenAIErrorReply(BaseModel):
    """The body of a failed request, and of a stream's last chunk when it failed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    error: OpenAIError


def openai_error(error: Exception, *, request_id: str) -> tuple[int, OpenAIErrorReply]:
    """The status and the body of an error."""
    if isinstance(error, UnsupportedParameterError):
        return BAD_REQUEST, _reply(str(error), "invalid_request_error", param=error.param, code="unsupported_parameter")
    problem = problem_of(error, instance="", request_id=request_id)
    if isinstance(error, UnknownPersonaError | UnknownPaperError):
        return NOT_FOUND, _reply(problem.detail, _type_of(NOT_FOUND), param="model", code="model_not_found")
    # OpenAI answers 400 where we say 422, and its clients look for that.
    status = BAD_REQUEST if problem.status == UNPROCESSABLE else problem.status
    code = problem.type.rpartition(":")[2].replace("-", "_")
    return status, _reply(_message(problem), _type_of(status), param=_param(error), code=code)


def openai_response(error: Exception, *, request_id: str) -> Response:
    """The response of a failed request."""
    status, reply = openai_error(error, request_id=request_id)
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    retry_after = kind_of(error).retry_after
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return Response(reply.model_dump_json(), status_code=status, media_type="application/json", headers=headers)


def _reply(message: str, kind: str, *, param: str | None = None, code: str | None = None) -> OpenAIErrorReply:
    return OpenAIErrorReply(error=OpenAIError(message=message, type=kind, param=param, code=code))


def _message(problem: Problem) -> str:
    if not problem.errors:
        return problem.detail
    return " ".join(f"{error.pointer or error.parameter or 'body'}: {error.detail}" for error in problem.errors)


def _param(error: Exception) -> str | None:
    """The first place that the error names, in OpenAI's notation: `messages[0].content`."""
    places = field_errors(error)
    if not places or not places[0].pointer:
        return None
    parts = places[0].pointer.split("/")[1:]
    return "".join(f"[{part}]" if part.isdecimal() else f".{part}" for part in parts).removeprefix(".")


def _type_of(status: int) -> str:
    if status == 429:
        return "rate_limit_error"
    return "invalid_request_error" if status < 500 else "server_error"

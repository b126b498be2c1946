"""Failures of the openai SDK and its transport, told as our own errors.

Owns the one place where an outside exception becomes a `CallError`. What the endpoint said is not repeated: it may hold the
question or a part of the key.
"""

from json import JSONDecodeError
from typing import TYPE_CHECKING, Final

from journal_club.models.errors import (
    AuthenticationError,
    BadAnswerError,
    CallError,
    CutStreamError,
    DeadlineError,
    RateLimitedError,
    RequestRefusedError,
    UnknownModelError,
    UnreachableError,
    UpstreamError,
)
from journal_club.models.stream import MalformedChunkError, UpstreamChunkError

if TYPE_CHECKING:
    from openai import APIStatusError

__all__ = ["call_error", "call_failures"]

_OVER_QUOTA: Final = "insufficient_quota"


def call_failures() -> tuple[type[Exception], ...]:
    """What a call or its stream may raise; `call_error` knows all of them."""
    import httpx
    from openai import OpenAIError

    outside = (TimeoutError, OpenAIError, httpx.HTTPError, httpx.StreamError, JSONDecodeError, UnicodeDecodeError)
    return (*outside, MalformedChunkError, UpstreamChunkError)


def call_error(error: Exception, *, place: str, settings: str, late: str = "did not answer in time") -> CallError:
    """Our error for one of the SDK's.

    Args:
        error: one of `call_failures()`.
        place: the endpoint in plain words, such as `api.openai.com`.
        settings: prefix of the variables that would mend it, such as `JOURNAL_CLUB_CHAT`.
        late: what to say of the place when the failure is a deadline.
    """
    import httpx
    import openai

    if isinstance(error, openai.APIStatusError):
        return _status_error(error, place, settings)
    if _is_broken_connection(error):
        return UnreachableError(f"{place} is not reached: start it, or check {settings}__BASE_URL")
    if isinstance(error, TimeoutError | openai.APITimeoutError | httpx.TimeoutException):
        return DeadlineError(f"{place} {late}: try again, or raise the limits in {settings}")
    if isinstance(error, openai.APIConnectionError | httpx.ConnectError):
        return UnreachableError(f"{place} is not reached: start it, or check {settings}__BASE_URL")
    if isinstance(error, openai.APIResponseValidationError | JSONDecodeError | UnicodeDecodeError | MalformedChunkError):
        return BadAnswerError(f"{place} sent something that is not the OpenAI protocol: check {settings}__BASE_URL")
    if isinstance(error, openai.APIError | UpstreamChunkError):
        return UpstreamError(f"{place} failed in the middle of an answer: try again")
    return CutStreamError(f"{place} closed the connection before the answer was whole: try again")


def _is_broken_connection(error: Exception) -> bool:
    """Whether no connection came about, or it broke before a word came; the transport tells both as a time-out."""
    from aiohttp import ClientConnectionError, ServerTimeoutError

    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ClientConnectionError):
        cause = cause.__cause__
    return cause is not None and not isinstance(cause, ServerTimeoutError)


def _status_error(error: "APIStatusError", place: str, settings: str) -> CallError:
    status = error.status_code
    if status in {401, 403}:
        return AuthenticationError(f"{place} does not accept the key ({status}): check {settings}__API_KEY")
    if status == 404:
        return UnknownModelError(f"{place} has no such model or route (404): check {settings}__MODEL and {settings}__BASE_URL")
    if status == 429:
        return _rate_limited(error, place)
    if status >= 500:
        return UpstreamError(f"{place} failed ({status}): try again", retry_after_s=_retry_after(error))
    if status < 400:
        return RequestRefusedError(f"{place} answers from another address ({status}): set {settings}__BASE_URL to that one")
    return RequestRefusedError(f"{place} refused the request ({status}): a text too long for the model, or a wrong {settings}__MODEL")


def _rate_limited(error: "APIStatusError", place: str) -> CallError:
    if error.code == _OVER_QUOTA:
        return RequestRefusedError(f"{place} says that the quota is used up (429): raise it there")
    return RateLimitedError(f"{place} takes no more requests for now (429): wait and try again", retry_after_s=_retry_after(error))


def _retry_after(error: "APIStatusError") -> float | None:
    """Seconds that the response asks us to wait; its form as a date is not used by these servers and counts as none."""
    try:
        return max(0.0, float(error.response.headers["retry-after"]))
    except (KeyError, ValueError):
        return None

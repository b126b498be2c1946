"""What can go wrong with a model, as types.

Owns the tree and the sentences that tell a reader what to do. It maps nothing from an outside library (`chat` and
`remote_embedding` do) and knows no HTTP status of our own service.

    ModelError
    ├── EndpointError            the settings name no usable endpoint
    ├── WeightsError             a file of weights cannot be used
    │   ├── WeightsMissingError      it is not there
    │   ├── WeightsMismatchError     its sha256 is not the pinned one
    │   └── WeightsFetchError        it could not be fetched
    ├── EmbeddedModelError       llama.cpp did not start, or stopped
    └── CallError                a call to an endpoint failed
        ├── AuthenticationError      401, 403
        ├── UnknownModelError        404
        ├── RequestRefusedError      any other 4xx
        ├── RateLimitedError         429
        ├── UpstreamError            5xx
        ├── UnreachableError         no connection
        ├── DeadlineError            too slow: first token, between tokens, whole draft, embedding
        ├── CutStreamError           the connection ended before the answer did
        ├── EmptyAnswerError         the answer holds no text
        └── BadAnswerError           the answer is not what the protocol says
"""

from typing import ClassVar

__all__ = [
    "AuthenticationError",
    "BadAnswerError",
    "CallError",
    "CutStreamError",
    "DeadlineError",
    "EmbeddedModelError",
    "EmptyAnswerError",
    "EndpointError",
    "ModelError",
    "RateLimitedError",
    "RequestRefusedError",
    "UnknownModelError",
    "UnreachableError",
    "UpstreamError",
    "WeightsError",
    "WeightsFetchError",
    "WeightsMismatchError",
    "WeightsMissingError",
]


class ModelError(Exception):
    """Root of the room; the message is one sentence that says what to do.

    Attributes:
        retryable: whether the same call may succeed when it is made again, unchanged.
    """

    retryable: ClassVar[bool] = False


class EndpointError(ModelError):
    """The settings name no usable endpoint: a key, an address or a model name is missing."""


class WeightsError(ModelError):
    """A file of weights cannot be used."""


class WeightsMissingError(WeightsError):
    """A file of weights is not there."""


class WeightsMismatchError(WeightsError):
    """A file of weights is not the one whose sha256 is pinned."""


class WeightsFetchError(WeightsError):
    """A file of weights could not be fetched; nothing was kept."""

    retryable = True


class EmbeddedModelError(ModelError):
    """The llama.cpp of this process did not start, or stopped."""


class CallError(ModelError):
    """A call to an endpoint failed.

    Attributes:
        retry_after_s: how long the endpoint asked us to wait, seconds; None when it did not.
    """

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class AuthenticationError(CallError):
    """The endpoint did not accept the key (401, 403)."""


class UnknownModelError(CallError):
    """The endpoint has no such model or path (404)."""


class RequestRefusedError(CallError):
    """The endpoint refused the request itself (400, 413, 422 and the like)."""


class RateLimitedError(CallError):
    """The endpoint's limit is reached (429)."""

    retryable = True


class UpstreamError(CallError):
    """The endpoint failed (5xx)."""

    retryable = True


class UnreachableError(CallError):
    """There is no connection to the endpoint."""

    retryable = True


class DeadlineError(CallError):
    """The endpoint was too slow."""

    retryable = True


class CutStreamError(CallError):
    """The connection ended before the answer did."""

    retryable = True


class EmptyAnswerError(CallError):
    """The answer holds no text."""


class BadAnswerError(CallError):
    """The answer is not what the protocol says."""

"""The service's own errors; their status and slug stand in `kinds`.

ServiceError
├── InvalidRequestError   well-formed, and not allowed; says where
├── MalformedRequestError the body is no JSON
├── MediaTypeError        a write that is not application/json
├── TooLargeError         a body or a paper that is larger than a setting allows
├── MisdirectedError      a Host header that is not served here
├── ForeignOriginError    a write that another site's page sent
├── ForgottenAnswerError  an answer that this service did not give lately
├── QueueFullError        as many questions wait as may
├── AnswerDeadlineError   no answer within the time that a setting allows
└── ShuttingDownError     the service got its signal to end
"""

__all__ = [
    "AnswerDeadlineError",
    "ForeignOriginError",
    "ForgottenAnswerError",
    "InvalidRequestError",
    "MalformedRequestError",
    "MediaTypeError",
    "MisdirectedError",
    "QueueFullError",
    "ServiceError",
    "ShuttingDownError",
    "TooLargeError",
]


class ServiceError(Exception):
    """The root of the service's own errors; the message is what the caller is told."""


class InvalidRequestError(ServiceError):
    """A request that is well-formed and not allowed.

    Attributes:
        pointer: JSON pointer to the place in the body.
        parameter: name of the path or query parameter.
    """

    def __init__(self, detail: str, *, pointer: str | None = None, parameter: str | None = None) -> None:
        super().__init__(detail)
        self.pointer = pointer
        self.parameter = parameter


class MalformedRequestError(ServiceError):
    """The body is no JSON."""


class MediaTypeError(ServiceError):
    """A write that is not `application/json`."""


class TooLargeError(ServiceError):
    """A body or a paper that is larger than a setting allows."""


class MisdirectedError(ServiceError):
    """A Host header that is not served here: somebody's name may have been rebound to this machine."""


class ForeignOriginError(ServiceError):
    """A write that another site's page sent."""


class ForgottenAnswerError(ServiceError):
    """An answer that this service did not give, or gave too long ago to remember it."""


class QueueFullError(ServiceError):
    """As many questions wait as may."""


class AnswerDeadlineError(ServiceError):
    """No answer within the time that a setting allows."""

    @classmethod
    def after(cls, longest_s: float) -> "AnswerDeadlineError":
        """The error when so many seconds are over."""
        return cls(f"No answer within {longest_s:g} seconds (the setting JOURNAL_CLUB_SERVICE__ASK_S).")


class ShuttingDownError(ServiceError):
    """The service got its signal to end."""

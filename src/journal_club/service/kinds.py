"""Kinds: the one table from error class to HTTP status, slug, title and retry.

A class that has no row takes its nearest parent's; a test demands a row for every class of ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from journal_club.answering.front_matter import PromptFileError
from journal_club.answering.personas import UnknownPersonaError
from journal_club.evaluation.feedback import UnknownItemError
from journal_club.library.chroma import CollectionGoneError
from journal_club.library.errors import (
    BadExportError,
    BadPaperIdError,
    BadPaperTextError,
    EmbeddingMismatchError,
    IngestConflictError,
    LibraryError,
    PaperExistsError,
    RemoteStoreError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreUnreachableError,
    StoreVersionError,
    StoreWriteError,
    UnknownAnswerError,
    UnknownPaperError,
)
from journal_club.models.errors import (
    AuthenticationError,
    BadAnswerError,
    CallError,
    CutStreamError,
    DeadlineError,
    EmbeddedModelError,
    EmptyAnswerError,
    EndpointError,
    ModelError,
    RateLimitedError,
    RequestRefusedError,
    UnknownModelError,
    UnreachableError,
    UpstreamError,
    WeightsError,
    WeightsFetchError,
    WeightsMismatchError,
    WeightsMissingError,
)
from journal_club.paper.errors import (
    EmptySectionError,
    EmptyTextError,
    ImpossibleDateError,
    MissingQuestionError,
    PaperError,
    UnnamedTrialError,
    UnreadableTextError,
)
from journal_club.resources import ResourceError
from journal_club.service.errors import (
    AnswerDeadlineError,
    ForeignOriginError,
    ForgottenAnswerError,
    InvalidRequestError,
    MalformedRequestError,
    MediaTypeError,
    MisdirectedError,
    QueueFullError,
    ServiceError,
    ShuttingDownError,
    TooLargeError,
)

__all__ = ["INTERNAL", "PROBLEMS", "Kind", "is_malformed", "kind_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A row of the table; `retry_after` is in seconds, None when asking again will not help."""

    status: int
    slug: str
    title: str
    retry_after: int | None = None


INTERNAL = Kind(status=500, slug="internal", title="Internal error")

_TABLE: Mapping[Kind, Sequence[type[Exception]]] = {
    Kind(status=400, slug="malformed-request", title="Malformed request"): (MalformedRequestError,),
    Kind(status=403, slug="foreign-origin", title="Foreign origin"): (ForeignOriginError,),
    Kind(status=404, slug="unknown-paper", title="Unknown paper"): (UnknownPaperError,),
    Kind(status=404, slug="unknown-item", title="Unknown discussion item"): (UnknownItemError,),
    Kind(status=404, slug="unknown-answer", title="Unknown answer"): (UnknownAnswerError, ForgottenAnswerError),
    Kind(status=409, slug="paper-exists", title="Another text stands under this id"): (PaperExistsError,),
    Kind(status=409, slug="ingest-conflict", title="Changed at the same time", retry_after=1): (IngestConflictError,),
    Kind(status=409, slug="embedding-mismatch", title="Embedded by another model"): (EmbeddingMismatchError,),
    Kind(status=413, slug="too-large", title="Too large"): (TooLargeError,),
    Kind(status=415, slug="unsupported-media-type", title="Unsupported media type"): (MediaTypeError,),
    Kind(status=421, slug="misdirected-request", title="Misdirected request"): (MisdirectedError,),
    Kind(status=422, slug="invalid-request", title="Invalid request"): (InvalidRequestError, RequestValidationError),
    Kind(status=422, slug="unknown-persona", title="Unknown persona"): (UnknownPersonaError,),
    Kind(status=422, slug="bad-paper-id", title="No paper id"): (BadPaperIdError,),
    Kind(status=422, slug="unreadable-paper", title="The text cannot be read as a paper"): (
        PaperError,
        EmptyTextError,
        UnreadableTextError,
        EmptySectionError,
        MissingQuestionError,
        UnnamedTrialError,
        ImpossibleDateError,
        BadPaperTextError,
        BadExportError,
    ),
    Kind(status=429, slug="queue-full", title="Too many questions at once", retry_after=5): (QueueFullError,),
    Kind(status=500, slug="internal", title="Internal error"): (ServiceError, LibraryError, ModelError),
    Kind(status=502, slug="model-failed", title="The model's endpoint failed"): (
        CallError,
        AuthenticationError,
        UnknownModelError,
        RequestRefusedError,
        UpstreamError,
        CutStreamError,
        EmptyAnswerError,
        BadAnswerError,
    ),
    Kind(status=503, slug="model-busy", title="The model cannot be reached now", retry_after=5): (RateLimitedError, UnreachableError),
    Kind(status=503, slug="model-set-up", title="The model is not set up"): (
        EndpointError,
        WeightsError,
        WeightsMissingError,
        WeightsMismatchError,
        WeightsFetchError,
        EmbeddedModelError,
    ),
    Kind(status=503, slug="store", title="The store cannot be used"): (StoreError, StoreDamagedError, StoreVersionError, RemoteStoreError),
    Kind(status=503, slug="store-busy", title="The store cannot be used now", retry_after=5): (
        StoreBusyError,
        StoreUnreachableError,
        StoreWriteError,
        CollectionGoneError,
    ),
    Kind(status=503, slug="installation", title="The installation is incomplete"): (PromptFileError, ResourceError),
    Kind(status=503, slug="shutting-down", title="Shutting down", retry_after=10): (ShuttingDownError,),
    Kind(status=504, slug="deadline", title="No answer in time", retry_after=5): (AnswerDeadlineError, DeadlineError),
}

PROBLEMS: Mapping[type[Exception], Kind] = {error: kind for kind, errors in _TABLE.items() for error in errors}
"""The one table. A class that has no row of its own takes its parent's; a test demands a row for each of ours."""


def kind_of(error: Exception) -> Kind:
    """The row of an error's class, or of the nearest parent that has one; `internal` for what nobody foresaw."""
    if isinstance(error, HTTPException):
        return _of_status(error.status_code)
    if isinstance(error, RequestValidationError) and is_malformed(error):
        return PROBLEMS[MalformedRequestError]
    return next((PROBLEMS[parent] for parent in type(error).__mro__ if parent in PROBLEMS), INTERNAL)


def is_malformed(error: RequestValidationError) -> bool:
    """Whether the body of a request was no JSON at all."""
    return any(found["type"] == "json_invalid" for found in error.errors())


def _of_status(status: int) -> Kind:
    title = HTTPStatus(status).phrase.capitalize()
    return Kind(status=status, slug=title.lower().replace(" ", "-"), title=title)

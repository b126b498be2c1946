"""Events: what a stream of `POST /v1/ask` tells, in the order `retrieval`, `statement`*, `withheld`*, `answer`, `done`; or `error`.

The first four are the club's; the last two are the service's, and one of them always comes.
"""

from typing import Literal

from journal_club.answering.answer import AnswerEvent, RetrievalEvent, StatementEvent, WithheldEvent
from journal_club.answering.asking import Event
from journal_club.service.fields import Reply
from journal_club.service.problems import Problem, problem_of
from journal_club.service.streaming import encoded

__all__ = ["EVENTS", "DoneEvent", "ErrorEvent", "EventEncoder"]


class DoneEvent(Reply):
    """The stream is complete; nothing follows."""

    type: Literal["done"] = "done"
    answer_id: str


class ErrorEvent(Reply):
    """The stream failed; nothing follows."""

    type: Literal["error"] = "error"
    problem: Problem


EVENTS = (RetrievalEvent, StatementEvent, WithheldEvent, AnswerEvent, DoneEvent, ErrorEvent)


class EventEncoder:
    """The events of one question, numbered as they go out."""

    def __init__(self, *, instance: str, request_id: str) -> None:
        self._instance = instance
        self._request_id = request_id
        self._number = 0

    def event(self, event: Event | DoneEvent | ErrorEvent) -> bytes:
        """One event, encoded."""
        self._number += 1
        return encoded(event.type, event, number=self._number)

    def error(self, error: Exception) -> bytes:
        """The event that ends a stream which failed."""
        return self.event(ErrorEvent(problem=problem_of(error, instance=self._instance, request_id=self._request_id)))

"""Admission: how many questions are answered at once, how many wait, and for how long each may take.

Owns the places, the queue, the deadline and the end of all of them when the service shuts down. It knows no HTTP.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio

from journal_club.service.errors import AnswerDeadlineError, QueueFullError, ShuttingDownError

__all__ = ["Admission"]


class Admission:
    """The places in which questions are answered.

    Args:
        places: answers generated at once.
        queue: questions that may wait for a place.
        longest_s: longest time for one question, the wait included, seconds.
    """

    def __init__(self, *, places: int, queue: int, longest_s: float) -> None:
        self._places = anyio.Semaphore(places)
        self._queue = queue
        self._longest_s = longest_s
        self._waiting = 0
        self._open: set[anyio.CancelScope] = set()
        self._closing = False

    @property
    def closing(self) -> bool:
        """Whether no new question is admitted, because the service is shutting down."""
        return self._closing

    def close(self, *, within_s: float) -> None:
        """Admit no more questions, and end those that are open within so many seconds."""
        self._closing = True
        latest = anyio.current_time() + within_s
        for scope in self._open:
            scope.deadline = min(scope.deadline, latest)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place and hold it.

        Raises:
            QueueFullError: as many questions wait as may.
            AnswerDeadlineError: the time is over; what ran inside was cancelled.
            ShuttingDownError: the service is ending; what ran inside was cancelled.
        """
        if self._closing:
            raise ShuttingDownError("The service is shutting down and takes no more questions.")
        with anyio.CancelScope(deadline=anyio.current_time() + self._longest_s) as scope:
            self._open.add(scope)
            try:
                await self._enter()
                try:
                    yield
                finally:
                    self._places.release()
            finally:
                self._open.discard(scope)
        if scope.cancelled_caught:
            raise self._ended()

    async def _enter(self) -> None:
        try:
            self._places.acquire_nowait()
        except anyio.WouldBlock:
            await self._wait()

    async def _wait(self) -> None:
        if self._waiting >= self._queue:
            raise QueueFullError(f"{self._waiting} questions wait already; ask again in a few seconds.")
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1

    def _ended(self) -> AnswerDeadlineError | ShuttingDownError:
        if self._closing:
            return ShuttingDownError("The service is shutting down; the answer was not finished.")
        return AnswerDeadlineError.after(self._longest_s)

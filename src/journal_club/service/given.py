"""Given answers: what this service answered last, in memory alone, so that only what it said can be kept."""

from collections import OrderedDict
from threading import Lock

from journal_club.answering.answer import Answer

__all__ = ["MOST", "GivenAnswers"]

MOST = 256
"""Answers that are remembered."""


class GivenAnswers:
    """The last answers, by their ids, which nobody can guess. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def remember(self, answer: Answer) -> None:
        """Remember an answer, and forget the oldest one when there are too many."""
        with self._lock:
            self._answers[answer.id] = answer
            while len(self._answers) > MOST:
                self._answers.popitem(last=False)

    def get(self, answer_id: str) -> Answer | None:
        """The answer of an id; None when it was not given lately."""
        with self._lock:
            return self._answers.get(answer_id)

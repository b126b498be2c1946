"""The one retry: whether a failed call is made again, and after how long.

Owns the rule for all calls to endpoints. The openai SDK and llama-index are told never to retry, or calls would multiply.
"""

from random import SystemRandom
from typing import Final

from journal_club.models.errors import CallError

__all__ = ["pause_before_retry"]

_LONGEST_WANTED_S: Final = 5.0
"""An endpoint that asks for a longer pause is not asked again."""
_JITTER_S: Final = (0.2, 0.6)


def pause_before_retry(error: CallError, left_s: float) -> float | None:
    """How long to wait before the one retry, seconds; None when there is to be none.

    Args:
        error: how the first call failed; its own wish for a pause is honoured, up to five seconds.
        left_s: until the deadline, seconds; a pause that reaches it is not begun.
    """
    wanted = error.retry_after_s or 0.0
    pause = wanted + SystemRandom().uniform(*_JITTER_S)
    return pause if error.retryable and wanted <= _LONGEST_WANTED_S and pause < left_s else None

import pytest

from journal_club.models.errors import AuthenticationError, CallError, UpstreamError
from journal_club.models.retry import pause_before_retry


@pytest.mark.parametrize(
    ("error", "left_s"),
    [
        (AuthenticationError("no"), 60),
        (UpstreamError("no", retry_after_s=5.1), 60),
        (UpstreamError("no", retry_after_s=3), 3),
        (UpstreamError("no"), 0.1),
    ],
)
def test_what_cannot_help_in_time_is_not_retried(error: CallError, left_s: float):
    assert pause_before_retry(error, left_s) is None


def test_pauses_differ_and_honour_the_wish():
    pauses = {pause_before_retry(UpstreamError("no", retry_after_s=1), 60) for _ in range(20)}
    assert len(pauses) > 1
    assert all(pause is not None and 1.2 <= pause <= 1.6 for pause in pauses)

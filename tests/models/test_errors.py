from journal_club.models import errors
from journal_club.models.errors import CallError, ModelError


def test_the_tree_in_the_docstring_names_every_error():
    assert errors.__doc__ is not None
    assert [name for name in errors.__all__ if name not in errors.__doc__] == []


def test_every_error_says_whether_the_same_call_may_succeed_later():
    kinds = [getattr(errors, name) for name in errors.__all__]
    assert all(issubclass(kind, ModelError) and isinstance(kind.retryable, bool) and kind.__doc__ for kind in kinds)


def test_a_call_error_carries_the_wish_for_a_pause():
    assert CallError("busy", retry_after_s=3).retry_after_s == 3

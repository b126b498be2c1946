"""Killed at any moment, an ingest leaves the old paper or the new one."""

import pytest

from tests.library.kill_ingest import killed


# Of a replacement's calls to the store, 4 writes vectors, 5 makes the new version current, and what follows clears the old one away.
@pytest.mark.parametrize(("call", "left"), [(5, "old"), (6, "new"), (8, "new")])
def test_a_killed_ingest_leaves_one_whole_paper(tmp_path, call, left):
    assert killed(tmp_path / "data", "call", call) == left

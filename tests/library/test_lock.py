"""The lock: one process owns an embedded store, and says where it serves."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from journal_club.library.errors import StoreBusyError, StoreWriteError
from journal_club.library.lock import StoreLock
from journal_club.library.opening import open_library
from journal_club.settings import Settings
from tests.library.hashing import HashEmbedder

HOLDER = """
import sys
from pathlib import Path
from journal_club.library.lock import StoreLock
lock = StoreLock.take(Path(sys.argv[1]), address="http://127.0.0.1:8000")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_library_is_refused_and_told_who_has_the_store(library, settings):
    with pytest.raises(StoreBusyError) as refused:
        open_library(settings, HashEmbedder())
    assert (refused.value.pid, refused.value.address) == (os.getpid(), None)
    library.set_address("http://127.0.0.1:8123")
    with pytest.raises(StoreBusyError, match=":8123"):
        open_library(settings, HashEmbedder())


def test_a_closed_library_lets_the_next_one_in(library, reopened):
    assert reopened().records() == ()


def test_a_lock_ends_with_its_process_even_when_that_is_killed(tmp_path):
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreBusyError) as refused:
            StoreLock.take(tmp_path)
        assert (refused.value.pid, refused.value.address) == (holder.pid, "http://127.0.0.1:8000")
        holder.send_signal(signal.SIGKILL)
    StoreLock.take(tmp_path).release()


def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreWriteError, match="JOURNAL_CLUB_DATA_DIR"):
        open_library(Settings(data_dir=tmp_path / "file" / "data"), HashEmbedder())

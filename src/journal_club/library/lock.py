"""The lock of an embedded store: one process owns it.

Owns the lock file and the card beside it that says who the owner is. The lock itself is the kernel's, so that it ends with
its process however that ends; the card is read only while the lock is held, so that one left behind misleads nobody.
"""

import json
import os
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from journal_club.library.errors import StoreBusyError, StoreWriteError

__all__ = ["StoreLock"]


class StoreLock:
    """Ownership of the store in a folder.

    The card is a file of its own, since opening the lock file to try the lock empties it.
    """

    def __init__(self, lock: FileLock, card: Path) -> None:
        self._lock = lock
        self._card = card

    @classmethod
    def take(cls, folder: Path, *, address: str | None = None) -> Self:
        """Take the lock at once or not at all.

        Args:
            folder: the data folder; made when it is missing.
            address: of the service that this process runs, if it is known already.

        Raises:
            StoreBusyError: another process, or another library of this one, has it.
            StoreWriteError: the folder cannot be written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Not of one thread: the service may close the store in another one than it was opened in.
            lock = FileLock(folder / "store.lock", blocking=False, thread_local=False)
            lock.acquire()
            taken = cls(lock, folder / "store.owner.json")
            taken.set_address(address)
        except Timeout as error:
            raise _busy(folder / "store.owner.json") from error
        except OSError as error:
            raise StoreWriteError(f"the data folder {folder} cannot be written ({error.strerror}): set JOURNAL_CLUB_DATA_DIR") from error
        return taken

    def set_address(self, address: str | None) -> None:
        """Say where this process serves, such as http://127.0.0.1:8000."""
        draft = self._card.with_suffix(".draft")
        draft.write_text(json.dumps({"pid": os.getpid(), "address": address}), encoding="utf-8")
        draft.replace(self._card)

    def release(self) -> None:
        """Let the next one in; again is harmless."""
        if self._lock.is_locked:
            self._card.unlink(missing_ok=True)
            self._lock.release()


def _busy(card: Path) -> StoreBusyError:
    try:
        owner = json.loads(card.read_text(encoding="utf-8"))
        return StoreBusyError(owner["address"], owner["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return StoreBusyError(None, None)

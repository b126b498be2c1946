"""Opening: the library that the settings name, in a state that can be trusted.

Owns the order of it: the store's lock, the store, the vectors' model, and what an interrupted writer left.
"""

from contextlib import ExitStack
from typing import TYPE_CHECKING

from journal_club.library.answers import KeptAnswers
from journal_club.library.catalog import Catalog
from journal_club.library.checks import refuse
from journal_club.library.ingest import sweep
from journal_club.library.library import Library
from journal_club.library.lock import StoreLock
from journal_club.library.store import Store
from journal_club.models.embedding import Embedder

if TYPE_CHECKING:
    from journal_club.settings import Settings

__all__ = ["open_library"]


def open_library(settings: "Settings", embedder: Embedder, *, address: str | None = None, rebuilding: bool = False) -> Library:
    """Open the library that the settings name.

    Args:
        settings: data folder and store.
        embedder: turns passages into vectors; the questions' vectors must come from the same one.
        address: of the service that this process runs, for other processes that find the store taken.
        rebuilding: accept vectors of another model, since `rebuild` is what comes next.

    Raises:
        EmbeddingMismatchError: the vectors are another model's.
        StoreBusyError: another process owns the embedded store.
        StoreError: the store cannot be opened.
    """
    with ExitStack() as undo:
        lock = None if settings.store.chroma_url else StoreLock.take(settings.data_dir, address=address)
        if lock is not None:
            undo.callback(lock.release)
        store = Store.open(settings)
        undo.callback(store.close)
        catalog = Catalog(store)
        if not rebuilding:
            refuse(store, catalog, embedder)
        sweep(store, catalog)
        KeptAnswers(store, catalog).sweep()
        undo.pop_all()
    return Library(store, catalog, embedder, settings=settings, lock=lock)

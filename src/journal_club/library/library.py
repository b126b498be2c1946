"""The library: where papers live.

Owns what the rest of the house may ask of the store: papers, their passages, and the search by vector. Key responses and the
personas' questions are in a paper's source text alone, which no search sees.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from journal_club.library.answers import KeptAnswers
from journal_club.library.catalog import Catalog
from journal_club.library.checks import problems
from journal_club.library.errors import (
    BadExportError,
    BadPaperIdError,
    IngestConflictError,
    PaperExistsError,
)
from journal_club.library.ingest import Ingest, sweep, text_hash
from journal_club.library.lock import StoreLock
from journal_club.library.passages import Passage
from journal_club.library.record import Exported, Head, Ingested, PaperRecord
from journal_club.library.shelf import ATTEMPTS, Shelf, record_in
from journal_club.library.store import CollectionGoneError, Store
from journal_club.models.embedding import Embedder
from journal_club.paper.model import Origin, Paper

if TYPE_CHECKING:
    from journal_club.settings import Settings

__all__ = ["Library"]

_PAPER_ID = re.compile(r"[a-z0-9-]{1,64}")
Result = TypeVar("Result")


class Library:
    """Papers in a store. Thread-safe; opened by `opening.open_library`.

    Attributes:
        answers: what readers asked to keep about the papers.
    """

    def __init__(self, store: Store, catalog: Catalog, embedder: Embedder, *, settings: "Settings", lock: StoreLock | None) -> None:
        self._store = store
        self._catalog = catalog
        self._embedder = embedder
        self._settings = settings
        self._lock = lock
        self._ingest = Ingest(store, catalog, embedder)
        self._writing: defaultdict[str, Lock] = defaultdict(Lock)
        self._guard = Lock()
        self._shelf = Shelf(store, catalog, embedding_model=embedder.name)
        self.answers = KeptAnswers(store, catalog)

    def close(self) -> None:
        """Let the store go, once."""
        self._store.close()
        if self._lock is not None:
            self._lock.release()

    def set_address(self, address: str | None) -> None:
        """Tell other processes that find the store taken where this one serves."""
        if self._lock is not None:
            self._lock.set_address(address)

    # Writing.

    def ingest(self, paper_id: str, text: str, *, replace: bool = False) -> Ingested:
        """Put a paper in, or another text in its place; the same text again changes nothing and embeds nothing.

        Args:
            paper_id: 1 to 64 of a-z, 0-9 and "-".
            text: the source text, kept exactly.
            replace: let it take the place of another text.

        Raises:
            BadPaperIdError: the id is none.
            BadPaperTextError: the text is no valid Unicode.
            PaperExistsError: another text stands under the id, and `replace` is false.
            IngestConflictError: other processes kept changing the paper.
            PaperError: the text cannot be read as a paper.
            ModelError: the embedder failed.
            StoreError: the store failed.
        """
        return self._put(paper_id, (text,), replace=replace)

    def seed_once(self, paper_id: str, text: str) -> Ingested | None:
        """Ingest a seed unless its id was ever there: what a user deleted or replaced is not brought back.

        Returns:
            None when nothing was done.

        Raises:
            LibraryError: as `ingest`, but that a paper which another process puts in meanwhile is no error.
        """
        if self._catalog.head(_valid(paper_id)) is not None:
            return None
        try:
            return self._put(paper_id, (text,), replace=False)
        except PaperExistsError:
            return None

    def import_(self, exported: Exported, *, replace: bool = False) -> Ingested:
        """Put a paper in that comes from another library, its earlier texts with it.

        Raises:
            BadExportError: the texts are not those that were exported.
            LibraryError: as `ingest`.
        """
        if not exported.texts or text_hash(exported.texts[-1]) != exported.document_hash:
            raise BadExportError(exported.id)
        return self._put(exported.id, exported.texts, replace=replace)

    def delete(self, paper_id: str) -> None:
        """Remove a paper: passages, record, all its texts and the answers kept about it. The id alone is remembered.

        Raises:
            UnknownPaperError: there is none.
            IngestConflictError: other processes kept changing it.
        """
        self._again(paper_id, lambda: self._delete_now(paper_id))

    def rebuild(self) -> tuple[PaperRecord, ...]:
        """Read and embed every paper again from its stored text, one after the other, each in one step.

        A rebuild that was killed is ended by another one.

        Raises:
            LibraryError: as `ingest`.
        """
        return tuple(self._again(record.id, partial(self._rebuild_now, record.id)) for record in self.records())

    # Reading.

    def records(self) -> tuple[PaperRecord, ...]:
        """All papers, the oldest first."""
        found = [head.record for head in self._catalog.heads() if head.record is not None]
        return tuple(sorted(found, key=lambda record: (record.created_at, record.id)))

    def record(self, paper_id: str) -> PaperRecord:
        """One paper.

        Raises:
            UnknownPaperError: there is none.
        """
        return record_in(self._shelf.head(_valid(paper_id)))

    def version(self, paper_id: str) -> int:
        """The paper's version as it is now, in whichever process it was changed.

        Raises:
            UnknownPaperError: there is none.
        """
        return self._shelf.head(_valid(paper_id)).revision

    def paper(self, paper_id: str, *, document_hash: str | None = None) -> Paper:
        """A paper, read from its stored text.

        Args:
            paper_id: its id.
            document_hash: of an earlier text; the current one when None.

        Raises:
            UnknownPaperError: no such paper, or it never had that text.
        """
        return self._shelf.follow(_valid(paper_id), lambda head: self._shelf.paper(head, document_hash))

    def passages(self, paper_id: str) -> tuple[Passage, ...]:
        """The passages of a paper in document order.

        Raises:
            UnknownPaperError: there is none.
        """
        return self._shelf.follow(_valid(paper_id), self._shelf.passages)

    def vectors(self, paper_id: str) -> dict[str, NDArray[np.float32]]:
        """The vectors of a paper's passages, each (dimension,) and of length 1, by passage id.

        Raises:
            EmbeddingMismatchError: another process embedded the paper with another model.
            UnknownPaperError: there is no such paper.
        """
        return self._shelf.follow(_valid(paper_id), self._shelf.vectors)

    def search(
        self,
        vector: NDArray[np.float32],
        *,
        paper_id: str,
        limit: int,
        sections: Collection[str] | None = None,
        origins: Collection[Origin] | None = None,
    ) -> tuple[tuple[str, float], ...]:
        """The passages nearest to a vector.

        Args:
            vector: of length 1, (dimension,).
            paper_id: the paper that is searched.
            limit: how many at most, 1 or more; fewer come back only when there are no more.
            sections: only passages of these sections; of all when None.
            origins: only passages of these origins; of all when None.

        Returns:
            Passage ids with their cosine, best first.

        Raises:
            EmbeddingMismatchError: another process embedded the paper with another model.
            UnknownPaperError: there is no such paper.
        """
        if any(asked is not None and not asked for asked in (sections, origins)):
            return ()
        where = _where(sections, origins)
        return self._shelf.follow(_valid(paper_id), lambda head: self._shelf.nearest(head, vector, limit=limit, where=where))

    def collection_name(self, paper_id: str) -> str:
        """The Chroma collection of the paper's current version, for readers of their own such as llama-index's.

        Raises:
            UnknownPaperError: there is no such paper.
        """
        return self._shelf.head(_valid(paper_id)).collection

    def export(self, paper_id: str) -> Exported:
        """A paper with all its texts, to be put into another library.

        Raises:
            UnknownPaperError: there is no such paper.
        """
        return self._shelf.follow(_valid(paper_id), self._shelf.exported)

    def check(self) -> tuple[str, ...]:
        """Everything that is wrong with the store, one line each, with what mends it; empty when nothing is."""
        return tuple(problems(self._store, self._catalog, self._embedder, data_dir=self._settings.data_dir))

    # One step of each, on the head that is current.

    def _put(self, paper_id: str, texts: Sequence[str], *, replace: bool) -> Ingested:
        document_hash = text_hash(texts[-1])
        return self._again(_valid(paper_id), lambda: self._put_now(paper_id, texts, document_hash, replace=replace))

    def _put_now(self, paper_id: str, texts: Sequence[str], document_hash: str, *, replace: bool) -> Ingested:
        before = self._catalog.head(paper_id)
        record = before.record if before else None
        if record is not None and record.document_hash == document_hash:
            return Ingested(status="unchanged", changed=(), record=record)
        if record is not None and not replace:
            raise PaperExistsError(paper_id, record.document_hash)
        sweep(self._store, self._catalog, paper_id=paper_id)
        written = self._ingest.write(paper_id, texts[-1], before=before, earlier=texts[:-1])
        return Ingested(status="replaced" if record else "created", changed=written.changed, record=record_in(written.head))

    def _delete_now(self, paper_id: str) -> None:
        before = self._shelf.head(_valid(paper_id))
        trace = Head(paper_id=paper_id, revision=before.revision + 1)
        if not self._catalog.flip(trace):
            raise IngestConflictError(paper_id)
        self._ingest.tidy(before, trace)
        self._shelf.forget(before)
        self.answers.delete_of(paper_id)

    def _rebuild_now(self, paper_id: str) -> PaperRecord:
        before = self._shelf.head(_valid(paper_id))
        sweep(self._store, self._catalog, paper_id=paper_id)
        text = self._store.blob(before.texts[-1].source)
        return record_in(self._ingest.write(paper_id, text, before=before, afresh=True).head)

    def _again(self, paper_id: str, write: Callable[[], Result]) -> Result:
        """One writer at a time in this process; when another process was first, look again at what stands now."""
        with self._guard:
            turn = self._writing[paper_id]
        with turn:
            for _ in range(ATTEMPTS - 1):
                try:
                    return write()
                except (IngestConflictError, CollectionGoneError):
                    continue
            return write()


def _valid(paper_id: str) -> str:
    if not _PAPER_ID.fullmatch(paper_id):
        raise BadPaperIdError(paper_id)
    return paper_id


def _where(sections: Collection[str] | None, origins: Collection[Origin] | None) -> dict[str, Any] | None:
    asked = [("section", sections), ("origin", origins)]
    clauses = [{field: {"$in": [str(value) for value in values]}} for field, values in asked if values is not None]
    if len(clauses) > 1:
        return {"$and": clauses}
    return clauses[0] if clauses else None

"""The library: where papers live.

Owns what the rest of the house may ask of the store: papers, their passages, and the search by vector. Key responses and the
personas' questions are in a paper's source text alone, which no search sees.
"""

import re
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from journal_club.library.catalog import Catalog
from journal_club.library.checks import problems, refuse
from journal_club.library.errors import (
    BadExportError,
    BadPaperIdError,
    EmbeddingMismatchError,
    IngestConflictError,
    PaperExistsError,
    UnknownPaperError,
)
from journal_club.library.ingest import Ingest, sweep, text_hash
from journal_club.library.lock import StoreLock
from journal_club.library.manifest import unpacked
from journal_club.library.passages import Passage
from journal_club.library.record import Exported, Head, Ingested, PaperRecord
from journal_club.library.store import CollectionGoneError, Store
from journal_club.models.embedding import Embedder
from journal_club.paper.model import Origin, Paper
from journal_club.paper.reading import read_paper

if TYPE_CHECKING:
    from journal_club.settings import Settings

__all__ = ["Library", "open_library"]

ATTEMPTS = 3
"""How often something is tried again that another process got in the way of."""

PAPERS_KEPT = 16
"""Papers whose text and passages are kept in memory."""

_PAPER_ID = re.compile(r"[a-z0-9-]{1,64}")
Result = TypeVar("Result")


class Library:
    """Papers in a store. Thread-safe; opened by `open_library`."""

    def __init__(self, store: Store, catalog: Catalog, embedder: Embedder, *, settings: "Settings", lock: StoreLock | None) -> None:
        self._store = store
        self._catalog = catalog
        self._embedder = embedder
        self._settings = settings
        self._lock = lock
        self._ingest = Ingest(store, catalog, embedder)
        self._writing: defaultdict[str, Lock] = defaultdict(Lock)
        self._guard = Lock()
        self._kept: OrderedDict[str, tuple[Head, tuple[Passage, ...]]] = OrderedDict()
        self._papers: OrderedDict[str, Paper] = OrderedDict()

    def close(self) -> None:
        """Let the store go; again is harmless."""
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
        """Remove a paper: passages, record and all its texts. The id alone is remembered.

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
        return tuple(self._again(record.id, lambda record=record: self._rebuild_now(record.id)) for record in self.records())  # type: ignore[misc]

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
        return _record(self._head(paper_id))

    def version(self, paper_id: str) -> int:
        """The paper's version as it is now, in whichever process it was changed.

        Raises:
            UnknownPaperError: there is none.
        """
        return self._head(paper_id).revision

    def paper(self, paper_id: str, *, document_hash: str | None = None) -> Paper:
        """A paper, read from its stored text.

        Args:
            paper_id: its id.
            document_hash: of an earlier text; the current one when None.

        Raises:
            UnknownPaperError: no such paper, or it never had that text.
        """
        return self._follow(paper_id, lambda head: self._read(head, document_hash))

    def passages(self, paper_id: str) -> tuple[Passage, ...]:
        """The passages of a paper in document order.

        Raises:
            UnknownPaperError: there is none.
        """
        return self._follow(paper_id, self._passages)

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
            limit: how many at most; fewer come back only when there are no more.
            sections: only passages of these sections.
            origins: only passages of these origins.

        Returns:
            Passage ids with their cosine, best first.

        Raises:
            EmbeddingMismatchError: another process embedded the paper with another model.
            UnknownPaperError: there is no such paper.
        """
        if (sections is not None and not sections) or (origins is not None and not origins):
            return ()
        where = _where(sections, origins)
        found = self._follow(paper_id, lambda head: self._nearest(head, vector, limit, where))
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))

    def collection_name(self, paper_id: str) -> str:
        """The Chroma collection of the paper's current version, for readers of their own such as llama-index's.

        Raises:
            UnknownPaperError: there is no such paper.
        """
        return self._head(paper_id).collection

    def export(self, paper_id: str) -> Exported:
        """A paper with all its texts, to be put into another library.

        Raises:
            UnknownPaperError: there is no such paper.
        """
        return self._follow(paper_id, self._export)

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
        return Ingested(status="replaced" if record else "created", changed=written.changed, record=_record(written.head))

    def _delete_now(self, paper_id: str) -> None:
        before = self._head(paper_id)
        trace = Head(paper_id=paper_id, revision=before.revision + 1)
        if not self._catalog.flip(trace):
            raise IngestConflictError(paper_id)
        self._ingest.tidy(before, trace)
        with self._guard:
            self._kept.pop(paper_id, None)
            for text in before.texts:
                self._papers.pop(text.source, None)

    def _rebuild_now(self, paper_id: str) -> PaperRecord:
        before = self._head(paper_id)
        sweep(self._store, self._catalog, paper_id=paper_id)
        text = self._store.blob(before.texts[-1].source)
        return _record(self._ingest.write(paper_id, text, before=before, afresh=True).head)

    def _read(self, head: Head, document_hash: str | None) -> Paper:
        sources = {text.document_hash: text.source for text in head.texts}
        source = head.texts[-1].source if document_hash is None else sources.get(document_hash)
        if source is None:
            raise UnknownPaperError(head.paper_id, document_hash)
        return self._remember(self._papers, source, lambda: read_paper(self._store.blob(source)))

    def _passages(self, head: Head) -> tuple[Passage, ...]:
        kept = self._kept.get(head.paper_id)
        if kept is not None and kept[0] == head:
            return kept[1]
        source = self._store.blob(head.texts[-1].source)
        passages = unpacked(self._store.blob(head.manifest), paper_id=head.paper_id, source_text=source)
        with self._guard:
            self._kept[head.paper_id] = (head, passages)
            self._kept.move_to_end(head.paper_id)
            if len(self._kept) > PAPERS_KEPT:
                self._kept.popitem(last=False)
        return passages

    def _nearest(self, head: Head, vector: NDArray[np.float32], limit: int, where: dict[str, Any] | None) -> list[tuple[str, float]]:
        if _record(head).embedding_model != self._embedder.name:
            raise EmbeddingMismatchError(head.paper_id, stored=_record(head).embedding_model, given=self._embedder.name)
        return self._store.nearest(head.collection, vector, limit=limit, where=where) if _record(head).passages else []

    def _export(self, head: Head) -> Exported:
        return Exported(
            id=head.paper_id,
            document_hash=head.texts[-1].document_hash,
            created_at=_record(head).created_at,
            texts=tuple(self._store.blob(text.source) for text in head.texts),
        )

    def _head(self, paper_id: str) -> Head:
        head = self._catalog.head(_valid(paper_id))
        if head is None or head.record is None:
            raise UnknownPaperError(paper_id)
        return head

    def _follow(self, paper_id: str, read: Callable[[Head], Result]) -> Result:
        """Read what a head names; when that is gone a newer head stands, and is read instead."""
        head = self._head(paper_id)
        for _ in range(ATTEMPTS - 1):
            try:
                return read(head)
            except CollectionGoneError:
                head = self._head(paper_id)
        return read(head)

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

    def _remember(self, kept: OrderedDict[str, Paper], source: str, read: Callable[[], Paper]) -> Paper:
        paper = kept.get(source)
        if paper is None:
            paper = read()
            with self._guard:
                kept[source] = paper
                if len(kept) > PAPERS_KEPT:
                    kept.popitem(last=False)
        return paper


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
        undo.pop_all()
    return Library(store, catalog, embedder, settings=settings, lock=lock)


def _valid(paper_id: str) -> str:
    if not _PAPER_ID.fullmatch(paper_id):
        raise BadPaperIdError(paper_id)
    return paper_id


def _record(head: Head) -> PaperRecord:
    if head.record is None:
        raise UnknownPaperError(head.paper_id)
    return head.record


def _where(sections: Collection[str] | None, origins: Collection[Origin] | None) -> dict[str, Any] | None:
    asked = [("section", sections), ("origin", origins)]
    clauses = [{field: {"$in": [str(value) for value in values]}} for field, values in asked if values is not None]
    if len(clauses) > 1:
        return {"$and": clauses}
    return clauses[0] if clauses else None

"""The shelf: reading what the catalog's heads name.

Owns the reading side of the library, and the memory of what was read last. What is kept is kept by the name of the version that
it came from, so that a change in another process is seen at the next call.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from journal_club.library.catalog import Catalog
from journal_club.library.errors import EmbeddingMismatchError, UnknownPaperError
from journal_club.library.manifest import unpacked
from journal_club.library.passages import Passage
from journal_club.library.record import Exported, Head, PaperRecord
from journal_club.library.store import CollectionGoneError, Store
from journal_club.paper.model import Paper
from journal_club.paper.reading import read_paper

__all__ = ["ATTEMPTS", "Shelf", "record_in"]

ATTEMPTS = 3
"""How often something is tried that another process got in the way of."""

KEPT = 16
"""Papers, and texts of papers, that are kept in memory."""

Result = TypeVar("Result")
Kept = TypeVar("Kept")


class Shelf:
    """Papers, passages and searches of the current versions. Thread-safe."""

    def __init__(self, store: Store, catalog: Catalog, *, embedding_model: str) -> None:
        self._store = store
        self._catalog = catalog
        self._embedding_model = embedding_model
        self._guard = Lock()
        self._papers: OrderedDict[str, Paper] = OrderedDict()
        self._passages: OrderedDict[str, tuple[Passage, ...]] = OrderedDict()

    def head(self, paper_id: str) -> Head:
        """The head of a paper that is there.

        Raises:
            UnknownPaperError: there is none.
        """
        head = self._catalog.head(paper_id)
        if head is None or head.record is None:
            raise UnknownPaperError(paper_id)
        return head

    def follow(self, paper_id: str, read: Callable[[Head], Result]) -> Result:
        """Read what a head names; when that is gone a newer head stands, and is read instead.

        Raises:
            UnknownPaperError: there is no such paper.
        """
        for _ in range(ATTEMPTS - 1):
            try:
                return read(self.head(paper_id))
            except CollectionGoneError:
                continue
        return read(self.head(paper_id))

    def paper(self, head: Head, document_hash: str | None) -> Paper:
        """The paper, read from the text with a hash, or from the current one.

        Raises:
            UnknownPaperError: it never had that text.
        """
        sources = {text.document_hash: text.source for text in head.texts}
        source = head.texts[-1].source if document_hash is None else sources.get(document_hash)
        if source is None:
            raise UnknownPaperError(head.paper_id, document_hash)
        return self._kept(self._papers, source, lambda: read_paper(self._store.blob(source)))

    def passages(self, head: Head) -> tuple[Passage, ...]:
        """The passages in document order, as they were cut when the version was written."""
        return self._kept(self._passages, head.manifest, lambda: self._unpacked(head))

    def nearest(
        self, head: Head, vector: NDArray[np.float32], *, limit: int, where: dict[str, Any] | None
    ) -> tuple[tuple[str, float], ...]:
        """The passages nearest to a vector, with their cosine, best first.

        Raises:
            EmbeddingMismatchError: the passages have another model's vectors.
        """
        record = self._embedded(head)
        if not record.passages:
            return ()
        found = self._store.nearest(head.collection, vector, limit=min(limit, record.passages), where=where)
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))

    def vectors(self, head: Head) -> dict[str, NDArray[np.float32]]:
        """The passages' vectors, by passage id.

        Raises:
            EmbeddingMismatchError: the passages have another model's vectors.
        """
        self._embedded(head)
        return self._store.vectors(head.collection, [passage.id for passage in self.passages(head)])

    def exported(self, head: Head) -> Exported:
        """The paper with all its texts."""
        return Exported(
            id=head.paper_id,
            document_hash=head.texts[-1].document_hash,
            created_at=record_in(head).created_at,
            texts=tuple(self._store.blob(text.source) for text in head.texts),
        )

    def forget(self, head: Head) -> None:
        """Drop from memory what a deleted paper left there."""
        with self._guard:
            self._passages.pop(head.manifest, None)
            for text in head.texts:
                self._papers.pop(text.source, None)

    def _embedded(self, head: Head) -> PaperRecord:
        """The record of a head whose vectors are of our model."""
        record = record_in(head)
        if record.embedding_model != self._embedding_model:
            raise EmbeddingMismatchError(head.paper_id, stored=record.embedding_model, given=self._embedding_model)
        return record

    def _unpacked(self, head: Head) -> tuple[Passage, ...]:
        source = self._store.blob(head.texts[-1].source)
        return unpacked(self._store.blob(head.manifest), paper_id=head.paper_id, source_text=source)

    def _kept(self, kept: OrderedDict[str, Kept], name: str, read: Callable[[], Kept]) -> Kept:
        with self._guard:
            if name in kept:
                kept.move_to_end(name)
                return kept[name]
        found = read()
        with self._guard:
            kept[name] = found
            if len(kept) > KEPT:
                kept.popitem(last=False)
        return found


def record_in(head: Head) -> PaperRecord:
    """The record of a head.

    Raises:
        UnknownPaperError: the head is the trace of a deleted paper.
    """
    if head.record is None:
        raise UnknownPaperError(head.paper_id)
    return head.record

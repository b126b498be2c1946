"""Ingest: a source text becomes a new version of a paper, in one step.

Owns the order of writing, by which a process may be killed at any moment and leaves the old paper or the new one:

1. the source text, the manifest and the vectors go under names of this attempt, which nobody looks for;
2. one row in the catalog names them: from there on they are the paper;
3. what the version before had and this one has not is removed.

What a killed attempt left is swept when the store is opened, and at the next ingest. Vectors are taken over from the version
before wherever the embedded text is the same; the rest is embedded, longest first, so that a batch holds texts of one length.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from journal_club.library.attempt import Attempt
from journal_club.library.catalog import Catalog
from journal_club.library.errors import BadPaperTextError, IngestConflictError, StoreError
from journal_club.library.manifest import packed, unpacked
from journal_club.library.node import row_of
from journal_club.library.passages import Passage, passages_of
from journal_club.library.record import Head, StoredText, record_of
from journal_club.library.store import Store
from journal_club.models.embedding import Embedder
from journal_club.paper.model import Paper
from journal_club.paper.reading import read_paper

__all__ = ["SCHEMA_VERSION", "Ingest", "Written", "sweep", "text_hash"]

Vector = NDArray[np.float32]

SCHEMA_VERSION = 1
"""Of what a head names: the rules by which passages are cut, and the forms in which they are stored."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A version that was made current.

    Attributes:
        changed: ids of the passages that the version before did not have, or had in another context.
    """

    head: Head
    changed: tuple[str, ...]


class Ingest:
    """Writes versions of papers into one store."""

    def __init__(self, store: Store, catalog: Catalog, embedder: Embedder) -> None:
        self._store = store
        self._catalog = catalog
        self._embedder = embedder

    def write(self, paper_id: str, text: str, *, before: Head | None, earlier: Sequence[str] = (), afresh: bool = False) -> Written:
        """Make a text the current version of a paper.

        Args:
            paper_id: a valid id.
            text: the source text.
            before: the paper's newest head, which this version follows.
            earlier: texts that go before it in the paper's history, for a paper that comes from another library.
            afresh: embed everything, whatever vectors there are.

        Raises:
            IngestConflictError: another process was first; nothing has changed.
            PaperError: the text is no paper.
            StoreError: the store failed; nothing has changed.
            ModelError: the embedder failed; nothing has changed.
        """
        paper = read_paper(text)
        attempt = Attempt.begin(paper_id)
        with ExitStack() as undo:
            undo.callback(self._clear, attempt)
            written = self._prepare(_Plan(paper=paper, attempt=attempt, before=before, earlier=tuple(earlier), afresh=afresh))
            undo.pop_all()
        self._flip(attempt, written.head)
        self.tidy(before, written.head)
        return written

    def tidy(self, before: Head | None, now: Head) -> None:
        """Remove what only the version before needed; what cannot be removed now is swept later."""
        if before is not None:
            with suppress(StoreError):
                self._store.drop_blobs(sorted(before.blobs - now.blobs))
                if before.collection:
                    self._store.drop_vectors(before.collection)

    def _flip(self, attempt: Attempt, head: Head) -> None:
        """An error in here leaves open whether the head stands, so nothing is cleared then: a sweep finds out."""
        if not self._catalog.flip(head):
            self._clear(attempt)
            raise IngestConflictError(attempt.paper_id)

    def _clear(self, attempt: Attempt) -> None:
        with suppress(StoreError):
            self._store.drop_vectors(attempt.collection)
            self._store.drop_blobs([name for name in self._store.blob_names() if Attempt.of(name) == attempt])

    def _prepare(self, plan: "_Plan") -> Written:
        passages = passages_of(plan.paper, plan.attempt.paper_id)
        old = self._passages(plan.before)
        texts = self._write_texts(plan)
        self._store.put_blob(plan.attempt.manifest, packed(passages))
        self._write_vectors(plan.attempt, passages, {} if plan.afresh else self._known(plan.before, old, passages))
        had = {passage.id: passage.embedded_text for passage in old}
        return Written(
            head=self._head(plan, texts, passages=len(passages)),
            changed=tuple(passage.id for passage in passages if had.get(passage.id) != passage.embedded_text),
        )

    def _passages(self, head: Head | None) -> tuple[Passage, ...]:
        if head is None or head.record is None:
            return ()
        source = self._store.blob(head.texts[-1].source)
        return unpacked(self._store.blob(head.manifest), paper_id=head.paper_id, source_text=source)

    def _write_texts(self, plan: "_Plan") -> tuple[StoredText, ...]:
        """Store the texts that the history has not; the current one becomes its last."""
        history = {text.document_hash: text for text in (plan.before.texts if plan.before else ())}
        for number, text in enumerate(plan.earlier):
            self._store_text(history, text, plan.attempt.earlier_source(number))
        self._store_text(history, plan.paper.source_text, plan.attempt.source)
        current = history.pop(plan.paper.document_hash)
        return (*history.values(), current)

    def _store_text(self, history: dict[str, StoredText], text: str, name: str) -> None:
        document_hash = text_hash(text)
        if document_hash not in history:
            self._store.put_blob(name, text)
            history[document_hash] = StoredText(document_hash=document_hash, source=name)

    def _known(self, before: Head | None, old: Sequence[Passage], new: Sequence[Passage]) -> dict[str, Vector]:
        """Vectors by embedded text, of what the version before has already."""
        if before is None or before.record is None or before.record.embedding_model != self._embedder.name:
            return {}
        wanted = {passage.embedded_text for passage in new}
        texts = {passage.id: passage.embedded_text for passage in old if passage.embedded_text in wanted}
        vectors = self._store.vectors(before.collection, list(texts))
        return {texts[passage_id]: vector for passage_id, vector in vectors.items()}

    def _write_vectors(self, attempt: Attempt, passages: Sequence[Passage], known: Mapping[str, Vector]) -> None:
        self._store.create_vectors(
            attempt.collection,
            {
                "paper_id": attempt.paper_id,
                "embedding_model": self._embedder.name,
                "dimension": self._embedder.dimension,
                "schema_version": SCHEMA_VERSION,
                "chromadb_version": self._store.chromadb_version,
            },
        )
        if passages:
            rows = [row_of(passage) for passage in passages]
            self._store.write_vectors(attempt.collection, rows, self._vectors(passages, known))
        if self._store.count(attempt.collection) != len(passages):
            raise StoreError(f"another process removed what was written for paper {attempt.paper_id!r}; ingest it again")

    def _vectors(self, passages: Sequence[Passage], known: Mapping[str, Vector]) -> NDArray[np.float32]:
        """The vectors (passages, dimension); each text that is not known is embedded once, sorted by length."""
        missing = sorted({passage.embedded_text for passage in passages} - known.keys(), key=lambda text: (-len(text), text))
        fresh = dict(zip(missing, self._embedder.embed_passages(missing), strict=True)) if missing else {}
        return np.stack([known[text] if text in known else fresh[text] for text in (passage.embedded_text for passage in passages)])

    def _head(self, plan: "_Plan", texts: tuple[StoredText, ...], *, passages: int) -> Head:
        before, attempt = plan.before, plan.attempt
        revision = before.revision + 1 if before else 1
        return Head(
            paper_id=attempt.paper_id,
            revision=revision,
            record=record_of(
                plan.paper,
                paper_id=attempt.paper_id,
                passages=passages,
                version=revision,
                created_at=before.record.created_at if before and before.record else attempt.begun_at,
                embedding_model=self._embedder.name,
            ),
            dimension=self._embedder.dimension,
            schema_version=SCHEMA_VERSION,
            collection=attempt.collection,
            manifest=attempt.manifest,
            texts=texts,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    """What is to be written."""

    paper: Paper
    attempt: Attempt
    before: Head | None
    earlier: tuple[str, ...]
    afresh: bool


def text_hash(text: str) -> str:
    """The sha256 of a text's UTF-8 bytes: a paper's document hash.

    Raises:
        BadPaperTextError: the text holds half of a surrogate pair.
    """
    try:
        return sha256(text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError as error:
        raise BadPaperTextError(error.start) from error


def sweep(store: Store, catalog: Catalog, *, paper_id: str | None = None) -> None:
    """Remove what killed attempts left behind.

    Nobody else is at work in an embedded store when it is opened, nor on a paper whose lock this process holds. What
    another process of a server may be writing is left alone.

    Args:
        store: the store.
        catalog: its catalog.
        paper_id: the paper whose lock the caller holds; all papers when None.
    """
    blobs = store.blob_names()
    collections = tuple(store.collections())
    # The heads are read after the names: what became a paper in between is a paper.
    needed = {name for head in catalog.heads() for name in (*head.blobs, head.collection)}
    left = {name for name in (*blobs, *collections) if name not in needed and _given_up(name, store, paper_id)}
    store.drop_blobs(sorted(left.intersection(blobs)))
    for name in sorted(left.intersection(collections)):
        store.drop_vectors(name)


def _given_up(name: str, store: Store, paper_id: str | None) -> bool:
    attempt = Attempt.of(name)
    if attempt is None or paper_id not in {None, attempt.paper_id}:
        return False
    return attempt.given_up or store.embedded or (paper_id is not None and attempt.is_own)

"""Checks of a store: at once when it is opened, and thoroughly before the service says that it is ready.

Owns what must hold between heads, collections and the embedder; each problem is one line that names what mends it.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from journal_club.library.catalog import Catalog
from journal_club.library.errors import EmbeddingMismatchError, StoreError, StoreVersionError
from journal_club.library.ingest import SCHEMA_VERSION, text_hash
from journal_club.library.manifest import unpacked
from journal_club.library.record import Head
from journal_club.library.store import Store
from journal_club.models.embedding import Embedder
from journal_club.paper.model import ANSWERING_ORIGINS

__all__ = ["problems", "refuse"]

REBUILD = "`journal-club rebuild` embeds it again from its stored text"
SAME = 0.999
"""Cosine of a vector with itself, as far as single precision goes."""


def refuse(store: Store, catalog: Catalog, embedder: Embedder) -> None:
    """Refuse a store that this process would misread.

    Raises:
        EmbeddingMismatchError: another embedding model wrote the vectors.
        StoreVersionError: another version of the project, or a newer chromadb, wrote it.
    """
    written = store.collections()
    for head in catalog.heads():
        if head.record is not None:
            fields = {"embedding_model": head.record.embedding_model, "dimension": head.dimension, **written.get(head.collection, {})}
            _refuse_model(head, f"{fields['embedding_model']} ({fields['dimension']} dimensions)", embedder)
            _refuse_version(head, str(fields.get("chromadb_version", "0")), store.chromadb_version)


def _refuse_model(head: Head, stored: str, embedder: Embedder) -> None:
    given = f"{embedder.name} ({embedder.dimension} dimensions)"
    if stored != given:
        raise EmbeddingMismatchError(head.paper_id, stored=stored, given=given)


def _refuse_version(head: Head, chromadb_version: str, installed: str) -> None:
    if head.schema_version > SCHEMA_VERSION:
        raise StoreVersionError(f"a newer journal-club wrote paper {head.paper_id!r}: upgrade this one")
    if head.schema_version < SCHEMA_VERSION:
        raise StoreVersionError(f"an older journal-club wrote paper {head.paper_id!r}: {REBUILD}")
    if _numbers(chromadb_version) > _numbers(installed):
        raise StoreVersionError(f"chromadb {chromadb_version} wrote paper {head.paper_id!r}, {installed} is installed: upgrade chromadb")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:3] if part.isdigit())


def problems(store: Store, catalog: Catalog, embedder: Embedder, *, data_dir: Path) -> Iterator[str]:
    """Everything that is wrong with a store, one line each.

    Args:
        store: the store.
        catalog: its catalog.
        embedder: whose vectors it should hold.
        data_dir: the data folder; its being writable matters to an embedded store only.
    """
    if store.embedded and not os.access(data_dir, os.W_OK):
        yield f"{data_dir} cannot be written: mend its permissions or set JOURNAL_CLUB_DATA_DIR"
    try:
        refuse(store, catalog, embedder)
        written = store.collections()
    except (EmbeddingMismatchError, StoreError) as error:
        yield f"{error}"
        return
    for head in catalog.heads():
        if head.record is not None:
            yield from _paper_problems(store, head, str(written.get(head.collection, {}).get("space", "")))


def _paper_problems(store: Store, head: Head, space: str) -> Iterator[str]:
    try:
        yield from (f"paper {head.paper_id!r}: {problem}" for problem in _passage_problems(store, head, space))
    except StoreError as error:
        yield f"paper {head.paper_id!r}: {error}; {REBUILD}"


def _passage_problems(store: Store, head: Head, space: str) -> Iterator[str]:
    source = store.blob(head.texts[-1].source)
    if text_hash(source) != head.texts[-1].document_hash:
        yield "its stored text is not the one that its hash names; ingest it again with `journal-club ingest --replace`"
        return
    passages = unpacked(store.blob(head.manifest), paper_id=head.paper_id, source_text=source)
    count = store.count(head.collection)
    if count != len(passages):
        yield f"{count} of {len(passages)} passages are in the store; {REBUILD}"
    if space != "cosine":
        yield f"its vectors are compared by {space or 'nothing'}, not by cosine; {REBUILD}"
    answering = [origin.value for origin in ANSWERING_ORIGINS]
    if store.count(head.collection, where={"origin": {"$nin": answering}}):
        yield f"questions or key responses are among its passages; {REBUILD}"
    if passages and not _finds(store, head, passages[0].id):
        yield f"a search with the vector of its first passage does not find that passage; {REBUILD}"


def _finds(store: Store, head: Head, passage_id: str) -> bool:
    vector = store.vectors(head.collection, [passage_id]).get(passage_id)
    if vector is None:
        return False
    # A text that stands twice has the same vector twice: its cosine is what must be found.
    return any(cosine > SAME for _, cosine in store.nearest(head.collection, vector, limit=1))

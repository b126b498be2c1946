"""The store: the only door to Chroma.

Owns the client, the collections and the translation of Chroma's errors; knows rows, blobs and vectors, not papers. Embedded in
a folder by default, a Chroma server by one setting.

Each paper has a collection of its own. One shared collection with a `where` on the paper was measured on chromadb 1.5.9
with 10,000 foreign passages in it: 26 ms for a paper of 30 passages and 132 ms for the 10,000, since the filter is answered by
SQL first, against 1.3 ms and 4 ms for collections of their own. A paper of 50,000 passages of its own is searched in 2 to 6 ms, and
in 48 ms with a filter by section, which finds all that there are; so nothing is searched outside of Chroma.
"""

import base64
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from journal_club.library.chroma import CollectionGoneError, close_client, embedded_client, server_client, translated
from journal_club.library.errors import StoreWriteError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

    from journal_club.settings import Settings

__all__ = ["CollectionGoneError", "Store", "VectorRow"]

Fields = Mapping[str, str | int | float | bool]
Where = dict[str, Any]

HEADS = "journal-club.heads"
BLOBS = "journal-club.blobs"
NOTES = "journal-club.answers"
OWN = frozenset({HEADS, BLOBS, NOTES})
"""The collections that hold no passages."""
PACKED = "zlib"
LARGEST_BATCH = 5_000
"""Rows in one call; Chroma's own limit is 5,461."""

# ef_search is how many candidates a search keeps: Chroma's 100 is too few where 50 are asked for.
COSINE: "CreateCollectionConfiguration" = {"hnsw": {"space": "cosine", "ef_search": 256}}
NO_VECTOR = np.ones((1, 1), dtype=np.float32)
"""Chroma wants a vector for every row; rows that are never searched by vector share this one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class VectorRow:
    """A row of a passages collection, its vector aside."""

    id: str
    document: str
    fields: Fields


class Store:
    """Heads, blobs and vectors in Chroma. Thread-safe; every method raises `StoreError` and its kinds."""

    def __init__(self, client: "Client", *, embedded: bool) -> None:
        self.embedded = embedded
        self._client = client
        self._stuck = False
        self._handles: dict[str, Collection] = {}
        self.chromadb_version = client.get_version()
        with translated():
            self._heads, self._blobs, self._notes = (
                client.get_or_create_collection(name, embedding_function=None, configuration=COSINE) for name in (HEADS, BLOBS, NOTES)
            )

    @classmethod
    def open(cls, settings: "Settings") -> Self:
        """Open the embedded store in the data folder, or the server that the settings name.

        Raises:
            RemoteStoreError: the server is not on loopback, and that was not allowed.
            StoreDamagedError: the store's files cannot be read.
            StoreUnreachableError: the server does not answer.
        """
        url = settings.store.chroma_url
        if url is None:
            return cls(embedded_client(settings.data_dir / "store"), embedded=True)
        return cls(server_client(url, allow_remote=settings.store.allow_remote), embedded=False)

    def close(self) -> None:
        """Let the files go; the store is of no use afterwards."""
        self._handles.clear()
        close_client(self._client)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One write.

        Once the disk was full, chromadb 1.5.9 keeps a transaction open, and every later write of this process would wait for
        ever: it is refused instead. Reading goes on.
        """
        if self._stuck:
            raise StoreWriteError("the store could not be written before: free space on the disk and start journal-club again")
        try:
            with translated():
                yield
        except StoreWriteError:
            self._stuck = self.embedded
            raise

    # Heads: rows that are added once and never overwritten.

    def add_head(self, name: str, fields: Fields) -> None:
        """Add a row; one that stands under the name stays as it is."""
        with self._writing():
            self._heads.add(ids=[name], embeddings=NO_VECTOR, metadatas=[dict(fields)])

    def heads(self, where: Where | None = None) -> dict[str, Fields]:
        """Rows by name."""
        with translated():
            found = self._heads.get(where=where, include=["metadatas"])
        return {name: _fields(stored) for name, stored in zip(found["ids"], found["metadatas"] or (), strict=True)}

    def drop_heads(self, names: Sequence[str]) -> None:
        """Remove rows."""
        if names:
            with self._writing():
                self._heads.delete(ids=list(names))

    # Blobs: texts that come back exactly, whatever characters they hold, and that no search of Chroma's sees into.

    def put_blob(self, name: str, text: str) -> None:
        """Store a text under a name that is new."""
        with self._writing():
            self._blobs.add(ids=[name], embeddings=NO_VECTOR, metadatas=[{PACKED: _packed(text)}])

    def blob(self, name: str) -> str:
        """The text under a name.

        Raises:
            CollectionGoneError: there is none.
        """
        with translated():
            found = self._blobs.get(ids=[name], include=["metadatas"])
        if not found["metadatas"]:
            raise CollectionGoneError(name)
        return _unpacked(found["metadatas"][0])

    def blob_names(self) -> tuple[str, ...]:
        """The names of all blobs."""
        with translated():
            return tuple(self._blobs.get(include=[])["ids"])

    def drop_blobs(self, names: Sequence[str]) -> None:
        """Remove blobs; a name that is not there is no error."""
        if names:
            with self._writing():
                self._blobs.delete(ids=list(names))

    # Notes: texts with fields, that come back as exactly.

    def put_note(self, name: str, text: str, fields: Fields) -> None:
        """Store a text with its fields; one that stands under the name stays as it is."""
        with self._writing():
            self._notes.add(ids=[name], embeddings=NO_VECTOR, metadatas=[{**fields, PACKED: _packed(text)}])

    def note(self, name: str) -> tuple[str, Fields] | None:
        """The text under a name, with its fields; None for none."""
        with translated():
            found = self._notes.get(ids=[name], include=["metadatas"])
        stored = found["metadatas"] or []
        return (_unpacked(stored[0]), _fields(stored[0])) if stored else None

    def note_fields(self, where: Where | None = None) -> dict[str, Fields]:
        """The fields of the notes, by name."""
        with translated():
            found = self._notes.get(where=where, include=["metadatas"])
        return {name: _fields(stored) for name, stored in zip(found["ids"], found["metadatas"] or (), strict=True)}

    def drop_notes(self, names: Sequence[str]) -> None:
        """Remove notes; a name that is not there is no error."""
        for start in range(0, len(names), LARGEST_BATCH):
            with self._writing():
                self._notes.delete(ids=list(names[start : start + LARGEST_BATCH]))

    # Vectors.

    def create_vectors(self, name: str, fields: Fields) -> None:
        """Make an empty collection in cosine space."""
        with self._writing():
            made = self._client.create_collection(name, embedding_function=None, metadata=dict(fields), configuration=COSINE)
        self._handles[name] = made

    def write_vectors(self, name: str, rows: Sequence[VectorRow], vectors: NDArray[np.float32]) -> None:
        """Put rows with their vectors (rows, dimension) into a collection, in as few calls as Chroma allows."""
        for start in range(0, len(rows), LARGEST_BATCH):
            batch = rows[start : start + LARGEST_BATCH]
            with self._writing():
                self._collection(name).upsert(
                    ids=[row.id for row in batch],
                    embeddings=vectors[start : start + LARGEST_BATCH],
                    documents=[row.document for row in batch],
                    metadatas=[dict(row.fields) for row in batch],
                )

    def vectors(self, name: str, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors (dimension,) of those of the rows that are there."""
        collection = self._collection(name)
        found: dict[str, NDArray[np.float32]] = {}
        for start in range(0, len(ids), LARGEST_BATCH):
            with translated():
                got = collection.get(ids=list(ids[start : start + LARGEST_BATCH]), include=["embeddings"])
            found.update(zip(got["ids"], np.asarray(got["embeddings"], dtype=np.float32), strict=True))
        return found

    def nearest(self, name: str, vector: NDArray[np.float32], *, limit: int, where: Where | None = None) -> list[tuple[str, float]]:
        """The rows nearest to a vector (dimension,) with their cosine, best first.

        Raises:
            CollectionGoneError: there is no such collection any more.
        """
        collection = self._collection(name)
        with translated():
            found = collection.query(query_embeddings=vector[np.newaxis, :], n_results=limit, where=where, include=["distances"])
        distances = found["distances"] or [[]]
        return [(row, 1.0 - distance) for row, distance in zip(found["ids"][0], distances[0], strict=True)]

    def count(self, name: str, *, where: Where | None = None) -> int:
        """How many rows a collection has."""
        collection = self._collection(name)
        with translated():
            return collection.count() if where is None else len(collection.get(where=where, include=[])["ids"])

    def collections(self) -> dict[str, Fields]:
        """What was written with each collection, by name; `space` is added from Chroma's own configuration."""
        with translated():
            listed = self._client.list_collections()
        return {made.name: {**_fields(made.metadata or {}), "space": _space(made)} for made in listed if made.name not in OWN}

    def drop_vectors(self, name: str) -> None:
        """Remove a collection; one that is not there is no error."""
        self._handles.pop(name, None)
        try:
            with self._writing():
                self._client.delete_collection(name)
        except CollectionGoneError:
            return

    def _collection(self, name: str) -> "Collection":
        handle = self._handles.get(name)
        if handle is None:
            with translated():
                handle = self._client.get_collection(name, embedding_function=None)
            self._handles[name] = handle
        return handle


def _packed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 6)).decode("ascii")


def _unpacked(stored: Mapping[str, Any]) -> str:
    return zlib.decompress(base64.b64decode(str(stored[PACKED]))).decode("utf-8")


def _fields(stored: Mapping[str, Any]) -> Fields:
    return {name: value for name, value in stored.items() if isinstance(value, str | int | float | bool)}


def _space(collection: "Collection") -> str:
    hnsw = collection.configuration.get("hnsw") or {}
    return str(hnsw.get("space", "l2"))

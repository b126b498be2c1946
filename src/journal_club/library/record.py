"""The record of a paper: what the library knows of it besides its text.

Owns `PaperRecord` (what leaves the room), `Head` (the authority on which version of a paper is current) and `Exported` (a
paper on its way to another library).
"""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from journal_club.paper.model import Paper, SourceKind

__all__ = ["Exported", "Head", "Ingested", "PaperRecord", "StoredText", "record_of"]


class _Stored(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PaperRecord(_Stored):
    """One paper as a list of papers shows it.

    Attributes:
        document_hash: sha256 of the source text's UTF-8 bytes.
        published: ISO date, as exact as the text gives it.
        passages: how many there are.
        version: rises with every change of the paper and is never used twice under one id, not even after a deletion.
        created_at: when the id was first ingested, ISO 8601 in UTC.
        embedding_model: whose vectors the passages have.
    """

    id: str
    document_hash: str
    source_kind: SourceKind
    title: str | None
    journal: str | None
    published: str | None
    authors: str | None
    link: str | None
    passages: int
    version: int
    created_at: str
    embedding_model: str


class StoredText(_Stored):
    """A source text and the place where it lies: `source` names its blob."""

    document_hash: str
    source: str


class Head(_Stored):
    """The authority on one paper: what it names is the paper, all else in the store is invisible.

    A head without a record is the trace of a deleted paper: it holds the id alone, so that a seed is not brought back and
    a version number not used twice.

    Attributes:
        revision: the paper's version.
        dimension: of its vectors.
        schema_version: of what the head names.
        collection: the Chroma collection of its passages.
        manifest: the blob of its passages, in order.
        texts: its source texts, oldest first; the last one is the current.
    """

    paper_id: str
    revision: int
    record: PaperRecord | None = None
    dimension: int = 0
    schema_version: int = 0
    collection: str = ""
    manifest: str = ""
    texts: tuple[StoredText, ...] = ()

    @property
    def blobs(self) -> frozenset[str]:
        """The names of all blobs that it needs."""
        return frozenset(text.source for text in self.texts) | ({self.manifest} if self.manifest else frozenset())


class Exported(_Stored):
    """A paper on its way to another library: all its texts, none of its vectors.

    Attributes:
        document_hash: of the current text.
        texts: oldest first, the current one last, exactly as they were sent.
    """

    format: Literal["journal-club paper 1"] = "journal-club paper 1"
    id: str
    document_hash: str
    created_at: str
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ingested:
    """What an ingest did.

    Attributes:
        changed: ids of the passages that are new with this text or have new context, in document order.
    """

    status: Literal["created", "unchanged", "replaced"]
    changed: tuple[str, ...]
    record: PaperRecord


def record_of(paper: Paper, *, paper_id: str, passages: int, version: int, created_at: str, embedding_model: str) -> PaperRecord:
    """The record of a paper that was just read."""
    return PaperRecord(
        id=paper_id,
        document_hash=paper.document_hash,
        source_kind=paper.source_kind,
        title=paper.title.text if paper.title else None,
        journal=paper.journal,
        published=paper.published,
        authors=paper.authors,
        link=paper.link,
        passages=passages,
        version=version,
        created_at=created_at,
        embedding_model=embedding_model,
    )

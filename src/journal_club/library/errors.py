"""What can go wrong in the library, and what to do about it.

LibraryError
├── BadPaperIdError          the id is not [a-z0-9-]{1,64}
├── BadPaperTextError        the text cannot be stored exactly
├── BadExportError           an exported paper does not hold what it says
├── UnknownPaperError        no such paper, or no such earlier text of it
├── UnknownAnswerError       no such kept answer
├── PaperExistsError         another text stands under the id, and `replace` was not given
├── IngestConflictError      another process changed the paper at the same time
├── EmbeddingMismatchError   the store was embedded by another model
└── StoreError               the store itself
    ├── StoreBusyError         another process owns it
    ├── StoreDamagedError      it cannot be read
    ├── StoreUnreachableError  the Chroma server does not answer
    ├── StoreVersionError      a newer version wrote it
    ├── StoreWriteError        it cannot be written: disk full, folder not writable
    └── RemoteStoreError       the Chroma server is not on loopback, and that was not allowed
"""

__all__ = [
    "BadExportError",
    "BadPaperIdError",
    "BadPaperTextError",
    "EmbeddingMismatchError",
    "IngestConflictError",
    "LibraryError",
    "PaperExistsError",
    "RemoteStoreError",
    "StoreBusyError",
    "StoreDamagedError",
    "StoreError",
    "StoreUnreachableError",
    "StoreVersionError",
    "StoreWriteError",
    "UnknownAnswerError",
    "UnknownPaperError",
]


class LibraryError(Exception):
    """Root of all errors of the library."""


class BadPaperIdError(LibraryError):
    """A paper's id holds other characters, or more of them, than an id may."""

    def __init__(self, paper_id: str) -> None:
        self.paper_id = paper_id
        super().__init__(f"{paper_id!r} is no paper id: 1 to 64 of a-z, 0-9 and '-'")


class BadPaperTextError(LibraryError):
    """A text cannot be stored exactly as it was sent."""

    def __init__(self, place: int) -> None:
        self.place = place
        super().__init__(f"character {place} of the text is half of a surrogate pair: send valid Unicode")


class BadExportError(LibraryError):
    """An exported paper does not hold the text that its hash names."""

    def __init__(self, paper_id: str) -> None:
        self.paper_id = paper_id
        super().__init__(f"the export of {paper_id!r} was changed or cut: its hash does not fit its text; export it again")


class UnknownPaperError(LibraryError):
    """There is no such paper, or no such earlier text of it."""

    def __init__(self, paper_id: str, document_hash: str | None = None) -> None:
        self.paper_id = paper_id
        self.document_hash = document_hash
        what = f"no paper {paper_id!r}" if document_hash is None else f"no text {document_hash} of paper {paper_id!r}"
        super().__init__(f"{what}; `journal-club papers list` shows what there is")


class UnknownAnswerError(LibraryError):
    """There is no such kept answer."""

    def __init__(self, answer_id: str) -> None:
        self.answer_id = answer_id
        super().__init__(f"no kept answer {answer_id!r}: it was never kept, or it was deleted, alone or with its paper")


class PaperExistsError(LibraryError):
    """Another text stands under the id, and replacing it was not asked for."""

    def __init__(self, paper_id: str, document_hash: str) -> None:
        self.paper_id = paper_id
        self.document_hash = document_hash
        super().__init__(f"paper {paper_id!r} exists with another text; say `replace` to put this one in its place")


class IngestConflictError(LibraryError):
    """Another process changed the paper at the same time; nothing of this ingest is kept."""

    def __init__(self, paper_id: str) -> None:
        self.paper_id = paper_id
        super().__init__(f"another process changed paper {paper_id!r} at the same time; nothing was changed by this call, try again")


class EmbeddingMismatchError(LibraryError):
    """The stored vectors are another model's: searching them with this one would find nonsense."""

    def __init__(self, paper_id: str, *, stored: str, given: str) -> None:
        self.paper_id = paper_id
        self.stored = stored
        self.given = given
        super().__init__(
            f"paper {paper_id!r} was embedded by {stored}, the settings say {given}: "
            "run `journal-club rebuild`, or set the embedding model back"
        )


class StoreError(LibraryError):
    """The store itself failed."""


class StoreBusyError(StoreError):
    """Another process owns the embedded store.

    Attributes:
        address: that process's service, such as http://127.0.0.1:8000; None when it serves nothing or has not said yet.
        pid: that process; None when it has not said yet.
    """

    def __init__(self, address: str | None, pid: int | None) -> None:
        self.address = address
        self.pid = pid
        owner = "another process" if pid is None else f"process {pid}"
        way = f"it serves at {address}" if address else "wait for it to end"
        super().__init__(f"the store is in use by {owner}: {way}")


class StoreDamagedError(StoreError):
    """The store's files, or a piece of them, cannot be read."""


class StoreUnreachableError(StoreError):
    """The Chroma server does not answer."""


class StoreVersionError(StoreError):
    """A newer version wrote the store, and what it wrote cannot be read by this one."""


class StoreWriteError(StoreError):
    """The store cannot be written; what stood in it before still stands."""


class RemoteStoreError(StoreError):
    """The Chroma server is not on this machine, and that was not allowed."""

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(
            f"the Chroma server {host!r} is not on loopback and has no log-in: set JOURNAL_CLUB_STORE__ALLOW_REMOTE=true "
            "if the network between is private"
        )

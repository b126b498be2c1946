"""The catalog: which version of each paper is the current one.

Owns the heads. A new version becomes visible by one new row, `id@revision`, and Chroma's `add` leaves a row alone that stands
already: of two processes that write the same revision one wins, and the other learns of it. The process that owns an embedded
store keeps the heads in memory; against a server they are read anew each time, so that every process follows the others.
"""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from threading import Lock

from journal_club.library.errors import StoreError
from journal_club.library.record import Head
from journal_club.library.store import Fields, Store

__all__ = ["Catalog"]


class Catalog:
    """The heads of a store. Thread-safe."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._kept = _newest(store.heads()) if store.embedded else None

    def head(self, paper_id: str) -> Head | None:
        """The newest head of a paper, that of a deleted one too; None for an id that was never there."""
        if self._kept is not None:
            return self._kept.get(paper_id)
        return _newest(self._store.heads({"paper_id": paper_id})).get(paper_id)

    def heads(self) -> tuple[Head, ...]:
        """The newest head of every paper, those of deleted ones too."""
        kept = _newest(self._store.heads()) if self._kept is None else dict(self._kept)
        return tuple(kept.values())

    def flip(self, head: Head) -> bool:
        """Make a head the newest one; it must be of the revision that follows.

        Returns:
            Whether it is; false when another process was first, and then nothing has changed.
        """
        name = _name(head)
        with self._lock:
            self._store.add_head(name, {"paper_id": head.paper_id, "head": head.model_dump_json()})
            rows = self._store.heads({"paper_id": head.paper_id})
            newest = _newest(rows)[head.paper_id]
            if self._kept is not None:
                self._kept[head.paper_id] = newest
        with suppress(StoreError):
            self._store.drop_heads([row for row, fields in rows.items() if _outdated(_head(fields), newest, head)])
        return newest == head


def _outdated(row: Head, newest: Head, ours: Head) -> bool:
    """The winner removes what was before it; the loser only its own row, which it could write because the name was free again."""
    return row != newest and (newest == ours or row == ours)


def _name(head: Head) -> str:
    return f"{head.paper_id}@{head.revision}"


def _head(fields: Fields) -> Head:
    return Head.model_validate_json(str(fields["head"]))


def _newest(rows: dict[str, Fields]) -> dict[str, Head]:
    by_paper: defaultdict[str, list[Head]] = defaultdict(list)
    for head in map(_head, rows.values()):
        by_paper[head.paper_id].append(head)
    return {paper_id: _last(heads) for paper_id, heads in by_paper.items()}


def _last(heads: Iterable[Head]) -> Head:
    return max(heads, key=lambda head: head.revision)

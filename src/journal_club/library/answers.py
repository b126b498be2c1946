"""Kept answers: records that readers asked to keep, beside the papers that they are about.

Owns their storing and their end: an answer lasts as long as its paper. The library knows an answer's id, its paper and its text as it
was sent, and nothing of what stands in it.
"""

from collections.abc import Collection
from contextlib import suppress

from journal_club.library.catalog import Catalog
from journal_club.library.errors import StoreError, UnknownAnswerError, UnknownPaperError
from journal_club.library.store import Store

__all__ = ["KeptAnswers"]


class KeptAnswers:
    """The kept answers of one store. Thread-safe."""

    def __init__(self, store: Store, catalog: Catalog) -> None:
        self._store = store
        self._catalog = catalog

    def keep(self, answer_id: str, text: str, *, paper_id: str) -> bool:
        """Keep an answer; one that is kept stays as it is.

        Returns:
            Whether it is new.

        Raises:
            UnknownPaperError: the paper is gone, and its answers with it.
        """
        if self._store.note(answer_id) is not None:
            return False
        self._store.put_note(answer_id, text, {"paper_id": paper_id})
        # A paper that was deleted meanwhile took along only the answers that stood there.
        if not self._is_there(paper_id):
            self._store.drop_notes([answer_id])
            raise UnknownPaperError(paper_id)
        return True

    def text(self, answer_id: str) -> str:
        """The text of a kept answer, exactly as it was kept.

        Raises:
            UnknownAnswerError: there is none, or its paper is gone.
        """
        found = self._store.note(answer_id)
        if found is None or not self._is_there(str(found[1]["paper_id"])):
            raise UnknownAnswerError(answer_id)
        return found[0]

    def delete(self, answer_id: str) -> None:
        """Remove a kept answer.

        Raises:
            UnknownAnswerError: there is none.
        """
        self.text(answer_id)
        self._store.drop_notes([answer_id])

    def delete_of(self, paper_id: str) -> None:
        """Remove the answers of a paper that is gone; what cannot be removed now is swept later."""
        with suppress(StoreError):
            self._store.drop_notes(tuple(self._store.note_fields({"paper_id": paper_id})))

    def sweep(self) -> None:
        """Remove the answers whose paper is gone: a deletion was killed before it came to them."""
        orphans = self._orphans({head.paper_id for head in self._catalog.heads() if head.record is not None})
        self._store.drop_notes(orphans)

    def _orphans(self, papers: Collection[str]) -> tuple[str, ...]:
        return tuple(name for name, fields in self._store.note_fields().items() if fields["paper_id"] not in papers)

    def _is_there(self, paper_id: str) -> bool:
        head = self._catalog.head(paper_id)
        return head is not None and head.record is not None

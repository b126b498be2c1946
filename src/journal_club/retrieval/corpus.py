"""The corpus: what one version of a paper looks like to search, built once and kept.

Owns `Corpus` and `Corpora`, the bounded memory of them. A corpus is known by the paper's version, which the store tells at each
question and never uses twice: a paper that another process replaced, or deleted and wrote anew, is read again at the next one.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from journal_club.library.passages import Passage
from journal_club.paper.model import ANSWERING_ORIGINS
from journal_club.paper.names import Names
from journal_club.retrieval.kinship import Kinship
from journal_club.retrieval.lexical import LexicalIndex
from journal_club.retrieval.scope import Scope

__all__ = ["Corpora", "Corpus"]


class Corpus:
    """One version of one paper: its passages, the names it equates, and the index of its words. Immutable."""

    def __init__(
        self,
        passages: tuple[Passage, ...],
        *,
        version: int,
        vectors: Mapping[str, NDArray[np.float32]] | None = None,
        kinship: Kinship | None = None,
    ) -> None:
        """Read names and words; passages of an origin that may not answer are left out here too, whatever the store holds.

        Args:
            passages: in document order.
            version: of the paper.
            vectors: of the passages, each (dimension,) and of length 1, by passage id; None for a paper too long to compare one by one.
            kinship: of its words; None where embedding is not at hand.
        """
        self.version = version
        self.kinship = kinship
        self.passages = tuple(passage for passage in passages if passage.origin in ANSWERING_ORIGINS)
        self.names = Names.of(passage.text for passage in self.passages)
        self.lexical = LexicalIndex([f"{passage.label} {passage.text}" for passage in self.passages], self.names)
        self.vectors = None if vectors is None else _matrix(self.passages, vectors)
        self._all_places = np.arange(len(self.passages), dtype=np.int64)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each passage stands in `passages`, by its id."""
        return {passage.id: place for place, passage in enumerate(self.passages)}

    def nearest(self, vector: NDArray[np.float32], *, scope: Scope, limit: int) -> tuple[tuple[str, float], ...]:
        """The passages nearest to a vector (dimension,) with their cosine, best first, by comparing every one.

        Raises:
            ValueError: the corpus has no vectors.
        """
        if self.vectors is None:
            raise ValueError("this corpus has no vectors")
        places = self.places_in(scope)
        cosines = self.vectors[places] @ vector
        best = np.argsort(-cosines, kind="stable")[:limit]
        return tuple((self.passages[place].id, float(cosine)) for place, cosine in zip(places[best], cosines[best], strict=True))

    def places_in(self, scope: Scope) -> NDArray[np.int64]:
        """The places of the passages that a search of this scope may find, in document order."""
        if scope.is_whole:
            return self._all_places
        return np.array([place for place, passage in enumerate(self.passages) if scope.holds(passage)], dtype=np.int64)


def _matrix(passages: Sequence[Passage], vectors: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float32] | None:
    """The vectors in the order of the passages, (passages, dimension); None when one is missing: the paper was replaced meanwhile."""
    rows = [vectors[passage.id] for passage in passages if passage.id in vectors]
    return np.stack(rows) if rows and len(rows) == len(passages) else None


@dataclass
class _Slot:
    """A place for one corpus, so that two questions at once build it once and other papers do not wait."""

    lock: Lock = field(default_factory=Lock)
    corpus: Corpus | None = None


class Corpora:
    """The corpora of the papers asked last, one version of each. Thread-safe."""

    def __init__(self, *, most: int = 32) -> None:
        """Keep at most so many papers."""
        self._most = most
        self._lock = Lock()
        self._slots: OrderedDict[str, _Slot] = OrderedDict()

    def of(self, paper_id: str, *, version: int, build: Callable[[], Corpus]) -> Corpus:
        """The paper's corpus of this version; `build` is called when it is not at hand.

        Raises:
            LibraryError: whatever `build` raises.
        """
        slot = self._slot(paper_id)
        with slot.lock:
            if slot.corpus is None or slot.corpus.version != version:
                slot.corpus = build()
            return slot.corpus

    def _slot(self, paper_id: str) -> _Slot:
        with self._lock:
            slot = self._slots.setdefault(paper_id, _Slot())
            self._slots.move_to_end(paper_id)
            while len(self._slots) > self._most:
                self._slots.popitem(last=False)
            return slot

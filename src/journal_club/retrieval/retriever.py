"""The retriever: a question and a paper to the passages that answer it, best first.

Owns the way of one question: by meaning through the library's vectors, by words through the paper's own index, fused. Plain functions,
safe to call from several threads. It does not choose what a prompt may hold (`evidence`).
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from journal_club.library.library import Library
from journal_club.models.embedding import Closeable, Embedder
from journal_club.models.errors import ModelError
from journal_club.paper.model import Origin
from journal_club.retrieval.corpus import Corpora, Corpus
from journal_club.retrieval.fusion import best_places, fusion_for
from journal_club.retrieval.kinship import Kinship
from journal_club.retrieval.retrieval import Ranked, Retrieval
from journal_club.retrieval.scope import Scope
from journal_club.settings import RetrievalSettings

__all__ = ["Retriever", "spelled_out"]

_MOST_NAMES = 4
"""Long names that are added to a question before it is embedded; more would drown it."""
_EXACT = 1000
"""Passages of a paper whose vectors are compared one by one, in memory; Chroma's index serves longer ones."""
_ATTEMPTS = 3
"""Reads of a paper that is replaced while it is read."""


class Retriever:
    """Dense and lexical search over one paper at a time, fused."""

    def __init__(self, library: Library, embedder: Embedder, settings: RetrievalSettings) -> None:
        """Search in this library, with the embedder that its vectors were made with."""
        self._library = library
        self._embedder = embedder
        self._settings = settings
        self._fuse = fusion_for(embedder.name)
        self._corpora = Corpora()

    def retrieve(
        self,
        question: str,
        *,
        paper_id: str,
        top_k: int | None = None,
        sections: Collection[str] | None = None,
        origins: Collection[Origin] | None = None,
    ) -> Retrieval:
        """Find the passages of a paper that are nearest to a question.

        Args:
            question: as the reader wrote it.
            paper_id: the paper to search.
            top_k: passages to return; the setting's when None. Fewer come back only when the filters leave fewer.
            sections: search these sections only; None for all.
            origins: search these origins only; None for all that may answer. Questions and key responses are never searched.

        Raises:
            LibraryError: the paper is unknown, or the store cannot be read.
            ValueError: top_k is less than 1.
        """
        count = self._settings.top_k if top_k is None else top_k
        if count < 1:
            raise ValueError(f"top_k must be at least 1, not {count!r}")
        scope = Scope.of(sections, origins)
        corpus = self.corpus(paper_id)
        alternatives = corpus.names.alternatives(question)
        limit = max(count, self._settings.candidates)
        found, degraded = self._nearest(spelled_out(question, alternatives), paper_id, corpus, scope=scope, limit=limit)
        if any(passage_id not in corpus.places for passage_id, _ in found):
            # The paper was replaced between the two reads.
            corpus = self.corpus(paper_id)
        dense = {corpus.places[passage_id]: cosine for passage_id, cosine in found if passage_id in corpus.places}
        places = corpus.places_in(scope)
        shares = corpus.lexical.scores(question, alternatives=alternatives)
        candidates = _filled({*dense, *_highest(shares, places, limit)}, places, count)
        return Retrieval(
            paper_id=paper_id,
            question=question,
            ranked=self._ranked(corpus, dense, {place: float(shares[place]) for place in candidates}, count),
            passages=corpus.passages,
            searched=corpus.passages if scope.is_whole else tuple(corpus.passages[place] for place in places),
            names=corpus.names,
            version=corpus.version,
            kinship=corpus.kinship,
            degraded=degraded,
        )

    def corpus(self, paper_id: str) -> Corpus:
        """The paper as it stands in the store now.

        Raises:
            LibraryError: the paper is unknown, or the store cannot be read.
        """
        version = self._library.version(paper_id)
        return self._corpora.of(paper_id, version=version, build=lambda: self._build(paper_id, version))

    def _build(self, paper_id: str, version: int) -> Corpus:
        """Read the passages of one version; of a newer one when the paper is replaced meanwhile."""
        for _ in range(_ATTEMPTS):
            passages = self._library.passages(paper_id)
            now = self._library.version(paper_id)
            if now == version:
                break
            version = now
        vectors = self._library.vectors(paper_id) if len(passages) <= _EXACT else None
        # A run of words costs an endpoint as much as a question does: kinship is for the model in this process.
        kinship = None if isinstance(self._embedder, Closeable) else Kinship(self._embedder)
        return Corpus(passages, version=version, vectors=vectors, kinship=kinship)

    def _nearest(
        self, question: str, paper_id: str, corpus: Corpus, *, scope: Scope, limit: int
    ) -> tuple[tuple[tuple[str, float], ...], str | None]:
        """Passage ids with cosines, and why there are none when the question could not be embedded."""
        if scope.is_empty:
            return (), None
        try:
            vector = self._embedder.embed_query(question)
        except ModelError as error:
            return (), f"The question was searched by its words alone: {error}"
        if corpus.vectors is not None:
            return corpus.nearest(vector, scope=scope, limit=limit), None
        return self._library.search(vector, paper_id=paper_id, limit=limit, sections=scope.sections, origins=scope.origins), None

    def _ranked(self, corpus: Corpus, dense: dict[int, float], lexical: dict[int, float], count: int) -> tuple[Ranked, ...]:
        fused = self._fuse(dense, lexical)
        return tuple(
            Ranked(passage=corpus.passages[place], score=fused[place], dense=dense.get(place, 0.0), lexical=lexical[place])
            for place in best_places(fused, count)
        )


def _highest(shares: NDArray[np.float32], places: NDArray[np.int64], limit: int) -> list[int]:
    """The places with the highest shares above 0; of equal ones the earlier in the paper."""
    at = places[shares[places] > 0]
    if len(at) > limit:
        # A stable sort of all would cost more than the search itself in a long paper.
        least = np.partition(shares[at], len(at) - limit)[len(at) - limit]
        at = at[shares[at] >= least]
    return [int(place) for place in at[np.argsort(-shares[at], kind="stable")][:limit]]


def _filled(candidates: set[int], places: NDArray[np.int64], count: int) -> set[int]:
    """The candidates, with the paper's first passages behind them when neither search returned enough."""
    for place in places:
        if len(candidates) >= count:
            break
        candidates.add(int(place))
    return candidates


def spelled_out(question: str, alternatives: Sequence[str]) -> str:
    """The question with the long forms of the paper's own abbreviations behind it, which an embedding model cannot know."""
    long = [name for name in alternatives if " " in name][:_MOST_NAMES]
    return f"{question} ({'; '.join(long)})" if long else question

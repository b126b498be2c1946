"""Search: a question to its passages, ours beside LlamaIndex's retriever over ChromaVectorStore, with the same embedder.

The same made-up passages in both, as many retrieved by both, the question's embedding included. Ours searches by vector and by word
and fuses the two; LlamaIndex's `index.as_retriever()` searches by vector. Questions are asked of each in turn.

Run: `python eval/bench/search.py [--passages N] [--rounds N]`.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from citation_service import open_index
from ingest import llama_index
from section import Section, arguments, say, table, tell
from texts import paper_of, paragraphs

from journal_club.library.library import Library
from journal_club.library.opening import open_library
from journal_club.models.embedding import Embedder, open_embedder
from journal_club.retrieval.retriever import Retriever
from journal_club.settings import Settings

__all__ = ["measure"]

PAPER = "made-up"
QUESTIONS = (
    "What was the hazard ratio for overall survival?",
    "How many adults with severe asthma were assigned to telarmab?",
    "Which patients were eligible?",
    "How often did cytokine release syndrome occur?",
    "Was the trial open-label?",
    "Why was treatment with oxitnib stopped?",
    "Did the subgroups differ in progression-free survival?",
    "How often was daratmab given?",
)
Search = Callable[[str], object]


def measure(*, passages: int, rounds: int) -> Section:
    """Milliseconds of a question."""
    texts = paragraphs(passages)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        settings = Settings(data_dir=Path(name))
        embedder = open_embedder(settings.embedding, settings.data_dir / "models")
        say(f"ingesting {passages} passages on both sides")
        llama_index(settings.data_dir, texts, embedder, batch=None)
        library = open_library(settings, embedder)
        try:
            library.ingest(PAPER, paper_of(texts))
            return section(asked(searches(library, embedder, settings), rounds=rounds), passages=passages, top_k=settings.retrieval.top_k)
        finally:
            library.close()


def searches(library: Library, embedder: Embedder, settings: Settings) -> dict[str, Search]:
    """The searches that are compared; the embedding alone is shown beside them."""
    ours = Retriever(library, embedder, settings.retrieval)
    theirs = open_index(settings.data_dir).as_retriever(similarity_top_k=settings.retrieval.top_k)
    return {
        "journal-club, vectors and words": lambda question: ours.retrieve(question, paper_id=PAPER),
        "LlamaIndex, vectors": theirs.retrieve,
        "the question's embedding alone": embedder.embed_query,
    }


def asked(compared: dict[str, Search], *, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each question, the searches in turn; every search has answered once before."""
    seen: dict[str, list[float]] = {name: [] for name in compared}
    for search in compared.values():
        search(QUESTIONS[0])
    for question in QUESTIONS * rounds:
        for name, search in compared.items():
            start = time.perf_counter()
            search(question)
            seen[name].append((time.perf_counter() - start) * 1000)
    return seen


def section(seen: dict[str, list[float]], *, passages: int, top_k: int) -> Section:
    rows = [(name, f"{np.median(took):.1f}", f"{np.quantile(took, 0.95):.1f}") for name, took in seen.items()]
    return Section(
        title="Retrieval beside LlamaIndex's",
        lines=(
            f"{passages} made-up passages, {top_k} retrieved, {len(next(iter(seen.values())))} questions, in turn.",
            "",
            *table(("search", "p50, ms", "p95, ms"), rows),
        ),
    )


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--passages", type=int, default=600, help="passages to search")
    parser.add_argument("--rounds", type=int, default=25, help="how often each question is asked")
    asked_for = parser.parse_args()
    return tell(measure(passages=asked_for.passages, rounds=asked_for.rounds), asked_for)


if __name__ == "__main__":
    sys.exit(main())

"""Ingest: passages a second, ours beside LlamaIndex's default pipeline with the same embedder.

Ours is `Library.ingest` of a paper of made-up paragraphs, each of which becomes a passage. LlamaIndex's is
`VectorStoreIndex.from_documents` over ChromaVectorStore, a document for each of the same passages, with every default; beside it
the same with our adapter's own batches, which hand it all passages at once.

Run: `python eval/bench/ingest.py [--passages N] [--rounds N]`.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from section import Section, Target, arguments, say, table, tell
from texts import paper_of, paragraphs

from journal_club.library.opening import open_library
from journal_club.models.embedding import Embedder, open_embedder
from journal_club.settings import EmbeddingSettings, Settings

__all__ = ["journal_club", "llama_index", "measure"]

DEFAULT_BATCH = 10
"""`DEFAULT_EMBED_BATCH_SIZE` of llama-index."""
FIGURE = 2.0
LARGEST_BATCH = 2048
"""What llama-index allows."""
WARMING = 16
OURS = "journal-club"
THEIRS = "LlamaIndex's default pipeline"
BATCHED = "LlamaIndex, all passages in one batch of our adapter"

Way = Callable[[Path, Sequence[str], Embedder], None]


def measure(*, passages: int, rounds: int) -> Section:
    """Passages a second, the ways in turn."""
    texts = paragraphs(passages)
    rates: dict[str, list[float]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as cache:
        embedder = open_embedder(EmbeddingSettings(), Path(cache))
        for way in WAYS.values():
            timed(way, texts[:WARMING], embedder)
        for name, way in [*WAYS.items()] * rounds:
            rates[name].append(passages / timed(way, texts, embedder))
            say(f"{name}: {rates[name][-1]:.1f} passages/s")
    return section(rates, passages=passages)


def timed(way: Way, texts: Sequence[str], embedder: Embedder) -> float:
    """Seconds of one way into a new folder; the embedder is open already."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        start = time.perf_counter()
        way(Path(folder), texts, embedder)
        return time.perf_counter() - start


def section(rates: dict[str, list[float]], *, passages: int) -> Section:
    ours, theirs = median(rates[OURS]), median(rates[THEIRS])
    pairs = sorted(one / other for one, other in zip(rates[OURS], rates[THEIRS], strict=True))
    rows = [(name, f"{median(found):.1f}", f"{median(found) / theirs:.2f}") for name, found in rates.items()]
    return Section(
        title="Ingest",
        lines=(
            f"{passages} passages of made-up trial reports, as long as PubMedQA's; medians of {len(pairs)} rounds, taken in turn.",
            "",
            *table(("way", "passages/s", "times LlamaIndex's default"), rows),
        ),
        targets=(
            Target(
                what="ingest against LlamaIndex's default pipeline, same embedder",
                figure=">= 2x passages/s",
                measured=f"{ours / theirs:.2f}x ({pairs[0]:.2f}-{pairs[-1]:.2f})",
                reached=ours / theirs >= FIGURE,
            ),
        ),
    )


def journal_club(folder: Path, texts: Sequence[str], embedder: Embedder) -> None:
    """Fill a library."""
    library = open_library(Settings(data_dir=folder), embedder)
    try:
        ingested = library.ingest("made-up", paper_of(texts))
    finally:
        library.close()
    if ingested.record.passages != len(texts):
        raise RuntimeError(f"{len(texts)} paragraphs became {ingested.record.passages} passages")


def llama_index(folder: Path, texts: Sequence[str], embedder: Embedder, *, batch: int | None = DEFAULT_BATCH) -> None:
    """Fill a ChromaVectorStore in LlamaIndex's own way; all texts are one batch when it is None."""
    import chromadb
    from citation_service import COLLECTION
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from journal_club.models.llama_embedding import EmbedderAdapter

    client = chromadb.PersistentClient(str(folder / "chroma"))
    collection = client.get_or_create_collection(COLLECTION, embedding_function=None)
    storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
    documents = [Document(text=text) for text in texts]
    embed_model = EmbedderAdapter(embedder, embed_batch_size=batch or min(len(texts), LARGEST_BATCH))
    VectorStoreIndex.from_documents(documents, storage_context=storage, embed_model=embed_model)
    stored = collection.count()
    client.close()  # type: ignore[attr-defined]
    if stored != len(texts):
        raise RuntimeError(f"{len(texts)} passages became {stored} nodes")


WAYS: dict[str, Way] = {OURS: journal_club, THEIRS: llama_index, BATCHED: partial(llama_index, batch=None)}


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--passages", type=int, default=600, help="passages to ingest")
    parser.add_argument("--rounds", type=int, default=2, help="how often each way is taken")
    asked = parser.parse_args()
    return tell(measure(passages=asked.passages, rounds=asked.rounds), asked)


if __name__ == "__main__":
    sys.exit(main())

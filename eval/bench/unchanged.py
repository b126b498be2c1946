"""Unchanged: ingesting a paper again that is there already.

The seed page, and a paper of made-up paragraphs, each put in once and then again and again; the embedder counts its calls.

Run: `python eval/bench/unchanged.py [--passages N] [--rounds N]`.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray
from processes import ROOT
from section import Section, Target, arguments, say, table, tell
from texts import paper_of, paragraphs

from journal_club.library.library import Library
from journal_club.library.opening import open_library
from journal_club.models.embedding import Embedder, open_embedder
from journal_club.settings import Settings

__all__ = ["measure"]

SEED = ROOT / "seeds" / "cartitude-4.txt"
FIGURE_MS = 100.0


class CountingEmbedder:
    """The embedder, and how often it was called."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.calls = 0
        self._embedder = embedder

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls += 1
        return self._embedder.embed_passages(texts)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        self.calls += 1
        return self._embedder.embed_query(text)


def measure(*, passages: int, rounds: int) -> Section:
    """Milliseconds and embedding calls of each paper's ingests after the first."""
    papers = {"seed-page": SEED.read_bytes().decode("utf-8"), "made-up": paper_of(paragraphs(passages))}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        settings = Settings(data_dir=Path(name))
        embedder = CountingEmbedder(open_embedder(settings.embedding, settings.data_dir / "models"))
        library = open_library(settings, embedder)
        try:
            return section([again(library, embedder, paper_id, text, rounds=rounds) for paper_id, text in papers.items()])
        finally:
            library.close()


def again(library: Library, embedder: CountingEmbedder, paper_id: str, text: str, *, rounds: int) -> tuple[str, int, int, list[float]]:
    """The paper, its passages, the embedding calls of all ingests after the first, and the milliseconds of each."""
    passages = library.ingest(paper_id, text).record.passages
    say(f"{paper_id}: {passages} passages are in")
    before = embedder.calls
    took = [ms_of_unchanged(library, paper_id, text) for _ in range(rounds)]
    return paper_id, passages, embedder.calls - before, took


def ms_of_unchanged(library: Library, paper_id: str, text: str) -> float:
    start = time.perf_counter()
    ingested = library.ingest(paper_id, text)
    took = (time.perf_counter() - start) * 1000
    if ingested.status != "unchanged" or ingested.changed:
        raise RuntimeError(f"the same text again was {ingested.status}")
    return took


def section(found: list[tuple[str, int, int, list[float]]]) -> Section:
    calls = sum(one[2] for one in found)
    slowest = max(max(one[3]) for one in found)
    rows = [(paper, str(passages), str(made), f"{median(took):.1f}", f"{max(took):.1f}") for paper, passages, made, took in found]
    return Section(
        title="Unchanged re-ingest",
        lines=(
            f"{len(found[0][3])} times each.",
            "",
            *table(("paper", "passages", "embedding calls", "p50, ms", "slowest, ms"), rows),
        ),
        targets=(
            Target(
                what="unchanged re-ingest",
                figure="0 embedding calls, < 100 ms a paper",
                measured=f"{calls} calls, at most {slowest:.1f} ms",
                reached=calls == 0 and slowest < FIGURE_MS,
            ),
        ),
    )


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--passages", type=int, default=400, help="passages of the made-up paper")
    parser.add_argument("--rounds", type=int, default=30, help="how often each paper is put in again")
    asked = parser.parse_args()
    return tell(measure(passages=asked.passages, rounds=asked.rounds), asked)


if __name__ == "__main__":
    sys.exit(main())

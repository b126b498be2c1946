"""Retrieval on PubMedQA: does a question find a passage of its own abstract?

All abstracts of `dev.json` are one paper of the library, each of their paragraphs a passage, and every search goes the service's own
way: the embedder, Chroma, the lexical index, fusion. Three query sets, of falling overlap with the text that is looked for:

Q  the question as written;
H  the long answer without the question's words;
M  the MeSH headings without the question's words.

Run: `python eval/bench/pubmedqa.py [--data FOLDER] [--limit N]`.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journal_club.library.library import Library
from journal_club.library.opening import open_library
from journal_club.models.embedding import Embedder, open_embedder
from journal_club.paper.words import words
from journal_club.retrieval.corpus import Corpus
from journal_club.retrieval.fusion import best_places, fuse_ranks
from journal_club.retrieval.retriever import Retriever
from journal_club.settings import Settings

__all__ = ["DATA", "Row", "figures", "measure", "table"]

DATA = Path(__file__).parents[3] / "shared" / "data" / "pubmedqa"
PAPER = "pubmedqa"
DEPTH = 10
BOOTSTRAPS = 10_000
FIGURES = {"Q": -0.005, "H": 0.0, "M": -0.005}
"""Query sets, and what fusion may lose there against the better of the two searches."""

Search = Callable[[str], Sequence[int]]
"""A query to places of passages, best first."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One abstract: its paragraphs, and its query of each set."""

    paragraphs: tuple[str, ...]
    queries: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One search on one query set; `interval` is the bootstrap's 95 % of the mean reciprocal rank, over questions."""

    queries: str
    search: str
    mrr: float
    interval: tuple[float, float]
    hit_1: float
    hit_5: float


@dataclass(frozen=True, kw_only=True)
class Corpora:
    """The library with all abstracts, and which abstract each passage is of."""

    library: Library
    embedder: Embedder
    corpus: Corpus
    owners: NDArray[np.int64]


def measure(folder: Path, *, limit: int | None = None) -> tuple[Row, ...]:
    """Measure dense, BM25 and fused search; no rows when the data are not there.

    Args:
        folder: holds `dev.json`.
        limit: abstracts to take, the first ones; all when None.
    """
    if not (folder / "dev.json").is_file():
        return ()
    cases = read_cases(folder / "dev.json")[:limit]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data_dir:
        settings = Settings(data_dir=Path(data_dir))
        found = ingested(cases, settings)
        try:
            return tuple(
                row_of(queries, name, reciprocal_ranks(cases, queries, search, found.owners))
                for queries in ("Q", "H", "M")
                for name, search in searches(found, settings).items()
            )
        finally:
            found.library.close()


def read_cases(file: Path) -> list[Case]:
    """The abstracts with their queries, in the file's order."""
    return [case_of(entry) for entry in json.loads(file.read_text(encoding="utf-8")).values()]


def case_of(entry: dict[str, Any]) -> Case:
    question: str = entry["QUESTION"]
    queries = {"Q": question, "H": without(entry["LONG_ANSWER"], question), "M": without(" ".join(entry["MESHES"]), question)}
    return Case(paragraphs=tuple(" ".join(text.split()) for text in entry["CONTEXTS"]), queries=queries)


def without(text: str, question: str) -> str:
    """The text less every word that the question has, in whichever case."""
    asked = {word.text.casefold() for word in words(question)}
    return " ".join(word.text for word in words(text) if word.text.casefold() not in asked)


def ingested(cases: Sequence[Case], settings: Settings) -> Corpora:
    """One paper of all abstracts, each behind the same heading, so that no paragraph is read as one and no label tells them apart."""
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for case in cases:
        starts.append(length)
        pieces.append("\n\n".join(["## Study", *case.paragraphs, ""]))
        length += len(pieces[-1])
    embedder = open_embedder(settings.embedding, settings.data_dir / "cache")
    library = open_library(settings, embedder)
    library.ingest(PAPER, "".join(pieces))
    passages = library.passages(PAPER)
    owners = np.searchsorted(starts, [passage.start for passage in passages], side="right") - 1
    return Corpora(library=library, embedder=embedder, corpus=Corpus(passages, version=library.version(PAPER)), owners=owners)


def searches(found: Corpora, settings: Settings) -> dict[str, Search]:
    """The searches that are compared; `fused` is the service's own, `ranks` the way of embedders whose cosines have an unknown scale."""
    retriever = Retriever(found.library, found.embedder, settings.retrieval)
    place = found.corpus.places
    candidates = settings.retrieval.candidates
    vector = cache(found.embedder.embed_query)

    def dense(query: str, limit: int = DEPTH) -> dict[int, float]:
        nearest = found.library.search(vector(query), paper_id=PAPER, limit=limit)
        return {place[passage_id]: cosine for passage_id, cosine in nearest}

    def lexical(query: str, limit: int = DEPTH) -> dict[int, float]:
        shares = found.corpus.lexical.scores(query, alternatives=found.corpus.names.alternatives(query))
        return {int(number): float(shares[number]) for number in np.argsort(-shares, kind="stable")[:limit] if shares[number] > 0}

    return {
        "dense": lambda query: best_places(dense(query), DEPTH),
        "BM25": lambda query: best_places(lexical(query), DEPTH),
        "fused": lambda query: [place[ranked.passage.id] for ranked in retriever.retrieve(query, paper_id=PAPER, top_k=DEPTH).ranked],
        "ranks": lambda query: best_places(fuse_ranks(dense(query, candidates), lexical(query, candidates)), DEPTH),
    }


def reciprocal_ranks(cases: Sequence[Case], queries: str, search: Search, owners: NDArray[np.int64]) -> NDArray[np.float64]:
    """One over the rank of the first passage of the right abstract; 0 where the first ten hold none."""
    ranks = [first_of(number, search(case.queries[queries]), owners) for number, case in enumerate(cases)]
    return np.array([1 / rank if rank else 0.0 for rank in ranks])


def first_of(owner: int, found: Sequence[int], owners: NDArray[np.int64]) -> int | None:
    return next((rank for rank, passage in enumerate(found, start=1) if owners[passage] == owner), None)


def row_of(queries: str, search: str, ranks: NDArray[np.float64]) -> Row:
    resampled = np.random.default_rng(0).choice(ranks, size=(BOOTSTRAPS, len(ranks))).mean(axis=1)
    low, high = np.quantile(resampled, [0.025, 0.975])
    return Row(
        queries=queries,
        search=search,
        mrr=float(ranks.mean()),
        interval=(float(low), float(high)),
        hit_1=float((ranks == 1).mean()),
        hit_5=float((ranks >= 1 / 5).mean()),
    )


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The rows as lines of a Markdown table."""
    yield "| queries | search | MRR@10 | 95 % | hit@1 | hit@5 |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        interval = f"{row.interval[0]:.3f}-{row.interval[1]:.3f}"
        yield f"| {row.queries} | {row.search} | {row.mrr:.4f} | {interval} | {row.hit_1:.3f} | {row.hit_5:.3f} |"


def figures(rows: Sequence[Row]) -> Iterator[str]:
    """What fusion gains over the better of the two searches, a line for each query set."""
    mrr = {(row.queries, row.search): row.mrr for row in rows}
    for queries, least in FIGURES.items():
        gain = mrr[queries, "fused"] - max(mrr[queries, "dense"], mrr[queries, "BM25"])
        yield f"{queries}: fused is {gain:+.4f} of the better of dense and BM25 (figure: at least {least:+.3f})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder that holds dev.json")
    parser.add_argument("--limit", type=int, default=None, help="abstracts to take; all when left out")
    asked = parser.parse_args()
    rows = measure(asked.data, limit=asked.limit)
    if not rows:
        print(f"PubMedQA: skipped, there is no dev.json in {asked.data}", file=sys.stderr)
        return 0
    print("\n".join([*table(rows), "", *figures(rows)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Speed of retrieval: one question to its passages, the question's embedding included.

On a digest page, and on a made-up paper of many passages: sentences of the page with other words and numbers in them. Their vectors are
those of the page's own sentences with noise, since embedding 50,000 passages takes a quarter of an hour on two cores; questions are
embedded by the real model.

Run: `python eval/bench/retrieval_speed.py [--passages N] [--rounds N]`.
"""

import argparse
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from journal_club.library.library import Library
from journal_club.library.opening import open_library
from journal_club.models.embedding import Embedder, open_embedder
from journal_club.retrieval.retriever import Retriever
from journal_club.settings import Settings

__all__ = ["Speed", "measure", "table"]

SEED = Path(__file__).parents[2] / "seeds" / "cartitude-4.txt"
QUESTIONS = (
    "What was the hazard ratio for overall survival?",
    "How many patients in the cilta-cel arm died of treatment?",
    "Which patients were enrolled, and how many prior lines of therapy had they had?",
    "What was the median PFS in the control group?",
    "Why might the open-label design bias the patient-reported outcomes?",
    "What did CASTOR test?",
    "toxicities",
    "Did 15% of the patients not receive the infusion?",
)
NUMBER = re.compile(r"\d+")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Speed:
    """Milliseconds a question; the first one also reads the paper and builds its index."""

    passages: int
    first_ms: float
    p50_ms: float
    p95_ms: float
    embedding_p50_ms: float
    resident_mb: float


class NoisyEmbedder:
    """Questions by the real embedder; passages near the vectors of a few real texts."""

    def __init__(self, embedder: Embedder, texts: Sequence[str]) -> None:
        self.name = embedder.name
        self.dimension = embedder.dimension
        self._embedder = embedder
        self._near = embedder.embed_passages(texts)
        self._random = np.random.default_rng(0)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        chosen = self._near[self._random.integers(len(self._near), size=len(texts))]
        noisy = chosen + self._random.normal(0, 0.04, chosen.shape).astype(np.float32)
        return np.asarray(noisy / np.linalg.norm(noisy, axis=1, keepdims=True), dtype=np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self._embedder.embed_query(text)


def measure(*, passages: int = 50_000, rounds: int = 25) -> tuple[Speed, ...]:
    """Measure on the seed page, and on a paper of so many passages.

    Args:
        passages: of the made-up paper.
        rounds: each asks every question once.
    """
    page = SEED.read_bytes().decode("utf-8")
    sentences = [line.strip() for line in re.split(r"(?<=\.)\s|\n", page.split("Guided Discussion")[0]) if len(line) > 60]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data_dir:
        settings = Settings(data_dir=Path(data_dir))
        embedder = open_embedder(settings.embedding, settings.data_dir / "cache")
        noisy = NoisyEmbedder(embedder, sentences)
        library = open_library(settings, noisy)
        try:
            return tuple(
                speed_of(library, embedder, settings, paper_id=paper_id, text=text, rounds=rounds)
                for paper_id, text in (("page", page), ("long", long_paper(sentences, passages)))
            )
        finally:
            library.close()


def long_paper(sentences: Sequence[str], passages: int) -> str:
    """A text of so many paragraphs, no two alike: each a sentence with numbers and a fifth of its words changed."""
    chance = random.Random(0)  # noqa: S311
    drugs = [f"{chance.choice('bcdfglmnprst')}{chance.choice('aeiou')}xumab{number}" for number in range(5000)]
    vocabulary = [*WORD.findall(" ".join(sentences)), *drugs]
    return "## Results\n\n" + "\n\n".join(varied(chance.choice(sentences), vocabulary, chance) for _ in range(passages))


def varied(sentence: str, vocabulary: Sequence[str], chance: random.Random) -> str:
    numbered = NUMBER.sub(lambda _: str(chance.randrange(1, 1000)), sentence)
    return WORD.sub(lambda word: chance.choice(vocabulary) if chance.random() < 0.2 else word[0], numbered)


def speed_of(library: Library, embedder: Embedder, settings: Settings, *, paper_id: str, text: str, rounds: int) -> Speed:
    library.ingest(paper_id, text)
    retriever = Retriever(library, embedder, settings.retrieval)
    first = timed_ms(partial(retriever.retrieve, QUESTIONS[0], paper_id=paper_id))
    asked = [timed_ms(partial(retriever.retrieve, question, paper_id=paper_id)) for question in QUESTIONS * rounds]
    embedded = [timed_ms(partial(embedder.embed_query, question)) for question in QUESTIONS * rounds]
    return Speed(
        passages=len(library.passages(paper_id)),
        first_ms=first,
        p50_ms=float(np.median(asked)),
        p95_ms=float(np.quantile(asked, 0.95)),
        embedding_p50_ms=float(np.median(embedded)),
        resident_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def timed_ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def table(speeds: Sequence[Speed]) -> Iterator[str]:
    """The speeds as lines of a Markdown table."""
    yield "| passages | p50, ms | p95, ms | of it embedding p50, ms | first question, ms | peak resident, MB |"
    yield "|---|---|---|---|---|---|"
    for speed in speeds:
        yield (
            f"| {speed.passages} | {speed.p50_ms:.1f} | {speed.p95_ms:.1f} | {speed.embedding_p50_ms:.1f} "
            f"| {speed.first_ms:.0f} | {speed.resident_mb:.0f} |"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=50_000, help="passages of the made-up paper")
    parser.add_argument("--rounds", type=int, default=25, help="how often each question is asked")
    asked = parser.parse_args()
    print("\n".join(table(measure(passages=asked.passages, rounds=asked.rounds))))
    return 0


if __name__ == "__main__":
    sys.exit(main())

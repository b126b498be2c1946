"""Embedder: the embedded embedder beside Chroma's default embedding function, on the same weights.

Chroma's function loads an ONNX export from its download folder. Nothing is downloaded here: the same model is written into such a
folder from the weights that the service uses, in plain ONNX operators, as an exporter writes it, and onnxruntime optimizes it as it
would the download. How near the vectors of both are, of passages and of questions, is said with the table, and so is how long the
questions are: Chroma's function pads each to 256 tokens, ours takes less time for a shorter one, and the ratio hangs on it.

Run: `python eval/bench/embedder.py [--passages N] [--queries N] [--rounds N]`.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from onnx_export import write_export
from section import Section, Target, arguments, say, table, tell
from texts import paragraphs

from journal_club.models.embedding import open_embedder
from journal_club.models.minilm import load_tokenizer, model_folder
from journal_club.settings import EmbeddingSettings

__all__ = ["measure"]

PASSAGES_FIGURE = 3.5
QUERY_FIGURE = 8.0
SAME_COSINE = 0.9999
QUESTIONS = (
    "What was the hazard ratio for overall survival?",
    "How many patients were enrolled, and how many prior lines of therapy had they had?",
    "Why might the open-label design bias patient-reported outcomes?",
    "toxicities",
)

WARMING = 16
OURS = "journal-club's embedded embedder"
THEIRS = "Chroma's default embedding function"

Given = TypeVar("Given")
Embed = Callable[[Sequence[str]], NDArray[np.float32]]


def measure(*, passages: int, queries: int, rounds: int) -> Section:
    """Passages a second and milliseconds a query of both, in turn."""
    texts = paragraphs(passages)
    with tempfile.TemporaryDirectory() as name:
        ours = open_embedder(EmbeddingSettings(), Path(name))
        theirs = chroma_function(Path(name))
        cosine = float((ours.embed_passages(texts[:WARMING]) * theirs(texts[:WARMING])).sum(axis=1).min())
        if cosine < SAME_COSINE:
            raise RuntimeError(f"the two do not give the same vectors: a cosine of {cosine:.5f}")
        asked_cosine = min(float(ours.embed_query(question) @ theirs([question])[0]) for question in QUESTIONS)
        rates = passage_rates({OURS: ours.embed_passages, THEIRS: theirs}, texts, rounds=rounds)
        ms = query_ms({OURS: ours.embed_query, THEIRS: lambda question: theirs([question])}, queries=queries)
    return section(rates, ms, passages=passages, cosines=(cosine, asked_cosine))


def tokens(texts: Sequence[str]) -> list[int]:
    tokenizer = load_tokenizer()
    return [len(tokenizer.encode(text).ids) for text in texts]


def chroma_function(folder: Path) -> Embed:
    """Chroma's default embedding function on the service's weights."""
    from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

    weights = model_folder()
    files = folder / ONNXMiniLM_L6_V2.EXTRACTED_FOLDER_NAME
    files.mkdir()
    for file in ("config.json", "special_tokens_map.json", "tokenizer_config.json", "tokenizer.json", "vocab.txt"):
        shutil.copy(weights / file, files)
    write_export(weights / "model.safetensors", files / "model.onnx")
    function = ONNXMiniLM_L6_V2()
    # Where it looks for its download; the attribute is the class's, and only this one is to look elsewhere.
    function.DOWNLOAD_PATH = folder
    return lambda texts: np.asarray(function(list(texts)))


def passage_rates(ways: dict[str, Embed], texts: Sequence[str], *, rounds: int) -> dict[str, list[float]]:
    """Passages a second, the ways in turn."""
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for name, embed in [*ways.items()] * rounds:
        rates[name].append(len(texts) / timed(embed, texts))
        say(f"{name}: {rates[name][-1]:.1f} passages/s")
    return rates


def query_ms(ways: dict[str, Callable[[str], NDArray[np.float32]]], *, queries: int) -> dict[str, list[float]]:
    """Milliseconds of a question, the ways in turn."""
    seen: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(queries):
        for name, embed in ways.items():
            seen[name].append(timed(embed, QUESTIONS[number % len(QUESTIONS)]) * 1000)
    return seen


def timed(work: Callable[[Given], object], given: Given) -> float:
    start = time.perf_counter()
    work(given)
    return time.perf_counter() - start


def section(rates: dict[str, list[float]], ms: dict[str, list[float]], *, passages: int, cosines: tuple[float, float]) -> Section:
    faster = median(one / other for one, other in zip(rates[OURS], rates[THEIRS], strict=True))
    quicker = median(ms[THEIRS]) / median(ms[OURS])
    rows = [(name, f"{median(rates[name]):.1f}", f"{median(ms[name]):.1f}", f"{np.quantile(ms[name], 0.95):.1f}") for name in rates]
    return Section(
        title="Embedder beside Chroma's default embedding function",
        lines=(
            f"{passages} made-up passages, as long as PubMedQA's, {len(rates[OURS])} rounds in turn; {len(ms[OURS])} questions in turn.",
            f"The same weights: the least cosine of the two is {cosines[0]:.6f} for passages and {cosines[1]:.6f} for questions, for which",
            f"ours are rounded. The questions are of {', '.join(map(str, tokens(QUESTIONS)))} tokens: a longer one takes ours more time,",
            "and Chroma's, which pads each to 256, no more.",
            "",
            *table(("embedder", "passages/s", "a query p50, ms", "a query p95, ms"), rows),
        ),
        targets=(
            target("passages/s", faster, PASSAGES_FIGURE),
            target("speed of a query", quicker, QUERY_FIGURE),
        ),
    )


def target(what: str, times: float, least: float) -> Target:
    what = f"embedded embedder against Chroma's default function, {what}"
    return Target(what=what, figure=f">= {least:g}x", measured=f"{times:.2f}x", reached=times >= least)


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--passages", type=int, default=160, help="passages to embed")
    parser.add_argument("--queries", type=int, default=60, help="questions to embed")
    parser.add_argument("--rounds", type=int, default=3, help="how often the passages are embedded")
    asked = parser.parse_args()
    return tell(measure(passages=asked.passages, queries=asked.queries, rounds=asked.rounds), asked)


if __name__ == "__main__":
    sys.exit(main())

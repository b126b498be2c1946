"""Answers: our service beside LlamaIndex's CitationQueryEngine, on the same page, with the same embedder and the same model.

Three processes: `journal-club serve`, the citation service (CitationQueryEngine over ChromaVectorStore behind one FastAPI route), and the
scripted model, which both reach over HTTP. Both hold the passages of the seed page and retrieve as many for a question; the engine is
shown a second time with its own default of two. Ours is asked by its seven readers in turn, so that most questions were asked before by
another reader; it is shown a second time with questions that it never saw, which cost an embedding each. Each load is laid on one after
the other, in turn.

The first shown sentence is measured with a model that thinks for 200 ms and then writes 100 tokens a second. Ours is shown when it is
verified. The engine shows everything at the end; with `streaming=True` it passes the model's words on as they come, unverified.

Run: `python eval/bench/answers.py [--seconds S] [--rounds N]`.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from ingest import llama_index
from load import (
    QUESTIONS,
    Asking,
    Load,
    ask_citation_service,
    ask_service,
    ask_service_anew,
    first_sentence_of_citation_service,
    first_sentence_of_service,
    under_load,
)
from processes import ROOT, Running, citation_service, model, service
from section import Section, Target, arguments, say, table, tell

from journal_club.library.passages import passages_of
from journal_club.models.embedding import open_embedder
from journal_club.paper.reading import read_paper
from journal_club.settings import EmbeddingSettings, RetrievalSettings

__all__ = ["measure"]

SEED = ROOT / "seeds" / "cartitude-4.txt"
CLIENTS = (1, 8, 32)
ENGINE_DEFAULT = 2
FIGURE = 2.0
OURS, ANEW = "journal-club", "journal-club, every question new to it"
THEIRS, DEFAULTS = "CitationQueryEngine", "CitationQueryEngine, its default of 2 sources"
STREAMED = "CitationQueryEngine, streaming=True"


@dataclass(frozen=True, kw_only=True)
class Contender:
    """One service, how it is asked, and what was seen of it, by clients."""

    running: Running
    ask: Asking
    first_sentence: dict[str, Asking] = field(default_factory=dict)
    loads: dict[int, list[Load]] = field(default_factory=dict)
    cpu_ms: dict[int, list[float]] = field(default_factory=dict)

    def rate(self, clients: int) -> float:
        """Answers a second: the median of the rounds."""
        return median(load.rate for load in self.loads[clients])

    def ms(self, clients: int, quantile: float) -> float:
        """Milliseconds of an answer: the median of the rounds' quantiles."""
        return median(load.ms(quantile) for load in self.loads[clients])


def measure(*, seconds: float, rounds: int) -> Section:
    """Answers under load, memory, and the time to the first shown sentence."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, model() as drafter:
        folder = Path(name)
        fill(folder / "engine")
        with contenders(folder, drafter, model_name="instant") as compared:
            asyncio.run(loaded(compared, seconds=seconds, rounds=rounds))
            memory = {name: one.running.resident_mb() for name, one in compared.items() if name != ANEW}
        with contenders(folder, drafter, model_name="paced") as paced:
            firsts = asyncio.run(first_sentences(paced, rounds=rounds))
    return section(compared, memory, firsts, rounds=rounds)


def fill(folder: Path) -> None:
    """Put the seed page's passages into the engine's store."""
    texts = [passage.text for passage in passages_of(read_paper(SEED.read_bytes().decode("utf-8")), "seed")]
    llama_index(folder, texts, open_embedder(EmbeddingSettings(), folder / "models"))


@contextmanager
def contenders(folder: Path, drafter: Running, *, model_name: str) -> Iterator[dict[str, Contender]]:
    """The services, each in its own process, and each asked every question once."""
    top_k = RetrievalSettings().top_k
    with ExitStack() as stack:
        chat = {"model_address": drafter.address, "model_name": model_name}
        ours = stack.enter_context(service(folder / "service", **chat))
        theirs = stack.enter_context(citation_service(folder / "engine", top_k=top_k, **chat))
        found = {
            OURS: Contender(running=ours, ask=ask_service, first_sentence={OURS: first_sentence_of_service}),
            THEIRS: Contender(
                running=theirs,
                ask=ask_citation_service,
                first_sentence={THEIRS: ask_citation_service, STREAMED: first_sentence_of_citation_service},
            ),
        }
        if model_name == "instant":
            found[ANEW] = Contender(running=ours, ask=ask_service_anew)
            defaults = stack.enter_context(citation_service(folder / "engine", top_k=ENGINE_DEFAULT, **chat))
            found[DEFAULTS] = Contender(running=defaults, ask=ask_citation_service)
        asyncio.run(asked_once(found))
        yield found


async def asked_once(compared: dict[str, Contender]) -> None:
    for one in compared.values():
        for ask in (one.ask, *one.first_sentence.values()):
            await under_load(one.running.address, ask, clients=1, seconds=0.5)


async def loaded(compared: dict[str, Contender], *, seconds: float, rounds: int) -> None:
    """Every load on every service, in turn."""
    for clients in CLIENTS * rounds:
        for name, one in compared.items():
            used = one.running.cpu_s()
            load = await under_load(one.running.address, one.ask, clients=clients, seconds=seconds)
            one.loads.setdefault(clients, []).append(load)
            one.cpu_ms.setdefault(clients, []).append((one.running.cpu_s() - used) * 1000 / len(load.seconds))
            say(f"{name}, {clients} clients: {load.rate:.1f} answers/s, p50 {load.ms(0.5):.0f} ms")


async def first_sentences(compared: dict[str, Contender], *, rounds: int) -> dict[str, list[float]]:
    """Seconds to the first shown sentence, one client, in turn."""
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        for one in compared.values():
            for name, ask in one.first_sentence.items():
                load = await under_load(one.running.address, ask, clients=1, seconds=len(QUESTIONS))
                found.setdefault(name, []).extend(load.seconds)
                say(f"{name}: first sentence after {load.ms(0.5):.0f} ms")
    return found


def section(compared: dict[str, Contender], memory: dict[str, float], firsts: dict[str, list[float]], *, rounds: int) -> Section:
    most = CLIENTS[-1]
    gain, anew = (compared[name].rate(most) / compared[THEIRS].rate(most) for name in (OURS, ANEW))
    pairs = sorted(one.rate / other.rate for one, other in zip(compared[OURS].loads[most], compared[THEIRS].loads[most], strict=True))
    rows = [(name, str(clients), *cells(one, clients)) for clients in CLIENTS for name, one in compared.items()]
    return Section(
        title="Answers beside CitationQueryEngine",
        lines=(
            f"The seed page, {len(QUESTIONS)} questions, an instant model that streams and quotes; medians of {rounds} rounds, in turn.",
            "",
            *table(("service", "clients", "answers/s", "p50, ms", "p95, ms", "processor, ms an answer"), rows),
            "",
            "Resident after all of it, and the first shown sentence of a model that thinks for 200 ms and writes 100 tokens a second:",
            "",
            *table(("service", "resident, MB", "first shown sentence p50, ms"), summary(memory, firsts)),
        ),
        targets=(
            Target(
                what=f"throughput at {most} clients against CitationQueryEngine's",
                figure=">= 2x",
                measured=f"{gain:.2f}x ({pairs[0]:.2f}-{pairs[-1]:.2f}); {anew:.2f}x where every question is new",
                reached=gain >= FIGURE,
            ),
        ),
    )


def cells(one: Contender, clients: int) -> tuple[str, ...]:
    values = (one.ms(clients, 0.5), one.ms(clients, 0.95), median(one.cpu_ms[clients]))
    return f"{one.rate(clients):.1f}", *(f"{value:.0f}" for value in values)


def summary(memory: dict[str, float], firsts: dict[str, list[float]]) -> list[tuple[str, str, str]]:
    def cell(values: dict[str, float], name: str) -> str:
        return f"{values[name]:.0f}" if name in values else ""

    ms = {name: median(seconds) * 1000 for name, seconds in firsts.items()}
    return [(name, cell(memory, name), cell(ms, name)) for name in dict.fromkeys((*memory, *firsts))]


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="length of each load")
    parser.add_argument("--rounds", type=int, default=2, help="how often each load is laid on")
    asked = parser.parse_args()
    return tell(measure(seconds=asked.seconds, rounds=asked.rounds), asked)


if __name__ == "__main__":
    sys.exit(main())

"""Load: clients that ask one question after the other, over real HTTP, and what they saw.

Owns the asking. One client waits for its answer before it asks again; several do so at once, on one event loop.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import numpy as np

__all__ = [
    "QUESTIONS",
    "Load",
    "ask_citation_service",
    "ask_quoting_service",
    "ask_service",
    "ask_service_anew",
    "asking",
    "first_sentence_of_citation_service",
    "first_sentence_of_service",
    "under_load",
]

QUESTIONS = (
    "What was the hazard ratio for overall survival?",
    "What was the median progression-free survival in the standard-of-care group?",
    "How many treatment-related deaths occurred in each group?",
    "Which patients were enrolled?",
    "What was the comparator?",
    "How many patients randomized to cilta-cel did not receive the infusion?",
    "How long was the median time to symptom worsening?",
    "Why may the open-label design introduce bias?",
)
READERS = itertools.cycle(("medical_student", "resident", "fellow", "attending", "phd", "journal_editor", "guideline_committee"))
ASKED_ANEW = itertools.count(1)
WIDEST_GAP = 4
PATIENCE_S = 60.0

Asking = Callable[[httpx.AsyncClient, str], Awaitable[object]]


@dataclass(frozen=True, kw_only=True)
class Load:
    """What the clients saw: answers a second, and seconds of each answer."""

    clients: int
    rate: float
    seconds: tuple[float, ...]

    def ms(self, quantile: float) -> float:
        """So many milliseconds did that share of the answers take at most."""
        return float(np.quantile(self.seconds, quantile)) * 1000


@asynccontextmanager
async def asking(address: str, *, clients: int = 1) -> AsyncIterator[httpx.AsyncClient]:
    """Connections to a service."""
    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=PATIENCE_S, trust_env=False) as client:
        yield client


async def under_load(address: str, ask: Asking, *, clients: int, seconds: float) -> Load:
    """Ask for so many seconds with so many clients; answers that were begun in time count, with the time that they took."""
    questions = itertools.cycle(QUESTIONS)
    async with asking(address, clients=clients) as client:
        begun = time.perf_counter()
        seen = await asyncio.gather(*(one_client(client, ask, questions, until=begun + seconds) for _ in range(clients)))
        took = time.perf_counter() - begun
    answered = tuple(itertools.chain.from_iterable(seen))
    return Load(clients=clients, rate=len(answered) / took, seconds=answered)


async def one_client(client: httpx.AsyncClient, ask: Asking, questions: Iterator[str], *, until: float) -> list[float]:
    """Seconds of each answer."""
    seen = []
    while (since := time.perf_counter()) < until:
        await ask(client, next(questions))
        seen.append(time.perf_counter() - since)
    return seen


async def ask_service(client: httpx.AsyncClient, question: str) -> dict[str, float]:
    """An answer of journal-club to one of its seven readers in turn, which must be the model's and have passed; its own account of time."""
    response = await client.post("/v1/ask", json=question_of(question))
    answer = response.raise_for_status().json()
    if answer["mode"] != "generated" or not answer["statements"]:
        raise RuntimeError(f"{question!r} got no verified draft: {answer['mode']}, withheld {answer['withheld']}")
    timings: dict[str, float] = answer["timings_ms"]
    return timings


async def ask_service_anew(client: httpx.AsyncClient, question: str) -> dict[str, float]:
    """An answer of journal-club to a question that it never saw: nothing that it keeps of earlier ones serves."""
    return await ask_service(client, respaced(question, next(ASKED_ANEW)))


async def ask_quoting_service(client: httpx.AsyncClient, question: str) -> None:
    """An answer of journal-club without a model, of the text's own sentences."""
    answer = (await client.post("/v1/ask", json=question_of(question))).raise_for_status().json()
    if not answer["citations"]:
        raise RuntimeError(f"{question!r} got no quotes: {answer['mode']}")


async def ask_citation_service(client: httpx.AsyncClient, question: str) -> None:
    """An answer of CitationQueryEngine."""
    response = await client.post("/ask", json={"question": question})
    if "[" not in response.raise_for_status().json()["text"]:
        raise RuntimeError(f"{question!r} got no cited answer: {response.text}")


async def first_sentence_of_service(client: httpx.AsyncClient, question: str) -> None:
    """The first verified sentence of a stream of journal-club."""
    async with client.stream("POST", "/v1/ask", json=question_of(question) | {"stream": True}) as response:
        async for line in response.raise_for_status().aiter_lines():
            if line == "event: statement":
                return
    raise RuntimeError(f"{question!r} got no statement")


async def first_sentence_of_citation_service(client: httpx.AsyncClient, question: str) -> None:
    """The first whole sentence of a stream of CitationQueryEngine, as the model wrote it."""
    text = ""
    async with client.stream("POST", "/stream", json={"question": question}) as response:
        async for piece in response.raise_for_status().aiter_text():
            text += piece
            if "]." in text:
                return
    raise RuntimeError(f"{question!r} got no cited sentence: {text}")


def question_of(question: str) -> dict[str, object]:
    return {"question": question, "persona": next(READERS), "paper_id": "cartitude-4"}


def respaced(question: str, number: int) -> str:
    """The same words with other spaces between them, other ones for every number."""
    first, *rest = question.split()
    for word in rest:
        number, gap = divmod(number, WIDEST_GAP)
        first += " " * (gap + 1) + word
    return first

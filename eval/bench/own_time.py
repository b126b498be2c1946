"""Own time: what the service itself takes for an answer, the model's time taken out, with one client.

Measured twice. From inside, as each answer's `timings_ms.own` has it. From outside: what the client waits, less what the bare model
takes for the very same calls, streamed by the official client in this process, in the same run. The same questions are then asked of
a service without a model, whose whole time is its own.

Run: `python eval/bench/own_time.py [--rounds N]`.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

import httpx
import numpy as np
from load import QUESTIONS, ask_quoting_service, ask_service, ask_service_anew, asking
from openai import AsyncOpenAI
from processes import Running, model, service
from section import Section, Target, arguments, say, table, tell

__all__ = ["measure"]

FIGURE_MS = 15.0
DEADLINE_S = 30.0
WARMING = 2

Series = dict[str, list[float]]


def measure(*, rounds: int) -> Section:
    """Milliseconds of an answer, and of its parts."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name,
        model() as drafter,
        service(Path(name) / "drafting", model_address=drafter.address) as drafting,
        service(Path(name) / "quoting") as quoting,
    ):
        return section(asyncio.run(asked(drafter, drafting, quoting, rounds=rounds)))


async def asked(drafter: Running, drafting: Running, quoting: Running, *, rounds: int) -> Series:
    """Every question so many times, each service in turn."""
    seen: Series = {}
    async with asking(drafting.address) as ours, asking(quoting.address) as quotes, asking(drafter.address) as recorder:
        bare = AsyncOpenAI(base_url=f"{drafter.address}/v1", api_key="none", max_retries=0, http_client=httpx.AsyncClient(trust_env=False))
        async with bare:
            for number in range(WARMING + rounds):
                found = [await one(question, ours, quotes, recorder, bare) for question in QUESTIONS]
                if number >= WARMING:
                    for times in found:
                        for part, ms in times.items():
                            seen.setdefault(part, []).append(ms)
    say(f"{len(seen['wall'])} answers, p50 {median(seen['wall']):.1f} ms, of it own {median(seen['own']):.1f} ms")
    return seen


async def one(
    question: str, ours: httpx.AsyncClient, quotes: httpx.AsyncClient, recorder: httpx.AsyncClient, bare: AsyncOpenAI
) -> dict[str, float]:
    """Milliseconds of one question, by part."""
    timings: dict[str, float] = {}

    async def ask() -> None:
        timings.update(await ask_service(ours, question))

    async def ask_anew() -> None:
        new.update(await ask_service_anew(ours, question))

    new: dict[str, float] = {}
    wall = await ms_of(ask)
    wall_anew = await ms_of(ask_anew)
    call = (await recorder.get("/last")).raise_for_status().json()
    modelled = await ms_of(lambda: drained(bare, call))
    quoted = await ms_of(lambda: ask_quoting_service(quotes, question))
    anew = {"wall, new": wall_anew, "own, new": new["own"], "outside, new": wall_anew - modelled, "retrieval, new": new["retrieval"]}
    return {"wall": wall, "bare": modelled, "outside": wall - modelled, "quoting": quoted, **timings, **anew}


async def drained(bare: AsyncOpenAI, call: dict[str, object]) -> None:
    """Read the model's stream to its end."""
    async with asyncio.timeout(DEADLINE_S):
        async for _ in await bare.chat.completions.create(**call):  # type: ignore[call-overload]
            pass


async def ms_of(work: Callable[[], Awaitable[object]]) -> float:
    start = time.perf_counter()
    await work()
    return (time.perf_counter() - start) * 1000


def section(seen: Series) -> Section:
    inside, outside = median(seen["own"]), median(seen["outside"])
    parts = {
        "wall": "an answer, as the client sees it",
        "own": "own time, from inside (`timings_ms.own`)",
        "outside": "own time, from outside (the answer less the bare model)",
        "wall, new": "an answer to a question never asked before, as the client sees it",
        "own, new": "own time for it, from inside",
        "outside, new": "own time for it, from outside",
        "retrieval, new": "of it retrieval, the question's embedding included",
        "model": "waiting for the model, from inside (`timings_ms.model`)",
        "bare": "the bare model, the same call streamed by the official client",
        "quoting": "an answer without a model, as the client sees it",
    }
    rows = [(what, f"{median(seen[part]):.1f}", f"{np.quantile(seen[part], 0.95):.1f}") for part, what in parts.items()]
    return Section(
        title="The service's own time for an answer",
        lines=(
            f"The seed page, one client, {len(seen['wall'])} answers to {len(QUESTIONS)} questions, an instant model that streams.",
            "",
            *table(("what", "p50, ms", "p95, ms"), rows),
        ),
        targets=(
            Target(
                what="service's own time for an answer, model time taken out, p50, 1 client",
                figure="<= 15 ms",
                measured=f"{inside:.1f} ms ({median(seen['own, new']):.1f} ms for a question never asked before)",
                reached=max(inside, outside) <= FIGURE_MS,
            ),
        ),
    )


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=25, help="how often each question is asked")
    asked_for = parser.parse_args()
    return tell(measure(rounds=asked_for.rounds), asked_for)


if __name__ == "__main__":
    sys.exit(main())

"""Start: from the start of the process to `/readyz` 200, beside the import of what it stands on.

`journal-club serve` on a data folder that holds the seed already and with the model's graph cached; in turn with it, a process that
does nothing but import llama_index.core, chromadb and fastapi, and the citation service on a store that is filled. The first start,
which ingests the seed, is shown too.

Run: `python eval/bench/start.py [--rounds N]`.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from answers import fill
from processes import citation_service, model, service
from section import Section, Target, arguments, say, table, tell

__all__ = ["measure"]

IMPORTS = "import llama_index.core, chromadb, fastapi"
BEYOND_S = 1.5
RESIDENT_MB = 700.0
TOP_K = 8

OURS, IMPORT, THEIRS = "journal-club serve, to /readyz", f"python -c '{IMPORTS}'", "citation service, to its first answer of all"


def measure(*, rounds: int) -> Section:
    """Seconds and megabytes of each, in turn."""
    seconds: dict[str, list[float]] = {OURS: [], IMPORT: [], THEIRS: []}
    resident: dict[str, list[float]] = {OURS: [], THEIRS: []}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, model() as drafter:
        folder = Path(name)
        with service(folder / "service") as first:
            first_s = first.ready_s
        fill(folder / "engine")
        imported()
        for _ in range(rounds):
            seconds[IMPORT].append(imported())
            with service(folder / "service") as ours:
                seconds[OURS].append(ours.ready_s)
                resident[OURS].append(ours.resident_mb())
            with citation_service(folder / "engine", model_address=drafter.address, top_k=TOP_K) as theirs:
                seconds[THEIRS].append(theirs.ready_s)
                resident[THEIRS].append(theirs.resident_mb())
            say(", ".join(f"{what} {took[-1]:.2f} s" for what, took in seconds.items()))
    return section(seconds, resident, first_s=first_s)


def imported() -> float:
    """Seconds that a process takes to import and to end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def section(seconds: dict[str, list[float]], resident: dict[str, list[float]], *, first_s: float) -> Section:
    beyond = median(one - other for one, other in zip(seconds[OURS], seconds[IMPORT], strict=True))
    most = max(resident[OURS])
    rows = [
        (what, f"{median(took):.2f}", f"{min(took):.2f}-{max(took):.2f}", f"{median(resident[what]):.0f}" if what in resident else "")
        for what, took in seconds.items()
    ]
    return Section(
        title="Start to ready",
        lines=(
            f"{len(seconds[OURS])} rounds, in turn, no chat model; the first start of all, which ingests the seed, took {first_s:.2f} s.",
            "",
            *table(("what", "median, s", "range, s", "resident when ready, MB"), rows),
        ),
        targets=(
            Target(
                what="start to `/readyz` 200, seed ingested, warm cache",
                figure="<= 1.5 s beyond the import of llama_index.core, chromadb and fastapi",
                measured=f"{beyond:+.2f} s",
                reached=beyond <= BEYOND_S,
            ),
            Target(what="resident without a chat model", figure="<= 700 MB", measured=f"{most:.0f} MB", reached=most <= RESIDENT_MB),
        ),
    )


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is started")
    asked = parser.parse_args()
    return tell(measure(rounds=asked.rounds), asked)


if __name__ == "__main__":
    sys.exit(main())
